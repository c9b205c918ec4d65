"""Where one can go in a pack: its headings, lines to take, tables, pictures and cards. No Qt here."""

from typing import NamedTuple

from briefpack.desktop.editor.wording import object_words
from briefpack.desktop.lines.listing import shortened
from briefpack.pack.model import OBJECTS, Heading, Pack, PageBreak
from briefpack.pack.outline import headings_above, lines
from briefpack.pack.roles import LABELS

_LONGEST = 90
_UNDER = 36


class Spot(NamedTuple):
    """A place to go to: its block, what it is called, the heading above, an icon's name, and what it is found by besides."""

    block: str
    name: str
    under: str
    shape: str
    more: str = ""
    depth: int = 0


def spots(pack: Pack) -> list[Spot]:
    """Every heading in reading order, then lines and objects in theirs: whoever types nothing sees the outline first."""
    held = {placed.block.id for placed in lines(pack)}
    headings: list[Spot] = []
    others: list[Spot] = []
    for block, path in headings_above(pack.body):
        under = shortened(path[-1].text.string, _UNDER) if path else ""
        above = " ".join(heading.text.string for heading in path)
        if isinstance(block, Heading):
            role = LABELS[block.role] if block.role else ""
            name = shortened(block.text.string, _LONGEST) or "(no words yet)"
            shape = f"role.{block.role.value}" if block.role else "role.none"
            headings.append(Spot(block.id, name, under, shape, f"{role} {above}", len(path)))
        elif isinstance(block, OBJECTS) and not isinstance(block, PageBreak):
            others.append(
                Spot(block.id, shortened(object_words(block, pack.people), _LONGEST), under, "objects", above)
            )
        elif block.id in held:
            others.append(Spot(block.id, shortened(block.text.string, _LONGEST), under, "line", above))  # type: ignore[union-attr]  # a line has words
    return headings + others
