"""Go to a heading, a line or an object by a few letters of its name."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from briefpack.desktop.outline.places import spots
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.quick import Choice, QuickList
from briefpack.pack.model import Pack


class GoToList(QuickList):
    """Args: the pack; the window."""

    def __init__(self, pack: Pack, parent: QWidget) -> None:
        self._spots = spots(pack)
        role = QPalette.ColorRole.PlaceholderText
        choices = (Choice(each.name, icon(each.shape, role), each.under, each.more, each.depth) for each in self._spots)
        super().__init__("Go to a heading, line or table", choices, parent, "Nothing in this pack is called that")

    @property
    def block(self) -> str:
        """The block that was taken; empty for none."""
        return self._spots[self.row].block if self.row >= 0 else ""

    @classmethod
    def ask(cls, pack: Pack, parent: QWidget) -> str:
        """The block that the user wants to go to, or ""."""
        going = cls(pack, parent)
        going.take()
        going.deleteLater()
        return going.block
