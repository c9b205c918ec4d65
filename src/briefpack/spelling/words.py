"""The words of a text that can be looked up: what stands between white space, without what is no word.

Not words are: what has a digit in it, addresses of pages, mail and files, words in capitals or with a capital further in
(UASC, DfE, iPhone), single letters, and words in other alphabets.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 60
"""Of more letters than this is no word; what is longer is not looked up."""

_LETTER = r"[^\W\d_]"
_MARK = "[\u0300-\u036f]"
_APOSTROPHE = "['\u2019\u02bc]"
_PART = rf"(?:{_LETTER}{_MARK}*)+(?:{_APOSTROPHE}(?:{_LETTER}{_MARK}*)+)*"
_WORD = re.compile(rf"{_PART}(?:[-\u2010\u2011]{_PART})*")
_PARTS = re.compile(_PART)

_PLACE = re.compile(
    r"://|@|\\|^www\.|^[#~/]\w|_"
    r"|\w\.(?:ac|co|com|eu|gov|int|io|net|nhs|org|police|scot|uk|wales)\b(?!\.\s*$)"
    r"|\w\.(?:csv|docx?|eml|html?|jpe?g|json|msg|odt|pdf|png|pptx?|rtf|txt|xlsx?|xml|zip)\b",
    re.IGNORECASE,
)
"""What only an address of a page, a mailbox or a file has, or a name that a machine was given."""

_PLAIN = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"})


class Word(NamedTuple):
    """Characters ``start`` up to ``end`` of a string, as they are looked up: with plain apostrophes and hyphens."""

    start: int
    end: int
    string: str


def words_in(chunk: str) -> Iterator[Word]:
    """The words of a string without white space; compounds with hyphens are one word."""
    if _PLACE.search(chunk):
        return
    for match in _WORD.finditer(chunk):
        start, end = match.span()
        if _beside(chunk, start - 1) or _beside(chunk, end):
            continue
        if end - start > 1:
            yield Word(start, end, match[0].translate(_PLAIN))


def parts_of(word: Word) -> Iterator[Word]:
    """What stands between the hyphens of a word that can be looked up by itself."""
    for match in _PARTS.finditer(word.string):
        string = match[0].removesuffix("'s").removesuffix("'S")
        if _can_be_looked_up(string):
            yield Word(word.start + match.start(), word.start + match.start() + len(string), string)


def plain(word: str) -> str:
    """A word without accents and ligatures: the dictionary has "cafe" and "naive", and both spellings are right."""
    if word.isascii():
        return word
    return "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))


def _beside(chunk: str, at: int) -> bool:
    """Whether a digit stands next to a word, which is then part of a number or a name."""
    return 0 <= at < len(chunk) and chunk[at].isdigit()


def _can_be_looked_up(string: str) -> bool:
    inner = string[1:]
    return 0 < len(inner) < LONGEST and inner == inner.lower() and plain(string).isascii()
