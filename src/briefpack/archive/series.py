"""Documents that come again and again: the same title, with another date or number each time."""

import re

from briefpack.archive import rows
from briefpack.archive.database import Database
from briefpack.archive.debris import folded
from briefpack.archive.model import Document, Series, SeriesEntry
from briefpack.archive.regions import REGIONS

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|spring|summer|autumn|winter"
)
_ISSUE = re.compile(
    rf"\b(?:{_MONTHS}|(?:19|20)\d\d(?:[\s/–-](?:19|20)?\d\d)?|\d+(?:st|nd|rd|th)?|no|issue|edition|volume|part)\b"
)
_ISSUE_WRITTEN = re.compile(rf"\s[-–—]\s*(?={_ISSUE.pattern})|{_ISSUE.pattern}", re.IGNORECASE)
_LEFT_OUT = frozenset({"the", "of", "and", "from", "in", "for", "policy", "region", "regional"})
_PLURALS = {"updates": "update", "committees": "committee", "bulletins": "bulletin", "newsletters": "newsletter"}
_NAMED = re.compile(r"\b(?:update|bulletin|newsletter|digest|minutes)\b")
_AREAS = sorted(
    ((name, folded(region)) for region, names in REGIONS.items() for name in (*names, folded(region))),
    key=lambda pair: -len(pair[0]),
)


def series_of(title: str) -> str:
    """What a title has in common with those of its series, or nothing where it bears neither a date nor a number.

    "Yorkshire & Humber Update - September 2017" and "Update from the Yorkshire and Humber region, May 2016" are of one.
    """
    plain = " ".join(_PLURALS.get(word, word) for word in folded(title.replace("&", " and ")).split())
    issue = _ISSUE.search(plain)
    if issue is None:
        return ""
    before = plain[: issue.start()]
    common = before if _NAMED.search(before) and len(before.split()) > 1 else _ISSUE.sub(" ", plain)
    for name, region in _AREAS:
        if re.search(rf"\b{name}\b", common):
            common = re.sub(rf"\b{name}\b", region, common, count=1)
            break
    return " ".join(sorted(set(common.split()) - _LEFT_OUT))


def series(connection: Database, rowid: int, document: Document) -> Series | None:
    """The series that a document belongs to; None where there is no other document of it."""
    query = "id IN (SELECT b.document_id FROM series a JOIN series b USING (name) WHERE a.document_id = ?)"
    found = sorted(rows.stored(connection, query, (rowid,)), key=_in_time)
    if len(found) < 2:
        return None
    here = next(place for place, each in enumerate(found) if each.rowid == rowid)
    entries = [SeriesEntry(each.head.id, each.head.title, each.head.date) for each in found]
    return Series(_written(document.title), tuple(entries[:here]), tuple(entries[here + 1 :]))


def _in_time(found: rows.Stored) -> tuple[str, str, int]:
    """By the last day that a document may be of; the undated first, as they came in."""
    date = found.head.date
    return (str(date.end or date.start or ""), str(date.start or ""), found.rowid)


def _written(title: str) -> str:
    """The name of a series as a title writes it: the title without dates and numbers, and what parts them from it."""
    name = _ISSUE_WRITTEN.sub(" ", title)
    return " ".join(name.split()).strip(" -–—:,()") or title
