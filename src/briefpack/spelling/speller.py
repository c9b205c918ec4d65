"""Where a text is misspelt. What was looked up once is remembered, so that a key costs only the words it changed."""

import re

from briefpack.pack.text import MarkKind, Text
from briefpack.spelling.dictionary import MOST, Dictionary
from briefpack.spelling.known import Known
from briefpack.spelling.words import Word, parts_of, words_in

Span = tuple[int, int]
"""Characters of a text, from the first up to, not including, the second."""

_CHUNK = re.compile(r"\S+")
_UNSEEN = frozenset("\xad\u200b\u200c\u200d\u2060")
"""What may stand in a word without being seen: soft hyphens, joiners, places where a line may break."""

_REMEMBERED = 60_000
"""How many chunks are remembered: the different words of a very long pack."""

_PREFIXES = frozenset(
    re.findall(
        r"\w+",
        "anti bi bio co counter cyber de e eco ex extra hyper infra inter intra macro mega micro mid mini mis mono multi "
        "neo non over para per poly post pre pro pseudo quasi re semi socio sub super supra trans tri ultra un under vice",
    )
)
"""What may stand before a hyphen without being a word."""

_LIKE = 80.0
"""From how many per cent on a known word is so like a misspelt one that it may be what was meant."""


class Speller:
    """Checks texts against one dictionary."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._looked_up: dict[str, tuple[Word, ...]] = {}

    def misspelt(self, text: Text, known: Known) -> tuple[Span, ...]:
        """Where the words of a text are that neither the dictionary has nor ``known``; deleted text is passed over."""
        deleted = any(mark.kind == MarkKind.DELETION for mark in text.marks)
        if not deleted and _UNSEEN.isdisjoint(text.string):
            return self._spans(text.string, known)
        kept = [at for at, character in enumerate(text.string) if character not in _UNSEEN]
        if deleted:
            gone = {at for m in text.marks if m.kind == MarkKind.DELETION for at in range(m.start, m.end)}
            kept = [at for at in kept if at not in gone]
        found = self._spans("".join(text.string[at] for at in kept), known)
        return tuple((kept[start], kept[end - 1] + 1) for start, end in found)

    def suggestions(self, word: str, known: Known) -> tuple[str, ...]:
        """Up to six words that may have been meant: known ones that are much alike, and the dictionary's."""
        from rapidfuzz import fuzz, process

        lowered = word.lower()
        alike = process.extract(lowered, {each: each.lower() for each in known.words}, scorer=fuzz.ratio, limit=2,
                                score_cutoff=_LIKE)  # fmt: skip
        names = [each for _, _, each in alike if each != word]
        return tuple(dict.fromkeys((*names, *self._dictionary.suggestions(word))))[:MOST]

    def _spans(self, string: str, known: Known) -> tuple[Span, ...]:
        found: list[Span] = []
        remembered = self._looked_up
        for match in _CHUNK.finditer(string):
            strange = remembered.get(match[0])
            if strange is None:
                strange = self._look_up(match[0])
            if strange:
                at = match.start()
                found.extend((at + word.start, at + word.end) for word in strange if word.string not in known)
        return tuple(found)

    def _look_up(self, chunk: str) -> tuple[Word, ...]:
        """The words of a chunk that the dictionary has not."""
        if len(self._looked_up) >= _REMEMBERED:
            self._looked_up.clear()
        strange = tuple(part for word in words_in(chunk) for part in self._strange_parts(word))
        self._looked_up[chunk] = strange
        return strange

    def _strange_parts(self, word: Word) -> list[Word]:
        """What of a word the dictionary has not: nothing where it has the whole, with its hyphens or without."""
        has, whole = self._dictionary.has, word.string
        strange = [part for part in parts_of(word) if not has(part.string) and not _is_prefix(word, part)]
        if strange and "-" in whole and (has(whole) or has(whole.replace("-", ""))):
            return []
        return strange


def _is_prefix(word: Word, part: Word) -> bool:
    """Whether a part stands before a hyphen, and is one of those that need not be words."""
    behind = part.end - word.start
    return word.string[behind : behind + 1] == "-" and part.string.lower() in _PREFIXES
