"""Tags that a document might have. The user decides: nothing of this is given to a document by itself."""

import math
import re
from collections import Counter

from msgspec import Struct

from briefpack.archive import rows
from briefpack.archive.database import Database
from briefpack.archive.model import Document, PassageKind
from briefpack.archive.related import related
from briefpack.archive.tagging import rules_of, tagger
from briefpack.archive.tokens import FUNCTION_WORDS, Tokenizer, folded, quoted

_NEIGHBOURS = 5
_PHRASE = 3
_LOOKED_UP = 40
"""Phrases whose number of documents is looked up; the rest are rarer in the document."""

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


class TagSuggestion(Struct, frozen=True):
    """A tag that a document might have, and why."""

    label: str
    why: str
    score: float


def suggestions(
    connection: Database, tokenizer: Tokenizer, rowid: int, document: Document, limit: int = 8
) -> tuple[TagSuggestion, ...]:
    """Tags of rules that the document nearly meets, then those of its neighbours, then phrases that tell it from others."""
    found = [*_nearly(connection, document), *_neighbours(connection, tokenizer, rowid, document)]
    found += _phrases(connection, document, limit)
    taken = {tag.casefold() for tag in document.tags}
    result: dict[str, TagSuggestion] = {}
    for each in found:
        if each.label.casefold() not in taken:
            result.setdefault(each.label.casefold(), each)
    return tuple(result.values())[:limit]


def _nearly(connection: Database, document: Document) -> list[TagSuggestion]:
    """The tags whose words the document has, though not often enough."""
    found = tagger(rules_of(connection)).mentions(document)
    return [TagSuggestion(label, "mentioned", float(number)) for label, number in found.most_common() if number > 1]


def _neighbours(connection: Database, tokenizer: Tokenizer, rowid: int, document: Document) -> list[TagSuggestion]:
    """The tags that two or more of the most closely related documents have."""
    tags: Counter[str] = Counter()
    for hit in related(connection, tokenizer, rowid, document, _NEIGHBOURS).hits:
        for found in rows.stored(connection, "key = ?", (hit.id,)):
            tags.update(found.head.tags)
    return [
        TagSuggestion(tag, f"{number} related documents have it", float(number))
        for tag, number in tags.most_common()
        if number > 1
    ]


def _phrases(connection: Database, document: Document, limit: int) -> list[TagSuggestion]:
    """The phrases of one to three words that the document has more often than others do; longer ones count for more."""
    counts = _counted(document)
    total = connection.execute("SELECT count(*) FROM document").get
    scored: dict[str, float] = {}
    for phrase in sorted(counts, key=lambda each: (-counts[each] * len(each.split()), each))[:_LOOKED_UP]:
        having = connection.text.count(quoted(phrase))
        scored[phrase] = counts[phrase] * len(phrase.split()) * math.log((total + 1) / max(1, having))
    kept: list[str] = []
    for phrase in sorted(scored, key=lambda each: (-scored[each], each)):
        if not any(f" {phrase} " in f" {other} " or f" {other} " in f" {phrase} " for other in kept):
            kept.append(phrase)
    return [TagSuggestion(phrase, f"said {counts[phrase]} times", round(scored[phrase], 2)) for phrase in kept[:limit]]


def _counted(document: Document) -> Counter[str]:
    """The phrases that a document has more than once, without boilerplate."""
    counts: Counter[str] = Counter()
    said = [passage.text for passage in document.passages if passage.kind is not PassageKind.BOILERPLATE]
    for text in (document.title, *said):
        words = [match[0].lower() for match in _WORD.finditer(folded(text))]
        for length in range(1, _PHRASE + 1):
            phrases = (words[at : at + length] for at in range(len(words) - length + 1))
            counts.update(" ".join(phrase) for phrase in phrases if _tells(phrase))
    return Counter({phrase: number for phrase, number in counts.items() if number > 1})


def _tells(phrase: list[str]) -> bool:
    """Whether a phrase may be what a text is about: no small words at its ends, and no single short word."""
    ends = (phrase[0], phrase[-1])
    return not any(word in FUNCTION_WORDS or len(word) <= 2 for word in ends) and len("".join(phrase)) > 4
