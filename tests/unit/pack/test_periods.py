"""Time cut into periods."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pack.periods import Period, clipped, periods

day = dt.date


@given(st.dates(), st.dates(), st.integers(1, 40))
def test_periods_hold_every_day_once(one, other, most):
    first, last = sorted((one, other))
    found = periods(first, last, most)
    assert 1 <= len(found) <= most
    assert found[0].start <= first
    assert found[-1].touches(last, last)
    assert all(left.end == right.start for left, right in pairwise(found))
    assert found[0].touches(first, first)


@pytest.mark.parametrize(
    ("first", "last", "most", "words"),
    [
        (day(2017, 11, 3), day(2017, 11, 30), 6, ["November 2017"]),
        (day(2017, 11, 3), day(2018, 1, 1), 6, ["November 2017", "December 2017", "January 2018"]),
        (day(2017, 2, 1), day(2018, 1, 1), 6, [
            "January to March 2017", "April to June 2017", "July to September 2017", "October to December 2017",
            "January to March 2018",
        ]),
        (day(2015, 2, 1), day(2018, 1, 1), 6, ["2015", "2016", "2017", "2018"]),
        (day(1999, 2, 1), day(2021, 1, 1), 6, ["1995 to 1999", "2000 to 2004", "2005 to 2009", "2010 to 2014",
                                               "2015 to 2019", "2020 to 2024"]),
    ],
)  # fmt: skip
def test_the_shortest_that_are_few_enough(first, last, most, words):
    assert [period.words for period in periods(first, last, most)] == words


def test_a_period_without_some_of_its_days():
    year = Period(day(2017, 1, 1), day(2018, 1, 1))
    assert clipped(year, None, None) == year
    assert clipped(year, day(2017, 3, 5), day(2017, 3, 7)).words == "5 March 2017 to 6 March 2017"
    assert clipped(year, day(2017, 3, 5), day(2017, 3, 6)).words == "5 March 2017"
    assert clipped(year, day(2018, 1, 1), None) is None


def test_the_last_period_of_the_calendar_has_no_end():
    (last,) = periods(day(9999, 12, 31), dt.date.max, 1)
    assert last == Period(day(9999, 12, 1), None)
    assert last.holds(dt.date.max, dt.date.max)
    assert last.words == "December 9999"
