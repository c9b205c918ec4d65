"""Mistyped words: repaired where no document has them, shown, undone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.archive import Archive, Repair
from briefpack.archive.repair import near

pytestmark = pytest.mark.both_stores


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("acreditation", "accreditation"),
        ("accrediattion", "accreditation"),
        ("wardenns", "wardens"),
        ("Oldhma", "oldham"),
        ("funnding", "funding"),
        ("xunding", "funding"),
        ("co-operatoin", "cooperation"),
        ("title:byelawz", "byelaws"),
    ],
)
def test_repaired(archive: Archive, typed: str, used: str) -> None:
    results = archive.search(typed)
    assert [repair.used for repair in results.repairs] == [used]
    assert results.complete
    assert any(used in note for note in results.notes)


@pytest.mark.parametrize(
    "typed",
    [
        "wardens",
        "accred",  # begins a word
        '"acreditation"',
        "moss -acreditation",
        "mos",  # begins a word
        "mxss",  # too short
        "2O17x1",
        "zebra",
        "person:Oldhma",
    ],
)
def test_not_repaired(archive: Archive, typed: str) -> None:
    assert archive.search(typed).repairs == ()


def test_undone(archive: Archive) -> None:
    results = archive.search("Acreditation wardens", exactly=frozenset({"acreditation"}))
    assert results.repairs == ()
    assert "No document has “Acreditation”" in results.notes
    assert archive.search("Acreditation wardens").repairs == (Repair("Acreditation", "accreditation"),)


def test_a_repaired_word_is_then_widened(archive: Archive) -> None:
    archive.add_acronym("MMC", "moss surveys")
    archive.add_acronym("LICH", "lichen surveys")
    results = archive.search("lichen survveys")
    assert [repair.used for repair in results.repairs] == ["surveys"]
    assert results.complete == 1


@given(st.text(alphabet="abcd", min_size=1, max_size=8), st.lists(st.text(alphabet="abcd", min_size=1, max_size=8)))
@settings(max_examples=50)
def test_the_nearest_first_and_none_that_is_far(word: str, words: list[str]) -> None:
    found = near(word, words)
    assert all(likeness >= 0.78 for _, likeness in found)
    assert [likeness for _, likeness in found] == sorted((likeness for _, likeness in found), reverse=True)
    assert {each for each, _ in found} <= set(words)
    if word in words:
        assert found[0] == (word, 1.0)
