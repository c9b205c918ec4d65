"""Answering a query: documents ranked, and the best passages inside each.

Documents that have all that is asked for come first, then, where there is room, those that have some of it. Why documents
are ranked and not passages: measured, it finds better.
"""

from collections.abc import Iterable, Iterator, Sequence

from briefpack.archive import rows
from briefpack.archive.asking import Asked, Engine
from briefpack.archive.database import Database
from briefpack.archive.emptiness import emptied
from briefpack.archive.matching import Match, highlights
from briefpack.archive.model import Hit, Passage, PassageHit, PassageKind, Results
from briefpack.archive.tokens import Tokenizer

_PASSAGES = 3
_CANDIDATES = 12
_LESSER = {PassageKind.HEADING: 0.4, PassageKind.CAPTION: 0.4, PassageKind.BOILERPLATE: 0.3}
"""How much of its score a passage keeps that is hardly worth pulling."""


def search(connection: Database, tokenizer: Tokenizer, asked: Asked, *, limit: int = 20) -> Results:
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
    return Results(
        query=query.text,
        filters=asked.filters,
        total=total,
        complete=full.total,
        notes=tuple(dict.fromkeys(notes)),
        hits=tuple(_Shower(connection, tokenizer, engine.match).hits(hits)),
        repairs=asked.repairs,
        widened=asked.widened,
    )


class _Shower:
    """Hits with their passages."""

    def __init__(self, connection: Database, tokenizer: Tokenizer, match: Match) -> None:
        self._connection = connection
        self._tokenizer = tokenizer
        self._match = match

    def hits(self, ranked: Sequence[tuple[int, float, bool]]) -> Iterator[Hit]:
        """The documents in rows, each with its rank and whether it has all that was asked for, as hits."""
        found = rows.stored_in(self._connection, [row for row, _, _ in ranked])
        heads = [found[row] for row, _, _ in ranked]
        spans = [(each.first_passage, each.last_passage) for each in heads]
        best = self._connection.text.passages(spans, self._match.passages, _CANDIDATES)
        texts = rows.passages_in(self._connection, [row for shown, _ in best for row, _ in shown])
        for (_, rank, complete), head, (shown, total) in zip(ranked, heads, best, strict=True):
            yield self._hit(head, rank, complete, [(texts[row], weight) for row, weight in shown], total)

    def _hit(
        self, found: rows.Stored, rank: float, complete: bool, best: list[tuple[Passage, float]], total: int
    ) -> Hit:
        passages, more = self._passages(found, best, total)
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

    def _passages(
        self, found: rows.Stored, best: list[tuple[Passage, float]], total: int
    ) -> tuple[tuple[PassageHit, ...], int]:
        """The best passages of a document, and how many others match; without a match, its first."""
        if not best:
            opening = next(_readable(rows.passages_of(self._connection, found)), None)
            return ((self._shown(opening),) if opening else ()), 0
        best.sort(key=lambda each: -each[1] * _LESSER.get(each[0].kind, 1.0))
        return tuple(self._shown(each) for each, _ in best[:_PASSAGES]), total - min(total, _PASSAGES)

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
