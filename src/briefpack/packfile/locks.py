"""Who is at work on a pack: a lock for the moment of saving, and a note of who has it open.

Both are advisory and die with the process that holds them, so that nothing is blocked by what a crash has left.
"""

import contextlib
import datetime as dt
import errno
import getpass
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from msgspec import Struct

from briefpack.errors import UserError
from briefpack.safety.files import hidden_prefix, writing_failed

_PATIENCE = 10.0
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})
"""What file systems that know no locks answer."""

_FAR = 0x7FFFFFF0
"""The byte that is locked on Windows, where a locked byte cannot be read: far behind all content."""


def try_lock(descriptor: int) -> bool | None:
    """Lock an open file for this process alone: whether that worked, or None where the file system knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return None if error.errno in _NO_LOCKS else False
    return True


@contextlib.contextmanager
def saving(target: Path) -> Iterator[bool]:
    """Hold the lock on saving one pack file. Gives whether it is really held: some network disks know no locks.

    Raises:
        UserError: another program has held it for ten seconds, or the folder cannot be written to.
    """
    path = target.with_name(f"{hidden_prefix(target)}save.lock")
    try:
        locked = _locked(path, time.monotonic() + _PATIENCE)
    except OSError as error:
        raise writing_failed(error, target) from error
    if locked is None:
        raise UserError("Another program is saving this pack", where=target, do="Try again in a moment")
    descriptor, held = locked
    try:
        yield held
    finally:
        _let_go(descriptor, path)


def _locked(path: Path, deadline: float) -> tuple[int, bool] | None:
    """A lock file, made, opened and locked, and whether it could be; None where somebody else holds it for too long."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        with contextlib.suppress(OSError, AttributeError):  # so that a colleague can take over what a crash has left
            os.fchmod(descriptor, 0o666)
        try:
            held = try_lock(descriptor)
            if held is None or (held and _is_still_there(descriptor, path)):
                return descriptor, bool(held)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() > deadline:
            return None
        time.sleep(0.001 if held else 0.01)


def _let_go(descriptor: int, path: Path) -> None:
    """Remove a lock file and close it. On Windows it goes when the last has closed it."""
    ours = sys.platform != "win32" and _is_still_there(descriptor, path)
    if ours:
        _remove(path)
    with contextlib.suppress(OSError):  # it is closed all the same
        os.close(descriptor)
    if sys.platform == "win32":
        _remove(path)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):  # the folder may be gone, and this with it; else the next one takes it over
        path.unlink()


def _is_still_there(descriptor: int, path: Path) -> bool:
    """Whether a locked file is still the one of that name, and not one that its last holder has removed."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


class Holder(Struct, frozen=True):
    """Who has a pack open, and since when."""

    user: str
    host: str
    pid: int
    since: dt.datetime

    @classmethod
    def this_process(cls) -> Self:
        """This process, from now on."""
        return cls(user_name(), socket.gethostname(), os.getpid(), dt.datetime.now().astimezone())


def user_name() -> str:
    """The name of the user as the system knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "somebody"


def is_running(pid: int) -> bool:
    """Whether there is a process of this number on this machine; where that cannot be told, yes."""
    if sys.platform == "win32" or pid <= 0:
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class OpenNote:
    """The note beside a pack that says who has it open. Made by :func:`note_open`; closed when the pack is."""

    def __init__(self, path: Path, descriptor: int | None) -> None:
        self._path = path
        self._descriptor = descriptor

    def close(self) -> None:
        """Take the note away."""
        if self._descriptor is not None:
            _let_go(self._descriptor, self._path)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _note_path(pack: Path) -> Path:
    target = Path(os.path.realpath(pack))
    return target.with_name(f"{hidden_prefix(target)}open.lock")


def who_has(pack: Path) -> Holder | None:
    """Who else has a pack open; None where nobody has, or the note was left by a process that is no more."""
    path = _note_path(pack)
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        if try_lock(descriptor):
            return None  # its holder is gone
        os.lseek(descriptor, 0, os.SEEK_SET)
        holder = msgspec.json.decode(os.read(descriptor, 4096), type=Holder)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    finally:
        os.close(descriptor)
    return None if holder.host == socket.gethostname() and not is_running(holder.pid) else holder


def note_open(pack: Path) -> tuple[OpenNote, Holder | None]:
    """Leave a note that this process has the pack open, and give who else has, if anybody.

    The note is a courtesy: where somebody else's stands, or the folder cannot be written to, there is none of ours.
    """
    other = who_has(pack)
    path = _note_path(pack)
    if other is not None:
        return OpenNote(path, None), other
    try:
        locked = _locked(path, time.monotonic())
        if locked is None:
            return OpenNote(path, None), who_has(pack)
        os.ftruncate(locked[0], 0)
        os.write(locked[0], msgspec.json.encode(Holder.this_process()))
    except OSError:
        return OpenNote(path, None), None
    return OpenNote(path, locked[0]), None
