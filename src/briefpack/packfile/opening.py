"""Read a pack file, and what can be read of a damaged one."""

import datetime as dt
import hashlib
import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.model import Biography, Image, Pack
from briefpack.packfile.container import (
    CONTENT_TYPE,
    ISSUE_PART,
    MANIFEST,
    MEDIA_PART,
    MIMETYPE,
    PACK,
    RETURN_PART,
    VERSION_PART,
    Part,
    Stored,
    digest_of,
    parts_of,
)
from briefpack.packfile.document import Document, decode
from briefpack.packfile.model import Kept, PackFile
from briefpack.packfile.salvage import salvaged_parts
from briefpack.packfile.upgrade import FORMAT
from briefpack.packfile.versions import saved_at
from briefpack.safety.container import open_container
from briefpack.safety.files import read_input

MOST_TEXT = 64 * 1024 * 1024
"""The largest ``pack.json``, in bytes: some 20,000 pages."""


class Manifest(Struct, frozen=True):
    """``manifest.json``: the version of the format, whose pack it is, and what saved it when.

    ``sha256`` is that of ``pack.json``; ``by`` is who saved it.
    """

    format: int
    pack: str = ""
    app: str = ""
    saved: dt.datetime | None = None
    sha256: str = ""
    by: str = ""


MANIFEST_KEYS = frozenset(Manifest.__struct_fields__)


def read(path: Path) -> PackFile:
    """The pack file at ``path``.

    A damaged file is read as far as possible: ``lost`` says what is missing, and ``damaged`` that it must be saved under
    another name. One of a newer format is read as far as it is understood, and is ``read_only``.

    Raises:
        UserError: there is no file, it is no pack, it is made to do harm, or no pack can be got out of it.
    """
    data = read_input(path)
    try:
        parts, damaged = parts_of(open_container(data, where=path))
        _check_kind(parts, damaged, path)
        file = _assembled(parts, damaged, path)
        whole = not file.damaged
    except UserError:
        parts, damaged, whole = {}, (), False
        if not _has_pack(salvaged_parts(data)):
            raise
    if not whole:
        file = _rescued(data, parts, damaged, path)
    return replace(file, digest=digest_of(data))


def _rescued(data: bytes, parts: Mapping[str, Part], damaged: tuple[str, ...], path: Path) -> PackFile:
    """What can be got out of a damaged file, with the parts that its directory has lost or misnames."""
    salvaged = salvaged_parts(data)
    missing = tuple(name for name in damaged if name not in salvaged)
    file = _assembled({**parts, **salvaged}, missing, path)
    said = file.lost or ("The directory of the file is damaged; everything in it could be read",)
    return replace(file, damaged=True, lost=said)


def _has_pack(parts: Mapping[str, Part]) -> bool:
    return PACK in parts or any(VERSION_PART.fullmatch(name) for name in parts)


def _check_kind(parts: Mapping[str, Part], damaged: tuple[str, ...], where: Path) -> None:
    """Refuse a zip of another kind, such as a Word file under a pack's name."""
    if _has_pack(parts) or PACK in damaged or (MIMETYPE in parts and parts[MIMETYPE].payload == CONTENT_TYPE):
        return
    what = "a Word file" if "word/document.xml" in parts else "another kind of file"
    raise UserError(f"This is not a pack but {what}", where=where, do="Import it, or choose a pack")


