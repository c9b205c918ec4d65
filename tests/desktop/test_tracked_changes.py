"""Tracked changes of the text in the window: gone through, accepted, rejected, listed; one undo each."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from briefpack.pack.edits import Place
from briefpack.pack.model import Pack, Paragraph, Table
from briefpack.pack.proposals import proposed
from briefpack.pack.text import Mark, MarkKind, Text, text
from briefpack.pack.tracked import Proposal, proposal_value
from tests.helpers.packs import marked

_RHODRI = proposal_value(Proposal("Rhodri Vane", dt.datetime(2031, 3, 1, 9)))
_PRIYA = proposal_value(Proposal("Priya Halloway"))
_IN, _OUT = MarkKind.INSERTION, MarkKind.DELETION
_FIRST, _SECOND, _TABLE = (f"01JZ{number:022d}" for number in range(3))


def _pack():
    return Pack(
        body=(
            Paragraph(
                id=_FIRST, text=marked("It opens in springsummer.", ("spring", _OUT, _RHODRI), ("summer", _IN, _RHODRI))
            ),
            Paragraph(text=Text("Nothing is proposed here.")),
            Table(id=_TABLE, rows=((Text("a"), text("36 37", [Mark(0, 3, _OUT, _PRIYA)])),)),
            Paragraph(id=_SECOND, text=text("All of this is new.", [Mark(0, 19, _IN, _PRIYA)])),
        )
    )


@pytest.fixture
def window(opened):
    window = opened(_pack()).window
    window.editor.select(Place(_FIRST, 0), Place(_FIRST, 0))
    window._update()
    return window


def _words(window):
    return [block.text.string for block in window.workspace.pack.body if isinstance(block, Paragraph)]


def _do(window, name):
    window._update()
    assert window.actions_[f"review.{name}"].isEnabled(), name
    window.actions_[f"review.{name}"].trigger()


def test_next_and_previous_go_round(window):
    seen = []
    for _ in range(4):
        _do(window, "next_change")
        seen.append(window.changes.current.what)
    assert seen == ["Replacement", "Deletion", "Insertion", "Replacement"]
    assert window.editor.selection() == (Place(_FIRST, 12), Place(_FIRST, 24))
    _do(window, "previous_change")
    assert window.changes.current.what == "Insertion"
    _do(window, "previous_change")
    assert window.editor.current_block() == _TABLE


def test_accepting_is_one_step_and_goes_on(window):
    before = window.workspace.pack
    _do(window, "next_change")
    _do(window, "accept_change")
    assert _words(window)[0] == "It opens in summer."
    assert window.changes.current.what == "Deletion"
    _do(window, "accept_change")
    assert window.workspace.pack.block(_TABLE).rows[0][1].string == "37"
    _do(window, "reject_change")
    assert _words(window) == ["It opens in summer.", "Nothing is proposed here."]
    assert proposed(window.workspace.pack) == ()
    for _ in range(3):
        window.editor.undo()
    assert window.workspace.pack == before


def test_the_caret_says_which_change(window):
    assert not window.actions_["review.accept_change"].isEnabled()
    window.editor.select(Place(_FIRST, 14), Place(_FIRST, 14))
    _do(window, "reject_change")
    assert _words(window)[0] == "It opens in spring."


@pytest.mark.parametrize(
    ("action", "left"),
    [
        ("accept_changes", ["It opens in summer.", "Nothing is proposed here.", "All of this is new."]),
        ("reject_changes", ["It opens in spring.", "Nothing is proposed here."]),
    ],
)
def test_all_at_once_is_one_step(window, action, left):
    before = window.workspace.pack
    _do(window, action)
    assert _words(window) == left
    window.editor.undo()
    assert window.workspace.pack == before


def test_a_pack_without_changes_says_so(opened, qtbot):
    window = opened(Pack(body=(Paragraph(text=Text("Plain.")),))).window
    for name in ("next_change", "accept_changes", "reject_changes"):
        with qtbot.waitSignal(window.changes.said, timeout=2000) as told:
            _do(window, name)
        assert told.args[0] == "There are no tracked changes in the text"


def test_the_list_follows_the_document(window, qtbot):
    _do(window, "changes")
    dialog = window.changes.list
    assert dialog.summary.text() == "3 changes"
    assert [dialog.list.topLevelItem(at).text(2) for at in range(3)] == [
        "“spring” → “summer”",
        "36",
        "All of this is new.",
    ]
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_A)
    assert _words(window)[0] == "It opens in summer."
    assert dialog.list.topLevelItemCount() == 2
    qtbot.keyClick(dialog.list, Qt.Key.Key_R)
    assert window.workspace.pack.block(_TABLE).rows[0][1].string == "36 37"
    window.editor.undo()
    assert dialog.summary.text() == "2 changes"
    dialog.accept_every.click()
    assert dialog.summary.text() == ""
    assert not dialog.accept_one.isEnabled()


def test_a_choice_in_the_list_goes_to_the_words(window):
    _do(window, "changes")
    dialog = window.changes.list
    dialog.list.setCurrentItem(dialog.list.topLevelItem(2))
    assert window.editor.selection() == (Place(_SECOND, 0), Place(_SECOND, 19))


def test_a_pack_that_cannot_be_written_cannot_be_settled(window):
    window.workspace.writable = False
    _do(window, "changes")
    assert not window.changes.list.accept_one.isEnabled()
