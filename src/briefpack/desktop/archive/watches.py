"""The folders that the archive watches: chosen, looked into at the start and when asked, and given up."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from briefpack.archive.model import Added
from briefpack.archive.watching import MISSING
from briefpack.desktop.archive.library import Library
from briefpack.desktop.widgets.parts import named
from briefpack.errors import UserError

_LISTED = 8


class WatchedFolders(QObject):
    """Args: the archive; what dialogs stand over."""

    said = Signal(str)
    failed = Signal(object)
    started = Signal(object, str)

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self._library, self._window = library, parent
        self.folders: tuple[Path, ...] = ()
        self.menu = named(QMenu("Stop watching", parent), "Stop watching")
        self.menu.aboutToShow.connect(self._fill)
        library.ask(lambda archive: archive.watched()).succeeded.connect(self._begin)  # the panel tells what fails

    def choose(self) -> None:
        """Ask for a folder, watch it, and look into it."""
        name = QFileDialog.getExistingDirectory(self._window, "Watch a folder", str(Path.home()))
        if name:
            self.watch(Path(name))

    def watch(self, folder: Path) -> None:
        """Watch a folder, and look into it."""
        job = self._library.change_watched(lambda archive: archive.watch(folder))
        job.succeeded.connect(self._set)
        job.succeeded.connect(lambda _folders: self.refresh())
        job.failed.connect(self.failed)

    def unwatch(self, folder: Path) -> None:
        """Watch a folder no longer."""
        job = self._library.change_watched(lambda archive: archive.unwatch(folder))
        job.succeeded.connect(self._set)
        job.succeeded.connect(lambda _folders: self.said.emit(f"{folder.name} is not watched any more"))
        job.failed.connect(self.failed)

    def refresh(self, *, quietly: bool = False) -> None:
        """Look into the folders; ``quietly`` says nothing of what is as it was, nor of files that cannot be read."""
        if not self.folders:
            self.said.emit("No folder is watched")
            return
        job = self._library.refresh()
        job.succeeded.connect(lambda added: self._tell(added, quietly=quietly))
        job.failed.connect(self.failed)
        self.started.emit(job, "Looking into watched folders")

    def _begin(self, folders: tuple[Path, ...]) -> None:
        """What is watched is looked into once at the start."""
        self._set(folders)
        if folders:
            self.refresh(quietly=True)

    def _set(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders

    def _fill(self) -> None:
        self.menu.clear()
        for folder in self.folders:
            self.menu.addAction(str(folder).replace("&", "&&"), partial(self.unwatch, folder))
        if not self.folders:
            self.menu.addAction("No folder is watched").setEnabled(False)

    def _tell(self, added: Added, *, quietly: bool) -> None:
        missing = [each for each in added.refused if each.why == MISSING]
        unread = [each for each in added.refused if each.why != MISSING]
        parts = []
        if added.added or added.updated or not (quietly or missing):
            parts.append(f"{_counted(added.added, 'new document')}, {added.updated} changed")
        if missing:
            names = ", ".join(Path(each.path).name for each in missing)
            parts.append(f"not there now: {names} (the documents stay)")
        if parts:
            self.said.emit(f"Watched folders: {'; '.join(parts)}")
        if unread and not quietly:
            lines = [f"{Path(each.path).name}: {each.why}" for each in unread[:_LISTED]]
            lines += [f"and {len(unread) - _LISTED} more"] if len(unread) > _LISTED else []
            self.failed.emit(UserError(f"{_counted(len(unread), 'file')} not added", where="\n".join(lines)))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
