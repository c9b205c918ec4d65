"""What the outline says of each section, which it shows, and what the template still asks for."""

import datetime as dt

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from briefpack.desktop.lines.listing import Due, Wanted
from briefpack.desktop.outline.counts import Counts, Tally, described
from briefpack.desktop.outline.model import TALLY
from briefpack.desktop.outline.panel import OutlinePanel
from briefpack.desktop.workspace import Workspace
from briefpack.pack.edits import remove_blocks, replace_block
from briefpack.pack.model import Heading, Line, ListItem, Meeting, Pack, Paragraph, PlannedSection, Status
from briefpack.pack.outline import sections
from briefpack.pack.plan import Length
from briefpack.pack.roles import Role
from briefpack.pack.text import text

NOW = dt.datetime(2027, 5, 17, 12).astimezone()
PAST, BEFORE, AFTER = (dt.datetime(2027, 5, day, 9) for day in (16, 18, 20))


def lined() -> Pack:
    """Two items with lines: one past its time, one that goes off before the meeting, one with an event, one with neither."""
    ada = [
        ListItem(text=text("We know what it costs."), line=Line(owner="Ada", good_until=PAST)),
        ListItem(text=text("We will publish."), line=Line(owner="Ada", good_until=BEFORE, status=Status.CLEARED)),
    ]
    wen = [
        ListItem(text=text("We are listening."), line=Line(owner="Wen", changes_when="after the Budget")),
        ListItem(text=text("Nothing is decided."), line=Line(good_until=AFTER)),
    ]
    water, locks = (Heading(text=text(words), level=1, role=Role.ITEM) for words in ("Low water", "Locks"))
    heads = [Heading(text=text("Lines to take"), level=2, role=Role.LINES) for _ in range(2)]
    summary = Heading(text=text("Summary"), level=1)
    body = (summary, Paragraph(), water, heads[0], *ada, locks, heads[1], *wen)
    plan = (
        PlannedSection(summary.id, "Summary", required=True, words=3, hint="Why."),
        PlannedSection(water.id, "Low water", words=100),
        PlannedSection("0" * 26, "Background", required=True),
    )
    return Pack(meeting=Meeting(date=dt.date(2027, 5, 18), time="14:00"), body=body, plan=plan)


def tallies(pack: Pack, wanted: Wanted = Wanted()) -> dict[str, Tally]:  # noqa: B008 - a constant
    counts = Counts()
    counts.take(pack, wanted, NOW)
    return {f"{s.heading.level} {s.heading.text.string} {s.start}": counts.of(s) for s in sections(pack)}


@pytest.fixture
def panel(qtbot) -> OutlinePanel:
    made = OutlinePanel(Workspace(lined()))
    qtbot.addWidget(made)
    made.resize(240, 500)
    made.show()
    return made


def visible(panel: OutlinePanel) -> list[str]:
    tree = panel.tree
    return [index.data() for index in panel.model.headings() if not tree.isRowHidden(index.row(), index.parent())]


# What is counted


def test_lines_and_what_is_due_are_counted_with_all_within():
    found = tallies(lined())
    assert found["1 Low water 2"] == Tally(Length(8, 100), lines=2, due=2, overdue=1)
    assert found["2 Lines to take 3"] == Tally(Length(8, 0), lines=2, due=2, overdue=1)
    assert found["1 Locks 6"] == Tally(Length(6, 0), lines=2, due=1, overdue=0)
    assert found["1 Summary 0"] == Tally(Length(0, 3))


def test_only_lines_that_are_wanted_are_counted():
    assert tallies(lined(), Wanted(owner="Wen"))["1 Low water 2"].lines == 0
    assert tallies(lined(), Wanted(owner="Wen"))["1 Locks 6"].lines == 1
    assert tallies(lined(), Wanted(due=Due.MEETING))["1 Locks 6"].lines == 1
    assert tallies(lined(), Wanted(status=Status.CLEARED))["1 Low water 2"].lines == 1


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(Length(1)), "1 word"),
        (Tally(Length(1200, 1000)), "1,200 of 1,000 words, 200 too many"),
        (Tally(Length(8), lines=2, due=2, overdue=1), "2 lines, 1 past its time, 1 due by the meeting, 8 words"),
        (Tally(Length(8), lines=3, due=2, overdue=2), "3 lines, 2 past their time, 8 words"),
    ],
)
def test_a_tally_in_words(tally, words):
    assert described(tally) == words


