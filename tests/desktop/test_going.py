"""Going to a heading, a line or an object by a few letters."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from briefpack.desktop.outline.going import GoToList
from briefpack.desktop.outline.places import spots
from briefpack.desktop.widgets.matching import fit
from briefpack.pack.model import Heading, ListItem, Pack, PageBreak, Paragraph, Table
from briefpack.pack.roles import Role
from briefpack.pack.text import text


def pack() -> Pack:
    return Pack(
        body=(
            Heading(text=text("Annotated agenda"), level=1, role=Role.AGENDA),
            Heading(text=text("Low water"), level=2, role=Role.ITEM),
            Heading(text=text("Lines to take"), level=3, role=Role.LINES),
            ListItem(text=text("We know what low water costs.")),
            Heading(text=text("Locks"), level=2, role=Role.ITEM),
            Heading(text=text("Lines to take"), level=3, role=Role.LINES),
            Heading(text=text("Background"), level=1, role=Role.BACKGROUND),
            Paragraph(text=text("No line at all.")),
            Table(rows=((text("Year"), text("Miles")),)),
            PageBreak(),
        )
    )


# What fits


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("lin", "Lines to take", "Headlines"),
        ("to ta", "Lines to take", "Tomatoes"),
        ("ltt", "Lines to take", "Let us talk"),
        ("water low", "Low water", "Slow underwater"),
        ("back", "Background", "Feedback"),
    ],
)
def test_what_begins_a_word_fits_better(typed, better, worse):
    assert fit(typed, better) > fit(typed, worse)


def test_what_fits_and_what_does_not():
    assert fit("", "Anything")
    assert fit("bckgr", "Background")
    assert not fit("zz", "Background")
    assert not fit("back lines", "Background")
    assert fit("water lines", "Lines to take", "Low water") > 0
    assert not fit("water lines", "Lines to take", "Locks")


# The list


def test_headings_come_first_then_lines_and_objects():
    found = spots(pack())
    assert [(spot.depth, spot.name) for spot in found[:3]] == [
        (0, "Annotated agenda"),
        (1, "Low water"),
        (2, "Lines to take"),
    ]
    assert [spot.name for spot in found[6:]] == ["We know what low water costs.", "Table: 1 row, 2 columns"]
    assert found[2].under == "Low water"
    assert found[2].shape == "role.lines"


@pytest.fixture
def going(qtbot, desktop):
    made = GoToList(pack(), desktop.window)
    qtbot.addWidget(made)
    made.show()
    return made


def test_letters_narrow_it_and_enter_takes_the_best(going, qtbot):
    assert going.focusWidget() is going.field
    qtbot.keyClicks(going.field, "locks lines")
    assert going.names == ["Lines to take"]
    qtbot.keyClick(going.field, Qt.Key.Key_Return)
    assert going.block == going._spots[4].block


def test_arrows_go_round(going, qtbot):
    qtbot.keyClicks(going.field, "lines")
    assert going.names[:2] == ["Lines to take", "Lines to take"]
    qtbot.keyClick(going.field, Qt.Key.Key_Down)
    qtbot.keyClick(going.field, Qt.Key.Key_Return)
    assert going.block == going._spots[4].block


def test_where_nothing_fits_it_says_so_and_enter_takes_nothing(going, qtbot):
    qtbot.keyClicks(going.field, "zzz")
    assert not going.list.isVisible()
    qtbot.keyClick(going.field, Qt.Key.Key_Return)
    assert going.block == ""
    assert going.isVisible()
    qtbot.keyClick(going.field, Qt.Key.Key_Escape)
    assert not going.isVisible()
    assert going.block == ""


def test_the_caret_goes_there(opened, qtbot):
    window = opened(pack()).window
    target = window.workspace.pack.body[6]

    def choose() -> None:
        going = QApplication.activeModalWidget()
        assert isinstance(going, GoToList)
        qtbot.keyClicks(going.field, "backgr")
        qtbot.keyClick(going.field, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)
    window.actions_["edit.go_to"].trigger()
    assert window.editor.current_block() == target.id
    assert window.focusWidget() is window.editor


def test_going_elsewhere_leaves_the_list(going, qtbot):
    qtbot.waitUntil(going.isActiveWindow)
    going.parentWidget().activateWindow()
    qtbot.waitUntil(lambda: not going.isVisible())
    assert going.block == ""
