"""Open changes drawn into the pack, so that they can be read in their place: a picture of it, never the pack itself.

What a change takes out has a deletion mark, what it puts in an insertion mark, both with its author. The end of a
paragraph that would come or go is a pilcrow.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.anchors import Span
from briefpack.pack.edits.writing import with_texts
from briefpack.pack.model import AnyBlock, Pack, Table, TextLike, texts_of
from briefpack.pack.text import EMPTY, Mark, MarkKind, Text, text
from briefpack.pack.tracked import Proposal, proposal_value
from briefpack.review.applying import with_part
from briefpack.review.deciding import open_items
from briefpack.review.keys import id_of
from briefpack.review.model import Drop, DropRow, Item, Join, Move, Put, PutRow, Review, Reword, Split
from briefpack.review.placing import Fit, Present

PILCROW = "¶"


class Shown(Struct, frozen=True):
    """A picture of a pack with its open changes.

    Attributes:
        pack: the pack with the changes as marks. New and moved blocks in it have ids of their own.
        places: by the key of each open item that fits, changes and remarks, where it is in ``pack``.
        unfit: by the key of each open change that no longer fits, why.
    """

    pack: Pack
    places: Mapping[str, tuple[Span, ...]]
    unfit: Mapping[str, str]


class _Stroke(Struct, frozen=True):
    """One thing to draw in a text: characters struck out, and words put in behind them."""

    start: int
    end: int
    new: Text
    item: Item
    order: tuple[int, int]


def shown(pack: Pack, review: Review) -> Shown:
    """A pack with its open changes drawn in."""
    drawing = _Drawing(pack, review)
    for item in open_items(pack, review):
        if item.is_change and not item.inside:
            drawing.add(item)
    return drawing.finished()


def value_of(item: Item) -> str:
    """What the marks of an item's change have as their value."""
    return proposal_value(Proposal(item.author, item.time))


