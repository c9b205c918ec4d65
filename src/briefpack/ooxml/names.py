"""The namespaces of Office Open XML (ECMA-376), and what their Strict twins stand for."""

import functools
import re

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w16cid": "http://schemas.microsoft.com/office/word/2016/wordml/cid",
    "w16cex": "http://schemas.microsoft.com/office/word/2018/wordml/cex",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}

_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    "wordprocessingml/main": NAMESPACES["w"],
    "officeDocument/relationships": NAMESPACES["r"],
    "drawingml/wordprocessingDrawing": NAMESPACES["wp"],
    "drawingml/main": NAMESPACES["a"],
    "drawingml/picture": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "drawingml/chart": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "drawingml/diagram": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "officeDocument/math": NAMESPACES["m"],
    "officeDocument/extendedProperties": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "officeDocument/customProperties": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "officeDocument/customXml": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    "officeDocument/docPropsVTypes": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "officeDocument/sharedTypes": "http://schemas.openxmlformats.org/officeDocument/2006/sharedTypes",
    "schemaLibrary/main": "http://schemas.openxmlformats.org/schemaLibrary/2006/main",
}
_DECLARATION = re.compile(rb"""(xmlns(?::[\w.-]+)?\s*=\s*["'])http://purl\.oclc\.org/ooxml/([\w/]+)""")


@functools.cache
def qn(name: str) -> str:
    """The name that lxml uses for a prefixed one: ``w:p`` is ``{http://…/main}p``."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def is_strict(tag: str) -> bool:
    """Whether an element's name is in a Strict namespace."""
    return tag.startswith("{" + _STRICT)


def transitional(data: bytes) -> bytes:
    """XML in UTF-8 with its Strict namespace declarations replaced by the transitional ones; unknown ones stay."""

    def replaced(found: re.Match[bytes]) -> bytes:
        known = _TRANSITIONAL.get(found[2].decode("ascii"))
        return found[1] + known.encode() if known else found[0]

    return _DECLARATION.sub(replaced, data)


def strict(data: bytes) -> bytes:
    """The reverse of :func:`transitional`: XML in UTF-8 with the declarations of transitional namespaces made Strict."""
    for known, address in _TRANSITIONAL.items():
        data = re.sub(
            rb"""(xmlns(?::[\w.-]+)?\s*=\s*["'])""" + re.escape(address.encode()) + rb"""(?=["'])""",
            lambda found, known=known: found[1] + (_STRICT + known).encode(),  # type: ignore[misc]
            data,
        )
    return data


def relationship_kind(address: str) -> str:
    """The last step of a relationship type's address ("comments"), which is the same in Strict and Transitional."""
    return address.rpartition("/")[2]
