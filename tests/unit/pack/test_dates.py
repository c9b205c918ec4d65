import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pack.dates import date_words, day_words, read_date
from briefpack.pack.model import Meeting
from tests.helpers.strategies import nasty

DAY = dt.date(2020, 3, 18)


@pytest.mark.parametrize(
    "words",
    [
        "2020-03-18",
        "18/03/2020",
        "18.3.2020",
        "18-03-2020",
        "18 March 2020",
        " 18th March, 2020 ",
        "18 mar 2020",
        "Wednesday 18 March 2020",
        "Wednesday, 18th March 2020",
        "Weds 18 March 2020",
        "Wed 18 March 2020",
    ],
)
def test_a_day_that_is_written_out(words):
    assert read_date(words) == DAY


@pytest.mark.parametrize(
    "words",
    [
        "",
        "March 2020",
        "18 March",
        "31 June 2020",
        "03/18/2020",  # month before day is not British, and not guessed
        "2020-3-18",
        "18/03/20",
        "before 18 March 2020",
        "About 18 March 2020",
        "Thursday 18 March 2020",  # it was a Wednesday: which of the two is right?
        "18 Marchember 2020",
        "18 March 2020 at noon",
        "18 March 20200",
        "00/00/0000",
    ],
)
def test_what_is_no_day_is_not_made_one(words):
    assert read_date(words) is None


@given(st.dates(min_value=dt.date(1000, 1, 1)), st.booleans())
def test_a_day_in_words_is_read_back(day, weekday):
    assert read_date(day_words(day, weekday=weekday)) == day
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day}/{day.month}/{day.year}") == day


@given(nasty)
def test_any_words_are_a_day_or_none(words):
    assert read_date(words) is None or isinstance(read_date(words), dt.date)


def test_the_meetings_day_is_shown_as_it_is_known():
    assert date_words(Meeting(date=DAY)) == "Wednesday 18 March 2020"
    assert date_words(Meeting(date_text="spring 2020")) == "spring 2020"
    assert date_words(Meeting()) == ""
