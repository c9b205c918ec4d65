"""A row of the outline: its heading, and at the right what is counted in its section."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from briefpack.desktop.outline.counts import Tally
from briefpack.desktop.outline.model import TALLY
from briefpack.desktop.theme.colours import colours_of
from briefpack.desktop.theme.icons import icon

_GAP = 8
_ICON = 12
_SIGN = _ICON + 3
_BESIDE = 32
"""What a heading's icon and the space around its words take."""


class _Said(NamedTuple):
    """What stands at the right of a row, as long as there is room for it."""

    lines: str
    words: str


class OutlineDelegate(QStyledItemDelegate):
    """Paints rows of an outline. Lines, and which are due, are told where no row below tells them.

    A heading is not cut short for the sake of its counts: where the row is narrow, less of them is told.
    """

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The counts, and the heading in the room that they leave."""
        tally = index.data(TALLY)
        if not isinstance(tally, Tally):
            return
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, option.palette.color(QPalette.ColorRole.Highlight))
        bold = QFont(option.font)
        bold.setBold(tally.length.over)
        metrics = QFontMetrics(bold)
        room = rect.width() - _BESIDE - option.fontMetrics.horizontalAdvance(str(index.data()))
        said = self._said(index, tally, metrics, room)
        painter.save()
        painter.setFont(bold)
        edge = self._words(painter, option, tally, said.words)
        if said.lines:
            painter.setFont(option.font)
            edge = self._lines(painter, option, tally, said.lines, edge)
        painter.restore()
        shortened = QStyleOptionViewItem(option)
        shortened.rect = rect.adjusted(0, 0, edge - rect.right(), 0)
        super().paint(painter, shortened, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as any row; the width is the view's business."""
        return QSize(0, super().sizeHint(option, index).height())

    def _said(
        self, index: QModelIndex | QPersistentModelIndex, tally: Tally, metrics: QFontMetrics, room: int
    ) -> _Said:
        """The most that there is room for; what is due, and what is too long, is told in any case."""
        found = _Said("", "")
        for found in _choices(tally, lowest=self._is_lowest(index)):
            width = metrics.horizontalAdvance(found.words) + _GAP
            if found.lines:
                width += metrics.horizontalAdvance(found.lines) + _SIGN + _GAP
            if width <= room:
                break
        return found

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, tally: Tally, said: str) -> int:
        """How many words there are and may be; returns where the room left of it ends."""
        right = option.rect.right() - _GAP
        colour = QColor(colours_of(option.palette).warning) if tally.length.over else self._quiet(option)
        return _written(painter, option.rect, right, said, colour)

    def _lines(self, painter: QPainter, option: QStyleOptionViewItem, tally: Tally, said: str, right: int) -> int:
        """How many lines there are, or of how many how many are due; returns where the room left of it ends."""
        colours = colours_of(option.palette)
        warning = QColor(colours.bad if tally.overdue else colours.warning)
        left = _written(painter, option.rect, right, said, warning if tally.due else self._quiet(option)) + _GAP
        sign = QRect(left - _SIGN, option.rect.center().y() - _ICON // 2, _ICON, _ICON)
        if tally.due:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(warning)
            painter.drawEllipse(sign.adjusted(2, 3, -3, -2))
        else:
            icon("line", QPalette.ColorRole.PlaceholderText).paint(painter, sign)
        return left - _SIGN - _GAP

    def _quiet(self, option: QStyleOptionViewItem) -> QColor:
        selected = option.state & QStyle.StateFlag.State_Selected
        colours = colours_of(option.palette)
        return QColor(colours.selected_text if selected else colours.muted)

    def _is_lowest(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether no row that can be seen stands below this one."""
        return not index.model().rowCount(index) or not self._tree.isExpanded(QModelIndex(index))  # type: ignore[arg-type]  # Qt gives either


def _choices(tally: Tally, *, lowest: bool) -> Iterator[_Said]:
    """What can be said of a tally, the most first."""
    length = tally.length
    words = f"{length.words:,}"
    against = f"{words}/{length.budget:,}" if length.budget else words
    due = f"{tally.due}" if tally.due and lowest else ""
    if tally.lines and lowest:
        yield _Said(f"{tally.due}/{tally.lines}" if due else f"{tally.lines}", against)
    yield _Said(due, against)
    if not length.over:
        yield _Said(due, words)
        yield _Said(due, "")


def _written(painter: QPainter, rect: QRect, right: int, said: str, colour: QColor) -> int:
    """Words that end at ``right``; returns where the room left of them ends."""
    if not said:
        return right
    width = painter.fontMetrics().horizontalAdvance(said)
    painter.setPen(colour)
    where = QRect(right - width, rect.top(), width, rect.height())
    painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
    return right - width - _GAP
