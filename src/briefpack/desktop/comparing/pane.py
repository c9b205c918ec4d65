"""A comparison with what one does to read it: one text or two columns, the next change, a Word file of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QProgressBar, QStackedWidget, QToolButton, QWidget

from briefpack.desktop.comparing.view import ComparisonView
from briefpack.desktop.widgets.parts import Notice, button, column, holding, label, named, row, tool
from briefpack.tasks.comparing import Comparison


class ComparisonPane(QWidget):
    """Shows what was found, that it is being looked for, or a notice while there is nothing to show.

    Args:
        notice: what it says while there is nothing to show.
    """

    stopped = Signal()
    """The user does not want to wait."""

    redline_wanted = Signal()

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        self.found: Comparison | None = None
        self.notice = notice
        self.view = ComparisonView()
        self.progress = named(QProgressBar(), "Progress")
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setMaximumWidth(320)
        waiting = column(
            label("Comparing…", "heading"), self.progress, row(button("Stop", self.stopped.emit), None), margin=24
        )
        waiting.addStretch(1)
        self._pages = QStackedWidget()
        for page in (self.notice, holding(waiting), self.view):
            self._pages.addWidget(page)
        self.said = named(label("", "muted", wrap=True), "What was found")
        self.setLayout(column(self._tools(), self._pages, self.said, spacing=12))
        for keys, by in (("F8", 1), ("Shift+F8", -1)):
            made = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WindowShortcut)
            made.activated.connect(lambda by=by: self.step(by))

    def _tools(self) -> QWidget:
        self.as_text = _choice("One text", "What went and what came in one text")
        self.as_columns = _choice("Two columns", "The older document at the left, the newer at the right")
        group = QButtonGroup(self)
        for each in (self.as_text, self.as_columns):
            group.addButton(each)
            each.toggled.connect(lambda on: self._show() if on else None)
        self.as_text.setChecked(True)
        self.previous = tool("Previous change", "previous", lambda: self.step(-1), "Previous change (Shift+F8)")
        self.next = tool("Next change", "next", lambda: self.step(1), "Next change (F8)")
        self.place = named(label("", "muted"), "Place")
        self.save = button("Save as Word redline…", self.redline_wanted.emit, shape="export")
        self.tools = holding(
            row(self.as_text, self.as_columns, None, self.place, self.previous, self.next, None, self.save)
        )
        self.tools.setEnabled(False)
        return self.tools

    def wait(self) -> None:
        """Show that the comparison is being made."""
        self.found = None
        self.said.setText("")
        self.tools.setEnabled(False)
        self._pages.setCurrentIndex(1)

    def show_comparison(self, found: Comparison) -> None:
        """Show what was found, from its first change."""
        self.found = found
        count = len(found.changes)
        told = f"{count:,} {'change' if count == 1 else 'changes'}" if count else "No words were changed"
        self.said.setText("\n".join((told, *found.notes)))
        self.tools.setEnabled(True)
        self._pages.setCurrentIndex(2)
        self._show()
        for each in (self.previous, self.next):
            each.setEnabled(self.view.stops > 0)
        self.view.go_to(0)
        self._say_place()

    def show_nothing(self) -> None:
        """Show that there is no comparison."""
        self.found = None
        self.said.setText("")
        self.place.setText("")
        self.tools.setEnabled(False)
        self._pages.setCurrentIndex(0)

    def step(self, by: int) -> None:
        """Go to the next changed paragraph, or the one before."""
        if self.found is not None and self.view.stops:
            self.view.go_to(self.view.current + by)
            self._say_place()

    def _say_place(self) -> None:
        stops = self.view.stops
        self.place.setText(f"{self.view.current + 1} of {stops} changed paragraphs" if stops else "")

    def _show(self) -> None:
        if self.found is not None:
            self.view.show_rows(self.found.rows, columns=self.as_columns.isChecked())


def _choice(words: str, tip: str) -> QToolButton:
    made = named(QToolButton(), words, tip)
    made.setText(words)
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
