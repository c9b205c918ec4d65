"""The list that all returned copies make together, as values.

Nothing here is stored: a :class:`Review` is derived from the bytes that were sent and those that came back, which the
pack file keeps, and of it only the decisions are kept, by the items' keys.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from briefpack.pack.anchors import Span
from briefpack.pack.model import AnyBlock
from briefpack.pack.text import EMPTY, Text


class ItemKind(StrEnum):
    """What a reviewer did."""

    COMMENT = "comment"
    """A new comment; or one that went out, with its text changed or its thread resolved."""
    REPLY = "reply"
    """An answer to a comment."""
    INSERTION = "insertion"
    DELETION = "deletion"
    REPLACEMENT = "replacement"
    MOVE = "move"
    PARAGRAPH = "paragraph"
    """A paragraph split, or two joined."""
    SILENT = "silent"
    """An edit made with tracking off."""


REMARKS = frozenset({ItemKind.COMMENT, ItemKind.REPLY})
"""Kinds that say something and change no words."""

TRACKED = frozenset(ItemKind) - REMARKS - {ItemKind.SILENT}
"""Kinds that the reviewer's program recorded as a change."""


class Reword(Struct, frozen=True, tag=True):
    """The words of a span replaced. Offsets are those of the text that was sent."""

    span: Span
    new: Text = EMPTY


class Drop(Struct, frozen=True, tag=True):
    """Whole blocks taken out."""

    blocks: tuple[str, ...]


class Put(Struct, frozen=True, tag=True):
    """New blocks behind the block ``after``; at the beginning of the body where it is empty.

    The ids of the new blocks are made from the item's key, so that they are the same whenever the list is derived.
    """

    after: str
    blocks: tuple[AnyBlock, ...]


class Move(Struct, frozen=True, tag=True):
    """Whole blocks moved behind the block ``after``; to the beginning of the body where it is empty."""

    blocks: tuple[str, ...]
    after: str


class Split(Struct, frozen=True, tag=True):
    """The words of a span replaced by ``first``, the end of a paragraph, and ``second``.

    The second half is a block of the same kind as the first, with the id ``block``.
    """

    span: Span
    block: str
    first: Text = EMPTY
    second: Text = EMPTY


class Join(Struct, frozen=True, tag=True):
    """The end of a block taken out: the words of ``second`` go on in ``first``."""

    first: str
    second: str


class PutRow(Struct, frozen=True, tag=True):
    """A row of a table put in before the row of that index as it was sent; behind the last where there is none."""

    table: str
    row: int
    cells: tuple[Text, ...]


class DropRow(Struct, frozen=True, tag=True):
    """A row of a table, by its index as it was sent, taken out."""

    table: str
    row: int


Step = Reword | Drop | Put | Move | Split | Join | PutRow | DropRow
"""A part of what accepting an item does to the pack; how it is carried out is the business of ``review`` alone."""


