"""A pack file as a value: the pack, and all that lies beside it in its file."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from briefpack.errors import UserError
from briefpack.pack.model import Pack
from briefpack.packfile.container import Part
from briefpack.packfile.unknown import Unknown


class Kept(Struct, frozen=True, eq=False):
    """What a pack file holds besides its pack, pictures, issued and returned files, and what of it must survive a save.

    ``names`` are those of all its parts, and ``amended`` is whether what is kept was changed since it was read;
    ``pack_part`` is ``pack.json`` as it lies on the disk, ``saved`` when it was saved and ``by`` by whom; ``versions`` are
    the packs of earlier saves by name, oldest first; ``parts`` are all others, and the keys those that this program does
    not know.
    """

    names: frozenset[str] = frozenset()
    amended: bool = False
    pack_part: Part | None = None
    saved: dt.datetime | None = None
    by: str = ""
    versions: Mapping[str, Part] = {}
    parts: Mapping[str, Part] = {}
    pack_keys: Unknown | None = None
    manifest_keys: Mapping[str, object] = {}


class PackFile(Struct, frozen=True, eq=False):
    """An open pack file. To change it, make another with ``msgspec.structs.replace`` and save that.

    Attributes:
        pack: the pack itself.
        media: the bytes of its pictures by name (``<sha256>.<png|jpg>``).
        issued: the exact bytes of the files that were sent, by SHA-256.
        returned: the exact bytes of the copies that came back, by SHA-256.
        path: the file that it was read from or saved to; None where it is new.
        digest: what tells the state of that file as it was then; None where there was none.
        read_only: whether it is of a newer format, which this program can show but not write.
        damaged: whether parts of the file are damaged; then it is saved under another name only.
        lost: what could not be read, sentence by sentence, to be shown as it stands.
        kept: what else is in the file.
    """

    pack: Pack
    media: Mapping[str, bytes] = {}
    issued: Mapping[str, bytes] = {}
    returned: Mapping[str, bytes] = {}
    path: Path | None = None
    digest: str | None = None
    read_only: bool = False
    damaged: bool = False
    lost: tuple[str, ...] = ()
    kept: Kept = Kept()


def new_file(pack: Pack, media: Mapping[str, bytes] | None = None) -> PackFile:
    """A pack that has no file yet, with its pictures."""
    return PackFile(pack, dict(media or {}))


class Conflict(UserError):  # noqa: N818 - what it is called in the field
    """Somebody else has saved the pack since it was opened. Nothing was overwritten: ``file`` is the copy that was made."""

    file: PackFile | None = None
