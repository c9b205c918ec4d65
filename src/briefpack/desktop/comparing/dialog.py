"""The window in which two documents are compared: which two, how to look at it, and what to do with the result."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QLineEdit, QWidget

from briefpack.desktop.comparing.pane import ComparisonPane
from briefpack.desktop.widgets.parts import Notice, button, column, label, named
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
        notice = Notice(
            "Choose two versions of a document",
            "Word files or packs, either on either side. What went is struck through, what came is underlined;"
            " both files stay as they are.",
        )
        self.pane = ComparisonPane(notice)
        self.pane.stopped.connect(self.stopped)
        self.pane.redline_wanted.connect(self.redline_wanted)
        self.setLayout(column(fields, self.pane, margin=16, spacing=12))

    # What it does

    @property
    def paths(self) -> tuple[Path, Path]:
        """The two documents."""
        return Path(self.old.text().strip()), Path(self.new.text().strip())

    def wait(self) -> None:
        """Show that the comparison is being made."""
        self.compare.setEnabled(False)
        self.pane.wait()

    def show_comparison(self, found: Comparison) -> None:
        """Show what was found, from its first change."""
        self.compare.setEnabled(True)
        self.pane.show_comparison(found)
        self.pane.view.setFocus()

    def show_nothing(self) -> None:
        """Show that there is no comparison, after all."""
        self.pane.show_nothing()
        self._check()

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
