"""Marking: the quick way through a text finds what SQLite's tokeniser does."""

from collections.abc import Iterator
from contextlib import closing

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.archive.marking import Marker, Pattern, highlights
from briefpack.archive.tokens import Tokenizer

_ENDS = ("", "s", "es", "ies", "y", "ing", "ed", "ation", "ational", "izer", "ization", "ousness", "bility", "ive", "e")
_STEMS = ("fund", "polic", "car", "relat", "cooper", "part", "off", "roll", "a", "us", "sensi", "2017")
_WORDS = st.builds(str.__add__, st.sampled_from(_STEMS), st.sampled_from(_ENDS))
_BETWEEN = st.sampled_from((" ", "-", "--", "–", "‑", ", ", "’s ", "'s ", "’S-", "'ſ ", "_", " – ", "\n", "é", ""))
_TEXTS = st.lists(st.tuples(_WORDS, _BETWEEN), max_size=12).map(lambda parts: "".join(map("".join, parts)))


@pytest.fixture(scope="module")
def tokenizer() -> Iterator[Tokenizer]:
    with closing(apsw.Connection(":memory:")) as connection:
        yield Tokenizer(connection)


@given(text=_TEXTS, typed=st.lists(_TEXTS, max_size=3), near=st.sampled_from((None, None, 2)), open_=st.booleans())
def test_a_text_is_looked_through_as_it_is_indexed(
    text: str, typed: list[str], near: int | None, open_: bool, tokenizer: Tokenizer
) -> None:
    patterns = [Pattern(stems, near=near, open=open_) for words in typed if (stems := tokenizer.stems(words))]
    patterns += [
        Pattern(beginning=word[:3], forms=tokenizer.stems(word)) for words in typed for word in words.split()[:1]
    ]
    patterns = [pattern for pattern in patterns if pattern.beginning.isalnum() or pattern.stems]
    marker = Marker(patterns, tokenizer)
    quick = [sorted(set(places)) for places in marker.places(text)]
    assert quick == [sorted(set(places)) for places in marker._among_tokens(text)]


@given(word=_WORDS, end=st.sampled_from(_ENDS))
def test_a_stem_differs_from_its_word_in_the_last_letter_at_most(word: str, end: str, tokenizer: Tokenizer) -> None:
    (stem,) = tokenizer.stems(word + end)
    assert (word + end).startswith(stem[:-1])


@pytest.mark.parametrize(
    ("text", "pattern", "marks"),
    [
        ("Funding: fund the funded.", Pattern(("fund",)), ["Funding", "fund", "funded"]),
        ("A re-fund and funds", Pattern(("fund",)), ["fund", "funds"]),
        ("Off-rolling, offrolling", Pattern(("offrol",)), ["Off-rolling", "offrolling"]),
        ("policies and policy", Pattern(("polici",)), ["policies", "policy"]),
        ("the council’s policies", Pattern(("council", "polici")), ["council’s policies"]),
        (
            "social funding, social funds, social",
            Pattern(("social", "fun"), open=True),
            ["social funding", "social funds"],
        ),
        ("café and cafés", Pattern(("cafe",)), ["café", "cafés"]),
        ("underfunded", Pattern(("fund",)), []),
        ("hotel and many closures", Pattern(("hotel", "closur"), near=2), ["hotel", "closures"]),
        ("hotel and many more closures", Pattern(("hotel", "closur"), near=2), []),
    ],
)
def test_what_is_marked(text: str, pattern: Pattern, marks: list[str], tokenizer: Tokenizer) -> None:
    assert [text[start:end] for start, end in highlights(text, [pattern], tokenizer)] == marks
