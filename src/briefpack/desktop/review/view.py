"""The document with everything that reviewers propose in place: old words struck, new ones underlined. It is only read."""

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from briefpack.desktop.editor.painting import Hits
from briefpack.desktop.editor.view import Media, PackView
from briefpack.desktop.review.keys import action_of
from briefpack.desktop.workspace import Workspace
from briefpack.pack.anchors import Span, spans
from briefpack.pack.edits import Place
from briefpack.pack.model import AnyBlock, TextBlock
from briefpack.pack.text import MarkKind
from briefpack.review.showing import Shown


class ReviewView(PackView):
    """Shows what :func:`briefpack.review.showing.shown` gives, and lights up one item of it.

    Args:
        shown: the pack to begin with.
        media: gives the bytes of its pictures.
    """

    asked = Signal(str)
    """The id of the action that a key stands for."""

    item_clicked = Signal(str)
    """The key of an item whose place was clicked."""

    def __init__(self, shown: Shown, media: Media, parent: QWidget | None = None) -> None:
        self._places = shown.places
        self._key = ""
        super().__init__(Workspace(shown.pack), media, parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAcceptDrops(False)
        self.setAccessibleName("Briefing with what reviewers propose")
        self.margin.chosen_changed.connect(self.go_to_comment)
        self.setAccessibleDescription("Words to be taken out are struck through, words to be put in are underlined.")

    def show_review(self, shown: Shown) -> None:
        """Show another state; only what differs is written anew."""
        kept = {block.id: block for block in self.pack().body}
        body = tuple(_same(kept.get(block.id), block) for block in shown.pack.body)
        self._places = shown.places
        self.show_pack(replace(shown.pack, body=body))
        self.margin.schedule()
        self._light()

    def go_to(self, key: str, *, comment: str = "") -> None:
        """Light up an item, and a comment, and bring it into view where it is not."""
        self._key = key
        self._light()
        self._painting.lit = comment
        self.margin.choose(comment)
        self._bring(self._places.get(key, ()))

    def go_to_comment(self, comment: str) -> None:
        """Light up a comment and bring its words into view."""
        self._painting.lit = comment
        self.margin.choose(comment)
        self._bring(spans(self.pack(), MarkKind.COMMENT).get(comment, ()))
        self.viewport().update()

    def place_of(self, key: str) -> QPoint | None:
        """Below the words of an item, in the viewport; None where it has no place in the text."""
        pieces = self._places.get(key, ())
        if not pieces:
            return None
        return self.cursorRect(self._end_of(pieces[-1])).bottomLeft()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list's keys hold here, too; all others move about."""
        action = action_of(event)
        if action:
            self.asked.emit(action)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """What is dropped belongs to the window."""
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on what somebody proposes chooses it."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self.has_selection():
            return
        place = self.place_at(self.cursorForPosition(event.position().toPoint()).position())
        for key, pieces in self._places.items():
            if any(piece.block == place.block and piece.start <= place.offset <= piece.end for piece in pieces):
                self.item_clicked.emit(key)
                return

    def _light(self) -> None:
        """Mark the chosen item: its words, or where it is about whole objects a bar beside them."""
        blocks = {piece.block for piece in self._places.get(self._key, ())}
        lit: dict[str, tuple[AnyBlock, tuple[tuple[int, int], ...]]] = {}
        for block in self.pack().body:
            if block.id in blocks:
                ranges = tuple((piece.start, piece.end) for piece in self._places[self._key] if piece.block == block.id)
                lit[block.id] = (block, ranges)
        hits: Hits = lit
        self._painting.hits = hits
        self.viewport().update()

    def _bring(self, pieces: tuple[Span, ...]) -> None:
        """Scroll to where something stands, unless all of it is seen well already."""
        if not pieces:
            return
        first = pieces[0]
        inside = isinstance(self.block_of(first.block), TextBlock)
        with self.writing():
            self._move_to(self.position_of(Place(first.block, first.start if inside else 0)))
        top, bottom = self.cursorRect().top(), self.cursorRect(self._end_of(pieces[-1])).bottom()
        height = self.viewport().height()
        if top < 40 or bottom > height - 60:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + top - height // 3)

    def _end_of(self, piece: Span) -> QTextCursor:
        cursor = self.textCursor()
        inside = isinstance(self.block_of(piece.block), TextBlock)
        cursor.setPosition(self.position_of(Place(piece.block, piece.end if inside else 1)))
        return cursor

    def _move_to(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)


def _same(before: AnyBlock | None, block: AnyBlock) -> AnyBlock:
    """The block that is shown already where it is equal: what is the same value need not be compared again."""
    return before if before is not None and before == block else block
