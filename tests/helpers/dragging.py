"""Files dropped on a widget, as a desktop's file manager does it."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

_LEFT, _NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop_files(paths, widget):
    """Drag files over a widget and let them go; the first of it and its parents that takes them, or None."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    mime.setText("\n".join(map(str, paths)))  # file managers put the names in as text, too
    while widget is not None:
        if widget.acceptDrops():
            enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, _LEFT, _NO_KEYS)
            enter.ignore()
            QApplication.sendEvent(widget, enter)
            if enter.isAccepted():
                drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, _LEFT, _NO_KEYS)
                QApplication.sendEvent(widget, drop)
                return widget
        widget = widget.parentWidget()
    return None
