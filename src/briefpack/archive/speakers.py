"""Who is speaking: the name and role in a line that introduces somebody's words."""

import re

from msgspec import Struct


class Speaker(Struct, frozen=True):
    """Somebody whose words follow, as the document names and describes them."""

    name: str = ""
    role: str = ""


NOBODY = Speaker()
"""The document does not say whose words they are."""

_NEAR = 600
"""Characters before the words themselves in which whose they are is looked for."""

_WORD = r"[A-Z][\w’'-]+"
_NAME = rf"(?:(?:Sir|Dame|Dr|Lord|Lady|Baroness|Professor|Cllr|Councillor|Rt Hon|Mr|Mrs|Ms)\s+)?{_WORD}(?:\s+{_WORD}){{1,5}}"
_TITLED = re.compile(r"(?:Sir|Dame|Dr|Lord|Lady|Baroness|Professor|Cllr|Councillor|Rt Hon|Mr|Mrs|Ms)\s")
_ROLE = (
    r"(?:the\s+)?(?:[\w’'&/-]+\s+){0,4}?(?:President|Chair|Chairman|Chairwoman|Director|Chief|Executive|Minister"
    r"|Secretary|Head|Leader|Councillor|Commissioner|Officer|Spokesperson|spokesperson|spokesman|spokeswoman)\b"
)
_SAYS = (
    r"(?:said|says|added|concluded|commented|continued|explained|told\s[^:“]{1,60}|went on to say|writes|wrote"
    r"|has said|also said|responded)"
)
_RESPONDS = r"(?:responded|reacted|commented|replied)\s+(?:to|on)\s[^:“]{1,200}"
_INTRODUCES = re.compile(rf"\b(?:{_SAYS}|{_RESPONDS})\s*:\s*(?P<quote>[“\"‘].*)?$", re.DOTALL)
_NAMED_WITH_ROLE = re.compile(rf"(?P<name>{_NAME})(?=,\s+{_ROLE})")
_ADDRESSES = re.compile(r"\b(?:gave|made|delivered)\s+(?:his|her|their|an?|the)\b[^.]*\b(?:address|speech)\b")
_SPOKESPERSON = re.compile(r"(?:^|[,.]\s+)(?P<name>An?\s+[^,:]*\bspokes(?:person|man|woman)\b[^,:]*)$", re.IGNORECASE)
_NAMED = re.compile(rf"(?P<name>{_NAME})$")
_PRONOUN = re.compile(r"(?:He|She|They)(?:\s+(?:also|then))?")


def introduced(paragraph: str, current: Speaker) -> Speaker | None:
    """Whose words ``paragraph`` introduces or holds after a colon; None where it does neither.

    ``current`` is who spoke last: "She went on to say:" means them.
    """
    match = _INTRODUCES.search(paragraph)
    if match is None:
        return _addressing(paragraph)
    before = paragraph[max(0, match.start() - _NEAR) : match.start()].rstrip(" ,")
    if _PRONOUN.fullmatch(before):
        return current
    if found := _SPOKESPERSON.search(before):
        return Speaker(found["name"])
    if found := _last(_NAMED_WITH_ROLE, before):
        return Speaker(_trimmed(found["name"], found.start(), known=current), before[found.end() :].strip(" ,"))
    if found := _NAMED.search(before):
        name = _trimmed(found["name"], found.start(), known=current)
        return current if name == current.name else Speaker(name)
    return NOBODY


def holds_quotation(paragraph: str) -> bool:
    """Whether the paragraph itself holds the words that it introduces (‘She said: “…”’)."""
    match = _INTRODUCES.search(paragraph)
    return match is not None and match["quote"] is not None and "“" not in paragraph[: match.start("quote")]


def _addressing(paragraph: str) -> Speaker | None:
    """Who is said to have given the speech that the document then quotes."""
    paragraph = paragraph[:_NEAR]
    found = _last(_NAMED_WITH_ROLE, paragraph)
    if found is None or not (verb := _ADDRESSES.search(paragraph)):
        return None
    role = paragraph[found.end() : verb.start()].strip(" ,") if verb.start() > found.end() else ""
    return Speaker(_trimmed(found["name"], found.start(), known=NOBODY), role)


def _trimmed(name: str, start: int, *, known: Speaker) -> str:
    """A name without capitalised words before it that are no part of it ("CYP Now Alison Michalska").

    In the middle of a sentence a name is taken to be its last two words, unless a title stands before it.
    """
    if start == 0 or _TITLED.match(name):
        return name
    if known.name and name.endswith(known.name):
        return known.name
    return " ".join(name.split()[-2:])


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)
