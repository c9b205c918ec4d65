"""Lines to take in the window: form, one key, margin, list."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt

from briefpack.desktop.dialogs.line import LineDialog
from briefpack.desktop.editor.chips import Chips, chips_of
from briefpack.desktop.editor.margin import LANE
from briefpack.desktop.lines.listing import Due
from briefpack.pack.edits import Place, set_line
from briefpack.pack.model import Heading, Line, ListItem, Meeting, Pack, Paragraph, Status
from briefpack.pack.roles import Role
from briefpack.pack.text import text

FIRST, SECOND, THIRD, OTHER = (f"01JZ{number:022d}" for number in range(4))
NINE = dt.datetime(2027, 5, 18, 9)
PAST = dt.datetime(2020, 3, 18, 9)


def lined_pack() -> Pack:
    return Pack(
        meeting=Meeting(title="Harbour review", date=dt.date(2027, 5, 18)),
        body=(
            Heading(text=text("Low water"), level=1, role=Role.ITEM),
            Heading(text=text("Lines to take"), level=2, role=Role.LINES),
            ListItem(id=FIRST, text=text("We know what low water costs."), line=Line(owner="Ada", as_at=NINE)),
            Paragraph(id=SECOND, text=text("We will publish in May."), line=Line(owner="Wen", as_at=NINE)),
            ListItem(id=THIRD, text=text("We are listening.")),
            Heading(text=text("Background"), level=1, role=Role.BACKGROUND),
            Paragraph(id=OTHER, text=text("The plan came out in March.")),
        ),
    )


@pytest.fixture
def window(opened):
    return opened(lined_pack()).window


def line(window, block: str) -> Line | None:
    return window.workspace.pack.block(block).line


def select(window, first: str, last: str) -> None:
    window.editor.select(Place(first, 0), Place(last, 3))


def form(qtbot, *blocks: str, pack: Pack | None = None) -> LineDialog:
    dialog = LineDialog(pack or lined_pack(), blocks)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def typed(qtbot, field, words: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, words)


# The form


def test_opened_and_saved_without_a_change_nothing_changes(qtbot):
    for blocks in ((FIRST,), (THIRD,), (FIRST, SECOND, THIRD)):
        assert form(qtbot, *blocks).changes() == {}


def test_every_field_is_typed(qtbot):
    dialog = form(qtbot, THIRD)
    for field, words in (
        (dialog.owner, "Press Office"),
        (dialog.as_at, "18/05/2027"),
        (dialog.good_until, "19 May 2027 5.30pm"),
        (dialog.changes_when, "after the Budget"),
    ):
        typed(qtbot, field, words)
    dialog.status.setCurrentText("Cleared")
    typed(qtbot, dialog.cleared_by, " Edwin Marlowe ")
    assert dialog.ok.isEnabled()
    assert dialog.changes() == {
        "owner": "Press Office",
        "as_at": dt.datetime(2027, 5, 18),
        "good_until": dt.datetime(2027, 5, 19, 17, 30),
        "changes_when": "after the Budget",
        "cleared_by": "Edwin Marlowe",
        "status": Status.CLEARED,
    }


def test_a_day_alone_is_good_until_its_end(qtbot):
    dialog = form(qtbot, THIRD)
    typed(qtbot, dialog.good_until, "19 May 2027")
    assert dialog.changes() == {"good_until": dt.datetime(2027, 5, 19, 23, 59)}


def test_what_is_wrong_is_said_as_it_is_typed(qtbot):
    dialog = form(qtbot, FIRST)
    typed(qtbot, dialog.good_until, "Friday")
    assert not dialog.ok.isEnabled()
    assert "“Good until” is not a day" in dialog.problem()
    assert "18/05/2027 09:00" in dialog.problem()
    typed(qtbot, dialog.good_until, "17/05/2027 09:00")
    assert "before the time" in dialog.problem()
    typed(qtbot, dialog.good_until, "18/05/2027 10:00")
    assert dialog.ok.isEnabled()
    typed(qtbot, dialog.cleared_by, "Edwin Marlowe")
    assert "draft" in dialog.problem()
    dialog.status.setCurrentText("Cleared")
    assert dialog.ok.isEnabled()


def test_a_time_can_be_taken_away(qtbot):
    dialog = form(qtbot, FIRST)
    dialog.as_at.clear()
    assert dialog.ok.isEnabled()
    assert dialog.changes() == {"as_at": None}


def test_where_several_differ_an_empty_field_leaves_each_alone(qtbot):
    dialog = form(qtbot, FIRST, SECOND)
    assert dialog.owner.text() == ""
    assert "differ" in dialog.owner.placeholderText()
    assert dialog.as_at.text() == "18 May 2027, 09:00"
    typed(qtbot, dialog.changes_when, "the vote")
    assert dialog.changes() == {"changes_when": "the vote"}
    mixed = lined_pack()
    mixed = Pack(
        body=(*mixed.body[:2], ListItem(id="x", text=text("x"), line=Line(status=Status.CLEARED)), *mixed.body[2:])
    )
    assert form(qtbot, "x", FIRST, pack=mixed).status.currentText() == "They differ"


# The commands


def test_the_form_sets_every_selected_line_as_one_step(window, qtbot, monkeypatch):
    monkeypatch.setattr(LineDialog, "ask", classmethod(lambda *_: {"owner": "Press Office", "good_until": NINE}))
    before = window.workspace.pack
    select(window, FIRST, THIRD)
    qtbot.waitUntil(window.actions_["review.line"].isEnabled)
    window.actions_["review.line"].trigger()
    assert [line(window, each).owner for each in (FIRST, SECOND, THIRD)] == ["Press Office"] * 3
    assert line(window, OTHER) is None
    window.editor.undo()
    assert window.workspace.pack == before
    assert window.workspace.history.undo_label is None


def test_one_key_clears_and_takes_back(window, qtbot):
    select(window, FIRST, SECOND)
    action = window.actions_["review.cleared"]
    qtbot.waitUntil(action.isEnabled)
    window.editor.setFocus()
    qtbot.keyClick(window.editor, Qt.Key.Key_F9)
    assert [line(window, each).status for each in (FIRST, SECOND)] == [Status.CLEARED] * 2
    assert window.toast.words == "2 lines marked as cleared"
    qtbot.waitUntil(action.isChecked)
    qtbot.keyClick(window.editor, Qt.Key.Key_F9)
    assert [line(window, each).status for each in (FIRST, SECOND)] == [Status.DRAFT] * 2
    qtbot.waitUntil(lambda: not action.isChecked())
    assert [line(window, each).owner for each in (FIRST, SECOND)] == ["Ada", "Wen"]


def test_elsewhere_there_is_no_line_to_change(window, qtbot):
    select(window, FIRST, FIRST)
    qtbot.waitUntil(window.actions_["review.line"].isEnabled)
    window.editor.go_to_block(OTHER)
    qtbot.waitUntil(lambda: not window.actions_["review.line"].isEnabled())
    assert not window.actions_["review.cleared"].isEnabled()


def test_a_pack_that_is_only_read_is_not_changed(window, monkeypatch):
    monkeypatch.setattr(LineDialog, "ask", classmethod(lambda *_: pytest.fail("the form was opened")))
    window.workspace.writable = False
    before = window.workspace.pack
    window.line_commands.edit_line(FIRST)
    select(window, FIRST, FIRST)
    window.line_commands.toggle_cleared()
    assert window.workspace.pack is before
    window.workspace.writable = True


def chip(window, box, field: str) -> QPoint:
    """The middle of the chip that shows a field of a line."""
    rect = next(rect for each, rect in window.editor.margin._bubble(box.note).chips._placed if each.field == field)
    return QPoint(round(LANE + 6 + rect.center().x()), round(box.top + rect.center().y() - scrolled(window)))


def scrolled(window) -> int:
    return window.editor.verticalScrollBar().value()


@pytest.mark.parametrize("field", ["status", "owner", "as_at", ""])
def test_a_click_on_a_chip_or_the_dot_opens_the_form_there(window, qtbot, monkeypatch, field):
    asked = []
    ask = classmethod(lambda _cls, _pack, blocks, _parent, field: asked.append((blocks, field)))
    monkeypatch.setattr(LineDialog, "ask", ask)
    window.resize(1280, 712)
    margin = window.editor.margin
    qtbot.waitUntil(lambda: len(margin.boxes) == 2 and margin.isVisible())
    dot = QPoint(LANE // 2, round(margin._dots[1].y - scrolled(window)))
    at = chip(window, margin.boxes[1], field) if field else dot
    qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=at)
    assert asked == [((SECOND,), field)]
    assert window.editor.current_block() == SECOND


def test_what_is_known_of_a_line_stands_beside_it_in_chips(qapp):
    known = Line(owner="Ada", status=Status.CLEARED, as_at=NINE, good_until=PAST, changes_when="the vote")
    assert [words for _, words in chips_of(known, overdue=True)] == [
        "Cleared", "Ada", "as at 18 May 09:00", "went off 18 Mar 09:00", "until the vote",
    ]  # fmt: skip
    assert [words for _, words in chips_of(Line(), overdue=False)] == ["Draft"]


def test_chips_take_the_rows_that_they_need_and_no_more_room(qapp):
    known = Line(owner="The press office of the department " * 3, as_at=NINE, good_until=NINE)
    narrow, wide = (Chips(known, qapp.font(), width, overdue=False) for width in (140.0, 900.0))
    assert narrow.height > wide.height
    for chips, width in ((narrow, 140), (wide, 900)):
        rects = [rect for _, rect in chips._placed]
        assert max(rect.right() for rect in rects) <= width
        assert not any(one.intersects(other) for at, one in enumerate(rects) for other in rects[:at])
        assert max(rect.bottom() for rect in rects) <= chips.height


@pytest.mark.parametrize(
    ("action", "field"),
    [("review.line_owner", "owner"), ("review.line_until", "good_until"), ("review.line_event", "changes_when")],
)
def test_each_field_has_a_key_of_its_own(window, qtbot, monkeypatch, action, field):
    focused = []

    def fill(form: LineDialog) -> int:
        form.show()
        focused.append(form.focusWidget())
        qtbot.keyClicks(form.focusWidget(), "19/05/2027 10:00")
        return int(form.DialogCode.Accepted)

    monkeypatch.setattr(LineDialog, "exec", fill)
    select(window, THIRD, THIRD)
    qtbot.waitUntil(window.actions_[action].isEnabled)
    window.actions_[action].trigger()
    assert len(focused) == 1
    held = getattr(line(window, THIRD), field)
    assert held == (dt.datetime(2027, 5, 19, 10) if field == "good_until" else "19/05/2027 10:00")
    assert {field} == {name for name in ("owner", "good_until", "changes_when") if getattr(line(window, THIRD), name)}


def test_right_as_at_now_takes_one_key_and_one_undo(window, qtbot):
    select(window, FIRST, SECOND)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.waitUntil(window.actions_["review.line_now"].isEnabled)
    qtbot.keyClick(window.editor, Qt.Key.Key_N, keys)
    now = line(window, FIRST).as_at
    assert now == line(window, SECOND).as_at
    assert abs(now.astimezone() - dt.datetime.now().astimezone()) < dt.timedelta(minutes=2)
    assert window.toast.words.startswith("2 lines right as at ")
    window.editor.undo()
    assert line(window, FIRST).as_at == NINE


# The list


def test_the_status_bar_counts_what_is_due_by_the_meeting_and_leads_there(window, qtbot):
    workspace = window.workspace
    workspace.apply(set_line(workspace.pack, (FIRST, THIRD), changes_when="after the Budget"), "Line")
    window._show_lines()
    assert window.status.lines.text() == "2 lines due by the meeting"
    workspace.apply(set_line(workspace.pack, (SECOND,), good_until=PAST), "Line")
    window._show_lines()
    assert window.status.lines.text() == "1 line past its time, 2 due by the meeting"
    window.status.lines.click()
    panel = window.side.lines
    assert panel.due.currentText() == Due.MEETING.value
    assert [panel.list.item(row).text().split("\n")[0] for row in range(panel.list.count())] == [
        "We will publish in May.",
        "We know what low water costs.",
        "We are listening.",
    ]
    workspace.apply(set_line(workspace.pack, (FIRST, THIRD), changes_when=""), "Line")
    window._show_lines()
    assert window.status.lines.text() == "1 line past its time"


def test_the_status_bar_leads_to_the_lines_that_have_gone_off(window, qtbot, monkeypatch):
    monkeypatch.setattr(LineDialog, "ask", classmethod(lambda *_: {"good_until": PAST}))
    window.line_commands.edit_line(SECOND)
    qtbot.waitUntil(window.status.lines.isVisible)
    assert window.status.lines.text() == "1 line past its time"
    window.status.lines.click()
    panel = window.side.lines
    assert panel.due.currentText() == Due.PAST.value
    assert (panel.list.count(), panel.current) == (1, SECOND)
    assert panel.list.hasFocus()
    window.editor.go_to_block(OTHER)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert window.editor.current_block() == SECOND


def test_the_list_follows_and_filters(window, qtbot, monkeypatch):
    panel = window.side.lines
    window.panes.show("lines")
    assert panel.list.count() == 3
    panel.owner.setCurrentText("Wen")
    assert panel.list.count() == 1
    monkeypatch.setattr(LineDialog, "ask", classmethod(lambda *_: {"owner": "Ada"}))
    panel.list.setCurrentRow(0)
    panel._open_form()
    qtbot.waitUntil(lambda: panel.list.count() == 3)  # Wen owns nothing any more: everybody's are listed again
    assert panel.owner.currentText() == "Everybody's"
    panel.status.setCurrentText("Cleared")
    assert panel.list.count() == 0
    assert panel._notice.isVisibleTo(panel)


# Questions and answers


def test_questions_and_answers_are_typed_as_quickly_as_bullets(opened, qtbot):
    block = Paragraph(text=text(""))
    window = opened(Pack(body=(Heading(text=text("Questions and answers"), role=Role.QA), block))).window
    editor = window.editor
    editor.select(Place(block.id, 0), Place(block.id, 0))
    qtbot.keyClicks(editor, "q: Why now")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "Low water")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "Done")
    said = [each.text.string for each in window.workspace.pack.body[1:]]
    assert said == ["Q: Why now", "A: Low water", "Done"]
    while window.workspace.history.undo_label is not None:
        window.workspace.undo()
    assert window.workspace.pack.body[1].text == text("")


def test_if_pressed_is_typed_among_the_lines(window, qtbot):
    editor = window.editor
    editor.select(Place(THIRD, 17), Place(THIRD, 17))
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "if pressed: Not yet")
    body = window.workspace.pack.body
    assert [(type(block).__name__, block.text.string) for block in body[5:7]] == [
        ("Heading", "If pressed"),
        ("ListItem", "Not yet"),
    ]
    assert body[5].role == Role.IF_PRESSED
    editor.undo()
    editor.undo()
    editor.undo()
    assert "if pressed: " in window.workspace.pack.body[5].text.string
