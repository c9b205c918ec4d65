"""Acronyms that a text explains itself: "Unaccompanied Asylum Seeking Children (UASC)", "NAO (the National Audit Office)".

An explanation counts where the letters of the short form are the initials of the words of the long one, in order; small
words may give a letter ("Department for Education (DfE)") or none.
"""

import re
from collections.abc import Iterator, Sequence

SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
"""Words that need not give a letter."""

ORDINARY = frozenset(
    re.findall(
        r"\w+",
        "act age aid aim aims arc are art ask band bed best bid can cap car care case cash cat code core cost "
        "dart ear east edge end ends era face fact fair far fit fund gap gate get hand help her hope ice idea "
        "it job key lab law lead led life lift link list lone made map mark mash may mind net new nice now "
        "off one our out pace pact part past path pay plan post pre pride rag raise reach rest ring rise role "
        "safe sage sap say see self sen send shape share she smart so spa spot star start step stem tag talk "
        "team tell term time top trust us use vat very view voice was way we who win wise work",
    )
)
"""Short forms that are words as well: what is typed in small letters is taken to be the word."""

_SHORT = r"[A-Z][A-Za-z&]{0,8}[A-Z]"
_OPENING, _CLOSING = r"[“‘\"']?", r"[”’\"']?"
_SHORT_AFTER = re.compile(rf"\(\s*(?:the\s+)?{_OPENING}(?P<short>{_SHORT})(?:s|s?[’']s?)?{_CLOSING}\s*\)")
_SHORT_BEFORE = re.compile(
    rf"\b(?P<short>{_SHORT})(?:s|s?[’']s?)?\s*\(\s*(?:the\s+)?{_OPENING}(?P<long>[^()\n]{{3,120}}?){_CLOSING}\s*\)"
)
_SENTENCE = re.compile(r"[.;:!?()\n“”]")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?|&")
_REACH = 160
"""How many characters before the bracket a long form may begin."""


def explained(text: str) -> Iterator[tuple[str, str]]:
    """The short and long forms that ``text`` explains, as they are written there."""
    if "(" not in text:
        return
    for match in _SHORT_AFTER.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()].rstrip()
        begun = max((stop.end() for stop in _SENTENCE.finditer(before)), default=0)
        if (start := _long_form(before[begun:], match["short"])) is not None:
            yield match["short"], _spaced(before[begun + start :])
    for match in _SHORT_BEFORE.finditer(text):
        if _long_form(match["long"], match["short"]) == 0:
            yield match["short"], _spaced(match["long"])


def _long_form(text: str, short: str) -> int | None:
    """Where the words begin at the end of ``text`` whose initials are ``short``; None where they are others."""
    words = list(_WORD.finditer(text))
    if not words or words[-1].end() != len(text):
        return None
    first = _first_word(text, words, short.casefold(), len(words) - 1, len(short) - 1)
    if first is None or len(words) - first < 2:
        return None
    capitals = sum(word[0][0].isupper() for word in words[first:])
    return words[first].start() if len(short) > 2 or capitals > 1 else None


def _first_word(text: str, words: Sequence[re.Match[str]], letters: str, at: int, letter: int) -> int | None:
    """The word at which the first of ``letters`` falls, when ``letter`` is looked for from the word ``at`` backwards."""
    if at < 0:
        return None
    word = words[at][0].casefold()
    if word[0] == letters[letter] or (letters[letter] == "&" and word == "and"):
        first = _first_word(text, words, letters, at - 1, letter - 1) if letter else at
        if first is not None and (letter or word not in SMALL):
            return first
    second_part = at > 0 and text[words[at].start() - 1] in "-‐‑–"
    if word in SMALL or word == "&" or second_part:
        return _first_word(text, words, letters, at - 1, letter)
    return None


def _spaced(text: str) -> str:
    """``text`` on one line, its last word no possessive."""
    return re.sub(r"[’']s$", "", " ".join(text.split()))
