"""What the window does about colleagues who are at work on the same pack."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from briefpack.desktop.colleagues.conflict import ConflictDialog
from briefpack.desktop.comparing.saving import save_redline
from briefpack.desktop.documents import Documents
from briefpack.desktop.files import FileCommands
from briefpack.desktop.jobs import Job, Task, Worker
from briefpack.desktop.widgets.notices import Choice

if TYPE_CHECKING:
    from briefpack.packfile import Conflict
    from briefpack.tasks.comparing import Comparison

EVERY = 5000
"""Milliseconds after which is seen whether the colleague who has the pack open has closed it."""


class _Theirs(NamedTuple):
    by: str
    when: str
    comparison: "Comparison"


class Colleagues(QObject):
    """Args: the pack's file and what the File menu does with it; a thread; the window."""

    said = Signal(str, str, object)

    def __init__(self, documents: Documents, files: FileCommands, worker: Worker, window: QWidget) -> None:
        super().__init__(window)
        self._documents, self._files, self._worker, self._window = documents, files, worker, window
        self._job: Job | None = None
        self.dialog: ConflictDialog | None = None
        """The window that tells of two saves, while it is open."""
        self.timer = QTimer(self, interval=EVERY)
        self.timer.timeout.connect(documents.look_again)
        documents.state_changed.connect(self._watch)
        documents.conflicted.connect(self._tell)

    def choices(self) -> tuple[Choice, ...]:
        """What can be done where a pack is only read because a colleague had it open first."""
        documents = self._documents
        if not documents.looking:
            return ()
        if documents.other is None:
            return (("Edit it", self.take_over),)
        return (("Open a copy to edit", self.copy), ("Edit all the same", documents.edit_anyway))

    def take_over(self) -> None:
        """Open the pack anew, as the colleague has left it, to be changed."""
        if self._documents.path is not None:
            self._documents.open(self._documents.path)

    def copy(self) -> None:
        """Go on with a copy that has no file yet."""
        file = self._documents.file
        if file is not None:
            self._documents.show(replace(file, path=None, digest=None), saved=False)
            self.said.emit("A copy: save it under a name of its own", "Save…", self._files.save_as)

    def _watch(self) -> None:
        wanted = self._documents.looking and self._documents.other is not None
        if wanted != self.timer.isActive():
            if wanted:
                self.timer.start()
            else:
                self.timer.stop()

    def _tell(self, conflict: "Conflict") -> None:
        """Say that both are kept, and compare them."""
        assert conflict.file is not None
        assert conflict.file.path is not None
        theirs, ours = Path(conflict.where), conflict.file.path
        dialog = ConflictDialog(theirs, ours, self._window)
        dialog.theirs_wanted.connect(lambda: self._files.open_path(theirs))
        dialog.redline_wanted.connect(lambda: self._save_redline(theirs, ours))
        dialog.stopped.connect(self._stop)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.pane.wait()

        def work(task: Task) -> object:
            from briefpack.packfile import read
            from briefpack.tasks.comparing import compare_files

            kept = read(theirs).kept
            when = f"{kept.saved.astimezone():%H:%M}" if kept.saved else ""
            return _Theirs(kept.by, when, compare_files(theirs, ours, cancelled=task.cancelled))

        job = self._job = self._worker.start(work)
        job.succeeded.connect(self._compared)
        job.failed.connect(self._not_compared)
        job.cancelled.connect(self._not_compared)
        dialog.open()

    def _compared(self, found: object) -> None:
        assert isinstance(found, _Theirs)
        if self.dialog is not None:
            self.dialog.say(found.by, found.when)
            self.dialog.pane.show_comparison(found.comparison)

    def _not_compared(self, _error: object = None) -> None:
        if self.dialog is not None:
            self.dialog.pane.show_nothing()

    def _save_redline(self, theirs: Path, ours: Path) -> None:
        if self.dialog is not None:
            save_redline(self.dialog.pane, ours, sources=(theirs, ours))

    def _stop(self) -> None:
        if self._job is not None and not self._job.over:
            self._job.cancel()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
