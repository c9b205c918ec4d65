"""From a part's XML to a story: one walk over its elements in document order.

Ranges (comments, tracked changes, fields) begin and end anywhere, also between blocks, so nothing here relies on which
element holds which. ECMA-376 part 1, section 17, and what Word, LibreOffice and others really write.
"""

from collections.abc import Callable
from typing import Any

from lxml import etree

from briefpack.errors import UserError
from briefpack.ooxml.assembly import ParagraphBuilder, TableBuilder
from briefpack.ooxml.fields import Fields, link_of
from briefpack.ooxml.graphics import CHART, DIAGRAM, words_of_graphic
from briefpack.ooxml.names import qn
from briefpack.ooxml.package import Package
from briefpack.ooxml.pictures import Frame, frame_of, pictured_part
from briefpack.ooxml.runs import Run, read_run
from briefpack.ooxml.story import Revision, StoryItem
from briefpack.ooxml.styles import Styles
from briefpack.ooxml.symbols import symbol
from briefpack.ooxml.tracking import AROUND, MOVE_ENDS, MOVE_STARTS, Tracking, marks_of
from briefpack.pack.text import MarkKind
from briefpack.pack.tracked import proposal_value

_Handler = Callable[[Any], None]  # an element; lxml has no public name for its type

_PROPERTIES = (
    "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr", "fldData", "smartTagPr",
    "customXmlPr", "rubyPr",
)  # fmt: skip
_SKIPPED = frozenset(map(qn, (*(f"w:{name}" for name in _PROPERTIES), "m:ctrlPr")))
"""What says something of the text and is not text: read by who needs it, with the element that it belongs to."""

_CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
    qn("w:softHyphen"): "\u00ad",
}
_TEXT = frozenset(map(qn, ("w:t", "w:delText", "m:t", "a:t")))
_UNREAD = {
    qn("w:altChunk"): "A file embedded in the text could not be read.",
    qn("w:subDoc"): "A part of the text lies in another file, and could not be read.",
    qn("w:object"): "An embedded object was left out; its picture, if it has one, is kept.",
}
_GRAPHICS = {CHART: "chart", DIAGRAM: "diagram"}
_SUBSTANCE = frozenset({*_TEXT, *_GRAPHICS, qn("a:blip"), qn("v:imagedata")})


