"""A biography card: the person, the photograph, the points."""

from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QWidget

from briefpack.desktop.dialogs.form import Form
from briefpack.desktop.dialogs.pictures import Picture, PictureField
from briefpack.desktop.dialogs.retyping import retyped_lines
from briefpack.pack.model import Biography, Person, Side

_SIDES: tuple[tuple[str, Side | None], ...] = (
    ("Our side", Side.INSIDE),
    ("Their side", Side.OUTSIDE),
    ("Not known", None),
)


class BiographyAnswer(NamedTuple):
    """The person, their card, and the photograph where there is one."""

    person: Person
    card: Biography
    photo: Picture | None


class BiographyDialog(Form):
    """Args: the person or None for a new one; their card or None; the bytes of its photograph; the window."""

    def __init__(
        self, person: Person | None, card: Biography | None, photo: bytes | None, parent: QWidget | None = None
    ) -> None:
        super().__init__("Biography", "Save biography" if card else "Insert biography", parent)
        self._person = person or Person(name="", side=Side.OUTSIDE)
        self._card = card or Biography(person=self._person.id)
        self.name = self.line("Name", self._person.name)
        self.role = self.line("Role", self._person.role)
        self.organisation = self.line("Organisation", self._person.organisation)
        self.side = self.add("Side", QComboBox())
        self.side.addItems([words for words, _ in _SIDES])
        self.side.setCurrentIndex([side for _, side in _SIDES].index(self._person.side))
        points = "\n".join(point.string.replace("\n", " ") for point in self._card.points)
        self.points = self.lines("Points", points, 7, "What the reader should know, one point a line")
        self.photo = self.add("Photograph", PictureField(self._card.photo, photo, QSize(96, 120), optional=True))
        self.resize(560, 0)
        self.check()

    @classmethod
    def ask(
        cls, person: Person | None, card: Biography | None, photo: bytes | None, parent: QWidget
    ) -> BiographyAnswer | None:
        """The card as the user left it, or None."""
        dialog = cls(person, card, photo, parent)
        return dialog.answer() if dialog.asked() else None

    def answer(self) -> BiographyAnswer:
        """What the form says now."""
        person = replace(
            self._person,
            name=self.name.text().strip(),
            role=self.role.text().strip(),
            organisation=self.organisation.text().strip(),
            side=_SIDES[self.side.currentIndex()][1],
        )
        photo = self.photo.picture
        points = retyped_lines(self._card.points, self.points.toPlainText())
        card = replace(self._card, person=person.id, photo=photo.media if photo else "", points=points)
        return BiographyAnswer(person, card, photo)

    def problem(self) -> str:
        """A card is about somebody."""
        return "" if self.name.text().strip() else "Give the person's name."
