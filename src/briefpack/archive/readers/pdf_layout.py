"""From what is printed on pages to paragraphs: lines, columns, running heads, bullets, headings, words parted by hyphens.

A PDF knows characters and places alone. A line goes on with the paragraph of the line before where it is set alike, close
below, and its first word would not have found room there. Lines at the top or bottom of pages that repeat, page numbers
aside, are running heads: what they say is kept once, as boilerplate; a page number alone is dropped.
"""

import itertools
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefpack.archive.readers.gathering import Gathered
from briefpack.archive.structure import Row, Sign

HYPHEN = "\N{SOFT HYPHEN}"
"""Stands for a hyphen that only the end of a line has put there, where the file says so."""

_BULLET = re.compile(r"(?P<sign>[•●▪■□◦○‣∙·➢➤✓✔❖◆►▶*–—\N{BULLET}-]|[\uE000-\uF8FF])(?:\s+|$)")
_LETTERED = re.compile(r"(?:o|\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_SIGN_ALONE = re.compile(r"(?:[•●▪■□◦○‣∙·➢➤✓✔❖◆►▶*–—-]|[\uE000-\uF8FF]|o|\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-z]{1,3}[.)])")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—]?\s*(?P<number>\d{1,4})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?|[ivx]{1,6}", re.IGNORECASE
)
_ENDS = (".", "!", "?", ":", ";", "”", '"')

_EDGE_LINES = 3
_EDGE_SHARE = 0.14
"""Running heads are among this many lines from the top and bottom, in this share of the page's height."""

_REPEATED = 3
_NUMBERS = 4
_LARGER = 1.12
_LONGEST_HEADING = 160
_HEADING_WORDS = 20
_SPACED = 1.3
"""A distance between lines, as a multiple of the usual one, that parts paragraphs."""

_OVERLONG = 8
"""One line in so many may reach over the edge."""

_COLUMN_LINES = 8
_COLUMN_WORDS = 3.5
_INDENT = 0.8


