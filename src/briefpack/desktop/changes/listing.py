"""All tracked changes of the text in one list, beside the document."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from briefpack.desktop.theme.people import person_colour
from briefpack.desktop.widgets.parts import Notice, button, column, label, named, row
from briefpack.desktop.workspace import Workspace
from briefpack.pack.proposals import Proposed, proposed

if TYPE_CHECKING:
    from briefpack.desktop.changes.commands import ChangeCommands

_LONGEST = 160


class _List(QTreeWidget):
    """A list in which A and R settle what is chosen. Args: what settles it."""

    def __init__(self, settle: Callable[[bool], None]) -> None:
        super().__init__(columnCount=3)
        self._settle = settle

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A accepts, R rejects."""
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() in {Qt.Key.Key_A, Qt.Key.Key_R}:
            self._settle(event.key() == Qt.Key.Key_A)
        else:
            super().keyPressEvent(event)


class ChangesDialog(QDialog):
    """Every tracked change with who proposed it; a choice goes to it, and it follows the document.

    Args:
        workspace: the pack.
        commands: go to changes, accept and reject them.
        parent: the window.
    """

    def __init__(self, workspace: Workspace, commands: "ChangeCommands", parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._commands = workspace, commands
        self._changes: tuple[Proposed, ...] = ()
        self.setWindowTitle("Tracked changes")
        self.setAccessibleName("Tracked changes")
        self.summary = named(label("", "heading"), "Summary")
        self.list = named(_List(self._settle), "Changes")
        self.list.setHeaderLabels(["Change", "By", "Words"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        empty = Notice(
            "No tracked changes",
            "What colleagues changed in a Word file with tracking on stands in the text after an import,"
            " and is listed here until it is accepted or rejected.",
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(empty)
        self.accept_one = button("Accept", lambda: self._settle(True), shape="resolve", tip="Accept it (A)")
        self.reject_one = button("Reject", lambda: self._settle(False), shape="close", tip="Reject it (R)")
        self.accept_every = button("Accept all", lambda: commands.settle_all(accepted=True))
        self.reject_every = button("Reject all", lambda: commands.settle_all(accepted=False))
        close = button("Close", self.close)
        below = row(self.accept_one, self.reject_one, None, self.accept_every, self.reject_every, close)
        self.setLayout(column(self.summary, self._pages, below, margin=16, spacing=12))
        self.list.currentItemChanged.connect(lambda now, _before: self._go(now))
        self.list.itemActivated.connect(lambda item, _column: self._go(item))
        workspace.pack_changed.connect(lambda *_: self.show_changes() if self.isVisible() else None)
        self.resize(760, 460)

    @property
    def current(self) -> Proposed | None:
        """The chosen change."""
        at = self._place()
        return self._changes[at] if 0 <= at < len(self._changes) else None

    def show_changes(self) -> None:
        """List what is proposed now; the choice stays at its place."""
        place = max(0, self._place())
        self._changes = proposed(self._workspace.pack)
        self.list.blockSignals(True)
        self.list.clear()
        for change in self._changes:
            self._add(change)
        chosen = self.list.topLevelItem(min(place, len(self._changes) - 1))
        if chosen is not None:
            self.list.setCurrentItem(chosen)
        self.list.blockSignals(False)
        count = len(self._changes)
        self.summary.setText(f"{count:,} {'change' if count == 1 else 'changes'}" if count else "")
        self._pages.setCurrentIndex(0 if count else 1)
        for each in (self.accept_one, self.reject_one, self.accept_every, self.reject_every):
            each.setEnabled(bool(count) and self._workspace.writable)

    def _place(self) -> int:
        """The place of the choice; -1 without one."""
        item = self.list.currentItem()
        return -1 if item is None else self.list.indexOfTopLevelItem(item)

    def _add(self, change: Proposed) -> None:
        item = QTreeWidgetItem(self.list, [change.what, change.author or "Unknown", _words(change)])
        item.setToolTip(2, item.text(2))
        dark = self.palette().window().color().lightness() < 128
        if change.author:
            item.setForeground(1, QBrush(person_colour(change.author, (), dark=dark)))
        said = change.time.strftime("%d/%m/%Y %H:%M") if change.time else "at an unknown time"
        item.setToolTip(1, f"{change.author or 'Unknown'}, {said}")

    def _settle(self, accepted: bool) -> None:
        change = self.current
        if change is not None and self._workspace.writable:
            self._commands.settle_one(change, accepted=accepted)
            self.list.setFocus()

    def _go(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and (change := self.current) is not None:
            self._commands.go_to(change)


def _words(change: Proposed) -> str:
    """What goes and what comes, on one line."""
    went, came = (" ".join(words.split()) for words in (change.before, change.after))
    said = f"“{went}” → “{came}”" if went and came else went or came or "a space or line break"
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
