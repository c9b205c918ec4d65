"""The journal: what was changed since the last save, so that a crash costs seconds and not hours.

It lies in a folder of this machine, never in the pack file. Each window that has a pack open writes a journal of its own,
locked for as long as it lives: so one that nobody holds was left by a crash. A journal is a row of records, each with
its length and checksum, and each on the disk before :meth:`Journal.append` returns; a torn end is left out on reading.
"""

import contextlib
import datetime as dt
import os
import re
import secrets
import socket
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.model import AnyBlock, Pack
from briefpack.packfile.locks import try_lock
from briefpack.packfile.model import PackFile
from briefpack.packfile.opening import referenced_media
from briefpack.packfile.soundness import clean_pack
from briefpack.safety.files import sync, sync_folder, writing_failed

MAGIC = b"briefpack journal 1\n"
HEADER = struct.Struct("<LL")
SUFFIX = ".journal"
_PLENTY = 1024 * 1024
_TOO_MUCH = 32 * 1024 * 1024
_BESIDE_BODY = tuple(name for name in Pack.__struct_fields__ if name != "body")


class Start(Struct, frozen=True, tag="start"):
    """The first record: whose journal it is, and the file that the pack was opened from, if any."""

    path: str
    host: str
    pid: int


class Picture(Struct, frozen=True, tag="picture"):
    """A picture that is not in the pack file yet."""

    name: str
    data: bytes


class Snapshot(Struct, frozen=True, tag="snapshot"):
    """The whole pack, as at a time."""

    at: dt.datetime
    pack: Pack


class Change(Struct, frozen=True, tag="change"):
    """What the pack became: its first ``head`` and last ``tail`` blocks as before, and ``blocks`` between them.

    ``beside`` is the new pack without its body, where anything but the body has changed.
    """

    at: dt.datetime
    head: int
    tail: int
    blocks: tuple[AnyBlock, ...]
    beside: Pack | None = None


Record = Start | Picture | Snapshot | Change
_encoder = msgspec.msgpack.Encoder()
decoder: msgspec.msgpack.Decoder[Record] = msgspec.msgpack.Decoder(Record)


class _File:
    """A journal's file, locked for as long as it is open."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / f"{name}-{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(self.path, flags, 0o600)
        try_lock(self._descriptor)
        self.size = 0

    def write(self, data: bytes) -> None:
        """Write records behind the last one and wait for the disk; where that fails, nothing of them stays."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
            sync(self._descriptor)
        except OSError:
            with contextlib.suppress(OSError):  # a torn end is left out on reading as well
                os.ftruncate(self._descriptor, self.size)
            raise
        self.size += len(data)

    def close(self) -> None:
        """Let go of the file, and leave it there."""
        with contextlib.suppress(OSError):  # it is closed all the same, and what it holds was on the disk before
            os.close(self._descriptor)

    def remove(self) -> None:
        """Let go of the file, and delete it."""
        self.close()
        with contextlib.suppress(OSError):  # then it is offered for recovery once more, and nothing is lost
            self.path.unlink()


