"""Who proposed an insertion or deletion, and when: what the value of such a mark says.

The value is the time in ISO 8601, or ``-`` where it is not known, a space, and the author:
``2020-03-17T09:00:00+00:00 Graham Marsh``. One change that two people made is two marks of different values.
"""

import datetime as dt

from msgspec import Struct

_UNKNOWN = "-"


class Proposal(Struct, frozen=True):
    """The author and time of a tracked change. A time without a zone is wall-clock time of an unknown zone."""

    author: str = ""
    time: dt.datetime | None = None


def proposal_value(proposal: Proposal) -> str:
    """What a mark of kind ``insertion`` or ``deletion`` has as its value."""
    return f"{proposal.time.isoformat() if proposal.time else _UNKNOWN} {proposal.author}"


def read_proposal(value: str) -> Proposal:
    """The author and time that a mark's value states. What does not begin with a time is all author."""
    first, _, author = value.partition(" ")
    if first == _UNKNOWN:
        return Proposal(author)
    try:
        return Proposal(author, dt.datetime.fromisoformat(first))
    except ValueError:
        return Proposal(value)
