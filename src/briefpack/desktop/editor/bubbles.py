"""What stands beside the text, drawn: bubbles for comments, chips for lines, one line each for sources."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from briefpack.desktop.editor.chips import Chips
from briefpack.desktop.editor.flow import Flow, sized
from briefpack.desktop.editor.look import Look
from briefpack.desktop.editor.notes import NAMELESS, Note, moment, source_words
from briefpack.desktop.theme.people import person_colour
from briefpack.pack.model import Comment, Line, Reply, Status
from briefpack.pack.text import Text, text

PAD = 10.0
FACE = 22.0
"""The diameter of the circle that holds the initials."""

FOLDED_LINES = 5
"""Lines of a comment that is not chosen."""

FOLDED_REPLIES = 1

NARROW = 200.0
"""Bubbles that are narrower have their times and flags on two lines."""


class Part(NamedTuple):
    """A text of a bubble with its place and whether it is said in a low voice."""

    flow: Flow
    x: float
    y: float
    muted: bool


class Face(NamedTuple):
    """A circle with initials."""

    x: float
    y: float
    size: float
    initials: str
    author: str | None


class Bubble:
    """One note laid out at a width."""

    def __init__(self, note: Note, font: QFont, width: float, look: Look, *, chosen: bool) -> None:
        self.note = note
        self.chosen = chosen
        self.width = width
        self._font = font
        self._look = look
        self._parts: list[Part] = []
        self._faces: list[Face] = []
        self.chips: Chips | None = None
        subject = note.subject
        if isinstance(subject, Comment):
            self.height = self._thread(subject)
        elif isinstance(subject, Line):
            self.chips = Chips(subject, sized(font, 0.92), width, overdue=note.overdue)
            self.height = self.chips.height
        else:
            self.height = self._line(source_words(subject))

    def _say(
        self,
        said: str,
        x: float,
        y: float,
        *,
        size: float = 1.0,
        lines: int = 0,
        bold: bool = False,
        muted: bool = False,
    ) -> float:
        """Lay a text and return the y below it."""
        flow = Flow(text(said), sized(self._font, size, bold=bold), self.width - x - PAD, self._look, lines=lines)
        self._parts.append(Part(flow, x, y, muted))
        return y + flow.height

    def _line(self, said: str) -> float:
        return self._say(said, 16, 3, size=0.92, lines=2 if self.width < NARROW else 1, muted=True) + 3

    def _thread(self, comment: Comment) -> float:
        if comment.resolved and not self.chosen:
            said = f"Resolved · {comment.text}"
            self._faces.append(Face(PAD, 5, 18, comment.initials or initials(comment.author), None))
            return self._say(said, PAD + 24, 6.5, size=0.92, lines=1, muted=True) + 6
        y = self._said_by(comment, PAD, FACE)
        y = self._say(comment.text, PAD, y, lines=0 if self.chosen else FOLDED_LINES)
        replies = comment.replies
        if not self.chosen and len(replies) > FOLDED_REPLIES:
            hidden = len(replies) - FOLDED_REPLIES
            y = self._say(f"{hidden} more {'reply' if hidden == 1 else 'replies'}", PAD, y + 5, size=0.9, muted=True)
            replies = replies[hidden:]
        for reply in replies:
            y = self._said_by(reply, y + 8, 18, x=PAD + 8)
            y = self._say(reply.text, PAD + 8, y, lines=0 if self.chosen else 3)
        if comment.resolved:
            y = self._say("Resolved", PAD, y + 5, size=0.9, bold=True, muted=True)
        return y + PAD - 1

    def _said_by(self, said: Comment | Reply, y: float, size: float, x: float = PAD) -> float:
        """The circle, name and time of a comment or reply; returns the y below them."""
        name = said.author or NAMELESS
        self._faces.append(Face(x, y, size, said.initials or initials(name), name))
        room = x + size + 8
        when = Flow(Text(moment(said.time) if said.time else ""), sized(self._font, 0.88), 110, self._look, lines=1)
        below = bool(said.time) and self.width < NARROW  # then the name has the first line to itself
        taken = 0 if below else when.natural + 6
        width = self.width - room - PAD - taken
        head = Flow(text(name), sized(self._font, 1.0, bold=True), width, self._look, lines=1)
        middle = y + size / 2 - head.height / 2
        if below:
            middle = y - 3
            self._parts.append(Part(when, room, middle + head.height - 1, muted=True))
        elif said.time:
            self._parts.append(Part(when, self.width - PAD - when.natural, middle + 1, muted=True))
        self._parts.append(Part(head, room, middle, muted=False))
        return y + size + (8 if below else 5)

    def draw(self, painter: QPainter, left: float, top: float, look: Look, people: tuple[str, ...]) -> None:
        """The bubble with its upper left corner at a point, in the colours of a look and of the ``people`` known."""
        subject = self.note.subject
        frame = QRectF(left, top, self.width, self.height).adjusted(0.5, 0.5, -0.5, -0.5)
        if isinstance(subject, Comment):
            painter.setPen(QPen(look.comment_line if self.chosen else look.bubble_edge, 1.6 if self.chosen else 1))
            painter.setBrush(look.bubble if not subject.resolved or self.chosen else look.desk)
            painter.drawRoundedRect(frame, 8, 8)
        elif self.chips is not None:
            self.chips.draw(painter, left, top, look, flag_colour(self.note, look))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(flag_colour(self.note, look))
            painter.drawEllipse(QPointF(left + 7, top + 3 + self._font.pointSizeF() * 0.72), 3.4, 3.4)
        for part in self._parts:
            painter.setPen(look.muted if part.muted else look.ink)
            part.flow.draw(painter, left + part.x, top + part.y)
        for face in self._faces:
            painter.setBrush(look.muted if face.author is None else face_colour(face.author, people, look))
            _draw_face(painter, face, left, top, self._font)


def _draw_face(painter: QPainter, face: Face, left: float, top: float, font: QFont) -> None:
    frame = QRectF(left + face.x, top + face.y, face.size, face.size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(frame)
    painter.setPen(QColor("#ffffff"))
    painter.setFont(
        sized(font, 0.8 * face.size / FACE if len(face.initials) > 2 else 0.9 * face.size / FACE, bold=True)
    )
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, face.initials[:3].upper())


def flag_colour(note: Note, look: Look) -> QColor:
    """The colour of a line's status, or of a source."""
    if note.overdue:
        return look.overdue
    if isinstance(subject := note.subject, Line):
        return look.cleared if subject.status == Status.CLEARED else look.draft
    return look.clip


def initials(name: str) -> str:
    """The initials of a name."""
    return "".join(word[0] for word in name.split()[:3] if word) or "?"


def face_colour(name: str, people: tuple[str, ...], look: Look) -> QColor:
    """An author's colour, that of the author's changes; white letters can be read on it."""
    colour = person_colour(name, people, dark=False)
    return colour.lighter(112) if look.dark else colour
