"""What a document's styles and numbering say of a paragraph: heading level, list level, bold by style."""

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from briefpack.ooxml.names import qn
from briefpack.pack.text import MarkKind

_OFF = frozenset({"0", "false", "off", "none"})
_TOGGLES = {
    qn("w:b"): MarkKind.BOLD,
    qn("w:i"): MarkKind.ITALIC,
    qn("w:strike"): MarkKind.STRIKE,
    qn("w:dstrike"): MarkKind.STRIKE,
    qn("w:u"): MarkKind.UNDERLINE,
}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LIST = re.compile(r"list (bullet|number)(?: (\d))?", re.IGNORECASE)
_MOST_ANCESTORS = 20
BODY_LEVEL = 9
"""The outline level of body text; 0 is that of the outermost heading."""


class Numbering(Struct, frozen=True):
    """The list that a paragraph or style names, None where it does not say; list "0" is no list."""

    list: str | None = None
    level: int | None = None


class ListPlace(Struct, frozen=True):
    """Where a paragraph stands in a list: its level (0 outermost), whether it is numbered, and which list it is."""

    level: int
    ordered: bool
    list: str = ""


class Style(Struct, frozen=True):
    """One style, without what it takes over from the style it is based on."""

    id: str
    name: str
    based_on: str = ""
    outline: int | None = None
    numbering: Numbering = Numbering()
    formats: dict[MarkKind, bool] = {}


def value(element: etree._Element | None, attribute: str = "w:val") -> str | None:
    """An attribute of an element, None without either."""
    return None if element is None else element.get(qn(attribute))


def whole_number(words: str | None, otherwise: int | None = None) -> int | None:
    """A decimal integer, or ``otherwise`` where it is none."""
    try:
        return int(words) if words else otherwise
    except ValueError:
        return otherwise


def is_on(element: etree._Element) -> bool:
    """Whether a toggle property is on: it is there and does not say that it is off."""
    return element.get(qn("w:val"), "1").lower() not in _OFF


def formats_of(properties: etree._Element | None) -> dict[MarkKind, bool]:
    """The formats that run properties state, each on or off."""
    if properties is None:
        return {}
    return {_TOGGLES[child.tag]: is_on(child) for child in properties if child.tag in _TOGGLES}


def numbering_of(properties: etree._Element | None) -> Numbering:
    """The list that paragraph properties name."""
    stated = None if properties is None else properties.find(qn("w:numPr"))
    if stated is None:
        return Numbering()
    return Numbering(value(stated.find(qn("w:numId"))), whole_number(value(stated.find(qn("w:ilvl")))))


class Styles:
    """The styles and lists of a document.

    Args:
        styles: the root of the styles part, None where there is none.
        numbering: the root of the numbering part, None where there is none.
    """

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        for element in () if styles is None else styles.iterchildren(qn("w:style")):
            style = _read_style(element)
            self._styles[style.id] = style
            if element.get(qn("w:type")) == "paragraph" and element.get(qn("w:default"), "0") not in _OFF:
                self.default = style.id
        self._lists = {} if numbering is None else _read_lists(numbering)

    def ancestry(self, style: str) -> Iterator[Style]:
        """A style and those it is based on, nearest first; loops and missing styles end it."""
        seen: set[str] = set()
        while style in self._styles and style not in seen and len(seen) < _MOST_ANCESTORS:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on

    def name(self, style: str) -> str:
        """What a style is called; its id where it is not defined."""
        return self._styles[style].name if style in self._styles else style

    def named(self, style: str, *names: str) -> bool:
        """Whether a style, or one it is based on, is called one of ``names`` (lower case)."""
        return any(each.name.lower() in names for each in self.ancestry(style))

    def heading_level(self, style: str) -> int | None:
        """The level, from 1, that a paragraph style makes a heading of; None where it makes none."""
        for each in self.ancestry(style):
            if each.outline is not None:
                return each.outline + 1 if each.outline < BODY_LEVEL else None
            if found := _HEADING.fullmatch(each.name):
                return int(found[1])
        return None

    def formats(self, style: str) -> dict[MarkKind, bool]:
        """The formats of a style with those it takes over."""
        found: dict[MarkKind, bool] = {}
        for each in self.ancestry(style):
            found = {**each.formats, **found}
        return found

    def list_place(self, style: str, stated: Numbering) -> ListPlace | None:
        """Where a paragraph of this style, which itself states ``stated``, stands in a list; None outside of lists."""
        number, level, by_name = stated.list, stated.level, None
        for each in self.ancestry(style):
            number = each.numbering.list if number is None else number
            level = each.numbering.level if level is None else level
            by_name = by_name or _LIST.fullmatch(each.name)
        if number == "0":
            return None
        if by_name and not level:
            level = int(by_name[2] or 1) - 1
        level = min(max(level or 0, 0), 8)
        if number is None:
            return ListPlace(level, by_name[1].lower() == "number", by_name[0]) if by_name else None
        shape = self._lists.get(number, {}).get(level) or self._lists.get(number, {}).get(0)
        if shape is None:
            shape = "decimal" if by_name and by_name[1].lower() == "number" else "bullet"
        return ListPlace(level, shape not in {"bullet", "none"}, number)


def _read_style(element: etree._Element) -> Style:
    identifier = element.get(qn("w:styleId"), "")
    paragraph = element.find(qn("w:pPr"))
    outline = None if paragraph is None else whole_number(value(paragraph.find(qn("w:outlineLvl"))))
    return Style(
        identifier,
        value(element.find(qn("w:name"))) or identifier,
        value(element.find(qn("w:basedOn"))) or "",
        outline,
        numbering_of(paragraph),
        formats_of(element.find(qn("w:rPr"))),
    )


def _read_lists(root: etree._Element) -> dict[str, dict[int, str]]:
    """For each list the number format of its levels."""
    shapes = {}
    styled = {}
    links = {}
    for abstract in root.iterchildren(qn("w:abstractNum")):
        identifier = abstract.get(qn("w:abstractNumId"), "")
        shapes[identifier] = _levels(abstract)
        if link := value(abstract.find(qn("w:styleLink"))):
            styled[link] = identifier
        if link := value(abstract.find(qn("w:numStyleLink"))):
            links[identifier] = link
    lists = {}
    for number in root.iterchildren(qn("w:num")):
        identifier = value(number.find(qn("w:abstractNumId"))) or ""
        identifier = styled.get(links.get(identifier, ""), identifier)
        levels = dict(shapes.get(identifier, {}))
        for override in number.iterchildren(qn("w:lvlOverride")):
            levels.update(_levels(override))
        lists[number.get(qn("w:numId"), "")] = levels
    return lists


def _levels(parent: etree._Element) -> dict[int, str]:
    levels = {}
    for level in parent.iterchildren(qn("w:lvl")):
        index = whole_number(level.get(qn("w:ilvl")))
        if index is not None:
            levels[index] = value(level.find(qn("w:numFmt"))) or "decimal"
    return levels
