"""When a document was published, as exactly as it says and no more exactly.

A date is looked for where a document speaks of itself: a dateline, its title, an opening such as "On Thursday 6 July
2017, the President gave". Dates of other events in the text are not the document's date. Where a document has none, its
neighbours in a source that is in order of time bound it.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Sequence

from briefpack.archive.model import UNDATED, DateOrigin, DateSpan, Precision

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if n}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAYS = [name.lower() for name in calendar.day_name]
_WEEKDAY = "(?P<weekday>" + "|".join(_WEEKDAYS) + ")"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"

_IN_FULL = re.compile(rf"\b(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE)
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_SLASHED = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b")
_MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE)
_LONE_YEAR = re.compile(rf"(?<![\d/–-]){_YEAR}(?!\s*[/–-]\s*\d|\d)")
_TODAY = re.compile(
    rf"\btoday,?\s+\(?(?:{_WEEKDAY},?\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"^(?:date(?:\s+of\s+publication)?|published(?:\s+on)?|issued(?:\s+on)?|dated)\s*:?\s+", re.IGNORECASE
)
_DONE = re.compile(
    r"\b(?:gave|made|delivered|addressed|spoke|spoken|given|publishe[sd]|announce[sd]|launche[sd]|submitted|issued|wrote)\b",
    re.IGNORECASE,
)

_DATELINE_WITHIN = 6
_OPENING_WITHIN = 3
_SENTENCE = 600


def date_of(title: str, paragraphs: Sequence[str]) -> DateSpan:
    """The date of the document, by a dateline, its title, or what its opening says of itself; in this order.

    A year alone in the title yields to an exact date in the opening.
    """
    in_title = _in_title(title)
    opening = paragraphs[:_OPENING_WITHIN]
    if (stated := _dateline(paragraphs[:_DATELINE_WITHIN])) != UNDATED:
        return stated
    if in_title.precision in (Precision.DAY, Precision.MONTH):
        return in_title
    if (stated := _dateline([title])) != UNDATED:  # "Date: 18/03/2020" is the first line of many a briefing
        return stated
    year = in_title.start.year if in_title.start else None
    for paragraph in opening:
        if (found := _of_itself(paragraph, year)) != UNDATED:
            return found
    return in_title


def flags_of(text: str) -> tuple[str, ...]:
    """What is wrong with dates in ``text``: days that the calendar does not have, weekdays that they were not."""
    flags = []
    figures = (each for pattern in (_ISO, _SLASHED) for each in pattern.finditer(text) if 0 < int(each["month"]) <= 12)
    for match in (*_IN_FULL.finditer(text), *figures):
        try:
            day = _day(match)
        except ValueError:
            flags.append(f"“{match[0]}” is not a date of the calendar")
            continue
        weekday = match.groupdict().get("weekday")
        if weekday and _WEEKDAYS[day.weekday()] != weekday.lower():
            flags.append(f"“{match[0]}” was a {calendar.day_name[day.weekday()]}")
    return tuple(dict.fromkeys(flags))


def bounded(spans: Sequence[DateSpan]) -> list[DateSpan]:
    """``spans`` of a source in order of time, newest first, with what is undated bounded by its nearest neighbours.

    Only neighbours known to the day or month bound; where the two contradict each other (a source is not always kept in
    order), the range reaches over both.
    """
    exact = [span if span.precision in (Precision.DAY, Precision.MONTH) else None for span in spans]
    newer = _carried(span.end if span else None for span in exact)
    older = _carried(span.start if span else None for span in reversed(exact))[::-1]
    return [_between(older[place], newer[place]) if span == UNDATED else span for place, span in enumerate(spans)]


def _carried(days: Iterable[dt.date | None]) -> list[dt.date | None]:
    """For each place the last day at or before it."""
    carried: list[dt.date | None] = []
    last = None
    for day in days:
        last = day or last
        carried.append(last)
    return carried


def _between(older: dt.date | None, newer: dt.date | None) -> DateSpan:
    if older is None and newer is None:
        return UNDATED
    if older is not None and newer is not None and older > newer:
        older, newer = newer, older
    return DateSpan(older, newer, Precision.RANGE, DateOrigin.BOUNDED)


def read_date(text: str, origin: DateOrigin = DateOrigin.USER) -> DateSpan:
    """A date as a user writes it: 2017, 2017-11, 2017-11-03, 3/11/2017, 3 November 2017, Nov 2017.

    Raises ValueError where it is none.
    """
    text = text.strip()
    if iso_month := re.fullmatch(r"(\d{4})-(\d\d?)", text):
        return _month_span(int(iso_month[1]), int(iso_month[2]), origin, text)
    for pattern in (_IN_FULL, _ISO, _SLASHED):
        if match := pattern.fullmatch(text):
            day = _day(match)
            return DateSpan(day, day, Precision.DAY, origin, text)
    if match := _MONTH_YEAR.fullmatch(text):
        return _month_span(int(match["year"]), _MONTHS[match["month"].lower()], origin, text)
    if match := re.fullmatch(_YEAR, text):
        return _year_span(int(match["year"]), origin, text)
    raise ValueError(text)


_SPAN = re.compile(
    r"(?:between\s+(?P<after>.+)\s+and\s+(?P<before>.+)|(?:from\s+)?(?P<first>.+?)(?:\s+(?:to|until)\s+|\s*–\s*|\s+-\s+)(?P<last>.+))",
    re.IGNORECASE,
)
_OPEN = re.compile(r"(?P<day>.+?)\s+or\s+(?P<side>later|earlier)", re.IGNORECASE)


def read_span(text: str) -> DateSpan:
    """A date or a range as a user writes it, as exactly as it is known; nothing written is UNDATED.

    What :func:`read_date` reads, two of these with "to", "–" or "between … and …", or one with "or later" or "or earlier":
    all that :func:`shown` writes.

    Raises ValueError where it is none, or ends before it begins.
    """
    text = " ".join(text.split())
    if not text:
        return UNDATED
    if open_ := _OPEN.fullmatch(text):
        day = read_date(open_["day"])
        later = open_["side"].lower() == "later"
        start, end = (day.start, None) if later else (None, day.end)
        return DateSpan(start, end, Precision.RANGE, DateOrigin.USER, text)
    if ends := _SPAN.fullmatch(text):
        start = read_date(ends["after"] or ends["first"]).start
        end = read_date(ends["before"] or ends["last"]).end
        if start is None or end is None or end < start:
            raise ValueError(text)
        return DateSpan(start, end, Precision.RANGE, DateOrigin.USER, text)
    return read_date(text)


def shown(span: DateSpan) -> str:
    """A date in words, exactly as far as it is known; empty where nothing is."""
    start, end = span.start, span.end
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"{_spoken(start)} or later" if start else f"{_spoken(end)} or earlier"
    match span.precision:
        case Precision.DAY:
            return _spoken(start)
        case Precision.MONTH:
            return f"{calendar.month_name[start.month]} {start.year}"
        case Precision.YEAR:
            return str(start.year)
        case _:
            return f"between {_spoken(start)} and {_spoken(end)}"


def _spoken(day: dt.date | None) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}" if day else ""


def _dateline(paragraphs: Sequence[str]) -> DateSpan:
    """A paragraph that is nothing but a date, with or without a label; a lone year is rather a heading."""
    for paragraph in paragraphs:
        try:
            span = read_date(_LABEL.sub("", paragraph), DateOrigin.STATED)
        except ValueError:
            continue
        if span.precision is not Precision.YEAR:
            return span
    return UNDATED


def _in_title(title: str) -> DateSpan:
    """The sharpest date in a title. A span of years ("2018/19") says what it is about, not when it was published."""
    for match in _IN_FULL.finditer(title):
        try:
            day = _day(match)
        except ValueError:
            continue
        return DateSpan(day, day, Precision.DAY, DateOrigin.TITLE, match[0])
    if month := _MONTH_YEAR.search(title):
        return _month_span(int(month["year"]), _MONTHS[month["month"].lower()], DateOrigin.TITLE, month[0])
    years = {match["year"]: match for match in _LONE_YEAR.finditer(title)}
    if len(years) == 1:
        (year,) = years
        return _year_span(int(year), DateOrigin.TITLE, year)
    return UNDATED


def _of_itself(paragraph: str, year: int | None) -> DateSpan:
    """The day on which a paragraph says that what it tells of is done: "today, 28 April", "On 6 July 2017, she gave"."""
    paragraph = paragraph[:_SENTENCE]
    if (match := _TODAY.search(paragraph)) and (match["year"] or year):
        try:
            day = dt.date(int(match["year"] or year or 0), _MONTHS[match["month"].lower()], int(match["day"]))
        except ValueError:
            return UNDATED
        return DateSpan(day, day, Precision.DAY, DateOrigin.TEXT, match[0])
    first = re.split(r"(?<=[.!?])\s", paragraph, maxsplit=1)[0]
    for match in _IN_FULL.finditer(first):
        before, after = first[: match.start()], first[match.end() :]
        opens = re.fullmatch(r"on\s+", before, re.IGNORECASE) and _DONE.search(after)
        closes = before.rstrip().endswith(" on") and _DONE.search(before)
        if opens or closes:
            try:
                day = _day(match)
            except ValueError:
                return UNDATED
            return DateSpan(day, day, Precision.DAY, DateOrigin.TEXT, match[0])
    return UNDATED


def _day(match: re.Match[str]) -> dt.date:
    """The day of a match; ValueError where the calendar does not have it."""
    month = match["month"].lower()
    return dt.date(int(match["year"]), _MONTHS.get(month) or int(month), int(match["day"]))


def _month_span(year: int, month: int, origin: DateOrigin, text: str) -> DateSpan:
    first = dt.date(year, month, 1)
    last = first.replace(day=calendar.monthrange(year, month)[1])
    return DateSpan(first, last, Precision.MONTH, origin, text)


def _year_span(year: int, origin: DateOrigin, text: str) -> DateSpan:
    return DateSpan(dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.YEAR, origin, text)
