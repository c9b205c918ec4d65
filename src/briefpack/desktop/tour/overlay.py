"""Steps over the window, each with a ring round the part of it that is spoken of. Nothing moves by itself."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from briefpack.desktop.theme.colours import colours_of
from briefpack.desktop.widgets.parts import button, column, holding, label, named, row

_WIDE = 380
_MARGIN = 16
_GAP = 12
_EDGE = 8
_SHADE = 90
"""How dark what is not spoken of becomes, of 255."""

_FORWARD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_PageDown)
_BACK = (Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)
_WATCH = 100
"""Milliseconds between looks at whether what is spoken of stands elsewhere by now: docks find their place late."""


class Step(NamedTuple):
    """One step: what is said, the part of the window that it is about, and how that is brought to the front."""

    title: str
    words: str
    target: Callable[[], QRect]
    """Gives the part's place in the window."""

    prepare: Callable[[], object] = lambda: None


class Tour(QWidget):
    """Lies over the window while it lasts: Enter goes on, Backspace back, Esc ends it.

    Args:
        steps: what is shown.
        window: what it lies over.
    """

    ended = Signal()
    """It was gone through, or skipped."""

    def __init__(self, steps: Sequence[Step], window: QWidget) -> None:
        super().__init__(window)
        self._steps = tuple(steps)
        self._window = window
        self.at = -1
        """The number of the step that is shown, from 0; -1 before and after."""
        self._ring = QRect()
        self._title = label("", "heading", wrap=True)
        self._words = label("", wrap=True)
        self._count = label("", "muted")
        self.skip = button("Skip the tour", self.end, flat=True, tip="Esc")
        self.back = button("Back", lambda: self.go(self.at - 1))
        self.next = button("Next", lambda: self.go(self.at + 1))
        self.next.setDefault(True)
        for each in (self.skip, self.back, self.next):
            each.setAutoDefault(True)  # Enter presses the one that has the keyboard
        self.card = named(QFrame(self), "Tour")
        self.card.setProperty("kind", "card")
        layout = column(self._title, self._words, margin=_MARGIN, spacing=8)
        layout.addSpacing(4)
        layout.addWidget(holding(row(self._count, self.skip, None, self.back, self.next)))
        self.card.setLayout(layout)
        self._watch = QTimer(self, interval=_WATCH)
        self._watch.timeout.connect(self._again)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        window.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """What the step that is shown says."""
        return f"{self._title.text()}: {self._words.text()}"

    def start(self) -> None:
        """From the first step."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._watch.start()
        self.go(0)

    def end(self) -> None:
        """Leave it, whether all was seen or not."""
        if self.at >= 0:
            self.at = -1
            self._watch.stop()
            self.hide()
            self.ended.emit()

    def go(self, at: int) -> None:
        """Show a step; behind the last the tour ends."""
        if at >= len(self._steps):
            self.end()
            return
        self.at = max(0, at)
        step = self._steps[self.at]
        self._title.setText(step.title)
        self._words.setText(step.words)
        self._count.setText(f"{self.at + 1} of {len(self._steps)}")
        self.back.setEnabled(self.at > 0)
        last = self.at == len(self._steps) - 1
        self.next.setText("Done" if last else "Next")
        self.next.setAccessibleName("Done" if last else "Next")
        self.skip.setVisible(not last)
        step.prepare()
        self.raise_()  # a dock that is brought to the front comes before everything
        self._place()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        said = f"Step {self.at + 1} of {len(self._steps)}. {self.words}"
        self.card.setAccessibleDescription(said)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _place(self) -> None:
        """The ring round what is spoken of, and the card where it hides none of it, if there is room."""
        self._ring = self._wanted()
        width = min(_WIDE, self.width() - 2 * _EDGE)
        self.card.setFixedWidth(width)
        for words in (self._title, self._words):  # as high as their lines: a layout asks for less of wrapped words
            words.setFixedHeight(words.heightForWidth(width - 2 * _MARGIN - 2))
        self.card.adjustSize()
        self.card.move(beside(self._ring, self.card.size(), self.rect()))
        self.update()

    def _wanted(self) -> QRect:
        return self._steps[self.at].target().intersected(self.rect()).adjusted(2, 2, -2, -2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A shade over everything but what is spoken of."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRect(QRectF(self.rect()))
        path.addRoundedRect(QRectF(self._ring), 6, 6)
        painter.fillPath(path, QColor(0, 0, 0, _SHADE))
        painter.setPen(QPen(QColor(colours_of(self.palette()).accent), 2.5))
        painter.drawRoundedRect(QRectF(self._ring), 6, 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On, back, or out."""
        if event.key() in _FORWARD:
            self.go(self.at + 1)
        elif event.key() in _BACK:
            self.go(self.at - 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.end()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round the card, and not under the shade."""
        if self.at < 0:  # it is going: the keyboard goes back to the window
            return super().focusNextPrevChild(forward)
        able = [each for each in (self.skip, self.back, self.next) if each.isVisible() and each.isEnabled()]
        now = next((at for at, each in enumerate(able) if each.hasFocus()), 0)
        able[(now + (1 if forward else -1)) % len(able)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def event(self, event: QEvent) -> bool:
        """No shortcut of the window works under the shade."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What lies under the shade is not clicked."""
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything is elsewhere in a window of another size."""
        super().resizeEvent(event)
        if self.at >= 0:
            self._place()

    def _again(self) -> None:
        if self.at >= 0 and self._wanted() != self._ring:
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.at >= 0:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)


def beside(ring: QRect, card: QSize, room: QRect) -> QPoint:
    """Where a card stands: right of what is spoken of, left, below, above, or in the middle of it; always in the room."""
    right, left = ring.right() + _GAP, ring.left() - _GAP - card.width()
    below, above = ring.bottom() + _GAP, ring.top() - _GAP - card.height()
    middle = ring.center() - QPoint(card.width() // 2, card.height() // 2)
    if right + card.width() <= room.right() - _EDGE:
        found = QPoint(right, ring.top())
    elif left >= room.left() + _EDGE:
        found = QPoint(left, ring.top())
    elif below + card.height() <= room.bottom() - _EDGE:
        found = QPoint(middle.x(), below)
    elif above >= room.top() + _EDGE:
        found = QPoint(middle.x(), above)
    else:
        found = middle
    x = max(room.left() + _EDGE, min(found.x(), room.right() - _EDGE - card.width()))
    y = max(room.top() + _EDGE, min(found.y(), room.bottom() - _EDGE - card.height()))
    return QPoint(x, y)


def place_of(widget: QWidget, window: QWidget) -> QRect:
    """A widget's place in its window; nowhere while it is not to be seen."""
    if not widget.isVisible():
        return QRect()
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def is_free() -> bool:
    """Whether no dialog or menu stands over the window."""
    return QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None
