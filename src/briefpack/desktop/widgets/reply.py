"""A field for an answer, which the keyboard sends and leaves."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit


class ReplyField(QPlainTextEdit):
    """A field that Ctrl+Enter sends, whatever those keys mean in the window, and Escape leaves."""

    sent = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that send."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _sends(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send, leave, or type."""
        if _sends(event):
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _sends(event: QKeyEvent) -> bool:
    control = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
    return control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
