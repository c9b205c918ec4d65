"""What the File menu does with versions of the pack: keep one, look at them, go back."""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefpack.desktop.comparing.saving import save_redline
from briefpack.desktop.dialogs.message import show_error
from briefpack.desktop.documents import Documents
from briefpack.desktop.files import FileCommands, file_name
from briefpack.desktop.jobs import Job, Task, Worker
from briefpack.desktop.settings import Settings
from briefpack.desktop.versions.dialog import Pair, VersionsDialog
from briefpack.desktop.versions.naming import NameDialog
from briefpack.desktop.workspace import Workspace
from briefpack.errors import UserError
from briefpack.pack.edits import restored
from briefpack.tasks.versions import KeptVersion


class KeptVersions(QObject):
    """Args: the pack; its file and what the File menu does with it; the user's settings; a thread; the window."""

    said = Signal(str, str, object)

    def __init__(
        self,
        workspace: Workspace,
        documents: Documents,
        files: FileCommands,
        settings: Settings,
        worker: Worker,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._workspace, self._documents, self._files, self._settings = workspace, documents, files, settings
        self._worker, self._window = worker, window
        self._job: Job | None = None
        self._keeping = ""
        self.dialog: VersionsDialog | None = None
        """The window of the versions while it is open."""
        documents.saved.connect(self._saved)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {"file.keep": self.keep, "file.versions": self.look}

    def keep(self) -> None:
        """Ask for a name, and keep the pack under it as it is now."""
        if not self._has_place():
            return
        name = NameDialog.ask("Keep a version", "", self._window)
        if name:
            self._keeping = name
            self._documents.keep_version(name)

    def look(self) -> None:
        """Open the window of the versions."""
        dialog = VersionsDialog(writable=self._documents.writable, parent=self._window)
        dialog.pair_chosen.connect(self._compare)
        dialog.pane.stopped.connect(self._stop)
        dialog.pane.redline_wanted.connect(self._save_redline)
        dialog.restore_wanted.connect(self.restore)
        dialog.copy_wanted.connect(self._open_copy)
        dialog.name_wanted.connect(self._rename)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        self._refresh()
        dialog.open()

    def restore(self, kept: KeptVersion) -> None:
        """Make the pack what it was then, as one step that can be undone."""
        assert kept.pack is not None
        called = f"“{kept.version.title}”" if kept.version.title else f"{kept.when:%H:%M}"
        changed = self._workspace.apply(restored(self._workspace.pack, kept.pack), f"Go back to {called}")
        if self.dialog is not None:
            self.dialog.accept()
        if changed:
            self.said.emit(f"The pack is again as it was: {called}", "Undo", self._workspace.undo)
        else:
            self.said.emit("The pack is already as it was then", "", None)

    def _has_place(self) -> bool:
        """Whether the pack has a file that versions can be kept in; if not, the user is told."""
        if self._documents.path is not None:
            return True
        self.said.emit("Versions are kept in the pack's file: save it first", "Save…", self._files.save_as)
        return False

    def _refresh(self) -> Job | None:
        """Have the versions read and listed."""
        file, dialog = self._documents.file, self.dialog
        if file is None or dialog is None:
            return None

        def work(_task: Task) -> object:
            from briefpack.tasks.versions import kept_versions

            return kept_versions(file)

        job = self._worker.start(work)
        job.succeeded.connect(lambda found: dialog.show_versions(file.pack, found) if dialog is self.dialog else None)
        return job

    def _compare(self, pair: Pair) -> None:
        file, dialog, author = self._documents.file, self.dialog, self._settings.author.name
        assert file is not None
        assert dialog is not None
        self._stop()

        def work(task: Task) -> object:
            from briefpack.tasks.comparing import compare_packs

            return compare_packs(pair.old, pair.new, file.media, author=author, cancelled=task.cancelled)

        job = self._job = self._worker.start(work)
        job.succeeded.connect(lambda found: dialog.pane.show_comparison(found) if job is self._job else None)
        job.failed.connect(self._not_compared)
        job.cancelled.connect(lambda: self._not_waited(job))
        job.broke.connect(lambda _error: dialog.pane.show_nothing())

    def _not_waited(self, job: Job) -> None:
        if job is self._job and self.dialog is not None:
            self.dialog.pane.notice.say("Not compared", "Choose a version to compare it.")
            self.dialog.pane.show_nothing()

    def _stop(self) -> None:
        if self._job is not None and not self._job.over:
            self._job.cancel()

    def _not_compared(self, error: UserError) -> None:
        if self.dialog is not None:
            self.dialog.pane.notice.say("Not compared", "Choose a version to compare it.")
            self.dialog.pane.show_nothing()
            show_error(error, self.dialog)

    def _save_redline(self) -> None:
        """Ask where to, and write the comparison as a Word file."""
        folder = self._documents.path.parent if self._documents.path else self._settings.folder
        if self.dialog is not None:
            save_redline(self.dialog.pane, folder / f"{file_name(self._documents.name)}.briefpack")

    def _open_copy(self, kept: KeptVersion) -> None:
        """Show the version as a pack of its own that has no file yet."""
        file, pack = self._documents.file, kept.pack
        assert file is not None
        assert pack is not None
        if self.dialog is not None:
            self.dialog.accept()
        copy = replace(file, pack=pack, path=None, digest=None)

        def show() -> None:
            self._documents.show(copy, saved=False)
            self.said.emit("A copy: save it under a name of its own", "Save…", self._files.save_as)

        self._files.when_safe(show)

    def _rename(self, kept: KeptVersion) -> None:
        assert self.dialog is not None
        name = NameDialog.ask("Name this version", kept.version.title, self.dialog, empty=True)
        if name is not None and name != kept.version.title and self._has_place():
            self._documents.name_version(kept.version.name, name)

    def _saved(self) -> None:
        """A save has kept the one before, or given a name: what is listed follows."""
        self._refresh()
        name, self._keeping = self._keeping, ""
        if name:
            self.said.emit(f"Kept as “{name}”", "Versions…", self.look)

    def _closed(self) -> None:
        self._stop()
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
