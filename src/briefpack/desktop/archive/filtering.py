"""What narrows the search: a button that offers facets with their counts, and a chip for each one chosen."""

import datetime as dt
from typing import cast

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from briefpack.archive.model import Facets, Filters
from briefpack.desktop.archive.choices import Choice, chose, chosen, offered, unchose
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.flow import FlowLayout
from briefpack.desktop.widgets.parts import named, tool
from briefpack.pack.periods import Period


class _Group(QMenu):
    """The choices of one facet. A click or the space bar sets one and leaves the menu open for another."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's."""
        action = cast("QAction | None", self.actionAt(event.position().toPoint()))  # null between two
        if action is not None and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)


class Filtering(QWidget):
    """The chips; ``button`` stands elsewhere."""

    changed = Signal()
    """Other filters are set."""

    wanted = Signal()
    """The facets are to be shown: :meth:`offer` them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "Filters")
        self.button = tool("Filter", "filter", self.wanted.emit, "Filter by year, kind, region, person, source or tag")
        self.menu = named(QMenu(self), "Filter by")
        self._groups: list[_Group] = []
        self._filters = Filters()
        self._earlier: list[tuple[dt.date | None, dt.date | None]] = []
        self._flow = FlowLayout()
        self._flow.setContentsMargins(8, 0, 8, 8)
        self.setLayout(self._flow)
        self.hide()

    @property
    def filters(self) -> Filters:
        """What is set."""
        return self._filters

    @property
    def chips(self) -> list[QToolButton]:
        """The chips, in their order."""
        items = (self._flow.itemAt(place) for place in range(self._flow.count()))
        return [chip for item in items if item and isinstance(chip := item.widget(), QToolButton)]

    def set(self, filters: Filters) -> None:
        """Set other filters."""
        if filters == self._filters:
            return
        if (filters.after, filters.before) != (self._filters.after, self._filters.before):
            self._earlier = []
        self._filters = filters
        while item := self._flow.takeAt(0):
            if chip := item.widget():
                chip.hide()
                chip.deleteLater()
        for choice in chosen(filters):
            self._flow.addWidget(self._chip(choice))
        self.setVisible(bool(self._flow.count()))
        self.updateGeometry()
        self.changed.emit()

    @property
    def narrows_days(self) -> bool:
        """Whether only some days count."""
        return self._filters.after is not None or self._filters.before is not None

    def set_days(self, period: Period) -> None:
        """Let only the days of a period count."""
        earlier = [*self._earlier, (self._filters.after, self._filters.before)]
        self.set(replace(self._filters, after=period.start, before=period.end))
        self._earlier = earlier

    def widen_days(self) -> None:
        """Go back to the days that counted before :meth:`set_days`; in the end all do."""
        *earlier, (after, before) = self._earlier or [(None, None)]
        self.set(replace(self._filters, after=after, before=before))
        self._earlier = earlier

    def offer(self, facets: Facets) -> None:
        """Open the menu of what the documents found can be narrowed to; where it is open, bring the counts up to date."""
        groups = dict(offered(facets))
        if self.menu.isVisible():
            for group in self._groups:
                if not group.isVisible():
                    self._fill(group, groups.get(group.title(), []))
            return
        self.menu.clear()
        self._groups = []
        for name, choices in groups.items():
            group = _Group(name, self.menu)
            self.menu.addMenu(group)
            self._groups.append(group)
            self._fill(group, choices)
        if self.menu.isEmpty():
            self.menu.addAction("There is nothing to filter").setEnabled(False)
        if self._flow.count():
            self.menu.addSeparator()
            self.menu.addAction("Remove all filters", lambda: self.set(Filters()))
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def _fill(self, group: "_Group", choices: list[tuple[Choice, int]]) -> None:
        group.clear()
        group.menuAction().setEnabled(bool(choices))
        for choice, count in choices:
            action = group.addAction(f"{choice.label.replace('&', '&&')}\t{count:,}")
            action.setCheckable(True)
            action.setData(choice)
            action.setChecked(choice in chosen(self._filters))
            action.triggered.connect(lambda on, choice=choice: self._choose(choice, on))

    def _choose(self, choice: Choice, on: bool) -> None:
        """Set or lift a choice; while the menu stays open for another, its checks and counts follow."""
        self.set((chose if on else unchose)(self._filters, choice))
        for group in self._groups:
            for action in group.actions():
                action.setChecked(Choice(*action.data()) in chosen(self._filters))
        if self.menu.isVisible():
            self.wanted.emit()

    def eventFilter(self, chip: QObject, event: QEvent) -> bool:
        """Qt's: Delete and Backspace remove a chip, the arrow keys go to the next."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(chip, QToolButton):
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                chip.click()
                return True
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                chips = self.chips
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                chips[(chips.index(chip) + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(chip, event)

    def _chip(self, choice: Choice) -> QToolButton:
        chip = named(QToolButton(), f"Remove the filter {choice.described}", f"{choice.described} – click to remove")
        chip.setProperty("kind", "chip")
        chip.setText(choice.label.replace("&", "&&"))
        chip.setIcon(icon("close"))
        chip.setIconSize(QSize(14, 14))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign that removes it stands after its name
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(lambda _checked=False: self._remove(chip, choice))
        chip.installEventFilter(self)
        return chip

    def _remove(self, chip: QToolButton, choice: Choice) -> None:
        """Take a filter off; the keyboard goes to the chip that stands there then, else to the button."""
        focused, place = chip.hasFocus(), self.chips.index(chip)
        self.set(unchose(self._filters, choice))
        if focused:
            left = self.chips
            following = left[min(place, len(left) - 1)] if left else self.button
            following.setFocus(Qt.FocusReason.TabFocusReason)
