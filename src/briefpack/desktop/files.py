"""What the File menu does: the dialogs around :class:`~briefpack.desktop.documents.Documents`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from briefpack.desktop.dialogs.message import ask_to_replace, ask_which
from briefpack.desktop.documents import Documents
from briefpack.desktop.jobs import Job, Task, Worker
from briefpack.desktop.settings import Settings
from briefpack.errors import UserError
from briefpack.pack.dates import day_words

if TYPE_CHECKING:
    from briefpack.packfile import PackFile, Recovery

SUFFIX = ".briefpack"
KIND = f"Briefing pack (*{SUFFIX})"
IMPORTED = "Briefings (*.docx *.dotx *.txt *.md)"


class FileCommands(QObject):
    """New, open, import, save, export, close: with what they ask.

    Args:
        documents: the file behind the window.
        settings: the user's own.
        worker: the thread that touches the disk.
        sample: the folder in which the sample is set up.
        window: what dialogs stand over.
    """

    said = Signal(str, str, object)
    """A short word; a button's text and what it does, or empty and None."""

    sample_ready = Signal(object)
    """The :class:`~briefpack.tasks.sample.Sample` that the user asked for."""

    def __init__(self, documents: Documents, settings: Settings, worker: Worker, sample: Path, window: QWidget) -> None:
        super().__init__(window)
        self._documents = documents
        self._settings = settings
        self._worker = worker
        self._sample = sample
        self._window = window
        self._after_saving: Callable[[], object] | None = None
        documents.opened.connect(self._remember)
        documents.saved.connect(self._saved)
        documents.failed.connect(self._forget_after_saving)
        documents.conflicted.connect(self._forget_after_saving)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {
            "file.new": self.new,
            "file.open": self.open,
            "file.import": self.import_,
            "file.sample": self.sample,
            "file.save": self.save,
            "file.save_as": self.save_as,
            "file.export": self.export,
            "file.close": self.close,
        }

    def new(self) -> None:
        """Ask what for, and show a pack from a template."""
        self.when_safe(self._new)

    def open(self) -> None:
        """Ask which pack, and show it."""
        self.when_safe(self._open)

    def open_path(self, path: Path) -> None:
        """Show a pack, once what is open is safe."""
        self.when_safe(lambda: self._documents.open(path))

    def import_(self) -> None:
        """Ask which briefing, and make a pack of it."""
        self.when_safe(self._import)

    def sample(self) -> None:
        """Set up the sample pack and archive, and show them."""
        self.when_safe(self._open_sample)

    def save(self) -> None:
        """Save the pack; ask where where it has no file yet, or what was read of it was damaged."""
        file = self._documents.file
        if file is not None and (file.path is None or file.damaged):
            self.save_as()
        else:
            self._documents.save()

    def save_as(self) -> None:
        """Ask where, and save."""
        folder = self._documents.path.parent if self._documents.path else self._settings.folder
        name = str(folder / f"{file_name(self._documents.name)}.briefpack")
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save the pack", name, KIND)
        if chosen:
            path = Path(chosen)
            named = path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
            if named == path or ask_to_replace(
                self._window, named
            ):  # the file dialog has asked about its own name only
                self._settings.folder = path.parent
                self._documents.save(named)
                return
        self._after_saving = None

    def export(self) -> None:
        """Ask how and where, and write it."""
        from briefpack.desktop.dialogs.export import ExportDialog

        file = self._documents.file
        if file is None:
            return
        folder = file.path.parent if file.path else self._settings.folder
        answer = ExportDialog.ask(
            folder / file_name(self._documents.name),
            has_file=file.path is not None and self._documents.writable,
            template=self._settings.template,
            author=self._settings.author.name,
            parent=self._window,
        )
        if answer is not None:
            self._settings.template = answer.request.template
            self._export(answer.path, answer.request)

    def close(self) -> None:
        """Show the start page, once what is open is safe."""
        self.when_safe(self._documents.close)

    def offer_recovery(self) -> Job:
        """Look for what a crash left, and ask what to do with it."""

        def work(_task: Task) -> object:
            from briefpack.packfile import recoverable

            return recoverable(self._documents.journals)

        job = self._worker.start(work)
        job.succeeded.connect(self._ask_about_recovery)
        job.failed.connect(self._documents.failed)
        return job

    def _ask_about_recovery(self, found: object) -> None:
        from briefpack.packfile import Recovery, recovered_file

        assert isinstance(found, list)
        for recovery in found:
            assert isinstance(recovery, Recovery)
            name = recovery.path.stem if recovery.path else recovery.pack.meeting.title or "a new pack"
            question = f"Briefpack was closed before “{name}” was saved."
            when = recovery.when.astimezone()
            kept = f"What was written up to {when:%H:%M} on {day_words(when.date())} was kept."
            more = f"{kept} Cancel keeps it for the next start."
            match ask_which(self._window, question, more, "Open it as a copy", "Throw it away"):
                case 0:
                    self.when_safe(partial(self._show_recovered, recovery, recovered_file(recovery)))
                    return
                case 1:
                    recovery.discard()

    def _show_recovered(self, recovery: "Recovery", file: "PackFile") -> None:
        """Show what was recovered. Its journal goes when this one holds as much."""
        self._documents.show(file, saved=False)
        self._documents.write_journal().succeeded.connect(lambda _none: recovery.discard())
        self.said.emit("Recovered. Save it to keep it.", "Save…", self.save_as)

    def when_safe(self, act: Callable[[], object]) -> None:
        """Do ``act`` at once where nothing is unsaved; else ask, and do it when it was saved or given up."""
        if not self._documents.unsaved:
            act()
            return
        question = f"Save the changes to “{self._documents.name}”?"
        match ask_which(self._window, question, "Without saving, they are lost.", "Save", "Do not save"):
            case 0:
                self._after_saving = act
                self.save()
            case 1:
                act()

    def _new(self) -> None:
        from briefpack.desktop.dialogs.new import NewDialog, started
        from briefpack.packfile import new_file
        from briefpack.tasks.starting import new_pack, offered_templates

        answer = NewDialog.ask(offered_templates(), self._window)
        if answer is not None:
            try:
                pack = new_pack(answer.template)
            except UserError as error:
                self._documents.failed.emit(error)
                return
            self._documents.show(new_file(started(pack, answer)), saved=not answer.says_something)

    def _open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a pack", str(self._settings.folder), KIND)
        if name:
            self._settings.folder = Path(name).parent
            self._documents.open(Path(name))

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Import a briefing", str(self._settings.folder), IMPORTED)
        if name:
            self._settings.folder = Path(name).parent
            self.import_path(Path(name))

    def import_path(self, path: Path) -> Job:
        """Make a pack of a briefing and show it."""

        def work(_task: Task) -> object:
            from briefpack.tasks.importing import import_briefing

            return import_briefing(path)

        job = self._worker.start(work)
        job.succeeded.connect(lambda imported: self._imported(imported, path))
        job.failed.connect(self._documents.failed)
        self._documents.started.emit(job, f"Importing {path.name}")
        return job

    def _imported(self, imported: object, path: Path) -> None:
        from briefpack.briefing.source import Imported
        from briefpack.packfile import new_file

        assert isinstance(imported, Imported)
        self._documents.show(new_file(imported.pack, imported.media), saved=False)
        notes = f": {len(imported.notes)} notes" if imported.notes else ""
        tell = (lambda: self._show_notes(path, tuple(map(str, imported.notes)))) if imported.notes else None
        self.said.emit(f"Imported {path.name}{notes}", "Show the notes" if notes else "", tell)

    def _show_notes(self, path: Path, notes: tuple[str, ...]) -> None:
        lines = "\n".join(f"• {note}" for note in notes[:12]) + ("\n…" if len(notes) > 12 else "")
        self._documents.failed.emit(
            UserError(f"What was not certain in {path.name}", where=lines, do="Check these places")
        )

    def _open_sample(self) -> None:
        folder = self._sample

        def work(task: Task) -> object:
            from briefpack.tasks.sample import prepare_sample

            return prepare_sample(folder, task.progress)

        job = self._worker.start(work)
        job.succeeded.connect(self.sample_ready)
        job.failed.connect(self._documents.failed)
        self._documents.started.emit(job, "Setting up the sample")

    def _export(self, path: Path, request: object) -> None:
        from briefpack.tasks.exporting import Exported, Request, export_file

        file = self._documents.file
        assert file is not None
        assert isinstance(request, Request)
        source, wanted = file, request

        def work(task: Task) -> Exported:
            return export_file(source, path, wanted, progress=task.progress)

        job = self._worker.start(work)
        job.succeeded.connect(self._exported)
        job.failed.connect(self._documents.failed)
        job.cancelled.connect(lambda: self.said.emit("Export stopped; nothing was written", "", None))
        self._documents.started.emit(job, f"Exporting {path.name}")

    def _exported(self, exported: object) -> None:
        from briefpack.tasks.exporting import Exported

        assert isinstance(exported, Exported)
        now = self._documents.file
        if now is not None and now.pack.id == exported.file.pack.id and now.pack.issues != exported.file.pack.issues:
            self._documents.take_sent(exported.file)
        url = QUrl.fromLocalFile(str(exported.path.absolute()))
        self.said.emit(f"Exported {exported.path.name}", "Open", lambda: QDesktopServices.openUrl(url))

    def _remember(self) -> None:
        if self._documents.path is not None:
            self._settings.opened(self._documents.path)

    def _saved(self) -> None:
        self._remember()
        act, self._after_saving = self._after_saving, None
        if act is not None and not self._documents.unsaved:
            act()

    def _forget_after_saving(self) -> None:
        self._after_saving = None


def file_name(words: str) -> str:
    """Words as the name of a file on every system."""
    kept = "".join(" " if character in '<>:"/\\|?*' or character < " " else character for character in words)
    return " ".join(kept.split())[:100].rstrip(". ") or "Pack"
