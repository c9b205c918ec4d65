"""Keys: what goes through Qt and is read back, and what is an edit."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefpack.pack.edits import Place
from briefpack.pack.model import Comment, Heading, ListItem, MeetingDetails, Pack, PageBreak, Paragraph, Quote, Table
from briefpack.pack.text import Mark, MarkKind, text
from tests.desktop.editor.agreement import assert_agrees
from tests.desktop.editor.samples import rich

Key = Qt.Key
BOLD, COMMENT = MarkKind.BOLD, MarkKind.COMMENT


def words(editor):
    return [getattr(getattr(block, "text", None), "string", "▢") for block in editor.pack().body]


def press(editor, *keys, held=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(editor, key, held)
        assert_agrees(editor)


def put(editor, index, offset):
    place = Place(editor.pack().body[index].id, offset)
    editor.select(place, place)


def compose(editor, string):
    """An input method's event: what is being composed."""
    QApplication.sendEvent(editor, QInputMethodEvent(string, []))


def commit(editor, string):
    event = QInputMethodEvent()
    event.setCommitString(string)
    QApplication.sendEvent(editor, event)


@pytest.fixture
def of(make_editor):
    """An editor of blocks."""
    return lambda *blocks, **rest: make_editor(Pack(body=blocks, **rest))


# Enter


def test_enter_in_a_sentence_keeps_the_id_with_the_words_before_the_caret(of):
    block = Paragraph(text=text("one two"))
    editor = of(block)
    put(editor, 0, 3)
    press(editor, Key.Key_Return)
    assert words(editor) == ["one", " two"]
    assert editor.pack().body[0].id == block.id
    assert editor.selection()[1] == Place(editor.pack().body[1].id, 0)


def test_enter_at_the_start_gives_the_new_id_to_the_empty_block(of):
    block = Paragraph(text=text("words"))
    editor = of(block)
    press(editor, Key.Key_Return)
    assert words(editor) == ["", "words"]
    assert editor.pack().body[1].id == block.id


def test_enter_after_a_heading_begins_a_paragraph(of):
    editor = of(Heading(text=text("Title"), level=2))
    press(editor, Key.Key_End, Key.Key_Return)
    assert [type(block) for block in editor.pack().body] == [Heading, Paragraph]


def test_enter_in_an_empty_paragraph_loses_no_id(of):
    blank = Paragraph()
    editor = of(Paragraph(text=text("a")), blank)
    put(editor, 1, 0)
    press(editor, Key.Key_Return)
    assert editor.pack().body[1].id == blank.id or editor.pack().body[2].id == blank.id


def test_select_all_and_enter_with_the_caret_in_an_empty_block(of):
    """The silent loss in Qt: it strips the formats of the whole selection."""
    editor = of(Paragraph(text=text("a")), PageBreak(), Paragraph())
    editor.selectAll()
    press(editor, Key.Key_Return)
    editor.undo()
    assert words(editor) == ["a", "▢", ""]
    assert_agrees(editor)


def test_shift_enter_is_a_line_break_within_the_block(of):
    editor = of(Paragraph(text=text("ab")))
    put(editor, 0, 1)
    press(editor, Key.Key_Return, held=Qt.KeyboardModifier.ShiftModifier)
    assert words(editor) == ["a\nb"]


# Lists


def test_enter_twice_leaves_a_list(of):
    editor = of(ListItem(text=text("one")))
    press(editor, Key.Key_End, Key.Key_Return, Key.Key_Return)
    assert [type(block) for block in editor.pack().body] == [ListItem, Paragraph]


def test_tab_moves_in_and_shift_tab_out(of):
    editor = of(ListItem(text=text("one")), ListItem(text=text("two")))
    put(editor, 1, 2)
    press(editor, Key.Key_Tab, Key.Key_Tab)
    assert editor.pack().body[1].level == 2
    press(editor, Key.Key_Backtab)
    assert editor.pack().body[1].level == 1
    assert editor.selection()[1] == Place(editor.pack().body[1].id, 2)


