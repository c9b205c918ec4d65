"""From the lines on pages to paragraphs, headings and bullets, with words put together that a hyphen parts.

A PDF knows characters and places alone. A line goes on with the paragraph of the line before where it is set alike, close
below, and its first word would not have found room there.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from briefpack.archive.readers.gathering import Gathered
from briefpack.archive.readers.pdf_heads import without_repeats
from briefpack.archive.readers.pdf_lines import HYPHEN, Printed, PrintedLine, lines_of, signed
from briefpack.archive.structure import Row, Sign

_LETTERED = re.compile(r"(?:o|\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_SUSPENDED = re.compile(r"(?:and|or|to)\b")
"""After a hyphen: "short- and long-term"."""

_ENDS = (".", "!", "?", ":", ";", "”", '"')

_LARGER = 1.12
_LONGEST_HEADING = 160
_HEADING_WORDS = 20
_SPACED = 1.3
"""A distance between lines, as a multiple of the usual one, that parts paragraphs."""

_OVERLONG = 8
"""One line in so many may reach over the edge."""

_INDENT = 0.8


class Paragraph(Struct, frozen=True):
    """A row with the size that it is set in, and whether it is a running head."""

    row: Row
    size: float
    is_running: bool = False


def paragraphs_of(pages: Sequence[Sequence[Printed]]) -> tuple[list[Paragraph], float]:
    """The paragraphs of a document in reading order, and the size of its text in points."""
    lines = without_repeats([lines_of(printed, number) for number, printed in enumerate(pages, 1)])
    lines = [[signed(line) for line in page] for page in lines]
    body = _body_size(line for page in lines for line in page)
    groups = list(_groups([segment for page in lines for segment in _segments(page)]))
    words = _vocabulary(groups)
    headings = [_is_heading(group, body) for group in groups]
    structured = any(headings)
    gathered = Gathered()
    result: list[Paragraph] = []
    levels: list[float] = []
    for group, heading in zip(groups, headings, strict=True):
        first = group[0]
        levels = _levels(levels, first.indent) if first.sign else []
        sign = _kind_of(first, heading=heading, structured=structured)
        gathered.add(_joined(group, words), sign, max(0, len(levels) - 1), page=first.page)
        if len(gathered.rows) > len(result):
            result.append(Paragraph(gathered.rows[-1], first.size, first.running))
    return result, body


def _kind_of(line: PrintedLine, *, heading: bool, structured: bool) -> Sign:
    if line.running:
        return Sign.BOILERPLATE
    if line.sign:
        return Sign.BULLET
    if heading:
        return Sign.HEADING
    return Sign.TEXT if structured or len(line.runs) > 1 else Sign.UNKNOWN


def _body_size(lines: Iterable[PrintedLine]) -> float:
    """The size in which most characters are set."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[line.size] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def _segments(page: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """The lines of a page in pieces that run down it: a column each, and what goes across the columns above them."""
    runs: list[list[PrintedLine]] = []
    for line in page:
        if line.running:
            runs += [[line], []]
        elif runs and runs[-1] and line.top <= runs[-1][-1].top + line.size / 2:
            runs[-1].append(line)
        else:
            runs.append([line])
    runs = [run for run in runs if run]
    for place, run in enumerate(runs):
        beside = runs[place + 1][0] if place + 1 < len(runs) else None
        split = len(run)
        while (
            beside and split and run[split - 1].right < beside.left and run[split - 1].top <= beside.top + beside.size
        ):
            split -= 1
        yield from (piece for piece in (run[:split], run[split:]) if piece)


def _groups(segments: Sequence[list[PrintedLine]]) -> Iterator[list[PrintedLine]]:
    """The lines of each paragraph; one may go on in the next column or on the next page."""
    pitches = _pitches(segments)
    group: list[PrintedLine] = []
    edge = 0.0
    for segment in segments:
        edges = _right_edges(segment)
        for place, line in enumerate(segment):
            if group and _goes_on(group, line, edge, pitches if place else None):
                group.append(line)
            else:
                if group:
                    yield group
                group = [line]
            edge = max((end for size, end in edges.items() if _alike(size, line.size)), default=0.0)
    if group:
        yield group


def _alike(one: float, other: float) -> bool:
    """Whether letters of two sizes can stand in one paragraph: its code or capitals may be a little smaller."""
    return max(one, other) < _LARGER * min(one, other)


def _right_edges(segment: Iterable[PrintedLine]) -> dict[float, float]:
    """How far lines reach to the right, by the size of the letters; a few that are overlong do not count."""
    found: dict[float, list[float]] = defaultdict(list)
    for line in segment:
        if len(line.runs) == 1:
            found[line.size].append(line.right)
    return {size: sorted(ends, reverse=True)[len(ends) // _OVERLONG] for size, ends in found.items()}


def _pitches(segments: Iterable[Sequence[PrintedLine]]) -> dict[float, float]:
    """The usual distance from line to line, by the size of the letters."""
    found: dict[float, list[float]] = defaultdict(list)
    for segment in segments:
        for one, other in itertools.pairwise(segment):
            if one.size == other.size and one.top > other.top:
                found[one.size].append(one.top - other.top)
    return {size: sorted(distances)[len(distances) // 4] for size, distances in found.items()}


def _goes_on(group: Sequence[PrintedLine], line: PrintedLine, edge: float, pitches: dict[float, float] | None) -> bool:
    """Whether ``line`` goes on with the paragraph ``group``, whose column reaches to ``edge``.

    ``pitches`` is None where the line opens a column or page.
    """
    last, first = group[-1], group[0]
    if (
        line.sign
        or _LETTERED.match(line.text)
        or len(line.runs) > 1
        or len(last.runs) > 1
        or line.running
        or last.running
    ):
        return False
    if line.bold != last.bold or not _alike(line.size, last.size):
        return False
    runs_on = line.text[:1].islower() and not last.text.endswith(_ENDS)
    first_word = (line.text.split(maxsplit=1) or [""])[0]
    width = (line.right - line.left) * len(first_word) / max(1, len(line.text))
    if not runs_on and last.right + width + 0.3 * line.size < edge:
        return False
    if pitches is None:
        return runs_on or (len(group) > 1 and not last.text.endswith(_ENDS))
    if last.top - line.top > _SPACED * pitches.get(line.size, line.size * 1.2):
        return False
    if first.sign:
        return line.left > first.indent + 0.3 * line.size
    return line.left <= last.left + _INDENT * line.size


def _is_heading(group: Sequence[PrintedLine], body: float) -> bool:
    first = group[0]
    text = " ".join(line.text for line in group)
    if first.running or first.sign or any(len(line.runs) > 1 for line in group):
        return False
    if len(text) > _LONGEST_HEADING or len(text.split()) > _HEADING_WORDS or not re.search(r"[^\W\d_]", text):
        return False
    if first.size >= _LARGER * body:
        return True
    return first.bold and first.size >= 0.95 * body and not text.endswith((".", ",", ";"))


def _levels(above: list[float], indent: float) -> list[float]:
    """The indents of the bullets that a bullet at ``indent`` stands under, with its own."""
    kept = [each for each in above if each < indent - 3]
    return [*kept, indent]


def _vocabulary(groups: Iterable[Sequence[PrintedLine]]) -> Counter[str]:
    """The words of the document that no end of a line parts."""
    words: Counter[str] = Counter()
    for group in groups:
        for line in group:
            whole = re.sub(r"\S+[-\u00ad]$", "", line.text.casefold())
            found = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", whole)
            words.update(found[1:] if line is not group[0] else found)
    return words


def _joined(group: Sequence[PrintedLine], words: Counter[str]) -> str:
    """The text of a paragraph: its lines with a space between, words that a hyphen parts put together."""
    pieces = [group[0].text]
    for line in group[1:]:
        last, own = pieces[-1], line.text
        if last.endswith(HYPHEN):
            pieces[-1] = last.rstrip(HYPHEN)
        elif not re.search(r"\w-$", last) or _SUSPENDED.match(own):
            pieces.append(" ")
        elif not _is_compound(last, own, words):
            pieces[-1] = last[:-1]
        pieces.append(own)
    text = "".join(pieces).replace(HYPHEN, "")
    return _LIGATURE.sub(lambda match: _LIGATURES[match[0]], text)


def _is_compound(line: str, following: str, words: Counter[str]) -> bool:
    """Whether a hyphen at the end of a line is the word's own.

    It is where the document has the word so, or both its halves alone; between figures; and before a capital, unless all
    of the word is in capitals.
    """
    left = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=-$)", line)
    right = re.match(r"[^\W\d_]+", following)
    if left is None or right is None or (right[0][0].isupper() and not left[0].isupper()):
        return True
    one, other = left[0].casefold(), right[0].casefold()
    if words[one + other]:
        return False
    return bool(words[f"{one}-{other}"] or (words[one] and words[other]))
