"""Tracked changes while a part is read: which are open, what they are called, and what a changed format was.

ECMA-376 part 1, section 17.13.5. A change is an element round what it changes, or stands in the properties of the
paragraph end, row, cell or format that it changes.
"""

from collections.abc import Iterable, Iterator

from lxml import etree
from msgspec.structs import replace

from briefpack.ooxml.names import qn
from briefpack.ooxml.story import Revision, RevisionKind
from briefpack.ooxml.times import read_time
from briefpack.pack.text import MarkKind, clean
from briefpack.pack.tracked import Proposal

AROUND = {
    qn("w:ins"): RevisionKind.INSERTION,
    qn("w:moveTo"): RevisionKind.MOVED_TO,
    qn("w:del"): RevisionKind.DELETION,
    qn("w:moveFrom"): RevisionKind.MOVED_FROM,
}
"""What the elements propose that stand round what they change."""

MARKS = {
    RevisionKind.INSERTION: MarkKind.INSERTION,
    RevisionKind.MOVED_TO: MarkKind.INSERTION,
    RevisionKind.DELETION: MarkKind.DELETION,
    RevisionKind.MOVED_FROM: MarkKind.DELETION,
}
"""As which mark a change of characters stands in a text."""

MOVE_STARTS = {
    qn("w:moveFromRangeStart"): RevisionKind.MOVED_FROM,
    qn("w:moveToRangeStart"): RevisionKind.MOVED_TO,
}
MOVE_ENDS = {qn("w:moveFromRangeEnd"): RevisionKind.MOVED_FROM, qn("w:moveToRangeEnd"): RevisionKind.MOVED_TO}

CELLS = {
    qn("w:cellIns"): RevisionKind.INSERTION,
    qn("w:cellDel"): RevisionKind.DELETION,
    qn("w:cellMerge"): RevisionKind.FORMAT,
}

FORMATS = frozenset(
    qn(f"w:{name}Change")
    for name in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "numbering")
)
"""The elements that keep what a format was before."""

TRACKED = tuple({*AROUND, *CELLS, *FORMATS})
"""Every element that is a tracked change."""

_SAID = {
    "b": "bold", "i": "italic", "u": "underline", "strike": "strike", "dstrike": "double strike", "color": "colour",
    "sz": "size", "rFonts": "font", "highlight": "highlight", "shd": "shading", "rStyle": "style", "pStyle": "style",
    "vertAlign": "raised or lowered", "lang": "language", "caps": "capitals", "smallCaps": "small capitals",
    "vanish": "hidden", "jc": "alignment", "ind": "indent", "spacing": "spacing", "numPr": "list", "tabs": "tabs",
    "pBdr": "border", "outlineLvl": "outline level", "keepNext": "keep with next", "keepLines": "keep together",
    "pageBreakBefore": "page break before", "pgSz": "page size", "pgMar": "margins", "cols": "columns",
}  # fmt: skip
_TWINS = frozenset({"bCs", "iCs", "szCs"})  # of a format for other scripts, set together with it
_IN_PROPERTIES = frozenset({*TRACKED, qn("w:rPr"), qn("w:sectPr"), qn("w:headerReference"), qn("w:footerReference")})


