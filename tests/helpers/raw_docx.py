"""Word files from XML written by hand: what Word, LibreOffice and broken programs write, to the letter."""

import io
import zipfile

from briefpack.ooxml.names import NAMESPACES

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DECLARED = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items() if prefix not in {"rel", "ct"})


def root(tag, content):
    """A part's XML: one element that declares every prefix."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{tag} {_DECLARED}>{content}</{tag}>'.encode()


def document(body):
    """The main part's XML with this content of its body."""
    return root("w:document", f"<w:body>{body}</w:body>")


def raw_docx(body="", *, main=None, main_type=MAIN, links=(), package_kind="officeDocument", **parts):
    """A Word file.

    Args:
        body: the XML of the body; ``main`` replaces the whole main part.
        main_type: the content type of the main part.
        links: addresses that ``r:id="link0"``, ``"link1"`` … lead to.
        parts: other parts by the last step of their relationship's type (``comments``, ``commentsExtended``, ``styles``,
            ``numbering``, ``footnotes``, ``header``), as bytes; an ``image`` is ``word/media/image.png``.
    """
    relations, names = [], {}
    for kind, data in parts.items():
        name = "media/image.png" if kind == "image" else f"{kind}.xml"
        names[f"word/{name}"] = data
        relations.append(f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{name}"/>')
    for number, address in enumerate(links):
        relations.append(
            f'<Relationship Id="link{number}" Type="{_OFFICE}/hyperlink" Target="{address}" TargetMode="External"/>'
        )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="r" Type="{_OFFICE}/{package_kind}" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">{"".join(relations)}</Relationships>',
        "word/document.xml": document(body) if main is None else main,
        **names,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in files.items():
            container.writestr(name, data)
    return out.getvalue()


def p(*content, style="", properties=""):
    """A paragraph; plain strings are runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(each if each.startswith("<") else r(each) for each in content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def r(string, properties="", tag="w:t"):
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><{tag} xml:space="preserve">{string}</{tag}></w:r>'
