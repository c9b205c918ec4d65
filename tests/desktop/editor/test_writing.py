"""Writing with real keys and the mouse: every script, by words, lines and pages, and what Ctrl+Z takes back."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefpack.pack.edits import Place
from briefpack.pack.model import Comment, ListItem, Pack, PageBreak, Paragraph, Table
from briefpack.pack.text import Mark, MarkKind, text
from tests.desktop.editor.agreement import assert_agrees
from tests.desktop.editor.samples import long, rich

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def said(editor):
    return [getattr(getattr(block, "text", None), "string", "▢") for block in editor.pack().body]


def type_keys(editor, string):
    for character in string:
        QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character))
        assert_agrees(editor)


def press(editor, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(editor, key, held)
    assert_agrees(editor)


def put(editor, index, offset, to=None):
    block = editor.pack().body[index].id
    editor.select(Place(block, offset), Place(block, offset if to is None else to))


def point(editor, index, offset):
    """The point of the viewport just behind the left edge of a character."""
    cursor = QTextCursor(editor.document())
    cursor.setPosition(editor.position_of(Place(editor.pack().body[index].id, offset)))
    rect = editor.cursorRect(cursor)
    return QPoint(rect.left() + 3, rect.center().y())


@pytest.fixture
def of(make_editor):
    return lambda *blocks, **rest: make_editor(Pack(body=blocks, **rest))


SCRIPTS = [
    "e\u0301te\u0301",
    "שלום עולם",
    "مرحبا (abc) ١٢",
    "日本語",
    "👩‍👩‍👧 🇬🇧 👍🏽",
    "a\u00a0b",
    "Ŵŷ",
    "\u200fש\u200e",
]


@pytest.mark.parametrize("words", SCRIPTS)
def test_every_script_is_typed_deleted_and_brought_back(of, words):
    editor = of(Paragraph(text=text("<>")))
    put(editor, 0, 1)
    type_keys(editor, words)
    assert said(editor) == [f"<{words}>"]
    while said(editor) != ["<>"]:
        before = len(said(editor)[0])
        press(editor, Key.Key_Backspace)
        assert len(said(editor)[0]) < before
    while editor.workspace.history.undo_label is not None:
        editor.undo()
        assert_agrees(editor)
    assert said(editor) == ["<>"]


@pytest.mark.parametrize("words", SCRIPTS)
def test_every_script_is_composed_inside_a_comment(of, words):
    remark = Comment(text="Why?")
    editor = of(Paragraph(text=text("a word", [Mark(0, 6, MarkKind.COMMENT, remark.id)])), comments=(remark,))
    put(editor, 0, 3)
    before = editor.pack()
    for stage in range(1, len(words) + 1):
        QApplication.sendEvent(editor, QInputMethodEvent(words[:stage], []))
        assert editor.pack() is before
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)
    assert_agrees(editor)
    assert editor.pack().body[0].text == text(f"a w{words}ord", [Mark(0, 6 + len(words), MarkKind.COMMENT, remark.id)])


def test_a_composition_given_up_leaves_nothing(of):
    editor = of(Paragraph(text=text("ab")))
    before = editor.pack()
    put(editor, 0, 1)
    QApplication.sendEvent(editor, QInputMethodEvent("に", []))
    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    assert editor.pack() is before
    assert_agrees(editor)


def test_words_are_left_selected_and_deleted_with_ctrl(of):
    editor = of(Paragraph(text=text("one two three")))
    put(editor, 0, 13)
    press(editor, Key.Key_Left, CTRL)
    assert editor.selection()[1].offset == 8
    press(editor, Key.Key_Left, CTRL | SHIFT)
    assert editor.selected_text() == "two "
    press(editor, Key.Key_Right)
    press(editor, Key.Key_Backspace, CTRL)
    assert said(editor) == ["one three"]
    press(editor, Key.Key_Delete, CTRL)
    assert said(editor) == ["one "]
    editor.undo()
    assert said(editor) == ["one three"]


def test_home_end_and_pages(make_editor):
    editor = make_editor(long(10))
    put(editor, 1, 5)
    press(editor, Key.Key_Home)
    assert editor.selection()[1].offset == 0
    press(editor, Key.Key_End, CTRL)
    assert editor.current_block() == editor.pack().body[-1].id
    bottom = editor.verticalScrollBar().value()
    press(editor, Key.Key_PageUp)
    assert editor.verticalScrollBar().value() < bottom
    press(editor, Key.Key_Home, CTRL)
    assert editor.textCursor().position() == 0


def test_a_double_click_takes_a_word_and_a_third_the_paragraph(of):
    editor = of(Paragraph(text=text("one two three")), Paragraph(text=text("four")))
    at = point(editor, 0, 5)
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(editor.viewport(), left, pos=at)
    QTest.mouseDClick(editor.viewport(), left, pos=at)
    assert editor.selected_text() == "two"
    QTest.mouseClick(editor.viewport(), left, pos=at)
    assert editor.selected_text().rstrip("\n") == "one two three"


def test_everything_is_selected_across_objects_and_typed_over_in_one_step(make_editor):
    editor = make_editor(rich())
    before = editor.pack()
    press(editor, Key.Key_A, CTRL)
    assert len(editor.selected_blocks()) == len(before.body)
    type_keys(editor, "x")
    assert said(editor) == ["x"]
    assert {comment.id for comment in editor.pack().comments} == {comment.id for comment in before.comments}
    editor.undo()
    assert editor.pack() == before
    assert_agrees(editor)


def test_shift_and_a_key_select_over_an_object(of):
    card = Table(rows=((text("a"),),))
    editor = of(Paragraph(text=text("one")), card, Paragraph(text=text("two")))
    put(editor, 0, 3)
    for _ in range(3):
        press(editor, Key.Key_Right, SHIFT)
    assert card.id in editor.selected_blocks()
    press(editor, Key.Key_Delete)
    assert said(editor) == ["onetwo"]
    editor.undo()
    assert said(editor) == ["one", "▢", "two"]


def test_a_list_as_it_is_written(of):
    editor = of(Paragraph())
    type_keys(editor, "- one")
    press(editor, Key.Key_Return)
    press(editor, Key.Key_Tab)
    type_keys(editor, "in")
    press(editor, Key.Key_Return)
    press(editor, Key.Key_Backtab)
    type_keys(editor, "two")
    press(editor, Key.Key_Return)
    press(editor, Key.Key_Return)
    type_keys(editor, "after")
    kinds = [(type(block), getattr(block, "level", None)) for block in editor.pack().body]
    assert kinds == [(ListItem, 0), (ListItem, 1), (ListItem, 0), (Paragraph, None)]
    assert said(editor) == ["one", "in", "two", "after"]


def test_cut_and_pasted_elsewhere_a_block_keeps_its_comment_and_both_are_two_steps(of):
    remark = Comment(text="Why?")
    one = Paragraph(text=text("one", [Mark(0, 3, MarkKind.COMMENT, remark.id)]))
    editor = of(one, PageBreak(), Paragraph(text=text("two")), comments=(remark,))
    before = editor.pack()
    put(editor, 0, 0, 3)
    press(editor, Key.Key_X, CTRL)
    put(editor, 2, 3)
    press(editor, Key.Key_V, CTRL)
    assert editor.pack().body[-1].text.marks == (Mark(3, 6, MarkKind.COMMENT, remark.id),)
    editor.undo()
    editor.undo()
    assert editor.pack() == before
