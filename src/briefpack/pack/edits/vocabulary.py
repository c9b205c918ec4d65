"""The words that are spelt right in a pack, whatever a dictionary says."""

from msgspec.structs import replace

from briefpack.pack.model import Pack
from briefpack.pack.text import clean

LONGEST_WORD = 60
"""The most characters of a word that is learnt."""

_PLAIN = str.maketrans({"\u2019": "'", "\u02bc": "'"})


def as_word(words: str) -> str:
    """What a dictionary holds for a word: clean, with straight apostrophes; empty where it is not one word."""
    word = clean(words).translate(_PLAIN).strip()
    return word if len(word) <= LONGEST_WORD and not any(map(str.isspace, word)) else ""


def learn_word(pack: Pack, word: str) -> Pack:
    """A word in the pack's dictionary. What is empty, too long or more than one word is not one, and changes nothing."""
    word = as_word(word)
    if not word or word in pack.dictionary:
        return pack
    return replace(pack, dictionary=tuple(sorted((*pack.dictionary, word))))


def forget_word(pack: Pack, word: str) -> Pack:
    """A word no longer in the pack's dictionary."""
    if word not in pack.dictionary:
        return pack
    return replace(pack, dictionary=tuple(each for each in pack.dictionary if each != word))
