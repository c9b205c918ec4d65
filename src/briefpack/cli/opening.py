"""Open the pack that a command names, and say what of it could not be read."""

from pathlib import Path

from briefpack.cli.output import note
from briefpack.packfile import PackFile, read


def open_pack(path: Path, *, to_change: bool = False) -> PackFile:
    """The pack file at ``path``; a line on standard error for each thing that is damaged, missing or not understood.

    A command that is going ``to_change`` a pack of a newer format is refused when it saves, and need not be warned.

    Raises:
        UserError: there is no pack to be read.
    """
    file = read(path)
    for sentence in file.lost:
        note(f"{path}: {sentence}.")
    if file.read_only and not to_change:
        note(f"{path}: This pack was made by a newer version of Briefpack; what that added is not shown.")
    return file
