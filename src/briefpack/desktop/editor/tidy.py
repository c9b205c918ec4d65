"""What typing did to a pack, worked out from the characters alone. No Qt here.

Qt types into the document; the pack finds out what was typed by comparing the touched blocks with what they were, and
makes the same change to itself by its own rules: which block survives a join, what a typed character takes on at the
edge of a comment, that objects stand alone. The document is then made to agree. So nothing that Qt does to formats,
ids or objects on its way can reach the pack.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from briefpack.pack.edits import Edited, Fragment, Place, delete, paste, splice
from briefpack.pack.edits.places import end_of
from briefpack.pack.model import AnyBlock, Pack, Paragraph, TextBlock
from briefpack.pack.text import Mark, MarkKind, Text, clean, text

OBJECT = "\ufffc"
"""The one character that an object is in the document."""

LINE_BREAK = "\u2028"
BLOCK_BREAK = "\u2029"

Marks = tuple[tuple[MarkKind, str], ...]


def shown(string: str) -> str:
    """A string of the pack as the document holds it: a line break is not the end of a block there."""
    return string.replace("\n", LINE_BREAK) if "\n" in string else string


def string_of(block: AnyBlock) -> str:
    """The characters of a block as the document holds them."""
    return shown(block.text.string) if isinstance(block, TextBlock) else OBJECT


class Change(NamedTuple):
    """Everything between two places of the old pack replaced by ``string``, in which a U+2029 is the end of a block."""

    start: Place
    stop: Place
    string: str


def find_change(old: Sequence[AnyBlock], new: Sequence[str], caret: tuple[int, int]) -> Change | None:
    """What turned the strings of ``old`` into ``new``; None where nothing did.

    ``caret`` is where the user is now: index into ``new`` and code point offset. What was typed ends there, and where
    something was deleted it is the gap; so the end is compared first, back to the caret, and only then the beginning.
    """
    before = BLOCK_BREAK.join(map(string_of, old))
    after = BLOCK_BREAK.join(new)
    if before == after:
        return None
    at = sum(len(string) + 1 for string in new[: caret[0]]) + caret[1]
    room = min(len(after) - at, len(before))
    same_end = room if before.endswith(after[len(after) - room :]) else common_end(before, after, room)
    before_end, after_end = len(before) - same_end, len(after) - same_end
    start = common_start(before[:before_end], after[:after_end])
    return Change(_place(old, start), _place(old, before_end), after[start:after_end])


def common_start(one: str, other: str) -> int:
    """How many characters two strings have in common at their start; halving is quicker than counting in Python."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_end(one: str, other: str, limit: int) -> int:
    """How many characters, at most ``limit``, two strings have in common at their end."""
    return common_start(one[len(one) - limit :][::-1], other[len(other) - limit :][::-1])


def _place(blocks: Sequence[AnyBlock], offset: int) -> Place:
    """The place of an offset into the blocks' strings, joined with one character between each two."""
    for block in blocks:
        size = len(string_of(block))
        if offset <= size:
            return Place(block.id, offset)
        offset -= size + 1
    return end_of(blocks[-1])


def make(pack: Pack, change: Change, formats: Marks | None = None) -> Edited:
    """A change made to a pack, or to a stretch of one in its stead.

    Typed characters take on what the text around them says, or ``formats`` where given.
    """
    start, stop, string = change
    pieces = [clean(piece.replace(OBJECT, "")) for piece in string.split(BLOCK_BREAK)]
    typed = any(pieces) or len(pieces) > 1
    if start != stop:
        if typed:
            pack, start = _room_for_text(pack, start)
        pack, start = delete(pack, start, stop)
        if typed and not isinstance(pack.block(start.block), TextBlock) and _is_text(pack, stop.block):
            start = Place(stop.block, 0)
    if len(pieces) > 1:
        return paste(pack, start, start, Fragment(tuple(Paragraph(text=Text(piece)) for piece in pieces)))
    return type_text(pack, start, pieces[0], formats) if typed else Edited(pack, start)


def _room_for_text(pack: Pack, start: Place) -> tuple[Pack, Place]:
    """An empty paragraph in front of an object that is about to be replaced by words."""
    index = pack.index(start.block)
    if isinstance(pack.body[index], TextBlock) or start.offset:
        return pack, start
    blank = Paragraph()
    return splice(pack, index, index, (blank,)), Place(blank.id, 0)


def _is_text(pack: Pack, block: str) -> bool:
    return any(each.id == block and isinstance(each, TextBlock) for each in pack.body)


def type_text(pack: Pack, at: Place, string: str, formats: Marks | None = None) -> Edited:
    """Characters typed at a place, with the marks that text typed there takes on; beside an object, a new paragraph."""
    index = pack.index(at.block)
    block = pack.body[index]
    if not isinstance(block, TextBlock):
        paragraph = Paragraph(text=marked(string, formats or ()))
        where = index + (at.offset > 0)
        return Edited(splice(pack, where, where, (paragraph,)), Place(paragraph.id, len(string)))
    marks = block.text.marks_typed_at(at.offset) if formats is None else formats
    changed = _with_text(block, block.text.replace(at.offset, at.offset, marked(string, marks)))
    return Edited(splice(pack, index, index + 1, (changed,)), Place(block.id, at.offset + len(string)))


def marked(string: str, marks: Iterable[tuple[MarkKind, str]]) -> Text:
    """A text with each mark on all of it."""
    return text(string, (Mark(0, len(string), kind, value) for kind, value in marks))


def _with_text(block: TextBlock, new: Text) -> AnyBlock:
    return replace(block, text=new)  # type: ignore[return-value]  # a text block of the same kind is one of AnyBlock
