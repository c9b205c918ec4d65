"""What a search can be narrowed to, one choice at a time. No Qt."""

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple

from msgspec.structs import replace

from briefpack.archive.model import Facets, Filters, Kind
from briefpack.pack.dates import day_words
from briefpack.pack.periods import Period

FACETS = {
    "years": "Year",
    "kinds": "Kind",
    "regions": "Region",
    "people": "Person",
    "sources": "Source",
    "tags": "Tag",
}
"""The fields of :class:`~briefpack.archive.model.Facets` and what they are called."""


class Choice(NamedTuple):
    """A value of a facet; of years also ``after`` or ``before`` alone, as a saved search may have it."""

    facet: str
    value: str

    @property
    def label(self) -> str:
        """What it is called on its chip."""
        if self.facet == "sources":
            return PurePath(self.value).name
        return self.value[:1].upper() + self.value[1:]

    @property
    def described(self) -> str:
        """What it is called where nothing around it says what it is."""
        return f"{FACETS[self.facet]}: {self.label}"


def chosen(filters: Filters) -> Iterator[Choice]:
    """The choices that filters are made of."""
    if filters.after or filters.before:
        yield Choice("years", _years(filters.after, filters.before))
    for facet in FACETS:
        if facet != "years":
            for value in getattr(filters, facet):
                yield Choice(facet, str(value))


def chose(filters: Filters, choice: Choice) -> Filters:
    """The filters with one choice more; of years there is one at a time."""
    if choice.facet == "years":
        year = int(choice.value)
        return replace(filters, after=dt.date(year, 1, 1), before=dt.date(year + 1, 1, 1))
    values = getattr(filters, choice.facet)
    value = Kind(choice.value) if choice.facet == "kinds" else choice.value
    return filters if value in values else replace(filters, **{choice.facet: (*values, value)})


def unchose(filters: Filters, choice: Choice) -> Filters:
    """The filters without a choice."""
    if choice.facet == "years":
        return replace(filters, after=None, before=None)
    values = tuple(value for value in getattr(filters, choice.facet) if value != choice.value)
    return replace(filters, **{choice.facet: values})


def offered(facets: Facets) -> Iterator[tuple[str, list[tuple[Choice, int]]]]:
    """What facets offer: each facet by what it is called, with its choices and their counts; the latest year first."""
    for facet, name in FACETS.items():
        counts = [(Choice(facet, each.value), each.count) for each in getattr(facets, facet)]
        if counts:
            yield name, counts[::-1] if facet == "years" else counts


def _years(after: dt.date | None, before: dt.date | None) -> str:
    if after and before and after < before:
        return Period(after, before).words
    parts = [f"from {day_words(after)}" if after else "", f"before {day_words(before)}" if before else ""]
    return " ".join(filter(None, parts))
