"""The settings on one page."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.settings import Author
from briefpack.desktop.theme.look import Scheme
from briefpack.desktop.widgets.parts import button, holding, label, named, row

SCHEMES = {
    Scheme.SYSTEM: "As the system is",
    Scheme.LIGHT: "Light",
    Scheme.DARK: "Dark",
    Scheme.CONTRAST: "High contrast",
}


class Chosen(NamedTuple):
    """What can be set: who the user is, the colours, and what is on."""

    author: Author
    scheme: Scheme
    spelling: bool
    smart: bool
    shapes: bool
    still: bool


class SettingsDialog(Form):
    """Everything that is set once.

    Args:
        now: what is set.
        journals: the folder in which unsaved work is kept.
        dictionary: the user's own words.
        parent: the window.
    """

    def __init__(self, now: Chosen, journals: Path, dictionary: Path, parent: QWidget | None = None) -> None:
        super().__init__("Settings", "Save", parent)
        self.name = self.line("Your name", now.author.name, "As colleagues read it on comments and versions")
        self.initials = self.line("Initials", now.author.initials)
        self.scheme = self.add("Colours", QComboBox())
        for scheme, words in SCHEMES.items():
            self.scheme.addItem(words, scheme)
        self.scheme.setCurrentIndex(list(SCHEMES).index(now.scheme))
        self.spelling = self._check("Writing", "Underline misspelt words as I type", on=now.spelling)
        self.smart = self._check("", "Curly quotation marks and long dashes", on=now.smart)
        self.shapes = self._check("", "Make lists and headings of “- ”, “1. ” and “# ”", on=now.shapes)
        self.still = self._check("Motion", "Keep still: no blinking caret, nothing slides or fades", on=now.still)
        self._place("Unsaved work", journals, "Written every few seconds, and offered again after a crash.")
        self._place("Own dictionary", dictionary, "One word a line; it can be edited as text.")
        self.setMinimumWidth(600)
        self._given = bool(now.author.initials)
        self.name.textEdited.connect(self._suggest)
        self.initials.textEdited.connect(self._keep)
        self.check()

    @classmethod
    def ask(cls, now: Chosen, journals: Path, dictionary: Path, parent: QWidget) -> Chosen | None:
        """What the user wants; None where they think better of it."""
        dialog = cls(now, journals, dictionary, parent)
        return dialog.chosen() if dialog.asked() else None

    def chosen(self) -> Chosen:
        """What is chosen."""
        return Chosen(
            Author(" ".join(self.name.text().split()), self.initials.text().strip()),
            Scheme(self.scheme.currentData()),
            self.spelling.isChecked(),
            self.smart.isChecked(),
            self.shapes.isChecked(),
            self.still.isChecked(),
        )

    def _check(self, text: str, words: str, *, on: bool) -> QCheckBox:
        made = named(QCheckBox(words), words)
        made.setChecked(on)
        self.fields.addRow(label(text) if text else "", made)
        return made

    def _place(self, text: str, path: Path, more: str) -> None:
        """A place on the disk: it is shown and can be opened, not changed."""
        shown = label(str(path), "muted", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        named(shown, text)
        folder = path if path.suffix == "" else path.parent
        opener = button("Open the folder", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        named(opener, f"Open the folder of: {text.lower()}")
        self.fields.addRow(label(text), shown)
        line = row(label(more, "muted", wrap=True), opener)
        line.setStretch(0, 1)
        self.fields.addRow("", holding(line))

    def _suggest(self, name: str) -> None:
        if not self._given:
            self.initials.setText("".join(word[0] for word in name.split()).upper()[:4])

    def _keep(self) -> None:
        self._given = True
