"""What is painted under and over the text: the sheet, highlights, bullets and numbers, the ring of a chosen object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextBlock

from briefpack.desktop.editor import utf16
from briefpack.desktop.editor.flow import sized
from briefpack.desktop.editor.formats import ATTRIBUTION
from briefpack.desktop.editor.look import INDENT, Look
from briefpack.desktop.editor.squiggle import Squiggles
from briefpack.pack.model import AnyBlock, Heading, ListItem, Quote, TextBlock
from briefpack.pack.text import Mark, MarkKind

if TYPE_CHECKING:
    from briefpack.desktop.editor.view import PackView


class Seen(NamedTuple):
    """A block that is on screen: its number, the pack's block, Qt's block, and its rectangle in the viewport."""

    number: int
    block: AnyBlock
    laid: QTextBlock
    rect: QRectF


Hits = Mapping[str, tuple[AnyBlock, tuple[tuple[int, int], ...]]]
"""By a block's id the block that was searched, and the offsets of what was found in it. In any other it is not painted."""


Misspelt = Callable[[TextBlock], Iterable[tuple[int, int]]]
"""Gives the offsets of what is misspelt in a block."""


class Painting:
    """Paints for a view. It looks at the blocks on screen only, and writes nothing into the document."""

    def __init__(self, view: PackView) -> None:
        self._view = view
        self.lit: str = ""
        """The id of the comment whose words are lit up."""
        self.pointed: str = ""
        """The id of the comment that the mouse points at."""
        self.hits: Hits = {}
        """What the user is looking for."""
        self.misspelt: Misspelt = lambda _block: ()
        """What is to be underlined as misspelt."""
        self._squiggles = Squiggles()

    def seen(self, area: QRect) -> Iterator[Seen]:
        """The blocks that lie in an area of the viewport, from the top."""
        view = self._view
        document, body = view.document(), view.pack().body
        layout = document.documentLayout()
        scrolled = view.verticalScrollBar().value()
        laid = view.cursorForPosition(area.topLeft()).block()
        while laid.isValid():
            rect = layout.blockBoundingRect(laid).translated(0, -scrolled)
            if rect.top() > area.bottom():
                return
            index = laid.blockNumber()
            if index >= len(body):
                return
            if laid.isVisible():
                yield Seen(index, body[index], laid, rect)
            laid = laid.next()

    def under(self, painter: QPainter, area: QRect) -> None:
        """The sheet, and what belongs beneath the letters."""
        look = self._view.look
        _sheet(painter, area, self._view.sheet_rect(), look)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for seen in self.seen(area):
            if isinstance(seen.block, TextBlock):
                for mark in seen.block.text.marks:
                    self._mark(painter, seen, mark, look)
                self._found(painter, seen, look)
                self._misspelt(painter, seen, look)
                if not seen.block.text:
                    self._view.hints.draw(painter, seen)
                if isinstance(seen.block, Heading):
                    self._view.folding.draw(painter, seen)
                elif isinstance(seen.block, ListItem):
                    self._bullet(painter, seen, seen.block, look)
                elif isinstance(seen.block, Quote):
                    self._quote(painter, seen, seen.block, look)
            elif seen.block.id in self.hits:
                self._found_within(painter, seen, look)

    def over(self, painter: QPainter, area: QRect) -> None:
        """The ring round an object that is selected, or the mark at the side of one that the caret is beside."""
        cursor = self._view.textCursor()
        if not cursor.hasSelection() and self._view.cursorWidth():
            return
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for seen in self.seen(area):
            at = seen.laid.position()
            if isinstance(seen.block, TextBlock) or last < at or first > at + 1:
                continue
            line, origin = seen.laid.layout().lineAt(0), seen.laid.layout().position()
            frame = QRectF(origin.x(), seen.rect.top() + line.y(), line.width(), line.height())
            painter.setPen(QPen(self._view.look.accent, 2))
            if first <= at < last:
                painter.fillRect(frame.adjusted(-1, -1, 1, 1), self._view.look.sheet)  # Qt's tint washes the words out
                self._view.draw_card(painter, frame, at)
                painter.setPen(QPen(self._view.look.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(frame.adjusted(-4, -4, 4, 4), 8, 8)
            elif first == last and self._view.hasFocus():
                x = frame.left() - 7 if first == at else frame.right() + 7
                painter.drawLine(QPointF(x, frame.top() + 2), QPointF(x, frame.bottom() - 2))

    def _mark(self, painter: QPainter, seen: Seen, mark: Mark, look: Look) -> None:
        match mark.kind:
            case MarkKind.HIGHLIGHT:
                colour = look.highlights.get(mark.value, look.highlights["yellow"])
                _fill(painter, seen, mark, colour)
            case MarkKind.COMMENT:
                comment = self._view.pack().comment(mark.value)
                if comment is None:
                    return
                lit = mark.value in (self.lit, self.pointed)
                if not comment.resolved or lit:
                    _fill(painter, seen, mark, look.comment_lit if lit else look.comment)
                    _underline(painter, seen, mark, look.comment_line, Qt.PenStyle.SolidLine)
            case MarkKind.CLIP:
                _underline(painter, seen, mark, look.clip, Qt.PenStyle.DotLine)
            case _:
                return

    def _found(self, painter: QPainter, seen: Seen, look: Look) -> None:
        """What was found in a block, for as long as it is the one that was searched."""
        block, ranges = self.hits.get(seen.block.id, (None, ()))
        if block is seen.block:
            for start, stop in ranges:
                for rect in rectangles(seen, start, stop):
                    painter.fillRect(rect, look.hit)

    def _misspelt(self, painter: QPainter, seen: Seen, look: Look) -> None:
        """What is misspelt in a block, but for the word that is being typed."""
        assert isinstance(seen.block, TextBlock)
        typed = self._view.typed_at
        at = typed.offset if typed is not None and typed.block == seen.block.id else -1
        for start, stop in self.misspelt(seen.block):
            if not start <= at <= stop:
                for rect in rectangles(seen, start, stop):
                    baseline = rect.top() + _ascent(seen, rect)
                    self._squiggles.draw(
                        painter, rect.left(), rect.right(), baseline, look.misspelt, self._view.formats.zoom
                    )

    def _found_within(self, painter: QPainter, seen: Seen, look: Look) -> None:
        """A bar at the side of an object that something was found in."""
        line, origin = seen.laid.layout().lineAt(0), seen.laid.layout().position()
        painter.fillRect(QRectF(origin.x() - 14, seen.rect.top() + line.y(), 5, line.height()), look.hit)

    def _bullet(self, painter: QPainter, seen: Seen, item: ListItem, look: Look) -> None:
        zoom = self._view.formats.zoom
        line = seen.laid.layout().lineAt(0)
        left = seen.laid.layout().position().x() + line.x() - INDENT * zoom
        top = seen.rect.top() + line.y()
        baseline = top + line.ascent()
        painter.save()
        if item.ordered:
            font = QFont(self._view.document().defaultFont())
            painter.setFont(font)
            painter.setPen(look.ink)
            label = numbering(self._view.pack().body, seen.number)
            painter.drawText(
                QRectF(left - 8, top, INDENT * zoom + 2, line.height()),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop,
                label,
            )
        else:
            size = 4.4 * zoom
            centre = QPointF(left + INDENT * zoom * 0.45, round(baseline - 4.6 * zoom) + 0.5)
            painter.setPen(QPen(look.ink, 1.1 * zoom) if item.level % 3 == 1 else Qt.PenStyle.NoPen)
            painter.setBrush(look.ink if item.level % 3 != 1 else Qt.BrushStyle.NoBrush)
            box = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
            if item.level % 3 == 2:
                painter.drawRect(box.adjusted(0.3, 0.3, -0.3, -0.3))
            else:
                painter.drawEllipse(box)
        painter.restore()

    def _quote(self, painter: QPainter, seen: Seen, quote: Quote, look: Look) -> None:
        """The bar beside a quotation, and under it who said it."""
        zoom = self._view.formats.zoom
        layout = seen.laid.layout()
        last = layout.lineAt(layout.lineCount() - 1)
        left, bottom = layout.position().x() + last.x(), seen.rect.top() + last.y() + last.height()
        if quote.speaker or quote.said_on:
            painter.setFont(sized(self._view.document().defaultFont(), 0.9))
            painter.setPen(look.muted)
            room = QRectF(left, bottom + 2 * zoom, last.width(), ATTRIBUTION * zoom)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignVCenter, attribution(quote, painter.fontMetrics(), last.width())
            )
            bottom += (ATTRIBUTION + 2) * zoom
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.card_edge)
        top = seen.rect.top() + layout.lineAt(0).y()
        painter.drawRoundedRect(QRectF(left - 14 * zoom, top, 3 * zoom, bottom - top), 1.5, 1.5)


