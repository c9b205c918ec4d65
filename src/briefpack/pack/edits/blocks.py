"""The kind, level, role and order of whole blocks."""

from collections.abc import Callable, Collection, Iterable

from msgspec.structs import replace

from briefpack.pack.cleaning import cleaned
from briefpack.pack.edits.places import splice, with_new_ids
from briefpack.pack.model import AnyBlock, Heading, Line, LineBlock, ListItem, Pack, Paragraph, Quote, TextLike
from briefpack.pack.outline import sections
from briefpack.pack.roles import Role, role_of_title

DEEPEST_HEADING = 6
DEEPEST_ITEM = 8


def _each(pack: Pack, blocks: Collection[str], change: Callable[[TextLike], AnyBlock]) -> Pack:
    """``change`` applied to every text block whose id is among ``blocks``."""
    wanted = set(blocks)
    body = []
    for block in pack.body:
        changed = change(block) if block.id in wanted and isinstance(block, TextLike) else block
        body.append(block if changed == block else changed)
    return splice(pack, 0, len(pack.body), body)


def as_heading(pack: Pack, blocks: Collection[str], level: int, role: Role | None = None) -> Pack:
    """The text blocks with these ids made headings; without a role given, they have the one that their words state."""

    def made(block: TextLike) -> Heading:
        stated = block.role if isinstance(block, Heading) and block.role else role_of_title(block.text.string)
        return Heading(id=block.id, text=block.text, level=_within(level, 1, DEEPEST_HEADING), role=role or stated)

    return _each(pack, blocks, made)


def as_paragraph(pack: Pack, blocks: Collection[str]) -> Pack:
    """The text blocks with these ids made plain paragraphs."""
    return _each(pack, blocks, lambda block: Paragraph(id=block.id, text=block.text, line=_line(block)))


def as_list(pack: Pack, blocks: Collection[str], *, ordered: bool = False, level: int = 0) -> Pack:
    """The text blocks with these ids made list items; what is one already keeps its level."""

    def made(block: TextLike) -> ListItem:
        at = block.level if isinstance(block, ListItem) else _within(level, 0, DEEPEST_ITEM)
        return ListItem(id=block.id, text=block.text, level=at, ordered=ordered, line=_line(block))

    return _each(pack, blocks, made)


def as_quote(pack: Pack, blocks: Collection[str], *, speaker: str = "", said_on: str = "") -> Pack:
    """The text blocks with these ids made quotations."""
    speaker, said_on = cleaned((speaker, said_on))
    return _each(pack, blocks, lambda block: Quote(id=block.id, text=block.text, speaker=speaker, said_on=said_on))


def indent(pack: Pack, blocks: Collection[str], by: int) -> Pack:
    """List items and headings moved in (or, where ``by`` is negative, out) so many levels, as far as there are any."""

    def moved(block: TextLike) -> TextLike:
        if isinstance(block, ListItem):
            return replace(block, level=_within(block.level + by, 0, DEEPEST_ITEM))
        if isinstance(block, Heading):
            return replace(block, level=_within(block.level + by, 1, DEEPEST_HEADING))
        return block

    return _each(pack, blocks, moved)


def set_role(pack: Pack, heading: str, role: Role | None) -> Pack:
    """What a heading opens, set; other blocks stay as they are."""
    return _each(pack, (heading,), lambda block: replace(block, role=role) if isinstance(block, Heading) else block)


def insert_blocks(pack: Pack, index: int, blocks: Iterable[AnyBlock]) -> Pack:
    """Blocks put in before ``body[index]``; those whose ids the pack already holds get new ones."""
    return splice(pack, index, index, with_new_ids(cleaned(tuple(blocks)), (block.id for block in pack.body)))


def remove_blocks(pack: Pack, blocks: Collection[str]) -> Pack:
    """The blocks with these ids gone; comments on them stay, without a place."""
    wanted = set(blocks)
    return splice(pack, 0, len(pack.body), (block for block in pack.body if block.id not in wanted))


def replace_block(pack: Pack, block: AnyBlock) -> Pack:
    """The block of the same id replaced, as a form does it. KeyError where the pack has none."""
    index, block = pack.index(block.id), cleaned(block)
    return pack if pack.body[index] == block else splice(pack, index, index + 1, (block,))


def move_blocks(pack: Pack, start: int, stop: int, to: int) -> Pack:
    """``body[start:stop]`` moved to stand before what is now ``body[to]``; nothing where ``to`` lies within."""
    if start <= to <= stop:
        return pack
    moved, body = pack.body[start:stop], pack.body
    if to < start:
        return splice(pack, to, stop, (*moved, *body[to:start]))
    return splice(pack, start, to, (*body[stop:to], *moved))


def move_section(pack: Pack, heading: str, to: int) -> Pack:
    """A heading with all that stands under it moved before ``body[to]``. KeyError where it is no heading of the pack."""
    for section in sections(pack):
        if section.heading.id == heading:
            return move_blocks(pack, section.start, section.end, to)
    raise KeyError(heading)


def _line(block: TextLike) -> Line | None:
    return block.line if isinstance(block, LineBlock) else None


def _within(number: int, low: int, high: int) -> int:
    return min(max(low, number), high)
