"""Run readers of files from outside in child processes, with limits of time and memory.

A child is started afresh ("spawn") on every system, so that it takes nothing of the window with it. A program that is
frozen into one file calls :func:`multiprocessing.freeze_support` first thing in its main function.
"""

import logging
import math
import multiprocessing
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self, TypeVar, cast

from briefpack.errors import Cancelled, UserError

_ResultT = TypeVar("_ResultT")

_TICK = 0.05
_CALLS = 500
"""Calls after which a child is replaced, whatever has gathered in it."""

_Job = tuple[float, Callable[..., object], tuple[object, ...]]
"""The seconds, the function and what it is called with."""

_starting_or_ending = threading.Lock()
"""multiprocessing looks after all its children whenever one starts, and would take one that another thread is ending."""

_log = logging.getLogger(__name__)


def run_isolated(
    function: Callable[..., _ResultT],
    *args: object,
    seconds: float = 20,
    memory_mb: int = 1024,
    where: str | Path = "",
    cancelled: Callable[[], bool] = lambda: False,
) -> _ResultT:
    """``function(*args)``, worked out in a child process.

    Args:
        function: a function of a module that can be imported by name; its arguments and result can be pickled.
        args: what it is called with.
        seconds: how long it may take.
        memory_mb: how much address space the child may take, where the system can limit that (Linux).
        where: the file that is read, as messages name it.
        cancelled: asked now and then; when it says yes, the child is ended.

    Raises:
        UserError: that of the function; or the child crashed, took too long or too much memory, or the function raised
            anything else, which is logged.
        Cancelled: ``cancelled`` said yes.
    """
    with Child(memory_mb=memory_mb) as child:
        return child.run(function, *args, seconds=seconds, where=where, cancelled=cancelled)


class Child:
    """A child process for many files, one at a time: to start one takes longer than to read most files.

    It starts when it is first needed. One that broke down is replaced, and so is one that has read many files. What a
    child that read others before breaks down at, a fresh one tries again: no file is refused for what another left.
    """

    def __init__(self, *, memory_mb: int = 1024) -> None:
        self._memory_mb = memory_mb
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._calls = 0

    def run(
        self,
        function: Callable[..., _ResultT],
        *args: object,
        seconds: float = 20,
        where: str | Path = "",
        cancelled: Callable[[], bool] = lambda: False,
    ) -> _ResultT:
        """``function(*args)``, as :func:`run_isolated` does it, with limits for it alone."""
        if self._calls >= _CALLS:
            self.close()
        used = self._calls > 0
        outcome = self._outcome((seconds, function, args), seconds, where, cancelled)
        if used and not _is_answer(outcome):
            outcome = self._outcome((seconds, function, args), seconds, where, cancelled)
        return cast("_ResultT", _unpacked(outcome, where))

    def close(self) -> None:
        """End the child, whatever it is at. It can be used again."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            with _starting_or_ending:
                self._process.kill()
                self._process.join()
                self._process.close()
        self._process = self._connection = None
        self._calls = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _outcome(self, job: _Job, seconds: float, where: str | Path, cancelled: Callable[[], bool]) -> object:
        """What came of a job; a child that did not come to an answer is ended."""
        outcome = None
        try:
            connection = self._connection or self._start()
            self._calls += 1
            try:
                connection.send(job)
            except (BrokenPipeError, ConnectionResetError):  # it is gone: the same as no answer
                return None
            outcome = _awaited(connection, time.monotonic() + seconds, cancelled, where)
        finally:
            if not _is_answer(outcome):
                self.close()
        return outcome

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, self._memory_mb), daemon=True)
        with _starting_or_ending:
            self._process.start()
        other.close()
        return self._connection


def _awaited(connection: Connection, deadline: float, cancelled: Callable[[], bool], where: str | Path) -> object:
    """What the child sends; None where it ended without a word."""
    while not connection.poll(_TICK):
        if cancelled():
            raise Cancelled
        if time.monotonic() > deadline:
            raise UserError(
                "Reading this file took too long, so it was stopped",
                where=where,
                do="It may be damaged or made to do harm: open it in the program that made it and save it again",
            )
    try:
        return connection.recv()
    except (EOFError, ConnectionResetError):
        return None


def _unpacked(outcome: object, where: str | Path) -> object:
    """The function's result; what is told of its failure is raised."""
    match outcome:
        case ("result", result):
            return result
        case ("user error", UserError() as error):
            raise error
        case ("memory", _):
            raise UserError(
                "Reading this file takes more memory than is allowed, so it was stopped",
                where=where,
                do="It may be damaged or made to do harm: ask whoever sent it",
            )
        case ("bug", str(trace)):
            _log.error("A reader failed on %s\n%s", where, trace)
            reason = trace.rstrip().splitlines()[-1]
            raise _unreadable(f"the reader stopped at it: {reason[:200]}", where)
        case _:
            raise _unreadable("the reader broke down at it", where)


def _unreadable(why: str, where: str | Path) -> UserError:
    return UserError(
        f"This file could not be read ({why})",
        where=where,
        do="Open it in the program that made it, save it again and try again",
    )


def _is_answer(outcome: object) -> bool:
    """Whether a child came to an answer by itself, and can go on."""
    return isinstance(outcome, tuple) and outcome[0] in ("result", "user error")


def _serve(connection: Connection, memory_mb: int) -> None:
    """The child's part: call one function after another under the limits, and send what came of each."""
    _limit_memory(memory_mb)
    while True:
        try:
            seconds, function, args = connection.recv()
        except EOFError:  # the parent has ended, or needs no more
            return
        _limit_time(seconds)
        outcome = _called(function, args)
        try:
            connection.send(outcome)
        except MemoryError:
            connection.send(("memory", None))
        except BrokenPipeError:
            return
        del outcome, args


def _called(function: Callable[..., object], args: tuple[object, ...]) -> tuple[str, object]:
    """What came of calling a function."""
    try:
        return "result", function(*args)
    except UserError as error:
        return "user error", error
    except MemoryError:
        return "memory", None
    except Exception:  # noqa: BLE001 - the border: whatever a reader raises ends here
        return "bug", traceback.format_exc(limit=-20)


def _limit_memory(memory_mb: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return
    _lower(resource.RLIMIT_AS, memory_mb * 1024 * 1024)
    _lower(resource.RLIMIT_CORE, 0)  # no picture of memory, with what was read in it, is left on the disk


def _limit_time(seconds: float) -> None:
    """Have the system end this process some time after the parent would: where the parent is gone, nobody else does."""
    try:
        import resource
    except ImportError:
        return
    _lower(resource.RLIMIT_CPU, math.ceil(time.process_time() + seconds) + 5)


def _lower(kind: int, ceiling: int) -> None:
    """Set the limit that a process cannot go beyond, no higher than the one it was given."""
    import resource

    _, hard = resource.getrlimit(kind)
    soft = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (ValueError, OSError):  # macOS knows the limit of memory but refuses to set it
        return
