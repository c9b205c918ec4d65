"""One QTextDocument showing a pack, on a sheet: places and positions, and the document kept in step with the pack."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextFrameFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from briefpack.desktop.editor import patch, utf16
from briefpack.desktop.editor.folding import Folding
from briefpack.desktop.editor.formats import CARD, COLOURED, Formats
from briefpack.desktop.editor.hints import Hints
from briefpack.desktop.editor.look import DESK_GAP, SHEET_WIDTH, SIDE_MARGIN, TOP_MARGIN, Look, look_of
from briefpack.desktop.editor.margin import NARROWEST, WIDEST, Margin
from briefpack.desktop.editor.objects import Cards
from briefpack.desktop.editor.painting import Painting
from briefpack.desktop.editor.projection import project
from briefpack.desktop.editor.tidy import string_of
from briefpack.desktop.theme.people import known_people
from briefpack.desktop.workspace import Selection, Workspace
from briefpack.pack.edits import Place
from briefpack.pack.model import AnyBlock, Pack, TextBlock, texts_of

CARET = 2
"""The width of Qt's caret."""

EDGE = 12
"""Desk on either side of the sheet, at the least."""

NARROWEST_SHEET = 430
"""Where less than this is left for the sheet, the margin goes."""

_SCROLL_BAR = """
QScrollBar:vertical {{ background: {desk}; width: 14px; margin: 0; border: none; }}
QScrollBar::handle:vertical {{ background: {handle}; min-height: 36px; border-radius: 4px; margin: 2px 3px; }}
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: none; }}
"""

Media = Callable[[str], bytes | None]
"""Gives the bytes of a picture by its name in the pack."""


