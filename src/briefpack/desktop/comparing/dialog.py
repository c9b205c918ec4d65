"""The window in which two documents are compared: which two, how to look at it, and what to do with the result."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from briefpack.desktop.comparing.view import ComparisonView
from briefpack.desktop.widgets.parts import Notice, button, column, holding, label, named, row, tool
from briefpack.tasks.comparing import PACK_SUFFIX, WORD_SUFFIXES, Comparison

KINDS = f"Briefings ({' '.join(f'*{suffix}' for suffix in (*WORD_SUFFIXES, PACK_SUFFIX))})"


class CompareDialog(QDialog):
    """Two paths at the top, below them what became of one in the other; it can be read, gone through and saved.

    Args:
        old, new: the paths that are offered first; None for none.
        folder: where file dialogs begin.
        parent: the window.
    """

    wanted = Signal(object, object)
    """Two paths to be compared."""

    stopped = Signal()
    """The user does not want to wait."""

    redline_wanted = Signal()

    def __init__(self, old: Path | None, new: Path | None, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Compare two documents")
        self.setAccessibleName("Compare two documents")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._folder = folder
        self.found: Comparison | None = None
        self.old = named(QLineEdit(str(old or "")), "The older document")
        self.new = named(QLineEdit(str(new or "")), "The newer document")
        for field in (self.old, self.new):
            field.setPlaceholderText("A Word file or a pack")
            field.textChanged.connect(lambda *_: self._check())
            field.returnPressed.connect(self._compare)
        self.compare = button("Compare", self._compare)
        self.compare.setDefault(True)
        self._build()
        self._check()
        self.resize(980, 720)

    # How it looks

    def _build(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(8)
        for line, (words, field) in enumerate((("&Older", self.old), ("&Newer", self.new))):
            caption = label(words)
            caption.setBuddy(field)
            fields.addWidget(caption, line, 0)
            fields.addWidget(field, line, 1)
            choose = button("Choose…", partial(self._choose, field))
            named(choose, f"Choose {field.accessibleName().lower()}")
            fields.addWidget(choose, line, 2)
        fields.addWidget(self.compare, 0, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        self.view = ComparisonView()
        self.notice = Notice(
            "Choose two versions of a document",
            "Word files or packs, either on either side. What went is struck through, what came is underlined;"
            " both files stay as they are.",
        )
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
        self.setLayout(column(fields, self._tools(), self._pages, self.said, margin=16, spacing=12))
        for keys, by in (("F8", 1), ("Shift+F8", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self.step(by))

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

    # What it does

    @property
    def paths(self) -> tuple[Path, Path]:
        """The two documents."""
        return Path(self.old.text().strip()), Path(self.new.text().strip())

    def wait(self) -> None:
        """Show that the comparison is being made."""
        self.found = None
        self.said.setText("")
        self.tools.setEnabled(False)
        self.compare.setEnabled(False)
        self._pages.setCurrentIndex(1)

    def show_comparison(self, found: Comparison) -> None:
        """Show what was found, from its first change."""
        self.found = found
        count = len(found.changes)
        told = f"{count:,} {'change' if count == 1 else 'changes'}" if count else "No words were changed"
        self.said.setText("\n".join((told, *found.notes)))
        self.tools.setEnabled(True)
        self._pages.setCurrentIndex(2)
        self.compare.setEnabled(True)
        self._show()
        for each in (self.previous, self.next):
            each.setEnabled(self.view.stops > 0)
        self.view.go_to(0)
        self._say_place()
        self.view.setFocus()

    def show_nothing(self) -> None:
        """Show that there is no comparison, after all."""
        self._pages.setCurrentIndex(0)
        self._check()

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

    def _choose(self, field: QLineEdit) -> None:
        folder = Path(field.text()).parent if field.text().strip() else self._folder
        chosen, _ = QFileDialog.getOpenFileName(self, field.accessibleName(), str(folder), KINDS)
        if chosen:
            self._folder = Path(chosen).parent
            field.setText(chosen)

    def _check(self) -> None:
        self.compare.setEnabled(bool(self.old.text().strip() and self.new.text().strip()))

    def _compare(self) -> None:
        if self.compare.isEnabled():
            self.wanted.emit(*self.paths)

    def done(self, result: int) -> None:
        """Wait for nothing any more."""
        self.stopped.emit()
        super().done(result)


def _choice(words: str, tip: str) -> QToolButton:
    made = named(QToolButton(), words, tip)
    made.setText(words)
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
