"""A user's own Word template: its styles, lists, theme, page, header and footer on our stationery.

Nothing is taken over but what is named here, so that the author, the old text, the macros or the custom data of a
template cannot leak into a briefing.
"""

import copy
import posixpath
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from lxml import etree

from briefpack.errors import UserError
from briefpack.ooxml.package import Package, open_package
from briefpack.safety.images import inspect_image
from briefpack.word import numbering, styles
from briefpack.word.headers import PREFIX
from briefpack.word.stationery import Stationery
from briefpack.word.styles import StyleIds
from briefpack.word.wml import child, qn, root

_PAGE = ("w:pgSz", "w:pgMar", "w:pgBorders", "w:cols", "w:titlePg")
"""What is taken over of a template's last section, in the order of the schema."""

_STYLED = ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link", "w:numStyleLink", "w:styleLink")
_CHANGES = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")


def open_stationery(template: Path | None = None) -> Stationery:
    """Our own template, or where one is named, the user's styles, page, header and footer on it.

    Raises:
        UserError: the user's template is no Word file, is unsafe, holds macros, or has a header or footer that cannot
            be taken over whole.
    """
    stationery = Stationery()
    if template is not None:
        package = open_package(template, template)
        sheet, lists = _take_styles(package, stationery)
        _take_page(package, stationery, _Furniture(package, stationery, sheet, lists))
    return stationery


