"""The database of the user's own archive: SQLite, see :class:`~briefpack.archive.database.Database`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import apsw

from briefpack.archive.fulltext import Fts5
from briefpack.archive.index import Index
from briefpack.archive.tokens import Tokenizer
from briefpack.errors import Cancelled, UserError

FILE = "archive.sqlite"
"""The name of the file in an archive's folder."""


class Embedded(apsw.Connection):
    """A connection to the file of the archive in ``folder``."""

    def __init__(self, folder: Path, flags: int) -> None:
        super().__init__(str(folder / FILE), flags)
        self.folder = folder

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """How text becomes words."""
        return Tokenizer(self)

    @cached_property
    def text(self) -> Fts5:
        """The full-text index, for asking."""
        return Fts5(self)

    def index(self) -> Index:
        """The full-text index, for writing."""
        return Index(self)

    def each(self, statement: str, bindings: Iterable[Sequence[Any]], /) -> list[list[tuple[Any, ...]]]:
        """The answers of a statement to each of many values."""
        return [self.execute(statement, tuple(values)).fetchall() for values in bindings]

    def tally(self, statement: str, bindings: Sequence[Any], /) -> Counter[tuple[Any, ...]]:
        """How often each row comes in the answer to a statement. Measured, SQLite's own grouping takes longer."""
        return Counter(self.execute(statement, tuple(bindings)))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one moment."""
        with self:
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that writes: nobody else writes from its beginning on, and it is there whole or not at all."""
        self.transaction_mode = "IMMEDIATE"
        try:
            with self:
                yield
        finally:
            self.transaction_mode = "DEFERRED"

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of a transaction that is there whole or not at all."""
        with self:
            yield

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what SQLite reports into what a user understands; an interrupted query is Cancelled."""
        with told(self.folder):
            yield

    def at(self, path: Path) -> Path:
        """Where a file is: its path."""
        return path.resolve()

    def place(self, name: str) -> Path:
        """A path that was noted."""
        return Path(name)

    def path(self, name: str) -> Path:
        """A path that was noted."""
        return Path(name)

    def is_there(self, place: str) -> bool:
        """Whether there is a file at a path."""
        return Path(place).exists()


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what SQLite reports into what a user understands; an interrupted query is Cancelled."""
    try:
        yield
    except apsw.InterruptError as error:
        raise Cancelled from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise UserError(
            "The archive is damaged",
            where=folder / FILE,
            do="Run “briefpack archive rebuild”; if that does not help, move this file away and add your documents again",
        ) from error
    except apsw.FullError as error:
        raise UserError("The disk is full", where=folder, do="Make room and try again") from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise UserError(
            "Another program is busy with this archive", where=folder, do="Try again in a moment"
        ) from error
    except (apsw.ReadOnlyError, apsw.PermissionsError, apsw.CantOpenError, apsw.AuthError) as error:
        raise UserError(
            "The archive cannot be opened for writing", where=folder, do="Check who may write to this folder"
        ) from error
    except apsw.IOError as error:
        raise UserError(
            f"The disk reported an error ({error})", where=folder, do="Check the disk and try again"
        ) from error
