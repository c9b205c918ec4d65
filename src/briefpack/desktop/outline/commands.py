"""What can be done about the structure of a pack: going to a place of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefpack.desktop.workspace import Workspace


class StructureCommands(QObject):
    """Args: the pack; the window, over which lists stand."""

    block_chosen = Signal(str)
    """The id of a block that the user wants to go to."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {"edit.go_to": self.go_to}

    def go_to(self) -> None:
        """Let the user choose a place by a few letters, and go there."""
        from briefpack.desktop.outline.going import GoToList

        block = GoToList.ask(self._workspace.pack, self._window)
        if block:
            self.block_chosen.emit(block)