def attribution(quote: Quote, metrics: QFontMetrics, room: float) -> str:
    """Who said a quotation and when, in one line of ``room`` pixels: where that is short, the name gives way."""
    when = f", {quote.said_on}" if quote.speaker and quote.said_on else quote.said_on
    left = room - metrics.horizontalAdvance(f"— {when}")
    return f"— {metrics.elidedText(quote.speaker, Qt.TextElideMode.ElideRight, int(left))}{when}"


def numbering(body: tuple[AnyBlock, ...], index: int) -> str:
    """The number of an ordered item: its place among the items of its level since the list, or its parent, began."""
    item = body[index]
    assert isinstance(item, ListItem)
    number = 0
    for at in range(index, -1, -1):
        block = body[at]
        if not isinstance(block, ListItem) or block.level < item.level:
            break
        if block.level == item.level:
            if not block.ordered:
                break
            number += 1
    return (f"{number}.", f"({_letter(number)})", f"({_roman(number)})")[item.level % 3]


def _letter(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(number: int) -> str:
    result = ""
    for value, sign in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        while number >= value:
            result += sign
            number -= value
    return result


def rectangles(seen: Seen, start: int, stop: int) -> Iterator[QRectF]:
    """The rectangles, in the viewport, of characters ``start`` up to ``stop`` (code points): one a line."""
    assert isinstance(seen.block, TextBlock)
    string = seen.block.text.string
    first, last = utf16.to_units(string, start), utf16.to_units(string, stop)
    layout = seen.laid.layout()
    origin = QPointF(layout.position().x(), seen.rect.top())
    at = layout.lineForTextPosition(first)
    number = at.lineNumber() if at.isValid() else 0
    for index in range(number, layout.lineCount()):
        line = layout.lineAt(index)
        begin, end = line.textStart(), line.textStart() + line.textLength()
        if begin >= last:
            return
        left = _x(line.cursorToX(max(first, begin)))
        right = _x(line.cursorToX(min(last, end)))
        if right > left:
            yield QRectF(origin.x() + left, origin.y() + line.y(), right - left, line.height())


def _ascent(seen: Seen, rect: QRectF) -> float:
    """How far below the top of the line that a rectangle is of its letters stand."""
    layout = seen.laid.layout()
    lines = (layout.lineAt(index) for index in range(layout.lineCount()))
    top = rect.top() - seen.rect.top()
    return next((line.ascent() for line in lines if abs(line.y() - top) < 1), rect.height() * 0.8)


def _x(found: object) -> float:
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]  # binding gives either


def _fill(painter: QPainter, seen: Seen, mark: Mark, colour: QColor) -> None:
    for rect in rectangles(seen, mark.start, mark.end):
        painter.fillRect(rect, colour)


def _underline(painter: QPainter, seen: Seen, mark: Mark, colour: QColor, style: Qt.PenStyle) -> None:
    painter.setPen(QPen(colour, 1.4, style))
    for rect in rectangles(seen, mark.start, mark.end):
        y = round(rect.bottom()) - 1.5
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))


def _sheet(painter: QPainter, area: QRect, sheet: QRectF, look: Look) -> None:
    if sheet.contains(QRectF(area).adjusted(0, -2, -1, 2)):
        painter.fillRect(area, look.sheet)
    else:
        painter.fillRect(area, look.desk)
        painter.fillRect(sheet, look.sheet)
    painter.setPen(QPen(look.hairline, 1))
    painter.drawRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5))
