import datetime as dt

import pytest

from briefpack.pack.measure import (
    block_words,
    is_due,
    is_overdue,
    meeting_begins,
    minutes_to_read,
    overdue_lines,
    word_count,
)
from briefpack.pack.model import Biography, Comment, Heading, Line, Meeting, Pack, Paragraph, Person, Table
from briefpack.pack.roles import Role
from briefpack.pack.text import text

NOON = dt.datetime(2031, 3, 14, 12)


def test_every_text_of_the_body_counts_and_nothing_else():
    person = Person(name="Not Counted")
    pack = Pack(
        meeting=Meeting(title="Not counted"),
        body=(
            Heading(text=text("Lines to take")),
            Paragraph(text=text("We agree – in full.")),
            Table(rows=((text("One"), text("two three")),)),
            Biography(person=person.id, points=(text("Four."), text("five"))),
        ),
        people=(person,),
        comments=(Comment(text="not counted"),),
    )
    assert [block_words(block) for block in pack.body] == [3, 4, 3, 2]
    assert word_count(pack) == 12


@pytest.mark.parametrize(("count", "minutes"), [(0, 0), (1, 1), (240, 1), (241, 2), (54_000, 225)])
def test_minutes_to_read(count, minutes):
    assert minutes_to_read(count) == minutes


def test_a_line_goes_off_after_its_time():
    assert is_overdue(Line(good_until=NOON - dt.timedelta(seconds=1)), NOON)
    assert not is_overdue(Line(good_until=NOON), NOON)
    assert not is_overdue(Line(), NOON)
    assert not is_overdue(None, NOON)


def test_times_with_and_without_a_zone_are_compared():
    aware = NOON.astimezone(dt.timezone(dt.timedelta(hours=9)))
    assert is_overdue(Line(good_until=aware - dt.timedelta(minutes=1)), NOON)
    assert not is_overdue(Line(good_until=aware), NOON)


def test_only_lines_go_off():
    off = Line(good_until=NOON - dt.timedelta(days=1))
    pack = Pack(
        body=(
            Paragraph(text=text("Not under lines."), line=off),
            Heading(text=text("Lines to take"), role=Role.LINES),
            line := Paragraph(text=text("We agree."), line=off),
            Paragraph(text=text("We act."), line=Line(good_until=NOON)),
        )
    )
    assert [placed.block for placed in overdue_lines(pack, NOON)] == [line]


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("14:00 to 14:45", dt.time(14)),
        ("10.30–11:00", dt.time(10, 30)),
        ("2pm", dt.time(14)),
        ("2.15 pm to 3 pm", dt.time(14, 15)),
        ("after lunch", dt.time.max),
        ("2 to 3", dt.time.max),
        ("25:00", dt.time.max),
        ("", dt.time.max),
    ],
)
def test_a_meeting_begins_at_its_first_time_or_some_time_on_its_day(words, begins):
    meeting = Meeting(date=NOON.date(), time=words)
    assert meeting_begins(meeting) == dt.datetime.combine(NOON.date(), begins)
    assert meeting_begins(Meeting(time=words)) is None


def test_a_line_is_due_that_goes_off_before_the_meeting_or_with_an_event():
    meeting, before = Meeting(date=NOON.date(), time="14:00"), NOON - dt.timedelta(days=3)
    assert not is_due(None, meeting, before)
    assert not is_due(Line(owner="Ada"), meeting, before)
    assert is_due(Line(good_until=NOON), meeting, before)
    assert not is_due(Line(good_until=NOON.replace(hour=15)), meeting, before)
    assert not is_due(Line(good_until=NOON), Meeting(), before)
    assert is_due(Line(good_until=before), Meeting(), NOON), "it has gone off"
    assert is_due(Line(changes_when="after the Budget"), meeting, before)
