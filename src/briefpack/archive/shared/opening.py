"""A shared archive is opened: its tables are made or brought up to date where the account may, and looked at where not."""

import uuid

import psycopg
from psycopg import errors

from briefpack.archive.shared import schema
from briefpack.archive.shared.server import Server
from briefpack.errors import UserError

_VERSION = "SELECT value FROM setting WHERE name = 'version'"
_MAY_WRITE = """
SELECT NOT pg_is_in_recovery() AND has_table_privilege('document', 'INSERT') AND has_table_privilege('fa', 'INSERT')
"""
OWNER = "Have it opened once with the account that owns it, by “briefpack archive stats”"


def prepare(server: Server, *, make: bool) -> bool:
    """Bring a shared archive up to date; whether this account may add to it.

    Raises:
        UserError: there is none and this account may not make one, or it is of another version than this program.
    """
    with server.told():
        version = _version(server)
        if version > schema.VERSION:
            raise UserError(
                "The shared archive was made by a newer Briefpack", where=server.where, do="Install the newer version"
            )
        if not version and not make:
            raise UserError(
                "There is no archive in this database yet",
                where=server.where,
                do="Make one with briefpack archive add, as docs/shared-archive.md says",
            )
        if version < schema.VERSION:
            _migrate(server)
        return bool(server.execute(_MAY_WRITE).get)


def _version(server: Server) -> int:
    if server.execute("SELECT to_regclass('setting')").get is None:
        return 0
    try:
        return int(server.execute(_VERSION).get or 0)
    except (errors.UndefinedColumn, ValueError) as error:
        raise UserError("This database holds something else", where=server.where, do="Name another database") from error
    except errors.InsufficientPrivilege as error:
        raise UserError(
            "This account may not read the shared archive",
            where=server.where,
            do="Ask whoever looks after it to grant it",
        ) from error


def _migrate(server: Server) -> None:
    """Each step and its number in one transaction; of several programs that open the archive at once one does it."""
    try:
        with server.writing():
            for version in range(_version(server), schema.VERSION):
                server.execute(schema.MIGRATIONS[version])
                _note(server, "version", str(version + 1))
            if server.execute("SELECT 1 FROM setting WHERE name = 'archive'").get is None:
                _note(server, "archive", uuid.uuid4().hex)
    except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as error:
        what = (
            "There is no archive in this database yet"
            if not _version(server)
            else "The shared archive is of an older Briefpack"
        )
        raise UserError(f"{what}, and this account may not change that", where=server.where, do=OWNER) from error
    except (errors.DuplicateTable, errors.DuplicateObject) as error:
        raise UserError(
            "This database holds something else", where=server.where, do="Name an empty database or schema"
        ) from error
    except psycopg.errors.InvalidSchemaName as error:
        raise UserError(
            "The database has no schema for the archive", where=server.where, do="Create it first"
        ) from error


def _note(server: Server, name: str, value: str) -> None:
    server.execute(
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )
