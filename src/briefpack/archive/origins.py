"""Where words come from: found in the archive to the letter, else nearly, with what differs.

The index proposes documents that have phrases of the words, or else the rarest of them; the words are then laid beside the
passages that have most of these.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import Levenshtein

from briefpack.archive import rows
from briefpack.archive.clips import aligned, loosely
from briefpack.archive.database import Database
from briefpack.archive.marking import Marker, Pattern
from briefpack.archive.model import DateSpan, Document, Passage
from briefpack.archive.tokens import FUNCTION_WORDS, Tokenizer, any_of, quoted
from briefpack.pack.clips import fingerprint, normalised

NEARLY = 70
"""How alike (of 100) words must be to those of a passage to come from it, perhaps."""

_PHRASE = 3
_PHRASES = 10
_RARE = 6
_CANDIDATES = 40
_PASSAGES = 2
"""Passages of a document that words are laid beside, for each way of asking."""

_DEPTH = 2_000
"""Of how many of the newest documents that have a piece of the words the best are proposed."""

_LONGEST = 4000
"""Characters of which an origin is looked for; of longer words, their beginning."""

_WORD = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]")


class Difference(Struct, frozen=True):
    """A step from one wording to another, which may be none.

    ``before`` became ``after``; either may be empty, and words that stay are the same in both.
    """

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed in this step."""
        return self.before == self.after


class Origin(Struct, frozen=True):
    """A place that words may come from: ``start`` to ``end`` in the text of a passage.

    ``verbatim`` is to the letter, spacing and typography aside; else ``differences`` lead from the passage's words to those
    that were asked about. ``likeness`` is from 0 to 1.
    """

    document: str
    title: str
    date: DateSpan
    source: str
    passage: str
    start: int
    end: int
    words: str
    verbatim: bool
    likeness: float
    differences: tuple[Difference, ...] = ()


def origins(connection: Database, tokenizer: Tokenizer, words: str, limit: int = 5) -> tuple[Origin, ...]:
    """The places that words may come from: to the letter first, then the likest; of equals the earliest."""
    words = " ".join(words.split())[:_LONGEST]
    pattern = loosely(words)
    found: dict[str, Origin] = {}
    for document, passage in _proposed(connection, tokenizer, words):
        origin = _verbatim(document, passage, words, pattern) or _nearly(document, passage, words)
        if origin is not None:
            found[passage.id] = origin
    ranked = sorted(found.values(), key=lambda each: (not each.verbatim, -each.likeness, _age(each.date)))
    return tuple(ranked[: max(1, limit)])


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """The steps from one wording to another, word by word, typography aside; what changes side by side is one step."""
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    steps = Levenshtein.opcodes([normalised(each[0]) for each in old], [normalised(each[0]) for each in new])
    found = []
    for same, group in groupby(steps, key=lambda step: step.tag == "equal"):
        run = list(group)
        was = _between(before, old, run[0].src_start, run[-1].src_end)
        now = _between(after, new, run[0].dest_start, run[-1].dest_end)
        found.append(Difference(now, now) if same else Difference(was, now))
    return tuple(found)


def _between(text: str, words: list[re.Match[str]], start: int, end: int) -> str:
    return text[words[start].start() : words[end - 1].end()] if start < end else ""


def _proposed(connection: Database, tokenizer: Tokenizer, words: str) -> Iterator[tuple[Document, Passage]]:
    """The passages that may hold words: those with all of them in a row, with phrases of them, and with the rarest."""
    plain = [token.word for token in tokenizer.tokens(words.replace("-", " "))]
    if not plain:
        return
    having = _holders(connection, tokenizer, plain)
    phrases = {tuple(plain[at : at + _PHRASE]) for at in range(max(1, len(plain) - _PHRASE + 1))}
    telling = sorted(phrases, key=lambda phrase: (min(having[word] for word in phrase), phrase))[:_PHRASES]
    queries: list[Sequence[Sequence[str]]] = [[plain], telling]
    rare = sorted((word for word in having if word not in FUNCTION_WORDS), key=lambda word: (having[word], word))
    if known := [word for word in rare if having[word]][:_RARE]:  # for words so changed that no phrase is left
        queries.append([[word] for word in known])
    seen: set[str] = set()
    for each in queries:
        pieces = [" ".join(piece) for piece in each]
        marker = Marker([Pattern(tokenizer.stems(piece)) for piece in pieces], tokenizer)
        for row, _ in connection.text.best(any_of(map(quoted, pieces)), None, _DEPTH, _CANDIDATES):
            for document, passage in _passages(connection, marker, row):
                if passage.id not in seen:
                    seen.add(passage.id)
                    yield document, passage


def _passages(connection: Database, marker: Marker, row: int) -> Iterator[tuple[Document, Passage]]:
    """The passages of a document that have most of the pieces that are looked for."""
    for found in rows.stored(connection, "id = ?", (row,)):
        having = [(sum(map(bool, marker.places(each.text))), each) for each in rows.passages_of(connection, found)]
        having.sort(key=lambda each: -each[0])
        yield from ((found.head, passage) for count, passage in having[:_PASSAGES] if count)


def _holders(connection: Database, tokenizer: Tokenizer, plain: list[str]) -> dict[str, int]:
    """How many documents have each word."""
    having = {}
    for word in plain:
        if word not in having:
            (stem, *_) = tokenizer.stems(word) or (word,)
            having[word] = connection.text.holders(stem)
    return having


def _verbatim(document: Document, passage: Passage, words: str, pattern: re.Pattern[str]) -> Origin | None:
    """Words as they stand in a passage to the letter; ``pattern`` finds them in any spacing and typography."""
    wanted = fingerprint(words)
    for match in pattern.finditer(passage.text):
        if fingerprint(match[0]) == wanted:
            return _origin(document, passage, match.span(), 1.0)
    return None


def _nearly(document: Document, passage: Passage, words: str) -> Origin | None:
    """The piece of a passage that is most like words, where it is like enough."""
    found = aligned(passage.text, words, NEARLY)
    if found is None:
        return None
    start, end, score = found
    origin = _origin(document, passage, (start, end), round(score / 100, 3))
    return replace(origin, verbatim=False, differences=differences(origin.words, words))


def _origin(document: Document, passage: Passage, span: tuple[int, int], likeness: float) -> Origin:
    return Origin(
        document=document.id,
        title=document.title,
        date=document.date,
        source=document.source,
        passage=passage.id,
        start=span[0],
        end=span[1],
        words=passage.text[slice(*span)],
        verbatim=True,
        likeness=likeness,
    )


def _age(date: DateSpan) -> str:
    return str(date.start or date.end or "9999")
