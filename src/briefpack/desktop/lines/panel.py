"""The lines to take as a list: who owns each, how far it has come, and when it goes off."""

import datetime as dt

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from briefpack.desktop.lines.listing import Due, Listed, Wanted, listed, owners
from briefpack.desktop.theme.colours import colours_of
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.flow import FlowLayout
from briefpack.desktop.widgets.parts import Notice, button, holding, named
from briefpack.desktop.workspace import Workspace
from briefpack.pack.model import Pack, Status

_KEY = Qt.ItemDataRole.UserRole
_SETTLED = 150
_MINUTE = 60_000
_EVERYBODY, _NOBODY = "Everybody's", "Nobody's"
_ANY = "Draft or cleared"
_EMPTY = ("No lines yet", "Bullets and paragraphs under “Lines to take” or “If pressed” are listed here.")


class LinesPanel(QWidget):
    """A row goes to its line; Line… opens its form. What goes off first stands first."""

    opened = Signal(str)
    """The id of a line's block that the user activated."""

    asked_for = Signal(str)
    """The id of a line's block whose form is to be opened."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._rows: tuple[Listed, ...] = ()
        self.owner = named(QComboBox(), "Whose lines")
        self.status = named(QComboBox(), "Lines of which status")
        self.due = named(QComboBox(), "Lines due when")
        self.status.addItem(_ANY, None)
        for status in Status:
            self.status.addItem(status.value.capitalize(), status)
        for due in Due:
            self.due.addItem(due.value, due)
        self._list_owners()
        self.list = named(QListWidget(), "Lines to take")
        self.list.setIconSize(QSize(20, 20))
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._notice = Notice(*_EMPTY)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._notice)
        self._lay_out()
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(_KEY)))
        for box in (self.owner, self.status, self.due):
            box.currentIndexChanged.connect(self.renew)
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED)
        self._timer.timeout.connect(self._follow)
        self._clock = QTimer(self, interval=_MINUTE)
        self._clock.timeout.connect(self._follow)
        self._clock.start()
        workspace.pack_changed.connect(self._timer.start)
        self.renew()

    @property
    def current(self) -> str:
        """The block of the chosen row; empty for none."""
        return str(self.list.currentItem().data(_KEY)) if self.list.currentRow() >= 0 else ""

    @property
    def wanted(self) -> Wanted:
        """What the filters say."""
        return Wanted(self.owner.currentData(), self.status.currentData(), self.due.currentData())

    def show_due(self, due: Due) -> None:
        """List everybody's lines that are due then, and choose the first."""
        self.owner.setCurrentIndex(0)
        self.status.setCurrentIndex(0)
        self.due.setCurrentText(due.value)
        self.renew()
        self.list.setCurrentRow(0)

    def renew(self) -> None:
        """Bring the list in line with the pack, the filters and the clock."""
        self._timer.stop()
        pack = self._workspace.pack
        self._list_owners()
        rows = listed(pack, self.wanted, dt.datetime.now().astimezone())
        if rows != self._rows:
            chosen = self.current
            self._rows = rows
            self.list.clear()
            for each in rows:
                item = self._item(each)
                self.list.addItem(item)
                if each.block == chosen:
                    self.list.setCurrentItem(item)
        self._say_why_empty(pack)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the list could not be seen."""
        self.renew()
        super().showEvent(event)

    def _follow(self) -> None:
        if self.isVisible():
            self.renew()

    def _item(self, row: Listed) -> QListWidgetItem:
        shape = "warning" if row.overdue else "resolve" if row.status == Status.CLEARED else "line"
        item = QListWidgetItem(icon(shape), f"{row.words}\n{row.flag}")
        item.setData(_KEY, row.block)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.words}, {row.flag}")
        if row.overdue:
            item.setForeground(QColor(colours_of(self.palette()).bad))
        return item

    def _list_owners(self) -> None:
        """The filter offers those who own a line now; who owns none any more is no longer asked for."""
        known: list[tuple[str, str | None]] = [
            (_EVERYBODY, None),
            *((each, each) for each in owners(self._workspace.pack)),
        ]
        known.append((_NOBODY, ""))
        if [self.owner.itemText(at) for at in range(self.owner.count())] == [title for title, _ in known]:
            return
        chosen = self.owner.currentText()
        blocked = self.owner.blockSignals(True)
        self.owner.clear()
        for title, owner in known:
            self.owner.addItem(title, owner)
        self.owner.setCurrentText(chosen)
        self.owner.blockSignals(blocked)

    def _say_why_empty(self, pack: Pack) -> None:
        self._pages.setCurrentIndex(0 if self._rows else 1)
        if self.wanted != Wanted() and listed(pack, Wanted(), dt.datetime.now().astimezone()):
            self._notice.say(
                "Nothing to list", "No line is of this kind. Choose other owners, status or times to see more."
            )
        else:
            self._notice.say(*_EMPTY)

    def _open_form(self) -> None:
        if self.current:
            self.asked_for.emit(self.current)

    def _lay_out(self) -> None:
        tools = FlowLayout(8)
        tools.setContentsMargins(8, 8, 8, 8)
        for each in (self.due, self.owner, self.status, button("Line…", self._open_form, shape="line")):
            tools.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(holding(tools))
        layout.addWidget(self._pages)
