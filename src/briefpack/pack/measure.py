"""What can be counted in a pack: words, minutes to read, lines that have gone off."""

import datetime as dt
import math

from briefpack.pack.model import AnyBlock, Line, Pack, texts_of
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


def overdue_lines(pack: Pack, now: dt.datetime) -> list[PlacedLine]:
    """The lines of a pack that have gone off."""
    return [placed for placed in lines(pack) if is_overdue(placed.block.line, now)]
