"""Days and times as people write and read them: British, day before month, times of the 24 hours or with am and pm."""

import datetime as dt
import re

from briefpack.pack.model import Meeting

_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS = re.compile(r"(?:([A-Za-z]+),?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+),?\s+(\d{4})")
_CLOCK = re.compile(r"(?:(.+?)(?:,\s*|\s+|T))?(?:at\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""English in every locale."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = {short: n for n, name in enumerate(MONTH_NAMES, 1) for short in (name.lower(), name[:3].lower())} | {
    "sept": 9
}


def read_date(words: str) -> dt.date | None:
    """A day written as 2020-03-18, 18/03/2020 or 18 March 2020, day before month; None where it is none of these.

    Its weekday may stand before it. One that is not that day's leaves open which of the two is right: that is None too.
    """
    words = words.strip()
    try:
        if found := _ISO.fullmatch(words):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(words):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        if (found := _WORDS.fullmatch(words)) and (month := _MONTHS.get(found[3].lower())):
            day = dt.date(int(found[4]), month, int(found[2]))
            return day if _is_weekday(found[1], day) else None
    except ValueError:
        return None
    return None


def read_moment(words: str, *, otherwise: dt.time = dt.time()) -> dt.datetime | None:
    """A day with a time of it: "18/03/2020 09:00", "18 March 2020, 9.30 am"; None where it is none.

    ``otherwise`` is the time of a day that is written alone. The time has no zone: it is that of the place.
    """
    words = words.strip()
    if day := read_date(words):
        return dt.datetime.combine(day, otherwise)
    found = _CLOCK.fullmatch(words)
    if found is None or not found[1] or not (found[3] or found[4]) or not (day := read_date(found[1])):
        return None
    hour, minute, half = int(found[2]), int(found[3] or 0), (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    return dt.datetime.combine(day, dt.time(hour, minute)) if hour < 24 and minute < 60 else None


def _is_weekday(word: str | None, day: dt.date) -> bool:
    """Whether a word, if there is one, names the weekday of a day, in full or cut short ("Weds")."""
    if word is None:
        return True
    name, word = _WEEKDAYS[day.weekday()].lower(), word.lower()
    return word == name or (3 <= len(word) <= 5 and word[:3] == name[:3])


def day_words(day: dt.date, *, weekday: bool = False) -> str:
    """A day in words: "18 March 2020", or with its weekday "Wednesday 18 March 2020". English in every locale."""
    words = f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
    return f"{_WEEKDAYS[day.weekday()]} {words}" if weekday else words


def moment_words(time: dt.datetime, *, weekday: bool = False) -> str:
    """A day and its time in words: "18 March 2020, 09:00", as :func:`read_moment` reads it. A zone is left out."""
    return f"{day_words(time.date(), weekday=weekday)}, {time:%H:%M}"


def date_words(meeting: Meeting) -> str:
    """The meeting's day as a reader sees it: "Wednesday 18 March 2020", or as its source wrote it."""
    return meeting.date_text if meeting.date is None else day_words(meeting.date, weekday=True)


def age_words(first: dt.date, last: dt.date, on: dt.date) -> str:
    """How long before a day something was that happened between two others: "12 days", "about 2 years 4 months".

    It is told from the last of these days on; empty where that is not before the day.
    """
    if last >= on:
        return ""
    about = "" if first == last else "about "
    months = (on.year - last.year) * 12 + on.month - last.month - (on.day < last.day)
    if not months:
        return about + _count((on - last).days, "day")
    years, months = divmod(months, 12)
    return about + " ".join(_count(number, name) for number, name in ((years, "year"), (months, "month")) if number)


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
