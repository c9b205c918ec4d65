"""A colour for each person whose changes are shown: the one place where they are chosen."""

import zlib
from collections.abc import Sequence

from PySide6.QtGui import QColor, QGuiApplication

from briefpack.desktop.theme.colours import HIGH_LIGHT, colours_of
from briefpack.pack.model import Pack

_LIGHT = ("#2457b8", "#a8236f", "#0f6e60", "#8a5200", "#6f3fb0", "#5a6010", "#b3261e", "#1b6487")
_DARK = ("#8fb8f7", "#f29cc8", "#6fd0bf", "#e6b566", "#c6a7f3", "#c9cd72", "#f2988f", "#83c7e8")
_HIGH_LIGHT = ("#163a85", "#7d1552", "#074d43", "#613900", "#4e2785", "#3f4408", "#8c0000", "#0e4560")
"""On the sheet of their scheme each has a contrast of at least 4.5 to 1; with high contrast, and in the dark, 7 to 1."""


def person_colour(name: str, known: Sequence[str], *, dark: bool) -> QColor:
    """The colour of a person: by the place in ``known``, so that those who meet there differ as long as colours last.

    Somebody who is not in there has a colour by the name alone, the same each time.
    """
    high = colours_of(QGuiApplication.palette()) is HIGH_LIGHT
    colours = _DARK if dark else _HIGH_LIGHT if high else _LIGHT
    place = known.index(name) if name in known else zlib.crc32(name.encode())
    return QColor(colours[place % len(colours)])


def known_people(pack: Pack) -> tuple[str, ...]:
    """Everybody in the copies that came back, in the order that colours are given by.

    A copy in which nobody says who they are stands there by its name.
    """
    return tuple(dict.fromkeys(name for each in pack.returns for name in each.authors or (each.name,)))
