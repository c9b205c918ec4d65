"""The meeting's details: every field, and who attends."""

from typing import NamedTuple

from msgspec.structs import asdict, replace
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from briefpack.desktop.dialogs.attendees import Attendees
from briefpack.desktop.dialogs.form import Form
from briefpack.pack.dates import date_words, read_date
from briefpack.pack.edits import put_person, remove_person, set_meeting
from briefpack.pack.model import Biography, Meeting, Pack, Person

MARKINGS = ("", "OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET")
"""The markings of the Government Security Classifications; any other words may be typed."""


class Details(NamedTuple):
    """What the form answers."""

    meeting: Meeting
    attendees: tuple[Person, ...]


def apply_details(pack: Pack, details: Details) -> Pack:
    """``pack`` with these details. Whoever attends no longer stays where a biography is about them, and goes otherwise."""
    pack = set_meeting(pack, **asdict(details.meeting))
    staying = {person.id for person in details.attendees}
    shown = {block.person for block in pack.body if isinstance(block, Biography)}
    for person in pack.people:
        if person.attends and person.id not in staying:
            gone = person.id not in shown
            pack = remove_person(pack, person.id) if gone else put_person(pack, replace(person, attends=False))
    for person in details.attendees:
        pack = put_person(pack, person)
    return pack


class MeetingDialog(Form):
    """The fields at the left, attendees at the right."""

    def __init__(self, pack: Pack, parent: QWidget | None = None) -> None:
        super().__init__("Meeting details", "Save details", parent)
        meeting = pack.meeting
        self.title = self.line("Title", meeting.title, "Meeting with …")
        self.date, self.read_as = self.day("Date", date_words(meeting))
        self.time = self.line("Time", meeting.time, "14:00 to 14:45")
        self.place = self.line("Place", meeting.place)
        self.from_whom = self.line("From", meeting.sender, "Who the briefing is from")
        self.recipient = self.line("To", meeting.recipient, "Whom it is for")
        self.purpose = self.lines("Purpose", meeting.purpose, 2)
        self.objectives = self.lines("Objectives", "\n".join(meeting.objectives), 3, "One a line")
        self.marking = self.add("Marking", QComboBox(editable=True))
        self.marking.addItems(list(MARKINGS))
        self.marking.setCurrentText(meeting.marking)
        self.marking.currentTextChanged.connect(self.check)
        self.cleared_by = self.line("Cleared by", meeting.cleared_by)
        self.attendees = Attendees(tuple(person for person in pack.people if person.attends))
        self.attendees.changed.connect(self.check)
        self._beside()
        self.check()

    @classmethod
    def ask(cls, pack: Pack, parent: QWidget) -> Details | None:
        """The details as the user left them, or None."""
        dialog = cls(pack, parent)
        return dialog.details() if dialog.asked() else None

    def details(self) -> Details:
        """What the form says now."""
        day = read_date(self.date.text())
        meeting = Meeting(
            title=self.title.text().strip(),
            date=day,
            date_text="" if day else self.date.text().strip(),
            time=self.time.text().strip(),
            place=self.place.text().strip(),
            sender=self.from_whom.text().strip(),
            recipient=self.recipient.text().strip(),
            purpose=self.purpose.toPlainText().strip(),
            objectives=tuple(line.strip() for line in self.objectives.toPlainText().split("\n") if line.strip()),
            marking=self.marking.currentText().strip(),
            cleared_by=self.cleared_by.text().strip(),
        )
        return Details(meeting, self.attendees.people())

    def problem(self) -> str:
        """Only attendees can be wrong; a date that is none is kept as written, and the form says so."""
        return self.attendees.problem()

    def _beside(self) -> None:
        """Put the attendees at the right of the fields."""
        self.content.removeItem(self.fields)
        halves = QHBoxLayout()
        halves.setSpacing(32)
        halves.addLayout(self.fields, 5)
        halves.addWidget(self.attendees, 6)
        self.content.addLayout(halves)
        self.resize(1000, 0)
