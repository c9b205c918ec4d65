"""How well typed letters fit the name of something: for lists that are chosen from by typing. No Qt here."""

import re

_WORD = re.compile(r"\w+")

_PREFIX, _WITHIN, _INITIALS, _SCATTERED = 8, 4, 3, 1


def fit(typed: str, name: str, more: str = "") -> int:
    """How well what is typed fits a name; 0 where it does not. Higher is better.

    Every typed word begins a word of the name, or stands within it, or else in ``more``, which counts less; or all letters
    together are the first letters of its words, or stand in it in their order.
    """
    typed, name, more = typed.casefold(), name.casefold(), more.casefold()
    wanted = typed.split()
    if not wanted:
        return 1
    words = _WORD.findall(name)
    found = [_fit_word(word, words, name, more) for word in wanted]
    if all(found):
        return 10 * sum(found) // len(found) + 5 * name.startswith(typed.strip())
    letters = "".join(wanted)
    if "".join(word[0] for word in words).startswith(letters):
        return 10 * _INITIALS
    return _SCATTERED if len(letters) > 2 and _scattered(letters, name) else 0


def _fit_word(word: str, words: list[str], name: str, more: str) -> int:
    if any(each.startswith(word) for each in words):
        return _PREFIX
    if word in name:
        return _WITHIN
    return 2 if word in more else 0


def _scattered(letters: str, name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in letters)