class Item(Struct, frozen=True, kw_only=True):
    """One thing in a returned copy that wants a decision: what a person would call one edit, or one remark.

    Attributes:
        key: its name, made of who did what and where in the text that was sent; the same in every later copy.
        kind: what it is.
        author: who did it; of a silent edit, who sent the copy back as far as that is known, else empty.
        initials: of the author of a remark, as far as the copy states them.
        time: when, as the copy states it; without a zone it is wall-clock time of an unknown zone.
        block: the block that it is in or, of a new one, behind; None where it is in no block (headers, notes).
        where: the place of what is in no block, in words: "Header", "Footnote 2".
        before: the words that it takes out; of a comment that went out, its text as it was sent.
        after: the words that it puts in; of a comment that went out, its text now. Of a move both are the moved words.
        text: what a remark says, and of a change what it does that words do not show: "Splits the paragraph".
        words: what it is about: the words that a remark stands on, the sentence that a change is in. As sent.
        span: where in the text that was sent, as far as it is in one text of a block.
        stands: of a remark, every piece of text that it stands on, as sent.
        resolved: whether the thread of a remark came back resolved.
        comment: of a remark, the id of the comment in the pack that is its thread.
        sources: the SHA-256 of every returned copy that holds it, the first taken first.
        issue: the number of the issue whose text ``block``, ``span`` and ``steps`` speak of.
        order: its place among the items of the copy that it came with, which tells what of two insertions comes first.
        clash: the key of the :class:`Clash` that it belongs to, or empty.
        agrees: the keys of other people's items that make the very same change; one decision is for all of them.
        inside: the key of the item whose new words this item changes, or empty. A span of a step whose block is that key
            lies in those new words.
        steps: what accepting it does; none where it cannot be done but by hand.
    """

    key: str
    kind: ItemKind
    author: str = ""
    initials: str = ""
    time: dt.datetime | None = None
    block: str | None = None
    where: str = ""
    before: str = ""
    after: str = ""
    text: str = ""
    words: str = ""
    span: Span | None = None
    stands: tuple[Span, ...] = ()
    resolved: bool = False
    comment: str = ""
    sources: tuple[str, ...] = ()
    issue: str = ""
    order: int = 0
    clash: str = ""
    agrees: tuple[str, ...] = ()
    inside: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether it changes words; otherwise it is a remark."""
        return self.kind not in REMARKS


class Clash(Struct, frozen=True):
    """Two or more people's different edits of one sentence: the keys of the items, and the sentence as it was sent."""

    key: str
    block: str
    sentence: str
    items: tuple[str, ...]


class Taken(Struct, frozen=True, kw_only=True):
    """One returned copy, and how it was matched to what was sent.

    Attributes:
        sha256: its bytes in the pack file.
        name: what the file was called.
        pack: the pack's id as the copy states it; None where that was stripped.
        issue: the number of the issue that it is compared with.
        recipient: whom that file had been sent to, as far as it was recorded.
        by_bookmark: how many blocks were found by their bookmark.
        by_text: how many by their words.
        unmatched: how many blocks that were sent were not found: deleted with tracking off, or changed past recognition.
        formatting: how many changes of formatting were folded away.
        authors: those whose comments and changes it holds.
        problems: what the reader should know of it, sentence by sentence.
    """

    sha256: str
    name: str
    pack: str | None = None
    issue: str = ""
    recipient: str = ""
    by_bookmark: int = 0
    by_text: int = 0
    unmatched: int = 0
    formatting: int = 0
    authors: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def matched(self) -> int:
        """How many of the blocks that were sent were found in it."""
        return self.by_bookmark + self.by_text


class Counts(Struct, frozen=True):
    """How many there are of each kind. ``tracked`` counts insertions, deletions, replacements, moves and paragraphs."""

    comments: int = 0
    replies: int = 0
    tracked: int = 0
    moves: int = 0
    silent: int = 0
    clashes: int = 0
    format: int = 0


class Sent(Struct, frozen=True):
    """The text of an issue as it was sent: its blocks in order, the strings of each one's texts, columns of tables."""

    blocks: tuple[str, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = {}
    columns: Mapping[str, int] = {}


class Review(Struct, frozen=True):
    """All that came back, as one list: items in the order of the text that was sent, those without a block last.

    ``problems`` are about returned copies that could not be read at all; what a read one has is in its :class:`Taken`.
    ``sent`` are the texts of the issues that were answered, by their numbers.
    """

    returns: tuple[Taken, ...] = ()
    items: tuple[Item, ...] = ()
    clashes: tuple[Clash, ...] = ()
    problems: tuple[str, ...] = ()
    sent: Mapping[str, Sent] = {}

    @property
    def counts(self) -> Counts:
        """How many items of each kind there are, decided or not."""
        kinds = Counter(item.kind for item in self.items)
        return Counts(
            comments=kinds[ItemKind.COMMENT],
            replies=kinds[ItemKind.REPLY],
            tracked=sum(kinds[kind] for kind in TRACKED),
            moves=kinds[ItemKind.MOVE],
            silent=kinds[ItemKind.SILENT],
            clashes=len(self.clashes),
            format=sum(taken.formatting for taken in self.returns),
        )

    def item(self, key: str) -> Item:
        """The item with this key; KeyError where there is none."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)
