"""A Word document's text as values: paragraphs and tables in reading order, nothing of it left out.

:mod:`briefpack.ooxml.reading` makes them. Tracked insertions and deletions are both there, as marks; so are the ranges
of comments, as marks of kind ``comment`` whose value is the comment's id in the file.
"""

from collections.abc import Iterable, Iterator

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


class StoryParagraph(Struct, frozen=True, kw_only=True):
    """A paragraph as it stands in the file.

    ``by_style`` are the formats that its style gives its words, beside the marks of ``text`` that they have themselves.
    ``heading`` is its outline level from 1; ``bookmarks`` are the names of those that begin in it or right before it;
    ``points`` are comments attached to a place without words; ``page_breaks`` are offsets; ``boxed`` says that it
    stands in a text box; ``inserted`` and ``deleted`` say who proposed that its end be put in or taken out.
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


class StoryCell(Struct, frozen=True):
    """A table cell. ``span`` is how many columns it takes; ``continued`` that it goes on from the cell above."""

    items: "tuple[StoryParagraph | StoryTable, ...]" = ()
    span: int = 1
    continued: bool = False


class StoryRow(Struct, frozen=True):
    """A table row; ``header`` says that it is repeated on each page."""

    cells: tuple[StoryCell, ...] = ()
    header: bool = False
    inserted: Proposal | None = None
    deleted: Proposal | None = None


class StoryTable(Struct, frozen=True):
    """A table."""

    rows: tuple[StoryRow, ...] = ()
    style: str = ""
    bookmarks: tuple[str, ...] = ()


StoryItem = StoryParagraph | StoryTable


def paragraphs(items: Iterable[StoryItem]) -> Iterator[StoryParagraph]:
    """Every paragraph in reading order, those in table cells too."""
    for item in items:
        if isinstance(item, StoryParagraph):
            yield item
        else:
            for row in item.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.items)
