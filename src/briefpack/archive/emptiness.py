"""Why a search finds no document that has all that was asked for."""

from collections.abc import Iterator

from msgspec.structs import replace

from briefpack.archive.asking import Asked, Engine, years_of
from briefpack.archive.database import Database
from briefpack.archive.matching import scope_of
from briefpack.archive.model import Filters
from briefpack.pack.dates import day_words

_NAMES = {"kinds": "kind", "regions": "region", "sources": "source", "people": "person", "tags": "tag"}
"""What a filter of several values is called."""


def emptied(connection: Database, asked: Asked) -> list[str]:
    """The words that no document has; else what narrows the search to none of those that have them; as sentences."""
    match = asked.match
    wide = Engine(connection, replace(match, scope="", excluded=""), Filters())
    missing = [text for text, expression in match.clauses if not wide.count(expression)]
    if missing:
        return ["No document has " + " or ".join(f"“{text}”" for text in missing)]
    if (match.scope or match.excluded) and (without := wide.count(match.required)):
        return [_narrowed(connection, asked, without)]
    return ["No document has all the words"] if len(match.clauses) > 1 else []


def _narrowed(connection: Database, asked: Asked, without: int) -> str:
    """How many documents have the words, and how many there are when each thing that narrows them is lifted alone."""
    lifted = [
        f"without {name} there {'is' if count == 1 else 'are'} {count:,}"
        for name, engine in _lifted(connection, asked)
        if (count := engine.count(asked.match.required))
    ]
    words = f"{without:,} documents have the words" if without > 1 else "1 document has the words"
    return "; ".join((words, f"the filters leave {'none of them' if without > 1 else 'it out'}", *lifted))


def _lifted(connection: Database, asked: Asked) -> Iterator[tuple[str, Engine]]:
    """Each thing that narrows the search by what the user calls it, and the search without it."""
    filters, match = asked.filters, asked.match
    years = years_of(connection) if filters.after or filters.before else range(0)
    for field, name in _NAMES.items():
        if values := getattr(filters, field):
            less = replace(filters, **{field: ()})
            named = " or ".join(f"“{value}”" for value in values)
            yield f"the {name} {named}", Engine(connection, replace(match, scope=scope_of(less, years)), less)
    if filters.after or filters.before:
        less = replace(filters, after=None, before=None)
        yield _dates(filters), Engine(connection, replace(match, scope=scope_of(less, years)), less)
    if match.excluded:
        words = " ".join(f"“-{term.text}”" for term in asked.query.excluded)
        yield words, Engine(connection, replace(match, excluded=""), filters)


def _dates(filters: Filters) -> str:
    parts = [
        f"{name} {day_words(day)}"
        for name, day in (("from", filters.after), ("before", filters.before))
        if day is not None
    ]
    return f"the date ({', '.join(parts)})"
