"""Dates are read where a document speaks of itself, and shown no more exactly than they are known."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.archive.dates import bounded, date_of, flags_of, read_date, read_span, shown
from briefpack.archive.model import UNDATED, DateOrigin, DateSpan, Precision


@pytest.mark.parametrize(
    ("title", "opening", "words", "origin"),
    [
        ("Eastern Update - November 2017", [], "November 2017", DateOrigin.TITLE),
        ("Fern Committee - Nov 2017", [], "November 2017", DateOrigin.TITLE),
        ("Note of 3rd Sept 2019", [], "3 September 2019", DateOrigin.TITLE),
        ("Annual Conference 2017", [], "2017", DateOrigin.TITLE),
        (
            "Speech 2016",
            ["On Wednesday 2 November 2016, Ada Marsh gave an address."],
            "2 November 2016",
            DateOrigin.TEXT,
        ),
        ("A speech", ["Ada Marsh made her first speech on 6 April 2017 at the hall."], "6 April 2017", DateOrigin.TEXT),
        ("A response", ["Submitted to the Office on 24 March 2027"], "24 March 2027", DateOrigin.TEXT),
        ("Census 2017", ["The body today, 28 April, publishes its census."], "28 April 2017", DateOrigin.TEXT),
        ("A letter", ["Date: 3 March 2018", "Dear Ada"], "3 March 2018", DateOrigin.STATED),
        ("A letter", ["Published on 2018-03-03"], "3 March 2018", DateOrigin.STATED),
        (
            "Eastern Update - November 2017",
            ["On 1 June 2016, Ada Marsh gave a talk."],
            "November 2017",
            DateOrigin.TITLE,
        ),
    ],
)
def test_a_document_is_dated_by_what_it_says_of_itself(
    title: str, opening: list[str], words: str, origin: DateOrigin
) -> None:
    span = date_of(title, opening)
    assert (shown(span), span.origin) == (words, origin)


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("Vice President 2018/19", ["She starts in April 2018."]),
        ("Review 2016-17", ["The year 1 April 2016 to 31 March 2017."]),
        ("2016 against 2017", []),
        ("After the storm", ["This is for all who saw the storm of 22 May 2017."]),
        ("Plans", ["2017", "The committee will meet."]),
        ("Bad days", ["On 31 November 2016, Ada Marsh gave an address."]),
    ],
)
def test_other_dates_are_not_the_documents(title: str, opening: list[str]) -> None:
    assert date_of(title, opening) == UNDATED


def test_what_the_calendar_does_not_have_is_flagged() -> None:
    assert flags_of("as at 31 November 2016") == ("“31 November 2016” is not a date of the calendar",)
    assert flags_of("on Monday 6 July 2017") == ("“Monday 6 July 2017” was a Thursday",)
    assert flags_of("on Thursday 6 July 2017 and 30 November 2016") == ()


def test_neighbours_bound_what_has_no_date() -> None:
    def month(words: str) -> DateSpan:
        return read_date(words, DateOrigin.TITLE)

    year = read_date("2017", DateOrigin.TITLE)
    spans = bounded([UNDATED, month("Nov 2017"), year, UNDATED, month("Sep 2017"), UNDATED])
    assert [shown(span) for span in spans] == [
        "1 November 2017 or later",
        "November 2017",
        "2017",
        "between 1 September 2017 and 30 November 2017",
        "September 2017",
        "30 September 2017 or earlier",
    ]
    assert [span.origin for span in spans].count(DateOrigin.BOUNDED) == 3


def test_neighbours_out_of_order_bound_by_both() -> None:
    spans = bounded([read_date("Sep 2017"), UNDATED, read_date("Nov 2017")])
    assert shown(spans[1]) == "between 30 September 2017 and 1 November 2017"


def test_nothing_is_known_without_neighbours() -> None:
    assert bounded([UNDATED, UNDATED]) == [UNDATED, UNDATED]
    assert shown(UNDATED) == ""


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_a_day_is_read_as_it_is_shown(day: dt.date) -> None:
    span = read_date(shown(DateSpan(day, day, Precision.DAY)))
    assert (span.start, span.end, span.precision) == (day, day, Precision.DAY)


@given(st.text())
def test_reading_a_date_raises_value_error_alone(text: str) -> None:
    try:
        span = read_date(text)
    except ValueError:
        return
    assert span.start is not None
    assert span.end is not None
    assert span.start <= span.end


@given(st.text(), st.lists(st.text(), max_size=8))
def test_no_text_is_too_odd_for_a_date(title: str, paragraphs: list[str]) -> None:
    span = date_of(title, paragraphs)
    assert span.start is None or span.end is None or span.start <= span.end
    assert flags_of("\n".join(paragraphs)) is not None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("18/03/2020", "18 March 2020"),
        ("  November   2017 ", "November 2017"),
        ("2017", "2017"),
        ("", ""),
        ("1 April 2017 to 28 April 2017", "between 1 April 2017 and 28 April 2017"),
        ("from April 2017 until 3 May 2017", "between 1 April 2017 and 3 May 2017"),
        ("2016 – 2017", "between 1 January 2016 and 31 December 2017"),
        ("3/4/2017 - 5/4/2017", "between 3 April 2017 and 5 April 2017"),
        ("2017-04-03 - 2017-04-05", "between 3 April 2017 and 5 April 2017"),
        ("between 2016 and 2017", "between 1 January 2016 and 31 December 2017"),
        ("November 2017 or later", "1 November 2017 or later"),
        ("November 2017 or earlier", "30 November 2017 or earlier"),
    ],
)
def test_a_user_writes_a_date_as_exactly_as_it_is_known(typed: str, words: str) -> None:
    assert shown(read_span(typed)) == words


@pytest.mark.parametrize("typed", ["soon", "31/02/2020", "2017 to", "May 2017 to April 2017", "18/13/2020", "or later"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_span(typed)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 900), st.sampled_from(list(Precision)))
def test_what_is_shown_can_be_typed(first: dt.date, length: int, precision: Precision) -> None:
    """Whatever a form shows, it reads again as the same days."""
    spans = {
        Precision.DAY: DateSpan(first, first, Precision.DAY),
        Precision.MONTH: read_date(f"{first:%Y-%m}"),
        Precision.YEAR: read_date(str(first.year)),
        Precision.RANGE: DateSpan(first, first + dt.timedelta(length), Precision.RANGE),
    }
    for span in (spans[precision], DateSpan(first, None, Precision.RANGE), DateSpan(None, first, Precision.RANGE)):
        again = read_span(shown(span))
        assert (again.start, again.end, again.precision) == (span.start, span.end, span.precision)
