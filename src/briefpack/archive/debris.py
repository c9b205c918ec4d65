"""What a web page leaves behind in saved text, and how it is taken out.

Every function takes characters away from one end of a line or drops it whole, so that what remains is still a piece of
the original and its place there is known.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct


class Line(Struct, frozen=True):
    """One line of a source without white space at its ends: ``text`` lies from ``start`` to ``end`` in the original."""

    text: str
    start: int
    end: int


_BROKEN_TAG = re.compile(r"<\s*/?\s*(?:p|br|div|span|a|b|i|em|strong|li|ul|ol|h[1-6])\b[^<>]*>", re.IGNORECASE)
_DEAD_LINK = re.compile(
    r"(?:view|download|watch|read)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,4}?"
    r"(?:speech|report|guidance|paper|briefing note|action plan|video|presentation|slides|document)(?:\s+here)?\.?",
    re.IGNORECASE,
)
_TRAILING_LINK = re.compile(r"(?<=[.!?])\s+View(?:\s+[A-Z][\w’'-]*){1,4}$")


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines between two offsets that hold anything, each with its place."""
    found = []
    end = len(text) if end is None else end
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if line := trimmed(Line(text[start:stop], start, stop)):
            found.append(line)
        start = stop + 1
    return found


def trimmed(line: Line) -> Line | None:
    """``line`` without white space at its ends; None where nothing is left."""
    text = line.text.strip()
    start = line.start + len(line.text) - len(line.text.lstrip())
    return Line(text, start, start + len(text)) if text else None


def dead_link(text: str) -> str:
    """What a line that is nothing but a link led to ("speech" for "View speech"), in lower case; else empty."""
    if not _DEAD_LINK.fullmatch(text):
        return ""
    return re.sub(r"^\w+\s+(?:the\s+)?|\s+here\.?$|\.$", "", text.lower())


def cleaned(line: Line) -> Line | None:
    """``line`` without broken tags and a dead link at its end; None where nothing is left of it."""
    text = line.text
    while (tag := _last_tag(text)) is not None:
        text = text[:tag].rstrip()
    while tag_at_start := _BROKEN_TAG.match(text):
        text = text[tag_at_start.end() :]
        line = Line(text, line.start + tag_at_start.end(), line.end)
    text = _TRAILING_LINK.sub("", text)
    return trimmed(Line(text, line.start, line.start + len(text)))


def without_title(lines: Sequence[Line], title: str) -> Sequence[Line]:
    """``lines`` without a first line that only repeats the title."""
    return lines[1:] if lines and folded(lines[0].text) == folded(title) else lines


def folded(text: str) -> str:
    """``text`` for comparison: lower case, letters and digits alone, one space between words."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def links_in(lines: Iterable[Line]) -> tuple[str, ...]:
    """What the dead links among ``lines`` led to."""
    return tuple(link for line in lines if (link := dead_link(line.text)))


def _last_tag(text: str) -> int | None:
    """Where a broken tag begins with which ``text`` ends."""
    at = text.rfind("<")
    return at if at >= 0 and _BROKEN_TAG.fullmatch(text, at) else None
