"""A connection to a shared archive, see :class:`~briefpack.archive.database.Database`.

Whoever writes holds one lock of the whole archive until the end of the transaction, so that rows are numbered, documents
compared and counts kept as in a file that one program writes to; readers never wait. A connection that broke is made again
when it is next needed, but not more often than every few seconds.
"""

import platform
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import apsw
import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from briefpack.archive.address import shown
from briefpack.archive.database import FullText, Index
from briefpack.archive.shared import failures
from briefpack.archive.shared.fulltext import Vectors
from briefpack.archive.shared.index import SharedIndex
from briefpack.archive.tokens import Tokenizer
from briefpack.errors import Cancelled, UserError

LOCK = 0x62706131
"""The advisory lock that whoever writes holds."""

_CONNECT = 5
"""Seconds that a server has to answer at all."""

_ANSWER = 10
"""Seconds that a question may take."""

_WAIT = 120
"""Seconds that one waits for others who are adding."""

_AGAIN = 10.0
"""Seconds after which a server that could not be reached is tried again."""

_IDLE = 2.0
"""Seconds of silence after which a connection is looked after before it is used."""

_READING = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '{_ANSWER}s'"
_WRITING = (
    f"BEGIN; SET LOCAL lock_timeout = '{_WAIT}s'; SELECT pg_advisory_xact_lock({LOCK}); SET LOCAL lock_timeout = 0"
)
_SESSION = (
    "SET jit = off; SET max_parallel_workers_per_gather = 0; SET work_mem = '32MB'; SET enable_seqscan = off;"
    " SET random_page_cost = 1.1"
)
"""Questions are short: what a server does for long ones costs each of these tenths of a second. Reading a table from end to
end is never quicker here: what unpacking a vector costs, the planner does not know."""

_DEFAULTS = {
    "connect_timeout": str(_CONNECT),
    "application_name": "briefpack",
    "keepalives_idle": "30",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}


