"""A table of the document, cell by cell."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QCheckBox, QHeaderView, QTableWidget, QWidget

from briefpack.desktop.dialogs.cells import CellDelegate, RichField, cell_of, chosen_of, linked, put_cell, words_of
from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.dialogs.link import LinkDialog
from briefpack.desktop.editor import clipboard
from briefpack.desktop.widgets.parts import button, named, row, tool
from briefpack.pack.edits import Fragment
from briefpack.pack.model import Table
from briefpack.pack.text import EMPTY, MarkKind, Text

_NEW = Table(rows=((EMPTY,) * 3,) * 3)
_FORMATS = ((MarkKind.BOLD, "Ctrl+B"), (MarkKind.ITALIC, "Ctrl+I"), (MarkKind.UNDERLINE, "Ctrl+U"))
_Standard = QKeySequence.StandardKey


class Grid(QTableWidget):
    """The cells. Tab goes to the next and adds a row behind the last; behind an empty row it leaves the grid."""

    def __init__(self, rows: Sequence[Sequence[Text]], changed: Callable[[], object]) -> None:
        super().__init__(len(rows), len(rows[0]))
        self.setTabKeyNavigation(True)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.delegate = CellDelegate(self)
        self.setItemDelegate(self.delegate)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(70)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setMinimumSectionSize(30)
        self.put(0, 0, rows)
        self.model().dataChanged.connect(lambda *_: changed())
        self.model().rowsInserted.connect(lambda *_: changed())
        self.model().rowsRemoved.connect(lambda *_: changed())
        self.model().columnsInserted.connect(lambda *_: changed())
        self.model().columnsRemoved.connect(lambda *_: changed())
        self.delegate.pasted.connect(self._paste_cells)
        self.setCurrentCell(0, 0)

    @property
    def cells(self) -> tuple[tuple[Text, ...], ...]:
        """What the cells hold."""
        columns = range(self.columnCount())
        return tuple(tuple(self.cell(at, column) for column in columns) for at in range(self.rowCount()))

    def cell(self, at: int, column: int) -> Text:
        """What one cell holds."""
        return cell_of(self.model().index(at, column))

    def put(self, at: int, column: int, rows: Sequence[Sequence[Text]]) -> None:
        """Texts put into the cells from one on; rows and columns are added where they are missing."""
        self.setRowCount(max(self.rowCount(), at + len(rows)))
        self.setColumnCount(max(self.columnCount(), column + max(map(len, rows), default=0)))
        model: QAbstractItemModel = self.model()
        for down, cells in enumerate(rows):
            for along, cell in enumerate(cells):
                put_cell(model, model.index(at + down, column + along), cell)

    def field(self) -> RichField | None:
        """The field in which a cell is being typed into."""
        return next((each for each in self.findChildren(RichField) if each.isVisible()), None)

    def change(self, changed: Callable[[Text], Text]) -> None:
        """Every selected cell changed."""
        for index in self.selectedIndexes():
            put_cell(self.model(), index, changed(cell_of(index)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab, the clipboard, and Delete, where no cell is typed into."""
        if self.state() == QAbstractItemView.State.EditingState or event.key() == Qt.Key.Key_Escape:
            event.ignore()  # what the field does not want is not for the grid: it would open the field again
            return
        if event.matches(_Standard.Copy) or event.matches(_Standard.Cut):
            self.copy()
            if event.matches(_Standard.Cut):
                self.change(lambda _cell: EMPTY)
        elif event.matches(_Standard.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.change(lambda _cell: EMPTY)
        elif event.key() == Qt.Key.Key_Tab and self._at_end():
            if any(self.cells[-1]):
                self.add_row()
            else:
                self._leave(self.focusNextChild)
        elif event.key() == Qt.Key.Key_Backtab and (self.currentRow(), self.currentColumn()) == (0, 0):
            self._leave(self.focusPreviousChild)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Behind the last cell a row is added; Enter goes to the cell below."""
        hints = QAbstractItemDelegate.EndEditHint
        if hint == hints.EditNextItem and self._at_end():
            self.insertRow(self.rowCount())
        super().closeEditor(editor, hint)
        if hint == hints.SubmitModelCache and self.currentRow() + 1 < self.rowCount():
            self.setCurrentCell(self.currentRow() + 1, self.currentColumn())
        self.setFocus()

    def copy(self) -> None:
        """The selected cells to the clipboard, as a table."""
        chosen = self.selectedIndexes()
        if chosen:
            rows, columns = [i.row() for i in chosen], [i.column() for i in chosen]
            cells = tuple(line[min(columns) : max(columns) + 1] for line in self.cells[min(rows) : max(rows) + 1])
            QGuiApplication.clipboard().setMimeData(
                clipboard.fragment_mime(Fragment((Table(rows=cells, header=False),)))
            )

    def paste(self) -> None:
        """A copied table from the current cell on; other words into that cell."""
        fragment = clipboard.read_fragment(QGuiApplication.clipboard().mimeData())
        table = next((block for block in fragment.blocks if isinstance(block, Table)), None)
        if table is not None:
            self._paste_cells(table.rows)
        elif fragment.blocks:
            self._paste_cells(((words_of(fragment),),))

    def _paste_cells(self, rows: Sequence[Sequence[Text]]) -> None:
        if (field := self.field()) is not None:
            field.done = True
            super().closeEditor(field, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        kept = [[words_of(Fragment((Table(rows=((cell,),)),))) for cell in cells] for cells in rows]
        self.put(max(0, self.currentRow()), max(0, self.currentColumn()), kept)

    def _leave(self, step: Callable[[], object]) -> None:
        """Let Tab go on to the rest of the form: while it goes through the cells, Qt would ask the grid again."""
        self.setTabKeyNavigation(False)
        step()
        self.setTabKeyNavigation(True)

    def _at_end(self) -> bool:
        return (self.currentRow(), self.currentColumn()) == (self.rowCount() - 1, self.columnCount() - 1)

    def add_row(self) -> None:
        """An empty row below the current one."""
        at = self.currentRow() + 1 or self.rowCount()
        self.insertRow(at)
        self.setCurrentCell(at, 0)

    def add_column(self) -> None:
        """An empty column to the right of the current one."""
        at = self.currentColumn() + 1 or self.columnCount()
        self.insertColumn(at)
        self.setCurrentCell(max(0, self.currentRow()), at)

    def remove_row(self) -> None:
        """The current row gone; the last one stays."""
        if self.rowCount() > 1 and self.currentRow() >= 0:
            self.removeRow(self.currentRow())

    def remove_column(self) -> None:
        """The current column gone; the last one stays."""
        if self.columnCount() > 1 and self.currentColumn() >= 0:
            self.removeColumn(self.currentColumn())


class TableDialog(Form):
    """Cells are typed into with bold, italic and links; comments and clips of words that are left alone stay."""

    def __init__(self, table: Table | None, parent: QWidget | None = None) -> None:
        super().__init__("Table", "Save table" if table else "Insert table", parent)
        self._table = table or _NEW
        self.header = named(QCheckBox("The first row is a &heading, repeated on every page"), "Heading row")
        self.grid = named(Grid(self._table.rows or _NEW.rows, self.check), "Cells")
        self.header.toggled.connect(self._show_heading)
        self.header.setChecked(self._table.header)
        self._show_heading(self._table.header)
        grid = self.grid
        formats = [tool(kind.capitalize(), kind, partial(self.toggle, kind), f"{kind.capitalize()}  {keys}")
                   for kind, keys in _FORMATS]  # fmt: skip
        formats.append(tool("Link", "link", self.link, "Link…  Ctrl+Shift+K"))
        for each in formats:
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click leaves the caret in its cell; the keys do the same
        changes = (
            button("Add row", grid.add_row, shape="add"),
            button("Add column", grid.add_column, shape="add"),
            button("Remove row", grid.remove_row, flat=True),
            button("Remove column", grid.remove_column, flat=True),
        )
        self.content.addWidget(grid)
        self.content.insertLayout(1, row(*formats, None, *changes))  # above the cells, where the keyboard begins
        self.content.addWidget(self.header)
        for kind, keys in _FORMATS:
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.toggle, kind))
        QShortcut(QKeySequence("Ctrl+Shift+K"), self).activated.connect(self.link)
        self.resize(760, 500)
        self.check()

    @classmethod
    def ask(cls, table: Table | None, parent: QWidget, *, smart: bool = True) -> Table | None:
        """The table as the user left it, or None. A new one has a new id.

        ``smart`` is whether quotation marks and dashes are put right as they are typed.
        """
        dialog = cls(table, parent)
        dialog.grid.delegate.smart = smart
        if not dialog.asked():
            return None
        answer = dialog.answer()
        return answer if table else Table(rows=answer.rows, header=answer.header)

    def answer(self) -> Table:
        """What the form says now."""
        return replace(self._table, rows=self.grid.cells, header=self.header.isChecked())

    def problem(self) -> str:
        """A table has at least one word."""
        return "" if any(cell for cells in self.grid.cells for cell in cells) else "Type something into the table."

    def toggle(self, kind: MarkKind) -> None:
        """Bold and the like for the words that are selected in a cell, or for all of the selected cells."""
        if (field := self.grid.field()) is not None:
            field.toggle(kind)
            return
        full = [cell_of(index) for index in self.grid.selectedIndexes() if cell_of(index)]
        off = bool(full) and all(cell.covered(0, len(cell), kind) for cell in full)
        self.grid.change(
            lambda cell: cell.without_mark(0, len(cell), kind) if off else cell.with_mark(0, len(cell), kind)
        )

    def link(self) -> None:
        """The words that are selected in a cell, or all of the current one, lead to an address."""
        field = self.grid.field()
        words, address = field.chosen() if field is not None else chosen_of(cell_of(self.grid.currentIndex()))
        if not words:
            return
        answer = LinkDialog.ask(words, address, self)
        if answer is not None and field is not None:
            field.link(answer.address)
        elif answer is not None:
            self.grid.change(lambda cell: linked(cell, 0, len(cell), answer.address))

    def accept(self) -> None:
        """What is being typed counts."""
        if (field := self.grid.field()) is not None:
            field.left.emit()
        super().accept()

    def _show_heading(self, on: bool) -> None:
        self.grid.delegate.heading = on
        self.grid.viewport().update()
