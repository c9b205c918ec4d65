"""The sample's pictures: a chart, and portraits that are nobody's."""

import io
import math

from PIL import Image, ImageDraw, ImageFont

_SCALE = 2  # drawn twice as large and made smaller, so that edges are smooth
_INK, _SOFT, _BAR, _LINE, _PAPER = "#16191d", "#565f6b", "#1d4f7c", "#b4571d", "#ffffff"

BACKLOG = (("March 2024", 3.1), ("March 2025", 3.4), ("October 2026", 3.9))
"""Silt not removed, in millions of cubic metres."""

BACKLOG_ALT = (
    "Bar chart of the dredging backlog in millions of cubic metres: 3.1 in March 2024, 3.4 in March 2025 and 3.9 in"
    " October 2026. A line above the bars shows the annual grant, unchanged at £46 million."
)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def backlog_chart() -> bytes:
    """The backlog as bars, and the grant as a line over them."""
    width, height, base = 900 * _SCALE, 440 * _SCALE, 340 * _SCALE
    image = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(image)
    large, small = ImageFont.load_default(26 * _SCALE), ImageFont.load_default(21 * _SCALE)
    draw.line((70 * _SCALE, base, 850 * _SCALE, base), fill=_SOFT, width=2 * _SCALE)
    for index, (label, value) in enumerate(BACKLOG):
        left = (130 + index * 250) * _SCALE
        top = base - int(value * 55 * _SCALE)
        middle = left + 70 * _SCALE
        draw.rectangle((left, top, left + 140 * _SCALE, base - 1), fill=_BAR)
        draw.text((middle, top + 12 * _SCALE), f"{value}", font=large, fill=_PAPER, anchor="ma")
        draw.text((middle, base + 14 * _SCALE), label, font=small, fill=_INK, anchor="ma")
    grant = 78 * _SCALE
    draw.line((130 * _SCALE, grant, 770 * _SCALE, grant), fill=_LINE, width=4 * _SCALE)
    for index in range(len(BACKLOG)):
        middle = (200 + index * 250) * _SCALE
        radius = 8 * _SCALE
        draw.ellipse((middle - radius, grant - radius, middle + radius, grant + radius), fill=_LINE)
    draw.text((130 * _SCALE, grant - 16 * _SCALE), "Annual grant: unchanged", font=small, fill=_LINE, anchor="ls")
    draw.text((130 * _SCALE, 420 * _SCALE), "Backlog, millions of cubic metres", font=small, fill=_SOFT, anchor="ls")
    return _png(image.resize((width // _SCALE, height // _SCALE), Image.Resampling.LANCZOS))


def portrait(ground: str, figure: str, sides: int) -> bytes:
    """A head and shoulders made of plain shapes: a circle over a polygon with so many sides."""
    width, height = 240 * _SCALE, 300 * _SCALE
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    centre, shoulders = width // 2, 330 * _SCALE
    radius = 150 * _SCALE
    turns = [math.pi * (2 * n + 1) / sides - math.pi / 2 for n in range(sides)]
    corners = [(centre + radius * math.cos(turn), shoulders + radius * math.sin(turn)) for turn in turns]
    draw.polygon(corners, fill=figure)
    head = 58 * _SCALE
    draw.ellipse((centre - head, 62 * _SCALE, centre + head, 62 * _SCALE + 2 * head), fill=figure)
    return _png(image.resize((width // _SCALE, height // _SCALE), Image.Resampling.LANCZOS))
