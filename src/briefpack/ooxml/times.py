"""Times as Word writes them."""

import datetime as dt


def read_time(words: str | None) -> dt.datetime | None:
    """A ``w:date``: wall-clock time of an unknown zone, to the second; None where it cannot be read.

    Word writes local time with a false ``Z``, so a ``Z`` says nothing; any other offset is believed.
    """
    if not words:
        return None
    try:
        time = dt.datetime.fromisoformat(words.strip().removesuffix("Z")).replace(microsecond=0)
    except ValueError:
        return None
    return time


def read_utc(words: str | None) -> dt.datetime | None:
    """A ``w16cex:dateUtc``: a time that is known, to the second; None where it cannot be read."""
    time = read_time(words)
    if time is None:
        return None
    return time.replace(tzinfo=dt.UTC) if time.tzinfo is None else time.astimezone(dt.UTC)
