"""The window of the board."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget

from briefpack.desktop.archive.library import Library
from briefpack.desktop.board.grid import BoardGrid, Cell
from briefpack.desktop.jobs import Job
from briefpack.desktop.widgets.parts import Notice, button, holding, label, named, row, tool
from briefpack.desktop.widgets.toast import Toast
from briefpack.desktop.workspace import Workspace
from briefpack.pack.dates import date_words
from briefpack.tasks.board import BoardView, Row, board

_PAUSE = 150
_SHORT = 60


class BoardDialog(QDialog):
    """Topics × time for one body. It stays open beside the document and follows the pack and the archive.

    Args:
        workspace: the pack.
        library: gives the archive in which newer documents are looked for.
        parent: the window.
    """

    adding = Signal()
    """A topic is wanted."""

    editing = Signal(str)
    """The topic with this id is to be changed."""

    removing = Signal(str)
    moving = Signal(str, int)
    describing = Signal()
    """The body is to be named."""

    reading = Signal(object)
    """The documents of this :class:`~briefpack.tasks.board.Row` that are not read yet have been."""

    searching = Signal(object)
    """They are to be shown in the archive."""

    putting = Signal(object)
    """This :class:`~briefpack.tasks.board.BoardView` is to go into the document."""

    unpicking = Signal(str, str)
    block_chosen = Signal(str)
    document_chosen = Signal(str)
    failed = Signal(object)

    def __init__(self, workspace: Workspace, library: Callable[[], Library], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("What they said, and when")
        self.setAccessibleName("What they said, and when")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._workspace, self._library = workspace, library
        self._job: Job | None = None
        self.view = BoardView("", "", None)
        """What is shown."""
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.refresh)
        workspace.pack_changed.connect(self._timer.start)
        library().changed.connect(self._timer.start)
        QShortcut(QKeySequence.StandardKey.Undo, self, workspace.undo)
        QShortcut(QKeySequence.StandardKey.Redo, self, workspace.redo)
        self.resize(1040, 620)

    def refresh(self) -> None:
        """Work the board out anew."""
        self._timer.stop()
        if not self.isVisible():
            return
        if self._job is not None and not self._job.over:
            self._job.cancel()
        pack = self._workspace.pack
        self._job = self._library().ask(lambda archive: board(pack, archive))
        self._job.succeeded.connect(self.show_board)
        self._job.failed.connect(self.failed)

    def show_board(self, view: BoardView) -> None:
        """Show a board."""
        self.view = view
        self.title.setText(f"What {view.body or 'they'} said, and when")
        day = date_words(self._workspace.pack.meeting)
        self.about.setText(
            f"Ages are as on the day of the meeting, {day}" if view.meeting else "The meeting has no date"
        )
        self.grid.show_board(view)
        self._pages.setCurrentIndex(0 if view.topics else 1)
        self._enable()

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """A short word at the foot of the window."""
        self._toast.say(words, "Undo" if undo else "", undo)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: what is shown is of now."""
        super().showEvent(event)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _build(self) -> None:
        self.title = label("What they said, and when", "heading")
        self.about = label("", "muted", wrap=True)
        self.describe = button("Whose words?", self.describing.emit, shape="people", flat=True)
        self.grid = BoardGrid()
        self.grid.opened.connect(self._open)
        self.grid.currentItemChanged.connect(lambda *_: self._enable())
        adder = button("Add a topic…", self.adding.emit, shape="add")
        self.notice = Notice(
            "No topics yet",
            "A topic is a matter on which you want their words: a search of the archive, an item of this pack, or both.",
            adder,
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self.notice)
        self.add = button("Add topic…", self.adding.emit, shape="add")
        self.edit = button("Change…", lambda: self._of_row(lambda row: self.editing.emit(row.id)))
        self.up = tool("Move the topic up", "up", lambda: self._move(-1))
        self.down = tool("Move the topic down", "down", lambda: self._move(1))
        self.remove = tool("Remove the topic", "delete", lambda: self._of_row(lambda row: self.removing.emit(row.id)))
        self.newer = button("Show what is newer", lambda: self._of_row(self.searching.emit), shape="search")
        self.read = button("Mark as read", lambda: self._of_row(self.reading.emit), shape="resolve")
        self.put = button("Put in the pack…", lambda: self.putting.emit(self.view), shape="table")
        self._tools = row(
            self.add, self.edit, self.up, self.down, self.remove, None, self.newer, self.read, self.put, spacing=8
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(holding(row(self.title, None, self.describe)))
        layout.addWidget(self.about)
        layout.addWidget(self._pages, 1)
        layout.addLayout(self._tools)
        self._toast = Toast(self._pages)

    def _enable(self) -> None:
        """Let each button be pressed while there is something for it to do."""
        cell, writable = self.grid.current, self._workspace.writable
        row = cell.row if cell else None
        at = [each.id for each in self.view.topics].index(row.id) if row else 0
        unread = row.unread if row else None
        self.describe.setEnabled(writable)
        self.add.setEnabled(writable)
        self.edit.setEnabled(writable and row is not None)
        self.remove.setEnabled(writable and row is not None)
        self.up.setEnabled(writable and row is not None and at > 0)
        self.down.setEnabled(writable and row is not None and at < len(self.view.topics) - 1)
        self.newer.setEnabled(bool(row and row.query))
        self.read.setEnabled(writable and bool(unread and (unread.documents or unread.undated)))
        self.put.setEnabled(writable and any(each.words for each in self.view.topics))

    def _of_row(self, act: Callable[[Row], object]) -> None:
        if (cell := self.grid.current) is not None:
            act(cell.row)

    def _move(self, by: int) -> None:
        if (cell := self.grid.current) is not None:
            at = [each.id for each in self.view.topics].index(cell.row.id)
            self.moving.emit(cell.row.id, at + by)

    def _open(self, cell: Cell) -> None:
        """Do what a cell is for."""
        if cell.kind == "topic" and self._workspace.writable:
            self.editing.emit(cell.row.id)
        elif cell.kind == "ours" and cell.row.ours:
            self.block_chosen.emit(cell.row.ours[0].block)
        elif cell.kind == "unread" and cell.row.query:
            self.searching.emit(cell.row)
        elif cell.kind == "words" and cell.words:
            self.menu_of(cell).popup(self._under_cell())

    def menu_of(self, cell: Cell) -> QMenu:
        """What can be done with the words of a cell."""
        menu = named(QMenu(self), "These words")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words in cell.words:
            short = _short(words.words)
            if words.block is not None:
                menu.addAction(f"Show {short} in the document", partial(self.block_chosen.emit, words.block))
            menu.addAction(f"Read {short} in the archive", partial(self.document_chosen.emit, words.document))
            if words.block is None and self._workspace.writable:
                menu.addAction(
                    f"Take {short} off the board",
                    partial(self.unpicking.emit, cell.row.id, words.clip),
                )
        return menu

    def _under_cell(self) -> QPoint:
        rect = self.grid.visualItemRect(self.grid.currentItem())
        return self.grid.viewport().mapToGlobal(rect.topLeft() + QPoint(16, 24))


def _short(words: str) -> str:
    words = " ".join(words.split()).strip("“”")
    return f"“{words if len(words) <= _SHORT else words[:_SHORT].rstrip() + '…'}”".replace("&", "&&")
