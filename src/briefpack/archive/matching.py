"""A query in the language of the index, and the same query as it marks hits in a passage.

A term is looked for in every form that it can have: a hyphenated word also as one word, a beginning also as every word of
the archive that begins so and whose stem does not. (The index holds stems, so that "accreditatio" finds nothing.)
"""

import re
from collections.abc import Sequence
from itertools import chain, pairwise

from msgspec import Struct

from briefpack.archive.database import Database
from briefpack.archive.index import date_query, parts_of
from briefpack.archive.marking import Pattern
from briefpack.archive.model import Filters
from briefpack.archive.query import Place, Query, Term
from briefpack.archive.tokens import (
    EVERY,
    FACET_END,
    FUNCTION_WORDS,
    Tokenizer,
    all_of,
    any_of,
    facet,
    folded,
    hyphen_forms,
    quoted,
)

_FACETS = {Place.PERSON: "p", Place.SOURCE: "s", Place.TAG: "t", Place.KIND: "k", Place.REGION: "r"}
_WHOLE = (Place.KIND, Place.REGION)
_WIDEST = 60
"""Words that a beginning is spelt out into."""

_STEMMED = 3
"""Letters of a beginning that words have whose stems are shorter."""


class Match(Struct, frozen=True):
    """A query for the index. Each string is an expression of FTS5; empty where there is nothing to ask.

    ``required`` is what a full answer has, ``partial`` what an answer in part has (phrases and fields are never left
    out); ``ranked`` and ``ranked_partial`` find the same, and rank by neighbouring words too. What ``salient`` finds has one
    of the words often, or words side by side: of very many answers the best are among these. ``scope`` is what every answer
    has whatever its words, ``excluded`` what no answer has. ``patterns`` choose passages and mark the hits in them; of two
    passages the one with ``pairs`` is better. ``clauses`` are the parts of ``required``, each after how it was typed.
    """

    required: str = ""
    partial: str = ""
    ranked: str = ""
    ranked_partial: str = ""
    salient: str = ""
    scope: str = ""
    excluded: str = ""
    patterns: tuple[Pattern, ...] = ()
    pairs: tuple[Pattern, ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()

    def expression(self, words: str) -> str:
        """The whole expression that finds ``words`` within scope; without words, everything in scope."""
        kept = [part for part in (words, self.scope) if part] or [quoted(EVERY)]
        return f"{all_of(kept)} NOT {self.excluded}" if self.excluded else all_of(kept)


def compiled(query: Query, filters: Filters, connection: Database, tokenizer: Tokenizer, years: range) -> Match:
    """The query for the index, narrowed by ``filters`` (which already hold those of the query)."""
    maker = _Maker(connection, tokenizer)
    content = _content(query.clauses)
    made = [(clause, pieces) for clause in content if (pieces := maker.clause(clause))]
    fixed = [any_of(pieces) for clause, pieces in made if _is_fixed(clause)]
    loose = [piece for clause, pieces in made if not _is_fixed(clause) for piece in pieces]
    pairs = maker.pairs(query.clauses)
    some = len(made) - len(fixed) > 1
    return Match(
        required=all_of(any_of(pieces) for _, pieces in made) if made else "",
        partial=all_of([*fixed, any_of(loose)]) if some else "",
        ranked=all_of(any_of([*pieces, *pairs.get(clause, ())]) for clause, pieces in made) if made else "",
        ranked_partial=all_of([*fixed, any_of([*loose, *chain(*pairs.values())])]) if some else "",
        salient=any_of([*maker.salient, *chain(*pairs.values())]) if made else "",
        scope=scope_of(filters, years),
        excluded=any_of(pieces) if (pieces := [e for t in query.excluded for e in maker.term(t)]) else "",
        patterns=tuple(dict.fromkeys(maker.patterns)),
        pairs=tuple(Pattern(tokenizer.stems(pair)) for pair in dict.fromkeys(chain(*pairs.values()))),
        clauses=tuple((_as_typed(clause), any_of(pieces)) for clause, pieces in made),
    )


def _content(clauses: Sequence[tuple[Term, ...]]) -> Sequence[tuple[Term, ...]]:
    """``clauses`` without plain function words, unless there is nothing else."""
    kept = [
        clause
        for clause in clauses
        if len(typed := [term for term in clause if not term.added]) != 1 or not _is_function_word(typed[0])
    ]
    return kept or clauses


def _as_typed(clause: Sequence[Term]) -> str:
    typed = [term for term in clause if not term.added]
    near = ["" if term.near is None else f"~{term.near}" for term in typed]
    words = [f"{term.place}:{term.text}" if term.place else term.text for term in typed]
    return " OR ".join(map(str.__add__, words, near))


def _is_fixed(clause: Sequence[Term]) -> bool:
    """Whether a clause is there in every answer: it is in quotation marks, or asked for in a certain place."""
    return all(term.phrase or term.place is not Place.ANYWHERE for term in clause)


def _is_function_word(term: Term) -> bool:
    plain = term.place is Place.ANYWHERE and not term.phrase and not term.prefix
    return plain and term.text.casefold() in FUNCTION_WORDS


def scope_of(filters: Filters, years: range) -> str:
    """What every answer has: one of the values of each filter. Empty where none is set."""
    parts: list[str] = []
    for name, values in (("k", filters.kinds), ("r", filters.regions)):
        if values:
            parts.append(any_of(quoted(facet(name, value)) for value in values))
    for name, values in (("s", filters.sources), ("p", filters.people), ("t", filters.tags)):
        if named := [words for value in values if (words := parts_of(value))]:
            parts.append(any_of(_name(name, words) for words in named))
    if filters.after or filters.before:
        parts.append(any_of(map(quoted, date_query(filters.after, filters.before, years))))
    return all_of(parts) if parts else ""


def _name(facets: str, words: Sequence[str]) -> str:
    """The expression for a name: its words in a row."""
    return quoted(" ".join(facet(facets, word) for word in words))


class _Maker:
    """Terms to expressions; ``patterns`` collects what hits look like, ``salient`` what the best documents have."""

    def __init__(self, connection: Database, tokenizer: Tokenizer) -> None:
        self._connection = connection
        self._tokenizer = tokenizer
        self._collecting = False
        self._salient: dict[str, str] = {}
        self.patterns: list[Pattern] = []
        self.salient: list[str] = []

    def clause(self, clause: Sequence[Term]) -> list[str]:
        """The expressions of which a document needs one."""
        self._collecting = True
        try:
            made = [expression for term in clause for expression in self.term(term)]
        finally:
            self._collecting = False
        self.salient += [self._salient.get(expression, expression) for expression in made]
        return made

    def term(self, term: Term) -> list[str]:
        """The expressions for one term; none where it has no words."""
        if term.place in _FACETS:
            name = _FACETS[term.place]
            words = [term.text] if term.place in _WHOLE else parts_of(term.text)
            return [_name(name, words)] if words else []
        if term.place is Place.HEADING:
            return self._heading(term)
        if term.near is not None and len(self._words(term.text)) > 1:
            made = [self._near(term.text, term.near)]
        else:
            forms = [form for form in hyphen_forms(term.text) if self._tokenizer.stems(form)]
            made = [each for form in forms for each in self._form(form, prefix=term.prefix)]
        if term.place is Place.TITLE:
            return [f"{{title}} : {expression}" for expression in made]
        return made

    def pairs(self, clauses: Sequence[tuple[Term, ...]]) -> dict[tuple[Term, ...], list[str]]:
        """The neighbouring plain words of a query as phrases: where they stand side by side, a document ranks higher.

        Each is under the clause of its second word, which every document has that has the phrase.
        """
        typed = [[term for term in clause if not term.added] for clause in clauses]
        plain = [clause[0] for clause in typed if len(clause) == 1]
        found: dict[tuple[Term, ...], list[str]] = {}
        if len(plain) != len(clauses):
            return found
        for (left, right), clause in zip(pairwise(plain), clauses[1:], strict=True):
            if self._is_word(left) and self._is_word(right):
                found.setdefault(clause, []).append(quoted(f"{folded(left.text)} {folded(right.text)}"))
        return found

    def _is_word(self, term: Term) -> bool:
        """Whether a term is one whole word, anywhere, that says something."""
        plain = not (term.phrase or term.prefix or term.place or _is_function_word(term))
        return plain and bool(self._tokenizer.stems(term.text))

    def _heading(self, term: Term) -> list[str]:
        """The expression for words of a heading: they are reserved words of the document and of the passages below."""
        stems = self._tokenizer.stems(term.text)
        if not stems:
            return []
        words = [quoted(facet("h", stem)) for stem in stems]
        if term.prefix:
            words[-1] = quoted(facet("h", stems[-1]).removesuffix(FACET_END)) + " *"
        for stem, word in zip(stems, words, strict=True):
            self._mark(Pattern((stem,), expression=word, heading=True, open=word.endswith("*")))
        return [all_of(words)]

    def _form(self, form: str, *, prefix: bool) -> list[str]:
        stems = self._tokenizer.stems(form)
        if prefix and len(stems) > 1 and len(stems[-1]) == 1:  # a single letter is not yet a word
            begun = re.sub(r"\W*\w\W*$", "", form)
            if known := self._tokenizer.stems(begun):
                form, stems, prefix = begun, known, False
        if not prefix or len(stems) > 1:
            expression = quoted(form) + (" *" if prefix else "")
            if len(stems) == 1:
                self._salient[expression] = quoted(facet("w", stems[0]))
            self._mark(Pattern(stems, open=prefix, expression=expression))
            return [expression]
        return self._begun(next(iter(self._tokenizer.words(form)), form), stems[0])

    def _begun(self, plain: str, stem: str) -> list[str]:
        """The expressions for a beginning of a word: words that begin so, and those whose stems do not."""
        whole = stem == plain
        words = self._known(plain, stem if whole else "")
        begun = [f"{quoted(plain)} *"] if whole or len(words) > _WIDEST else []
        words = [] if len(words) > _WIDEST else list(dict.fromkeys([*([] if whole else [plain]), *words]))
        made = [quoted(word) for word in words]
        forms = [self._tokenizer.stem(word) for word in words]
        self._salient |= {word: quoted(facet("w", form)) for word, form in zip(made, forms, strict=True)}
        self._salient |= {each: f"{quoted(facet('w', stem).removesuffix(FACET_END))} *" for each in begun}
        self._mark(Pattern(beginning=plain, forms=tuple(forms), expression=any_of([*begun, *made])))
        return [*begun, *made]

    def _words(self, text: str) -> list[str]:
        return [word for word in folded(text).split() if self._tokenizer.stems(word)]

    def _near(self, text: str, between: int) -> str:
        """The expression for words of which no more than so many others stand between the first and the last."""
        expression = f"NEAR({' '.join(map(quoted, self._words(text)))}, {between})"
        self._mark(Pattern(tuple(dict.fromkeys(self._tokenizer.stems(text))), near=between, expression=expression))
        return expression

    def _known(self, beginning: str, stem: str) -> list[str]:
        """A word for each stem of the archive's words that begin so but for the stems that begin with ``stem``, where given.

        Up to one more than are spelt out.
        """
        if stem and len(beginning) < _STEMMED:
            return []
        query = (
            "SELECT min(word) FROM word WHERE word >= ? AND word < ? AND (? = '' OR substr(stem, 1, ?) <> ?)"
            " GROUP BY stem LIMIT ?"
        )
        last = f"{beginning}\U0010ffff"
        rows = self._connection.execute(query, (beginning, last, stem, len(stem), stem, _WIDEST + 1))
        return [word for (word,) in rows]

    def _mark(self, pattern: Pattern) -> None:
        if self._collecting:
            self.patterns.append(pattern)
