import re

import hypothesis.strategies as st
import pytest
from hypothesis import given

from briefpack.pack import text as module
from briefpack.pack.text import EMPTY, LAYERED, Mark, MarkKind, Text, canonical, clean, joined, text, words
from tests.helpers.invariants import check_text
from tests.helpers.strategies import marks, nasty, texts

B, C, H, L = MarkKind.BOLD, MarkKind.COMMENT, MarkKind.HIGHLIGHT, MarkKind.LINK
REMARKS = ("one", "two")

some = texts(comments=REMARKS)
offsets = st.integers(-3, 30)


def per_character(given: Text) -> list[tuple[str, frozenset]]:
    """The plainest model of a text there is: each character with the set of what lies on it."""
    return [
        (letter, frozenset((m.kind, m.value) for m in given.marks if m.start <= at < m.end))
        for at, letter in enumerate(given.string)
    ]


# --- cleaning


@given(nasty)
def test_clean_text_can_be_saved_and_stays_as_it_is(string):
    cleaned = clean(string)
    assert clean(cleaned) == cleaned
    cleaned.encode()  # no lone surrogate is left
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffc\ufffe\uffff]", cleaned)


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("\r\n\r\n", "\n\n"),
        ("x\ud800y\udfffz", "xyz"),
        ("\ufeffBOM\ufffc", "BOM"),
        ("\ufdd0\U0001fffe\U0010ffff.", "."),
        ("\x00a\x1b[0m\x7f\x9f", "a[0m"),
        ("tab\tstays", "tab\tstays"),
        ("👩‍👩‍👧‍👦 עברית e\u0301 \xa0\u200b\u202e", "👩‍👩‍👧‍👦 עברית e\u0301 \xa0\u200b\u202e"),
    ],
)
def test_cleaning(dirty, expected):
    assert clean(dirty) == expected


def test_a_cleaner_that_forgets_surrogates_is_found(monkeypatch):
    """The control: with this fault planted, the property above does not hold."""
    monkeypatch.setattr(module, "_UNWANTED", re.compile(module._UNWANTED.pattern.replace("\ud800-\udfff", "")))
    with pytest.raises(UnicodeEncodeError):
        test_clean_text_can_be_saved_and_stays_as_it_is()


# --- making


@given(some)
def test_a_made_text_is_canonical(made):
    check_text(made)


@given(nasty, st.data())
def test_marks_keep_to_their_characters_when_cleaning_drops_others(string, data):
    start, stop = sorted(data.draw(st.tuples(st.integers(0, len(string)), st.integers(0, len(string)))))
    made = text(string, [Mark(start, stop, B)])
    bold = "".join(letter for letter, on in per_character(made) if on)
    assert bold == clean(string)[len(clean(string[:start])) : len(clean(string[:stop]))]


def test_a_mark_that_begins_before_the_text_begins_with_it():
    assert text("a\0bcd", [Mark(-2, 3, B)]).marks == (Mark(0, 2, B),)


@given(st.integers(0, 12).flatmap(lambda n: st.tuples(st.just(n), st.lists(marks(n, comments=REMARKS), max_size=8))))
def test_canonical_marks_say_what_the_marks_said(case):
    """Every character keeps what lay on it; in a layer with several values, the mark that begins last wins."""
    length, given_marks = case
    made = Text("x" * length, canonical(given_marks, length))
    check_text(made)
    for at, (_, on) in enumerate(per_character(made)):
        expected = {}
        for mark in sorted(Mark(max(0, m.start), min(m.end, length), m.kind, m.value) for m in given_marks):
            if mark.start <= at < mark.end:
                expected[mark.kind, mark.value if mark.kind in LAYERED else ""] = (mark.kind, mark.value)
        assert on == frozenset(expected.values())


@given(some)
def test_canonical_is_idempotent(made):
    assert canonical(made.marks, len(made)) == made.marks
    assert canonical(reversed(made.marks), len(made)) == made.marks


def test_many_overlapping_marks_are_no_trouble():
    """A file may hold what no editor makes: 20,000 links over one another, quadratic time would take minutes."""
    count = 20_000
    made = text("x" * 2 * count, [Mark(n, 2 * count - n, L, str(n)) for n in range(count)])
    assert len(made.marks) == 2 * count - 1
    assert made.marks[count - 1] == Mark(count - 1, count + 1, L, str(count - 1))


# --- algebra


@given(some, some, some)
def test_adding_is_associative_and_has_a_nought(a, b, c):
    assert (a + b) + c == a + (b + c)
    assert a + EMPTY == a == EMPTY + a
    check_text(a + b)
    assert per_character(a + b) == per_character(a) + per_character(b)


@given(some, offsets, offsets)
def test_a_slice_is_that_of_its_characters(a, start, stop):
    check_text(a[start:stop])
    assert per_character(a[start:stop]) == per_character(a)[start:stop]


@given(some, st.data())
def test_cut_and_joined_again_is_the_same(a, data):
    at = data.draw(st.integers(0, len(a)))
    assert a[:at] + a[at:] == a


