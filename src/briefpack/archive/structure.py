"""From the lines of a document to its passages: headings, paragraphs, bullets with their lead-in, quotations, the rest.

Saved web text has lost its markup: a heading is a short line without a full stop that something stands under, a bullet
still has its sign, a quotation opens with a quotation mark. The rules here say where each of these is taken to be.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from briefpack.archive.debris import Line, cleaned, dead_link, folded
from briefpack.archive.model import PassageKind
from briefpack.archive.speakers import NOBODY, Speaker, holds_quotation, introduced


class Piece(Struct, frozen=True):
    """A passage before it has an id; the fields are those of :class:`briefpack.archive.model.Passage`."""

    kind: PassageKind
    text: str
    heading: str = ""
    lead_in: str = ""
    speaker: Speaker = NOBODY
    level: int = 0
    start: int = 0
    end: int = 0
    page: int | None = None


class Sign(Enum):
    """What a reader of a richer format knows of a line, where it knows more than its words."""

    UNKNOWN = auto()
    HEADING = auto()
    BULLET = auto()
    TEXT = auto()  # no heading, for certain
    QUOTATION = auto()
    CAPTION = auto()
    BOILERPLATE = auto()


class Row(Struct, frozen=True):
    """A line with what its format says of it.

    ``level`` is how deep a bullet or quotation is in others; ``page``, from 1, where the format has pages; ``speaker`` whose
    words a quotation is.
    """

    line: Line
    sign: Sign = Sign.UNKNOWN
    level: int = 0
    page: int | None = None
    speaker: Speaker = NOBODY


_BULLET = re.compile(r"(?P<sign>[•●▪◦‣·*–—-]|o|\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_END = re.compile(r"(?:-\s*)?ends?(?:\s*-)?[.]?|notes? to editors?:?|\*{3,}|#+", re.IGNORECASE)
_POINTER = re.compile(
    r"(?:the|an?|for)\b.{0,120}\b(?:can be \w+|is available|go to|visit)\b.{0,60}"
    r"(?:\bhere\b|\bwebsite\b|www\.|https?:).{0,60}",
    re.IGNORECASE,
)
"""A line that only says where else something is to be found."""

_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|should|must|includes?|including|included|continues?|emphasises?"
    r"|covering|involves?|seen|featured|identified|agreed|said|says|follows|to:|of:|for:|within:|between:)(?=\W|$)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"www\.|https?:|@\w")
_QUOTES = ("“", '"')
_HEADING_WORDS = 16
_HEADING_RUN = 3
_LONGEST_POINTER = 180


def pieces_of(rows: Iterable[Row]) -> list[Piece]:
    """The passages of a document whose title has already been taken off."""
    kept = _undoubled(_clean(rows))
    return _Walk(_marked_headings(kept)).pieces()


def _clean(rows: Iterable[Row]) -> list[Row]:
    """``rows`` without dead links and broken tags."""
    result = []
    for row in rows:
        line = cleaned(row.line)
        if line is not None and not dead_link(line.text):
            result.append(replace(row, line=line))
    return result


def _undoubled(rows: Sequence[Row]) -> list[tuple[Row, bool]]:
    """``rows`` with each run of equal lines as one, and whether it was such a run: a caption that was saved twice."""
    result = []
    for _, run in itertools.groupby(rows, key=lambda row: folded(row.line.text) or row.line.text):
        first, *others = run
        doubled = bool(others) and first.sign is Sign.UNKNOWN and _is_short(first.line.text)
        result.append((first, doubled))
        if others and not doubled:
            result.extend((other, False) for other in others)
    return result


def _marked_headings(rows: Sequence[tuple[Row, bool]]) -> list[tuple[Row, PassageKind]]:
    """Each row with its kind, as far as the row and the rows around it tell.

    A heading has something under it. Of many heading-like lines in a row, which are rather a list, only those that end in
    a colon and the last before a full paragraph can be headings.
    """
    looks = [not doubled and _is_heading(row) for row, doubled in rows]
    runs = _runs(looks)
    kinds = []
    for place, (row, doubled) in enumerate(rows):
        if doubled or row.sign is Sign.CAPTION:
            kind = PassageKind.CAPTION
        elif row.sign is Sign.HEADING or (
            looks[place] and _opens_something(row.line.text, place, *runs[place], len(rows))
        ):
            kind = PassageKind.HEADING
        elif row.sign is Sign.QUOTATION and not _BULLET.match(row.line.text):
            kind = PassageKind.QUOTATION
        elif row.sign is Sign.BULLET or _BULLET.match(row.line.text):
            kind = PassageKind.BULLET
        else:
            kind = PassageKind.PARAGRAPH
        kinds.append(kind)
    return [(row, kind) for (row, _), kind in zip(rows, kinds, strict=True)]


def _runs(looks: Sequence[bool]) -> list[tuple[int, int]]:
    """For each place the first and last place of the run of equal values that it is in."""
    runs: list[tuple[int, int]] = []
    for _, group in itertools.groupby(looks):
        length = sum(1 for _ in group)
        runs += [(len(runs), len(runs) + length - 1)] * length
    return runs


def _opens_something(text: str, place: int, first: int, last: int, rows: int) -> bool:
    """Whether the heading-like line at ``place`` has something under it, in a run of such lines from first to last."""
    if last - first < _HEADING_RUN:
        return last + 1 < rows or place < last
    return text.endswith(":") and len(text.split()) <= _HEADING_RUN and place + 1 < rows


def _is_short(text: str) -> bool:
    return len(text.split()) <= _HEADING_WORDS and len(text) <= 120


def _is_heading(row: Row) -> bool:
    """Whether a line could be a heading by its own words."""
    text = row.line.text
    if row.sign is not Sign.UNKNOWN:
        return row.sign is Sign.HEADING
    if (
        not _is_short(text)
        or _BULLET.match(text)
        or _ADDRESS.search(text)
        or _END.fullmatch(text)
        or _POINTER.fullmatch(text)
    ):
        return False
    if text.startswith(_QUOTES) or text[0].islower() or text[-1] in ".!;,…)”":
        return text.endswith(")") and not _VERB.search(text) and text[0].isupper()
    if text.endswith(":"):
        return _VERB.search(text) is None
    return not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    """Whether a line without a full stop is a sentence all the same: it is long, and hardly a word has a capital."""
    words = [word for word in text.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words[1:])
    return len(words) > 9 and bool(_VERB.search(text)) and capitals < len(words) / 2


class _Walk:
    """One pass over the rows of a document, keeping heading, lead-in and speaker as it goes."""

    def __init__(self, rows: Sequence[tuple[Row, PassageKind]]) -> None:
        self._rows = rows
        self._heading = ""
        self._lead_in = ""
        self._outer = ""
        self._last_bullet = ""
        self._introduction = ""
        self._speaker = NOBODY
        self._quoting = False
        self._ended = False

    def pieces(self) -> list[Piece]:
        """The passages in order."""
        return [replace(self._piece(row, kind), page=row.page) for row, kind in self._rows]

    def _piece(self, row: Row, kind: PassageKind) -> Piece:
        line = row.line
        if row.sign is Sign.BOILERPLATE:
            return Piece(PassageKind.BOILERPLATE, line.text, start=line.start, end=line.end)
        if self._ended or _END.fullmatch(line.text):
            self._ended = True
            return Piece(PassageKind.BOILERPLATE, line.text, start=line.start, end=line.end)
        if _POINTER.fullmatch(line.text) and len(line.text) < _LONGEST_POINTER:
            return Piece(PassageKind.BOILERPLATE, line.text, self._heading, start=line.start, end=line.end)
        match kind:
            case PassageKind.HEADING:
                self._heading, self._lead_in, self._introduction = line.text.rstrip(" :"), "", ""
                self._quoting = False
                return Piece(kind, line.text, start=line.start, end=line.end)
            case PassageKind.BULLET:
                return self._bullet(row)
            case PassageKind.CAPTION:
                return Piece(kind, line.text, self._heading, start=line.start, end=line.end)
            case PassageKind.QUOTATION:
                return self._marked_quotation(row)
            case _:
                return self._paragraph(line)

    def _bullet(self, row: Row) -> Piece:
        line, sign = row.line, ""
        if row.sign is not Sign.BULLET and (match := _BULLET.match(line.text)):
            sign = match["sign"]
            line = Line(line.text[match.end() :], line.start + match.end(), line.end)
        level = (row.level if row.sign is Sign.BULLET else 0) or int(
            sign == "o" or (sign[:1].isdigit() and bool(self._last_bullet))
        )
        if not level:
            self._last_bullet = line.text
        lead_in = self._last_bullet if level else self._lead_in
        speaker = self._speaker if self._quoting else row.speaker
        return Piece(PassageKind.BULLET, line.text, self._heading, lead_in, speaker, level, line.start, line.end)

    def _paragraph(self, line: Line) -> Piece:
        text = line.text
        self._last_bullet = ""
        speaker = introduced(text, self._speaker)
        if text.startswith(_QUOTES) and self._quotes_somebody(text):
            self._quoting = not text.rstrip().endswith(("”", '"'))
            self._lead_in = text if text.endswith(":") else ""
            return self._quotation(line, self._introduction)
        if speaker is not None:
            self._speaker = speaker
        if speaker is not None and holds_quotation(text):
            self._quoting = not text.rstrip().endswith(("”", '"'))
            self._introduction = ""
            return self._quotation(line, "")
        self._quoting = False
        self._lead_in = text if re.search(r":\s*[-–]?$", text) else ""
        self._introduction = self._lead_in
        return Piece(PassageKind.PARAGRAPH, text, self._heading, start=line.start, end=line.end)

    def _marked_quotation(self, row: Row) -> Piece:
        """What the format marks as quoted: the words of whom it names, else of whom the line before introduces."""
        speaker = row.speaker if row.speaker.name or not self._introduction else self._speaker
        return Piece(
            PassageKind.QUOTATION,
            row.line.text,
            self._heading,
            self._introduction,
            speaker,
            start=row.line.start,
            end=row.line.end,
        )

    def _quotes_somebody(self, text: str) -> bool:
        """Whether a line that opens with a quotation mark is somebody's words, not a title in quotation marks."""
        return self._quoting or bool(self._speaker.name) or len(text.split()) > _HEADING_WORDS

    def _quotation(self, line: Line, lead_in: str) -> Piece:
        return Piece(
            PassageKind.QUOTATION, line.text, self._heading, lead_in, self._speaker, start=line.start, end=line.end
        )
