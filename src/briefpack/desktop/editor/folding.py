"""Sections that are folded away, and the one that alone is shown: what of the pack is hidden, and the document made so.

Nothing of it is in the pack. Blocks are hidden by Qt's own flag, which does not survive every change of the document: so
it is set anew behind each. What the caret comes to, or the selection reaches over, is never hidden.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPolygonF, QTextBlock
from PySide6.QtWidgets import QApplication

from briefpack.pack.model import AnyBlock, Heading
from briefpack.pack.outline import Section, outline

if TYPE_CHECKING:
    from briefpack.desktop.editor.painting import Seen
    from briefpack.desktop.editor.view import PackView

Range = tuple[int, int]
"""Blocks [start, stop) of the body."""

_AWAY = 22
_WIDE = 18
"""How far left of a heading's words the middle of its triangle is, and how wide the place that can be clicked."""


def hidden_ranges(body: tuple[AnyBlock, ...], folded: frozenset[str], focused: str = "") -> tuple[Range, ...]:
    """What is hidden of a body: all under folded headings, and all outside the section of the ``focused`` one."""
    sections = outline(body)
    found = list(_folded(sections, folded))
    for section in (each for root in sections for each in root.walk()):
        if section.heading.id == focused:
            inside = [(start, stop) for start, stop in found if section.start < start and stop <= section.end]
            edges = [(0, section.start), (section.end, len(body))]
            return tuple(sorted(inside + [(start, stop) for start, stop in edges if start < stop]))
    return tuple(found)


def _folded(sections: Iterable[Section], folded: frozenset[str]) -> Iterator[Range]:
    for section in sections:
        if section.heading.id not in folded:
            yield from _folded(section.children, folded)
        elif section.start + 1 < section.end:
            yield section.start + 1, section.end


