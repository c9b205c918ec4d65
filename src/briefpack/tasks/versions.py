"""The versions of a pack that its file keeps: told, and made ready to be compared and gone back to."""

import datetime as dt
from typing import Any

from msgspec import Struct

from briefpack.errors import UserError
from briefpack.pack.measure import word_count
from briefpack.pack.model import Pack
from briefpack.packfile import PackFile, Version, version_pack, versions


class KeptVersion(Struct, frozen=True, eq=False):
    """A version with its pack, None where that is damaged, and the number of its words."""

    version: Version
    pack: Pack | None
    words: int = 0

    @property
    def when(self) -> dt.datetime:
        """When it was saved, on the clock here."""
        return self.version.saved.astimezone()


def kept_versions(file: PackFile) -> tuple[KeptVersion, ...]:
    """Every version that a pack file keeps, newest first."""
    found = []
    for version in versions(file):
        try:
            pack = version_pack(file, version.name)
        except UserError:
            found.append(KeptVersion(version, None))
        else:
            found.append(KeptVersion(version, pack, word_count(pack)))
    return tuple(found)


def report(file: PackFile) -> dict[str, Any]:
    """The versions in plain values, as ``briefpack versions --json`` prints them: keys may be added, never renamed."""
    return {
        "words": word_count(file.pack),
        "saved": file.kept.saved,
        "by": file.kept.by,
        "versions": [
            {
                "part": each.version.name,
                "name": each.version.title,
                "saved": each.version.saved,
                "by": each.version.by,
                "words": each.words if each.pack is not None else None,
                "damaged": each.pack is None,
            }
            for each in kept_versions(file)
        ],
    }
