"""The strip that shows where in time the results lie, and narrows the search to a part of it."""

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from briefpack.archive import Bar, Filters, Timeline
from briefpack.desktop.archive.timeline import TimelineStrip, sentence, ticks
from briefpack.desktop.widgets.parts import column, holding
from briefpack.pack.periods import Period, periods
from tests.desktop.test_archive_search import ask, panel  # noqa: F401 - a fixture

YEARS = periods(dt.date(2014, 1, 1), dt.date(2018, 1, 1), 5)
SOME = Timeline(tuple(Bar(year, count, certain) for year, count, certain in zip(
    YEARS, (4, 0, 10, 1, 2), (4, 0, 7, 0, 2), strict=True)), undated=2, total=16)  # fmt: skip


@pytest.fixture
def strip(qtbot: QtBot) -> Iterator[TimelineStrip]:
    made = TimelineStrip()
    made.show_timeline(SOME)
    field = QLineEdit()
    window = holding(column(field, made))
    qtbot.addWidget(window)
    window.resize(340, 140)
    window.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield made
    window.close()


def test_it_says_what_it_shows(strip: TimelineStrip) -> None:
    assert strip.said == "2014 to 2018 · 2 without a date"
    names = [bar.accessibleName() for bar in strip.bars]
    assert names[0] == "2014: 4 documents"
    assert names[2] == "2016: 10 documents, 3 of them not dated so exactly"
    assert names[3] == "2017: 1 document, not dated so exactly"
    assert all(bar.accessibleDescription() for bar in strip.bars)
    interface = QAccessible.queryAccessibleInterface(strip.bars[2])
    assert interface.role() == QAccessible.Role.Button
    assert strip.widen.isHidden()


def test_without_several_periods_there_is_nothing_to_choose(strip: TimelineStrip) -> None:
    strip.show_timeline(Timeline(SOME.bars[:1], 0, 4))
    assert strip.isHidden()
    strip.show_timeline(Timeline(SOME.bars[:1], 0, 4), narrowed=True)
    assert not strip.isHidden()
    assert not strip.widen.isHidden()
    strip.show_timeline(None)
    assert strip.isHidden()
    assert sentence(Timeline()) == ""


def test_a_click_narrows_to_a_bar(strip: TimelineStrip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.narrowed) as narrowed:
        qtbot.mouseClick(strip.bars[2], Qt.MouseButton.LeftButton)
    assert narrowed.args == [Period(dt.date(2016, 1, 1), dt.date(2017, 1, 1))]


def test_a_drag_narrows_to_several_in_either_direction(strip: TimelineStrip, qtbot: QtBot) -> None:
    for first, last in ((1, 3), (3, 1)):
        bars = strip.bars
        to = bars[first].mapFrom(bars[last].parentWidget(), bars[last].geometry().center())
        qtbot.mousePress(bars[first], Qt.MouseButton.LeftButton)
        qtbot.mouseMove(bars[first], to)
        bars[first]._plot.drag(bars[first].mapToParent(to))  # offscreen, a move carries no buttons
        assert strip.said == "2015 to 2017"
        with qtbot.waitSignal(strip.narrowed) as narrowed:
            qtbot.mouseRelease(bars[first], Qt.MouseButton.LeftButton, pos=to)
        assert narrowed.args == [Period(dt.date(2015, 1, 1), dt.date(2018, 1, 1))]


def test_the_keyboard_goes_from_bar_to_bar_and_narrows(strip: TimelineStrip, qtbot: QtBot) -> None:
    bars = strip.bars
    bars[0].setFocus()
    qtbot.waitUntil(bars[0].hasFocus)
    qtbot.keyClick(bars[0], Qt.Key.Key_Right)
    assert bars[1].hasFocus()
    assert strip.said == "2015: 0 documents"
    qtbot.keyClick(bars[1], Qt.Key.Key_End)
    qtbot.keyClick(bars[4], Qt.Key.Key_Right)
    assert bars[4].hasFocus(), "there is nothing beyond the last"
    qtbot.keyClick(bars[4], Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(strip.narrowed) as narrowed:
        qtbot.keyClick(bars[3], Qt.Key.Key_Return)
    assert narrowed.args == [Period(dt.date(2017, 1, 1), dt.date(2019, 1, 1))]
    with qtbot.assertNotEmitted(strip.widened):
        qtbot.keyClick(bars[3], Qt.Key.Key_Escape)
    strip.show_timeline(SOME, narrowed=True)
    with qtbot.waitSignal(strip.widened):
        qtbot.keyClick(bars[3], Qt.Key.Key_Escape)


def test_tab_stops_once(strip: TimelineStrip) -> None:
    stops = [bar for bar in strip.bars if bar.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == strip.bars[:1]


def test_the_keyboard_stays_when_other_bars_come(strip: TimelineStrip, qtbot: QtBot) -> None:
    strip.bars[3].setFocus()
    qtbot.waitUntil(strip.bars[3].hasFocus)
    strip.show_timeline(Timeline(SOME.bars[:2], 0, 4))
    qtbot.waitUntil(strip.bars[1].hasFocus)


def test_what_stands_under_the_bars() -> None:
    months = periods(dt.date(2017, 11, 3), dt.date(2018, 2, 1), 36)
    assert ticks(months) == ["2017", "Dec", "2018", "Feb"]
    assert ticks(periods(dt.date(2016, 11, 3), dt.date(2018, 2, 1), 8)) == ["2016", "2017", "", "", "", "2018"]


def test_the_search_narrows_step_by_step_and_widens_again(panel, qtbot: QtBot) -> None:  # noqa: F811 - the fixture
    ask(panel, "the", qtbot)
    strip = panel.timeline
    qtbot.waitUntil(lambda: not strip.isHidden())
    assert [bar.accessibleName() for bar in strip.bars] == [
        "March 2026: 1 document", "April 2026: 0 documents", "May 2026: 1 document",
    ]  # fmt: skip
    qtbot.mouseClick(strip.bars[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1 and not panel.library.busy)
    assert panel.filtering.filters == Filters(after=dt.date(2026, 5, 1), before=dt.date(2026, 6, 1))
    assert [chip.text() for chip in panel.filtering.chips] == ["May 2026"]
    qtbot.waitUntil(lambda: len(strip.bars) == 1 and not strip.widen.isHidden())
    qtbot.mouseClick(strip.widen, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2 and not panel.library.busy)
    assert panel.filtering.filters == Filters()
    panel.field.clear()
    qtbot.waitUntil(strip.isHidden)


def test_widening_goes_back_through_what_was_narrowed(panel) -> None:  # noqa: F811 - the fixture
    filtering = panel.filtering
    year, month = Period(dt.date(2026, 1, 1), dt.date(2027, 1, 1)), Period(dt.date(2026, 5, 1), dt.date(2026, 6, 1))
    filtering.set_days(year)
    filtering.set_days(month)
    filtering.widen_days()
    assert (filtering.filters.after, filtering.filters.before) == (year.start, year.end)
    filtering.widen_days()
    assert not filtering.narrows_days
    filtering.set_days(year)
    filtering.set(Filters(after=month.start))
    filtering.widen_days()
    assert not filtering.narrows_days, "days that were set otherwise are no step of the strip"
