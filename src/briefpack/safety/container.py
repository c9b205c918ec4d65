"""Zip containers (packs, .docx) from outside, gated before anything is inflated."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from msgspec import Struct

from briefpack.errors import UserError
from briefpack.safety.files import read_input


class Limits(Struct, frozen=True):
    """What a container may be at most: sizes in bytes after inflating.

    ``ratio`` is how many times a part of more than :data:`SMALL` bytes may be larger than what it takes in the file. It
    is judged when a part is read: a picture that nobody looks at does not keep a document from being read.
    """

    parts: int = 5_000
    total: int = 512 * 1024 * 1024
    part: int = 256 * 1024 * 1024
    ratio: int = 200


SMALL = 1024 * 1024
"""Parts up to this size may be compressed by any ratio: they harm nobody."""

DEFAULT_LIMITS = Limits()

_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a rich text (.rtf) file"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30
_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_END64_SIZE = 56
_DAMAGED = "Ask for it to be sent again, or take it from a backup"


class DamagedError(UserError):
    """The container, or a part of it, is cut off or does not match its checksum."""


class Packed(Struct, frozen=True):
    """A part as it lies in its container: ``method`` 0 is stored, 8 deflated; ``crc`` and ``size`` are those of its data."""

    method: int
    crc: int
    size: int
    payload: memoryview


class Container(Mapping[str, bytes]):
    """The parts of a zip container by name, each inflated when it is asked for. Made by :func:`open_container`."""

    def __init__(self, archive: zipfile.ZipFile, data: bytes, where: str, limits: Limits = DEFAULT_LIMITS) -> None:
        self._archive = archive
        self._limits = limits
        self._data = memoryview(data)
        self._where = where
        self._parts = {info.filename: info for info in archive.infolist() if not info.is_dir()}

    @property
    def where(self) -> str:
        """The file, as messages name it."""
        return self._where

    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the container's directory."""
        return tuple(self._parts)

    def size(self, name: str) -> int:
        """The size of a part after inflating. KeyError where there is no such part; so in :meth:`read`."""
        return self._parts[name].file_size

    def read(self, name: str) -> bytes:
        """A part's bytes. UserError where it is damaged, or unpacks to many times its size."""
        info = self._parts[name]
        if info.file_size > SMALL and info.file_size > info.compress_size * self._limits.ratio:
            raise _hostile(f"its part “{name}” unpacks to more than {self._limits.ratio} times its size", self._where)
        try:
            with self._archive.open(info) as stream:
                data = stream.read(info.file_size + 1)  # one more than declared: so the checksum is looked at
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error) as error:
            raise self._damaged(name) from error
        if len(data) != info.file_size:
            raise self._damaged(name)
        return data

    def packed(self, name: str) -> Packed:
        """A part as it lies there, not inflated and not compared with its checksum. DamagedError where it is not there."""
        info = self._parts[name]
        start = info.header_offset
        header = self._data[start : start + _LOCAL_SIZE]
        name_size, extra_size = struct.unpack_from("<HH", header, 26)
        start += _LOCAL_SIZE
        if bytes(header[:4]) != _LOCAL or bytes(self._data[start : start + name_size]) != _raw_name(info):
            raise self._damaged(name)
        start += name_size + extra_size
        payload = self._data[start : start + info.compress_size]
        if len(payload) != info.compress_size:
            raise self._damaged(name)
        return Packed(info.compress_type, info.CRC, info.file_size, payload)

    def _damaged(self, name: str) -> UserError:
        return DamagedError(f"The file is damaged: its part “{name}” cannot be read", where=self._where, do=_DAMAGED)

    def __getitem__(self, name: str) -> bytes:
        return self.read(name)

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def open_container(data: bytes | Path, *, where: str | Path = "", limits: Limits = DEFAULT_LIMITS) -> Container:
    """A zip container whose directory keeps to ``limits``. Nothing is inflated yet.

    Args:
        data: the container's bytes, or the path of its file.
        where: the file as messages name it; by default the path.
        limits: sizes beyond which the container is refused.

    Raises:
        UserError: not a zip, cut off, encrypted, larger than the limits, or made to deceive: names that are absolute,
            lead out of the container or occur twice, and parts that share bytes.
    """
    if isinstance(data, Path):
        where = where or data
        data = read_input(data)
    place = str(where)
    _check_kind(data, place)
    if _directory_size(data) > limits.parts * 1024:
        raise _hostile(f"it has more than {limits.parts} parts", place)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError, OSError) as error:
        raise _cut_off(place) from error
    check_directory(archive, place, limits)
    return Container(archive, data, place, limits)


