"""Where an archive is, as it is given on the command line: a folder, or the address of a shared one."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpack.cli.output import note
from briefpack.errors import UserError

if TYPE_CHECKING:
    from briefpack.archive import Archive


def placed(_ctx: click.Context, _option: click.Parameter, value: str | None) -> Path | str | None:
    """A folder as a Path, an address as it is."""
    from briefpack.archive.address import is_address

    return value if value is None or is_address(value) else Path(value)


ARCHIVE = click.option(
    "--archive",
    "place",
    callback=placed,
    default=None,
    metavar="A",
    help="Its folder, or postgresql://… for a shared one (default: your own).",
)
"""The option that names an archive, of every command that has one."""


def open_archive(place: Path | str | None, *, to_add: bool = False) -> "Archive":
    """The archive at a place, by default the user's own.

    Raises:
        UserError: none was made there, unless it is ``to_add``; or it cannot be opened.
    """
    from briefpack.archive import Archive, default_folder
    from briefpack.archive.opening import open_archive

    place = place or default_folder()
    if isinstance(place, Path) and not to_add and not Archive.exists(place):
        raise UserError("There is no archive here", where=place, do="Make one with briefpack archive add")
    archive = open_archive(place, make=to_add)
    if archive.offline:
        note(f"briefpack: {archive.offline}")
    return archive
