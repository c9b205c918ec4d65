"""Links: made, changed and taken away at the caret; followed only when they lead out, and are seen to."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from briefpack.desktop.dialogs.link import LinkAnswer, LinkDialog
from briefpack.desktop.editing import EditCommands
from briefpack.pack.edits import Place
from briefpack.pack.model import Comment, Pack, Paragraph
from briefpack.pack.text import Mark, MarkKind, text
from tests.desktop.editor.agreement import assert_agrees

LINK, COMMENT = MarkKind.LINK, MarkKind.COMMENT
PAGE = "https://example.org/a"


@pytest.fixture
def linked(make_editor):
    """“see the page here” with a link on “the page”."""
    block = Paragraph(text=text("see the page here", [Mark(4, 12, LINK, PAGE)]))
    return make_editor(Pack(body=(block,)))


def put(editor, offset, to=None):
    block = editor.pack().body[0].id
    editor.select(Place(block, offset), Place(block, offset if to is None else to))


def under(editor, offset):
    """The point of the viewport in the middle of a character."""
    cursor = editor.textCursor()
    cursor.setPosition(offset)
    left = editor.cursorRect(cursor)
    cursor.setPosition(offset + 1)
    right = editor.cursorRect(cursor)
    return QPoint((left.left() + right.left()) // 2 + 1, left.center().y())


def marks(editor):
    return editor.pack().body[0].text.marks


def test_the_selected_words_lead_there(linked):
    put(linked, 13, 17)
    linked.put_link("mailto:a@example.org")
    assert Mark(13, 17, LINK, "mailto:a@example.org") in marks(linked)
    assert_agrees(linked)


def test_with_the_caret_in_a_link_all_of_it_is_changed_or_taken_away(linked):
    put(linked, 7)
    assert linked.link_here().value == PAGE
    linked.put_link("https://example.org/b")
    assert marks(linked) == (Mark(4, 12, LINK, "https://example.org/b"),)
    put(linked, 7)
    linked.put_link("")
    assert marks(linked) == ()
    linked.undo()
    assert marks(linked) == (Mark(4, 12, LINK, "https://example.org/b"),)
    assert_agrees(linked)


def test_words_put_in_lead_there_and_what_is_typed_behind_them_does_not(linked):
    put(linked, 17)
    linked.put_link(PAGE, " x")
    QTest.keyClicks(linked, "y")
    assert linked.pack().body[0].text == text(
        "see the page here xy", [Mark(4, 12, LINK, PAGE), Mark(17, 19, LINK, PAGE)]
    )
    assert_agrees(linked)


def test_ctrl_and_a_click_follow_a_link_and_a_click_alone_does_not(linked, qtbot):
    with qtbot.waitSignal(linked.link_followed) as followed:
        QTest.mouseClick(
            linked.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, under(linked, 6)
        )
    assert followed.args == [PAGE]
    with qtbot.assertNotEmitted(linked.link_followed):
        QTest.mouseClick(linked.viewport(), Qt.MouseButton.LeftButton, pos=under(linked, 6))
        QTest.mouseClick(
            linked.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, under(linked, 14)
        )


def test_resting_on_a_link_tells_where_it_leads(linked, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, words, *_rest: told.append(words))
    for offset in (6, 14):
        event = QHelpEvent(QEvent.Type.ToolTip, under(linked, offset), QPoint())
        linked.viewportEvent(event)
    assert told == [f"{PAGE}\nCtrl+click opens it", ""]


def test_a_link_opens_once_it_was_agreed_to_and_never_one_that_is_none(opened, monkeypatch):
    window = opened(Pack(body=(Paragraph(),))).window
    asked, followed = [], []
    monkeypatch.setattr(
        "briefpack.desktop.editing.ask_which",
        lambda _over, _what, more, *_answers: asked.append(more) or len(asked) - 2,
    )
    monkeypatch.setattr(
        "briefpack.desktop.editing.QDesktopServices.openUrl", lambda address: followed.append(address.toString())
    )
    assert isinstance(window.editing, EditCommands)
    window.editor.link_followed.emit("javascript:alert(1)")
    window.editor.link_followed.emit("file:///etc/passwd")
    assert (asked, followed) == ([], [])
    window.editor.link_followed.emit(PAGE)  # cancelled
    assert (asked, followed) == ([PAGE], [])
    window.editor.link_followed.emit(PAGE)
    assert followed == [PAGE]


def test_the_form(qtbot):
    form = LinkDialog("words", "")
    qtbot.addWidget(form)
    assert not form.ok.isEnabled()
    qtbot.keyClicks(form.address, "javascript:x")
    assert not form.ok.isEnabled()
    form.address.setText("www.example.org")
    assert form.answer() == LinkAnswer("https://www.example.org")
    asking = LinkDialog("", "")
    qtbot.addWidget(asking)
    asking.address.setText("a@example.org")
    assert asking.answer() == LinkAnswer("mailto:a@example.org", "a@example.org")
    asking.words.setText("write to us")
    assert asking.answer() == LinkAnswer("mailto:a@example.org", "write to us")
    changing = LinkDialog("words", PAGE)
    qtbot.addWidget(changing)
    next(b for b in changing.buttons.buttons() if b.text() == "Remove link").click()
    assert changing.answer() == LinkAnswer("")


def test_the_mouse_over_a_comment_lights_words_and_bubble_and_the_other_way_round(make_editor, qtbot):
    one, other = Comment(text="Why?"), Comment(text="Where?")
    said = text("one two three four", [Mark(0, 13, COMMENT, one.id), Mark(4, 7, COMMENT, other.id)])
    editor = make_editor(Pack(body=(Paragraph(text=said),), comments=(one, other)))
    QTest.mouseMove(editor.viewport(), under(editor, 15))
    QTest.mouseMove(editor.viewport(), under(editor, 1))
    assert editor._painting.pointed == one.id
    QTest.mouseMove(editor.viewport(), under(editor, 5))
    assert editor._painting.pointed == other.id  # the shorter of two that overlap
    QTest.mouseMove(editor.viewport(), under(editor, 15))
    assert editor._painting.pointed == ""
    qtbot.waitUntil(lambda: len(editor.margin.boxes) == 2)
    box = next(box for box in editor.margin.boxes if box.note.key == other.id)
    QTest.mouseMove(editor.margin, QPoint(60, round(box.top + box.height / 2)))
    assert editor._painting.pointed == other.id
    editor.margin.leaveEvent(QEvent(QEvent.Type.Leave))
    assert editor._painting.pointed == ""
