"""The text of an e-mail: paragraphs put together again, and the earlier mails in it told from its own words.

Earlier mails are marked by ``>``, by a page's quotation, or by the header that mail programs put above them ("From: …
Sent: …"), below which everything is theirs.
"""

import itertools
import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from briefpack.archive.debris import lines_of
from briefpack.archive.readers.gathering import Gathered
from briefpack.archive.readers.plain_text import unwrapped
from briefpack.archive.speakers import NOBODY, Speaker
from briefpack.archive.structure import Row, Sign

_QUOTED = re.compile(r"(?:>[ \t]?)+")
_WROTE = re.compile(r"(?P<who>.{0,300}?)\s*(?:<[^<>]{0,200}>|\[mailto:[^\]]{0,200}\])?\s*\b(?:wrote|writes)\s*:")
_NAME = re.compile(r"(?:[A-Z][\w’'.-]*\s+){0,4}[A-Z][\w’'.-]+$")
_CLOCK = re.compile(
    r".*\b(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*[AP]\.?M\.?)?(?:\s*\([^)]*\)|\s+[+-]\d{4})?,?", re.IGNORECASE
)
_DIVIDER = re.compile(
    r"(?:-{2,}\s*(?:Original|Forwarded) message\s*-{2,}|Begin forwarded message:|_{20,})", re.IGNORECASE
)
_FIELD = re.compile(r"(?:From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Importance|Attachments)\s*:.{0,2000}", re.IGNORECASE)
_FROM = re.compile(r"From\s*:\s*(?P<who>[^<\[]{1,200})?", re.IGNORECASE)
_FIELDS = 3
"""How many fields make a header of an earlier mail."""

_SIGNATURE = "--"


def plain_rows(text: str) -> list[Row]:
    """The rows of a plain text: those behind ``>`` are quotations, ``level`` deep; a signature is boilerplate."""
    gathered = Gathered()
    signed = False
    marked = [_unquoted(line) for line in text.split("\n")]
    for depth, run in itertools.groupby(marked, key=lambda pair: pair[0]):
        own = "\n".join(line for _, line in run)
        for line in unwrapped(own, lines_of(own)):
            signed = not depth and (signed or line.text == _SIGNATURE)
            sign = Sign.BOILERPLATE if signed else Sign.QUOTATION if depth else Sign.UNKNOWN
            gathered.add(line.text, sign, depth)
    return gathered.rows


def _unquoted(line: str) -> tuple[int, str]:
    """How often a line is quoted, and the line without its signs."""
    signs = _QUOTED.match(line)
    return (signs[0].count(">"), line[signs.end() :]) if signs else (0, line)


def attributed(rows: Sequence[Row]) -> list[Row]:
    """``rows`` with the speaker of each quotation that a line such as "On 6 March Ada Marsh wrote:" or a header names."""
    result: list[Row] = []
    speakers: dict[int, Speaker] = {}
    earlier: Speaker | None = None
    at = depth = 0
    while at < len(rows):
        row = rows[at]
        if fields := _header(rows, at):
            earlier = _sender(rows[at : at + fields])
            result += [replace(each, sign=Sign.BOILERPLATE) for each in rows[at : at + fields]]
            at += fields
            continue
        depth = row.level if row.sign is Sign.QUOTATION else depth if row.sign is Sign.BULLET else 0
        speaker = speakers.get(depth, earlier or NOBODY) if depth else earlier or NOBODY
        if who := _writer(row.line.text):
            speakers[depth + 1] = who
        if earlier is not None and row.sign in (Sign.UNKNOWN, Sign.TEXT):
            row = replace(row, sign=Sign.QUOTATION)
        result.append(row if row.speaker.name else replace(row, speaker=speaker))
        at += 1
    return result


def _header(rows: Sequence[Row], at: int) -> int:
    """How many rows from ``at`` are the header of an earlier mail, with the line above it; 0 where none begins there."""
    divider = int(_DIVIDER.fullmatch(rows[at].line.text) is not None)
    run = list(itertools.takewhile(_is_field, rows[at + divider : at + divider + 12]))
    if len(run) >= _FIELDS and any(_FROM.match(row.line.text) for row in run[:2]):
        return divider + len(run)
    return 0


def _is_field(row: Row) -> bool:
    return _FIELD.fullmatch(row.line.text) is not None


def _sender(fields: Iterable[Row]) -> Speaker:
    found = next((match for row in fields if (match := _FROM.match(row.line.text))), None)
    return Speaker((found["who"] or "").strip(" \"'")) if found else NOBODY


def _writer(text: str) -> Speaker | None:
    """Who is said to have written what follows: "On 6 March 2018 at 10:00, Ada Marsh <…> wrote:"."""
    match = _WROTE.fullmatch(text)
    if match is None:
        return None
    name = _NAME.search(_CLOCK.sub("", match["who"]).strip(" ,\"'"))
    return Speaker(name[0]) if name else NOBODY
