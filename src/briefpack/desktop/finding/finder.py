"""Looks for what the find bar says, shows the hits in the document, goes from one to the next, and replaces them.

Searching is done on a thread of its own, in the pack as it was when it began; the window never waits for it.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.finding.bar import FindBar
from briefpack.desktop.jobs import Job, Worker
from briefpack.desktop.workspace import Workspace
from briefpack.errors import UserError
from briefpack.pack.anchors import Span, spans
from briefpack.pack.edits import Place
from briefpack.pack.finding import (
    SECONDS,
    Found,
    Part,
    Query,
    Seat,
    find,
    replace_all,
    replace_one,
    shown_at,
    string_at,
)
from briefpack.pack.model import AnyBlock, Biography, Image, Pack, Table, TextBlock
from briefpack.pack.text import MarkKind

_TYPED_MS = 120
"""How long after a key the search begins."""

_BY_HAND = 100
"""No more than so many characters of the selection are taken over as what is looked for."""


class Answer(NamedTuple):
    """What was found of what in which pack, and where each hit is seen: block and offset, for the order of reading."""

    pack: Pack
    query: Query
    found: tuple[Found, ...]
    keys: tuple[tuple[int, int], ...]


class _Behind(NamedTuple):
    """Where to go on after a replacement: behind the new words, which end at ``end``; hits before ``number`` are passed."""

    number: int
    seat: Seat
    end: int


class Finder(QObject):
    """Args: the pack; the document; the bar."""

    said = Signal(str, str, object)

    answered = Signal()
    """What is shown is what was found of what the bar says, in the pack as it is."""

    comment_found = Signal(str)
    """The id of a comment that the current hit is in."""

    def __init__(self, workspace: Workspace, editor: PackEditor, bar: FindBar, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._editor, self._bar = workspace, editor, bar
        self._worker = Worker("finding", self)
        self._answer: Answer | None = None
        self._at = -1
        self._job: Job | None = None
        self._next: Callable[[], None] | None = None
        self._from: Place | None = None
        self._timer = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._timer.timeout.connect(self._search)
        bar.changed.connect(self._typed)
        bar.stepped.connect(self.step)
        bar.replaced.connect(self._replace)
        bar.closed.connect(self.close)
        workspace.pack_changed.connect(self._follow)

    @property
    def worker(self) -> Worker:
        """The thread that searches; to be closed before the program ends."""
        return self._worker

    @property
    def active(self) -> bool:
        """Whether the bar is open."""
        return not self._bar.isHidden()

    @property
    def found(self) -> tuple[Found, ...]:
        """What was found last."""
        return self._answer.found if self._answer else ()

    def open(self, *, replacing: bool = False) -> None:
        """Show the bar; a few words that are selected are what is looked for."""
        words = self._editor.selected_text()
        fits = 0 < len(words) <= _BY_HAND and "\n" not in words and not self._on_hit()
        self._from = self._editor.selection()[0]
        self._bar.set_writable(self._workspace.writable)
        self._bar.open(words if fits else "", replacing=replacing and self._workspace.writable)
        self._typed()

    def close(self) -> None:
        """Hide the bar and the marks on hits; the keyboard speaks to the document again."""
        self._forget()
        self._bar.hide()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go to the next hit (1) or the one before (-1), round the end; once it is known what they are."""
        if not self.active:
            self.open()
        else:
            self._when_known(lambda: self._go(self._beside(by)))

    # Searching

    def _typed(self) -> None:
        """Something else is looked for: the first hit from where the user began is shown."""
        if self._from is None:
            self._from = self._editor.selection()[0]
        self._next = self._go_first
        self._timer.start()

    def _follow(self, before: Pack, after: Pack) -> None:
        """The pack changed: its hits are others, or elsewhere. Nothing moves."""
        if before.id != after.id:
            self._forget()
            self._bar.hide()
        elif self.active:
            self._timer.start()

    def _when_known(self, act: Callable[[], None]) -> None:
        """Do something with the hits, at once where they are known."""
        if self._timer.isActive():
            self._next = act
            self._search()
        elif self._job is not None:
            self._next = act
        else:
            act()

    def _search(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
        pack, query = self._workspace.pack, self._bar.query
        job = self._job = self._worker.start(lambda _task: _answer(pack, query))
        job.succeeded.connect(lambda answer: self._take(job, answer))
        job.failed.connect(lambda error: self._fail(job, error))

    def _take(self, job: Job, answer: Answer) -> None:
        if job is not self._job:
            return
        self._job, self._answer = None, answer
        self._editor.light_up(_by_block(answer))
        self._at = self._hit_selected()
        then, self._next = self._next, None
        if then is not None:
            then()
        self._say()
        self.answered.emit()

    def _fail(self, job: Job, error: UserError) -> None:
        if job is self._job:
            self._forget()
            self._bar.show_problem(str(error))
            self.answered.emit()

    def _forget(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
        self._job = self._answer = self._next = self._from = None
        self._at = -1
        self._editor.light_up({})

    # Going there

    def _go_first(self) -> None:
        """To the first hit at or behind the place where the user began; the hits of an old pack are not gone to."""
        if self._from is not None and self._answer is not None and self._is_fresh():
            self._go(self._first(self._key(self._from)))

    def _go(self, at: int) -> None:
        if self._answer is None or not self._is_fresh() or not 0 <= at < len(self.found):
            return
        self._at = at
        found = self.found[at]
        if found.seat.part == Part.COMMENT:
            self.comment_found.emit(found.seat.id)
        block = shown_at(self._answer.pack, found)
        if block is not None:
            self._show(*self._places(found, block))
        self._from = self._editor.selection()[0]
        self._say()

    def _places(self, found: Found, block: str) -> tuple[Place, Place]:
        """What to select for a hit: its words, the words of its comment, or the object that it is in."""
        if not isinstance(self._editor.block_of(block), TextBlock):
            return Place(block, 1), Place(block, 0)
        if found.seat.part == Part.COMMENT:
            piece = self._comment_words(found.seat.id)
            return Place(block, piece.start), Place(block, piece.end)
        return Place(block, found.start), Place(block, found.end)

    def _comment_words(self, comment: str) -> Span:
        return spans(self._workspace.pack, MarkKind.COMMENT)[comment][0]

    def _show(self, anchor: Place, caret: Place) -> None:
        """Select it; where it was off screen, it comes to the upper third."""
        bar = self._editor.verticalScrollBar()
        before = bar.value()
        self._editor.select(anchor, caret)
        if bar.value() != before:
            bar.setValue(bar.value() + self._editor.cursorRect().top() - self._editor.viewport().height() // 3)

    def _beside(self, by: int) -> int:
        """The number of the hit before or behind the one that is shown, or the caret; -1 where there is none."""
        count = len(self.found)
        if not count or self._answer is None:
            return -1
        if self._at >= 0 and (self._on_hit() or self.found[self._at].seat.part == Part.COMMENT):
            return (self._at + by) % count
        first = self._first(self._key(self._editor.selection()[1]))
        return first if by > 0 else (first - 1) % count

    def _first(self, key: tuple[int, int]) -> int:
        """The number of the first hit at or behind a place, around the end; -1 where nothing was found."""
        keys = self._answer.keys if self._answer else ()
        return next((at for at, each in enumerate(keys) if each >= key), 0 if keys else -1)

    def _key(self, place: Place) -> tuple[int, int]:
        return self._editor.index_of(place.block), place.offset

    def _hit_selected(self) -> int:
        """The number of the hit that is selected, the one that was shown last where it is among several; or -1."""
        if self._at >= 0 and self._on_hit():
            return self._at
        start = min(map(self._key, self._editor.selection()))
        found = self._first(start)
        return found if found >= 0 and self._is_selected(found) else -1

    def _on_hit(self) -> bool:
        return 0 <= self._at < len(self.found) and self._is_selected(self._at)

    def _is_selected(self, at: int) -> bool:
        if self._answer is None or not self._is_fresh():
            return False
        block = shown_at(self._answer.pack, self.found[at])
        return block is not None and self._places(self.found[at], block) == self._editor.selection()

    def _is_fresh(self) -> bool:
        return self._answer is not None and self._answer.pack is self._workspace.pack

    # Replacing

    def _replace(self, every: bool) -> None:
        self._when_known(self._replace_all if every else self._replace_one)

    def _replace_one(self) -> None:
        """The hit that is shown replaced, and the next one shown; where none is, the next one is shown first."""
        answer = self._answer
        if answer is None or not self._is_fresh() or not self._shows_hit():
            self._go(self._beside(1))
            return
        found = self.found[self._at]
        try:
            pack = replace_one(answer.pack, answer.query, found, self._bar.new.text())
        except UserError as error:
            self._bar.show_problem(str(error))
            return
        grown = len(string_at(pack, found.seat)) - len(string_at(answer.pack, found.seat))
        behind = _Behind(self._at, found.seat, found.end + grown)
        self._at = -1
        self._workspace.apply(pack, "Replace")
        self._next = lambda: self._go_behind(behind)
        self._search()

    def _shows_hit(self) -> bool:
        """Whether the user sees which hit would be replaced."""
        seen = 0 <= self._at < len(self.found)
        return seen and (self._on_hit() or self.found[self._at].seat.part == Part.COMMENT)

    def _go_behind(self, behind: _Behind) -> None:
        at = behind.number
        while at < len(self.found) and self.found[at].seat == behind.seat and self.found[at].start < behind.end:
            at += 1
        self._go(at % len(self.found) if self.found else -1)

    def _replace_all(self) -> None:
        answer, new = self._answer, self._bar.new.text()
        if answer is None or not answer.found:
            return
        job = self._job = self._worker.start(lambda _task: replace_all(answer.pack, answer.query, new))
        job.succeeded.connect(lambda pack: self._take_all(job, answer, pack))
        job.failed.connect(lambda error: self._say_failed(job, error))

    def _take_all(self, job: Job, answer: Answer, pack: Pack) -> None:
        """Everything replaced, as one step; where the pack changed in the meantime, in the pack as it is now."""
        if job is not self._job:
            return
        self._job = None
        if answer.pack is not self._workspace.pack:
            self._replace(True)
        elif self._workspace.apply(pack, "Replace all"):
            count = len(answer.found)
            self.said.emit(f"{count:,} place{'' if count == 1 else 's'} replaced", "Undo", self._editor.undo)

    def _say_failed(self, job: Job, error: UserError) -> None:
        if job is self._job:
            self._job = None
            self._bar.show_problem(str(error))
            self.answered.emit()

    # What is said

    def _say(self) -> None:
        count = len(self.found)
        if not self._bar.query.words:
            self._bar.show_count("")
        elif not count:
            self._bar.show_count("Nothing found", found=False)
        elif self._at < 0:
            self._bar.show_count(f"{count:,} found")
        else:
            self._bar.show_count(f"{self._at + 1:,} of {count:,}{self._whereabouts(self.found[self._at])}")

    def _whereabouts(self, found: Found) -> str:
        """Where a hit is that cannot be marked to the letter."""
        match found.seat.part:
            case Part.MEETING:
                return ", meeting details"
            case Part.PERSON:
                return ", a person"
            case Part.COMMENT:
                return ", a comment"
            case Part.BODY:
                return _OBJECTS.get(type(self._workspace.pack.block(found.seat.id)), "")


_OBJECTS: dict[type, str] = {Table: ", a table", Image: ", a caption", Biography: ", a biography"}


def _answer(pack: Pack, query: Query) -> Answer:
    """Everything found; on the worker's thread."""
    found = find(pack, query, seconds=SECONDS)
    index = {block.id: at for at, block in enumerate(pack.body)}
    return Answer(pack, query, found, tuple(_order(pack, each, index) for each in found))


def _order(pack: Pack, found: Found, index: Mapping[str, int]) -> tuple[int, int]:
    """The block that a hit is seen in, by its number, and the offset there; comments come behind the body."""
    if found.seat.part == Part.COMMENT:
        return len(pack.body), 0
    block = shown_at(pack, found)
    at = index[block] if block is not None else 0
    return at, found.start if isinstance(pack.body[at], TextBlock) and found.seat.part == Part.BODY else 0


def _by_block(answer: Answer) -> dict[str, tuple[AnyBlock, tuple[tuple[int, int], ...]]]:
    """For each block with hits the block as it was searched, and their offsets."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    for found in answer.found:
        if found.seat.part == Part.BODY:
            ranges.setdefault(found.seat.id, []).append((found.start, found.end))
    blocks = {block.id: block for block in answer.pack.body}
    return {block: (blocks[block], tuple(held)) for block, held in ranges.items()}
