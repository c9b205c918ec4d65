"""Small makers of widgets that have an accessible name from the start."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from briefpack.desktop.theme.icons import icon

WidgetT = TypeVar("WidgetT", bound=QWidget)


def named(widget: WidgetT, name: str, tip: str = "") -> WidgetT:
    """``widget`` with the name that a screen reader says, and the tip that a mouse shows."""
    widget.setAccessibleName(name)
    widget.setObjectName(name)
    if isinstance(widget, (QAbstractSpinBox, QComboBox, QKeySequenceEdit)):
        for field in widget.findChildren(QLineEdit):  # Qt's own: it has the keyboard, and no name
            field.setAccessibleName(name)
    if tip:
        widget.setToolTip(tip)
    return widget


def label(text: str, kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label; ``kind`` is its look in the style sheet."""
    made = QLabel(text, wordWrap=wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("kind", kind)
    return made


def button(text: str, act: Callable[[], object], *, shape: str = "", flat: bool = False, tip: str = "") -> QPushButton:
    """A push button."""
    made = named(QPushButton(text.replace("&", "&&")), text.removesuffix("…"), tip)
    made.setFlat(flat)
    made.setAutoDefault(False)
    if shape:
        made.setIcon(icon(shape))
    made.clicked.connect(lambda _checked=False: act())
    return made


def tool(name: str, shape: str, act: Callable[[], object], tip: str = "") -> QToolButton:
    """A small button that shows an icon alone."""
    made = named(QToolButton(), name, tip or name)
    made.setIcon(icon(shape))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda _checked=False: act())
    return made


def column(*parts: QWidget | QLayout, margin: int = 0, spacing: int = 8) -> QVBoxLayout:
    """Parts below one another."""
    layout = QVBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


def row(*parts: QWidget | None, margin: int = 0, spacing: int = 8) -> QHBoxLayout:
    """Parts side by side; None is a space that takes what is left."""
    layout = QHBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        else:
            layout.addWidget(part)
    return layout


def holding(layout: QLayout) -> QWidget:
    """A plain widget with a layout."""
    made = QWidget()
    made.setLayout(layout)
    return made


class Notice(QWidget):
    """What an empty list says: what would be here, and what to do; centred, with a button where one helps."""

    def __init__(self, words: str, more: str = "", act: QPushButton | None = None) -> None:
        super().__init__()
        self._words = label(words, "heading", wrap=True)
        self._more = label(more, "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(1)
        for part in (self._words, self._more):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            layout.addWidget(part)
        if act is not None:
            layout.addSpacing(8)
            layout.addWidget(act, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def say(self, words: str, more: str = "") -> None:
        """Say something else."""
        self._words.setText(words)
        self._more.setText(more)
        self._more.setVisible(bool(more))
