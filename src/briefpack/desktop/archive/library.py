"""The archive as the window uses it: questions asked off the GUI thread, answers as jobs.

One thread reads, one adds, and one keeps searches, each with a connection of its own, so that a search never waits for an
import, nor for the history to be written.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from briefpack.archive import Archive
from briefpack.archive.address import is_address, named
from briefpack.archive.model import Added, Document, Facets, Filters, Results, SavedSearch, Stats, Timeline
from briefpack.archive.opening import open_archive
from briefpack.desktop.jobs import Job, Task, Worker

SHOWN = 50
"""How many documents a search lists."""


class _Door:
    """An archive that is opened on the thread that first needs it, and closed there.

    Two doors to one archive share a lock, so that the archive is not made by both at the same moment.
    """

    def __init__(self, place: Path | str, opening: threading.Lock) -> None:
        self._place = place
        self._opening = opening
        self._archive: Archive | None = None

    def archive(self) -> Archive:
        if self._archive is None:
            with self._opening:
                self._archive = open_archive(self._place)
        return self._archive

    def close(self) -> None:
        if self._archive is not None:
            self._archive.close()
            self._archive = None


_Kept = tuple[tuple[SavedSearch, ...], tuple[SavedSearch, ...]]


def _kept(archive: Archive) -> _Kept:
    return archive.saved_searches(), archive.history()


class Library(QObject):
    """One archive, in a folder or shared. Every answer is a job's value."""

    changed = Signal()
    """Documents were added, or corrected."""

    kept = Signal(object, object)
    """The saved searches and the last ones, each a tuple of :class:`~briefpack.archive.model.SavedSearch`."""

    standing = Signal(str, bool)
    """Why only a part of the archive answers now (empty: all of it does), and whether one may only read it."""

    def __init__(self, place: Path | str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shared = named(place) if isinstance(place, str) and is_address(place) else ""
        """What a shared archive is called; empty for one in a folder."""
        self._stood = ("", False)
        opening = threading.Lock()
        self._reading, self._adding, self._keeping = (_Door(place, opening) for _ in range(3))
        self._reader, self._adder = Worker("archive-read", self), Worker("archive-add", self)
        self._keeper = Worker("archive-keep", self)
        self._search: Job | None = None
        self._laying: Job | None = None
        self.broke = self._reader.broke
        self._adder.broke.connect(self._reader.broke)
        self._keeper.broke.connect(self._reader.broke)

    @property
    def busy(self) -> bool:
        """Whether a question is being answered, or something added."""
        return self._reader.busy or self._adder.busy or self._keeper.busy

    def search(
        self,
        query: str,
        filters: Filters = Filters(),  # noqa: B008 - an immutable value
        exactly: frozenset[str] = frozenset(),
    ) -> Job:
        """The :class:`~briefpack.archive.model.Results` of a query that may still be typed; the search before is dropped."""
        for before in (self._search, self._laying):
            if before is not None and not before.over:
                before.cancel()

        def work(task: Task) -> Results:
            with self._asked() as archive, task.interruptible(archive.interrupt):
                return archive.search(query, limit=SHOWN, filters=filters, typing=True, exactly=exactly)

        self._search = self._reader.start(work)
        return self._search

    def facets(self, query: str, filters: Filters, exactly: frozenset[str] = frozenset()) -> Job:
        """The :class:`~briefpack.archive.model.Facets` of what :meth:`search` finds."""

        def work(task: Task) -> Facets:
            with self._asked() as archive, task.interruptible(archive.interrupt):
                return archive.facets(query, filters=filters, typing=True, exactly=exactly)

        return self._reader.start(work)

    def timeline(self, query: str, filters: Filters, exactly: frozenset[str] = frozenset()) -> Job:
        """The :class:`~briefpack.archive.model.Timeline` of what :meth:`search` finds; dropped with the next search."""

        def work(task: Task) -> Timeline:
            with self._asked() as archive, task.interruptible(archive.interrupt):
                return archive.timeline(query, filters=filters, typing=True, exactly=exactly)

        self._laying = self._reader.start(work)
        return self._laying

    def ask_kept(self) -> None:
        """Have the saved and the last searches told by ``kept``."""
        self._tell_kept(self._reader.start(lambda _task: _kept(self._reading.archive())))

    def keep(self, change: Callable[[Archive], None]) -> Job:
        """Change what is kept of searches; ``kept`` tells what is kept then."""

        def work(_task: Task) -> _Kept:
            archive = self._keeping.archive()
            change(archive)
            return _kept(archive)

        return self._tell_kept(self._keeper.start(work, needed=True))

    def _tell_kept(self, job: Job) -> Job:
        job.succeeded.connect(lambda kept: self.kept.emit(*kept))
        return job

    def document(self, document: str) -> Job:
        """The :class:`~briefpack.archive.model.Document` of that id, and the archive's own id."""

        def work(_task: Task) -> tuple[Document, str]:
            with self._asked() as archive:
                return archive.document(document), archive.id

        return self._reader.start(work)

    def ask(self, question: Callable[[Archive], object]) -> Job:
        """What a question that only reads is answered with."""

        def work(task: Task) -> object:
            with self._asked() as archive, task.interruptible(archive.interrupt):
                return question(archive)

        return self._reader.start(work)

    def change(self, change: Callable[[Archive], object]) -> Job:
        """Change what is said of documents; ``changed`` tells when it is done. It does not wait for an import."""
        job = self._keeper.start(lambda _task: change(self._keeping.archive()), needed=True)
        job.succeeded.connect(lambda _value: self.changed.emit())
        return job

    def stats(self) -> Job:
        """The :class:`~briefpack.archive.model.Stats` of the archive."""

        def work(_task: Task) -> Stats:
            with self._asked() as archive:
                return archive.stats()

        return self._reader.start(work)

    def add(self, paths: list[Path]) -> Job:
        """Files and folders added: :class:`~briefpack.archive.model.Added`."""

        def work(task: Task) -> Added:
            return self._adding.archive().add(paths, progress=task.progress, cancelled=task.cancelled)

        job = self._adder.start(work)
        job.ended.connect(self.changed)
        return job

    def change_watched(self, change: Callable[[Archive], None]) -> Job:
        """Change which folders are watched; those that are watched then, each a Path."""

        def work(_task: Task) -> tuple[Path, ...]:
            archive = self._keeping.archive()
            change(archive)
            return archive.watched()

        return self._keeper.start(work, needed=True)

    def refresh(self) -> Job:
        """What is new or changed in the watched folders: :class:`~briefpack.archive.model.Added`."""

        def work(task: Task) -> Added:
            return self._adding.archive().refresh(progress=task.progress, cancelled=task.cancelled)

        job = self._adder.start(work)
        job.succeeded.connect(lambda added: self.changed.emit() if added.added or added.updated else None)
        return job

    @contextmanager
    def _asked(self) -> Iterator[Archive]:
        """The archive for a question; how it stands is told when the question is answered, or could not be."""
        archive = self._reading.archive()
        try:
            yield archive
        finally:
            stands = (archive.offline, archive.read_only)
            if stands != self._stood:
                self._stood = stands
                self.standing.emit(*stands)

    def close(self) -> None:
        """Let go of the archive; what is running is stopped first."""
        doors = ((self._reader, self._reading), (self._adder, self._adding), (self._keeper, self._keeping))
        for worker, door in doors:
            worker.close(door.close)