class Tracking:
    """Numbers the tracked changes of a part, and knows those that are open."""

    def __init__(self) -> None:
        self.open: list[Revision] = []
        self._root: etree._Element | None = None
        self._numbers: dict[etree._Element, int] = {}
        self._ranges: dict[RevisionKind, dict[str, str]] = {}

    def begin(self, root: etree._Element) -> None:
        """Start anew with an element to read."""
        self.open.clear()
        self._ranges = {kind: {} for kind in MOVE_STARTS.values()}
        top = root.getroottree().getroot()
        if top is not self._root:
            self._root, self._numbers = top, numbered(top)

    def revision(self, element: etree._Element, kind: RevisionKind, about: str = "", move: str = "") -> Revision:
        """The change that an element is."""
        return Revision(kind=kind, proposal=proposal_of(element), number=self._numbers[element], about=about, move=move)

    def begin_change(self, element: etree._Element) -> None:
        """Take in the start of an element that stands round what it changes."""
        kind = AROUND[element.tag]
        self.open.append(self.revision(element, kind, move=self.move(kind)))

    def end_change(self) -> None:
        """Take in its end."""
        if self.open:
            self.open.pop()

    def begin_move(self, element: etree._Element) -> None:
        """Take in the start of a range that names one side of a move.

        LibreOffice puts it inside the first piece that it is of.
        """
        kind, name = MOVE_STARTS[element.tag], element.get(qn("w:name"), "")
        self._ranges[kind][element.get(qn("w:id"), "")] = name
        self.open = [replace(each, move=each.move or name) if each.kind is kind else each for each in self.open]

    def end_move(self, element: etree._Element) -> None:
        """Take in its end."""
        self._ranges[MOVE_ENDS[element.tag]].pop(element.get(qn("w:id"), ""), None)

    def move(self, kind: RevisionKind) -> str:
        """The name of the innermost range of this kind that is open; empty without one."""
        return next(reversed(self._ranges.get(kind, {}).values()), "")

    def of_properties(self, properties: etree._Element | None) -> Iterator[Revision]:
        """The changes that properties of a run, paragraph, section, table, row or cell state."""
        if properties is None:
            return
        for child in properties.iterchildren(*TRACKED):
            if child.tag in FORMATS:
                yield self.revision(child, RevisionKind.FORMAT, difference(child))
            elif child.tag in CELLS:
                yield self.revision(child, CELLS[child.tag], "cell")
            else:
                kind = AROUND[child.tag]
                yield self.revision(child, kind, move=self.move(kind))

    def of_paragraph(self, properties: etree._Element) -> Iterator[Revision]:
        """The changes of format that a ``w:pPr`` states: of the paragraph, its list, and the section that it ends."""
        yield from self.of_properties(properties)
        yield from self.of_properties(properties.find(qn("w:sectPr")))
        numbering = properties.find(qn("w:numPr"))
        if numbering is not None:
            for child in numbering.iterchildren(qn("w:ins"), qn("w:numberingChange")):
                yield self.revision(child, RevisionKind.FORMAT, "list")


def numbered(root: etree._Element) -> dict[etree._Element, int]:
    """The tracked changes of a part, each with its number."""
    return {element: number for number, element in enumerate(root.iter(*TRACKED))}


def proposal(properties: etree._Element, *names: str) -> Proposal | None:
    """Who proposed a tracked change that properties state, and when; None where they state none of these."""
    for name in names:
        change = properties.find(qn(name))
        if change is not None:
            return proposal_of(change)
    return None


def proposal_of(change: etree._Element) -> Proposal:
    """Who proposed a tracked change, and when."""
    return Proposal(clean(change.get(qn("w:author"), "")), read_time(change.get(qn("w:date"))))


def difference(change: etree._Element) -> str:
    """What is another format than it was, in words: "bold, no italic"; empty where nothing is.

    LibreOffice writes a change without the old properties where there were none.
    """
    now = _stated(change.getparent())
    before = _stated(next(change.iterchildren(), None))
    said = [_word(tag) for tag in now if now[tag] != before.get(tag)]
    said += [f"no {_word(tag)}" for tag in before if tag not in now]
    return ", ".join(dict.fromkeys(said))


def _stated(properties: etree._Element | None) -> dict[str, object]:
    if properties is None:
        return {}
    found = (child for child in properties.iterchildren("*") if child.tag not in _IN_PROPERTIES)
    return {child.tag: _shape(child) for child in found if etree.QName(child).localname not in _TWINS}


def _shape(element: etree._Element) -> tuple[object, ...]:
    """What an element says, comparable."""
    return element.tag, sorted(element.attrib.items()), [_shape(child) for child in element.iterchildren("*")]


def _word(tag: str) -> str:
    name = tag.rpartition("}")[2]
    return _SAID.get(name, name)


def marks_of(revisions: Iterable[Revision]) -> Iterator[tuple[MarkKind, Proposal]]:
    """The marks that changes of characters are, each with who proposed it."""
    return ((MARKS[each.kind], each.proposal) for each in revisions if each.kind in MARKS)
