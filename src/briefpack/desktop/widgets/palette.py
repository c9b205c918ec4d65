"""The command palette: every action by a few letters of its name."""

from collections.abc import Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from briefpack.desktop.widgets.quick import Choice, QuickList


class CommandPalette(QuickList):
    """Args: each action with the name of its menu, those that cannot be used now being left out; the window."""

    def __init__(self, actions: Iterable[tuple[QAction, str]], parent: QWidget) -> None:
        enabled = [(action, menu.replace("&", "")) for action, menu in actions if action.isEnabled()]
        self._actions = [action for action, _ in enabled]
        super().__init__("Find a command", (_choice(*each) for each in enabled), parent, "No command is called that")

    @property
    def chosen(self) -> QAction | None:
        """The action that was taken."""
        return self._actions[self.row] if self.row >= 0 else None

    @classmethod
    def ask(cls, actions: Iterable[tuple[QAction, str]], parent: QWidget) -> QAction | None:
        """The action that the user chose, or None."""
        palette = cls(actions, parent)
        palette.take()
        palette.deleteLater()
        return palette.chosen


def _choice(action: QAction, menu: str) -> Choice:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return Choice(action.text(), action.icon(), keys or menu, f"{menu} {action.toolTip()}")
