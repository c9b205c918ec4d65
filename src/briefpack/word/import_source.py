"""A Word document as the source of a briefing: its paragraphs, tables and pictures, with its comments on their words."""

import hashlib
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from briefpack.briefing.fields import is_marking
from briefpack.briefing.source import Source, SourceBreak, SourceItem, SourceParagraph, SourcePicture, SourceTable
from briefpack.errors import UserError
from briefpack.ooxml.comments import FileComment
from briefpack.ooxml.document import Document
from briefpack.ooxml.package import Package
from briefpack.ooxml.story import (
    Picture,
    Point,
    RevisionKind,
    StoryItem,
    StoryParagraph,
    StoryRow,
    StoryTable,
    paragraphs,
)
from briefpack.pack.anchors import spans
from briefpack.pack.clips import fingerprint
from briefpack.pack.ids import is_id, new_id
from briefpack.pack.model import Comment, Pack, Reply
from briefpack.pack.text import Mark, MarkKind, Text, joined, text
from briefpack.pack.tracked import Proposal, proposal_value
from briefpack.safety.images import adopt_image
from briefpack.word import identity
from briefpack.word.comments import PLACE_UNKNOWN
from briefpack.word.identity import BOOKMARK

_WORD = re.compile(r"\S+")
_CONTENTS = re.compile(r"toc (?:\d|heading)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[\d\s]*|.*\bpage \d+.*", re.IGNORECASE | re.DOTALL)
_DEEPEST = 8


