"""Lines become passages: each with its kind, heading, lead-in, speaker, and its place in the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.archive.debris import dead_link, lines_of
from briefpack.archive.model import PassageKind
from briefpack.archive.speakers import NOBODY, Speaker, introduced
from briefpack.archive.structure import Piece, Row, pieces_of

HEADING, PARAGRAPH, BULLET = PassageKind.HEADING, PassageKind.PARAGRAPH, PassageKind.BULLET
QUOTATION, CAPTION, BOILERPLATE = PassageKind.QUOTATION, PassageKind.CAPTION, PassageKind.BOILERPLATE


def pieces(text: str) -> list[Piece]:
    return pieces_of(Row(line) for line in lines_of(text))


def test_a_bullet_has_its_heading_and_its_lead_in() -> None:
    found = pieces(
        "Work Plan\n\nThe plan emphasises:\n\n  • Rigour\n  • Depth in a few issues.\n\nNothing else was said."
    )
    assert [piece.kind for piece in found] == [HEADING, PARAGRAPH, BULLET, BULLET, PARAGRAPH]
    assert [piece.text for piece in found[2:4]] == ["Rigour", "Depth in a few issues."]
    assert all(piece.lead_in == "The plan emphasises:" for piece in found[2:4])
    assert all(piece.heading == "Work Plan" for piece in found[1:])
    assert found[4].lead_in == ""


def test_a_bullet_right_under_a_heading_has_no_lead_in() -> None:
    found = pieces("Networks:\n\n  • They meet in spring.\n  • They meet in autumn.")
    assert [(piece.heading, piece.lead_in) for piece in found[1:]] == [("Networks", "")] * 2


@pytest.mark.parametrize("sign", ["o ", "1. "])
def test_an_inner_bullet_completes_the_outer(sign: str) -> None:
    found = pieces(f"• The review found:\n{sign}Good work\n{sign}Poor pay\n• The next is in May")
    assert [piece.level for piece in found] == [0, 1, 1, 0]
    assert found[1].lead_in == "The review found:"


def test_a_quotation_has_its_speaker() -> None:
    found = pieces("Ada Marsh, Chair of the Fern Society, said:\n\n“We need ferns.\n\n“And moss.”\n\nENDS")
    assert [piece.kind for piece in found] == [PARAGRAPH, QUOTATION, QUOTATION, BOILERPLATE]
    assert {piece.speaker for piece in found[1:3]} == {Speaker("Ada Marsh", "Chair of the Fern Society")}
    assert found[1].lead_in == "Ada Marsh, Chair of the Fern Society, said:"


def test_bullets_inside_a_quotation_are_the_speakers() -> None:
    text = "Ada Marsh, Chair, said:\n“Here are the figures:\n  • Ten ferns\n  • Two mosses.\n“Of course, it grows.”"
    found = pieces(text)
    assert [piece.kind for piece in found] == [PARAGRAPH, QUOTATION, BULLET, BULLET, QUOTATION]
    assert {piece.speaker.name for piece in found[1:]} == {"Ada Marsh"}


def test_a_quotation_inside_its_own_introduction() -> None:
    text = "Ada Marsh, Chair, said: “We need ferns.”\nShe went on to say: “And soon.”\nAda Marsh concluded: “Now.”"
    found = pieces(text)
    assert [piece.kind for piece in found] == [QUOTATION] * 3
    assert [piece.speaker.name for piece in found] == ["Ada Marsh"] * 3
    assert found[1].speaker.role == "Chair"


def test_what_follows_the_end_is_boilerplate() -> None:
    found = pieces("Ferns matter to us all.\n\nENDS\n\nNotes to editors\n\nThe Society is a society.")
    assert [piece.kind for piece in found] == [PARAGRAPH, BOILERPLATE, BOILERPLATE, BOILERPLATE]


def test_a_doubled_line_is_one_caption() -> None:
    found = pieces("Ada Marsh\nAda Marsh\n\nAda Marsh was elected.")
    assert [(piece.kind, piece.text) for piece in found] == [
        (CAPTION, "Ada Marsh"),
        (PARAGRAPH, "Ada Marsh was elected."),
    ]


def test_a_doubled_paragraph_is_kept_twice() -> None:
    long = "Ferns need water and light and time and care and patience and more water than you might believe, I say."
    assert [piece.text for piece in pieces(f"{long}\n{long}")] == [long, long]


def test_debris_is_gone() -> None:
    found = pieces(
        'See the paper - www.example.org< p="">\n\nView report\n\nIt was better. View Action Plan\n\nDownload speech here'
    )
    assert [piece.text for piece in found] == ["See the paper - www.example.org", "It was better."]


def test_a_list_of_short_lines_is_no_row_of_headings() -> None:
    found = pieces("Workshops:\n\nThursday:\n\nA: Ferns\n\nB: Mosses and lichens\n\nC: Bark\n\nD: Soil")
    assert [piece.kind for piece in found] == [HEADING, HEADING, *[PARAGRAPH] * 4]


@pytest.mark.parametrize(
    "line", ["View speech", "View the position paper", "Download speech here", "View Changing the Narrative video"]
)
def test_a_link_that_leads_nowhere(line: str) -> None:
    assert dead_link(line)


@pytest.mark.parametrize("line", ["Viewing the report is easy", "The report", "View", "View the ferns in the park"])
def test_no_link(line: str) -> None:
    assert not dead_link(line)


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("Ada Marsh, President of FERN, said:", "Ada Marsh", "President of FERN"),
        ("Responding to the plan Ada Marsh, Chair of the Fern, Moss and Bark Committee, said:", "Ada Marsh", None),
        ("Commenting in Fern Now Ada Marsh, President of FERN, said:", "Ada Marsh", "President of FERN"),
        ("On the death of Bo Reed, President of MOSS, Ada Marsh, President of FERN, said:", "Ada Marsh", None),
        ("Ada Marsh, Chair of the Moss Committee, responded to today’s report by the Office (OFF):", "Ada Marsh", None),
        ("A spokesperson for FERN and MOSS said:", "A spokesperson for FERN and MOSS", ""),
        (
            "On Monday 2 May 2016, Ada Marsh, President of the Society (FERN) gave her address in Oldham.",
            "Ada Marsh",
            None,
        ),
    ],
)
def test_who_is_introduced(line: str, name: str, role: str | None) -> None:
    found = introduced(line, NOBODY)
    assert found is not None
    assert found.name == name
    assert role is None or found.role == role


@pytest.mark.parametrize("line", ["It was said to be so.", "The report noted that: “There was nobody.”", "He is here."])
def test_nobody_is_introduced(line: str) -> None:
    assert introduced(line, NOBODY) in (None, NOBODY)


LINES = """
  • x y
o Inner
1. One
Heading
Heading:
Ada Marsh, Chair, said:
“Words.
“Words.”
She said: “No.”
ENDS
View speech
< p="">
Text that goes on, and on.
Lead in is:
’’
(a) b
…
www.example.org
"""


@given(st.lists(st.one_of(st.sampled_from(LINES.splitlines()), st.text(max_size=30)), max_size=20))
def test_every_passage_is_where_it_says(parts: list[str]) -> None:
    text = "\n".join(parts)
    at = 0
    for piece in pieces(text):
        assert piece.text == text[piece.start : piece.end]
        assert piece.text.strip() == piece.text != ""
        assert piece.start >= at
        at = piece.end
