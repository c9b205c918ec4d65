"""The list of returns as Qt's list: heads of groups, which cannot be chosen, and items."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from briefpack.desktop.review.listing import Listed, Row
from briefpack.desktop.review.wording import spoken

LISTED = Qt.ItemDataRole.UserRole + 1
"""The :class:`Row` or :class:`Group` of a line of the list."""

Index = QModelIndex | QPersistentModelIndex


class ReturnsModel(QAbstractListModel):
    """What :func:`~briefpack.desktop.review.listing.listed` gives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Listed] = []
        self._known: dict[str, int] = {}

    @property
    def keys(self) -> list[str]:
        """The keys of the items listed, in their order."""
        return list(self._known)

    def show(self, lines: list[Listed]) -> None:
        """List those."""
        if lines == self._lines:
            return
        known = {line.item.key: at for at, line in enumerate(lines) if isinstance(line, Row)}
        if list(known.items()) == list(self._known.items()) and len(lines) == len(self._lines):
            self._lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines, self._known = lines, known
        self.endResetModel()

    def row_of(self, key: str) -> Row | None:
        """The row of an item; None where it is not listed."""
        at = self._known.get(key)
        line = self._lines[at] if at is not None else None
        return line if isinstance(line, Row) else None

    def find(self, key: str) -> QModelIndex:
        """Where an item is listed."""
        at = self._known.get(key)
        return self.index(at) if at is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt's."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The head of a group is read, not chosen."""
        if index.isValid() and isinstance(self._lines[index.row()], Row):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Qt's."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return spoken(line)
            case _ if role == LISTED:
                return line
            case _:
                return None
