"""Where words come from: the places in the archive, and how they read there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QListWidget, QWidget

from briefpack.archive import Origin, shown
from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.widgets.difference import DifferenceView
from briefpack.desktop.widgets.parts import label, named

if TYPE_CHECKING:
    from briefpack.pack.model import Clip

_MOST = 160
_VERBATIM = "The archive has these words:"
_NEARLY = "Struck through is what only the archive has, underlined what only you have:"


class OriginsDialog(Form):
    """The places that selected words may come from, the surest first; one of them can be made their source.

    Args:
        words: the words that were asked about.
        found: the places, each with the clip that would be the source.
        writable: whether the pack can be changed.
        parent: the window.
    """

    def __init__(
        self, words: str, found: "Sequence[tuple[Origin, Clip]]", *, writable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__("Where is this from?", "Mark as clip", parent)
        self._found = tuple(found)
        self._writable = writable
        short = words if len(words) <= _MOST else f"{words[:_MOST].rstrip()}…"
        self.places = named(QListWidget(), "Places in the archive")
        self.places.setWordWrap(True)
        for origin, _ in self._found:
            self.places.addItem(described(origin))
        self.places.setSpacing(4)
        self.legend = label("", "muted", wrap=True)
        self.view = DifferenceView("How the archive has it")
        for part in (
            label(f"“{short}”", wrap=True),
            self.places,
            label(
                "From the archive’s words, struck through where they differ, to yours, underlined:", "muted", wrap=True
            ),
            self.view,
        ):
            self.content.addWidget(part)
        self.places.currentRowChanged.connect(self._show)
        self.places.itemActivated.connect(lambda _item: self.ok.click())
        self.places.setCurrentRow(0)
        self.resize(640, 560)

    @property
    def clip(self) -> "Clip | None":
        """The clip of the chosen place."""
        row = self.places.currentRow()
        return self._found[row][1] if row >= 0 else None

    @classmethod
    def ask(
        cls, words: str, found: "Sequence[tuple[Origin, Clip]]", *, writable: bool, parent: QWidget
    ) -> "Clip | None":
        """The place that the user makes the source of the words; None for none."""
        dialog = cls(words, found, writable=writable, parent=parent)
        return dialog.clip if dialog.asked() else None

    def problem(self) -> str:
        """Why no source can be marked."""
        return "" if self._writable else "This pack can only be read."

    def _show(self, row: int) -> None:
        origin = self._found[row][0]
        self.legend.setText(_VERBATIM if origin.verbatim else _NEARLY)
        if origin.verbatim:
            self.view.show_words(origin.words)
        else:
            self.view.show_differences(origin.differences)
        self.check()


def described(origin: Origin) -> str:
    """How sure a place is, and which document it is in."""
    how = "To the letter" if origin.verbatim else f"Nearly, {round(origin.likeness * 100)} % alike"
    where = ", ".join(part for part in (f"“{origin.title}”", origin.source, shown(origin.date)) if part)
    return f"{how} · {where}"
