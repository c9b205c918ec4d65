"""The wavy line under a misspelt word: drawn once for each scale, and laid out on whole pixels of the screen."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

PERIOD = 6.0
"""The length of one wave, in device-independent pixels at 100 %."""

HEIGHT = 2.4
"""From its crest to its trough."""

THICKNESS = 1.0
WAVES = 50
"""So many waves are drawn at once, and repeated."""


class Squiggles:
    """Draws them for one view. The waves of each colour and size are kept for as long as the view lives."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, float, float], QPixmap] = {}

    def draw(self, painter: QPainter, left: float, right: float, baseline: float, colour: QColor, zoom: float) -> None:
        """A wavy line just under the letters that stand on ``baseline``."""
        scale = painter.device().devicePixelRatio()
        size = min(max(zoom, 1.0), 2.0)
        key = (colour.rgba(), scale, size)
        tile = self._tiles.get(key) or self._tiles.setdefault(key, _tile(*key))
        x, y = (math.floor(value * scale) / scale for value in (left, baseline + 1.5 * size))
        painter.drawTiledPixmap(QRectF(x, y, right - left, tile.height() / scale), tile, QPointF(0, 0))


def _tile(colour: int, scale: float, size: float) -> QPixmap:
    """Some waves of a colour for a screen of a scale. A wave is a whole number of the screen's pixels long."""
    period = max(4, round(PERIOD * size * scale))
    height = math.ceil((HEIGHT + THICKNESS) * size * scale) + 1
    tile = QPixmap(period * WAVES, height)
    tile.setDevicePixelRatio(scale)
    tile.fill(Qt.GlobalColor.transparent)
    path = QPainterPath(QPointF(-period, height / 2))
    reach = HEIGHT * size * scale  # of a curve's control point, which the curve comes half as near to
    for half in range(2 * (WAVES + 2)):
        start = -period + half * period / 2
        bend = reach if half % 2 else -reach
        path.quadTo(QPointF(start + period / 4, height / 2 + bend), QPointF(start + period / 2, height / 2))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(1 / scale, 1 / scale)
    painter.setPen(QPen(QColor.fromRgba(colour), THICKNESS * size * scale))
    painter.drawPath(path)
    painter.end()
    return tile
