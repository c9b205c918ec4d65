"""The XML of a rich Word file, to the letter. How to write it anew: ``tests/helpers/golden_word.py``."""

import pytest

from tests.helpers.golden_word import FOLDER, KEPT, golden_parts


@pytest.fixture(scope="module")
def written():
    return golden_parts()


def test_the_same_parts_are_kept(written):
    assert {path.name for path in FOLDER.glob("*.xml")} == set(written)
    assert len(written) == len(KEPT)


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.xml")))
def test_golden(written, name):
    assert written[name] == (FOLDER / name).read_text("utf-8")
