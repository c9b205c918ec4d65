"""What a Word file says of itself: title, author, times, language, and whether changes are tracked."""

import datetime as dt

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree

from briefpack.word.stationery import Stationery
from briefpack.word.wml import qn, serialised

_SPACES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def write_core(stationery: Stationery, title: str, author: str, language: str, time: dt.datetime | None) -> None:
    """Add the core properties, and nothing of the program that wrote the file; without ``time`` it tells no time."""
    core = etree.Element(f"{{{_SPACES['cp']}}}coreProperties", nsmap=_SPACES)
    for name, value in (("title", title), ("creator", author), ("language", language)):
        if value:
            etree.SubElement(core, f"{{{_SPACES['dc']}}}{name}").text = value
    if author:
        etree.SubElement(core, f"{{{_SPACES['cp']}}}lastModifiedBy").text = author
    if time is not None:
        for name in ("created", "modified"):
            stamp = etree.SubElement(core, f"{{{_SPACES['dcterms']}}}{name}")
            stamp.set(f"{{{_SPACES['xsi']}}}type", "dcterms:W3CDTF")
            stamp.text = time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    package = stationery.document.part.package
    part = stationery.new_part("/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, serialised(core))
    package.relate_to(part, RELATIONSHIP_TYPE.CORE_PROPERTIES)


def track_changes(stationery: Stationery) -> None:
    """Switch tracking on: what a reviewer types is marked as theirs."""
    stationery.settings.find(qn("w:defaultTabStop")).addprevious(etree.Element(qn("w:trackRevisions")))
