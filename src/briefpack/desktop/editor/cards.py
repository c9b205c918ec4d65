"""What the cards look like: meeting details, biographies, tables, pictures, page breaks."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QImageReader, QPainter, QPainterPath, QPen

from briefpack.desktop.editor.flow import Flow, sized
from briefpack.desktop.editor.look import Look
from briefpack.pack.model import (
    AnyBlock,
    Biography,
    Image,
    Meeting,
    MeetingDetails,
    Pack,
    PageBreak,
    Person,
    Side,
    Table,
)
from briefpack.pack.text import Text, text

Draw = Callable[[QPainter], None]


class Card(NamedTuple):
    """A card laid out: its height, and what draws it with the origin at its upper left corner."""

    height: float
    draws: tuple[Draw, ...]


class Setting(NamedTuple):
    """What a card is laid out for."""

    pack: Pack
    media: Callable[[str], bytes | None]
    look: Look
    font: QFont
    zoom: float
    width: float

    def flow(
        self, said: Text | str, width: float, *, size: float = 1.0, bold: bool = False, italic: bool = False
    ) -> Flow:
        """A text laid out in this setting's font."""
        words = said if isinstance(said, Text) else text(said)
        return Flow(words, sized(self.font, size, bold=bold, italic=italic), width, self.look)


def lay_out(block: AnyBlock, setting: Setting) -> Card:
    """The card of an object."""
    match block:
        case MeetingDetails():
            return _meeting(setting)
        case Biography():
            return _biography(block, setting)
        case Table():
            return _table(block, setting)
        case Image():
            return _picture(block, setting)
        case PageBreak():
            return _page_break(setting)
        case _:
            raise TypeError(block)


# Drawing, in one line each


def words(flow: Flow, x: float, y: float, colour: QColor) -> Draw:
    """Draws a text."""

    def draw(painter: QPainter) -> None:
        painter.setPen(colour)
        flow.draw(painter, x, y)

    return draw


