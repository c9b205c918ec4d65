"""The cards: objects in the text that are changed in a form."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPyTextObject, QTextDocument, QTextFormat

from briefpack.pack.model import Pack


class Cards(QPyTextObject):
    """Draws the cards of a document."""

    def __init__(
        self, pack: Callable[[], Pack], media: Callable[[str], bytes | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pack = pack
        self._media = media

    def forget(self) -> None:
        """Draw everything anew."""

    def intrinsicSize(self, doc: QTextDocument, _position: int, _format: QTextFormat) -> QSizeF:
        """The full width of the text."""
        return QSizeF(doc.textWidth() - 150, 60)

    def drawObject(
        self, painter: QPainter, rect: QRectF, doc: QTextDocument, position: int, _format: QTextFormat
    ) -> None:
        """A card."""
        index = doc.findBlock(position).blockNumber()
        painter.drawRect(rect)
        painter.drawText(rect, type(self._pack().body[index]).__name__)
