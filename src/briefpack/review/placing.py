"""Where an item stands in the pack as it is now: brought forward over all that was taken and written since it was sent."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.anchors import Span
from briefpack.pack.decisions import Decision, Verdict
from briefpack.pack.model import AnyBlock, Pack, Table, TextBlock, texts_of
from briefpack.pack.text import Text, text
from briefpack.review.chains import END, Aligned, Chain, Made, Order
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

_TAKEN = frozenset({Verdict.ACCEPTED, Verdict.EDITED})

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
        self.decided = {each.item: each for each in pack.decisions}
        self._blocks = {block.id: block for block in pack.body}
        self._items = {item.key: item for item in review.items}
        copies = {each.sha256: number for number, each in enumerate(pack.returns)}
        self._copy = {item.key: copies.get(item.sources[0], 0) if item.sources else 0 for item in review.items}
        self._chains: dict[tuple[str, str, int], Chain] = {}
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
            if outer.verdict not in _TAKEN:
                return Fit(why=CHANGED)
        try:
            return Fit(tuple(now for step in wanted for now in self._now(step, item)))
        except _NoFitError as error:
            return Fit(why=error.why)

    def left_of(self, span: Span, item: Item) -> tuple[Span, ...]:
        """What of a stretch that was sent is there now: for a comment, which stands on what is left of its words."""
        try:
            chain = self._chain(item.issue, span.block, span.part)
        except _NoFitError:
            return ()
        begin = self._begin(item.issue, span)
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

    # What was taken

    def order(self, item: Item) -> Order:
        """What of two items at one place comes first."""
        return self._copy[item.key], item.order

    @cached_property
    def _taken(self) -> dict[tuple[str, str, int], list[tuple[Item, Step]]]:
        """By issue, block and part the steps that were taken there; the same change of two people once."""
        found: dict[tuple[str, str, int], list[tuple[Item, Step]]] = {}
        passed: set[str] = set()
        for item in self.review.items:
            decision = self.decided.get(item.key)
            if decision is None or decision.verdict not in _TAKEN or not item.is_change or item.key in passed:
                continue
            passed.update(item.agrees)
            for step in chosen_steps(item, decision, self.review.sent.get(item.issue, Sent())):
                for block, part in _places(step):
                    found.setdefault((item.issue, block, part), []).append((item, step))
        return found

    @cached_property
    def _put_blocks(self) -> Mapping[str, AnyBlock]:
        """The blocks that items put in, by their ids; where the drafter chose other words, with those."""
        found: dict[str, AnyBlock] = {}
        for item in self.review.items:
            decision = self.decided.get(item.key)
            steps = item.steps
            if decision is not None and decision.verdict in _TAKEN:
                steps = chosen_steps(item, decision, self.review.sent.get(item.issue, Sent()))
            found |= {block.id: block for step in steps if isinstance(step, Put) for block in step.blocks}
        return found

    # Text

    def _base(self, issue: str, block: str, part: int) -> str:
        """A text as it was sent, or as an item puts it in."""
        if (put := self._put_blocks.get(block)) is not None:
            texts = texts_of(put)
            return texts[part].string if part < len(texts) else ""
        if (item := self._items.get(block)) is not None:
            decision = self.decided.get(item.key)
            steps = item.steps
            if decision is not None:
                steps = chosen_steps(item, decision, self.review.sent.get(issue, Sent()))
            return next((step.new.string for step in steps if isinstance(step, Reword) and step.new), "")
        texts_sent = self.review.sent.get(issue, Sent()).texts.get(block, ())
        if part >= len(texts_sent):
            raise _NoFitError(GONE)
        return texts_sent[part]

    def _members(self, issue: str, block: str) -> list[str]:
        """The paragraphs that changes which were taken have joined with one, in the order they were sent."""
        after = self._joins.get(issue, {})
        before = {second: first for first, second in after.items()}
        while block in before:
            block = before[block]
        found = [block]
        while found[-1] in after:
            found.append(after[found[-1]])
        return found

    @cached_property
    def _joins(self) -> Mapping[str, dict[str, str]]:
        """By issue the paragraph that each was joined to, by the one that it goes on in."""
        found: dict[str, dict[str, str]] = {}
        for taken in self._taken.values():
            for item, step in taken:
                if isinstance(step, Join):
                    found.setdefault(item.issue, {})[step.first] = step.second
        return found

    def _chain(self, issue: str, block: str, part: int) -> Chain:
        key = (issue, block, part)
        if key not in self._chains:
            members = self._members(issue, block) if part == 0 else [block]
            texts = [self._base(issue, each, part) for each in members]
            starts = dict(zip(members, _starts(texts), strict=True))
            ends = {each: starts[each] + len(string) for each, string in zip(members, texts, strict=True)}
            made = [one for each in members for one in self._made(issue, each, part, starts[each], ends)]
            self._chains[key] = Chain(members, texts, made)
        return self._chains[key]

    def _begin(self, issue: str, span: Span) -> int:
        members = self._members(issue, span.block) if span.part == 0 else [span.block]
        texts = [self._base(issue, each, span.part) for each in members]
        return dict(zip(members, _starts(texts), strict=True))[span.block]

    def _made(self, issue: str, block: str, part: int, begin: int, ends: Mapping[str, int]) -> Iterator[Made]:
        for item, step in self._taken.get((issue, block, part), ()):
            order = self.order(item)
            match step:
                case Reword(span, _):
                    changed = step.new and self._changed_inside(item)
                    new = self._chain(issue, item.key, 0).string if changed else step.new.string
                    yield Made(begin + span.start, begin + span.end, new, item.key, order)
                case Split(span, second, first, rest):
                    new = f"{first.string}{END}{rest.string}"
                    yield Made(begin + span.start, begin + span.end, new, item.key, order, (second,))
                case Join(first_block, _) if first_block == block:
                    yield Made(ends[block], ends[block] + 1, "", item.key, order)

    def _changed_inside(self, item: Item) -> bool:
        return (item.issue, item.key, 0) in self._taken

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
                yield PutRow(table, self._rows(item.issue, table).gap(row, self.order(item)), cells)
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
        at = chain.gap(end, self.order(item))
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
            now = self._gap(item.issue, where, chain, chain.gap(start, self.order(item)))
        return replace(step, span=now)

    def _resolved(self, span: Span, item: Item) -> tuple[Span, Chain, int, int]:
        chain = self._chain(item.issue, span.block, span.part)
        begin = self._begin(item.issue, span)
        return span, chain, begin + span.start, begin + span.end

    def _outermost(self, span: Span, item: Item) -> tuple[Span, Chain | None, int]:
        """For a stretch of an item's new words: the text that those stand in now, and where they begin there."""
        shift, outer = 0, None
        while (owner := self._items.get(span.block)) is not None:
            step = next((each for each in owner.steps if isinstance(each, Reword) and each.new), None)
            if step is None:
                raise _NoFitError(CHANGED)
            outer = self._chain(item.issue, step.span.block, step.span.part)
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
            chain = self._chain(item.issue, block, part)
            _, now, _, expected = self._piece(item.issue, Span(block, part, 0, 0), chain, 0)
            if here is not None and texts_of(here)[now].string != expected:
                raise _NoFitError(CHANGED)
        return block

    def _last_of(self, issue: str, block: str) -> str:
        """The block that the last words of a paragraph that was sent are in now: it may have been split."""
        chain = self._chain(issue, block, 0)
        members = self._members(issue, block)
        end = self._begin(issue, Span(block, 0, 0, 0)) + len(self._base(issue, block, 0))
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
            if first <= place and (place, order) < (gap, self.order(item))
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
            if (decision := self.decided.get(item.key)) is not None and decision.verdict in _TAKEN
            for step in item.steps
            if isinstance(step, Move)
            for block in step.blocks
        }

    def _put_here(self, issue: str, sent: tuple[str, ...]) -> Iterator[tuple[int, Order, tuple[str, ...]]]:
        """What was put in or moved: behind the how manieth block that was sent, in which order there, and its blocks."""
        for item in self.review.items:
            decision = self.decided.get(item.key)
            if decision is None or decision.verdict not in _TAKEN or item.issue != issue:
                continue
            for step in item.steps:
                if isinstance(step, Put | Move):
                    place = sent.index(step.after) if step.after in sent else -1
                    blocks = step.blocks if isinstance(step, Move) else tuple(block.id for block in step.blocks)
                    yield place, self.order(item), blocks

    # Tables

    def _rows(self, issue: str, table: str) -> Rows:
        here = self._blocks.get(table)
        sent = self.review.sent.get(issue, Sent())
        columns = sent.columns.get(table, 0)
        if not isinstance(here, Table) or not columns:
            raise _NoFitError(GONE)
        strings = sent.texts[table]
        rows = [strings[at : at + columns] for at in range(0, len(strings), columns)]
        taken = [(self.order(item), step) for item, step in self._taken.get((issue, table, -1), ())]
        changed = {
            part // columns for number, block, part in self._taken if (number, block) == (issue, table) and part >= 0
        }
        return Rows(here, rows, taken, changed)

    def _row(self, issue: str, table: str, row: int) -> int:
        found = self._rows(issue, table).place(row)
        if found is None:
            raise _NoFitError(GONE)
        return found