def _assembled(parts: dict[str, Part], damaged: tuple[str, ...], path: Path) -> PackFile:
    lost = [f"Part “{name}” of the file is damaged" for name in damaged]
    manifest, manifest_keys = _manifest(parts, lost)
    versions = {name: parts[name] for name in sorted(parts) if VERSION_PART.fullmatch(name)}
    media = {found[1]: parts[name] for name in parts if (found := MEDIA_PART.fullmatch(name))}
    issued = {found[1]: parts[name] for name in parts if (found := ISSUE_PART.fullmatch(name))}
    returned = {found[1]: parts[name] for name in parts if (found := RETURN_PART.fullmatch(name))}
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:  # they are hashed while the text is read
        named = [*media.items(), *issued.items(), *returned.items()]
        true_names = pool.map(_is_its_name, *zip(*named, strict=True)) if named else ()
        document, whole = _document(parts, versions, manifest, lost, path)
        wrong = {name for (name, _), fits in zip(named, true_names, strict=True) if not fits}
    kinds = {"A picture": media, "A file that was sent": issued, "A copy that came back": returned}
    for kind, held in kinds.items():
        for name in [each for each in held if each in wrong]:
            lost.append(f"{kind} is damaged and was left out ({name[:12]}…)")
            del held[name]
    broken = bool(lost)
    newer = manifest.format > FORMAT
    lost += document.lost
    lost += _missing(document.pack, media, issued, returned)
    known = {MIMETYPE, MANIFEST, PACK, *versions}
    kept = Kept(
        names=frozenset(parts),
        pack_part=parts[PACK] if whole else None,
        saved=manifest.saved,
        by=manifest.by,
        versions=versions,
        parts={
            name: part
            for name, part in parts.items()
            if name not in known and not any(kind.fullmatch(name) for kind in (MEDIA_PART, ISSUE_PART, RETURN_PART))
        },
        pack_keys=document.unknown,
        manifest_keys=manifest_keys,
    )
    return PackFile(
        document.pack,
        Stored(media),
        Stored(issued),
        Stored(returned),
        path=path,
        read_only=newer,
        damaged=broken or (bool(document.lost) and not newer),
        lost=tuple(lost),
        kept=kept,
    )


def _manifest(parts: Mapping[str, Part], lost: list[str]) -> tuple[Manifest, Mapping[str, object]]:
    """The manifest, and the keys in it that are not known; where there is none, one of the newest format."""
    try:
        raw = msgspec.json.decode(parts[MANIFEST].data())
        manifest = msgspec.convert(raw, Manifest)
        if manifest.format < 1:
            raise ValueError(manifest.format)
    except (KeyError, UserError, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        lost.append("The manifest of the file is missing or damaged")
        return Manifest(FORMAT), {}
    return manifest, {key: value for key, value in cast(dict[str, object], raw).items() if key not in MANIFEST_KEYS}


def _document(
    parts: Mapping[str, Part], versions: Mapping[str, Part], manifest: Manifest, lost: list[str], where: Path
) -> tuple[Document, bool]:
    """The pack as it was saved last, and True; where that is damaged, as it was saved before, which is said, and False."""
    for name in (PACK, *sorted(versions, reverse=True)):
        if name not in parts or parts[name].size > MOST_TEXT:
            continue
        try:
            document = decode(parts[name].data(), manifest.format)
        except UserError:
            continue
        if name != PACK:
            lost.append(f"The pack as it was saved last is damaged; this is how it was saved {_when(name)}")
        return document, name == PACK
    raise UserError(
        "This pack is damaged, and nothing of its text can be read", where=where, do="Take it from a backup"
    )


def _when(version: str) -> str:
    saved = saved_at(version)
    return f"on {saved.day} {saved:%B %Y at %H:%M} UTC" if saved else "before"


def _is_its_name(name: str, part: Part) -> bool:
    if part.method == 0:
        return len(part.payload) == part.size and hashlib.sha256(part.payload).hexdigest() == name[:64]
    try:
        return hashlib.sha256(part.data()).hexdigest() == name[:64]
    except UserError:
        return False


def referenced_media(pack: Pack) -> set[str]:
    """The names of the pictures that a pack shows."""
    shown = {block.media for block in pack.body if isinstance(block, Image)}
    shown |= {block.photo for block in pack.body if isinstance(block, Biography)}
    return shown - {""}


def _missing(
    pack: Pack, media: Mapping[str, object], issued: Mapping[str, object], returned: Mapping[str, object]
) -> list[str]:
    """What the pack refers to and the file does not hold."""
    pictures = len(referenced_media(pack) - set(media))
    files = [file.name for issue in pack.issues for file in issue.files if file.sha256 not in issued]
    said = [f"{pictures} of its pictures {'is' if pictures == 1 else 'are'} not in the file"] if pictures else []
    said += [f"The file “{name}” that was sent is not in the pack" for name in files]
    copies = [each.name for each in pack.returns if each.sha256 not in returned]
    return said + [f"The copy “{name}” that came back is not in the pack" for name in copies]


MEDIA_REFERENCE = re.compile(rb"[0-9a-f]{64}\.(?:png|jpg)")
"""A picture's name wherever it stands, also under keys that are not known."""
