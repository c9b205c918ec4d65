"""Steps carried out on a pack, with everything on the words kept: formats, comments, sources, and what else is proposed."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from briefpack.pack.edits import splice
from briefpack.pack.edits.writing import with_texts
from briefpack.pack.model import (
    AnyBlock,
    Heading,
    ListItem,
    Pack,
    Paragraph,
    Quote,
    Table,
    TextBlock,
    TextLike,
    texts_of,
)
from briefpack.pack.text import EMPTY, FORMATS, Mark, MarkKind, Text, text
from briefpack.review.model import Drop, DropRow, Join, Move, Put, PutRow, Reword, Split, Step


def carried_out(pack: Pack, steps: Sequence[Step], *, own_words: bool = False) -> Pack:
    """A pack after steps, all of which speak of it as it is now.

    ``own_words`` says that new words are the drafter's, and so look like those that they replace.
    """
    for step in sorted(steps, key=_turn):
        pack = _after(pack, step, own_words=own_words)
    return pack


def _turn(step: Step) -> tuple[int, int]:
    """When a step is carried out: words before blocks, the last ones first, and nothing goes that another names."""
    match step:
        case Reword(span, _) | Split(span, _, _, _):
            return isinstance(step, Split), -span.start
        case Drop() | DropRow():
            return 4, 0
        case Join():
            return 3, 0
        case _:
            return 2, 0


def _after(pack: Pack, step: Step, *, own_words: bool) -> Pack:
    match step:
        case Reword(span, new):
            at = pack.index(span.block)

            def changed(held: Text) -> Text:
                return reworded(held, span.start, span.end, new, own_words=own_words)

            return splice(pack, at, at + 1, (with_part(pack.body[at], span.part, changed),))
        case Split():
            return _split(pack, step)
        case Join(first, second):
            return _joined(pack, first, second)
        case Drop(blocks):
            body = tuple(block for block in pack.body if block.id not in blocks)
            return splice(pack, 0, len(pack.body), body)
        case Put(after, blocks):
            at = pack.index(after) + 1 if after else 0
            return splice(pack, at, at, _fresh(pack, blocks))
        case Move(blocks, after):
            moved = tuple(pack.block(block) for block in blocks)
            rest = splice(pack, 0, len(pack.body), (block for block in pack.body if block.id not in blocks))
            at = rest.index(after) + 1 if after else 0
            return splice(rest, at, at, moved)
        case PutRow(table, row, cells):
            return _rows(pack, table, row, row, cells)
        case DropRow(table, row):
            return _rows(pack, table, row, row + 1, None)


def with_part(block: AnyBlock, part: int, change: Callable[[Text], Text]) -> AnyBlock:
    """A block with one of its texts changed by a function."""
    numbers = iter(range(len(texts_of(block))))
    return with_texts(block, lambda held: change(held) if next(numbers) == part else held)


def reworded(held: Text, start: int, end: int, new: Text, *, own_words: bool = False) -> Text:
    """A text in which a stretch is other words. What lay on all of the stretch lies on the new words too.

    Formats are those of the new words, but where these are the drafter's own, those of the words before. A source stays
    only where it goes on at both sides: words that a source was for are not there any more.
    """
    over = []
    for mark in held.marks:
        covers = mark.start <= start and mark.end >= end and (start < end or mark.start < start < mark.end)
        beyond = mark.start < start and mark.end > end
        kept = (
            mark.kind == MarkKind.COMMENT
            or (mark.kind == MarkKind.CLIP and beyond)
            or (mark.kind in FORMATS and own_words)
            or (mark.kind == MarkKind.LINK and own_words)
        )
        if covers and kept and new:
            over.append(Mark(0, len(new), mark.kind, mark.value))
    return held.replace(start, end, text(new.string, (*over, *new.marks)))


def _split(pack: Pack, step: Split) -> Pack:
    at = pack.index(step.span.block)
    block = pack.body[at]
    assert isinstance(block, TextLike)
    first = replace(block, text=reworded(block.text[: step.span.end], step.span.start, step.span.end, step.first))
    if isinstance(first, Quote):  # who said it stands behind the whole
        first = replace(first, speaker="", said_on="")
    rest = step.second + block.text[step.span.end :]
    return splice(pack, at, at + 1, (first, *_fresh(pack, (_like(block, rest, step.block),))))


def _like(block: TextLike, rest: Text, identifier: str) -> AnyBlock:
    """The second half of a block. Its owner and status belong to the first."""
    match block:
        case Heading():
            return Heading(id=identifier, text=rest, level=block.level)
        case ListItem():
            return ListItem(id=identifier, text=rest, level=block.level, ordered=block.ordered)
        case Quote():
            return Quote(id=identifier, text=rest, speaker=block.speaker, said_on=block.said_on)
        case Paragraph():
            return Paragraph(id=identifier, text=rest)


def _joined(pack: Pack, first: str, second: str) -> Pack:
    one, other = pack.block(first), pack.block(second)
    if not isinstance(one, TextBlock) or not isinstance(other, TextBlock):
        raise TypeError("only paragraphs are joined")
    body: list[AnyBlock] = []
    for block in pack.body:
        if block is one:
            body.append(replace(one, text=one.text + other.text))
        elif block is not other:
            body.append(block)
    return splice(pack, 0, len(pack.body), body)


def _rows(pack: Pack, table: str, start: int, stop: int, cells: tuple[Text, ...] | None) -> Pack:
    at = pack.index(table)
    block = pack.body[at]
    assert isinstance(block, Table)
    width = len(block.rows[0]) if block.rows else len(cells or ())
    new = () if cells is None else (((*cells, *(EMPTY for _ in range(width)))[:width]),)
    rows = (*block.rows[:start], *new, *block.rows[stop:])
    return splice(pack, at, at + 1, (replace(block, rows=rows),) if rows else ())


def _fresh(pack: Pack, blocks: Sequence[AnyBlock]) -> tuple[AnyBlock, ...]:
    """New blocks without marks of comments that the pack does not have, and none that it has already."""
    here = {block.id for block in pack.body}
    known = {comment.id for comment in pack.comments}

    def sound(held: Text) -> Text:
        return held.keep_marks(lambda mark: mark.kind != MarkKind.COMMENT or mark.value in known)

    return tuple(with_texts(block, sound) for block in blocks if block.id not in here)
