"""What has become of the words that were taken from the archive."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTreeWidget, QTreeWidgetItem, QWidget

from briefpack.archive import Verdict
from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.difference import DifferenceView
from briefpack.desktop.widgets.parts import button, column, label, named, row
from briefpack.errors import UserError

if TYPE_CHECKING:
    from briefpack.pack.model import Clip
    from briefpack.tasks.clipping import ProvedClip

_ORDER = (Verdict.GONE, Verdict.CHANGED, Verdict.MOVED, Verdict.SAME)
_WORDS = {
    Verdict.SAME: ("Same", "The archive still holds these words where they were taken."),
    Verdict.MOVED: ("Moved", "The same words stand at another place of the document."),
    Verdict.CHANGED: ("Changed", "The archive’s words have changed: struck through what went, underlined what came."),
    Verdict.GONE: ("Gone", "The document no longer holds these words, nor any like them."),
}
_ICONS = {
    Verdict.SAME: "proved",
    Verdict.MOVED: "next",
    Verdict.CHANGED: "warning",
    Verdict.GONE: "delete",
}


class ProvingDialog(QDialog):
    """Every clip with its verdict, what is amiss first; changed words can be taken, one clip at a time.

    Args:
        found: the verdicts.
        anew: by clip, what it would be of the words that the archive holds now.
        writable: whether the pack can be changed.
        parent: the window.
    """

    wanted = Signal(object)
    """A clip whose new words are to be taken: its old id, with what it is of now."""

    gone_to = Signal(str)
    """The id of a block that the user wants to see."""

    def __init__(
        self,
        found: "Sequence[ProvedClip]",
        anew: "Mapping[str, Clip]",
        *,
        writable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Check clips")
        self.setAccessibleName("Check clips")
        self.setModal(True)
        self._found = sorted(found, key=lambda each: _ORDER.index(each.verdict))
        self._anew = dict(anew)
        self._writable = writable
        self.summary = named(label(_summary(found), "heading", wrap=True), "Summary")
        self.list = named(QTreeWidget(columnCount=2), "Clips")
        self.list.setHeaderLabels(["Verdict", "Words"])
        self.list.setRootIsDecorated(False)
        self._items = [QTreeWidgetItem(self.list, [_WORDS[each.verdict][0], each.words]) for each in self._found]
        for item, each in zip(self._items, self._found, strict=True):
            item.setIcon(0, icon(_ICONS[each.verdict]))
            item.setToolTip(1, each.words)
        self.list.setColumnWidth(0, 110)
        self.said = named(label("", "muted", wrap=True), "What the verdict means")
        self.view = DifferenceView("The words of the clip")
        self.take = button("Take the new words", self._take, shape="resolve")
        self.go = button("Go to it", self._go, shape="next")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        below = row(self.take, self.go, None, buttons)
        self.setLayout(column(self.summary, self.list, self.said, self.view, below, margin=16, spacing=12))
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.itemActivated.connect(lambda *_: self._go())
        if self._items:
            self.list.setCurrentItem(self._items[0])
        self._show()
        self.resize(720, 560)

    @property
    def current(self) -> "ProvedClip | None":
        """The chosen clip."""
        item = self.list.currentItem()
        return self._found[self.list.indexOfTopLevelItem(item)] if item is not None else None

    def taken(self, clip: str) -> None:
        """Show that the new words of a clip were taken."""
        self._anew.pop(clip, None)
        for item, each in zip(self._items, self._found, strict=True):
            if each.id == clip:
                item.setText(0, "Taken")
                item.setText(1, each.now)
        self._show()

    def refuse(self, error: UserError) -> None:
        """Say why the new words cannot be taken."""
        self.said.setText(f"{error.what}. {error.do}.")
        self.take.setEnabled(False)

    def _show(self) -> None:
        each = self.current
        changed = each is not None and each.verdict is Verdict.CHANGED
        self.take.setEnabled(changed and self._writable and each is not None and each.id in self._anew)
        self.go.setEnabled(each is not None and each.block is not None)
        self.list.setVisible(bool(self._found))
        self.view.setVisible(bool(self._found))
        if each is None:
            return
        self.said.setText(_WORDS[each.verdict][1])
        if changed and each.id not in self._anew:
            self.said.setText("The new words stand in the pack now.")
            self.view.show_words(each.now)
        elif changed:
            self.view.show_differences(each.differences)
        else:
            self.view.show_words(each.words)

    def _take(self) -> None:
        each = self.current
        if each is not None and each.id in self._anew:
            self.wanted.emit(self._anew[each.id])

    def _go(self) -> None:
        each = self.current
        if each is not None and each.block is not None:
            self.gone_to.emit(each.block)
            self.accept()


def _summary(found: "Sequence[ProvedClip]") -> str:
    """How many clips have which verdict, in words."""
    if not found:
        return "This pack holds no words of the archive"
    counts = Counter(each.verdict for each in found)
    told = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in _ORDER if counts[verdict])
    return f"{len(found)} clip{'s' if len(found) > 1 else ''}: {told}"
