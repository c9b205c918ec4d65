"""The editor's colours and measures: a light and a dark sheet, each also with high contrast."""

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette

from briefpack.desktop.theme.colours import SETS, colours_of


class Look(NamedTuple):
    """Every colour that the editor paints with. Chosen by whether the palette is dark, so that text stays readable."""

    dark: bool
    desk: QColor
    sheet: QColor
    hairline: QColor
    shadow: QColor
    ink: QColor
    muted: QColor
    accent: QColor
    selection: QColor
    link: QColor
    inserted: QColor
    deleted: QColor
    card: QColor
    card_head: QColor
    card_edge: QColor
    comment: QColor
    comment_lit: QColor
    comment_line: QColor
    clip: QColor
    bubble: QColor
    bubble_edge: QColor
    draft: QColor
    cleared: QColor
    overdue: QColor
    hit: QColor
    misspelt: QColor
    highlights: dict[str, QColor]


LIGHT = Look(
    dark=False,
    desk=QColor("#e9ebee"),
    sheet=QColor("#ffffff"),
    hairline=QColor("#cfd4da"),
    shadow=QColor(20, 30, 45, 18),
    ink=QColor("#1b1f24"),
    muted=QColor("#5a6470"),
    accent=QColor("#1f5fae"),
    selection=QColor("#bcd6f5"),
    link=QColor("#1a56a8"),
    inserted=QColor("#1c6b3a"),
    deleted=QColor("#a3262a"),
    card=QColor("#f7f8fa"),
    card_head=QColor("#eef1f5"),
    card_edge=QColor("#d5dae1"),
    comment=QColor("#fdeec6"),
    comment_lit=QColor("#f9d77e"),
    comment_line=QColor("#c98a00"),
    clip=QColor("#2e7d87"),
    bubble=QColor("#ffffff"),
    bubble_edge=QColor("#d3d8df"),
    draft=QColor("#b26a00"),
    cleared=QColor("#23794a"),
    overdue=QColor("#b3261e"),
    hit=QColor("#e2d4fb"),
    misspelt=QColor("#c5221f"),
    highlights={
        "yellow": QColor("#fff2a8"),
        "green": QColor("#cdeecb"),
        "blue": QColor("#cfe3fb"),
        "pink": QColor("#fbd3e0"),
        "orange": QColor("#fbdcb4"),
        "grey": QColor("#dfe3e8"),
    },
)

DARK = Look(
    dark=True,
    desk=QColor("#15171a"),
    sheet=QColor("#25282d"),
    hairline=QColor("#3b4048"),
    shadow=QColor(0, 0, 0, 70),
    ink=QColor("#e6e8eb"),
    muted=QColor("#a2abb6"),
    accent=QColor("#7fb2f0"),
    selection=QColor("#2f5583"),
    link=QColor("#86b7f3"),
    inserted=QColor("#7fd3a0"),
    deleted=QColor("#f0918d"),
    card=QColor("#2c3036"),
    card_head=QColor("#343941"),
    card_edge=QColor("#454b55"),
    comment=QColor("#4d4224"),
    comment_lit=QColor("#7a6423"),
    comment_line=QColor("#e0b354"),
    clip=QColor("#6fc3cd"),
    bubble=QColor("#2a2e34"),
    bubble_edge=QColor("#434953"),
    draft=QColor("#e5ad5c"),
    cleared=QColor("#74cb98"),
    overdue=QColor("#f28b82"),
    hit=QColor("#54437d"),
    misspelt=QColor("#ff8a80"),
    highlights={
        "yellow": QColor("#5c5423"),
        "green": QColor("#2d5233"),
        "blue": QColor("#27466b"),
        "pink": QColor("#5f3044"),
        "orange": QColor("#63452a"),
        "grey": QColor("#464c55"),
    },
)

HIGH_LIGHT = Look(
    dark=False,
    desk=QColor("#ffffff"),
    sheet=QColor("#ffffff"),
    hairline=QColor("#5a5a5a"),
    shadow=QColor(0, 0, 0, 0),
    ink=QColor("#000000"),
    muted=QColor("#2b2b2b"),
    accent=QColor("#00309c"),
    selection=QColor("#b5ccff"),
    link=QColor("#00309c"),
    inserted=QColor("#00501e"),
    deleted=QColor("#8c0000"),
    card=QColor("#ffffff"),
    card_head=QColor("#eef1f5"),
    card_edge=QColor("#5a5a5a"),
    comment=QColor("#fff0b8"),
    comment_lit=QColor("#ffd966"),
    comment_line=QColor("#7a4f00"),
    clip=QColor("#005059"),
    bubble=QColor("#ffffff"),
    bubble_edge=QColor("#5a5a5a"),
    draft=QColor("#5c3a00"),
    cleared=QColor("#00501e"),
    overdue=QColor("#8c0000"),
    hit=QColor("#e2d4fb"),
    misspelt=QColor("#8c0000"),
    highlights=LIGHT.highlights,
)

HIGH_DARK = Look(
    dark=True,
    desk=QColor("#000000"),
    sheet=QColor("#000000"),
    hairline=QColor("#b0b0b0"),
    shadow=QColor(0, 0, 0, 0),
    ink=QColor("#ffffff"),
    muted=QColor("#e0e0e0"),
    accent=QColor("#8fc7ff"),
    selection=QColor("#1f4a80"),
    link=QColor("#8fc7ff"),
    inserted=QColor("#7dffab"),
    deleted=QColor("#ffaaa3"),
    card=QColor("#000000"),
    card_head=QColor("#1c1f24"),
    card_edge=QColor("#b0b0b0"),
    comment=QColor("#403300"),
    comment_lit=QColor("#594700"),
    comment_line=QColor("#ffd466"),
    clip=QColor("#7ce8f2"),
    bubble=QColor("#000000"),
    bubble_edge=QColor("#b0b0b0"),
    draft=QColor("#ffd466"),
    cleared=QColor("#7dffab"),
    overdue=QColor("#ffaaa3"),
    hit=QColor("#432e70"),
    misspelt=QColor("#ffaaa3"),
    highlights={
        "yellow": QColor("#4d4400"),
        "green": QColor("#0f401c"),
        "blue": QColor("#123a66"),
        "pink": QColor("#591f3a"),
        "orange": QColor("#59330f"),
        "grey": QColor("#3a3f47"),
    },
)

HIGHLIGHTS = tuple(LIGHT.highlights)
"""The names of highlight colours, as stored in the pack; another name is shown as the first."""


_LOOKS = (LIGHT, DARK, HIGH_LIGHT, HIGH_DARK)
"""In the order of the sets of the window's colours."""


def look_of(palette: QPalette) -> Look:
    """The look that goes with a palette."""
    return _LOOKS[SETS.index(colours_of(palette))]


FONTS = ("Arial", "Liberation Sans", "Helvetica", "DejaVu Sans")
"""The document's typeface, the house style's first; the others stand in where it is not installed."""

TEXT_POINTS = 11.0
SHEET_WIDTH = 760
"""The sheet's width in pixels at 100 %: A4 at 92 dots an inch."""

SIDE_MARGIN = 72
TOP_MARGIN = 64
DESK_GAP = 20
"""The strip of desk above and below the sheet."""

INDENT = 26
"""How far a list level moves in, and how much room a bullet or number has."""
