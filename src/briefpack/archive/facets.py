"""What the documents found can be narrowed by, with the number of documents that each narrowing leaves.

What is narrowed by one value of a field can be widened by another of it: the values of such a field are those that there
would be without it, so that a second kind can be chosen beside the first.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import cast

import msgspec
from msgspec.structs import replace

from briefpack.archive.asking import Asked, Engine, years_of
from briefpack.archive.database import Database
from briefpack.archive.index import parts_of
from briefpack.archive.matching import scope_of
from briefpack.archive.model import Count, Facets, Filters

MOST = 50
"""The most values of one kind that are listed."""

_FACTS = """
SELECT kind, region, source, people, tags, substr(published_from, 1, 4), substr(published_to, 1, 4)
FROM document WHERE id IN ({matching})
"""

_Facts = tuple[str | None, str | None, str, str, str, str | None, str | None]
"""Kind, region, source, people and tags (as JSON), and the years between which a document was published."""


def facets(connection: Database, asked: Asked) -> Facets:
    """The years, kinds, regions, people, sources and tags of all the documents that a search finds."""
    found = _found(connection, asked, asked.filters)
    less = {name: _found(connection, asked, replace(asked.filters, **{name: ()})) for name in _set(asked.filters)}
    kinds, regions = less.get("kinds", found), less.get("regions", found)
    return Facets(
        years=_years(found),
        kinds=_counts(kinds, lambda facts: (facts[0],) if facts[0] else ()),
        regions=_counts(regions, lambda facts: (facts[1],) if facts[1] else ()),
        people=_named(_counts_of(less.get("people", found), lambda facts: _names(facts[3]))),
        sources=_named(_counts_of(less.get("sources", found), lambda facts: (facts[2],))),
        tags=_named(_counts_of(less.get("tags", found), lambda facts: _names(facts[4]))),
    )


def _set(filters: Filters) -> Iterator[str]:
    """The fields of several values that narrow the search."""
    return (name for name in ("kinds", "regions", "people", "sources", "tags") if getattr(filters, name))


def _found(connection: Database, asked: Asked, filters: Filters) -> Counter[_Facts]:
    """How many documents with the words have each combination of facts, narrowed by these filters."""
    match = asked.match
    if filters != asked.filters:
        years = years_of(connection) if filters.after or filters.before else range(0)
        match = replace(match, scope=scope_of(filters, years))
    engine = Engine(connection, match, filters)
    statement, bindings = engine.matching(engine.widest)
    return cast("Counter[_Facts]", connection.tally(_FACTS.format(matching=statement), bindings))


def _names(packed: str) -> tuple[str, ...]:
    return msgspec.json.decode(packed, type=tuple[str, ...])


def _counts_of(found: Counter[_Facts], values: Callable[[_Facts], tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """How many documents have each combination of values."""
    counts: Counter[tuple[str, ...]] = Counter()
    for facts, count in found.items():
        if having := values(facts):
            counts[having] += count
    return counts


def _counts(found: Counter[_Facts], values: Callable[[_Facts], tuple[str, ...]]) -> tuple[Count, ...]:
    return _listed({value: count for (value,), count in _counts_of(found, values).items()}.items())


def _named(combinations: Counter[tuple[str, ...]]) -> tuple[Count, ...]:
    """How many documents have each name, or a longer one around it: a filter finds names by words in a row."""
    single: Counter[str] = Counter()
    for names, count in combinations.items():
        for name in set(names):
            single[name] += count
    having = [("".join(map(_in_a_row, names)), count) for names, count in combinations.items()]
    counts = {
        name: sum(count for names, count in having if words in names)
        for name, _ in sorted(single.items(), key=lambda each: (-each[1], each[0]))[:MOST]
        if (words := _in_a_row(name).strip("\n")) != "  "
    }
    return _listed(counts.items())


def _in_a_row(name: str) -> str:
    """The words of a name, such that a name within another one is a part of it as text."""
    return f"\n {' '.join(parts_of(name.casefold()))} \n"


def _years(found: Counter[_Facts]) -> tuple[Count, ...]:
    """In how many documents' dates each year may be; years that only an open date reaches are left out."""
    spans: Counter[tuple[int, int]] = Counter()
    for facts, count in found.items():
        first, last = facts[5], facts[6]
        spans[int(first) if first else 0, int(last) if last else 9999] += count
    years = {year for first, last in spans if first and last < 9999 for year in range(first, last + 1)}
    return tuple(
        Count(str(year), sum(count for (first, last), count in spans.items() if first <= year <= last))
        for year in sorted(years)
    )


def _listed(counts: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    """The most frequent first, of equals in the order of the alphabet."""
    ordered = sorted(counts, key=lambda each: (-each[1], each[0].casefold()))
    return tuple(Count(value, count) for value, count in ordered[:MOST])
