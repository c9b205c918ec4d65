"""Rich text as the content of a Word paragraph: runs, links, tracked changes, and the marks of comments and sources."""

import datetime as dt
import itertools
import re

from lxml import etree

from briefpack.pack.text import Mark, MarkKind, Text
from briefpack.pack.tracked import read_proposal
from briefpack.word.comments import Comments, wall_clock
from briefpack.word.notes import Notes
from briefpack.word.stationery import Stationery
from briefpack.word.wml import characters, child, qn, valued

_HIGHLIGHTS = frozenset({
    "black", "blue", "cyan", "darkBlue", "darkCyan", "darkGray", "darkGreen", "darkMagenta", "darkRed", "darkYellow",
    "green", "lightGray", "magenta", "red", "white", "yellow",
})  # fmt: skip
"""The colours that Word can highlight in (ST_HighlightColor); any other is shown as yellow."""

_ADDRESS = re.compile(r"(?:https?|mailto|tel):[^\s\\]+", re.IGNORECASE)
"""What a link may lead to. A path or a script in a document that is sent on gives away or does what nobody meant."""

_FORMATS = (MarkKind.BOLD, MarkKind.ITALIC, MarkKind.STRIKE)
_LOOKS = frozenset({*_FORMATS, MarkKind.HIGHLIGHT, MarkKind.UNDERLINE, MarkKind.LINK})
_TAGS = {MarkKind.BOLD: ("w:b", "w:bCs"), MarkKind.ITALIC: ("w:i", "w:iCs"), MarkKind.STRIKE: ("w:strike",)}


class Runs:
    """Writes the texts of one document's blocks.

    Args:
        stationery: gives the styles, and takes the addresses of links.
        comments, notes: what begins and ends at places of the texts.
        zone: the zone whose wall-clock time tracked changes are dated in.
    """

    def __init__(self, stationery: Stationery, comments: Comments, notes: Notes, zone: dt.tzinfo) -> None:
        self._stationery = stationery
        self._comments = comments
        self._notes = notes
        self._zone = zone
        self._changes = itertools.count(1)
        self._links: dict[str, str] = {}

    def write(self, written: etree._Element, text: Text, block: str, part: int = 0) -> None:
        """Append a text, the ``part``-th of its block, to a paragraph."""
        if not text:
            return
        comments, notes, sign = self._comments, self._notes, self._stationery.styles["annotation reference"]
        stops = comments.offsets(block, part) | notes.offsets(block, part)
        at = 0
        for string, marks in text.runs():
            if at in stops:
                comments.start(written, block, part, at)
            self._piece(written, string, marks)
            at += len(string)
            if at in stops:
                notes.refer(written, block, part, at)
                comments.end(written, block, part, at, sign)

    def whole_change(self, written: etree._Element, text: Text) -> None:
        """Mark a paragraph's own mark as inserted or deleted where all its words are, so that no empty one is left."""
        for mark in text.marks:
            if mark.kind in {MarkKind.INSERTION, MarkKind.DELETION} and (mark.start, mark.end) == (0, len(text)):
                properties = written.find(qn("w:pPr"))
                self._change(child(properties, "w:rPr"), mark)

    def _piece(self, parent: etree._Element, string: str, marks: tuple[Mark, ...]) -> None:
        found = {mark.kind: mark for mark in marks}
        link = found.get(MarkKind.LINK)
        linked = link is not None and _ADDRESS.fullmatch(link.value) is not None
        if link is not None and linked:
            parent = child(parent, "w:hyperlink", {"r:id": self._link(link.value)})
        for kind in (MarkKind.INSERTION, MarkKind.DELETION):
            if kind in found:
                parent = self._change(parent, found[kind])
        made = etree.SubElement(parent, qn("w:r"))
        if not found.keys().isdisjoint(_LOOKS):
            self._properties(made, found, linked=linked)
        characters(made, string, deleted=MarkKind.DELETION in found)

    def _properties(self, made: etree._Element, found: dict[MarkKind, Mark], *, linked: bool) -> None:
        properties = etree.SubElement(made, qn("w:rPr"))
        if linked:
            valued(properties, "w:rStyle", self._stationery.styles["hyperlink"])
        for kind in _FORMATS:
            if kind in found:
                for tag in _TAGS[kind]:
                    etree.SubElement(properties, qn(tag))
        if MarkKind.HIGHLIGHT in found:
            colour = found[MarkKind.HIGHLIGHT].value
            valued(properties, "w:highlight", colour if colour in _HIGHLIGHTS else "yellow")
        if MarkKind.UNDERLINE in found:
            valued(properties, "w:u", "single")

    def _change(self, parent: etree._Element, mark: Mark) -> etree._Element:
        proposal = read_proposal(mark.value)
        tag = "w:ins" if mark.kind == MarkKind.INSERTION else "w:del"
        made = child(parent, tag, {"w:id": str(next(self._changes)), "w:author": proposal.author})
        if proposal.time is not None:
            made.set(qn("w:date"), wall_clock(proposal.time, self._zone))
        return made

    def _link(self, address: str) -> str:
        if address not in self._links:
            self._links[address] = self._stationery.link(address)
        return self._links[address]
