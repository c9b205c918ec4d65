"""The page that stands where no pack is open."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import button, column, label


class StartPage(QWidget):
    """What one can do first: a new pack, one that is there, the sample, one of the last few.

    Args:
        doors: text, icon and act of each large button; the first is the likeliest.
        beside: what stands at the right.
    """

    def __init__(self, doors: Iterable[tuple[str, str, Callable[[], object]]], beside: QWidget) -> None:
        super().__init__()
        self.setObjectName("start")
        ignored = QSizePolicy.Policy.Ignored  # while it is hidden, the document may be narrower than this page
        self.setSizePolicy(ignored, ignored)
        title = label("Briefpack", "title")
        words = label("Assemble a meeting briefing from what you have, send it out as a Word file.", "muted", wrap=True)
        self._doors = [self._door(*door) for door in doors]
        left = column(title, words, spacing=8)
        left.addSpacing(16)
        for door in self._doors:
            left.addWidget(door)
        left.addStretch(1)
        inner = QHBoxLayout()
        inner.setSpacing(64)
        inner.addStretch(1)
        inner.addLayout(left)
        inner.addWidget(beside)
        inner.addStretch(1)
        for part in (left, beside):
            inner.setStretchFactor(part, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 0, 48, 0)
        layout.addStretch(2)
        layout.addLayout(inner)
        layout.addStretch(3)
        words.setFixedWidth(280)

    def _door(self, text: str, shape: str, act: Callable[[], object]) -> QPushButton:
        made = button(f" {text}", act)
        made.setAccessibleName(text.removesuffix("…"))
        first = shape == "new"
        made.setIcon(icon(shape, QPalette.ColorRole.Base if first else QPalette.ColorRole.ButtonText))
        made.setDefault(first)
        made.setMinimumHeight(40)
        made.setFixedWidth(280)
        made.setStyleSheet("text-align: left; padding-left: 16px;")
        return made
