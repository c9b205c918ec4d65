"""The documents that a search found: the list, and how a row looks."""

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefpack.archive.model import Hit, PassageHit
from briefpack.desktop.archive.wording import described
from briefpack.desktop.editor.utf16 import to_units
from briefpack.desktop.theme.colours import Colours, colours_of

HIT = Qt.ItemDataRole.UserRole + 1

_MARGIN = 12
_GAP = 4
_PASSAGES = 2
_LINES = 3
_BEFORE = 60
"""How many characters of a passage are shown before its first highlight."""

Index = QModelIndex | QPersistentModelIndex


class HitsModel(QAbstractListModel):
    """The hits of one search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def show(self, hits: tuple[Hit, ...]) -> None:
        """Show these hits in place of those before."""
        if hits != self._hits:
            self.beginResetModel()
            self._hits = hits
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt's."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Qt's."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return hit.title
            case Qt.ItemDataRole.AccessibleTextRole:
                said = hit.passages[0].text if hit.passages else ""
                return ", ".join(part for part in (hit.title, described(hit), said) if part)
            case _ if role == HIT:
                return hit
            case _:
                return None


class _Excerpt(NamedTuple):
    """The part of a passage that is shown, and where it is highlighted."""

    text: str
    highlights: tuple[tuple[int, int], ...]


class HitDelegate(QStyledItemDelegate):
    """Title, date and kind, and the best passages with what was searched for marked."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as its passages are at the width of the list."""
        hit: Hit = index.data(HIT)
        width = max(200, self._view.viewport().width()) - 2 * _MARGIN
        line = QFontMetrics(option.font).lineSpacing()
        title = _layout(_Excerpt(hit.title, ()), _bold(option.font), width, 2, None)
        height = title.lineCount() * line + _GAP + line
        for passage in hit.passages[:_PASSAGES]:
            height += _GAP + _layout(_excerpt(passage), option.font, width, _LINES, None).lineCount() * line
        return QSize(width + 2 * _MARGIN, height + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        hit: Hit = index.data(HIT)
        colours = colours_of(option.palette)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
        inner = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        text = QColor(colours.selected_text if chosen else colours.text)
        muted = QColor(colours.selected_text if chosen else colours.muted)
        line = QFontMetrics(option.font).lineSpacing()
        top = _draw(
            painter,
            _layout(_Excerpt(hit.title, ()), _bold(option.font), inner.width(), 2, None),
            inner,
            inner.y(),
            text,
        )
        painter.setFont(option.font)
        painter.setPen(muted)
        said = QFontMetrics(option.font).elidedText(described(hit), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRect(inner.x(), top + _GAP // 2, inner.width(), line), Qt.AlignmentFlag.AlignLeft, said)
        top += _GAP // 2 + line
        for passage in hit.passages[:_PASSAGES]:
            layout = _layout(_excerpt(passage), option.font, inner.width(), _LINES, colours)
            top = _draw(painter, layout, inner, top + _GAP, text)
        painter.setPen(QColor(colours.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _excerpt(passage: PassageHit) -> _Excerpt:
    """The passage from a little before its first highlight on."""
    first = passage.highlights[0][0] if passage.highlights else 0
    cut = 0
    if first > _BEFORE:
        cut = passage.text.find(" ", first - _BEFORE) + 1
    lead = "… " if cut else ""
    shift = len(lead) - cut
    return _Excerpt(
        (lead + passage.text[cut:]).replace("\n", " "),
        tuple((start + shift, end + shift) for start, end in passage.highlights if start >= cut),
    )


def _layout(excerpt: _Excerpt, font: QFont, width: int, lines: int, colours: Colours | None) -> QTextLayout:
    """An excerpt set to a width in at most so many lines, highlighted where there are colours."""
    layout = QTextLayout(_clipped(excerpt.text, font, width, lines), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if colours is not None:
        form = QTextCharFormat()
        form.setBackground(QColor(colours.hit))
        form.setForeground(QColor(colours.text))
        ranges = []
        for start, end in excerpt.highlights:
            one = QTextLayout.FormatRange()
            one.start = to_units(excerpt.text, start)
            one.length = to_units(excerpt.text, end) - one.start
            one.format = form
            ranges.append(one)
        layout.setFormats(ranges)
    _break(layout, width, lines)
    return layout


def _break(layout: QTextLayout, width: int, lines: int) -> int:
    """Break into at most so many lines; returns how many characters they hold."""
    layout.beginLayout()
    top, held = 0.0, 0
    for _ in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += QFontMetrics(layout.font()).lineSpacing()
        held = line.textStart() + line.textLength()
    layout.endLayout()
    return held


def _clipped(text: str, font: QFont, width: int, lines: int) -> str:
    """``text``, cut with dots where it needs more lines."""
    text = text[: width * lines]
    layout = QTextLayout(text, font)
    held = _break(layout, width, lines)
    return text if held >= to_units(text, len(text)) else text[: max(0, held - 3)].rstrip() + "…"


def _draw(painter: QPainter, layout: QTextLayout, inner: QRect, top: int, colour: QColor) -> int:
    """Draw a layout at a height; returns the height below it."""
    painter.setPen(colour)
    layout.draw(painter, QPointF(inner.x(), top))
    return top + layout.lineCount() * QFontMetrics(layout.font()).lineSpacing()
