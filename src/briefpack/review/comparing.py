"""One returned copy against what was sent: every change in it, tracked or silent, as an item."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from briefpack.ooxml.changes import Change, ChangeKind
from briefpack.ooxml.grouping import changes_of
from briefpack.ooxml.story import Story, StoryRow, StoryTable, paragraphs
from briefpack.pack.clips import normalised
from briefpack.pack.model import Table
from briefpack.pack.text import MarkKind, Text, joined
from briefpack.pack.tracked import Proposal as By
from briefpack.pack.tracked import proposal_value
from briefpack.review.drafts import Draft
from briefpack.review.gathering import Edit, Gathered, gather
from briefpack.review.keys import id_of, key_of
from briefpack.review.matching import Side, match
from briefpack.review.model import Drop, DropRow, Item, ItemKind, Put, PutRow, Step
from briefpack.review.pieces import SILENT, Known, Who, bases, unmarked
from briefpack.review.proposing import Proposer
from briefpack.review.reading import SIGN, SOURCES, Copy, Flow, Grid, Slot, block_ids, body, proposals, slots
from briefpack.review.stream import Places, TableGone, TableKept, TableNew, tell

_KINDS = {
    ChangeKind.INSERTION: ItemKind.INSERTION,
    ChangeKind.DELETION: ItemKind.DELETION,
    ChangeKind.REPLACEMENT: ItemKind.REPLACEMENT,
    ChangeKind.MOVE: ItemKind.MOVE,
    ChangeKind.PARAGRAPH: ItemKind.PARAGRAPH,
}


class Part(Struct, frozen=True):
    """One flow of a copy as it was compared: the body, or a cell."""

    places: Places
    gathered: Gathered
    proposer: Proposer


class Compared(Struct, frozen=True):
    """What one copy holds: its items in order, and how it was matched.

    ``formatting`` is how many changes of format it has; ``parts`` are its flows, in which its comments stand.
    """

    items: tuple[Item, ...]
    named: int
    by_words: int
    lost: int
    formatting: int
    parts: tuple[Part, ...]
    problems: tuple[str, ...] = ()


def compare(sent: Copy, flow: Flow, back: Copy, issue: str) -> Compared:
    """Every change in a returned copy. ``flow`` is what was sent, with addresses."""
    known = proposals(sent)
    comparing = _Comparing(back, known, issue)
    comparing.flow(flow, body(back))
    tracked = [each for each in changes_of(back.document.stories) if not _is_known(each, known)]
    formatting = sum(each.kind is ChangeKind.FORMAT for each in tracked)
    elsewhere = [each for each in tracked if each.kind is not ChangeKind.FORMAT and each.places[0].story]
    listed = _sources(flow)
    items = [
        *comparing.items(),
        *(_elsewhere(each, issue) for each in elsewhere),
        *_references(tracked, flow, issue),
        *_silent_notes(sent, back, issue, listed),
    ]
    if listed and not any(listed & {_source(each.text.string)} for each in paragraphs(back.document.story)):
        items = [
            item for item in items if item.kind is not ItemKind.SILENT or item.where != SOURCES
        ]  # another kind of copy
    return Compared(
        items=tuple(replace(item, order=order) for order, item in enumerate(_told_apart(items))),
        named=len(comparing.named),
        by_words=len(comparing.by_words),
        lost=len(comparing.lost),
        formatting=formatting,
        parts=tuple(comparing.parts),
        problems=tuple(comparing.problems),
    )


def _is_known(change: Change, known: Known) -> bool:
    value = proposal_value(By(change.author, change.time))
    return any(said == value for _, said in known)


def _told_apart(items: Iterable[Item]) -> Iterator[Item]:
    """Items with keys of their own: who puts in the same words twice at one place has made two edits."""
    seen: Counter[str] = Counter()
    for item in items:
        seen[item.key] += 1
        yield item if seen[item.key] == 1 else replace(item, key=key_of(item.key, seen[item.key]))


class _Comparing:
    def __init__(self, back: Copy, known: Known, issue: str) -> None:
        self.parts: list[Part] = []
        self.named: set[str] = set()
        self.by_words: set[str] = set()
        self.lost: set[str] = set()
        self.problems: list[str] = []
        self._styles = back.document.styles
        self._known = known
        self._issue = issue
        self._drafts: list[Draft] = []
        self._tables: list[tuple[int, Item]] = []

    def items(self) -> list[Item]:
        """All items, in the order of what was sent."""
        return [draft.item for draft in self._drafts]

    def flow(self, flow: Flow, back: Iterable[object]) -> None:
        """Compare the body."""
        places = Places(flow)
        told = tell(places, list(bases(cast("Iterable[StoryTable]", back), self._known)))
        self.named |= {block for block in told.named if block}
        self.by_words |= {block for block in told.by_words if block} - self.named
        self.lost |= {block for block in told.lost if block} - self.named - self.by_words
        gathered = gather(told.events)
        proposer = Proposer(places, self._styles, self._issue)
        made = proposer.items(gathered.edits)
        self.parts.append(Part(places, gathered, proposer))
        placed: list[tuple[int, int, Draft]] = [(each.place, 0, each) for each in made]
        for event in told.events:
            if isinstance(event, TableKept):
                placed += [(event.at, 1, each) for each in self._table(event.grid, event.table)]
            elif isinstance(event, TableGone):
                placed.append((event.at, 1, self._gone(event.grid)))
            elif isinstance(event, TableNew):
                placed.append((event.at, 1, self._new(event, proposer)))
        self._drafts = [each for _, _, each in sorted(placed, key=lambda each: each[:2])]

    # Tables

    def _table(self, grid: Grid, table: StoryTable) -> Iterator[Draft]:
        """What was changed in a table."""
        whole = {who.author if (who := self._by(row, gone=True)) else None for row in table.rows}
        if grid.block and len(whole) == 1 and None not in whole:
            yield self._gone(grid, self._by(table.rows[0], gone=True) or SILENT)
            return
        rows = [row for row in table.rows if self._by(row, gone=False) is None]
        groups = match([_sent_row(row) for row in grid.rows], [Side(_row_string(row)) for row in rows])
        pairs = {group.sent[0]: rows[group.back[0]] for group in groups}
        unpaired = [number for number in range(len(grid.rows)) if number not in pairs]
        taken = {id(row) for row in pairs.values()}
        extra = [row for row in rows if id(row) not in taken]
        if len(unpaired) == len(
            extra
        ):  # as many rows as before: nothing of them is new, whatever was done to the words
            pairs |= dict(zip(unpaired, extra, strict=True))
            unpaired, extra = [], []
        number_of = {id(row): number for number, row in pairs.items()}
        behind = 0
        for row in table.rows:
            if id(row) in number_of:
                behind = number_of[id(row)] + 1
                yield from self._row(grid, number_of[id(row)], row)
            else:
                yield self._put_row(grid, behind, row, self._by(row, gone=False) or SILENT)
        for number in unpaired:
            yield self._drop_row(grid, number, SILENT)

    def _by(self, row: StoryRow, *, gone: bool) -> Who | None:
        """Who put a row in, or took it out: as the file says of the row, or as it says of every paragraph in it."""
        stated = row.deleted if gone else row.inserted
        if stated is not None:
            return _who(stated)
        inside = [each for cell in row.cells for each in paragraphs(cell.items)]
        ends = {each.deleted if gone else each.inserted for each in inside}
        kind = MarkKind.DELETION if gone else MarkKind.INSERTION
        if len({end.author if end else None for end in ends}) != 1 or None in ends:
            return None
        whole = all(not each.text or each.text.covered(0, len(each.text), kind) for each in inside)
        return _who(next(iter(ends))) if whole and any(each.text for each in inside) else None

    def _row(self, grid: Grid, number: int, row: StoryRow) -> Iterator[Draft]:
        if (who := self._by(row, gone=True)) is not None:
            yield self._drop_row(grid, number, who)
            return
        cells = grid.rows[number]
        if not grid.block:
            self._found(cells, row)
        if len(cells) != len(row.cells):
            self.problems.append("The columns of a table were changed; compare it by hand.")
        for ours, cell in zip(cells, row.cells, strict=False):
            places = Places(ours)
            told = tell(places, list(bases(cell.items, self._known)), cell=True)
            gathered = gather(told.events)
            proposer = Proposer(places, self._styles, self._issue, cell=True)
            made = proposer.items(gathered.edits)
            self.parts.append(Part(places, gathered, proposer))
            yield from made

    def _found(self, cells: Sequence[Sequence[Slot]], row: StoryRow) -> None:
        """Count the card that a row is, as found by its bookmark or by its words."""
        names = {name for cell in row.cells for each in paragraphs(cell.items) for name in block_ids(each.bookmarks)[0]}
        blocks = {slot.address.block for cell in cells for slot in cell if slot.address.kind == "biography"} - {""}
        self.named |= blocks & names
        self.by_words |= blocks - names

    def _put_row(self, grid: Grid, number: int, row: StoryRow, who: Who) -> Draft:
        cells = tuple(joined([_accepted(each.text) for each in paragraphs(cell.items)], "\n") for cell in row.cells)
        words = " | ".join(cell.string for cell in cells)
        key = key_of(self._issue, who.silent or who.author, grid.block, "row", number, words)
        steps: tuple[Step, ...] = (PutRow(grid.block, number, cells),) if grid.block else ()
        return self._made(key, who, grid, "", words, steps)

    def _drop_row(self, grid: Grid, number: int, who: Who) -> Draft:
        words = " | ".join("\n".join(slot.string for slot in cell) for cell in grid.rows[number])
        key = key_of(self._issue, who.silent or who.author, grid.block, "no row", number)
        steps: tuple[Step, ...] = (DropRow(grid.block, number),) if grid.block else ()
        return self._made(key, who, grid, words, "", steps)

    def _gone(self, grid: Grid, who: Who = SILENT) -> Draft:
        words = "\n".join(" | ".join(slot.string for cell in row for slot in cell) for row in grid.rows)
        key = key_of(self._issue, who.silent or who.author, grid.block, "no table", words)
        return self._made(key, who, grid, words, "", (Drop((grid.block,)),) if grid.block else ())

    def _new(self, event: TableNew, proposer: Proposer) -> Draft:
        rows = event.table.rows
        putters = [self._by(row, gone=False) for row in rows]
        who = putters[0] if putters and putters[0] and None not in putters else SILENT
        cells = [[joined([_accepted(p.text) for p in paragraphs(c.items)], "\n") for c in row.cells] for row in rows]
        width = max(map(len, cells), default=0)
        texts = tuple((*row, *(Text() for _ in range(width - len(row)))) for row in cells)
        words = "\n".join(" | ".join(cell.string for cell in row) for row in texts)
        behind = proposer.block_before(event.at)
        key = key_of(self._issue, who.silent or who.author, behind, "table", words)
        table = Table(id=id_of(key), rows=texts, header=bool(rows) and rows[0].header)
        return self._made(key, who, Grid(event.table, behind, ()), "", words, (Put(behind, (table,)),))

    def _made(self, key: str, who: Who, grid: Grid, before: str, after: str, steps: tuple[Step, ...]) -> Draft:
        kind = ItemKind.DELETION if before else ItemKind.INSERTION
        block = grid.block or next(
            (s.address.block for row in grid.rows for c in row for s in c if s.address.block), ""
        )
        item = Item(
            key=key,
            kind=ItemKind.SILENT if who.silent else kind,
            author=who.author,
            time=who.time,
            block=block or None,
            before=before,
            after=after,
            words=before,
            where="Table",
            issue=self._issue,
            steps=steps,
        )
        return Draft(Edit(who, 0, 0, []), item, [])


def _who(proposal: By | None) -> Who:
    return SILENT if proposal is None else Who(proposal.author, proposal.time)


def _accepted(words: Text) -> Text:
    """Words as they are with all changes in them made."""
    kept = [piece for piece in _runs(words) if not piece[1]]
    return unmarked(joined([piece for piece, _ in kept]))


def _runs(words: Text) -> Iterator[tuple[Text, bool]]:
    at = 0
    for string, marks in words.runs():
        yield words[at : at + len(string)], any(mark.kind == "deletion" for mark in marks)
        at += len(string)


def _sent_row(cells: Sequence[Sequence[Slot]]) -> Side:
    return Side("\n".join(slot.string for cell in cells for slot in cell))


def _row_string(row: StoryRow) -> str:
    return "\n".join(each.text.string for cell in row.cells for each in paragraphs(cell.items))


# Notes, headers and footers


def _elsewhere(change: Change, issue: str) -> Item:
    """A tracked change outside the body."""
    kind = _KINDS.get(change.kind, ItemKind.INSERTION if change.after else ItemKind.DELETION)
    key = key_of(issue, f"by {change.author}", change.where, change.places[0].start, change.before, change.after)
    return Item(
        key=key, kind=kind, author=change.author, time=change.time, where=change.where, before=change.before,
        after=change.after, issue=issue, text=change.about,
    )  # fmt: skip


def _references(tracked: Iterable[Change], flow: Flow, issue: str) -> Iterator[Item]:
    """References to sources that were taken out alone: they are no words of the pack, which has clips there."""
    signs = {sign for slot in slots(flow) for sign in slot.signs}
    for each in tracked:
        if each.kind is ChangeKind.DELETION and each.before.strip() in signs and not each.places[0].story:
            yield replace(_elsewhere(each, issue), where="Reference to a source")


def _sources(flow: Flow) -> frozenset[str]:
    """The sources that were listed at the end of what was sent."""
    entries = (item.string for item in flow if isinstance(item, Slot) and item.address.where == SOURCES)
    return frozenset(_source(entry) for entry in entries if SIGN.match(entry))


def _source(entry: str) -> str:
    return normalised(SIGN.sub("", entry, count=1))


def _silent_notes(sent: Copy, back: Copy, issue: str, listed: frozenset[str]) -> Iterator[Item]:
    """What was changed in notes, headers and footers with tracking off.

    A source that is a note now, and stood in the list at the end, was not changed: that is how a reader's copy has it.
    """
    ours = _notes(sent.document.stories)
    theirs = [each for each in _notes(back.document.stories) if each[1] not in listed]
    gone = list((Counter(ours) - Counter(theirs)).elements())
    come = list((Counter(theirs) - Counter(ours)).elements())
    for number in range(max(len(gone), len(come))):
        where, before = gone[number] if number < len(gone) else ("", "")
        here, after = come[number] if number < len(come) else (where, "")
        if not after and here != "Note":
            continue  # a page that a program left out again because nothing is printed on it
        key = key_of(issue, "silent", where or here, before, after)
        yield Item(
            key=key, kind=ItemKind.SILENT, where=where or here, before=before, after=after, words=before, issue=issue
        )


def _notes(stories: Sequence[Story]) -> list[tuple[str, str]]:
    """What stands in notes, headers and footers, with all changes undone; each header and footer once."""
    found: list[tuple[str, str]] = []
    for story in stories[1:]:
        note = "note" in story.where.lower()
        words = normalised(" ".join(_rejected(each.text) for each in paragraphs(story.items)))
        said = words if note else " ".join(word for word in words.split() if not word.isdecimal())
        entry = ("Note" if note else "Header or footer", said)
        if said and (note or entry not in found):
            found.append(entry)
    return found


def _rejected(words: Text) -> str:
    return "".join(s for s, marks in words.runs() if not any(mark.kind == "insertion" for mark in marks))