def test_backspace_at_the_start_of_an_item_steps_out_and_then_joins(of):
    editor = of(ListItem(text=text("one")), ListItem(text=text("two"), level=1))
    put(editor, 1, 0)
    press(editor, Key.Key_Backspace)
    assert editor.pack().body[1].level == 0
    press(editor, Key.Key_Backspace)
    assert isinstance(editor.pack().body[1], Paragraph)
    press(editor, Key.Key_Backspace)
    assert words(editor) == ["onetwo"]


# Objects


@pytest.mark.parametrize(("key", "index", "offset"), [(Key.Key_Backspace, 2, 0), (Key.Key_Delete, 0, 3)])
def test_deleting_beside_an_object_selects_it_first(of, key, index, offset):
    card = Table(rows=((text("a"),),))
    editor = of(Paragraph(text=text("one")), card, Paragraph(text=text("two")))
    put(editor, index, offset)
    press(editor, key)
    assert words(editor) == ["one", "▢", "two"]
    assert set(editor.selection()) == {Place(card.id, 0), Place(card.id, 1)}
    press(editor, key)
    assert words(editor) == ["one", "two"]
    editor.undo()
    assert words(editor) == ["one", "▢", "two"]
    assert_agrees(editor)


@pytest.mark.parametrize("offset", [0, 1])
def test_typing_beside_an_object_makes_a_paragraph(of, offset):
    editor = of(PageBreak())
    put(editor, 0, offset)
    QTest.keyClicks(editor, "hi")
    assert words(editor) == (["▢", "hi"] if offset else ["hi", "▢"])
    assert_agrees(editor)


def test_composing_beside_an_object_makes_a_paragraph(of):
    editor = of(PageBreak())
    put(editor, 0, 1)
    compose(editor, "に")
    commit(editor, "日本")
    assert words(editor) == ["▢", "日本"]
    assert_agrees(editor)


def test_typing_over_a_selected_object_replaces_it(of):
    editor = of(Paragraph(text=text("one")), PageBreak(), Paragraph(text=text("two")))
    card = editor.pack().body[1]
    editor.select(Place(card.id, 0), Place(card.id, 1))
    QTest.keyClicks(editor, "x")
    assert words(editor) == ["one", "x", "two"]
    assert_agrees(editor)


def test_enter_opens_a_selected_object_and_leaves_it_alone(of, qtbot):
    editor = of(PageBreak())
    card = editor.pack().body[0]
    editor.select(Place(card.id, 0), Place(card.id, 1))
    with qtbot.waitSignal(editor.object_opened) as opened:
        press(editor, Key.Key_Return)
    assert opened.args == [card.id]
    assert words(editor) == ["▢"]


def test_an_empty_paragraph_beside_an_object_goes(of):
    editor = of(PageBreak(), Paragraph(), Paragraph(text=text("a")))
    put(editor, 1, 0)
    press(editor, Key.Key_Backspace)
    assert words(editor) == ["▢", "a"]


# Joins


def test_joining_a_heading_and_a_paragraph_leaves_one_format(of):
    editor = of(Heading(text=text("Title ")), Paragraph(text=text("words")))
    put(editor, 1, 0)
    press(editor, Key.Key_Backspace)
    assert words(editor) == ["Title words"]


def test_deleting_across_blocks_joins_and_undo_brings_back(of):
    editor = of(Heading(text=text("Title")), Quote(text=text("said")), Paragraph(text=text("words")))
    before = editor.pack()
    body = before.body
    editor.select(Place(body[0].id, 2), Place(body[2].id, 3))
    press(editor, Key.Key_Delete)
    assert words(editor) == ["Tids"]
    editor.undo()
    assert editor.pack() == before
    assert editor.selection() == (Place(body[0].id, 2), Place(body[2].id, 3))
    assert_agrees(editor)


# Edges of comments


@pytest.mark.parametrize("way", [lambda editor: QTest.keyClicks(editor, "x"), lambda editor: commit(editor, "x")])
@pytest.mark.parametrize(("offset", "length"), [(2, 4), (4, 5), (6, 4)])
def test_typing_at_the_edges_of_a_comment_by_keys_and_by_input_method(of, way, offset, length):
    remark = Comment(text="Why?")
    block = Paragraph(text=text("a word here", [Mark(2, 6, COMMENT, remark.id)]))
    editor = of(block, comments=(remark,))
    put(editor, 0, offset)
    way(editor)
    (mark,) = editor.pack().body[0].text.marks
    assert mark.end - mark.start == length
    assert_agrees(editor)


