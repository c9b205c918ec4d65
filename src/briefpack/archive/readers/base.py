"""What a reader is: one module for one format, which turns the bytes of a file into the texts that it holds."""

import datetime as dt
from collections.abc import Callable

from msgspec import Struct

from briefpack.archive.model import UNDATED, DateSpan
from briefpack.archive.structure import Row
from briefpack.errors import UserError


class Found(Struct, frozen=True):
    """A document as its file holds it: its title, and the rows of its text in reading order, without the title.

    ``stated`` is the date that the format itself gives it (the Date of an e-mail), not one in its words; ``not_after`` the
    day by which it existed (an attachment was written before it was sent). ``people`` are those it comes from; ``flags``
    say what is odd about it, for the user.
    """

    title: str
    rows: tuple[Row, ...]
    tags: tuple[str, ...] = ()
    stated: DateSpan = UNDATED
    not_after: dt.date | None = None
    people: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class Unread(Struct, frozen=True):
    """A part of a file that could not be read, such as an attachment, and why; the rest of the file was."""

    part: str
    why: str


class Attached(Struct, frozen=True):
    """A file within a file, to be read in its turn; ``not_after`` is the day by which it existed."""

    name: str
    data: bytes
    not_after: dt.date | None = None


class Reading(Struct, frozen=True):
    """What a file holds. ``newest_first`` is whether its documents are in order of time, the latest at the top.

    ``many`` is whether such a file can hold any number of documents; where it cannot, the file is the document.
    ``attached`` are the files in it that other readers may read, ``unread`` the parts that nobody has.
    """

    documents: tuple[Found, ...]
    newest_first: bool = False
    many: bool = False
    attached: tuple[Attached, ...] = ()
    unread: tuple[Unread, ...] = ()


class Reader(Struct, frozen=True):
    """A format that the archive reads.

    ``suffixes`` are those of its files, in lower case; ``recognises`` is asked for a file's first bytes where several
    readers share a suffix. ``read`` gets the bytes and the file's name without its suffix, and raises UserError for what
    it cannot read; ``isolated`` says that it runs in a child process with limits of time and memory, as it must where
    a file can make it work without end; ``seconds`` is how long it may take then.
    """

    name: str
    suffixes: frozenset[str]
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, str], Reading]
    isolated: bool = False
    seconds: float = 30


def reason(error: UserError) -> str:
    """Why something was not read, and what to do, without saying where."""
    return f"{error.what}. {error.do}." if error.do else f"{error.what}."
