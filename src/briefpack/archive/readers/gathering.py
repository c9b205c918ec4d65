"""What readers of marked-up formats share: rows placed in the text they make, dates, bytes in an uncertain encoding."""

import codecs
import re

from briefpack.archive.dates import read_date
from briefpack.archive.debris import Line
from briefpack.archive.model import UNDATED, DateOrigin, DateSpan
from briefpack.archive.speakers import NOBODY, Speaker
from briefpack.archive.structure import Row, Sign
from briefpack.pack.text import clean

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_WINDOWS = frozenset({"ascii", "iso8859-1"})
"""What programs on Windows have always called their own encoding, of which these are parts."""

_WINDOWS = "cp1252"
_NO_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})


class Gathered:
    """Rows as they are found. Their places are those in the text that they make together, one line each."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._at = 0

    def add(
        self,
        words: str,
        sign: Sign = Sign.UNKNOWN,
        level: int = 0,
        *,
        page: int | None = None,
        speaker: Speaker = NOBODY,
    ) -> None:
        """A row of ``words`` with single spaces between them; no row where there are none."""
        words = " ".join(clean(words).replace("\xad", "").split())  # a soft hyphen would cut the word for the index
        if words:
            line = Line(words, self._at, self._at + len(words))
            self._at += len(words) + 1
            self.rows.append(Row(line, sign, level, page, speaker))


def stated(words: str) -> DateSpan:
    """The date that a format gives a document: 2018-03-06, perhaps with a time, or as people write it; or unknown."""
    words = words.strip()[:60]
    day = re.match(r"\d{4}-\d\d-\d\d(?=[T\s]|$)", words)
    try:
        return read_date(day[0] if day else words, DateOrigin.STATED)
    except ValueError:
        return UNDATED


def no_date(words: str) -> tuple[str, ...]:
    """What is to be told of a date that a format gives a document but cannot be read: its words."""
    return (f"the date that the file states, “{words[:60]}”, is not a date of the calendar",) if words.strip() else ()


def decoded(data: bytes, stated: str | None) -> tuple[str, tuple[str, ...]]:
    """Text in the encoding that its byte order mark or its format states, and what is to be told of it.

    Where neither says anything that is known, it is UTF-8; where it is not that, it is read as Windows-1252, which never
    fails, and the user is told so.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replaced(data, encoding)
    if known := _known(stated):
        return _replaced(data, known)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        text, _ = _replaced(data, _WINDOWS)
        named = f"the encoding “{stated[:40]}” is not known" if stated else "the encoding is not stated"
        return text, (f"{named}: the text was read as Windows-1252, so look at its accents and signs",)


def _known(stated: str | None) -> str | None:
    """Python's name of an encoding of text; None where it is not known."""
    if not stated or len(stated) > 40:
        return None
    try:
        name = codecs.lookup(stated.strip().strip("'\"")).name
        b"a".decode(name, "replace")  # LookupError for what is no encoding of text, such as zip
    except (LookupError, ValueError):
        return None
    if name in _NO_TEXT:
        return None
    return _WINDOWS if name in _AS_WINDOWS else name


def _replaced(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """The text, a replacement character wherever the bytes are none in the encoding."""
    text = data.decode(encoding, errors="replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    lost = len(re.findall("\N{REPLACEMENT CHARACTER}+", text))
    return text, ((f"{lost} {'place' if lost == 1 else 'places'} could not be read in its encoding",) if lost else ())
