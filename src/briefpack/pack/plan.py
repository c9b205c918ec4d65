"""What a pack's template asks of its sections: which must be there, how long they may be, what goes in them.

The plan travels with the pack, since the template may not be on the next reader's machine. A planned section is tied to
the heading that was made for it, by id: it may be renamed, moved and filled, and is still the same.
"""

from msgspec import Struct

from briefpack.pack.measure import block_words
from briefpack.pack.model import Heading, Pack, PlannedSection, TextBlock
from briefpack.pack.outline import Section, sections


class Length(Struct, frozen=True):
    """How many words a section has, its subsections included, and how many it may have; ``budget`` 0 is no limit."""

    words: int
    budget: int = 0

    @property
    def over(self) -> bool:
        """Whether there are more words than there may be."""
        return 0 < self.budget < self.words


def lengths(pack: Pack) -> dict[str, Length]:
    """The length of every section, by the id of its heading. Words of headings do not count."""
    budgets = {planned.heading: planned.words for planned in pack.plan}
    total = [0]
    for block in pack.body:
        total.append(total[-1] + (0 if isinstance(block, Heading) else block_words(block)))
    return {
        each.heading.id: Length(total[each.end] - total[each.start], budgets.get(each.heading.id, 0))
        for each in sections(pack)
    }


def missing(pack: Pack) -> list[PlannedSection]:
    """The required sections that are gone or have nothing in them yet, in the order of the plan."""
    filled = {section.heading.id for section in sections(pack) if not is_empty(pack, section)}
    return [planned for planned in pack.plan if planned.required and planned.heading not in filled]


def is_empty(pack: Pack, section: Section) -> bool:
    """Whether nothing stands in a section but headings and empty text blocks."""
    within = pack.body[section.start + 1 : section.end]
    return all(isinstance(block, TextBlock) and (isinstance(block, Heading) or not _words(block)) for block in within)


def hints(pack: Pack) -> dict[str, str]:
    """What to show in empty places, by block: the section's hint, in its first block while nothing else is in it."""
    wanted = {planned.heading: planned.hint for planned in pack.plan if planned.hint}
    found = {}
    for section in sections(pack):
        hint = wanted.get(section.heading.id)
        if hint and section.start + 1 < section.end and is_empty(pack, section):
            first = pack.body[section.start + 1]
            if not isinstance(first, Heading):
                found[first.id] = hint
    return found


def _words(block: TextBlock) -> str:
    return block.text.string.strip()
