"""Whole files: read with a limit, and written so that either the old or the new file is there, never half of one."""

import codecs
import contextlib
import errno
import hashlib
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from briefpack.errors import UserError

MOST = 256 * 1024 * 1024
"""The largest file, in bytes, that is read unless a caller says otherwise."""

_PIECE = 8 * 1024 * 1024
_SMALL = 256 * 1024
_IN_USE = frozenset({5, 32})
"""Windows' error numbers for a file that another program holds open: access denied, and sharing violation."""

_WAITS = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.5, 0.9)
"""Seconds between tries to replace such a file: virus scanners and sync clients let go within about two seconds."""

_STRAY_AGE = 24 * 60 * 60
_NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
"""What file systems that cannot sync a folder answer."""


def read_input(path: Path, *, most: int = MOST) -> bytes:
    """The bytes of an ordinary, not empty file of at most ``most`` bytes. UserError where there is none."""
    try:
        with open(path, "rb", buffering=0, opener=_opened_at_once) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise UserError(
                    "This is a folder" if stat.S_ISDIR(found.st_mode) else "This is not an ordinary file",
                    where=path,
                    do="Name a file",
                )
            if found.st_size > most:
                raise too_large(path, most)
            data = file.read(found.st_size + 1)
            while len(data) <= most and (more := file.read(most + 1 - len(data))):
                data += more  # it grew meanwhile, or a network drive gave a piece at a time
    except OSError as error:
        raise reading_failed(error, path) from error
    except ValueError as error:  # a NUL in the name
        raise UserError("This is not the name of a file", where=repr(str(path)), do="Check the name") from error
    if len(data) > most:
        raise too_large(path, most)
    if not data:
        raise UserError("The file is empty", where=path, do="Choose a file with something in it")
    return data


