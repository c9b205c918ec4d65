"""The full-text index of a shared archive, asked: candidates from vectors of stems, weighed by BM25 in SQL.

PostgreSQL's own ``ts_rank`` does not know how rare a word is, and finds worse for it; no extension is asked for. Of the
newest documents that answer BM25 is reckoned as FTS5 does: k1 1.2, b 0.75, titles twice. The table ``stem`` says how many
documents have each stem. How often a vector has one is read off ``ts_rank``: without weights, for one word, it is the sum
of 1/1² to 1/n² over π²/6, from which n follows; taking the vector apart takes longer by far. A phrase comes as often as
its rarest word in what has it, and is as rare as it is among the candidates.
"""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from briefpack.archive.database import Days, Statement
from briefpack.archive.shared.expressions import Node, Phrase, in_a_row, leaves, phrases, query, read
from briefpack.archive.shared.index import lexeme

if TYPE_CHECKING:
    from briefpack.archive.shared.server import Server

DEPTH, TYPING_DEPTH = 1_500, 1_000
"""How many of the newest matches are ranked of a finished question, and while it is typed; measured, see benchmarks."""

_MOST_PHRASES = 40
"""The most words and phrases by which documents are ranked: the rarest."""

_K1, _B, _LEAST = 1.2, 0.75, 1e-6
_DATED = """AND EXISTS (SELECT 1 FROM document WHERE document.id = fa.document
    AND (published_to IS NULL OR published_to >= ?) AND (published_from IS NULL OR published_from < ?))"""
_MATCHING = "SELECT {distinct} document FROM fa WHERE words @@ ?::tsquery {dated}"
_COUNTED = "SELECT count(*) FROM ({matching} {limit}) AS found"
_NEWEST = (
    "SELECT {distinct} document, 0.0::float8 FROM fa WHERE words @@ ?::tsquery {dated} ORDER BY document DESC LIMIT ?"
)
_BEST = """
WITH hit AS MATERIALIZED (
    SELECT document, length, {words} AS words FROM (
        SELECT document, length, words FROM fa WHERE words @@ ?::tsquery {dated} ORDER BY document + 0 DESC LIMIT ?
    ) AS newest {exactly}
),
told AS MATERIALIZED (SELECT document, length, {times} FROM hit),
weight AS (SELECT count(*), {weights} FROM told)
SELECT document, max({score})::float8 AS score FROM told, weight GROUP BY document ORDER BY 2 DESC, 1 DESC LIMIT ?
"""
"""Ordered so that no index has the order: going through the newest documents one by one would unpack every vector."""

_EXACTLY = "WHERE words @@ ?::tsquery"
"""Words in a row are looked for in the newest documents that have the words, and in all of them where these are too few."""

_TIMES = "round(1 / (1.64493406685 * (1 - least(0.99995, ts_rank('{{1,1,1,1}}', words, ?::tsquery)))) - 0.5)"
_BEGUN = "1.64493406685 * ts_rank('{{1,1,1,1}}', words, ?::tsquery)"
_ONCE = "(words @@ ?::tsquery)::int"


