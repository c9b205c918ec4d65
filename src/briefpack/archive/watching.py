"""Folders whose files come in by themselves: new and changed ones, whenever the archive is asked to look.

What is not there is not deleted: a share that is unplugged and a folder that was renamed leave their documents where they
are, since they were published. The archive says so, and finds them again when they are back.
"""

from pathlib import Path

from briefpack.archive.database import Database
from briefpack.archive.model import Refused
from briefpack.errors import UserError

MISSING = "This folder is not there now; its documents stay in the archive"
"""Why nothing came from a watched folder."""


def watch(connection: Database, folder: Path) -> None:
    """Watch a folder. UserError where there is none."""
    if not folder.is_dir():
        raise UserError("There is no such folder", where=str(folder), do="Choose a folder that is there")
    with connection.writing():
        connection.execute("INSERT OR IGNORE INTO watched VALUES (?)", (str(folder.resolve()),))


def unwatch(connection: Database, folder: Path) -> None:
    """Watch a folder no longer. One that is not watched is none to be told of."""
    with connection.writing():
        connection.execute("DELETE FROM watched WHERE path IN (?, ?)", (str(folder), str(folder.resolve())))


def watched(connection: Database) -> tuple[Path, ...]:
    """The folders that are watched, there or not, by name."""
    return tuple(Path(path) for (path,) in connection.execute("SELECT path FROM watched ORDER BY path"))


def there(folders: tuple[Path, ...]) -> tuple[list[Path], list[Refused]]:
    """The folders that are there now, and what is told of the others."""
    found = [folder for folder in folders if _is_there(folder)]
    return found, [Refused(str(folder), MISSING) for folder in folders if folder not in found]


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # a share that does not answer is not there now
        return False
