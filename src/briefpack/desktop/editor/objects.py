"""Cards as objects in the text: Qt asks for their size and has them drawn; the pack says what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPyTextObject, QTextDocument, QTextFormat

from briefpack.desktop.editor.cards import Card, Setting, lay_out
from briefpack.desktop.editor.formats import TOKEN
from briefpack.pack.model import OBJECTS

if TYPE_CHECKING:
    from briefpack.desktop.editor.view import Media, PackView

_KEPT = 200


class Cards(QPyTextObject):
    """Lays out and draws the objects of a view's document."""

    def __init__(self, view: PackView, media: Media) -> None:
        super().__init__(view)
        self._view = view
        self._media = media
        self._cards: dict[tuple[str, float], Card] = {}

    def forget(self) -> None:
        """Lay everything out anew: the look has changed."""
        self._cards.clear()

    def intrinsicSize(self, doc: QTextDocument, position: int, format_: QTextFormat) -> QSizeF:
        """The width of the text, and the card's height."""
        width = _room(doc)
        return QSizeF(width, self._card(doc, position, format_, width).height)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, position: int, format_: QTextFormat
    ) -> None:
        """The card, in its place."""
        frame = QRectF(rect)
        card = self._card(doc, position, format_, _room(doc))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QPointF(frame.left(), frame.top()))
        for draw in card.draws:
            draw(painter)
        painter.restore()

    def _card(self, doc: QTextDocument, position: int, format_: QTextFormat, width: float) -> Card:
        key = (str(format_.property(TOKEN)), width)
        if key in self._cards:
            return self._cards[key]
        pack = self._view.pack()
        index = doc.findBlock(position).blockNumber()
        block = pack.body[index] if index < len(pack.body) else None
        if not isinstance(block, OBJECTS):
            return Card(1, ())  # between a key and its reading back the document may be ahead of the pack
        formats = self._view.formats
        card = lay_out(block, Setting(pack, self._media, formats.look, formats.font(), formats.zoom, width))
        if len(self._cards) >= _KEPT:
            self._cards.clear()
        self._cards[key] = card
        return card


def _room(doc: QTextDocument) -> float:
    """The width between the sheet's margins."""
    frame = doc.rootFrame().frameFormat()
    return max(120.0, doc.textWidth() - frame.leftMargin() - frame.rightMargin())
