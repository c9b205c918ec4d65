"""Copies as they are compared: what was sent, every paragraph with its address in the pack, and what came back.

Both are read by the same reader, so that what differs between them was done by a person and not by a reader. Left out
of both is what the programs that open a copy write anew themselves: the table of contents and the gaps behind tables.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from briefpack.ooxml.document import Document, read_document
from briefpack.ooxml.package import Package, open_package
from briefpack.ooxml.story import StoryCell, StoryItem, StoryParagraph, StoryTable, paragraphs
from briefpack.ooxml.styles import Styles
from briefpack.pack.clips import fingerprint
from briefpack.pack.ids import LENGTH, is_id
from briefpack.pack.text import EMPTY, MarkKind, Text
from briefpack.review.model import Sent
from briefpack.word import identity
from briefpack.word.identity import BOOKMARK, Identity

_CONTENTS = re.compile(r"(?:toc|contents) (?:\d|heading)")
SOURCES = "Sources"
"""What the list of sources at the end is called."""

SIGN = re.compile(r"\[\d+\]")
"""A reference to the list of sources at the end."""

_TEXT_KINDS = frozenset({"heading", "paragraph", "list_item", "quote"})


class Copy(Struct, frozen=True):
    """A Word file as it was read: its document, and what it says of the pack that it was made from.

    ``program`` is what saved it last, as far as the file says so.
    """

    document: Document
    identity: Identity | None
    program: str = ""


class Address(Struct, frozen=True):
    """Where a paragraph that was sent stands: its block, and the number of its text there.

    ``part`` is None where it is no text of a block: the title, a caption's picture, who said a quotation. ``where``
    says what it is, in words.
    """

    block: str = ""
    part: int | None = None
    where: str = ""
    kind: str = ""


class Slot(Struct, frozen=True):
    """A paragraph that was sent, with its address, and its words as the pack has them.

    ``signs`` are the references to sources that the file has in them ("[1]"): the pack does not, they are its clips.
    """

    paragraph: StoryParagraph
    address: Address
    words: Text
    signs: tuple[str, ...] = ()

    @property
    def string(self) -> str:
        """Its words."""
        return self.words.string


class Grid(Struct, frozen=True):
    """A table that was sent: the block that it is, and the slots of each cell. ``block`` is empty in cards and details."""

    table: StoryTable
    block: str
    rows: tuple[tuple[tuple[Slot, ...], ...], ...]


Flow = tuple[Slot | Grid, ...]
"""What was sent, in reading order."""


def read_copy(data: bytes, where: str) -> Copy:
    """A Word file, read.

    Raises:
        UserError: it is not a Word file, or is one that is protected, holds macros, is damaged or over the limits.
    """
    package: Package = open_package(data, where)
    return Copy(read_document(package), identity.read(package), _program(package))


def _program(package: Package) -> str:
    name = package.related("extended-properties", "") or "docProps/app.xml"
    if not package.has(name):
        return ""
    said = next(package.xml(name).iter("{*}Application"), None)
    return "" if said is None else said.text or ""


def block_ids(bookmarks: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The ids of the blocks whose own bookmarks these are, and of those that they are copies of.

    LibreOffice calls the bookmark of what was copied, or moved with tracking on, ``_bp_<id>_Copy_1``.
    """
    own: list[str] = []
    copies: list[str] = []
    for name in bookmarks:
        found = name.removeprefix(BOOKMARK)[:LENGTH]
        if name.startswith(BOOKMARK) and is_id(found):
            (own if len(name) == len(BOOKMARK) + LENGTH else copies).append(found)
    return own, copies


def body(copy: Copy) -> tuple[StoryItem, ...]:
    """The paragraphs and tables of a copy that are compared.

    An empty one is where the end before it was put in: its own is that of the paragraph that was sent.
    """
    styles = copy.document.styles
    kept: list[StoryItem] = []
    for item in copy.document.story:
        last = kept[-1] if kept else None
        split = isinstance(last, StoryParagraph) and last.inserted is not None
        if isinstance(item, StoryTable) or split or _is_compared(item, styles):
            kept.append(item)
    return tuple(kept)


def stands_for_something(paragraph: StoryParagraph) -> bool:
    """Whether a paragraph without words is more than space: it holds a picture, or begins a page."""
    return bool(paragraph.pictures or paragraph.page_breaks)


def _is_compared(paragraph: StoryParagraph, styles: Styles) -> bool:
    style = styles.name(paragraph.style).lower()
    if _CONTENTS.fullmatch(style):
        return False
    if paragraph.text or paragraph.inserted or paragraph.deleted or stands_for_something(paragraph):
        return True
    return bool(block_ids(paragraph.bookmarks)[0])


