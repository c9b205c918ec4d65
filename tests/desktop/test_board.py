"""The board in the window: what they said, and when."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from briefpack.archive import SavedSearch
from briefpack.desktop.board.forms import BodyForm, PickForm, PlaceForm, TopicForm
from briefpack.pack import edits
from briefpack.pack.anchors import spans
from briefpack.pack.board import Topic
from briefpack.pack.model import Heading, Meeting, Pack, Paragraph, Table
from briefpack.pack.roles import Role
from briefpack.pack.text import MarkKind, text
from tests.desktop.test_archive_search import ask

ITEM = Heading(text=text("Canals"), level=1, role=Role.ITEM)
LINES = Heading(text=text("Lines to take"), level=2, role=Role.LINES)
OURS = Paragraph(text=text("We will publish a forecast."))
END = Heading(text=text("Background"), level=1, role=Role.BACKGROUND)
PACK = Pack(meeting=Meeting(title="Boats"), body=(ITEM, LINES, OURS, END, Paragraph(text=text("All is well."))))


@pytest.fixture
def window(opened, articles, qtbot: QtBot):
    """The window with a pack and two articles in its archive."""
    desktop = opened(PACK)
    with qtbot.waitSignal(desktop.library.changed):
        desktop.window.side.archive.add([articles])
    desktop.settle()
    return desktop.window


def shown(window, qtbot: QtBot):
    """The board's window, once it is up to date."""
    window.actions_["archive.board"].trigger()
    dialog = window.board.dialog
    settle(window, qtbot)
    return dialog


def settle(window, qtbot: QtBot) -> None:
    dialog, library = window.board.dialog, window.side.archive.library
    qtbot.waitUntil(lambda: not dialog._timer.isActive() and not library.busy)
    names = [topic.name for topic in window.workspace.pack.board.topics]
    qtbot.waitUntil(lambda: [row.name for row in dialog.view.topics] == names)


def put(window, pack: Pack) -> None:
    assert window.workspace.apply(pack, "Test")


def test_an_empty_board_says_what_to_do(window, qtbot: QtBot, monkeypatch) -> None:
    dialog = shown(window, qtbot)
    assert dialog._pages.currentIndex() == 1
    assert "No topics yet" in [part.text() for part in dialog.notice.findChildren(QLabel)]
    assert not dialog.put.isEnabled()
    made = Topic("Low water", query="low water", heading=ITEM.id)
    monkeypatch.setattr(TopicForm, "ask", lambda *_: made)
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    assert window.workspace.pack.board.topics == (made,)
    assert dialog._pages.currentIndex() == 0
    assert [dialog.grid.item(0, at).text() for at in range(3)] == [
        "Low water\nCanals",
        "We will publish a forecast.",
        "2 found, not read" if dialog.view.topics[0].unread.count == 2 else "1 found, not read",
    ]


