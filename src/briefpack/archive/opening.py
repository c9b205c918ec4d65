"""An archive by where it is: a folder, or the address of a shared one."""

from pathlib import Path

from briefpack.archive.address import is_address
from briefpack.archive.archive import Archive


def open_archive(place: Path | str, *, make: bool = False) -> Archive:
    """The archive in a folder, or the shared one at ``postgresql://…``; its client is loaded only then.

    One in a folder is made where there is none; the tables of a shared one only where that is wanted (``make``).

    Raises:
        UserError: it cannot be opened, or is none.
    """
    if isinstance(place, str) and is_address(place):
        from briefpack.archive.shared.archive import SharedArchive

        return SharedArchive.open_at(place, make=make)
    return Archive.open(Path(place))
