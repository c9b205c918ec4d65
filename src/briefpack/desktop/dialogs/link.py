"""A link: its words, and where it leads."""

from typing import NamedTuple

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.widgets.parts import label
from briefpack.pack.links import read_address

_SHOWN = 120


class LinkAnswer(NamedTuple):
    """The address, empty for no link any more; and the words to put in, empty where those that are selected stay."""

    address: str
    words: str = ""


class LinkDialog(Form):
    """Where a link leads, as it is typed; Remove takes a link away and leaves its words.

    Args:
        words: the words that are to lead there; where empty, they are asked for.
        address: where they lead now; empty for a new link.
        parent: the window.
    """

    def __init__(self, words: str, address: str, parent: QWidget | None = None) -> None:
        super().__init__("Link", "Save link" if address else "Insert link", parent)
        self._removed = False
        self.words = None
        self.address = self.line("Address", address or _copied(), "https://… or name@example.org")
        if words:
            shown = " ".join(words.split())
            shown = f"“{shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}”"
            self.fields.insertRow(0, label("On"), label(shown, "muted", wrap=True))
        else:
            self.words = self.line("Words", "", "What the reader sees; the address where empty")
        if address:
            remove = self.buttons.addButton("Remove link", QDialogButtonBox.ButtonRole.DestructiveRole)
            remove.setAutoDefault(False)
            remove.clicked.connect(self._remove)
        self.address.selectAll()
        self.resize(480, 0)
        self.check()

    @classmethod
    def ask(cls, words: str, address: str, parent: QWidget) -> LinkAnswer | None:
        """The link as the user left it, or None."""
        dialog = cls(words, address, parent)
        return dialog.answer() if dialog.asked() else None

    def answer(self) -> LinkAnswer:
        """What the form says now."""
        if self._removed:
            return LinkAnswer("")
        words = self.words.text().strip() or self.address.text().strip() if self.words is not None else ""
        return LinkAnswer(read_address(self.address.text()), words)

    def problem(self) -> str:
        """Links lead to web pages and e-mail addresses only."""
        if not self.address.text().strip():
            return "Type or paste where the link leads."
        if not read_address(self.address.text()):
            return "Only a web page (https://…) or an e-mail address can be linked."
        return ""

    def _remove(self) -> None:
        self._removed = True
        self.accept()


def _copied() -> str:
    """The address on the clipboard, where that is one."""
    copied = QGuiApplication.clipboard().text()[:2000]
    return copied.strip() if "//" in copied and read_address(copied) else ""
