"""The first look round: by keyboard, once, and again when asked."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication

from briefpack.desktop.settings import Settings
from briefpack.desktop.tour.overlay import beside, place_of
from briefpack.pack.model import Heading, Pack, Paragraph
from briefpack.pack.text import text

PACK = Pack(body=(Heading(text=text("Low water")), Paragraph(text=text("About it."))))


@pytest.fixture
def window(opened):
    return opened(PACK).window


@pytest.fixture
def tour(window):
    window.resize(1280, 712)
    window.actions_["help.tour"].trigger()
    return window.guide.tour


def test_five_steps_by_keyboard_point_at_what_is_there(window, tour, qtbot):
    said = []
    while window.guide.tour is not None:
        said.append(tour.words)
        assert tour.next.hasFocus()
        assert not tour._ring.isEmpty(), tour.words
        assert tour.rect().contains(tour.card.geometry()), tour.words
        assert tour._words.height() >= tour._words.heightForWidth(tour._words.width()), "no word is cut off"
        qtbot.keyClick(tour.next, Qt.Key.Key_Return)
    assert len(set(said)) == 5
    assert "Ctrl+G" in said[0]
    assert window.focusWidget() is window.editor


def test_the_ring_is_round_the_real_thing(window, tour, qtbot):
    for at, widget in enumerate((window.panes["outline"], window.editor, window.panes["archive"])):
        tour.go(at)
        qtbot.waitUntil(lambda widget=widget: place_of(widget, window).adjusted(2, 2, -2, -2) == tour._ring)
    tour.go(4)
    assert tour._ring.width() < 200
    assert window._tools.geometry().intersects(tour._ring)


def test_backspace_goes_back_and_esc_ends_it_for_good(window, tour, qtbot):
    qtbot.keyClick(tour.next, Qt.Key.Key_PageDown)
    assert tour.at == 1
    qtbot.keyClick(tour.next, Qt.Key.Key_Backspace)
    assert tour.at == 0
    assert not tour.back.isEnabled()
    qtbot.keyClick(tour.next, Qt.Key.Key_Escape)
    assert window.guide.tour is None
    assert Settings().toured


def test_enter_presses_the_button_that_has_the_keyboard_and_tab_stays_on_the_card(tour, qtbot):
    tour.go(2)
    buttons = set()
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        buttons.add(QApplication.focusWidget())
    assert buttons == {tour.skip, tour.back, tour.next}
    tour.back.setFocus()
    qtbot.keyClick(tour.back, Qt.Key.Key_Return)
    assert tour.at == 1


def test_the_shade_lies_over_every_dock_at_every_step(window, tour):
    for at in range(5):
        tour.go(at)
        for name in ("outline", "archive"):
            over = window.childAt(place_of(window.panes[name], window).center())
            assert over is tour or tour.isAncestorOf(over), (at, name)


def test_nothing_under_the_shade_is_typed_into_or_clicked(window, tour, qtbot):
    before = window.workspace.pack
    qtbot.keyClicks(tour.next, "x")
    qtbot.keyClick(tour.next, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(tour.next, Qt.Key.Key_F11)
    qtbot.mouseClick(window.childAt(place_of(window.editor, window).center()), Qt.MouseButton.LeftButton)
    assert window.workspace.pack is before
    assert not window.editor.folding.focused
    assert window.guide.tour is tour


def test_it_follows_the_size_of_the_window(window, tour, qtbot):
    window.resize(900, 640)
    qtbot.waitUntil(
        lambda: tour.size() == window.size() and place_of(window.panes["outline"], window).contains(tour._ring)
    )
    assert tour.rect().contains(tour.card.geometry())


def test_it_is_offered_at_the_first_pack_and_never_again(make_desktop, pack_file, qtbot):
    path = pack_file(PACK)
    first = make_desktop()
    first.window.guide.offer()
    with qtbot.waitSignal(first.documents.opened):
        first.documents.open(path)
    qtbot.waitUntil(lambda: first.window.guide.tour is not None)
    qtbot.mouseClick(first.window.guide.tour.skip, Qt.MouseButton.LeftButton)
    assert first.window.guide.tour is None
    first.documents.close()
    with qtbot.waitSignal(first.documents.opened):
        first.documents.open(path)
    second = make_desktop()
    second.window.guide.offer()
    with qtbot.waitSignal(second.documents.opened):
        second.documents.open(path)
    QApplication.processEvents()
    assert first.window.guide.tour is None
    assert second.window.guide.tour is None


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        (QRect(0, 50, 240, 600), QPoint(252, 50)),
        (QRect(900, 50, 300, 600), QPoint(568, 50)),
        (QRect(0, 0, 1200, 60), QPoint(440, 72)),
        (QRect(0, 400, 1200, 300), QPoint(440, 188)),
        (QRect(0, 0, 1200, 700), QPoint(440, 250)),
    ],
    ids=["right", "left", "below", "above", "middle"],
)
def test_the_card_stands_beside_what_is_spoken_of(ring, expected):
    found = beside(ring, QSize(320, 200), QRect(0, 0, 1200, 700))
    assert (found - expected).manhattanLength() <= 3
