"""Save a pack file: whole or not at all, and never over what somebody else has saved."""

import datetime as dt
import hashlib
import os
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from briefpack import __version__
from briefpack.errors import UserError
from briefpack.packfile.container import (
    CONTENT_TYPE,
    MANIFEST,
    MEDIA_NAME,
    MIMETYPE,
    PACK,
    Part,
    Stored,
    Zipped,
    deflated,
    digest,
    stored,
    zipped,
)
from briefpack.packfile.document import encode, made_sound, reads_as
from briefpack.packfile.locks import saving, user_name
from briefpack.packfile.model import Conflict, Kept, PackFile
from briefpack.packfile.names import free_name
from briefpack.packfile.opening import MEDIA_REFERENCE, Manifest, referenced_media
from briefpack.packfile.upgrade import FORMAT
from briefpack.packfile.versions import VersionNote, notes_of, with_notes, with_version
from briefpack.safety.container import check_directory
from briefpack.safety.files import MOST, reading_failed, remove_strays, too_large, write_atomically


def save(
    file: PackFile, path: Path | None = None, *, now: dt.datetime | None = None, by: str = "", version: str = ""
) -> PackFile:
    """Save a pack file, to its own path or as another, and give it as it is then.

    At its own path, what lies there must still be what was opened. Where somebody has saved it since, ours is written
    beside it under a name that says so. Where nothing has changed, nothing is written.

    Args:
        file: what to save.
        path: where, if not at its own path; a file there is replaced.
        now: the time of the save.
        by: who saves it; empty is as the system knows the user.
        version: the name under which the pack is kept as it is now, too; empty for none.

    Raises:
        Conflict: somebody else has saved it; ``file`` of the error is our copy.
        UserError: it is of a newer format, or damaged and at its own path, or it cannot be written; whatever lay
            there is still whole.
    """
    target = path or file.path
    if target is None:
        raise ValueError("a new pack file is saved with a path")
    own = file.path is not None and _real(target) == _real(file.path)
    _check_writable(file, target, own=own)
    now = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
    made, data = _packed(file, now, by or user_name(), version)
    with saving(_real(target)) as held:
        if held:
            remove_strays(_real(target))
        if own:
            found = _digest_on_disk(target)
            if found is not None and found != file.digest:
                raise _conflict(made, data, target, now)
            if found is not None and _is_unchanged(file.kept, made.kept):
                return replace(made, path=target, digest=found, kept=file.kept)
        return _written(made, data, target)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _check_writable(file: PackFile, target: Path, *, own: bool) -> None:
    if file.read_only:
        raise UserError(
            "This pack was made by a newer version of Briefpack, and is open for reading only",
            where=target,
            do="Bring Briefpack up to date",
        )
    if file.damaged and own:
        raise UserError(
            "This pack is damaged and was read as far as possible, so it is not saved over what is left of it",
            where=target,
            do="Save it under another name",
        )


def _packed(file: PackFile, now: dt.datetime, by: str = "", version: str = "") -> tuple[PackFile, Zipped]:
    """The pack file as it will be, but for path and digest, and its zip."""
    pack = made_sound(file.pack)
    text = encode(pack, file.kept.pack_keys)
    if not reads_as(text, pack):
        raise AssertionError("a pack does not read as it was written")  # a bug: better told than saved
    pack_part, kept = deflated(text), file.kept
    versions, notes = kept.versions, notes_of(kept.parts)
    if kept.pack_part and not _same(kept.pack_part, pack_part) and not _is_newest(versions, kept.pack_part):
        versions, notes = with_version(versions, notes, kept.pack_part, kept.saved, VersionNote(by=kept.by))
    if version:
        versions, notes = with_version(versions, notes, pack_part, now, VersionNote(version, by))
    others = with_notes(kept.parts, notes)
    media, issued, returned = _stored(file.media), _stored(file.issued), _stored(file.returned)
    parts = {
        MIMETYPE: stored(CONTENT_TYPE),
        MANIFEST: stored(_manifest(pack.id, text, (now, by), kept.manifest_keys)),
        PACK: pack_part,
        **{f"media/{name}": media.part(name) for name in sorted(_used(file, text, versions))},
        **{f"issues/{name}": issued.part(name) for name in sorted(issued)},
        **{f"returns/{name}": returned.part(name) for name in sorted(returned)},
        **dict(sorted(versions.items())),
    }
    parts |= {name: part for name, part in sorted(others.items()) if name not in parts}
    kept = replace(
        kept,
        names=frozenset(parts),
        amended=False,
        pack_part=pack_part,
        saved=now,
        by=by,
        versions=versions,
        parts=others,
    )
    made = replace(file, pack=pack, media=media, issued=issued, returned=returned, damaged=False, lost=(), kept=kept)
    return made, zipped(parts.items())


