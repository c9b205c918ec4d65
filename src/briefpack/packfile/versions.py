"""The packs of earlier saves, kept in the file: the last few by themselves, and each that was given a name."""

import datetime as dt
from collections.abc import Mapping

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.model import Pack
from briefpack.packfile.container import VERSION_NOTES, VERSION_PART, Part, deflated
from briefpack.packfile.document import decode
from briefpack.packfile.model import PackFile

MOST_VERSIONS = 10
"""So many earlier saves without a name are kept; the oldest go first. Those with a name stay."""

_TIME = "%Y%m%dT%H%M%SZ"


class VersionNote(Struct, frozen=True, omit_defaults=True):
    """What is known of a version: the name that it was kept under, and who had saved it; both may be empty."""

    name: str = ""
    by: str = ""


class Version(Struct, frozen=True):
    """A version: its part's name, when it was saved, by whom, and what it is called; empty is not known."""

    name: str
    saved: dt.datetime
    by: str = ""
    title: str = ""


_NOTES = msgspec.json.Decoder(dict[str, VersionNote])


def versions(file: PackFile) -> tuple[Version, ...]:
    """The versions that a pack file holds, newest first."""
    notes = notes_of(file.kept.parts)
    found = ((name, saved_at(name)) for name in sorted(file.kept.versions, reverse=True))
    known = ((name, saved, notes.get(name, VersionNote())) for name, saved in found if saved)
    return tuple(Version(name, saved, note.by, note.name) for name, saved, note in known)


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


def notes_of(parts: Mapping[str, Part]) -> dict[str, VersionNote]:
    """What the parts of a file say of its versions, by the names of their parts; nothing where that cannot be read."""
    try:
        return _NOTES.decode(parts[VERSION_NOTES].data())
    except (KeyError, UserError, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return {}


def with_notes(parts: Mapping[str, Part], notes: Mapping[str, VersionNote]) -> dict[str, Part]:
    """The parts of a file with what is known of its versions."""
    others = {name: part for name, part in parts.items() if name != VERSION_NOTES}
    told = {name: note for name, note in sorted(notes.items()) if note != VersionNote()}
    return {**others, VERSION_NOTES: deflated(msgspec.json.encode(told))} if told else others


def with_version(
    versions: Mapping[str, Part],
    notes: Mapping[str, VersionNote],
    part: Part,
    saved: dt.datetime | None,
    note: VersionNote,
) -> tuple[dict[str, Part], dict[str, VersionNote]]:
    """The versions and what is known of them with one more, and no more of those without a name than there is room for.

    Args:
        versions: those that are there.
        notes: what is known of them.
        part: the pack as it was saved.
        saved: when.
        note: who saved it, and what it is called.
    """
    time = (saved or dt.datetime(1980, 1, 1, tzinfo=dt.UTC)).astimezone(dt.UTC)
    numbers = [int(found[1]) for name in versions if (found := VERSION_PART.fullmatch(name))]
    name = f"versions/{max(numbers, default=0) + 1:06}-{time.strftime(_TIME)}.json"
    everything, known = {**versions, name: part}, {**notes, name: note}
    named = {each for each, said in known.items() if said.name}
    passing = sorted(everything.keys() - named)  # by number: a clock may have been set back
    gone = set(passing[:-MOST_VERSIONS])
    kept = {each: found for each, found in sorted(everything.items()) if each not in gone}
    return kept, {each: found for each, found in known.items() if each in kept}


def named_version(file: PackFile, name: str, title: str) -> PackFile:
    """The pack file with a version called something else; one without a name goes when there is no room for it.

    KeyError where there is no version of this part's name.
    """
    if name not in file.kept.versions:
        raise KeyError(name)
    notes = notes_of(file.kept.parts)
    changed = {**notes, name: replace(notes.get(name, VersionNote()), name=title.strip())}
    return replace(file, kept=replace(file.kept, parts=with_notes(file.kept.parts, changed), amended=True))


def without_versions(file: PackFile) -> PackFile:
    """The pack file without its versions, as it may be given to others."""
    return replace(file, kept=replace(file.kept, versions={}, parts=with_notes(file.kept.parts, {})))
