"""Run a reader of files from outside in a child process, with limits of time and memory.

The child is started afresh ("spawn") on every system, so that it takes nothing of the window with it. A program that is
frozen into one file calls :func:`multiprocessing.freeze_support` first thing in its main function.
"""

import logging
import math
import multiprocessing
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar, cast

from briefpack.errors import Cancelled, UserError

_ResultT = TypeVar("_ResultT")

_TICK = 0.05
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
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(sender, function, args, seconds, memory_mb), daemon=True)
    child.start()
    sender.close()
    try:
        outcome = _awaited(receiver, time.monotonic() + seconds, cancelled, where)
    finally:
        receiver.close()
        child.kill()
        child.join()
        child.close()
    return cast("_ResultT", _unpacked(outcome, where))


def _awaited(receiver: Connection, deadline: float, cancelled: Callable[[], bool], where: str | Path) -> object:
    """What the child sends; None where it ended without a word."""
    while not receiver.poll(_TICK):
        if cancelled():
            raise Cancelled
        if time.monotonic() > deadline:
            raise UserError(
                "Reading this file took too long, so it was stopped",
                where=where,
                do="It may be damaged or made to do harm: open it in the program that made it and save it again",
            )
    try:
        return receiver.recv()
    except EOFError:
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


def _work(
    sender: Connection, function: Callable[..., object], args: tuple[object, ...], seconds: float, memory_mb: int
) -> None:
    """The child's part: call the function under the limits and send what came of it."""
    _limit(seconds, memory_mb)
    try:
        outcome: tuple[str, object] = ("result", function(*args))
    except UserError as error:
        outcome = ("user error", error)
    except MemoryError:
        outcome = ("memory", None)
    except Exception:  # noqa: BLE001 - the border: whatever a reader raises ends here
        outcome = ("bug", traceback.format_exc(limit=-20))
    try:
        sender.send(outcome)
    except MemoryError:
        sender.send(("memory", None))
    sender.close()


def _limit(seconds: float, memory_mb: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return
    ceilings = (
        (resource.RLIMIT_AS, memory_mb * 1024 * 1024),
        (resource.RLIMIT_CPU, math.ceil(seconds) + 5),  # where the parent is gone, nobody else ends it
        (resource.RLIMIT_CORE, 0),  # no picture of memory, with what was read in it, is left on the disk
    )
    for kind, ceiling in ceilings:
        _, hard = resource.getrlimit(kind)
        soft = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
        try:
            resource.setrlimit(kind, (soft, hard))
        except (ValueError, OSError):  # macOS knows the first limit but refuses to set it
            continue
