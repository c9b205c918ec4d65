"""What a server reports, in the words of a user."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from briefpack.errors import Cancelled, UserError


class Unreachable(UserError):  # noqa: N818 - named for what it says
    """The server does not answer now. What was read on this computer can still be read."""


READ_ONLY = "This account may only read the shared archive"

_ASK = "Ask whoever looks after it for an account that may add and correct"
_SECRETS = ("password", "passfile", "sslkey")


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what PostgreSQL reports into UserError; ``where`` is the archive's address without its password."""
    try:
        yield
    except errors.QueryCanceled as error:
        if "statement timeout" in str(error):
            raise UserError(
                "The shared archive took too long to answer",
                where=where,
                do="Ask for rarer words, or narrow the search",
            ) from error
        raise Cancelled from error
    except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as error:
        raise UserError(READ_ONLY, where=where, do=_ASK) from error
    except errors.LockNotAvailable as error:
        raise UserError(
            "Others are adding to the shared archive just now", where=where, do="Try again in a moment"
        ) from error
    except errors.DiskFull as error:
        raise UserError(
            "The disk of the shared archive’s server is full", where=where, do="Tell whoever looks after it"
        ) from error
    except (errors.DataCorrupted, errors.IndexCorrupted, errors.UndefinedTable, errors.UndefinedColumn) as error:
        raise UserError(
            f"The shared archive is damaged ({_said(error)})", where=where, do="Tell whoever looks after it"
        ) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise unreachable(where, error) from error
    except psycopg.Error as error:
        raise UserError(
            f"The shared archive’s server reported an error ({_said(error)})",
            where=where,
            do="Try again, or tell whoever looks after it",
        ) from error


def unreachable(where: str, error: Exception) -> UserError:
    """Why there is no connection, as far as that can be told."""
    said = _said(error)
    if isinstance(error, (errors.InvalidPassword, errors.InvalidAuthorizationSpecification)) or any(
        sign in said for sign in ("password authentication failed", "no password supplied", "no pg_hba.conf entry")
    ):
        return UserError(
            "The shared archive does not let this account in",
            where=where,
            do="Check the name in the address, and the password in your pgpass file",
        )
    if "does not exist" in said:
        return UserError(f"There is no such shared archive ({said})", where=where, do="Check the address")
    if "certificate" in said or "SSL" in said:
        return UserError(
            f"The connection to the shared archive is not safe ({said})",
            where=where,
            do="Check sslmode and sslrootcert",
        )
    return Unreachable(
        f"The shared archive cannot be reached ({said})",
        where=where,
        do="Check the network; what you have read stays here",
    )


def _said(error: Exception) -> str:
    """The last line that matters of what was reported, without anything secret."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    line = lines[0] if lines else type(error).__name__
    if any(secret in line.lower() and "=" in line for secret in _SECRETS):
        return type(error).__name__
    return line.removeprefix("connection failed: ").rpartition("FATAL:  ")[2][:200]
