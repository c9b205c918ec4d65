"""The archive's file: opened, closed, and its failures told in the user's words."""

import time
import uuid
from pathlib import Path

import apsw
import platformdirs

from briefpack.archive import schema
from briefpack.archive.embedded import FILE, Embedded, told
from briefpack.errors import UserError

_BUSY_MS = 10_000
_CACHE_KIB = 128 * 1024
"""What a connection that writes may keep of the file in memory: a large import touches sketches all over it, and lets go of
it at its end."""


def default_folder() -> Path:
    """The user's own archive, in local application data: never in a folder that is synchronised."""
    return Path(platformdirs.user_data_dir("briefpack", appauthor=False, roaming=False)) / "archive"


def open_store(folder: Path) -> Embedded:
    """A connection for reading and writing to the archive in ``folder``, which is made where there is none.

    Raises:
        UserError: the folder is a file or cannot be used; its file is no archive, is damaged, or of a newer Briefpack.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UserError("This is a file; an archive is a folder", where=folder, do="Name a folder") from error
    except (OSError, ValueError) as error:
        raise UserError(
            f"The archive’s folder cannot be made ({_reason(error)})", where=folder, do="Choose another folder"
        ) from error
    with told(folder):
        connection = _connect(folder, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
        try:
            _check(connection, folder)
            _use_wal(connection)
            connection.pragma("synchronous", "full")
            connection.pragma("cache_size", -_CACHE_KIB)
            schema.migrate(connection)
            _name(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def open_reader(folder: Path) -> Embedded:
    """Another connection to an archive that is open already, for reading alone."""
    with told(folder):
        connection = _connect(folder, apsw.SQLITE_OPEN_READWRITE)
        connection.pragma("query_only", True)
    return connection


def _connect(folder: Path, flags: int) -> Embedded:
    connection = Embedded(folder, flags)
    connection.set_busy_timeout(_BUSY_MS)
    connection.pragma("foreign_keys", True)
    connection.pragma("trusted_schema", False)
    connection.pragma("cell_size_check", True)
    return connection


def _use_wal(connection: Embedded) -> None:
    """Have readers and a writer not wait for each other. SQLite does not wait by itself while another program does this."""
    until = time.monotonic() + _BUSY_MS / 1000
    while connection.pragma("journal_mode") != "wal":
        try:
            connection.pragma("journal_mode", "wal")
        except apsw.BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def _name(connection: Embedded) -> None:
    """Give a new archive what tells it from others. An old one is not written to: nobody waits for a long import."""
    if connection.execute("SELECT 1 FROM setting WHERE name = 'archive'").get is None:
        with connection.writing():
            connection.execute("INSERT OR IGNORE INTO setting VALUES ('archive', ?)", (uuid.uuid4().hex,))


def _check(connection: Embedded, folder: Path) -> None:
    """UserError for a database that is none of ours, or that a newer Briefpack has changed."""
    version, owner = connection.pragma("user_version"), connection.pragma("application_id")
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").get
    if owner != schema.APPLICATION_ID and (tables or owner or version):
        raise UserError("This is not an archive of Briefpack", where=folder / FILE, do="Choose another folder")
    if version > schema.VERSION:
        raise UserError(
            "This archive was made by a newer Briefpack", where=folder, do="Install the newer version to open it"
        )


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