def box(rect: QRectF, fill: QColor | None, edge: QColor | None, radius: float = 6.0) -> Draw:
    """Draws a rounded rectangle."""

    def draw(painter: QPainter) -> None:
        painter.setPen(QPen(edge, 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(fill or Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    return draw


def rule(x: float, y: float, end_x: float, end_y: float, colour: QColor, *, dashed: bool = False) -> Draw:
    """Draws a hairline."""

    def draw(painter: QPainter) -> None:
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        painter.drawLine(QPointF(x, y), QPointF(end_x, end_y))

    return draw


def dot(x: float, y: float, size: float, colour: QColor) -> Draw:
    """Draws a bullet."""

    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, y), size / 2, size / 2)

    return draw


# Meeting details


def _meeting(at: Setting) -> Card:
    meeting, look, zoom = at.pack.meeting, at.look, at.zoom
    draws: list[Draw] = []
    y = 0.0
    if meeting.marking:
        marking = at.flow(meeting.marking.upper(), at.width, size=0.82, bold=True)
        draws.append(words(marking, 0, y, look.muted))
        y += marking.height + 6 * zoom
    size = 1.9 if at.width > 460 * zoom else 1.55
    title = at.flow(meeting.title or "Untitled meeting", at.width, size=size, bold=True)
    draws.append(words(title, 0, y, look.ink if meeting.title else look.muted))
    y += title.height + 12 * zoom
    rows = [(label, value) for label, value in _meeting_rows(meeting, at.pack.people) if value]
    top, label_width, pad = y, min(112 * zoom, 0.26 * at.width), 12 * zoom
    inner: list[Draw] = []
    if not rows:
        hint = at.flow("Meeting details: press Enter to fill them in", at.width - 2 * pad, italic=True)
        inner.append(words(hint, pad, y + 9 * zoom, look.muted))
        y += hint.height + 18 * zoom
    for index, (label, value) in enumerate(rows):
        if index:
            inner.append(rule(pad, y, at.width - pad, y, look.card_edge))
        name = at.flow(label, label_width - pad, size=0.9)
        inner.append(words(name, pad, y + 8.5 * zoom, look.muted))
        line = y + 7 * zoom
        bulleted = len(value) > 1
        x = label_width + pad + 14 * zoom * bulleted
        for flow in [at.flow(each, at.width - x - pad) for each in value]:
            if bulleted:
                inner.append(dot(x - 11 * zoom, line + at.font.pointSizeF() * 0.78, 4 * zoom, look.muted))
            inner.append(words(flow, x, line, look.ink))
            line += flow.height + 2 * zoom
        y = max(line, y + name.height + 8 * zoom) + 6 * zoom
    draws.append(box(QRectF(0, top, at.width, y - top), look.card, look.card_edge))
    return Card(y + 1, (*draws, *inner))


def _meeting_rows(meeting: Meeting, people: Iterable[Person]) -> list[tuple[str, list[str]]]:
    """Labels and values as a reader sees them; the value is empty where nothing is known."""
    when = day(meeting.date) if meeting.date else meeting.date_text
    attending = [person for person in people if person.attends]
    inside = [_person(person) for person in attending if person.side == Side.INSIDE]
    outside = [_person(person) for person in attending if person.side == Side.OUTSIDE]
    others = [_person(person) for person in attending if person.side is None]

    def one(value: str) -> list[str]:
        return [value] if value else []

    return [
        ("When", one(", ".join(filter(None, (when, meeting.time))))),
        ("Where", one(meeting.place)),
        ("From", one(meeting.sender)),
        ("To", one(meeting.recipient)),
        ("Our side", inside),
        ("Their side", outside),
        ("Attending", others),
        ("Purpose", one(meeting.purpose)),
        ("Objectives", list(meeting.objectives)),
        ("Cleared by", one(meeting.cleared_by)),
    ]


def _person(person: Person) -> str:
    return ", ".join(filter(None, (person.name, person.role, person.organisation)))


def day(date: dt.date) -> str:
    """A date as a briefing writes it: Monday 12 May 2025."""
    return f"{date:%A} {date.day} {date:%B %Y}"


# People


def _biography(block: Biography, at: Setting) -> Card:
    look, zoom = at.look, at.zoom
    person = at.pack.person(block.person)
    pad, photo = 16 * zoom, 68 * zoom
    x = pad * 2 + photo
    room = at.width - x - pad
    name = at.flow(person.name if person else "Unnamed", room, size=1.16, bold=True)
    y = pad - 2 * zoom
    draws = [words(name, x, y, look.ink)]
    y += name.height + 1 * zoom
    if office := ", ".join(filter(None, (person.role, person.organisation))) if person else "":
        line = at.flow(office, room, size=0.95)
        draws.append(words(line, x, y, look.muted))
        y += line.height + 4 * zoom
    y += 3 * zoom
    for point in block.points:
        flow = at.flow(point, room - 14 * zoom)
        draws.append(dot(x + 3 * zoom, y + at.font.pointSizeF() * 0.8, 4 * zoom, look.muted))
        draws.append(words(flow, x + 14 * zoom, y, look.ink))
        y += flow.height + 3 * zoom
    height = max(y, photo + 2 * pad - 6 * zoom) + pad * 0.6
    frame = QRectF(pad, pad, photo, photo)
    image = picture(at.media, block.photo, QSize(round(photo * 2), round(photo * 2))) if block.photo else None
    return Card(
        height,
        (box(QRectF(0, 0, at.width, height), look.card, look.card_edge, 8), portrait(frame, image, look), *draws),
    )


def portrait(frame: QRectF, image: QImage | None, look: Look) -> Draw:
    """Draws a round photograph, or head and shoulders that could be anybody's."""

    def draw(painter: QPainter) -> None:
        painter.save()
        path = QPainterPath()
        path.addEllipse(frame)
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        if image is not None:
            side = min(image.width(), image.height())
            source = QRectF((image.width() - side) / 2, (image.height() - side) * 0.25, side, side)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, image, source)
        else:
            painter.fillRect(frame, look.card_edge)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.card if look.dark else look.sheet)
            centre, size = frame.center(), frame.width()
            painter.drawEllipse(QPointF(centre.x(), frame.top() + size * 0.39), size * 0.17, size * 0.19)
            painter.drawEllipse(QPointF(centre.x(), frame.top() + size * 0.98), size * 0.34, size * 0.36)
        painter.restore()
        painter.setPen(QPen(look.card_edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(frame)

    return draw


# Tables


def _table(block: Table, at: Setting) -> Card:
    look, pad = at.look, 9 * at.zoom
    if not block.rows or not block.rows[0]:
        hint = at.flow("Empty table: press Enter to fill it in", at.width, italic=True)
        return Card(
            hint.height + 2 * pad,
            (
                box(QRectF(0, 0, at.width, hint.height + 2 * pad), None, look.card_edge, 3),
                words(hint, pad, pad, look.muted),
            ),
        )
    widths = _columns(block, at, pad)
    edges = [sum(widths[:index]) for index in range(len(widths) + 1)]
    y = 0.0
    draws: list[Draw] = []
    lines: list[Draw] = []
    for index, row in enumerate(block.rows):
        head = block.header and index == 0
        flows = [at.flow(cell, width - 2 * pad, bold=head) for cell, width in zip(row, widths, strict=False)]
        height = max(flow.height for flow in flows) + 1.5 * pad
        if head:
            draws.append(box(QRectF(0, y, at.width, height), look.card_head, None, 0))
        draws.extend(
            words(flow, edge + pad, y + 0.75 * pad, look.ink) for flow, edge in zip(flows, edges, strict=False)
        )
        y += height
        lines.append(rule(0, round(y) + 0.5, at.width, round(y) + 0.5, look.card_edge))
    lines.extend(rule(round(edge) + 0.5, 0, round(edge) + 0.5, y, look.card_edge) for edge in edges[1:-1])
    return Card(
        y + 2,
        (
            *draws,
            *lines[: -len(widths) or None],
            *lines[len(block.rows) :],
            box(QRectF(0, 0, at.width, y + 1), None, look.card_edge, 2),
        ),
    )


def _columns(block: Table, at: Setting, pad: float) -> list[float]:
    """The widths of columns: by what stands in them, none narrower than a word or two, together the whole width."""
    wanted = []
    for column in range(len(block.rows[0])):
        cells = [row[column] for row in block.rows if column < len(row)]
        natural = max(
            at.flow(cell, 10_000, bold=block.header and index == 0).natural for index, cell in enumerate(cells)
        )
        wanted.append(min(max(natural + 2 * pad, 56 * at.zoom), 340 * at.zoom))
    factor = at.width / sum(wanted)
    return [each * factor for each in wanted]


# Pictures and page breaks


def picture(media: Callable[[str], bytes | None], name: str, room: QSize) -> QImage | None:
    """A picture of the pack, decoded no larger than needed to cover a room; None where it is missing or broken."""
    held = media(name)
    if held is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(held))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg" if name.endswith((".jpg", ".jpeg")) else b"png"))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (size.width() > room.width() and size.height() > room.height()):
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else image


def _picture(block: Image, at: Setting) -> Card:
    look, zoom = at.look, at.zoom
    image = picture(at.media, block.media, QSize(round(at.width * 2), 1))
    if image is None:
        width, height = at.width, 150 * zoom
        draws: list[Draw] = [box(QRectF(0, 0, width, height), look.card, look.card_edge, 4)]
        said = at.flow(block.alt or "Picture without a description", width - 60 * zoom, italic=True)
        draws.append(words(said, (width - said.natural) / 2, (height - said.height) / 2, look.muted))
    else:
        natural = image.width() if not block.width_mm else block.width_mm / 25.4 * 96
        width = min(at.width, natural * zoom)
        height = width * image.height() / image.width()
        draws = [_image(QRectF((at.width - width) / 2, 0, width, height), image)]
    if block.caption:
        caption = at.flow(block.caption, at.width, size=0.9)
        draws.append(words(caption, max(0, (at.width - caption.natural) / 2), height + 6 * zoom, look.muted))
        height += caption.height + 6 * zoom
    return Card(height + 1, tuple(draws))


def _image(frame: QRectF, image: QImage) -> Draw:
    def draw(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(frame, image)

    return draw


def _page_break(at: Setting) -> Card:
    label = at.flow("Page break", at.width, size=0.82)
    height = label.height + 4 * at.zoom
    left = (at.width - label.natural) / 2
    y = round(height / 2) + 0.5
    return Card(
        height,
        (
            rule(0, y, left - 10, y, at.look.hairline, dashed=True),
            rule(left + label.natural + 10, y, at.width, y, at.look.hairline, dashed=True),
            words(label, left, 2 * at.zoom, at.look.muted),
        ),
    )
