"""Dates and kinds of archived documents in words."""

import datetime as dt
from pathlib import PurePath

from briefpack.archive.model import DateSpan, Document, Hit, Precision
from briefpack.pack.dates import day_words


def span_words(span: DateSpan) -> str:
    """A date as exactly as it is known, and no more; "date not known" where nothing is."""
    match span.precision:
        case Precision.DAY if span.start:
            return day_words(span.start)
        case Precision.MONTH if span.start:
            return _month(span.start)
        case Precision.YEAR if span.start:
            return str(span.start.year)
        case Precision.RANGE:
            return _range(span)
        case _:
            return "date not known"


def described(document: Hit | Document) -> str:
    """When, what and from which file, on one line."""
    date = span_words(document.date)
    kind = document.kind.value if document.kind else ""
    parts = (date[0].upper() + date[1:], kind, document.region or "", PurePath(document.source).name)
    return " · ".join(part for part in parts if part)


def _range(span: DateSpan) -> str:
    if span.start and span.end:
        return f"between {day_words(span.start)} and {day_words(span.end)}"
    if span.end:
        return f"not after {day_words(span.end)}"
    if span.start:
        return f"not before {day_words(span.start)}"
    return "date not known"


def _month(day: dt.date) -> str:
    return day_words(day).partition(" ")[2]
