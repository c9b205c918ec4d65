"""Pictures in a Word file: their size on the page, alt text, and the portrait that stands in for a missing one."""

import io
import itertools
from collections.abc import Mapping

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.shape import CT_Inline
from docx.shared import Mm
from lxml import etree

from briefpack import assets
from briefpack.errors import UserError
from briefpack.safety.images import inspect_image
from briefpack.word.stationery import Stationery
from briefpack.word.wml import child

_MM_AN_INCH = 25.4
_TALLEST_MM = 200.0
"""No picture is taller, so that its caption stands on the same page."""


class Pictures:
    """Puts pictures into one document; the bytes of each are held once.

    Args:
        media: the bytes of pictures by the name that the pack has for them.
    """

    def __init__(self, stationery: Stationery, media: Mapping[str, bytes]) -> None:
        self._stationery = stationery
        self._media = media
        self._numbers = itertools.count(1)
        self._placed: dict[str, str] = {}

    def place(self, parent: etree._Element, media: str, alt: str, width_mm: float, most_mm: float) -> None:
        """Append a picture to a paragraph.

        Args:
            parent: the paragraph.
            media: the picture's name in the pack.
            alt: what it shows, in words; empty where it is only decoration.
            width_mm: how wide it is; 0 is its natural width.
            most_mm: how wide it may be.

        Raises:
            UserError: the pack does not hold the picture's bytes, or they are no picture.
        """
        data = self._bytes(media)
        info = inspect_image(data, media)
        natural = info.width / info.dpi * _MM_AN_INCH
        width = min(width_mm or natural, most_mm, _TALLEST_MM * info.width / info.height)
        self._draw(parent, self._relationship(media, data), alt, width, width * info.height / info.width)

    def portrait(self, parent: etree._Element, media: str, name: str, width_mm: float, most_mm: float) -> None:
        """Append the photograph of a person, or a neutral figure where there is none; neither is taller than ``most_mm``."""
        if media:
            info = inspect_image(self._bytes(media), media)
            width = min(width_mm, most_mm * info.width / info.height)
            self.place(parent, media, f"Photograph of {name}" if name else "Photograph", width, width_mm)
        else:
            data = assets.resource("pictures", "person.png").read_bytes()
            self._draw(parent, self._relationship("", data), "No photograph", width_mm, width_mm * 5 / 4)

    def _bytes(self, media: str) -> bytes:
        try:
            return self._media[media]
        except KeyError:
            raise UserError(
                "The pack does not hold the bytes of one of its pictures",
                where=media,
                do="Take the picture out of the pack, or put it in again",
            ) from None

    def _relationship(self, media: str, data: bytes) -> str:
        if media not in self._placed:
            part = self._stationery.document.part
            image = part.package.get_or_add_image_part(io.BytesIO(data))
            self._placed[media] = part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
        return self._placed[media]

    def _draw(self, parent: etree._Element, relationship: str, alt: str, width: float, height: float) -> None:
        number = next(self._numbers)
        inline = CT_Inline.new_pic_inline(number, relationship, "picture", Mm(width), Mm(height))
        for side in "TBLR":
            inline.set(f"dist{side}", "0")
        inline.docPr.set("name", f"Picture {number}")
        inline.docPr.set("descr", alt)
        child(child(parent, "w:r"), "w:drawing").append(inline)
