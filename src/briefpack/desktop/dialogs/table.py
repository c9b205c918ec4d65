"""A table of the document, cell by cell."""

from msgspec.structs import replace
from PySide6.QtWidgets import QCheckBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.dialogs.retyping import retyped
from briefpack.desktop.widgets.parts import button, named, row
from briefpack.pack.model import Table
from briefpack.pack.text import EMPTY, Text

_NEW = Table(rows=((EMPTY,) * 3,) * 3)
_CELL = 256


class TableDialog(Form):
    """Cells are typed into as plain words; bold words, comments and clips of what is left alone stay."""

    def __init__(self, table: Table | None, parent: QWidget | None = None) -> None:
        super().__init__("Table", "Save table" if table else "Insert table", parent)
        self._table = table or _NEW
        rows = self._table.rows or _NEW.rows
        self.grid = named(QTableWidget(len(rows), len(rows[0])), "Cells")
        self.grid.setTabKeyNavigation(True)
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self._put(at, column, cell)
        self.header = named(QCheckBox("The first row is a heading, repeated on every page"), "Heading row")
        self.header.setChecked(self._table.header)
        self.content.addWidget(self.grid)
        self.content.addLayout(
            row(
                button("Add row", self._add_row, shape="add"),
                button("Add column", self._add_column, shape="add"),
                button("Remove row", self._remove_row, flat=True),
                button("Remove column", self._remove_column, flat=True),
                None,
            )
        )
        self.content.addWidget(self.header)
        self.grid.itemChanged.connect(lambda _item: self.check())
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.grid.resizeRowsToContents()
        self.resize(720, 480)
        self.check()

    @classmethod
    def ask(cls, table: Table | None, parent: QWidget) -> Table | None:
        """The table as the user left it, or None. A new one has a new id."""
        dialog = cls(table, parent)
        if not dialog.asked():
            return None
        answer = dialog.answer()
        return answer if table else Table(rows=answer.rows, header=answer.header)

    def answer(self) -> Table:
        """What the form says now."""
        columns, rows = range(self.grid.columnCount()), range(self.grid.rowCount())
        cells = tuple(tuple(self._cell(at, column) for column in columns) for at in rows)
        return replace(self._table, rows=cells, header=self.header.isChecked())

    def problem(self) -> str:
        """A table has at least one word."""
        return "" if any(cell for cells in self.answer().rows for cell in cells) else "Type something into the table."

    def _cell(self, at: int, column: int) -> Text:
        item = self.grid.item(at, column)
        if item is None:
            return EMPTY
        old = item.data(_CELL)
        return retyped(old if isinstance(old, Text) else EMPTY, item.text().strip())

    def _put(self, at: int, column: int, cell: Text) -> None:
        item = QTableWidgetItem(cell.string)
        item.setData(_CELL, cell)
        self.grid.setItem(at, column, item)

    def _add_row(self) -> None:
        at = self.grid.currentRow() + 1 or self.grid.rowCount()
        self.grid.insertRow(at)
        self.grid.setCurrentCell(at, 0)
        self.check()

    def _add_column(self) -> None:
        self.grid.insertColumn(self.grid.currentColumn() + 1 or self.grid.columnCount())
        self.check()

    def _remove_row(self) -> None:
        if self.grid.rowCount() > 1 and self.grid.currentRow() >= 0:
            self.grid.removeRow(self.grid.currentRow())
            self.check()

    def _remove_column(self) -> None:
        if self.grid.columnCount() > 1 and self.grid.currentColumn() >= 0:
            self.grid.removeColumn(self.grid.currentColumn())
            self.check()
