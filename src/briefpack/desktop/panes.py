"""The docks around the document: outline at the left, everything else as tabs at the right."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from briefpack.desktop.widgets.parts import named

LEFT_WIDTH = 240
RIGHT_WIDTH = 360
_DOCUMENT = 420
"""What the document keeps as long as the docks can give way."""

_LEAST = (150, 260)
"""What the docks keep, left and right."""


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
        self._given: tuple[int, int] | None = None  # how wide they were made; None until they have been shown
        self._watch = _Watch(lambda: self.widths, window)
        for dock in self._ends:
            dock.installEventFilter(self._watch)

    def __getitem__(self, name: str) -> QDockWidget:
        return self._docks[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all docks."""
        return tuple(self._docks)

    @property
    def front(self) -> str:
        """The dock in front at the right; the first of them where none is shown."""
        return next((name for name in self._right if self._shown(name)), self._right[0])

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
        order = [next(iter(self._docks)), "", self.front]
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
            self._given = None
            QTimer.singleShot(0, self._window, lambda: self._resize(widths))

    def fit(self) -> None:
        """Give the document its room in a window of another size; the docks have theirs again where there is enough."""
        if self._both_shown:
            self._resize(self._widths)

    def _resize(self, widths: tuple[int, int]) -> None:
        layout = self._window.layout()
        if layout is not None:
            layout.activate()  # docks that were shown just now have no size yet that could be changed
        given = fitted(widths, self._window.width())
        self._window.resizeDocks(list(self._ends), list(given), Qt.Orientation.Horizontal)
        if layout is not None:
            layout.activate()
        self._given = self._now

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
        if self._both_shown and self._given not in {None, self._now}:
            self._widths = self._given = self._now  # the user has moved an edge
        return self._widths

    @widths.setter
    def widths(self, widths: tuple[int, int]) -> None:
        self._widths = widths

    @property
    def _now(self) -> tuple[int, int]:
        left, right = self._ends
        return left.width(), right.width()

    @property
    def _both_shown(self) -> bool:
        return all(dock.isVisible() and not dock.isFloating() for dock in self._ends)

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


class _Watch(QObject):
    """Takes note of how wide the docks are while the user moves an edge."""

    def __init__(self, note: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._note = note

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A dock that changes its size with a mouse button down."""
        if event.type() == QEvent.Type.Resize and QApplication.mouseButtons():
            self._note()
        return False


def fitted(widths: tuple[int, int], window: int) -> tuple[int, int]:
    """How wide the docks may be in a window of this width: the right one gives way first, as it is the wider."""
    over = max(0, sum(widths) + _DOCUMENT - window)
    right = max(min(widths[1], _LEAST[1]), widths[1] - over)
    over -= widths[1] - right
    return max(min(widths[0], _LEAST[0]), widths[0] - over), right


def _first_focus(widget: QWidget | None) -> QWidget | None:
    """The first widget within that takes the keyboard."""
    if widget is None:
        return None
    proxy = widget.focusProxy()
    if proxy is not None and proxy.isVisibleTo(widget) and proxy.isEnabled():
        return proxy
    for child in widget.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(widget) and child.isEnabled():
            return child
    return None