class StoryReader:
    """Reads one part, or one element of it.

    Args:
        package: the file, for the relationships of links and pictures.
        part: the name of the part that the element stands in.
        styles: the styles and lists of the document.

    Attributes:
        part: the name of the part.
        notes: what could not be read, as sentences for a user.
        anchored: the ids of the comments that a range or reference was found for.
        revisions: the tracked changes of the page layout of the last section.
    """

    def __init__(self, package: Package, part: str, styles: Styles) -> None:
        self.notes: list[str] = []
        self.anchored: set[str] = set()
        self.revisions: list[Revision] = []
        self._package = package
        self.part = part
        self._styles = styles
        self._items: list[list[StoryItem]] = [[]]
        self._tables: list[TableBuilder] = []
        self._paragraphs: list[ParagraphBuilder] = []
        self._runs: list[Run] = []
        self._tracking = Tracking()
        self._links: list[str] = []
        self._fields = Fields()
        self._frames: list[Frame] = []
        self._bookmarks: list[str] = []
        self._open: set[str] = set()
        self._covering: set[str] = set()
        self._ended: frozenset[str] = frozenset()
        self._closed: frozenset[str] = frozenset()
        self._boxes: list[int] = []
        self._box_count = 0
        self._starts = self._start_handlers()
        self._ends = self._end_handlers()

    def read(self, root: etree._Element) -> tuple[StoryItem, ...]:
        """The paragraphs and tables in an element. May be called for one element of the part after the other."""
        self._items = [[]]
        self._ended, referred = (
            frozenset(each.get(qn("w:id"), "") for each in root.iter(qn(name)))
            for name in ("w:commentRangeEnd", "w:commentReference")
        )
        self._closed = self._ended | referred
        self._fields.begin_part(root)
        self._tracking.begin(root)
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                if end := self._ends.get(element.tag):
                    end(element)
            elif element.tag in _SKIPPED or self._is_other_branch(element):
                self._read_properties(element)
                walk.skip_subtree()
            elif element.tag in _TEXT:
                self._text(element.text or "")
            elif start := self._starts.get(element.tag):
                start(element)
        self._finish_loose()
        return tuple(self._items[0])

    # What each element does

    def _start_handlers(self) -> dict[str, _Handler]:
        handlers: dict[str, _Handler] = {
            "w:p": self._begin_paragraph,
            "w:r": self._begin_run,
            "w:br": self._break,
            "w:sym": lambda element: self._text(symbol(element)),
            "w:hyperlink": self._begin_link,
            "w:fldSimple": self._begin_simple_field,
            "w:fldChar": self._fields.read_character,
            "w:instrText": self._fields.read_code,
            "w:txbxContent": self._begin_box,
            "w:tbl": self._begin_table,
            "w:tr": self._begin_row,
            "w:tc": self._begin_cell,
            "w:bookmarkStart": self._bookmark,
            "w:commentRangeStart": self._begin_comment,
            "w:commentRangeEnd": self._end_comment,
            "w:commentReference": self._comment_reference,
            "w:footnoteReference": lambda element: self._note(element, endnote=False),
            "w:endnoteReference": lambda element: self._note(element, endnote=True),
            "wp:inline": self._begin_frame,
            "wp:anchor": self._begin_frame,
            "v:shape": self._begin_frame,
            "a:blip": self._picture,
            "v:imagedata": self._picture,
        }
        found = {qn(name): handler for name, handler in handlers.items()}
        for tag in AROUND:
            found[tag] = self._tracking.begin_change
        for tag in MOVE_STARTS:
            found[tag] = self._tracking.begin_move
        for tag in MOVE_ENDS:
            found[tag] = self._tracking.end_move
        for tag in _CHARACTERS:
            found[tag] = lambda element: self._text(_CHARACTERS[element.tag])
        for tag in _UNREAD:
            found[tag] = lambda element: self.notes.append(_UNREAD[element.tag])
        for tag in _GRAPHICS:
            found[tag] = self._graphic
        return found

    def _end_handlers(self) -> dict[str, _Handler]:
        handlers: dict[str, _Handler] = {
            "w:p": lambda _: self._end_paragraph(),
            "w:r": lambda _: _pop(self._runs),
            "w:hyperlink": lambda _: _pop(self._links),
            "w:fldSimple": lambda _: _pop(self._links),
            "w:tbl": self._end_table,
            "w:tr": lambda _: self._end_row(),
            "w:tc": lambda _: self._end_cell(),
            "wp:inline": lambda _: _pop(self._frames),
            "wp:anchor": lambda _: _pop(self._frames),
            "v:shape": lambda _: _pop(self._frames),
            "w:txbxContent": lambda _: _pop(self._boxes),
        }
        found = {qn(name): handler for name, handler in handlers.items()}
        for tag in AROUND:
            found[tag] = lambda _: self._tracking.end_change()
        return found

    def _is_other_branch(self, element: etree._Element) -> bool:
        """Whether this is a branch of alternate content that is not the one to read: the first with any substance."""
        if element.tag not in {qn("mc:Choice"), qn("mc:Fallback")}:
            return False
        branches = list(element.getparent())
        chosen = next((b for b in branches if any(e.tag in _SUBSTANCE for e in b.iter())), branches[0])
        return element is not chosen

    # Paragraphs

    def _begin_paragraph(self, _: etree._Element) -> None:
        self._finish_loose()
        boxed = bool(self._paragraphs)
        self._open_paragraph(ParagraphBuilder(style=self._styles.default, box=self._box, boxed=boxed))

    def _open_paragraph(self, builder: ParagraphBuilder) -> None:
        builder.bookmarks.extend(self._bookmarks)
        self._bookmarks.clear()
        for comment in self._open:
            builder.begin_comment(comment)
        self._paragraphs.append(builder)

    def _end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        builder = self._paragraphs.pop()
        for comment in tuple(builder.open):
            if builder.end_comment(comment):
                self._covering.add(comment)
        self._open &= self._closed  # nothing says where the others end: they are on words of one paragraph
        builder.end_moves(self._tracking)
        finished = builder.finished(self._styles)
        if self._paragraphs:
            self._paragraphs[-1].boxes.extend((finished, *builder.boxes))
            for comment in self._open:
                self._paragraphs[-1].begin_comment(comment)
            return
        self._items[-1].append(finished)
        self._items[-1].extend(builder.boxes)

    def _finish_loose(self) -> None:
        """End the paragraph that was made for text which stood in none."""
        if self._paragraphs and self._paragraphs[-1].loose:
            self._end_paragraph()

    def _paragraph(self) -> ParagraphBuilder:
        if not self._paragraphs:
            self._open_paragraph(ParagraphBuilder(style=self._styles.default, box=self._box, loose=True))
        return self._paragraphs[-1]

    def _read_properties(self, element: etree._Element) -> None:
        """Take in properties of what is open: of the paragraph, or of the last section."""
        if element.tag == qn("w:pPr") and self._paragraphs:
            self._paragraphs[-1].read_properties(element, self._tracking)
        elif element.tag == qn("w:sectPr"):
            self.revisions.extend(self._tracking.of_properties(element))

    def _begin_box(self, _: etree._Element) -> None:
        self._box_count += 1
        self._boxes.append(self._box_count)

    @property
    def _box(self) -> int:
        """The number of the text box that is open, 0 outside of one."""
        return self._boxes[-1] if self._boxes else 0

    # Text

    def _begin_run(self, element: etree._Element) -> None:
        run = read_run(element, self._styles, self._tracking, in_link=bool(self._link()))
        if run.hidden:
            self._paragraph().hidden = True
        self._runs.append(run)

    def _text(self, string: str) -> None:
        if not string or self._fields.in_code:
            return
        run = self._runs[-1] if self._runs else Run()
        changes = self._tracking.open
        marks = run.marks | {kind: proposal_value(said) for kind, said in marks_of(changes)}
        if link := self._link():
            marks[MarkKind.LINK] = link
        self._paragraph().add(string, marks, run.off, (*changes, *run.revisions))

    def _break(self, element: etree._Element) -> None:
        if element.get(qn("w:type")) == "page":
            self._paragraph().break_page()
            self._changed("page break")
        else:
            self._text("\n")

    def _changed(self, about: str) -> None:
        """Note what is no characters and stands in tracked changes."""
        if self._tracking.open:
            self._paragraph().change(self._tracking.open, about)

    # Links and fields

    def _begin_link(self, element: etree._Element) -> None:
        relationship = self._package.relationships(self.part).get(element.get(qn("r:id"), ""))
        address = relationship.target if relationship and relationship.external else ""
        anchor = element.get(qn("w:anchor"))
        self._links.append(f"{address}#{anchor}" if anchor else address)

    def _begin_simple_field(self, element: etree._Element) -> None:
        self._links.append(link_of(element.get(qn("w:instr"), "")))

    def _link(self) -> str:
        links = (*self._links, *self._fields.links())
        return next((link for link in reversed(links) if link), "")

    # Tables

    def _begin_table(self, element: etree._Element) -> None:
        self._finish_loose()
        self._tables.append(TableBuilder(element, self._tracking, box=self._box))
        self._tables[-1].bookmarks.extend(self._bookmarks)
        self._bookmarks.clear()

    def _end_table(self, element: etree._Element) -> None:
        del element
        if not self._tables:
            return
        self._finish_loose()
        table = self._tables.pop().finished()
        if self._paragraphs:  # a table in a text box
            self._paragraphs[-1].boxes.append(table)
        else:
            self._items[-1].append(table)

    def _begin_row(self, element: etree._Element) -> None:
        if self._tables:
            self._tables[-1].begin_row(element)

    def _end_row(self) -> None:
        if self._tables:
            self._tables[-1].end_row()

    def _begin_cell(self, element: etree._Element) -> None:
        if self._tables:
            self._finish_loose()
            self._tables[-1].begin_cell(element, self._paragraphs)
            self._paragraphs = []
            self._items.append([])

    def _end_cell(self) -> None:
        if self._tables and len(self._items) > 1:
            self._finish_loose()
            self._paragraphs = self._tables[-1].end_cell(self._items.pop())
            for builder in self._paragraphs:
                for comment in builder.open.keys() - self._open:
                    if builder.end_comment(comment):
                        self._covering.add(comment)

    # Places

    def _bookmark(self, element: etree._Element) -> None:
        names = self._paragraphs[-1].bookmarks if self._paragraphs else self._bookmarks
        names.append(element.get(qn("w:name"), ""))

    def _begin_comment(self, element: etree._Element) -> None:
        comment = element.get(qn("w:id"), "")
        self.anchored.add(comment)
        self._open.add(comment)
        if self._paragraphs:
            self._paragraphs[-1].begin_comment(comment)

    def _end_comment(self, element: etree._Element) -> None:
        self._close_comment(element.get(qn("w:id"), ""))

    def _close_comment(self, comment: str) -> None:
        """End a comment's range; one that has covered no characters is attached to the place where it ends."""
        self._open.discard(comment)
        for builder in self._paragraphs:
            if builder.end_comment(comment):
                self._covering.add(comment)
        if self._paragraphs and comment in self.anchored and comment not in self._covering:
            self._covering.add(comment)
            self._paragraphs[-1].point_at(comment)

    def _comment_reference(self, element: etree._Element) -> None:
        comment = element.get(qn("w:id"), "")
        if comment in self._open and comment not in self._ended:
            self._close_comment(comment)
        if comment not in self.anchored:
            self.anchored.add(comment)
            self._paragraph().point_at(comment)

    def _note(self, element: etree._Element, *, endnote: bool) -> None:
        self._paragraph().note_at(element.get(qn("w:id"), ""), endnote=endnote)
        self._changed("endnote" if endnote else "footnote")

    # Pictures

    def _graphic(self, element: etree._Element) -> None:
        """Take a chart or diagram as its words: it is no picture that could be taken over."""
        what = _GRAPHICS[element.tag]
        try:
            words = words_of_graphic(element, self._package, self.part)
        except UserError as error:
            self.notes.append(f"A {what} could not be read: {error.what}.")
            return
        self.notes.append(f"A {what} was left out; {'its words stand as text' if words else 'it holds no words'}.")
        if words:
            self._text(f"[{what.capitalize()}: {words}]")

    def _begin_frame(self, element: etree._Element) -> None:
        self._frames.append(frame_of(element))

    def _picture(self, element: etree._Element) -> None:
        part = pictured_part(element, self._package, self.part)
        if part is not None:
            self._paragraph().add_picture(self._frames[-1] if self._frames else Frame(), part)
            self._changed("picture")


def _pop(stack: list[Any]) -> None:
    """Take the last one off, if there is one: what a recovered part ends it may never have begun."""
    if stack:
        stack.pop()
