"""The archive as the rest of the program adds to it; reading is :mod:`briefpack.archive.reader`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Self, Unpack

from msgspec.structs import replace

from briefpack.archive import (
    corrections,
    importing,
    keeping,
    rows,
    tagging,
    watching,
)
from briefpack.archive.database import Database
from briefpack.archive.embedded import FILE
from briefpack.archive.kinship import Kinship
from briefpack.archive.model import (
    Added,
    Document,
    Filters,
    SavedSearch,
)
from briefpack.archive.reader import Reader
from briefpack.archive.store import open_reader, open_store
from briefpack.archive.tagging import Tagger, TagRule


class Archive(Reader):
    """An archive that can be added to. Other programs and readers may use the same folder at the same time."""

    def __init__(self, folder: Path, connection: Database) -> None:
        super().__init__(folder, connection)
        self._index = connection.index()
        self._kinship = Kinship(connection)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The archive in ``folder``, made where there is none; an index that is missing or old is built.

        Raises:
            UserError: the folder is a file or cannot be used, or holds something else or what a newer Briefpack made.
        """
        archive = cls(folder, open_store(folder))
        try:
            with archive._connection.told():
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
            paths,
            progress or (lambda *_: None),
            cancelled or (lambda: False),
        )

    def watch(self, folder: Path) -> None:
        """Have what is in a folder come in with every :meth:`refresh`. UserError where there is no such folder."""
        with self._connection.told():
            watching.watch(self._connection, folder)

    def unwatch(self, folder: Path) -> None:
        """Look into a folder no longer. What came from it stays."""
        with self._connection.told():
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
        with self._connection.told():
            self._glossary.add(short, long)

    def remove_acronym(self, short: str, long: str) -> None:
        """Widen no search by this acronym: the user's own is forgotten, another is off until it is added again."""
        with self._connection.told():
            self._glossary.remove(short, long)

    def save_search(self, search: SavedSearch) -> None:
        """Keep a search under its name, in the place of one of the same name. UserError where it has none."""
        with self._connection.told():
            keeping.save(self._connection, search)

    def forget_search(self, name: str) -> None:
        """Keep the search of that name no longer."""
        with self._connection.told():
            keeping.forget(self._connection, name)

    def remember(self, query: str, filters: Filters | None = None) -> None:
        """Put a search at the head of the history."""
        with self._connection.told():
            keeping.remember(self._connection, query, filters or Filters())

    def clear_history(self) -> None:
        """Forget what was searched for. Saved searches stay."""
        with self._connection.told():
            keeping.clear_history(self._connection)

    def rebuild(self, progress: Callable[[int, int, str], None] | None = None) -> int:
        """Build the index anew from the documents, whatever state it is in; how many there are."""
        with self._connection.told():
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
        with self._connection.told(), self._writing():
            found = self._found(document)
            return self._described(found, corrections.put(self._connection, found.head, given))

    def uncorrect(self, document: str, *fields: str) -> Document:
        """Go back to what is derived: in the fields named, or in all that were corrected."""
        with self._connection.told(), self._writing():
            found = self._found(document)
            return self._described(found, corrections.take_back(self._connection, found.head, fields))

    def name_source(self, file: Path, name: str) -> int:
        """Say who published what is in a file, or in a folder and all below it; how many documents are concerned.

        It holds for what is read from there later, too. An empty name takes it back. What was corrected of one document
        alone stays.
        """
        place, name = self._connection.at(file), " ".join(name.split())
        with self._connection.told(), self._writing():
            corrections.name_publisher(self._connection, place, name)
            concerned = 0
            for document, source in self._sources_below(place).items():
                found = next(rows.stored(self._connection, "id = ?", (document,)))
                concerned += 1
                if not corrections.note_derived(self._connection, found.head.id, "source", source):
                    self._described(found, replace(found.head, source=source))
        return concerned

    def set_tag_rules(self, rules: Sequence[TagRule] | None) -> None:
        """Tag by other rules from now on, and all documents anew; None goes back to the rules that come with Briefpack.

        Tags that the user corrected, or that a document's own source gives, stay. UserError for a rule without words.
        """
        with self._connection.told(), self._writing():
            before = Tagger(tagging.rules_of(self._connection))
            tagging.keep_rules(self._connection, rules)
            after = Tagger(tagging.rules_of(self._connection))
            for found in list(rows.stored(self._connection, "true ORDER BY id")):
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

    def _sources_below(self, place: PurePath) -> dict[int, str]:
        """By its row, the source of each document whose file is at ``place`` or lies below it."""
        query = "SELECT document_id, path FROM place JOIN file ON file.id = file_id ORDER BY file.id DESC"
        found = [(document, self._connection.place(name)) for document, name in self._connection.execute(query)]
        return {
            document: corrections.publisher_of(self._connection, file)
            for document, file in found
            if place == file or place in file.parents
        }

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All that is written inside is there whole, or not at all."""
        try:
            with self._connection.writing():
                yield
        except BaseException:
            self._index.forget()
            raise

    def _compare(self, progress: Callable[[int], None]) -> None:
        """Compare all documents with one another anew."""
        with self._connection.told():
            self._kinship.rebuild(self._everything(), progress)

    def check(self) -> None:
        """Have the whole file checked, index included. UserError where something is damaged."""
        with self._connection.told():
            self._index.check()

    def _everything(self) -> Iterator[tuple[int, Document]]:
        for found in list(rows.stored(self._connection, "true ORDER BY id")):
            yield found.rowid, rows.with_passages(self._connection, found)
