"""A whole pack checked: body, meeting, people and comments."""

from collections.abc import Iterator
from typing import NamedTuple

from briefpack.pack.finding import Seat, seats
from briefpack.pack.model import Pack
from briefpack.pack.text import Text
from briefpack.spelling.known import Known
from briefpack.spelling.speller import Speller


class Misspelling(NamedTuple):
    """Characters ``start`` up to ``end`` of one text of a pack, and the word that they are."""

    seat: Seat
    start: int
    end: int
    word: str
    text: Text


def checked(pack: Pack) -> Iterator[tuple[Seat, Text]]:
    """Every text of a pack that is checked, in reading order; comments come last."""
    return seats(pack, in_comments=True)


def misspellings(pack: Pack, speller: Speller, known: Known) -> Iterator[Misspelling]:
    """Every misspelt word of a pack, in reading order."""
    for seat, text in checked(pack):
        for start, end in speller.misspelt(text, known):
            yield Misspelling(seat, start, end, text.string[start:end], text)
