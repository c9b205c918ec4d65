"""The docks around the document: outline at the left, everything else as tabs at the right."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from briefpack.desktop.widgets.parts import named

LEFT_WIDTH = 240
RIGHT_WIDTH = 360


class Panes:
    """The docks by name.

    Args:
        window: the window; its central widget is set.
        left: name, title and panel at the left.
        right: the same of each tab at the right.
    """

    def __init__(
        self, window: QMainWindow, left: tuple[str, str, QWidget], right: tuple[tuple[str, str, QWidget], ...]
    ) -> None:
        self._window = window
        window.setDockNestingEnabled(False)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._docks = {name: self._dock(name, title, panel) for name, title, panel in (left, *right)}
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self._docks[left[0]])
        first = self._docks[right[0][0]]
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, first)
        for name, _, _ in right[1:]:
            window.tabifyDockWidget(first, self._docks[name])
        first.raise_()
        self._right = tuple(name for name, _, _ in right)
        self._widths = (LEFT_WIDTH, RIGHT_WIDTH)

    def __getitem__(self, name: str) -> QDockWidget:
        return self._docks[name]

    def put(self, name: str, panel: QWidget) -> None:
        """Put a panel into a dock in place of the one that is there."""
        old = self._docks[name].widget()
        self._docks[name].setWidget(panel)
        if old is not None:
            old.deleteLater()

    def show(self, name: str) -> None:
        """Bring a dock to the front."""
        self._docks[name].show()
        self._docks[name].raise_()

    def go_to(self, name: str, widget: QWidget | None = None) -> None:
        """Bring a dock to the front and let the keyboard speak to it, or to a widget in it."""
        self.show(name)
        target = widget or _first_focus(self._docks[name].widget())
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int, middle: QWidget) -> None:
        """Go to the next or previous pane: outline, document, the dock in front at the right."""
        front = next((name for name in self._right if self._shown(name)), self._right[0])
        order = [next(iter(self._docks)), "", front]
        focus = QApplication.focusWidget()
        now = next(
            (
                at
                for at, name in enumerate(order)
                if focus is not None and name and self._docks[name].isAncestorOf(focus)
            ),
            1,
        )
        target = order[(now + by) % len(order)]
        if target:
            self.go_to(target)
        else:
            middle.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_shown(self, names: tuple[str, ...]) -> None:
        """Show those docks, hide all others."""
        widths = self.widths
        for name, dock in self._docks.items():
            dock.setVisible(name in names)
        if names:
            QTimer.singleShot(0, self._window, lambda: self._resize(widths))

    def _resize(self, widths: tuple[int, int]) -> None:
        if (layout := self._window.layout()) is not None:
            layout.activate()  # docks that were shown just now have no size yet that could be changed
        self._window.resizeDocks(list(self._ends), list(widths), Qt.Orientation.Horizontal)

    def name_tabs(self) -> None:
        """Give the tab bar that Qt makes for the docks a name, and let the keyboard reach it."""
        for bar in self._window.findChildren(QTabBar):
            if bar.parent() is self._window:
                named(bar, "Panels")
                bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                bar.setExpanding(False)
                bar.setElideMode(Qt.TextElideMode.ElideNone)

    @property
    def widths(self) -> tuple[int, int]:
        """How wide left and right are; what was last seen, while they are hidden."""
        left, right = self._ends
        if left.isVisible() and right.isVisible() and not right.isFloating():
            self._widths = (left.width(), right.width())
        return self._widths

    @widths.setter
    def widths(self, widths: tuple[int, int]) -> None:
        self._widths = widths

    @property
    def _ends(self) -> tuple[QDockWidget, QDockWidget]:
        return next(iter(self._docks.values())), self._docks[self._right[0]]

    def _shown(self, name: str) -> bool:
        dock = self._docks[name]
        return dock.isVisible() and not dock.visibleRegion().isEmpty()

    def _dock(self, name: str, title: str, panel: QWidget) -> QDockWidget:
        dock = named(QDockWidget(title, self._window), title)
        dock.setObjectName(f"dock {name}")
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable
            | QDockWidget.DockWidgetFeature.DockWidgetFloatable
            | QDockWidget.DockWidgetFeature.DockWidgetClosable
        )
        bare = QWidget(dock)
        dock.setTitleBarWidget(bare)
        dock.topLevelChanged.connect(lambda floating: dock.setTitleBarWidget(None if floating else bare))  # type: ignore[arg-type]  # Qt takes null
        dock.setWidget(panel)
        return dock


def _first_focus(widget: QWidget | None) -> QWidget | None:
    """The first widget within that takes the keyboard."""
    if widget is None:
        return None
    for child in widget.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(widget) and child.isEnabled():
            return child
    return None
