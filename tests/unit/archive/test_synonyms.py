"""Words that mean much the same: for words that hardly any document has, shown, undone."""

import tomllib
from pathlib import Path

import pytest

from briefpack.archive import Archive, Widening
from briefpack.archive.synonyms import FEW
from briefpack.assets import resource
from tests.unit.archive.conftest import Opener, dump

pytestmark = pytest.mark.both_stores


@pytest.fixture
def parks(opener: Opener, tmp_path: Path) -> Archive:
    articles = [(f"Park {number}", f"Vehicles are kept out of park number {number}.") for number in range(FEW + 2)]
    articles += [("Gates", "A car came through the gate."), ("Rates", "The local authority met.")]
    (tmp_path / "parks.txt").write_text(dump(tuple(articles)), encoding="utf-8")
    with opener("archive") as archive:
        archive.add([tmp_path / "parks.txt"])
        yield archive


def test_the_lists_are_sound() -> None:
    for path in resource("synonyms").glob("*.toml"):
        lines = tomllib.loads(path.read_text(encoding="utf-8"))["same"]
        assert all(len(set(line)) == len(line) > 1 for line in lines)


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("typed", ["car", "cars"])
def test_a_rare_word_finds_what_means_the_same(parks: Archive, typed: str, typing: bool) -> None:
    results = parks.search(typed, typing=typing)
    assert results.complete == FEW + 3
    assert results.widened == (Widening(typed, ("vehicle",)),)
    assert parks.search(typed, exactly=frozenset({typed})).total == 1


def test_a_common_word_finds_what_it_says(parks: Archive) -> None:
    assert parks.search("vehicles").widened == ()
    assert parks.search("vehicles").complete == FEW + 2


def test_several_words(parks: Archive) -> None:
    assert parks.search("council").widened == (Widening("council", ("local authority",)),)
    assert parks.search('"council"').widened == ()
    assert parks.search("council -car").complete == 1


def test_a_word_that_may_go_on_is_not_widened_yet(parks: Archive) -> None:
    assert parks.search("ga", typing=True).widened == ()
    assert parks.search("low water", typing=True).widened == ()


def test_a_word_with_a_synonym_is_not_mistyped(parks: Archive) -> None:
    results = parks.search("councils")
    assert results.repairs == ()
    assert results.complete == 1
