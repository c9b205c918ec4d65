"""A returned copy told as one stream over the text that was sent: what stayed, what came, what went, and by whose hand.

An edit made with tracking off leaves no trace but the difference of the words. Here it becomes one like the others,
made by nobody known, so that all that follows knows one kind of edit only. Places are counted through a whole flow:
each paragraph takes its characters and one for its end, each table takes one.
"""

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefpack.ooxml.story import StoryParagraph, StoryTable, paragraphs
from briefpack.pack.clips import normalised
from briefpack.pack.text import EMPTY, Text
from briefpack.pack.wording import edits
from briefpack.review.matching import Group, Side, match
from briefpack.review.pieces import SILENT, Base, Piece, Who, unmarked
from briefpack.review.reading import SIGN, Address, Flow, Grid, Slot, block_ids, stands_for_something, without_signs


class Atom(Struct, frozen=True):
    """Characters, or where ``end`` the end of a paragraph. Those not ``put`` in were sent, and stand ``at`` a place."""

    at: int
    words: Text = EMPTY
    put: Who | None = None
    out: Who | None = None
    end: bool = False
    paragraph: StoryParagraph | None = None


class TableKept(Struct, frozen=True):
    """A table that was sent, as it came back."""

    at: int
    grid: Grid
    table: StoryTable


class TableGone(Struct, frozen=True):
    """A table that was sent, and is gone."""

    at: int
    grid: Grid


class TableNew(Struct, frozen=True):
    """A table that came back and was not sent, in front of what stands ``at`` a place."""

    at: int
    table: StoryTable


Event = Atom | TableKept | TableGone | TableNew


