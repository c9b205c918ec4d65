"""The archive as the rest of the program sees it: one folder, opened once to write, and as often as wanted to read."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import apsw

from briefpack.archive import clips, importing, related, repeats, rows, search, weighing
from briefpack.archive.index import Index
from briefpack.archive.model import (
    Added,
    ClipVerdict,
    Document,
    Duplicate,
    Filters,
    Passage,
    Related,
    Results,
    Stats,
)
from briefpack.archive.store import FILE, open_reader, open_store, told
from briefpack.archive.tokens import Tokenizer
from briefpack.errors import UserError
from briefpack.pack.model import Clip


class Reader:
    """An archive to read in. One thread at a time uses it; any thread may :meth:`interrupt` it."""

    def __init__(self, folder: Path, connection: apsw.Connection) -> None:
        self.folder = folder
        self._connection = connection
        self._tokenizer = Tokenizer(connection)
        weighing.register(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Closing twice is one closing."""
        with told(self.folder):
            self._connection.close()

    def interrupt(self) -> None:
        """Stop the query that is running, from another thread: it raises Cancelled there."""
        self._connection.interrupt()

    @property
    def id(self) -> str:
        """What tells this archive from others."""
        with told(self.folder):
            return str(self._connection.execute("SELECT value FROM setting WHERE name = 'archive'").get)

    def search(self, query: str, *, limit: int = 20, filters: Filters | None = None, typing: bool = False) -> Results:
        """The documents that answer a query, best first; see :mod:`briefpack.archive.query` for what can be typed.

        With ``typing`` the last word may be unfinished. Raises Cancelled where it is interrupted.
        """
        with self._snapshot():
            return search.search(
                self._connection,
                self._tokenizer,
                query,
                limit=max(1, limit),
                filters=filters or Filters(),
                typing=typing,
            )

    def document(self, document: str) -> Document:
        """The document with this id and its passages. UserError where there is none."""
        with self._snapshot():
            return rows.with_passages(self._connection, self._found(document))

    def passage(self, passage: str) -> tuple[Document, Passage]:
        """The passage with this id, and its document. UserError where there is none."""
        document = self.document(passage.partition(".")[0])
        for each in document.passages:
            if each.id == passage:
                return document, each
        raise UserError(f"The archive has no passage “{passage}”", do="Search for its words to find its id")

    def documents(self) -> Iterator[Document]:
        """All documents without their passages, file by file in the order of the file."""
        with self._snapshot():
            heads = [found.head for found in rows.stored(self._connection, "1 ORDER BY source, ordinal, id")]
        yield from heads

    def stats(self) -> Stats:
        """What the archive holds, in numbers."""
        with self._snapshot():
            return Stats(
                documents=self._number("SELECT count(*) FROM document"),
                passages=self._number("SELECT count(*) FROM passage"),
                files=self._number("SELECT count(*) FROM file"),
                kinds=self._counts(
                    "SELECT kind, count(*) FROM document WHERE kind NOT NULL GROUP BY 1 ORDER BY 2 DESC"
                ),
                regions=self._counts(
                    "SELECT region, count(*) FROM document WHERE region NOT NULL GROUP BY 1 ORDER BY 1"
                ),
                years=self._counts(_YEARS),
                dated_from=next((head.date.start for head in self._ends("published_from")), None),
                dated_to=next((head.date.end for head in self._ends("published_to DESC")), None),
            )

    def duplicates(self) -> tuple[Duplicate, ...]:
        """The documents that say the same, word for word, as an earlier one."""
        with self._snapshot():
            return repeats.duplicates(self._connection)

    def related(self, document: str, limit: int = 10) -> Related:
        """The documents on the same matters as this one. UserError where there is no such document."""
        with self._snapshot():
            found = self._found(document)
            whole = rows.with_passages(self._connection, found)
            return related.related(self._connection, self._tokenizer, found.rowid, whole, limit)

    def clip(self, passage: str, start: int = 0, end: int | None = None) -> Clip:
        """A passage as a clip, or its characters from ``start`` up to ``end``.

        UserError where there is no such passage, ValueError where there are no such characters.
        """
        document, found = self.passage(passage)
        return clips.clip_of(document, found, start, len(found.text) if end is None else end, self.id)

    def verdict(self, clip: Clip) -> ClipVerdict:
        """What has become of the words of a clip."""
        with self._snapshot():
            found = next(rows.stored(self._connection, "key = ?", (clip.document,)), None)
            document = rows.with_passages(self._connection, found) if found else None
        return clips.verdict(document, clip)

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever is added meanwhile."""
        with told(self.folder), self._connection:
            yield

    def _found(self, document: str) -> rows.Stored:
        found = next(rows.stored(self._connection, "key = ?", (document,)), None)
        if found is None:
            raise UserError(f"The archive has no document “{document}”", do="Search for its title to find its id")
        return found

    def _number(self, query: str) -> int:
        return int(self._connection.execute(query).get)

    def _counts(self, query: str) -> dict[str, int]:
        return dict(self._connection.execute(query))

    def _ends(self, order: str) -> Iterator[Document]:
        column = order.partition(" ")[0]
        for found in rows.stored(
            self._connection, f"{column} NOT NULL AND date_precision IN ('day', 'month') ORDER BY {order} LIMIT 1"
        ):
            yield found.head


_YEARS = """
SELECT substr(published_from, 1, 4), count(*) FROM document
WHERE published_from NOT NULL AND substr(published_from, 1, 4) = substr(published_to, 1, 4) GROUP BY 1 ORDER BY 1
"""


class Archive(Reader):
    """An archive that can be added to. Other programs and readers may use the same folder at the same time."""

    def __init__(self, folder: Path, connection: apsw.Connection) -> None:
        super().__init__(folder, connection)
        self._index = Index(connection)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The archive in ``folder``, made where there is none; an index that is missing or old is built.

        Raises:
            UserError: the folder is a file or cannot be used, or holds something else or what a newer Briefpack made.
        """
        archive = cls(folder, open_store(folder))
        try:
            with told(folder):
                current = archive._index.is_current()
            if not current:
                archive.rebuild()
        except BaseException:
            archive.close()
            raise
        return archive

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether an archive was made in ``folder``."""
        return (folder / FILE).is_file()

    def reader(self) -> Reader:
        """Another connection for reading: for another thread, or to search while something is being added."""
        return Reader(self.folder, open_reader(self.folder))

    def add(
        self,
        paths: Sequence[Path],
        progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Added:
        """Read files, and folders with all that is in them, into the archive.

        What cannot be read is told in the result and stops nothing. ``progress`` gets files done, files in all, and the
        name of the one at hand; when ``cancelled`` says yes, the import ends and what is done stays.

        Raises:
            UserError: the archive itself cannot be written.
        """
        return importing.add_files(
            self._connection,
            self._index,
            self.folder,
            paths,
            progress or (lambda *_: None),
            cancelled or (lambda: False),
        )

    def rebuild(self, progress: Callable[[int, int, str], None] | None = None) -> int:
        """Build the index anew from the documents, whatever state it is in; how many there are."""
        with told(self.folder):
            total = self._number("SELECT count(*) FROM document")

            def count(done: int) -> None:
                if progress:
                    progress(done, total, "")

            self._index.rebuild(self._everything(), count)
        return total

    def check(self) -> None:
        """Have the whole file checked, index included. UserError where something is damaged."""
        with told(self.folder):
            self._index.check()
            if (answer := self._connection.pragma("integrity_check")) != "ok":
                raise apsw.CorruptError(str(answer))

    def _everything(self) -> Iterator[tuple[int, Document, int]]:
        for found in list(rows.stored(self._connection, "1 ORDER BY id")):
            yield found.rowid, rows.with_passages(self._connection, found), found.first_passage
