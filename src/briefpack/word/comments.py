"""Native Word comments: threads with author, initials, time and range, and the five parts that hold them.

A reply is a comment of its own with its own range, whose last paragraph names the last paragraph of the comment that it
answers (``w15:paraIdParent``); one level deep. ``w:date`` is wall-clock time, though Word ends it with a Z; the true time
stands in ``w16cex:dateUtc``. See [MS-DOCX] 2.5, and ECMA-376 part 1, 17.13.4.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree
from msgspec import Struct

from briefpack.ooxml.names import NAMESPACES
from briefpack.pack.anchors import spans
from briefpack.pack.model import Comment, Pack, Reply
from briefpack.pack.text import MarkKind
from briefpack.word.stationery import Stationery
from briefpack.word.wml import child, paragraph, qn, root, run, valued

PLACE_UNKNOWN = "[The place of this comment is not known.]"
"""The first line of a comment that has no words to stand on; it is shown at the start of the document."""

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MICROSOFT = "http://schemas.microsoft.com/office"


class Note(Struct, frozen=True):
    """A comment or reply as Word has it: its number, and the place of its last paragraph among all paragraphs."""

    number: int
    paragraph_id: str
    said: Comment | Reply
    parent: str = ""
    resolved: bool = False
    placed: bool = True


class Comments:
    """The comments of one pack, and where their marks go.

    Args:
        pack: its comments, and the marks that say where they stand.
        zone: the zone whose wall-clock time the times are shown in.
    """

    def __init__(self, pack: Pack, zone: dt.tzinfo) -> None:
        self._zone = zone
        self._places = spans(pack, MarkKind.COMMENT)
        self._starts: dict[tuple[str, int], dict[int, list[str]]] = {}
        self._ends: dict[tuple[str, int], dict[int, list[str]]] = {}
        order = {comment: place for place, comment in enumerate(self._places)}
        known = sorted(pack.comments, key=lambda comment: order.get(comment.id, -1))
        self.threads: dict[str, list[Note]] = {}
        self._number(known)
        for comment in known:
            if pieces := self._places.get(comment.id):
                first, last = pieces[0], pieces[-1]
                starts = self._starts.setdefault((first.block, first.part), {})
                starts.setdefault(first.start, []).append(comment.id)
                ends = self._ends.setdefault((last.block, last.part), {})
                ends.setdefault(last.end, []).append(comment.id)

    @property
    def notes(self) -> Iterator[Note]:
        """Every comment and reply, in the order of their numbers."""
        return (note for thread in self.threads.values() for note in thread)

    def offsets(self, block: str, part: int) -> set[int]:
        """Where comments begin or end in a text of a block."""
        key = (block, part)
        return {*self._starts.get(key, ()), *self._ends.get(key, ())}

    def start(self, parent: etree._Element, block: str, part: int, offset: int) -> None:
        """Begin the ranges of the comments that begin here."""
        for comment in self._starts.get((block, part), {}).get(offset, ()):
            for note in self.threads[comment]:
                child(parent, "w:commentRangeStart", {"w:id": str(note.number)})

    def end(self, parent: etree._Element, block: str, part: int, offset: int, style: str) -> None:
        """End the ranges of the comments that end here; ``style`` is the id of the style of their signs."""
        for comment in self._ends.get((block, part), {}).get(offset, ()):
            for note in self.threads[comment]:
                child(parent, "w:commentRangeEnd", {"w:id": str(note.number)})
                _reference(parent, note, style)

    def without_place(self, parent: etree._Element, style: str) -> None:
        """Put the comments that stand on no words here, as points."""
        for note in self.notes:
            if not note.placed:
                _reference(parent, note, style)

    def write(self, stationery: Stationery) -> None:
        """Add the parts that hold the comments; none where there are no comments."""
        notes = list(self.notes)
        if not notes:
            return
        comments = root("w:comments", "w14", "mc")
        comments.set(qn("mc:Ignorable"), "w14")
        for note in notes:
            self._write_note(comments, note, stationery)
        add = stationery.add_part
        add("/word/comments.xml", CONTENT_TYPE.WML_COMMENTS, RELATIONSHIP_TYPE.COMMENTS, comments)
        add("/word/commentsExtended.xml", f"{_TYPE}.commentsExtended+xml",
            f"{_MICROSOFT}/2011/relationships/commentsExtended", _extended(notes))  # fmt: skip
        add("/word/commentsIds.xml", f"{_TYPE}.commentsIds+xml",
            f"{_MICROSOFT}/2016/09/relationships/commentsIds", _ids(notes))  # fmt: skip
        add("/word/commentsExtensible.xml", f"{_TYPE}.commentsExtensible+xml",
            f"{_MICROSOFT}/2018/08/relationships/commentsExtensible", _extensible(notes))  # fmt: skip
        add("/word/people.xml", f"{_TYPE}.people+xml",
            f"{_MICROSOFT}/2011/relationships/people", _people(note.said.author for note in notes))  # fmt: skip

    def _number(self, comments: list[Comment]) -> None:
        taken: set[str] = set()
        number = 0
        for comment in comments:
            parent, placed = "", comment.id in self._places
            thread: tuple[Comment | Reply, ...] = (comment, *comment.replies)
            for said in thread:
                own = _paragraph_id(said.id, taken)
                note = Note(number, own, said, parent, comment.resolved, placed)
                self.threads.setdefault(comment.id, []).append(note)
                parent, number = parent or own, number + 1

    def _write_note(self, comments: etree._Element, note: Note, stationery: Stationery) -> None:
        said = note.said
        made = child(comments, "w:comment", {"w:id": str(note.number), "w:author": said.author})
        if said.time is not None:
            made.set(qn("w:date"), wall_clock(said.time, self._zone))
        if said.initials:
            made.set(qn("w:initials"), said.initials)
        lines = said.text.split("\n")
        if not note.placed and not note.parent:
            lines.insert(0, PLACE_UNKNOWN)
        for place, line in enumerate(lines):
            written = paragraph(made, stationery.styles["annotation text"])
            if place == 0:
                sign = child(written, "w:r")
                valued(child(sign, "w:rPr"), "w:rStyle", stationery.styles["annotation reference"])
                child(sign, "w:annotationRef")
            if line:
                run(written, line)
        written.set(qn("w14:paraId"), note.paragraph_id)


def wall_clock(time: dt.datetime, zone: dt.tzinfo) -> str:
    """A time as Word writes it: that of the clock on the wall, to the second, with a Z that means nothing."""
    local = time if time.tzinfo is None else time.astimezone(zone)
    return local.replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def _reference(parent: etree._Element, note: Note, style: str) -> None:
    sign = child(parent, "w:r")
    valued(child(sign, "w:rPr"), "w:rStyle", style)
    child(sign, "w:commentReference", {"w:id": str(note.number)})


def _paragraph_id(said: str, taken: set[str]) -> str:
    """Eight hexadecimal digits below 80000000 that follow from a comment's id, so that each export has the same."""
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:4]) & 0x7FFFFFFE or 1
    while f"{number:08X}" in taken:
        number = number % 0x7FFFFFFE + 1
    taken.add(f"{number:08X}")
    return f"{number:08X}"


