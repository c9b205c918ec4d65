"""The archive as the rest of the program sees it: one folder, opened once to write, and as often as wanted to read."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, Unpack

import apsw
from msgspec.structs import replace

from briefpack.archive import (
    asking,
    clips,
    corrections,
    details,
    facets,
    importing,
    keeping,
    origins,
    related,
    repeats,
    rows,
    search,
    series,
    suggesting,
    tagging,
    watching,
    weighing,
)
from briefpack.archive.details import Details
from briefpack.archive.glossary import Glossary
from briefpack.archive.index import Index
from briefpack.archive.kinship import Kinship
from briefpack.archive.model import (
    Acronym,
    Added,
    ClipVerdict,
    Document,
    Duplicate,
    Facets,
    Filters,
    Passage,
    Related,
    Results,
    SavedSearch,
    Series,
    Stats,
)
from briefpack.archive.origins import Origin
from briefpack.archive.store import FILE, open_reader, open_store, told
from briefpack.archive.suggesting import TagSuggestion
from briefpack.archive.tagging import Tagger, TagRule
from briefpack.archive.tokens import Tokenizer
from briefpack.archive.transaction import writing
from briefpack.errors import UserError
from briefpack.pack.model import Clip


class Reader:
    """An archive to read in. One thread at a time uses it; any thread may :meth:`interrupt` it."""

    def __init__(self, folder: Path, connection: apsw.Connection) -> None:
        self.folder = folder
        self._connection = connection
        self._tokenizer = Tokenizer(connection)
        self._glossary = Glossary(connection, self._tokenizer)
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

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        filters: Filters | None = None,
        typing: bool = False,
        exactly: frozenset[str] = frozenset(),
    ) -> Results:
        """The documents that answer a query, best first; see :mod:`briefpack.archive.query` for what can be typed.

        With ``typing`` the last word may be unfinished. The words of ``exactly`` are searched for as they are: they are
        neither repaired nor widened. Raises Cancelled where it is interrupted.
        """
        with self._snapshot():
            asked = self._ask(query, filters, typing=typing, exactly=exactly)
            return search.search(self._connection, self._tokenizer, asked, limit=max(1, limit))

    def facets(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        typing: bool = False,
        exactly: frozenset[str] = frozenset(),
    ) -> Facets:
        """What all the documents that :meth:`search` finds can be narrowed by. Raises Cancelled where it is interrupted."""
        with self._snapshot():
            return facets.facets(self._connection, self._ask(query, filters, typing=typing, exactly=exactly))

    def acronyms(self) -> tuple[Acronym, ...]:
        """The list of acronyms: what documents explain, the department's, the user's."""
        with self._snapshot():
            return self._glossary.everything()

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """The searches that the user has named, by name."""
        with self._snapshot():
            return keeping.saved(self._connection)

    def history(self, limit: int = 20) -> tuple[SavedSearch, ...]:
        """What was searched for, the latest first, nothing twice."""
        with self._snapshot():
            return keeping.history(self._connection, limit)

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
        """The documents that say the same as another, contain it, are contained in it, or share passages with it."""
        with self._snapshot():
            return repeats.duplicates(self._connection)

    def duplicates_of(self, document: str) -> tuple[Duplicate, ...]:
        """The documents that say the same as this one, contain it or are contained in it, the closest first."""
        with self._snapshot():
            return tuple(repeats.of_one(self._connection, self._found(document).rowid))

    def series(self, document: str) -> Series | None:
        """The series that a document belongs to, in order of time; None where it is the only one of its title."""
        with self._snapshot():
            found = self._found(document)
            return series.series(self._connection, found.rowid, found.head)

    def origins(self, words: str, limit: int = 5) -> tuple[Origin, ...]:
        """Where words may come from: the passages that hold them to the letter first, then those that nearly do."""
        with self._snapshot():
            return origins.origins(self._connection, self._tokenizer, words, limit)

    def corrected(self, document: str) -> tuple[str, ...]:
        """The names of what the user has corrected about a document."""
        with self._snapshot():
            return corrections.corrected(self._connection, document)

    def details(self, document: str) -> Details:
        """A document beside what is derived of it, its file, and tags that it might have."""
        suggestions = self.tag_suggestions(document)
        with self._snapshot():
            return details.details(self._connection, self._found(document), suggestions)

    def watched(self) -> tuple[Path, ...]:
        """The folders that :meth:`Archive.refresh` looks into, there or not."""
        with self._snapshot():
            return watching.watched(self._connection)

    def tag_rules(self) -> tuple[TagRule, ...]:
        """The rules by which documents are tagged: the user's own, or those that come with Briefpack."""
        with self._snapshot():
            return tagging.rules_of(self._connection)

    def tag_suggestions(self, document: str, limit: int = 8) -> tuple[TagSuggestion, ...]:
        """Tags that a document might have: rules that it nearly meets, its neighbours' tags, and its telling phrases."""
        with self._snapshot():
            found = self._found(document)
            whole = rows.with_passages(self._connection, found)
            return suggesting.suggestions(self._connection, self._tokenizer, found.rowid, whole, limit)

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

    def _ask(self, query: str, filters: Filters | None, *, typing: bool, exactly: frozenset[str]) -> asking.Asked:
        return asking.ask(
            self._connection,
            self._tokenizer,
            self._glossary,
            query,
            filters=filters or Filters(),
            typing=typing,
            exactly=exactly,
        )

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
        self._kinship = Kinship(connection)

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
                kin = archive._kinship.is_current()
            if not current:
                archive.rebuild()
            elif not kin:
                archive._compare(lambda _done: None)
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

    def watch(self, folder: Path) -> None:
        """Have what is in a folder come in with every :meth:`refresh`. UserError where there is no such folder."""
        with told(self.folder):
            watching.watch(self._connection, folder)

    def unwatch(self, folder: Path) -> None:
        """Look into a folder no longer. What came from it stays."""
        with told(self.folder):
            watching.unwatch(self._connection, folder)

    def refresh(
        self,
        progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Added:
        """Add what is new or changed in the watched folders, as :meth:`add` does.

        Nothing is ever deleted: a folder that is not there is told among what was refused, and its documents stay.
        """
        folders, missing = watching.there(self.watched())
        added = self.add(folders, progress, cancelled)
        return replace(added, refused=(*missing, *added.refused))

    def add_acronym(self, short: str, long: str) -> None:
        """Widen searches by this acronym from now on. UserError where it has no letters or no long form."""
        with told(self.folder):
            self._glossary.add(short, long)

    def remove_acronym(self, short: str, long: str) -> None:
        """Widen no search by this acronym: the user's own is forgotten, another is off until it is added again."""
        with told(self.folder):
            self._glossary.remove(short, long)

    def save_search(self, search: SavedSearch) -> None:
        """Keep a search under its name, in the place of one of the same name. UserError where it has none."""
        with told(self.folder):
            keeping.save(self._connection, search)

    def forget_search(self, name: str) -> None:
        """Keep the search of that name no longer."""
        with told(self.folder):
            keeping.forget(self._connection, name)

    def remember(self, query: str, filters: Filters | None = None) -> None:
        """Put a search at the head of the history."""
        with told(self.folder):
            keeping.remember(self._connection, query, filters or Filters())

    def clear_history(self) -> None:
        """Forget what was searched for. Saved searches stay."""
        with told(self.folder):
            keeping.clear_history(self._connection)

    def rebuild(self, progress: Callable[[int, int, str], None] | None = None) -> int:
        """Build the index anew from the documents, whatever state it is in; how many there are."""
        with told(self.folder):
            total = self._number("SELECT count(*) FROM document")

            def count(done: int) -> None:
                if progress:
                    progress(done, total, "")

            self._index.rebuild(self._everything(), count)
            self._compare(count)
        return total

    def correct(self, document: str, **fields: Unpack[corrections.Fields]) -> Document:
        """Say what the rules got wrong about a document: title, date, kind, region, people, tags, source.

        It holds from now on, however often the document's file is read again. Raises UserError for no such document, and
        for what cannot be (an empty title, a date that ends before it begins).
        """
        given = corrections.read(fields)
        with told(self.folder), self._writing():
            found = self._found(document)
            return self._described(found, corrections.put(self._connection, found.head, given))

    def uncorrect(self, document: str, *fields: str) -> Document:
        """Go back to what is derived: in the fields named, or in all that were corrected."""
        with told(self.folder), self._writing():
            found = self._found(document)
            return self._described(found, corrections.take_back(self._connection, found.head, fields))

    def name_source(self, file: Path, name: str) -> int:
        """Say who published what is in a file, or in a folder and all below it; how many documents are concerned.

        It holds for what is read from there later, too. An empty name takes it back. What was corrected of one document
        alone stays.
        """
        path, name = file.resolve(), " ".join(name.split())
        with told(self.folder), self._writing():
            corrections.name_publisher(self._connection, path, name)
            concerned = 0
            for document, source in self._sources_below(path).items():
                found = next(rows.stored(self._connection, "id = ?", (document,)))
                concerned += 1
                if not corrections.note_derived(self._connection, found.head.id, "source", source):
                    self._described(found, replace(found.head, source=source))
        return concerned

    def set_tag_rules(self, rules: Sequence[TagRule] | None) -> None:
        """Tag by other rules from now on, and all documents anew; None goes back to the rules that come with Briefpack.

        Tags that the user corrected, or that a document's own source gives, stay. UserError for a rule without words.
        """
        with told(self.folder), self._writing():
            before = Tagger(tagging.rules_of(self._connection))
            tagging.keep_rules(self._connection, rules)
            after = Tagger(tagging.rules_of(self._connection))
            for found in list(rows.stored(self._connection, "1 ORDER BY id")):
                self._tag_again(found, before, after)

    def _tag_again(self, found: rows.Stored, before: Tagger, after: Tagger) -> None:
        document = rows.with_passages(self._connection, found)
        derived = corrections.derived(self._connection, document, "tags")
        given = tuple(tag for tag in derived if tag not in before.tags_of(document))
        tags = after.tagged(replace(document, tags=given)).tags
        if not corrections.note_derived(self._connection, document.id, "tags", tags) and tags != document.tags:
            self._described(found, replace(document, tags=tags))

    def _described(self, found: rows.Stored, document: Document) -> Document:
        """Store what is said about a document, where it has changed."""
        if replace(document, passages=()) != found.head:
            importing.describe_again(self._connection, self._index, self._kinship, found, document)
        return document

    def _sources_below(self, path: Path) -> dict[int, str]:
        """By its row, the source of each document whose file is ``path`` or lies below it."""
        query = "SELECT document_id, path FROM place JOIN file ON file.id = file_id ORDER BY file.id DESC"
        return {
            document: corrections.publisher_of(self._connection, Path(file))
            for document, file in list(self._connection.execute(query))
            if path == Path(file) or path in Path(file).parents
        }

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All that is written inside is there whole, or not at all."""
        try:
            with writing(self._connection):
                yield
        except BaseException:
            self._index.forget()
            raise

    def _compare(self, progress: Callable[[int], None]) -> None:
        """Compare all documents with one another anew."""
        with told(self.folder):
            self._kinship.rebuild(((rowid, document) for rowid, document, _ in self._everything()), progress)

    def check(self) -> None:
        """Have the whole file checked, index included. UserError where something is damaged."""
        with told(self.folder):
            self._index.check()
            if (answer := self._connection.pragma("integrity_check")) != "ok":
                raise apsw.CorruptError(str(answer))

    def _everything(self) -> Iterator[tuple[int, Document, int]]:
        for found in list(rows.stored(self._connection, "1 ORDER BY id")):
            yield found.rowid, rows.with_passages(self._connection, found), found.first_passage
