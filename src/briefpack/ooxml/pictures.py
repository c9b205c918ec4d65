"""Pictures in a document: DrawingML and its older twin VML."""

import re

from lxml import etree
from msgspec import Struct

from briefpack.ooxml.names import qn
from briefpack.ooxml.package import Package
from briefpack.ooxml.styles import whole_number

_EMU_PER_MM = 36_000
_POINTS = re.compile(r"(?:^|;)\s*width:\s*([\d.]+)pt")
_MM_PER_POINT = 25.4 / 72


class Frame(Struct, frozen=True):
    """What holds a picture: its description for those who cannot see it, its name, and its width."""

    alt: str = ""
    name: str = ""
    width_mm: float = 0


def frame_of(element: etree._Element) -> Frame:
    """The frame that a ``wp:inline``, ``wp:anchor`` or ``v:shape`` is."""
    if element.tag == qn("v:shape"):
        found = _POINTS.search(element.get("style", ""))
        width = round(float(found[1]) * _MM_PER_POINT, 1) if found and found[1].count(".") < 2 else 0
        return Frame(element.get("alt", ""), element.get("id", ""), width)
    properties, extent = element.find(qn("wp:docPr")), element.find(qn("wp:extent"))
    wide = 0 if extent is None else whole_number(extent.get("cx"), 0) or 0
    if properties is None:
        return Frame(width_mm=round(wide / _EMU_PER_MM, 1))
    return Frame(properties.get("descr", ""), properties.get("name", ""), round(wide / _EMU_PER_MM, 1))


def pictured_part(element: etree._Element, package: Package, part: str) -> str | None:
    """The name of the part with a picture's bytes; empty where it lies outside the file, None where there is none."""
    identifier = element.get(qn("r:embed")) or element.get(qn("r:id")) or element.get(qn("r:link"))
    relationship = package.relationships(part).get(identifier or "")
    if relationship is None:
        return None
    return "" if relationship.external or not package.has(relationship.target) else relationship.target
