"""The strip over the document that says what one should know about the file, with what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from briefpack.desktop.widgets.parts import button, holding, label, named, row

Choice = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""


class NoticeBar(QFrame):
    """Sentences, and buttons under them; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "About this file")
        self.setProperty("kind", "notice")
        self._said: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._words = label("", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = QWidget()
        layout = row(self._words, self._buttons, margin=8, spacing=16)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def tell(self, notices: Sequence[str], choices: Sequence[Choice] = ()) -> None:
        """Say something else; where that is what it says already, nothing happens."""
        said = (tuple(notices), tuple(words for words, _ in choices))
        if said == self._said:
            return
        self._said = said
        words = " ".join(notices)
        self._words.setText(words)
        old, self._buttons = self._buttons, holding(row(*(button(words, act) for words, act in choices)))
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(old, self._buttons)
        old.deleteLater()
        self._buttons.setVisible(bool(choices))
        self.setVisible(bool(words))
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