def _check_kind(data: bytes, where: str) -> None:
    if data.startswith(_OLE):
        raise UserError(
            "This file is password-protected, or an old .doc",
            where=where,
            do="Open it in Word, take the password off or save it as .docx, and try again",
        )
    if data.startswith((_LOCAL, _END)):
        return
    start = data.lstrip()[:16]
    for sign, name in _SIGNS:
        if start.startswith(sign):
            raise UserError(f"This is {name}, whatever its name says", where=where, do="Choose another file")
    raise UserError("This is not a Word file or a pack, or it is damaged", where=where, do="Choose another file")


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    """A part's name as its bytes stand in the file: UTF-8 where its flag says so, else the first PCs' code page."""
    return info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")


def _cut_off(where: str) -> UserError:
    return DamagedError("The file is damaged or cut off: it has no readable directory", where=where, do=_DAMAGED)


def _hostile(what: str, where: str) -> UserError:
    return UserError(
        f"This file is not opened, because {what}",
        where=where,
        do="It may have been made to do harm: ask whoever sent it",
    )


def _directory_size(data: bytes) -> int:
    """The size that a zip gives for its directory, read before :mod:`zipfile` makes an object of every entry in it."""
    at = len(data) - _END_SIZE
    if not (data.startswith(_END, max(at, 0)) and data.endswith(b"\0\0")):
        at = data.rfind(_END, max(0, len(data) - _END_SIZE - 0xFFFF))
    if at < 0 or at + _END_SIZE > len(data):
        return 0  # zipfile finds no directory either
    (size,) = struct.unpack_from("<L", data, at + 12)
    if at >= _LOCATOR_SIZE + _END64_SIZE and data.startswith(_LOCATOR, at - _LOCATOR_SIZE):
        (size,) = struct.unpack_from("<Q", data, at - _LOCATOR_SIZE - _END64_SIZE + 40)
    return int(size)


def check_directory(archive: zipfile.ZipFile, where: str, limits: Limits = DEFAULT_LIMITS) -> None:
    """UserError where a zip's directory goes beyond ``limits``, or was made to deceive."""
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise _hostile(f"it has more than {limits.parts} parts", where)
    if sum(part.file_size for part in parts) > limits.total:
        raise _hostile(f"it would take more than {limits.total // SMALL} MB once unpacked", where)
    seen: set[str] = set()
    for part in parts:
        _check_name(part.orig_filename, seen, where)
        _check_part(part, where, limits)
    end = archive.start_dir
    for part in sorted(parts, key=lambda each: each.header_offset, reverse=True):
        if part.header_offset < 0 or part.header_offset + _LOCAL_SIZE + part.compress_size > end:
            raise _hostile("its parts lie over one another", where)
        end = part.header_offset


def _check_name(name: str, seen: set[str], where: str) -> None:
    """Refuse a name that is no plain way down from the top, or that some systems take for one seen before."""
    steps = re.split(r"[/\\]", name.removesuffix("/"))
    if "\0" in name or ":" in name or any(step in {"", ".", ".."} for step in steps):
        raise _hostile(f"the name of its part {name[:80]!r} leads out of it", where)
    if (folded := name.casefold()) in seen:
        raise _hostile(f"it has two parts of the name {name[:80]!r}", where)
    seen.add(folded)


def _check_part(part: zipfile.ZipInfo, where: str, limits: Limits) -> None:
    if part.flag_bits & 0x1:
        raise UserError("This file is password-protected", where=where, do="Save it without a password and try again")
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UserError("This file is packed in a way that Briefpack does not read", where=where, do="Save it again")
    if part.file_size > limits.part:
        raise _hostile(f"its part “{part.filename}” would take more than {limits.part // SMALL} MB", where)