def _opened_at_once(path: str, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def too_large(where: str | Path, most: int) -> UserError:
    """The error for what is larger than ``most`` bytes."""
    return UserError(
        f"This is larger than {most // (1024 * 1024)} MB, the most that Briefpack reads",
        where=where,
        do="Split it into smaller files",
    )


def decode_text(data: bytes, where: str | Path) -> str:
    """The text of a plain text file: UTF-8 with or without a byte order mark, or UTF-16 with one.

    Any other encoding is refused, since nothing in the bytes says which one it is: a guess would turn a pound sign into
    another character without a word.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, name = "utf-16", "UTF-16"
    else:
        encoding, name = "utf-8-sig", "UTF-8"
    try:
        string = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"This file is not {name} text (the first byte that is not stands in line {line})",
            where=where,
            do="Open it in the program that made it and save it as text with the encoding UTF-8",
        ) from error
    if "\0" in string:
        raise UserError("This is not a text file", where=where, do="Save it as text with the encoding UTF-8")
    return string


def write_atomically(
    path: Path,
    data: bytes | Iterable[bytes | memoryview],
    *,
    verify: Callable[[Path], None] | None = None,
    keep_unsaved: bool = False,
) -> None:
    """Make ``data`` the content of a file. Whatever happens, the file is whole: as it was before, or as it is to be.

    The bytes go to a new file beside it, are flushed to the disk and read back; then that file takes the place of the
    old one and the folder is flushed. A symbolic link is followed, and mode and group are kept. The new file is gone
    again after every failure.

    Args:
        path: the file to write; its folder exists.
        data: the whole content, in one piece or several.
        verify: called with the new file before it takes the old one's place; what it raises stops the write.
        keep_unsaved: where another program will not let go of the old file (Windows), leave the new one beside it as
            "name (not yet saved)" rather than throw it away.

    Raises:
        UserError: the file could not be written; the message says why and what to do.
    """
    pieces = (data,) if isinstance(data, bytes) else tuple(data)
    target = _target(path)
    remove_strays(target, older_than=_STRAY_AGE)
    kept: Path | None = None
    temporary = target.with_name(f"{hidden_prefix(target)}{secrets.token_hex(4)}.tmp")
    try:
        try:
            _write_new(temporary, pieces, like=target)
            _read_back(temporary, pieces)
            if verify is not None:
                verify(temporary)
            _replace(temporary, target)
        except OSError as error:
            if keep_unsaved and _is_in_use(error):
                kept = _keep(temporary, target)
            raise
        finally:
            with contextlib.suppress(OSError):  # it has become the file; or the next writer removes it
                temporary.unlink()
    except OSError as error:
        raise writing_failed(error, path, kept) from error
    try:
        sync_folder(target.parent)
    except OSError as error:
        raise UserError(
            f"The file was written, but the disk did not confirm it ({error.strerror or error})",
            where=path,
            do="Check the disk, and save once more",
        ) from error


def _target(path: Path) -> Path:
    """The ordinary file that is meant by ``path``, whether it exists or not."""
    try:
        target = Path(os.path.realpath(path))
        try:
            found = os.lstat(target)
        except FileNotFoundError:
            return target
    except OSError as error:
        raise writing_failed(error, path) from error
    except ValueError as error:  # a NUL in the name
        raise UserError("This is not the name of a file", where=repr(str(path)), do="Choose another name") from error
    if stat.S_ISDIR(found.st_mode):
        raise UserError("This is a folder", where=path, do="Add the name of a file to it")
    if not stat.S_ISREG(found.st_mode):
        raise UserError("This is not an ordinary file", where=path, do="Choose another name")
    if not os.access(target, os.W_OK):
        raise UserError(
            "This file is protected against changes",
            where=path,
            do="Save under another name, or take the protection off",
        )
    return target


def _write_new(temporary: Path, pieces: Iterable[bytes | memoryview], *, like: Path) -> None:
    """A new file of ``pieces``, on the disk, with the mode and group of the file ``like`` where that exists."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        for piece in _joined_where_small(pieces):
            rest = piece
            while rest:
                rest = rest[os.write(descriptor, rest[:_PIECE]) :]
        _copy_access(like, descriptor)
        sync(descriptor)
    finally:
        os.close(descriptor)


def _copy_access(like: Path, descriptor: int) -> None:
    """Give an open file the group, access list and mode of another, as far as the system has and allows them."""
    if sys.platform == "win32":
        return  # a new file inherits what its folder says, as every file there did
    try:
        old = like.stat()
    except FileNotFoundError:
        return
    if old.st_gid != os.fstat(descriptor).st_gid:
        with contextlib.suppress(PermissionError):  # only members may give a file to a group
            os.fchown(descriptor, -1, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # no access list there, or none on this file system
            os.setxattr(descriptor, _ACCESS_LIST, os.getxattr(like, _ACCESS_LIST))


_ACCESS_LIST = "system.posix_acl_access"


def sync(descriptor: int) -> None:
    """Wait until an open file is on the disk itself."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # not on network disks; then fsync is what there is
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _joined_where_small(pieces: Iterable[bytes | memoryview]) -> Iterator[memoryview]:
    """The pieces, those next to each other as one where they are small, so that few writes are made."""
    small = bytearray()
    for piece in pieces:
        if len(piece) < _SMALL:
            small += piece
            continue
        yield memoryview(bytes(small))
        small.clear()
        yield memoryview(piece)
    yield memoryview(bytes(small))


def _read_back(temporary: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """OSError where a file does not hold ``pieces`` and nothing else."""
    with temporary.open("rb", buffering=0) as file:
        for piece in pieces:
            view, at = memoryview(piece), 0
            while at < len(view):
                found = file.read(min(_SMALL, len(view) - at))
                if not found or found != bytes(view[at : at + len(found)]):  # ten times as fast as views are compared
                    raise _not_the_same()
                at += len(found)
        if file.read(1):
            raise _not_the_same()


def _not_the_same() -> OSError:
    return OSError(errno.EIO, "what was written does not read back the same")


def _is_in_use(error: BaseException | None) -> bool:
    return getattr(error, "winerror", None) in _IN_USE


def _replace(temporary: Path, target: Path) -> None:
    """Put a file in another's place, waiting a while for a program that holds the other open (Windows)."""
    for wait in _WAITS:
        try:
            os.replace(temporary, target)  # noqa: PTH105 - tests make this very call fail
        except OSError as error:
            if not _is_in_use(error):
                raise
            time.sleep(wait)
        else:
            return
    os.replace(temporary, target)  # noqa: PTH105


def _keep(temporary: Path, target: Path) -> Path | None:
    """Leave a written file under a name that a user understands; None where even that fails."""
    kept = target.with_name(f"{target.stem} (not yet saved){target.suffix}")
    try:
        os.replace(temporary, kept)  # noqa: PTH105
    except OSError:
        return None  # the error that led here is the one to tell
    return kept


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def hidden_prefix(target: Path) -> str:
    """How the names of what is put beside ``target`` for a moment begin; the same for no other file in its folder."""
    return f".~{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]}-"


def remove_strays(path: Path, *, older_than: float = 0.0) -> None:
    """Remove what writers of ``path`` that were killed have left beside it.

    ``older_than`` (seconds) spares those of a writer that may still be at work; 0 is for callers that know of none.
    """
    pattern = re.compile(re.escape(hidden_prefix(path)) + r"[0-9a-f]{8}\.tmp")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:  # tidying up is not worth an error
        for entry in entries:
            if pattern.fullmatch(entry.name) and time.time() - entry.stat().st_mtime >= older_than:
                os.unlink(entry.path)  # noqa: PTH108


def reading_failed(error: OSError, where: str | Path) -> UserError:
    """What an OSError met while reading means to a user."""
    if _is_in_use(error) and getattr(error, "winerror", None) == 32:
        return UserError("Another program holds this file open", where=where, do="Close it there and try again")
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return UserError("There is no such file", where=where, do="Check the name and the folder")
        case errno.EISDIR:
            return UserError("This is a folder", where=where, do="Name a file")
        case errno.EACCES | errno.EPERM:
            if Path(where).is_dir():  # what Windows answers for a folder
                return UserError("This is a folder", where=where, do="Name a file")
            return UserError(
                "You are not allowed to read this file",
                where=where,
                do="Ask its owner, or copy it to a folder of yours",
            )
        case errno.ENAMETOOLONG | errno.ELOOP | errno.EINVAL:
            return UserError("This is not the name of a file", where=where, do="Check the name")
        case _:
            return UserError(
                f"The file could not be read ({error.strerror or error})",
                where=where,
                do="Check that the disk or network drive is connected and try again",
            )


def writing_failed(error: OSError, where: str | Path, kept: Path | None = None) -> UserError:
    """What an OSError met while writing means to a user. ``kept`` is where the new content was left, if anywhere."""
    if kept is not None:
        return UserError(
            "Another program holds this file open, so it could not be saved",
            where=where,
            do=f"Close it there and save again; meanwhile your work is in “{kept.name}” beside it",
        )
    for what, do in _reasons(error):
        return UserError(what, where=where, do=do)
    return UserError(
        f"The file could not be written ({error.strerror or error}); it is as it was before",
        where=where,
        do="Check the disk or network drive, or save in another folder",
    )


def _reasons(error: OSError) -> Iterator[tuple[str, str]]:
    """For the errors that have a plain meaning, what is wrong and what to do."""
    if _is_in_use(error):
        yield "Another program holds this file open", "Close it there and try again"
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            yield (
                "The disk is full; the file is as it was before",
                "Make room, or save in another folder or on another disk",
            )
        case errno.EFBIG:
            yield "The disk does not take a file of this size; the file is as it was before", "Save on another disk"
        case errno.EACCES | errno.EPERM:
            yield "You are not allowed to write in this folder", "Save in another folder"
        case errno.EROFS:
            yield "This disk is read-only", "Save on another disk"
        case errno.ENOENT | errno.ENOTDIR:
            yield "The folder does not exist", "Make the folder first, or check that its drive is connected"
        case errno.ENAMETOOLONG:
            yield "The name is too long", "Choose a shorter name"
        case errno.ELOOP:
            yield "The link leads round in a circle", "Choose another name"
        case _:
            return
