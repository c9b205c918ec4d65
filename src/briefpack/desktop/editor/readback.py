"""What the user types goes through Qt into the document, and is read back from there into the pack."""

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from briefpack.desktop.editor import patch, utf16
from briefpack.desktop.editor.projection import project
from briefpack.desktop.editor.steps import TypingRun
from briefpack.desktop.editor.tidy import Change, Marks, find_change, make
from briefpack.desktop.editor.view import Media, PackView
from briefpack.desktop.workspace import Selection, Workspace
from briefpack.pack.edits import Edited, Place, splice
from briefpack.pack.model import Pack


class TypedView(PackView):
    """A view whose document may be typed into."""

    def __init__(self, workspace: Workspace, media: Media, parent: QWidget | None = None) -> None:
        self._touched: tuple[int, int] | None = None
        self._before: Selection | None = None
        self._pending: tuple[Place, Marks] | None = None
        self._run = TypingRun()
        super().__init__(workspace, media, parent)
        self.document().contentsChange.connect(self._note)
        self.document().contentsChanged.connect(self._read_back)

    def before_typing(self) -> None:
        """Remember where the user is; called before Qt is handed a key. A caret is never left inside an emoji's pair."""
        anchor, caret = self._selection()
        document = self.document()
        if is_low(document.characterAt(caret)) or is_low(document.characterAt(anchor)):
            self.select(*self.selection())
        self._before = self._selection()

    def in_step(self) -> bool:
        """Whether document and pack agree: not while a key has reached the one and not yet the other."""
        return super().in_step() and self._touched is None

    def _note(self, position: int, _removed: int, added: int) -> None:
        """Remember which stretch of the document changed, counted from its start and from its end.

        What Qt reports may be a whole block, or the one before as well: it says which blocks to read, and no more.
        """
        if self._busy:
            return
        rest = max(0, self.document().characterCount() - 1 - position - added)
        if self._touched:
            position, rest = min(position, self._touched[0]), min(rest, self._touched[1])
        self._touched = (position, rest)

    def _read_back(self) -> None:
        """Find out what Qt did to the document, do the same to the pack, and make the document agree."""
        if self._busy or self._touched is None:
            return
        first, last = self._touched_blocks(*self._touched)
        self._touched = None
        document, pack = self.document(), self._shown
        gone = len(pack.body) - document.blockCount()
        strings = [document.findBlockByNumber(index).text() for index in range(first, last + 1)]
        touched = pack.body[first : last + gone + 1]
        change = find_change(touched, strings, self._caret_in(first, strings))
        if change is None:
            self._write_back(pack, first, last + 1, last + gone + 1)
            return
        made, caret = make(replace(pack, body=touched), change, self._chosen(change.start))
        after = splice(pack, first, last + gone + 1, made.body)
        self._write_back(after, first, last + 1, first + len(made.body))
        self._typed(change, Edited(after, caret))

    def _touched_blocks(self, start: int, rest: int) -> tuple[int, int]:
        """The first and last block of the stretch that changed."""
        document = self.document()
        end = document.characterCount() - 1
        start = min(start, end)
        return document.findBlock(start).blockNumber(), document.findBlock(max(start, end - rest)).blockNumber()

    def _caret_in(self, first: int, strings: list[str]) -> tuple[int, int]:
        """Where the caret is in the blocks that were read: index and code point offset."""
        cursor = self.textCursor()
        index = cursor.blockNumber() - first
        if index < 0:
            return 0, 0
        if index >= len(strings):
            return len(strings) - 1, len(strings[-1])
        return index, utf16.to_points(strings[index], cursor.positionInBlock())

    def _write_back(self, after: Pack, first: int, last: int, stop: int) -> None:
        """Make the blocks that were read, ``first`` up to ``last``, be what ``after`` holds there up to ``stop``."""
        self._shown = after
        with self.writing():
            targets = [project(after, block, self._formats) for block in after.body[first:stop]]
            patch.reshape(self.document(), first, last, targets)

    def _typed(self, change: Change, edited: Edited) -> None:
        """Put the caret where the edit says, and hand the new pack on."""
        at = self.position_of(edited.caret)
        with self.writing():
            if self._selection() != (at, at):
                self._set_selection(Selection(at, at))
        self.typed_at = edited.caret
        self.workspace.apply(
            edited.pack,
            "Typing" if change.string else "Deleting",
            group=self._run.group(change, edited.caret),
            place_before=self._before,
            place_after=Selection(at, at),
        )
        self._shown = self.workspace.pack  # the same value, also where the history took it for no change
        self._moved()

    def _chosen(self, at: Place) -> Marks | None:
        """The formats chosen for what is typed next, where they were chosen here."""
        pending, self._pending = self._pending, None
        return pending[1] if pending and pending[0] == at else None


def is_low(character: str) -> bool:
    """Whether a UTF-16 unit is the second of a pair."""
    return "\udc00" <= character <= "\udfff"
