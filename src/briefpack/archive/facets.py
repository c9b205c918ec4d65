"""What the documents found can be narrowed by, with the number of documents that each narrowing leaves.

What is narrowed by one value of a field can be widened by another of it: the values of such a field are those that there
would be without it, so that a second kind can be chosen beside the first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

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

_FIELDS = ("kinds", "regions", "sources", "people", "tags", "first", "last")
"""What the columns are: people and tags as JSON, first and last the years between which a document was published."""


class _Found:
    """How many documents have each combination of values, by column: what is the same is counted once."""

    def __init__(self, combinations: Counter[tuple[str | None, ...]]) -> None:
        self._columns = dict(zip(_FIELDS, zip(*combinations, strict=True), strict=False))
        self._counts = list(combinations.values())

    def of(self, name: str) -> Counter[str | None]:
        """How many documents have each value of a field."""
        counts: dict[str | None, int] = defaultdict(int)
        for value, count in zip(self._columns.get(name, ()), self._counts, strict=False):
            counts[value] += count
        return Counter(counts)

    def years(self) -> Counter[tuple[int, int]]:
        """How many documents were published between each two years; 0 and 9999 are open."""
        counts: dict[tuple[str | None, str | None], int] = defaultdict(int)
        spans = zip(self._columns.get("first", ()), self._columns.get("last", ()), strict=True)
        for span, count in zip(spans, self._counts, strict=False):
            counts[span] += count
        result: Counter[tuple[int, int]] = Counter()
        for (first, last), count in counts.items():
            result[int(first or 0), int(last or 9999)] += count
        return result


def facets(connection: Database, asked: Asked) -> Facets:
    """The years, kinds, regions, people, sources and tags of all the documents that a search finds."""
    found = _found(connection, asked, asked.filters)
    less = {name: _found(connection, asked, replace(asked.filters, **{name: ()})) for name in _set(asked.filters)}

    def values(name: str) -> Counter[str | None]:
        return less.get(name, found).of(name)

    return Facets(
        years=_years(found.years()),
        kinds=_counts(values("kinds")),
        regions=_counts(values("regions")),
        people=_named(Counter({_names(packed): count for packed, count in values("people").items()})),
        sources=_named(Counter({(source or "",): count for source, count in values("sources").items()})),
        tags=_named(Counter({_names(packed): count for packed, count in values("tags").items()})),
    )


def _set(filters: Filters) -> Iterator[str]:
    """The fields of several values that narrow the search."""
    return (name for name in ("kinds", "regions", "people", "sources", "tags") if getattr(filters, name))


def _found(connection: Database, asked: Asked, filters: Filters) -> _Found:
    """How many documents with the words have each combination of facts, narrowed by these filters."""
    match = asked.match
    if filters != asked.filters:
        years = years_of(connection) if filters.after or filters.before else range(0)
        match = replace(match, scope=scope_of(filters, years))
    engine = Engine(connection, match, filters)
    statement, bindings = engine.matching(engine.widest)
    return _Found(connection.tally(_FACTS.format(matching=statement), bindings))


def _names(packed: str | None) -> tuple[str, ...]:
    return msgspec.json.decode(packed or "[]", type=tuple[str, ...])


def _counts(found: Counter[str | None]) -> tuple[Count, ...]:
    return _listed((value, count) for value, count in found.items() if value)


def _named(combinations: Counter[tuple[str, ...]]) -> tuple[Count, ...]:
    """How many documents have each name, or a longer one around it: a filter finds names by words in a row."""
    single: Counter[str] = Counter()
    for names, count in combinations.items():
        for name in set(names):
            single[name] += count
    row = {name: _in_a_row(name) for name in single}
    having = [("".join(map(row.__getitem__, names)), count) for names, count in combinations.items()]
    counts = {
        name: sum(count for names, count in having if words in names)
        for name, _ in sorted(single.items(), key=lambda each: (-each[1], each[0]))[:MOST]
        if (words := row[name].strip("\n")) != "  "
    }
    return _listed(counts.items())


def _in_a_row(name: str) -> str:
    """The words of a name, such that a name within another one is a part of it as text."""
    return f"\n {' '.join(parts_of(name.casefold()))} \n"


def _years(spans: Counter[tuple[int, int]]) -> tuple[Count, ...]:
    """In how many documents' dates each year may be; years that only an open date reaches are left out."""
    years = {year for first, last in spans if first and last < 9999 for year in range(first, last + 1)}
    return tuple(
        Count(str(year), sum(count for (first, last), count in spans.items() if first <= year <= last))
        for year in sorted(years)
    )


def _listed(counts: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    """The most frequent first, of equals in the order of the alphabet."""
    ordered = sorted(counts, key=lambda each: (-each[1], each[0].casefold()))
    return tuple(Count(value, count) for value, count in ordered[:MOST])
