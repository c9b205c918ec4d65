"""Copies are known again and labelled; documents that come again and again are put in order."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

from benchmarks.near_duplicates import KINDS, measure
from briefpack.archive import Archive
from briefpack.archive.series import series_of
from briefpack.archive.shared.archive import SharedArchive
from briefpack.archive.sketches import EVERY, contained, shingles, sketch_of
from briefpack.errors import UserError
from tests.helpers.text import sentences
from tests.unit.archive.conftest import Opener

pytestmark = pytest.mark.both_stores

SEED = "000_503f1fb9c8f33b75.txt"


@pytest.mark.seeds
@pytest.mark.parametrize(("kind", "least"), [("reposted", 1.0), ("edited", 0.96), ("half", 0.97)])
def test_copies_of_the_seeds_are_known_again(seeds: Path, tmp_path: Path, kind: str, least: float) -> None:
    if not (seeds / SEED).is_file():
        pytest.skip(f"{SEED} is not among the seeds")
    copies, false, _ = measure(seeds / SEED, kind, tmp_path)
    assert copies.made == 90
    assert copies.found / copies.made >= least
    assert false <= 1
    assert set(KINDS) == {"reposted", "edited", "half"}


def add(archive: Archive, folder: Path, name: str, words: str) -> str:
    """A text added under a name; its id."""
    (folder / name).write_text(words, encoding="utf-8")
    archive.add([folder / name])
    return next(head.id for head in archive.documents() if head.source == name)


@pytest.fixture
def empty(opener: Opener, tmp_path: Path):
    with opener("empty") as archive:
        yield archive


def told(archive: Archive) -> dict[tuple[str, str], str]:
    return {(each.id, each.of): each.how for each in archive.duplicates()}


def test_each_pair_has_its_label(empty: Archive, tmp_path: Path) -> None:
    body = sentences(random.Random(1), 40)
    whole = add(empty, tmp_path, "whole.txt", "Ferns\n\n" + "\n\n".join(body))
    same = add(empty, tmp_path, "same.txt", "Ferns again\n\n" + "\n\n".join(body))
    half = add(empty, tmp_path, "half.txt", "Half of ferns\n\n" + "\n\n".join(body[:20]))
    longer = add(empty, tmp_path, "long.txt", "More\n\n" + "\n\n".join([*body, *sentences(random.Random(2), 40)]))
    sharing = add(empty, tmp_path, "two.txt", "Two\n\n" + "\n\n".join([*sentences(random.Random(3), 30), *body[:2]]))
    other = add(empty, tmp_path, "other.txt", "Moss\n\n" + "\n\n".join(sentences(random.Random(4), 30)))
    found = told(empty)
    assert found[(same, whole)] == "same text"
    assert found[(half, whole)] == "is contained in"
    assert found[(longer, whole)] == "contains"
    assert found[(sharing, whole)] == "shares 2 passages"
    assert not any(other in pair for pair in found)
    of_whole = {each.of: each.how for each in empty.duplicates_of(whole)}
    assert of_whole == {same: "same text", half: "contains", longer: "is contained in"}
    assert {each.of: each.how for each in empty.duplicates_of(half)}[whole] == "is contained in"
    assert empty.duplicates_of(other) == ()


def test_an_import_says_at_once_what_was_there_already(empty: Archive, tmp_path: Path) -> None:
    body = "\n\n".join(sentences(random.Random(1), 20))
    whole = add(empty, tmp_path, "one.txt", f"Ferns\n\n{body}")
    (tmp_path / "two.txt").write_text(f"Ferns, again\n\n{body}")
    added = empty.add([tmp_path / "two.txt"])
    assert [(each.of, each.how, each.share) for each in added.duplicates] == [(whole, "same text", 1.0)]
    assert to_builtins(added.duplicates[0]).keys() == {"id", "of", "how", "share"}


def test_a_changed_document_is_compared_anew(empty: Archive, tmp_path: Path) -> None:
    body = "\n\n".join(sentences(random.Random(1), 20))
    add(empty, tmp_path, "one.txt", f"Ferns\n\n{body}")
    add(empty, tmp_path, "two.txt", f"Moss\n\n{body}")
    assert len(told(empty)) == 1
    add(empty, tmp_path, "two.txt", "Moss\n\n" + "\n\n".join(sentences(random.Random(9), 20)))
    assert told(empty) == {}


def test_what_is_compared_is_built_again(opener: Opener, empty: Archive, tmp_path: Path) -> None:
    body = "\n\n".join(sentences(random.Random(1), 20))
    add(empty, tmp_path, "one.txt", f"Ferns\n\n{body}")
    add(empty, tmp_path, "two.txt", f"Moss\n\n{body} And more.")
    before = told(empty)
    for table in ("sketch", "likeness", "series"):
        empty._connection.execute(f"DELETE FROM {table}")
    empty._connection.execute("DELETE FROM setting WHERE name = 'kinship'")
    with opener("empty") as again:
        if isinstance(again, SharedArchive):  # which nobody builds anew by opening it
            again.rebuild()
        assert told(again) == before
        assert len(before) == 1


@given(st.lists(st.sampled_from(["moss", "fern", "lichen", "warden", "byelaw", "heath"]), max_size=300).map(" ".join))
def test_a_text_is_contained_in_what_holds_it(words: str) -> None:
    own, more = shingles(words), shingles(f"{words} and so on it goes")
    assert contained(own, own) == (1.0 if own else 0.0)
    if len(words.split()) >= 4:
        assert contained(own, more) == 1.0
    assert {each for each in own if each % EVERY == 0} <= sketch_of(own) <= own


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yorkshire & Humber Region Update - September 2017", "Yorkshire and the Humber update December 2016"),
        ("NW Region Update Nov 2017 - Parks and...", "North West regional update April 2017"),
        ("Update: Moss Policy Committee - Nov 2017", "Moss committee update Feb 2016"),
        ("Annual report 2016-17", "Annual report 2017/18"),
        ("Newsletter no 12", "Newsletter no 13"),
    ],
)
def test_titles_of_one_series(one: str, other: str) -> None:
    assert series_of(one) == series_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North West Update April 2017", "North East Update April 2017"),
        ("Moss committee update 2016", "Fern committee update 2016"),
        ("Annual report 2017", "Annual conference 2017"),
    ],
)
def test_titles_of_two_series(one: str, other: str) -> None:
    assert series_of(one) != series_of(other)


def test_a_title_without_date_is_of_none() -> None:
    assert series_of("Future Vice President") == ""


def test_earlier_and_later(empty: Archive, tmp_path: Path) -> None:
    ids = {
        month: add(
            empty, tmp_path, f"{month}.txt", f"North West {kind} - {month}\n\nWardens met in {month}, all of them."
        )
        for month, kind in (
            ("November 2017", "Region Update"),
            ("April 2016", "update"),
            ("September 2016", "regional update"),
        )
    }
    series = empty.series(ids["September 2016"])
    assert series is not None
    assert [each.id for each in series.earlier] == [ids["April 2016"]]
    assert [each.id for each in series.later] == [ids["November 2017"]]
    assert series.name == "North West regional update"
    assert empty.related(ids["September 2016"]).series == series
    assert empty.series(ids["April 2016"]).earlier == ()  # type: ignore[union-attr]  # asserted above to be there


def test_a_document_of_no_series(archive: Archive) -> None:
    alone = next(head for head in archive.documents() if head.title == "Warden of the year")
    assert archive.series(alone.id) is None
    assert to_builtins(archive.related(alone.id))["series"] is None
    with pytest.raises(UserError):
        archive.series("nothing")


def test_a_corrected_title_changes_the_series(empty: Archive, tmp_path: Path) -> None:
    first = add(empty, tmp_path, "a.txt", "North West Update April 2016\n\nWardens met in Oldham.")
    second = add(empty, tmp_path, "b.txt", "Untitled\n\nWardens met in Bolton, which was wet.")
    assert empty.series(first) is None
    empty.correct(second, title="North West update May 2016")
    series = empty.series(first)
    assert series is not None
    assert [each.id for each in (*series.earlier, *series.later)] == [second]
