"""Acronyms widened both ways: "UASC" finds the documents that write it out, and the words find those that do not.

Figures are found as others write them: "£320m" and "£320 million". Words that hardly any document
has are widened by those that mean much the same.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from briefpack.archive.database import Database
from briefpack.archive.figures import otherwise
from briefpack.archive.glossary import Glossary
from briefpack.archive.model import Widening
from briefpack.archive.query import Query, Term
from briefpack.archive.repair import as_typed, is_there
from briefpack.archive.synonyms import FEW
from briefpack.archive.tokens import Tokenizer, folded, quoted

_LONGEST = 10
"""The most words of a query that are looked up together."""


_MOST = 3
"""The most synonyms that are searched for."""


def widened(
    query: Query,
    connection: Database,
    tokenizer: Tokenizer,
    glossary: Glossary,
    exactly: frozenset[str],
) -> tuple[Query, tuple[Widening, ...]]:
    """The query with the other forms of its acronyms and long forms as alternatives, and which they are.

    A form that no document has is left out. Words in quotation marks, words that are left out, and those of ``exactly``
    (folded) are not widened.
    """
    widener = _Widener(query.clauses, connection, tokenizer, glossary, exactly)
    widener.long_forms()
    widener.short_forms()
    if not widener.widenings:
        return query, ()
    clauses = tuple(tuple(dict.fromkeys(clause)) for clause in widener.clauses)
    return replace(query, clauses=clauses), tuple(widener.widenings)


class _Widener:
    """Widens one query's clauses."""

    def __init__(
        self,
        clauses: Sequence[tuple[Term, ...]],
        connection: Database,
        tokenizer: Tokenizer,
        glossary: Glossary,
        exactly: frozenset[str],
    ) -> None:
        self._typed = clauses
        self._connection = connection
        self._tokenizer = tokenizer
        self._glossary = glossary
        self._exactly = exactly
        self.clauses = [list(clause) for clause in clauses]
        self.widenings: list[Widening] = []

    def long_forms(self) -> None:
        """Put beside each acronym what it stands for."""
        for clause, wider in zip(self._typed, self.clauses, strict=True):
            for term in clause:
                if term.plain and as_typed(term.text) not in self._exactly:
                    key = self._tokenizer.content_key(term.text)
                    forms = self._forms(self._glossary.forms(term.text), key, [term])
                    self._note(term.text, forms)
                    wider += [Term(form, phrase=True, added=True) for form in forms]

    def short_forms(self) -> None:
        """Put the acronym, or a synonym, beside each word of a long form: all of the words or the acronym, that is."""
        runs = self._runs()
        known = self._glossary.short_forms(runs)
        done: set[int] = set()
        for key, (first, last) in sorted(runs.items(), key=lambda run: run[1][0] - run[1][1]):
            terms = [clause[0] for clause in self._typed[first : last + 1]]
            typed = " ".join(term.text for term in terms)
            if as_typed(typed) in self._exactly or done & set(range(first, last + 1)):
                continue
            forms = self._forms(known.get(key, ()), key, terms)
            if not forms:
                continue
            self._note(typed, forms)
            done.update(range(first, last + 1))
            for wider in self.clauses[first : last + 1]:
                wider += [Term(form, phrase=True, added=True) for form in forms]

    def _runs(self) -> dict[str, tuple[int, int]]:
        """The keys of neighbouring plain words, with the first and last of their clauses."""
        stems = [
            self._tokenizer.content(clause[0].text) if len(clause) == 1 and clause[0].plain else None
            for clause in self._typed
        ]
        runs: dict[str, tuple[int, int]] = {}
        for first, opening in enumerate(stems):
            words: list[str] = []
            for last in range(first, min(len(stems), first + _LONGEST)) if opening else ():
                more = stems[last]
                if more is None:
                    break
                words += more
                if more and len(words) > 1:
                    runs.setdefault(" ".join(words), (first, last))
        return runs

    def _forms(self, known: Sequence[str], key: str, terms: Sequence[Term]) -> list[str]:
        """The first that some document has: what a list says of these words, how else a figure is written, synonyms."""
        figures = otherwise([term.text for term in terms])
        return self._there(known) or self._there(figures) or self._synonyms(key, terms)

    def _synonyms(self, key: str, terms: Sequence[Term]) -> list[str]:
        """What means much the same as words that hardly any document has, where they are typed to their end."""
        synonyms = self._glossary.synonyms.of(key)
        if not synonyms or (terms[-1].prefix and self._goes_on(terms[-1].text)):
            return []
        phrase = quoted(folded(" ".join(term.text for term in terms)))
        if self._connection.text.count(phrase, most=FEW + 1) > FEW:
            return []
        return self._there(synonyms)[:_MOST]

    def _goes_on(self, beginning: str) -> bool:
        """Whether a longer word of the archive begins so."""
        plain = folded(beginning).casefold()
        query = "SELECT 1 FROM word WHERE word > ? AND word < ? LIMIT 1"
        return self._connection.execute(query, (plain, f"{plain}\U0010ffff")).get is not None

    def _there(self, forms: Sequence[str]) -> list[str]:
        return [form for form in forms if is_there(self._connection, quoted(folded(form)))]

    def _note(self, typed: str, forms: Sequence[str]) -> None:
        if forms:
            widening = Widening(typed, tuple(forms))
            if widening not in self.widenings:
                self.widenings.append(widening)
