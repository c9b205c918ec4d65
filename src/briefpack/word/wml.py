"""WordprocessingML elements, made straight with lxml: a body of hundreds of pages in a fraction of a second.

Names are prefixed ("w:p"), as in the standard (ECMA-376 part 1, chapter 17). The order of children matters to Word:
each function that writes properties writes them in the order of the schema.
"""

import functools
from collections.abc import Mapping

from lxml import etree

from briefpack.ooxml.names import NAMESPACES
from briefpack.ooxml.names import qn as _qn

qn = functools.cache(_qn)
"""As :func:`briefpack.ooxml.names.qn`, each name made once."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TWIPS_A_MM = 1440 / 25.4
"""Twentieths of a point in a millimetre."""


def root(tag: str, *prefixes: str) -> etree._Element:
    """A new root element; namespaces of its own prefix and of ``prefixes`` are declared on it."""
    declared = {prefix: NAMESPACES[prefix] for prefix in (tag.partition(":")[0], *prefixes)}
    return etree.Element(qn(tag), nsmap=declared)


def child(parent: etree._Element, tag: str, attributes: Mapping[str, str] | None = None) -> etree._Element:
    """A new last child of ``parent``; attribute names are prefixed too."""
    made = etree.SubElement(parent, qn(tag))
    if attributes:
        for name, value in attributes.items():
            made.set(qn(name), value)
    return made


def valued(parent: etree._Element, tag: str, value: str | int) -> etree._Element:
    """A new last child whose one attribute is ``w:val``."""
    made = etree.SubElement(parent, qn(tag))
    made.set(qn("w:val"), str(value))
    return made


def paragraph(parent: etree._Element, style: str, number: tuple[int, int] | None = None) -> etree._Element:
    """A new paragraph of a style (by its id); ``number`` is the list and the level that it is an item of."""
    made = etree.SubElement(parent, qn("w:p"))
    properties = etree.SubElement(made, qn("w:pPr"))
    valued(properties, "w:pStyle", style)
    if number is not None:
        numbering = etree.SubElement(properties, qn("w:numPr"))
        valued(numbering, "w:ilvl", number[1])
        valued(numbering, "w:numId", number[0])
    return made


def run(parent: etree._Element, string: str, style: str = "", *, deleted: bool = False) -> etree._Element:
    """A new run with the characters of ``string``: newlines are line breaks, tabs are tabs."""
    made = etree.SubElement(parent, qn("w:r"))
    if style:
        valued(etree.SubElement(made, qn("w:rPr")), "w:rStyle", style)
    characters(made, string, deleted=deleted)
    return made


def characters(made: etree._Element, string: str, *, deleted: bool = False) -> None:
    """Append the characters of ``string`` to a run."""
    tag = "w:delText" if deleted else "w:t"
    if "\n" not in string and "\t" not in string:
        _text(made, tag, string)
        return
    for number, line in enumerate(string.split("\n")):
        if number:
            etree.SubElement(made, qn("w:br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                etree.SubElement(made, qn("w:tab"))
            if piece:
                _text(made, tag, piece)


def _text(made: etree._Element, tag: str, string: str) -> None:
    holder = etree.SubElement(made, qn(tag))
    holder.text = string
    if string[:1].isspace() or string[-1:].isspace() or "  " in string:
        holder.set(_SPACE, "preserve")


def field(parent: etree._Element, instruction: str, shown: str) -> None:
    """A field ("PAGE") with what it shows until it is worked out."""
    begin_field(parent, instruction)
    run(parent, shown)
    end_field(parent)


def begin_field(parent: etree._Element, instruction: str, *, dirty: bool = False) -> None:
    """The beginning of a field: what it shows comes next. A ``dirty`` one is worked out when the file is opened."""
    begin = child(child(parent, "w:r"), "w:fldChar", {"w:fldCharType": "begin"})
    if dirty:
        begin.set(qn("w:dirty"), "true")
    code = child(child(parent, "w:r"), "w:instrText")
    code.set(_SPACE, "preserve")
    code.text = f" {instruction} "
    child(child(parent, "w:r"), "w:fldChar", {"w:fldCharType": "separate"})


def end_field(parent: etree._Element) -> None:
    """The end of a field."""
    child(child(parent, "w:r"), "w:fldChar", {"w:fldCharType": "end"})


def serialised(element: etree._Element) -> bytes:
    """A part's bytes."""
    return bytes(etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True))
