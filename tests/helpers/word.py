"""Word files as tests look at them: their parts as XML, and their words."""

import io
import zipfile

from lxml import etree

from briefpack.ooxml.names import qn


def parts(docx):
    """The root of every XML part by its name."""
    with zipfile.ZipFile(io.BytesIO(docx)) as container:
        names = [name for name in container.namelist() if name.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(container.read(name)) for name in names}


def with_parts(docx, **changed):
    """The file with other bytes in some parts, each by its name; ``document`` is short for ``word/document.xml``."""
    names = {name if "/" in name else f"word/{name}.xml": data for name, data in changed.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, names.get(entry.filename, old.read(entry.filename)))
    return out.getvalue()


def words_of(paragraph):
    """The characters of a paragraph, deleted ones too; a line break is a newline, a tab a tab."""
    said = []
    for element in paragraph.iter():
        if element.tag in {qn("w:t"), qn("w:delText")}:
            said.append(element.text or "")
        elif element.tag == qn("w:br") and element.get(qn("w:type")) is None:
            said.append("\n")
        elif element.tag == qn("w:tab") and element.getparent().tag == qn("w:r"):
            said.append("\t")
    return "".join(said)


def paragraphs(docx, style=None):
    """The words of every paragraph of the document, or of those of one style (by its id)."""
    found = []
    for paragraph in parts(docx)["word/document.xml"].iter(qn("w:p")):
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is None or (own is not None and own.get(qn("w:val")) == style):
            found.append(words_of(paragraph))
    return found


def xpath(element, query):
    """An XPath query in which ``w:`` and its like are known."""
    from briefpack.ooxml.names import NAMESPACES

    return element.xpath(query, namespaces=NAMESPACES)
