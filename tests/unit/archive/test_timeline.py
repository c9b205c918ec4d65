"""The timeline: where in time the documents found lie, counted exactly."""

import datetime as dt
from itertools import pairwise

import pytest

from briefpack.archive import UNDATED, Archive, Filters, Timeline, read_span
from briefpack.archive.model import Bar
from briefpack.pack.periods import Period

pytestmark = pytest.mark.both_stores


@pytest.fixture
def dated(archive: Archive) -> Archive:
    """An archive in which one document is dated to the day, one to an open date, one not at all."""
    ids = [document.id for document in archive.documents()]
    archive.correct(ids[0], date=read_span("3 November 2016"))
    archive.correct(ids[2], date=read_span("1 January 2018 or later"))
    archive.correct(ids[3], date=UNDATED)
    return archive


@pytest.mark.parametrize("query", ["", "moss", "moss wardens", "the", "moss -Leeds"])
@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(after=dt.date(2017, 9, 15)), Filters(after=dt.date(2016, 1, 1), before=dt.date(2017, 11, 10))],
)
def test_each_bar_is_what_narrowing_to_it_leaves(dated: Archive, query: str, filters: Filters) -> None:
    found = dated.timeline(query, filters=filters)
    assert found.total == dated.search(query, filters=filters).total
    assert found.bars
    for bar in found.bars:
        narrowed = Filters(after=bar.period.start, before=bar.period.end)
        assert dated.search(query, filters=narrowed).total == bar.count + found.undated, bar
        assert 0 <= bar.certain <= bar.count


def test_bars_follow_on_one_another_from_the_first_day_to_the_last(dated: Archive) -> None:
    bars = dated.timeline("").bars
    assert all(left.period.end == right.period.start for left, right in pairwise(bars))
    assert bars[0].period == Period(dt.date(2016, 11, 1), dt.date(2016, 12, 1))
    assert bars[0] == Bar(bars[0].period, count=1, certain=1)


def test_a_date_that_is_not_known_exactly_is_for_certain_nowhere(archive: Archive) -> None:
    ids = [document.id for document in archive.documents()]
    archive.correct(ids[0], date=read_span("2016"))
    archive.correct(ids[1], date=read_span("November 2017 or later"))
    bars = {bar.period.words: (bar.count, bar.certain) for bar in archive.timeline("").bars}
    assert bars["March 2016"] == (1, 0)
    assert bars["September 2017"] == (3, 1), "two more are only known to lie between their neighbours"
    assert archive.timeline("", filters=Filters(before=dt.date(2018, 1, 1))).total == 5


def test_no_bar_reaches_beyond_the_days_that_are_set(dated: Archive) -> None:
    bars = dated.timeline("", filters=Filters(after=dt.date(2017, 9, 15), before=dt.date(2017, 11, 10))).bars
    assert (bars[0].period.start, bars[-1].period.end) == (dt.date(2017, 9, 15), dt.date(2017, 11, 10))


def test_of_nothing_there_is_none(archive: Archive) -> None:
    assert archive.timeline("zebra") == Timeline()


def test_documents_without_a_date_are_said(archive: Archive) -> None:
    for document in list(archive.documents()):
        archive.correct(document.id, date=UNDATED)
    assert archive.timeline("moss") == Timeline((), undated=3, total=3)
