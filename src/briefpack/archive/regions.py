"""The English region that a document says it is about."""

import re

REGIONS: dict[str, tuple[str, ...]] = {
    "East Midlands": ("east midlands",),
    "Eastern": ("eastern", "east of england", "east anglia"),
    "Greater London": ("greater london", "london"),
    "North East": ("north east", "ne"),
    "North West": ("north west", "nw"),
    "South East": ("south east", "se"),
    "South West": ("south west", "sw"),
    "West Midlands": ("west midlands",),
    "Yorkshire and Humber": ("yorkshire and humber", "yorkshire and the humber", "yorkshire humber", "y and h"),
}
"""Each region by the name it is shown under, with the names it is known by, folded as by :func:`named`."""

_BY_NAME = {name: region for region, names in REGIONS.items() for name in names}
_NAMES = "|".join(sorted((name.replace(" ", r"[\s-]+") for name in _BY_NAME), key=len, reverse=True))
_UPDATE = re.compile(rf"\b({_NAMES})\s+(?:region\s+|regional\s+)?update\b")
_FROM = re.compile(rf"\bupdate from the ({_NAMES})\s+region\b")


def named(text: str) -> str | None:
    """The region that ``text`` names ("Yorkshire & Humber", "NW", "yorks"); None where it names none, or several."""
    plain = _folded(text).removesuffix(" region")
    if exact := _BY_NAME.get(plain):
        return exact
    begun = {region for name, region in _BY_NAME.items() if len(plain) > 2 and name.startswith(plain)}
    return begun.pop() if len(begun) == 1 else None


def region_of(title: str, opening: str) -> str | None:
    """The region whose update a document is, by its title or else its opening line.

    A region that is merely mentioned does not count.
    """
    found = _UPDATE.search(_folded(title)) or _FROM.search(_folded(opening))
    return _BY_NAME[" ".join(re.split(r"[\s-]+", found[1]))] if found else None


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("&", " and ")))
