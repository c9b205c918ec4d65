"""Which packs were opened before, which of them are pinned, and which are not there any more."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from briefpack.desktop.jobs import Job, Task, Worker
from briefpack.desktop.settings import Settings


class Recent(NamedTuple):
    """A pack that was opened before: where it lies, whether it is pinned, and whether it was found missing."""

    path: Path
    pinned: bool
    missing: bool


class RecentPacks(QObject):
    """Args: what is remembered; the thread that touches the disk: a disk of the network may keep one waiting."""

    changed = Signal()
    """What :attr:`entries` gives."""

    def __init__(self, settings: Settings, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._settings, self._worker = settings, worker
        self._missing: frozenset[Path] = frozenset()

    @property
    def entries(self) -> tuple[Recent, ...]:
        """Those that are pinned first, then the newest first."""
        pinned = self._settings.pinned
        paths = dict.fromkeys((*pinned, *self._settings.recent))
        return tuple(Recent(path, path in pinned, path in self._missing) for path in paths)

    def look(self) -> Job:
        """Have it found out which of them are there."""
        paths = tuple(each.path for each in self.entries)

        def work(_task: Task) -> frozenset[Path]:
            return frozenset(path for path in paths if not path.is_file())

        job = self._worker.start(work)
        job.succeeded.connect(self._found_missing)
        return job

    def pin(self, path: Path, *, on: bool) -> None:
        """Let a pack stay in the list, or not."""
        others = tuple(each for each in self._settings.pinned if each != path)
        self._settings.pinned = (*others, path) if on else others
        if not on:
            self._settings.opened(path)
        self.changed.emit()

    def forget(self, *paths: Path) -> None:
        """Take packs off the list; their files stay as they are."""
        self._settings.pinned = tuple(each for each in self._settings.pinned if each not in paths)
        self._settings.recent = [each for each in self._settings.recent if each not in paths]
        self.changed.emit()

    def _found_missing(self, missing: object) -> None:
        assert isinstance(missing, frozenset)
        if missing != self._missing:
            self._missing = missing
            self.changed.emit()
