"""How one line of the list of returns looks."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefpack.desktop.editor import utf16
from briefpack.desktop.review.listing import Group, Row
from briefpack.desktop.review.model import LISTED
from briefpack.desktop.review.wording import (
    Piece,
    Style,
    context,
    fitted,
    kind_words,
    names,
    pieces,
    shortened,
    verdict_words,
)
from briefpack.desktop.theme.colours import Colours, colours_of
from briefpack.desktop.theme.people import person_colour
from briefpack.review.model import ItemKind

_LEFT = 18
_RIGHT = 12
_MARGIN = 9
_GAP = 3
_BAR = 4
_LINES = 2
_MOST = 160
"""More characters of an item than two lines can hold are never laid out."""


class ReturnsDelegate(QStyledItemDelegate):
    """Who, what kind of change, its words in two lines at most, and what it is about.

    Args:
        view: the list.
        people: everybody in the returns, in the order that colours are given by.
    """

    def __init__(self, view: QAbstractItemView, people: Callable[[], tuple[str, ...]]) -> None:
        super().__init__(view)
        self._view = view
        self._people = people
        self._heights: dict[str, int] = {}
        self._measured: tuple[int, str] = (0, "")

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Tall enough for the words at the width of the list. Each item is measured once at a width."""
        line: Row | Group = index.data(LISTED)
        width = max(180, self._view.viewport().width())
        metrics = self._view.fontMetrics()
        height = metrics.lineSpacing()
        if isinstance(line, Group):
            return QSize(width, height + 18)
        if self._measured != (width, self._view.font().key()):
            self._measured = (width, self._view.font().key())
            self._heights.clear()
        known = self._heights.get(line.item.key)
        if known is None:
            room = width - _LEFT - _RIGHT
            words = " ".join(piece.words for piece in fitted(pieces(line.item), _MOST))
            lines = 1 if metrics.horizontalAdvance(words) <= room else _LINES
            known = 2 * _MARGIN + height * (1 + lines + bool(context(line.item))) + 2 * _GAP
            self._heights[line.item.key] = known
        return QSize(width, known)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw it."""
        line: Row | Group = index.data(LISTED)
        colours = colours_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Group):
            _group(painter, option.rect, self._view.font(), line, colours)
        else:
            self._row(painter, option, line, colours)
        painter.restore()

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, colours: Colours) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect, font = option.rect, self._view.font()
        if chosen:
            painter.fillRect(rect, option.palette.color(QPalette.ColorRole.Highlight))
        known = self._people()
        dark = QColor(colours.window).lightness() < 128
        person = person_colour(row.item.author, known, dark=dark)
        _bars(painter, rect, row, person, colours)
        text = QColor(colours.selected_text if chosen else colours.text)
        muted = QColor(colours.selected_text if chosen else colours.muted)
        height = QFontMetrics(font).lineSpacing()
        inner = rect.adjusted(_LEFT, _MARGIN, -_RIGHT, -_MARGIN)
        _head(painter, font, QRect(inner.x(), inner.y(), inner.width(), height), row, (person, muted, colours))
        top = inner.y() + height + _GAP
        ink = muted if row.decision is not None else text
        top += _excerpt(painter, font, QRect(inner.x(), top, inner.width(), 0), pieces(row.item), (ink, person))
        if about := context(row.item):
            painter.setFont(font)
            painter.setPen(muted)
            said = about if row.item.where else f"“{shortened(about, 200)}”"
            room = QRect(inner.x(), top + _GAP, inner.width(), height)
            painter.drawText(
                room,
                Qt.AlignmentFlag.AlignLeft,
                painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room.width()),
            )
        if not row.first_of_clash and not (row.clash and not row.last_of_clash):
            painter.setPen(QColor(colours.line))
            painter.drawLine(QPointF(inner.x(), rect.bottom() + 0.5), QPointF(rect.right(), rect.bottom() + 0.5))


def _bars(painter: QPainter, rect: QRect, row: Row, person: QColor, colours: Colours) -> None:
    """The bar of the person's colour, and the bracket that holds a clash together."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(person)
    painter.drawRoundedRect(QRectF(rect.x() + 6, rect.y() + _MARGIN, _BAR, rect.height() - 2 * _MARGIN), 2, 2)
    if not row.clash:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.warning), 1.6))
    top = rect.y() + (4 if row.first_of_clash or not row.last_of_clash else 0)
    bottom = rect.bottom() - (4 if row.last_of_clash else 0)
    x = rect.x() + 2.5
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    if row.first_of_clash:
        painter.drawLine(QPointF(x, top), QPointF(x + 4, top))
    if row.last_of_clash:
        painter.drawLine(QPointF(x, bottom), QPointF(x + 4, bottom))