class Vectors:
    """The index of one connection, see :class:`~briefpack.archive.database.FullText`."""

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._cut = server.tokenizer.cut

    def deepest(self, *, typing: bool) -> int:
        """How many of the newest documents that answer it can rank before a user would wait."""
        return TYPING_DEPTH if typing else DEPTH

    def has(self, expression: str) -> bool:
        """Whether any document answers."""
        return self.count(expression, most=1) > 0

    def count(self, expression: str, days: Days | None = None, most: int | None = None) -> int:
        """How many documents answer; counted no further than ``most``."""
        node = self._read(expression)
        if isinstance(node, Phrase) and node.single and not days:
            found = self.holders(node.stems[0])
            return found if most is None else min(found, most)
        asked = query(node)
        if not asked:
            return 0
        matching, bindings = self._matching(node, asked, days)
        limit = (most,) if most is not None else ()
        counted = _COUNTED.format(matching=matching, limit="LIMIT ?" if limit else "")
        return int(self._server.execute(counted, (*bindings, *limit)).get)

    def best(self, expression: str, days: Days | None, depth: int, limit: int) -> list[tuple[int, float]]:
        """Of the newest ``depth`` documents that answer, the best by BM25; a lower rank is better."""
        node = self._read(expression)
        asked = query(node)
        measure = self._server.execute("SELECT documents, words FROM measure").get
        if not asked or not measure[0]:
            return []
        documents, words = measure
        ranked = self._ranked(phrases(node), documents)
        if not ranked:
            return self.newest(expression, days, limit)
        average = max(1.0, words / documents)
        counts = [_times(phrase) for phrase, _, _ in ranked]
        marks = sum(len(values) for _, values in counts)
        statement = _BEST.format(
            words="words || ''::tsvector" if marks > 1 else "words",  # unpacked once, not for each mark
            dated=_DATED if days else "",
            exactly="{exactly}",
            times=", ".join(f"({times}) AS t{number}" for number, (times, _) in enumerate(counts)),
            weights=", ".join(f"{_weight(number, idf)} AS w{number}" for number, (_, idf, _) in enumerate(ranked)),
            score=" + ".join(f"w{number} * {_damped(f't{number}', average)}" for number, _ in enumerate(ranked)),
        )
        values: list[Any] = [value for _, each in counts for value in each]
        for _, idf, times in ranked:
            values += [times, documents] if idf is None else [times * idf]
        between = days or ()
        if in_a_row(node):
            loosely = (query(node, loosely=True), *between, 2 * depth, asked, *values, limit)
            found = self._server.execute(statement.format(exactly=_EXACTLY), loosely)
            if len(found) == limit:
                return [(row, -score) for row, score in found]
        found = self._server.execute(statement.format(exactly=""), (asked, *between, depth, *values, limit))
        return [(row, -score) for row, score in found]

    def newest(self, expression: str, days: Days | None, limit: int) -> list[tuple[int, float]]:
        """The newest documents that answer, each with the rank 0."""
        node = self._read(expression)
        asked = query(node)
        if not asked:
            return []
        statement = _NEWEST.format(distinct="DISTINCT", dated=_DATED if days else "")
        return list(self._server.execute(statement, (asked, *(days or ()), limit)))

    def matching(self, expression: str, days: Days | None) -> Statement:
        """The statement that gives the rows of all documents that answer."""
        node = self._read(expression)
        return self._matching(node, query(node), days)

    def holders(self, stem: str) -> int:
        """How many documents have a stem."""
        found = self._server.execute("SELECT documents FROM stem WHERE stem = ?", (lexeme(stem),)).get
        return int(found or 0)

    def telling(self, expression: str) -> float:
        """How telling it is that a document answers: of several words in a row, that the rarest is there."""
        documents = self._server.execute("SELECT documents FROM measure").get
        counts = self._counts(list(leaves(self._read(expression))))
        having = min(documents, max(counts.values(), default=0))
        return math.log(1 + (documents - having + 0.5) / (having + 0.5))

    def _read(self, expression: str) -> Node:
        return read(expression, self._cut)

    def _matching(self, node: Node, asked: str, days: Days | None) -> Statement:
        """A document is there once: all its leaves have all its words, but not all its phrases."""
        distinct = "DISTINCT" if in_a_row(node) else ""
        statement = _MATCHING.format(distinct=distinct, dated=_DATED if days else "")
        if not distinct:
            statement += " AND leaf = 0"
        return statement, (asked, *(days or ()))

    def _ranked(self, wanted: Iterable[Phrase], documents: int) -> list[tuple[Phrase, float | None, int]]:
        """Phrases, how telling each is (None where only the candidates tell), and how often it is asked for."""
        times: dict[Phrase, int] = {}
        for phrase in wanted:
            times[phrase] = times.get(phrase, 0) + 1
        counts = self._counts(times)
        ranked = [
            (phrase, _idf(documents, counts[phrase]) if _is_word(phrase) else None, number)
            for phrase, number in times.items()
        ]
        return sorted(ranked, key=lambda each: -(each[1] or math.inf))[:_MOST_PHRASES]

    def _counts(self, wanted: Iterable[Phrase]) -> dict[Phrase, int]:
        """How many documents have each phrase at the most: those that have its rarest word."""
        wanted = list(wanted)
        stems = sorted({lexeme(stem) for phrase in wanted for stem in phrase.stems})
        having: dict[str, int] = dict(
            self._server.execute("SELECT stem, documents FROM stem WHERE stem = ANY(?)", (stems,))
        )
        counts = {}
        for phrase in wanted:
            whole = phrase.stems[:-1] if phrase.begun else phrase.stems
            counts[phrase] = min((having.get(lexeme(stem), 0) for stem in whole), default=1)
        return counts


def _is_word(phrase: Phrase) -> bool:
    """Whether the index knows how many documents have it."""
    return len(phrase.stems) == 1 and not phrase.begun


def _times(phrase: Phrase) -> tuple[str, list[str]]:
    """How often a vector has a phrase, as SQL with its values."""
    asked = query(phrase)
    if len(phrase.stems) == 1:
        return (_BEGUN if phrase.begun else _TIMES), [asked]
    words = phrase.stems[:-1] if phrase.begun else phrase.stems
    each = [query(Phrase((stem,))) for stem in dict.fromkeys(words)]
    return f"CASE WHEN words @@ ?::tsquery THEN least({', '.join([_TIMES] * len(each))}) ELSE 0 END", [asked, *each]


def _damped(times: str, average: float) -> str:
    """What BM25 makes of how often a word comes, as SQL: the more often, the less another time counts."""
    flat, sloped = _K1 * (1 - _B), _K1 * _B / average
    return f"{times} * {_K1 + 1}::float8 / ({times} + {flat:.6f}::float8 + {sloped:.9f}::float8 * length)"


def _weight(number: int, idf: float | None) -> str:
    if idf is not None:
        return "?::float8"
    count = f"count(*) FILTER (WHERE t{number} > 0)"
    return f"?::float8 * greatest({_LEAST}, ln(greatest(1, ? - {count} + 0.5)::float8 / ({count} + 0.5)))"


def _idf(total: int, having: int) -> float:
    """How telling a word is, as FTS5 reckons it."""
    return max(_LEAST, math.log((total - having + 0.5) / (having + 0.5))) if having < total else _LEAST
