"""Figures are found as others write them."""

from pathlib import Path

import pytest

from briefpack.archive import Archive
from briefpack.archive.figures import otherwise
from tests.unit.archive.conftest import Opener

pytestmark = pytest.mark.both_stores


@pytest.mark.parametrize(
    ("words", "others"),
    [
        (["£320m"], ["320mn", "320 million"]),
        (["£320", "million"], ["320m", "320mn"]),
        (["1.5bn"], ["1.5 billion"]),
        (["3330"], ["3,330"]),
        (["3,330"], ["3330"]),
        (["1234567"], ["1,234,567"]),
        (["320"], []),
        (["3,33"], []),
        (["million"], []),
        (["1", "2"], []),
        (["m"], []),
    ],
)
def test_otherwise(words: list[str], others: list[str]) -> None:
    assert otherwise(words) == others


@pytest.fixture
def figures(opener: Opener, tmp_path: Path) -> Archive:
    (tmp_path / "ferns.md").write_text("# Ferns\n\nThe fund gives £320m to 3,330 parks.")
    (tmp_path / "moss.md").write_text("# Moss\n\nThe levy brings 320 million a year from 8125 wardens.")
    archive = opener("figures")
    archive.add([tmp_path / "ferns.md", tmp_path / "moss.md"])
    return archive


@pytest.mark.parametrize("typed", ["£320m", "£320 million", "320 million"])
def test_sums_are_found_in_either_form_and_that_is_said(figures: Archive, typed: str) -> None:
    found = figures.search(typed)
    assert found.complete == 2
    assert [each.typed for each in found.widened] == [typed]
    assert figures.search(typed, exactly=frozenset({typed.casefold()})).widened == ()


@pytest.mark.parametrize(("typed", "title"), [("3330", "Ferns"), ("8,125 wardens", "Moss")])
def test_numbers_with_commas_and_without(figures: Archive, typed: str, title: str) -> None:
    assert [hit.title for hit in figures.search(typed).hits if hit.complete] == [title]


def test_a_figure_that_no_document_writes_otherwise_is_left_alone(figures: Archive) -> None:
    assert figures.search("8125").widened == ()
