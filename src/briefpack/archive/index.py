"""The full-text index: derived from the tables, kept in step with them in the same transaction, and built again at will.

``fa`` finds and ranks documents (title, body, and facets as reserved words of weight 0). It holds no text: passages are
chosen, and hits marked, in the text itself. ``word`` maps each plain word to its stem, for words that are typed halfway or
wrongly. ``explained`` holds the acronyms that documents explain. The words of headings are facets too.
Why facets are words: measured, a column filter or a join costs ten times as much.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import apsw

from briefpack.archive.acronyms import explained
from briefpack.archive.glossary import short_key
from briefpack.archive.model import DateSpan, Document, Passage, PassageKind, Precision
from briefpack.archive.tokens import EVERY, OPEN_DATE, TOKENIZER, Tokenizer, facet, folded, indexed

if TYPE_CHECKING:
    from briefpack.archive.embedded import Embedded

VERSION = 3
"""Raised when documents are indexed differently: an index of another version is built again when it is opened."""

_FULL_TEXT = ("fa", "fp")
_TABLES = (*_FULL_TEXT, "fav", "word", "explained")
"""What an index consists of; ``fp`` had the passages until version 3."""

_SHADOWS = ("data", "idx", "content", "docsize", "config")
_CREATE = f"""
CREATE VIRTUAL TABLE fa USING fts5(title, body, meta, content='', contentless_delete=1,
    tokenize='{TOKENIZER}', prefix='2 3 4 5');
CREATE VIRTUAL TABLE fav USING fts5vocab(fa, row);
CREATE TABLE word (word TEXT PRIMARY KEY, stem TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE explained (short_key TEXT NOT NULL, long_key TEXT NOT NULL, document_id INTEGER NOT NULL,
    short TEXT NOT NULL, long TEXT NOT NULL, PRIMARY KEY (short_key, long_key, document_id)) WITHOUT ROWID;
CREATE INDEX explained_long ON explained (long_key);
CREATE INDEX explained_document ON explained (document_id);
"""
_PROBES = (
    "SELECT rowid, bm25(fa) FROM fa WHERE fa MATCH 'the' ORDER BY rowid DESC LIMIT 1",
    "SELECT doc FROM fav WHERE term = 'the'",
    "SELECT stem FROM word WHERE word = 'the'",
    "SELECT long FROM explained WHERE short_key = 'the'",
)
_LONGEST_SPAN = 24
"""Months of a date beyond which a document is listed by year."""


class Index:
    """The index of one connection that may write."""

    def __init__(self, connection: "Embedded") -> None:
        self._connection = connection
        self._tokenizer = connection.tokenizer
        self._known: set[str] = set()

    def is_current(self) -> bool:
        """Whether there is an index, of this version, that answers."""
        if self._connection.execute("SELECT value FROM setting WHERE name = 'index'").get != str(VERSION):
            return False
        try:
            for query in _PROBES:
                self._connection.execute(query).fetchall()
        except (apsw.SQLError, apsw.CorruptError):
            return False
        return True

    def add(self, rowid: int, document: Document) -> None:
        """Index a document."""
        texts = [indexed(passage.text) for passage in document.passages]
        meta = [*facets_of(document), *facets_of_headings(document, self._tokenizer)]
        self._connection.execute(
            "INSERT INTO fa (rowid, title, body, meta) VALUES (?, ?, ?, ?)",
            (rowid, indexed(document.title), "\n".join(texts), " ".join(meta)),
        )
        self._explain(rowid, document)
        words = self._tokenizer.words(f"{document.title}\n{document.text}")
        new = [(word, stem) for word, stem in words.items() if word not in self._known]
        self._connection.executemany("INSERT OR IGNORE INTO word VALUES (?, ?)", new)
        self._known.update(word for word, _ in new)

    def remove(self, rowid: int) -> None:
        """Take a document out of the index."""
        self._connection.execute("DELETE FROM fa WHERE rowid = ?", (rowid,))
        self._connection.execute("DELETE FROM explained WHERE document_id = ?", (rowid,))

    def forget(self) -> None:
        """Forget what was written since a transaction that was rolled back began."""
        self._known.clear()

    def settle(self) -> None:
        """Merge what was written piece by piece: measured, queries then take a quarter to a half less."""
        self._connection.execute("INSERT INTO fa (fa) VALUES ('optimize')")

    def rebuild(
        self, documents: Iterable[tuple[int, Document]], progress: Callable[[int], None] = lambda _: None
    ) -> None:
        """Throw the index away and build it from all documents, in one transaction."""
        self.forget()
        with self._connection.writing():
            self._drop()
            self._connection.execute(_CREATE)
            for count, (rowid, document) in enumerate(documents, 1):
                self.add(rowid, document)
                progress(count)
            self.settle()
            self._connection.execute("INSERT OR REPLACE INTO setting VALUES ('index', ?)", (str(VERSION),))

    def _explain(self, rowid: int, document: Document) -> None:
        """Note the acronyms that a document explains."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO explained VALUES (?, ?, ?, ?, ?)",
            [
                (short_key(short), self._tokenizer.content_key(long), rowid, short, long)
                for passage in document.passages
                for short, long in explained(passage.text)
            ],
        )

    def check(self) -> None:
        """Have SQLite check the full-text table, and its whole file; raises apsw.CorruptError where one is damaged."""
        self._connection.execute("INSERT INTO fa (fa) VALUES ('integrity-check')")
        if (answer := self._connection.pragma("integrity_check")) != "ok":
            raise apsw.CorruptError(str(answer))

    def _drop(self) -> None:
        """Remove the index, however damaged: tables that SQLite will not drop are taken out of the schema."""
        try:
            with self._connection:
                for table in _TABLES:
                    self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        except apsw.Error:
            self._drop_by_force()

    def _drop_by_force(self) -> None:
        """Take the full-text tables' entries out of the schema, so that their parts are ordinary tables; drop those."""
        self._connection.pragma("writable_schema", True)
        try:
            self._connection.execute("DELETE FROM sqlite_schema WHERE name IN ('fa', 'fp', 'fav')")
        finally:
            self._connection.pragma("writable_schema", "reset")
        for table in _FULL_TEXT:
            for part in _SHADOWS:
                self._connection.execute(f"DROP TABLE IF EXISTS {table}_{part}")
        for table in ("word", "explained"):
            self._connection.execute(f"DROP TABLE IF EXISTS {table}")