class PackView(QTextEdit):
    """Shows the workspace's pack and follows it. What the user does to it is the subclass's business."""

    place_changed = Signal()
    """The caret or the selection is elsewhere, or what stands there is something else."""

    def __init__(self, workspace: Workspace, media: Media, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._look = look_of(QGuiApplication.palette())
        self._formats = Formats(self._look, people=known_people(workspace.pack))
        self._busy = 0
        self._known: dict[str, int] = {}
        self._shown = workspace.pack
        self.typed_at: Place | None = None
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.WidgetWidth)
        self.setAccessibleName("Briefing")
        self.setCursorWidth(CARET)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        document = self.document()
        document.setUndoRedoEnabled(False)
        self._cards = Cards(self, media)
        document.documentLayout().registerHandler(CARD, self._cards)
        self._painting = Painting(self)
        self.folding = Folding(self)
        self.hints = Hints(self)
        self.hints.follow(workspace.pack)
        self._margin = Margin(self)
        self._margin_wanted = True
        self._dress()
        self._load()
        self._margin.laid_out.connect(self._lay_out)
        workspace.pack_changed.connect(self._follow)
        workspace.stepped.connect(self._go_back)
        self.cursorPositionChanged.connect(self._moved)
        self.selectionChanged.connect(self._moved)

    # What is shown

    def pack(self) -> Pack:
        """The pack that the document shows."""
        return self._shown

    @property
    def look(self) -> Look:
        """The colours in use."""
        return self._look

    @property
    def formats(self) -> Formats:
        """The formats in use."""
        return self._formats

    @property
    def margin(self) -> Margin:
        """What stands beside the sheet."""
        return self._margin

    def show_margin(self, wanted: bool) -> None:
        """Show or hide what stands beside the sheet."""
        self._margin_wanted = wanted
        self._lay_out()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """While the document is written by us, it is not read back, and no move of the caret is told."""
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self.folding.follow()

    def _load(self) -> None:
        """Write the whole document anew."""
        with self.writing():
            document = self.document()
            self.setFont(self._formats.font())  # or a change of the application's font would become the document's
            document.setDefaultFont(self._formats.font())
            document.setDocumentMargin(0)
            patch.load(document, self._shown, self._formats)
            self._set_page(self.viewport().width())
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def _set_page(self, width: int) -> None:
        """The white space round the text of a sheet: a narrow sheet has less of it at the sides."""
        zoom = self._formats.zoom
        side = round(SIDE_MARGIN * min(zoom, max(0.4, (width / SHEET_WIDTH - 0.4) / 0.6)))
        frame = QTextFrameFormat()
        frame.setLeftMargin(side)
        frame.setRightMargin(side)
        frame.setTopMargin(DESK_GAP + TOP_MARGIN * zoom)
        frame.setBottomMargin(DESK_GAP + TOP_MARGIN * zoom)
        root = self.document().rootFrame()
        if root.frameFormat() != frame:
            with self.writing():
                root.setFrameFormat(frame)

    def show_pack(self, pack: Pack) -> None:
        """Make the document show ``pack``, writing only what differs; the caret stays with its words."""
        before, self._shown = self._shown, pack
        if pack is before:
            return
        people = known_people(pack) if pack.returns is not before.returns else self._formats.people
        recoloured = people != self._formats.people
        if recoloured:
            self._formats = Formats(self._look, self._formats.zoom, people)
        with self.writing():
            if pack.id != before.id:
                self._known.clear()
                self.folding.restore(())
                self._lay_out()
                self._load()
            else:
                reshaped = patch.patch(self.document(), before, pack, self._formats)
                if reshaped or before.comments is not pack.comments:
                    self.viewport().update()  # numbers of lists and colours of comments are painted, not written
                if recoloured:
                    self._colour()

    def _follow(self, before: Pack, after: Pack) -> None:
        self.show_pack(after)
        if self.hints.follow(after):
            self.viewport().update()  # a hint may reach below its block
        if after.id != before.id:
            self._moved()
        self._margin.schedule()

    def _go_back(self, selection: Selection | None) -> None:
        """Where an undo or redo leads."""
        if selection is not None:
            self._set_selection(selection)
        self.ensureCursorVisible()
        self._moved()

    # Places

    def index_of(self, block: str) -> int:
        """The place of a block in the body; KeyError where it is not there. Where it was last is looked at first."""
        body = self._shown.body
        known = self._known.get(block, -1)
        if not (0 <= known < len(body) and body[known].id == block):
            known = self._known[block] = self._shown.index(block)
        return known

    def block_of(self, block: str) -> AnyBlock:
        """The block with an id; KeyError where there is none."""
        return self._shown.body[self.index_of(block)]

    def place_at(self, position: int) -> Place:
        """The place of a position in the document."""
        found = self.document().findBlock(position)
        index = min(found.blockNumber(), len(self._shown.body) - 1)
        block = self._shown.body[index]
        self._known[block.id] = index
        return Place(block.id, utf16.to_points(string_of(block), position - found.position()))

    def position_of(self, place: Place) -> int:
        """The position in the document of a place. KeyError where its block is not in the pack."""
        index = self.index_of(place.block)
        start = self.document().findBlockByNumber(index).position()
        string = string_of(self._shown.body[index])
        return start + utf16.to_units(string, min(max(0, place.offset), len(string)))

    def selection(self) -> tuple[Place, Place]:
        """Anchor and caret; the same where nothing is selected."""
        cursor = self.textCursor()
        return self.place_at(cursor.anchor()), self.place_at(cursor.position())

    def select(self, start: Place, stop: Place) -> None:
        """Put the anchor and the caret, and bring the caret into view."""
        self._set_selection(Selection(self.position_of(start), self.position_of(stop)))
        self.ensureCursorVisible()

    def has_selection(self) -> bool:
        """Whether something is selected."""
        return self.textCursor().hasSelection()

    def current_block(self) -> str:
        """The id of the block that the caret is in."""
        return self.place_at(self.textCursor().position()).block

    def go_to_block(self, block: str) -> None:
        """Put the caret at the start of a block and bring it to the upper part of the view."""
        position = self.position_of(Place(block, 0))
        self._set_selection(Selection(position, position))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 5)
        self.setFocus()

    def _selection(self) -> Selection:
        cursor = self.textCursor()
        return Selection(cursor.anchor(), cursor.position())

    def _set_selection(self, selection: Selection) -> None:
        last = self.document().characterCount() - 1
        cursor = self.textCursor()
        cursor.setPosition(min(selection.anchor, last))
        cursor.setPosition(min(selection.caret, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def in_step(self) -> bool:
        """Whether document and pack agree, so that the one can be asked about the other."""
        return not self._busy

    def _moved(self) -> None:
        if self.in_step():
            self.folding.show_selection()
            self.place_changed.emit()

    # Look

    def set_zoom(self, percent: int) -> None:
        """Show everything at ``percent`` of its size."""
        self._formats = Formats(self._look, percent / 100, self._formats.people)
        self._cards.forget()
        selection, before = self._selection(), self.cursorRect().top()
        self._load()
        self._lay_out()
        self._margin.forget()
        self._set_selection(selection)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - before)

    def _dress(self) -> None:
        """Take on the look's colours."""
        palette = QPalette(QGuiApplication.palette())
        roles = QPalette.ColorRole
        for role, colour in (
            (roles.Window, self._look.desk),
            (roles.Base, self._look.sheet),
            (roles.Text, self._look.ink),
        ):
            palette.setColor(role, colour)
        palette.setColor(roles.Highlight, self._look.selection)
        palette.setColor(roles.HighlightedText, self._look.ink)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        colours = {"desk": self._look.desk.name(), "handle": self._look.hairline.name()}
        self.verticalScrollBar().setStyleSheet(_SCROLL_BAR.format(**colours))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the application from light to dark and back."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange):
            self._retheme()

    def event(self, event: QEvent) -> bool:
        """See an application-wide change of palette, which does not reach a widget that has its own."""
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._retheme()
        return super().event(event)

    def _retheme(self) -> None:
        look = look_of(QGuiApplication.palette())
        if look is getattr(self, "_look", look):
            return
        self._look = look
        self._formats = Formats(look, self._formats.zoom, self._formats.people)
        self._dress()
        with self.writing():
            self._colour()
        self._cards.forget()
        self._margin.update()
        self.viewport().update()

    def _colour(self) -> None:
        """Write those blocks anew whose formats hold colours."""
        for index, block in enumerate(self._shown.body):
            if _coloured(block):
                target = project(self._shown, block, self._formats)
                patch.write_block(self.document().findBlockByNumber(index), target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet in the middle, and the words that are read where they are."""
        with self._held():
            self._lay_out()
            super().resizeEvent(event)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """While the sheet changes its width, the caret's line stays where it is; where that is off screen, the top line."""
        cursor = self.textCursor()
        if not self.viewport().rect().intersects(self.cursorRect(cursor)):
            cursor = self.cursorForPosition(QPoint(0, 0))
        before = self.cursorRect(cursor).top()
        yield
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - before)

    def _lay_out(self) -> None:
        """The sheet at its width and the margin at its, together in the middle of the room; none where it is empty."""
        bar = self.verticalScrollBar()
        room = self.width() - bar.sizeHint().width()
        sheet = round(SHEET_WIDTH * self._formats.zoom)
        fits = room - NARROWEST - 2 * EDGE >= NARROWEST_SHEET
        shown = self._margin_wanted and fits and not self._margin.is_empty()
        beside = min(WIDEST, max(NARROWEST, room - sheet - 2 * EDGE)) if shown else 0
        width = min(sheet, room - beside - 2 * EDGE)
        left = max(0, (room - width - beside) // 2)
        margins = (left, 0, max(0, room - width - left), 0)
        old = self.viewportMargins()
        if (old.left(), old.top(), old.right(), old.bottom()) != margins:
            with self._held():
                self._set_page(width)
                self.setViewportMargins(*margins)
        self._margin.setVisible(shown)
        before = self._margin.width()
        self._margin.setGeometry(left + width, 0, beside, self.height())
        if shown and beside != before:
            self._margin.forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet and what lies on it first, then the text, then what lies over it."""
        painter = QPainter(self.viewport())
        self._painting.under(painter, event.rect())
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._painting.over(painter, event.rect())
        painter.end()

    def draw_card(self, painter: QPainter, frame: QRectF, position: int) -> None:
        """Draw the card of the object at a position of the document."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position + 1)
        self._cards.drawObject(painter, frame, self.document(), position, cursor.charFormat())

    def sheet_rect(self) -> QRectF:
        """The sheet in the viewport's coordinates."""
        height = self.document().size().height()
        width = self.viewport().width()
        top = DESK_GAP - self.verticalScrollBar().value()
        return QRectF(0, top, width - 1, max(height - 2 * DESK_GAP, width * 1.2))

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Nothing is ever loaded from outside: a picture's place stays empty."""
        image = QImage(1, 1, QImage.Format.Format_ARGB32)
        image.fill(QColor(0, 0, 0, 0))
        return image


def _coloured(block: AnyBlock) -> bool:
    return isinstance(block, TextBlock) and any(mark.kind in COLOURED for t in texts_of(block) for mark in t.marks)
