"""How text becomes words of the index: the same on the way in, in a query, and where hits are marked.

Curly quotes and dashes are folded, the possessive ’s is dropped, and a hyphenated word is found in either spelling
("off-rolling", "off rolling", "offrolling"). SQLite's own tokenisers cut and stem.

Facets stand in the index as reserved words. They begin with a private-use character that is taken out of all text, so that
nothing that is read or typed can look like one.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import cast

import apsw
from msgspec import Struct

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""The tokeniser of the full-text tables."""

FACET_END = "\ue001"
"""The last sign of the reserved word of a facet: it keeps the word from being stemmed."""

EVERY = "\ue000a"
"""The reserved word that every document has."""

OPEN_DATE = "\ue000o"
"""The reserved word of documents whose date is open at one end or not known."""

FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been by did do does for from had has have how in into is it "
        "its of on or s that the their them there these they this to was were what when where which who "
        "why will with would about",
    )
)
"""Words that say nothing of what a text is about."""

_KNOWN = 20_000
"""Words whose stems are kept at hand."""

_PLAIN = re.compile("[a-z0-9]+")
_RESERVED = re.compile("[\ue000-\uf8ff]")
_TYPOGRAPHY = (
    *((sign, "'") for sign in "‘’"),
    *((sign, '"') for sign in "“”"),
    *((sign, "-") for sign in "–—‐‑−"),
    *((sign, " ") for sign in "£€…•·«»"),
)
_POSSESSIVE = re.compile(r"'(?<=\w')[sSſ]\b")  # so that only apostrophes are looked at
_HYPHENATED = re.compile(r"\b\w+(?:-\w+)+\b")


class Token(Struct, frozen=True):
    """A word of a text: its stem, its plain form, its place in characters, and whether it is a hyphenated word as one."""

    stem: str
    word: str
    start: int
    end: int
    joined: bool = False


def folded(text: str) -> str:
    """``text`` as it is tokenised; as long as the original, so that places in it are places there."""
    if not text.isascii():
        text = _RESERVED.sub(" ", text)
        for sign, plain in _TYPOGRAPHY:
            text = text.replace(sign, plain)
    return _POSSESSIVE.sub("  ", text) if "'" in text else text


def indexed(text: str) -> str:
    """``text`` as it goes into the index: folded, with the joined forms of its hyphenated words after it."""
    plain = folded(text)
    if "-" not in plain:
        return plain
    joined = " ".join(match[0].replace("-", "") for match in _HYPHENATED.finditer(plain))
    return f"{plain}\n{joined}" if joined else plain


def facet(name: str, value: str) -> str:
    """The reserved word of a facet: ``name`` is one letter, ``value`` anything."""
    return f"\ue000{name}{''.join(filter(str.isalnum, value.casefold()))}{FACET_END}"


class Tokenizer:
    """SQLite's tokenisers, for use outside the index. Belongs to one connection."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._stems = connection.fts5_tokenizer("porter", ["unicode61", "remove_diacritics", "2"])
        self._words = connection.fts5_tokenizer("unicode61", ["remove_diacritics", "2"])
        self._known: dict[str, str] = {}

    def tokens(self, text: str) -> list[Token]:
        """The words of ``text``; a hyphenated word also as one, after its parts."""
        plain = folded(text)
        data = plain.encode()
        places = _character_places(plain, data)
        tokens = [
            Token(stem, word, places(start), places(end))
            for (start, end, stem), (_, _, word) in zip(_cut(self._stems, data), _cut(self._words, data), strict=True)
        ]
        return [*tokens, *self._joined(plain)]

    def stems(self, text: str) -> tuple[str, ...]:
        """The stems of the words of ``text``, without joined forms."""
        return tuple(stem for _, _, stem in _cut(self._stems, folded(text).encode()))

    def cut(self, text: str) -> tuple[str, ...]:
        """The stems of a text of the index as it stands, reserved words among them."""
        return tuple(stem for _, _, stem in _cut(self._stems, text.encode()))

    def content(self, text: str) -> tuple[str, ...]:
        """The stems of the words of ``text`` that say what it is about, without joined forms."""
        data = folded(text).encode()
        pairs = zip(_cut(self._words, data), _cut(self._stems, data), strict=True)
        return tuple(stem for (_, _, word), (_, _, stem) in pairs if word not in FUNCTION_WORDS)

    def content_key(self, text: str) -> str:
        """What two spellings of the same words have in common."""
        return " ".join(self.content(text))

    def words(self, text: str) -> dict[str, str]:
        """The plain words of ``text`` as it is indexed, each with its stem."""
        data = indexed(text).encode()
        pairs = zip(_cut(self._words, data), _cut(self._stems, data), strict=True)
        return {word: stem for (_, _, word), (_, _, stem) in pairs}

    def counted(self, text: str) -> Counter[str]:
        """How often each plain word comes in a text of the index."""
        if text.isascii() and "_" not in text:
            return Counter(_PLAIN.findall(text.lower()))
        return Counter(word for _, _, word in _cut(self._words, text.encode()))

    def stem(self, word: str) -> str:
        """The stem of one plain word."""
        if (stem := self._known.get(word)) is None:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            stem = self._known[word] = next((each for _, _, each in _cut(self._stems, word.encode())), word)
        return stem

    def _joined(self, plain: str) -> Iterator[Token]:
        if "-" not in plain:
            return
        for match in _HYPHENATED.finditer(plain):
            word = match[0].replace("-", "")
            for stem in self.stems(word):
                yield Token(stem, word.lower(), match.start(), match.end(), joined=True)


def _cut(tokenizer: apsw.FTS5Tokenizer, data: bytes) -> list[tuple[int, int, str]]:
    """The tokens of a text in UTF-8 with their places in bytes."""
    tokens = tokenizer(data, apsw.FTS5_TOKENIZE_DOCUMENT, None, include_colocated=False)
    return cast("list[tuple[int, int, str]]", tokens)


def hyphen_forms(word: str) -> tuple[str, ...]:
    """A word as it can be looked for: as it is and, where it has hyphens, as one word."""
    plain = folded(word)
    return (plain, plain.replace("-", "")) if _HYPHENATED.search(plain) else (plain,)


def quoted(text: str) -> str:
    """``text`` as a string of the index's query language."""
    return '"' + text.replace('"', '""') + '"'


def any_of(parts: Iterable[str]) -> str:
    """The query that any of ``parts`` satisfies."""
    parts = list(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else "(" + " OR ".join(parts) + ")"


def all_of(parts: Iterable[str]) -> str:
    """The query that all of ``parts`` satisfy."""
    parts = list(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else "(" + " AND ".join(parts) + ")"


def _character_places(plain: str, data: bytes) -> Callable[[int], int]:
    """From a place in bytes to the place in characters."""
    if len(plain) == len(data):
        return lambda place: place
    table, at = {0: 0}, 0
    for count, character in enumerate(plain, 1):
        at += len(character.encode())
        table[at] = count
    return table.__getitem__
