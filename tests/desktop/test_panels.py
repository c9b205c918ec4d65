"""Outline, comments, people and objects beside the document."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QListView

from briefpack.desktop.comments.model import ROW, CommentsModel, Which, spoken
from briefpack.desktop.outline.model import FLAVOUR, HEADING, TALLY, OutlineModel
from briefpack.desktop.outline.panel import OutlinePanel
from briefpack.desktop.workspace import Workspace
from briefpack.pack.edits import Place, add_comment, insert_text
from briefpack.pack.model import Comment, Heading, Pack, Paragraph, Reply
from briefpack.pack.text import text
from tests.helpers.packs import rich_pack


def sections() -> Pack:
    """One with two parts, two, three."""
    body = []
    for level, words in ((1, "One"), (2, "First"), (2, "Second"), (1, "Two"), (1, "Three")):
        body += [Heading(text=text(words), level=level), Paragraph(text=text(f"About {words.lower()}."))]
    return Pack(body=tuple(body))


def titles(pack: Pack) -> list[str]:
    return [block.text.string for block in pack.body if isinstance(block, Heading)]


def commented() -> Pack:
    """Three comments: the second word first, one resolved, one without a place."""
    block = Paragraph(text=text("alpha beta gamma"))
    pack = Pack(body=(block,))
    later = Comment(text="On beta", author="Ola Venn", replies=(Reply(text="Done", author="Ida Marsh"),))
    earlier = Comment(text="On alpha", author="Ida Marsh", resolved=True)
    pack = add_comment(pack, Place(block.id, 6), Place(block.id, 10), later)
    pack = add_comment(pack, Place(block.id, 0), Place(block.id, 5), earlier)
    return add_comment(pack, Place(block.id, 0), Place(block.id, 0), Comment(text="Nowhere", author="Ola Venn"))


def test_outline_model_keeps_qts_rules(qtmodeltester):
    """Rows, parents and changes as Qt expects them, through every kind of change."""
    model = OutlineModel()
    pack = rich_pack()[0]
    model.show(pack)
    qtmodeltester.check(model)
    model.show(sections())
    model.show(Pack(body=(Paragraph(),)))
    assert model.rowCount() == 0


def test_outline_shows_the_tree_and_its_counts(qapp):
    """Children under parents; words of a section with all within."""
    model = OutlineModel()
    model.show(sections())
    one = model.index(0, 0)
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["One", "Two", "Three"]
    assert [model.index(row, 0, one).data() for row in range(model.rowCount(one))] == ["First", "Second"]
    assert one.data(TALLY).length.words == 6  # headings do not count
    assert "6 words" in one.data(Qt.ItemDataRole.AccessibleTextRole)


def test_typing_keeps_the_outlines_rows(qapp, qtbot):
    """Where only words change, no row is taken away: what is open and chosen stays."""
    model, pack = OutlineModel(), sections()
    model.show(pack)
    with qtbot.assertNotEmitted(model.modelReset):
        model.show(insert_text(pack, Place(pack.body[1].id, 0), text("Much more ")).pack)
    assert model.index(0, 0).data(TALLY).length.words == 8


@pytest.mark.parametrize(
    ("row", "under", "expected"),
    [
        (0, None, ["Three", "One", "First", "Second", "Two"]),
        (1, None, ["One", "First", "Second", "Three", "Two"]),
        (1, 0, ["One", "First", "Three", "Second", "Two"]),
        (-1, 0, ["One", "First", "Second", "Three", "Two"]),
    ],
    ids=["first", "between", "inside", "onto"],
)
def test_dropping_a_section_moves_it(qtbot, row, under, expected):
    """A drop between, into or onto other headings moves the slice; one undo puts it back."""
    workspace = Workspace(sections())
    panel = OutlinePanel(workspace)
    qtbot.addWidget(panel)
    model = panel.model
    data = model.mimeData([model.index(2, 0)])
    assert data.hasFormat(FLAVOUR)
    parent = QModelIndex() if under is None else model.index(under, 0)
    model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)
    assert titles(workspace.pack) == expected
    workspace.undo()
    assert titles(workspace.pack) == ["One", "First", "Second", "Two", "Three"]


def test_moving_by_keyboard(qtbot):
    """Alt and an arrow move the chosen section among its brothers, and it stays chosen."""
    workspace = Workspace(sections())
    panel = OutlinePanel(workspace)
    qtbot.addWidget(panel)
    panel.show()
    panel.tree.setCurrentIndex(panel.model.index(1, 0))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(workspace.pack) == ["Two", "One", "First", "Second", "Three"]
    assert panel.tree.currentIndex().data() == "Two"
    qtbot.keyClick(panel.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert titles(workspace.pack) == ["Two", "One", "First", "Second", "Three"]
    qtbot.keyClick(panel.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert titles(workspace.pack) == ["One", "First", "Second", "Two", "Three"]


def test_a_click_goes_there(opened, qtbot):
    """The caret comes to the heading that was clicked."""
    desktop = opened(sections())
    tree, model = desktop.window.outline.tree, desktop.window.outline.model
    rect = tree.visualRect(model.index(1, 0))
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert desktop.window.editor.current_block() == model.index(1, 0).data(HEADING)


def test_comments_model_keeps_qts_rules(qtmodeltester, qapp):
    """Through filters and changes."""
    model = CommentsModel()
    model.show(commented())
    qtmodeltester.check(model)
    model.filter(Which.ALL, "")
    model.show(rich_pack()[0])
    assert model.rowCount() == len(rich_pack()[0].comments)


def test_comments_come_in_the_order_of_their_words(qapp):
    """Those without a place come last, and say so."""
    model = CommentsModel()
    model.filter(Which.ALL, "")
    model.show(commented())
    rows = [model.index(at).data(ROW) for at in range(model.rowCount())]
    assert [(row.comment.text, row.words) for row in rows] == [
        ("On alpha", "alpha"),
        ("On beta", "beta"),
        ("Nowhere", None),
    ]
    assert "its place is not known" in spoken(rows[2])
    assert model.open == 2


@pytest.mark.parametrize(
    ("which", "person", "expected"),
    [
        (Which.OPEN, "", ["On beta", "Nowhere"]),
        (Which.RESOLVED, "", ["On alpha"]),
        (Which.ALL, "Ida Marsh", ["On alpha", "On beta"]),
    ],
)
def test_comments_are_filtered(qapp, which, person, expected):
    """By state, and by whoever wrote in the thread."""
    model = CommentsModel()
    model.show(commented())
    model.filter(which, person)
    assert [model.index(at).data() for at in range(model.rowCount())] == expected


def test_a_thread_is_answered_resolved_and_deleted(opened, qtbot):
    """Each is one step that can be undone."""
    pack = commented()
    desktop = opened(pack)
    panel, workspace = desktop.window.side.comments, desktop.workspace
    desktop.window.panes.go_to("comments")
    panel.list.setCurrentIndex(panel.model.index(0))
    assert "On beta" in panel.conversation.toPlainText()
    assert "Done" in panel.conversation.toPlainText()
    qtbot.keyClicks(panel.reply, "Thank you")
    qtbot.keyClick(panel.reply, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    comment = workspace.pack.comments[0]
    assert [reply.text for reply in comment.replies] == ["Done", "Thank you"]
    assert "Thank you" in panel.conversation.toPlainText()
    panel.toggle_resolved()
    assert workspace.pack.comment(comment.id).resolved
    panel.choose(comment.id)
    assert panel.current.id == comment.id
    panel.delete()
    assert workspace.pack.comment(comment.id) is None
    assert desktop.window.toast.words == "Comment deleted"
    for _ in range(3):
        workspace.undo()
    assert workspace.pack == pack


def test_choosing_a_comment_goes_to_its_words(opened, qtbot):
    """Activating a row brings the caret to the words."""
    pack = commented()
    desktop = opened(pack)
    desktop.window.panes.go_to("comments")
    panel = desktop.window.side.comments
    with qtbot.waitSignal(panel.chosen):
        panel.list.activated.emit(panel.model.index(0))
    start, stop = desktop.window.editor.selection()
    assert 6 <= min(start.offset, stop.offset) <= max(start.offset, stop.offset) <= 10


def test_people_and_objects_are_listed(opened, qtbot):
    """Everything that the document shows as one character is there in words."""
    pack, _ = rich_pack()
    desktop = opened(pack)
    qtbot.waitUntil(lambda: desktop.window.side.people.list.count() == len(pack.people))
    objects = [
        desktop.window.side.objects.list.item(at).text() for at in range(desktop.window.side.objects.list.count())
    ]
    assert any(line.startswith("Table: ") for line in objects)
    assert any(line.startswith("Biography: ") for line in objects)
    assert any(line.startswith("Meeting details") for line in objects)


def test_lists_draw_at_any_width(opened, qtbot):
    """Rows get taller where the list is narrow."""
    desktop = opened(commented())
    view = desktop.window.side.comments.list
    heights = []
    for width in (600, 200):
        view.resize(width, 400)
        view.doItemsLayout()
        assert isinstance(view, QListView)
        heights.append(view.visualRect(view.model().index(0, 0)).height())
        view.grab()
    assert heights[1] >= heights[0] > 0
    assert view.indexAt(QPoint(5, 5)).isValid()
