"""The chosen item of the returns in full: its words, its thread, what is odd about it, and what was done with it."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPushButton, QTextEdit, QVBoxLayout, QWidget

from briefpack.desktop.comments.model import when
from briefpack.desktop.review.listing import Row
from briefpack.desktop.review.wording import Style, context, decision_words, kind_words, names, pieces
from briefpack.desktop.theme.colours import colours_of
from briefpack.desktop.theme.people import person_colour
from briefpack.desktop.widgets.flow import FlowLayout
from briefpack.desktop.widgets.parts import button, named
from briefpack.desktop.widgets.reply import ReplyField
from briefpack.pack.model import Comment, Reply
from briefpack.review.model import Item, ItemKind


class Details(NamedTuple):
    """All that is shown of one item: its row, the others of its clash, its thread, and what stands in the way of it."""

    row: Row
    rivals: tuple[Item, ...] = ()
    thread: Comment | None = None
    obstacle: str = ""
    notes: tuple[str, ...] = ()


class DetailPane(QWidget):
    """Shows one item and asks for what is to be done with it, by the ids of the window's actions."""

    asked = Signal(str)
    """The id of an action."""

    left = Signal()
    """The keyboard should go back to the list."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Details | None = None
        self._people: tuple[str, ...] = ()
        self.words = named(QTextEdit(readOnly=True), "The chosen change")
        self.words.setFrameShape(QTextEdit.Shape.NoFrame)
        self.words.setTabChangesFocus(True)
        self.words.setStyleSheet("QTextEdit { border: none; border-radius: 0; background: palette(window); }")
        self.reply = named(ReplyField(placeholderText="Reply to the reviewer"), "Reply to the reviewer")
        self.reply.setTabChangesFocus(True)
        self.reply.setFixedHeight(48)
        self.reply.sent.connect(lambda: self.asked.emit("returns.send"))
        self.reply.left.connect(self.left)
        self._accept = self._button("Accept", "returns.accept", "resolve", "A")
        self._reject = self._button("Reject", "returns.reject", "close", "R")
        self._edit = self._button("Edit…", "returns.edit", "edit", "E")
        self._send = self._button("Reply", "returns.send", "reply", "Ctrl+Enter in the reply")
        self._undo = self._button("Undo this decision", "returns.undo", "undo", "Z")
        buttons = FlowLayout(6)
        for each in (self._accept, self._reject, self._edit, self._send, self._undo):
            buttons.addWidget(each)
        below = QVBoxLayout()
        below.setContentsMargins(12, 0, 12, 8)
        below.setSpacing(8)
        below.addWidget(self.reply)
        below.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.words, 1)
        layout.addLayout(below)
        self.setMinimumHeight(190)

    def show_item(self, details: Details, people: tuple[str, ...], *, writable: bool) -> None:
        """Show an item. What was typed as a reply stays while the same item is shown."""
        before = self._shown
        if before is None or before.row.item.key != details.row.item.key:
            self.reply.clear()
        self._shown, self._people = details, people
        item, decision = details.row.item, details.row.decision
        for each in (self._accept, self._reject, self._send):
            each.setVisible(decision is None)
        self._accept.setEnabled(writable and not details.obstacle)
        self._reject.setEnabled(writable)
        self._send.setEnabled(writable)
        self._edit.setVisible(decision is None and item.is_change)
        self._edit.setEnabled(writable)
        self._edit.setText("Do it by hand" if details.obstacle else "Edit…")
        self._undo.setVisible(decision is not None)
        self._undo.setEnabled(writable)
        self.reply.setVisible(decision is None)
        self.reply.setEnabled(writable)
        remark = not item.is_change
        self._send.setVisible(decision is None and remark)
        self.reply.setPlaceholderText(
            "Reply to the reviewer" if remark else "Why: goes to the reviewer with your decision"
        )
        self._write(details)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's: in other colours the words are written anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self._write(self._shown)

    def _button(self, text: str, action: str, shape: str, keys: str) -> QPushButton:
        return button(text, lambda: self.asked.emit(action), shape=shape, tip=f"{text.removesuffix('…')}  {keys}")

    def _write(self, details: Details) -> None:
        """Who and when; old and new; about what; rivals, thread and notes; and what was done."""
        dark = QColor(colours_of(self.palette()).window).lightness() < 128
        colours, item, row = colours_of(self.palette()), details.row.item, details.row
        self.words.clear()
        cursor = self.words.textCursor()
        person = person_colour(item.author, self._people, dark=dark).name()
        cursor.insertText(names(row.authors), _format(person, bold=True))
        cursor.insertText(f"   {when(item.time)}", _format(colours.muted))
        silent = item.kind is ItemKind.SILENT
        cursor.insertText(f"\n{kind_words(item)}", _format(colours.warning if silent else colours.muted))
        _put_item(cursor, item, colours.text, person)
        if about := context(item):
            cursor.insertBlock()
            said = about if item.where else f"“{about}”"
            cursor.insertText(said, _format(colours.muted))
        for rival in details.rivals:
            their = person_colour(rival.author, self._people, dark=dark).name()
            cursor.insertText(f"\n\n{rival.author} wants on the same sentence", _format(their, bold=True))
            _put_item(cursor, rival, colours.text, their)
        for each in _entries(details.thread, item):
            cursor.insertText(f"\n\n{each.author}", _format(colours.text, bold=True))
            cursor.insertText(f"   {when(each.time)}", _format(colours.muted))
            cursor.insertText(f"\n{each.text}", _format(colours.text))
        for note in (details.obstacle, *details.notes):
            if note:
                cursor.insertText(f"\n\n{note}", _format(colours.warning))
        if row.decision is not None:
            cursor.insertText(f"\n\n{decision_words(item, row.decision)}", _format(colours.good, bold=True))
            if row.decision.reply:
                cursor.insertText(f"\n{row.decision.reply}", _format(colours.text))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.words.setTextCursor(cursor)


def _put_item(cursor: QTextCursor, item: Item, plain: str, person: str) -> None:
    cursor.insertText("\n", _format(plain))
    for at, piece in enumerate(pieces(item)):
        if at:
            cursor.insertText(" ", _format(plain))
        made = _format(plain if piece.style is Style.PLAIN else person)
        made.setFontStrikeOut(piece.style is Style.OLD)
        made.setFontUnderline(piece.style is Style.NEW)
        cursor.insertText(piece.words, made)


def _entries(thread: Comment | None, item: Item) -> Iterator[Comment | Reply]:
    """What else is said in the thread that an item is part of."""
    said: tuple[Comment | Reply, ...] = (thread, *thread.replies) if thread is not None else ()
    for each in said:
        if (each.text, each.author) != (item.text, item.author):
            yield each


def _format(colour: str, *, bold: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    made.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made