def _same(one: Part, other: Part) -> bool:
    return (one.crc, one.size) == (other.crc, other.size)


def _is_newest(versions: Mapping[str, Part], part: Part) -> bool:
    """Whether the newest version is this very pack: it was kept under a name when it was saved."""
    return bool(versions) and _same(versions[max(versions)], part)


def _manifest(pack: str, text: bytes, saved: tuple[dt.datetime, str], unknown: Mapping[str, object]) -> bytes:
    sha256 = hashlib.sha256(text).hexdigest()
    when, by = saved
    manifest = Manifest(format=FORMAT, pack=pack, app=f"briefpack {__version__}", saved=when, sha256=sha256, by=by)
    facts = {**unknown, **msgspec.to_builtins(manifest)}
    return msgspec.json.format(msgspec.json.encode(facts, order="sorted"), indent=1) + b"\n"


def _stored(source: Mapping[str, bytes]) -> Stored:
    """Pictures, issued or returned files as parts. ValueError where a name is not the hash of its bytes."""
    if isinstance(source, Stored):
        return source
    for name, data in source.items():
        if hashlib.sha256(data).hexdigest() != name[:64]:
            raise ValueError(f"{name} is not the SHA-256 of its bytes")
    return Stored({name: stored(data) for name, data in source.items()})


def _used(file: PackFile, text: bytes, versions: Mapping[str, Part]) -> set[str]:
    """The pictures that the pack or an earlier save refers to, under whatever key; all others are dropped."""
    for name in file.media:
        if not MEDIA_NAME.fullmatch(name):
            raise ValueError(f"{name} is not the name of a picture")
    unsure = set(file.media) - referenced_media(file.pack)
    used = set(file.media) - unsure
    sources = iter((text, *(part.data() for part in _readable(versions))) if unsure else ())
    for source in sources:
        named = {found.decode() for found in re.findall(MEDIA_REFERENCE, source)}
        used |= unsure & named
    return used


def _readable(versions: Mapping[str, Part]) -> list[Part]:
    readable = []
    for part in versions.values():
        try:
            part.data()
        except UserError:
            continue  # a damaged version refers to nothing
        readable.append(part)
    return readable


def _is_unchanged(old: Kept, new: Kept) -> bool:
    """Whether what would be written is what lies on the disk: pictures and versions are the same where their names are."""
    if old.pack_part is None or new.pack_part is None or not _same(old.pack_part, new.pack_part):
        return False
    return old.names == new.names and not old.amended


def _verify(temporary: Path, made: PackFile, where: Path) -> None:
    """UserError where a file that was just written would not open again as the pack it was made of."""
    if temporary.stat().st_size > MOST:
        raise too_large(where, MOST)
    text = made.kept.pack_part
    assert text is not None
    try:
        with zipfile.ZipFile(temporary) as archive:
            check_directory(archive, str(where))
            whole = archive.read(PACK) == text.data() and archive.read(MIMETYPE) == CONTENT_TYPE
    except zipfile.BadZipFile:
        whole = False
    if not whole:
        raise UserError("What was written does not read back as this pack", where=where, do="Save it again")


def _written(made: PackFile, data: Zipped, path: Path) -> PackFile:
    """Write a pack file whole or not at all, and give it as it is then."""
    write_atomically(path, data.pieces, verify=lambda temporary: _verify(temporary, made, path), keep_unsaved=True)
    return replace(made, path=path, digest=data.digest)


def _digest_on_disk(path: Path) -> str | None:
    """The digest of a file; None where there is none."""
    try:
        with path.open("rb") as file:
            return digest(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise reading_failed(error, path) from error


def _conflict(made: PackFile, data: Zipped, target: Path, now: dt.datetime) -> Conflict:
    """Write our pack beside that of somebody else, and give the error that says so."""
    copy = free_name(target, f"conflict, {user_name()}, {now.astimezone():%Y-%m-%d %H.%M.%S}")
    saved = _written(made, data, copy)
    error = Conflict(
        "Somebody else has saved this pack since you opened it; theirs was left as it is",
        where=target,
        do=f"Your own is saved beside it as “{copy.name}”: compare the two",
    )
    error.file = saved
    return error
