"""Parts of a pack file whose directory is gone: cut off, or overwritten in places."""

import struct
import zlib

from briefpack.errors import UserError
from briefpack.packfile.container import ISSUE_PART, MANIFEST, MEDIA_PART, MIMETYPE, PACK, VERSION_PART, Part
from briefpack.safety.container import DEFAULT_LIMITS, Limits

_LOCAL = b"PK\x03\x04"
_HEADER = struct.Struct("<4sHHHHHLLLHH")


def salvaged_parts(data: bytes, limits: Limits = DEFAULT_LIMITS) -> dict[str, Part]:
    """The whole parts with names of a pack that are found by the headers before them; only what fits its checksum.

    The first of a name counts, since what comes later may lie within another file. ``limits`` bound what is looked at.
    """
    found: dict[str, Part] = {}
    room, at = limits.total, 0
    while len(found) < limits.parts and (at := data.find(_LOCAL, at)) >= 0:
        name, part, end = _part_at(data, at)
        if part is None or name in found or part.size > min(room, limits.part):
            at += 1
            continue
        try:
            part.data()
        except UserError:
            at += 1
            continue
        room -= part.size
        found[name] = part
        at = end
    return found


def _part_at(data: bytes, at: int) -> tuple[str, Part | None, int]:
    """The part whose header begins at an offset, and where it ends; None where it is no part of a pack."""
    if at + _HEADER.size > len(data):
        return "", None, at
    _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = _HEADER.unpack_from(data, at)
    start = at + _HEADER.size
    name = data[start : start + name_size].decode("utf-8", "replace")
    start += name_size + extra_size
    end = start + packed
    known = name in {MIMETYPE, MANIFEST, PACK} or any(
        pattern.fullmatch(name) for pattern in (MEDIA_PART, ISSUE_PART, VERSION_PART)
    )
    if not known or flags & 0x9 or method not in {0, zlib.DEFLATED} or end > len(data):
        return name, None, end
    return name, Part(method, crc, size, memoryview(data)[start:end]), end
