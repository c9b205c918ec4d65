"""A strip over the document that says that only one section of it is shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from briefpack.desktop.widgets.parts import button, label, named, row

_LONGEST = 60


class FocusStrip(QFrame):
    """Hidden while everything is shown."""

    left = Signal()
    """The user wants to see everything again."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self._words = named(label(""), "Section shown")
        self.all = named(button("Show everything", self.left.emit, flat=True, tip="Esc"), "Show everything")
        layout = row(self._words, None, self.all)
        layout.setContentsMargins(16, 4, 8, 4)
        self.setLayout(layout)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_section(self, title: str | None) -> None:
        """Say that only the section with this title is shown; nothing for None."""
        self.setVisible(title is not None)
        if title is not None:
            short = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
            self._words.setText(f"Only “{short}” is shown")
