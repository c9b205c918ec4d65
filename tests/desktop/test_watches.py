"""The watch over Qt's threads, with the faults that it must find."""

import threading

import pytest
from PySide6.QtCore import QThread, QThreadPool

from tests.helpers.leaks import ThreadWatch


def test_a_job_left_in_a_pool_is_a_fault(qapp):
    pool, end = QThreadPool(), threading.Event()
    with ThreadWatch(qt=True, grace=0.01) as watch:
        pool.start(lambda: end.wait(10))
    with pytest.raises(AssertionError, match="jobs in a QThreadPool"):
        watch.check()
    end.set()
    assert pool.waitForDone(5000)
    watch.check()


def test_a_running_thread_is_a_fault(qapp):
    thread = QThread()
    with ThreadWatch(qt=True, grace=0.01) as watch:
        thread.start()
    with pytest.raises(AssertionError, match="a QThread"):
        watch.check()
    thread.quit()
    assert thread.wait(5000)
    watch.check()
