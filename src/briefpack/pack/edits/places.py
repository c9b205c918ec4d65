"""Places in a pack, and the one step that all edits of the body are made of: a splice."""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from briefpack.pack.ids import new_id
from briefpack.pack.model import AnyBlock, Pack, Paragraph, TextBlock


class Place(NamedTuple):
    """Between two characters of a text block, or on one side of an object (0 before it, 1 behind it)."""

    block: str
    offset: int


class Edited(NamedTuple):
    """A pack after an edit at the caret, and where the caret is then."""

    pack: Pack
    caret: Place


def length(block: AnyBlock) -> int:
    """The largest offset in a block: its characters, or 1 for an object."""
    return len(block.text) if isinstance(block, TextBlock) else 1


def start_of(block: AnyBlock) -> Place:
    """The place before a block's first character."""
    return Place(block.id, 0)


def end_of(block: AnyBlock) -> Place:
    """The place behind a block's last character."""
    return Place(block.id, length(block))


def ordered(pack: Pack, one: Place, other: Place) -> tuple[Place, Place]:
    """Two places in reading order, with their offsets in range. KeyError where a block is not in the pack."""
    first, last = (pack.index(one.block), one.offset), (pack.index(other.block), other.offset)
    if last < first:
        first, last = last, first
    places = []
    for index, offset in (first, last):
        block = pack.body[index]
        places.append(Place(block.id, min(max(0, offset), length(block))))
    return places[0], places[1]


def splice(pack: Pack, start: int, stop: int, blocks: Iterable[AnyBlock]) -> Pack:
    """``pack`` with ``body[start:stop]`` replaced. The body is never left empty: it is then one empty paragraph."""
    new = tuple(blocks)
    old = pack.body[start:stop]
    if len(old) == len(new) and all(a is b for a, b in zip(old, new, strict=True)):
        return pack
    return replace(pack, body=(*pack.body[:start], *new, *pack.body[stop:]) or (Paragraph(),))


def with_new_ids(blocks: Iterable[AnyBlock], taken: Iterable[str]) -> tuple[AnyBlock, ...]:
    """``blocks`` with a new id for each whose id is among ``taken`` or comes a second time."""
    seen = set(taken)
    result = []
    for block in blocks:
        fresh = replace(block, id=new_id()) if block.id in seen else block
        seen.add(fresh.id)
        result.append(fresh)
    return tuple(result)
