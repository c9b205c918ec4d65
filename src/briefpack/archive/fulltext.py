"""The full-text index of an SQLite archive, asked; what is in it, :mod:`briefpack.archive.index` says.

FTS5's ``bm25`` scores every match, so that it is given the newest ones alone: rows grow with the date of publication.
"""

import math
import sys

import apsw

from briefpack.archive.database import Days, Statement

_BEST = """
SELECT id, rank FROM (
    SELECT rowid AS id, bm25(fa, 2.0, 1.0, 0.0) AS rank FROM fa WHERE fa MATCH ? {dated} ORDER BY rowid DESC LIMIT ?
) ORDER BY rank LIMIT ?
"""
_NEWEST = "SELECT rowid, 0.0 FROM fa WHERE fa MATCH ? {dated} ORDER BY rowid DESC LIMIT ?"
_MATCHING = "SELECT {columns} FROM fa WHERE fa MATCH ? {dated}"
_DATED = """AND EXISTS (SELECT 1 FROM document WHERE document.id = fa.rowid
    AND (published_to IS NULL OR published_to >= ?) AND (published_from IS NULL OR published_from < ?))"""
"""Asked of each match. A list of the days' documents would have SQLite ask the index anew for each of them."""

_HAVING = "SELECT count(*), min(rowid) FROM (SELECT rowid FROM fa WHERE fa MATCH ? ORDER BY rowid DESC LIMIT ?)"

_SAMPLE = 1_000
"""Documents that are counted at the most to know how telling an expression is."""


class Fts5:
    """The index of one connection, see :class:`~briefpack.archive.database.FullText`."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def deepest(self, *, typing: bool) -> int:  # noqa: ARG002 - the same for both
        """How many of the newest documents that answer it can rank: all that are asked for."""
        return sys.maxsize

    def has(self, expression: str) -> bool:
        """Whether any document answers."""
        return self._connection.execute("SELECT 1 FROM fa WHERE fa MATCH ? LIMIT 1", (expression,)).get is not None

    def count(self, expression: str, days: Days | None = None, most: int | None = None) -> int:
        """How many documents answer; counted no further than ``most``."""
        if most is not None:
            query = "SELECT count(*) FROM (SELECT 1 FROM fa WHERE fa MATCH ? LIMIT ?)"
            return int(self._connection.execute(query, (expression, most)).get)
        query = _MATCHING.format(columns="count(*)", dated=_DATED if days else "")
        return int(self._connection.execute(query, (expression, *(days or ()))).get)

    def best(self, expression: str, days: Days | None, depth: int, limit: int) -> list[tuple[int, float]]:
        """Of the newest ``depth`` documents that answer, the best by BM25; a lower rank is better."""
        return self._rows(_BEST, expression, days, depth, limit)

    def newest(self, expression: str, days: Days | None, limit: int) -> list[tuple[int, float]]:
        """The newest documents that answer, each with the rank 0."""
        return self._rows(_NEWEST, expression, days, limit)

    def matching(self, expression: str, days: Days | None) -> Statement:
        """The statement that gives the rows of all documents that answer."""
        return _MATCHING.format(columns="rowid", dated=_DATED if days else ""), (expression, *(days or ()))

    def holders(self, stem: str) -> int:
        """How many documents have a stem."""
        return int(self._connection.execute("SELECT doc FROM fav WHERE term = ?", (stem,)).get or 0)

    def telling(self, expression: str) -> float:
        """The inverse document frequency, as far as the newest documents tell it: a common word is not counted out."""
        documents = self._connection.execute("SELECT max(id) FROM document").get or 0
        ((count, oldest),) = self._connection.execute(_HAVING, (expression, _SAMPLE))
        if count == _SAMPLE:
            documents -= oldest - 1
        return math.log(1 + (documents - count + 0.5) / (count + 0.5))

    def _rows(self, query: str, expression: str, days: Days | None, *numbers: int) -> list[tuple[int, float]]:
        bindings = (expression, *(days or ()), *numbers)
        return list(self._connection.execute(query.format(dated=_DATED if days else ""), bindings))
