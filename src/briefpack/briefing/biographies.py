"""Biographies: a person's name, role and organisation, and what a reader should know of them."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from briefpack.briefing.headings import is_name_line
from briefpack.briefing.people import read_name_line, same_person
from briefpack.briefing.source import SourceItem, SourceParagraph, SourcePicture, SourceTable
from briefpack.pack.ids import new_id
from briefpack.pack.model import Biography, Person
from briefpack.pack.text import Text, text, words

_HEADER_WORDS = frozenset({"photo", "photograph", "picture", "name", "biography", "bio", "person", "details"})
_MOST_HEADER_WORDS = 3


class Register:
    """The people of a pack while it is read, each once.

    Attributes:
        people: everybody, in the order in which they were met.
        labels: words that said again what is already known.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self.people: list[Person] = []
        self.labels: list[str] = []
        for person in people:
            self._add(person)

    @property
    def names(self) -> list[str]:
        """The names of everybody."""
        return [person.name for person in self.people]

    def meet(self, name: str, role: str, organisation: str) -> tuple[Person, str]:
        """The person of this name with what is newly known of them, and the words that contradict what was known."""
        for index, person in enumerate(self.people):
            if same_person(person.name, name):
                self.labels.append(name)
                other = ""
                if person.role and role and person.role != role:
                    other, role, organisation = ", ".join(filter(None, (role, organisation))), "", ""
                elif person.organisation and organisation and person.organisation != organisation:
                    other, organisation = organisation, ""
                else:
                    self.labels.extend(
                        each for each in (person.role and role, person.organisation and organisation) if each
                    )
                known = replace(person, role=person.role or role, organisation=person.organisation or organisation)
                self.people[index] = known
                return known, other
        person = Person(name, role=role, organisation=organisation)
        self.people.append(person)
        return person, ""

    def _add(self, person: Person) -> None:
        known = next((each for each in self.people if same_person(each.name, person.name)), None)
        if known is None or (person.role, person.organisation) != (known.role, known.organisation):
            self.people.append(person)
        else:
            self.labels.extend((person.name, person.role, person.organisation))


def read_biography(items: Sequence[SourceItem], at: int, register: Register, photo: str) -> tuple[Biography, int]:
    """The biography whose name line is at ``at``, and the place after it."""
    first = items[at]
    assert isinstance(first, SourceParagraph)
    points: list[Text] = []
    end = at + 1
    while end < len(items):
        item = items[end]
        if not isinstance(item, SourceParagraph) or is_name_line(item, register.names) or item.quote:
            break
        if item.heading is not None or (first.level is not None and item.level is None):
            break
        points.append(item.text)
        end += 1
    return _biography(first, points, register, photo), end


def read_biography_table(table: SourceTable, register: Register) -> list[Biography] | None:
    """The biographies in a table, one a row, with the picture in the row as photograph; None where it holds none."""
    rows = []
    for number, row in enumerate(table.rows):
        lines = [line for cell in row for item in cell if isinstance(item, SourceParagraph) for line in _lines(item)]
        pictures = [item for cell in row for item in cell if isinstance(item, SourcePicture)]
        if number == 0 and lines and not pictures and all(_is_header(line.string) for line in lines):
            register.labels.extend(line.string for line in lines)
            continue
        if not lines or len(pictures) > 1 or read_name_line(lines[0].string) is None:
            return None
        rows.append((lines, pictures))
    return [
        _biography(lines[0], [line.text for line in lines[1:]], register, pictures[0].media if pictures else "")
        for lines, pictures in rows
    ]


def _biography(first: SourceParagraph, points: list[Text], register: Register, photo: str) -> Biography:
    name, role, organisation = read_name_line(first.string) or (first.string, "", "")
    person, other = register.meet(name, role, organisation)
    if other:
        points = [text(other), *points]
    return Biography(id=first.id or new_id(), person=person.id, photo=photo, points=tuple(points))


def _lines(item: SourceParagraph) -> list[SourceParagraph]:
    return [replace(item, text=line.strip()) for line in item.text.split("\n") if line.string.strip()]


def _is_header(string: str) -> bool:
    said = words(string.casefold())
    return len(said) <= _MOST_HEADER_WORDS and any(word in _HEADER_WORDS for word in said)
