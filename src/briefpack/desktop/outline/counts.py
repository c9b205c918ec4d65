"""What is counted for each section of a pack: words against their budget, lines to take, which of them are due. No Qt."""

import datetime as dt
from itertools import accumulate

from msgspec import Struct

from briefpack.desktop.lines.listing import Wanted, is_wanted
from briefpack.pack.measure import block_words, is_due, is_overdue
from briefpack.pack.model import AnyBlock, Heading, Line, Pack
from briefpack.pack.outline import Section, lines
from briefpack.pack.plan import Length


class Tally(Struct, frozen=True):
    """What is in a section, its subsections included. ``due`` are the lines that have gone off or may by the meeting."""

    length: Length = Length(0)
    lines: int = 0
    due: int = 0
    overdue: int = 0


class Counts:
    """Counts a pack; the words of blocks that did not change are not counted again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[AnyBlock, int]] = {}
        self._budgets: dict[str, int] = {}
        self._totals: tuple[tuple[int, ...], ...] = ((0,),) * 4
        self.words = 0
        """The words of the whole body."""

    def take(self, pack: Pack, wanted: Wanted, now: dt.datetime) -> None:
        """Count a pack; of its lines those that are wanted."""
        fresh: dict[str, tuple[AnyBlock, int]] = {}
        for block in pack.body:
            old = self._known.get(block.id)
            fresh[block.id] = old if old and old[0] is block else (block, block_words(block))
        self._known = fresh
        self._budgets = {planned.heading: planned.words for planned in pack.plan}
        self.words = sum(count for _, count in fresh.values())
        held = {placed.block.id: placed.block.line for placed in lines(pack)}
        held = {block: line for block, line in held.items() if is_wanted(line or Line(), wanted, pack.meeting, now)}
        due = {block for block, line in held.items() if is_due(line, pack.meeting, now)}
        overdue = {block for block, line in held.items() if is_overdue(line, now)}
        self._totals = (
            tuple(accumulate((0 if isinstance(b, Heading) else fresh[b.id][1] for b in pack.body), initial=0)),
            *(tuple(accumulate((int(b.id in some) for b in pack.body), initial=0)) for some in (held, due, overdue)),
        )

    def of(self, section: Section) -> Tally:
        """What is in a section of the pack that was counted."""
        words, *others = (total[section.end] - total[section.start] for total in self._totals)
        return Tally(Length(words, self._budgets.get(section.heading.id, 0)), *others)


def described(tally: Tally) -> str:
    """A tally in words: "5 lines, 2 of them due by the meeting, 163 words of 150"."""
    parts = []
    if tally.lines:
        parts.append(_count(tally.lines, "line"))
    if tally.overdue:
        parts.append(f"{tally.overdue} past {'its' if tally.overdue == 1 else 'their'} time")
    if tally.due > tally.overdue:
        parts.append(f"{tally.due - tally.overdue} due by the meeting")
    words, budget = tally.length.words, tally.length.budget
    over = f", {words - budget:,} too many" if tally.length.over else ""
    parts.append(f"{words:,} of {_count(budget, 'word')}{over}" if budget else _count(words, "word"))
    return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
