"""Items in the making."""

import datetime as dt

from msgspec import Struct

from briefpack.ooxml.story import StoryParagraph
from briefpack.ooxml.styles import Styles
from briefpack.pack.model import AnyBlock, Heading, ListItem, Paragraph, Quote
from briefpack.pack.text import Text
from briefpack.review.gathering import Edit
from briefpack.review.keys import key_of
from briefpack.review.model import Item, ItemKind

_DEEPEST = 8


class Target(Struct, frozen=True):
    """Where places ``start`` to ``end`` of an edit's new words lie: from ``offset`` on in a text of a block.

    The block is the item's key where the words go into a text that is there.
    """

    start: int
    end: int
    block: str
    part: int
    offset: int


class Draft(Struct):
    """An item in the making. ``made`` are blocks that it puts in, ``targets`` where its edit's new words lie."""

    edit: Edit
    item: Item
    targets: list[Target]
    dropped: tuple[str, ...] = ()
    put_behind: str | None = None

    @property
    def place(self) -> int:
        """Where its edit is in what was sent."""
        edit = self.edit
        while edit.inside is not None:
            edit = edit.inside
        return edit.start


def drafted(edit: Edit, issue: str, key: str, block: str | None, before: str, after: str) -> Item:
    """An item that an edit makes, as far as it follows from who did it and the words."""
    if edit.who.silent:
        kind = ItemKind.SILENT
    elif before and after:
        kind = ItemKind.REPLACEMENT
    elif before or after:
        kind = ItemKind.DELETION if before else ItemKind.INSERTION
    else:
        kind = ItemKind.PARAGRAPH
    time: dt.datetime | None = edit.who.time
    return Item(
        key=key, kind=kind, author=edit.who.author, time=time, block=block, before=before, after=after,
        issue=issue,
    )  # fmt: skip


def key_in(issue: str, edit: Edit, *place: object) -> str:
    """The key of an item: who did what, and where. Times and file names do not count."""
    return key_of(issue, "silent" if edit.who.silent else f"by {edit.who.author}", *place)


def new_block(words: Text, paragraph: StoryParagraph | None, styles: Styles, identifier: str) -> AnyBlock:
    """New words as a block, of the kind that the paragraph that they stand in has."""
    if paragraph is None:
        return Paragraph(id=identifier, text=words)
    if paragraph.heading is not None:
        return Heading(id=identifier, text=words, level=min(paragraph.heading, 6))
    if paragraph.place is not None:
        level = min(paragraph.place.level, _DEEPEST)
        return ListItem(id=identifier, text=words, level=level, ordered=paragraph.place.ordered)
    if styles.name(paragraph.style).lower() == "quote":
        return Quote(id=identifier, text=words)
    return Paragraph(id=identifier, text=words)
