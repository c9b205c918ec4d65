"""A document of the archive, shown to be read and taken from."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextListFormat,
)
from PySide6.QtWidgets import QTextEdit

from briefpack.archive.model import Document, Hit, Passage, PassageKind
from briefpack.desktop.archive.sentences import widened
from briefpack.desktop.editor.utf16 import to_points, to_units
from briefpack.desktop.theme.colours import colours_of
from briefpack.desktop.widgets.parts import named

_PASSAGE = QTextFormat.Property.UserProperty.value + 1
"""On a block's format: the place of its passage in the document, counted from 1."""


class Taken(NamedTuple):
    """Part of a passage: the characters from ``start`` up to ``end`` of its text."""

    passage: Passage
    start: int
    end: int


Mime = Callable[[Document, tuple[Taken, ...]], QMimeData]


class Reader(QTextEdit):
    """Passages one below the other, with the hits of the search marked. It cannot be typed into.

    Args:
        mime: what a selection is on the clipboard and when dragged.
    """

    def __init__(self, mime: Mime) -> None:
        super().__init__()
        named(self, "Document of the archive")
        self.setReadOnly(True)
        able = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(able)
        self.setUndoRedoEnabled(False)
        self.setStyleSheet("QTextEdit { border: none; border-radius: 0; padding: 0 4px; }")
        self.document().setDocumentMargin(12)
        self._mime = mime
        self._shown: Document | None = None
        self._hits: list[tuple[int, int]] = []
        self._at = -1

    @property
    def shown(self) -> Document | None:
        """The document."""
        return self._shown

    @property
    def hits(self) -> int:
        """How many hits are marked."""
        return len(self._hits)

    @property
    def hit(self) -> int:
        """The current hit, counted from 0; -1 where there is none."""
        return self._at

    @property
    def page(self) -> int | None:
        """The page on which the passage at the caret begins; None where the document has none."""
        passage = self._passage(self.document().findBlock(self.textCursor().selectionStart()))
        return passage.page if passage else None

    def show_document(self, document: Document, hit: Hit | None) -> None:
        """Show a document, at its first hit where a search found it."""
        self._shown = document
        self.clear()
        self._write_all(document)
        self._hits = self._marked(hit) if hit else []
        self._at = -1
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._paint_hits()
        if self._hits:
            self.step(1)

    def describe(self, document: Document) -> None:
        """The document has another title or the like, and the same words: the user stays where they are."""
        self._shown = document

    def forget(self) -> None:
        """Show nothing."""
        self._shown, self._hits, self._at = None, [], -1
        self.clear()

    def step(self, by: int) -> None:
        """Go to the next or the previous hit, around the end."""
        if not self._hits:
            return
        self._at = (self._at + by) % len(self._hits) if self._at >= 0 else (0 if by > 0 else len(self._hits) - 1)
        cursor = self.textCursor()
        cursor.setPosition(self._hits[self._at][0])
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self._paint_hits()

    def taken(self) -> tuple[Taken, ...]:
        """What is selected, a piece for each passage; without a selection the whole passage at the caret."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            passage = self._passage(cursor.block())
            return (Taken(passage, 0, len(passage.text)),) if passage and passage.text.strip() else ()
        pieces = []
        for block, start, end in self._selected():
            passage = self._passage(block)
            if passage is not None and passage.text[start:end].strip():
                pieces.append(_trimmed(passage, start, end))
        return tuple(pieces)

    def select_sentences(self) -> None:
        """Widen the selection to whole sentences; without one, select the sentence at the caret."""
        ranges = list(self._selected())
        if not ranges:
            return
        first, last = ranges[0], ranges[-1]
        start, stop = widened(first[0].text(), first[1], first[2])[0], widened(last[0].text(), last[1], last[2])[1]
        cursor = self.textCursor()
        cursor.setPosition(first[0].position() + to_units(first[0].text(), start))
        cursor.setPosition(last[0].position() + to_units(last[0].text(), stop), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def select(self, passage: str, start: int, end: int) -> None:
        """Select part of a passage. KeyError where the document has none of that id."""
        block = self.document().begin()
        while block.isValid():
            found = self._passage(block)
            if found is not None and found.id == passage:
                cursor = self.textCursor()
                cursor.setPosition(block.position() + to_units(found.text, start))
                cursor.setPosition(block.position() + to_units(found.text, end), QTextCursor.MoveMode.KeepAnchor)
                self.setTextCursor(cursor)
                return
            block = block.next()
        raise KeyError(passage)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: in other colours the words are written anew, and the selection stays."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            anchor, caret = self.textCursor().anchor(), self.textCursor().position()
            self.clear()
            self._write_all(self._shown)
            cursor = self.textCursor()
            cursor.setPosition(anchor)
            cursor.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            self._paint_hits()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Qt's: the selection with its source."""
        pieces = self.taken()
        return self._mime(self._shown, pieces) if self._shown and pieces else super().createMimeDataFromSelection()

    def _write_all(self, document: Document) -> None:
        cursor = self.textCursor()
        for place, passage in enumerate(document.passages):
            self._write(cursor, passage, place, first=place == 0)

    def _write(self, cursor: QTextCursor, passage: Passage, place: int, *, first: bool) -> None:
        form = QTextBlockFormat()
        form.setProperty(_PASSAGE, place + 1)
        form.setBottomMargin(8)
        form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        letters = QTextCharFormat()
        colours = colours_of(self.palette())
        letters.setForeground(QColor(colours.muted if passage.kind is PassageKind.BOILERPLATE else colours.text))
        if passage.kind is PassageKind.HEADING:
            form.setTopMargin(8)
            letters.setFontWeight(QFont.Weight.DemiBold)
        elif passage.kind is PassageKind.QUOTATION:
            form.setLeftMargin(24)
        if not first:
            cursor.insertBlock()
        cursor.setBlockFormat(form)
        cursor.setCharFormat(letters)
        if passage.kind is PassageKind.BULLET:
            bullets = QTextListFormat()
            bullets.setStyle(QTextListFormat.Style.ListDisc)
            bullets.setIndent(1 + passage.level)
            cursor.createList(bullets)
            cursor.mergeBlockFormat(form)
        cursor.insertText(passage.text.replace("\n", "\u2028"), letters)

    def _marked(self, hit: Hit) -> list[tuple[int, int]]:
        """The hits of a search in this document, in Qt's positions, in reading order."""
        highlights = {passage.id: passage.highlights for passage in hit.passages}
        found = []
        block = self.document().begin()
        while block.isValid():
            passage = self._passage(block)
            for start, end in highlights.get(passage.id, ()) if passage else ():
                found.append(
                    (block.position() + to_units(block.text(), start), block.position() + to_units(block.text(), end))
                )
            block = block.next()
        return found

    def _paint_hits(self) -> None:
        colours = colours_of(self.palette())
        selections = []
        for at, (start, end) in enumerate(self._hits):
            selection = QTextEdit.ExtraSelection()
            cursor = self.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format.setBackground(QColor(colours.current_hit if at == self._at else colours.hit))
            selections.append(selection)
        self.setExtraSelections(selections)

    def _selected(self) -> list[tuple[QTextBlock, int, int]]:
        """Each block of the selection (or the one at the caret) with the code points that are selected in it."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        found = []
        while block.isValid() and block.position() <= cursor.selectionEnd():
            text, at = block.text(), block.position()
            start = to_points(text, max(0, cursor.selectionStart() - at))
            end = to_points(text, min(block.length() - 1, cursor.selectionEnd() - at))
            if start < end or not cursor.hasSelection():
                found.append((block, start, end))
            block = block.next()
        return found

    def _passage(self, block: QTextBlock) -> Passage | None:
        place = block.blockFormat().intProperty(_PASSAGE)
        return self._shown.passages[place - 1] if self._shown and place else None


def _trimmed(passage: Passage, start: int, end: int) -> Taken:
    """A selection without the white space at its ends."""
    words = passage.text[start:end]
    return Taken(passage, start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))
