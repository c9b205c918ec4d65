"""The headings of the pack as Qt's tree."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from briefpack.desktop.lines.listing import Wanted
from briefpack.desktop.outline.counts import Counts, Tally, described
from briefpack.desktop.theme.icons import role_icon
from briefpack.pack.model import Heading, Pack
from briefpack.pack.outline import Section, outline
from briefpack.pack.roles import LABELS

HEADING = Qt.ItemDataRole.UserRole + 1
TALLY = Qt.ItemDataRole.UserRole + 2
"""The :class:`~briefpack.desktop.outline.counts.Tally` of a row."""

FLAVOUR = "application/x-briefpack-section"

_ALL = Wanted()

Index = QModelIndex | QPersistentModelIndex


class _Node:
    """One heading in the tree: the section, its place, and what is counted in it."""

    def __init__(self, section: Section, row: int, parent: "_Node | None", counts: Counts) -> None:
        self.section = section
        self.row = row
        self.parent = parent
        self.tally = counts.of(section)
        self.children = [_Node(child, at, self, counts) for at, child in enumerate(section.children)]

    def take(self, new: "_Node") -> None:
        """Become what ``new``, of the same shape, says. Qt holds on to the nodes themselves, so they stay."""
        self.section, self.tally = new.section, new.tally
        for child, fresh in zip(self.children, new.children, strict=True):
            child.take(fresh)


class OutlineModel(QAbstractItemModel):
    """The tree of sections. Dropping one between others sends :attr:`section_dropped`; the model changes nothing itself."""

    section_dropped = Signal(str, int)
    """A heading's id, and the index in the body that its section should stand before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pack = Pack()
        self._counts = Counts()
        self._roots: list[_Node] = []
        self._shape: tuple[tuple[str, int], ...] = ()

    @property
    def words(self) -> int:
        """The words of the whole body."""
        return self._counts.words

    def show(self, pack: Pack, wanted: Wanted = _ALL, now: dt.datetime | None = None) -> None:
        """Show a pack's headings. Where only words and counts differ, what is open and chosen stays.

        Of the lines only those that are ``wanted`` at ``now``, by default at this moment, are counted.
        """
        self._counts.take(pack, wanted, now or dt.datetime.now().astimezone())
        shape = tuple((block.id, block.level) for block in pack.body if isinstance(block, Heading))
        self._pack = pack
        if shape == self._shape:
            for node, new in zip(self._roots, self._nodes(pack), strict=True):
                node.take(new)
            self._renew(QModelIndex())
            return
        self.beginResetModel()
        self._shape = shape
        self._roots = self._nodes(pack)
        self.endResetModel()

    def find(self, heading: str) -> QModelIndex:
        """Where a heading is in the tree; an invalid index where it is not."""
        todo = list(self._roots)
        while todo:
            node = todo.pop()
            if node.section.heading.id == heading:
                return self.createIndex(node.row, 0, node)
            todo.extend(node.children)
        return QModelIndex()

    def tally(self, heading: str) -> Tally | None:
        """What is counted in the section of a heading; None where it is not in the tree."""
        index = self.find(heading)
        return index.data(TALLY) if index.isValid() else None

    def headings(self) -> Iterator[QModelIndex]:
        """Every row, in reading order."""
        todo = list(reversed(self._roots))
        while todo:
            node = todo.pop()
            yield self.createIndex(node.row, 0, node)
            todo.extend(reversed(node.children))

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        """Qt's."""
        children = self._children(parent)
        return (
            self.createIndex(row, column, children[row]) if 0 <= row < len(children) and column == 0 else QModelIndex()
        )

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt overloads the name
        """Qt's."""
        node = self._node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.row, 0, node.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt's."""
        return 0 if parent.column() > 0 else len(self._children(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008 - Qt's signature
        """Qt's."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Qt's."""
        node = self._node(index)
        if node is None:
            return None
        heading = node.section.heading
        words = heading.text.string.replace("\n", " ").strip() or "(no words yet)"
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words
            case Qt.ItemDataRole.DecorationRole:
                return role_icon(heading.role)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                role_words = f"{LABELS[heading.role]}, " if heading.role else ""
                return f"{words}: {role_words}{described(node.tally)}"
            case _ if role == HEADING:
                return heading.id
            case _ if role == TALLY:
                return node.tally
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt's."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        able = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return able | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Qt's."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Qt's."""
        return [FLAVOUR]

    def mimeData(self, indexes: Any) -> QMimeData:  # noqa: ANN401 - Qt's signature
        """Qt's."""
        data = QMimeData()
        data.setData(FLAVOUR, str(indexes[0].data(HEADING)).encode())
        return data

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Qt's. False: the view has nothing to remove, for the pack's change brings the new tree."""
        heading = bytes(data.data(FLAVOUR).data()).decode()
        if any(section.heading.id == heading for root in self._roots for section in root.section.walk()):
            self.section_dropped.emit(heading, self._place(row, parent))
        return False

    def _place(self, row: int, parent: Index) -> int:
        """The index in the body before which a drop at ``row`` of ``parent`` stands."""
        children = self._children(parent)
        if 0 <= row < len(children):
            return children[row].section.start
        node = self._node(parent)
        return node.section.end if node else len(self._pack.body)

    def _nodes(self, pack: Pack) -> list[_Node]:
        return [_Node(section, at, None, self._counts) for at, section in enumerate(outline(pack.body))]

    def _renew(self, parent: QModelIndex) -> None:
        """Have everything under ``parent`` painted again."""
        rows = self.rowCount(parent)
        if rows:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(rows - 1, 0, parent))
            for at in range(rows):
                self._renew(self.index(at, 0, parent))

    def _children(self, parent: Index) -> list[_Node]:
        node = self._node(parent)
        return node.children if node else self._roots

    def _node(self, index: Index) -> _Node | None:
        return index.internalPointer() if index.isValid() else None
