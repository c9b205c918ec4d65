"""Time cut into months, quarters, years or longer periods, so that few of them hold all of it."""

import datetime as dt
from itertools import pairwise

from msgspec import Struct

from briefpack.pack.dates import MONTH_NAMES, day_words

UNITS = (1, 3, 12, 60, 120, 600, 1200, 6000, 12000, 120000)
"""How many months a period may have. The last takes in every year that a date can have."""


class Period(Struct, frozen=True, rename={"start": "from", "end": "before"}):
    """The days from ``start`` up to, not including, ``end``. None is without end, as the last days of the calendar are."""

    start: dt.date
    end: dt.date | None

    def holds(self, first: dt.date, last: dt.date) -> bool:
        """Whether all days from ``first`` to ``last`` lie inside."""
        return self.start <= first and (self.end is None or last < self.end)

    def touches(self, first: dt.date, last: dt.date) -> bool:
        """Whether any day from ``first`` to ``last`` lies inside."""
        return self.start <= last and (self.end is None or first < self.end)

    @property
    def last(self) -> dt.date:
        """The last day."""
        return self.end - dt.timedelta(days=1) if self.end else dt.date.max

    @property
    def words(self) -> str:
        """What it is called: "2017", "November 2017", "October to December 2017", "2010 to 2014", or from day to day."""
        first, last = self.start, self.last
        if not (first.day == 1 and _ends_month(last)):
            return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return _month(first)
        begin = MONTH_NAMES[first.month - 1] if first.year == last.year else _month(first)
        return f"{begin} to {_month(last)}"


def periods(first: dt.date, last: dt.date, most: int) -> tuple[Period, ...]:
    """The shortest periods, one behind the other and at most so many, that hold all days from ``first`` to ``last``.

    They begin where the calendar does: quarters in January, April, July and October, decades in years that end in 0.
    """
    begin, end = _number(first), _number(last)
    unit = next((unit for unit in UNITS if end // unit - begin // unit < most), UNITS[-1])
    edges = range(begin // unit * unit, end // unit * unit + unit + 1, unit)
    return tuple(Period(_day(one) or dt.date.min, _day(other)) for one, other in pairwise(edges))


def clipped(period: Period, after: dt.date | None, before: dt.date | None) -> Period | None:
    """A period without the days before ``after`` and those from ``before`` on; None where none are left."""
    start = max(period.start, after or period.start)
    end = min((day for day in (period.end, before) if day), default=None)
    return Period(start, end) if end is None or start < end else None


def _number(day: dt.date) -> int:
    """A month, counted as year times 12 plus month less 1."""
    return day.year * 12 + day.month - 1


def _day(month: int) -> dt.date | None:
    """The first day of a month; None beyond the calendar."""
    year = month // 12
    return dt.date(year, month % 12 + 1, 1) if dt.MINYEAR <= year <= dt.MAXYEAR else None


def _ends_month(day: dt.date) -> bool:
    return day == dt.date.max or (day + dt.timedelta(days=1)).day == 1


def _month(day: dt.date) -> str:
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"
