"""A text of the pack laid out at a width, for cards and bubbles."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from briefpack.desktop.editor import utf16
from briefpack.desktop.editor.look import Look
from briefpack.desktop.editor.tidy import shown
from briefpack.pack.text import MarkKind, Text


class Flow:
    """Lines of one text. ``height`` is what they take; with ``lines`` no more than so many are laid, the last with "…".

    Args:
        said: the words with their marks.
        font: the font of plain words.
        width: the room in pixels.
        look: gives the colour of links and highlights.
        lines: the most lines to lay; 0 is all.
        spacing: the distance of lines, as a factor of their height.
    """

    def __init__(
        self, said: Text, font: QFont, width: float, look: Look, *, lines: int = 0, spacing: float = 1.12
    ) -> None:
        self.width = width
        self.natural = 0.0
        self.height = 0.0
        self.cut = False
        self._layout = QTextLayout(shown(said.string), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats(_ranges(said, look))
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, self.height))
            self.height += line.height() * spacing
            self.natural = max(self.natural, line.naturalTextWidth())
            if lines and self._layout.lineCount() == lines:
                self.cut = line.textStart() + line.textLength() < utf16.length(said.string)
                break
        self._layout.endLayout()

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """The lines in the painter's pen, from a point down."""
        self._layout.draw(painter, QPointF(x, y))
        if self.cut:
            last = self._layout.lineAt(self._layout.lineCount() - 1)
            at = QPointF(x + min(last.naturalTextWidth(), self.width - 8), y + last.y() + last.ascent())
            painter.drawText(at, "…")


def _ranges(said: Text, look: Look) -> list[QTextLayout.FormatRange]:
    ranges = []
    start = 0
    for string, marks in said.runs():
        size = utf16.length(string)
        if marks:
            found = QTextLayout.FormatRange()
            found.start, found.length, found.format = start, size, _format({m.kind: m.value for m in marks}, look)
            ranges.append(found)
        start += size
    return ranges


def _format(marks: dict[MarkKind, str], look: Look) -> QTextCharFormat:
    made = QTextCharFormat()
    if MarkKind.BOLD in marks:
        made.setFontWeight(QFont.Weight.Bold)
    made.setFontItalic(MarkKind.ITALIC in marks)
    made.setFontUnderline(MarkKind.UNDERLINE in marks or MarkKind.LINK in marks)
    made.setFontStrikeOut(MarkKind.STRIKE in marks or MarkKind.DELETION in marks)
    if MarkKind.LINK in marks:
        made.setForeground(look.link)
    if MarkKind.HIGHLIGHT in marks:
        made.setBackground(look.highlights.get(marks[MarkKind.HIGHLIGHT], look.highlights["yellow"]))
    if MarkKind.COMMENT in marks:
        made.setBackground(look.comment)
    return made


def sized(font: QFont, factor: float, *, bold: bool = False, italic: bool = False) -> QFont:
    """A font in another size and weight."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * factor)
    made.setBold(bold)
    made.setItalic(italic)
    return made
