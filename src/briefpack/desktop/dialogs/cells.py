"""The cells of a table in a form: rich text, typed into in place."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QPainter, QPalette, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTextEdit,
    QWidget,
)

from briefpack.desktop.editor import clipboard, utf16
from briefpack.desktop.editor.autoformat import Options, follows
from briefpack.desktop.editor.flow import Flow, sized
from briefpack.desktop.editor.formats import Formats, Marks
from briefpack.desktop.editor.look import look_of
from briefpack.desktop.editor.projection import read
from briefpack.desktop.editor.tidy import common_end, common_start, shown
from briefpack.pack.edits import Fragment, Place
from briefpack.pack.model import Pack, Paragraph, Table, texts_of
from briefpack.pack.text import EMPTY, MarkKind, Text, joined

CELL = 256
"""The role under which a cell's :class:`~briefpack.pack.text.Text` is kept."""

_PAD = 6
_SHAPE = ("paragraph", 0)
_ROOM = 56
"""The least height of a cell that is typed into, so that a second line can be seen."""

Index = QModelIndex | QPersistentModelIndex


class RichField(QTextEdit):
    """One text with its marks, typed into. Formats of the words to the left go on; links and comments do not grow."""

    pasted = Signal(object)
    """A table was pasted: its cells, which are more than one."""

    left = Signal()
    """Focus went elsewhere, for good."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = Formats(look_of(QGuiApplication.palette()))
        self.smart = True
        """Whether quotation marks and dashes are put right as they are typed."""
        self.done = False
        """Whether what was typed has been taken, or given up."""
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(_PAD - 2)
        self.cursorPositionChanged.connect(self._take_on)
        self.selectionChanged.connect(self._take_on)

    @property
    def said(self) -> Text:
        """What stands in it, with its marks."""
        document = self.document()
        return joined((read(document.findBlockByNumber(at)).text for at in range(document.blockCount())), "\n")

    @said.setter
    def said(self, words: Text) -> None:
        self.clear()
        self._insert(words)
        self.document().clearUndoRedoStacks()

    def toggle(self, kind: MarkKind) -> None:
        """Bold and the like on or off for the selected words, or for what is typed next."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            marks = set(self._marks()) ^ {(kind, "")}
            self.setCurrentCharFormat(self._format(tuple(sorted(marks))))
            return
        start, stop = self._points(cursor.selectionStart()), self._points(cursor.selectionEnd())
        now = self.said
        off = now.covered(start, stop, kind)
        self._rewrite(now.without_mark(start, stop, kind) if off else now.with_mark(start, stop, kind))

    def chosen(self) -> tuple[str, str]:
        """The selected words, and where they lead now; both may be empty."""
        cursor = self.textCursor()
        return chosen_of(self.said[self._points(cursor.selectionStart()) : self._points(cursor.selectionEnd())])

    def link(self, address: str) -> None:
        """The selected words made to lead to an address; no link where it is empty."""
        cursor = self.textCursor()
        start, stop = self._points(cursor.selectionStart()), self._points(cursor.selectionEnd())
        self._rewrite(linked(self.said, start, stop, address))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A paste: one text among the words here; a table is for the grid."""
        fragment = clipboard.read_fragment(source)
        table = next((block for block in fragment.blocks if isinstance(block, Table)), None)
        if table is not None and len(fragment.blocks) == 1:
            self.pasted.emit(table.rows)
        else:
            self._insert(words_of(fragment))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift+Enter is a line break; Enter alone is for the grid."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.textCursor().insertText("\u2028")
            event.accept()
            return
        super().keyPressEvent(event)
        if self.smart:
            self._put_right(event.text())

    def _put_right(self, typed: str) -> None:
        """What follows from a character that was typed, as in the document; undo takes back that alone."""
        block = Paragraph(text=self.said)
        caret = Place(block.id, self._points(self.textCursor().position()))
        found = follows(Pack(body=(block,)), caret, typed, Options(smart=True, shapes=False))
        if found is None:
            return
        old, new = block.text, found.pack.body[0]
        assert isinstance(new, Paragraph)
        start = common_start(old.string, new.text.string)
        same = common_end(old.string, new.text.string, min(len(old), len(new.text)) - start)
        cursor = self.textCursor()
        cursor.setPosition(utf16.to_units(old.string, start))
        cursor.setPosition(utf16.to_units(old.string, len(old) - same), cursor.MoveMode.KeepAnchor)
        marks = tuple((mark.kind, mark.value) for mark in new.text.marks_at(start))
        cursor.insertText(new.text.string[start : len(new.text) - same], self._format(marks))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A menu or another window is no reason to stop."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def _marks(self) -> Marks:
        """The marks that a character typed at the cursor takes on."""
        return self.said.marks_typed_at(self._points(self.textCursor().position()))

    def _points(self, position: int) -> int:
        return utf16.to_points(self.toPlainText(), position)

    def _format(self, marks: Marks) -> QTextCharFormat:
        return self._formats.chars(_SHAPE, marks)

    def _take_on(self) -> None:
        if not self.textCursor().hasSelection():
            self.setCurrentCharFormat(self._format(self._marks()))

    def _insert(self, words: Text) -> None:
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for string, marks in words.runs():
            cursor.insertText(shown(string), self._format(tuple((mark.kind, mark.value) for mark in marks)))
        cursor.endEditBlock()

    def _rewrite(self, words: Text) -> None:
        """The same characters with other marks; the selection stays, and undo brings the old ones back."""
        cursor = self.textCursor()
        anchor, caret = cursor.anchor(), cursor.position()
        cursor.beginEditBlock()
        at = 0
        for string, marks in words.runs():
            cursor.setPosition(at)
            at += utf16.length(string)
            cursor.setPosition(at, cursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(self._format(tuple((mark.kind, mark.value) for mark in marks)))
        cursor.endEditBlock()
        cursor.setPosition(anchor)
        cursor.setPosition(caret, cursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)


class CellDelegate(QStyledItemDelegate):
    """Draws cells with their bold and links, and lets them be typed into."""

    pasted = Signal(object)
    """A table was pasted into the cell that is typed into."""

    def __init__(self, grid: QTableView) -> None:
        super().__init__(grid)
        self._grid = grid
        self.smart = True
        self.heading = False
        """Whether the first row is one."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field in place of the cell."""
        field = RichField(parent)
        field.setAccessibleName(f"Row {index.row() + 1}, column {index.column() + 1}")
        field.setAutoFillBackground(True)
        field.smart = self.smart
        field.pasted.connect(self.pasted)
        field.left.connect(lambda: self._finish(field))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The cell's words, with the caret behind them."""
        assert isinstance(editor, RichField)
        editor.said = cell_of(index)
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """What was typed, kept with its marks."""
        assert isinstance(editor, RichField)
        put_cell(model, index, editor.said.strip())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Over the cell, and no lower than two lines."""
        rect = QRect(option.rect)
        rect.setHeight(max(rect.height(), _ROOM))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter goes on below, Tab to the next cell, Esc leaves the cell as it was."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, RichField):
            hints = QAbstractItemDelegate.EndEditHint
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
                self._finish(editor, hints.SubmitModelCache)
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._finish(
                    editor, hints.EditPreviousItem if event.key() == Qt.Key.Key_Backtab else hints.EditNextItem
                )
                return True
            if event.key() == Qt.Key.Key_Escape:
                editor.done = True
        if event.type() == QEvent.Type.FocusOut:
            return False  # the field itself says when it is left
        return super().eventFilter(editor, event)

    def _finish(
        self, editor: RichField, hint: QAbstractItemDelegate.EndEditHint = QAbstractItemDelegate.EndEditHint.NoHint
    ) -> None:
        if not editor.done:
            editor.done = True  # closing it takes the focus from it, which finishes it again
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, hint)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The words of a cell with their marks."""
        rect, palette = option.rect, option.palette
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look_of(palette).selection)
        elif self.heading and index.row() == 0:
            painter.fillRect(rect, look_of(palette).card_head)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.setClipRect(rect)
        self._flow(option, index, rect.width()).draw(painter, rect.left() + _PAD, rect.top() + _PAD)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need at the width of the column."""
        width = self._grid.columnWidth(index.column())
        return QSize(width, round(self._flow(option, index, width).height) + 2 * _PAD)

    def _flow(self, option: QStyleOptionViewItem, index: Index, width: int) -> Flow:
        font = sized(option.font, 1.0, bold=self.heading and index.row() == 0)
        look = look_of(option.palette)
        return Flow(cell_of(index), font, width - 2 * _PAD, look)


def cell_of(index: Index) -> Text:
    """The text of a cell."""
    held = index.data(CELL)
    return held if isinstance(held, Text) else EMPTY


def put_cell(model: QAbstractItemModel, index: Index, said: Text) -> None:
    """Keep a text in a cell; readers of the screen get its words."""
    model.setData(index, said, CELL)
    model.setData(index, said.string, Qt.ItemDataRole.AccessibleTextRole)


def linked(said: Text, start: int, stop: int, address: str) -> Text:
    """Characters made to lead to an address; no link where it is empty."""
    return (
        said.with_mark(start, stop, MarkKind.LINK, address)
        if address
        else said.without_mark(start, stop, MarkKind.LINK)
    )


def words_of(fragment: Fragment) -> Text:
    """A pasted fragment as the text of one cell: its blocks as lines, without the comments and clips of elsewhere."""
    texts = (each for block in fragment.blocks for each in texts_of(block))
    return joined(texts, "\n").keep_marks(lambda mark: mark.kind not in (MarkKind.COMMENT, MarkKind.CLIP))


def chosen_of(said: Text) -> tuple[str, str]:
    """The words of a text, and where the first link in it leads; both may be empty."""
    return said.string, next((mark.value for mark in said.marks if mark.kind == MarkKind.LINK), "")
