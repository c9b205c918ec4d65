"""What an archive asks of the database that it is in: the seam between everything the archive knows and where it is kept.

The user's own archive is one SQLite file (:mod:`briefpack.archive.embedded`), a department's is on a PostgreSQL server
(:mod:`briefpack.archive.shared`). Both hold the same tables, and both are asked in the SQL that they have in common, with
``?`` for a value. What they do differently is behind :class:`Database` and :class:`FullText`: transactions, failures, the
full-text index. Its expressions are those of FTS5, which PostgreSQL's side reads and writes in its own way.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path, PurePath
from typing import Any, Protocol

from briefpack.archive.model import Document
from briefpack.archive.tokens import Tokenizer

Days = tuple[str, str]
"""The first day that counts and the first that no longer does, as ISO dates; "0000" and "9999" are open."""

Statement = tuple[str, tuple[Any, ...]]
"""A statement and its values."""


class Rows(Protocol):
    """What a statement answers."""

    @property
    def get(self) -> Any:  # noqa: ANN401 - a value of the database
        """The first row (its one value, where it has one), or None where there is no row."""

    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All the rows."""


class FullText(Protocol):
    """The full-text index, asked. Documents are told by their rows."""

    def deepest(self, *, typing: bool) -> int:
        """How many of the newest documents that answer it can rank before a user would wait."""

    def has(self, expression: str) -> bool:
        """Whether any document answers."""

    def count(self, expression: str, days: Days | None = None, most: int | None = None) -> int:
        """How many documents answer; counted no further than ``most``."""

    def best(self, expression: str, days: Days | None, depth: int, limit: int) -> list[tuple[int, float]]:
        """Of the newest ``depth`` documents that answer, the best by BM25; a lower rank is better."""

    def newest(self, expression: str, days: Days | None, limit: int) -> list[tuple[int, float]]:
        """The newest documents that answer, each with the rank 0."""

    def matching(self, expression: str, days: Days | None) -> Statement:
        """The statement that gives the rows of all documents that answer."""

    def holders(self, stem: str) -> int:
        """How many documents have a stem."""

    def telling(self, expression: str) -> float:
        """How telling it is that a document answers: the inverse document frequency, more than 0; about, will do."""


class Index(Protocol):
    """The full-text index, kept in step with the documents: derived from them, and built again at will."""

    def is_current(self) -> bool:
        """Whether there is an index, of this version, that answers."""

    def add(self, rowid: int, document: Document) -> None:
        """Index a document."""

    def remove(self, rowid: int) -> None:
        """Take a document out of the index."""

    def forget(self) -> None:
        """Forget what was written since a transaction that was rolled back began."""

    def settle(self) -> None:
        """Put what many documents have left in order, once they are in."""

    def rebuild(
        self, documents: Iterable[tuple[int, Document]], progress: Callable[[int], None] = lambda _: None
    ) -> None:
        """Build the index anew from all documents, in one transaction."""

    def check(self) -> None:
        """Check the index and the database; raises what :meth:`Database.told` tells as damage."""


class Database(Protocol):
    """A connection to the database of an archive. One thread at a time uses it; any thread may interrupt it."""

    @property
    def tokenizer(self) -> Tokenizer:
        """How text becomes words."""

    @property
    def text(self) -> FullText:
        """The full-text index, for asking."""

    def index(self) -> Index:
        """The full-text index, for writing."""

    def execute(self, statements: str, bindings: Any = (), /) -> Rows:  # noqa: ANN401 - values of the database
        """Run a statement."""

    def executemany(self, statements: str, bindings: Iterable[Any], /) -> object:
        """Run a statement for each of many values."""

    def each(self, statement: str, bindings: Iterable[Sequence[Any]], /) -> list[list[tuple[Any, ...]]]:
        """The answers of a statement to each of many values, without waiting for one before the next is asked."""

    def tally(self, statement: str, bindings: Sequence[Any], /) -> Counter[tuple[Any, ...]]:
        """How often each row, of texts alone, comes in the answer to a statement."""

    def changes(self) -> int:
        """How many rows the last statement changed."""

    def reading(self) -> AbstractContextManager[None]:
        """All that is read inside is of one moment."""

    def writing(self) -> AbstractContextManager[None]:
        """A transaction in which nobody else writes; it is there whole or not at all."""

    def savepoint(self) -> AbstractContextManager[None]:
        """A part of a transaction that is there whole or not at all."""

    def told(self) -> AbstractContextManager[None]:
        """Turn what the database reports into UserError; an interrupted query is Cancelled."""

    def interrupt(self) -> None:
        """Stop the statement that is running, from another thread."""

    def close(self) -> None:
        """Let go of it. Closing twice is one closing."""

    def at(self, path: Path) -> PurePath:
        """Where a file is, as the archive says it."""

    def place(self, name: str) -> PurePath:
        """A place that the archive has noted."""

    def path(self, name: str) -> Path:
        """A place that the archive has noted, as a path for this computer."""

    def is_there(self, place: str) -> bool:
        """Whether a file is still at a place that :meth:`at` gave; one that cannot be looked for is."""
