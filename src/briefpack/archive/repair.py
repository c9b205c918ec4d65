"""Mistyped words: a word that no document has, and that begins none, gives way to the nearest one of the archive."""

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from briefpack.archive.database import Database
from briefpack.archive.glossary import Glossary
from briefpack.archive.model import Repair
from briefpack.archive.query import Place, Query, Term
from briefpack.archive.tokens import FUNCTION_WORDS, Tokenizer, folded, hyphen_forms, quoted

_NEAREST = 0.78
"""The least likeness (Damerau and Levenshtein, as a share of the longer word) of a word and what it is read as."""

_SHORTEST = 5
"""Letters of a word that can be repaired: in a shorter one a single letter is more than the likeness allows."""

_TRIED = 8
_PLACES = (Place.ANYWHERE, Place.TITLE, Place.HEADING)


def repaired(
    query: Query,
    connection: Database,
    tokenizer: Tokenizer,
    glossary: Glossary,
    exactly: frozenset[str],
) -> tuple[Query, tuple[Repair, ...]]:
    """The query with the nearest words of the archive in the place of those it does not have, and which they are.

    Words in quotation marks, words that are left out, and those of ``exactly`` (folded) stay as they were typed.
    """
    mender = _Mender(connection, tokenizer, glossary, exactly)
    clauses = tuple(tuple(mender.term(term) for term in clause) for clause in query.clauses)
    return (replace(query, clauses=clauses), tuple(mender.repairs)) if mender.repairs else (query, ())


def as_typed(text: str) -> str:
    """A word by which it is known among those that are wanted exactly."""
    return " ".join(folded(text).casefold().split())


class _Mender:
    """Repairs one query's terms."""

    def __init__(self, connection: Database, tokenizer: Tokenizer, glossary: Glossary, exactly: frozenset[str]) -> None:
        self._connection = connection
        self._tokenizer = tokenizer
        self._glossary = glossary
        self._exactly = exactly
        self.repairs: list[Repair] = []

    def term(self, term: Term) -> Term:
        """The term, or the one that is searched for in its place."""
        word = self._mistyped(term)
        used = self._nearest(word) if word else None
        if used is None:
            return term
        repair = Repair(term.text, used)
        if repair not in self.repairs:
            self.repairs.append(repair)
        return replace(term, text=used, prefix=False)

    def _mistyped(self, term: Term) -> str:
        """The plain word of a term that no document has; empty where there is none."""
        text = folded(term.text).casefold()
        if term.place not in _PLACES or term.phrase or as_typed(text) in self._exactly or text in FUNCTION_WORDS:
            return ""
        words = self._tokenizer.words(text)
        word = max(words, key=len, default="")
        if len(word) < _SHORTEST or not word.isalpha() or self._has_other_forms(term.text):
            return ""
        return "" if any(self._is_known(form) for form in hyphen_forms(text)) or self._begins(word) else word

    def _has_other_forms(self, text: str) -> bool:
        """Whether a word is an acronym, or one of which a synonym is there: it will be widened."""
        synonyms = self._glossary.synonyms.of(self._tokenizer.content_key(text))
        return bool(self._glossary.forms(text)) or any(map(self._is_known, synonyms))

    def _is_known(self, words: str) -> bool:
        return is_there(self._connection, quoted(words))

    def _begins(self, beginning: str) -> bool:
        """Whether a word of a document begins so."""
        query = "SELECT word FROM word WHERE word >= ? AND word < ?"
        found = self._connection.execute(query, (beginning, f"{beginning}\U0010ffff"))
        return any(self._is_known(word) for (word,) in found)

    def _nearest(self, word: str) -> str | None:
        """The word of the archive most like ``word``, of equals the one that most documents have.

        A first letter is seldom mistyped: words that begin otherwise are looked at where none that begins so is near.
        """
        ranges = ((word[0], f"{word[0]}\U0010ffff"), ("", "\U0010ffff"))
        for start, end in ranges:
            query = "SELECT word, stem FROM word WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?"
            lengths = (int(len(word) * _NEAREST), int(len(word) / _NEAREST) + 1)
            words: dict[str, str] = dict(self._connection.execute(query, (start, end, *lengths)))
            if best := self._best(near(word, words), words):
                return best
        return None

    def _best(self, candidates: Sequence[tuple[str, float]], stems: dict[str, str]) -> str | None:
        likeness, having = dict(candidates), {}
        for each in likeness:
            if self._is_known(each):
                having[each] = self._connection.text.holders(stems[each])
        return min(having, key=lambda each: (-likeness[each], -having[each], each), default=None)


def near(word: str, words: Iterable[str]) -> list[tuple[str, float]]:
    """Those of ``words`` that ``word`` may have been meant as, with their likeness; the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    likeness: Callable[..., float] = OSA.normalized_similarity
    found = process.extract(word, list(words), scorer=likeness, score_cutoff=_NEAREST, limit=_TRIED)
    return [(each, score) for each, score, _ in found]


def is_there(connection: Database, expression: str) -> bool:
    """Whether any document answers an expression of the index."""
    return connection.text.has(expression)
