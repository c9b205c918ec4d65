"""What makes documents kin: words that they share, and the series that they belong to.

Three tables, derived from the documents and built again at will, as the index is: ``sketch`` finds the documents that may
say the same, ``likeness`` holds the pairs that do, and ``series`` the common part of titles that come again and again.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from briefpack.archive.database import Database
from briefpack.archive.model import Document, PassageKind
from briefpack.archive.series import series_of
from briefpack.archive.sketches import EVERY, contained, sampled, shingles, sketch_of

VERSION = 1
"""Raised when documents are compared differently: the tables of another version are built again when they are opened."""

CONTAINED = 0.7
"""The share of a text's shingles that another must hold for the one to be in the other; measured."""

_LIKELY = 0.35
"""The share of a sketch, smaller than what is asked for since a sketch is a sample, from which two texts are compared."""

_STANDING = 64
"""A shingle that so many documents have is a standing phrase, and tells nothing of any two of them."""

_CANDIDATES = 8
_SAID = f"kind NOT IN ('{PassageKind.BOILERPLATE}', '{PassageKind.CAPTION}')"
_CURRENT = "INSERT INTO setting VALUES ('kinship', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_TABLES = ("sketch", "likeness", "series")


class Kinship:
    """The tables of one connection that may write."""

    def __init__(self, connection: Database) -> None:
        self._connection = connection

    def is_current(self) -> bool:
        """Whether the tables are there and of this version."""
        return bool(self._connection.execute("SELECT value FROM setting WHERE name = 'kinship'").get == str(VERSION))

    def add(self, rowid: int, document: Document) -> None:
        """Compare a new document, whose passages are stored, with all that are there."""
        self.rename(rowid, document.title)
        own = shingles(said(document))
        sketch = sketch_of(own)
        for other in self._candidates(own, sketch):
            its = shingles(self._said(other))
            inside, holds = contained(own, its), contained(its, own)
            if max(inside, holds) >= CONTAINED:
                self._connection.execute("INSERT INTO likeness VALUES (?, ?, ?, ?)", (rowid, other, inside, holds))
        self._connection.executemany("INSERT INTO sketch VALUES (?, ?)", ((each, rowid) for each in sorted(sketch)))

    def rename(self, rowid: int, title: str) -> None:
        """Find the series that a document belongs to by its title."""
        self._connection.execute("DELETE FROM series WHERE document_id = ?", (rowid,))
        if name := series_of(title):
            self._connection.execute("INSERT INTO series VALUES (?, ?)", (rowid, name))

    def remove(self, rowid: int) -> None:
        """Forget a document."""
        self._connection.execute("DELETE FROM sketch WHERE document_id = ?", (rowid,))
        self._connection.execute("DELETE FROM series WHERE document_id = ?", (rowid,))
        self._connection.execute("DELETE FROM likeness WHERE document_id = ? OR other_id = ?", (rowid, rowid))

    def rebuild(
        self, documents: Iterable[tuple[int, Document]], progress: Callable[[int], None] = lambda _: None
    ) -> None:
        """Compare all documents anew, in one transaction."""
        with self._connection.writing():
            for table in _TABLES:
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - the name is ours
            for count, (rowid, document) in enumerate(documents, 1):
                self.add(rowid, document)
                progress(count)
            self._connection.execute(_CURRENT, (str(VERSION),))

    def _candidates(self, own: frozenset[int], sketch: frozenset[int]) -> list[int]:
        """The documents whose sketches have enough in common with a text's, the likeliest first."""
        shared, both = self._sharing(sketch)
        kept = len(sampled(own))
        likely: dict[int, float] = {}
        for other, count in shared.items():
            if count < 2 and len(sketch) > 2:  # one phrase in common is chance
                continue
            total, chosen = self._lengths(other)
            likely[other] = both[other] / max(1, min(chosen, kept))
            if len(sketch) == len(own) and total > chosen:  # both are short: all that they say can be compared
                likely[other] = max(likely[other], count / min(total, len(sketch)))
        likely = {other: share for other, share in likely.items() if share >= _LIKELY}
        return sorted(likely, key=lambda other: (-likely[other], other))[:_CANDIDATES]

    def _lengths(self, rowid: int) -> tuple[int, int]:
        """How many shingles the sketch of a document has, and how many of them every sketch keeps."""
        query = f"SELECT count(*), count(*) FILTER (WHERE shingle % {EVERY} = 0) FROM sketch WHERE document_id = ?"  # noqa: S608 - ours
        ((total, chosen),) = self._connection.execute(query, (rowid,))
        return total, chosen

    def _sharing(self, sketch: frozenset[int]) -> tuple[Counter[int], Counter[int]]:
        """How many shingles of a sketch each document has, and how many of those that every sketch keeps."""
        shared: Counter[int] = Counter()
        both: Counter[int] = Counter()
        query = f"SELECT document_id FROM sketch WHERE shingle = ? LIMIT {_STANDING}"  # noqa: S608 - ours
        answers = self._connection.each(query, [(shingle,) for shingle in sketch])
        for shingle, holders in zip(sketch, answers, strict=True):
            having = [document for (document,) in holders]
            if len(having) < _STANDING:
                shared.update(having)
                if shingle % EVERY == 0:
                    both.update(having)
        return shared, both

    def _said(self, rowid: int) -> str:
        """What a stored document says: see :func:`said`."""
        query = f"SELECT text FROM passage WHERE document_id = ? AND {_SAID} ORDER BY id"  # noqa: S608 - ours
        return "\n".join(text for (text,) in self._connection.execute(query, (rowid,)))


def said(document: Document) -> str:
    """The words by which documents are compared: all but boilerplate and captions."""
    left_out = (PassageKind.BOILERPLATE, PassageKind.CAPTION)
    return "\n".join(passage.text for passage in document.passages if passage.kind not in left_out)
