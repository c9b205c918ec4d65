"""Briefings of other shapes than one's own: other countries, other decades, Markdown, and no briefing at all."""

import datetime as dt
from textwrap import dedent

import pytest

from briefpack.briefing.plaintext import import_text
from briefpack.pack.model import Biography, Heading, ListItem, MeetingDetails, Paragraph, Quote, Side, Table
from briefpack.pack.outline import lines
from briefpack.pack.roles import Role
from briefpack.pack.text import MarkKind


def read(source):
    return import_text(dedent(source), "a.txt")


def outline(pack):
    return [(b.level, b.role, b.text.string) for b in pack.body if isinstance(b, Heading)]


def said(pack, kind):
    return [b.text.string for b in pack.body if isinstance(b, kind)]


def test_a_brief_of_capitals_and_numbered_paragraphs():
    pack = read("""
        PMVR(79) 13

        VISIT BY THE PRESIDENT OF RURITANIA

        Brief by the Ministry of Fisheries

        OBJECTIVE

        To secure agreement to talks in the autumn.

        POINTS TO MAKE

        1. We value the partnership.
        2. We look for an early start.

        BACKGROUND

        3. The agreement of 1971 lapses in March.
        """).pack
    assert pack.meeting.title == "VISIT BY THE PRESIDENT OF RURITANIA"
    assert pack.meeting.objectives == ("To secure agreement to talks in the autumn.",)
    assert outline(pack) == [(1, Role.LINES, "POINTS TO MAKE"), (1, Role.BACKGROUND, "BACKGROUND")]
    assert [placed.block.text.string for placed in lines(pack)] == [
        "We value the partnership.", "We look for an early start.",
    ]  # fmt: skip
    assert "3. The agreement of 1971 lapses in March." in said(pack, Paragraph)  # the number goes on, so it stays
    assert "PMVR(79) 13" in said(pack, Paragraph)


def test_roman_heads_and_a_letterhead():
    pack = read("""
        THE HARBOUR OFFICE

        MEETING WITH THE HARBOUR MASTERS
        From: A. N. Other

        I. PURPOSE

        To discuss dues.

        II. BACKGROUND

        Dues were raised in 1962.

        III. TALKING POINTS

        1. Dues must be fair.
        """).pack
    assert pack.meeting.title == "MEETING WITH THE HARBOUR MASTERS"
    assert pack.meeting.sender == "A. N. Other"
    assert [(level, title) for level, _, title in outline(pack)][1:] == [
        (1, "I. PURPOSE"), (1, "II. BACKGROUND"), (1, "III. TALKING POINTS"),
    ]  # fmt: skip
    assert [placed.block.text.string for placed in lines(pack)] == ["Dues must be fair."]


def test_a_read_ahead_with_fields_over_several_lines():
    pack = read("""
        OFFICIAL-SENSITIVE

        Topic: Quarterly review of harbours
        Time: 1400-1500
        Venue: Room 3
        To: The Secretary
        Objectives:
        - Agree the dredging plan
        - Agree the budget
        Attendees:
        - Ada Byrne, Chair, Harbour Board
        - Bo Lund (Deputy Director, Ports)
        Cleared by: Cy Dean

        Background

        The harbour has silted up.

        If pressed

        - We never comment on leaks.

        Q&A

        Q: Why now?
        """).pack
    meeting = pack.meeting
    assert (meeting.marking, meeting.title, meeting.time, meeting.place, meeting.recipient, meeting.cleared_by) == (
        "OFFICIAL-SENSITIVE", "Quarterly review of harbours", "1400-1500", "Room 3", "The Secretary", "Cy Dean",
    )  # fmt: skip
    assert meeting.objectives == ("Agree the dredging plan", "Agree the budget")
    assert [(p.name, p.role, p.organisation) for p in pack.people] == [
        ("Ada Byrne", "Chair", "Harbour Board"), ("Bo Lund", "Deputy Director, Ports", ""),
    ]  # fmt: skip
    assert outline(pack) == [
        (1, Role.BACKGROUND, "Background"), (2, Role.IF_PRESSED, "If pressed"), (1, Role.QA, "Q&A"),
    ]  # fmt: skip
    assert [placed.block.text.string for placed in lines(pack)] == ["We never comment on leaks."]


