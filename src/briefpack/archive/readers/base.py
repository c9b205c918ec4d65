"""What a reader is: one module for one format, which turns the bytes of a file into the texts that it holds."""

from collections.abc import Callable

from msgspec import Struct

from briefpack.archive.structure import Row


class Found(Struct, frozen=True):
    """A document as its file holds it: its title, and the rows of its text in reading order, without the title."""

    title: str
    rows: tuple[Row, ...]
    tags: tuple[str, ...] = ()


class Reading(Struct, frozen=True):
    """What a file holds. ``newest_first`` is whether its documents are in order of time, the latest at the top.

    ``many`` is whether such a file can hold any number of documents; where it cannot, the file is the document.
    """

    documents: tuple[Found, ...]
    newest_first: bool = False
    many: bool = False


class Reader(Struct, frozen=True):
    """A format that the archive reads.

    ``suffixes`` are those of its files, in lower case; ``recognises`` is asked for a file's first bytes where several
    readers share a suffix. ``read`` gets the bytes and the file's name without its suffix, and raises UserError for what
    it cannot read; ``isolated`` says that it runs in a child process with limits of time and memory, as it must where
    a file can make it work without end.
    """

    name: str
    suffixes: frozenset[str]
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, str], Reading]
    isolated: bool = False
