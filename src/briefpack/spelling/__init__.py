"""Spelling in British English: which words are none, what they may have been meant to be, and which words are known.

Here alone the spelling engine is loaded, and only when a dictionary is.
"""

from briefpack.spelling.dictionary import Dictionary, is_british, load
from briefpack.spelling.known import NOTHING, Known, known_in
from briefpack.spelling.speller import Speller
from briefpack.spelling.whole import Misspelling, checked, misspellings

__all__ = [
    "NOTHING",
    "Dictionary",
    "Known",
    "Misspelling",
    "Speller",
    "checked",
    "is_british",
    "known_in",
    "load",
    "misspellings",
]
