"""The full-text index: derived from the tables, kept in step with them in the same transaction, and built again at will.

``fa`` finds and ranks documents (title, body, and facets as reserved words of weight 0). It holds no text: passages are
chosen, and hits marked, in the text itself. ``word`` maps each plain word to its stem, for words that are typed halfway or
wrongly. ``explained`` holds the acronyms that documents explain. The words of headings are facets too.
Why facets are words: measured, a column filter or a join costs ten times as much.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import apsw

from briefpack.archive.acronyms import explained
from briefpack.archive.glossary import short_key
from briefpack.archive.model import DateSpan, Document, Passage, PassageKind, Precision
from briefpack.archive.tokens import EVERY, FUNCTION_WORDS, OPEN_DATE, TOKENIZER, Tokenizer, facet, folded, indexed

if TYPE_CHECKING:
    from briefpack.archive.embedded import Embedded

VERSION = 5
"""Raised when documents are indexed differently: an index of another version is built again when it is opened."""

_FULL_TEXT = ("fa", "fp")
_TABLES = (*_FULL_TEXT, "fav", "word", "explained")
"""What an index consists of; ``fp`` had the passages until version 2."""

_SHADOWS = ("data", "idx", "content", "docsize", "config")
_HASH = 16 * 1024 * 1024
"""Bytes of postings that are gathered before they are written: with FTS5's one megabyte, writing takes a third longer."""

_TITLE = 2
"""How much more a word of the title counts; as in the ranking."""

_OFTEN, _LENGTH = 0.8, 250
"""A word is there often that comes so many times, and once more in so many words."""

_CREATE = f"""
CREATE VIRTUAL TABLE fa USING fts5(title, body, meta, content='', contentless_delete=1,
    tokenize='{TOKENIZER}', prefix='2 3');
INSERT INTO fa (fa, rank) VALUES ('hashsize', {_HASH});
CREATE VIRTUAL TABLE fav USING fts5vocab(fa, row);
CREATE TABLE word (word TEXT PRIMARY KEY, stem TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE explained (short_key TEXT NOT NULL, long_key TEXT NOT NULL, document_id INTEGER NOT NULL,
    short TEXT NOT NULL, long TEXT NOT NULL, PRIMARY KEY (short_key, long_key, document_id)) WITHOUT ROWID;
CREATE INDEX explained_long ON explained (long_key);
CREATE INDEX explained_document ON explained (document_id);
"""  # noqa: S608 - every piece is ours
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
        title, body = indexed(document.title), "\n".join(indexed(passage.text) for passage in document.passages)
        words = self._tokenizer.counted(title), self._tokenizer.counted(body)
        meta = [
            *facets_of(document),
            *facets_of_headings(document, self._tokenizer),
            *facets_of_words(*words, self._tokenizer),
        ]
        self._connection.execute(
            "INSERT INTO fa (rowid, title, body, meta) VALUES (?, ?, ?, ?)",
            (rowid, title, body, " ".join(meta)),
        )
        self._explain(rowid, document)
        new = sorted({word for each in words for word in each}.difference(self._known))
        self._connection.executemany(
            "INSERT OR IGNORE INTO word VALUES (?, ?)", [(word, self._tokenizer.stem(word)) for word in new]
        )
        self._known.update(new)

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
        self._connection.pragma("shrink_memory")

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


def facets_of_words(title: Counter[str], body: Counter[str], tokenizer: Tokenizer) -> list[str]:
    """The reserved words of the words that a document has often for its length, or in its title.

    BM25 ranks no other document before these, as long as there are enough of them.
    """
    least = _OFTEN + (title.total() + body.total()) / _LENGTH
    times: Counter[str] = Counter()
    for counts, weight in ((title, _TITLE), (body, 1)):
        for word, count in counts.items():
            if word not in FUNCTION_WORDS:
                times[tokenizer.stem(word)] += weight * count
    return [facet("w", stem) for stem, count in times.items() if count >= least]


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
