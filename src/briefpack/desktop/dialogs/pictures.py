"""Choosing a picture file in a form: it passes the gate for pictures, and comes out as what may go into a pack."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from briefpack.desktop.dialogs.message import show_error
from briefpack.desktop.widgets.parts import button, label, named, row
from briefpack.errors import UserError

SUFFIXES = "*.png *.jpg *.jpeg"


class Picture(NamedTuple):
    """A picture's name in the pack's media, and its bytes."""

    media: str
    data: bytes


def adopt(source: Path | bytes) -> Picture:
    """A picture in a file or from the clipboard, as it may go into a pack.

    UserError where it is not a PNG or JPEG of bounded size.
    """
    from briefpack.safety.files import read_input
    from briefpack.safety.images import adopt_image

    if isinstance(source, Path):
        data, suffix = adopt_image(read_input(source), source)
    else:
        data, suffix = adopt_image(source, "the clipboard")
    return Picture(f"{hashlib.sha256(data).hexdigest()}.{suffix}", data)


class PictureField(QWidget):
    """The chosen picture, small, with buttons to choose another or none."""

    changed = Signal()

    def __init__(self, media: str, data: bytes | None, size: QSize, *, optional: bool) -> None:
        super().__init__()
        self.picture = Picture(media, data or b"") if media else None
        self._size = size
        self._shown = named(label("No picture", "muted"), "Picture")
        self._shown.setFixedSize(size)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setStyleSheet("border: 1px dashed palette(mid); border-radius: 6px;")
        self._choose = button("Choose…", self._ask, shape="image")
        self._none = button("None", self._clear, flat=True)
        self._none.setVisible(optional)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._shown)
        layout.addLayout(row(self._choose, self._none, None))
        self._show()

    def take(self, source: Path | bytes) -> None:
        """Take the picture in a file, or from the clipboard; says what is wrong with it where it cannot."""
        try:
            self.picture = adopt(source)
        except UserError as error:
            show_error(error, self)
            return
        self._show()
        self.changed.emit()

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a picture", "", f"Pictures ({SUFFIXES})")
        if name:
            self.take(Path(name))

    def _clear(self) -> None:
        self.picture = None
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._none.setEnabled(self.picture is not None)
        image = QImage.fromData(self.picture.data) if self.picture else QImage()
        if image.isNull():
            self._shown.setText("No picture" if self.picture is None else "Picture is missing")
            return
        keep = Qt.AspectRatioMode.KeepAspectRatio
        scaled = image.scaled(self._size * self.devicePixelRatio(), keep, Qt.TransformationMode.SmoothTransformation)
        scaled.setDevicePixelRatio(self.devicePixelRatio())
        self._shown.setPixmap(QPixmap.fromImage(scaled))
