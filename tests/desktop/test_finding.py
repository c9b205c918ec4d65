"""Find and replace in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton

from briefpack.desktop.editor.look import LIGHT
from briefpack.pack.edits import Place
from briefpack.pack.finding import Part
from briefpack.pack.model import Comment, Heading, Meeting, MeetingDetails, Pack, Paragraph, Reply, Table, texts_of
from briefpack.pack.text import Mark, MarkKind, text

TOP, ONE, GRID, TWO, LAST = (f"01JZ{number:022d}" for number in range(5))
REMARK = Comment(id="01JZ1111111111111111111111", text="Which lock is it?", replies=(Reply(text="The upper lock"),))


def locks() -> Pack:
    """Five locks in the body, one in a table, two in a comment."""
    return Pack(
        meeting=Meeting(title="Harbour review"),
        body=(
            MeetingDetails(),
            Heading(id=TOP, text=text("The lock")),
            Paragraph(id=ONE, text=text("A lock and a Lock 👍 and locks.", [Mark(0, 6, MarkKind.COMMENT, REMARK.id)])),
            Table(id=GRID, rows=((text("gate"), text("lock")),)),
            Paragraph(id=TWO, text=text("No gate here.")),
            *(Paragraph(text=text("Words. " * 60)) for _ in range(12)),
            Paragraph(id=LAST, text=text("The last lock", [Mark(9, 13, MarkKind.BOLD)])),
        ),
        comments=(REMARK,),
    )


@pytest.fixture
def window(opened, qtbot):
    window = opened(locks()).window
    window.resize(1280, 712)
    place = Place(TOP, 0)
    window.editor.select(place, place)
    return window


def look_for(window, qtbot, words: str) -> None:
    """Press Ctrl+F, type, and wait for what is found."""
    qtbot.keyClick(window.editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = window.find_bar
    assert bar.words.hasFocus()
    with qtbot.waitSignal(window.finder.answered):
        qtbot.keyClicks(bar.words, words)
    qtbot.waitUntil(lambda: window.finder._answer is None or window.finder._answer.query == bar.query)


def selected(window) -> str:
    return window.editor.textCursor().selectedText()


def strings(window) -> list[str]:
    return [
        held.string for block in window.workspace.pack.body for held in texts_of(block) if "ords." not in held.string
    ]


def press(window, name: str) -> None:
    window.find_bar.findChild(QPushButton, name).click()


def test_the_first_hit_is_shown_as_it_is_typed(window, qtbot):
    look_for(window, qtbot, "lock")
    assert window.find_bar.count.text() == "1 of 6"
    assert window.editor.selection() == (Place(TOP, 4), Place(TOP, 8))
    assert window.find_bar.words.hasFocus()


def test_it_is_the_first_behind_the_caret(window, qtbot):
    window.editor.select(Place(ONE, 4), Place(ONE, 4))
    look_for(window, qtbot, "lock")
    assert window.editor.selection() == (Place(ONE, 13), Place(ONE, 17))
    assert window.find_bar.count.text() == "3 of 6"


def test_keys_go_from_hit_to_hit_round_the_end(window, qtbot):
    look_for(window, qtbot, "lock")
    seen = []
    for _ in range(6):
        qtbot.keyClick(window.find_bar.words, Qt.Key.Key_F3)
        seen.append(window.editor.selection())
    assert seen == [
        (Place(ONE, 2), Place(ONE, 6)),
        (Place(ONE, 13), Place(ONE, 17)),
        (Place(ONE, 24), Place(ONE, 28)),
        (Place(GRID, 1), Place(GRID, 0)),
        (Place(LAST, 9), Place(LAST, 13)),
        (Place(TOP, 4), Place(TOP, 8)),
    ]
    qtbot.keyClick(window.find_bar.words, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert window.find_bar.count.text() == "6 of 6"
    qtbot.keyClick(window.find_bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert window.find_bar.count.text() == "5 of 6, a table"
    qtbot.keyClick(window.find_bar.words, Qt.Key.Key_Return)
    assert selected(window) == "lock"


def test_the_hit_is_brought_into_view(window, qtbot):
    look_for(window, qtbot, "last lock")
    rect = window.editor.cursorRect()
    assert window.editor.viewport().rect().contains(rect)
    assert rect.top() > 40


def test_stepping_goes_on_from_the_caret(window, qtbot):
    look_for(window, qtbot, "lock")
    window.editor.select(Place(TWO, 3), Place(TWO, 3))
    window.editor.setFocus()
    qtbot.keyClick(window.editor, Qt.Key.Key_F3)
    assert window.editor.selection() == (Place(LAST, 9), Place(LAST, 13))
    window.editor.select(Place(TWO, 3), Place(TWO, 3))
    qtbot.keyClick(window.editor, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert window.editor.selection() == (Place(GRID, 1), Place(GRID, 0))


def test_every_hit_is_marked_until_the_bar_is_closed(window, qtbot):
    def marked() -> bool:
        image = window.editor.viewport().grab().toImage()
        points = ((x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 3))
        return any(image.pixelColor(x, y) == QColor(LIGHT.hit) for x, y in points)

    window.actions_["view.light"].trigger()
    assert not marked()
    look_for(window, qtbot, "lock")
    assert marked()
    qtbot.keyClick(window.find_bar.words, Qt.Key.Key_Escape)
    assert window.find_bar.isHidden()
    assert window.editor.hasFocus()
    assert selected(window) == "lock"
    assert not marked()


def test_what_is_selected_is_looked_for(window, qtbot):
    window.editor.select(Place(TWO, 3), Place(TWO, 7))
    with qtbot.waitSignal(window.finder.answered):
        window.actions_["edit.find"].trigger()
    assert window.find_bar.words.text() == "gate"
    assert window.find_bar.count.text() == "2 of 2"


def test_the_options(window, qtbot):
    look_for(window, qtbot, "lock")
    bar = window.find_bar
    for option, count in ((bar.case, 5), (bar.whole, 4), (bar.comments, 6), (bar.regex, 6)):
        with qtbot.waitSignal(window.finder.answered):
            option.click()
        assert len(window.finder.found) == count


def test_a_hit_in_a_comment_shows_the_comment(window, qtbot):
    look_for(window, qtbot, "which")
    assert window.find_bar.count.text() == "Nothing found"
    with qtbot.waitSignal(window.finder.answered):
        window.find_bar.comments.click()
    assert [found.seat.part for found in window.finder.found] == [Part.COMMENT]
    assert window.find_bar.count.text() == "1 of 1, a comment"
    assert window.side.comments.current.id == REMARK.id
    assert window.editor.selection() == (Place(ONE, 0), Place(ONE, 6))
    assert window.find_bar.words.hasFocus()


def test_what_is_no_expression_is_said(window, qtbot):
    window.find_bar.regex.setChecked(True)
    look_for(window, qtbot, "(lock")
    wrong = window.find_bar._wrong
    assert wrong.isVisible()
    assert "missing )" in wrong.text()
    with qtbot.waitSignal(window.finder.answered):
        qtbot.keyClicks(window.find_bar.words, ")")
    assert not wrong.isVisible()
    assert window.find_bar.count.text() == "1 of 6"


def test_an_expression_without_end_does_not_hold_up_the_window(window, qtbot, monkeypatch):
    monkeypatch.setattr("briefpack.desktop.finding.finder.SECONDS", 0.2)
    window.editor.insert_text("x" * 400)
    window.find_bar.regex.setChecked(True)
    look_for(window, qtbot, "(x+x+)+y")
    assert "too long" in window.find_bar._wrong.text()


def test_typing_keeps_the_count_and_moves_nothing(window, qtbot):
    look_for(window, qtbot, "lock")
    window.editor.select(Place(TWO, 13), Place(TWO, 13))
    window.editor.setFocus()
    with qtbot.waitSignal(window.finder.answered):
        qtbot.keyClicks(window.editor, " A lock.")
    qtbot.waitUntil(lambda: len(window.finder.found) == 7)
    assert window.find_bar.count.text() == "7 found"
    assert window.editor.selection() == (Place(TWO, 21), Place(TWO, 21))


def test_replacing_one_after_the_other(window, qtbot):
    before = window.workspace.pack
    qtbot.keyClick(window.editor, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    bar = window.find_bar
    with qtbot.waitSignal(window.finder.answered):
        qtbot.keyClicks(bar.words, "lock")
    bar.new.setFocus()
    qtbot.keyClicks(bar.new, "lock gate")
    for _ in range(2):
        with qtbot.waitSignal(window.finder.answered):
            qtbot.keyClick(bar.new, Qt.Key.Key_Return)
    assert strings(window)[:2] == ["The lock gate", "A lock gate and a Lock 👍 and locks."]
    assert selected(window) == "Lock"
    assert bar.count.text() == "3 of 6"
    window.editor.undo()
    window.editor.undo()
    assert window.workspace.pack == before


def test_replacing_goes_through_objects_and_comments(window, qtbot):
    window.find_bar.comments.setChecked(True)
    window.actions_["edit.replace"].trigger()
    with qtbot.waitSignal(window.finder.answered):
        qtbot.keyClicks(window.find_bar.words, "lock")
    window.find_bar.new.setText("x")
    for _ in range(8):
        with qtbot.waitSignal(window.finder.answered):
            press(window, "Replace")
    assert strings(window) == ["The x", "A x and a x 👍 and xs.", "gate", "x", "No gate here.", "The last x"]
    remark = window.workspace.pack.comments[0]
    assert (remark.text, remark.replies[0].text) == ("Which x is it?", "The upper x")
    assert window.find_bar.count.text() == "Nothing found"


def test_replacing_all_is_one_step(window, qtbot):
    before = window.workspace.pack
    window.actions_["edit.replace"].trigger()
    with qtbot.waitSignal(window.finder.answered):
        qtbot.keyClicks(window.find_bar.words, "lock")
    window.find_bar.new.setText("weir")
    with qtbot.waitSignal(window.finder.said) as said:
        press(window, "Replace all")
    assert said.args[:2] == ["6 places replaced", "Undo"]
    assert strings(window) == [
        "The weir",
        "A weir and a weir 👍 and weirs.",
        "gate",
        "weir",
        "No gate here.",
        "The last weir",
    ]
    assert window.workspace.pack.block(LAST).text.marks == (Mark(9, 13, MarkKind.BOLD),)
    assert window.editor.pack() is window.workspace.pack
    said.args[2]()
    assert window.workspace.pack == before
    assert window.workspace.history.undo_label is None


def test_what_cannot_be_put_in_is_said_and_changes_nothing(window, qtbot):
    before = window.workspace.pack
    window.find_bar.regex.setChecked(True)
    window.actions_["edit.replace"].trigger()
    with qtbot.waitSignal(window.finder.answered):
        qtbot.keyClicks(window.find_bar.words, "(lock)")
    window.find_bar.new.setText(r"\2")
    press(window, "Replace")
    assert "cannot be put in" in window.find_bar._wrong.text()
    with qtbot.waitSignal(window.finder.answered):
        press(window, "Replace all")
    assert "cannot be put in" in window.find_bar._wrong.text()
    assert window.workspace.pack is before


def test_a_pack_that_is_only_read_is_searched_alone(window, qtbot):
    window.workspace.writable = False
    window.finder.open(replacing=True)
    assert not window.find_bar.new.isVisible()
    window.finder.close()
    window.workspace.writable = True


def test_another_pack_begins_without_the_bar(window, opened, qtbot):
    look_for(window, qtbot, "lock")
    opened(Pack(body=(Paragraph(text=text("A lock")),)))
    assert window.find_bar.isHidden()
    assert window.editor._painting.hits == {}


def test_keys_step_in_the_archive_where_that_is_read_and_the_bar_is_closed(window, qtbot, monkeypatch):
    steps = []
    monkeypatch.setattr(type(window.side), "reading", property(lambda _: True))
    monkeypatch.setattr(window.side.archive, "step", steps.append)
    window.editor.setFocus()
    qtbot.keyClick(window.editor, Qt.Key.Key_F3)
    qtbot.keyClick(window.editor, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert steps == [1, -1]
    look_for(window, qtbot, "lock")
    qtbot.keyClick(window.find_bar.words, Qt.Key.Key_F3)
    assert window.find_bar.count.text() == "2 of 6"
    window.panes.show("archive")
    window.side.archive.field.setFocus()
    qtbot.keyClick(window.side.archive.field, Qt.Key.Key_F3)
    assert steps == [1, -1, 1]


@pytest.mark.parametrize("width", [430, 900])
def test_the_words_have_room_in_a_bar_of_any_width(window, qtbot, width):
    bar = window.find_bar
    window.finder.open()
    bar.setParent(None)
    bar.show()
    bar.resize(width, 100)
    qtbot.waitUntil(lambda: bar.width() == width and bar.words.width() >= 140)
    assert (bar.case.mapTo(bar, bar.case.rect().topLeft()).y() > bar.words.geometry().bottom()) == (width == 430)
    bar.setParent(window)
