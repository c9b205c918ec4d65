"""The name under which a version is kept."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.widgets.parts import label

MOST_LETTERS = 80


class NameDialog(Form):
    """What a version is called.

    Args:
        title: what is done with it.
        name: what it is called now.
        empty: whether it may have no name.
        parent: the window.
    """

    def __init__(self, title: str, name: str, *, empty: bool, parent: QWidget | None = None) -> None:
        super().__init__(title, "Keep", parent)
        self._empty = empty
        self.name = self.line("Name", name, f"Draft of {dt.datetime.now().astimezone():%d %B}".replace(" 0", " "))
        self.name.setMaxLength(MOST_LETTERS)
        more = (
            "Versions with a name stay in the pack until the name is taken away. Of the others the last ten are kept."
        )
        self.content.addWidget(label(more, "muted", wrap=True))
        self.setMinimumWidth(460)
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.check()

    @classmethod
    def ask(cls, title: str, name: str, parent: QWidget, *, empty: bool = False) -> str | None:
        """The name that the user gave; None where they think better of it."""
        dialog = cls(title, name, empty=empty, parent=parent)
        return " ".join(dialog.name.text().split()) if dialog.asked() else None

    def problem(self) -> str:
        """A version is kept under some name."""
        return "" if self._empty or self.name.text().strip() else "Give it a name by which you will know it."
