"""Where does this sentence come from? To the letter, then nearly, with what differs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.archive import Archive, Difference
from briefpack.archive.origins import differences

pytestmark = pytest.mark.both_stores

SAID = "It must be fully funded, and it must be mandatory for every park."


def title_of(archive: Archive, document: str) -> str:
    return archive.document(document).title


def test_to_the_letter(archive: Archive) -> None:
    (origin,) = archive.origins(SAID)
    assert origin.verbatim
    assert origin.likeness == 1.0
    assert origin.differences == ()
    assert title_of(archive, origin.document) == origin.title == "Fern Strategy - Comment"
    _, passage = archive.passage(origin.passage)
    assert passage.text[origin.start : origin.end] == origin.words == SAID


@pytest.mark.parametrize(
    "words",
    [
        "the county's council continues",
        "It must be  fully funded,\nand it must be mandatory",
        "Off–rolling ferns helps nobody",
        "“We welcome the fern strategy.",
    ],
)
def test_spacing_and_typography_do_not_count(archive: Archive, words: str) -> None:
    assert archive.origins(words)[0].verbatim


def test_nearly_with_what_differs(archive: Archive) -> None:
    (origin,) = archive.origins("It should be fully funded, and it must be mandatory for each park.")
    assert not origin.verbatim
    assert 0.8 < origin.likeness < 1
    assert origin.words == SAID
    changed = [(each.before, each.after) for each in origin.differences if not each.same]
    assert changed == [("must", "should"), ("every", "each")]


def test_the_letter_comes_before_what_is_alike(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "near.txt").write_text(f"Moss\n\n{SAID.replace('park', 'park and every garden')}")
    archive.add([tmp_path / "near.txt"])
    found = archive.origins(SAID)
    assert [each.verbatim for each in found] == [True, False]
    assert len(archive.origins(SAID, limit=1)) == 1


def test_a_sentence_of_changed_words_is_found_by_its_rarest(archive: Archive) -> None:
    found = archive.origins("accreditation of all wardens should remain voluntary")
    assert [each.title for each in found] == ["Consultation response on park byelaws"]


@pytest.mark.parametrize(
    "words", ["", "  ", "!?", "Nothing of the kind was ever said of zebras in the snow.", '"" OR * (']
)
def test_words_of_nowhere(archive: Archive, words: str) -> None:
    assert archive.origins(words) == ()


def test_more_than_the_archive_holds(archive: Archive) -> None:
    (found,) = archive.origins("Cleo Ash was named warden of the year on a wet day in Oldham. She was glad.")
    assert not found.verbatim
    assert found.differences[-1] == Difference("", "She was glad.")


def test_what_changes_side_by_side_is_one_step() -> None:
    assert differences("over the hill", "over a new moor") == (
        Difference("over", "over"),
        Difference("the hill", "a new moor"),
    )


def test_steps_between_wordings() -> None:
    assert differences("the “old” words stay", 'the "new" words stay') == (
        Difference('the "', 'the "'),
        Difference("old", "new"),
        Difference('" words stay', '" words stay'),
    )
    assert differences("", "") == ()


words = st.lists(st.sampled_from(["moss", "fern", "is", "wet", ","]), max_size=8).map(" ".join)


@given(words, words)
def test_the_steps_hold_every_word_of_both(before: str, after: str) -> None:
    steps = differences(before, after)
    assert " ".join(each.after for each in steps).split() == after.split()
    assert " ".join(each.before for each in steps).split() == before.split()
    assert not any(each.before == each.after == "" for each in steps)
