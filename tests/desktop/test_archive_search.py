"""Narrowing a search, having it as typed, and keeping it."""

import datetime as dt

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from briefpack.archive import Filters, Kind, SavedSearch
from briefpack.desktop.archive.choices import Choice, chose, chosen, unchose
from briefpack.desktop.widgets.flow import FlowLayout


@pytest.fixture
def panel(desktop, articles, qtbot: QtBot):
    """The archive panel with two articles."""
    panel = desktop.window.side.archive
    with qtbot.waitSignal(desktop.library.changed):
        panel.add([articles])
    panel.focus_search()
    return panel


def _said(notice: QWidget) -> str:
    return "\n".join(part.text() for part in notice.findChildren(QLabel))


def ask(panel, words: str, qtbot: QtBot) -> None:
    panel.field.setText(words)
    panel.search()
    qtbot.waitUntil(lambda: panel.answered == words and not panel._library.busy)


@pytest.mark.parametrize(
    ("choice", "filters"),
    [
        (Choice("kinds", "speech"), Filters(kinds=(Kind.SPEECH,))),
        (Choice("people", "Ada Quill"), Filters(people=("Ada Quill",))),
        (Choice("years", "2026"), Filters(after=dt.date(2026, 1, 1), before=dt.date(2027, 1, 1))),
    ],
)
def test_choices_make_filters_and_back(choice: Choice, filters: Filters) -> None:
    assert chose(Filters(), choice) == filters
    assert list(chosen(filters)) == [choice]
    assert unchose(filters, choice) == Filters()


def test_other_dates_are_told_as_they_are() -> None:
    assert [each.label for each in chosen(Filters(after=dt.date(2026, 3, 1)))] == ["From 1 March 2026"]
    assert [each.label for each in chosen(Filters(before=dt.date(2026, 3, 1)))] == ["Before 1 March 2026"]


def test_the_filter_menu_counts_and_narrows(panel, qtbot: QtBot) -> None:
    """A file, then the chip that takes it off again, by keyboard."""
    filtering = panel.filtering
    ask(panel, "the", qtbot)
    qtbot.keyClick(filtering.button, Qt.Key.Key_Space)
    qtbot.waitUntil(filtering.menu.isVisible)
    groups = {action.text(): action.menu() for action in filtering.menu.actions() if action.menu()}
    assert {"Year", "Source"} <= groups.keys()
    assert [action.text() for action in groups["Year"].actions()] == ["2026\t2"]
    sources = {action.text(): action for action in groups["Source"].actions()}
    sources["2026-05-09 Lock keepers.txt\t1"].trigger()
    filtering.menu.close()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert filtering.filters == Filters(sources=("2026-05-09 Lock keepers.txt",))
    (chip,) = filtering.chips
    assert chip.accessibleName() == "Remove the filter Source: 2026-05-09 Lock keepers.txt"
    chip.setFocus()
    qtbot.waitUntil(chip.hasFocus)
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    assert filtering.filters == Filters()
    assert filtering.isHidden()
    qtbot.waitUntil(filtering.button.hasFocus)


def test_several_kinds_are_chosen_at_once(panel, qtbot: QtBot) -> None:
    """The menu stays open; the counts of the other facets follow, and those of the years too."""
    filtering = panel.filtering
    ask(panel, "the", qtbot)
    qtbot.keyClick(filtering.button, Qt.Key.Key_Space)
    qtbot.waitUntil(filtering.menu.isVisible)
    groups = {action.text(): action.menu() for action in filtering.menu.actions() if action.menu()}
    files, years = groups["Source"], groups["Year"]
    files.popup(filtering.menu.pos())
    qtbot.waitUntil(files.isVisible)
    first, second = files.actions()
    qtbot.mouseClick(files, Qt.MouseButton.LeftButton, pos=files.actionGeometry(first).center())
    qtbot.waitUntil(lambda: [each.text() for each in years.actions()] == ["2026\t1"])
    assert files.isVisible()
    assert first.isChecked()
    assert files.actions() == [first, second], "what is open stays as it is"
    files.setActiveAction(second)
    qtbot.keyClick(files, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: [each.text() for each in years.actions()] == ["2026\t2"])
    assert len(filtering.filters.sources) == 2
    files.setActiveAction(first)
    qtbot.keyClick(files, Qt.Key.Key_Space)
    assert filtering.filters.sources == (second.data()[1],)
    files.close()
    filtering.menu.close()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)


