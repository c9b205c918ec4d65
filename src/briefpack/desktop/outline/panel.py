"""The outline: click goes there, drag or Alt+arrow reorders."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeView, QVBoxLayout, QWidget

from briefpack.desktop.lines.listing import Wanted, owners
from briefpack.desktop.outline.delegate import OutlineDelegate
from briefpack.desktop.outline.filtering import LineFilter
from briefpack.desktop.outline.foot import StillToWrite
from briefpack.desktop.outline.model import HEADING, TALLY, OutlineModel
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import button, holding, label, named, row
from briefpack.desktop.workspace import Workspace
from briefpack.pack.edits import move_section
from briefpack.pack.model import Heading, Pack
from briefpack.pack.outline import Section, outline
from briefpack.pack.plan import Length

_MINUTE = 60_000
_SETTLED = 300
"""Milliseconds without a change after which the counts are brought up to date."""


class OutlinePanel(QWidget):
    """The tree of headings, what is counted in each section, and at the foot what the template still asks for."""

    chosen = Signal(str)
    """The id of a heading that the user wants to go to."""

    fold_asked_for = Signal(str)
    """The id of a heading whose section is to be folded away in the document, or shown again."""

    focus_asked_for = Signal(str)
    """The id of a heading whose section alone is to be shown."""

    closed_changed = Signal()
    """The rows below another heading are hidden, or shown."""

    counted = Signal(int)
    """The words of the whole body, whenever they were counted."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._closed: set[str] = set()
        self.writable = True
        self.model = OutlineModel(self)
        self.tree = named(_Tree(), "Outline")
        self.tree.setModel(self.model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.filter = LineFilter()
        self.shown = named(button("", self._show_all, flat=True, shape="close"), "Show every section")
        self.foot = StillToWrite()
        layout.addWidget(self.tree)  # first, for the keyboard begins there
        layout.addWidget(self.foot)
        layout.insertWidget(0, holding(row(label("Outline", "panel"), None, self.filter, spacing=0)))
        layout.insertWidget(1, self.shown)
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED)
        self._timer.timeout.connect(self._show)
        self._clock = QTimer(self, interval=_MINUTE)
        self._clock.timeout.connect(self._show)
        self._clock.start()
        self.filter.changed.connect(self._show)
        self.foot.chosen.connect(self.chosen)
        self.tree.clicked.connect(self._go)
        self.tree.activated.connect(self._go)
        self.tree.step.connect(self.move_by)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._open_menu)
        self.tree.collapsed.connect(lambda index: self._note_closed(index, closed=True))
        self.tree.expanded.connect(lambda index: self._note_closed(index, closed=False))
        self.model.section_dropped.connect(self._move)
        workspace.pack_changed.connect(self._follow)
        self._show()

    def mark(self, heading: str) -> None:
        """Show under which heading the caret is."""
        index = self.model.find(heading)
        if index.isValid() and index != self.tree.currentIndex():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    @property
    def current(self) -> str:
        """The id of the chosen heading; empty for none."""
        return str(self.tree.currentIndex().data(HEADING) or "")

    @property
    def closed(self) -> frozenset[str]:
        """The ids of the headings whose rows below are hidden."""
        return frozenset(self._closed)

    def close_rows(self, headings: Iterable[str]) -> None:
        """Hide the rows below these headings, and show all others."""
        self._closed = set(headings)
        self._open(QModelIndex())

    def _note_closed(self, index: QModelIndex, *, closed: bool) -> None:
        heading = str(index.data(HEADING))
        if closed != (heading in self._closed):
            self._closed ^= {heading}
            self.closed_changed.emit()

    def budgeted(self, heading: str) -> tuple[str, Length] | None:
        """Of a section and those around it the innermost with a budget: its heading, and its length as counted last."""
        index = self.model.find(heading)
        while index.isValid():
            length = index.data(TALLY).length
            if length.budget:
                return str(index.data()), length
            index = index.parent()
        return None

    def move_by(self, by: int, heading: str = "") -> None:
        """Move a section (by default the chosen one) before the one above it or behind the one below it."""
        heading = heading or self.tree.currentIndex().data(HEADING) or ""
        if heading:
            to = _neighbour(outline(self._workspace.pack.body), heading, by)
            if to is not None:
                self._move(heading, to)

    def _move(self, heading: str, to: int) -> None:
        if self.writable:
            self._workspace.apply(move_section(self._workspace.pack, heading, to), "Move section")
            self.mark(heading)

    def menu(self, heading: str) -> QMenu:
        """What can be done with a section."""
        menu = QMenu(self)
        for title, shape, act, writes in (
            ("&Go there", "go_to", lambda: self.chosen.emit(heading), False),
            ("&Show only this section", "focus", lambda: self.focus_asked_for.emit(heading), False),
            ("&Fold or unfold in the document", "fold", lambda: self.fold_asked_for.emit(heading), False),
            ("Move &up", "up", lambda: self.move_by(-1, heading), True),
            ("Move &down", "down", lambda: self.move_by(1, heading), True),
        ):
            action = menu.addAction(icon(shape), title)
            action.triggered.connect(act)
            action.setEnabled(self.writable or not writes)
        return menu

    def _open_menu(self, point: QPoint) -> None:
        index = self.tree.indexAt(point)
        if index.isValid():
            menu = self.menu(str(index.data(HEADING)))
            menu.exec(self.tree.viewport().mapToGlobal(point))
            menu.deleteLater()

    def _go(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(HEADING))

    def _follow(self, before: Pack, after: Pack) -> None:
        """Show new headings at once; counts can wait until the typing pauses."""
        if _headings(before) != _headings(after):
            self._timer.stop()
            self._show()
        else:
            self._timer.start()

    def _show(self) -> None:
        current = self.tree.currentIndex().data(HEADING)
        pack = self._workspace.pack
        self.filter.offer(owners(pack))
        self.model.show(pack, self.filter.wanted)
        self._open(QModelIndex())
        self._hide_unwanted()
        self.foot.show_pack(pack)
        if current:
            self.mark(current)
        self.counted.emit(self.model.words)

    def _hide_unwanted(self) -> None:
        """With a filter, only sections that hold such lines."""
        is_on = self.filter.is_on
        self.shown.setVisible(is_on)
        self.shown.setText(f" {self.filter.words}")
        self.shown.setToolTip("Show every section again")
        for index in self.model.headings():
            tally = index.data(TALLY)
            self.tree.setRowHidden(index.row(), index.parent(), is_on and not tally.lines)

    def _show_all(self) -> None:
        self.filter.choose(Wanted())
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, parent: QModelIndex) -> None:
        for at in range(self.model.rowCount(parent)):
            index = self.model.index(at, 0, parent)
            self.tree.setExpanded(index, index.data(HEADING) not in self._closed)
            self._open(index)


def _headings(pack: Pack) -> list[Heading]:
    return [block for block in pack.body if isinstance(block, Heading)]


def _neighbour(sections: tuple[Section, ...], heading: str, by: int) -> int | None:
    """Before which index of the body a section stands once it has moved one place among its brothers."""
    for at, section in enumerate(sections):
        if section.heading.id == heading:
            if not 0 <= at + by < len(sections):
                return None
            other = sections[at + by]
            return other.start if by < 0 else other.end
        inner = _neighbour(section.children, heading, by)
        if inner is not None:
            return inner
    return None


class _Tree(QTreeView):
    """A tree whose rows are dragged, and moved with Alt and the arrow keys."""

    step = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(12)
        self.setIconSize(QSize(15, 15))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setItemDelegate(OutlineDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setExpandsOnDoubleClick(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moving = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if moving and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        super().keyPressEvent(event)