def _extended(notes: list[Note]) -> etree._Element:
    extended = root("w15:commentsEx")
    for note in notes:
        made = child(extended, "w15:commentEx", {"w15:paraId": note.paragraph_id})
        if note.parent:
            made.set(qn("w15:paraIdParent"), note.parent)
        made.set(qn("w15:done"), "1" if note.resolved else "0")
    return extended


def _ids(notes: list[Note]) -> etree._Element:
    ids = root("w16cid:commentsIds")
    for note in notes:
        child(ids, "w16cid:commentId", {"w16cid:paraId": note.paragraph_id, "w16cid:durableId": note.paragraph_id})
    return ids


def _extensible(notes: list[Note]) -> etree._Element:
    extensible = root("w16cex:commentsExtensible")
    for note in notes:
        made = child(extensible, "w16cex:commentExtensible", {"w16cex:durableId": note.paragraph_id})
        if note.said.time is not None and note.said.time.tzinfo is not None:
            made.set(qn("w16cex:dateUtc"), wall_clock(note.said.time, dt.UTC))
    return extensible


def _people(authors: Iterable[str]) -> etree._Element:
    people = etree.Element(qn("w15:people"), nsmap={"w15": NAMESPACES["w15"]})
    for author in dict.fromkeys(authors):
        if author:
            made = child(people, "w15:person", {"w15:author": author})
            child(made, "w15:presenceInfo", {"w15:providerId": "None", "w15:userId": author})
    return people