@given(some, some, st.data())
def test_replacing(a, new, data):
    start, stop = sorted(data.draw(st.tuples(st.integers(0, len(a)), st.integers(0, len(a)))))
    done = a.replace(start, stop, new)
    assert per_character(done) == per_character(a)[:start] + per_character(new) + per_character(a)[stop:]
    assert done.replace(start, start + len(new), a[start:stop]) == a


@given(some, offsets, offsets, marks(0, comments=REMARKS))
def test_setting_a_mark(a, start, stop, mark):
    done = a.with_mark(start, stop, mark.kind, mark.value)
    check_text(done)
    expected = []
    for at, (letter, on) in enumerate(per_character(a)):
        if max(0, start) <= at < stop:
            others = {m for m in on if mark.kind in LAYERED or m[0] != mark.kind}
            expected.append((letter, frozenset(others | {(mark.kind, mark.value)})))
        else:
            expected.append((letter, on))
    assert per_character(done) == expected
    if max(0, start) < min(stop, len(a)):
        assert done.covered(max(0, start), min(stop, len(a)), mark.kind)


@given(some, offsets, offsets, st.sampled_from(MarkKind), st.none() | st.sampled_from(("", "one", "yellow")))
def test_taking_a_mark_off(a, start, stop, kind, value):
    done = a.without_mark(start, stop, kind, value)
    check_text(done)
    assert per_character(done) == [
        (
            letter,
            frozenset(m for m in on if not (start <= at < stop and m[0] == kind and (value is None or m[1] == value))),
        )
        for at, (letter, on) in enumerate(per_character(a))
    ]


@given(some)
def test_runs_are_the_text_again(a):
    runs = list(a.runs())
    assert "".join(string for string, _ in runs) == a.string
    assert all(string for string, _ in runs)
    assert [
        (letter, frozenset((m.kind, m.value) for m in on)) for string, on in runs for letter in string
    ] == per_character(a)


@given(some, st.sampled_from((" ", "\n", "a", "––")))
def test_split_and_joined_again_is_the_same_string(a, separator):
    pieces = a.split(separator)
    assert [piece.string for piece in pieces] == a.string.split(separator)
    assert joined(pieces, separator).string == a.string


@given(some)
def test_stripped_as_a_string_is(a):
    check_text(a.strip())
    assert a.strip().string == a.string.strip()


# --- examples


def test_adding_merges_marks_that_meet():
    assert (text("ab", [Mark(1, 2, B)]) + text("cd", [Mark(0, 1, B)])).marks == (Mark(1, 3, B),)


def test_a_comment_is_a_layer_of_its_own():
    a = text("abcd").with_mark(0, 3, C, "one").with_mark(1, 4, C, "two")
    assert a.marks == (Mark(0, 3, C, "one"), Mark(1, 4, C, "two"))
    assert a.without_mark(0, 4, C, "one").marks == (Mark(1, 4, C, "two"),)


def test_a_highlight_replaces_another():
    a = text("abcd").with_mark(0, 4, H, "yellow").with_mark(1, 2, H, "green")
    assert a.marks == (Mark(0, 1, H, "yellow"), Mark(1, 2, H, "green"), Mark(2, 4, H, "yellow"))


@pytest.mark.parametrize(
    ("offset", "taken_on"),
    [
        (0, ()),
        (1, ((B, ""),)),  # within both marks would be needed for the comment: it begins here
        (2, ((B, ""), (C, "one"))),
        (3, ((B, ""),)),  # both end here: bold goes on, the comment does not
        (4, ()),
    ],
)
def test_what_a_typed_character_takes_on(offset, taken_on):
    a = text("abcd", [Mark(0, 3, B), Mark(1, 3, C, "one")])
    assert a.marks_typed_at(offset) == tuple(sorted(taken_on))


def test_a_link_does_not_grow_by_what_is_typed_behind_it():
    a = text("see here", [Mark(4, 8, L, "https://example.org")])
    assert a.marks_typed_at(8) == ()
    assert a.marks_typed_at(6) == ((L, "https://example.org"),)


def test_marks_at():
    a = text("abcd", [Mark(0, 2, B), Mark(1, 3, MarkKind.ITALIC)])
    assert a.marks_at(1) == a.marks
    assert a.marks_at(3) == ()


def test_covered():
    a = text("abcd", [Mark(0, 1, H, "green"), Mark(1, 3, H, "yellow")])
    assert a.covered(0, 3, H)
    assert not a.covered(0, 4, H)
    assert not a.covered(2, 2, H)


def test_keeping_marks():
    a = text("ab", [Mark(0, 2, B), Mark(0, 1, MarkKind.ITALIC)])
    assert a.keep_marks(lambda mark: mark.kind == MarkKind.ITALIC).marks == (Mark(0, 1, MarkKind.ITALIC),)


def test_a_text_is_its_string_and_true_where_it_has_one():
    assert str(text("ab")) == "ab"
    assert len(text("ab")) == 2
    assert text("ab")
    assert not EMPTY


def test_words():
    assert words("It’s £5 million – or so… 👍🏽") == ["It’s", "£5", "million", "or", "so…"]
