"""Two wordings compared: exact always, and the edits that a reader would name."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pack.wording import applied, edits, likeness
from tests.helpers.strategies import clean_strings

_sentences = st.lists(
    st.sampled_from(
        [
            "we",
            "they",
            "will",
            "would",
            "cut",
            "raise",
            "the",
            "a",
            "levy",
            "tax",
            ",",
            ".",
            "?",
            "fund",
            "“",
            "”",
            "£3m",
            "0.4%",
            "Don't",
            "two-year",
            "\n",
            "\xa0",
            "部",
            "é",
        ]
    ),
    max_size=25,
).map(" ".join)
_either = st.one_of(_sentences, clean_strings)


def _marked(before: str, after: str) -> str:
    """``before`` with what went in square brackets and what came in braces."""
    pieces, at = [], 0
    for edit in edits(before, after):
        pieces.append(before[at : edit.start])
        pieces += [f"[{went}]" for went in (before[edit.start : edit.end],) if went]
        pieces += [f"{{{came}}}" for came in (after[edit.new_start : edit.new_end],) if came]
        at = edit.end
    return "".join((*pieces, before[at:]))


@given(_either, _either)
def test_all_edits_make_the_new_wording_and_none_of_them_the_old(before, after):
    found = edits(before, after)
    assert applied(before, after, found) == after
    assert applied(before, after, ()) == before
    assert bool(found) == (before != after)


@given(_either, _either)
def test_edits_are_in_order_and_do_not_touch(before, after):
    found = edits(before, after)
    assert all(edit.start < edit.end or edit.new_start < edit.new_end for edit in found)
    for left, right in pairwise(found):
        assert left.end < right.start
        assert left.new_end < right.new_start
        assert before[left.end : right.start] == after[left.new_end : right.new_start]


@given(_sentences, _sentences)
def test_the_edits_back_are_as_exact(before, after):
    assert applied(after, before, edits(after, before)) == before


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        (
            "It costs £3m over two years.",
            "It costs £4.5m over three years.",
            "It costs [£3m]{£4.5m} over [two]{three} years.",
        ),
        ("the fund grew by 0.3%", "the fund grew by 0.4%", "the fund grew by [0.3%]{0.4%}"),
        ("Don't use it", "Do not use it", "[Don't]{Do not} use it"),
        ("a b", "a new b", "a {new }b"),
        ("a b", "a b new", "a b{ new}"),
        ("a new b", "a b", "a [new ]b"),
        ("one two three", "one two, three", "one two{,} three"),
        ("a  b", "a b", "a [ ]b"),
        ("a\nb", "a b", "a[\n]{ }b"),
        ("财政部表示支持", "财政部不支持", "财政部[表示]{不}支持"),
        ("", "All new.", "{All new.}"),
        ("All gone.", "", "[All gone.]"),
    ],
)
def test_whole_words_change(before, after, marked):
    assert _marked(before, after) == marked


def test_a_short_word_between_two_that_changed_is_no_confetti():
    assert _marked("We will cut the tax in March.", "We will raise the levy in May.") == (
        "We will [cut the tax in March]{raise the levy in May}."
    )


def test_words_of_weight_that_stayed_keep_two_edits_apart():
    assert _marked("cut help for towns in March", "raise help for villages in March") == (
        "[cut]{raise} help for [towns]{villages} in March"
    )


def test_a_sentence_that_comes_or_goes_is_whole():
    assert _marked("The cat sat. The dog ran.", "The cat sat. The bird sang. The dog ran.") == (
        "The cat sat. {The bird sang. }The dog ran."
    )
    assert _marked("The cat sat. The dog ran.", "The cat sat.") == "The cat sat.[ The dog ran.]"
    assert _marked("One. Two.", "One. Two. A third one.") == "One. Two.{ A third one.}"


def test_a_sentence_of_which_little_is_left_is_one_edit():
    before = "Ministers are clear that the scheme is working well for families across the north. It stays."
    after = "We know many families have found the scheme hard to use, across all regions. It stays."
    assert (
        _marked(before, after)
        == f"[{before.split('.', maxsplit=1)[0]}]{{{after.split('.', maxsplit=1)[0]}}}. It stays."
    )


def test_an_edit_does_not_reach_over_the_end_of_a_sentence():
    assert _marked("He said yes. She said no.", "He said no. She said yes.") == (
        "He said [yes]{no}. She said [no]{yes}."
    )


def test_long_texts_are_compared_without_delay():
    words = [f"word{number % 700}" for number in range(20_000)]
    changed = [f"new{number}" if number % 1000 == 500 else word for number, word in enumerate(words)]
    assert len(edits(" ".join(words), " ".join(changed))) == 20
    assert len(edits("a " * 30_000, "a " * 20_000)) == 1


@pytest.mark.parametrize(
    ("before", "after", "least", "most"),
    [
        ("The fund opens in spring.", "The fund opens in spring.", 1, 1),
        ("The fund opens in spring.", "The fund  opens in Spring", 1, 1),
        ("The fund opens in spring.", "The fund opens in autumn.", 0.6, 0.9),
        ("The fund opens in spring.", "Rail fares are a matter for operators.", 0, 0.2),
        ("", "", 1, 1),
        ("", "words", 0, 0),
        ("—", "…", 0, 0),
    ],
)
def test_likeness_is_of_words(before, after, least, most):
    assert least <= likeness(before, after) <= most
