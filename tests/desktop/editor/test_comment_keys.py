"""Comments by key: what is meant is the one at the caret, or in the list the one that is chosen there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from briefpack.pack.edits import Place
from briefpack.pack.model import Comment, Pack, Paragraph
from briefpack.pack.text import Mark, MarkKind, text

ONE, TWO = Comment(text="Why?", author="Ada Quill"), Comment(text="Where?", author="Tom Lee")
SAID = text("first words and others", [Mark(0, 5, MarkKind.COMMENT, ONE.id), Mark(16, 22, MarkKind.COMMENT, TWO.id)])
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(opened, qtbot):
    window = opened(Pack(body=(Paragraph(text=SAID),), comments=(ONE, TWO))).window
    window.furnish()
    return window


def put(window, offset):
    block = window.workspace.pack.body[0].id
    window.editor.setFocus()
    window.editor.select(Place(block, offset), Place(block, offset))
    window._update()


def test_the_comment_at_the_caret_is_resolved_though_another_was_chosen_before(window, qtbot):
    window.side.comments.choose(ONE.id)
    put(window, 18)
    QTest.keyClick(window.editor, Qt.Key.Key_Return, CTRL_ALT)
    assert [comment.resolved for comment in window.workspace.pack.comments] == [False, True]


def test_a_reply_by_key_goes_to_the_comment_at_the_caret(window, qtbot):
    put(window, 2)
    window.actions_["review.reply"].trigger()
    qtbot.waitUntil(window.side.comments.reply.hasFocus)
    qtbot.keyClicks(window.side.comments.reply, "Because")
    QTest.keyClick(window.side.comments.reply, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [len(comment.replies) for comment in window.workspace.pack.comments] == [1, 0]


def test_away_from_comments_there_is_none_to_resolve(window):
    window.side.comments.list.clearSelection()
    window.side.comments.list.setCurrentIndex(window.side.comments.model.index(-1))
    put(window, 9)
    assert not window.actions_["review.resolve"].isEnabled()
    put(window, 2)
    assert window.actions_["review.resolve"].isEnabled()


def test_the_list_is_filtered_by_who_and_whether_open(window):
    panel = window.side.comments
    panel.person.setCurrentText("Tom Lee")
    panel.person.activated.emit(panel.person.currentIndex())
    assert [panel.model.index(at).data() for at in range(panel.model.rowCount())] == ["Where?"]
    put(window, 18)
    window.actions_["review.resolve"].trigger()
    assert panel.model.rowCount() == 0  # it is resolved, and the open ones are listed