def facets_of_headings(document: Document, tokenizer: Tokenizer) -> Iterable[str]:
    """The reserved words of a document's headings."""
    headings = dict.fromkeys(map(_heading_of, document.passages))
    return dict.fromkeys(facet("h", stem) for heading in headings for stem in tokenizer.stems(heading))


def _heading_of(passage: Passage) -> str:
    """The heading that a passage stands under, or is."""
    return passage.text if passage.kind is PassageKind.HEADING else passage.heading


def facets_of(document: Document) -> list[str]:
    """The reserved words of a document: everything that a search can be narrowed by."""
    words = [EVERY]
    if document.kind:
        words.append(facet("k", document.kind))
    if document.region:
        words.append(facet("r", document.region))
    for name, values in (("s", (document.source,)), ("p", document.people), ("t", document.tags)):
        for value in values:  # its words in a row, with a word between this name and the next
            words += [*(facet(name, part) for part in parts_of(value)), facet(name, "")]
    return [*words, *dict.fromkeys(date_facets(document.date))]


def parts_of(value: str) -> list[str]:
    """The words of a name, by any of which it can be asked for."""
    return "".join(character if character.isalnum() else " " for character in folded(value)).split()


def date_facets(span: DateSpan) -> list[str]:
    """The reserved words of the months (or, of a long span, the years) that a date may lie in."""
    if span.start is None or span.end is None:
        return [OPEN_DATE]
    first, last = _month(span.start), _month(span.end)
    years = [facet("y", str(year)) for year in range(span.start.year, span.end.year + 1)]
    if last - first >= _LONGEST_SPAN and span.precision is not Precision.YEAR:
        return [OPEN_DATE, *years]
    return [*years, *(month_facet(month) for month in range(first, last + 1))]


def month_facet(month: int) -> str:
    """The reserved word of a month, counted as year times 12 plus month less 1."""
    return facet("m", f"{month // 12:04}{month % 12 + 1:02}")


def date_query(after: dt.date | None, before: dt.date | None, years: range) -> list[str]:
    """The reserved words of which a document has one if it may lie between two dates, the second excluded.

    ``years`` are those that the archive reaches over. What these words find is checked against the dates themselves
    where the bounds are not the first of a month.
    """
    first = _month(after) if after else years.start * 12
    last = _month(before - dt.timedelta(days=1)) if before and before > dt.date.min else years.stop * 12 - 1
    first, last = max(first, years.start * 12), min(last, years.stop * 12 - 1)
    words, month = [], first
    while month <= last:
        if month % 12 == 0 and month + 11 <= last:
            words.append(facet("y", f"{month // 12:04}"))
            month += 12
        else:
            words.append(month_facet(month))
            month += 1
    return [*words, OPEN_DATE]


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1
