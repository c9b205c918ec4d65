"""The tracked changes of a Word file as a person would count them.

A file states a change for every run, paragraph end, row and cell that it touches; here one thing that somebody did is
one :class:`Change`; :mod:`briefpack.ooxml.grouping` makes them. A deletion and an insertion side by side by one author
are one replacement, a paragraph that was moved is one move, a table row that was put in is one change with all that
stands in it.
"""

import datetime as dt
from enum import StrEnum

from msgspec import Struct

from briefpack.ooxml.story import RevisionKind


class ChangeKind(StrEnum):
    """What somebody did."""

    INSERTION = "insertion"
    DELETION = "deletion"
    REPLACEMENT = "replacement"
    MOVE = "move"
    FORMAT = "format"
    PARAGRAPH = "paragraph"
    """A paragraph split, or two joined."""
    TABLE = "table"
    """Rows or cells put in, taken out or merged."""


class Place(Struct, frozen=True):
    """A stretch of text that a change is in.

    ``story`` is the index of its story in :attr:`~briefpack.ooxml.document.Document.stories`, ``paragraph`` that of its
    paragraph among :func:`~briefpack.ooxml.story.paragraphs` of it. ``is_end`` says that it is the paragraph's end.
    """

    story: int
    paragraph: int
    start: int
    end: int
    kind: RevisionKind
    is_end: bool = False


class Change(Struct, frozen=True, kw_only=True):
    """One edit of one author.

    ``before`` and ``after`` are the words that it takes out and puts in, paragraphs separated by newlines; of a move both
    are the words moved, of a format those whose format was changed; of a paragraph that was split or joined, all its
    words. ``about`` says what words do not: "bold", "row". ``where`` is the place in the file as a person calls it, empty
    in the body. ``numbers`` are the tracked changes in the file that it is made of: part, and number in the part.
    """

    kind: ChangeKind
    author: str = ""
    time: dt.datetime | None = None
    before: str = ""
    after: str = ""
    about: str = ""
    where: str = ""
    places: tuple[Place, ...] = ()
    numbers: frozenset[tuple[str, int]] = frozenset()
