"""The page that stands where no pack is open."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import button, column, label


class StartPage(QWidget):
    """What one can do first: a new pack, one that is there, the sample, one of the last few.

    Args:
        doors: text, icon and act of each large button; the first is the likeliest.
    """

    chosen = Signal(Path)
    """A pack of the list of recent ones."""

    def __init__(self, doors: Iterable[tuple[str, str, Callable[[], object]]]) -> None:
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
        self._recent = column(label("Opened last", "heading"), spacing=4)
        self._recent.addStretch(1)
        self._right = QWidget()
        self._right.setLayout(self._recent)
        inner = QHBoxLayout()
        inner.setSpacing(64)
        inner.addStretch(1)
        inner.addLayout(left)
        inner.addWidget(self._right)
        inner.addStretch(1)
        for part in (left, self._right):
            inner.setStretchFactor(part, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 0, 48, 0)
        layout.addStretch(2)
        layout.addLayout(inner)
        layout.addStretch(3)
        words.setFixedWidth(280)
        self._right.setFixedWidth(320)

    def show_recent(self, paths: Iterable[Path]) -> None:
        """List packs, newest first."""
        while self._recent.count() > 2:
            item = self._recent.takeAt(1)
            if item is not None and (widget := item.widget()):
                widget.deleteLater()
        for at, path in enumerate(paths):
            self._recent.insertWidget(1 + at, self._link(path))
        self._right.setVisible(self._recent.count() > 2)

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

    def _link(self, path: Path) -> QPushButton:
        made = button(path.stem, lambda: self.chosen.emit(path), flat=True, tip=str(path))
        made.setStyleSheet("text-align: left;")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setAccessibleDescription(str(path.parent))
        return made
