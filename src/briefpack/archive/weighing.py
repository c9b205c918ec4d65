"""BM25 for passages, with what is known of the whole archive worked out once for a query.

FTS5's own bm25() counts every match of every term anew in each statement, and there is a statement for each of the
documents that are shown: in an archive of ten thousand documents, ten times the cost of all the rest.
"""

import math
from collections.abc import Sequence

import apsw

_K1, _B = 1.2, 0.75
_LEAST = 1e-6


def register(connection: apsw.Connection) -> None:
    """Make ``weighed(fp, idf, ...)`` known: how well a passage answers, given the idf of each phrase of the query."""
    connection.register_fts5_function("weighed", _weighed)


def idfs(connection: apsw.Connection, phrases: Sequence[str]) -> list[float]:
    """How telling each of ``phrases`` is among the passages of the archive, as FTS5 reckons it."""
    passages = connection.execute("SELECT max(id) FROM passage").get or 0
    counts = [connection.execute("SELECT count(*) FROM fp WHERE fp MATCH ?", (phrase,)).get for phrase in phrases]
    return [
        max(_LEAST, math.log((passages - count + 0.5) / (count + 0.5))) if count < passages else _LEAST
        for count in counts
    ]


def _weighed(passage: apsw.FTS5ExtensionApi, *weights: "apsw.SQLiteValue") -> float:
    average = passage.column_total_size(0) / passage.row_count
    length = _K1 * (1 - _B + _B * passage.column_size(0) / average)
    score = 0.0
    for phrase, weight in enumerate(weights):
        if (times := len(passage.phrase_locations(phrase)[0])) and isinstance(weight, float):
            score += weight * times * (_K1 + 1) / (times + length)
    return score