class Places:
    """The places of a flow, as told above, and the paragraphs that they are in."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        sizes = [len(item.string) + 1 if isinstance(item, Slot) else 1 for item in flow]
        self.starts = list(itertools.accumulate(sizes, initial=0))

    def item(self, place: int) -> int:
        """The number of the item that a place is in; of one that ends the flow, one more than the last."""
        return bisect_right(self.starts, place) - 1

    def offset(self, place: int) -> tuple[int, int]:
        """The number of the item, and how far into it."""
        number = self.item(place)
        return number, place - self.starts[number]

    def slot(self, number: int) -> Slot | None:
        """A paragraph by its number; None where there is a table, or nothing."""
        item = self.flow[number] if 0 <= number < len(self.flow) else None
        return item if isinstance(item, Slot) else None


class Told(Struct, frozen=True):
    """A stream, and how its paragraphs were matched: the blocks found by bookmark, by words, and not at all."""

    events: tuple[Event, ...]
    named: tuple[str, ...] = ()
    by_words: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def tell(places: Places, back: Sequence[Base | StoryTable], *, cell: bool = False) -> Told:
    """What came back, told over what was sent.

    In a ``cell`` that has as many paragraphs as before, they are the same ones, whatever was done to the words.
    """
    standing = [j for j, each in enumerate(back) if not (isinstance(each, Base) and each.new)]
    sides = [_back_side(back[j]) for j in standing]
    groups = [
        Group(g.sent, tuple(standing[j] for j in g.back), g.named, g.moved)
        for g in match([_sent_side(item) for item in places.flow], sides)
    ]
    if cell and len(standing) == len(places.flow):
        groups = _in_their_places(groups, standing)
    teller = _Teller(places, back, groups)
    events = tuple(teller.events())
    named = tuple(_block(places.flow[i]) for group in groups if group.named for i in group.sent)
    words = tuple(_block(places.flow[i]) for group in groups if not group.named for i in group.sent)
    found = {i for group in groups for i in group.sent}
    lost = tuple(_block(item) for i, item in enumerate(places.flow) if i not in found)
    return Told(events, named, words, lost)


def _in_their_places(groups: list[Group], standing: list[int]) -> list[Group]:
    """The groups, with those that were not matched paired in their order, if none has left its place."""
    if any((g.sent, g.back) != (g.sent[:1], (standing[g.sent[0]],)) for g in groups):
        return groups
    found = {g.sent[0]: g for g in groups}
    return [found.get(i, Group((i,), (j,))) for i, j in enumerate(standing)]


def _without_signs(base: Base, signs: list[str]) -> Base:
    """A paragraph without the references to sources that it was sent with; those that are found are taken off the list."""
    pieces: list[Piece] = []
    for piece in base.pieces:
        here: list[str] = []
        while piece.put is None and signs and piece.words.string.count(signs[0]) > here.count(signs[0]):
            here.append(signs.pop(0))
        pieces.append(replace(piece, words=without_signs(piece.words, here)) if here else piece)
    return replace(base, pieces=tuple(pieces))


def _block(item: Slot | Grid) -> str:
    return item.address.block if isinstance(item, Slot) else item.block


def table_string(table: StoryTable) -> str:
    """The words of a table as they were before tracked changes, to know it by."""
    return "\n".join(paragraph.text.string for paragraph in paragraphs((table,)))


def _sent_side(item: Slot | Grid) -> Side:
    if isinstance(item, Grid):
        first = [name for each in paragraphs((item.table,)) for name in block_ids(each.bookmarks)[0]]
        return Side(table_string(item.table), tuple(first[:1]), table=True)
    own, _ = block_ids(item.paragraph.bookmarks)
    return Side(SIGN.sub("", item.string), tuple(own), blank=stands_for_something(item.paragraph))


def _back_side(item: Base | StoryTable) -> Side:
    if isinstance(item, StoryTable):
        return Side(
            table_string(item),
            tuple(name for each in paragraphs((item,)) for name in block_ids(each.bookmarks)[0]),
            table=True,
        )
    return Side(SIGN.sub("", item.string), item.ids, item.copies, blank=stands_for_something(item.close.paragraph))


class _Teller:
    def __init__(self, places: Places, back: Sequence[Base | StoryTable], groups: Sequence[Group]) -> None:
        self._places = places
        self._back = back
        self._steady = [group for group in groups if not group.moved]
        self._from: dict[int, Group] = {i: group for group in groups if group.moved for i in group.sent}
        self._to = {group.back[0]: group for group in groups if group.moved}
        self._signs = {
            normalised(slot.string): slot.signs for slot in places.flow if isinstance(slot, Slot) and slot.signs
        }
        self._used = {j for group in groups for j in group.back}

    def events(self) -> Iterator[Event]:
        i = j = 0
        for group in (*self._steady, None):
            last_i = group.sent[0] if group else len(self._places.flow)
            last_j = group.back[0] if group else len(self._back)
            yield from self._between(i, last_i, j, last_j)
            if group:
                yield from self._kept(group)
                i, j = group.sent[-1] + 1, group.back[-1] + 1

    def _between(self, i: int, last_i: int, j: int, last_j: int) -> Iterator[Event]:
        """What is gone, and what has come, between two paragraphs that stayed."""
        tracked_first = [n for n in range(j, last_j) if self._is_new(n)]
        for number in range(i, last_i):
            yield from self._gone(number)
        at = self._places.starts[last_i]
        for number in range(j, last_j):
            if number in self._to:
                yield from self._moved_here(self._to[number], at)
            elif number not in self._used or number in tracked_first:
                yield from self._come(number, at)

    def _is_new(self, number: int) -> bool:
        item = self._back[number]
        return isinstance(item, Base) and item.new

    def _gone(self, number: int) -> Iterator[Event]:
        item, at = self._places.flow[number], self._places.starts[number]
        if isinstance(item, Grid):
            yield TableGone(at, item)
            return
        who = self._mover(self._from[number]) if number in self._from else SILENT
        if item.string:
            yield Atom(at, Text(item.string), out=who)
        yield Atom(at + len(item.string), out=who, end=True)

    def _mover(self, group: Group) -> Who:
        return Who(silent=True, move=f"{group.sent[0]}")

    def _come(self, number: int, at: int, who: Who = SILENT) -> Iterator[Event]:
        item = self._back[number]
        if isinstance(item, StoryTable):
            yield TableNew(at, item)
            return
        signs = self._signs.get(normalised(SIGN.sub("", item.string)), ())
        pieces = _without_signs(item, list(signs)).pieces if signs else item.pieces
        for piece in pieces:
            yield Atom(at, unmarked(piece.words), piece.put or who, piece.out, piece.end, piece.paragraph)
        close = item.close
        yield Atom(at, put=close.put or who, out=close.out, end=True, paragraph=close.paragraph)

    def _moved_here(self, group: Group, at: int) -> Iterator[Event]:
        for number in group.back:
            yield from self._come(number, at, self._mover(group))

    def _kept(self, group: Group) -> Iterator[Event]:
        first = self._places.flow[group.sent[0]]
        back = self._back[group.back[0]]
        if isinstance(first, Grid):
            assert isinstance(back, StoryTable)
            yield TableKept(self._places.starts[group.sent[0]], first, back)
            return
        bases = [each for j in group.back if isinstance(each := self._back[j], Base)]
        yield from _Weaver(self._places, group.sent, bases).atoms()


class _Weaver:
    """Weaves paragraphs that came back into those that were sent: usually one into one."""

    def __init__(self, places: Places, sent: tuple[int, ...], bases: list[Base]) -> None:
        self._begin = places.starts[sent[0]]
        texts = [slot.string for i in sent if (slot := places.slot(i))]
        self._was = "".join(texts)
        self._ends = list(itertools.accumulate(map(len, texts)))[:-1]  # where paragraphs ended that are joined now
        signs = [sign for i in sent if (slot := places.slot(i)) for sign in slot.signs]
        bases = self._bases = [_without_signs(base, signs) for base in bases] if signs else bases
        self._gone = 0
        now = "".join(base.string for base in bases)
        self._changes = list(edits(self._was, now))

    def atoms(self) -> Iterator[Atom]:
        """All that was sent and all that came, in order."""
        was = now = 0
        yield from self._joins(0)
        pieces = list(self._pieces())
        for number, piece in enumerate(pieces):
            if _is_new_end(piece) and self._gone < len(self._ends) and self._ends[self._gone] == was:
                yield Atom(self._place(was), out=piece.out, end=True, paragraph=piece.paragraph)
                self._gone += 1
                continue
            if piece.put is not None:
                if self._changes and self._changes[0].new_end == now:
                    yield from self._take_out(self._changes[0].start, self._changes[0].end)
                    was = self._changes.pop(0).end
                yield Atom(self._place(was), unmarked(piece.words), piece.put, piece.out, piece.end, piece.paragraph)
                continue
            done = 0
            while done < len(piece.words):
                change = self._changes[0] if self._changes else None
                if change and change.new_start <= now:
                    yield from self._take_out(was, change.end)
                    was = change.end
                    size = min(len(piece.words) - done, change.new_end - now)
                    if size:
                        words = unmarked(piece.words[done : done + size])
                        yield Atom(self._place(was), words, SILENT, piece.out, paragraph=piece.paragraph)
                    if now + size == change.new_end:
                        self._changes.pop(0)
                else:
                    size = len(piece.words) - done
                    if change:
                        size = min(size, change.new_start - now)
                    if ends := [end - was for end in self._ends[self._gone :] if was < end < was + size]:
                        size = ends[0]
                    words = unmarked(piece.words[done : done + size])
                    yield Atom(self._place(was), words, out=piece.out, paragraph=piece.paragraph)
                    was += size
                    if done + size < len(piece.words) or not _ends_a_paragraph(pieces[number + 1 :]):
                        yield from self._joins(was)
                done, now = done + size, now + size
        yield from self._take_out(was, len(self._was))
        yield from self._joins(len(self._was))
        last = self._bases[-1].close
        yield Atom(self._begin + len(self._was) + len(self._ends), out=last.out, end=True, paragraph=last.paragraph)

    def _pieces(self) -> Iterator[Piece]:
        for number, base in enumerate(self._bases):
            yield from base.pieces
            if number < len(self._bases) - 1:
                yield Piece(base.close.paragraph, put=SILENT, out=base.close.out, end=True)

    def _place(self, was: int) -> int:
        return self._begin + was + self._gone

    def _take_out(self, start: int, end: int) -> Iterator[Atom]:
        """Words that were sent and are gone, with the ends of paragraphs among them."""
        while start < end:
            stop = min((each for each in self._ends[self._gone :] if start < each < end), default=end)
            yield Atom(self._place(start), Text(self._was[start:stop]), out=SILENT)
            start = stop
            yield from self._joins(start)

    def _joins(self, was: int) -> Iterator[Atom]:
        """The end of a paragraph that is gone: it is joined to the next."""
        while self._gone < len(self._ends) and self._ends[self._gone] == was:
            place = self._place(was)
            self._gone += 1
            yield Atom(place, out=SILENT, end=True)


def _ends_a_paragraph(pieces: Sequence[Piece]) -> bool:
    """Whether the end of a paragraph was put in right here.

    Where one was sent, it is that one: LibreOffice says so of an end between new words and a new paragraph.
    """
    here = itertools.takewhile(lambda each: each.put is not None, pieces)
    return any(map(_is_new_end, here))


def _is_new_end(piece: Piece) -> bool:
    return piece.end and piece.put is not None and not piece.put.silent and not piece.put.move


def address_of(places: Places, place: int) -> tuple[Address | None, int]:
    """The address that a place is in, and the offset there; None where it is in a table, or behind everything."""
    number, offset = places.offset(place)
    slot = places.slot(number)
    return (slot.address, offset) if slot else (None, 0)