class Answer(list[tuple[Any, ...]]):
    """The rows of an answer, see :class:`~briefpack.archive.database.Rows`."""

    @property
    def get(self) -> Any:  # noqa: ANN401 - a value of the database
        """The first row (its one value, where it has one), or None where there is no row."""
        if not self:
            return None
        return self[0][0] if len(self[0]) == 1 else self[0]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All the rows."""
        return self


class Server:
    """One connection, made when it is first needed."""

    def __init__(self, address: str) -> None:
        self._address = address.strip()
        self.where = shown(address)
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None
        self._depth = 0
        self._changes = 0
        self._used = 0.0
        self._failed: tuple[float, UserError] | None = None
        self._lock = threading.Lock()
        self._interrupted = False
        self._running = False
        self._canceller: threading.Thread | None = None
        self._to_flush: list[SharedIndex] = []

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """SQLite's tokenisers, so that both archives cut and stem alike."""
        return Tokenizer(apsw.Connection(":memory:"))

    @cached_property
    def text(self) -> FullText:
        """The full-text index, for asking."""
        return Vectors(self)

    def index(self) -> Index:
        """The full-text index, for writing. What it gathers is written before a transaction or a part of one ends."""
        index = SharedIndex(self)
        self._to_flush.append(index)
        return index

    def execute(self, statements: str, bindings: Any = (), /) -> Answer:  # noqa: ANN401 - values of the database
        """Run a statement."""
        with self._statement() as connection:
            cursor = connection.execute(_written(statements), tuple(bindings) or None)
            self._changes = cursor.rowcount
            while cursor.nextset():
                pass
            return Answer(cursor.fetchall() if cursor.description else ())

    def executemany(self, statements: str, bindings: Iterable[Any], /) -> None:
        """Run a statement for each of many values."""
        rows = [tuple(each) for each in bindings]
        if rows:
            with self._statement() as connection:
                connection.cursor().executemany(_written(statements), rows)

    def each(self, statement: str, bindings: Iterable[Sequence[Any]], /) -> list[list[tuple[Any, ...]]]:
        """The answers of a statement to each of many values, asked in one go."""
        query = _written(statement)
        with self._statement() as connection, connection.pipeline():
            cursors = [connection.execute(query, tuple(values)) for values in bindings]
            return [cursor.fetchall() for cursor in cursors]

    def copy(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Put rows into a table in one go; ``statement`` is COPY … FROM STDIN."""
        with self._statement() as connection, connection.cursor().copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def tally(self, statement: str, bindings: Sequence[Any], /) -> Counter[tuple[Any, ...]]:
        """How often each row comes in the answer to a statement; counted on the server."""
        counted = f"SELECT found, count(*) FROM ({statement}) AS found GROUP BY found"  # noqa: S608 - ours
        return Counter(dict(self.execute(counted, bindings)))

    def changes(self) -> int:
        """How many rows the last statement changed."""
        return self._changes

    def is_reachable(self) -> bool:
        """Whether the server answers; one that did not is asked again after some seconds."""
        if self._depth:
            return True
        if self._failed and time.monotonic() - self._failed[0] < _AGAIN:
            return False
        try:
            with failures.told(self.where):
                self._alive()
        except failures.Unreachable:
            return False
        return True

    @property
    def trouble(self) -> UserError | None:
        """Why the server could not be reached when that was last tried."""
        return self._failed[1] if self._failed else None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one moment, and no question in it takes longer than is bearable."""
        with self._transaction(_READING):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction in which nobody else writes; it is there whole or not at all."""
        with self._transaction(_WRITING):
            yield

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of a transaction that is there whole or not at all."""
        with self._transaction(_WRITING):
            yield

    def told(self) -> AbstractContextManager[None]:
        """Turn what PostgreSQL reports into UserError; an interrupted query is Cancelled."""
        return failures.told(self.where)

    def interrupt(self) -> None:
        """Stop the statement that is running, from another thread, and run no other before the next question.

        The server is told on a connection of its own, which nobody waits for here.
        """
        with self._lock:
            self._interrupted = True
            if self._running and self._canceller is None and self._connection is not None:
                cancel = self._connection.cancel_safe
                self._canceller = threading.Thread(target=_cancel, args=(cancel,), name="cancel", daemon=True)
                self._canceller.start()

    def close(self) -> None:
        """Let go of the connection. Closing twice is one closing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def at(self, path: Path) -> PurePosixPath:
        """Where a file is: the computer's name and the path there; a path on a network share is the same for everybody."""
        name = path.as_posix()
        if name.startswith("//"):
            return PurePosixPath(name)
        return PurePosixPath(f"//{_computer()}/{path.resolve().as_posix().lstrip('/')}")

    def place(self, name: str) -> PurePosixPath:
        """A place that was noted."""
        return PurePosixPath(name)

    def path(self, name: str) -> Path:
        """The path here of a file that is on this computer; of one elsewhere its place, with the computer's name."""
        here = f"//{_computer()}/"
        if not name.startswith(here):
            return Path(name)
        path = name.removeprefix(here)
        return Path(path if path[1:2] == ":" else f"/{path}")

    def is_there(self, place: str) -> bool:
        """Whether there is a file; one on another computer is."""
        return not place.startswith(f"//{_computer()}/") or self.path(place).exists()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        """A transaction, or within one a savepoint."""
        outer = self._depth == 0
        if outer:
            with self._lock:
                self._interrupted = False
            self._alive()
        name = f"s{self._depth}"
        self._depth += 1
        try:
            self.execute(begin if outer else f"SAVEPOINT {name}")
            yield
            if begin is _WRITING:
                for index in self._to_flush:
                    index.flush()
            self.execute("COMMIT" if outer else f"RELEASE {name}")
        except BaseException:
            self._undo("ROLLBACK" if outer else f"ROLLBACK TO {name}; RELEASE {name}")
            raise
        finally:
            self._depth -= 1

    def _undo(self, statement: str) -> None:
        """Roll back, without hiding why; a connection that is lost has rolled back by itself."""
        for index in self._to_flush:
            index.forget()
        connection = self._connection
        if connection is None or connection.closed:
            return
        try:
            connection.execute(statement)
        except psycopg.Error:
            connection.close()

    @contextmanager
    def _statement(self) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
        """The connection while a statement runs on it that may be interrupted."""
        with self._lock:
            if self._interrupted and self._depth:
                raise Cancelled
            self._running = True
        try:
            yield self._open()
            self._used = time.monotonic()
        finally:
            with self._lock:
                self._running = False
                canceller, self._canceller = self._canceller, None
            if canceller is not None:  # else it might stop the next statement
                canceller.join()

    def _open(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """The connection; made anew where there is none, or where it broke between transactions."""
        if self._connection is not None and not (self._connection.closed and not self._depth):
            return self._connection
        if self._failed and time.monotonic() - self._failed[0] < _AGAIN:
            raise self._failed[1]
        try:
            given = conninfo_to_dict(self._address)
            options: dict[str, Any] = {**_DEFAULTS, **given}
            self._connection = psycopg.Connection.connect(
                **options, autocommit=True, prepare_threshold=None, client_encoding="utf8"
            )
        except psycopg.ProgrammingError as error:
            raise UserError(
                "This is not an address of a shared archive",
                where=self.where,
                do="Write it as postgresql://user@server/database",
            ) from error
        except psycopg.Error as error:
            told = failures.unreachable(self.where, error)
            if isinstance(told, failures.Unreachable):
                self._failed = (time.monotonic(), told)
            raise told from error
        self._connection.execute(_SESSION)
        self._failed = None
        return self._connection

    def _alive(self) -> None:
        """Look after a connection that was silent: the server may have been started anew meanwhile."""
        connection = self._open()
        if time.monotonic() - self._used < _IDLE and connection.pgconn.status == pq.ConnStatus.OK:
            return
        try:
            connection.execute("SELECT 1")
        except (psycopg.OperationalError, psycopg.InterfaceError):
            connection.close()
            self._open()
        self._used = time.monotonic()


def _cancel(cancel: Callable[..., None]) -> None:
    """Ask the server to stop a statement; where that fails, the statement's own limit of time stops it."""
    try:
        cancel(timeout=_CONNECT)
    except psycopg.Error:
        return


@lru_cache(maxsize=512)
def _written(statement: str) -> str:
    """A statement with the marks of places as psycopg writes them."""
    return statement.replace("%", "%%").replace("?", "%s")


def _computer() -> str:
    return platform.node().casefold() or "computer"
