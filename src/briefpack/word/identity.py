"""What tells, when a copy comes back, which block is which: hidden bookmarks, and a custom XML part behind them.

One bookmark a block, ``_bp_`` and the block's id, over the whole content of its paragraph (of the first cell's, in
tables). Names that begin with an underscore are not shown in Word's dialog. Copying, moving, splitting and joining in
Word and LibreOffice leave enough of them to find the block again; content controls and paragraph ids do not survive.
"""

import uuid
from collections.abc import Iterable

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree
from msgspec import Struct

from briefpack.ooxml.package import Package
from briefpack.pack.clips import fingerprint
from briefpack.pack.model import AnyBlock, Heading, Pack, texts_of
from briefpack.word.comments import Note
from briefpack.word.stationery import Stationery
from briefpack.word.wml import child, qn, serialised

BOOKMARK = "_bp_"
NAMESPACE = "urn:briefpack:identity:1"
PROPERTY = "BriefpackId"
"""The custom document property that holds the pack's id."""

_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of every custom property: [MS-OLEPS] 2.21


class BlockIdentity(Struct, frozen=True):
    """A block as it was sent: its kind, the fingerprint of its words, and the role of a heading, empty without one."""

    id: str
    kind: str
    fingerprint: str
    role: str = ""


class CommentIdentity(Struct, frozen=True):
    """A comment or reply as it was sent: its number in the file, and whether the pack knew its place.

    Word numbers comments anew when it saves, so a comment is found again by the ``fingerprint`` of its words.
    """

    id: str
    number: int
    placed: bool = True
    parent: str = ""
    fingerprint: str = ""


class Identity(Struct, frozen=True):
    """All that a copy says of the pack that it was made from, and of whom it was made for, where that was one person."""

    pack: str
    issue: str = ""
    recipient: str = ""
    blocks: tuple[BlockIdentity, ...] = ()
    comments: tuple[CommentIdentity, ...] = ()


def block_fingerprint(block: AnyBlock) -> str:
    """The fingerprint of all words of a block, tracked ones included."""
    return fingerprint("\n".join(text.string for text in texts_of(block)))


def identity_of(pack: Pack, issue: str, recipient: str, notes: Iterable[Note]) -> Identity:
    """What a copy of ``pack`` for a recipient says of it; ``notes`` are its comments with their numbers."""
    blocks = tuple(
        BlockIdentity(block.id, str(block.__struct_config__.tag), block_fingerprint(block), _role(block))
        for block in pack.body
    )
    ids: dict[str, str] = {}
    comments = []
    for note in notes:
        ids[note.paragraph_id] = note.said.id
        said = fingerprint(note.said.text)
        comments.append(CommentIdentity(note.said.id, note.number, note.placed, ids.get(note.parent, ""), said))
    return Identity(pack.id, issue, recipient, blocks, tuple(comments))


def _role(block: AnyBlock) -> str:
    return block.role.value if isinstance(block, Heading) and block.role is not None else ""


def to_xml(identity: Identity) -> etree._Element:
    """The root of the custom XML part."""
    made = etree.Element(f"{{{NAMESPACE}}}pack", nsmap={None: NAMESPACE}, id=identity.pack, issue=identity.issue)
    if identity.recipient:
        made.set("recipient", identity.recipient)
    for block in identity.blocks:
        each = etree.SubElement(made, f"{{{NAMESPACE}}}block")
        each.set("id", block.id)
        each.set("kind", block.kind)
        each.set("fingerprint", block.fingerprint)
        if block.role:
            each.set("role", block.role)
    for comment in identity.comments:
        each = etree.SubElement(made, f"{{{NAMESPACE}}}comment", id=comment.id, number=str(comment.number))
        each.set("placed", "true" if comment.placed else "false")
        each.set("fingerprint", comment.fingerprint)
        if comment.parent:
            each.set("parent", comment.parent)
    return made


def read(package: Package) -> Identity | None:
    """What a package says of the pack that it was made from; None where it says nothing."""
    for relationship in package.relationships(package.main).values():
        if relationship.kind == "customXml" and not relationship.external and package.has(relationship.target):
            found = from_xml(package.xml(relationship.target))
            if found is not None:
                return found
    return None


def from_xml(element: etree._Element) -> Identity | None:
    """What a custom XML part says of the pack; None where it is not one of ours. Entries that make no sense are left out."""
    if element.tag != f"{{{NAMESPACE}}}pack":
        return None
    blocks = tuple(
        BlockIdentity(each.get("id", ""), each.get("kind", ""), each.get("fingerprint", ""), each.get("role", ""))
        for each in element.iterchildren(f"{{{NAMESPACE}}}block")
    )
    comments = tuple(
        CommentIdentity(
            each.get("id", ""),
            int(each.get("number")),
            each.get("placed") != "false",
            each.get("parent", ""),
            each.get("fingerprint", ""),
        )
        for each in element.iterchildren(f"{{{NAMESPACE}}}comment")
        if each.get("number", "").isdecimal()
    )
    return Identity(element.get("id", ""), element.get("issue", ""), element.get("recipient", ""), blocks, comments)


def write(identity: Identity, stationery: Stationery) -> None:
    """Add the custom XML part and the custom document property."""
    item = stationery.add_part(
        "/customXml/item1.xml", CONTENT_TYPE.XML, RELATIONSHIP_TYPE.CUSTOM_XML, serialised(to_xml(identity))
    )
    store = etree.Element(f"{{{_CUSTOM_XML}}}datastoreItem", nsmap={"ds": _CUSTOM_XML})
    store.set(f"{{{_CUSTOM_XML}}}itemID", f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, identity.pack)).upper()}}}")
    references = etree.SubElement(store, f"{{{_CUSTOM_XML}}}schemaRefs")
    etree.SubElement(references, f"{{{_CUSTOM_XML}}}schemaRef").set(f"{{{_CUSTOM_XML}}}uri", NAMESPACE)
    properties = stationery.new_part(
        "/customXml/itemProps1.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, serialised(store)
    )
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    custom = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VALUES})
    entry = etree.SubElement(custom, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid="2", name=PROPERTY)
    etree.SubElement(entry, f"{{{_VALUES}}}lpwstr").text = identity.pack
    package = stationery.document.part.package
    part = stationery.new_part("/docProps/custom.xml", CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, serialised(custom))
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


class Bookmarks:
    """The hidden bookmarks of one document, or none where the copy has no identities."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._next = 0

    def over(self, written: etree._Element, block: str) -> None:
        """Put the bookmark of a block over all content of a paragraph that has been written."""
        if not self._wanted:
            return
        number, self._next = str(self._next), self._next + 1
        start = etree.Element(qn("w:bookmarkStart"))
        start.set(qn("w:id"), number)
        start.set(qn("w:name"), BOOKMARK + block)
        written.insert(1, start)
        child(written, "w:bookmarkEnd", {"w:id": number})
