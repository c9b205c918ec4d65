"""What typing brings with it, in the document: one undo takes it back, and only it."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefpack.desktop.editor.autoformat import Options
from briefpack.pack.model import Comment, Heading, ListItem, Pack, Paragraph
from briefpack.pack.text import Mark, MarkKind, text
from tests.desktop.editor.agreement import assert_agrees

Key = Qt.Key


@pytest.fixture
def editor(make_editor):
    return make_editor(Pack(body=(Paragraph(),)))


def type_keys(editor, string):
    """Keys as a keyboard sends them, those without a code of their own too."""
    for character in string:
        QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character))
        assert_agrees(editor)


def said(editor):
    return [block.text.string for block in editor.pack().body]


def test_one_undo_takes_the_automatic_change_back_and_leaves_what_was_typed(editor):
    type_keys(editor, 'She said "')
    assert said(editor) == ["She said “"]
    editor.undo()
    assert said(editor) == ['She said "']
    assert editor.selection()[1].offset == 10
    type_keys(editor, "yes")
    assert said(editor) == ['She said "yes']
    editor.undo()
    editor.undo()
    assert said(editor) == ["She said "]


def test_a_dash_stays_a_hyphen_once_it_was_taken_back(editor):
    type_keys(editor, "one - ")
    assert said(editor) == ["one – "]
    editor.undo()
    type_keys(editor, "two three")
    assert said(editor) == ["one - two three"]


def test_a_bullet_is_made_filled_left_and_taken_back(editor):
    type_keys(editor, "- one")
    QTest.keyClick(editor, Key.Key_Return)
    QTest.keyClick(editor, Key.Key_Tab)
    type_keys(editor, "two")
    for _ in range(3):
        QTest.keyClick(editor, Key.Key_Return)
    assert [(type(block), getattr(block, "level", None)) for block in editor.pack().body] == [
        (ListItem, 0),
        (ListItem, 1),
        (Paragraph, None),
    ]
    type_keys(editor, "- ")
    editor.undo()
    assert editor.pack().body[-1].text.string == "- "
    assert isinstance(editor.pack().body[-1], Paragraph)
    assert_agrees(editor)


def test_a_heading_knows_its_part_by_its_words(editor):
    type_keys(editor, "## Lines to take")
    assert isinstance(editor.pack().body[0], Heading)
    assert (editor.pack().body[0].level, said(editor)) == (2, ["Lines to take"])


def test_what_an_input_method_brings_is_put_right_too(editor):
    event = QInputMethodEvent()
    event.setCommitString('"')
    QApplication.sendEvent(editor, event)
    assert said(editor) == ["“"]
    assert_agrees(editor)


def test_typing_over_a_selection(editor):
    type_keys(editor, "ab")
    editor.selectAll()
    type_keys(editor, '"')
    assert said(editor) == ["“"]


def test_inside_a_comment_the_comment_stays_whole(make_editor):
    remark = Comment(text="Why?")
    block = Paragraph(text=text("a word", [Mark(0, 6, MarkKind.COMMENT, remark.id)]))
    editor = make_editor(Pack(body=(block,), comments=(remark,)))
    cursor = editor.textCursor()
    cursor.setPosition(3)
    editor.setTextCursor(cursor)
    type_keys(editor, "'")
    assert editor.pack().body[0].text == text("a w’ord", [Mark(0, 7, MarkKind.COMMENT, remark.id)])


def test_nothing_of_it_where_it_is_off(editor):
    editor.automatic = Options(smart=False, shapes=False)
    type_keys(editor, '- "a" - it\'s')
    assert said(editor) == ['- "a" - it\'s']
    assert isinstance(editor.pack().body[0], Paragraph)


def test_what_is_pasted_is_left_as_it_is(editor):
    QApplication.clipboard().setText('"a" - b\'s')
    editor.paste()
    assert said(editor) == ['"a" - b\'s']


@pytest.mark.parametrize("emoji", ["😀", "👩‍👩‍👧", "e\u0301"])
def test_quotes_behind_characters_of_several_units(editor, emoji):
    type_keys(editor, f"{emoji}'")
    assert said(editor) == [f"{emoji}’"]
