"""What can be counted in a pack: words, minutes to read, lines that have gone off."""

import datetime as dt
import math
import re

from briefpack.pack.dates import day_words, read_moment
from briefpack.pack.model import AnyBlock, Line, Meeting, Pack, texts_of
from briefpack.pack.outline import PlacedLine, lines
from briefpack.pack.text import words

WORDS_A_MINUTE = 240
"""Silent reading of English prose: 238 words a minute on average (Brysbaert 2019, Journal of Memory and Language 109)."""


def block_words(block: AnyBlock) -> int:
    """The number of words in a block's texts."""
    return sum(len(words(text.string)) for text in texts_of(block))


def word_count(pack: Pack) -> int:
    """The number of words in the body. Meeting details and comments do not count: they are not what is read out."""
    return sum(block_words(block) for block in pack.body)


def minutes_to_read(count: int) -> int:
    """Whole minutes that so many words take to read, rounded up."""
    return math.ceil(count / WORDS_A_MINUTE)


def is_overdue(line: Line | None, now: dt.datetime) -> bool:
    """Whether a line has gone off: ``now`` is past its *good until*. Times without a zone are local ones."""
    if line is None or line.good_until is None:
        return False
    return line.good_until.astimezone() < now.astimezone()


_CLOCK = re.compile(r"\s*(\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?)", re.IGNORECASE)


def meeting_begins(meeting: Meeting) -> dt.datetime | None:
    """When a meeting begins: its day, with the time that its own words begin with ("14:00 to 14:45").

    Where they begin with none it is the end of the day, so that what goes off on the day counts as before the meeting.
    None where the day is not known. The time has no zone: it is that of the place.
    """
    if meeting.date is None:
        return None
    clock = _CLOCK.match(meeting.time)
    begins = read_moment(f"{day_words(meeting.date)} {clock[1]}") if clock else None
    return begins or dt.datetime.combine(meeting.date, dt.time.max)


def is_due(line: Line | None, meeting: Meeting, now: dt.datetime) -> bool:
    """Whether a line has gone off, or may have by the meeting: at its time, or with an event, which may come any day."""
    if line is None:
        return False
    begins = meeting_begins(meeting)
    until = line.good_until
    in_time = until is not None and begins is not None and until.astimezone() < begins.astimezone()
    return is_overdue(line, now) or in_time or bool(line.changes_when)


def due_lines(pack: Pack, now: dt.datetime) -> list[PlacedLine]:
    """The lines of a pack that have gone off, or may have by the meeting."""
    return [placed for placed in lines(pack) if is_due(placed.block.line, pack.meeting, now)]


def overdue_lines(pack: Pack, now: dt.datetime) -> list[PlacedLine]:
    """The lines of a pack that have gone off."""
    return [placed for placed in lines(pack) if is_overdue(placed.block.line, now)]