@pytest.mark.parametrize("way", [lambda editor: QTest.keyClicks(editor, "x"), lambda editor: commit(editor, "x")])
def test_a_comment_over_two_blocks_does_not_grow_at_their_border(of, way):
    remark = Comment(text="Why?")
    one = Paragraph(text=text("one", [Mark(1, 3, COMMENT, remark.id)]))
    two = Paragraph(text=text("two", [Mark(0, 2, COMMENT, remark.id)]))
    editor = of(one, two, comments=(remark,))
    put(editor, 0, 3)
    way(editor)
    put(editor, 1, 0)
    way(editor)
    assert [block.text.marks for block in editor.pack().body] == [
        (Mark(1, 3, COMMENT, remark.id),),
        (Mark(1, 3, COMMENT, remark.id),),
    ]


# Composition, emoji


def test_composing_makes_no_history(of):
    editor = of(Paragraph(text=text("a")))
    before = editor.pack()
    put(editor, 0, 1)
    for stage in ("に", "にほ", "日本"):
        compose(editor, stage)
        assert editor.pack() is before
    commit(editor, "日本")
    assert words(editor) == ["a日本"]
    assert editor.workspace.history.undo_label == "Typing"


def test_a_caret_inside_an_emoji_is_moved_before_it(of):
    editor = of(Paragraph(text=text("a😀b")))
    cursor = editor.textCursor()
    cursor.setPosition(2)
    editor.setTextCursor(cursor)
    QTest.keyClicks(editor, "x")
    assert words(editor) == ["ax😀b"]
    assert_agrees(editor)


def test_a_lone_surrogate_left_by_qt_is_mended(of):
    editor = of(Paragraph(text=text("a😀b")))
    cursor = QTextCursor(editor.document())
    cursor.setPosition(2)
    cursor.deleteChar()
    assert words(editor) == ["ab"]
    assert_agrees(editor)


# Formats for what is typed next


def test_bold_without_a_selection_holds_for_what_is_typed_next(of):
    editor = of(Paragraph(text=text("ab")))
    put(editor, 0, 1)
    editor.toggle_mark(BOLD)
    assert editor.marks_here() == ((BOLD, ""),)
    QTest.keyClicks(editor, "xy")
    assert editor.pack().body[0].text == text("axyb", [Mark(1, 3, BOLD)])
    editor.toggle_mark(BOLD)
    QTest.keyClicks(editor, "z")
    assert editor.pack().body[0].text == text("axyzb", [Mark(1, 3, BOLD)])
    assert_agrees(editor)


def test_bold_chosen_and_then_the_caret_moved_is_forgotten(of):
    editor = of(Paragraph(text=text("ab")))
    put(editor, 0, 1)
    editor.toggle_mark(BOLD)
    press(editor, Key.Key_End)
    QTest.keyClicks(editor, "x")
    assert editor.pack().body[0].text == text("abx")


# History


def test_typing_is_undone_by_the_word_and_the_caret_goes_back(of):
    editor = of(Paragraph(text=text("say: ")))
    put(editor, 0, 5)
    QTest.keyClicks(editor, "two words")
    editor.undo()
    assert words(editor) == ["say: two "]
    assert editor.selection()[1].offset == 9
    editor.undo()
    assert words(editor) == ["say: "]
    assert editor.selection()[1].offset == 5
    editor.redo()
    editor.redo()
    assert words(editor) == ["say: two words"]
    assert editor.selection()[1].offset == 14