# The panel


def test_rows_tell_it_to_those_who_listen(panel):
    index = next(index for index in panel.model.headings() if index.data() == "Low water")
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Low water: Agenda item, 2 lines, ")
    assert said.endswith("8 of 100 words")


def test_the_filter_leaves_sections_with_such_lines_and_can_be_taken_off(panel, qtbot):
    everything = visible(panel)
    panel.filter.choose(Wanted(owner="Wen"))
    assert visible(panel) == ["Locks", "Lines to take"]
    assert panel.shown.text().strip() == "Wen"
    panel.filter.choose(Wanted(owner="Wen", status=Status.CLEARED))
    assert visible(panel) == []
    qtbot.mouseClick(panel.shown, Qt.MouseButton.LeftButton)
    assert visible(panel) == everything
    assert not panel.shown.isVisible()
    assert not panel.filter.isChecked()


def test_the_menu_of_the_filter_offers_times_owners_and_states(panel):
    menu = panel.filter.menu()
    menu.aboutToShow.emit()
    titles = [action.text() for action in menu.actions()]
    assert [due.value for due in Due] == titles[: len(Due)]
    assert {"Ada", "Wen", "Draft", "Cleared"} <= set(titles)
    next(action for action in menu.actions() if action.text() == "Wen").trigger()
    assert visible(panel) == ["Locks", "Lines to take"]
    menu.aboutToShow.emit()
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == [Due.EVER.value, "Wen", "Draft or cleared"]


def test_an_owner_who_owns_nothing_any_more_is_not_asked_for(panel):
    panel.filter.choose(Wanted(owner="Wen"))
    workspace = panel._workspace
    held = next(block for block in workspace.pack.body if getattr(block, "line", None) and block.line.owner == "Wen")
    workspace.apply(remove_blocks(workspace.pack, (held.id,)), "Delete")
    panel._show()
    assert panel.filter.wanted == Wanted()
    assert "Low water" in visible(panel)


def test_what_is_required_and_missing_stands_at_the_foot(panel, qtbot):
    assert panel.foot.text().strip() == "2 required sections to write"
    assert panel.foot.titles == ("Summary", "Background")
    first, second = panel.foot.menu().actions()
    assert (first.text(), first.isEnabled()) == ("Summary", True)
    assert (second.text(), second.isEnabled()) == ("Background (its heading was deleted)", False)
    workspace = panel._workspace
    with qtbot.waitSignal(panel.chosen) as chosen:
        first.trigger()
    assert chosen.args == [workspace.pack.body[0].id]
    workspace.apply(replace_block(workspace.pack, replace(workspace.pack.body[1], text=text("They asked."))), "Typing")
    panel._show()
    assert panel.foot.titles == ("Background",)
    assert panel.foot.text().strip() == "1 required section to write"
    workspace.replace(Pack(body=(Paragraph(),)))
    panel._show()
    assert not panel.foot.isVisible()


def test_a_section_that_is_too_long_is_said_in_the_status_bar(opened, qtbot):
    window = opened(lined()).window
    editor = window.editor
    editor.go_to_block(window.workspace.pack.body[1].id)
    qtbot.waitUntil(lambda: window.status.section.text() == "Summary: 0 of 3 words")
    assert window.status.section.property("kind") != "warning"
    qtbot.keyClicks(editor, "one two three four")
    qtbot.waitUntil(lambda: window.status.section.text() == "Summary: 4 of 3 words")
    assert window.status.section.property("kind") == "warning"
    assert window.status.section.toolTip() == "1 word too many"
    editor.go_to_block(window.workspace.pack.body[-1].id)
    qtbot.waitUntil(lambda: not window.status.section.isVisible())


def test_a_section_within_one_with_a_budget_counts_for_it(opened, qtbot):
    window = opened(lined()).window
    window.editor.go_to_block(window.workspace.pack.body[4].id)
    qtbot.waitUntil(lambda: window.status.section.text() == "Low water: 8 of 100 words")
    assert window.outline.model.find(window.workspace.pack.body[2].id).data(TALLY).length == Length(8, 100)
