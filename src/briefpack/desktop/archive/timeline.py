"""The strip over the hits that shows where in time they lie, and narrows the search to a part of it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from briefpack.archive.model import Bar, Timeline
from briefpack.desktop.theme.colours import colours_of
from briefpack.desktop.widgets.parts import holding, label, named, row, tool
from briefpack.pack.dates import MONTH_NAMES
from briefpack.pack.periods import Period

_HEIGHT = 40
_LEAST = 3
"""Pixels that the smallest bar is high, so that one document can be seen."""

_WIDEST = 64
"""Pixels that a bar is wide at most: a few bars are not walls."""

_APART = 6
"""Pixels between two labels at least."""

_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TimelineStrip(QWidget):
    """Bars, one a period; what is chosen among them is a period, too.

    A click, or Enter, narrows to one bar; a drag, or Enter after arrow keys with Shift, to several. Esc and the cross
    widen again.
    """

    narrowed = Signal(object)
    """The :class:`~briefpack.pack.periods.Period` that is wanted alone."""

    widened = Signal()
    """All days are wanted again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "When they were published")
        self._shown = Timeline()
        self._narrow = False
        self._said = named(label("", "muted"), "Where in time the results lie")
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.widen = tool("Show all dates", "close", self.widened.emit, "Show the results of all dates again (Esc)")
        self.widen.setIconSize(QSize(14, 14))
        self._plot = _Plot(self)
        self._plot.pointed.connect(self._say)
        self._plot.chosen.connect(self.narrowed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 8)
        layout.setSpacing(2)
        layout.addWidget(holding(row(self._said, self.widen, spacing=4)))
        layout.addWidget(self._plot)
        self.hide()

    @property
    def shown(self) -> Timeline:
        """What is shown."""
        return self._shown

    @property
    def bars(self) -> "list[_BarButton]":
        """The bars, in the order of time."""
        return self._plot.bars

    @property
    def said(self) -> str:
        """The line over the bars."""
        return self._said.text()

    def show_timeline(self, timeline: Timeline | None, *, narrowed: bool = False) -> None:
        """Show where results lie; without several periods to choose from, or results, there is nothing to show.

        Args:
            timeline: of the results; None where nothing is searched for.
            narrowed: whether the search is narrowed to some days.
        """
        timeline = timeline or Timeline()
        self._narrow = narrowed
        self.widen.setVisible(narrowed)
        if timeline != self._shown:
            self._shown = timeline
            self._plot.show_bars(timeline.bars)
        self._say(None)
        self.setVisible(len(timeline.bars) > 1 or (narrowed and bool(timeline.bars)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Esc widens again."""
        if event.key() == Qt.Key.Key_Escape and self._narrow:
            self.widened.emit()
        else:
            super().keyPressEvent(event)

    def _say(self, pointed: Period | None) -> None:
        """Say what is pointed at, else what all bars together are."""
        words = sentence(self._shown) if pointed is None else self._plot.words(pointed)
        self._said.setText(words)
        self._said.setToolTip(words)


class _Plot(QWidget):
    """The bars side by side, with years or months under them."""

    pointed = Signal(object)
    """The period that mouse or keyboard are at, or None."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.bars: list[_BarButton] = []
        self._from = self._to = -1
        self._dragging = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt's."""
        return QSize(200, _HEIGHT + 4 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Qt's."""
        return QSize(0, self.sizeHint().height())

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars. The keyboard stays at its place, or goes to the end."""
        had = any(bar.hasFocus() for bar in self.bars)
        at = max(self._to, 0)
        for old in self.bars:
            old.hide()
            old.deleteLater()
        most = max((bar.count for bar in bars), default=1)
        self.bars = [_BarButton(bar, bar.count / most if most else 0, self) for bar in bars]
        for made in self.bars:
            made.show()
        self._from = self._to = -1
        self._place()
        if self.bars:
            self._reachable(min(at, len(self.bars) - 1))
            if had:
                self.bars[min(at, len(self.bars) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    @property
    def picked(self) -> range:
        """The places of the bars that are picked."""
        return range(min(self._from, self._to), max(self._from, self._to) + 1) if self._to >= 0 else range(0)

    def words(self, period: Period) -> str:
        """What is to be said of the bars of a period."""
        inside = [bar.bar for bar in self.bars if period.touches(bar.bar.period.start, bar.bar.period.last)]
        return bar_words(inside[0]) if len(inside) == 1 else period.words

    def pick(self, at: int, *, several: bool = False) -> None:
        """Pick the bar at a place, or all from the first picked to it."""
        at = max(0, min(at, len(self.bars) - 1))
        if not several or self._from < 0:
            self._from = at
        self._to = at
        self._reachable(at)
        self._say()

    def step(self, by: int, *, several: bool) -> None:
        """Go to another bar with the keyboard."""
        at = max(0, min(self._to + by, len(self.bars) - 1))
        self.pick(at, several=several)
        self.bars[at].setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self) -> None:
        """Narrow to what is picked."""
        if self.picked:
            self.chosen.emit(self._period())

    def forget(self) -> None:
        """Pick nothing, unless the keyboard is here."""
        if not any(bar.hasFocus() for bar in self.bars) and not self._dragging:
            self._from = self._to = -1
            self._say()

    def drag(self, at: QPoint) -> None:
        """The mouse is pressed and moves."""
        self._dragging = True
        self.pick(self._at(at), several=True)

    def release(self) -> None:
        """The mouse is let go: it narrows to what was drawn over."""
        self._dragging = False
        self.choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: the ground line, and what the bars are."""
        painter = QPainter(self)
        colours = colours_of(self.palette())
        painter.setPen(QColor(colours.line))
        painter.drawLine(0, _HEIGHT, self.width(), _HEIGHT)
        painter.setPen(QColor(colours.muted))
        base = _HEIGHT + 4 + QFontMetrics(self.font()).ascent()
        for left, words in self._labels():
            painter.drawText(QPoint(left, base), words)
        painter.end()

    def _labels(self) -> list[tuple[int, str]]:
        """What stands under the bars, and where: the years first, then such months as have room between them."""
        metrics = QFontMetrics(self.font())
        taken: list[tuple[int, int]] = []
        found = []
        labels = zip(self.bars, ticks([bar.bar.period for bar in self.bars]), strict=True)
        for bar, words in sorted(labels, key=lambda each: not each[1].isdigit()):
            wide = metrics.horizontalAdvance(words)
            left = max(0, min(bar.geometry().center().x() - wide // 2, self.width() - wide))
            if words and not any(left < end and start < left + wide + _APART for start, end in taken):
                taken.append((left, left + wide + _APART))
                found.append((left, words))
        return found

    def _reachable(self, at: int) -> None:
        """Let Tab go to one bar alone; the arrow keys lead to the others."""
        for place, bar in enumerate(self.bars):
            bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == at else Qt.FocusPolicy.ClickFocus)

    def _at(self, point: QPoint) -> int:
        return next(
            (at for at, bar in enumerate(self.bars) if point.x() < bar.geometry().right() + 1), len(self.bars) - 1
        )

    def _period(self) -> Period:
        first, last = self.bars[self.picked[0]], self.bars[self.picked[-1]]
        return Period(first.bar.period.start, last.bar.period.end)

    def _say(self) -> None:
        for at, bar in enumerate(self.bars):
            bar.set_picked(at in self.picked)
        self.pointed.emit(self._period() if self.picked else None)

    def _place(self) -> None:
        count = len(self.bars)
        wide = min(self.width(), count * _WIDEST)
        for at, bar in enumerate(self.bars):
            left, right = wide * at // count, wide * (at + 1) // count
            bar.setGeometry(QRect(left, 0, right - left, _HEIGHT))


class _BarButton(QAbstractButton):
    """One bar: solid as far as its documents are dated so exactly, pale as far as they may lie there."""

    def __init__(self, bar: Bar, height: float, plot: _Plot) -> None:
        super().__init__(plot)
        self.bar = bar
        self._height = height
        self._plot = plot
        self._is_picked = False
        named(self, bar_words(bar), bar_words(bar))
        self.setAccessibleDescription("Press Enter to show these alone, with Shift and the arrow keys several periods")
        self.setMouseTracking(True)

    def set_picked(self, picked: bool) -> None:
        """Whether the bar is among those that are pointed at."""
        if picked != self._is_picked:
            self._is_picked = picked
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: arrows go from bar to bar, Enter narrows."""
        several = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = Qt.Key(event.key())
        if key in _KEYS:
            self._plot.step(_KEYS[key], several=several)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            far = len(self._plot.bars)
            self._plot.step(-far if key == Qt.Key.Key_Home else far, several=several)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._plot.choose()
        else:
            event.ignore()

    def nextCheckState(self) -> None:
        """Qt's: a screen reader presses the bar."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._plot.pick(self._plot.bars.index(self))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._plot.drag(self.mapToParent(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._plot.release()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt's."""
        super().enterEvent(event)
        self._plot.pick(self._plot.bars.index(self))

    def leaveEvent(self, event: QEvent) -> None:
        """Qt's."""
        super().leaveEvent(event)
        self._plot.forget()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's."""
        super().focusInEvent(event)
        at = self._plot.bars.index(self)
        if at not in self._plot.picked:
            self._plot.pick(at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's."""
        super().focusOutEvent(event)
        self._plot.forget()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's."""
        colours = colours_of(self.palette())
        painter = QPainter(self)
        if self._is_picked:
            painter.fillRect(self.rect(), QColor(colours.pressed if self.hasFocus() else colours.hover))
        gap = 1 if self.width() > 4 else 0
        inner = QRectF(self.rect()).adjusted(gap, 0, -gap, 0)
        accent = self.palette().color(QPalette.ColorRole.Accent)
        pale = QColor(accent)
        pale.setAlphaF(0.35)
        high = max(_LEAST, round((_HEIGHT - 4) * self._height)) if self.bar.count else 0
        solid = round(high * self.bar.certain / self.bar.count) if self.bar.count else 0
        painter.fillRect(inner.adjusted(0, inner.height() - high, 0, -solid), pale)
        painter.fillRect(inner.adjusted(0, inner.height() - solid, 0, 0), accent)
        if self.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def bar_words(bar: Bar) -> str:
    """What a bar says: "November 2017: 12 documents, 3 of them not dated so exactly"."""
    count = f"{bar.count:,} document{'' if bar.count == 1 else 's'}"
    loose = bar.count - bar.certain
    if not loose:
        return f"{bar.period.words}: {count}"
    which = "not dated so exactly" if bar.count == 1 else f"{loose:,} of them not dated so exactly"
    return f"{bar.period.words}: {count}, {which}"


def sentence(timeline: Timeline) -> str:
    """What all bars together are: "November 2017 to March 2019 · 2 without a date"."""
    if not timeline.bars:
        return ""
    words = Period(timeline.bars[0].period.start, timeline.bars[-1].period.end).words
    return f"{words} · {timeline.undated:,} without a date" if timeline.undated else words


def ticks(periods: Sequence[Period]) -> list[str]:
    """What stands under each bar: its first year where that is new, else the month of one that begins no year."""
    found, year = [], 0
    for period in periods:
        if period.start.year != year:
            found.append(str(period.start.year))
        else:
            found.append(MONTH_NAMES[period.start.month - 1][:3] if len(period.words.split()) == 2 else "")
        year = period.start.year
    return found