def test_words_are_picked_in_the_reading_pane(window, qtbot: QtBot, monkeypatch) -> None:
    panel = window.side.archive
    made = Topic("Low water", query="low water", heading=ITEM.id)
    put(window, edits.put_topic(window.workspace.pack, made))
    ask(panel, "reservoir levels", qtbot)
    panel.list.setCurrentIndex(panel.model.index(0))
    qtbot.waitUntil(lambda: panel.document is not None)
    panel.reader.select_sentences()
    monkeypatch.setattr(PickForm, "ask", lambda *_: made.id)
    window._update()
    window.actions_["archive.pick"].trigger()
    (topic,) = window.workspace.pack.board.topics
    (pick,) = topic.picked
    clip = window.workspace.pack.clip(pick.clip)
    assert "reservoir levels" in clip.words
    assert window.toast.words == "Picked for “Low water”"
    dialog = shown(window, qtbot)
    grid = dialog.grid
    assert [grid.horizontalHeaderItem(at).text() for at in range(grid.columnCount())] == [
        "Topic", "March 2026", "Our line", "Not read yet",
    ]  # fmt: skip
    assert "1 March 2026" in grid.item(0, 1).text()
    assert grid.item(0, 3).text() == "Nothing newer"
    aloud = grid.item(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert aloud.startswith("Low water, March 2026: “")
    interface = QAccessible.queryAccessibleInterface(grid)
    assert interface.role() == QAccessible.Role.Table
    (menu,) = [dialog.menu_of(grid.cell(0, 1))]
    names = [action.text().partition(" ")[0] for action in menu.actions()]
    assert names == ["Read", "Take"]
    menu.actions()[1].trigger()
    settle(window, qtbot)
    assert window.workspace.pack.clips == ()
    assert dialog._toast.words == "Taken off the board"


def test_what_is_newer_leads_to_the_archive_and_is_marked_as_read(window, qtbot: QtBot) -> None:
    panel = window.side.archive
    library = panel.library
    with qtbot.waitSignal(library.ask(lambda a: a.clip(a.search("412 miles").hits[0].passages[0].id)).succeeded) as got:
        pass
    made = Topic("Boats", query="association")
    pack = edits.pick_words(edits.put_topic(window.workspace.pack, made), made.id, [got.args[0]])
    put(window, pack)
    dialog = shown(window, qtbot)
    grid = dialog.grid
    last = grid.columnCount() - 1
    assert grid.item(0, last).text() == "1 newer, not read"
    grid.setCurrentCell(0, last)
    grid.itemActivated.emit(grid.currentItem())
    assert panel.field.text() == "association"
    assert [chip.text() for chip in panel.filtering.chips] == ["From 1 March 2026"]
    qtbot.mouseClick(dialog.read, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    qtbot.waitUntil(lambda: grid.item(0, last).text() == "Nothing newer")
    (reading,) = window.workspace.pack.board.topics[0].read
    assert reading.time is not None
    assert not dialog.read.isEnabled()
    window.editor.undo()
    qtbot.waitUntil(lambda: grid.item(0, last).text() == "1 newer, not read")


def test_the_table_goes_into_the_document_with_its_sources(window, qtbot: QtBot, monkeypatch) -> None:
    library = window.side.archive.library
    with qtbot.waitSignal(library.ask(lambda a: a.clip(a.search("412 miles").hits[0].passages[0].id)).succeeded) as got:
        pass
    made = Topic("Boats", query="association", heading=ITEM.id)
    put(window, edits.pick_words(edits.put_topic(window.workspace.pack, made), made.id, [got.args[0]]))
    dialog = shown(window, qtbot)
    before = window.workspace.pack
    for place in ("", END.id):
        monkeypatch.setattr(PlaceForm, "ask", lambda *_, place=place: place)
        qtbot.mouseClick(dialog.put, Qt.MouseButton.LeftButton)
        (table,) = [block for block in window.workspace.pack.body if isinstance(block, Table)]
        assert table.rows[1][2].string == "We will publish a forecast."
        (clip,) = spans(window.workspace.pack, MarkKind.CLIP)
        assert window.workspace.pack.clip(clip).words == got.args[0].words
        window.editor.undo()
        assert window.workspace.pack == before


def test_topics_are_moved_changed_and_removed(window, qtbot: QtBot, monkeypatch) -> None:
    one, two = Topic("One", query="low"), Topic("Two", query="lock")
    put(window, edits.put_topic(edits.put_topic(window.workspace.pack, one), two))
    dialog = shown(window, qtbot)
    dialog.grid.setCurrentCell(0, 0)
    assert (dialog.up.isEnabled(), dialog.down.isEnabled()) == (False, True)
    qtbot.mouseClick(dialog.down, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    assert dialog.grid.current.row.name == "One", "the keyboard stays with its topic"
    assert dialog.grid.currentRow() == 1
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    assert [topic.name for topic in window.workspace.pack.board.topics] == ["Two"]
    assert dialog._toast.words == "“One” removed"
    window.workspace.undo()
    settle(window, qtbot)
    monkeypatch.setattr(BodyForm, "ask", lambda *_: edits.set_board(PACK, body="The Union", query="").board)
    qtbot.mouseClick(dialog.describe, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.title.text() == "What The Union said, and when")


def test_the_form_of_a_topic_says_what_is_wrong(qtbot: QtBot) -> None:
    pack = edits.put_topic(PACK, Topic("Known", query="known"))
    form = TopicForm(pack, Topic(""), [SavedSearch("low water", name="Water")])
    qtbot.addWidget(form)
    assert not form.ok.isEnabled()
    form.name.setText("known")
    assert "already" in form.problem()
    form.name.clear()
    form.searches.setCurrentIndex(1)
    form.searches.activated.emit(1)
    assert (form.name.text(), form.query.text()) == ("Water", "low water")
    assert form.ok.isEnabled()
    form.query.setText("")
    assert "search" in form.problem()
    form.item.setCurrentIndex(form.item.findData(ITEM.id))
    assert [form.ours.itemText(at) for at in range(form.ours.count())] == [
        "All lines under the item", "We will publish a forecast.",
    ]  # fmt: skip
    form.ours.setCurrentIndex(1)
    assert (form.topic().heading, form.topic().line) == (ITEM.id, OURS.id)


def test_the_board_closes_with_its_pack(window, qtbot: QtBot) -> None:
    dialog = shown(window, qtbot)
    window.documents.close()
    assert window.board.dialog is None
    assert not dialog.isVisible()
