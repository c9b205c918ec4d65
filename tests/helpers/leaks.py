"""A watch over threads: what a test starts, it ends."""

import gc
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterator
from typing import Any, Self


class ThreadWatch:
    """Remembers which threads ran when it was entered and where those that came later were started.

    Args:
        qt: whether Qt's threads and pools are watched as well; this walks all objects, some milliseconds a test.
        grace: seconds that a thread which was told to end is given to do so.
    """

    def __init__(self, *, qt: bool = False, grace: float = 3.0) -> None:
        self._qt = qt
        self._grace = grace
        self._before: set[threading.Thread] = set()
        self._started: weakref.WeakKeyDictionary[threading.Thread, str] = weakref.WeakKeyDictionary()
        self._start: Callable[[threading.Thread], None] = threading.Thread.start

    def __enter__(self) -> Self:
        self._before = set(threading.enumerate())
        self._start, started = threading.Thread.start, self._started

        def start(thread: threading.Thread, start: Callable[[threading.Thread], None] = self._start) -> None:
            started[thread] = "".join(traceback.format_stack(limit=6)[:-1])
            start(thread)

        threading.Thread.start = start  # type: ignore[method-assign]  # the one place that all threads pass
        return self

    def __exit__(self, *_: object) -> None:
        threading.Thread.start = self._start  # type: ignore[method-assign]

    def check(self) -> None:
        """AssertionError that names each thread which still runs after the grace, and where it was started."""
        left = [self._described(thread) for thread in self._left()]
        if self._qt and "PySide6.QtCore" in sys.modules:
            left += _running_in_qt(sys.modules["PySide6.QtCore"], int(self._grace * 1000))
        if left:
            raise AssertionError("this test leaves running:\n" + "\n".join(left))

    def _left(self) -> Iterator[threading.Thread]:
        end = time.monotonic() + self._grace
        for thread in threading.enumerate():
            # a thread that Qt made and Python only met is a dummy, is never taken off the list, and is Qt's to account for
            if thread in self._before or isinstance(thread, threading._DummyThread):
                continue
            thread.join(max(0.0, end - time.monotonic()))
            if thread.is_alive():
                yield thread

    def _described(self, thread: threading.Thread) -> str:
        return f"thread {thread.name}, started at\n{self._started.get(thread, '(not seen)')}"


def _running_in_qt(core: Any, grace: int) -> list[str]:
    """What Qt's pools and threads still do after ``grace`` milliseconds."""
    left = []
    if not core.QThreadPool.globalInstance().waitForDone(grace):
        left.append("jobs in the global QThreadPool")
    for each in gc.get_objects():
        kind = type(each)
        if kind is core.QThreadPool or (core.QThreadPool in kind.__mro__):
            if not each.waitForDone(grace):
                left.append(f"jobs in a QThreadPool of {each.parent()}")
        elif core.QThread in kind.__mro__ and each is not core.QThread.currentThread() and not each.wait(0):
            left.append(f"a QThread, {each!r}")
    return left
