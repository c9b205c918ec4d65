"""The editor of a pack: the document, its keys, its mouse, its clipboard, and what it says aloud."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from briefpack.desktop.editor import clipboard, keys, wording
from briefpack.desktop.editor.commands import Commands
from briefpack.desktop.editor.painting import Hits, Misspelt
from briefpack.desktop.editor.pointing import mark_at, mark_under
from briefpack.desktop.editor.text_in import read_text
from briefpack.desktop.editor.view import CARET, Media
from briefpack.desktop.workspace import Workspace
from briefpack.pack import edits
from briefpack.pack.anchors import spans
from briefpack.pack.edits import Place
from briefpack.pack.edits.places import end_of
from briefpack.pack.model import TextBlock
from briefpack.pack.outline import sections
from briefpack.pack.text import MarkKind


class PackEditor(Commands):
    """The document that a pack is written in.

    Args:
        workspace: the open pack and its history; the editor follows it by itself.
        media: gives the bytes of a picture by its name, or None where the pack holds none of it.
    """

    comment_clicked = Signal(str)
    """The id of a comment whose words were clicked."""

    line_clicked = Signal(str, str)
    """The id of a line to take whose chips were clicked, and the field of the one that was; empty for none."""

    menu_asked_for = Signal(object, object)
    """A menu that is about to be shown, still empty, and the place that it is about."""

    pictures_offered = Signal(object)
    """Pictures that were pasted or dropped, as paths of files or the bytes of one: they go in once they are described."""

    link_followed = Signal(str)
    """The address of a link that the user wants to open."""

    announced = Signal(str)
    """The words of the object or comment that the caret has come to."""

    def __init__(self, workspace: Workspace, media: Media, parent: QWidget | None = None) -> None:
        self._told = ""
        self._ringed = False
        self._at_triangle = False
        super().__init__(workspace, media, parent)
        self.folding.offered = True
        self.viewport().setMouseTracking(True)
        self._show_caret()
        self.margin.chosen_changed.connect(self._note_clicked)
        self.margin.pointed_changed.connect(self.point_at)
        self.setAccessibleDescription("The text of the briefing. Enter on a selected object opens its form.")

    # Keys

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window's actions."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and keys.is_history(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let typing through to Qt; everything else that changes the pack is an edit."""
        self.folding.dragging = False
        if keys.walks(event):
            self._walk(event)
            return
        if event.key() == Qt.Key.Key_Escape and self.folding.focused:
            self.folding.focus("")
            event.accept()
            return
        if self.isReadOnly() and not keys.opens(self, event):
            super().keyPressEvent(event)
            return
        if event.matches(QKeySequence.StandardKey.Cut):
            self.cut()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif not keys.pressed(self, event):
            self.before_typing()
            super().keyPressEvent(event)
            return
        event.accept()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composed text goes through Qt; beside an object it gets its own paragraph first."""
        if self.isReadOnly():
            event.ignore()
            return
        if event.commitString() or event.preeditString():
            keys.make_room(self)
        self.before_typing()
        super().inputMethodEvent(event)

    def _walk(self, event: QKeyEvent) -> None:
        """Move the caret as Qt does, but past what is folded away."""
        self.folding.held = True
        before = self.textCursor().blockNumber()
        super().keyPressEvent(event)
        self.folding.held = False
        cursor = self.textCursor()
        now = cursor.blockNumber()
        if self.folding.is_hidden(now):
            by = 1 if now > before or (now == before and keys.is_forward(event)) else -1
            index = self.folding.visible_beside(now, by)
            laid = self.document().findBlockByNumber(index)
            at = laid.position() + (0 if index > now else laid.length() - 1)
            held = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            cursor.setPosition(at, QTextCursor.MoveMode.KeepAnchor if held else QTextCursor.MoveMode.MoveAnchor)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        self._moved()

    def selectAll(self) -> None:
        """Everything; where one section alone is shown, that."""
        focused = next((each for each in sections(self._shown) if each.heading.id == self.folding.focused), None)
        if focused is None:
            super().selectAll()
        else:
            last = self._shown.body[focused.end - 1]
            self.select(Place(focused.heading.id, 0), end_of(last))

    # Clipboard

    def cut(self) -> None:
        """The selection to the clipboard, and out of the pack."""
        if self.has_selection():
            self.copy()
            self.delete_selection("Cut")

    def copy(self) -> None:
        """The selection to the clipboard in our own flavour, HTML and text."""
        if self.has_selection():
            QGuiApplication.clipboard().setMimeData(self.createMimeDataFromSelection())

    def paste(self) -> None:
        """The clipboard in place of the selection."""
        if (held := _on_clipboard()) is not None:
            self.insertFromMimeData(held)

    def paste_text(self) -> None:
        """The clipboard's words alone in place of the selection."""
        fragment = read_text(QGuiApplication.clipboard().text(), plain=True)
        if fragment.blocks:
            self.insert_fragment(fragment)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What a copy or drag carries."""
        return clipboard.fragment_mime(edits.cut_out(self._shown, *self._range()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Whether a paste or drop holds anything for a pack."""
        return clipboard.can_read(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A paste, as one edit; Qt never sees the HTML."""
        if self.isReadOnly():
            return
        if dragged := clipboard.read_clips(source):
            self.place_clips(dragged.clips, dragged.form, dragged.speaker)
            return
        if files := clipboard.picture_files(source):
            self.pictures_offered.emit(files)
            return
        fragment = clipboard.read_fragment(source)
        if fragment.blocks:
            self.insert_fragment(fragment)
        elif (picture := clipboard.picture(source)) is not None:
            self.pictures_offered.emit((picture,))

    # Drag and drop

    def dropEvent(self, event: QDropEvent) -> None:
        """A drop, as one edit: within the editor a move, or with Ctrl a copy."""
        super().dragLeaveEvent(QDragLeaveEvent())
        self.folding.dragging = False
        at = self.place_at(self.cursorForPosition(event.position().toPoint()).position())
        own = event.source() in (self, self.viewport())
        if own and event.dropAction() == Qt.DropAction.MoveAction and self.has_selection():
            self.edit("Move", *edits.move_range(self._shown, *self._range(), at))
            event.acceptProposedAction()
        elif self.canInsertFromMimeData(event.mimeData()):
            self.select(at, at)
            self.insertFromMimeData(event.mimeData())
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        self.setFocus()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where a drop would go; what cannot be read is refused."""
        super().dragMoveEvent(event)
        if not self.canInsertFromMimeData(event.mimeData()):
            event.ignore()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the triangle of a heading folds its section; else the caret comes here, or a drag begins."""
        heading = self.folding.heading_at(event.position().toPoint())
        self._at_triangle = bool(heading) and event.button() == Qt.MouseButton.LeftButton
        if self._at_triangle:
            event.accept()
            self.folding.toggle(heading)
        else:
            self.folding.dragging = True
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a triangle can be clicked."""
        if self._at_triangle:
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            point = event.position().toPoint()
            over = bool(self.folding.heading_at(point)) or (_follows(event) and self._link_under(point))
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)
            comment = mark_under(self, point, MarkKind.COMMENT)
            self.point_at(comment.value if comment else "")

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse points at nothing any more."""
        super().leaveEvent(event)
        self.point_at("")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on an object selects it; one on a comment's words tells which; with Ctrl, a link is followed."""
        if self._at_triangle:
            self._at_triangle = False
            event.accept()
            return
        super().mouseReleaseEvent(event)
        self.folding.dragging = False
        self.folding.show_selection()
        if event.button() != Qt.MouseButton.LeftButton or self.has_selection():
            return
        if _follows(event) and (address := self._link_under(event.position().toPoint())):
            self.link_followed.emit(address)
            return
        if block := self.object_at(event.position().toPoint()):
            self.select(Place(block, 0), Place(block, 1))
        elif comment := self.comment_here():
            self.comment_clicked.emit(comment)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double-click on an object opens its form."""
        if self.folding.heading_at(event.position().toPoint()):
            self.mousePressEvent(event)
            return
        if block := self.object_at(event.position().toPoint()):
            self.select(Place(block, 0), Place(block, 1))
            self.object_opened.emit(block)
            return
        super().mouseDoubleClickEvent(event)

    def object_at(self, point: QPoint) -> str | None:
        """The id of the object under a point of the viewport."""
        layout = self.document().documentLayout()
        scrolled = self.verticalScrollBar().value()
        position = layout.hitTest(QPoint(point.x(), point.y() + scrolled).toPointF(), Qt.HitTestAccuracy.ExactHit)
        if position < 0:
            return None
        block = self.block_of(self.place_at(position).block)
        return None if isinstance(block, TextBlock) else block.id

    def viewportEvent(self, event: QEvent) -> bool:
        """Where a link leads, when the mouse rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            address = self._link_under(event.pos())
            QToolTip.showText(event.globalPos(), f"{address}\nCtrl+click opens it" if address else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def _link_under(self, point: QPoint) -> str:
        found = mark_under(self, point, MarkKind.LINK)
        return found.value if found else ""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What is to be said of the words there, the editor's own actions where the window gave it some, the clipboard's."""
        menu = QMenu(self)
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        place = self.place_at(self.cursorForPosition(event.pos()).position()) if by_mouse else self.selection()[1]
        self.menu_asked_for.emit(menu, place)
        if link := mark_at(self, place, MarkKind.LINK):
            menu.addAction("Open the &link…").triggered.connect(lambda: self.link_followed.emit(link.value))
        menu.addActions(self.actions())
        if self.actions():
            menu.addSeparator()
        for name, act, enabled in (
            ("Cu&t", self.cut, self.has_selection()),
            ("&Copy", self.copy, self.has_selection()),
            ("&Paste", self.paste, bool((held := _on_clipboard()) and self.canInsertFromMimeData(held))),
            ("Paste &words only", self.paste_text, bool(QGuiApplication.clipboard().text())),
            ("Select &all", self.selectAll, True),
        ):
            action = menu.addAction(name)
            action.triggered.connect(act)
            action.setEnabled(enabled)
        menu.exec(event.globalPos() if by_mouse else self.below_caret())
        menu.deleteLater()

    def below_caret(self) -> QPoint:
        """The point of the screen under the caret, where a menu that the keyboard asks for opens."""
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft())

    # Comments, and what is said aloud

    def comment_here(self) -> str | None:
        """The id of the comment whose words the caret is in; the innermost where there are several."""
        found = mark_at(self, self.selection()[1], MarkKind.COMMENT)
        return found.value if found else None

    def go_to_comment(self, comment: str) -> None:
        """Select the words that a comment stands on and light them up; nothing where it has none in the text."""
        pieces = spans(self._shown, MarkKind.COMMENT).get(comment, ())
        if not pieces:
            return
        first, last = pieces[0], pieces[-1]
        self.go_to_block(first.block)
        if isinstance(self.block_of(first.block), TextBlock):
            self.select(Place(last.block, last.end), Place(first.block, first.start))
        self.light(comment)

    def light(self, comment: str) -> None:
        """Light up the words of a comment; none where the id is empty."""
        if self._painting.lit != comment:
            self._painting.lit = comment
            self.viewport().update()
            self.margin.choose(comment)

    def point_at(self, comment: str) -> None:
        """Light up the words and the bubble of the comment that the mouse points at; none where the id is empty."""
        if self._painting.pointed != comment:
            self._painting.pointed = comment
            self.viewport().update()
            self.margin.point_at(comment)

    def underline(self, misspelt: Misspelt) -> None:
        """Underline what is misspelt from now on, as ``misspelt`` says."""
        self._painting.misspelt = misspelt
        self.viewport().update()

    def light_up(self, hits: Hits) -> None:
        """Mark what was found; none where empty."""
        self._painting.hits = hits
        self.viewport().update()

    def _note_clicked(self, key: str) -> None:
        """A bubble was clicked: go to its words; a line's flag opens its form."""
        if key.startswith("line "):
            block, _, field = key.removeprefix("line ").partition(" ")
            self.line_clicked.emit(block, field)
        elif key.startswith("block "):
            place = Place(key.removeprefix("block "), 0)
            self.select(place, place)
            self.setFocus()
        else:
            self.go_to_comment(key)
            self.comment_clicked.emit(key)

    def _moved(self) -> None:
        super()._moved()
        if not self.in_step():
            return
        self._show_caret()
        if self.typed_at is not None and self.typed_at != self.selection()[1]:
            self.typed_at = None
            self.viewport().update()  # the word that was being typed may be misspelt
        self.light(self.comment_here() or "")
        said = self._words_at_caret()
        if said != self._told:
            self._told = said
            if said:
                self.announced.emit(said)
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _show_caret(self) -> None:
        """Beside an object Qt's caret would be as high as the card, and in it: a mark at its side is painted instead.

        That mark, and the rings of selected objects, lie outside what Qt repaints by itself.
        """
        anchor, caret = self.selection()
        width = CARET if isinstance(self.block_of(caret.block), TextBlock) else 0
        if width != self.cursorWidth():
            self.setCursorWidth(width)
        ringed = not width or anchor.block != caret.block
        if ringed or self._ringed:
            self.viewport().update()
        self._ringed = ringed

    def _words_at_caret(self) -> str:
        """What a screen reader cannot see by itself: the object or the comment that the caret is at."""
        block = self.block_of(self.selection()[1].block)
        if not isinstance(block, TextBlock):
            return f"{wording.object_words(block, self._shown.people)}. Press Enter on it to open it."
        if block.id in self.folding.folded and self.folding.can_fold(self.index_of(block.id)):
            return "Folded away: what is under this heading"
        if hint := self.hints.of(block.id):
            return f"Nothing written yet. {hint}"
        comment = self._shown.comment(self.comment_here() or "")
        if comment is None:
            return ""
        return f"Comment by {comment.author or 'unknown author'}: {comment.text}"


def _on_clipboard() -> QMimeData | None:
    """What the clipboard holds: nothing at all on some systems when it is empty, whatever the binding's types say."""
    held: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return held


def _follows(event: QMouseEvent) -> bool:
    """Whether a click at this moment would follow a link."""
    return event.modifiers() == Qt.KeyboardModifier.ControlModifier
