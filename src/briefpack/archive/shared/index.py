"""The full-text index of a shared archive, kept in step with the documents.

The words are cut and stemmed here, by the tokenisers of :mod:`briefpack.archive.tokens`, and stored as vectors of stems with
their positions. Titles stand in a vector twice, since they count twice, with the label A; facets have the label C.
What is added is gathered and written in one go.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from psycopg.errors import IndexCorrupted

from briefpack.archive import index as embedded
from briefpack.archive.acronyms import explained
from briefpack.archive.glossary import short_key
from briefpack.archive.model import Document
from briefpack.archive.shared.expressions import quoted
from briefpack.archive.tokens import indexed

if TYPE_CHECKING:
    from briefpack.archive.shared.server import Server

VERSION = f"{embedded.VERSION}.1"
"""The index is built again where it is of another version: that of the words, and that of these tables."""

LEAF = 10_000
"""Words of a document in one vector: PostgreSQL tells no more than 16,383 places apart."""

_OVERLAP = 32
"""Words that two leaves have in common, so that a phrase is whole in one of them."""

_ROOM = 850_000
"""Bytes of the words of a vector; PostgreSQL has room for a megabyte of words and places."""

_MOST_TITLE = 500
_MOST_META = 4_000
_GATHERED = 500
"""Documents after which what was gathered is written."""

_TABLES = ("fa", "stem", "word", "explained")
_STEMS = """
INSERT INTO stem SELECT * FROM unnest(?::text[], ?::int[])
ON CONFLICT (stem) DO UPDATE SET documents = stem.documents + excluded.documents
"""
_WORDS = "INSERT INTO word SELECT * FROM unnest(?::text[], ?::text[]) ON CONFLICT DO NOTHING"
_EXPLAINED = """
INSERT INTO explained SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[]) ON CONFLICT DO NOTHING
"""
_MEASURE = "UPDATE measure SET documents = documents + ?, words = words + ?"
_FORGET = """
WITH gone AS (DELETE FROM fa WHERE document = ? RETURNING length, words),
had AS (SELECT DISTINCT unnest(tsvector_to_array(words)) AS stem FROM gone),
fewer AS (UPDATE stem SET documents = documents - 1 FROM had WHERE had.stem = stem.stem)
UPDATE measure SET documents = documents - 1, words = words - (SELECT coalesce(sum(length), 0) FROM gone)
"""


class SharedIndex:
    """The index of one connection that may write, see :class:`~briefpack.archive.database.Index`."""

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._tokenizer = server.tokenizer
        self._known: set[str] = set()
        self.forget()

    def is_current(self) -> bool:
        """Whether there is an index of this version."""
        return bool(self._server.execute("SELECT value FROM setting WHERE name = 'index'").get == VERSION)

    def add(self, rowid: int, document: Document) -> None:
        """Index a document."""
        cut = self._tokenizer.cut
        title = cut(indexed(document.title))
        meta = cut(" ".join((*embedded.facets_of(document), *embedded.facets_of_headings(document, self._tokenizer))))
        meta += cut(" ".join(embedded.facets_of_words(*self._counted(document), self._tokenizer)))
        body = [stem for passage in document.passages for stem in cut(indexed(passage.text))]
        made = [(rowid, leaf, *vector) for leaf, vector in enumerate(leaves(title, meta, body))]
        self._documents += made
        self._stems.update({lexeme(stem) for stem in itertools.chain(title, meta, body)})
        self._added += 1
        self._length += sum(length for _, _, length, _ in made)
        self._explain(rowid, document)
        words = self._tokenizer.words(f"{document.title}\n{document.text}")
        self._words |= {word: stem for word, stem in words.items() if word not in self._known}
        if self._added >= _GATHERED:
            self.flush()

    def remove(self, rowid: int) -> None:
        """Take a document out of the index."""
        self.flush()
        self._server.execute(_FORGET, (rowid,))
        self._server.execute("DELETE FROM explained WHERE document_id = ?", (rowid,))

    def flush(self) -> None:
        """Write what was gathered."""
        if not self._added:
            return
        server = self._server
        server.copy("COPY fa (document, leaf, length, words) FROM STDIN", self._documents)
        stems = sorted(self._stems.items())
        server.execute(_STEMS, ([stem for stem, _ in stems], [count for _, count in stems]))
        words = sorted(self._words.items())
        server.execute(_WORDS, ([word for word, _ in words], [stem for _, stem in words]))
        if self._explained:
            server.execute(_EXPLAINED, tuple(map(list, zip(*self._explained, strict=True))))
        server.execute(_MEASURE, (self._added, self._length))
        known = self._known | self._words.keys()
        self.forget()
        self._known = known

    def forget(self) -> None:
        """Forget what was gathered, and what was written since a transaction that was rolled back began."""
        self._known = set()
        self._documents: list[tuple[int, int, int, str]] = []
        self._stems: Counter[str] = Counter()
        self._words: dict[str, str] = {}
        self._explained: list[tuple[str, str, int, str, str]] = []
        self._added = self._length = 0

    def settle(self) -> None:
        """Have the server count what is in the tables, so that it plans well; it does so by itself later on, too.

        An account that does not own the tables may not, and is told so by a notice that nobody reads.
        """
        for table in (*_TABLES, "document", "passage"):
            self._server.execute(f"ANALYZE {table}")

    def rebuild(
        self, documents: Iterable[tuple[int, Document]], progress: Callable[[int], None] = lambda _: None
    ) -> None:
        """Throw the index away and build it from all documents, in one transaction. Others search the old one meanwhile."""
        self.forget()
        with self._server.writing():
            for table in _TABLES:
                self._server.execute(f"DELETE FROM {table}")  # noqa: S608 - the name is ours
            self._server.execute("UPDATE measure SET documents = 0, words = 0")
            for count, (rowid, document) in enumerate(documents, 1):
                self.add(rowid, document)
                progress(count)
            self.flush()
            self._server.execute(
                "INSERT INTO setting VALUES ('index', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (VERSION,),
            )

    def check(self) -> None:
        """Compare what the index counts with what it holds. Whether its pages are sound is for pg_amcheck to say."""
        query = (
            "SELECT documents, (SELECT count(*) FROM document), (SELECT count(*) FROM fa WHERE leaf = 0) FROM measure"
        )
        counted, stored, held = self._server.execute(query).get
        if not counted == stored == held:
            raise IndexCorrupted(f"the index has {held:,} documents of {stored:,}")

    def _counted(self, document: Document) -> tuple[Counter[str], Counter[str]]:
        """How often each plain word comes in the title and in the body of a document."""
        body = "\n".join(indexed(passage.text) for passage in document.passages)
        return self._tokenizer.counted(indexed(document.title)), self._tokenizer.counted(body)

    def _explain(self, rowid: int, document: Document) -> None:
        """Note the acronyms that a document explains."""
        self._explained += [
            (short_key(short), self._tokenizer.content_key(long), rowid, short, long)
            for passage in document.passages
            for short, long in explained(passage.text)
        ]


def leaves(title: Sequence[str], meta: Sequence[str], body: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The vectors of a document, a long one in several, each with the number of its words.

    Each has the title, the facets and all the words of the document (of more than some hundred thousand different ones the
    first); only the places are those of its own part.
    """
    named = list(title[:_MOST_TITLE])
    heads = ([*named, "", *named], list(meta[:_MOST_META]))
    unplaced = list(dict.fromkeys((*title[_MOST_TITLE:], *meta[_MOST_META:])))
    if len(body) > LEAF:
        unplaced += dict.fromkeys(body)
    for start in range(0, max(1, len(body) - _OVERLAP), LEAF - _OVERLAP) if len(body) > LEAF else (0,):
        part = body[start : start + LEAF]
        yield len(title) + len(meta) + len(part), _labelled(heads, part, unplaced)


def _labelled(heads: tuple[list[str], list[str]], part: Sequence[str], unplaced: Iterable[str]) -> str:
    places: dict[str, list[str]] = {}
    at = 1
    for stems, label in (*zip(heads, "AC", strict=True), (part, "")):
        for stem in stems:
            if stem:
                places.setdefault(lexeme(stem), []).append(f"{at}{label}")
            at += 1
        at += 1  # no phrase goes from one into the next
    room = _ROOM - sum(len(stem.encode()) for stem in places)
    for stem in unplaced:
        if (word := lexeme(stem)) not in places:
            room -= len(word.encode())
            if room < 0:
                break
            places[word] = []
    return _written(places)


def _written(places: dict[str, list[str]]) -> str:
    return " ".join(f"{quoted(stem)}:{','.join(at[:255])}" if at else quoted(stem) for stem, at in places.items())


def lexeme(stem: str) -> str:
    """A stem as the index has it."""
    return quoted(stem)[1:-1] if len(stem) > 16 else stem