class Printed(Struct, frozen=True):
    """Characters that stand together on a line: their place, in points from the bottom left, size, and whether all bold."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool


class PrintedLine(Struct, frozen=True):
    """A line of a page: one run, or several with wide gaps between. ``sign`` is its bullet, ``indent`` where that stands."""

    runs: tuple[Printed, ...]
    page: int
    sign: str = ""
    indent: float = 0.0
    running: bool = False

    @property
    def text(self) -> str:
        """Its words, a bar between those that are far apart."""
        return " | ".join(run.text for run in self.runs)

    @property
    def left(self) -> float:
        """Where its words begin."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Where they end."""
        return self.runs[-1].right

    @property
    def top(self) -> float:
        """Its upper edge."""
        return max(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return min(run.bottom for run in self.runs)

    @property
    def size(self) -> float:
        """The size of its largest letters, in points."""
        return max(run.size for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.bold for run in self.runs)


class Paragraph(Struct, frozen=True):
    """A row with the size that it is set in, and whether it is a running head."""

    row: Row
    size: float
    is_running: bool = False


def paragraphs_of(pages: Sequence[Sequence[Printed]]) -> tuple[list[Paragraph], float]:
    """The paragraphs of a document in reading order, and the size of its text in points."""
    lines = _without_repeats([_columns(_lines(printed, number)) for number, printed in enumerate(pages, 1)])
    lines = [[_signed(line) for line in page] for page in lines]
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


def _lines(printed: Iterable[Printed], page: int) -> list[PrintedLine]:
    """Runs that stand side by side, in the order of the file, as lines."""
    lines: list[list[Printed]] = []
    for run in printed:
        if lines and _beside(lines[-1][-1], run):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [PrintedLine(tuple(runs), page) for runs in lines]


def _beside(one: Printed, other: Printed) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return other.left >= one.right - one.size / 2 and overlap >= 0.5 * min(
        one.top - one.bottom, other.top - other.bottom
    )


def _columns(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines of a page whose file goes across two columns of prose, column by column; else as they are."""
    pairs = [line for line in lines if len(line.runs) == 2 and not _SIGN_ALONE.fullmatch(line.runs[0].text)]
    if len(pairs) < _COLUMN_LINES or len(pairs) < 0.4 * len(lines):
        return lines
    gutter_from, gutter_to = max(line.runs[0].right for line in pairs), min(line.runs[1].left for line in pairs)
    words = statistics.mean(len(run.text.split()) for line in pairs for run in line.runs)
    if gutter_from >= gutter_to or words < _COLUMN_WORDS:
        return lines
    paired = {id(line) for line in pairs}
    result: list[PrintedLine] = []
    right: list[PrintedLine] = []
    for line in lines:
        if id(line) not in paired and line.left < gutter_to and line.right > gutter_from:  # it goes across both
            result += [*right, line]
            right = []
            continue
        for run in line.runs:
            (result if run.left < gutter_to else right).append(PrintedLine((run,), line.page))
    return result + right


def _without_repeats(pages: list[list[PrintedLine]]) -> list[list[PrintedLine]]:
    """``pages`` with each running head marked where it stands first and gone elsewhere, and without page numbers."""
    edges = [_edges(page) for page in pages]
    counts = Counter(key for page in edges for key in set().union(*map(_keys, page)))
    enough = max(_REPEATED, len(pages) // 4)
    offsets = Counter(_offset(line) for page in edges for line in page)
    seen: set[str] = set()
    result = []
    for page, edge in zip(pages, edges, strict=True):
        at_edge = {id(line) for line in edge}
        kept = []
        for line in page:
            words, offset = re.sub(r"\d+", "", line.text.casefold()), _offset(line)
            if id(line) not in at_edge:
                kept.append(line)
            elif offset is not None and (offset == 0 or offsets[offset] > 1):
                continue  # a page number
            elif max(counts[key] for key in _keys(line)) < enough:
                kept.append(line)
            elif words not in seen:
                kept.append(replace(line, running=True))
                seen.add(words)
        result.append(kept)
    return result


def _keys(line: PrintedLine) -> set[tuple[str, int]]:
    """What a running head has in common with those of other pages: its words and its height on the page.

    One number in it may be that of the page, and then counts by how much it differs from the page's place in the file.
    """
    text, height = line.text.casefold(), round(line.top)
    keys = {(text, height)}
    for number in itertools.islice(re.finditer(r"\d{1,4}", text), _NUMBERS):
        offset = int(number[0]) - line.page
        keys.add((f"{text[: number.start()]}<page{offset:+}>{text[number.end() :]}", height))
    return keys


def _offset(line: PrintedLine) -> int | str | None:
    """By how much the page number that is all of a line differs from the page's place in the file; None for other lines."""
    match = _PAGE_NUMBER.fullmatch(line.text)
    if match is None:
        return None
    return int(match["number"]) - line.page if match["number"] else "roman"


def _edges(page: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines nearest the top and bottom of a page's text, as far as they can be running heads."""
    if not page:
        return []
    by_height = sorted(page, key=lambda line: -line.top)
    top, bottom = by_height[0].top, min(line.bottom for line in page)
    zone = _EDGE_SHARE * max(top - bottom, 1.0)
    above = [line for line in by_height[:_EDGE_LINES] if line.top >= top - zone]
    below = [line for line in by_height[-_EDGE_LINES:] if line.bottom <= bottom + zone]
    return [*above, *(line for line in below if not any(line is each for each in above))]


def _signed(line: PrintedLine) -> PrintedLine:
    """``line`` with its bullet taken off its words."""
    first, *rest = line.runs
    if rest and _SIGN_ALONE.fullmatch(first.text) and not line.running:
        if _BULLET.fullmatch(first.text) or (first.text == "o"):
            return replace(line, runs=tuple(rest), sign=first.text, indent=first.left)
        joined = replace(
            rest[0], text=f"{first.text} {rest[0].text}", left=first.left, bold=first.bold and rest[0].bold
        )
        return replace(line, runs=(joined, *rest[1:]))
    match = _BULLET.match(first.text)
    if match and match.end() < len(first.text) and not line.running:
        wide = (first.right - first.left) * match.end() / len(first.text)
        bare = replace(first, text=first.text[match.end() :], left=first.left + wide)
        return replace(line, runs=(bare, *rest), sign=match["sign"], indent=first.left)
    return line


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
        elif re.search(r"[^\W\d_]-$", last) and own[:1].islower():
            pieces[-1] = last if _is_compound(last, own, words) else last[:-1]
        else:
            pieces.append(" ")
        pieces.append(own)
    text = "".join(pieces).replace(HYPHEN, "")
    return _LIGATURE.sub(lambda match: _LIGATURES[match[0]], text)


def _is_compound(line: str, following: str, words: Counter[str]) -> bool:
    """Whether a hyphen at the end of a line is the word's own: the document has the word so, or both its halves alone."""
    left = re.search(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=-$)", line)
    right = re.match(r"[^\W\d_]+", following)
    if left is None or right is None:
        return True
    one, other = left[0].casefold(), right[0].casefold()
    if words[one + other]:
        return False
    return bool(words[f"{one}-{other}"] or (words[one] and words[other]))
