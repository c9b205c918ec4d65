"""Where in time the documents lie that a search finds."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefpack.archive.asking import Asked, Engine
from briefpack.archive.database import Database
from briefpack.archive.model import Bar, Filters, Timeline
from briefpack.pack.periods import Period, clipped, periods

MOST = 36
"""The most bars of a timeline: three years of months, nine of quarters."""

_SPANS = """
SELECT published_from, published_to, count(*) FROM document WHERE id IN ({matching}) GROUP BY 1, 2
"""


class _Dated(NamedTuple):
    """How many documents were published between two days; None is open."""

    first: dt.date | None
    last: dt.date | None
    number: int


def timeline(connection: Database, asked: Asked) -> Timeline:
    """All the documents that a search finds, laid out in time."""
    engine = Engine(connection, asked.match, asked.filters)
    statement, bindings = engine.matching(engine.widest)
    rows = list(connection.execute(_SPANS.format(matching=statement), bindings))
    found = [_Dated(_day(first), _day(last), count) for first, last, count in rows]
    bars = tuple(_bars(found, asked.filters))
    undated = sum(each.number for each in found if not bars or (each.first is None and each.last is None))
    return Timeline(bars, undated, sum(each.number for each in found))


def _day(stored: str | None) -> dt.date | None:
    return dt.date.fromisoformat(stored) if stored else None


def _bars(found: Sequence[_Dated], filters: Filters) -> Iterator[Bar]:
    """A bar for each period between the first day and the last on which one of the documents may have been published.

    Dates that are open at one end reach over all bars on that side, and make none of their own.
    """
    closed = [(each.first, each.last) for each in found if each.first and each.last]
    if not closed:
        return
    first = max(min(first for first, _ in closed), filters.after or dt.date.min)
    last = max(last for _, last in closed)
    if filters.before and filters.before <= last:
        last = filters.before - dt.timedelta(days=1)
    known = [each for each in found if each.first or each.last]
    for whole in periods(min(first, last), last, MOST):
        if period := clipped(whole, filters.after, filters.before):
            yield _bar(period, known)


def _bar(period: Period, known: Sequence[_Dated]) -> Bar:
    spans = [(each.first or dt.date.min, each.last or dt.date.max, each.number) for each in known]
    count = sum(number for first, last, number in spans if period.touches(first, last))
    certain = sum(each.number for each in known if each.first and each.last and period.holds(each.first, each.last))
    return Bar(period, count, certain)
