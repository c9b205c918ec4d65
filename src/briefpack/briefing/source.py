"""What any source of a briefing gives, and what becomes of it."""

from msgspec import Struct

from briefpack.pack.model import Comment, Pack
from briefpack.pack.text import EMPTY, MarkKind, Text


class SourceParagraph(Struct, frozen=True, kw_only=True):
    """A paragraph of a source.

    ``heading`` is the level that the source itself states, None where it states none; ``title`` that it is styled as
    the title; ``level`` the list level, None outside of lists; ``caption`` that it is styled as a picture's; ``gap``
    that an empty line stands before it; ``id`` the id of the block of a pack that it once was.
    """

    text: Text = EMPTY
    heading: int | None = None
    title: bool = False
    level: int | None = None
    ordered: bool = False
    quote: bool = False
    caption: bool = False
    gap: bool = False
    id: str = ""

    @property
    def string(self) -> str:
        """The words, on one line, without white space around them."""
        return " ".join(self.text.string.split())

    @property
    def bold(self) -> bool:
        """Whether every character that can be seen is bold."""
        return self.all_of(MarkKind.BOLD)

    def all_of(self, kind: MarkKind) -> bool:
        """Whether every character that can be seen has a mark of this kind, and there is one."""
        string, at = self.text.string, 0
        for mark in self.text.marks:
            if mark.kind == kind:
                if string[at : mark.start].strip():
                    return False
                at = mark.end
        return at > 0 and bool(string.strip()) and not string[at:].strip()


class SourcePicture(Struct, frozen=True, kw_only=True):
    """A picture: the name of its bytes in :attr:`Source.media`, as in :class:`~briefpack.pack.model.Image`."""

    media: str
    alt: str = ""
    width_mm: float = 0
    id: str = ""


class SourceBreak(Struct, frozen=True, kw_only=True):
    """A page break."""

    id: str = ""


class SourceTable(Struct, frozen=True, kw_only=True):
    """A table: rows of cells, each with its paragraphs and pictures."""

    rows: "tuple[tuple[tuple[SourceParagraph | SourcePicture, ...], ...], ...]" = ()
    header: bool = False
    gap: bool = False
    id: str = ""


SourceItem = SourceParagraph | SourcePicture | SourceBreak | SourceTable


class Source(Struct, frozen=True, kw_only=True):
    """A whole source.

    ``labels`` are words of it that were read as layout (a bullet's sign, a tag, a comment's number), so that every word
    can be accounted for. ``notes`` are sentences for the user.
    """

    items: tuple[SourceItem, ...] = ()
    comments: tuple[Comment, ...] = ()
    media: dict[str, bytes] = {}
    marking: str = ""
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


class Imported(Struct, frozen=True, kw_only=True):
    """A pack that was read, the bytes of its pictures by name, and what the user should know.

    Every word of the source is in the pack or among ``labels``: those that became structure, such as "Date:" before
    the date, and the date itself.
    """

    pack: Pack
    media: dict[str, bytes] = {}
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
