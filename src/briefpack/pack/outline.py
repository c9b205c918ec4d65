"""The tree of sections that the flat body makes, and what it says of each block."""

from collections.abc import Iterator

from msgspec import Struct

from briefpack.pack.model import AnyBlock, Heading, LineBlock, ListItem, Pack, Paragraph
from briefpack.pack.roles import HOLDS_LINES, Role


class Section(Struct, frozen=True):
    """A heading with what stands under it: the blocks ``start`` up to, not including, ``end``, heading first."""

    heading: Heading
    start: int
    end: int
    children: "tuple[Section, ...]" = ()

    def walk(self) -> "Iterator[Section]":
        """This section and every one within it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(body: tuple[AnyBlock, ...]) -> tuple[Section, ...]:
    """The outermost sections of a body; those of deeper levels are their children.

    Levels may be skipped: a heading belongs to the nearest earlier one of a smaller level.
    """
    headings = [(index, block) for index, block in enumerate(body) if isinstance(block, Heading)]
    return _sections(headings, 0, len(headings), len(body))


def _sections(headings: list[tuple[int, Heading]], first: int, last: int, end: int) -> tuple[Section, ...]:
    found: list[Section] = []
    while first < last:
        start, heading = headings[first]
        after = first + 1
        while after < last and headings[after][1].level > heading.level:
            after += 1
        stop = headings[after][0] if after < last else end
        found.append(Section(heading, start, stop, _sections(headings, first + 1, after, stop)))
        first = after
    return tuple(found)


def sections(pack: Pack) -> Iterator[Section]:
    """Every section of a pack in reading order."""
    for section in outline(pack.body):
        yield from section.walk()


def section_of(pack: Pack, block: str) -> Section | None:
    """The innermost section that a block stands in; for a heading, its own. None before the first heading."""
    index = pack.index(block)
    inner = None
    for section in sections(pack):
        if section.start <= index < section.end:
            inner = section
    return inner


def headings_above(body: tuple[AnyBlock, ...]) -> Iterator[tuple[AnyBlock, tuple[Heading, ...]]]:
    """Each block with the headings it stands under, outermost first; a heading does not stand under itself."""
    path: list[Heading] = []
    for block in body:
        if isinstance(block, Heading):
            while path and path[-1].level >= block.level:
                path.pop()
            yield block, tuple(path)
            path.append(block)
        else:
            yield block, tuple(path)


def roles(body: tuple[AnyBlock, ...]) -> dict[str, Role | None]:
    """For each block's id the role that holds for it: that of the nearest heading over it that has one."""
    result: dict[str, Role | None] = {}
    for block, path in headings_above(body):
        under = (*path, block) if isinstance(block, Heading) else path
        result[block.id] = next((heading.role for heading in reversed(under) if heading.role), None)
    return result


class PlacedLine(Struct, frozen=True):
    """A line to take where it stands: its block, and the heading of the agenda item or topic that it belongs to."""

    block: LineBlock
    item: Heading | None
    heading: Heading


def lines(pack: Pack) -> list[PlacedLine]:
    """Every line to take, in reading order: the paragraphs and list items with words whose heading's role holds lines.

    A line belongs to the nearest heading above it that does not itself hold lines; where all do, to the heading it
    stands under.
    """
    found = []
    for block, path in headings_above(pack.body):
        if not isinstance(block, Paragraph | ListItem) or not block.text.string.strip() or not path:
            continue
        role = next((heading.role for heading in reversed(path) if heading.role), None)
        if role in HOLDS_LINES:
            item = next((heading for heading in reversed(path) if heading.role not in HOLDS_LINES), None)
            found.append(PlacedLine(block, item, path[-1]))
    return found
