"""Words that mean much the same, for words that hardly any document has."""

import tomllib
from functools import cache

from briefpack.archive.tokens import Tokenizer
from briefpack.assets import resource

FEW = 3
"""A word that more documents have is not widened: it finds what it says."""


class Synonyms:
    """The lists of ``resources/synonyms``, for one tokeniser."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._same: dict[str, list[str]] | None = None

    def of(self, key: str) -> list[str]:
        """The words that mean much the same as those of a key of the tokeniser."""
        return self._known().get(key, [])

    def _known(self) -> dict[str, list[str]]:
        if self._same is None:
            self._same = {}
            for words in _lists():
                keys = {word: self._tokenizer.content_key(word) for word in words}
                for word, key in keys.items():
                    others = [other for other in words if other != word and keys[other] != key]
                    self._same.setdefault(key, []).extend(others)
        return self._same


@cache
def _lists() -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(words)
        for path in sorted(resource("synonyms").glob("*.toml"))
        for words in tomllib.loads(path.read_text(encoding="utf-8"))["same"]
    )
