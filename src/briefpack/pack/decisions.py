"""What came back from reviewers, and what the drafter did with it.

Only these facts are kept. What a copy holds is read again from its bytes, and from those that were sent, whenever it is
asked for (:mod:`briefpack.review`): a list that is derived cannot differ from what it was derived from.
"""

import datetime as dt
from enum import StrEnum

from msgspec import Struct


class Verdict(StrEnum):
    """What the drafter did with one item of a returned copy."""

    ACCEPTED = "accepted"
    """The change is made in the pack; a comment or reply is settled, and its thread resolved."""
    REJECTED = "rejected"
    """The pack stays as it is; a comment's or reply's thread is resolved."""
    EDITED = "edited"
    """The drafter's own words stand where the change would have been made."""
    ANSWERED = "answered"
    """A reply was given, and the thread is still open."""


class Return(Struct, frozen=True, omit_defaults=True):
    """A copy that came back. Its exact bytes lie in the pack file under ``sha256``, ``name`` is what the file was called.

    ``issue`` is the number of the issue that it answers, ``sent`` the SHA-256 of the very file of that issue that it is
    compared with. ``authors`` are those whose comments and changes it holds, in the order they first come.
    """

    sha256: str
    name: str
    taken: dt.datetime
    issue: str = ""
    sent: str = ""
    authors: tuple[str, ...] = ()


class Decision(Struct, frozen=True, omit_defaults=True):
    """What was done with one item, by whom and when. ``item`` is the key of a :class:`briefpack.review.model.Item`.

    ``before`` and ``after`` are the words that stood in the pack and those that stood there then; ``reply`` is what the
    reviewer is told, and may be given with any verdict.
    """

    item: str
    verdict: Verdict
    by: str = ""
    time: dt.datetime | None = None
    before: str = ""
    after: str = ""
    reply: str = ""
