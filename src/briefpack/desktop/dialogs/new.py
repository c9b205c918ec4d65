"""A new pack: what it is for, and from which template."""

from typing import NamedTuple

from PySide6.QtWidgets import QComboBox, QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.pack.dates import day_words, read_date
from briefpack.pack.edits import set_meeting
from briefpack.pack.model import Pack


class NewAnswer(NamedTuple):
    """The template's name, and what the meeting is called and when it is, in the user's words."""

    template: str
    title: str
    date: str


def started(pack: Pack, answer: NewAnswer) -> Pack:
    """A template's pack with the answer filled in. A date that is none is kept as written."""
    day = read_date(answer.date)
    return set_meeting(pack, title=answer.title, date=day, date_text="" if day else answer.date)


class NewDialog(Form):
    """Args: the names of the templates; the window."""

    def __init__(self, templates: list[str], parent: QWidget | None = None) -> None:
        super().__init__("New pack", "Create pack", parent)
        self.title = self.line("Title", "", "Meeting with …")
        self.date = self.line("Date", "", "18 March 2020")
        self.template = self.add("Template", QComboBox())
        for name in templates:
            self.template.addItem(name.replace("-", " ").capitalize(), name)
        self.resize(480, 0)
        self.check()

    @classmethod
    def ask(cls, templates: list[str], parent: QWidget) -> NewAnswer | None:
        """What the user wants, or None."""
        dialog = cls(templates, parent)
        return dialog.answer() if dialog.asked() else None

    def answer(self) -> NewAnswer:
        """What the form says now."""
        day = read_date(self.date.text())
        words = day_words(day) if day else self.date.text().strip()
        return NewAnswer(str(self.template.currentData()), self.title.text().strip(), words)
