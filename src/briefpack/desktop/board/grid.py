"""The board as a table: topics by periods, our line beside theirs, and what is newer and was not read."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from briefpack.desktop.theme.colours import colours_of
from briefpack.desktop.widgets.parts import named
from briefpack.tasks.board import SHOWN, BoardView, Row, Unread, Words

_PADDING = 8
_LONGEST = 320
"""Characters of one clip that a cell shows; its tip and what is read aloud have them all."""

_LEAST = 150
"""Pixels that a column of words keeps."""

Index = QModelIndex | QPersistentModelIndex


class Piece(NamedTuple):
    """Words of a cell in one look: "" is plain, else "strong", "muted" or "link"."""

    words: str
    look: str = ""


class Cell(NamedTuple):
    """What stands in a cell: pieces, each a paragraph; and of whom: topic, what kind of cell, and its words."""

    kind: str
    row: Row
    pieces: tuple[Piece, ...] = ()
    words: tuple[Words, ...] = ()


class BoardGrid(QTableWidget):
    """The table. Arrow keys go from cell to cell, Enter does what the cell is for."""

    opened = Signal(object)
    """The :class:`Cell` that Enter or a double click was on."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[list[Cell]] = []
        named(self, "What they said on each topic, and when")
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().sectionResized.connect(lambda *_: self.resizeRowsToContents())
        self.itemActivated.connect(lambda item: self.opened.emit(self.cell(item.row(), item.column())))

    @property
    def current(self) -> Cell | None:
        """The cell that the keyboard is in."""
        at, place = self.currentRow(), self.currentColumn()
        held = 0 <= at < len(self._cells) and 0 <= place < len(self._cells[at])
        return self._cells[at][place] if held else None

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place."""
        return self._cells[row][column]

    def show_board(self, view: BoardView) -> None:
        """Show a board; the keyboard stays with its topic."""
        kept, column = self.current, max(0, self.currentColumn())
        titles = [title for title, _ in _columns(view)]
        self.clear()
        self._cells = [list(_cells(view, row)) for row in view.topics]
        self.setRowCount(len(view.topics))
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(titles)
        for at, cells in enumerate(self._cells):
            for place, (title, cell) in enumerate(zip(titles, cells, strict=True)):
                self.setItem(at, place, _item(title, cell))
        self._spread()
        ids = [row.id for row in view.topics]
        if ids:
            at = ids.index(kept.row.id) if kept and kept.row.id in ids else min(max(0, self.currentRow()), len(ids) - 1)
            self.setCurrentCell(at, min(column, len(titles) - 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the columns share the new width."""
        super().resizeEvent(event)
        self._spread()

    def _spread(self) -> None:
        """Give the outer columns what they need and the periods the rest."""
        count, width = self.columnCount(), self.viewport().width()
        if count < 3:
            return
        outer = {0: max(110, width // 8), count - 2: max(_LEAST, width // 5), count - 1: max(110, width // 8)}
        inner = max(_LEAST, (width - sum(outer.values())) // max(1, count - 3))
        if count == 3:
            outer[1] = width - outer[0] - outer[2]
        for column in range(count):
            self.setColumnWidth(column, outer.get(column, inner))
        self.resizeRowsToContents()


def _columns(view: BoardView) -> Iterator[tuple[str, int | None]]:
    """The columns from left to right: what each is called, and the place of its period."""
    yield "Topic", None
    for place, period in enumerate(view.periods):
        yield period.words, place
    if view.inexact:
        yield "No exact date", None
    yield "Our line", None
    yield "Not read yet", None


def _cells(view: BoardView, row: Row) -> Iterator[Cell]:
    under = (Piece(row.item or "", "muted"),) if row.item and row.item != row.name else ()
    yield Cell("topic", row, (Piece(row.name, "strong"), *under))
    for place in (*range(len(view.periods)), *((None,) if view.inexact else ())):
        said = row.said(place)
        yield Cell("words", row, tuple(piece for each in said for piece in _pieces(each)), said)
    more = len(row.ours) - SHOWN
    yield Cell(
        "ours",
        row,
        (
            *(Piece(each.words) for each in row.ours[:SHOWN]),
            *((Piece(f"and {more} more", "muted"),) if more > 0 else ()),
        ),
    )
    yield Cell("unread", row, tuple(_unread(row.unread)))


def _pieces(words: Words) -> Iterator[Piece]:
    yield Piece(f"“{words.words.strip('“”')}”")
    yield Piece(", ".join(filter(None, (words.speaker, words.date or "no date", words.age))), "muted")


def _unread(unread: Unread | None) -> Iterator[Piece]:
    if unread is None:
        yield Piece("No search", "muted")
        return
    if unread.count:
        newer = "newer, not read" if unread.since else "found, not read"
        yield Piece(f"{unread.count:,} {newer}", "link")
    if unread.undated:
        yield Piece(f"{len(unread.undated):,} without a date", "muted")
    if not unread.count and not unread.undated:
        yield Piece("Nothing newer", "muted")


def _item(title: str, cell: Cell) -> QTableWidgetItem:
    whole = "\n".join(piece.words for piece in cell.pieces)
    made = QTableWidgetItem(whole)
    aloud = ", ".join(piece.words for piece in cell.pieces) or "nothing"
    made.setData(Qt.ItemDataRole.AccessibleTextRole, f"{cell.row.name}, {title}: {aloud}")
    if len(whole) > _LONGEST:
        made.setToolTip(whole)
    return made


class _CellDelegate(QStyledItemDelegate):
    """A cell as wrapped text: words plain, who and when muted below them."""

    def __init__(self, grid: BoardGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words are at the width of its column."""
        width = self._grid.columnWidth(index.column())
        document = self._document(index, option.font, option.palette, width, chosen=False)
        return QSize(width, max(36, round(document.size().height()) + 2 * _PADDING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
        painter.setClipRect(option.rect)
        painter.translate(option.rect.left() + _PADDING, option.rect.top() + _PADDING)
        self._document(index, option.font, option.palette, option.rect.width(), chosen=chosen).drawContents(painter)
        painter.restore()

    def _document(self, index: Index, font: QFont, palette: QPalette, width: int, *, chosen: bool) -> QTextDocument:
        cell = self._grid.cell(index.row(), index.column())
        colours = colours_of(palette)
        document = QTextDocument()
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.setTextWidth(max(40, width - 2 * _PADDING))
        cursor = QTextCursor(document)
        for at, piece in enumerate(cell.pieces):
            looks = QTextCharFormat()
            colour = {"muted": colours.muted, "link": colours.accent}.get(piece.look, colours.text)
            looks.setForeground(QColor(colours.selected_text if chosen else colour))
            if piece.look == "strong":
                looks.setFontWeight(QFont.Weight.DemiBold)
            block = cursor.blockFormat()
            block.setTopMargin(6 if at and piece.look != "muted" else 0)
            if at:
                cursor.insertBlock(block)
            words = piece.words if len(piece.words) <= _LONGEST else f"{piece.words[:_LONGEST].rstrip()}…"
            cursor.insertText(words, looks)
        return document
