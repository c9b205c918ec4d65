"""Which typing belongs to one step of undo: about a word."""

from briefpack.desktop.editor.tidy import Change
from briefpack.pack.edits import Place


class TypingRun:
    """Follows what is typed and tells runs apart.

    A run ends where the caret was moved, at a word's end, or when typing turns into deleting. What deletes more than a
    character, such as a word, stands alone.
    """

    def __init__(self) -> None:
        self._number = 0
        self._kind = ""
        self._caret: Place | None = None
        self._space = False

    def group(self, change: Change, caret: Place) -> str:
        """The name of the run that a change belongs to; ``caret`` is where it left the caret."""
        kind = "type" if change.string else "delete"
        goes_on = kind == self._kind and self._caret in (change.start, change.stop)
        if kind == "type":
            goes_on = goes_on and change.start == change.stop and not (self._space and not change.string.isspace())
            self._space = change.string[-1:].isspace()
        else:
            goes_on = goes_on and not _is_more(change)
        if not goes_on:
            self._number += 1
        self._kind, self._caret = kind, None if kind == "delete" and _is_more(change) else caret
        return f"{kind} {self._number}"

    def end(self) -> None:
        """Whatever is typed next begins a new run."""
        self._caret = None


def _is_more(change: Change) -> bool:
    """Whether a deletion took more than one character."""
    return change.start.block != change.stop.block or change.stop.offset - change.start.offset > 1
