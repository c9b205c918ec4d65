import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pack.dates import age_words, date_words, day_words, moment_words, read_date, read_moment
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


@pytest.mark.parametrize(
    "words",
    [
        "18/03/2020 09:05",
        "18 March 2020, 09:05",
        "Wednesday 18 March 2020 9.05 am",
        "18 March 2020 at 9.05am",
        "2020-03-18T09:05",
        " 2020-03-18 9:05AM ",
    ],
)
def test_moments_are_read(words):
    assert read_moment(words) == dt.datetime(2020, 3, 18, 9, 5)


@pytest.mark.parametrize(
    ("words", "hour"), [("12 am", 0), ("12pm", 12), ("12.00", 12), ("1pm", 13), ("0:00", 0), ("11 PM", 23)]
)
def test_halves_of_a_day(words, hour):
    assert read_moment(f"18/03/2020 {words}") == dt.datetime(2020, 3, 18, hour)


@pytest.mark.parametrize(
    "words",
    [
        "", "soon", "09:00", "9am", "18 March", "18/03/2020 9", "18/03/2020 24:00", "18/03/2020 09:60",
        "18/03/2020 13pm", "18/03/2020 0am", "30/02/2020 09:00", "Monday 18 March 2020 09:00", "18/03/2020 09:00 sharp",
    ],
)  # fmt: skip
def test_what_is_no_moment(words):
    assert read_moment(words) is None


def test_a_day_alone_has_the_time_that_is_given_for_it():
    assert read_moment("18 March 2020") == dt.datetime(2020, 3, 18)
    assert read_moment("18 March 2020", otherwise=dt.time(23, 59)) == dt.datetime(2020, 3, 18, 23, 59)


@given(st.datetimes(min_value=dt.datetime(1000, 1, 1)), st.booleans())
def test_moments_are_read_as_they_are_written(moment, weekday):
    assert read_moment(moment_words(moment, weekday=weekday)) == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2020, 3, 6), (2020, 3, 6), "12 days"),
        ((2020, 3, 17), (2020, 3, 17), "1 day"),
        ((2020, 2, 18), (2020, 2, 18), "1 month"),
        ((2017, 11, 3), (2017, 11, 3), "2 years 4 months"),
        ((2019, 3, 18), (2019, 3, 18), "1 year"),
        ((2017, 11, 1), (2017, 11, 30), "about 2 years 3 months"),
        ((2020, 2, 1), (2020, 2, 29), "about 18 days"),
        ((2020, 3, 18), (2020, 3, 18), ""),
        ((2020, 3, 20), (2020, 3, 20), ""),
        ((2020, 3, 1), (2020, 3, 31), ""),
    ],
)
def test_how_long_ago(first, last, words):
    assert age_words(dt.date(*first), dt.date(*last), DAY) == words
