"""Which lines of a pack are listed, and what is said of each. No Qt here."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from briefpack.desktop.editor.notes import flag_words
from briefpack.pack.measure import is_due, is_overdue
from briefpack.pack.model import Line, Meeting, Pack, Status
from briefpack.pack.outline import PlacedLine, lines


class Due(StrEnum):
    """When a line goes off."""

    EVER = "Due whenever"
    PAST = "Past their time"
    MEETING = "Due by the meeting"
    SOON = "Due within a day"
    LATER = "Due later"
    EVENT = "Until an event"
    NEVER = "No time given"


class Wanted(NamedTuple):
    """Which lines to list. None is any; an owner "" is nobody."""

    owner: str | None = None
    status: Status | None = None
    due: Due = Due.EVER


class Listed(NamedTuple):
    """One line: its block, its words, and its flag with the agenda item that it belongs to."""

    block: str
    words: str
    flag: str
    status: Status
    overdue: bool


_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
_LONGEST = 120
_DAY = dt.timedelta(days=1)


def listed(pack: Pack, wanted: Wanted, now: dt.datetime) -> tuple[Listed, ...]:
    """The lines that are wanted: what goes off first comes first, what has no time behind it in reading order."""
    found = [placed for placed in lines(pack) if is_wanted(placed.block.line or Line(), wanted, pack.meeting, now)]
    return tuple(_listed(placed, now) for placed in sorted(found, key=_goes_off))


def owners(pack: Pack) -> tuple[str, ...]:
    """Everybody who owns a line, in the order of the alphabet."""
    names = {placed.block.line.owner for placed in lines(pack) if placed.block.line is not None}
    return tuple(sorted(names - {""}, key=lambda name: (name.casefold(), name)))


def lines_among(pack: Pack, blocks: Iterable[str]) -> tuple[str, ...]:
    """Those of some blocks that are lines to take, in reading order."""
    wanted = set(blocks)
    return tuple(placed.block.id for placed in lines(pack) if placed.block.id in wanted)


def is_wanted(line: Line, wanted: Wanted, meeting: Meeting, now: dt.datetime) -> bool:
    """Whether a line is among those that are wanted."""
    return (
        wanted.owner in (None, line.owner)
        and wanted.status in (None, line.status)
        and wanted.due in (Due.EVER, *_dues(line, meeting, now))
    )


def _dues(line: Line, meeting: Meeting, now: dt.datetime) -> tuple[Due, ...]:
    """All that can be said of when a line goes off: it may have a time and an event."""
    said = ((Due.EVENT,) if line.changes_when else ()) + ((Due.MEETING,) if is_due(line, meeting, now) else ())
    if line.good_until is None:
        return said or (Due.NEVER,)
    if is_overdue(line, now):
        return (Due.PAST, *said)
    return (Due.SOON if line.good_until.astimezone() - now.astimezone() <= _DAY else Due.LATER, *said)


def _goes_off(placed: PlacedLine) -> dt.datetime:
    line = placed.block.line
    return line.good_until.astimezone() if line is not None and line.good_until is not None else _LAST


def _listed(placed: PlacedLine, now: dt.datetime) -> Listed:
    line = placed.block.line or Line()
    overdue = is_overdue(line, now)
    item = shortened((placed.item or placed.heading).text.string, _LONGEST // 2)
    flag = " · ".join(filter(None, (flag_words(line, overdue=overdue), item)))
    return Listed(placed.block.id, shortened(placed.block.text.string, _LONGEST), flag, line.status, overdue)


def shortened(words: str, longest: int) -> str:
    """Words in one line of no more than so many characters, cut between two of them."""
    words = " ".join(words.split())
    if len(words) <= longest:
        return words
    room = words[: longest - 1]
    return f"{room[: room.rfind(' ')] if ' ' in room else room[:-1]} …"
