"""Tables in their form: typed into with real keys, formats kept, grown by Tab, pasted from elsewhere."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefpack.desktop.dialogs.cells import RichField
from briefpack.desktop.dialogs.link import LinkAnswer, LinkDialog
from briefpack.desktop.dialogs.table import TableDialog
from briefpack.pack.model import Table
from briefpack.pack.text import EMPTY, Mark, MarkKind, text

BOLD, ITALIC, LINK, COMMENT = MarkKind.BOLD, MarkKind.ITALIC, MarkKind.LINK, MarkKind.COMMENT
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def table(*rows, header=True):
    return Table(
        rows=tuple(tuple(text(cell) if isinstance(cell, str) else cell for cell in row) for row in rows), header=header
    )


@pytest.fixture
def show(qtbot):
    """The form of a table, shown."""

    def made(shown: Table | None) -> TableDialog:
        dialog = TableDialog(shown)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        assert dialog.focusWidget() is dialog.grid
        return dialog

    yield made
    QGuiApplication.clipboard().clear()


def strings(dialog):
    return [[cell.string for cell in row] for row in dialog.answer().rows]


def keys(dialog, words):
    for character in words:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
        QApplication.sendEvent(dialog.grid.field() or dialog.grid, event)


def press(dialog, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(dialog.grid.field() or dialog.grid, key, held)


def test_tab_goes_through_the_cells_and_adds_a_row_behind_the_last(show):
    dialog = show(table(("", ""), header=True))
    for words in ("Year", "Grant", "2025"):
        keys(dialog, words)
        press(dialog, Key.Key_Tab)
    keys(dialog, "£12m")
    press(dialog, Key.Key_Return)
    assert strings(dialog) == [["Year", "Grant"], ["2025", "£12m"]]


def test_tab_leaves_behind_an_empty_row_so_that_keys_can_go_on(show):
    dialog = show(table(("a", "b")))
    dialog.grid.setCurrentCell(0, 1)
    press(dialog, Key.Key_Tab)
    assert dialog.grid.rowCount() == 2
    dialog.grid.setCurrentCell(1, 1)
    press(dialog, Key.Key_Tab)
    assert dialog.grid.rowCount() == 2
    assert not dialog.grid.hasFocus()


def test_enter_goes_on_below_and_shift_enter_is_a_line_break(show):
    dialog = show(table(("", ""), ("", "")))
    keys(dialog, "one")
    press(dialog, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    keys(dialog, "two")
    press(dialog, Key.Key_Return)
    assert (dialog.grid.currentRow(), dialog.grid.currentColumn()) == (1, 0)
    assert dialog.answer().rows[0][0] == text("one\ntwo")


def test_escape_leaves_the_cell_as_it_was_and_the_form_open(show):
    dialog = show(table(("words", "")))
    keys(dialog, "other")
    press(dialog, Key.Key_Escape)
    assert strings(dialog) == [["words", ""]]
    assert dialog.isVisible()


def test_bold_of_the_selected_cells_on_and_off(show):
    dialog = show(table(("one", "two"), ("three", "")))
    dialog.grid.selectAll()
    QTest.keyClick(dialog.grid, Key.Key_B, CTRL)
    assert dialog.answer().rows[1] == (text("three", [Mark(0, 5, BOLD)]), EMPTY)
    QTest.keyClick(dialog.grid, Key.Key_B, CTRL)
    assert dialog.answer().rows == table(("one", "two"), ("three", "")).rows


def test_what_is_typed_in_a_cell_takes_on_bold_and_leaves_links_and_comments_as_they_are(show):
    cell = text("see page now", [Mark(4, 8, LINK, "https://example.org"), Mark(9, 12, COMMENT, "C"), Mark(0, 3, BOLD)])
    dialog = show(table((cell, "")))
    QTest.keyClick(dialog.grid, Key.Key_F2)
    field = dialog.grid.field()
    cursor = field.textCursor()
    for at in (12, 8, 3):
        cursor.setPosition(at)
        field.setTextCursor(cursor)
        QTest.keyClicks(field, "x")
    press(dialog, Key.Key_Return)
    assert dialog.answer().rows[0][0] == text(
        "seex pagex nowx", [Mark(5, 9, LINK, "https://example.org"), Mark(11, 14, COMMENT, "C"), Mark(0, 4, BOLD)]
    )


def test_italic_of_selected_words_and_undo_in_the_cell(show):
    dialog = show(table(("one 😀 two", "")))
    QTest.keyClick(dialog.grid, Key.Key_F2)
    field = dialog.grid.field()
    cursor = field.textCursor()
    cursor.setPosition(7)
    cursor.setPosition(10, cursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    QTest.keyClick(field, Key.Key_I, CTRL)
    assert field.said == text("one 😀 two", [Mark(6, 9, ITALIC)])
    field.undo()
    assert field.said == text("one 😀 two")


def test_a_cell_that_was_looked_at_is_the_same(show):
    cell = text("a b", [Mark(0, 1, BOLD), Mark(0, 3, MarkKind.CLIP, "K"), Mark(2, 3, MarkKind.HIGHLIGHT, "green")])
    before = table((cell, " spaced "))
    dialog = show(before)
    QTest.keyClick(dialog.grid, Key.Key_F2)
    press(dialog, Key.Key_Return)
    assert dialog.answer() == before


def test_words_of_a_cell_become_a_link(show, monkeypatch):
    dialog = show(table(("one two", "")))
    asked = []
    answers = [LinkAnswer("https://example.org"), LinkAnswer("")]
    monkeypatch.setattr(LinkDialog, "ask", lambda *words: asked.append(words[:2]) or answers.pop(0))
    QTest.keyClick(dialog.grid, Key.Key_K, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert dialog.answer().rows[0][0] == text("one two", [Mark(0, 7, LINK, "https://example.org")])
    QTest.keyClick(dialog.grid, Key.Key_F2)
    cursor = dialog.grid.field().textCursor()
    cursor.setPosition(3)
    cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
    dialog.grid.field().setTextCursor(cursor)
    dialog.link()
    assert asked == [("one two", ""), (" two", "https://example.org")]
    assert dialog.grid.field().said == text("one two", [Mark(0, 3, LINK, "https://example.org")])


def test_a_spreadsheets_cells_are_pasted_from_the_current_cell_on(show):
    dialog = show(table(("a", "b"), ("c", "d")))
    dialog.grid.setCurrentCell(1, 1)
    mime = QMimeData()
    mime.setText("1\t2\n3\t4\n")
    QGuiApplication.clipboard().setMimeData(mime)
    press(dialog, Key.Key_V, CTRL)
    assert strings(dialog) == [["a", "b", ""], ["c", "1", "2"], ["", "3", "4"]]


def test_words_pasted_while_typing_go_among_the_words_and_a_table_into_the_cells(show):
    dialog = show(table(("a", "b")))
    keys(dialog, "x")
    mime = QMimeData()
    mime.setHtml("<p>one <b>two</b></p><p>three</p>")
    QGuiApplication.clipboard().setMimeData(mime)
    dialog.grid.field().paste()
    assert dialog.grid.field().said == text("xone two\nthree", [Mark(5, 8, BOLD)])
    mime = QMimeData()
    mime.setHtml("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>")
    QGuiApplication.clipboard().setMimeData(mime)
    dialog.grid.field().paste()
    assert strings(dialog) == [["1", "2"], ["3", "4"]]


def test_cells_are_copied_and_cut(show):
    dialog = show(table(("a", "b"), ("c", "d")))
    dialog.grid.selectAll()
    press(dialog, Key.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "a\tb\nc\td"
    assert strings(dialog) == [["", ""], ["", ""]]
    dialog.grid.setCurrentCell(0, 0)
    press(dialog, Key.Key_V, CTRL)
    assert strings(dialog) == [["a", "b"], ["c", "d"]]


def test_rows_and_columns_come_and_go(show):
    dialog = show(table(("a", "b"), ("c", "d")))
    dialog.grid.setCurrentCell(0, 0)
    dialog.grid.add_row()
    dialog.grid.add_column()
    assert strings(dialog) == [["a", "", "b"], ["", "", ""], ["c", "", "d"]]
    dialog.grid.remove_row()
    dialog.grid.remove_column()
    assert strings(dialog) == [["a", "b"], ["c", "d"]]
    for _ in range(3):
        dialog.grid.remove_row()
        dialog.grid.remove_column()
    assert (dialog.grid.rowCount(), dialog.grid.columnCount()) == (1, 1)


def test_saving_takes_what_is_still_being_typed(show):
    dialog = show(table(("a", "b")))
    keys(dialog, "new")
    assert isinstance(dialog.grid.field(), RichField)
    dialog.accept()
    assert strings(dialog) == [["new", "b"]]
    dialog.header.setChecked(False)
    assert not dialog.answer().header


def test_quotation_marks_in_cells_are_curly_and_one_undo_takes_that_back(show):
    dialog = show(table(("", "")))
    keys(dialog, "the '")
    field = dialog.grid.field()
    assert field.said == text("the ‘")
    field.undo()
    assert field.said == text("the '")
    keys(dialog, " 😀 - x")
    assert field.said == text("the ' 😀 – x")
    press(dialog, Key.Key_Return)
    dialog.grid.delegate.smart = False
    dialog.grid.setCurrentCell(0, 1)
    keys(dialog, '"a"')
    assert dialog.grid.field().said == text('"a"')