def test_markdown():
    pack = read("""
        # Meeting with the Harbour Board

        **Date:** Wednesday 18 March 2020, 10:00-11:00

        ## Annotated agenda

        ### Fares

        #### Lines to take

        - Fares are *fair*.
          - Mostly.

        ### Ships – lines to take

        See [the report](https://example.org/r).

        | Year | Ships |
        |------|-------|
        | 2019 | 12 |

        > We like ships.

        ## Annex A: Biographies

        ### Ada Byrne, Chair, Harbour Board
        - Likes boats
        """).pack
    assert (pack.meeting.title, pack.meeting.date, pack.meeting.time) == (
        "Meeting with the Harbour Board", dt.date(2020, 3, 18), "10:00-11:00",
    )  # fmt: skip
    assert outline(pack) == [
        (1, Role.AGENDA, "Annotated agenda"), (2, Role.ITEM, "Fares"), (3, Role.LINES, "Lines to take"),
        (2, Role.ITEM, "Ships"), (3, Role.LINES, "lines to take"), (1, Role.BIOGRAPHIES, "Annex A: Biographies"),
    ]  # fmt: skip
    [table] = [block for block in pack.body if isinstance(block, Table)]
    assert table.header
    assert [[cell.string for cell in row] for row in table.rows] == [["Year", "Ships"], ["2019", "12"]]
    assert said(pack, Quote) == ["We like ships."]
    links = [m.value for b in pack.body if isinstance(b, Paragraph) for m in b.text.marks if m.kind is MarkKind.LINK]
    assert links == ["https://example.org/r"]
    [card] = [block for block in pack.body if isinstance(block, Biography)]
    assert pack.person(card.person).organisation == "Harbour Board"


def test_lines_and_background_under_each_item():
    pack = read("""
        Meeting: Harbour Board visit
        Date: 03/02/2020 (tbc)

        **Fares**

        **Background**

        Fares went up in May.

        **Lines to take**

        - Fares are fair.

        **Ships**

        **Background**

        Ships are late.

        **Lines to take**

        - Ships will come.
        """).pack
    assert pack.meeting.date is None
    assert pack.meeting.date_text == "03/02/2020 (tbc)"
    assert [level for level, _, _ in outline(pack)] == [1, 2, 2, 1, 2, 2]
    assert [(placed.item.text.string, placed.block.text.string) for placed in lines(pack)] == [
        ("Fares", "Fares are fair."), ("Ships", "Ships will come."),
    ]  # fmt: skip


def test_hard_wrapped_lines_are_unwrapped():
    pack = read("""
        Background

        The harbour has silted up over the past winter and the boats of the town
        can no longer reach the quay at low water, so that the catch is landed in
        the next town. The board has asked for help with the cost of dredging the
        channel, and has said that it will pay a third of it from its own funds if
        the rest is found.

        - One line of the board's own, which is long enough that it was broken in
          two by the program that wrote it.
        - A short one.
        """).pack
    [paragraph] = said(pack, Paragraph)
    assert paragraph.endswith("if the rest is found.")
    assert "\n" not in paragraph
    assert [len(words.split()) > 15 for words in said(pack, ListItem)] == [True, False]


def test_one_paragraph_a_line_stays_so():
    long = (
        "One sentence that is a paragraph of its own, and is longer than a line that was broken by hand at any width."
    )
    pack = read(f"Background\n\n{long}\nAnother.\nA third.\n").pack
    assert len(said(pack, Paragraph)) == 3


