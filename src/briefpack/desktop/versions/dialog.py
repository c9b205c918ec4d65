"""The window of a pack's versions: a list of them, what became of one in another, and the way back."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QListWidget, QListWidgetItem, QWidget

from briefpack.desktop.comparing.pane import ComparisonPane
from briefpack.desktop.widgets.parts import Notice, button, column, holding, label, named, row
from briefpack.pack.dates import day_words
from briefpack.pack.model import Pack
from briefpack.tasks.versions import KeptVersion

_NOW = "The pack as it is now"


class Pair(NamedTuple):
    """Two packs to be compared, the older first."""

    old: Pack
    new: Pack


class VersionsDialog(QDialog):
    """The versions at the left, and at the right what became of the chosen one.

    Args:
        writable: whether the pack may be changed.
        parent: the window.
    """

    pair_chosen = Signal(object)
    """A :class:`Pair`; whoever hears it gives the comparison to :attr:`pane`."""

    restore_wanted = Signal(object)
    copy_wanted = Signal(object)
    name_wanted = Signal(object)
    """What to do with a :class:`KeptVersion`."""

    def __init__(self, *, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Versions")
        self.setAccessibleName("Versions of this pack")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setModal(True)
        self._writable = writable
        self._now: Pack | None = None
        self._versions: tuple[KeptVersion, ...] = ()
        self.list = named(QListWidget(), "Versions")
        self.list.setSpacing(2)
        self.list.setWordWrap(True)
        self.list.setFixedWidth(260)
        self.target = named(QComboBox(), "Compare with")
        self.target.setMinimumContentsLength(18)
        self.pane = ComparisonPane(
            Notice(
                "No versions yet",
                "Each save keeps the one before, and “Keep a version…” in the File menu keeps the pack under a name.",
            )
        )
        self.restore = button("Go back to this version", self._restore, shape="undo")
        self.copy = button("Open as a copy", lambda: self._ask(self.copy_wanted), shape="copy")
        self.name = button("Name…", lambda: self._ask(self.name_wanted), shape="edit", tip="Keep it under a name (F2)")
        self._build()
        self.list.currentRowChanged.connect(self._chosen)
        self.target.activated.connect(lambda *_: self._compare())
        QShortcut(QKeySequence("F2"), self).activated.connect(self.name.click)
        self.resize(1040, 700)
        self._chosen()

    def _build(self) -> None:
        against = label("Compare &with")
        against.setBuddy(self.target)
        right = holding(column(row(against, self.target, None), self.pane, spacing=12))
        versions = column(label("Versions", "heading"), self.list, spacing=12)
        versions.setStretch(1, 1)
        body = row(holding(versions), right, spacing=24)
        body.setStretch(1, 1)
        close = button("Close", self.reject)
        layout = column(body, row(self.restore, self.copy, self.name, None, close), margin=16, spacing=12)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_versions(self, now: Pack, versions: Sequence[KeptVersion]) -> None:
        """List versions, newest first; the one that was chosen stays chosen."""
        before = self.current.version.name if self.current else ""
        self._now, self._versions = now, tuple(versions)
        target = self.target.currentIndex()
        self.list.blockSignals(True)
        self.list.clear()
        self.target.clear()
        self.target.addItem(_NOW)
        for each in self._versions:
            words = _words(each)
            item = QListWidgetItem("\n".join(filter(None, words)), self.list)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, words)))
            if each.version.title:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            self.target.addItem(words[0] if each.version.title else f"{words[0]}, {each.when:%H:%M}")
        self.target.setCurrentIndex(max(0, target))
        names = [each.version.name for each in self._versions]
        self.list.setCurrentRow(names.index(before) if before in names else (0 if names else -1))
        self.list.blockSignals(False)
        self._chosen()

    @property
    def current(self) -> KeptVersion | None:
        """The version that is chosen."""
        at = self.list.currentRow()
        return self._versions[at] if 0 <= at < len(self._versions) else None

    def _chosen(self, _row: int = 0) -> None:
        sound = self.current is not None and self.current.pack is not None
        self.restore.setEnabled(sound and self._writable)
        self.copy.setEnabled(sound)
        self.name.setEnabled(self.current is not None and self._writable)
        self.target.setEnabled(sound)
        self._compare()

    def _compare(self) -> None:
        """Ask for the comparison of the chosen version with the other one; the older of both is the old one."""
        chosen, at = self.current, self.target.currentIndex()
        if chosen is None or self._now is None:
            if self._versions:
                self.pane.notice.say("Choose a version", "What became of it is shown here.")
            self.pane.show_nothing()
            return
        other = self._now if at <= 0 else self._versions[at - 1].pack
        if chosen.pack is None or other is None:
            self.pane.notice.say("This version is damaged", "It cannot be compared or gone back to.")
            self.pane.show_nothing()
            return
        is_newer = at > 0 and self.list.currentRow() < at - 1
        pair = Pair(other, chosen.pack) if is_newer else Pair(chosen.pack, other)
        self.pane.wait()
        self.pair_chosen.emit(pair)

    def _ask(self, signal: SignalInstance) -> None:
        if self.current is not None:
            signal.emit(self.current)

    def _restore(self) -> None:
        self._ask(self.restore_wanted)

    def done(self, result: int) -> None:
        """Wait for nothing any more."""
        self.pane.stopped.emit()
        super().done(result)


def _words(each: KeptVersion) -> tuple[str, str, str]:
    """Its name or day, then when and by whom, then how long it is."""
    day, title = day_words(each.when.date(), weekday=True), each.version.title
    when = f"{day}, {each.when:%H:%M}" if title else f"{each.when:%H:%M}"
    by = f"{when} · {each.version.by}" if each.version.by else when
    count = f"{each.words:,} word{'' if each.words == 1 else 's'}" if each.pack is not None else "Damaged"
    return title or day, by, count
