"""The British dictionary, through Hunspell: is this a word, and what might have been meant.

``resources/dictionaries`` holds the dictionary as it was published, its licence beside it, and ``whitehall.txt``, our own
list of the words of government that it lacks.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from briefpack.assets import resource
from briefpack.errors import UserError
from briefpack.safety.files import read_input
from briefpack.spelling.words import plain

MOST = 6
"""The most suggestions for a word."""

_LANGUAGES = frozenset({"en", "en-gb"})


def is_british(language: str) -> bool:
    """Whether a text of a language (BCP 47) can be checked: there is a dictionary of British English and no other."""
    return language.lower().replace("_", "-") in _LANGUAGES


class Engine(Protocol):
    """What is used of Hunspell."""

    def spell(self, word: str) -> bool:
        """Whether a word is one."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """Words that are like it, the likeliest first."""

    def add(self, word: str) -> object:
        """Take a word for one from now on."""


class Dictionary:
    """The words of a language, and ``words`` that its dictionary lacks.

    An answer takes about two millionths of a second; suggestions take up to a tenth of one.
    """

    def __init__(self, engine: Engine, words: Iterable[str] = ()) -> None:
        self._engine = engine
        self._words = frozenset(words)
        for word in self._words:
            engine.add(word)
        self.suggestions = lru_cache(500)(self._suggestions)

    def has(self, word: str) -> bool:
        """Whether this is a word, with accents or without."""
        bare = plain(word)
        return self._engine.spell(bare) or bare in self._words  # Hunspell does not learn Nato, since it has NATO

    def _suggestions(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first; the same answer is kept."""
        found: dict[str, str] = {}
        for each in self._engine.suggest(plain(word)):
            found.setdefault(
                each.replace("-", " "), each
            )  # two words, or the same two with a hyphen, are one suggestion
        return tuple(found.values())[:MOST]


def load() -> Dictionary:
    """The British dictionary with the words of Whitehall; about 5 MB and 40 ms.

    Raises:
        UserError: the engine is not there, as on Macs with Intel processors, for which it is not made.
    """
    try:
        from hunspell import Hunspell
    except ImportError as error:
        raise UserError(
            "Spelling cannot be checked on this computer: the package chunspell is not installed",
            do="Install it with pip install chunspell, where it is made for this kind of computer",
        ) from error
    engine: Engine = Hunspell("en-GB", hunspell_data_dir=str(resource("dictionaries")))
    return Dictionary(engine, _listed(read_input(resource("dictionaries", "whitehall.txt")).decode()))


def _listed(lines: str) -> list[str]:
    """The words of a list: one a line, without what follows a #."""
    return [word for line in lines.splitlines() if (word := line.partition("#")[0].strip())]
