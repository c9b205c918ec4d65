"""Which paragraph of a returned copy is which of those that were sent.

By the hidden bookmarks first; where they are gone, by the words: equal ones, then near ones in their order. Whatever
happened to the words, a paragraph is only ever matched by them to one that it resembles.
"""

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct
from rapidfuzz.distance import Indel

from briefpack.pack.clips import normalised

_WORD = re.compile(r"\w+")
_NEAR = 0.6
_NEAR_WORDS = 0.5
_HELD = 0.85
_LONG = 24
_MOST_PAIRS = 250_000
_GLUED = 6
_SAID_ENOUGH = 12
"""Characters from which on equal words in another place are the same paragraph, moved."""


class Side(Struct, frozen=True):
    """A paragraph or table as far as it is matched: its words, the blocks that it names, and whether it is a table."""

    string: str
    ids: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    table: bool = False
    blank: bool = False
    """Whether it has no words of its own and stands for something, such as a picture."""


class Group(Struct, frozen=True):
    """What belongs together: several of ``sent`` where they were joined, several of ``back`` where one was split.

    ``named`` says that bookmarks say so. ``moved`` says that it came back in another place.
    """

    sent: tuple[int, ...]
    back: tuple[int, ...]
    named: bool = False
    moved: bool = False


def match(sent: Sequence[Side], back: Sequence[Side]) -> tuple[Group, ...]:
    """The groups of all that could be matched, in the order in which they were sent."""
    found = _Matching(sent, back)
    found.by_name()
    found.by_equal_words()
    found.by_near_words()
    found.moved()
    return found.groups()


class _Matching:
    def __init__(self, sent: Sequence[Side], back: Sequence[Side]) -> None:
        self._sent, self._back = sent, back
        self._words = [normalised(each.string) for each in sent]
        self._back_words = [normalised(each.string) for each in back]
        self._to: dict[int, int] = {}
        self._from: dict[int, int] = {}
        self._named: set[int] = set()

    def _pair(self, i: int, j: int) -> None:
        self._to[i], self._from[j] = j, i

    def by_name(self) -> None:
        """Pair what bookmarks name. Of several places of one name, the one whose words are nearest has it."""
        places: dict[str, list[int]] = {}
        for j, each in enumerate(self._back):
            for name in each.ids:
                places.setdefault(name, []).append(j)
        wanted = []
        for i, each in enumerate(self._sent):
            if each.ids:
                wanted += [(self._likeness(i, j), i, j) for j in places.get(each.ids[0], ()) if self._fit(i, j)]
        for _, i, j in sorted(wanted, key=lambda each: (-each[0], each[1], each[2])):
            if i not in self._to and j not in self._from:
                self._pair(i, j)
                self._named.add(i)

    def by_equal_words(self) -> None:
        """Pair those of equal words that are alone with them on both sides."""
        ours = Counter(words for i, words in enumerate(self._words) if i not in self._to)
        theirs = Counter(words for j, words in enumerate(self._back_words) if j not in self._from)
        places = {words: j for j, words in enumerate(self._back_words) if j not in self._from and theirs[words] == 1}
        pairs = [
            (i, places[words])
            for i, words in enumerate(self._words)
            if i not in self._to and words and ours[words] == 1 and words in places and self._fit(i, places[words])
        ]
        kept = set(_rising([(*pair, 0) for pair in sorted([*pairs, *self._to.items()])]))
        for i, j in pairs:
            if (i, j, 0) in kept:
                self._pair(i, j)

    def by_near_words(self) -> None:
        """Pair what is left between two pairs, in order, by how near the words are."""
        steady = [(-1, -1), *((i, j) for i, j, _ in self._steady()), (len(self._sent), len(self._back))]
        for (i, j), (next_i, next_j) in itertools.pairwise(steady):
            ours = [each for each in range(i + 1, next_i) if each not in self._to]
            theirs = [each for each in range(j + 1, next_j) if each not in self._from]
            if ours and theirs and len(ours) * len(theirs) <= _MOST_PAIRS:
                for pair in _best(ours, theirs, self._near):
                    self._pair(*pair)

    def moved(self) -> None:
        """Pair what has equal words somewhere else."""
        theirs: dict[str, list[int]] = {}
        for j, words in enumerate(self._back_words):
            if j not in self._from:
                theirs.setdefault(words, []).append(j)
        for i, words in enumerate(self._words):
            places = theirs.get(words, [])
            if i not in self._to and len(words) >= _SAID_ENOUGH and len(places) == 1 and self._fit(i, places[0]):
                self._pair(i, places.pop())

    def groups(self) -> tuple[Group, ...]:
        """The pairs, with what was split off from or joined to them."""
        steady = {i for i, _, _ in self._steady()}
        made = []
        joined: set[int] = set()
        for i in sorted(self._to):
            if i in joined:
                continue
            j = self._to[i]
            ours, theirs = [i], [j]
            while self._split_off(i, theirs):
                theirs.append(theirs[-1] + 1)
                self._from[theirs[-1]] = i
            while len(theirs) == 1 and self._joined_on(ours, j):
                ours.append(ours[-1] + 1)
            while len(theirs) == 1 and self._joined_before(ours, j, joined):
                ours.insert(0, ours[0] - 1)
            joined.update(ours)
            made.append(Group(tuple(ours), tuple(theirs), i in self._named, i not in steady))
        return tuple(sorted(made, key=lambda group: group.sent))

    def _steady(self) -> list[tuple[int, int, int]]:
        """The pairs that kept their order: the most words that can be had."""
        return _rising([(i, j, 1 + len(self._words[i])) for i, j in sorted(self._to.items())])

    def _fit(self, i: int, j: int) -> bool:
        return self._sent[i].table == self._back[j].table

    def _likeness(self, i: int, j: int) -> float:
        return Indel.normalized_similarity(self._words[i], self._back_words[j])

    def _near(self, i: int, j: int) -> float:
        """How near the words of two are, from 0 to 1; 0 where they are not the same paragraph."""
        if not self._fit(i, j):
            return 0
        ours, theirs = self._words[i], self._back_words[j]
        if not ours or not theirs:
            return 1.0 if ours == theirs and self._sent[i].blank == self._back[j].blank else 0
        ratio = Indel.normalized_similarity(ours, theirs)
        shorter = min(len(ours), len(theirs))
        common = (len(ours) + len(theirs) - Indel.distance(ours, theirs)) / 2 / shorter
        if ratio < _NEAR and not (shorter >= _LONG and common >= _HELD):
            return 0
        return max(ratio, common * ratio) if _share(ours, theirs) >= _NEAR_WORDS or ratio >= _HELD else 0

    def _split_off(self, i: int, theirs: list[int]) -> bool:
        """Whether the paragraph behind these is what was split off from them."""
        j = theirs[-1] + 1
        if j >= len(self._back) or j in self._from or self._back[j].table or self._sent[i].table:
            return False
        words = self._back_words[j]
        if not words or self._back[j].ids:
            return False
        now = " ".join(self._back_words[each] for each in theirs)
        return _gains(self._words[i], now, f"{now} {words}", words)

    def _joined_on(self, ours: list[int], j: int) -> bool:
        """Whether the paragraph that was sent behind these stands at their end now."""
        i = ours[-1] + 1
        if i >= len(self._sent) or i in self._to or self._sent[i].table or not self._words[i]:
            return False
        now = " ".join(self._words[each] for each in ours)
        return not self._back[j].table and _gains(self._back_words[j], now, f"{now} {self._words[i]}", self._words[i])

    def _joined_before(self, ours: list[int], j: int, joined: set[int]) -> bool:
        i = ours[0] - 1
        if i < 0 or i in self._to or i in joined or self._sent[i].table or not self._words[i]:
            return False
        now = " ".join(self._words[each] for each in ours)
        return not self._back[j].table and _gains(self._back_words[j], now, f"{self._words[i]} {now}", self._words[i])