def _head(painter: QPainter, font: QFont, rect: QRect, row: Row, ink: tuple[QColor, QColor, Colours]) -> None:
    """Name, what it is, and at the end the verdict or the clash."""
    person, muted, colours = ink
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    waiting = "Clash" if row.clash else "" if row.fits else "No longer fits"
    end = verdict_words(row.item, row.decision) if row.decision else waiting
    painter.setFont(font)
    painter.setPen(QColor(colours.good if row.decision else colours.warning))
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight, end)
    room = rect.width() - painter.fontMetrics().horizontalAdvance(end) - (12 if end else 0)
    kind = kind_words(row.item)
    least = min(painter.fontMetrics().horizontalAdvance(kind), room // 2)
    painter.setFont(bold)
    painter.setPen(person)
    name = painter.fontMetrics().elidedText(names(row.authors), Qt.TextElideMode.ElideRight, room - least - 10)
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft, name)
    used = painter.fontMetrics().horizontalAdvance(name) + 10
    painter.setFont(font)
    painter.setPen(QColor(colours.warning) if row.item.kind is ItemKind.SILENT else muted)
    left = QRect(rect.x() + used, rect.y(), max(0, room - used), rect.height())
    painter.drawText(
        left,
        Qt.AlignmentFlag.AlignLeft,
        painter.fontMetrics().elidedText(kind, Qt.TextElideMode.ElideRight, left.width()),
    )


def _excerpt(painter: QPainter, font: QFont, room: QRect, said: Iterable[Piece], ink: tuple[QColor, QColor]) -> int:
    """The words, old ones struck and new ones underlined; their height."""
    words, ranges = "", []
    metrics = QFontMetrics(font)
    most = min(_MOST, round(_LINES * room.width() / metrics.averageCharWidth() * 0.92))
    for piece in fitted(said, most):
        if words:
            words += " "
        format_ = QTextCharFormat()
        format_.setForeground(ink[0] if piece.style is Style.PLAIN else ink[1])
        format_.setFontStrikeOut(piece.style is Style.OLD)
        format_.setFontUnderline(piece.style is Style.NEW)
        ranges.append(_range(words, piece.words, format_))
        words += piece.words
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(ranges)
    height = metrics.lineSpacing()
    layout.beginLayout()
    lines = 0
    while lines < _LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(room.width())
        line.setPosition(QPointF(0, lines * height))
        lines += 1
    layout.endLayout()
    painter.setPen(ink[0])
    layout.draw(painter, QPointF(room.x(), room.y()))
    return max(1, lines) * height


def _range(before: str, words: str, format_: QTextCharFormat) -> QTextLayout.FormatRange:
    """The format of words that stand behind others, in Qt's UTF-16 positions."""
    made = QTextLayout.FormatRange()
    made.start, made.length = utf16.length(before), utf16.length(words)
    made.format = format_
    return made


def _group(painter: QPainter, rect: QRect, font: QFont, group: Group, colours: Colours) -> None:
    """The head of a group: its title, and how many of its rows are open."""
    painter.fillRect(rect, QColor(colours.window))
    painter.setPen(QColor(colours.line))
    painter.drawLine(QPointF(rect.x(), rect.bottom() + 0.5), QPointF(rect.right(), rect.bottom() + 0.5))
    inner = rect.adjusted(10, 0, -_RIGHT, 0)
    painter.setFont(font)
    painter.setPen(QColor(colours.muted))
    count = f"{group.open} open" if group.open else "all decided"
    painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    room = inner.width() - painter.fontMetrics().horizontalAdvance(count) - 12
    painter.setFont(bold)
    painter.setPen(QColor(colours.text))
    title = painter.fontMetrics().elidedText(group.title, Qt.TextElideMode.ElideMiddle, room)
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
