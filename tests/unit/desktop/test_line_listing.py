"""Which lines are listed, in which order, and what is said of them."""

import datetime as dt

import pytest

from briefpack.desktop.lines.listing import Due, Wanted, lines_among, listed, owners, shortened
from briefpack.pack.model import Heading, Line, ListItem, Pack, Paragraph, Status
from briefpack.pack.roles import Role
from briefpack.pack.text import text

NOW = dt.datetime(2031, 3, 14, 12)
HOUR = dt.timedelta(hours=1)
LINES = {
    "later": Line(owner="Wen", good_until=NOW + 30 * HOUR),
    "past": Line(owner="Ada", good_until=NOW - HOUR, status=Status.CLEARED),
    "bare": None,
    "event": Line(owner="ada", changes_when="the Budget", status=Status.CLEARED),
    "soon": Line(owner="Ada", good_until=NOW + HOUR, changes_when="the vote"),
}


def pack() -> Pack:
    return Pack(
        body=(
            Heading(text=text("Low water"), level=1, role=Role.ITEM),
            Heading(text=text("Lines to take"), level=2, role=Role.LINES),
            *(ListItem(id=name, text=text(name), line=line) for name, line in LINES.items()),
            ListItem(text=text(" "), line=Line(owner="Nobody sees this")),
            Heading(text=text("Background"), level=1, role=Role.BACKGROUND),
            Paragraph(id="no line", text=text("no line"), line=Line(owner="Not listed")),
        )
    )


def names(wanted: Wanted) -> list[str]:
    return [each.block for each in listed(pack(), wanted, NOW)]


def test_what_goes_off_first_comes_first():
    assert names(Wanted()) == ["past", "soon", "later", "bare", "event"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(owner="Ada"), ["past", "soon"]),
        (Wanted(owner=""), ["bare"]),
        (Wanted(status=Status.CLEARED), ["past", "event"]),
        (Wanted(status=Status.DRAFT), ["soon", "later", "bare"]),
        (Wanted(due=Due.PAST), ["past"]),
        (Wanted(due=Due.SOON), ["soon"]),
        (Wanted(due=Due.LATER), ["later"]),
        (Wanted(due=Due.EVENT), ["soon", "event"]),
        (Wanted(due=Due.NEVER), ["bare"]),
        (Wanted(owner="Ada", status=Status.CLEARED, due=Due.PAST), ["past"]),
        (Wanted(owner="Wen", due=Due.PAST), []),
    ],
)
def test_filters(wanted, found):
    assert names(wanted) == found


def test_what_is_said_of_a_line():
    past, *_, bare, _ = listed(pack(), Wanted(), NOW)
    assert past.flag == "Gone off · Cleared · Ada · until 14 Mar 11:00 · Low water"
    assert (past.overdue, past.status) == (True, Status.CLEARED)
    assert (bare.flag, bare.overdue) == ("Draft · Low water", False)


def test_owners_and_lines_of_a_selection():
    assert owners(pack()) == ("Ada", "ada", "Wen")
    assert lines_among(pack(), {"no line", "soon", "later"}) == ("later", "soon")


def test_long_words_are_cut_between_two():
    assert shortened("one  two\nthree", 20) == "one two three"
    assert shortened("one two three", 11) == "one two …"
    assert shortened("a" * 30, 10) == "aaaaaaaa …"
    assert all(len(shortened("word " * 9, longest)) <= longest for longest in range(3, 60))