class Intake:
    """Takes a document over: gives its comments ids of the pack, adopts its pictures, and keeps note of what is lost.

    Attributes:
        document: what is read.
        comments: its comments as threads.
        media: the pictures that were adopted, by name.
        notes: what the user should know.
        identity: what the file says of the pack that it was written from; None where it says nothing.
    """

    def __init__(self, document: Document, package: Package) -> None:
        self.document = document
        self.media: dict[str, bytes] = {}
        self.notes: list[str] = []
        self._package = package
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._notes_seen: list[str] = []
        self._ids: dict[str, str] = {}
        self.identity = identity.read(package)
        self.comments = self._threads(document.comments)
        if document.recovered:
            parts = ", ".join(document.recovered)
            self.notes.append(f"The file is damaged: what could be read of it was recovered ({parts}). Check it.")
        self.notes.extend(document.notes)

    def source(self) -> Source:
        """The whole document as a source."""
        items = tuple(self._items(self.document.story))
        marking, rest = self.furniture()
        self.notes.extend(f"The page's header or footer was left out: “{said}”." for said in rest)
        self._note_losses()
        return Source(items=items, comments=self.comments, media=self.media, marking=marking, notes=tuple(self.notes))

    def furniture(self) -> tuple[str, list[str]]:
        """The marking in headers and footers, and their other words but for page numbers."""
        marking, rest = "", []
        for paragraph in self.document.furniture:
            said = " ".join(paragraph.text.string.split())
            if not marking and (is_marking(said) or self.document.styles.named(paragraph.style, "marking")):
                marking = said
            elif not _PAGE_NUMBER.fullmatch(said):
                rest.append(said)
        return marking, rest

    # Paragraphs

    def _items(self, story: Iterable[StoryItem]) -> Iterator[SourceItem]:
        gap = False
        for item in story:
            for made in self._table_items(item) if isinstance(item, StoryTable) else self._paragraph_items(item):
                if isinstance(made, SourceParagraph) and not made.text.string.strip():
                    gap = True
                    continue
                yield replace(made, gap=True) if gap and isinstance(made, SourceParagraph | SourceTable) else made
                gap = False

    def _paragraph_items(self, paragraph: StoryParagraph) -> Iterator[SourceItem]:
        """A paragraph, cut at its page breaks, with its pictures before or after it."""
        if _CONTENTS.fullmatch(self.document.styles.name(paragraph.style)):
            return
        words = self.words(paragraph, styled=not self._has_own_look(paragraph))
        bounds = [0, *sorted(paragraph.page_breaks), len(words)]
        for number, (start, end) in enumerate(itertools.pairwise(bounds)):
            if number:
                yield SourceBreak()
            last = number == len(bounds) - 2
            pictures = [
                each for each in paragraph.pictures if start <= each.offset < end or (last and each.offset >= start)
            ]
            led = [each for each in pictures if not words.string[start : each.offset].strip()]
            yield from self.pictures(led)
            yield self._paragraph(paragraph, words[start:end].strip())
            yield from self.pictures(each for each in pictures if each not in led)

    def _has_own_look(self, paragraph: StoryParagraph) -> bool:
        """Whether a paragraph becomes a block whose look is that of its kind, so that its style's says nothing."""
        return self.document.styles.named(paragraph.style, "quote", "intense quote", "caption")

    def _paragraph(self, paragraph: StoryParagraph, words: Text) -> SourceParagraph:
        styles, place = self.document.styles, paragraph.place
        return SourceParagraph(
            text=words,
            heading=paragraph.heading,
            title=styles.named(paragraph.style, "title"),
            level=None if place is None else min(place.level, _DEEPEST),
            ordered=place is not None and place.ordered,
            quote=place is None and styles.named(paragraph.style, "quote", "intense quote"),
            caption=styles.named(paragraph.style, "caption"),
            id=self.block_id(paragraph.bookmarks),
        )

    def words(self, paragraph: StoryParagraph, *, styled: bool, notes: bool = True) -> Text:
        """A paragraph's words: comments as those of the pack, footnotes in brackets, formats of its style if ``styled``."""
        words = paragraph.text
        if styled and paragraph.by_style:
            words = text(words.string, (*words.marks, *paragraph.by_style))
        for point in paragraph.points:
            words = self._on_words(words, point)
        words = Text(words.string, tuple(sorted(self._own_marks(words.marks))))
        if notes:
            found = [(point, self.document.footnotes) for point in paragraph.footnotes]
            found += [(point, self.document.endnotes) for point in paragraph.endnotes]
            for point, kept in sorted(found, key=lambda each: each[0].offset, reverse=True):
                said = joined((each.text for each in paragraphs(kept.get(point.id, ()))), " ").strip()
                if said:
                    self._notes_seen.append(said.string)
                    said = text(" [") + said.keep_marks(lambda mark: mark.kind != MarkKind.COMMENT) + text("]")
                    words = words.replace(point.offset, point.offset, said)
        if paragraph.hidden:
            self._once("Hidden text was taken in as ordinary text.")
        for proposal, what in ((paragraph.inserted, "put in"), (paragraph.deleted, "taken out")):
            if proposal and not _wholly_changed(words):
                self._once(f"A tracked change proposes that the end of a paragraph be {what}: it was left as it is.")
        self._note_changes({each.kind for each in (*paragraph.revisions, *paragraph.of_end)})
        return words

    def _note_changes(self, kinds: Collection[RevisionKind]) -> None:
        """Say what of tracked changes no mark on words can say."""
        if RevisionKind.FORMAT in kinds:
            self._once("Tracked changes of formatting were taken as made.")
        if RevisionKind.MOVED_TO in kinds or RevisionKind.MOVED_FROM in kinds:
            self._once("What was moved stands as taken out in one place and put in in the other.")

    def _own_marks(self, marks: Iterable[Mark]) -> Iterator[Mark]:
        for mark in marks:
            if mark.kind != MarkKind.COMMENT:
                yield mark
            elif mark.value in self._ids:
                yield Mark(mark.start, mark.end, mark.kind, self._ids[mark.value])

    def _on_words(self, words: Text, point: Point) -> Text:
        """The comment at a point, set on the word that it touches: it needs words to stand on."""
        if point.id not in self._ids:
            return words
        found = list(_WORD.finditer(words.string))
        before = [word for word in found if word.start() < point.offset]
        word = before[-1] if before else next(iter(found), None)
        return words if word is None else words.with_mark(word.start(), word.end(), MarkKind.COMMENT, point.id)

    def block_id(self, bookmarks: Sequence[str]) -> str:
        """The id of the block that a hidden bookmark names, where no paragraph before has it; else empty."""
        for name in bookmarks:
            identifier = name.removeprefix(BOOKMARK)
            if name.startswith(BOOKMARK) and is_id(identifier) and identifier not in self._taken:
                self._taken.add(identifier)
                return identifier
        return ""

    # Tables

    def _table_items(self, table: StoryTable) -> Iterator[SourceItem]:
        if len(table.rows) == 1 and len(table.rows[0].cells) == 1:  # a box drawn round some text
            yield from self._items(table.rows[0].cells[0].items)
            return
        yield self.table(table)

    def table(self, table: StoryTable, *, styled: bool = True) -> SourceTable:
        """A table, all rows of which have as many cells as the longest; a merged cell stands where it begins."""
        rows = []
        for row in table.rows:
            cells: list[tuple[SourceParagraph | SourcePicture, ...]] = []
            self._note_changes({each.kind for each in row.revisions})
            for cell in row.cells:
                if cell.revisions:
                    self._once(
                        "Tracked changes that put in, take out, merge or format table cells were left as they are."
                    )
                cells.append(tuple(self._cell_items(cell.items, row, styled=styled)))
                cells.extend(() for _ in range(cell.span - 1))
            rows.append(cells)
        width = max(map(len, rows), default=0)
        return SourceTable(
            rows=tuple((*row, *(() for _ in range(width - len(row)))) for row in rows),
            header=bool(table.rows) and table.rows[0].header,
        )

    def _cell_items(
        self, items: Iterable[StoryItem], row: StoryRow, *, styled: bool
    ) -> Iterator[SourceParagraph | SourcePicture]:
        for paragraph in paragraphs(items):
            yield from self.pictures(paragraph.pictures)
            words = self.words(paragraph, styled=styled and not row.header)
            for proposal, kind in ((row.inserted, MarkKind.INSERTION), (row.deleted, MarkKind.DELETION)):
                words = _changed(words, kind, proposal)
            if words or paragraph.bookmarks:
                yield self._paragraph(paragraph, words)

    # Pictures

    def pictures(self, found: Iterable[Picture]) -> Iterator[SourcePicture]:
        """Those of the pictures that can be taken over."""
        for picture in found:
            if name := self.adopted(picture):
                yield SourcePicture(media=name, alt=picture.alt, width_mm=picture.width_mm)

    def adopted(self, picture: Picture) -> str:
        """The name under which a picture was adopted; empty, with a note, where it cannot be."""
        if not picture.part:
            self._once("A picture that lies outside the file was left out.")
            return ""
        if picture.part not in self._names:
            try:
                data, suffix = adopt_image(self._package.read(picture.part), picture.part)
            except UserError as error:
                self._once(f"A picture was left out ({picture.part}): {error.what}.")
                return ""
            name = f"{hashlib.sha256(data).hexdigest()}.{suffix}"
            self._names[picture.part], self.media[name] = name, data
        return self._names[picture.part]

    # Comments

    def _threads(self, found: Iterable[FileComment]) -> tuple[Comment, ...]:
        threads: dict[str, Comment] = {}
        known = _KnownComments(self.identity)
        for said in found:
            if said.parent is None:
                words = said.text.removeprefix(PLACE_UNKNOWN).lstrip("\n")
                thread = Comment(
                    words,
                    id=known.take(words),
                    author=said.author,
                    initials=said.initials,
                    time=said.time,
                    resolved=said.resolved,
                )
                threads[said.id] = thread
                if words == said.text:
                    self._ids[said.id] = thread.id
        for said in found:
            if said.parent is not None:
                thread = threads[said.parent]
                reply = Reply(
                    said.text,
                    id=known.take(said.text, thread.id),
                    author=said.author,
                    initials=said.initials,
                    time=said.time,
                )
                threads[said.parent] = replace(thread, replies=(*thread.replies, reply))
        return tuple(threads.values())

    def _note_losses(self) -> None:
        if self._notes_seen:
            self.notes.append("Footnotes and endnotes were put into the text, in square brackets.")

    def lost_places(self, pack: Pack) -> tuple[str, ...]:
        """A note for each comment whose words have become a field of the pack, where a comment cannot stand."""
        placed = spans(pack, MarkKind.COMMENT)
        known = {self._ids[comment] for comment in self.document.anchored if comment in self._ids}
        return tuple(
            f"A comment stood on words that no comment can stand on in a pack, and is kept without place: “{said.text}”"
            for said in self.comments
            if said.id in known and said.id not in placed
        )

    def _once(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


class _KnownComments:
    """The comments that a copy was sent with: each has its id again, once, where its words are the same."""

    def __init__(self, sent: identity.Identity | None) -> None:
        self._left: dict[tuple[str, str], list[str]] = {}
        taken: set[str] = set()
        for comment in sent.comments if sent else ():
            if is_id(comment.id) and comment.id not in taken:
                taken.add(comment.id)
                self._left.setdefault((comment.fingerprint, comment.parent), []).append(comment.id)

    def take(self, words: str, parent: str = "") -> str:
        """The id of the comment of these words, of the reply where a parent is given; a new one where none was sent."""
        left = self._left.get((fingerprint(words), parent))
        return left.pop(0) if left else new_id()


def _wholly_changed(words: Text) -> bool:
    """Whether all words are a tracked change themselves, so that it says all there is to say of the paragraph."""
    return not words or any(words.covered(0, len(words), kind) for kind in (MarkKind.INSERTION, MarkKind.DELETION))


def _changed(words: Text, kind: MarkKind, proposal: Proposal | None) -> Text:
    return words if proposal is None else words.with_mark(0, len(words), kind, proposal_value(proposal))
