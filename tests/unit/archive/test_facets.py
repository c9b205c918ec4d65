"""Facets: what the documents found can be narrowed by, counted exactly."""

import datetime as dt

import pytest
from hypothesis import example, given, settings

from briefpack.archive import Archive, Count, Facets, Filters, Kind
from tests.unit.archive.test_search import TYPED, _one_archive, _shared_archive  # noqa: F401 - a fixture of the module

pytestmark = pytest.mark.both_stores

FIELDS = {"kinds": Kind, "regions": str, "people": str, "sources": str, "tags": str}


def test_of_everything(archive: Archive) -> None:
    found = archive.facets("")
    assert Count("consultation response", 1) in found.kinds
    assert set(found.regions) == {Count("North West", 1), Count("Yorkshire and Humber", 1)}
    assert found.people == (Count("Ada Marsh", 1), Count("Bo Reed", 1))
    assert found.sources == (Count("site.txt", 5),)
    assert "2017" in [year.value for year in found.years]


def test_of_a_search(archive: Archive) -> None:
    assert archive.facets("lichen").regions == (Count("North West", 1),)
    assert archive.facets("zebra") == Facets()


@pytest.mark.parametrize("query", ["", "moss", "moss wardens", "the", "moss -Leeds"])
def test_each_count_is_what_narrowing_leaves(archive: Archive, query: str) -> None:
    _check(archive, query, archive.facets(query))


def test_within_filters(archive: Archive) -> None:
    filters = Filters(kinds=(Kind.REGIONAL_UPDATE,))
    found = archive.facets("moss", filters=filters)
    assert found.kinds == archive.facets("moss").kinds, "another kind can be chosen beside this one"
    assert Count("regional update", archive.search("moss", filters=filters).total) in found.kinds
    assert found.regions == archive.facets('moss kind:"regional update"').regions
    assert sum(each.count for each in found.regions) == archive.search("moss", filters=filters).total


def test_of_several_fields_each_is_counted_without_itself_alone(archive: Archive) -> None:
    filters = Filters(kinds=(Kind.REGIONAL_UPDATE,), regions=("North West",), after=dt.date(2017, 1, 1))
    found = archive.facets("", filters=filters)
    without_kind = Filters(regions=filters.regions, after=filters.after)
    for each in found.kinds:
        narrowed = Filters(kinds=(Kind(each.value),), regions=filters.regions, after=filters.after)
        assert archive.search("", filters=narrowed).total == each.count
    assert sum(each.count for each in found.kinds) <= archive.search("", filters=without_kind).total
    assert {each.value for each in found.regions} == {"North West", "Yorkshire and Humber"}


def test_a_name_within_a_longer_one(archive: Archive, tmp_path) -> None:
    page = "Tags assigned to this article:\n{}\n\nRelated Articles\n\n"
    (tmp_path / "more.txt").write_text(
        "".join(
            f"Item {number}\n\nMoss grew.\n\n\n{page.format(tag)}"
            for number, tag in enumerate(["moss", "wet moss", "wet", "moss"])
        )
    )
    archive.add([tmp_path / "more.txt"])
    _check(archive, "moss", archive.facets("moss"))


@given(TYPED)
@example("person:0")
@example("kind:speech person:0")
@settings(max_examples=60)
def test_of_any_query(typed: str) -> None:
    archive = _shared_archive()
    found = archive.facets(typed)
    results = archive.search(typed)
    total, filters = results.total, results.filters
    narrowed = {name for name in ("kinds", "people") if getattr(filters, name)}  # these are counted without themselves
    listed = [getattr(found, name) for name in ("years", "kinds", "people") if name not in narrowed]
    assert all(0 < each.count <= total for counts in listed for each in counts)
    assert narrowed or sum(each.count for each in found.kinds) <= total


def _check(archive: Archive, query: str, found: Facets) -> None:
    for field, made in FIELDS.items():
        for each in getattr(found, field):
            filters = Filters(**{field: (made(each.value),)})
            assert archive.search(query, filters=filters).total == each.count, (field, each)
    for each in found.years:
        year = int(each.value)
        filters = Filters(after=dt.date(year, 1, 1), before=dt.date(year + 1, 1, 1))
        assert archive.search(query, filters=filters).total == each.count, each
