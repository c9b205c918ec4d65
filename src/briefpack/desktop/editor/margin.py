"""The margin beside the sheet: comments, flags of lines and sources level with their words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from briefpack.desktop.editor import utf16
from briefpack.desktop.editor.bubbles import FACE, Bubble, flag_colour
from briefpack.desktop.editor.flow import sized
from briefpack.desktop.editor.notes import Box, Note, notes, stacked
from briefpack.desktop.editor.tidy import string_of
from briefpack.pack.model import Clip, Comment, Line

if TYPE_CHECKING:
    from briefpack.desktop.editor.view import PackView

WIDEST = 260
NARROWEST = 170
LANE = 16
"""The strip next to the sheet that holds the dots of lines, so that no line of a bubble crosses them."""

GAP = 6.0
_SETTLE_MS = 30
"""How long after a change the margin is laid out anew: typing is not held up by it."""


class Dot(NamedTuple):
    """The status of a line, level with its first words."""

    y: float
    note: Note


class Margin(QWidget):
    """Shows what stands beside the words of a view, and scrolls with it."""

    chosen_changed = Signal(str)
    """The id of a comment that was clicked, of a clip's block as ``block <id>``, or of a line's as ``line <id> <field>``."""

    pointed_changed = Signal(str)
    """The id of the comment whose bubble the mouse points at; empty for none."""

    laid_out = Signal()
    """Sent when the notes have been placed anew."""

    def __init__(self, view: PackView) -> None:
        super().__init__(view)
        self._view = view
        self._boxes: list[Box] = []
        self._dots: list[Dot] = []
        self._bubbles: dict[str, Bubble] = {}
        self._chosen = ""
        self._pointed = ""
        self._line = ""
        self._timer = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._timer.timeout.connect(self.lay_out)
        self._clock = QTimer(self, interval=60_000)
        self._clock.timeout.connect(self.schedule)
        self._clock.start()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setAccessibleName("Comments, line flags and sources beside the text")
        view.verticalScrollBar().valueChanged.connect(self.update)
        view.document().documentLayout().documentSizeChanged.connect(self.schedule)

    @property
    def boxes(self) -> list[Box]:
        """The notes with their places, in the document's coordinates."""
        return self._boxes

    def is_empty(self) -> bool:
        """Whether nothing stands beside the words of the pack."""
        return next(notes(self._view.pack(), dt.datetime.now().astimezone()), None) is None

    def schedule(self) -> None:
        """Lay everything out soon."""
        if not self._timer.isActive():
            self._timer.start()

    def forget(self) -> None:
        """Lay every bubble out anew: zoom or width changed."""
        self._bubbles.clear()
        self.lay_out()
        self.update()

    def choose(self, comment: str) -> None:
        """Show a comment whole and level with its words; none where the id is empty."""
        if comment != self._chosen:
            self._chosen = comment
            self.lay_out()

    def point_at(self, comment: str) -> None:
        """Show that the mouse points at the words of a comment; at none where the id is empty."""
        if comment != self._pointed:
            self._pointed = comment
            self.update()

    def lay_out(self) -> None:
        """Place every note; repaints only where something stands elsewhere, or says something else."""
        if not self._view.in_step():
            self.schedule()
            return
        self._timer.stop()
        every = notes(self._view.pack(), dt.datetime.now().astimezone())
        found = [note for note in every if not self._view.folding.is_hidden(note.number)]
        tops = [(note, *self._line_of(note)) for note in found]
        wanted = [(note, top, self._bubble(note).height) for note, top, _ in tops]
        end = max(self._view.document().size().height(), self._view.viewport().height()) - GAP
        boxes = stacked(wanted, GAP, self._chosen, end)
        dots = [Dot(top + height / 2, note) for note, top, height in tops if isinstance(note.subject, Line)]
        known = {note.key for note in found}
        self._bubbles = {key: bubble for key, bubble in self._bubbles.items() if key in known}
        if _drawn(boxes) != _drawn(self._boxes) or dots != self._dots:
            self.update()
        self._boxes, self._dots = boxes, dots
        self.laid_out.emit()

    def _line_of(self, note: Note) -> tuple[float, float]:
        """Top and height, in the document, of the line that a note stands beside."""
        document = self._view.document()
        laid = document.findBlockByNumber(note.number)
        rect = document.documentLayout().blockBoundingRect(laid)
        string = string_of(self._view.pack().body[note.number])
        line = laid.layout().lineForTextPosition(min(utf16.to_units(string, note.offset), max(0, laid.length() - 2)))
        if not line.isValid():
            return rect.top(), 18.0
        if note.offset >= len(string) or string == "\ufffc":
            return rect.top() + 4, 18.0
        return rect.top() + line.y(), line.height()

    def _bubble(self, note: Note) -> Bubble:
        """The bubble of a note; laid out once for as long as it says the same."""
        chosen = note.key == self._chosen
        held = self._bubbles.get(note.key)
        if (
            held is None
            or held.note.subject is not note.subject
            or held.note.overdue != note.overdue
            or held.chosen != chosen
        ):
            font = sized(self._view.formats.font(), 0.84 / max(1.0, self._view.formats.zoom * 0.8))
            width = self.width() - LANE - 14
            held = self._bubbles[note.key] = Bubble(note, font, width, self._view.look, chosen=chosen)
        return held

    def paintEvent(self, event: QPaintEvent) -> None:
        """The notes on screen."""
        look = self._view.look
        painter = QPainter(self)
        painter.fillRect(event.rect(), look.desk)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scrolled = self._view.verticalScrollBar().value()
        painter.translate(0, -scrolled)
        area = QRectF(event.rect()).translated(0, scrolled)
        for box in sorted(self._boxes, key=lambda box: box.note.key == self._chosen):
            if box.top + box.height < area.top() - 200 or box.top > area.bottom() + 200:
                continue
            self._connect(painter, box)
            self._bubble(box.note).draw(painter, LANE + 6, box.top, look, self._view.formats.people)
        self._ring(painter)
        painter.setPen(QPen(look.desk, 2))
        for dot in self._dots:
            if area.top() - 10 < dot.y < area.bottom() + 10:
                painter.setBrush(flag_colour(dot.note, look))
                painter.drawEllipse(QPointF(LANE / 2, dot.y), 5, 5)
        painter.end()

    def _ring(self, painter: QPainter) -> None:
        """The edge of the bubble whose words the mouse points at, or that it points at itself."""
        box = next((box for box in self._boxes if box.note.key == self._pointed), None)
        if box is not None:
            painter.setPen(QPen(self._view.look.comment_line, 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            width = self._bubble(box.note).width
            painter.drawRoundedRect(QRectF(LANE + 6.5, box.top + 0.5, width - 1, box.height - 1), 8, 8)

    def _connect(self, painter: QPainter, box: Box) -> None:
        """The thin line from the words' level to the note: across the lane of dots, then along it, then in."""
        look, subject = self._view.look, box.note.subject
        lit = box.note.key in (self._chosen, self._pointed)
        open_ = isinstance(subject, Comment) and (lit or not subject.resolved)
        middle = FACE / 2 + 10 if open_ else FACE / 2 if isinstance(subject, Line) else box.height / 2
        start, end = round(box.anchor + 11) + 0.5, round(box.top + middle) + 0.5
        painter.setPen(QPen(look.comment_line if lit else look.bubble_edge, 1.4 if lit else 1))
        painter.drawPolyline([QPointF(0, start), QPointF(LANE, start), QPointF(LANE, end), QPointF(LANE + 6, end)])

    def _at(self, y: float) -> Box | None:
        at = y + self._view.verticalScrollBar().value()
        return next((box for box in self._boxes if box.top <= at <= box.top + box.height), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a bubble and lights up its words."""
        box = self._at(event.position().y())
        self._line = self._line_at(event.position())
        if box is None:
            self.choose("")
        elif isinstance(box.note.subject, Line):
            return  # its form opens when the button is let go: a form that comes up under a pressed button keeps it pressed
        elif isinstance(box.note.subject, Comment):
            self.choose(box.note.key)
            self.chosen_changed.emit(box.note.key)
        else:
            self.chosen_changed.emit(f"block {self._view.pack().body[box.note.number].id}")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The words of the comment under the mouse light up."""
        box = self._at(event.position().y())
        self.pointed_changed.emit(box.note.key if box and isinstance(box.note.subject, Comment) else "")

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse points at nothing any more."""
        super().leaveEvent(event)
        self.pointed_changed.emit("")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a click belongs to the margin as well; one on a line's flag or dot opens the line."""
        event.accept()
        line, self._line = self._line, ""
        if line and line == self._line_at(event.position()):
            self.chosen_changed.emit(line)

    def _line_at(self, point: QPointF) -> str:
        """The key of the line whose chips or dot is at a point, with the field of a chip behind it; empty for none."""
        y = point.y() + self._view.verticalScrollBar().value()
        if point.x() < LANE:
            return next((dot.note.key for dot in self._dots if abs(dot.y - y) <= LANE / 2), "")
        box = self._at(point.y())
        if box is None or not isinstance(box.note.subject, Line):
            return ""
        chips = self._bubble(box.note).chips
        field = chips.field_at(point.x() - LANE - 6, y - box.top) if chips else ""
        return f"{box.note.key} {field}".strip()

    def event(self, event: QEvent) -> bool:
        """The source of a clip in full, where the pointer rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            box = self._at(event.pos().y())
            if box and isinstance(clip := box.note.subject, Clip):
                said = ", ".join(filter(None, (clip.title, clip.date, clip.source)))
                QToolTip.showText(event.globalPos(), f"{said}\n“{clip.words[:300]}”", self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)


def _drawn(boxes: list[Box]) -> list[tuple[float, float, float, int]]:
    """What of the notes can be seen: where they are, and which values they show."""
    return [(box.anchor, box.top, box.height, id(box.note.subject)) for box in boxes]
