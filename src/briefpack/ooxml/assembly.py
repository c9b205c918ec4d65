"""Paragraphs and tables while they are being read."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from lxml import etree
from msgspec.structs import replace

from briefpack.ooxml.names import qn
from briefpack.ooxml.pictures import Frame
from briefpack.ooxml.story import (
    Picture,
    Point,
    Revision,
    RevisionKind,
    StoryCell,
    StoryItem,
    StoryParagraph,
    StoryRow,
    StoryTable,
)
from briefpack.ooxml.styles import BODY_LEVEL, Numbering, Styles, is_on, numbering_of, value, whole_number
from briefpack.ooxml.tracking import Tracking, proposal
from briefpack.pack.text import Mark, MarkKind, canonical, clean, text
from briefpack.pack.tracked import Proposal

_MOST_COLUMNS = 63  # what Word allows


class ParagraphBuilder:
    """A paragraph that is being read. ``loose`` says that it was made for text which stands in no paragraph."""

    def __init__(self, *, style: str, box: int = 0, boxed: bool = False, loose: bool = False) -> None:
        self.loose = loose
        self.hidden = False
        self.bookmarks: list[str] = []
        self.boxes: list[StoryItem] = []
        self.open: dict[str, int] = {}
        self._box = box
        self._boxed = boxed
        self._style = style
        self._outline: int | None = None
        self._numbering = Numbering()
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._off: list[Mark] = []
        self._pictures: list[Picture] = []
        self._points: list[Point] = []
        self._footnotes: list[Point] = []
        self._endnotes: list[Point] = []
        self._page_breaks: list[int] = []
        self._inserted: Proposal | None = None
        self._deleted: Proposal | None = None
        self._revisions: dict[tuple[int, str], Revision] = {}
        self._of_whole: list[Revision] = []
        self._of_end: list[Revision] = []

    def read_properties(self, properties: etree._Element, tracking: Tracking) -> None:
        """Take in a ``w:pPr``."""
        self._of_whole = list(tracking.of_paragraph(properties))
        self._of_end = list(tracking.of_properties(properties.find(qn("w:rPr"))))
        self._style = value(properties.find(qn("w:pStyle"))) or self._style
        self._outline = whole_number(value(properties.find(qn("w:outlineLvl"))))
        self._numbering = numbering_of(properties)
        breaks = properties.find(qn("w:pageBreakBefore"))
        if breaks is not None and is_on(breaks):
            self.break_page()
        of_end = properties.find(qn("w:rPr"))
        if of_end is not None:
            self._inserted = proposal(of_end, "w:ins", "w:moveTo")
            self._deleted = proposal(of_end, "w:del", "w:moveFrom")

    def add(
        self,
        string: str,
        marks: Mapping[MarkKind, str],
        off: Collection[MarkKind] = (),
        revisions: Sequence[Revision] = (),
    ) -> None:
        """Characters with their marks, and the formats that are switched off for them whatever the style says.

        ``revisions`` are the tracked changes that they stand in.
        """
        string = clean(string.replace("\n", " ") if string != "\n" else string)
        start = self._length
        self._pieces.append(string)
        self._length += len(string)
        self._marks.extend(Mark(start, self._length, kind, said) for kind, said in marks.items())
        self._off.extend(Mark(start, self._length, kind) for kind in off)
        for each in revisions:
            begun = self._revisions.get((each.number, ""))
            first = start if begun is None else begun.start
            self._revisions[each.number, ""] = replace(each, start=first, end=self._length)

    def change(self, revisions: Iterable[Revision], about: str) -> None:
        """Say that what stands here, and is no characters, stands in these tracked changes."""
        for each in revisions:
            place = (each.number, f"{about}{self._length}")
            self._revisions[place] = replace(each, start=self._length, end=self._length, about=about)

    def end_moves(self, tracking: Tracking) -> None:
        """Name the moves that the end of the paragraph is a part of: the range that names them begins after it."""
        for index, each in enumerate(self._of_end):
            if each.kind in {RevisionKind.MOVED_FROM, RevisionKind.MOVED_TO}:
                named = (own.move for own in self._revisions.values() if own.kind is each.kind)
                last = tuple(named)[-1:] or ("",)
                self._of_end[index] = replace(each, move=tracking.move(each.kind) or last[0] or each.move)

    def begin_comment(self, comment: str) -> None:
        """Let a comment's range begin here, or go on."""
        self.open.setdefault(comment, self._length)

    def end_comment(self, comment: str) -> bool:
        """Let a comment's range end here; whether it has any characters in this paragraph."""
        start = self.open.pop(comment, self._length)
        if start < self._length:
            self._marks.append(Mark(start, self._length, MarkKind.COMMENT, comment))
        return start < self._length

    def point_at(self, comment: str) -> None:
        """Attach a comment to this place."""
        self._points.append(Point(self._length, comment))

    def note_at(self, note: str, *, endnote: bool) -> None:
        """Attach a footnote or endnote to this place."""
        (self._endnotes if endnote else self._footnotes).append(Point(self._length, note))

    def break_page(self) -> None:
        """Begin a new page here."""
        self._page_breaks.append(self._length)

    def add_picture(self, frame: Frame, part: str) -> None:
        """Put a picture here."""
        self._pictures.append(Picture(self._length, part, frame.alt, frame.name, frame.width_mm))

    def finished(self, styles: Styles) -> StoryParagraph:
        """The paragraph."""
        heading = self._heading(styles)
        content = text("".join(self._pieces), self._marks)
        return StoryParagraph(
            text=content,
            by_style=() if heading else self._by_style(styles),
            style=self._style,
            heading=heading,
            place=None if heading else styles.list_place(self._style, self._numbering),
            bookmarks=tuple(self.bookmarks),
            pictures=tuple(self._pictures),
            points=tuple(self._points),
            footnotes=tuple(self._footnotes),
            endnotes=tuple(self._endnotes),
            page_breaks=tuple(self._page_breaks),
            boxed=self._boxed,
            hidden=self.hidden,
            inserted=self._inserted,
            deleted=self._deleted,
            box=self._box,
            revisions=tuple(self._revisions.values()),
            of_end=(
                *(replace(each, start=0, end=self._length) for each in self._of_whole),
                *(replace(each, start=self._length, end=self._length) for each in self._of_end),
            ),
        )

    def _by_style(self, styles: Styles) -> tuple[Mark, ...]:
        """The formats that the paragraph's style gives its characters, but for those that switch them off."""
        found: list[Mark] = []
        for kind, on in styles.formats(self._style).items():
            if on:
                at = 0
                for off in (mark for mark in self._off if mark.kind == kind):
                    found.append(Mark(at, off.start, kind))
                    at = off.end
                found.append(Mark(at, self._length, kind))
        return canonical(found, self._length)

    def _heading(self, styles: Styles) -> int | None:
        if self._outline is None:
            return styles.heading_level(self._style)
        return self._outline + 1 if 0 <= self._outline < BODY_LEVEL else None


class TableBuilder:
    """A table that is being read. ``box`` is the text box that it stands in, 0 outside of one."""

    def __init__(self, table: etree._Element, tracking: Tracking, *, box: int) -> None:
        self.bookmarks: list[str] = []
        self._tracking = tracking
        self._box = box
        properties = table.find(qn("w:tblPr"))
        self._style = (None if properties is None else value(properties.find(qn("w:tblStyle")))) or ""
        stated = (properties, table.find(qn("w:tblGrid")))
        self._revisions = tuple(each for some in stated for each in tracking.of_properties(some))
        self._rows: list[StoryRow] = []
        self._cells: list[StoryCell] = []
        self._cell = StoryCell()
        self._outer: list[ParagraphBuilder] = []
        self._row = StoryRow()

    def begin_row(self, row: etree._Element) -> None:
        """Take in a ``w:tr``."""
        self._cells = []
        properties = row.find(qn("w:trPr"))
        exception = tuple(self._tracking.of_properties(row.find(qn("w:tblPrEx"))))
        if properties is None:
            self._row = StoryRow(revisions=exception)
            return
        header = properties.find(qn("w:tblHeader"))
        self._row = StoryRow(
            header=header is not None and is_on(header),
            inserted=proposal(properties, "w:ins"),
            deleted=proposal(properties, "w:del"),
            revisions=(*self._tracking.of_properties(properties), *exception),
        )

    def end_row(self) -> None:
        """Keep the row."""
        self._rows.append(replace(self._row, cells=tuple(self._cells)))
        self._cells = []

    def begin_cell(self, cell: etree._Element, outer: list[ParagraphBuilder]) -> None:
        """Take in a ``w:tc``. ``outer`` are the paragraphs that the table stands in (a text box's)."""
        properties = cell.find(qn("w:tcPr"))
        span, continued = _span(properties)
        revisions = tuple(self._tracking.of_properties(properties))
        self._cell, self._outer = StoryCell(span=span, continued=continued, revisions=revisions), outer

    def end_cell(self, items: Iterable[StoryItem]) -> list[ParagraphBuilder]:
        """Keep the cell; returns the paragraphs that the table stands in."""
        self._cells.append(replace(self._cell, items=tuple(items)))
        return self._outer

    def finished(self) -> StoryTable:
        """The table."""
        if self._cells:
            self.end_row()
        return StoryTable(tuple(self._rows), self._style, tuple(self.bookmarks), self._box, self._revisions)


def _span(properties: etree._Element | None) -> tuple[int, bool]:
    """How many columns a cell takes, and whether it goes on from the cell above."""
    if properties is None:
        return 1, False
    span = whole_number(value(properties.find(qn("w:gridSpan"))), 1) or 1
    merged = properties.find(qn("w:vMerge"))
    continued = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
    return min(max(span, 1), _MOST_COLUMNS), continued