def _take_styles(package: Package, stationery: Stationery) -> tuple[etree._Element, etree._Element]:
    """Put styles, lists and theme on the stationery; the roots of its styles and of its lists as they are then."""
    sheet = _own_copy(package.related_xml("styles"), "w:styles")
    lists = _own_copy(package.related_xml("numbering"), "w:numbering")
    _drop_picture_bullets(lists)
    _drop_dangling(sheet, sheet, lists)
    _drop_dangling(lists, sheet, lists)
    part = stationery.document.part
    added = styles.grafted(stationery.document.styles.element, sheet, numbering.highest_number(lists))
    _in_british_english(sheet)
    stationery.lists = numbering.grafted(part.numbering_part.element, lists, added)
    stationery.styles = StyleIds(sheet)
    stationery.drop_part(RELATIONSHIP_TYPE.STYLES)
    stationery.drop_part(RELATIONSHIP_TYPE.NUMBERING)
    stationery.add_part("/word/styles.xml", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, sheet)
    stationery.add_part("/word/numbering.xml", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, lists)
    theme = package.related("theme")
    if theme is not None and not package.relationships(theme):
        content = package.xml(theme)
        stationery.add_part("/word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, content)
    return sheet, lists


def _own_copy(element: etree._Element | None, tag: str) -> etree._Element:
    """A part's root to build on, without revision ids; where the template has no such part, an empty one."""
    made = root(tag) if element is None else copy.deepcopy(element)
    _drop_revision_ids(made)
    return made


def _drop_revision_ids(part: etree._Element) -> None:
    """Take out what tells apart the sittings in which a file was edited, and whose work is whose."""
    for element in part.iter(etree.Element):
        for name in [name for name in element.attrib if name.rpartition("}")[2].startswith("rsid")]:
            del element.attrib[name]
    for element in list(part.iter(qn("w:rsid"))):
        element.getparent().remove(element)


def _drop_picture_bullets(lists: etree._Element) -> None:
    """Bullets that are pictures need a part of their own, which is not taken over; their sign stays."""
    for tag in ("w:numPicBullet", "w:lvlPicBulletId"):
        for element in list(lists.iter(qn(tag))):
            element.getparent().remove(element)


def _drop_dangling(part: etree._Element, sheet: etree._Element, lists: etree._Element) -> None:
    """Drop references to styles and lists that are not there: Word overlooks them, and so a template may well have some."""
    styles_there = {style.get(qn("w:styleId")) for style in sheet.iterchildren(qn("w:style"))}
    lists_there = {number.get(qn("w:numId")) for number in lists.iterchildren(qn("w:num"))} | {"0"}
    for tags, there in ((_STYLED, styles_there), (("w:numId",), lists_there)):
        for reference in list(part.iter(*map(qn, tags))):
            if reference.get(qn("w:val")) not in there:
                reference.getparent().remove(reference)


def _in_british_english(sheet: etree._Element) -> None:
    """State the language of all text that states none of its own."""
    holder = sheet
    for tag in ("w:docDefaults", "w:rPrDefault", "w:rPr"):
        found = holder.find(qn(tag))
        if found is None:
            found = etree.Element(qn(tag))
            holder.insert(0, found)
        holder = found
    language = holder.find(qn("w:lang"))
    if language is None:
        language = child(holder, "w:lang")
    language.set(qn("w:val"), "en-GB")


def _take_page(package: Package, stationery: Stationery, furniture: "_Furniture") -> None:
    sections = list(package.xml(package.main).iter(qn("w:sectPr")))
    if not sections:
        return
    section = stationery.section
    for old in list(section):
        section.remove(old)
    for (kind, variant), relationship in _references(sections).items():
        source = package.relationships(package.main)[relationship].target
        if posixpath.basename(source).startswith(PREFIX):
            continue  # made for another briefing: a new one is made for this
        reference = child(section, f"w:{kind}Reference", {"w:type": variant})
        reference.set(qn("r:id"), furniture.take(source, kind))
    for tag in _PAGE:
        found = sections[-1].find(qn(tag))
        if found is not None:
            section.append(copy.deepcopy(found))
    _complete(section)
    settings = package.related_xml("settings")
    if settings is not None and settings.find(qn("w:evenAndOddHeaders")) is not None:
        before = stationery.settings.find(qn("w:characterSpacingControl"))
        before.addprevious(copy.deepcopy(settings.find(qn("w:evenAndOddHeaders"))))


def _references(sections: list[etree._Element]) -> dict[tuple[str, str], str]:
    """The headers and footers that hold in the last section: a section without one has that of the section before."""
    found = {}
    for section in sections:
        for kind in ("header", "footer"):
            for reference in section.iterchildren(qn(f"w:{kind}Reference")):
                found[kind, reference.get(qn("w:type"), "default")] = reference.get(qn("r:id"), "")
    return dict(sorted(found.items(), key=lambda item: item[0][0] == "footer"))


def _complete(section: etree._Element) -> None:
    """Give a section the page size and margins that it leaves out: A4, 24 mm."""
    if section.find(qn("w:pgSz")) is None:
        after = section.find(qn("w:pgMar"))
        size = child(section, "w:pgSz", {"w:w": "11906", "w:h": "16838"})
        if after is not None:
            after.addprevious(size)
    if section.find(qn("w:pgMar")) is None:
        margins = etree.Element(qn("w:pgMar"))
        for side in ("top", "right", "bottom", "left"):
            margins.set(qn(f"w:{side}"), "1361")
        for side in ("header", "footer"):
            margins.set(qn(f"w:{side}"), "567")
        margins.set(qn("w:gutter"), "0")
        section.find(qn("w:pgSz")).addnext(margins)


class _Furniture:
    """The headers and footers of a template with their pictures, each taken over once."""

    def __init__(self, package: Package, stationery: Stationery, sheet: etree._Element, lists: etree._Element) -> None:
        self._package = package
        self._stationery = stationery
        self._sheet = sheet
        self._lists = lists
        self._taken: dict[str, Part] = {}

    def take(self, source: str, kind: str) -> str:
        """Take a header or footer over; the id of the document's relationship to it."""
        if source not in self._taken:
            self._taken[source] = self._part(source, kind)
        relationship = RELATIONSHIP_TYPE.HEADER if kind == "header" else RELATIONSHIP_TYPE.FOOTER
        return str(self._stationery.document.part.relate_to(self._taken[source], relationship))

    def _part(self, source: str, kind: str) -> Part:
        content = copy.deepcopy(self._package.xml(source))
        _drop_revision_ids(content)
        _drop_dangling(content, self._sheet, self._lists)
        if any(content.find(f".//{qn(tag)}") is not None for tag in _CHANGES):
            raise UserError(
                f"The {kind} of this template holds tracked changes",
                where=self._package.where,
                do="Open it in Word, accept or reject all changes, and save it",
            )
        content_type = CONTENT_TYPE.WML_HEADER if kind == "header" else CONTENT_TYPE.WML_FOOTER
        part = self._stationery.new_part(f"/word/{posixpath.basename(source)}", content_type, content)
        for name, related in self._package.relationships(source).items():
            if related.kind == "image" and not related.external:
                part.load_rel(RELATIONSHIP_TYPE.IMAGE, self._picture(related.target), name)
            elif related.kind == "hyperlink" and related.external:
                part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, related.target, name, is_external=True)
            else:
                raise UserError(
                    f"The {kind} of this template holds more than text and pictures ({related.kind})",
                    where=self._package.where,
                    do="Take it out of the template; a chart or an embedded object can be put in as a picture",
                )
        return part

    def _picture(self, source: str) -> Part:
        if source not in self._taken:
            data = self._package.read(source)
            kind = inspect_image(data, f"{self._package.where} ({source})").format
            content_type = CONTENT_TYPE.PNG if kind == "png" else CONTENT_TYPE.JPEG
            name = f"/word/media/template{len(self._taken)}.{kind}"
            self._taken[source] = self._stationery.new_part(name, content_type, data)
        return self._taken[source]
