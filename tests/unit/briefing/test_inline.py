"""What is markup in a line of plain text, and what are characters."""

import pytest

from briefpack.briefing.inline import read_inline


def shape(string):
    text, _ = read_inline(string)
    return text.string, [(m.kind.value, text.string[m.start : m.end], m.value) for m in text.marks]


@pytest.mark.parametrize(
    ("string", "words", "marks"),
    [
        ("**To note:** boats", "To note: boats", [("bold", "To note:", "")]),
        ("a *b* _c_ __d__", "a b c d", [("italic", "b", ""), ("italic", "c", ""), ("bold", "d", "")]),
        ("**a *b* c**", "a b c", [("bold", "a b c", ""), ("italic", "b", "")]),
        (
            "<b>a</b> <U>b</U> <mark>c</mark>",
            "a b c",
            [("bold", "a", ""), ("underline", "b", ""), ("highlight", "c", "yellow")],
        ),
        ("[a b](https://example.org/x_y)", "a b", [("link", "a b", "https://example.org/x_y")]),
        ('<a href="https://example.org">a</a>', "a", [("link", "a", "https://example.org")]),
        ("a<br/>b", "a\nb", []),
        ("R&amp;D &pound;5", "R&D £5", []),
        (r"\*a\*", "*a*", []),
        # what is no pair, no tag and no entity stays
        ("2 * 3 * 4", "2 * 3 * 4", []),
        ("snake_case_name and __init__x", "snake_case_name and __init__x", []),
        ("**never ended", "**never ended", []),
        ("a ** b ** c", "a ** b ** c", []),
        ("[a](relative/path)", "[a](relative/path)", []),
        ("<nobody@example.org> a < b > c &unknown;", "<nobody@example.org> a < b > c &unknown;", []),
        ("</u>a<u>b", "ab", [("underline", "b", "")]),
    ],
)
def test_lines(string, words, marks):
    assert shape(string) == (words, marks)


def test_what_was_markup_is_accounted_for():
    assert read_inline('<span class="x">a</span> [b](https://example.org)')[1] == [
        '<span class="x">', "</span>", "https://example.org",
    ]  # fmt: skip


def test_a_very_long_line_of_signs_is_read_in_linear_time():
    string = "**a _b <u>" * 20_000
    assert read_inline(string)[0].string.startswith("a ")
