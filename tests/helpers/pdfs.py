"""PDF files written by hand: words at places, pictures, and what is wrong with some."""

import zlib

from msgspec import Struct


class Word(Struct, frozen=True):
    """Words at a place on a page, in points from its bottom left."""

    x: float
    y: float
    text: str
    size: float = 11
    bold: bool = False


def drawn(words) -> bytes:
    """The content of a page that shows these words."""
    lines = []
    for word in words:
        text = word.text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        font = b"/B" if word.bold else b"/F"
        lines.append(b"BT %s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (font, word.size, word.x, word.y, text))
    return b"\n".join(lines)


PICTURE = b"q 400 0 0 600 50 50 cm /P Do Q"
"""The content of a page that is one picture."""


def pdf(*contents: bytes, rotate: int = 0, title: str = "", trailer: bytes = b"", packed: bool = False) -> bytes:
    """A file with a page for each of ``contents``."""
    pages = range(len(contents))
    kids = b" ".join(b"%d 0 R" % (10 + 2 * page) for page in pages)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
        4: b"<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold/Encoding/WinAnsiEncoding>>",
        5: stream(b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"),
        6: b"<</Title(%s)>>" % title.encode("cp1252"),
    }
    for page, content in zip(pages, contents, strict=True):
        objects[10 + 2 * page] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate %d/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R/B 4 0 R>>/XObject<</P 5 0 R>>>>>>" % (rotate, 11 + 2 * page)
        )
        objects[11 + 2 * page] = stream(content, packed=packed)
    return file_of(objects, trailer + b"/Info 6 0 R")


def stream(data: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    if packed:
        data, entries = zlib.compress(data), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def file_of(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """Numbered objects, with their table."""
    data = b"%PDF-1.4\n"
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 1\n0000000000 65535 f \n"
    table += b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items())
    end = b"trailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, len(data))
    return data + table + end


ENCRYPTED = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(a)]" % (b"o" * 32, b"u" * 32)
"""An entry of the trailer after which nothing can be read without a password."""