def test_ctrl_z_reaches_the_windows_action(of, qtbot):
    editor = of(Paragraph(text=text("a")))
    action = QAction("Undo", editor)
    action.setShortcut(QKeySequence.StandardKey.Undo)
    editor.addAction(action)
    editor.activateWindow()
    editor.setFocus()
    qtbot.waitUntil(editor.isActiveWindow)
    QTest.keyClicks(editor, "b")
    with qtbot.waitSignal(action.triggered):
        QTest.keyClick(editor, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words(editor) == ["ba"]


def test_without_such_an_action_ctrl_z_undoes(of):
    editor = of(Paragraph(text=text("a")))
    QTest.keyClicks(editor, "b")
    QApplication.sendEvent(
        editor, QKeyEvent(QEvent.Type.KeyPress, Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "\x1a")
    )
    assert words(editor) == ["a"]


def test_a_pack_that_may_not_be_changed_is_not(of):
    editor = of(Paragraph(text=text("words")), PageBreak())
    before = editor.pack()
    editor.setReadOnly(True)
    editor.selectAll()
    for key in (Key.Key_Delete, Key.Key_Return, Key.Key_X, Key.Key_Tab, Key.Key_Backspace):
        press(editor, key)
    commit(editor, "x")
    editor.paste()
    editor.cut()
    assert editor.pack() is before


def test_another_pack_in_place_of_this_one(of):
    editor = of(Paragraph(text=text("words")))
    editor.workspace.replace(rich())
    assert_agrees(editor)
    QTest.keyClicks(editor, "x")
    assert_agrees(editor)


# What actions do


def test_lists_go_on_and_off(of):
    editor = of(Paragraph(text=text("a")), Paragraph(text=text("b")))
    editor.selectAll()
    editor.make_list()
    assert [type(block) for block in editor.pack().body] == [ListItem, ListItem]
    editor.make_list(True)
    assert all(block.ordered for block in editor.pack().body)
    editor.make_list(True)
    assert [type(block) for block in editor.pack().body] == [Paragraph, Paragraph]
    assert_agrees(editor)


@pytest.mark.parametrize(("offset", "expected"), [(0, ["▢", "words"]), (2, ["words", "▢"])])
def test_a_block_is_put_in_beside_the_carets_and_the_caret_behind_it(of, offset, expected):
    editor = of(Paragraph(text=text("words")))
    put(editor, 0, offset)
    card = PageBreak()
    editor.insert_block(card)
    assert words(editor) == expected
    assert editor.selection()[1] == Place(card.id, 1)
    assert_agrees(editor)


def test_a_block_is_put_in_behind_an_object(of):
    """A new pack opens with the caret on the meeting details: a table must not come above the title."""
    details, table = MeetingDetails(), Table(rows=((text("a"),),))
    editor = of(details, Paragraph(text=text("words")))
    put(editor, 0, 0)
    editor.insert_block(table)
    assert [block.id for block in editor.pack().body[:2]] == [details.id, table.id]
    assert_agrees(editor)


def test_a_block_takes_the_place_of_an_empty_paragraph(of):
    editor = of(Paragraph())
    editor.insert_block(PageBreak())
    assert words(editor) == ["▢"]
    assert_agrees(editor)


def test_blocks_move_past_their_neighbours_with_the_selection(of):
    one, two, three = (Paragraph(text=text(word)) for word in ("one", "two", "three"))
    editor = of(one, two, three)
    editor.select(Place(two.id, 1), Place(three.id, 2))
    editor.move_block(-1)
    assert words(editor) == ["two", "three", "one"]
    assert editor.selection() == (Place(two.id, 1), Place(three.id, 2))
    editor.move_block(-1)
    editor.move_block(1)
    assert words(editor) == ["one", "two", "three"]
    assert_agrees(editor)


def test_headings_quotations_links_and_highlights(of):
    editor = of(Paragraph(text=text("words here")))
    block = editor.pack().body[0].id
    editor.select(Place(block, 0), Place(block, 5))
    editor.make_heading(2)
    assert (type(editor.pack().body[0]), editor.pack().body[0].level, editor.pack().body[0].id) == (Heading, 2, block)
    editor.make_quote()
    assert isinstance(editor.pack().body[0], Quote)
    editor.make_paragraph()
    editor.set_link("https://example.org")
    editor.set_highlight("green")
    kinds = {(mark.kind, mark.value, mark.end) for mark in editor.pack().body[0].text.marks}
    assert kinds == {(MarkKind.LINK, "https://example.org", 5), (MarkKind.HIGHLIGHT, "green", 5)}
    editor.set_link("")
    editor.clear_formats()
    assert editor.pack().body[0].text.marks == ()
    assert_agrees(editor)