def _share(one: str, other: str) -> float:
    """How much of the shorter wording's words the other has."""
    ours, theirs = Counter(_WORD.findall(one)), Counter(_WORD.findall(other))
    both = sum((ours & theirs).values())
    return both / max(min(sum(ours.values()), sum(theirs.values())), 1)


def _gains(whole: str, without: str, with_more: str, more: str) -> bool:
    """Whether a wording is much nearer to another with more words than without them, and has nearly all of the more."""
    common = (len(whole) + len(more) - Indel.distance(whole, more)) / 2
    glued = len(more) >= _GLUED and more in whole  # words that ran into each other are no words of either any more
    if (not glued and _share(more, whole) < _HELD) or common < _HELD * len(more):
        return False
    return Indel.distance(whole, with_more) + len(more) // 2 < Indel.distance(whole, without)


def _rising(pairs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of pairs sorted by their first place, those of the heaviest chain in which the second place rises too."""
    if not pairs:
        return []
    order = sorted({j for _, j, _ in pairs})
    best: list[tuple[float, int]] = [(0, -1)] * (len(order) + 1)  # a Fenwick tree of the heaviest chain up to a place
    before: list[int] = []
    weights: list[float] = []
    for number, (_, j, weight) in enumerate(pairs):
        at = bisect_left(order, j)
        heaviest, last = 0.0, -1
        place = at
        while place:
            if best[place][0] > heaviest:
                heaviest, last = best[place]
            place &= place - 1
        before.append(last)
        weights.append(heaviest + max(weight, 1))
        place = at + 1
        while place <= len(order):
            if weights[number] > best[place][0]:
                best[place] = (weights[number], number)
            place += place & -place
    at = max(range(len(pairs)), key=weights.__getitem__)
    chain = []
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _best(ours: list[int], theirs: list[int], near: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """The pairs, in order on both sides, that are nearest in sum."""
    scores = [[near(i, j) for j in theirs] for i in ours]
    rows, columns = len(ours), len(theirs)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            taken = scores[row][column] + best[row + 1][column + 1] if scores[row][column] else 0.0
            best[row][column] = max(taken, best[row + 1][column], best[row][column + 1])
    found, row, column = [], 0, 0
    while row < rows and column < columns:
        score = scores[row][column]
        if score and best[row][column] == score + best[row + 1][column + 1]:
            found.append((ours[row], theirs[column]))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return found
