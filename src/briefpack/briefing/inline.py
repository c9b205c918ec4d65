"""Bold, links and debris of web pages inside a line of plain text.

Read are Markdown's ``**bold**``, ``*italic*`` (and with underscores), ``[words](address)``, backslash escapes, and the
HTML tags and entities that text copied from a web page or converted from a PDF still holds. Whatever is not a proper
pair stays as the characters that it is.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from briefpack.pack.text import Mark, MarkKind, Text, text

_TAGS = "b|strong|i|em|u|s|strike|del|mark|a|br|p|span|div|font|sup|sub|ul|ol|li|table|tbody|thead|tr|td|th|h[1-6]"
TAG = re.compile(rf"</?({_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
"""A tag of a kind that is read or dropped; anything else in angle brackets is text."""

_ENTITIES = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&apos;": "'",
    "&#39;": "'",
    "&nbsp;": "\u00a0",
    "&bull;": "•",
    "&middot;": "·",
    "&ndash;": "–",
    "&mdash;": "—",
    "&lsquo;": "‘",
    "&rsquo;": "’",
    "&ldquo;": "“",
    "&rdquo;": "”",
    "&hellip;": "…",
    "&pound;": "£",
}
_FORMATS = {
    "b": MarkKind.BOLD,
    "strong": MarkKind.BOLD,
    "i": MarkKind.ITALIC,
    "em": MarkKind.ITALIC,
    "u": MarkKind.UNDERLINE,
    "s": MarkKind.STRIKE,
    "strike": MarkKind.STRIKE,
    "del": MarkKind.STRIKE,
    "mark": MarkKind.HIGHLIGHT,
    "a": MarkKind.LINK,
}
_DELIMITERS = {"**": MarkKind.BOLD, "__": MarkKind.BOLD, "*": MarkKind.ITALIC, "_": MarkKind.ITALIC}
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_ADDRESS = r"(?:https?://|mailto:)[^\s()<>]+"
_TOKEN = re.compile(
    rf"(?P<escape>\\[\\*_\[\]#>])|(?P<tag>{TAG.pattern})|(?P<entity>&(?:[a-z]+|#39);)"
    rf"|\[(?P<words>[^\[\]]+)\]\((?P<address>{_ADDRESS})\)|(?P<delimiter>\*\*|__|\*|_)",
    re.IGNORECASE,
)


class _Token(Struct):
    """A piece of a line: characters to show, or a delimiter or tag that may begin or end a format."""

    shown: str = ""
    delimiter: str = ""
    opens: bool = False
    closes: bool = False
    begins: tuple[MarkKind, str] | None = None
    ends: MarkKind | None = None


def read_inline(string: str) -> tuple[Text, list[str]]:
    """A line's text with marks, and the words of it that were read as markup."""
    labels: list[str] = []
    tokens = list(_tokens(string, labels))
    _pair(tokens)
    shown: list[str] = []
    marks: list[Mark] = []
    begun: dict[MarkKind, list[tuple[str, int]]] = {}
    length = 0
    for token in tokens:
        if token.begins:
            kind, value = token.begins
            begun.setdefault(kind, []).append((value, length))
        elif token.ends:
            if starts := begun.get(token.ends):
                value, start = starts.pop()
                marks.append(Mark(start, length, token.ends, value))
        else:
            shown.append(token.shown)
            length += len(token.shown)
    marks.extend(Mark(start, length, kind, value) for kind, starts in begun.items() for value, start in starts)
    return text("".join(shown), marks), labels


def _tokens(string: str, labels: list[str]) -> Iterator[_Token]:
    at = 0
    for found in _TOKEN.finditer(string):
        if found.start() > at:
            yield _Token(shown=string[at : found.start()])
        at = found.end()
        if found["escape"]:
            yield _Token(shown=found[0][1])
        elif found["tag"]:
            labels.append(found[0])
            yield _tag(found[0])
        elif found["entity"]:
            known = _ENTITIES.get(found[0].lower())
            if known is not None:
                labels.append(found[0])
            yield _Token(shown=found[0] if known is None else known)
        elif found["words"]:
            labels.append(found["address"])
            yield _Token(begins=(MarkKind.LINK, found["address"]))
            yield _Token(shown=found["words"])
            yield _Token(ends=MarkKind.LINK)
        else:
            yield _delimiter(string, found.start(), found[0])
    if at < len(string):
        yield _Token(shown=string[at:])


def _tag(tag: str) -> _Token:
    found = TAG.fullmatch(tag)
    name = found[1].lower() if found else ""
    if name == "br":
        return _Token(shown="\n")
    kind = _FORMATS.get(name)
    if kind is None:
        return _Token()
    if tag.startswith("</"):
        return _Token(ends=kind)
    if kind is MarkKind.LINK:
        address = _HREF.search(tag)
        return _Token(begins=(kind, address[1])) if address else _Token()
    return _Token(begins=(kind, "yellow" if kind is MarkKind.HIGHLIGHT else ""))


def _delimiter(string: str, start: int, sign: str) -> _Token:
    before, after = string[start - 1 : start], string[start + len(sign) : start + len(sign) + 1]
    opens, closes = bool(after.strip()), bool(before.strip())
    if sign != "**":  # one star or underscores inside a word are themselves
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    return _Token(shown=sign, delimiter=sign, opens=opens, closes=closes)


def _pair(tokens: list[_Token]) -> None:
    """Turn delimiters that belong together into the begin and end of a format; the rest stay as characters."""
    waiting: dict[str, tuple[int, _Token]] = {}
    for place, token in enumerate(tokens):
        if not token.delimiter:
            continue
        begun, mate = waiting.get(token.delimiter, (0, None)) if token.closes else (0, None)
        if mate is not None:
            waiting = {sign: each for sign, each in waiting.items() if each[0] < begun}
            mate.begins, token.ends = (_DELIMITERS[token.delimiter], ""), _DELIMITERS[token.delimiter]
        elif token.opens:
            waiting[token.delimiter] = (place, token)
