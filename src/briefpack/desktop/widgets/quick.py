"""A list to choose from by typing: a few letters, the arrow keys, Enter."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLineEdit, QTreeView, QVBoxLayout, QWidget

from briefpack.desktop.widgets.matching import fit
from briefpack.desktop.widgets.parts import label, named

MOST = 200
"""No more rows than that are listed: who looks for one of the others types another letter."""

_INDENT = "     "
_TOP = 80


class Choice(NamedTuple):
    """One row: its name, a word at the right, what else it is found by, and how far it moves in while all are listed."""

    name: str
    icon: QIcon
    note: str = ""
    more: str = ""
    depth: int = 0


class QuickList(QDialog):
    """Type, choose with the arrow keys, Enter takes it, Esc leaves it.

    Args:
        title: what is chosen, as the empty field and a screen reader say it.
        choices: the rows, in their order while nothing is typed.
        parent: the window.
        nothing: what is said where no row fits.
    """

    def __init__(self, title: str, choices: Iterable[Choice], parent: QWidget, nothing: str = "Nothing fits") -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)  # of a popup no reader hears
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.row = -1
        """The number of the choice that was taken; -1 for none."""
        self._over = parent
        self._choices: Sequence[Choice] = tuple(choices)
        self._shown: list[int] = []
        self._model = QStandardItemModel(self)
        self.field = named(QLineEdit(placeholderText=title), title)
        self.list = named(QTreeView(rootIsDecorated=False, headerHidden=True), "Choices")
        self._nothing = label(nothing, "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(8, 16, 8, 16)
        self.list.setModel(self._model)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAllColumnsShowFocus(True)
        self.list.setUniformRowHeights(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing)
        self.resize(560, 400)
        self.field.textChanged.connect(self._list)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self._choose())
        self._list("")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def names(self) -> list[str]:
        """What is listed now, the best first."""
        return [self._choices[at].name for at in self._shown]

    def take(self) -> int:
        """Show the list over the window until a row is taken: its number, or -1."""
        parent = self._over
        top = parent.mapToGlobal(parent.rect().topLeft())
        self.move(top.x() + (parent.width() - self.width()) // 2, top.y() + _TOP)
        self.exec()
        return self.row

    def event(self, event: QEvent) -> bool:
        """Whoever goes elsewhere leaves the list."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.reject()
        return super().event(event)

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

    def _list(self, typed: str) -> None:
        """The rows that fit what is typed, the best first; those that fit as well stay in their order."""
        fits = [(fit(typed, choice.name, choice.more), at) for at, choice in enumerate(self._choices)]
        found = sorted((each for each in fits if each[0]), key=lambda each: (-each[0], each[1]))
        self._shown = [at for _, at in found[:MOST]]
        self._model.clear()
        for at in self._shown:
            self._model.appendRow(_row(self._choices[at], indented=not typed.strip()))
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found:
            header = self.list.header()
            header.setStretchLastSection(False)
            header.setSectionResizeMode(0, header.ResizeMode.Stretch)
            header.setSectionResizeMode(1, header.ResizeMode.ResizeToContents)
            self.list.setCurrentIndex(self._model.index(0, 0))

    def _move(self, by: int) -> None:
        if self._shown:
            at = (self.list.currentIndex().row() + by) % len(self._shown)
            self.list.setCurrentIndex(self._model.index(at, 0))

    def _choose(self) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < len(self._shown):
            self.row = self._shown[at]
            self.accept()


def _row(choice: Choice, *, indented: bool) -> list[QStandardItem]:
    item = QStandardItem(choice.icon, _INDENT * choice.depth * indented + choice.name)
    spoken = ", ".join(filter(None, (choice.name, choice.note)))
    item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
    note = QStandardItem("" if indented and choice.depth else choice.note)  # its place in the list says it
    note.setData(choice.note or spoken, Qt.ItemDataRole.AccessibleTextRole)
    note.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    note.setForeground(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
    return [item, note]
