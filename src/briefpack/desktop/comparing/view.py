"""A comparison to read: as one text with what went and what came in it, or as two columns."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit

from briefpack.desktop.theme.colours import colours_of
from briefpack.desktop.widgets.parts import named
from briefpack.pack.text import MarkKind, Text
from briefpack.tasks.comparing import Row

_POINTS = 11.0
_HEADINGS = (1.5, 1.3, 1.15)
_MARGIN = 10
_TABLE_ROWS = 25
"""Rows of one table in two columns: Qt lays out many small tables faster than a large one."""


class ComparisonView(QTextEdit):
    """Shows rows of a comparison. It can be read and copied, not changed; changes are gone through one by one."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "Comparison")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(16)
        self._rows: tuple[Row, ...] = ()
        self._columns = False
        self._stops: list[tuple[int, int]] = []

    @property
    def stops(self) -> int:
        """How many paragraphs there are in which something changed."""
        return len(self._stops)

    @property
    def current(self) -> int:
        """The changed paragraph that the cursor is in, or that stands before it; -1 before the first."""
        at = self.textCursor().selectionStart()
        return sum(start <= at for start, _ in self._stops) - 1

    def show_rows(self, rows: Sequence[Row], *, columns: bool) -> None:
        """Show rows, in two columns or as one text; the place that was being read stays."""
        place = self.current
        self._rows, self._columns = tuple(rows), columns
        self._stops = []
        self.setUpdatesEnabled(False)
        self.clear()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if columns:
            self._write_columns(cursor)
        else:
            self._write_text(cursor)
        cursor.endEditBlock()
        self.setUpdatesEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if place >= 0:
            self.go_to(place)

    def go_to(self, stop: int) -> None:
        """Select a changed paragraph, by its number from 0; past an end it is the other one."""
        if not self._stops:
            return
        start, end = self._stops[stop % len(self._stops)]
        cursor = self.textCursor()
        cursor.setPosition(end)
        self.setTextCursor(cursor)  # so that all of it is on screen, as far as it fits
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def changeEvent(self, event: QEvent) -> None:
        """Take on other colours with the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._rows:
            self.show_rows(self._rows, columns=self._columns)

    def _write_text(self, cursor: QTextCursor) -> None:
        for number, row in enumerate(self._rows):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(_block(row))
            start = cursor.position()
            self._write(cursor, row.text, row)
            if row.changed:
                self._stops.append((start, cursor.position()))

    def _write_columns(self, cursor: QTextCursor) -> None:
        if not self._rows:
            return
        form = QTextTableFormat()
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, 50)] * 2)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setCellPadding(4)
        form.setCellSpacing(0)
        form.setBorder(0)
        for first in range(0, len(self._rows), _TABLE_ROWS):
            rows = self._rows[first : first + _TABLE_ROWS]
            table = cursor.insertTable(len(rows), 2, form)
            for number, row in enumerate(rows):
                self._write_both(table, number, row)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.setBlockFormat(_seam())

    def _write_both(self, table: QTextTable, number: int, row: Row) -> None:
        """Write a row of two columns; the place to go to is the first of them in which something changed."""
        stop = None
        for column, dropped in enumerate((MarkKind.INSERTION, MarkKind.DELETION)):
            cell = table.cellAt(number, column).firstCursorPosition()
            cell.setBlockFormat(_block(row))
            start = cell.position()
            self._write(cell, row.text, row, without=dropped)
            if stop is None and cell.position() > start:
                stop = (start, cell.position())
        if row.changed and stop is not None:
            self._stops.append(stop)

    def _write(self, cursor: QTextCursor, text: Text, row: Row, *, without: MarkKind | None = None) -> None:
        plain = QTextCharFormat()
        scale = _HEADINGS[min(row.heading, len(_HEADINGS)) - 1] if row.heading else 1.0
        plain.setFontPointSize(_POINTS * scale)
        if row.heading:
            plain.setFontWeight(QFont.Weight.DemiBold)
        colours = colours_of(self.palette())
        runs = [(string, {mark.kind for mark in marks}) for string, marks in text.runs()]
        runs = [(string, kinds) for string, kinds in runs if without not in kinds]
        if row.item and any(string for string, _ in runs):
            cursor.insertText("•\u2002", plain)
        for string, kinds in runs:
            form = QTextCharFormat(plain)
            if MarkKind.BOLD in kinds:
                form.setFontWeight(QFont.Weight.Bold)
            form.setFontItalic(MarkKind.ITALIC in kinds)
            if MarkKind.DELETION in kinds:
                form.setFontStrikeOut(True)
                form.setForeground(QColor(colours.bad))
            elif MarkKind.INSERTION in kinds:
                form.setFontUnderline(True)
                form.setForeground(QColor(colours.good))
            cursor.insertText(string.replace("\n", "\u2028"), form)


def _seam() -> QTextBlockFormat:
    """The empty block that Qt puts behind a table, so low that it is not seen."""
    form = QTextBlockFormat()
    form.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return form


def _block(row: Row) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setTopMargin(_MARGIN if row.heading else 2)
    form.setBottomMargin(4)
    form.setLeftMargin(18 if row.item or row.cell else 0)
    if row.heading:
        form.setHeadingLevel(min(row.heading, 6))
    return form
