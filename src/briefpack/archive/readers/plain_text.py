"""Plain text files: one document each, its first line the title."""

import re

from briefpack.archive.debris import Line, lines_of
from briefpack.archive.readers.base import Found, Reader, Reading
from briefpack.archive.readers.gathering import decoded as in_some_encoding
from briefpack.archive.structure import Row
from briefpack.errors import UserError
from briefpack.pack.text import clean
from briefpack.safety.files import decode_text

_LONGEST_TITLE = 200
_WRAPPED_AT = 100
_FULL_LINE = 45
_HEAD = re.compile(
    r"\W*(?:date|dated|from|to|cc|copied to|subject|ref|reference|our ref|classification)\W*:", re.IGNORECASE
)
_SIGN = re.compile(r"\s*(?:[•●▪◦‣·*–—-]|o|\d{1,2}[.)]|\(?[a-z]\))\s")


_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x7f\x81\x8d\x8f\x90\x9d]")
"""Bytes that no text of Windows-1252 has."""


def decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The clean text of a text file, and what is to be told of its encoding.

    A file of an old program for Windows is read as such, and that is told. UserError where it is no text, or UTF-8 that is
    damaged: to read that in another encoding would spoil more signs than the damage has.
    """
    try:
        return clean(decode_text(data, name)), ()
    except UserError:
        as_utf8 = data.decode("utf-8", "replace")
        damaged = sum(sign > "\x7f" for sign in as_utf8) > 2 * as_utf8.count("\ufffd")
        if damaged or _NO_TEXT.search(data):
            raise
        text, flags = in_some_encoding(data, None)
        return clean(text), flags


def read(data: bytes, name: str) -> Reading:
    """The one document of a text file.

    Its title is the first line that is not of a letter's head ("Date: 18/03/2020"), or the file's name where that is a
    paragraph.
    """
    text, flags = decoded(data, name)
    lines = lines_of(text)
    title = name
    first = next((place for place, line in enumerate(lines) if not _HEAD.match(line.text)), 0)
    if lines and len(lines[first].text) <= _LONGEST_TITLE and len(lines) > 1:
        title = lines[first].text.strip("*# ") or name
        del lines[first]
    return Reading((Found(title, tuple(Row(line) for line in unwrapped(text, lines)), flags=flags),))


def unwrapped(text: str, lines: list[Line]) -> list[Line]:
    """``lines`` with those of one paragraph joined, where the file breaks its lines at a fixed width."""
    if not lines or max(len(line.text) for line in lines) > _WRAPPED_AT:
        return lines
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _goes_on(text, paragraphs[-1][-1], line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [
        Line(" ".join(line.text for line in paragraph), paragraph[0].start, paragraph[-1].end)
        for paragraph in paragraphs
    ]


def _goes_on(text: str, last: Line, line: Line) -> bool:
    """Whether ``line`` goes on with the paragraph of ``last``: no empty line between, a full line before, no sign."""
    between = text[last.end : line.start]
    return between.count("\n") == 1 and len(last.text) >= _FULL_LINE and not _SIGN.match(line.text)


READER = Reader("plain text", frozenset({".txt"}), lambda _: True, read)
