"""Whom to answer, and where the answers go."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QListWidget, QListWidgetItem, QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.widgets.parts import button, holding, named, row
from briefpack.review.answering import NAMELESS


class AnswerRequest(NamedTuple):
    """To whom (none stands for everybody), by whom, where to, and whether all in one file."""

    to: tuple[str, ...]
    by: str
    folder: Path
    together: bool


class AnswerDialog(Form):
    """The reviewers to be answered.

    Args:
        names: those who said or changed something.
        folder: where to, as it is offered first.
        by: the user's name.
        parent: the window.
    """

    def __init__(self, names: tuple[str, ...], folder: Path, by: str, parent: QWidget | None = None) -> None:
        super().__init__("Answer the reviewers", "Write the answers", parent)
        self.people = self.add("To", QListWidget())
        for name in names:
            item = QListWidgetItem(name or NAMELESS, self.people)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self.people.setFixedHeight(self.people.fontMetrics().lineSpacing() * 6 + 24)
        self.people.itemChanged.connect(lambda *_: self.check())
        self.together = named(QCheckBox("One file for all of them"), "One file for all of them")
        self.fields.addRow("", self.together)
        self.by = self.line("From", by)
        self.folder = self.line("Folder", str(folder))
        self.fields.addRow("", holding(row(button("Choose the folder…", self._choose), None)))
        self.setMinimumWidth(460)
        self.check()

    @classmethod
    def ask(cls, names: tuple[str, ...], folder: Path, by: str, parent: QWidget) -> AnswerRequest | None:
        """What the user wants; None where they think better of it."""
        dialog = cls(names, folder, by, parent)
        return dialog.request() if dialog.asked() else None

    def request(self) -> AnswerRequest:
        """What was chosen."""
        to = tuple(item.text() for item in self._items() if item.checkState() == Qt.CheckState.Checked)
        everybody = len(to) == self.people.count()
        folder = Path(self.folder.text().strip())
        return AnswerRequest(() if everybody else to, self.by.text().strip(), folder, self.together.isChecked())

    def problem(self) -> str:
        """What is missing."""
        if not any(item.checkState() == Qt.CheckState.Checked for item in self._items()):
            return "Choose somebody to answer."
        return "" if self.folder.text().strip() else "Choose a folder."

    def _items(self) -> list[QListWidgetItem]:
        return [self.people.item(at) for at in range(self.people.count())]

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder for the answers", self.folder.text())
        if chosen:
            self.folder.setText(chosen)
