"""The best passages of the documents that are shown.

The passages are read and looked through rather than asked of an index: measured, this takes a third of the time of an index
of passages, and the archive a quarter less room.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from briefpack.archive import rows
from briefpack.archive.database import Database
from briefpack.archive.marking import Marker, Pattern, Place, merged
from briefpack.archive.matching import Match
from briefpack.archive.model import PassageHit, PassageKind
from briefpack.archive.tokens import Tokenizer

SHOWN = 3
"""Passages of a document that are shown."""

_LESSER = {PassageKind.HEADING: 0.4, PassageKind.CAPTION: 0.4, PassageKind.BOILERPLATE: 0.3}
"""How much of its weight a passage keeps that is hardly worth pulling."""

_K1, _B = 1.2, 0.75
_USUAL = 220
"""Characters of a passage of usual length."""

_PASSAGES = """
SELECT document_id, key, kind, text, heading, lead_in, speaker FROM passage WHERE document_id IN ({marks})
ORDER BY document_id, id
"""


_Row = tuple[str, str, str, str, str, str]
"""Key, kind, text, heading, lead-in and speaker of a passage."""


class Picked(Struct, frozen=True):
    """The best passages of a document, and how many others match."""

    passages: tuple[PassageHit, ...] = ()
    more: int = 0


class _Candidate(Struct):
    """A passage that matches."""

    weight: float
    row: _Row
    places: Sequence[Sequence[Place]]


class Picker:
    """Chooses by the patterns of one query: BM25 within the document, the counts being those of the archive."""

    def __init__(self, connection: Database, tokenizer: Tokenizer, match: Match) -> None:
        self._connection = connection
        self._count = len(match.patterns)
        self._marker = Marker((*match.patterns, *match.pairs), tokenizer)
        self._headings = [at for at, pattern in enumerate(match.patterns) if pattern.heading]
        self._weights = _weights(connection, match.patterns, match.pairs)

    def picked(self, documents: Sequence[rows.Stored]) -> dict[int, Picked]:
        """The best passages of each of ``documents``, by row; of one without a match, its first."""
        if not documents:
            return {}
        query = _PASSAGES.format(marks=", ".join("?" * len(documents)))
        found = self._connection.execute(query, [each.rowid for each in documents])
        keys = {each.rowid: each.head.id for each in documents}
        return {
            row: self._best(keys[row], (each[1:] for each in passages))
            for row, passages in groupby(found, itemgetter(0))
        }

    def _best(self, key: str, passages: Iterable[_Row]) -> Picked:
        opening, matching = None, []
        find, nowhere, headings = self._marker.places, self._marker.nowhere, bool(self._headings)
        for row in passages:
            places = find(row[2])
            if (places is not nowhere or headings) and (weight := self._weight(row, places)):
                matching.append(_Candidate(weight, row, places))
            elif opening is None and PassageKind(row[1]) not in _LESSER:
                opening = row
        if not matching:
            return Picked((_shown(key, opening, ()),)) if opening else Picked()
        matching.sort(key=lambda each: -each.weight)
        best = tuple(_shown(key, each.row, each.places[: self._count]) for each in matching[:SHOWN])
        return Picked(best, len(matching) - len(best))

    def _weight(self, row: _Row, places: Sequence[Sequence[Place]]) -> float:
        _, kind, text, heading, *_ = row
        if self._headings:
            places = self._under(places, self._marker.places(text if kind == PassageKind.HEADING else heading))
        if not any(places):
            return 0.0
        length = _K1 * (1 - _B + _B * len(text) / _USUAL)
        weight = 0.0
        for telling, found in zip(self._weights, places, strict=True):
            if found:
                weight += telling * len(found) * (_K1 + 1) / (len(found) + length)
        return weight * _LESSER.get(PassageKind(kind), 1.0)

    def _under(
        self, places: Sequence[Sequence[Place]], heading: Sequence[Sequence[Place]]
    ) -> Sequence[Sequence[Place]]:
        """The places that count: those of patterns of headings are in the heading."""
        return [heading[at] if at in self._headings else found for at, found in enumerate(places)]


def _shown(key: str, row: _Row, places: Sequence[Sequence[Place]]) -> PassageHit:
    passage, kind, text, heading, lead_in, speaker = row
    return PassageHit(
        id=f"{key}.{passage}",
        text=text,
        highlights=merged(places),
        heading=heading,
        lead_in=lead_in,
        kind=PassageKind(kind),
        speaker=speaker,
    )


def _weights(connection: Database, patterns: Sequence[Pattern], pairs: Sequence[Pattern]) -> list[float]:
    """How telling each pattern is; a pair is as telling as both of its words."""
    if len(patterns) < 2:
        return [1.0] * (len(patterns) + len(pairs))
    weights = [connection.text.telling(pattern.expression) for pattern in patterns]
    single = {pattern.stems: weight for pattern, weight in zip(patterns, weights, strict=True)}
    return [*weights, *(sum(single.get((stem,), 0.0) for stem in pair.stems) for pair in pairs)]
