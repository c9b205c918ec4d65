"""How well *related documents* are found: 52 articles of the dump of a hundred, judged by reading.

For each article stand the others that its reader would want to be shown: of the same series (a region's or committee's
earlier and later updates), on the same subject, or of the same occasion. hit@3 is the share of articles that have one of
theirs among the first three; recall@5 how many of theirs, of at most five, are among the first five. *By words* is the
list of related documents alone; *as shown* has the members of the article's series before it, as the window shows them.

    .venv/bin/python -m benchmarks.related [DUMP]
"""

import sys
import tempfile
import time
from itertools import zip_longest
from pathlib import Path

from benchmarks.search_quality import DUMP
from benchmarks.timing import percentile
from briefpack.archive import Archive
from briefpack.archive.model import Series

SERIES: tuple[tuple[int, ...], ...] = (
    (15, 25, 46, 72, 85),  # Yorkshire and Humber
    (14, 27, 47, 73, 86),  # South West
    (13, 28, 74, 87),  # South East
    (12, 29, 49, 75, 88),  # North West
    (11, 30, 50, 76, 89),  # North East
    (10, 31, 51, 77, 90),  # London
    (9, 32, 52, 78, 91),  # East Midlands
    (8, 33, 53, 79, 92),  # Eastern
    (16, 26, 54),  # West Midlands
)
"""The regions' updates. From each three are asked about: the first, the middle one and the last."""

JUDGED: dict[int, tuple[int, ...]] = {
    0: (66, 22, 23),
    1: (6, 59, 71),
    2: (4, 5, 61, 69, 83),
    3: (5, 60, 68, 56),
    4: (83, 7, 62, 70, 2),
    6: (1, 68, 84, 63, 59, 71),
    7: (71, 64, 4, 37),
    17: (18, 65),
    20: (22, 23, 24, 21),
    22: (23, 20, 24, 37),
    23: (22, 37, 24, 20, 36),
    24: (23, 37, 21, 20, 80),
    36: (23, 37, 57, 99, 80),
    37: (99, 23, 24, 80, 38, 39),
    40: (45, 42, 84, 58),
    43: (44,),
    44: (43,),
    45: (42, 40, 58),
    56: (3, 63),
    57: (9, 32, 11, 16, 29),
    58: (71, 51, 37, 2, 45),
    59: (71, 84, 6, 1),
    62: (70, 83, 4, 7),
    67: (82, 99, 94),
    80: (99, 37, 24, 81, 23),
    94: (67, 83, 99, 82),
}
"""By an article's place in the dump those that belong with it, the nearest first."""


def _nearest(series: Series | None, ordinal: dict[str, int]) -> list[int]:
    """The members of a series, those next to the article first."""
    if series is None:
        return []
    before, after = list(reversed(series.earlier)), list(series.later)
    pairs = zip_longest(before, after)
    return [ordinal[each.id] for pair in pairs for each in pair if each is not None]


def _judged() -> dict[int, tuple[int, ...]]:
    asked = {each: members for members in SERIES for each in (members[0], members[len(members) // 2], members[-1])}
    of_series = {each: tuple(other for other in members if other != each) for each, members in asked.items()}
    return {**JUDGED, **of_series}


def main(dump: Path) -> None:
    """Ask for all, and print the table."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder)) as archive:
        archive.add([dump])
        ordinal = {each.id: each.ordinal for each in archive.documents()}
        place = {number: document for document, number in ordinal.items()}
        judged = _judged()
        by_words: list[list[int]] = []
        shown: list[list[int]] = []
        seconds: list[float] = []
        for number in judged:
            begun = time.perf_counter()
            found = archive.related(place[number])
            seconds.append(time.perf_counter() - begun)
            words = [ordinal[hit.id] for hit in found.hits]
            series = _nearest(found.series, ordinal)
            by_words.append(words)
            shown.append(list(dict.fromkeys([*series, *words])))
    wanted = list(judged.values())
    print(
        f"{len(judged)} articles; p50 / p95 {1000 * percentile(seconds, 50):.1f} / {1000 * percentile(seconds, 95):.1f} ms\n"
    )
    print("| | hit@3 | recall@5 |\n|---|---:|---:|")
    for name, lists in (("by words", by_words), ("as shown", shown)):
        print(f"| {name} | {_hit(lists, wanted):.3f} | {_recall(lists, wanted):.3f} |")
    missed = [
        number for number, found, want in zip(judged, by_words, wanted, strict=True) if not set(found[:3]) & set(want)
    ]
    print(f"\nnone among the first three by words: {missed}")


def _hit(lists: list[list[int]], wanted: list[tuple[int, ...]]) -> float:
    return sum(bool(set(found[:3]) & set(want)) for found, want in zip(lists, wanted, strict=True)) / len(lists)


def _recall(lists: list[list[int]], wanted: list[tuple[int, ...]]) -> float:
    shares = (len(set(found[:5]) & set(want)) / min(5, len(want)) for found, want in zip(lists, wanted, strict=True))
    return sum(shares) / len(lists)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DUMP)
