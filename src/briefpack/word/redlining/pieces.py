"""A Word paragraph as a string with what each character is: text of a look, or an object such as a picture or a note."""

import copy
from collections.abc import Callable, Iterator, Sequence

from lxml import etree
from msgspec import Struct

from briefpack.word.wml import child, qn

_TEXT = {
    qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011", qn("w:softHyphen"): "\u00ad",
}  # fmt: skip
_THROUGH = frozenset(map(qn, (
    "w:sdt", "w:sdtContent", "w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:ins", "w:moveTo",
)))  # fmt: skip
_NOTHING = frozenset(map(qn, (
    "w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:proofErr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr",
    "w:lastRenderedPageBreak", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd",
    "w:annotationRef", "w:footnoteRef", "w:endnoteRef",
)))  # fmt: skip
_SIGNS = frozenset(map(qn, (
    "w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:permStart", "w:permEnd",
)))  # fmt: skip
FIRST_OBJECT = 0x100000
"""From this one on, the characters of private use stand for objects: no font has them."""


class Piece(Struct, frozen=True):
    """Characters of one look, or one object as one character.

    Attributes:
        string: the characters.
        look: the run's properties, None where it has none.
        objects: the elements that an object is made of: runs, or mathematics. Empty for text.
        link: the hyperlink that it stands in.
    """

    string: str
    look: etree._Element | None = None
    objects: tuple[etree._Element, ...] = ()
    link: etree._Element | None = None

    def part(self, start: int, end: int) -> "Piece":
        """Some of the characters."""
        return Piece(self.string[start:end], self.look, self.objects, self.link)


class Sign(Struct, frozen=True):
    """What stands between characters and is none: the beginning or end of a bookmark or comment, or a comment's sign."""

    offset: int
    element: etree._Element


class Content(Struct, frozen=True):
    """All that a paragraph holds."""

    pieces: tuple[Piece, ...] = ()
    signs: tuple[Sign, ...] = ()

    @property
    def string(self) -> str:
        """The characters of all pieces."""
        return "".join(piece.string for piece in self.pieces)

    def between(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of a stretch."""
        at = 0
        for piece in self.pieces:
            left, right = max(start, at), min(end, at + len(piece.string))
            if left < right:
                yield piece.part(left - at, right - at)
            at += len(piece.string)


def content_of(paragraph: etree._Element, character: Callable[[Sequence[etree._Element]], str]) -> Content:
    """What a paragraph holds; ``character`` gives the character that stands for an object made of some elements."""
    reader = _Reader(character)
    reader.walk(paragraph, None)
    reader.end_field()
    return Content(tuple(reader.pieces), tuple(reader.signs))


class _Reader:
    """Reads one paragraph."""

    def __init__(self, character: Callable[[Sequence[etree._Element]], str]) -> None:
        self.pieces: list[Piece] = []
        self.signs: list[Sign] = []
        self._character = character
        self._length = 0
        self._field: list[etree._Element] = []
        self._depth = 0

    def walk(self, parent: etree._Element, link: etree._Element | None) -> None:
        """Take in what an element holds."""
        for element in parent:
            tag = element.tag
            if tag in _NOTHING:
                continue
            if tag == qn("w:r"):
                self._run(element, link)
            elif tag in _SIGNS:
                self.signs.append(Sign(self._length, element))
            elif tag == qn("w:hyperlink"):
                self.walk(element, element)
            elif tag == qn("w:fldSimple"):
                self._object(_complex(element), None, link)
            elif tag in _THROUGH:
                self.walk(element, link)
            else:
                self._object((element,), None, link)

    def end_field(self) -> None:
        """Take a field that was begun and is not ended here as the text that it shows."""
        runs, self._field, self._depth = self._field, [], 0
        for run in runs:
            if run[-1].tag not in {qn("w:fldChar"), qn("w:instrText")}:
                self._run(run, None)

    def _run(self, run: etree._Element, link: etree._Element | None) -> None:
        look = run.find(qn("w:rPr"))
        for element in run:
            tag = element.tag
            if tag in _NOTHING or tag == qn("w:delText"):
                continue
            if tag == qn("w:commentReference"):
                self.signs.append(Sign(self._length, _run_of(look, element)))
            elif self._depth or tag in {qn("w:fldChar"), qn("w:instrText")}:
                self._in_field(element, look, link)
            elif tag == qn("w:t"):
                self._text((element.text or "").replace("\n", " "), look, link)
            elif tag in _TEXT:
                self._text(_TEXT[tag], look, link)
            elif tag == qn("w:br") and element.get(qn("w:type"), "textWrapping") == "textWrapping":
                self._text("\n", look, link)
            else:
                self._object((_run_of(look, element),), look, link)

    def _in_field(self, element: etree._Element, look: etree._Element | None, link: etree._Element | None) -> None:
        """Take a field, from its beginning to its end, as one object."""
        kind = element.get(qn("w:fldCharType")) if element.tag == qn("w:fldChar") else None
        if not self._depth and kind != "begin":  # of a field that was not begun here
            return
        self._field.append(_run_of(look, element))
        self._depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if kind == "end" and self._depth <= 0:
            self._depth = 0
            self._object(tuple(self._field), None, link)
            self._field.clear()

    def _text(self, string: str, look: etree._Element | None, link: etree._Element | None) -> None:
        if string:
            self.pieces.append(Piece(string, look, (), link))
            self._length += len(string)

    def _object(
        self, elements: tuple[etree._Element, ...], look: etree._Element | None, link: etree._Element | None
    ) -> None:
        self.pieces.append(Piece(self._character(elements), look, elements, link))
        self._length += 1


def _run_of(look: etree._Element | None, element: etree._Element) -> etree._Element:
    """A run of the same look that holds nothing but one element."""
    made = etree.Element(qn("w:r"), nsmap=element.nsmap)
    if look is not None:
        made.append(copy.deepcopy(look))
    made.append(copy.deepcopy(element))
    return made


def _complex(field: etree._Element) -> tuple[etree._Element, ...]:
    """A simple field in the form that a tracked change can hold."""
    holder = etree.Element(qn("w:p"), nsmap=field.nsmap)
    child(child(holder, "w:r"), "w:fldChar", {"w:fldCharType": "begin"})
    child(child(holder, "w:r"), "w:instrText").text = field.get(qn("w:instr"), "")
    child(child(holder, "w:r"), "w:fldChar", {"w:fldCharType": "separate"})
    holder.extend(copy.deepcopy(run) for run in field.iter(qn("w:r")))
    child(child(holder, "w:r"), "w:fldChar", {"w:fldCharType": "end"})
    return tuple(holder)
