"""What a template asks for, painted where nothing has been written yet. It is never in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetricsF, QPainter

from briefpack.desktop.editor.flow import Flow, sized
from briefpack.pack.model import Pack
from briefpack.pack.plan import hints
from briefpack.pack.text import Text

if TYPE_CHECKING:
    from briefpack.desktop.editor.painting import Seen
    from briefpack.desktop.editor.view import PackView

_LINES = 2
_SIZE = 0.92
"""Of the text's size: two lines of it fit into an empty paragraph and the space below."""


class Hints:
    """The hints of the pack that a view shows; none where it is only read."""

    def __init__(self, view: PackView) -> None:
        self._view = view
        self._hints: dict[str, str] = {}

    def follow(self, pack: Pack) -> bool:
        """Take note of what is empty in a pack; returns whether that has changed."""
        before, self._hints = self._hints, hints(pack) if pack.plan else {}
        return before != self._hints

    def of(self, block: str) -> str:
        """What to show in a block; empty for nothing."""
        return "" if self._view.isReadOnly() else self._hints.get(block, "")

    def draw(self, painter: QPainter, seen: Seen) -> None:
        """The hint of a block, from its first line on."""
        hint = self.of(seen.block.id)
        if not hint:
            return
        layout, look = seen.laid.layout(), self._view.look
        line = layout.lineAt(0)
        font = sized(self._view.formats.font(), _SIZE)
        baseline = seen.rect.top() + line.y() + line.ascent()
        painter.setPen(look.muted)
        flow = Flow(Text(hint), font, line.width(), look, lines=_LINES, spacing=1.0)
        flow.draw(painter, layout.position().x() + line.x(), baseline - QFontMetricsF(font).ascent())
