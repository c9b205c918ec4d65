"""Saved searches and the history."""

from pathlib import Path

import pytest

from briefpack.archive import Archive, Filters, Kind, SavedSearch, keeping
from briefpack.errors import UserError

FILTERS = Filters(kinds=(Kind.SPEECH,), people=("Bo Reed",))


def test_saved_searches_outlive_the_program_and_the_index(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.save_search(SavedSearch("moss", FILTERS, "Wet  things"))
        archive.save_search(SavedSearch("fern", name="a fern"))
        archive.rebuild()
    with Archive.open(tmp_path) as archive:
        assert archive.saved_searches() == (
            SavedSearch("fern", name="a fern"),
            SavedSearch("moss", FILTERS, "Wet things"),
        )
        archive.save_search(SavedSearch("lichen", name="Wet things"))
        archive.forget_search("a fern")
        with archive.reader() as reader:
            assert reader.saved_searches() == (SavedSearch("lichen", name="Wet things"),)


@pytest.mark.parametrize("name", ["", "  ", "x" * 200])
def test_a_name_is_needed(tmp_path: Path, name: str) -> None:
    with Archive.open(tmp_path) as archive, pytest.raises(UserError):
        archive.save_search(SavedSearch("moss", name=name))


def test_the_history_has_the_latest_first_and_nothing_twice(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        for query in ("moss", "fern", " moss ", ""):
            archive.remember(query)
        archive.remember("", FILTERS)
        assert archive.history() == (SavedSearch("", FILTERS), SavedSearch("moss"), SavedSearch("fern"))
        assert archive.history(limit=1) == (SavedSearch("", FILTERS),)
        archive.clear_history()
        assert archive.history() == ()


def test_the_history_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST", 3)
    with Archive.open(tmp_path) as archive:
        for number in range(6):
            archive.remember(f"moss {number}")
        assert [each.query for each in archive.history()] == ["moss 5", "moss 4", "moss 3"]
