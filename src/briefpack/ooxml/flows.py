"""A story cut where its tracked changes begin and end, so that what lies side by side can be told.

A *flow* is text in which one paragraph really follows another: the body between two tables, a table cell, a text box.
"""

import itertools
from collections.abc import Iterable, Iterator

from msgspec import Struct

from briefpack.ooxml.story import Revision, RevisionKind, Story, StoryItem, StoryParagraph, StoryRow, StoryTable
from briefpack.pack.tracked import Proposal

GAINS = frozenset({RevisionKind.INSERTION, RevisionKind.MOVED_TO})
LOSSES = frozenset({RevisionKind.DELETION, RevisionKind.MOVED_FROM})


class Atom(Struct, frozen=True, gc=False):
    """A piece of a paragraph on which the same changes lie all along; or the end of one, which is a newline.

    ``paragraph`` is the paragraph's index in its story.
    """

    paragraph: int
    start: int
    end: int
    string: str
    is_end: bool
    revisions: tuple[Revision, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it is a place without characters, such as that of a picture."""
        return self.start == self.end and not self.is_end


class RowAt(Struct, frozen=True):
    """A table row with the indexes of its first paragraph and of the one after its last.

    ``swallowed`` are the changes in it that its own insertion or deletion says already, ``moves`` the names of moves
    that all its words are part of.
    """

    row: StoryRow
    first: int
    stop: int
    swallowed: tuple[Revision, ...]
    moves: frozenset[str]


class TableAt(Struct, frozen=True):
    """A table that has tracked changes of its own, or of its rows and cells."""

    table: StoryTable
    rows: tuple[RowAt, ...]


class Cut:
    """A story cut into atoms.

    Attributes:
        paragraphs: all of them, in reading order.
        flows: those that have any change, as atoms.
        tables: those that have changes of rows, cells or formats.
    """

    def __init__(self, story: Story) -> None:
        self.paragraphs: list[StoryParagraph] = []
        self.flows: list[list[Atom]] = []
        self.tables: list[TableAt] = []
        self._swallowed: list[Revision] = []
        self._seen: list[Revision] = []
        self._walk(story.items, frozenset())

    def _walk(self, items: Iterable[StoryItem], covered: frozenset[tuple[RevisionKind, Proposal]]) -> None:
        """``covered`` are the changes of the rows round the items, which are not said again of their text."""
        boxes: dict[int, list[Atom]] = {}
        for item in items:
            if isinstance(item, StoryTable):
                self._keep(boxes.pop(item.box, []))
                self._table(item, covered)
            else:
                boxes.setdefault(item.box, []).extend(self._atoms(item, covered))
        for flow in boxes.values():
            self._keep(flow)

    def _keep(self, flow: list[Atom]) -> None:
        if any(atom.revisions for atom in flow):
            self.flows.append(flow)

    def _table(self, table: StoryTable, covered: frozenset[tuple[RevisionKind, Proposal]]) -> None:
        rows = []
        for row in table.rows:
            first, seen, swallowed = len(self.paragraphs), len(self._seen), len(self._swallowed)
            inner = covered | {(each.kind, _who(each)) for each in row.revisions}
            for cell in row.cells:
                of_cell = {(each.kind, _who(each)) for each in cell.revisions if each.kind is not RevisionKind.FORMAT}
                self._walk(cell.items, inner | of_cell)
            moves = frozenset(each.move for each in self._seen[seen:] if each.move)
            rows.append(RowAt(row, first, len(self.paragraphs), tuple(self._swallowed[swallowed:]), moves))
        if table.revisions or any(row.revisions or any(cell.revisions for cell in row.cells) for row in table.rows):
            self.tables.append(TableAt(table, tuple(rows)))

    def _atoms(self, paragraph: StoryParagraph, covered: frozenset[tuple[RevisionKind, Proposal]]) -> Iterator[Atom]:
        number = len(self.paragraphs)
        self.paragraphs.append(paragraph)
        length = len(paragraph.text)
        revisions, of_end = paragraph.revisions, paragraph.of_end
        self._seen.extend((*revisions, *of_end))
        if covered:
            revisions, of_end = self._uncovered(revisions, covered), self._uncovered(of_end, covered)
        whole = tuple(each for each in of_end if each.start < each.end)  # a format of all of the paragraph
        for start, end, here in _pieces((*revisions, *whole), length):
            yield Atom(number, start, end, paragraph.text.string[start:end], False, here)
        yield Atom(number, length, length, "\n", True, of_end)

    def _uncovered(
        self, revisions: Iterable[Revision], covered: frozenset[tuple[RevisionKind, Proposal]]
    ) -> tuple[Revision, ...]:
        kept: list[Revision] = []
        for each in revisions:
            (self._swallowed if (each.kind, _who(each)) in covered else kept).append(each)
        return tuple(kept)


def _who(revision: Revision) -> Proposal:
    """Who made a change, whenever that was."""
    return Proposal(revision.proposal.author)


def _pieces(revisions: tuple[Revision, ...], length: int) -> Iterator[tuple[int, int, tuple[Revision, ...]]]:
    """A paragraph cut where a change begins or ends: from, to, and the changes there, the outer first."""
    if not revisions:
        if length:
            yield 0, length, ()
        return
    wide = sorted((each for each in revisions if each.start < each.end), key=lambda each: each.start)
    points: dict[int, list[Revision]] = {}
    for each in revisions:
        if each.start == each.end:
            points.setdefault(each.start, []).append(each)
    cuts = sorted({0, length, *(each.start for each in wide), *(each.end for each in wide), *points})
    begun: list[Revision] = []
    following = 0
    for start, end in itertools.pairwise([*cuts, cuts[-1]]):
        if start in points:
            yield start, start, tuple(points[start])
        begun = [each for each in begun if each.end > start]
        while following < len(wide) and wide[following].start <= start:
            begun.append(wide[following])
            following += 1
        if start < end:
            yield start, end, tuple(begun)
