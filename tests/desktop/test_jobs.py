"""Jobs off the GUI thread."""

import threading

import pytest

from briefpack.desktop.jobs import Task, Worker
from briefpack.errors import Cancelled, UserError


@pytest.fixture
def worker(qapp):
    worker = Worker("test")
    yield worker
    worker.close()


def test_a_value_arrives_on_the_gui_thread(worker, qtbot):
    """The work runs elsewhere; its value and its progress arrive here, in order."""
    seen: list[tuple[object, int]] = []

    def work(task: Task) -> int:
        for step in range(3):
            task.progress(step, 3, f"step {step}")
        return threading.get_ident()

    job = worker.start(work)
    job.progressed.connect(lambda done, total, words: seen.append(((done, total, words), threading.get_ident())))
    with qtbot.waitSignal(job.succeeded) as caught:
        pass
    assert caught.args[0] != threading.get_ident()
    assert seen == [((step, 3, f"step {step}"), threading.get_ident()) for step in range(3)]


def test_a_users_error_is_handed_over_whole(worker, qtbot):
    """What, where and what to do come as they were raised."""

    def work(_task: Task) -> None:
        raise UserError("The file is empty", where="a.txt", do="Choose another")

    with qtbot.waitSignal(worker.start(work).failed) as caught:
        pass
    assert str(caught.args[0]) == "a.txt: The file is empty. Choose another."


def test_a_bug_is_told_apart(worker, qtbot):
    """Anything that is no UserError comes by the worker's own signal."""
    with qtbot.waitSignal(worker.broke) as caught:
        worker.start(lambda _task: 1 // 0)
    assert isinstance(caught.args[0], ZeroDivisionError)


def test_cancelling_stops_the_work(worker, qtbot):
    """Work that asks is told, and nothing of it is handed over."""
    begun = threading.Event()
    results: list[object] = []

    def work(task: Task) -> str:
        begun.set()
        while True:
            task.check()

    job = worker.start(work)
    job.succeeded.connect(results.append)
    assert begun.wait(10)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    assert results == []


def test_stopping_interrupts_what_cannot_ask(worker, qtbot):
    """A query that blocks is interrupted from outside, and only while it runs."""
    begun, stopped = threading.Event(), threading.Event()

    def work(task: Task) -> None:
        with task.interruptible(stopped.set):
            begun.set()
            if not stopped.wait(10):
                raise TimeoutError
            raise Cancelled

    job = worker.start(work)
    assert begun.wait(10)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    stopped.clear()
    job.cancel()
    assert not stopped.is_set()


def test_what_is_needed_is_done_before_the_worker_closes(qapp):
    """A save that waits its turn is not lost when the window closes."""
    worker, gate, done = Worker("test"), threading.Event(), []
    worker.start(lambda _task: gate.wait(10))
    dropped = worker.start(lambda _task: done.append("dropped"))
    needed = worker.start(lambda _task: done.append("needed"), needed=True)
    needed.cancel()
    dropped.cancel()
    gate.set()
    worker.close(lambda: done.append("last"))
    assert done == ["needed", "last"]


def test_jobs_run_one_after_another(worker, qtbot):
    """One thread, in the order in which they were started."""
    order: list[int] = []
    jobs = [worker.start(lambda _task, number=number: order.append(number)) for number in range(5)]
    with qtbot.waitSignal(jobs[-1].ended):
        pass
    assert order == list(range(5))
    assert not worker.busy
