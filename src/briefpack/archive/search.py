"""Answering a query: documents ranked, and the best passages inside each.

Documents that have all that is asked for come first, then, where there is room, those that have some of it. Both are
ranked by BM25 over the newest of the matches, so that a keystroke never waits however large the archive is; totals are
exact. Why documents are ranked and not passages: measured, it finds better.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import apsw
from msgspec import Struct
from msgspec.structs import replace

from briefpack.archive import rows
from briefpack.archive.matching import Match, compiled, highlights
from briefpack.archive.model import Filters, Hit, Passage, PassageHit, PassageKind, Results
from briefpack.archive.query import parse
from briefpack.archive.tokens import Tokenizer, any_of
from briefpack.archive.weighing import idfs

DEPTH = 5_000
"""How many of the newest matches are ranked."""

_PASSAGES = 3
_CANDIDATES = 12
_LESSER = {PassageKind.HEADING: 0.4, PassageKind.CAPTION: 0.4, PassageKind.BOILERPLATE: 0.3}
"""How much of its score a passage keeps that is hardly worth pulling."""

_BEST = """
SELECT id, rank FROM (
    SELECT rowid AS id, bm25(fa, 2.0, 1.0, 0.0) AS rank FROM fa WHERE fa MATCH ? {dated} ORDER BY rowid DESC LIMIT ?
) ORDER BY rank LIMIT ?
"""
_NEWEST = "SELECT rowid, 0.0 FROM fa WHERE fa MATCH ? {dated} ORDER BY rowid DESC LIMIT ?"
_COUNT = "SELECT count(*) FROM fa WHERE fa MATCH ? {dated}"
_DATED = """AND rowid IN (SELECT id FROM document
    WHERE (published_to IS NULL OR published_to >= ?) AND (published_from IS NULL OR published_from < ?))"""


class _Found(Struct, frozen=True):
    """Documents by row and rank, of how many."""

    ranked: Sequence[tuple[int, float]] = ()
    total: int = 0


def search(
    connection: apsw.Connection,
    tokenizer: Tokenizer,
    text: str,
    *,
    limit: int = 20,
    filters: Filters = Filters(),  # noqa: B008 - an immutable value
    typing: bool = False,
) -> Results:
    """The answer to what a user typed, narrowed by ``filters``. With ``typing`` its last word may not be finished."""
    query = parse(text, typing=typing)
    filters = merged(filters, query.filters)
    years = _years(connection) if filters.after or filters.before else range(0)
    engine = _Engine(connection, compiled(query, filters, connection, tokenizer, years), filters)
    full = engine.find(engine.match.required, limit)
    notes = list(query.notes)
    total, hits = full.total, [(row, rank, True) for row, rank in full.ranked]
    if engine.match.partial:
        total = engine.count(engine.match.partial)
        if len(hits) < limit:
            seen = {row for row, _, _ in hits}
            some = engine.ranked(engine.match.partial, limit + len(hits))
            hits += [(row, rank, False) for row, rank in some if row not in seen][: limit - len(hits)]
    if total > DEPTH and engine.match.ranked:
        notes.append(f"Ranked among the newest {DEPTH:,} of {total:,} documents")
    if not full.total:
        notes += _emptied(engine, connection, narrowed=bool(engine.match.scope or query.excluded))
    shown = _Shower(connection, tokenizer, engine.match)
    return Results(
        query=query.text,
        filters=filters,
        total=total,
        complete=full.total,
        notes=tuple(dict.fromkeys(notes)),
        hits=tuple(shown.hit(*hit) for hit in hits),
    )


def merged(given: Filters, typed: Filters) -> Filters:
    """Both filters together: what was typed is added to what was set; the narrower of two dates counts."""
    after = [day for day in (given.after, typed.after) if day]
    before = [day for day in (given.before, typed.before) if day]
    return Filters(
        kinds=_both(given.kinds, typed.kinds),
        regions=_both(given.regions, typed.regions),
        sources=_both(given.sources, typed.sources),
        people=_both(given.people, typed.people),
        tags=_both(given.tags, typed.tags),
        after=max(after, default=None),
        before=min(before, default=None),
    )


def _both(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _years(connection: apsw.Connection) -> range:
    """The years that the archive's dates reach over."""
    query = "SELECT min(published_from), max(published_to), max(published_from), min(published_to) FROM document"
    years = [int(day[:4]) for day in next(iter(connection.execute(query))) if day]
    return range(min(years), max(years) + 1) if years else range(0)


class _Engine:
    """One query on one connection."""

    def __init__(self, connection: apsw.Connection, match: Match, filters: Filters) -> None:
        self._connection = connection
        self.match = match
        dates = (filters.after, filters.before)
        exact = any(day is not None for day in dates)
        self._dated = _DATED if exact else ""
        self._bindings: tuple[str, ...] = ()
        if exact:
            after, before = filters.after, filters.before
            self._bindings = (after.isoformat() if after else "0000", before.isoformat() if before else "9999")

    def find(self, words: str, limit: int) -> _Found:
        """The best documents for ``words`` within scope, without words the newest; and how many there are."""
        found = self.ranked(words, limit)
        return _Found(found, len(found) if len(found) < min(limit, DEPTH) else self.count(words))

    def ranked(self, words: str, limit: int) -> list[tuple[int, float]]:
        """The best documents for ``words`` within scope, without words the newest."""
        if not words:
            return self._rows(_NEWEST, self.match.expression(""), limit)
        return self._rows(_BEST, self.match.expression(self._scored(words)), DEPTH, limit)

    def count(self, words: str) -> int:
        """How many documents there are for ``words``."""
        query = _COUNT.format(dated=self._dated)
        return int(self._connection.execute(query, (self.match.expression(words), *self._bindings)).get)

    def _scored(self, words: str) -> str:
        """``words`` such that documents are ranked by all that was asked for, pairs of neighbouring words included."""
        ranked = self.match.ranked
        return f"({words} AND {ranked})" if words != ranked else words

    def _rows(self, query: str, expression: str, *numbers: int) -> list[tuple[int, float]]:
        bindings = (expression, *self._bindings, *numbers)
        return list(self._connection.execute(query.format(dated=self._dated), bindings))


def _emptied(engine: _Engine, connection: apsw.Connection, *, narrowed: bool) -> list[str]:
    """Why no document has all that was asked for: words that none has, or filters that leave none of those that do."""
    wide = _Engine(connection, replace(engine.match, scope="", excluded=""), Filters())
    missing = [text for text, expression in engine.match.clauses if not wide.count(expression)]
    if missing:
        return ["No document has " + " or ".join(f"“{text}”" for text in missing)]
    if narrowed and (without := wide.count(engine.match.required)):
        return [f"{without:,} documents have the words; the filters leave none of them"]
    return ["No document has all the words"] if len(engine.match.clauses) > 1 else []


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
