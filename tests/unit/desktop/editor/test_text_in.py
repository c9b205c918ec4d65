"""Plain text from other programs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.desktop.editor.text_in import read_text
from briefpack.pack.edits import Fragment
from briefpack.pack.model import ListItem, Paragraph, Table
from tests.helpers.invariants import check_text

PDF = """The Canal Association says that low water closed 412 miles of canal last
year, and that repairs were late. It wants a shared forecast of reservoir
levels by June.
The Department has said that it will publish its well-
known forecast in the spring, and that it will consult on the
repair programme.

Next steps
• publish the forecast of reservoir levels for the whole of the network in
England and Wales
• meet in May
"""


def shapes(string, **options):
    return [(type(b).__name__, getattr(b, "level", None), b.text.string) for b in read_text(string, **options).blocks]


def test_the_lines_of_a_pdf_are_sentences_again():
    assert shapes(PDF) == [
        (
            "Paragraph",
            None,
            (
                "The Canal Association says that low water closed 412 miles of canal last year, and that repairs"
                " were late. It wants a shared forecast of reservoir levels by June."
            ),
        ),
        (
            "Paragraph",
            None,
            (
                "The Department has said that it will publish its well-known forecast in the spring, and that it"
                " will consult on the repair programme."
            ),
        ),
        ("Paragraph", None, "Next steps"),
        ("ListItem", 0, "publish the forecast of reservoir levels for the whole of the network in England and Wales"),
        ("ListItem", 0, "meet in May"),
    ]


def test_lines_that_are_no_page_stay_apart():
    assert [words for _, _, words in shapes("Dear Minister,\nThank you for the note.\nYours")] == [
        "Dear Minister,",
        "Thank you for the note.",
        "Yours",
    ]
    titles = (
        "Low water costs the boaters of the north dear\nLock keepers wanted on the canals of England\nNew forecasts of"
    )
    titles += " the levels of reservoirs\nRepairs that were promised are late again"
    assert len(shapes(titles)) == 4
    long = "word " * 60
    assert len(shapes(f"{long}\n{long}\n{long}")) == 3


def test_as_plain_text_every_line_is_a_paragraph_to_the_letter():
    assert shapes(PDF, plain=True)[:2] == [
        ("Paragraph", None, "The Canal Association says that low water closed 412 miles of canal last"),
        ("Paragraph", None, "year, and that repairs were late. It wants a shared forecast of reservoir"),
    ]
    assert shapes("1\t2\n- 3", plain=True) == [("Paragraph", None, "1\t2"), ("Paragraph", None, "- 3")]


def test_bullets_and_numbers_at_their_depths():
    assert shapes("• one\n\to\tinner\n\t\t▪ third\n• two\nWords\n1. first\n2) second\n  (a) under") == [
        ("ListItem", 0, "one"),
        ("ListItem", 1, "inner"),
        ("ListItem", 2, "third"),
        ("ListItem", 0, "two"),
        ("Paragraph", None, "Words"),
        ("ListItem", 0, "first"),
        ("ListItem", 0, "second"),
        ("ListItem", 1, "under"),
    ]
    assert [block.ordered for block in read_text("• a\n1. b").blocks] == [False, True]


def test_cells_parted_by_tabs_are_a_table():
    (table,) = read_text("Year\tGrant\tPaid\n2024\t£9m\t\n2025\t£12m\tno\n").blocks
    assert isinstance(table, Table)
    assert [[cell.string for cell in row] for row in table.rows] == [
        ["Year", "Grant", "Paid"],
        ["2024", "£9m", ""],
        ["2025", "£12m", "no"],
    ]


@pytest.mark.parametrize(
    "string", ["words\twith\nno table", "Name:\tAda", "\u2022\tone\n\u2022\ttwo", "1.\tone\n2.\ttwo"]
)
def test_tabs_that_make_no_table(string):
    assert not any(isinstance(block, Table) for block in read_text(string).blocks)


def test_one_line_goes_in_as_it_is_with_its_spaces_and_its_non_breaking_ones():
    assert shapes(" 10\u00a0May ") == [("Paragraph", None, " 10\u00a0May ")]
    assert read_text("\n \n") == Fragment()


@pytest.mark.parametrize("string", ["ש\u200fלום עולם", "e\u0301 👩‍👩‍👧", "مرحبا\u200e (abc)"])
def test_right_to_left_words_and_joined_characters_are_kept(string):
    assert shapes(string) == [("Paragraph", None, string)]


@given(st.text(alphabet="ab •-*o1.)(\t\n\r\x0c\u2029\xa0—“é😀\ufffc\x00", max_size=200), st.booleans())
def test_no_word_is_lost_and_all_of_it_is_sound(string, plain):
    blocks = read_text(string, plain=plain).blocks
    for block in blocks:
        for said in [block.text] if isinstance(block, Paragraph | ListItem) else [c for row in block.rows for c in row]:
            check_text(said)
    kept = "".join(str(getattr(block, "text", getattr(block, "rows", ""))) for block in blocks)
    assert kept.count("b") == string.count("b")
