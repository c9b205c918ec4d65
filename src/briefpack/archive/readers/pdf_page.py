"""What is printed on one page of a PDF: runs of characters on one line, with their place, as PDFium finds them."""

import ctypes
from collections import Counter

import pypdfium2
import pypdfium2.raw as pdfium

from briefpack.archive.readers.pdf_lines import HYPHEN, Printed

_GAP = 1.5
"""A gap, in sizes of the letters, that parts columns and cells of a table rather than words."""

_BACK = 0.3
"""How far, in sizes, a character may stand left of the one before: accents do, and the letters of one ligature."""

_SAME_LINE = 0.4
"""The share of their height by which two characters of one line overlap at the least."""

_SPACES = frozenset(b" \t\r\n\xa0")
_SIGNS = {0x02: "-", 0xAD: HYPHEN, 0xFFFE: HYPHEN}
"""What PDFium gives for a hyphen at the end of a line, and what it stands for."""

_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_BOLD_WEIGHT = 600
_FONT_NAME = 256


def has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether there is a picture on the page."""
    return next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4), None) is not None


def printed_on(page: pypdfium2.PdfPage) -> tuple[list[Printed], int, int]:
    """The runs of a page in the order of the file, the number of characters, and of those without a known letter."""
    text = page.get_textpage()
    try:
        runs = _Runs(text.raw, page.get_rotation())
        for index in range(text.count_chars()):
            runs.take(index)
        runs.close()
        return runs.found, runs.characters, runs.unknown
    finally:
        text.close()


class _Runs:
    """The characters of a page, one after the other, gathered into runs."""

    def __init__(self, text: pdfium.FPDF_TEXTPAGE, rotation: int) -> None:
        self.found: list[Printed] = []
        self.characters = self.unknown = 0
        self._text = text
        self._rotation = rotation
        self._rectangle = pdfium.FS_RECTF()
        self._run: list[str] = []
        self._box = (0.0, 0.0, 0.0, 0.0)
        self._size = 0.0
        self._sizes: Counter[float] = Counter()
        self._bold: list[bool] = []
        self._last, self._left = 0, 0.0
        self._spaced = False

    def take(self, index: int) -> None:
        code = pdfium.FPDFText_GetUnicode(self._text, index)
        if code in _SPACES:
            self._spaced = bool(self._run)
            return
        self.characters += 1
        if not code or code == 0xFFFD or pdfium.FPDFText_HasUnicodeMapError(self._text, index) == 1:
            self.unknown += 1
        if not code or not pdfium.FPDFText_GetLooseCharBox(self._text, index, self._rectangle):
            return
        box = self._turned()
        if self._run and not self._goes_on(box):
            self.close()
        if not self._run:
            self._box = box
            self._sizes.clear()
            self._bold = [self._is_bold(index)]
        else:
            left, bottom, right, top = self._box
            self._box = (min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3]))
            if self._spaced:
                self._run.append(" ")
        self._spaced = False
        self._size = round((self._size_of(index) or box[3] - box[1]) * 2) / 2
        self._sizes[self._size] += 1
        self._run.append(_SIGNS.get(code) or chr(code))
        self._last, self._left = index, box[0]

    def close(self) -> None:
        """The run at hand is at its end."""
        words = "".join(self._run)
        if words:
            bold = self._bold[0] and self._is_bold(self._last)
            size = self._sizes.most_common(1)[0][0]
            self.found.append(Printed(words, *self._box, size=size, bold=bold))
        self._run = []
        self._spaced = False

    def _goes_on(self, box: tuple[float, float, float, float]) -> bool:
        """Whether a character in ``box`` stands on the line of the run, after it and not far from it."""
        _, bottom, right, top = self._box
        overlap = min(top, box[3]) - max(bottom, box[1])
        size = max(self._size, 1.0)
        near = self._left - _BACK * size <= box[0] <= right + _GAP * size
        return near and overlap >= _SAME_LINE * min(top - bottom, box[3] - box[1])

    def _turned(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the character at hand on the page as it is shown."""
        found = self._rectangle
        left, bottom, right, top = found.left, found.bottom, found.right, found.top
        match self._rotation:
            case 90:
                return bottom, -right, top, -left
            case 180:
                return -right, -top, -left, -bottom
            case 270:
                return -top, left, -bottom, right
            case _:
                return left, bottom, right, top

    def _size_of(self, index: int) -> float:
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self._text, index, matrix):
            return 0.0
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        return float(pdfium.FPDFText_GetFontSize(self._text, index) * scale)

    def _is_bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._text, index) >= _BOLD_WEIGHT:
            return True
        name = ctypes.create_string_buffer(_FONT_NAME)
        pdfium.FPDFText_GetFontInfo(self._text, index, name, _FONT_NAME, ctypes.c_int())
        return any(word in name.value.decode("utf-8", "replace").lower() for word in _BOLD)
