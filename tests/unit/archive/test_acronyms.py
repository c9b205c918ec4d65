"""Acronyms: explained by documents, listed by departments, decided by the user."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.archive import Acronym, AcronymOrigin, Archive
from briefpack.archive.acronyms import explained
from briefpack.archive.glossary import short_key
from briefpack.assets import resource
from briefpack.errors import UserError
from tests.unit.archive.conftest import Opener, dump

pytestmark = pytest.mark.both_stores

PARKS = (
    ("Rangers", "The park ranger training scheme (PRTS) began. Two PRTS courses were full."),
    ("Courses", "Numbers on the Park Ranger Training Scheme (PRTSs) grew."),
    ("Ferns", "PRTS wardens planted ferns."),
    ("Ponds", "Ponds are cleaned by those whom the park ranger training scheme has taught."),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Unaccompanied Asylum-Seeking Children (UASC) came", [("UASC", "Unaccompanied Asylum-Seeking Children")]),
        ("for unaccompanied asylum seeking children (UASCs).", [("UASC", "unaccompanied asylum seeking children")]),
        ("A Department for Education (DfE) grant", [("DfE", "Department for Education")]),
        ("special educational needs and disabilities (SEND)", [("SEND", "special educational needs and disabilities")]),
        ("the National Audit Office (the NAO) said", [("NAO", "National Audit Office")]),
        ("the National Audit Office’s (NAO’s) report", [("NAO", "National Audit Office")]),
        ("the NAO (National Audit Office) said", [("NAO", "National Audit Office")]),
        ("the NAO (the “National Audit Office”) said", [("NAO", "National Audit Office")]),
        ("education, health and care plans (EHCPs)", [("EHCP", "education, health and care plans")]),
        ("Moss. Children and Adult Panels (“CAP”)", [("CAP", "Children and Adult Panels")]),
        ("assessment and treatment units (ATU)", [("ATU", "assessment and treatment units")]),
        ("Reading and Writing (R&W)", [("R&W", "Reading and Writing")]),
        ("Bodies. And Units (AU)", []),
        ("the warden (NAO) said", []),
        ("in the park (LEEDS)", []),
        ("It was wet (in places) (NW)", []),
        ("NAO (see the annex)", []),
    ],
)
def test_what_a_text_explains(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(explained(text)) == expected


@given(st.text(alphabet=st.sampled_from("ABCabc -()and&’s.\n“”"), max_size=120))
def test_what_is_explained_stands_there_and_begins_with_the_letters(text: str) -> None:
    for short, long in explained(text):
        assert short in text
        assert " ".join(text.split()).find(long) >= 0
        assert long[0].casefold() == short[0].casefold()


def test_the_departments_list_is_sound() -> None:
    for path in resource("acronyms").glob("*.toml"):
        listed = tomllib.loads(path.read_text(encoding="utf-8"))["acronyms"]
        keys = [short_key(short) for short in listed]
        assert len(keys) == len(set(keys)) > 100
        for short, long in listed.items():
            for each in [long] if isinstance(long, str) else long:
                assert len(each.split()) > 1 or "-" in each, short


@pytest.fixture
def parks(opener: Opener, tmp_path: Path) -> Archive:
    path = tmp_path / "parks.txt"
    path.write_text(dump(PARKS), encoding="utf-8")
    with opener("archive") as archive:
        archive.add([path])
        yield archive


def mined(archive: Archive) -> list[Acronym]:
    return [each for each in archive.acronyms() if each.origin is AcronymOrigin.MINED]


def complete(archive: Archive, query: str, *exactly: str) -> set[str]:
    return {hit.title for hit in archive.search(query, exactly=frozenset(exactly)).hits if hit.complete}


def test_a_form_in_capitals_yields_to_one_that_is_not(opener: Opener, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nTHE WET PARKS BOARD (WPB) met.")
    (tmp_path / "b.md").write_text("# B\n\nThe Wet Parks Board (WPB) rose.")
    archive = opener("capitals")
    archive.add([tmp_path / "a.md", tmp_path / "b.md"])
    assert mined(archive) == [Acronym("WPB", "Wet Parks Board", AcronymOrigin.MINED, 2)]


def test_documents_are_counted(parks: Archive) -> None:
    assert mined(parks) == [Acronym("PRTS", "Park Ranger Training Scheme", AcronymOrigin.MINED, 2)]


def test_a_document_that_changes_explains_no_more(parks: Archive, tmp_path: Path) -> None:
    path = tmp_path / "parks.txt"
    path.write_text(dump(PARKS).replace("scheme (PRTS)", "scheme"), encoding="utf-8")
    parks.add([path])
    assert [each.documents for each in mined(parks)] == [1]


@pytest.mark.parametrize("typed", ["PRTS", "prts", "PRTSs", "P.R.T.S.", "park ranger training scheme"])
def test_both_ways(parks: Archive, typed: str) -> None:
    assert complete(parks, typed) == {"Rangers", "Courses", "Ferns", "Ponds"}
    (widening,) = parks.search(typed).widened
    assert widening.typed == typed
    assert complete(parks, typed, typed) != {"Rangers", "Courses", "Ferns", "Ponds"}
    assert parks.search(typed, exactly=frozenset({typed})).widened == ()


def test_words_beside_a_long_form_are_still_asked_for(parks: Archive) -> None:
    assert complete(parks, "park ranger training scheme ferns") == {"Ferns"}
    assert complete(parks, '"park ranger training scheme" ferns') == set()


def test_what_is_left_out_is_left_out(parks: Archive) -> None:
    assert complete(parks, "wardens -PRTS") == set()
    assert complete(parks, "ponds -PRTS") == {"Ponds"}


def test_widening_is_marked_in_the_text(parks: Archive) -> None:
    (hit,) = [hit for hit in parks.search("PRTS").hits if hit.title == "Ponds"]
    ((start, end),) = hit.passages[0].highlights
    assert hit.passages[0].text[start:end] == "park ranger training scheme"


def test_what_the_user_decides_wins_and_outlives_the_index(parks: Archive) -> None:
    parks.remove_acronym("PRTS", "park ranger training scheme")
    parks.add_acronym("FRN", "ferns")
    parks.rebuild()
    assert [(each.enabled, each.documents) for each in mined(parks)] == [(False, 2)]
    assert parks.search("PRTS").widened == ()
    assert complete(parks, "FRN") == {"Ferns"}
    parks.add_acronym("PRTS", "Park Ranger Training Scheme")
    parks.remove_acronym("FRN", "ferns")
    parks.rebuild()
    assert parks.search("PRTS").widened != ()
    assert not [each for each in parks.acronyms() if each.short == "FRN"]


def test_removing_the_users_word_for_a_mined_one_puts_it_off(parks: Archive) -> None:
    parks.add_acronym("PRTS", "park ranger training scheme")
    parks.remove_acronym("PRTS", "park ranger training scheme")
    assert [each.enabled for each in mined(parks)] == [False]


@pytest.mark.parametrize(("short", "long"), [("", "ferns"), ("F", ""), ("F", "of the"), ("x" * 200, "ferns")])
def test_what_is_no_acronym(parks: Archive, short: str, long: str) -> None:
    with pytest.raises(UserError):
        parks.add_acronym(short, long)


def test_an_ordinary_word_in_small_letters_is_the_word(parks: Archive) -> None:
    parks.add_acronym("SEND", "ponds are cleaned")
    assert parks.search("SEND").widened != ()
    assert parks.search("send").widened == ()
