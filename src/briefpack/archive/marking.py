"""Where words stand in a text, as the index finds them: what is marked is what matched.

A text is searched for the letters that all forms of a word begin with, and only what is found there is stemmed: measured, a
twentieth of what cutting up whole passages takes. SQLite's own tokenisers still decide wherever a text has letters beyond
ASCII.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from briefpack.archive.tokens import Token, Tokenizer, folded

_WORD = re.compile(r"[a-z0-9]+")
_NEXT = re.compile(r"[^a-z0-9]*([a-z0-9]+)")
_JOINED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_UNSURE = re.compile(r"[^\x00-\x5e\x60-\x7f‘’“”£€…•·–—‐‑−]")
"""A sign that may hide a word from a search for its letters: a letter that is folded."""

_DASHES = re.compile("[-–—‐‑−]")

_INSIDE = re.compile(r"[a-z0-9]-")

Place = tuple[int, int]
"""Where something begins and ends, in characters."""


class Pattern(Struct, frozen=True):
    """What a hit looks like in a text: stems in a row, or a word that begins so or has one of the stems of ``forms``.

    Stems that are ``near`` may stand in any order, with so many other words between the first and the last at most. The last
    of several stems may go on where it is ``open``. ``expression`` finds the documents that have it. A passage has
    a pattern of a ``heading`` where the heading has it that the passage stands under, or is.
    """

    stems: tuple[str, ...] = ()
    beginning: str = ""
    forms: tuple[str, ...] = ()
    near: int | None = None
    open: bool = False
    expression: str = ""
    heading: bool = False


class Marker:
    """Finds patterns in texts."""

    def __init__(self, patterns: Sequence[Pattern], tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._wanted = [_Wanted(pattern, tokenizer) for pattern in patterns]
        self._starts = _shortest(start for each in self._wanted for start in each.starts)
        self._near = any(pattern.near is not None for pattern in patterns)
        self.nowhere: Sequence[list[Place]] = [[] for _ in patterns]
        """The places of a text that has none of the patterns."""

    def places(self, text: str) -> Sequence[list[Place]]:
        """Where each of the patterns stands in ``text``; :attr:`nowhere` where it is plain that there are none."""
        small = text.lower()
        for start in self._starts:  # loops, not any(): most texts that are looked through end here
            if start in small:
                break
        else:
            if not self._may_hide(text, small):
                return self.nowhere
        plain = folded(text)
        if not plain.isascii() or "_" in plain:
            return self._among_tokens(text)
        plain = plain.lower()
        if (self._near and any(each.near(plain) for each in self._wanted)) or ("-" in plain and self._joins(plain)):
            return self._among_tokens(text)
        return [each.places(plain) for each in self._wanted]

    def _may_hide(self, text: str, small: str) -> bool:
        """Whether a text, or the same in ``small`` letters, may have a word whose letters are not there in a row."""
        if text.isascii():
            if "_" in text:
                return True
            if "-" not in text:
                return False
        elif _UNSURE.search(text):
            return True
        joined = _DASHES.sub("", small)
        return any(start in joined for start in self._starts)

    def _joins(self, plain: str) -> bool:
        """Whether a hyphenated word may be meant that is only found as one word."""
        joined = plain.replace("-", "")
        return any(joined.count(start) != plain.count(start) for each in self._wanted for start in each.starts)

    def _among_tokens(self, text: str) -> list[list[Place]]:
        tokens = self._tokenizer.tokens(text)
        return [list(each.among(tokens)) for each in self._wanted]


class _Wanted:
    """One pattern, looked for."""

    def __init__(self, pattern: Pattern, tokenizer: Tokenizer) -> None:
        self._pattern = pattern
        self._tokenizer = tokenizer
        self._first = frozenset(pattern.forms or pattern.stems[:1])
        self._rest = pattern.stems[1:]
        self._open = pattern.stems[-1] if pattern.open else ""
        self.starts = _shortest([*map(_start_of, self._first), *filter(None, [pattern.beginning])])

    def near(self, plain: str) -> bool:
        """Whether a text may have the words of a pattern near one another."""
        return self._pattern.near is not None and all(_start_of(stem) in plain for stem in self._pattern.stems)

    def places(self, plain: str) -> list[Place]:
        """Where the pattern stands in a text of small ASCII letters; one whose words are near is not looked for."""
        if self._pattern.near is not None:
            return []
        found = []
        for start in self.starts:
            at = plain.find(start)
            while at >= 0:
                if (not at or not plain[at - 1].isalnum()) and (place := self._at(plain, at)):
                    found.append(place)
                at = plain.find(start, at + 1)
        if len(self.starts) > 1:
            found.sort()
        return found

    def _at(self, plain: str, at: int) -> Place | None:
        """The place of a hit that begins with the word at ``at``."""
        word = _WORD.match(plain, at)
        if not word:
            return None
        if self._is(word[0], self._tokenizer.stem(word[0])):
            end = self._end(plain, word.end())
            return (at, end) if end else None
        joined = None if self._rest or _INSIDE.match(plain, at - 2) else _JOINED.match(plain, at)
        if joined and self._is(whole := joined[0].replace("-", ""), self._tokenizer.stem(whole)):
            return joined.span()
        return None

    def _end(self, plain: str, at: int) -> int:
        """The end of the other words of a pattern, that of the first being ``at``; 0 where they do not follow."""
        for wanted in self._rest:
            word = _NEXT.match(plain, at)
            if not word or not self._follows(self._tokenizer.stem(word[1]), wanted):
                return 0
            at = word.end()
        return at

    def _follows(self, stem: str, wanted: str) -> bool:
        return stem == wanted or bool(self._open and wanted == self._open and stem.startswith(wanted))

    def among(self, tokens: Sequence[Token]) -> Iterator[Place]:
        """Where the pattern stands among the words of a text."""
        if self._pattern.near is not None:
            yield from _near(tokens, frozenset(self._pattern.stems), self._pattern.near)
            return
        words = [token for token in tokens if not token.joined]
        begun = set()
        for at, token in enumerate(words):
            if self._is(token.word, token.stem):
                row = words[at : at + 1 + len(self._rest)]
                if len(row) > len(self._rest) and all(
                    self._follows(each.stem, wanted) for each, wanted in zip(row[1:], self._rest, strict=True)
                ):
                    begun.add(token.start)
                    yield token.start, row[-1].end
        for token in tokens if not self._rest else ():
            if token.joined and token.start not in begun and self._is(token.word, token.stem):
                yield token.start, token.end

    def _is(self, word: str, stem: str) -> bool:
        if stem in self._first:
            return True
        if beginning := self._pattern.beginning:
            return word.startswith(beginning)
        return bool(self._open and not self._rest and stem.startswith(self._open))


def _near(tokens: Sequence[Token], stems: frozenset[str], between: int) -> Iterator[Place]:
    """The words of ``stems`` wherever all of them stand with so many others between the first and the last at most."""
    row = [token for token in tokens if not token.joined]
    places = [at for at, token in enumerate(row) if token.stem in stems]
    for first, at in enumerate(places):
        window = [place for place in places[first:] if place - at - 1 <= between]
        seen: set[str] = set()
        for count, place in enumerate(window, 1):
            seen.add(row[place].stem)
            if seen == stems:
                yield from ((row[each].start, row[each].end) for each in window[:count])
                break


def highlights(text: str, patterns: Sequence[Pattern], tokenizer: Tokenizer) -> tuple[Place, ...]:
    """The ranges of ``text`` that the patterns match: sorted, not overlapping."""
    return merged(Marker(patterns, tokenizer).places(text))


def merged(places: Iterable[Sequence[Place]]) -> tuple[Place, ...]:
    """The places of several patterns together: sorted, not overlapping."""
    result: list[Place] = []
    for start, end in sorted(place for each in places for place in each):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _start_of(stem: str) -> str:
    """The letters that every word with a stem begins with: stemming changes the last one at most ("policies", "polici")."""
    return stem[:-1] or stem


def _shortest(starts: Iterable[str]) -> tuple[str, ...]:
    """Those of ``starts`` that begin with no other."""
    kept: list[str] = []
    for start in sorted(starts):
        if not kept or not start.startswith(kept[-1]):
            kept.append(start)
    return tuple(kept)
