"""What the File and Review menus do with other versions of a document: compare two, and answer the reviewers."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from briefpack.desktop.comparing.saving import save_redline
from briefpack.desktop.dialogs.message import show_error
from briefpack.desktop.documents import Documents
from briefpack.desktop.jobs import Job, Task, Worker
from briefpack.desktop.settings import Settings
from briefpack.errors import UserError

if TYPE_CHECKING:
    from briefpack.desktop.comparing.dialog import CompareDialog


class VersionCommands(QObject):
    """Args: the file of the pack; the user's settings; what dialogs stand over."""

    said = Signal(str, str, object)
    failed = Signal(object)

    started = Signal(object, str)
    """A job that may take a while, and what it does."""

    def __init__(self, documents: Documents, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._documents, self._settings, self._window = documents, settings, window
        self.worker = Worker("comparing", self)
        self._job: Job | None = None
        self.dialog: CompareDialog | None = None
        """The window of the comparison while it is open."""

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {"file.compare": self.compare, "returns.answer": self.answer}

    # Comparing

    def compare(self) -> None:
        """Open the window in which two documents are compared; the newer is the pack that is open, as it was saved."""
        from briefpack.desktop.comparing.dialog import CompareDialog

        dialog = CompareDialog(None, self._documents.path, self._settings.folder, self._window)
        dialog.wanted.connect(self.start)
        dialog.stopped.connect(self._stop)
        dialog.redline_wanted.connect(self.save_redline)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.show()
        dialog.old.setFocus()

    def start(self, old: Path, new: Path) -> Job:
        """Compare two documents in the background and show what was found."""
        dialog, author = self.dialog, self._settings.author.name
        assert dialog is not None
        dialog.wait()
        self._stop()

        def work(task: Task) -> object:
            from briefpack.tasks.comparing import compare_files

            return compare_files(old, new, author=author, cancelled=task.cancelled)

        job = self._job = self.worker.start(work)
        job.succeeded.connect(dialog.show_comparison)
        job.failed.connect(self._not_compared)
        job.cancelled.connect(lambda: dialog.show_nothing() if job is self._job else None)
        job.broke.connect(lambda _error: dialog.show_nothing())
        return job

    def save_redline(self) -> None:
        """Ask where to, and write the comparison as a Word file."""
        dialog = self.dialog
        if dialog is None:
            return
        old, new = dialog.paths
        save_redline(dialog.pane, new, sources=(old, new))

    def _stop(self) -> None:
        if self._job is not None and not self._job.over:
            self._job.cancel()

    def _not_compared(self, error: UserError) -> None:
        if self.dialog is not None:
            self.dialog.show_nothing()
            show_error(error, self.dialog)

    # Answering

    def answer(self) -> None:
        """Ask whom to answer and where to, and write the files."""
        from briefpack.desktop.comparing.answering import AnswerDialog

        file = self._documents.file
        if file is None:
            return
        names = tuple(dict.fromkeys(name for back in file.pack.returns for name in back.authors))
        folder = (self._documents.path.parent if self._documents.path else self._settings.folder) / "Answers"
        wanted = AnswerDialog.ask(names, folder, self._settings.author.name, self._window)
        if wanted is None:
            return

        def work(task: Task) -> object:
            from briefpack.tasks.answering import answer

            return answer(
                file, wanted.folder, to=wanted.to, by=wanted.by, together=wanted.together, progress=task.progress
            )

        job = self.worker.start(work)
        job.succeeded.connect(lambda _made: self._answered(wanted.folder))
        job.failed.connect(self.failed)
        self.started.emit(job, "Answering the reviewers")

    def _answered(self, folder: Path) -> None:
        address = QUrl.fromLocalFile(str(folder))
        self.said.emit(f"The answers are in {folder}", "Open the folder", lambda: QDesktopServices.openUrl(address))
