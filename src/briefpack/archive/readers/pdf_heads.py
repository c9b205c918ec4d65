"""Running heads and page numbers: what stands at the same height of many pages of a PDF.

What a running head says is kept once, where it stands first; a page number alone is dropped.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from briefpack.archive.readers.pdf_lines import PrintedLine

_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—]?\s*(?P<number>\d{1,4})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?|[ivx]{1,6}", re.IGNORECASE
)
_EDGE_LINES = 3
_EDGE_SHARE = 0.14
"""Running heads are among this many lines from the top and bottom, in this share of the page's height."""

_REPEATED = 3
_NUMBERS = 4


def without_repeats(pages: list[list[PrintedLine]]) -> list[list[PrintedLine]]:
    """``pages`` with each running head marked where it stands first and gone elsewhere, and without page numbers."""
    edges = [_edges(page) for page in pages]
    counts = Counter(key for page in edges for key in set().union(*map(_keys, page)))
    enough = max(_REPEATED, len(pages) // 4)
    offsets = Counter(_offset(line) for page in edges for line in page)
    seen: set[tuple[str, int]] = set()
    result = []
    for page, edge in zip(pages, edges, strict=True):
        at_edge = {id(line) for line in edge}
        kept = []
        for line in page:
            if id(line) not in at_edge:
                kept.append(line)
                continue
            offset, repeated = _offset(line), {key for key in _keys(line) if counts[key] >= enough}
            if offset is not None and (offset == 0 or offsets[offset] > 1):
                continue  # a page number
            if not repeated:
                kept.append(line)
            elif repeated.isdisjoint(seen):
                kept.append(replace(line, running=True))
            seen |= repeated
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
