"""Which block of one document is which of another: by identity where both state it, else by their words."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec import Struct
from rapidfuzz import fuzz

from briefpack.pack.wording import likeness

_ALIKE = 0.4
"""How much of the words of two blocks has to be the same (0 to 1) for one to be the other, changed."""

_WORTH_A_LOOK = 45
"""How alike (of 100) two strings are by letters, below which their words are not compared."""

_BAND = 60
"""How far apart, in places of a stretch that changed, two blocks of a very long one may be and still be compared."""

_LARGE = 40_000
_TABLES = 0.01
_MOVED_WORDS = 4
"""A block of fewer words is not said to have moved: it may as well be another of the same words."""


TABLE = "table"
"""The kind of a table."""


class Side(Struct, frozen=True):
    """A block as alignment sees it.

    Attributes:
        kind: what it is; blocks of different kinds are never the same.
        words: its words, on one line.
        id: its identity, empty where it states none.
    """

    kind: str
    words: str
    id: str = ""


class Pair(Struct, frozen=True):
    """A block of the old document and what it is in the new, by their places. None is not there."""

    old: int | None
    new: int | None


def aligned(old: Sequence[Side], new: Sequence[Side]) -> list[Pair]:
    """All blocks of both documents, each once, in an order that keeps that of either; what went stands before what came."""
    anchors = _chain(_by_id(old, new))
    found: list[tuple[int, int]] = []
    for start, end, new_start, new_end in _between(anchors, len(old), len(new)):
        found += _by_words(old, new, (start, end), (new_start, new_end))
    kept = sorted({*anchors, *found})
    pairs: list[Pair] = []
    for start, end, new_start, new_end in _between(kept, len(old), len(new)):
        pairs += (Pair(at, None) for at in range(start, end))
        pairs += (Pair(None, at) for at in range(new_start, new_end))
        if end < len(old) or new_end < len(new):
            pairs.append(Pair(end, new_end))
    return pairs


def moved(went: Sequence[Side], came: Sequence[Side]) -> dict[int, int]:
    """Blocks that went in one place and came, with the same words, in another: places in ``went`` to those in ``came``."""
    left = Counter((side.kind, side.words) for side in went)
    right = Counter((side.kind, side.words) for side in came)
    places = {(side.kind, side.words): at for at, side in enumerate(came)}
    return {
        at: places[side.kind, side.words]
        for at, side in enumerate(went)
        if left[side.kind, side.words] == right[side.kind, side.words] == 1 and len(side.words.split()) >= _MOVED_WORDS
    }


def _by_id(old: Sequence[Side], new: Sequence[Side]) -> list[tuple[int, int]]:
    places = {(side.kind, side.id): at for at, side in enumerate(new) if side.id}
    return [(at, places[side.kind, side.id]) for at, side in enumerate(old) if (side.kind, side.id) in places]


def _chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that stand in the same order on both sides: the others have moved."""
    ends: list[int] = []  # the smallest new place that a run of each length ends with
    at: list[int] = []
    before: list[int] = []
    for place, (_, new) in enumerate(pairs):
        length = bisect_left(ends, new)
        before.append(at[length - 1] if length else -1)
        ends[length:] = [new, *ends[length + 1 :]]
        at[length:] = [place, *at[length + 1 :]]
    chain, place = [], at[-1] if at else -1
    while place >= 0:
        chain.append(pairs[place])
        place = before[place]
    return chain[::-1]


def _between(pairs: Sequence[tuple[int, int]], old: int, new: int) -> list[tuple[int, int, int, int]]:
    """The stretches before each pair, and the one behind all."""
    found, start, new_start = [], 0, 0
    for end, new_end in (*pairs, (old, new)):
        found.append((start, end, new_start, new_end))
        start, new_start = end + 1, new_end + 1
    return found


def _by_words(
    old: Sequence[Side], new: Sequence[Side], span: tuple[int, int], new_span: tuple[int, int]
) -> list[tuple[int, int]]:
    """The pairs of a stretch: first what is the same, then, between those, what is like enough."""
    start, new_start = span[0], new_span[0]
    left = [(side.kind, side.words) for side in old[slice(*span)]]
    right = [(side.kind, side.words) for side in new[slice(*new_span)]]
    same = [
        (start + a + at, new_start + c + at)
        for a, c, size in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
        for at in range(size)
        if _may_pair(old[start + a + at], new[new_start + c + at])
    ]
    found = list(same)
    bounds = [(span[0] - 1, new_span[0] - 1), *same, (span[1], new_span[1])]
    for (a, c), (b, d) in pairwise(bounds):
        if b - a > 1 and d - c > 1:
            found += _alike(old, new, range(a + 1, b), range(c + 1, d))
    return found


def _may_pair(old: Side, new: Side) -> bool:
    """Whether two blocks may be one by their words: not where both say who they are, and it is not the same."""
    return old.kind == new.kind and not (old.id and new.id and old.id != new.id)


def _alike(old: Sequence[Side], new: Sequence[Side], rows: range, columns: range) -> list[tuple[int, int]]:
    """The pairs, in order, whose likenesses are the most together."""
    banded = len(rows) * len(columns) > _LARGE
    scores: dict[tuple[int, int], float] = {}
    for row, at in enumerate(rows):
        near = round(row * len(columns) / len(rows))
        reach = range(max(0, near - _BAND), min(len(columns), near + _BAND)) if banded else range(len(columns))
        for column in reach:
            if score := _likeness(old[at], new[columns[column]]):
                scores[row, column] = score
    if banded:
        likest = dict(sorted(scores, key=scores.__getitem__))
        return _chain([(rows[row], columns[column]) for row, column in sorted(likest.items())])
    return [(rows[row], columns[column]) for row, column in _most(scores, len(rows), len(columns))]


def _most(scores: dict[tuple[int, int], float], rows: int, columns: int) -> list[tuple[int, int]]:
    """The pairs in order of both sides whose scores are the most together."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            paired = scores.get((row, column), -1.0) + best[row + 1][column + 1]
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    found, row, column = [], 0, 0
    while row < rows and column < columns:
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            found.append((row, column))
            row, column = row + 1, column + 1
    return found


def _likeness(old: Side, new: Side) -> float:
    """How alike two blocks are; 0 where they are not one block, changed."""
    if not _may_pair(old, new):
        return 0.0
    if old.kind == TABLE:  # its rows tell; two tables beside each other would become one
        return max(_TABLES, likeness(old.words, new.words))
    if not old.words or not new.words:
        return 0.0
    if fuzz.ratio(old.words, new.words, score_cutoff=_WORTH_A_LOOK) == 0:
        return 0.0
    found = likeness(old.words, new.words)
    return found if found >= _ALIKE else 0.0
