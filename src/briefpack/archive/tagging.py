"""Tags by rule: what a document is about, by words that a user can read and change."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefpack.archive.database import Database
from briefpack.archive.debris import folded
from briefpack.archive.model import Document
from briefpack.assets import resource
from briefpack.errors import UserError
from briefpack.safety.files import read_input

ENOUGH = 3
"""How often its words must come for a tag to be given; once is enough in the title."""

_MOST = 1024 * 1024
_KNOWN = 50_000
"""Words of which a tagger remembers what they call for."""

_Phrase = tuple[tuple[str, ...], str]
"""Words, and the tag that they call for."""


class TagRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A tag and the words that call for it: each a word, several words in a row, or the beginning of one ("inspect*")."""

    label: str
    words: tuple[str, ...]


class _Rules(Struct, forbid_unknown_fields=True):
    tag: tuple[TagRule, ...] = ()


def read_rules(path: Path) -> tuple[TagRule, ...]:
    """The rules of a file in the form of ``resources/tags/general.toml``.

    Raises:
        UserError: the file cannot be read, or holds no rules.
    """
    try:
        rules = msgspec.convert(tomllib.loads(read_input(path, most=_MOST).decode()), _Rules).tag
    except (ValueError, msgspec.ValidationError) as error:
        raise UserError(
            f"This is no list of tags ({error})", where=path, do="See docs/archive.md for its form"
        ) from error
    return checked(rules)


def checked(rules: Iterable[TagRule]) -> tuple[TagRule, ...]:
    """Rules as they are kept. UserError for one that has no name or no words."""
    result = []
    for rule in rules:
        rule = TagRule(" ".join(rule.label.split()), tuple(words for each in rule.words if (words := _folded(each))))  # noqa: PLW2901 - the rule, cleaned
        if not rule.label or not any(words.strip("*") for words in rule.words):
            raise UserError(f"The tag “{rule.label}” has no name or no words", do="Give it both")
        result.append(rule)
    return tuple(result)


def rules_of(connection: Database) -> tuple[TagRule, ...]:
    """The user's own rules, or those that come with Briefpack."""
    own = connection.execute("SELECT value FROM setting WHERE name = 'tags'").get
    if own is None:
        return _general()
    return msgspec.json.decode(own, type=tuple[TagRule, ...])


@cache
def _general() -> tuple[TagRule, ...]:
    return read_rules(resource("tags", "general.toml"))


def keep_rules(connection: Database, rules: Sequence[TagRule] | None) -> None:
    """Keep rules as the user's own; None goes back to those that come with Briefpack."""
    if rules is None:
        connection.execute("DELETE FROM setting WHERE name = 'tags'")
    else:
        value = msgspec.json.encode(checked(rules)).decode()
        connection.execute(
            "INSERT INTO setting VALUES ('tags', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (value,)
        )


@lru_cache(maxsize=2)
def tagger(rules: tuple[TagRule, ...]) -> "Tagger":
    """The tagger for these rules. To make one takes as long as to add a document."""
    return Tagger(rules)


class Tagger:
    """Rules made ready for many documents."""

    def __init__(self, rules: Sequence[TagRule]) -> None:
        self.rules = tuple(rules)
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        for rule in self.rules:
            for words in rule.words:
                phrase = tuple(words.split())
                self._phrases[phrase[0]].append((phrase, rule.label))
        self._lengths = sorted({len(first) - 1 for first in self._phrases if first.endswith("*")})
        self._begun: dict[str, list[_Phrase]] = {}

    def tagged(self, document: Document) -> Document:
        """A document with the tags of its own source and those that the rules give it."""
        return replace(document, tags=tuple(dict.fromkeys((*document.tags, *self.tags_of(document)))))

    def tags_of(self, document: Document) -> tuple[str, ...]:
        """The tags that the rules give a document, in the order of the rules."""
        found = self.mentions(document)
        return tuple(label for label in dict.fromkeys(rule.label for rule in self.rules) if found[label] >= ENOUGH)

    def mentions(self, document: Document) -> Counter[str]:
        """How often the words of each tag come; a mention in the title counts as often as is enough."""
        found: Counter[str] = Counter()
        for text, weight in ((document.title, ENOUGH), (document.text, 1)):
            words = folded(text).split()
            if len(self._begun) > _KNOWN:
                self._begun.clear()
            for word in {*words}.difference(self._begun):
                self._beginning(word)
            for at, phrases in enumerate(map(self._begun.__getitem__, words)):
                for phrase, label in phrases:
                    if len(phrase) == 1 or _fits(phrase, words[at : at + len(phrase)]):
                        found[label] += weight
        return found

    def _beginning(self, word: str) -> list[_Phrase]:
        """The phrases whose first word a word is."""
        if word not in self._begun:
            firsts = (word, *(f"{word[:length]}*" for length in self._lengths if length <= len(word)))
            self._begun[word] = [each for first in firsts for each in self._phrases.get(first, ())]
        return self._begun[word]


def _fits(phrase: Sequence[str], words: Sequence[str]) -> bool:
    return len(phrase) == len(words) and all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
        for wanted, word in zip(phrase, words, strict=True)
    )


def _folded(words: str) -> str:
    """Words as they are compared; a star at the end of one stays."""
    return " ".join(folded(word) + ("*" if word.endswith("*") else "") for word in words.split() if folded(word))
