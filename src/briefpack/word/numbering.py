"""Lists that count: which list and level each item belongs to, and the definitions they stand on.

The template's own lists are linked with the list styles (``w:pStyle`` in each level): one of bullets, one of numbers,
one of the bullets of biographies. Every numbered list of a briefing is an instance (``w:num``) of its own that starts
again at one.
"""

import copy
from collections.abc import Mapping

from lxml import etree

from briefpack.pack.model import ListItem
from briefpack.word.wml import child, qn, valued

BULLETS, NUMBERS, BIOGRAPHY_BULLETS = 1, 2, 3
"""The ids that the base template gives its lists."""

LEVELS = 9


class Lists:
    """The lists of one document, on the root of its numbering part.

    Args:
        numbering: ``w:numbering``; instances are appended to it.
        bullets, numbers, biographies: the ids there of the template's lists.
    """

    def __init__(
        self,
        numbering: etree._Element,
        bullets: int = BULLETS,
        numbers: int = NUMBERS,
        biographies: int = BIOGRAPHY_BULLETS,
    ) -> None:
        self.biographies = biographies
        self._numbering = numbering
        self._bullets = bullets
        self._kind = _abstract_of(numbering, numbers)
        self._next = 1 + max((int(num.get(qn("w:numId"))) for num in numbering.iterchildren(qn("w:num"))), default=0)
        self._open: dict[int, int] = {}

    def end(self) -> None:
        """What comes is no list item: the next numbered item starts a new list."""
        self._open.clear()

    def place(self, item: ListItem) -> tuple[int, int]:
        """The list and level of an item that follows those placed before.

        A numbered item continues the list that it, or the item it stands under, is part of. A bullet ends the numbered
        lists of its own level and of deeper ones.
        """
        level = max(0, min(item.level, LEVELS - 1))
        self._open = {at: number for at, number in self._open.items() if at <= level}
        if not item.ordered:
            self._open.pop(level, None)
            return self._bullets, level
        if level not in self._open:
            above = self._open.get(level - 1)
            self._open[level] = self._instance() if above is None else above
        return self._open[level], level

    def _instance(self) -> int:
        number, self._next = self._next, self._next + 1
        made = child(self._numbering, "w:num", {"w:numId": str(number)})
        valued(made, "w:abstractNumId", self._kind)
        for level in range(LEVELS):
            valued(child(made, "w:lvlOverride", {"w:ilvl": str(level)}), "w:startOverride", 1)
        return number


def _abstract_of(numbering: etree._Element, number: int) -> str:
    for num in numbering.iterchildren(qn("w:num")):
        if num.get(qn("w:numId")) == str(number):
            return str(num.find(qn("w:abstractNumId")).get(qn("w:val")))
    raise KeyError(number)


def highest_number(numbering: etree._Element) -> int:
    """The highest id of a list in a numbering part: what :func:`grafted` adds to the ids of the base template's."""
    return _highest(numbering, "w:num", "w:numId")


def grafted(base: etree._Element, onto: etree._Element, own_styles: Mapping[str, str]) -> Lists:
    """The base template's lists added to another template's numbering part.

    Args:
        base: ``w:numbering`` of the base template; it is not changed.
        onto: ``w:numbering`` to add to.
        own_styles: the ids, there, of the list styles that were added with them, by their ids in the base. The other
            template's own list styles stay linked with its own lists.
    """
    shift_kind = 1 + _highest(onto, "w:abstractNum", "w:abstractNumId")
    shift_number = highest_number(onto)
    first = next(onto.iterchildren(qn("w:num"), qn("w:numIdMacAtCleanup")), None)
    for kind in base.iterchildren(qn("w:abstractNum")):
        added = copy.deepcopy(kind)
        added.set(qn("w:abstractNumId"), str(int(kind.get(qn("w:abstractNumId"))) + shift_kind))
        for link in list(added.iter(qn("w:pStyle"))):
            if link.get(qn("w:val")) in own_styles:
                link.set(qn("w:val"), own_styles[link.get(qn("w:val"))])
            else:
                link.getparent().remove(link)
        if first is None:
            onto.append(added)
        else:
            first.addprevious(added)
    last = next(onto.iterchildren(qn("w:numIdMacAtCleanup")), None)
    if last is not None:
        onto.remove(last)
    for num in base.iterchildren(qn("w:num")):
        number = int(num.get(qn("w:numId")))
        made = child(onto, "w:num", {"w:numId": str(number + shift_number)})
        valued(made, "w:abstractNumId", int(num.find(qn("w:abstractNumId")).get(qn("w:val"))) + shift_kind)
    return Lists(onto, BULLETS + shift_number, NUMBERS + shift_number, BIOGRAPHY_BULLETS + shift_number)


def _highest(numbering: etree._Element, tag: str, attribute: str) -> int:
    return max((int(each.get(qn(attribute))) for each in numbering.iterchildren(qn(tag))), default=0)
