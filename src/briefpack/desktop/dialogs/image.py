"""A picture in the document: which, what it shows, its caption and width."""

from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.dialogs.pictures import Picture, PictureField
from briefpack.desktop.dialogs.retyping import retyped
from briefpack.pack.model import Image

PAGE_WIDTH = 160
"""The width in millimetres between the margins of an A4 page."""


class ImageAnswer(NamedTuple):
    """The block, and its picture."""

    block: Image
    picture: Picture


class ImageDialog(Form):
    """Args: the block to change, or None for a new one; the bytes of its picture; the window."""

    def __init__(self, image: Image | None, data: bytes | None, parent: QWidget | None = None) -> None:
        super().__init__("Picture", "Save picture" if image else "Insert picture", parent)
        self._image = image
        self.picture = self.add(
            "Picture", PictureField(image.media if image else "", data, QSize(320, 180), optional=False)
        )
        self.picture.changed.connect(self.check)
        self.alt = self.lines("What it shows", image.alt if image else "", 2, "For readers who cannot see it")
        self.caption = self.line("Caption", image.caption.string if image else "")
        self.width_mm = self.add("Width", QDoubleSpinBox(suffix=" mm", decimals=0, maximum=PAGE_WIDTH))
        self.width_mm.setSpecialValueText("natural")
        self.width_mm.setValue(image.width_mm if image else 0)
        self.resize(480, 0)
        self.check()

    @classmethod
    def ask(cls, image: Image | None, data: bytes | None, parent: QWidget) -> ImageAnswer | None:
        """The picture as the user left it, or None."""
        dialog = cls(image, data, parent)
        return dialog.answer() if dialog.asked() else None

    @classmethod
    def ask_about(cls, source: Path | bytes, parent: QWidget) -> ImageAnswer | None:
        """What a pasted or dropped picture shows; None where the user does not want it, or it is none."""
        dialog = cls(None, None, parent)
        dialog.picture.take(source)
        dialog.alt.setFocus()
        if dialog.picture.picture is None:
            dialog.deleteLater()
            return None
        return dialog.answer() if dialog.asked() else None

    def answer(self) -> ImageAnswer:
        """What the form says now."""
        picture = self.picture.picture
        assert picture is not None
        block = self._image or Image(media=picture.media)
        block = replace(
            block,
            media=picture.media,
            alt=" ".join(self.alt.toPlainText().split()),
            caption=retyped(block.caption, self.caption.text().strip()),
            width_mm=self.width_mm.value(),
        )
        return ImageAnswer(block, picture)

    def problem(self) -> str:
        """A picture must be chosen, and say what it shows."""
        if self.picture.picture is None:
            return "Choose a PNG or JPEG file."
        return "" if self.alt.toPlainText().strip() else "Say what the picture shows, for readers who cannot see it."
