"""Words as plain text, wrapped to be read."""

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from briefpack.render.inline import Span
from briefpack.render.inline import plain as words

WIDTH = 78

__all__ = ["WIDTH", "grid", "words", "wrap"]


def wrap(text: str | Sequence[Span], first: str = "", rest: str | None = None) -> str:
    """Text wrapped at :data:`WIDTH`, with ``first`` before its first line and ``rest`` before the others.

    Line breaks stay; a word longer than a line is left whole, so that addresses can be copied.
    """
    string = text if isinstance(text, str) else words(text)
    rest = " " * len(first) if rest is None else rest
    lines: list[str] = []
    for each in string.split("\n"):
        lines += textwrap.wrap(
            each,
            WIDTH,
            initial_indent=rest if lines else first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        ) or ([] if lines else [first.rstrip()])
    return "\n".join(lines)


_GAP = "  "
_NARROWEST = 8


def grid(rows: Sequence[Sequence[Sequence[Span]]], head: int = 0) -> str:
    """A table in columns, with a rule under its first ``head`` rows.

    Columns are as wide as their words, as far as the page allows; a table with too many for it has its cells one below
    the other.
    """
    cells = [[words(cell) for cell in row] for row in rows]
    widths = _widths(cells)
    if widths is None:
        return "\n\n".join("\n".join(wrap(cell, "- ") for cell in row) for row in cells)
    lines: list[str] = []
    for index, row in enumerate(cells):
        columns = [
            textwrap.wrap(c, w, break_long_words=False, break_on_hyphens=False)
            for c, w in zip(row, widths, strict=True)
        ]
        lines += (
            _GAP.join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()
            for parts in zip_longest(*columns, fillvalue="")
        )
        if index + 1 == head:
            lines.append(_GAP.join("-" * width for width in widths))
    return "\n".join(lines)


def _widths(cells: Sequence[Sequence[str]]) -> list[int] | None:
    """How wide each column is: the widest give way until all fit; None where they cannot."""
    widths = [max(1, *(len(cell) for cell in column)) for column in zip(*cells, strict=True)]
    room = WIDTH - len(_GAP) * (len(widths) - 1)
    if room < _NARROWEST * len(widths):
        return None
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths
