"""The tables of a briefing: the meeting's details, the pack's own tables, and the biographies."""

from lxml import etree

from briefpack.pack.dates import date_words
from briefpack.pack.model import Biography, Pack, Person, Side, Table
from briefpack.pack.text import Text
from briefpack.word.identity import Bookmarks
from briefpack.word.pictures import Pictures
from briefpack.word.runs import Runs
from briefpack.word.stationery import Stationery
from briefpack.word.wml import TWIPS_A_MM, child, paragraph, run, valued

_LABEL_MM = 42.0
_PHOTO_MM = 24.0
_PHOTO_CELL_MM = 31.0
_TALLEST_PHOTO_MM = 36.0
_NARROWEST, _WIDEST = 12, 60
"""Characters that a column is reckoned to have at least, and at most: a longer text is broken into lines."""

ATTENDEES = {Side.OUTSIDE: "External attendees", Side.INSIDE: "Internal attendees", None: "Attendees"}
"""What the rows of attendees are called."""


class Tables:
    """Writes the tables of one document."""

    def __init__(
        self, pack: Pack, stationery: Stationery, runs: Runs, pictures: Pictures, bookmarks: Bookmarks
    ) -> None:
        self._pack = pack
        self._stationery = stationery
        self._styles = stationery.styles
        self._runs = runs
        self._pictures = pictures
        self._bookmarks = bookmarks

    def details(self, body: etree._Element) -> None:
        """The meeting's details, one to a row; what is not known has no row."""
        rows = [(label, lines) for label, lines in meeting_rows(self._pack) if lines]
        if not rows:
            return
        widths = (_LABEL_MM, self._stationery.width_mm - _LABEL_MM)
        table = self._table(body, "briefing details", widths, caption="Meeting details", first_column=True)
        for label, lines in rows:
            row = _row(table)
            run(paragraph(_cell(row, widths[0]), self._styles["details label"]), label)
            cell = _cell(row, widths[1])
            for line in lines:
                run(paragraph(cell, self._styles["details text"]), line)
        self.gap(body)

    def table(self, body: etree._Element, block: Table) -> None:
        """A table of the pack, with its first row repeated on each page where it is a header."""
        columns = max((len(row) for row in block.rows), default=0)
        if not columns:
            self._bookmarks.over(self.gap(body), block.id)
            return
        widths = column_widths(block.rows, columns, self._stationery.width_mm)
        table = self._table(body, "briefing table", widths, header=block.header)
        part = 0
        for number, cells in enumerate(block.rows):
            heads = block.header and number == 0
            row = _row(table, header=heads)
            for column in range(columns):
                written = paragraph(
                    _cell(row, widths[column]), self._styles["table heading" if heads else "table text"]
                )
                if column < len(cells):
                    self._runs.write(written, cells[column], block.id, part)
                    part += 1
                if number == column == 0:
                    self._bookmarks.over(written, block.id)
        self.gap(body)

    def biographies(self, body: etree._Element, blocks: list[Biography]) -> None:
        """Biographies that follow each other, as one table: photograph left, name, role and points right."""
        widths = (_PHOTO_CELL_MM, self._stationery.width_mm - _PHOTO_CELL_MM)
        table = self._table(body, "briefing biographies", widths, caption="Biographies")
        for block in blocks:
            person = self._pack.person(block.person)
            row = _row(table)
            photo = paragraph(_cell(row, widths[0]), self._styles["table text"])
            self._pictures.portrait(photo, block.photo, person.name if person else "", _PHOTO_MM, _TALLEST_PHOTO_MM)
            self._bookmarks.over(photo, block.id)
            self._biography(_cell(row, widths[1]), block, person)
        self.gap(body)

    def gap(self, body: etree._Element) -> etree._Element:
        """The low empty paragraph that keeps a table apart from what follows: two tables would become one."""
        return paragraph(body, self._styles["table gap"])

    def _biography(self, cell: etree._Element, block: Biography, person: Person | None) -> None:
        run(paragraph(cell, self._styles["biography name"]), person.name if person else "")
        if person and (office := _office(person)):
            run(paragraph(cell, self._styles["biography role"]), office)
        for part, point in enumerate(block.points):
            place = (self._stationery.lists.biographies, 0)
            self._runs.write(paragraph(cell, self._styles["biography bullet"], place), point, block.id, part)

    def _table(
        self,
        body: etree._Element,
        style: str,
        widths: tuple[float, ...],
        *,
        header: bool = False,
        first_column: bool = False,
        caption: str = "",
    ) -> etree._Element:
        table = child(body, "w:tbl")
        properties = child(table, "w:tblPr")
        valued(properties, "w:tblStyle", self._styles[style])
        child(properties, "w:tblW", {"w:w": str(_twips(sum(widths))), "w:type": "dxa"})
        child(properties, "w:tblLayout", {"w:type": "fixed"})
        look = {"w:firstRow": header, "w:lastRow": False, "w:firstColumn": first_column, "w:lastColumn": False}
        look |= {"w:noHBand": True, "w:noVBand": True}
        child(properties, "w:tblLook", {name: str(int(value)) for name, value in look.items()})
        if caption:
            valued(properties, "w:tblCaption", caption)
        grid = child(table, "w:tblGrid")
        for width in widths:
            child(grid, "w:gridCol", {"w:w": str(_twips(width))})
        return table


def column_widths(rows: tuple[tuple[Text, ...], ...], columns: int, total: float) -> tuple[float, ...]:
    """The widths of a table's columns, which share ``total`` by the longest text in each; none is very narrow."""
    weights = [_NARROWEST] * columns
    for row in rows:
        for column, cell in enumerate(row):
            weights[column] = max(weights[column], min(len(cell), _WIDEST))
    return tuple(total * weight / sum(weights) for weight in weights)


def meeting_rows(pack: Pack) -> list[tuple[str, tuple[str, ...]]]:
    """The details of the meeting, each with its label and its lines, in the order in which they are read."""
    meeting = pack.meeting
    attendees = {
        side: tuple(_attendee(each) for each in pack.people if each.attends and each.side == side) for side in ATTENDEES
    }
    single = (
        ("Date", date_words(meeting)),
        ("Time", meeting.time),
        ("Place", meeting.place),
        ("From", meeting.sender),
        ("To", meeting.recipient),
    )
    return [
        *((label, (said,) if said else ()) for label, said in single),
        *((label, attendees[side]) for side, label in ATTENDEES.items()),
        ("Purpose", (meeting.purpose,) if meeting.purpose else ()),
        ("Objectives", tuple(each for each in meeting.objectives if each)),
        ("Cleared by", (meeting.cleared_by,) if meeting.cleared_by else ()),
    ]


def _attendee(person: Person) -> str:
    return ", ".join(part for part in (person.name, person.role, person.organisation) if part)


def _office(person: Person) -> str:
    return ", ".join(part for part in (person.role, person.organisation) if part)


def _row(table: etree._Element, *, header: bool = False) -> etree._Element:
    row = child(table, "w:tr")
    properties = child(row, "w:trPr")
    child(properties, "w:cantSplit")
    if header:
        child(properties, "w:tblHeader")
    return row


def _cell(row: etree._Element, width: float) -> etree._Element:
    cell = child(row, "w:tc")
    child(child(cell, "w:tcPr"), "w:tcW", {"w:w": str(_twips(width)), "w:type": "dxa"})
    return cell


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_A_MM)
