"""The command palette: every action by a few letters of its name."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLineEdit, QTreeView, QVBoxLayout, QWidget

from briefpack.desktop.widgets.parts import named

_ACTION = Qt.ItemDataRole.UserRole + 1
_WORDS = Qt.ItemDataRole.UserRole + 2


class _Matches(QSortFilterProxyModel):
    """The rows that hold every typed word, wherever it stands."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()

    def look_for(self, typed: str) -> None:
        self.beginFilterChange()
        self._words = tuple(typed.casefold().split())
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]  # Qt passes a plain index
        held = self.sourceModel().index(row, 0, parent).data(_WORDS)
        return all(word in held for word in self._words)


class CommandPalette(QDialog):
    """Type, choose with the arrow keys, Enter does it.

    Args:
        actions: each action with the name of the menu that it is in; those that cannot be used now are left out.
        parent: the window.
    """

    def __init__(self, actions: Iterable[tuple[QAction, str]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName("Find a command")
        self.chosen: QAction | None = None
        source = QStandardItemModel(self)
        for action, menu in actions:
            if action.isEnabled():
                source.appendRow(_row(action, menu))
        self._matches = _Matches(self)
        self._matches.setSourceModel(source)
        self.field = named(QLineEdit(placeholderText="Find a command"), "Find a command")
        self.list = named(QTreeView(rootIsDecorated=False, headerHidden=True), "Commands")
        self.list.setModel(self._matches)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setColumnWidth(0, 360)
        self.list.setAllColumnsShowFocus(True)
        self.list.setUniformRowHeights(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.resize(560, 400)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self._choose())
        self._filter("")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @classmethod
    def ask(cls, actions: Iterable[tuple[QAction, str]], parent: QWidget) -> QAction | None:
        """The action that the user chose, or None."""
        palette = cls(actions, parent)
        top = parent.mapToGlobal(parent.rect().topLeft())
        palette.move(top.x() + (parent.width() - palette.width()) // 2, top.y() + 80)
        palette.exec()
        return palette.chosen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list while the field is typed into."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, typed: str) -> None:
        self._matches.look_for(typed)
        self.list.setCurrentIndex(self._matches.index(0, 0))

    def _move(self, by: int) -> None:
        rows = self._matches.rowCount()
        if rows:
            self.list.setCurrentIndex(self._matches.index((self.list.currentIndex().row() + by) % rows, 0))

    def _choose(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.chosen = index.siblingAtColumn(0).data(_ACTION)
            self.accept()


def _row(action: QAction, menu: str) -> list[QStandardItem]:
    menu = menu.replace("&", "")
    item = QStandardItem(action.icon(), action.text())
    item.setData(action, _ACTION)
    item.setData(f"{action.text()} {menu} {action.toolTip()}".casefold(), _WORDS)
    keys = QStandardItem(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) or menu)
    keys.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    keys.setForeground(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
    return [item, keys]
