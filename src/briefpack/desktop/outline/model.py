"""The headings of the pack as Qt's tree."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from briefpack.desktop.theme.icons import role_icon
from briefpack.pack.measure import block_words
from briefpack.pack.model import AnyBlock, Heading, Pack
from briefpack.pack.outline import Section, lines, outline
from briefpack.pack.roles import LABELS

HEADING = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
FLAVOUR = "application/x-briefpack-section"

Index = QModelIndex | QPersistentModelIndex


class _Node:
    """One heading in the tree: the section, its place, and its counts."""

    def __init__(self, section: Section, row: int, parent: "_Node | None", counts: "_Counts") -> None:
        self.section = section
        self.row = row
        self.parent = parent
        self.words = sum(counts.words[section.start : section.end])
        self.lines = sum(counts.lines[section.start : section.end])
        self.children = [_Node(child, at, self, counts) for at, child in enumerate(section.children)]

    def take(self, new: "_Node") -> None:
        """Become what ``new``, of the same shape, says. Qt holds on to the nodes themselves, so they stay."""
        self.section, self.words, self.lines = new.section, new.words, new.lines
        for child, fresh in zip(self.children, new.children, strict=True):
            child.take(fresh)


class _Counts:
    """Words and lines of every block of a body; the words of blocks that did not change are not counted again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[AnyBlock, int]] = {}
        self.words: list[int] = []
        self.lines: list[int] = []

    def take(self, pack: Pack) -> None:
        fresh: dict[str, tuple[AnyBlock, int]] = {}
        for block in pack.body:
            old = self._known.get(block.id)
            fresh[block.id] = old if old and old[0] is block else (block, block_words(block))
        self._known = fresh
        held = {placed.block.id for placed in lines(pack)}
        self.words = [fresh[block.id][1] for block in pack.body]
        self.lines = [int(block.id in held) for block in pack.body]


class OutlineModel(QAbstractItemModel):
    """The tree of sections. Dropping one between others sends :attr:`section_dropped`; the model changes nothing itself."""

    section_dropped = Signal(str, int)
    """A heading's id, and the index in the body that its section should stand before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pack = Pack()
        self._counts = _Counts()
        self._roots: list[_Node] = []
        self._shape: tuple[tuple[str, int], ...] = ()

    @property
    def words(self) -> int:
        """The words of the whole body."""
        return sum(self._counts.words)

    def show(self, pack: Pack) -> None:
        """Show a pack's headings. Where only words and counts differ, what is open and chosen stays."""
        self._counts.take(pack)
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
                return f"{words}: {_described(node)}"
            case _ if role == HEADING:
                return heading.id
            case _ if role == COUNT:
                return node.words
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


def _described(node: _Node) -> str:
    role = node.section.heading.role
    parts = [LABELS[role]] if role else []
    if node.lines:
        parts.append("1 line" if node.lines == 1 else f"{node.lines} lines")
    parts.append("1 word" if node.words == 1 else f"{node.words:,} words")
    return ", ".join(parts)
