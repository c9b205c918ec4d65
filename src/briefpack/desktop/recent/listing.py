"""The packs that were opened before, as the start page lists them."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from briefpack.desktop.recent.packs import Recent, RecentPacks
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import button, label, named, tool

_MOST_SHOWN = 10
_WIDTH = 360


class RecentList(QWidget):
    """A row for each: its name, which opens it, and a pin; for one that is not there, what takes it off the list."""

    chosen = Signal(Path)

    def __init__(self, packs: RecentPacks) -> None:
        super().__init__()
        named(self, "Packs opened last")
        self._packs = packs
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self.setFixedWidth(_WIDTH)
        packs.changed.connect(self.show_packs)
        self.show_packs()

    def show_packs(self) -> None:
        """List what there is now; nothing is shown where there is nothing."""
        focus = QApplication.focusWidget()
        by_keyboard = focus is not None and self.isAncestorOf(focus)
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        entries = self._packs.entries[:_MOST_SHOWN]
        self._rows.addWidget(label("Opened last", "heading"))
        for each in entries:
            self._rows.addWidget(self._row(each))
        self._rows.addStretch(1)
        self.setVisible(bool(entries))
        if by_keyboard and entries:  # what had the keyboard is gone with its row
            QTimer.singleShot(0, self, self._focus_first)

    def _focus_first(self) -> None:
        first = next((each for each in self.findChildren(QPushButton) if each.isVisible() and each.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, each: Recent) -> QWidget:
        made = QWidget()
        layout = QHBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._link(each), 1)
        path = each.path
        if each.missing:
            forget = tool(f"Take {path.stem} off the list", "close", lambda: self._packs.forget(path))
            layout.addWidget(forget)
            return made
        words = f"Do not keep {path.stem} at the top" if each.pinned else f"Keep {path.stem} at the top"
        shape = "pinned" if each.pinned else "pin"
        pin = tool(words, shape, lambda: self._packs.pin(path, on=not each.pinned))
        pin.setProperty("quiet", not each.pinned)
        layout.addWidget(pin)
        return made

    def _link(self, each: Recent) -> QPushButton:
        path = each.path
        made = button(path.stem, lambda: self.chosen.emit(path), flat=True, tip=str(path))
        made.setStyleSheet("text-align: left;")
        metrics = QFontMetrics(made.font())
        words = metrics.elidedText(path.stem, Qt.TextElideMode.ElideMiddle, _WIDTH - 100)
        made.setText(words.replace("&", "&&"))
        made.setIcon(icon("sample"))
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setAccessibleDescription(f"{path.parent}, not there" if each.missing else str(path.parent))
        if each.missing:
            made.setEnabled(False)
            made.setToolTip(f"{path}\nIt is not there any more, or its disk is not.")
        return made
