"""The header and footer of every page: the marking in capitals at top and bottom, and "Page x of y"."""

import re
import textwrap

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from lxml import etree

from briefpack.word.stationery import Stationery
from briefpack.word.wml import child, field, paragraph, qn, root, run

PREFIX = "briefing_"
"""How the names of the parts begin that are made here."""

_MARKING = re.compile(
    r"(?:UK )?(?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED|PROTECT|UNCLASSIFIED|OFFICIAL)"
    r"(?:\s*[-–—:/]\s*[A-Z][A-Z ]*| SENSITIVE)*"
)
_LONGEST_TITLE = 80
"""Characters of the title that leave room for the page number on one line."""


def write(stationery: Stationery, marking: str, title: str) -> None:
    """Put marking and page numbers into each header and footer that the document uses, and make those it lacks.

    A first page or even pages that differ have their own. Nothing is said twice: the marking takes the place of one that
    a template's header or footer has, and page numbers that are there stay as they are.
    """
    for variant in _variants(stationery):
        for kind in ("header", "footer"):
            story = _story(stationery, kind, variant)
            if kind == "footer" and not _numbers_pages(story):
                _page_numbers(story, stationery, title)
            if marking:
                _mark(story, kind, marking.upper(), stationery)
            if not len(story):
                paragraph(story, stationery.styles[kind])


def _variants(stationery: Stationery) -> list[str]:
    variants = ["default"]
    if stationery.section.find(qn("w:titlePg")) is not None:
        variants.append("first")
    if stationery.settings.find(qn("w:evenAndOddHeaders")) is not None:
        variants.append("even")
    return variants


def _story(stationery: Stationery, kind: str, variant: str) -> etree._Element:
    """The root of a header or footer; a new one where the document has none of this variant."""
    section, part = stationery.section, stationery.document.part
    for reference in section.iterchildren(qn(f"w:{kind}Reference")):
        if reference.get(qn("w:type")) == variant:
            return part.related_parts[reference.get(qn("r:id"))].element
    story = root("w:hdr" if kind == "header" else "w:ftr", "r")
    content_type = CONTENT_TYPE.WML_HEADER if kind == "header" else CONTENT_TYPE.WML_FOOTER
    relationship = RELATIONSHIP_TYPE.HEADER if kind == "header" else RELATIONSHIP_TYPE.FOOTER
    made = stationery.new_part(f"/word/{PREFIX}{kind}_{variant}.xml", content_type, story)
    reference = etree.Element(qn(f"w:{kind}Reference"))
    reference.set(qn("w:type"), variant)
    reference.set(qn("r:id"), part.relate_to(made, relationship))
    section.insert(0, reference)
    return story


def _mark(story: etree._Element, kind: str, marking: str, stationery: Stationery) -> None:
    """Say the marking: in the place of the one that a template has, or else on a line of its own at the outer edge."""
    there = [each for each in story.iter(qn("w:p")) if _MARKING.fullmatch(_said(each)) or _said(each) == marking]
    for each in there:
        for number, text in enumerate(each.iter(qn("w:t"))):
            text.text = "" if number else marking
    if there:
        return
    written = paragraph(story, stationery.styles["marking"])
    run(written, marking)
    if kind == "header":
        story.insert(0, written)


def _said(written: etree._Element) -> str:
    return "".join(text.text or "" for text in written.iter(qn("w:t"))).strip()


def _numbers_pages(story: etree._Element) -> bool:
    codes = [code.text or "" for code in story.iter(qn("w:instrText"))]
    codes += [each.get(qn("w:instr"), "") for each in story.iter(qn("w:fldSimple"))]
    return any(code.split()[:1] == ["PAGE"] for code in codes)


def _page_numbers(story: etree._Element, stationery: Stationery, title: str) -> None:
    written = paragraph(story, stationery.styles["footer"])
    if title:
        run(written, textwrap.shorten(title, _LONGEST_TITLE, placeholder=" …"))
    child(child(written, "w:r"), "w:tab")
    run(written, "Page ")
    field(written, "PAGE", "1")
    run(written, " of ")
    field(written, "NUMPAGES", "1")