class _Drawing:
    def __init__(self, pack: Pack, review: Review) -> None:
        self._pack = pack
        self._review = review
        self._present = Present(pack, review)
        self._strokes: dict[tuple[str, int], list[_Stroke]] = {}
        self._whole: dict[str, Item] = {}
        self._behind: dict[str, list[tuple[Item, tuple[AnyBlock, ...]]]] = {}
        self._ends: dict[str, Item] = {}
        self._rows: dict[str, list[tuple[int, Item, tuple[Text, ...] | None]]] = {}
        self._unfit: dict[str, str] = {}
        self._places: dict[str, list[Span]] = {}

    def add(self, item: Item) -> None:
        """Draw a change, or keep note of why it cannot be drawn."""
        found: Fit = self._present.fit(item)
        if not found.fits:
            self._unfit[item.key] = found.why
            return
        order = self._present.order(item)
        for step in found.steps:
            match step:
                case Reword(span, new):
                    self._stroke(span, self._with_inner(item, new), item, order)
                case Split(span, _, first, second):
                    self._stroke(span, first + text(PILCROW + "\n") + second, item, order)
                case Join(first_block, _):
                    self._ends[first_block] = item
                case Drop(blocks):
                    self._whole |= dict.fromkeys(blocks, item)
                case Put(after, blocks):
                    self._behind.setdefault(after, []).append((item, blocks))
                case Move(blocks, after):
                    self._whole |= dict.fromkeys(blocks, item)
                    copies = tuple(
                        replace(self._pack.block(block), id=id_of(item.key, 1000 + number))
                        for number, block in enumerate(blocks)
                    )
                    self._behind.setdefault(after, []).append((item, copies))
                case PutRow(table, row, cells):
                    self._rows.setdefault(table, []).append((row, item, cells))
                case DropRow(table, row):
                    self._rows.setdefault(table, []).append((row, item, None))

    def _with_inner(self, item: Item, new: Text) -> Text:
        """An item's new words as somebody else would have them: what that one takes out is marked as well."""
        inner = [
            each
            for each in self._review.items
            if each.inside == item.key and each.key not in self._present.decided and len(each.steps) == 1
        ]
        pieces = [(step.span, step.new, each) for each in inner for step in each.steps if isinstance(step, Reword)]
        for span, words, each in sorted(pieces, key=lambda one: -one[0].start):
            if span.block == item.key and span.end <= len(new):
                value = value_of(each)
                put = text(words.string, (*words.marks, Mark(0, len(words), MarkKind.INSERTION, value)))
                new = new.with_mark(span.start, span.end, MarkKind.DELETION, value)
                new = new.replace(span.end, span.end, put)
        return new

    def _stroke(self, span: Span, new: Text, item: Item, order: tuple[int, int]) -> None:
        stroke = _Stroke(span.start, span.end, new, item, order)
        self._strokes.setdefault((span.block, span.part), []).append(stroke)

    def finished(self) -> Shown:
        """The picture."""
        body: list[AnyBlock] = list(self._new_behind(""))
        for block in self._pack.body:
            body.append(self._drawn(block))
            body += self._new_behind(block.id)
        pack = replace(self._pack, body=tuple(body))
        self._place_remarks()
        for item in self._review.items:
            if item.inside in self._places and item.key not in self._present.decided:
                self._places[item.key] = list(self._places[item.inside])
        places = {key: tuple(spans) for key, spans in self._places.items()}
        return Shown(pack, places, self._unfit)

    def _new_behind(self, block: str) -> Iterator[AnyBlock]:
        ordered = sorted(self._behind.get(block, ()), key=lambda each: self._present.order(each[0]))
        for item, blocks in ordered:
            for each in blocks:
                yield self._all_of(each, item, MarkKind.INSERTION)

    def _drawn(self, block: AnyBlock) -> AnyBlock:
        for part in range(len(texts_of(block))):
            strokes = self._strokes.get((block.id, part))
            if strokes:
                block = with_part(block, part, partial(self._struck, strokes=strokes, block=block.id, part=part))
        if (item := self._ends.get(block.id)) is not None and isinstance(block, TextLike):
            end = len(block.text)
            sign = text(PILCROW, (Mark(0, 1, MarkKind.DELETION, value_of(item)),))
            block = replace(block, text=block.text + sign)
            self._at(item, Span(block.id, 0, end, end + 1))
        if (item := self._whole.get(block.id)) is not None:
            block = self._all_of(block, item, MarkKind.DELETION)
        if isinstance(block, Table) and block.id in self._rows:
            block = self._with_rows(block)
        return block

    def _struck(self, held: Text, *, strokes: Iterable[_Stroke], block: str, part: int) -> Text:
        """A text with all strokes drawn, from the last to the first; and where each came to be."""
        ordered = sorted(strokes, key=lambda each: (each.end, each.start, each.order))
        for stroke in ordered:
            held = held.with_mark(stroke.start, stroke.end, MarkKind.DELETION, value_of(stroke.item))
        shift = 0
        pieces: list[Text] = []
        at = 0
        for stroke in ordered:
            pieces.append(held[at : stroke.end])
            at = max(at, stroke.end)
            value = value_of(stroke.item)
            new = stroke.new
            if new:
                covered = [mark for mark in new.marks if mark.kind == MarkKind.INSERTION]
                new = new.with_mark(0, len(new), MarkKind.INSERTION, value)
                for mark in covered:
                    new = new.with_mark(mark.start, mark.end, MarkKind.INSERTION, mark.value)
                over = [m for m in held.marks if m.kind == MarkKind.COMMENT and m.start < stroke.end < m.end]
                new = text(new.string, (*new.marks, *(Mark(0, len(new), m.kind, m.value) for m in over)))
                pieces.append(new)
            begin = self._shifted(stroke.start, ordered, stroke)
            end = stroke.end + shift + len(new)
            shift += len(new)
            self._at(stroke.item, Span(block, part, begin, end))
        pieces.append(held[at:])
        result = EMPTY
        for piece in pieces:
            result += piece
        return result

    def _shifted(self, place: int, ordered: list[_Stroke], own: _Stroke) -> int:
        """Where a place came to be, behind all that was put in before it."""
        before = 0
        for each in ordered:
            if each is own:
                break
            if each.end <= place:
                before += len(each.new)
        return place + before

    def _all_of(self, block: AnyBlock, item: Item, kind: MarkKind) -> AnyBlock:
        value = value_of(item)
        for part, each in enumerate(texts_of(block)):
            self._at(item, Span(block.id, part, 0, len(each)))
        if not texts_of(block):
            self._at(item, Span(block.id, 0, 0, 0))
        return with_texts(block, lambda held: held.with_mark(0, len(held), kind, value))

    def _with_rows(self, table: Table) -> Table:
        columns = len(table.rows[0]) if table.rows else 0
        rows: list[tuple[Text, ...]] = list(table.rows)
        for row, item, cells in sorted(self._rows[table.id], key=lambda each: -each[0]):
            value = value_of(item)
            if cells is None:
                rows[row] = tuple(cell.with_mark(0, len(cell), MarkKind.DELETION, value) for cell in rows[row])
            else:
                full = (*cells, *(EMPTY for _ in range(columns)))[:columns]
                rows.insert(row, tuple(cell.with_mark(0, len(cell), MarkKind.INSERTION, value) for cell in full))
            self._at(item, Span(table.id, row * columns, 0, 0))
        return replace(table, rows=tuple(rows))

    def _at(self, item: Item, span: Span) -> None:
        self._places.setdefault(item.key, []).append(span)

    def _place_remarks(self) -> None:
        """Where remarks stand: on what is left of their words."""
        for item in open_items(self._pack, self._review):
            if not item.is_change:
                spans = [now for span in item.stands for now in self._present.left_of(span, item)]
                if spans:
                    self._places[item.key] = [self._drawn_over(span) for span in spans]

    def _drawn_over(self, span: Span) -> Span:
        strokes = self._strokes.get((span.block, span.part), [])
        start, end = (
            place + sum(len(each.new) for each in strokes if each.end <= place) for place in (span.start, span.end)
        )
        return Span(span.block, span.part, start, end)
