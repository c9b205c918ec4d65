"""Long work off the GUI thread: a value goes in, progress comes out, and in the end one value or one error.

A :class:`Worker` is one thread that does one thing after another; the archive's database has one of its own. What runs
there is a plain function: it is handed a :class:`Task`, reports progress through it, and asks it whether to stop. Pack
and settings are immutable values, so nothing changes under it. All signals of a :class:`Job` arrive on the GUI thread.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from briefpack.errors import Cancelled, UserError

Work = Callable[["Task"], object]
"""What a job does. It raises UserError for what the user can act on, and Cancelled where it stopped when asked to."""


class Task:
    """A running job as its own function sees it, from the worker's thread."""

    def __init__(self, report: Callable[[int, int, str], None]) -> None:
        self._report = report
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._interrupt: Callable[[], None] | None = None

    def progress(self, done: int, total: int, words: str = "") -> None:
        """Tell how much is done, of how much (0 is not known), and of what. Raises Cancelled where asked to stop."""
        self.check()
        self._report(done, total, words)

    def cancelled(self) -> bool:
        """Whether the job should stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raise Cancelled where the job should stop."""
        if self._stop.is_set():
            raise Cancelled

    @contextmanager
    def interruptible(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """While inside, stopping the job calls ``interrupt``, from another thread; never before or after."""
        with self._lock:
            self._interrupt = interrupt
        try:
            self.check()
            yield
        finally:
            with self._lock:
                self._interrupt = None

    def stop(self) -> None:
        """Ask the job to stop; from any thread."""
        self._stop.set()
        with self._lock:
            if self._interrupt is not None:
                self._interrupt()


class Job(QObject):
    """A job as the window sees it. Exactly one of succeeded, failed, cancelled and broke is sent, and ended after it."""

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    broke = Signal(object)
    ended = Signal()

    _reported = Signal(int, int, str)
    _done = Signal(object, object)

    def __init__(self, work: Work, parent: QObject, *, needed: bool) -> None:
        super().__init__(parent)
        self._work = work
        self._needed = needed
        self._task = Task(self._reported.emit)
        self._over = False
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._done.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @property
    def over(self) -> bool:
        """Whether its end has arrived here."""
        return self._over

    def cancel(self) -> None:
        """Ask the job to stop. What it may still hand over is dropped. One that is needed goes on."""
        if not self._needed:
            self._task.stop()

    def run(self) -> None:
        """Do the work; called on the worker's thread."""
        value: object = None
        error: BaseException | None = None
        try:
            self._task.check()
            value = self._work(self._task)
        except BaseException as caught:  # noqa: BLE001 - handed over whole to the GUI thread, which tells kinds apart
            error = caught
        self._done.emit(value, error)

    @Slot(int, int, str)
    def _show(self, done: int, total: int, words: str) -> None:
        if not self._task.cancelled():
            self.progressed.emit(done, total, words)

    @Slot(object, object)
    def _finish(self, value: object, error: BaseException | None) -> None:
        self._over = True
        if isinstance(error, Cancelled) or self._task.cancelled():
            self.cancelled.emit()
        elif isinstance(error, UserError):
            self.failed.emit(error)
        elif error is not None:
            self.broke.emit(error)
        else:
            self.succeeded.emit(value)
        self.ended.emit()


class Worker(QObject):
    """One thread that does jobs in the order in which they were started. Close it before the program ends."""

    broke = Signal(object)
    """A job raised what is no UserError: a bug, to be reported as one."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._jobs: set[Job] = set()

    @property
    def busy(self) -> bool:
        """Whether a job is running or waiting."""
        return bool(self._jobs)

    def start(self, work: Work, *, needed: bool = False) -> Job:
        """Do ``work`` when everything started before is done. Connect to the job's signals before returning to Qt.

        What is ``needed`` cannot be cancelled, and is done even where the worker is closed first: a save is.
        """
        job = Job(work, self, needed=needed)
        self._jobs.add(job)
        job.broke.connect(self.broke)
        job.ended.connect(lambda: self._forget(job))
        self._do(job.run)
        return job

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Ask every job to stop, wait for what runs or is needed, do ``last`` on the same thread, and end it.

        When it returns, every job has sent its last signal and is gone.
        """
        for job in self._jobs:
            job.cancel()
        if last is not None and self._thread is not None:
            self._do(last)
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None
        for job in tuple(self._jobs):
            QCoreApplication.sendPostedEvents(job, QEvent.Type.MetaCall.value)
        for job in self.findChildren(Job):
            QCoreApplication.sendPostedEvents(job, QEvent.Type.DeferredDelete.value)

    def _do(self, work: Callable[[], None]) -> None:
        """Have something done on the thread, which is started when it is first needed."""
        self._queue.put(work)
        if self._thread is None:
            self._thread = threading.Thread(target=_work_off, args=(self._queue,), name=self._name)
            self._thread.start()

    def _forget(self, job: Job) -> None:
        self._jobs.discard(job)
        job.deleteLater()


def _work_off(queue: "SimpleQueue[Callable[[], None] | None]") -> None:
    """Do what is in a queue until None comes."""
    while (work := queue.get()) is not None:
        work()