class Folding(QObject):
    """What is folded in a view, and the section that alone is shown."""

    changed = Signal()
    """Another section is folded, unfolded, or shown alone."""

    def __init__(self, view: PackView) -> None:
        super().__init__(view)
        self._view = view
        self.folded: frozenset[str] = frozenset()
        """The ids of the headings whose sections are folded."""
        self.focused = ""
        """The id of the heading whose section alone is shown; empty for all."""
        self.offered = False
        """Whether headings have a triangle that can be clicked."""
        self.held = False
        """While a key is at work, what it comes to is not yet shown."""
        self.dragging = False
        """Whether a mouse button was pressed in the document: until it is let go, nothing moves under the mouse."""
        self._ranges: tuple[Range, ...] = ()
        self._starts: tuple[int, ...] = ()
        self._done: tuple[object, ...] = ()

    def is_hidden(self, index: int) -> bool:
        """Whether the block at an index of the body is hidden."""
        at = bisect_right(self._starts, index) - 1
        return at >= 0 and index < self._ranges[at][1]

    @property
    def is_active(self) -> bool:
        """Whether anything is hidden."""
        return bool(self._ranges)

    # Changing it

    def fold(self, headings: Iterable[str], *, folded: bool = True) -> None:
        """Fold sections away, or show them again."""
        chosen = frozenset(headings)
        self._set(self.folded | chosen if folded else self.folded - chosen, self.focused)

    def toggle(self, heading: str) -> None:
        """Fold a section away, or show it again."""
        self.fold((heading,), folded=heading not in self.folded)

    def focus(self, heading: str) -> None:
        """Show the section of one heading alone, unfolded; everything again where it is empty."""
        self._set(self.folded - {heading}, heading)

    def restore(self, folded: Iterable[str]) -> None:
        """Begin with these sections folded, as another time left them."""
        self._set(frozenset(folded), "")

    def _set(self, folded: frozenset[str], focused: str) -> None:
        if (folded, focused) == (self.folded, self.focused):
            return
        self.folded, self.focused = folded, focused
        self._leave_hidden()
        self.follow()
        self._view.ensureCursorVisible()
        self.changed.emit()

    def _leave_hidden(self) -> None:
        """Bring the caret out of what is about to be hidden: to the heading above it, or that of the section shown."""
        view, body = self._view, self._view.pack().body
        ranges = hidden_ranges(body, self.folded, self.focused)
        cursor = view.textCursor()
        first = view.document().findBlock(cursor.selectionStart()).blockNumber()
        last = view.document().findBlock(cursor.selectionEnd()).blockNumber()
        if not any(start <= last and first < stop for start, stop in ranges):
            return
        index = next((start for start, stop in ranges if start <= cursor.blockNumber() < stop), None)
        if self.focused:
            index = next((at for at, block in enumerate(body) if block.id == self.focused), 0)
        elif index is not None:
            index -= 1
        else:
            index = cursor.blockNumber()
        cursor.setPosition(view.document().findBlockByNumber(index).position())
        with view.writing():
            view.setTextCursor(cursor)

    # Keeping it

    def follow(self) -> None:
        """Hide in the document what is to be hidden of the pack that it shows, and nothing else."""
        if not (self.folded or self.focused or self._ranges):
            return
        body = self._view.pack().body
        if self.focused and not any(block.id == self.focused and isinstance(block, Heading) for block in body):
            self.focused = ""
            self.changed.emit()
        state = (body, self.folded, self.focused, self._view.document().revision())
        if state == self._done:
            return
        before = self._ranges
        self._ranges = hidden_ranges(body, self.folded, self.focused)
        self._starts = tuple(start for start, _ in self._ranges)
        self._hide()
        self._done = (body, self.folded, self.focused, self._view.document().revision())
        if self._ranges != before:
            self._view.margin.schedule()
            self._view.viewport().update()
        self.show_selection()

    def _hide(self) -> None:
        """Set the flag of each block that has the wrong one; each stretch of such blocks is laid out once."""
        document = self._view.document()
        block, index, wrong = document.begin(), 0, -1
        while block.isValid():
            wanted = not self.is_hidden(index)
            if block.isVisible() != wanted:
                block.setVisible(wanted)
                wrong = block.position() if wrong < 0 else wrong
            elif wrong >= 0:
                document.markContentsDirty(wrong, block.position() - wrong)
                wrong = -1
            block = block.next()
            index += 1
        if wrong >= 0:
            document.markContentsDirty(wrong, document.characterCount() - 1 - wrong)

    def show_selection(self) -> None:
        """Unfold whatever the caret is in or the selection reaches over."""
        if not self._ranges or self.held:
            return
        if self.dragging and QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        document, cursor = self._view.document(), self._view.textCursor()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        if any(start <= last and first < stop for start, stop in self._ranges):
            self.reveal(first, last)

    def reveal(self, first: int, last: int) -> None:
        """Unfold what hides any block from ``first`` to ``last``; everything is shown where they are outside the section."""
        sections = [each for root in outline(self._view.pack().body) for each in root.walk()]
        over = {each.heading.id for each in sections if first < each.end and last > each.start}
        focus = next((each for each in sections if each.heading.id == self.focused), None)
        inside = focus is not None and focus.start <= first and last < focus.end
        self.folded, self.focused = self.folded - over, self.focused if inside else ""
        self.follow()
        self.changed.emit()

    def visible_beside(self, index: int, by: int) -> int:
        """The nearest block that is shown at or beyond an index in a direction; in the other where there is none."""
        count = len(self._view.pack().body)
        for step in (by, -by):
            at = index
            while 0 <= at < count:
                if not self.is_hidden(at):
                    return at
                at += step
        return index

    # Triangles

    def can_fold(self, index: int) -> bool:
        """Whether there is anything under the heading at an index."""
        body = self._view.pack().body
        heading = body[index]
        if not isinstance(heading, Heading) or index + 1 >= len(body):
            return False
        below = body[index + 1]
        return not isinstance(below, Heading) or below.level > heading.level

    def draw(self, painter: QPainter, seen: Seen) -> None:
        """The triangle at the left of a heading, and behind the words of a folded one three dots."""
        if not self.offered or not self.can_fold(seen.number):
            return
        look, zoom = self._view.look, self._view.formats.zoom
        folded = seen.block.id in self.folded
        colour = QColor(look.muted)
        colour.setAlphaF(1.0 if folded else 0.45)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        middle, size = self._middle(seen.laid, seen.rect.top()), 4.0 * zoom
        points = [(-0.6, -1), (0.8, 0), (-0.6, 1)] if folded else [(-1, -0.6), (1, -0.6), (0, 0.8)]
        painter.drawPolygon(QPolygonF([middle + QPointF(x * size, y * size) for x, y in points]))
        if folded:
            self._dots(painter, seen)

    def _dots(self, painter: QPainter, seen: Seen) -> None:
        """A pill with three dots behind the last word: there is more."""
        look, zoom, layout = self._view.look, self._view.formats.zoom, seen.laid.layout()
        line = layout.lineAt(layout.lineCount() - 1)
        baseline = seen.rect.top() + line.y() + line.ascent()
        left = layout.position().x() + line.x() + line.naturalTextWidth() + 8 * zoom
        pill = QRectF(left, baseline - 10 * zoom, 24 * zoom, 12 * zoom)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.card_edge)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setBrush(look.muted)
        for at in (-1, 0, 1):
            painter.drawEllipse(pill.center() + QPointF(at * 5 * zoom, 0), 1.4 * zoom, 1.4 * zoom)

    def heading_at(self, point: QPoint) -> str:
        """The id of the heading whose triangle is at a point of the viewport; empty for none."""
        laid = self._view.cursorForPosition(point).block()
        index = laid.blockNumber()
        if not self.offered or index >= len(self._view.pack().body) or not self.can_fold(index):
            return ""
        layout = self._view.document().documentLayout()
        top = layout.blockBoundingRect(laid).top() - self._view.verticalScrollBar().value()
        middle, half = self._middle(laid, top), _WIDE / 2 * self._view.formats.zoom
        hit = abs(point.x() - middle.x()) <= half and abs(point.y() - middle.y()) <= half
        return self._view.pack().body[index].id if hit else ""

    def _middle(self, laid: QTextBlock, top: float) -> QPointF:
        """The middle of a heading's triangle, in the viewport."""
        layout, zoom = laid.layout(), self._view.formats.zoom
        line = layout.lineAt(0)
        away = min(_AWAY * zoom, layout.position().x() / 2 + 2)
        return QPointF(layout.position().x() + line.x() - away, top + line.y() + line.ascent() - 5 * zoom)
