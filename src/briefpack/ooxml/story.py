"""A Word document's text as values: paragraphs and tables in reading order, nothing of it left out.

:mod:`briefpack.ooxml.reading` makes them. Tracked insertions and deletions are both there, as marks; so are the ranges
of comments, as marks of kind ``comment`` whose value is the comment's id in the file.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from briefpack.ooxml.styles import ListPlace
from briefpack.pack.text import EMPTY, Mark, Text
from briefpack.pack.tracked import Proposal


class Picture(Struct, frozen=True):
    """A picture in a paragraph: the name of the part with its bytes (empty where it lies outside the file)."""

    offset: int
    part: str
    alt: str = ""
    name: str = ""
    width_mm: float = 0


class Point(Struct, frozen=True):
    """A place between two characters that a comment or a note is attached to, by its id in the file."""

    offset: int
    id: str


class RevisionKind(StrEnum):
    """What one tracked change in a file proposes."""

    INSERTION = "insertion"
    DELETION = "deletion"
    MOVED_FROM = "moved from"
    MOVED_TO = "moved to"
    FORMAT = "format"


class Revision(Struct, frozen=True, kw_only=True):
    """A tracked change as the file states it: of the characters from ``start`` to ``end``, or of what it is a part of.

    ``number`` is its place among all tracked changes of its part, from 0 in document order. ``move`` is the name that
    both sides of a move share, empty without one. ``about`` says in a word what is not said by characters: what stands
    there in place of them ("picture"), or which format was changed ("bold").
    """

    kind: RevisionKind
    proposal: Proposal
    number: int
    start: int = 0
    end: int = 0
    move: str = ""
    about: str = ""


class StoryParagraph(Struct, frozen=True, kw_only=True):
    """A paragraph as it stands in the file.

    ``by_style`` are the formats that its style gives its words, beside the marks of ``text`` that they have themselves.
    ``heading`` is its outline level from 1; ``bookmarks`` are the names of those that begin in it or right before it;
    ``points`` are comments attached to a place without words; ``page_breaks`` are offsets; ``boxed`` says that it
    stands in a text box, ``box`` in which one, from 1; ``inserted`` and ``deleted`` say who proposed that its end be put
    in or taken out. ``revisions`` are all tracked changes of its characters, the outer of two first; ``of_end`` are those
    of the paragraph as a whole, which reach over all of it, and those of its end.
    """

    text: Text = EMPTY
    by_style: tuple[Mark, ...] = ()
    style: str = ""
    heading: int | None = None
    place: ListPlace | None = None
    bookmarks: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    points: tuple[Point, ...] = ()
    footnotes: tuple[Point, ...] = ()
    endnotes: tuple[Point, ...] = ()
    page_breaks: tuple[int, ...] = ()
    boxed: bool = False
    hidden: bool = False
    inserted: Proposal | None = None
    deleted: Proposal | None = None
    box: int = 0
    revisions: tuple[Revision, ...] = ()
    of_end: tuple[Revision, ...] = ()


class StoryCell(Struct, frozen=True):
    """A table cell. ``span`` is how many columns it takes; ``continued`` that it goes on from the cell above."""

    items: "tuple[StoryParagraph | StoryTable, ...]" = ()
    span: int = 1
    continued: bool = False
    revisions: tuple[Revision, ...] = ()


class StoryRow(Struct, frozen=True):
    """A table row; ``header`` says that it is repeated on each page."""

    cells: tuple[StoryCell, ...] = ()
    header: bool = False
    inserted: Proposal | None = None
    deleted: Proposal | None = None
    revisions: tuple[Revision, ...] = ()


class StoryTable(Struct, frozen=True):
    """A table; ``box`` is the text box that it stands in, 0 outside of one."""

    rows: tuple[StoryRow, ...] = ()
    style: str = ""
    bookmarks: tuple[str, ...] = ()
    box: int = 0
    revisions: tuple[Revision, ...] = ()


StoryItem = StoryParagraph | StoryTable


class Story(Struct, frozen=True, kw_only=True):
    """The text of one place of the file: its body, one of its notes, a header or footer.

    ``where`` is what a person calls that place, empty for the body; ``part`` the name of the part that it stands in;
    ``revisions`` are those that concern none of its items: the page layout of the last section.
    """

    items: tuple[StoryItem, ...]
    where: str = ""
    part: str = ""
    revisions: tuple[Revision, ...] = ()


def paragraphs(items: Iterable[StoryItem]) -> Iterator[StoryParagraph]:
    """Every paragraph in reading order, those in table cells too."""
    for item in items:
        if isinstance(item, StoryParagraph):
            yield item
        else:
            for row in item.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.items)
