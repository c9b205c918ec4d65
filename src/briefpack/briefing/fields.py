"""The labels that a briefing's opening lines bear, and what their values say."""

import datetime as dt
import re
from collections.abc import Mapping

from msgspec import Struct

from briefpack.pack.dates import read_date
from briefpack.pack.model import Side

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("meeting", "meeting title", "title", "subject", "event", "topic", "briefing title"),
    "date": ("date", "date of meeting", "meeting date", "date of the meeting", "when"),
    "time": ("time", "time of meeting", "meeting time", "timing", "time and duration"),
    "place": ("place", "venue", "location", "where", "meeting place", "address"),
    "sender": ("from", "author", "prepared by", "drafted by", "briefing from", "official"),
    "recipient": ("to", "for", "prepared for", "briefing for", "minister"),
    "attendees": (
        "attendees",
        "attendee",
        "attending",
        "attendance",
        "participants",
        "present",
        "who",
        "those attending",
    ),
    "purpose": ("purpose", "reason for meeting", "reason for the meeting", "why", "reason"),
    "objectives": ("objectives", "objective", "our objectives", "our objective", "aims", "aim", "desired outcomes"),
    "marking": ("marking", "classification", "protective marking", "security marking", "security classification"),
    "cleared_by": ("cleared by", "clearance", "approved by", "cleared"),
}
"""For each field of a meeting the labels that a source may give it, in lower case."""

ON_THEIR_OWN = frozenset({"attendees", "purpose", "objectives"})
"""The fields whose label may stand on a line of its own without a colon, the value following."""

_INSIDE = frozenset({"internal", "inside", "our", "departmental"})
_OUTSIDE = frozenset({"external", "outside", "their"})
_FIELD_OF = {label: field for field, labels in FIELDS.items() for label in labels}
_PURPOSE = re.compile(
    r"(?:purpose|aim|reason) (?:of|for) (?:the |this )?(?:meeting|visit|call|event|briefing|engagement)"
)
_LABELLED = re.compile(r"([^\W\d_][^:\t\n]{0,39}?)\s*[:\t]\s*(.*)", re.DOTALL)
_MARKING = re.compile(
    r"(?:UK )?(?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED|PROTECT|UNCLASSIFIED|OFFICIAL)"
    r"(?:\s*[-–—:/ ]\s*(?:SENSITIVE|COMMERCIAL|PERSONAL|LOCSEN|POLICY|MARKET|STAFF|MANAGEMENT|UK EYES ONLY|[A-Z]+))*"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_TIME = re.compile(
    r"(?:at\s+)?(\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm|noon|hrs|hours)?(?:\s*(?:-|–|to|until)\s*"
    r"\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm|noon|hrs|hours)?)?)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d[:.]\d{2}|am|pm|noon|hrs|hours", re.IGNORECASE)


class Labelled(Struct, frozen=True):
    """A line such as "Date: 18/03/2020": the field, the label as it is written, and the value, empty where it follows.

    ``bare`` says that the label stands alone, without so much as a colon.
    """

    field: str
    label: str
    value: str
    bare: bool = False


def field_of(label: str) -> str | None:
    """The field that a label names, None where it names none."""
    key = " ".join(_BRACKETS.sub("", label.lower()).rstrip(":").split())
    if _PURPOSE.fullmatch(key):
        return "purpose"
    if key not in _FIELD_OF and side_of(key):
        rest = " ".join(word for word in key.split() if word not in _INSIDE | _OUTSIDE)
        return "attendees" if _FIELD_OF.get(rest) == "attendees" else None
    return _FIELD_OF.get(key)


def side_of(label: str) -> Side | None:
    """Which side of the table a label of attendees speaks of: "Internal attendees", "Attendees (their side)"."""
    said = frozenset(re.findall(r"\w+", label.casefold()))
    if said & _INSIDE:
        return Side.INSIDE
    return Side.OUTSIDE if said & _OUTSIDE else None


def read_labelled(string: str) -> Labelled | None:
    """What a line says of the meeting; None where it bears no label that is known."""
    string = string.strip()
    if found := _LABELLED.fullmatch(string):
        field = field_of(found[1])
        return Labelled(field, found[1], found[2].strip()) if field else None
    field = field_of(string)
    return Labelled(field, string, "", bare=True) if field in ON_THEIR_OWN else None


def is_marking(string: str) -> bool:
    """Whether a line is a protective marking and nothing else."""
    return _MARKING.fullmatch(string.strip()) is not None


def read_day_and_time(string: str) -> tuple[dt.date, str] | None:
    """The day, and the time if there is one ("18 March 2020, 10:00"), of a date's value; None where it says more."""
    day = read_date(string)
    if day is not None:
        return day, ""
    for cut in (m.start() for m in re.finditer(r"[,;]?\s", string)):
        rest = string[cut:].strip(" ,;-–")
        day = read_date(string[:cut])
        if day is not None and (found := _TIME.fullmatch(rest)) and _CLOCK.search(rest):
            return day, found[1]
    return None