def test_nested_and_numbered_lists():
    pack = read("""
        Background

        - one
            - two
                - three
        - four

        1. first
        2. second
           - under it
        3. third

        4) in a new place, so the number stays
        """).pack
    items = [(b.level, b.ordered, b.text.string) for b in pack.body if isinstance(b, ListItem)]
    assert items == [
        (0, False, "one"), (1, False, "two"), (2, False, "three"), (0, False, "four"),
        (0, True, "first"), (0, True, "second"), (1, False, "under it"), (0, True, "third"),
        (0, True, "in a new place, so the number stays"),
    ]  # fmt: skip


def test_a_table_by_tabs():
    [table] = [b for b in read("Background\n\nYear\tShips\n2019\t12\n2020\t14\n").pack.body if isinstance(b, Table)]
    assert [[cell.string for cell in row] for row in table.rows] == [["Year", "Ships"], ["2019", "12"], ["2020", "14"]]


def test_comments_with_replies():
    pack = read("""
        Background

        Text.

        Commented [GM1]: Is this right?
        Commented [AB1R1]: It is.
        Commented [GM2]: Fine.
        """).pack
    assert [(c.initials, c.text, [(r.initials, r.text) for r in c.replies]) for c in pack.comments] == [
        ("GM", "Is this right?", [("AB", "It is.")]), ("GM", "Fine.", []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Ada Byrne, Bo Lund and NR", [("Ada Byrne", "", "", None), ("Bo Lund", "", "", None), ("NR", "", "", None)]),
        ("Ada Byrne (Chair), NR", [("Ada Byrne", "Chair", "", None), ("NR", "", "", None)]),
        ("Ada Byrne, Deputy Director, NR", [("Ada Byrne", "Deputy Director", "", None), ("NR", "", "", None)]),
        ("Harbour Board: Ada Byrne, Bo Lund; officials: NR", [("Ada Byrne", "", "Harbour Board", None),
         ("Bo Lund", "", "Harbour Board", None), ("NR", "", "", Side.INSIDE)]),
        ("Ada Byrne – Chair; Bo Lund", [("Ada Byrne", "Chair", "", None), ("Bo Lund", "", "", None)]),
    ],
)  # fmt: skip
def test_attendees_as_people_write_them(value, people):
    pack = read(f"Attendees: {value}\n\nBackground\n\nText.").pack
    assert [(p.name, p.role, p.organisation, p.side) for p in pack.people] == people
    assert all(p.attends for p in pack.people)


def test_the_sender_is_inside_and_those_the_title_names_outside():
    pack = read("MEETING WITH ADA BYRNE\n\nFrom: NR\nAttendees: Ada Byrne, Bo Lund, NR\n\nBackground\n\nText.").pack
    assert [(p.name, p.side) for p in pack.people] == [
        ("Ada Byrne", Side.OUTSIDE), ("Bo Lund", None), ("NR", Side.INSIDE),
    ]  # fmt: skip


def test_a_biography_that_contradicts_the_attendees_keeps_both():
    pack = read("""
        Attendees: Ada Byrne (Vice Chair)

        Biographies

        - **Ada Byrne, Chair, Harbour Board**
        - Likes boats.
        """).pack
    [person] = pack.people
    [card] = [block for block in pack.body if isinstance(block, Biography)]
    assert person.role == "Vice Chair"
    assert [point.string for point in card.points] == ["Chair, Harbour Board", "Likes boats."]


def test_what_is_no_briefing_is_plain_paragraphs_and_said_to_be():
    source = "It was dark and the sea was calm. Nobody spoke.\n\nThe second paragraph says nothing of ships either.\n"
    imported = read(source)
    assert said(imported.pack, Paragraph) == source.strip().split("\n\n")
    assert [type(block) for block in imported.pack.body] == [MeetingDetails, Paragraph, Paragraph]
    assert any("No part of a briefing" in note for note in imported.notes)


def test_a_briefing_is_not_said_to_be_none():
    assert not any("No part" in note for note in read("Date: 18/03/2031\n\nBackground\n\nText.").notes)
