"""The desk on which returned copies are gone through: the list, and the document beside it, in step with the pack."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from briefpack.desktop.actions.spec import Fact
from briefpack.desktop.documents import Documents
from briefpack.desktop.jobs import Job, Task, Worker
from briefpack.desktop.review.centre import Centre
from briefpack.desktop.review.listing import Row, decided, signed, tallies
from briefpack.desktop.review.standing import Standing, stand
from briefpack.desktop.settings import Settings
from briefpack.desktop.workspace import Workspace
from briefpack.pack.decisions import Return
from briefpack.pack.model import Pack
from briefpack.review.model import Review

if TYPE_CHECKING:
    from briefpack.desktop.review.panel import ReturnsPanel

_PAUSE = 200
"""Milliseconds without a change of the pack before the list follows typing."""


class ReturnsDesk(QObject):
    """The list of returned copies and the document with their changes, kept in step with the pack.

    Args:
        workspace: the pack.
        documents: its file, which keeps what was sent and what came back.
        centre: the middle of the window.
        panel: gives the panel, which is made late.
        settings: as whom the user decides.
        window: what dialogs stand over.
    """

    said = Signal(str, str, object)
    """A short word; a button's text and what it does, or empty and None."""

    failed = Signal(object)
    started = Signal(object, str)

    changed = Signal()
    """Something else is listed or chosen, or in front: other actions can be used."""

    worded = Signal(str, str)
    """The key of an item, and the drafter's own words for it."""

    shown_wanted = Signal()
    """The panel should come to the front."""

    def __init__(
        self,
        workspace: Workspace,
        documents: Documents,
        centre: Centre,
        panel: "Callable[[], ReturnsPanel]",
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._workspace, self._documents, self._settings = workspace, documents, settings
        self._centre, self._panel, self._window = centre, panel, window
        self.worker = Worker("returns", self)
        self.review = Review()
        self._derived: tuple[Return, ...] = ()  # what the review was derived from
        self._standing: Standing | None = None
        self._placing: Job | None = None
        self._listed: Pack | None = None  # what the list was made of
        self._next = ""  # the item to choose when what was decided arrives as a change of the pack
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._follow_typing)
        workspace.pack_changed.connect(self._follow)
        documents.opened.connect(self._opened)
        documents.closed.connect(self._closed)
        centre.turned.connect(self.changed)
        centre.page.item_clicked.connect(self._clicked)
        centre.page.worded.connect(self.worded)

    # What it says of itself

    @property
    def open(self) -> int:
        """How many items are open."""
        return sum(each.open for each in tallies(self.review, decided(self._workspace.pack)))

    @property
    def row(self) -> Row | None:
        """The chosen row of the list."""
        return self._panel().current_row if self.review.items else None

    def facts(self) -> dict[Fact, bool]:
        """What is so of the returns at this moment."""
        row = self.row
        return {
            Fact.WRITING: not self._centre.reviewing,
            Fact.REVIEWING: self._centre.reviewing,
            Fact.RETURNS: bool(self.review.items),
            Fact.ITEM: row is not None and row.decision is None,
        }

    # Following the pack

    def _opened(self) -> None:
        self._forget()
        if self._workspace.pack.returns:
            self._derive()

    def _closed(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self.review, self._derived, self._standing = Review(), (), None
        self._centre.turn(reviewing=False)
        self._centre.page.forget()
        self._renew()

    def _follow(self, before: Pack, after: Pack) -> None:
        """Copies came or went by undo; something was decided; or somebody is writing."""
        if after.id != before.id:
            return
        if after.returns != self._derived:
            self._derive()
        elif before.decisions != after.decisions or before.comments != after.comments:
            self._renew(self._next)
        elif self.review.items:
            self._timer.start()

    def _derive(self) -> None:
        """Have the list derived from the bytes that the pack keeps."""
        file = self._documents.file
        if file is None:
            return
        self._derived, handed = file.pack.returns, file

        def work(task: Task) -> object:
            from briefpack.review.deriving import derive

            return derive(handed.pack, handed.issued, handed.returned, task.progress)

        job = self.worker.start(work)
        job.succeeded.connect(lambda review: self._now_derived(review, handed.pack))
        job.failed.connect(self.failed)
        job.cancelled.connect(self._not_derived)
        self.started.emit(job, "Reading what came back")

    def _not_derived(self) -> None:
        """The user has stopped it: it can be asked for again."""
        self.said.emit("What came back was not read, and is not listed", "Read it", self._derive)

    def _now_derived(self, review: object, pack: Pack) -> None:
        assert isinstance(review, Review)
        if self._workspace.pack.id == pack.id and self._derived == pack.returns:
            self.review = signed(review)
            self._renew()

    def refresh(self) -> None:
        """Catch up with what was written while nobody looked at the list."""
        if self.review.items and (self._standing is None or self._standing.pack is not self._workspace.pack):
            self._place()

    def _follow_typing(self) -> None:
        """Words change no list; only where what is on it fits. That can wait until somebody looks."""
        if self._centre.reviewing or self._panel().isVisible():
            self._place()

    def _renew(self, choose: str = "") -> None:
        """Bring the list in line with the pack at once; the document and what no longer fits follow."""
        self._timer.stop()
        self._show_list(choose)
        self._say_left()
        if not self.review.items:
            self._centre.turn(reviewing=False)
        elif self._centre.reviewing or self._panel().isVisible():
            self._place()
        self.changed.emit()

    def _show_list(self, choose: str = "") -> None:
        panel, standing, self._listed = self._panel(), self._standing, self._workspace.pack
        panel.show_review(
            self.review, self._workspace.pack, choose=choose, obstacles=standing.shown.unfit if standing else {}
        )

    def _say_left(self) -> None:
        left, copies = self.open, len(self.review.returns)
        count = f"{left:,} open" if left else "All decided"
        self._centre.page.say(count, f"in {copies} {'copy' if copies == 1 else 'copies'} that came back")

    def _place(self, then: Callable[[], object] | None = None) -> None:
        """Have worked out where everything stands in the pack as it is, off the GUI thread; the last asking counts."""
        if self._placing is not None and not self._placing.over:
            self._placing.cancel()
        pack, review = self._workspace.pack, self.review

        def work(_task: Task) -> object:
            return stand(review, pack)

        self._placing = self.worker.start(work)
        self._placing.succeeded.connect(lambda standing: self._placed(standing, review, then))

    def _placed(self, standing: object, review: Review, then: Callable[[], object] | None) -> None:
        assert isinstance(standing, Standing)
        if review is not self.review or standing.pack is not self._workspace.pack:
            return
        before, self._standing = self._standing, standing
        if before is None or before.shown.unfit != standing.shown.unfit or self._listed is not standing.pack:
            self._show_list()
        if self._centre.reviewing:
            self._show_standing()
            self._go(self._panel().current)
        if then is not None:
            then()

    # Going through

    def look(self, key: str = "") -> None:
        """Show the document with what is proposed, and an item of it."""
        if not self.review.items:
            return
        if key:
            self._panel().choose(key)
        if self._standing is None or self._standing.pack is not self._workspace.pack:
            self._place(self._turn)
        else:
            self._turn()

    def write(self) -> None:
        """Back to the document as it is written, at the place that was looked at."""
        if not self._centre.reviewing:
            return
        row = self.row
        self._centre.turn(reviewing=False)
        block = row.item.block if row else None
        if block is not None and any(each.id == block for each in self._workspace.pack.body):
            self._centre.editor.go_to_block(block)
        self._centre.focus()

    def _turn(self) -> None:
        if self.review.items:
            self._show_standing()
            self._centre.turn(reviewing=True)
            self._go(self._panel().current)

    def _show_standing(self) -> None:
        if self._standing is not None:
            self._centre.page.show_review(self._standing.shown, self._settings.zoom)

    def _go(self, key: str) -> None:
        view = self._centre.page.view
        row = self._panel().model.row_of(key)
        if view is not None and row is not None:
            view.go_to(key, comment=row.item.comment)

    def _clicked(self, key: str) -> None:
        self._panel().choose(key)
        self.shown_wanted.emit()

    def _step(self, by: int) -> None:
        self._panel().step(by)
