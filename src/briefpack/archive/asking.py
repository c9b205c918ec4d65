"""What a user typed, understood: repaired, widened, narrowed, and made into a query that the index is asked.

A question is ranked by BM25 over the newest of its matches, so that a keystroke never waits however large the archive
is; counts are exact.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from briefpack.archive.database import Database, Days, Statement
from briefpack.archive.glossary import Glossary
from briefpack.archive.matching import Match, compiled
from briefpack.archive.model import Filters, Repair, Widening
from briefpack.archive.query import Query, parse
from briefpack.archive.repair import as_typed, repaired
from briefpack.archive.tokens import Tokenizer, all_of
from briefpack.archive.widening import widened

DEPTH = 40_000
"""How many of the newest matches of a finished question are ranked; benchmarks/README.md tells what that costs and finds."""

TYPING_DEPTH = 5_000
"""The same while the last word is still being typed, when every letter is a question."""


MANY = 2_000
"""Answers from which only those are ranked that have one of the words often."""


_ENDS = """
SELECT (SELECT min(published_from) FROM document), (SELECT max(published_from) FROM document),
    (SELECT min(published_to) FROM document), (SELECT max(published_to) FROM document)
"""
"""Apart, so that an index answers each."""


class Asked(Struct, frozen=True):
    """A question as it was understood: ``filters`` are those that were set and those that were typed.

    ``depth`` is how many of the newest matches are ranked.
    """

    query: Query
    filters: Filters
    match: Match
    depth: int
    repairs: tuple[Repair, ...] = ()
    widened: tuple[Widening, ...] = ()


class Found(Struct, frozen=True):
    """Documents by row and rank, of how many; ``bounded`` is whether older ones were left unranked."""

    ranked: Sequence[tuple[int, float]] = ()
    total: int = 0
    bounded: bool = False


def ask(
    connection: Database,
    tokenizer: Tokenizer,
    glossary: Glossary,
    text: str,
    *,
    filters: Filters = Filters(),  # noqa: B008 - an immutable value
    typing: bool = False,
    exactly: frozenset[str] = frozenset(),
) -> Asked:
    """Understand what was typed. The words of ``exactly`` are neither repaired nor widened."""
    exactly = frozenset(map(as_typed, exactly))
    query, repairs = repaired(parse(text, typing=typing), connection, tokenizer, glossary, exactly)
    query, wider = widened(query, connection, tokenizer, glossary, exactly)
    filters = merged(filters, query.filters)
    years = years_of(connection) if filters.after or filters.before else range(0)
    match = compiled(query, filters, connection, tokenizer, years)
    depth = min(TYPING_DEPTH if typing else DEPTH, connection.text.deepest(typing=typing))
    return Asked(query, filters, match, depth, repairs, wider)


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


def years_of(connection: Database) -> range:
    """The years that the archive's dates reach over."""
    years = [int(day[:4]) for day in next(iter(connection.execute(_ENDS))) if day]
    return range(min(years), max(years) + 1) if years else range(0)


class Engine:
    """One query on one connection."""

    def __init__(self, connection: Database, match: Match, filters: Filters, depth: int = DEPTH) -> None:
        self._text = connection.text
        self.match = match
        self._depth = depth
        after, before = filters.after, filters.before
        self._days: Days | None = None
        if after or before:
            self._days = (after.isoformat() if after else "0000", before.isoformat() if before else "9999")

    def full(self, limit: int) -> Found:
        """The best documents that have all that is asked for, without words the newest."""
        if not self.match.required:
            newest = self._text.newest(self.match.expression(""), self._days, limit)
            return Found(newest, self.count(""))
        return self._best(self.match.required, self.match.ranked, limit)

    def partial(self, limit: int) -> Found:
        """The best documents that have some of it; no more than are counted where ``limit`` is 0."""
        if not limit:
            return Found(total=self.count(self.match.partial))
        return self._best(self.match.partial, self.match.ranked_partial, limit)

    def _best(self, words: str, ranked: str, limit: int) -> Found:
        total = self.count(words)
        if total > MANY and self.match.salient != ranked:
            expression = self.match.expression(all_of([self.match.salient, words]))
            found = self._text.best(expression, self._days, self._depth, limit)
            if len(found) == limit:
                deep = total > self._depth and self._text.count(expression, most=self._depth + 1) > self._depth
                return Found(found, total, deep)
        found = self._text.best(self.match.expression(ranked), self._days, self._depth, limit)
        return Found(found, total, total > self._depth)

    def count(self, words: str) -> int:
        """How many documents there are for ``words``."""
        return self._text.count(self.match.expression(words), self._days)

    def matching(self, words: str) -> Statement:
        """The statement that gives the rows of all documents for ``words`` within scope, and its values."""
        return self._text.matching(self.match.expression(words), self._days)

    @property
    def widest(self) -> str:
        """The words of which every answer has some, as few as they may be."""
        return self.match.partial or self.match.required
