"""What journals of crashed programs hold, offered as copies."""

import contextlib
import datetime as dt
import os
import socket
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.model import Pack
from briefpack.packfile.journal import HEADER, MAGIC, SUFFIX, Change, Picture, Record, Snapshot, Start, decoder
from briefpack.packfile.locks import is_running, try_lock
from briefpack.packfile.model import PackFile, new_file
from briefpack.packfile.names import free_name
from briefpack.packfile.opening import read
from briefpack.packfile.soundness import sound


class Recovery(Struct, frozen=True, eq=False):
    """What a crash left: the pack as it was recorded last and when, its new pictures, and the file it was opened from.

    ``path`` is None where it had never been saved. ``journal`` is the file that holds all this.
    """

    pack: Pack
    when: dt.datetime
    media: Mapping[str, bytes]
    path: Path | None
    journal: Path

    def discard(self) -> None:
        """Delete the journal: the copy was saved, or the user does not want it."""
        with contextlib.suppress(OSError):  # then it is offered once more
            self.journal.unlink()


def recoverable(folder: Path) -> list[Recovery]:
    """What can be recovered from the journals in a folder, newest first; those of running programs are left alone."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        try:
            with path.open("r+b") as file:
                if recovery := _recovery(file, path):
                    found.append(recovery)
        except OSError:
            continue  # of another user, or just gone
    return sorted(found, key=lambda recovery: recovery.when, reverse=True)


def recovered_file(recovery: Recovery) -> PackFile:
    """The recovered pack as a file of its own, to be saved beside the one it came from and never over it.

    Pictures, issued and returned files and versions are taken from that one as far as it can be read. Its path is None
    where there is no folder to save it in: it was never saved, or the disk is gone.
    """
    file = new_file(recovery.pack, recovery.media)
    lost: tuple[str, ...] = ()
    if recovery.path is not None:
        try:
            file = _like(read(recovery.path), recovery)
        except UserError as error:
            lost = (f"Its pictures and earlier versions could not be read: {error}",)
    place = recovery.path
    if place is not None and place.parent.is_dir():
        path = free_name(place, f"recovered {recovery.when.astimezone():%Y-%m-%d %H.%M.%S}")
    else:
        path = None
    return replace(file, path=path, digest=None, lost=(*file.lost, *lost))


def _like(original: PackFile, recovery: Recovery) -> PackFile:
    """The file that the pack was opened from, with the recovered pack; alone where that is by now another pack."""
    if original.pack.id != recovery.pack.id or original.read_only:
        return new_file(recovery.pack, recovery.media)
    return replace(original, pack=recovery.pack, media={**original.media, **recovery.media})


def _recovery(file: BinaryIO, path: Path) -> Recovery | None:
    """What a journal holds; None where its program still runs, or nothing was recorded."""
    held = try_lock(file.fileno())
    if held is False:
        return None
    file.seek(0)
    start, pack, when, media = None, None, None, {}
    for record in _records(file):
        match record:
            case Start():
                start = record
                if held is None and start.host == socket.gethostname() and is_running(start.pid):
                    return None
            case Picture():
                media[record.name] = record.data
            case Snapshot():
                pack, when = record.pack, record.at
            case Change():
                if pack is None or record.head + record.tail > len(pack.body) or min(record.head, record.tail) < 0:
                    break  # it does not follow on what stands before it
                pack, when = _changed(pack, record), record.at
    if pack is None or when is None:
        return None
    return Recovery(sound(pack), when, media, Path(start.path) if start and start.path else None, path)


def _changed(pack: Pack, change: Change) -> Pack:
    body = (*pack.body[: change.head], *change.blocks, *pack.body[len(pack.body) - change.tail :])
    return replace(change.beside or pack, body=body)


def _records(file: BinaryIO) -> Iterator[Record]:
    """The whole records of a journal, up to the first that is torn."""
    size = os.fstat(file.fileno()).st_size
    if file.read(len(MAGIC)) != MAGIC:
        return
    while len(header := file.read(HEADER.size)) == HEADER.size:
        length, checksum = HEADER.unpack(header)
        if length > size:
            return
        payload = file.read(length)
        if len(payload) != length or zlib.crc32(payload) != checksum:
            return
        try:
            yield decoder.decode(payload)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            return
