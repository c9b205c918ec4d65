"""What lies under the mouse: the words of a link, of a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF, Qt

from briefpack.pack.edits import Place
from briefpack.pack.model import TextBlock
from briefpack.pack.text import Mark, MarkKind

if TYPE_CHECKING:
    from briefpack.desktop.editor.view import PackView


class Found(NamedTuple):
    """A mark in the text, with its block."""

    block: str
    mark: Mark

    @property
    def value(self) -> str:
        """The address of a link, the id of a comment."""
        return self.mark.value

    @property
    def places(self) -> tuple[Place, Place]:
        """Where its words begin and end."""
        return Place(self.block, self.mark.start), Place(self.block, self.mark.end)


def place_under(view: PackView, point: QPoint) -> Place | None:
    """The place of the character under a point of the viewport; None beside the words."""
    if not view.in_step():
        return None
    scrolled = view.verticalScrollBar().value()
    at = QPointF(point.x(), point.y() + scrolled)
    position = view.document().documentLayout().hitTest(at, Qt.HitTestAccuracy.ExactHit)
    if position < 0:
        return None
    cursor = view.textCursor()
    cursor.setPosition(position)
    after = point.x() < view.cursorRect(cursor).left()  # Qt gives the nearer edge: the character is behind or before it
    return view.place_at(position - after)


def mark_under(view: PackView, point: QPoint, kind: MarkKind) -> Found | None:
    """The mark of a kind on the character under a point of the viewport; the shortest of several."""
    place = place_under(view, point)
    return mark_at(view, place, kind, touching=False) if place is not None else None


def mark_at(view: PackView, place: Place, kind: MarkKind, *, touching: bool = True) -> Found | None:
    """The mark of a kind at a place, or where ``touching`` one that ends there; the shortest of several."""
    block = view.block_of(place.block)
    if not isinstance(block, TextBlock):
        return None
    marks = [m for m in block.text.marks if m.kind == kind and m.start <= place.offset < m.end + touching]
    return Found(block.id, min(marks, key=lambda mark: mark.end - mark.start)) if marks else None
