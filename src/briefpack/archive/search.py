"""Answering a query: documents ranked, and the best passages inside each.

Documents that have all that is asked for come first, then, where there is room, those that have some of it. Why documents
are ranked and not passages: measured, it finds better.
"""

from collections.abc import Iterable, Iterator

import apsw

from briefpack.archive import rows
from briefpack.archive.asking import Asked, Engine
from briefpack.archive.emptiness import emptied
from briefpack.archive.matching import Match, highlights
from briefpack.archive.model import Hit, Passage, PassageHit, PassageKind, Results
from briefpack.archive.tokens import Tokenizer, any_of
from briefpack.archive.weighing import idfs

_PASSAGES = 3
_CANDIDATES = 12
_LESSER = {PassageKind.HEADING: 0.4, PassageKind.CAPTION: 0.4, PassageKind.BOILERPLATE: 0.3}
"""How much of its score a passage keeps that is hardly worth pulling."""


def search(connection: apsw.Connection, tokenizer: Tokenizer, asked: Asked, *, limit: int = 20) -> Results:
    """The answer to a question."""
    query, engine = asked.query, Engine(connection, asked.match, asked.filters, asked.depth)
    full = engine.find(engine.match.required, limit)
    helped = (*(each.sentence for each in asked.repairs), *(each.sentence for each in asked.widened))
    notes = [*query.notes, *helped]
    total, hits = full.total, [(row, rank, True) for row, rank in full.ranked]
    if engine.match.partial:
        total = engine.count(engine.match.partial)
        if len(hits) < limit:
            seen = {row for row, _, _ in hits}
            some = engine.ranked(engine.match.partial, limit + len(hits))
            hits += [(row, rank, False) for row, rank in some if row not in seen][: limit - len(hits)]
    if total > asked.depth and engine.match.ranked:
        notes.append(f"Ranked among the newest {asked.depth:,} of {total:,} documents")
    if not full.total:
        notes += emptied(connection, asked)
    shown = _Shower(connection, tokenizer, engine.match)
    return Results(
        query=query.text,
        filters=asked.filters,
        total=total,
        complete=full.total,
        notes=tuple(dict.fromkeys(notes)),
        hits=tuple(shown.hit(*hit) for hit in hits),
        repairs=asked.repairs,
        widened=asked.widened,
    )


class _Shower:
    """Hits with their passages."""

    def __init__(self, connection: apsw.Connection, tokenizer: Tokenizer, match: Match) -> None:
        self._connection = connection
        self._tokenizer = tokenizer
        self._match = match
        self._phrases = any_of(match.passages) if match.passages else ""
        self._weights = idfs(connection, match.passages)

    def hit(self, row: int, rank: float, complete: bool) -> Hit:
        """A document as a hit."""
        found = next(rows.stored(self._connection, "id = ?", (row,)))
        passages, more = self._passages(found)
        head = found.head
        return Hit(
            id=head.id,
            title=head.title,
            ordinal=head.ordinal,
            date=head.date,
            kind=head.kind,
            region=head.region,
            source=head.source,
            score=round(-rank, 4) or 0.0,
            passages=passages,
            more=more,
            complete=complete,
        )

    def _passages(self, found: rows.Stored) -> tuple[tuple[PassageHit, ...], int]:
        """The best passages of a document, and how many others match; without a match, its first."""
        span = (found.first_passage, found.last_passage)
        best = self._ranked(span) if self._phrases else []
        if not best:
            opening = next(_readable(rows.passages_of(self._connection, found)), None)
            return ((self._shown(opening),) if opening else ()), 0
        total = len(best)
        if total == _CANDIDATES:
            query = "SELECT count(*) FROM fp WHERE fp MATCH ? AND rowid BETWEEN ? AND ?"
            total = self._connection.execute(query, (self._phrases, *span)).get
        passages = {}
        for place, _ in best:
            (passages[place],) = rows.passages_between(self._connection, found.head.id, place, place)
        best.sort(key=lambda each: -each[1] * _LESSER.get(passages[each[0]].kind, 1.0))
        return tuple(self._shown(passages[place]) for place, _ in best[:_PASSAGES]), total - min(total, _PASSAGES)

    def _ranked(self, span: tuple[int, int]) -> list[tuple[int, float]]:
        values = ", ?" * len(self._weights)
        query = (
            f"SELECT rowid, weighed(fp{values}) FROM fp"  # noqa: S608 - marks of places alone
            " WHERE fp MATCH ? AND rowid BETWEEN ? AND ? ORDER BY 2 DESC LIMIT ?"
        )
        return list(self._connection.execute(query, (*self._weights, self._phrases, *span, _CANDIDATES)))

    def _shown(self, passage: Passage) -> PassageHit:
        return PassageHit(
            id=passage.id,
            text=passage.text,
            highlights=highlights(passage.text, self._match.patterns, self._tokenizer),
            heading=passage.heading,
            lead_in=passage.lead_in,
            kind=passage.kind,
            speaker=passage.speaker,
        )


def _readable(passages: Iterable[Passage]) -> Iterator[Passage]:
    return (passage for passage in passages if passage.kind not in _LESSER)