def _starts(texts: list[str]) -> Iterator[int]:
    at = 0
    for string in texts:
        yield at
        at += len(string) + 1


def _places(step: Step) -> Iterator[tuple[str, int]]:
    """The texts that a step changes; -1 is a table's rows."""
    match step:
        case Reword(span, _) | Split(span, _, _, _):
            yield span.block, span.part
        case Join(first, _):
            yield first, 0
        case PutRow(table, _, _) | DropRow(table, _):
            yield table, -1
        case _:
            return


def chosen_steps(item: Item, decision: Decision, sent: Sent) -> tuple[Step, ...]:
    """What taking an item did: its own steps, or the drafter's own words in their place; nothing if made by hand."""
    if decision.verdict is not Verdict.EDITED:
        return item.steps
    if not decision.before and not decision.after:
        return ()
    return with_words(item, text(decision.after), sent)


def with_words(item: Item, words: Text, sent: Sent) -> tuple[Step, ...]:
    """The steps of an item with other new words; none where its words cannot be chosen, as those of a move."""
    if len(item.steps) != 1:
        return ()
    match item.steps[0]:
        case Reword(span, _):
            return (Reword(span, words),)
        case Put(after, (block,)) if isinstance(block, TextBlock):
            return (Put(after, (replace(block, text=words),)),)
        case Drop((block,)) if len(sent.texts.get(block, ())) == 1:
            return (Reword(Span(block, 0, 0, len(sent.texts[block][0])), words),)
        case _:
            return ()
