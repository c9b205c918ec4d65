"""A pack file as a zip: its parts, written so that equal content makes equal bytes, and what tells two states apart."""

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import BinaryIO

from msgspec import Struct

from briefpack.errors import UserError
from briefpack.safety.container import Container, DamagedError

MIMETYPE = "mimetype"
MANIFEST = "manifest.json"
PACK = "pack.json"
CONTENT_TYPE = b"application/vnd.briefpack+zip"

MEDIA_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpg)")
"""The name of a picture: the SHA-256 of its bytes, and its format."""

MEDIA_PART = re.compile(rf"media/({MEDIA_NAME.pattern})")
ISSUE_PART = re.compile(r"issues/([0-9a-f]{64})")
RETURN_PART = re.compile(r"returns/([0-9a-f]{64})")
VERSION_PART = re.compile(r"versions/([0-9]{6})-([0-9]{8}T[0-9]{6}Z)\.json")
VERSION_NOTES = "versions/notes.json"
"""What versions are called and who saved them, by the names of their parts."""

_STORED, _DEFLATED = 0, 8
_NAME_IS_UTF8 = 0x800
_VERSION = 20
_MADE_BY = 3 << 8 | _VERSION  # Unix, so that no system's own bits get in
_DATE = 1 << 5 | 1  # 1 January 1980, the first day a zip knows
_MODE = 0o100644 << 16
_END = b"PK\x05\x06"
_END_SIZE = 22
_FURTHEST_END = _END_SIZE + 0xFFFF


class Part(Struct, frozen=True):
    """A part of a pack file, packed as it lies there. ``crc`` and ``size`` are those of its data."""

    method: int
    crc: int
    size: int
    payload: bytes | memoryview

    def data(self) -> bytes:
        """The part's bytes. DamagedError where they do not match the checksum."""
        if self.method == _STORED:
            found = bytes(self.payload)
        elif self.method == _DEFLATED:
            try:
                found = zlib.decompressobj(-zlib.MAX_WBITS).decompress(self.payload, self.size + 1)
            except zlib.error as error:
                raise DamagedError("A part of the file is damaged") from error
        else:
            raise DamagedError("A part of the file is packed in an unknown way")
        if len(found) != self.size or zlib.crc32(found) != self.crc:
            raise DamagedError("A part of the file is damaged")
        return found


def stored(data: bytes) -> Part:
    """Bytes as a part that is not compressed: what is compressed already, or is to be found by its beginning."""
    return Part(_STORED, zlib.crc32(data), len(data), data)


def deflated(data: bytes) -> Part:
    """Bytes as a compressed part: quickly, since a save waits for it and pictures are what makes a pack large."""
    squeeze = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Part(_DEFLATED, zlib.crc32(data), len(data), squeeze.compress(data) + squeeze.flush())


class Stored(Mapping[str, bytes]):
    """Bytes by name that stay packed until they are asked for: an opened pack's pictures, issued and returned files."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        self._parts = parts

    def part(self, name: str) -> Part:
        """The part as it lies in the file. KeyError where there is none."""
        return self._parts[name]

    def __getitem__(self, name: str) -> bytes:
        return self._parts[name].data()

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def parts_of(container: Container) -> tuple[dict[str, Part], tuple[str, ...]]:
    """The parts of an opened container, packed as they are, and the names of those that are damaged beyond that."""
    parts, damaged = {}, []
    for name in container:
        try:
            found = container.packed(name)
        except UserError:
            damaged.append(name)
        else:
            parts[name] = Part(found.method, found.crc, found.size, found.payload)
    return parts, tuple(damaged)


class Zipped(Struct, frozen=True, eq=False):
    """A zip file in pieces, its size in bytes, and its :func:`digest`."""

    pieces: tuple[bytes | memoryview, ...]
    size: int
    digest: str


def zipped(parts: Iterable[tuple[str, Part]]) -> Zipped:
    """Parts as a zip file, in their order, without times, comments or extra fields."""
    pieces: list[bytes | memoryview] = []
    directory: list[bytes] = []
    offset = 0
    for name, part in parts:
        raw = name.encode()
        packed = len(part.payload)
        facts = struct.pack(
            "<HHHHLLLHH", _NAME_IS_UTF8, part.method, 0, _DATE, part.crc, packed, part.size, len(raw), 0
        )
        header = b"PK\x03\x04" + struct.pack("<H", _VERSION) + facts + raw
        listed = struct.pack("<HHHLL", 0, 0, 0, _MODE, offset)
        directory.append(b"PK\x01\x02" + struct.pack("<HH", _MADE_BY, _VERSION) + facts + listed + raw)
        pieces += (header, part.payload)
        offset += len(header) + packed
    names = b"".join(directory)
    end = _END + struct.pack("<HHHHLLH", 0, 0, len(directory), len(directory), len(names), offset, 0)
    size = offset + len(names) + len(end)
    return Zipped((*pieces, names, end), size, _hashed(size, names + end))


def _hashed(size: int, directory: bytes) -> str:
    return hashlib.sha256(b"%d " % size + directory).hexdigest()


def digest(file: BinaryIO) -> str:
    """What tells one state of a pack file from any other: a hash over the directory of its zip and its size.

    The directory holds name, size and checksum of every part; pictures, issued and returned files bear their SHA-256 as
    names, and the manifest that of the pack. So a save is told from the one before without reading the pictures. What has no
    directory is hashed whole.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - _FURTHEST_END))
    tail = file.read()
    at = tail.rfind(_END)
    if at >= 0 and at + _END_SIZE <= len(tail):
        length, offset = struct.unpack_from("<LL", tail, at + 12)
        if length < size and offset < size:
            file.seek(max(0, size - len(tail) + at - length))
            return _hashed(size, file.read(length) + tail[at:])
    file.seek(0)
    return hashlib.sha256(file.read()).hexdigest()


def digest_of(data: bytes) -> str:
    """:func:`digest` of a file's bytes."""
    return digest(BytesIO(data))
