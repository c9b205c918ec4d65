"""The archive as one reads in it: searched, opened document by document, quoted, and what it knows of its documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from briefpack.archive import (
    asking,
    clips,
    corrections,
    details,
    facets,
    keeping,
    origins,
    related,
    repeats,
    rows,
    search,
    series,
    suggesting,
    tagging,
    timeline,
    watching,
)
from briefpack.archive.database import Database
from briefpack.archive.details import Details
from briefpack.archive.glossary import Glossary
from briefpack.archive.model import (
    Acronym,
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
    Timeline,
)
from briefpack.archive.origins import Origin
from briefpack.archive.suggesting import TagSuggestion
from briefpack.archive.tagging import TagRule
from briefpack.errors import UserError
from briefpack.pack.model import Clip


class Reader:
    """An archive to read in. One thread at a time uses it; any thread may :meth:`interrupt` it."""

    def __init__(self, folder: Path, connection: Database) -> None:
        self.folder = folder
        self._connection = connection
        self._tokenizer = connection.tokenizer
        self._glossary = Glossary(connection, self._tokenizer)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def offline(self) -> str:
        """Why only a part of the archive answers now; an archive in a folder always answers whole."""
        return ""

    @property
    def read_only(self) -> bool:
        """Whether one may not add to it; to an archive in a folder one may."""
        return False

    def close(self) -> None:
        """Let go of the file. Closing twice is one closing."""
        with self._connection.told():
            self._connection.close()

    def interrupt(self) -> None:
        """Stop the query that is running, from another thread: it raises Cancelled there."""
        self._connection.interrupt()

    @property
    def id(self) -> str:
        """What tells this archive from others."""
        with self._connection.told():
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

    def timeline(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        typing: bool = False,
        exactly: frozenset[str] = frozenset(),
    ) -> Timeline:
        """Where in time all the documents lie that :meth:`search` finds. Raises Cancelled where it is interrupted."""
        with self._snapshot():
            return timeline.timeline(self._connection, self._ask(query, filters, typing=typing, exactly=exactly))

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
            heads = [found.head for found in rows.stored(self._connection, "true ORDER BY source, ordinal, id")]
        yield from heads

    def stats(self) -> Stats:
        """What the archive holds, in numbers."""
        with self._snapshot():
            return Stats(
                documents=self._number("SELECT count(*) FROM document"),
                passages=self._number("SELECT count(*) FROM passage"),
                files=self._number("SELECT count(*) FROM file"),
                kinds=self._counts(
                    "SELECT kind, count(*) FROM document WHERE kind IS NOT NULL GROUP BY 1 ORDER BY 2 DESC"
                ),
                regions=self._counts(
                    "SELECT region, count(*) FROM document WHERE region IS NOT NULL GROUP BY 1 ORDER BY 1"
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

    def tagged_by(self, rule: TagRule) -> tuple[Document, ...]:
        """The documents, without their passages, that a rule calls for; the newest first. UserError for no rule."""
        tagger = tagging.Tagger(tagging.checked((rule,)))
        with self._snapshot():
            found = list(rows.stored(self._connection, "true ORDER BY id DESC"))
            return tuple(each.head for each in found if tagger.tags_of(rows.with_passages(self._connection, each)))

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
        with self._connection.told(), self._connection.reading():
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
            self._connection, f"{column} IS NOT NULL AND date_precision IN ('day', 'month') ORDER BY {order} LIMIT 1"
        ):
            yield found.head


_YEARS = """
SELECT substr(published_from, 1, 4), count(*) FROM document
WHERE published_from IS NOT NULL AND substr(published_from, 1, 4) = substr(published_to, 1, 4) GROUP BY 1 ORDER BY 1
"""
