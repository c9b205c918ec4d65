"""How one comment looks in the list."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefpack.desktop.comments.model import ROW, Row, when
from briefpack.desktop.editor.notes import NAMELESS
from briefpack.desktop.theme.colours import colours_of

_MARGIN = 12
_GAP = 4
_LINES = 4


class CommentDelegate(QStyledItemDelegate):
    """Author and time, the words it stands on, and the first lines of what it says."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Tall enough for the words at the width of the list."""
        row: Row = index.data(ROW)
        width = max(160, self._view.viewport().width())
        lines = len(_broken(row.comment.text, option.font, width - 2 * _MARGIN))
        height = QFontMetrics(option.font).lineSpacing()
        return QSize(width, 2 * _MARGIN + height * (2 + lines) + 2 * _GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw it."""
        row: Row = index.data(ROW)
        colours = colours_of(option.palette)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
        inner = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        text = QColor(colours.selected_text if chosen else colours.text)
        muted = QColor(colours.selected_text if chosen else colours.muted)
        height = QFontMetrics(option.font).lineSpacing()
        self._head(painter, option.font, QRect(inner.x(), inner.y(), inner.width(), height), row, text, muted)
        top = inner.y() + height + _GAP
        place = f"“{row.words}”".replace("\n", " ") if row.words is not None else "Place not known"
        painter.setPen(muted if row.words is not None else QColor(colours.warning))
        painter.setFont(option.font)
        rect = QRect(inner.x(), top, inner.width(), height)
        painter.drawText(
            rect,
            Qt.AlignmentFlag.AlignLeft,
            painter.fontMetrics().elidedText(place, Qt.TextElideMode.ElideRight, rect.width()),
        )
        painter.setPen(text)
        top += height + _GAP
        for line in _broken(row.comment.text, option.font, inner.width()):
            painter.drawText(QRect(inner.x(), top, inner.width(), height), Qt.AlignmentFlag.AlignLeft, line)
            top += height
        painter.setPen(QColor(colours.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _head(self, painter: QPainter, font: QFont, rect: QRect, row: Row, text: QColor, muted: QColor) -> None:
        comment = row.comment
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(text)
        name = comment.author or NAMELESS
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft, name)
        width = painter.fontMetrics().horizontalAdvance(name) + 8
        painter.setFont(font)
        painter.setPen(muted)
        replies = len(comment.replies)
        state = (
            "Resolved" if comment.resolved else f"{replies} {'reply' if replies == 1 else 'replies'}" if replies else ""
        )
        room = rect.adjusted(width, 0, -painter.fontMetrics().horizontalAdvance(state) - 8, 0)
        time = painter.fontMetrics().elidedText(when(comment.time), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, time)
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight, state)


def _broken(words: str, font: QFont, width: int) -> list[str]:
    """The first lines of ``words`` when set to a width; the last says where there is more."""
    words = " ".join(words.split())
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < _LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(words[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    if lines and sum(map(len, lines)) < len(words):
        lines[-1] = QFontMetrics(font).elidedText(lines[-1].rstrip() + " …" * 20, Qt.TextElideMode.ElideRight, width)
    return lines or [""]
