"""The open pack in the window: its history, and the one signal that everything on screen follows."""

import time
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from briefpack.pack.history import History, Step
from briefpack.pack.model import Pack


class Selection(NamedTuple):
    """Where the user is in the document, in Qt's absolute positions: valid for the pack that it was taken with."""

    anchor: int
    caret: int


class Workspace(QObject):
    """The pack being worked on. Every change goes through :meth:`apply`; every view follows :attr:`pack_changed`."""

    pack_changed = Signal(object, object)
    """The pack before and after a change, whether made, undone or redone."""

    stepped = Signal(object)
    """The :class:`Selection` to go to after an undo or redo, or None; sent behind :attr:`pack_changed`."""

    def __init__(self, pack: Pack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history: History[Selection] = History(pack)
        self.writable = True
        """Whether the pack may be changed; while it may not, edits change nothing."""

    @property
    def pack(self) -> Pack:
        """The pack as it is now."""
        return self._history.pack

    @property
    def history(self) -> History[Selection]:
        """What can be undone and redone."""
        return self._history

    def apply(
        self,
        pack: Pack,
        label: str,
        *,
        group: str = "",
        place_before: Selection | None = None,
        place_after: Selection | None = None,
    ) -> bool:
        """Make an edit's result the present; returns whether it changed anything. ``group`` joins typing to one step."""
        if not self.writable:
            return False
        before = self.pack
        changed = self._history.push(
            pack, label, group=group, time=time.monotonic(), place_before=place_before, place_after=place_after
        )
        if changed:
            self.pack_changed.emit(before, pack)
        return changed

    def undo(self) -> None:
        """Take the last change back."""
        self._follow(self._history.undo(), back=True)

    def redo(self) -> None:
        """Do the change that was undone last again."""
        self._follow(self._history.redo(), back=False)

    def replace(self, pack: Pack) -> None:
        """Open another pack in place of this one; its history begins here."""
        before = self.pack
        self._history = History(pack)
        self.pack_changed.emit(before, pack)

    def _follow(self, step: Step[Selection] | None, *, back: bool) -> None:
        if step is None:
            return
        self.pack_changed.emit(*((step.after, step.before) if back else (step.before, step.after)))
        self.stepped.emit(step.place_before if back else step.place_after)
