"""Two wordings compared as a reader would: whole words, whole sentences where little of one is left, and no confetti.

:func:`edits` says which stretches of one string became which of another. All of it follows from the two strings, so the
same pair always gives the same edits. Rich text is compared by its strings; what only looks different is no edit.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

from msgspec import Struct

_ENDS = frozenset(".!?…")
_PUNCTUATION = re.escape("!\"#&()*+,./:;<=>?@[]\\^_{|}~«»‘’“”…–—-'")
_ONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\ue000-\uf8ff\U000f0000-\U0010fffd"
"""Characters that are a word each: scripts without spaces between words, and private use, which stands for objects."""
_PLAIN = rf"[^\s{_PUNCTUATION}{_ONE}]"
_TOKEN = re.compile(rf"{_PLAIN}+(?:(?:['’-]|(?<=\d)[.,:/](?=\d)){_PLAIN}+)*|\S")
"""A word, with the hyphens, apostrophes and decimal points inside it, a sign, or a letter of a script without spaces."""

_CLOSING = frozenset("’”\"')]»")
_SHORT = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "has", "have", "he", "if", "in", "into",
    "is", "it", "its", "no", "not", "of", "on", "or", "our", "she", "so", "than", "that", "the", "their", "them",
    "then", "there", "these", "they", "this", "to", "up", "was", "we", "were", "will", "with", "would", "you", "your",
})  # fmt: skip
_CROWDED = 1_000_000
"""Pairs of equal tokens from which on a frequent word no longer says that two places belong together."""

_TORN = 3
"""From this many edits on, a sentence of which less is left than was changed is one edit."""


class Edit(Struct, frozen=True, order=True, gc=False):
    """Old characters ``start`` to ``end`` became new characters ``new_start`` to ``new_end``.

    Offsets count code points. An insertion has no old characters, a deletion no new ones.
    """

    start: int
    end: int
    new_start: int
    new_end: int


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """The edits that make ``before`` into ``after``, in order.

    They do not touch or overlap, and between them both strings are the same to the letter. Each is of whole words: where
    only spacing differs, of that; a word that comes or goes takes the space after it along, or at an end the one before.
    A short word that stayed between two that changed belongs to one edit with both, and a sentence that hardly anything
    is left of is one edit. No edit of part of a sentence reaches over its end.
    """
    if before == after:
        return ()
    old, new = _tokens(before), _tokens(after)
    return tuple(_spans(before, after, _steps(old, new), _gaps(before, old), _gaps(after, new)))


def applied(before: str, after: str, chosen: Sequence[Edit]) -> str:
    """``before`` with some of the edits that lead to ``after``: with none of them itself, with all of them ``after``."""
    pieces, at = [], 0
    for edit in sorted(chosen):
        pieces += [before[at : edit.start], after[edit.new_start : edit.new_end]]
        at = edit.end
    return "".join((*pieces, before[at:]))


def likeness(before: str, after: str) -> float:
    """How much of two wordings is the same words in the same order, from 0 to 1; spacing and case do not count."""
    old, new = ([token[0].casefold() for token in _tokens(each)] for each in (before, after))
    if not old or not new:
        return float(old == new)
    weights = sum(map(_weight, old)) + sum(map(_weight, new))
    if not weights:
        return float(old == new)
    kept = sum(_weight(old[at]) for a, _, size in _matches(old, new) for at in range(a, a + size))
    return 2 * kept / weights


class _Step(Struct):
    """Tokens ``a`` to ``b`` of the old string that became tokens ``c`` to ``d`` of the new."""

    a: int
    b: int
    c: int
    d: int


_Tokens = list[re.Match[str]]


def _tokens(string: str) -> _Tokens:
    return list(_TOKEN.finditer(string))


def _steps(old: _Tokens, new: _Tokens) -> list[_Step]:
    """What changed of two lists of tokens, merged so that it reads well."""
    was, now = [token[0] for token in old], [token[0] for token in new]
    found, a, c = [], 0, 0
    for start, new_start, size in (*_matches(was, now), (len(was), len(now), 0)):
        if a < start or c < new_start:
            found.append(_Step(a, start, c, new_start))
        a, c = start + size, new_start + size
    return _sentences(_joined(_slid(found, was, now), was, now), was, now)


def _matches(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Stretches of equal tokens: where each begins in both, and how many they are."""
    room = min(len(was), len(now))
    head = next((at for at in range(room) if was[at] != now[at]), room)
    tail = next((at for at in range(room - head) if was[-1 - at] != now[-1 - at]), room - head)
    if head:
        yield 0, 0, head
    middle, other = was[head : len(was) - tail], now[head : len(now) - tail]
    if middle and other:
        counted = Counter(other)
        crowded = sum(many * counted[token] for token, many in Counter(middle).items()) > _CROWDED
        matcher = SequenceMatcher(None, middle, other, autojunk=crowded)
        for a, c, size in matcher.get_matching_blocks()[:-1]:
            yield head + a, head + c, size
    if tail:
        yield len(was) - tail, len(now) - tail, tail


