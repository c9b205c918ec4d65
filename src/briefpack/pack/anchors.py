"""Where comments and clips stand: derived from the marks, never stored."""

from collections.abc import Iterator

from msgspec import Struct

from briefpack.pack.model import Pack, texts_of
from briefpack.pack.text import MarkKind


class Span(Struct, frozen=True):
    """A piece of an anchor: characters ``start`` up to ``end`` of the ``part``-th text of a block (0 in text blocks)."""

    block: str
    part: int
    start: int
    end: int


def spans(pack: Pack, kind: MarkKind) -> dict[str, tuple[Span, ...]]:
    """For each value of a kind of mark (a comment's or clip's id) all its pieces, in reading order."""
    found: dict[str, list[Span]] = {}
    for block in pack.body:
        for part, text in enumerate(texts_of(block)):
            for mark in text.marks:
                if mark.kind == kind:
                    found.setdefault(mark.value, []).append(Span(block.id, part, mark.start, mark.end))
    return {value: tuple(pieces) for value, pieces in found.items()}


def words_at(pack: Pack, pieces: tuple[Span, ...]) -> str:
    """The words that an anchor stands on; pieces in different texts are joined by newlines."""
    lines: list[str] = []
    previous: Span | None = None
    blocks = {block.id: block for block in pack.body}
    for piece in pieces:
        said = texts_of(blocks[piece.block])[piece.part].string[piece.start : piece.end]
        if previous and (previous.block, previous.part) == (piece.block, piece.part):
            lines[-1] += f" … {said}"
        else:
            lines.append(said)
        previous = piece
    return "\n".join(lines)


def comments_without_place(pack: Pack) -> Iterator[str]:
    """The ids of comments that stand on no words: their words were deleted, or their place was never known."""
    placed = spans(pack, MarkKind.COMMENT)
    return (comment.id for comment in pack.comments if comment.id not in placed)
