"""A short word over the window that goes by itself, with a button to take back what was done."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

SHOWN_FOR = 7000
"""Milliseconds for which a toast stays, unless the mouse rests on it."""


class Toast(QFrame):
    """One line at the foot of a widget. Saying the next thing replaces it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("kind", "toast")
        self.setAccessibleName("Message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = QLabel(wordWrap=False)
        self._button = QToolButton()
        self._act: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(16)
        layout.addWidget(self._label)
        layout.addWidget(self._button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(self.hide)
        self._button.clicked.connect(self._do)
        over.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """What it says, or said last."""
        return self._label.text()

    def say(self, words: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Show ``words``; where given, a button that does ``act``. Screen readers say it too."""
        self._label.setText(words)
        self._act = act
        self._button.setText(button)
        self._button.setVisible(act is not None)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the widget below changes its size."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the mouse rests here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on."""
        self._timer.start()
        super().leaveEvent(event)

    def _place(self) -> None:
        over = self._over
        self.setMaximumWidth(over.width() - 32)
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - 24)

    def _do(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
