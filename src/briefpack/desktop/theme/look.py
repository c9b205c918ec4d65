"""How the program looks: Fusion, our palettes, a small style sheet, following the system between light and dark."""

from enum import StrEnum
from string import Template

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from briefpack.assets import resource
from briefpack.desktop.theme.colours import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, palette_of

GRID = 8
"""The grid, in device-independent pixels, that margins and spacings are multiples of."""


_MOVING = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)
_FAMILIES = ("Inter", "Noto Sans", "Open Sans", "Cantarell", "Liberation Sans")


class Scheme(StrEnum):
    """What the user chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Look(QObject):
    """Dresses the application, and dresses it anew when the system or the user changes light, dark or contrast.

    The user's choice of high contrast is light or dark as the system is; that of light or dark has high contrast where
    the system asks for it.
    """

    def __init__(self, app: QApplication, scheme: Scheme) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._sheet = Template(resource("themes", "window.qss").read_text("utf-8"))
        app.setStyle("Fusion")
        app.setFont(_readable(app.font()))
        self._hints = app.styleHints()  # kept: without it Python lets go of what hangs on it
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._accessibility = self._hints.accessibility()
        self._accessibility.contrastPreferenceChanged.connect(self._dress)
        self._flash = app.cursorFlashTime()
        self._moving = {effect for effect in _MOVING if app.isEffectEnabled(effect)}
        self._dress()

    @property
    def scheme(self) -> Scheme:
        """The user's choice."""
        return self._scheme

    @property
    def high_contrast(self) -> bool:
        """Whether the user or the system wants it."""
        wanted = self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
        return wanted or self._scheme is Scheme.CONTRAST

    def choose(self, scheme: Scheme) -> None:
        """Follow the user's choice from now on."""
        self._scheme = scheme
        self._dress()

    def keep_still(self, on: bool) -> None:
        """Let nothing move by itself: no caret that blinks, nothing that slides or fades. Else as the system has it."""
        self._app.setCursorFlashTime(0 if on else self._flash)
        for effect in _MOVING:
            self._app.setEffectEnabled(effect, not on and effect in self._moving)

    def _follow_system(self) -> None:
        if self._scheme in {Scheme.SYSTEM, Scheme.CONTRAST}:
            self._dress()

    def _dress(self) -> None:
        dark = self._scheme is Scheme.DARK
        if self._scheme in {Scheme.SYSTEM, Scheme.CONTRAST}:
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        colours = (HIGH_DARK if dark else HIGH_LIGHT) if self.high_contrast else (DARK if dark else LIGHT)
        self._app.setPalette(palette_of(colours))
        width = "2px" if self.high_contrast else "1px"
        self._app.setStyleSheet(self._sheet.substitute(colours.named(), focus=width))


def _readable(font: QFont) -> QFont:
    """The system's font; where the system names none that is made for reading on screens, the first there is of some."""
    if font.family() not in {"", "DejaVu Sans", "Sans Serif", "sans-serif"}:
        return font
    font.setFamilies([*_FAMILIES, font.family()])
    font.setPointSizeF(max(font.pointSizeF(), 10))
    return font
