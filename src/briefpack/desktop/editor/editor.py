"""The editor of a pack: what the user does in the document, made into edits of the pack."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from briefpack.desktop.editor import patch, utf16
from briefpack.desktop.editor.projection import project
from briefpack.desktop.editor.steps import TypingRun
from briefpack.desktop.editor.tidy import Marks, find_change, make
from briefpack.desktop.editor.view import Media, PackView
from briefpack.desktop.workspace import Selection, Workspace
from briefpack.pack.edits import Edited, Place


class PackEditor(PackView):
    """The document that a pack is written in."""

    object_opened = Signal(str)
    comment_clicked = Signal(str)
    announced = Signal(str)

    def __init__(self, workspace: Workspace, media: Media, parent: QWidget | None = None) -> None:
        self._touched: tuple[int, int] | None = None
        self._before: Selection | None = None
        self._pending: tuple[Place, Marks] | None = None
        self._run = TypingRun()
        super().__init__(workspace, media, parent)
        self.document().contentsChange.connect(self._note)
        self.document().contentsChanged.connect(self._read_back)

    # What goes through Qt is read back

    def _note(self, position: int, _removed: int, added: int) -> None:
        """Remember which stretch of the document changed: counted from the start, and from the end."""
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
        (start, rest), self._touched = self._touched, None
        document, pack = self.document(), self.pack()
        size = document.characterCount() - 1
        first = document.findBlock(min(start, size)).blockNumber()
        last = document.findBlock(max(min(start, size), size - rest)).blockNumber()
        gone = len(pack.body) - document.blockCount()
        strings = [document.findBlockByNumber(index).text() for index in range(first, last + 1)]
        change = find_change(pack.body[first : last + gone + 1], strings, self._caret_in(first, strings))
        edited = make(pack, change, self._typed_formats(change.start)) if change else Edited(pack, self.selection()[1])
        stop = last + gone + 1 + len(edited.pack.body) - len(pack.body)
        self._shown = edited.pack
        with self.writing():
            targets = [project(edited.pack, block, self._formats) for block in edited.pack.body[first:stop]]
            patch.reshape(document, first, last + 1, targets)
            if change:
                at = self.position_of(edited.caret)
                if self._selection() != (at, at):
                    self._set_selection(Selection(at, at))
        if change:
            group = self._run.group(change, edited.caret)
            self.workspace.apply(
                edited.pack,
                "Typing" if change.string else "Deleting",
                group=group,
                place_before=self._before,
                place_after=self._selection(),
            )
            self._moved()

    def _caret_in(self, first: int, strings: list[str]) -> tuple[int, int]:
        cursor = self.textCursor()
        index = min(max(0, cursor.blockNumber() - first), len(strings) - 1)
        return index, utf16.to_points(strings[index], cursor.positionInBlock())

    def _typed_formats(self, at: Place) -> Marks | None:
        """The formats chosen for what is typed next, where they were chosen here."""
        pending, self._pending = self._pending, None
        return pending[1] if pending and pending[0] == at else None
