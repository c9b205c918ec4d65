"""Where an item stands in the pack as it is now: brought forward over all that was taken and written since it was sent."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.anchors import Span
from briefpack.pack.model import Pack, Table, TextBlock, texts_of
from briefpack.pack.text import Text
from briefpack.review.chains import END, Aligned, Chain, Order
from briefpack.review.composing import TAKEN, Composition, GoneError
from briefpack.review.model import (
    Drop,
    DropRow,
    Item,
    Join,
    Move,
    Put,
    PutRow,
    Review,
    Reword,
    Sent,
    Split,
    Step,
)
from briefpack.review.rows import Rows

CHANGED = "The words that it changes are not there any more"
GONE = "The paragraph that it is in is not there any more"
OPEN = "It changes words of a change that is not decided yet"
BY_HAND = "It is outside the text, and can only be made by hand"


class Fit(Struct, frozen=True):
    """What an item would do to the pack as it is now. Where ``why`` is not empty, it says why it no longer fits."""

    steps: tuple[Step, ...] = ()
    why: str = ""

    @property
    def fits(self) -> bool:
        """Whether it can be carried out."""
        return not self.why


class _NoFitError(Exception):
    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Present:
    """A pack as it is now, and where the items of a review are in it.

    Args:
        pack: the pack.
        review: the list of its returned copies.
    """

    def __init__(self, pack: Pack, review: Review) -> None:
        self.pack = pack
        self.review = review
        self._composed = Composition(pack, review)
        self.decided = self._composed.decided
        self._blocks = {block.id: block for block in pack.body}
        self._items = {item.key: item for item in review.items}
        self._aligned: dict[tuple[str, str, int, str], Aligned] = {}

    def fit(self, item: Item, steps: tuple[Step, ...] | None = None) -> Fit:
        """Where an item, or other steps in its place, would be carried out now."""
        wanted = item.steps if steps is None else steps
        if not wanted:
            return Fit(why=BY_HAND)
        if item.inside:
            outer = self.decided.get(item.inside)
            if outer is None:
                return Fit(why=OPEN)
            if outer.verdict not in TAKEN:
                return Fit(why=CHANGED)
        try:
            return Fit(tuple(now for step in wanted for now in self._now(step, item)))
        except _NoFitError as error:
            return Fit(why=error.why)
        except GoneError:
            return Fit(why=GONE)

    def order(self, item: Item) -> Order:
        """What of two items at one place comes first."""
        return self._composed.order(item)

    def left_of(self, span: Span, item: Item) -> tuple[Span, ...]:
        """What of a stretch that was sent is there now: for a comment, which stands on what is left of its words."""
        try:
            chain = self._composed.chain(item.issue, span.block, span.part)
        except GoneError:
            return ()
        begin = self._composed.begin(item.issue, span)
        found: list[Span] = []
        for start, end in chain.left(begin + span.start, begin + span.end):
            for place in range(start, end):
                try:
                    now = self._stretch(item.issue, span, chain, place, place + 1)
                except _NoFitError:
                    continue
                last = found[-1] if found else None
                if last and (last.block, last.part, last.end) == (now.block, now.part, now.start):
                    found[-1] = Span(last.block, last.part, last.start, now.end)
                else:
                    found.append(now)
        return tuple(found)

    # Text

    def _now(self, step: Step, item: Item) -> Iterator[Step]:
        """A step as it would be carried out now."""
        match step:
            case Reword(span, new):
                yield from self._reword(span, new, item)
            case Split(span, _, _, _):
                yield self._split(step, span, item)
            case Join(first, second):
                yield Join(self._last_of(item.issue, first), self._following(item.issue, second))
            case Drop(blocks):
                yield Drop(tuple(self._unchanged(item, block) for block in blocks))
            case Put(after, blocks):
                yield Put(self._behind(item, after), blocks)
            case Move(blocks, after):
                moved = tuple(self._present(block) for block in blocks)
                behind = self._behind(item, after)
                yield Move(moved, behind)
            case PutRow(table, row, cells):
                yield PutRow(table, self._rows(item.issue, table).gap(row, self._composed.order(item)), cells)
            case DropRow(table, row):
                yield DropRow(table, self._row(item.issue, table, row))

    def _reword(self, span: Span, new: Text, item: Item) -> Iterator[Reword]:
        """The words of a stretch replaced: in as many stretches as it is cut into by what was put between them."""
        where, chain, start, end = self._resolved(span, item)
        stretches = chain.stretches(start, end) if start < end else []
        if stretches is None:
            raise _NoFitError(CHANGED)
        if start == end:
            self._check_gap(chain, start, item)
        at = chain.gap(end, self._composed.order(item))
        where, outer, shift = self._outermost(where, item)
        if outer is not None:
            chain = outer
            stretches = [(a + shift, b + shift) for a, b in stretches]
            at += shift
        if stretches and stretches[-1][1] == at:
            *stretches, (first, at) = stretches
            yield Reword(self._stretch(item.issue, where, chain, first, at), new)
        elif new:
            place = self._gap(item.issue, where, chain, at)
            yield Reword(Span(place.block, place.part, place.start, place.start), new)
        for first, last in reversed(stretches):
            yield Reword(self._stretch(item.issue, where, chain, first, last))

    def _split(self, step: Split, span: Span, item: Item) -> Split:
        where, chain, start, end = self._resolved(span, item)
        stretches = chain.stretches(start, end) if start < end else []
        if stretches is None or len(stretches) > 1:
            raise _NoFitError(CHANGED)
        if stretches:
            now = self._stretch(item.issue, where, chain, *stretches[0])
        else:
            self._check_gap(chain, start, item)
            now = self._gap(item.issue, where, chain, chain.gap(start, self._composed.order(item)))
        return replace(step, span=now)

    def _resolved(self, span: Span, item: Item) -> tuple[Span, Chain, int, int]:
        chain = self._composed.chain(item.issue, span.block, span.part)
        begin = self._composed.begin(item.issue, span)
        return span, chain, begin + span.start, begin + span.end

    def _outermost(self, span: Span, item: Item) -> tuple[Span, Chain | None, int]:
        """For a stretch of an item's new words: the text that those stand in now, and where they begin there."""
        shift, outer = 0, None
        while (owner := self._items.get(span.block)) is not None:
            step = next((each for each in owner.steps if isinstance(each, Reword) and each.new), None)
            if step is None:
                raise _NoFitError(CHANGED)
            outer = self._composed.chain(item.issue, step.span.block, step.span.part)
            begin = outer.put_at(owner.key)
            if begin is None:
                raise _NoFitError(CHANGED)
            shift, span = shift + begin, step.span
        return span, outer, shift

    def _check_gap(self, chain: Chain, place: int, item: Item) -> None:
        """Refuse to put something in where another's change took out the words on both sides."""
        other = self._items.get(chain.taken_out_by(place))
        if other is not None and not set(other.sources) & set(item.sources):
            raise _NoFitError(CHANGED)

    def _stretch(self, issue: str, span: Span, chain: Chain, start: int, end: int) -> Span:
        """Where a stretch of a chain is in the pack."""
        block, part, begin, expected = self._piece(issue, span, chain, start)
        found = self._alignment(block, part, expected).kept(start - begin, end - begin)
        if found is None or end - begin > len(expected):
            raise _NoFitError(CHANGED)
        return Span(block, part, *found)

    def _gap(self, issue: str, span: Span, chain: Chain, place: int) -> Span:
        block, part, begin, expected = self._piece(issue, span, chain, place)
        found = self._alignment(block, part, expected).gap(place - begin)
        if found is None:
            raise _NoFitError(CHANGED)
        return Span(block, part, found, found)

    def _piece(self, issue: str, span: Span, chain: Chain, place: int) -> tuple[str, int, int, str]:
        """The paragraph of a chain that a place is in: its block and part now, where it begins, and its words."""
        number = chain.string.count(END, 0, place)
        begin = chain.string.rfind(END, 0, place) + 1
        stop = chain.string.find(END, place)
        expected = chain.string[begin : len(chain.string) if stop < 0 else stop]
        block = chain.blocks[number]
        part = span.part
        columns = self.review.sent.get(issue, Sent()).columns.get(block)
        if columns:
            row, column = divmod(part, columns)
            table = self._blocks.get(block)
            if not isinstance(table, Table) or not table.rows or len(table.rows[0]) != columns:
                raise _NoFitError(GONE)
            part = self._row(issue, block, row) * columns + column
        return block, part, begin, expected

    def _alignment(self, block: str, part: int, expected: str) -> Aligned:
        here = self._blocks.get(block)
        texts = texts_of(here) if here is not None else ()
        if here is None or part >= len(texts):
            raise _NoFitError(GONE)
        key = (block, expected, part, texts[part].string)
        if key not in self._aligned:
            self._aligned[key] = Aligned(expected, texts[part].string)
        return self._aligned[key]

    # Blocks

    def _present(self, block: str) -> str:
        if block not in self._blocks:
            raise _NoFitError(GONE)
        return block

    def _following(self, issue: str, block: str) -> str:
        """A paragraph, or where it was taken out or moved the next that was sent and is still in its place."""
        sent = self.review.sent.get(issue, Sent()).blocks
        if block in sent:
            for each in sent[sent.index(block) :]:
                if each in self._blocks and each not in self._moved:
                    return each
        return self._present(block)

    def _unchanged(self, item: Item, block: str) -> str:
        """A block that is there, with no words of the drafter's in it."""
        here = self._blocks.get(self._present(block))
        sent = self.review.sent.get(item.issue, Sent())
        parts = len(texts_of(here)) if here is not None else 0
        if block in sent.columns:
            table = self._rows(item.issue, block)
            if not table.whole:
                raise _NoFitError(CHANGED)
            return block
        for part in range(parts):
            chain = self._composed.chain(item.issue, block, part)
            _, now, _, expected = self._piece(item.issue, Span(block, part, 0, 0), chain, 0)
            if here is not None and texts_of(here)[now].string != expected:
                raise _NoFitError(CHANGED)
        return block

    def _last_of(self, issue: str, block: str) -> str:
        """The block that the last words of a paragraph that was sent are in now: it may have been split."""
        chain = self._composed.chain(issue, block, 0)
        members = self._composed.members(issue, block)
        end = self._composed.begin(issue, Span(block, 0, 0, 0)) + len(self._composed.base(issue, block, 0))
        if members[-1] == block:
            return self._present(chain.blocks[-1])
        return self._present(chain.blocks[chain.string.count(END, 0, chain.gap(end, (1 << 30, 0)))])

    def _behind(self, item: Item, after: str) -> str:
        """The block that something comes behind: what it was sent behind, or the nearest before that is still there.

        What was put in before, here or between that block and here, and belongs before it, comes before it.
        """
        sent = self.review.sent.get(item.issue, Sent()).blocks
        own = {block for step in item.steps if isinstance(step, Move) for block in step.blocks}
        away = own | self._moved
        first = gap = sent.index(after) if after in sent else -1
        while first >= 0 and (sent[first] in away or sent[first] not in self._blocks):
            first -= 1
        here = sent[first] if first >= 0 else ""
        if after and after not in sent:
            here = self._present(after)
        elif here and self._is_typed(here):
            here = self._last_of(item.issue, here)
        before = {
            block
            for place, order, blocks in self._put_here(item.issue, sent)
            if first <= place and (place, order) < (gap, self._composed.order(item))
            for block in blocks
        } - own
        place = self._index.get(here, -1) + 1
        body = self.pack.body
        while place < len(body) and (body[place].id in before or body[place].id in own):
            if body[place].id not in own:
                here = body[place].id
            place += 1
        return here

    def _is_typed(self, block: str) -> bool:
        return isinstance(self._blocks.get(block), TextBlock)

    @cached_property
    def _index(self) -> Mapping[str, int]:
        return {block.id: number for number, block in enumerate(self.pack.body)}

    @cached_property
    def _moved(self) -> set[str]:
        """The blocks that a move which was taken has taken away from where they were sent."""
        return {
            block
            for item in self.review.items
            if (decision := self.decided.get(item.key)) is not None and decision.verdict in TAKEN
            for step in item.steps
            if isinstance(step, Move)
            for block in step.blocks
        }

    def _put_here(self, issue: str, sent: tuple[str, ...]) -> Iterator[tuple[int, Order, tuple[str, ...]]]:
        """What was put in or moved: behind the how manieth block that was sent, in which order there, and its blocks."""
        for item in self.review.items:
            decision = self.decided.get(item.key)
            if decision is None or decision.verdict not in TAKEN or item.issue != issue:
                continue
            for step in item.steps:
                if isinstance(step, Put | Move):
                    place = sent.index(step.after) if step.after in sent else -1
                    blocks = step.blocks if isinstance(step, Move) else tuple(block.id for block in step.blocks)
                    yield place, self._composed.order(item), blocks

    # Tables

    def _rows(self, issue: str, table: str) -> Rows:
        here = self._blocks.get(table)
        sent = self.review.sent.get(issue, Sent())
        columns = sent.columns.get(table, 0)
        if not isinstance(here, Table) or not columns:
            raise _NoFitError(GONE)
        strings = sent.texts[table]
        rows = [strings[at : at + columns] for at in range(0, len(strings), columns)]
        taken = [(self._composed.order(item), step) for item, step in self._composed.taken.get((issue, table, -1), ())]
        changed = {
            part // columns
            for number, block, part in self._composed.taken
            if (number, block) == (issue, table) and part >= 0
        }
        return Rows(here, rows, taken, changed)

    def _row(self, issue: str, table: str, row: int) -> int:
        found = self._rows(issue, table).place(row)
        if found is None:
            raise _NoFitError(GONE)
        return found
