"""What a briefing is written on: an empty Word document with its styles, lists, page and settings."""

import io
import zipfile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from lxml import etree

from briefpack import assets
from briefpack.ooxml.names import NAMESPACES
from briefpack.word.numbering import Lists
from briefpack.word.styles import StyleIds
from briefpack.word.wml import TWIPS_A_MM, qn, serialised

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of the zip container: the earliest it can hold, which tells nothing."""


class Stationery:
    """An empty document on our own template. :mod:`briefpack.word.template` puts a user's template on it.

    Attributes:
        document: python-docx's document; its body holds nothing but the section.
        styles: the ids of its styles.
        lists: its lists.
    """

    def __init__(self) -> None:
        self.document = docx.Document(str(assets.template("briefing.docx")))
        self.styles = StyleIds(self.document.styles.element)
        self.lists = Lists(self.document.part.numbering_part.element)
        for block in list(self.body.iterchildren(qn("w:p"), qn("w:tbl"))):
            self.body.remove(block)

    @property
    def body(self) -> etree._Element:
        """``w:body``."""
        return self.document.element.body

    @property
    def settings(self) -> etree._Element:
        """``w:settings``."""
        return self.document.settings.element

    @property
    def section(self) -> etree._Element:
        """``w:sectPr``, the one section."""
        return self.body.find(qn("w:sectPr"))

    @property
    def width_mm(self) -> float:
        """The width of the text."""
        margins, page = self.section.find(qn("w:pgMar")), self.section.find(qn("w:pgSz"))
        sides = sum(int(margins.get(qn(side), "0")) for side in ("w:left", "w:right", "w:gutter"))
        return (int(page.get(qn("w:w"))) - sides) / TWIPS_A_MM

    def put(self, body: etree._Element) -> None:
        """Move the blocks of a body that was written into the document, before its section."""
        section = self.section
        self.body.remove(section)
        self.body.extend(list(body))
        self.body.append(section)

    def add_part(self, name: str, content_type: str, relationship: str, content: etree._Element | bytes) -> Part:
        """A new part that the document points to; ``name`` is its path, as in ``/word/comments.xml``."""
        part = self.new_part(name, content_type, content)
        self.document.part.relate_to(part, relationship)
        return part

    def new_part(self, name: str, content_type: str, content: etree._Element | bytes) -> Part:
        """A new part that nothing points to yet."""
        package = self.document.part.package
        if isinstance(content, bytes):
            return Part(PackURI(name), content_type, content, package)
        return XmlPart(PackURI(name), content_type, content, package)

    def drop_part(self, relationship: str) -> None:
        """Take away what the document points to by a kind of relationship."""
        relationships = self.document.part.rels
        for name in [name for name, each in relationships.items() if each.reltype == relationship]:
            del relationships[name]

    def link(self, address: str) -> str:
        """The relationship id of an address outside."""
        return str(self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def to_bytes(self) -> bytes:
        """The document as a file. The same document gives the same bytes, whenever and wherever it is written."""
        package = self.document.part.package
        parts = sorted(package.parts, key=lambda part: part.partname)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as container:
            _write(container, "[Content_Types].xml", serialised(_content_types(parts)))
            _write(container, "_rels/.rels", package.rels.xml)
            for part in parts:
                _write(container, part.partname.membername, part.blob)
                if part.rels:
                    _write(container, part.partname.rels_uri.membername, part.rels.xml)
        return out.getvalue()


def _write(container: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    packed = name.endswith((".png", ".jpg", ".jpeg"))
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    container.writestr(entry, data)


def _content_types(parts: list[Part]) -> etree._Element:
    types = etree.Element(qn("ct:Types"), nsmap={None: NAMESPACES["ct"]})  # Word takes no prefix here
    made = etree.SubElement(types, qn("ct:Default"), Extension="rels")
    made.set("ContentType", "application/vnd.openxmlformats-package.relationships+xml")
    for part in parts:
        etree.SubElement(types, qn("ct:Override"), PartName=part.partname, ContentType=part.content_type)
    return types
