"""The packs of earlier saves, kept in the file: so many, and no more."""

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.model import Pack
from briefpack.packfile.container import VERSION_PART, Part
from briefpack.packfile.document import decode
from briefpack.packfile.model import PackFile

MOST_VERSIONS = 10
"""So many earlier saves are kept; the oldest go first."""

_TIME = "%Y%m%dT%H%M%SZ"


class Version(Struct, frozen=True):
    """An earlier save: its part's name, and when it was made."""

    name: str
    saved: dt.datetime


def versions(file: PackFile) -> tuple[Version, ...]:
    """The earlier saves that a pack file holds, newest first."""
    found = ((name, saved_at(name)) for name in sorted(file.kept.versions, reverse=True))
    return tuple(Version(name, saved) for name, saved in found if saved)


def version_pack(file: PackFile, name: str) -> Pack:
    """The pack of an earlier save. KeyError where there is none of this name, UserError where it is damaged."""
    return decode(file.kept.versions[name].data()).pack


def saved_at(name: str) -> dt.datetime | None:
    """When the save whose part has this name was made; None where that is no time."""
    found = VERSION_PART.fullmatch(name)
    try:
        return dt.datetime.strptime(found[2], _TIME).replace(tzinfo=dt.UTC) if found else None
    except ValueError:
        return None


def with_previous(versions: Mapping[str, Part], previous: Part, saved: dt.datetime | None) -> dict[str, Part]:
    """The versions with one more, the pack that was saved last before now, and no more than there is room for."""
    time = (saved or dt.datetime(1980, 1, 1, tzinfo=dt.UTC)).astimezone(dt.UTC)
    numbers = [int(found[1]) for name in versions if (found := VERSION_PART.fullmatch(name))]
    name = f"versions/{max(numbers, default=0) + 1:06}-{time.strftime(_TIME)}.json"
    kept = sorted({**versions, name: previous}.items())  # by number: a clock may have been set back
    return dict(kept[-MOST_VERSIONS:])


def without_versions(file: PackFile) -> PackFile:
    """The pack file without its earlier saves, as it may be given to others."""
    return replace(file, kept=replace(file.kept, versions={}))