class _Addressing:
    """Gives the paragraphs of a copy that Briefpack wrote their addresses."""

    def __init__(self, copy: Copy, signed: frozenset[str] = frozenset()) -> None:
        self._signed = signed
        known = copy.identity.blocks if copy.identity else ()
        self._kinds = {block.id: block.kind for block in known}
        self._styles = copy.document.styles
        self._last = Address()
        self._details = next((block.id for block in known if block.kind == "meeting_details"), "")

    def flow(self, items: tuple[StoryItem, ...]) -> Iterator[Slot | Grid]:
        for item in items:
            if isinstance(item, StoryTable):
                yield self._grid(item)
            else:
                yield self._slot(item, self._address(item))

    def _address(self, paragraph: StoryParagraph) -> Address:
        style = self._styles.name(paragraph.style).lower()
        own, _ = block_ids(paragraph.bookmarks)
        if own:
            kind = self._kinds.get(own[0], "paragraph")
            where = "Title" if kind == "meeting_details" else ""
            self._last = Address(own[0], 0 if kind in _TEXT_KINDS else None, where, kind)
            return self._last
        if style == "caption" and self._last.kind == "image":
            return Address(self._last.block, 0, "Caption", "image")
        if style == "quote source" and self._last.kind == "quote":
            return Address(self._last.block, None, "Who said the quotation", "quote")
        is_list = style == "source entry" or (paragraph.heading and paragraph.text.string == SOURCES)
        return Address(where=SOURCES if is_list else "")

    def _grid(self, table: StoryTable) -> Grid:
        first = next(
            (each for row in table.rows[:1] for cell in row.cells[:1] for each in paragraphs(cell.items)), None
        )
        own = block_ids(first.bookmarks)[0] if first else []
        kind = self._kinds.get(own[0], "table") if own else ""
        if kind == "table":
            return self._plain(table, own[0])
        if kind == "biography":
            return Grid(table, "", tuple(self._card(row.cells) for row in table.rows))
        details = Address(self._details, None, "Meeting details", "meeting_details")
        rows = tuple(tuple(self._slots(cell.items, details) for cell in row.cells) for row in table.rows)
        return Grid(table, "", rows)

    def _plain(self, table: StoryTable, block: str) -> Grid:
        width = max(len(row.cells) for row in table.rows)
        rows = tuple(
            tuple(
                self._slots(cell.items, Address(block, number * width + column, "", "table"))
                for column, cell in enumerate(row.cells)
            )
            for number, row in enumerate(table.rows)
        )
        return Grid(table, block, rows)

    def _card(self, cells: tuple[StoryCell, ...]) -> tuple[tuple[Slot, ...], ...]:
        photo, *rest = cells
        slots: list[tuple[Slot, ...]] = []
        own: list[str] = []
        for each in paragraphs(photo.items):
            own += block_ids(each.bookmarks)[0]
        block = own[0] if own else ""
        slots.append(self._slots(photo.items, Address(block, None, "Photograph", "biography")))
        for cell in rest:
            made, part = [], 0
            for each in paragraphs(cell.items):
                point = self._styles.name(each.style).lower() not in {"biography name", "biography role"}
                made.append(self._slot(each, Address(block, part if point else None, "Biography", "biography")))
                part += point
            slots.append(tuple(made))
        return tuple(slots)

    def _slots(self, items: tuple[StoryItem, ...], address: Address) -> tuple[Slot, ...]:
        return tuple(self._slot(paragraph, address) for paragraph in paragraphs(items))

    def _slot(self, paragraph: StoryParagraph, address: Address) -> Slot:
        if address.part is None or address.block not in self._signed:
            return Slot(paragraph, address, paragraph.text)
        signs = tuple(found[0] for found in SIGN.finditer(paragraph.text.string))
        return Slot(paragraph, address, without_signs(paragraph.text, signs), signs)


def without_signs(words: Text, signs: Sequence[str]) -> Text:
    """Words without references to sources, each of which is taken out where it first comes behind the one before."""
    at = 0
    for sign in signs:
        found = words.string.find(sign, at)
        if found >= 0:
            words, at = words.replace(found, found + len(sign), EMPTY), found
    return words


def addressed(copy: Copy) -> Flow:
    """What was sent, every paragraph with its address."""
    plain = tuple(_Addressing(copy).flow(body(copy)))
    texts: dict[str, list[str]] = {}
    for slot in slots(plain):
        if slot.address.part is not None and slot.address.block:
            texts.setdefault(slot.address.block, []).append(slot.string)
    signed = _with_signs(copy, texts)
    return tuple(_Addressing(copy, signed).flow(body(copy))) if signed else plain


def _with_signs(copy: Copy, texts: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The blocks in which what looks like references to sources is no words of the pack: their fingerprints say so."""
    known = {block.id: block.fingerprint for block in copy.identity.blocks} if copy.identity else {}
    return frozenset(
        block
        for block, strings in texts.items()
        if SIGN.search(said := "\n".join(strings)) and fingerprint(SIGN.sub("", said)) == known.get(block)
    )


def slots(flow: Flow) -> Iterator[Slot]:
    """Every paragraph that was sent, those in tables too."""
    for item in flow:
        if isinstance(item, Slot):
            yield item
        else:
            yield from (slot for row in item.rows for cell in row for slot in cell)


def sent_text(flow: Flow) -> Sent:
    """The texts of the blocks that were sent."""
    texts: dict[str, list[str]] = {}
    columns: dict[str, int] = {}
    for slot in slots(flow):
        if slot.address.block:
            held = texts.setdefault(slot.address.block, [])
            if slot.address.part is not None:
                held.append(slot.string)
    for item in flow:
        if isinstance(item, Grid) and item.block:
            columns[item.block] = max(len(row) for row in item.rows)
    return Sent(tuple(texts), {block: tuple(held) for block, held in texts.items()}, columns)


def proposals(copy: Copy) -> frozenset[tuple[MarkKind, str]]:
    """The tracked changes that a copy went out with: they are no reviewer's."""
    return frozenset(
        (mark.kind, mark.value)
        for paragraph in paragraphs(copy.document.story)
        for mark in paragraph.text.marks
        if mark.kind in {MarkKind.INSERTION, MarkKind.DELETION}
    )
