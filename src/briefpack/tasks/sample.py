"""The sample pack and the sample archive, set up for somebody who wants to try Briefpack."""

import shutil
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from briefpack.archive import Archive
from briefpack.assets import resource
from briefpack.errors import UserError


class Sample(Struct, frozen=True):
    """Where the sample lies: a pack of the user's own to change, and the folder of its archive."""

    pack: Path
    archive: Path


def prepare_sample(folder: Path, progress: Callable[[int, int, str], None] | None = None) -> Sample:
    """Put the sample into ``folder``. A sample that is there already is kept, with all that was changed in it.

    Raises:
        UserError: the folder cannot be written to.
    """
    sample = Sample(folder / "sample.briefpack", folder / "archive")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not sample.pack.exists():
            shutil.copyfile(resource("sample", "sample.briefpack"), sample.pack)
    except OSError as error:
        raise UserError(f"The sample cannot be put here: {error.strerror}", where=folder) from error
    with Archive.open(sample.archive) as archive:
        archive.add([resource("sample", "archive")], progress=progress)
    return sample
