"""What is known of a line to take, as small chips beside it: status, owner, as at, and when it goes off."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from briefpack.desktop.editor.look import Look
from briefpack.desktop.editor.notes import moment
from briefpack.pack.model import Line

_HIGH = 18.0
_GAP = 4.0
_PAD = 7.0
_DOT = 3.2
_TOP = 2.0


class Chip(NamedTuple):
    """One of them: the field of :class:`~briefpack.pack.model.Line` that it shows, and its words."""

    field: str
    words: str


def chips_of(line: Line, *, overdue: bool) -> Iterator[Chip]:
    """What is known of a line; what is not known has no chip."""
    yield Chip("status", line.status.value.capitalize())
    if line.owner:
        yield Chip("owner", line.owner)
    if line.as_at:
        yield Chip("as_at", f"as at {moment(line.as_at)}")
    if line.good_until:
        yield Chip("good_until", f"{'went off' if overdue else 'until'} {moment(line.good_until)}")
    if line.changes_when:
        yield Chip("changes_when", f"until {line.changes_when}")


class Chips:
    """The chips of a line laid out at a width, in as many rows as they need. ``height`` is what they take."""

    def __init__(self, line: Line, font: QFont, width: float, *, overdue: bool) -> None:
        self._line = line
        self._overdue = overdue
        self._font = font
        metrics = QFontMetricsF(font)
        self._high = max(_HIGH, metrics.height() + 3)
        self._placed: list[tuple[Chip, QRectF]] = []
        x, y = 0.0, _TOP
        for chip in chips_of(line, overdue=overdue):
            dot = 3 * _DOT if chip.field == "status" else 0
            wide = min(width, metrics.horizontalAdvance(chip.words) + 2 * _PAD + dot)
            if x and x + wide > width:
                x, y = 0.0, y + self._high + _GAP
            self._placed.append((chip, QRectF(x, y, wide, self._high)))
            x += wide + _GAP
        self.height = y + self._high + _TOP

    @property
    def words(self) -> tuple[str, ...]:
        """What they say."""
        return tuple(chip.words for chip, _ in self._placed)

    def field_at(self, x: float, y: float) -> str:
        """The field whose chip is at a point; empty for none."""
        return next((chip.field for chip, rect in self._placed if rect.contains(x, y)), "")

    def draw(self, painter: QPainter, left: float, top: float, look: Look, mark: QColor) -> None:
        """The chips with the upper left corner at a point; ``mark`` is the colour of the line's status."""
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        for chip, rect in self._placed:
            frame = rect.translated(left, top)
            warns = self._overdue and chip.field == "good_until"
            painter.setPen(QPen(look.overdue if warns else look.bubble_edge, 1))
            painter.setBrush(look.bubble)
            painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), self._high / 2, self._high / 2)
            inner = frame.adjusted(_PAD, 0, -_PAD + 1, 0)
            if chip.field == "status":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(mark)
                painter.drawEllipse(QPointF(inner.left() + _DOT, frame.center().y()), _DOT, _DOT)
                inner.adjust(3 * _DOT, 0, 0, 0)
            painter.setPen(look.overdue if warns else look.muted)
            words = metrics.elidedText(chip.words, Qt.TextElideMode.ElideRight, inner.width() + 1)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
