"""What can be done with the tracked changes of the document's own text."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.workspace import Workspace
from briefpack.pack.edits import (
    Place,
    accept_all_changes,
    accept_changes,
    reject_all_changes,
    reject_changes,
)
from briefpack.pack.model import TextBlock, texts_of
from briefpack.pack.proposals import TRACKED, Proposed, proposed, proposed_at

if TYPE_CHECKING:
    from briefpack.desktop.changes.listing import ChangesDialog

_NONE = "There are no tracked changes in the text"


class ChangeCommands(QObject):
    """Args: the pack; the document, whose caret says which change; what the list stands over."""

    said = Signal(str, str, object)

    def __init__(self, workspace: Workspace, editor: PackEditor, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._editor = editor
        self._window = window
        self._last: Proposed | None = None
        self.list: ChangesDialog | None = None
        """The list of changes while it is open."""

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {
            "review.next_change": partial(self.step, 1),
            "review.previous_change": partial(self.step, -1),
            "review.accept_change": partial(self.settle, accepted=True),
            "review.reject_change": partial(self.settle, accepted=False),
            "review.accept_changes": partial(self.settle_all, accepted=True),
            "review.reject_changes": partial(self.settle_all, accepted=False),
            "review.changes": self.show_list,
        }

    def is_at_change(self) -> bool:
        """Whether the caret is at a tracked change; it looks at the caret's block alone."""
        anchor, caret = self._editor.selection()
        block = self._editor.block_of(caret.block)
        marks = [mark for text in texts_of(block) for mark in text.marks if mark.kind in TRACKED]
        if not isinstance(block, TextBlock):
            return bool(marks)
        offsets = {anchor.offset if anchor.block == caret.block else caret.offset, caret.offset}
        return any(mark.start <= offset <= mark.end for mark in marks for offset in offsets)

    @property
    def current(self) -> Proposed | None:
        """The change that the caret is at: of several the one gone to last, else the first."""
        pack = self._workspace.pack
        anchor, caret = self._editor.selection()
        if self._last in proposed(pack) and self._last.pieces[0].block in {anchor.block, caret.block}:
            block = self._editor.block_of(self._last.pieces[0].block)
            if not isinstance(block, TextBlock) or self._is_selected(self._last):
                return self._last
        here = self._editor.block_of(caret.block)
        if isinstance(here, TextBlock):
            start = min(anchor, caret, key=lambda place: place.offset) if anchor.block == caret.block else caret
            return proposed_at(pack, here.id, start.offset)
        return next((change for change in proposed(pack) if change.pieces[0].block == here.id), None)

    def step(self, by: int) -> None:
        """Go to the next change behind the caret, or the one before it; at an end begin again at the other."""
        changes = proposed(self._workspace.pack)
        if not changes:
            self.said.emit(_NONE, "", None)
            return
        current = self.current
        if current is not None and self._is_selected(current):
            at = changes.index(current) + by
        else:
            places = [self._place(change) for change in changes]
            caret = self._editor.selection()[1]
            here = (self._workspace.pack.index(caret.block), caret.offset)
            before = sum(place < here for place in places)
            at = before if by > 0 else before - 1
        self.go_to(changes[at % len(changes)])
        if not 0 <= at < len(changes):
            self.said.emit("Began again at the start" if by > 0 else "Began again at the end", "", None)

    def go_to(self, change: Proposed) -> None:
        """Select the words of a change, or the object that it is in."""
        self._last = change
        first, last = change.pieces[0], change.pieces[-1]
        if isinstance(self._editor.block_of(first.block), TextBlock):
            self._editor.select(Place(first.block, first.start), Place(last.block, last.end))
        else:
            self._editor.select(Place(first.block, 0), Place(first.block, 1))
        self._editor.ensureCursorVisible()

    def settle(self, *, accepted: bool) -> None:
        """Accept or reject the change at the caret, and go to the next."""
        change = self.current
        if change is None:
            self.said.emit("Put the cursor into a tracked change first", "", None)
            return
        self.settle_one(change, accepted=accepted)

    def settle_one(self, change: Proposed, *, accepted: bool) -> None:
        """Accept or reject a change, and go to the one behind it."""
        pack = self._workspace.pack
        place = proposed(pack).index(change)
        settled = (accept_changes if accepted else reject_changes)(pack, [change])
        if not self._editor.edit("Accept change" if accepted else "Reject change", settled):
            return
        left = proposed(self._workspace.pack)
        if left:
            self.go_to(left[min(place, len(left) - 1)])
        else:
            self.said.emit("That was the last tracked change", "Undo", self._editor.undo)

    def settle_all(self, *, accepted: bool) -> None:
        """Accept or reject every change of the text, as one step."""
        pack = self._workspace.pack
        count = len(proposed(pack))
        if not count:
            self.said.emit(_NONE, "", None)
            return
        settled = (accept_all_changes if accepted else reject_all_changes)(pack)
        if self._editor.edit("Accept all changes" if accepted else "Reject all changes", settled):
            done = "accepted" if accepted else "rejected"
            self.said.emit(f"{count} {'change' if count == 1 else 'changes'} {done}", "Undo", self._editor.undo)

    def show_list(self) -> None:
        """List all changes, beside the document."""
        from briefpack.desktop.changes.listing import ChangesDialog

        if self.list is None:
            self.list = ChangesDialog(self._workspace, self, self._window)
        self.list.show_changes()
        self.list.show()
        self.list.raise_()
        self.list.activateWindow()

    def _place(self, change: Proposed) -> tuple[int, int]:
        first = change.pieces[0]
        is_text = isinstance(self._editor.block_of(first.block), TextBlock)
        return self._workspace.pack.index(first.block), first.start if is_text else 0

    def _is_selected(self, change: Proposed) -> bool:
        first, last = change.pieces[0], change.pieces[-1]
        if not isinstance(self._editor.block_of(first.block), TextBlock):
            return self._last == change and self._editor.current_block() == first.block
        places = set(self._editor.selection())
        return places == {Place(first.block, first.start), Place(last.block, last.end)}
