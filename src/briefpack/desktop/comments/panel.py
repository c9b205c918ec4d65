"""The comments of the pack: the list, and the chosen one's thread."""

import datetime as dt

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QSplitter,
    QStackedWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from briefpack.desktop.comments.delegate import CommentDelegate
from briefpack.desktop.comments.model import ROW, CommentsModel, Which, when
from briefpack.desktop.editor.notes import NAMELESS
from briefpack.desktop.settings import Settings
from briefpack.desktop.theme.colours import colours_of
from briefpack.desktop.widgets.parts import Notice, button, column, holding, named, row, tool
from briefpack.desktop.widgets.reply import ReplyField
from briefpack.desktop.workspace import Workspace
from briefpack.pack.edits import delete_comment, reply_to, resolve
from briefpack.pack.model import Comment, Pack, Reply

_SETTLED = 150
_EVERYBODY = "Everybody"


class CommentsPanel(QWidget):
    """List, thread, reply."""

    chosen = Signal(str)
    """The id of a comment that the user wants to go to."""

    current_changed = Signal(str)
    """The id of the chosen comment; empty for none."""

    deleted = Signal(str)
    """What was deleted, in words; it can be undone."""

    def __init__(self, workspace: Workspace, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._settings = settings
        self.model = CommentsModel(self)
        self.list = named(QListView(), "Comments")
        self.list.setModel(self.model)
        self.list.setItemDelegate(CommentDelegate(self.list))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setWordWrap(True)  # without it a list does not lay its rows out anew when its width changes
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.which = named(QComboBox(), "Which comments")
        self.which.addItems([which.value for which in Which])
        self.person = named(QComboBox(), "Whose comments")
        self.person.addItem(_EVERYBODY)
        self._thread_pane()
        self._notice = Notice("No comments", "Select words in the document and press Ctrl+Alt+M to comment on them.")
        self._pages = QStackedWidget()
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        split.addWidget(self.pane)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        self._pages.addWidget(split)
        self._pages.addWidget(self._notice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(holding(row(self.which, self.person, None, margin=8)))
        layout.addWidget(self._pages)
        self._connect()

    @property
    def current(self) -> Comment | None:
        """The chosen comment as the pack has it."""
        index = self.list.currentIndex()
        return self._workspace.pack.comment(index.data(ROW).comment.id) if index.isValid() else None

    def choose(self, comment: str) -> None:
        """Show a comment's thread, whatever the filter says."""
        if not self.model.find(comment).isValid():
            self.which.setCurrentText(Which.ALL.value)
            self.person.setCurrentText(_EVERYBODY)
            self._filter()
        index = self.model.find(comment)
        if index.isValid():
            self.list.setCurrentIndex(index)

    def step(self, by: int) -> None:
        """Choose the next or the previous comment of the list, and go to it."""
        rows = self.model.rowCount()
        if rows:
            now = self.list.currentIndex().row()
            at = (now + by) % rows if now >= 0 else (0 if by > 0 else rows - 1)
            self.list.setCurrentIndex(self.model.index(at))
            self._go(self.model.index(at))

    def focus_reply(self) -> None:
        """Let the user write a reply."""
        self.reply.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def send_reply(self) -> None:
        """Put what was typed at the end of the thread."""
        comment, words = self.current, self.reply.toPlainText().strip()
        if comment is not None and words:
            author = self._settings.author
            now = dt.datetime.now().astimezone()
            new = Reply(text=words, author=author.name, initials=author.initials, time=now)
            self.reply.clear()
            self._workspace.apply(reply_to(self._workspace.pack, comment.id, new), "Reply")

    def toggle_resolved(self) -> None:
        """Close the thread, or open it again."""
        comment = self.current
        if comment is not None:
            label = "Reopen comment" if comment.resolved else "Resolve comment"
            pack = resolve(self._workspace.pack, comment.id, resolved=not comment.resolved)
            self._workspace.apply(pack, label)

    def delete(self) -> None:
        """Take the comment and its thread away; it can be undone."""
        comment = self.current
        if comment is not None:
            self._workspace.apply(delete_comment(self._workspace.pack, comment.id), "Delete comment")
            self.deleted.emit("Comment deleted")

    def set_writable(self, writable: bool) -> None:
        """Whether threads can be changed."""
        for widget in (self.reply, self._send, self._resolve, self._delete):
            widget.setEnabled(writable)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: in other colours the thread is written anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.current is not None:
            self._write_thread(self.current)

    def _thread_pane(self) -> None:
        self.conversation = named(QTextEdit(readOnly=True), "Thread")
        self.conversation.setFrameShape(QTextEdit.Shape.NoFrame)
        self.conversation.setTabChangesFocus(True)
        self.conversation.setStyleSheet("QTextEdit { border: none; border-radius: 0; background: palette(window); }")
        self.reply = named(ReplyField(placeholderText="Reply"), "Reply")
        self.reply.setTabChangesFocus(True)
        self.reply.setFixedHeight(64)
        self._send = button("Reply", self.send_reply, shape="reply", tip="Ctrl+Enter")
        self._resolve = button("Resolve", self.toggle_resolved, shape="resolve", flat=True)
        self._delete = tool("Delete comment", "delete", self.delete)
        below = column(self.reply, row(self._send, self._resolve, None, self._delete))
        below.setContentsMargins(8, 0, 8, 8)
        self.pane = holding(column(self.conversation, holding(below), spacing=0))
        self.pane.setMinimumHeight(200)
        self.reply.sent.connect(self.send_reply)

    def _connect(self) -> None:
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED)
        self._timer.timeout.connect(self._show)
        self._workspace.pack_changed.connect(self._follow)
        self.which.activated.connect(self._filter)
        self.person.activated.connect(self._filter)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.model.modelReset.connect(self._current_changed)
        self.model.dataChanged.connect(self.list.scheduleDelayedItemsLayout)
        self._show()

    def _follow(self, before: Pack, after: Pack) -> None:
        """Show changed threads at once; where they stand can wait until the typing pauses."""
        if before.comments != after.comments:
            self._timer.stop()
            self._show()
        elif after.comments:
            self._timer.start()

    def _show(self) -> None:
        current = self.current
        self.model.show(self._workspace.pack)
        people = [_EVERYBODY, *self.model.people]
        if people != [self.person.itemText(at) for at in range(self.person.count())]:
            chosen = self.person.currentText()
            self.person.clear()
            self.person.addItems(people)
            self.person.setCurrentText(chosen if chosen in people else _EVERYBODY)
        self._filter()
        if current is not None and self.model.find(current.id).isValid():
            self.list.setCurrentIndex(self.model.find(current.id))
        self._current_changed()

    def _filter(self) -> None:
        person = self.person.currentText()
        self.model.filter(Which(self.which.currentText()), "" if person == _EVERYBODY else person)
        if self.model.rowCount():
            self._pages.setCurrentIndex(0)
            return
        self._pages.setCurrentIndex(1)
        if len(self.model):
            self._notice.say(
                "Nothing to list", "No comment is of this kind. Choose All and Everybody to see every one."
            )
        else:
            self._notice.say("No comments", "Select words in the document and press Ctrl+Alt+M to comment on them.")

    def _go(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(ROW).comment.id)

    def _current_changed(self) -> None:
        comment = self.current
        self.pane.setVisible(comment is not None)
        if comment is not None:
            self._resolve.setText("Reopen" if comment.resolved else "Resolve")
            self._write_thread(comment)
        self.current_changed.emit(comment.id if comment else "")

    def _write_thread(self, comment: Comment) -> None:
        colours = colours_of(self.palette())
        self.conversation.clear()
        cursor = self.conversation.textCursor()
        entries: list[Comment | Reply] = [comment, *comment.replies]
        for each in entries:
            if not cursor.atStart():
                cursor.insertBlock()
                cursor.insertBlock()
            cursor.insertText(each.author or NAMELESS, _format(colours.text, bold=True))
            cursor.insertText(f"   {when(each.time)}", _format(colours.muted))
            cursor.insertText(f"\n{each.text}", _format(colours.text))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.conversation.setTextCursor(cursor)


def _format(colour: str, *, bold: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    made.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made
