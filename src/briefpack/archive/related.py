"""More like this: documents that share the words by which one differs from the rest of the archive."""

import math
from collections import Counter

from briefpack.archive import rows
from briefpack.archive.database import Database
from briefpack.archive.model import Document, Related, RelatedHit
from briefpack.archive.series import series
from briefpack.archive.tokens import FUNCTION_WORDS, Tokenizer, any_of, quoted

_TERMS = 12
"""How many words are asked for; measured on judged articles, more find no better."""

_NAMED = 4
_DEPTH = 5000


def related(connection: Database, tokenizer: Tokenizer, rowid: int, document: Document, limit: int = 10) -> Related:
    """The documents most like the one in row ``rowid``, best first, each with the words that it shares; and its series."""
    own_series = series(connection, rowid, document)
    terms = _telling_terms(connection, tokenizer, document)
    if not terms:
        return Related(series=own_series)
    query = any_of(quoted(word) for word in terms.values())
    found = [hit for hit in connection.text.best(query, None, _DEPTH, limit + 1) if hit[0] != rowid][:limit]
    return Related(tuple(_hit(connection, tokenizer, terms, row, rank) for row, rank in found), own_series)


def _telling_terms(connection: Database, tokenizer: Tokenizer, document: Document) -> dict[str, str]:
    """The stems with the highest tf-idf, the best first, each with the form in which the document has it most often.

    FTS5 stems a query again, so that words are asked for in their plain form.
    """
    counts: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for token in tokenizer.tokens(f"{document.title}\n{document.text}"):
        if len(token.stem) > 2 and not token.stem.isdigit() and token.word not in FUNCTION_WORDS:
            counts[token.stem] += 1
            forms.setdefault(token.stem, Counter())[token.word] += 1
    total = connection.execute("SELECT count(*) FROM document").get
    weights = {}
    for stem, count in counts.items():
        having = connection.text.holders(stem)
        if having > 1:
            weights[stem] = (1 + math.log(count)) * math.log((total + 1) / having)
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:_TERMS]
    return {stem: forms[stem].most_common(1)[0][0] for stem in best}


def _hit(connection: Database, tokenizer: Tokenizer, terms: dict[str, str], row: int, rank: float) -> RelatedHit:
    (found,) = rows.stored(connection, "id = ?", (row,))
    document = rows.with_passages(connection, found)
    has = set(tokenizer.stems(f"{document.title}\n{document.text}"))
    shared = [word for stem, word in terms.items() if stem in has][:_NAMED]
    return RelatedHit(document.id, document.title, ", ".join(shared), round(-rank, 4))