def test_filters_without_words_list_the_documents(panel, qtbot: QtBot) -> None:
    panel.filtering.set(Filters(after=dt.date(2026, 5, 1), before=dt.date(2026, 6, 1)))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert panel.model.index(0).data() == "Lock keepers wanted"
    ask(panel, "low water", qtbot)
    panel.filtering.set(Filters())
    qtbot.waitUntil(lambda: not panel._library.busy)
    panel.field.clear()
    qtbot.waitUntil(lambda: "Search 2 documents" in _said(panel.notice))


def test_the_arrow_keys_walk_the_chips(panel, qtbot: QtBot) -> None:
    panel.filtering.set(Filters(people=("Ada Quill",), kinds=(Kind.NEWS,)))
    first, second = panel.filtering.chips
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    qtbot.waitUntil(second.hasFocus)
    qtbot.keyClick(second, Qt.Key.Key_Right)
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Backspace)
    assert [chip.text() for chip in panel.filtering.chips] == ["Ada Quill"]
    qtbot.waitUntil(lambda: not panel._library.busy)


def test_a_repair_is_shown_and_undone_with_one_click(panel, qtbot: QtBot) -> None:
    ask(panel, "apprenttices", qtbot)
    assert panel.model.rowCount() == 1
    (line,) = panel.helped.lines
    assert line.accessibleName() == "Showing results for “apprentices”. Search for “apprenttices” instead"
    assert "searched for" not in panel.notes.text()
    line.setFocus()
    line.linkActivated.emit("undo")
    qtbot.waitUntil(lambda: not panel._library.busy and not panel.helped.lines)
    assert "No document has “apprenttices”" in _said(panel.notice)
    panel.field.clear()
    panel.search()
    ask(panel, "apprenttices", qtbot)
    assert panel.helped.lines


def test_what_was_typed_is_never_markup(panel, qtbot: QtBot) -> None:
    panel._library.keep(lambda archive: archive.add_acronym("<i>x", "lock keepers"))
    panel._library.keep(lambda archive: archive.add_acronym("LKP", "<lock> & keeper posts"))
    qtbot.waitUntil(lambda: not panel._library.busy)
    ask(panel, "LKP", qtbot)
    (line,) = panel.helped.lines
    assert "&lt;lock&gt; &amp; keeper posts" in line.text()


def test_down_in_the_empty_field_shows_the_last_searches(panel, qtbot: QtBot) -> None:
    ask(panel, "lock", qtbot)
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.kept.history == (SavedSearch("lock"),))
    panel.field.clear()
    panel.field.setFocus()
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    menu = panel.kept.history_menu
    qtbot.waitUntil(menu.isVisible)
    assert menu.actions()[0].text() == "lock"
    menu.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: panel.answered == "lock" and panel.model.rowCount() == 1)
    assert panel.field.text() == "lock"


def test_a_search_is_saved_asked_again_and_deleted(panel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = panel.kept
    filters = Filters(people=("Ada Quill",))
    panel.filtering.set(filters)
    ask(panel, "water & locks", qtbot)
    suggested = []
    monkeypatch.setattr(QInputDialog, "getText", lambda *given: (suggested.append(given[-1]), ("Dry & low", True))[1])
    kept.menu.aboutToShow.emit()
    kept.menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: kept.saved == (SavedSearch("water & locks", filters, "Dry & low"),))
    assert suggested == ["water & locks · Ada Quill"]
    panel.filtering.set(Filters())
    panel.field.clear()
    kept.menu.aboutToShow.emit()
    _save, _, saved, _, deleting = kept.menu.actions()
    assert saved.text() == "Dry && low"
    saved.trigger()
    qtbot.waitUntil(lambda: panel.answered == "water & locks")
    assert (panel.field.text(), panel.filtering.filters) == ("water & locks", filters)
    deleting.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: kept.saved == ())


def test_a_flow_begins_a_new_line_where_one_is_full(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(spacing=5)
    holder.setLayout(flow)
    for _ in range(5):
        part = QWidget()
        part.setFixedSize(40, 10)
        flow.addWidget(part)
    flow.setContentsMargins(0, 0, 0, 0)
    assert flow.heightForWidth(1000) == 10
    assert flow.heightForWidth(90) == 40
    flow.setGeometry(QRect(0, 0, 90, 40))
    places = [flow.itemAt(each).geometry().topLeft().toTuple() for each in range(5)]
    assert places == [(0, 0), (45, 0), (0, 15), (45, 15), (0, 30)]
    assert flow.itemAt(9) is None
    assert flow.takeAt(9) is None
