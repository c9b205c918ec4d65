"""Repair and widening add alternatives to words alone: what narrows a search narrows it as before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.archive import Archive, Filters, Kind
from briefpack.archive.query import parse
from briefpack.errors import UserError
from tests.unit.archive.conftest import dump

SIGNS = '"()*:^-+{}|. \ue000\ue001'
WORDS = st.lists(
    st.sampled_from(
        ["moss", "MC", "moss", "committee", "acreditation", "wardenns", "OR", "NOT", "-Leeds", '"MC', "fern*", "and"]
    )
    | st.text(alphabet=f"mosMC{SIGNS}", max_size=8),
    max_size=8,
).map(" ".join)
ADDED = st.text(alphabet=f"abMC{SIGNS}", min_size=1, max_size=10)

_OPENED: list[Archive] = []


@pytest.fixture(scope="module", autouse=True)
def _one_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder: Path = tmp_path_factory.mktemp("escapes")
    (folder / "site.txt").write_text(dump(), encoding="utf-8")
    with Archive.open(folder / "archive") as archive:
        archive.add([folder / "site.txt"])
        archive.add_acronym("MC", "Moss Committee")
        for number, sign in enumerate(SIGNS.strip()):
            archive.add_acronym(f"M{sign}{number}", f"moss{sign} {sign}wardens")
        _OPENED.append(archive)
        yield
    _OPENED.clear()


@given(WORDS)
@settings(max_examples=150)
def test_filters_hold(typed: str) -> None:
    (archive,) = _OPENED
    found = archive.search(typed, filters=Filters(kinds=(Kind.REGIONAL_UPDATE,), people=()))
    assert all(hit.kind is Kind.REGIONAL_UPDATE for hit in found.hits)


@given(WORDS)
@settings(max_examples=150)
def test_what_is_left_out_stays_out(typed: str) -> None:
    (archive,) = _OPENED
    for hit in archive.search(f"-moss {typed}").hits:
        assert "moss" not in archive.document(hit.id).text.casefold()


@given(WORDS)
@settings(max_examples=150)
def test_it_only_ever_adds_and_can_be_undone(typed: str) -> None:
    (archive,) = _OPENED
    helped = archive.search(typed)
    undone = frozenset(each.typed for each in (*helped.repairs, *helped.widened))
    plain = archive.search(typed, exactly=undone)
    assert not {each.typed for each in (*plain.repairs, *plain.widened)} & undone
    assert {hit.id for hit in plain.hits if hit.complete} <= {hit.id for hit in helped.hits if hit.complete}
    assert helped.query == plain.query == parse(typed).text
    assert helped.filters == plain.filters


@given(ADDED, ADDED)
@settings(max_examples=60)
def test_no_acronym_breaks_a_query(short: str, long: str) -> None:
    (archive,) = _OPENED
    before = archive.acronyms()
    try:
        archive.add_acronym(short, f"{long} moss")
    except UserError:
        return
    for typed in (short, f"{long} moss", f"moss {short}"):
        archive.search(typed)
        archive.facets(typed)
    archive.remove_acronym(short, f"{long} moss")
    assert archive.acronyms() == before
