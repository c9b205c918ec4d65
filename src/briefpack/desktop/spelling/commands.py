"""What can be done about a misspelt word: go to it, put another in its place, or say that it is right."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from briefpack.desktop.editor.editor import PackEditor
from briefpack.desktop.settings import Settings
from briefpack.desktop.spelling.checker import SpellChecker
from briefpack.desktop.workspace import Workspace
from briefpack.errors import UserError
from briefpack.pack.edits import Place, forget_word, learn_word
from briefpack.pack.finding import Found, Part, Seat, rewritten_at, shown_at
from briefpack.pack.model import Biography, Image, MeetingDetails, Table, TextBlock
from briefpack.spelling import Misspelling

_ROUND = 24


class _Shown(NamedTuple):
    """The misspelling that was gone to last: the number of its text, itself, and what was selected for it."""

    number: int
    found: Misspelling
    selection: tuple[Place, Place]


class SpellingCommands(QObject):
    """Args: the pack; the document; what is misspelt; what is remembered; the window."""

    said = Signal(str, str, object)
    failed = Signal(object)

    comment_found = Signal(str)
    """The id of a comment that the misspelling is in."""

    def __init__(
        self, workspace: Workspace, editor: PackEditor, checker: SpellChecker, settings: Settings, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workspace, self._editor, self._checker = workspace, editor, checker
        self._settings = settings
        self._shown: _Shown | None = None
        checker.changed.connect(editor.viewport().update)
        editor.underline(checker.underlined)
        editor.menu_asked_for.connect(self._add_to_menu)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Each action's handler."""
        return {
            "review.misspelling": lambda: self.step(1),
            "review.misspelling_before": lambda: self.step(-1),
            "review.spelling": self._switch,
        }

    def status(self) -> tuple[str, str]:
        """What the status bar says, and more of it."""
        checker = self._checker
        if not checker.speaks:
            language = self._workspace.pack.language
            return "Spelling not checked", f"There is no dictionary for this pack's language ({language})"
        if not checker.active or not checker.count:
            return "", ""
        return f"{checker.count:,} misspelling{'' if checker.count == 1 else 's'}", "Go to the next one (F7)"

    # Going there

    def step(self, by: int) -> None:
        """Go to the next misspelt word (1) or the one before (-1), round the end, and show what can be done about it."""
        if not self._checker.speaks:
            self.said.emit(self.status()[1], "", None)
            return
        found = self._checker.everything()
        if not found:
            self._shown = None
            self.said.emit("Nothing is misspelt", "", None)
            return
        number, misspelling = found[self._beside(found, by)]
        self._show(number, misspelling)
        menu = _Menu(self._editor)
        menu.stepped.connect(self.step, Qt.ConnectionType.QueuedConnection)  # when this menu is gone
        self._fill(menu, misspelling)
        menu.exec(self._beneath())
        menu.deleteLater()

    def _beside(self, found: list[tuple[int, Misspelling]], by: int) -> int:
        """Which of all misspellings comes next to the one that is shown, or to the caret."""
        keys = [(number, each.start) for number, each in found]
        shown = self._shown if self._shown and self._shown.selection == self._editor.selection() else None
        if shown is not None:
            here = (shown.number, shown.found.start)
            if here in keys and found[keys.index(here)][1].word == shown.found.word:
                return (keys.index(here) + by) % len(keys)
        else:
            here = self._caret_key(found)
        first = next((at for at, key in enumerate(keys) if key >= here), 0)
        return first if by > 0 else (first - 1) % len(keys)

    def _caret_key(self, found: list[tuple[int, Misspelling]]) -> tuple[int, int]:
        """The place of the caret among the texts; at or in a misspelt word, the place of that word."""
        caret = self._editor.selection()[1]
        index = self._editor.index_of(caret.block)
        for number, each in found:
            block = self._block_of(each)
            at = self._editor.index_of(block) if block is not None else len(self._workspace.pack.body)
            plain = each.seat.part == Part.BODY and isinstance(self._editor.pack().body[min(at, index)], TextBlock)
            if at > index or (at == index and (not plain or caret.offset <= each.end)):
                return number, each.start
        return (found[-1][0] + 1, 0)

    def _show(self, number: int, found: Misspelling) -> None:
        """Select the word, or the object or comment that it is in; where it was off screen, it comes to the upper third."""
        editor, block = self._editor, self._block_of(found)
        bar = editor.verticalScrollBar()
        before = bar.value()
        if found.seat.part == Part.COMMENT:
            self.comment_found.emit(found.seat.id)
            editor.go_to_comment(found.seat.id)
        elif block is not None and isinstance(editor.block_of(block), TextBlock):
            editor.select(Place(block, found.start), Place(block, found.end))
        elif block is not None:
            editor.select(Place(block, 1), Place(block, 0))
        if bar.value() != before:
            bar.setValue(bar.value() + editor.cursorRect().top() - editor.viewport().height() // 3)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._shown = _Shown(number, found, editor.selection())

    def _block_of(self, found: Misspelling) -> str | None:
        if found.seat.part == Part.BODY:
            return found.seat.id
        return shown_at(self._workspace.pack, Found(found.seat, found.start, found.end))

    def _beneath(self) -> QPoint:
        point = self._editor.below_caret()
        return QPoint(point.x(), point.y() + 6)

    # What can be done

    def _add_to_menu(self, menu: QMenu, place: Place) -> None:
        """What can be done about the word at a place of the document, where it is misspelt."""
        block = self._editor.block_of(place.block)
        if not isinstance(block, TextBlock) or not self._checker.active:
            return
        seat = Seat(Part.BODY, block.id, 0)
        for start, end in self._checker.spans(seat, block.text):
            if start <= place.offset <= end:
                self._fill(menu, Misspelling(seat, start, end, block.text.string[start:end], block.text))
                menu.addSeparator()
                return

    def _fill(self, menu: QMenu, found: Misspelling) -> None:
        writable = self._workspace.writable
        if where := self._whereabouts(found):
            menu.addAction(where).setEnabled(False)
            menu.addSeparator()
        suggestions = self._checker.suggestions(found.word)
        for word in suggestions:
            action = self._add(menu, word.replace("&", "&&"), partial(self._replace, found, word))
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            action.setEnabled(writable)
        if not suggestions:
            menu.addAction("No suggestions").setEnabled(False)
        menu.addSeparator()
        self._add(menu, "Add to &my dictionary", lambda: self._learn(found.word))
        self._add(menu, "Add to this &pack's dictionary", lambda: self._teach(found.word)).setEnabled(writable)
        self._add(menu, "&Ignore here", lambda: self._ignore(found.word, found.seat))
        self._add(menu, "Ignore &everywhere until the pack is closed", lambda: self._ignore(found.word))

    @staticmethod
    def _add(menu: QMenu, words: str, act: Callable[[], None]) -> QAction:
        action = menu.addAction(words)
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _whereabouts(self, found: Misspelling) -> str:
        """Where a word is that cannot be marked to the letter, with what stands round it; empty for others."""
        block = self._block_of(found)
        if found.seat.part == Part.BODY and block is not None:
            where = _OBJECTS.get(type(self._workspace.pack.block(block)), "")
        else:
            where = _PARTS[found.seat.part]
        if not where:
            return ""
        string = found.text.string
        before, after = string[max(0, found.start - _ROUND) : found.start], string[found.end : found.end + _ROUND]
        return f"In {where}: …{before}{found.word}{after}…".replace("&", "&&").replace("\n", " ")

    def _replace(self, found: Misspelling, word: str) -> None:
        pack = rewritten_at(self._workspace.pack, Found(found.seat, found.start, found.end), word)
        if found.seat.part == Part.BODY and isinstance(self._editor.block_of(found.seat.id), TextBlock):
            self._editor.edit("Spelling", pack, Place(found.seat.id, found.start + len(word)))
        else:
            self._workspace.apply(pack, "Spelling")

    def _learn(self, word: str) -> None:
        if self._tried(lambda: self._checker.learn(word)):
            self.said.emit(f"“{word}” is in your dictionary", "Undo", lambda: self._unlearn(word))

    def _unlearn(self, word: str) -> None:
        self._tried(lambda: self._checker.unlearn(word))

    def _teach(self, word: str) -> None:
        if self._workspace.apply(learn_word(self._workspace.pack, word), "Add to the dictionary"):
            self.said.emit(f"“{word}” is in the pack's dictionary", "Undo", lambda: self._unteach(word))

    def _unteach(self, word: str) -> None:
        self._workspace.apply(forget_word(self._workspace.pack, word), "Remove from the dictionary")

    def _ignore(self, word: str, seat: Seat | None = None) -> None:
        self._checker.ignore(word, seat)
        words = f"“{word}” is ignored{' here' if seat else ''} until the pack is closed"
        self.said.emit(words, "Undo", lambda: self._checker.heed(word, seat))

    def _switch(self, on: bool) -> None:
        self._settings.spelling = on
        self._checker.switch(on)

    def _tried(self, act: Callable[[], None]) -> bool:
        """Do what may fail on the disk, and say so where it does."""
        try:
            act()
        except UserError as error:
            self.failed.emit(error)
            return False
        return True


class _Menu(QMenu):
    """What can be done about a misspelling; F7 and Shift+F7 go on to another."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Spelling")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with the key that led here."""
        if event.key() == Qt.Key.Key_F7:
            self.close()
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return
        super().keyPressEvent(event)


_OBJECTS: dict[type, str] = {
    Table: "a table",
    Image: "a caption",
    Biography: "a biography",
    MeetingDetails: "the meeting details",
}
_PARTS = {Part.BODY: "", Part.MEETING: "the meeting details", Part.PERSON: "a person", Part.COMMENT: "a comment"}
