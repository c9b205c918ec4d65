"""Writing the pack for others: as what, for whom, where to."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, get_args

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.dialogs.message import ask_to_replace
from briefpack.desktop.widgets.parts import button, label, named
from briefpack.tasks.exporting import FORMATS, Copy, Request, Sources

_COPIES: dict[Copy, str] = {
    "working": "For me: with comments, and with marks that let Briefpack read it back",
    "reviewers": "For reviewers: the same, with tracking on; the exact file is kept in the pack",
    "reader": "For the reader: clean, without comments and notes on lines",
}
_SOURCES: dict[Sources, str] = {
    "auto": "As footnotes; in Word files with comments as an annex",
    "footnotes": "As footnotes",
    "annex": "As an annex at the end",
    "none": "Not in the document",
}
_KINDS = {
    ".docx": "Word",
    ".html": "Web page",
    ".md": "Markdown",
    ".txt": "Plain text",
    ".pdf": "PDF, through LibreOffice",
}
_PAGED = frozenset({".docx", ".pdf"})

assert set(_COPIES) == set(get_args(Copy))
assert set(_SOURCES) == set(get_args(Sources))
assert set(_KINDS) == set(FORMATS)


class ExportAnswer(NamedTuple):
    """Where to, and how."""

    path: Path
    request: Request


class ExportDialog(Form):
    """Where the file goes and what it holds.

    Args:
        suggested: the path that is offered first, without its suffix.
        has_file: whether the pack has been saved: a copy for reviewers is kept in it.
        template: the user's own Word template, if any.
        author: the user's name.
        parent: the window.
    """

    def __init__(
        self, suggested: Path, *, has_file: bool, template: Path | None, author: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("Export", "Export", parent)
        self._has_file = has_file
        self._author = author
        self._asked_about: Path | None = None
        self.kind = self.add("As", QComboBox())
        for suffix, words in _KINDS.items():
            self.kind.addItem(words, suffix)
        self.copy = self.add("Copy", QComboBox())
        for copy, words in _COPIES.items():
            self.copy.addItem(words, copy)
        self.sources = self.add("Sources of clips", QComboBox())
        for sources, words in _SOURCES.items():
            self.sources.addItem(words, sources)
        self.template = self._path_row("Template", str(template or ""), "Briefpack’s own", self._choose_template)
        self.path = self._path_row("File", f"{suggested}.docx", "", self._choose_path)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.copy.currentIndexChanged.connect(self.check)
        self.resize(640, 0)
        self._kind_changed()

    @classmethod
    def ask(
        cls, suggested: Path, *, has_file: bool, template: Path | None, author: str, parent: QWidget
    ) -> ExportAnswer | None:
        """Where and how the user wants it, or None."""
        dialog = cls(suggested, has_file=has_file, template=template, author=author, parent=parent)
        return dialog.answer() if dialog.asked() else None

    def accept(self) -> None:
        """Write there, unless it would be over a file that the user has not been asked about."""
        path = self.answer().path
        if path == self._asked_about or ask_to_replace(self, path):
            super().accept()

    def answer(self) -> ExportAnswer:
        """What the form says now."""
        template = self.template.text().strip()
        request = Request(
            copy=self.copy.currentData(),
            sources=self.sources.currentData(),
            template=Path(template).expanduser() if template and self._suffix in _PAGED else None,
            author=self._author,
        )
        return ExportAnswer(Path(self.path.text().strip()).expanduser(), request)

    def problem(self) -> str:
        """Whether it can be written so and there."""
        if self.copy.currentData() == "reviewers" and self._suffix != ".docx":
            return "A copy for reviewers is a Word file."
        if self.copy.currentData() == "reviewers" and not self._has_file:
            return "Save the pack first: the copy that reviewers get is kept in it."
        template = Path(self.template.text().strip()).expanduser()
        if self._suffix in _PAGED and self.template.text().strip() and not template.is_file():
            return "There is no such template."
        path = Path(self.path.text().strip()).expanduser()
        if not path.name:
            return "Give the file a name."
        if path.suffix.lower() != self._suffix:
            return f"The name of this kind of file ends in {self._suffix}."
        if path.is_dir():
            return "This is a folder: add a file name."
        return "" if path.absolute().parent.is_dir() else "There is no such folder."

    @property
    def _suffix(self) -> str:
        return str(self.kind.currentData())

    def _kind_changed(self) -> None:
        suffix = self._suffix
        path = Path(self.path.text().strip())
        if path.name:
            self.path.setText(str(path.with_suffix(suffix) if path.suffix.lower() in FORMATS else path))
        self.template.setEnabled(suffix in _PAGED)
        self.check()

    def _path_row(self, text: str, value: str, hint: str, choose: Callable[[], None]) -> QLineEdit:
        field = named(QLineEdit(value, placeholderText=hint), text)
        field.textChanged.connect(self.check)
        layout = QHBoxLayout()
        layout.setSpacing(8)
        layout.addWidget(field)
        layout.addWidget(button("Choose…", choose))
        made = label(text)
        made.setBuddy(field)
        self.fields.addRow(made, layout)
        return field

    def _choose_template(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a template", "", "Word (*.docx *.dotx)")
        if name:
            self.template.setText(name)

    def _choose_path(self) -> None:
        suffix = self._suffix
        name, _ = QFileDialog.getSaveFileName(
            self, "Export to", self.path.text(), f"{self.kind.currentText()} (*{suffix})"
        )
        if name:
            chosen = Path(name if Path(name).suffix else f"{name}{suffix}")
            self._asked_about = Path(name) if chosen == Path(name) else None  # the file dialog has asked
            self.path.setText(str(chosen))