class Journal:
    """The journal of one open pack. There is no file until there is a change, and none again after each save.

    Args:
        folder: where journals lie on this machine; made where it is missing.
        file: the pack file as it was opened or made.
    """

    def __init__(self, folder: Path, file: PackFile) -> None:
        self._folder = folder
        self._saved = file
        self._last = file.pack
        self._file: _File | None = None
        self._pictures: set[str] = set()
        self._snapshot_size = 0
        self._since_snapshot = 0

    @property
    def path(self) -> Path | None:
        """The journal's file; None while there is nothing in it."""
        return self._file.path if self._file else None

    def append(self, pack: Pack, media: Mapping[str, bytes] | None = None) -> None:
        """Record the pack as it is now; on return it is on the disk. Quick where it shares its blocks with the last one.

        Args:
            pack: the pack.
            media: the pictures of this sitting; those that the pack shows and its file does not hold are recorded.

        Raises:
            UserError: it could not be written; the records before it are whole.
        """
        if pack is self._last:
            return
        now = dt.datetime.now(dt.UTC)
        try:
            if self._file is None or self._file.size > _TOO_MUCH:
                self._begin(pack, media or {}, now)
            else:
                pictures = self._new_pictures(pack, media or {}, self._pictures)
                self._file.write(b"".join((*map(_framed, pictures), self._record(self._last, pack, now))))
                self._pictures.update(picture.name for picture in pictures)
        except OSError as error:
            raise writing_failed(error, self._folder) from error
        self._last = pack

    def saved(self, file: PackFile) -> None:
        """Start afresh: the pack file now holds all that was recorded."""
        self.discard()
        self._saved, self._last = file, file.pack

    def discard(self) -> None:
        """Throw away what was recorded: it was saved, or the user does not want it."""
        if self._file:
            self._file.remove()
        self._file = None

    def close(self) -> None:
        """Let go of the journal, and leave what was recorded to be recovered."""
        if self._file:
            self._file.close()
        self._file = None

    def _begin(self, pack: Pack, media: Mapping[str, bytes], now: dt.datetime) -> None:
        """Begin a new file with the whole pack; the one before it goes as soon as the new one is on the disk."""
        start = Start(str(self._saved.path or ""), socket.gethostname(), os.getpid())
        pictures = self._new_pictures(pack, media, set())
        snapshot = _framed(Snapshot(now, pack))
        begun = _File(self._folder, re.sub("[^0-9A-Za-z]", "", pack.id)[:26])
        try:
            begun.write(b"".join((MAGIC, _framed(start), *map(_framed, pictures), snapshot)))
            sync_folder(self._folder)
        except OSError:
            begun.remove()
            raise
        if self._file:
            self._file.remove()
        self._file, self._pictures = begun, {picture.name for picture in pictures}
        self._snapshot_size, self._since_snapshot = len(snapshot), 0

    def _new_pictures(self, pack: Pack, media: Mapping[str, bytes], recorded: set[str]) -> list[Picture]:
        held = set(self._saved.media) if self._saved.path else set()
        wanted = (referenced_media(pack) & set(media)) - held - recorded
        return [Picture(name, media[name]) for name in sorted(wanted)]

    def _record(self, last: Pack, pack: Pack, now: dt.datetime) -> bytes:
        """The change, or the whole pack where so many changes have gathered that reading them would be slow."""
        if self._since_snapshot <= max(_PLENTY, 2 * self._snapshot_size):
            record = _framed(change(last, pack, now))
            self._since_snapshot += len(record)
        else:
            record = _framed(Snapshot(now, pack))
            self._snapshot_size, self._since_snapshot = len(record), 0
        return record


def change(old: Pack, new: Pack, at: dt.datetime) -> Change:
    """What makes of one pack the next; blocks that both share are not looked into."""
    shortest = min(len(old.body), len(new.body))
    head = 0
    while head < shortest and old.body[head] is new.body[head]:
        head += 1
    tail = 0
    while tail < shortest - head and old.body[-1 - tail] is new.body[-1 - tail]:
        tail += 1
    same = all(getattr(old, name) is getattr(new, name) for name in _BESIDE_BODY)
    return Change(at, head, tail, new.body[head : len(new.body) - tail], None if same else replace(new, body=()))


def _framed(record: Record) -> bytes:
    try:
        payload = _encoder.encode(record)
    except UnicodeEncodeError:  # half of a character, which the pack's own border lets through nowhere
        payload = _encoder.encode(_cleaned(record))
    return HEADER.pack(len(payload), zlib.crc32(payload)) + payload


def _cleaned(record: Record) -> Record:
    match record:
        case Snapshot():
            return replace(record, pack=clean_pack(record.pack))
        case Change():
            beside = clean_pack(record.beside) if record.beside else None
            return replace(record, blocks=clean_pack(Pack(body=record.blocks)).body, beside=beside)
        case _:
            return record
