"""The lines of a page of a PDF, from what is printed on it: columns one after the other, bullets told from words."""

import re
import statistics
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

HYPHEN = "\N{SOFT HYPHEN}"
"""Stands for a hyphen that only the end of a line has put there, where the file says so."""

_BULLET = re.compile(r"(?P<sign>[•●▪■□◦○‣∙·➢➤✓✔❖◆►▶*–—-]|[\uE000-\uF8FF])(?:\s+|$)")
_SIGN_ALONE = re.compile(r"(?:[•●▪■□◦○‣∙·➢➤✓✔❖◆►▶*–—-]|[\uE000-\uF8FF]|o|\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-z]{1,3}[.)])")
_COLUMN_LINES = 8
_COLUMN_WORDS = 3.5


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


def lines_of(printed: Iterable[Printed], page: int) -> list[PrintedLine]:
    """Runs that stand side by side as lines, in the order in which they are read."""
    lines: list[list[Printed]] = []
    for run in printed:
        if lines and _beside(lines[-1][-1], run):
            lines[-1].append(run)
        else:
            lines.append([run])
    return _columns([PrintedLine(tuple(runs), page) for runs in lines])


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


def signed(line: PrintedLine) -> PrintedLine:
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
