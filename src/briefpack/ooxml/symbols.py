"""Characters that Word writes as a number in a symbol font."""

from lxml import etree

from briefpack.ooxml.names import qn

_PRIVATE = 0xF000
_KNOWN = {
    ("symbol", 0xB7): "•",
    ("symbol", 0x2D): "−",
    ("symbol", 0xAE): "→",
    ("symbol", 0xB3): "≥",
    ("symbol", 0xA3): "≤",
    ("wingdings", 0xA7): "▪",
    ("wingdings", 0x6C): "●",
    ("wingdings", 0xD8): "➢",
    ("wingdings", 0xE0): "→",
    ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFB): "✗",
    ("wingdings", 0xFE): "☑",
    ("wingdings", 0xA8): "☐",
}


def symbol(element: etree._Element) -> str:
    """The character of a ``w:sym``: its Unicode twin where that is known, else the character of its number."""
    font = element.get(qn("w:font"), "").lower()
    try:
        code = int(element.get(qn("w:char"), ""), 16)
    except ValueError:
        return ""
    in_font = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    if (font, in_font) in _KNOWN:
        return _KNOWN[font, in_font]
    return chr(code) if 0 < code <= 0x10FFFF else ""