def _slid(steps: list[_Step], was: Sequence[str], now: Sequence[str]) -> list[_Step]:
    """The steps, those that only put in or take out moved to where a sentence begins if they could as well stand there."""
    done: list[_Step] = []
    for step, following in zip_longest(steps, steps[1:]):
        before = step.a - done[-1].b - 1 if done else step.a  # two steps must not touch
        after = following.a - step.b - 1 if following else len(was) - step.b
        done.append(next((moved for moved in _slides(step, was, now, before, after)), step))
    return done


def _slides(step: _Step, was: Sequence[str], now: Sequence[str], before: int, after: int) -> Iterator[_Step]:
    """The places, nearest first and up to so many tokens away, where a step could as well stand and begins a sentence."""
    if (step.a == step.b) == (step.c == step.d):
        return
    tokens, start, end = (now, step.c, step.d) if step.a == step.b else (was, step.a, step.b)
    for sign, room in ((-1, before), (1, after)):
        for by in range(max(0, sign), sign * (room + 1), sign):
            passed = by if sign < 0 else by - 1
            if by and tokens[start + passed] != tokens[end + passed]:
                break
            if _begins_sentence(tokens, start + by):
                yield _Step(step.a + by, step.b + by, step.c + by, step.d + by)


def _begins_sentence(tokens: Sequence[str], at: int) -> bool:
    while at and tokens[at - 1] in _CLOSING:
        at -= 1
    return not at or tokens[at - 1] in _ENDS


def _joined(steps: list[_Step], was: Sequence[str], now: Sequence[str]) -> list[_Step]:
    """Steps as one where what stayed between them is less than what changed on either side."""
    done: list[_Step] = []
    for step in steps:
        done.append(step)
        while len(done) > 1 and _belong(done[-2], done[-1], was, now):
            last = done.pop()
            done[-1] = _Step(done[-1].a, last.b, done[-1].c, last.d)
    return done


def _belong(left: _Step, right: _Step, was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether two steps are one for a reader: they stand in one sentence, with hardly anything between them."""
    kept = was[left.b : right.a]
    return _ENDS.isdisjoint(kept) and sum(map(_weight, kept)) < min(_changed(left, was, now), _changed(right, was, now))


def _sentences(steps: list[_Step], was: Sequence[str], now: Sequence[str]) -> list[_Step]:
    """The steps of a sentence that was torn to pieces as one."""
    done: list[_Step] = []
    for group in _by_sentence(steps, was):
        changed = sum(_changed(step, was, now) for step in group)
        kept = sum(_weight(token) for left, right in pairwise(group) for token in was[left.b : right.a])
        if len(group) >= _TORN and kept < changed:
            done.append(_Step(group[0].a, group[-1].b, group[0].c, group[-1].d))
        else:
            done.extend(group)
    return done


def _by_sentence(steps: list[_Step], was: Sequence[str]) -> Iterator[list[_Step]]:
    group: list[_Step] = []
    for step in steps:
        if group and not _ENDS.isdisjoint(was[group[-1].b : step.a]):
            yield group
            group = []
        group.append(step)
    if group:
        yield group


def _changed(step: _Step, was: Sequence[str], now: Sequence[str]) -> int:
    return max(sum(map(_weight, was[step.a : step.b])), sum(map(_weight, now[step.c : step.d])))


def _weight(token: str) -> int:
    """How much a token says."""
    if not any(map(str.isalnum, token)):
        return 0
    return 1 if token.lower() in _SHORT else 2


def _spans(before: str, after: str, steps: list[_Step], gaps: "_Gaps", new_gaps: "_Gaps") -> Iterator[Edit]:
    """Steps as edits with the spacing around them, and between them the edits of spacing alone."""
    a = c = 0  # the first gap that is not looked at yet; a step covers those before and after its tokens too
    for step in (*steps, _Step(len(gaps), len(gaps), len(new_gaps), len(new_gaps))):
        for at, new_at in zip(range(a, step.a), range(c, step.c), strict=True):
            yield from _trimmed(before, after, *gaps[at], *new_gaps[new_at])
        if step.a < len(gaps):
            span, new_span = (gaps[step.a][0], gaps[step.b][1]), (new_gaps[step.c][0], new_gaps[step.d][1])
            yield from _trimmed(before, after, *span, *new_span)
        a, c = step.b + 1, step.d + 1


_Gaps = list[tuple[int, int]]


def _gaps(string: str, tokens: _Tokens) -> _Gaps:
    """Where the spacing before each token, and at last that after all, begins and ends."""
    ends = (0, *(token.end() for token in tokens))
    return list(zip(ends, (*(token.start() for token in tokens), len(string)), strict=True))


def _trimmed(before: str, after: str, start: int, end: int, new_start: int, new_end: int) -> Iterator[Edit]:
    """The edit that made one stretch into another, without spacing that is the same at either end; none if nothing did."""
    while start < end and new_start < new_end and before[start] == after[new_start] and before[start].isspace():
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and before[end - 1] == after[new_end - 1] and before[end - 1].isspace():
        end, new_end = end - 1, new_end - 1
    if start < end or new_start < new_end:
        yield Edit(start, end, new_start, new_end)
