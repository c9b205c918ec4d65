"""The bar over the document in which words are looked for and replaced."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from briefpack.desktop.theme.icons import icon
from briefpack.desktop.widgets.parts import button, holding, label, named, row, tool
from briefpack.pack.finding import LONGEST, Query

_WIDE = 80
"""How many letters wide the bar is, at the least, where everything stands in one line."""

_NARROW = 320
"""The bar's smallest width in pixels: it never keeps the window from getting smaller."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QFrame):
    """What is looked for, how, and what is to stand there instead. It says what was found; it finds nothing itself."""

    changed = Signal()
    """Something else is looked for."""

    stepped = Signal(int)
    """The next hit (1) or the one before (-1) is wanted."""

    replaced = Signal(bool)
    """The hit that is shown is to be replaced, or where true every one."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        named(self, "Find")
        self.words = named(QLineEdit(placeholderText="Find in the pack", clearButtonEnabled=True), "Find")
        self.words.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.words.setMaxLength(LONGEST)
        self.case = _option("Aa", "Match case", "Tell capital and small letters apart")
        self.whole = _option("Word", "Whole words", "Find whole words only")
        self.regex = _option(".*", "Regular expression", "Read what is typed as a regular expression: \\d+ is a number")
        self.comments = _option("", "In comments too", "Look in comments and replies, too")
        self.comments.setIcon(icon("comment"))
        self.count = named(label(""), "Found")
        self.count.setMinimumWidth(self.fontMetrics().horizontalAdvance("1,000 of 1,000"))
        self.new = named(QLineEdit(placeholderText="Replace with"), "Replace with")
        self.new.addAction(icon("replace"), QLineEdit.ActionPosition.LeadingPosition)
        self._one = button("Replace", lambda: self.replaced.emit(False), tip="Replace this hit and go to the next")
        self._all = button("Replace all", lambda: self.replaced.emit(True), tip="Replace every hit in the pack")
        self._wrong = named(label("", "bad", wrap=True), "What is wrong")
        self._lay_out()
        self.words.textChanged.connect(self.changed)
        for option in (self.case, self.whole, self.regex, self.comments):
            option.toggled.connect(lambda _on: self.changed.emit())
        self.setMinimumWidth(_NARROW)
        self.show_problem("")
        self.hide()

    @property
    def query(self) -> Query:
        """What is looked for, and how."""
        return Query(
            self.words.text(),
            regex=self.regex.isChecked(),
            whole_word=self.whole.isChecked(),
            match_case=self.case.isChecked(),
            in_comments=self.comments.isChecked(),
        )

    def open(self, words: str, *, replacing: bool) -> None:
        """Show the bar and let words be typed; those given are filled in."""
        self._replacing.setVisible(replacing)
        self.show()
        if words:
            self.words.setText(words)
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_writable(self, writable: bool) -> None:
        """Let hits be replaced, or not."""
        for each in (self.new, self._one, self._all):
            each.setEnabled(writable)

    def show_count(self, words: str, *, found: bool = True) -> None:
        """Say how much was found, aloud too; ``found`` is whether anything was."""
        self.show_problem("")
        if words == self.count.text():
            return
        self.count.setText(words)
        self._dress(self.count, "muted" if found else "bad")
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.count, words))

    def show_problem(self, words: str) -> None:
        """Say why nothing can be looked for; nothing is wrong where empty."""
        if words:
            self.count.setText("")
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next hit, with Shift to the one before, or replaces; Escape closes."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _ENTER and self.new.hasFocus():
            self._one.click()
        elif event.key() in _ENTER and self.words.hasFocus():
            self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        previous = tool("Previous hit", "previous", lambda: self.stepped.emit(-1), "Previous hit  Shift+F3")
        following = tool("Next hit", "next", lambda: self.stepped.emit(1), "Next hit  F3")
        close = tool("Close the find bar", "close", self.closed.emit, "Close  Esc")
        self._options = holding(row(self.case, self.whole, self.regex, self.comments, spacing=4))
        self._first = row(self.words, self.count, previous, following, close, spacing=4)
        self._first.setStretch(0, 1)
        second = row(self.new, self._one, self._all, spacing=4)
        second.setStretch(0, 1)
        second.setContentsMargins(0, 0, 0, 0)
        self._replacing = holding(second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(6)
        layout.addLayout(self._first)
        layout.addWidget(self._options, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._replacing)
        layout.addWidget(self._wrong)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The options stand beside the words where there is room for both, and below them where there is not."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE * self.fontMetrics().averageCharWidth()
        beside = self._first.indexOf(self._options) >= 0
        if wide and not beside:
            self._first.insertWidget(1, self._options)
        elif beside and not wide:
            self._first.removeWidget(self._options)
            layout = self.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(1, self._options, 0, Qt.AlignmentFlag.AlignLeft)

    def _dress(self, widget: QWidget, kind: str) -> None:
        if widget.property("kind") != kind:
            widget.setProperty("kind", kind)
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def _option(text: str, name: str, tip: str) -> QToolButton:
    """A button that is on or off."""
    made = named(QToolButton(), name, tip)
    made.setText(text)
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
