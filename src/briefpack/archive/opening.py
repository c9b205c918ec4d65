"""An archive by where it is: a folder, or the address of a shared one."""

from pathlib import Path

from briefpack.archive.address import is_address
from briefpack.archive.archive import Archive


def open_archive(place: Path | str) -> Archive:
    """The archive in a folder, or the shared one at ``postgresql://…``; its client is loaded only then.

    Raises:
        UserError: it cannot be opened, or is none.
    """
    if isinstance(place, str) and is_address(place):
        from briefpack.archive.shared.archive import SharedArchive

        return SharedArchive.open_at(place)
    return Archive.open(Path(place))
