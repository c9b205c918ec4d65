"""The ``.briefpack`` file on disk: what is in it, how it is read and saved, its journal, locks and versions.

``docs/file-format.md`` describes the format for those who write programs of their own.
"""

from briefpack.packfile.journal import Journal
from briefpack.packfile.locks import Holder, OpenNote, note_open, who_has
from briefpack.packfile.model import Conflict, PackFile, new_file
from briefpack.packfile.opening import read
from briefpack.packfile.recovery import Recovery, recoverable, recovered_file
from briefpack.packfile.saving import save
from briefpack.packfile.upgrade import FORMAT
from briefpack.packfile.versions import Version, named_version, version_pack, versions, without_versions

__all__ = [
    "FORMAT",
    "Conflict",
    "Holder",
    "Journal",
    "OpenNote",
    "PackFile",
    "Recovery",
    "Version",
    "named_version",
    "new_file",
    "note_open",
    "read",
    "recoverable",
    "recovered_file",
    "save",
    "version_pack",
    "versions",
    "who_has",
    "without_versions",
]
