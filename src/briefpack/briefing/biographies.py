"""Biographies: a person's name, role and organisation, and what a reader should know of them."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from briefpack.briefing.headings import is_name_line
from briefpack.briefing.people import read_name_line, same_person
from briefpack.briefing.source import SourceItem, SourceParagraph, SourcePicture, SourceTable
from briefpack.pack.ids import new_id
from briefpack.pack.model import Biography, Person
from briefpack.pack.text import text, words

_HEADER_WORDS = frozenset({"photo", "photograph", "picture", "name", "biography", "bio", "person", "details"})
_MOST_HEADER_WORDS = 3
_MOST_OFFICE_WORDS = 20


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
    points: list[SourceParagraph] = []
    end = at + 1
    while end < len(items):
        item = items[end]
        if not isinstance(item, SourceParagraph) or is_name_line(item, register.names) or item.quote:
            break
        if item.heading is not None or (first.level is not None and item.level is None):
            break
        points.append(item)
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
        _biography(lines[0], lines[1:], register, pictures[0].media if pictures else "") for lines, pictures in rows
    ]


def _biography(first: SourceParagraph, below: list[SourceParagraph], register: Register, photo: str) -> Biography:
    name, role, organisation = read_name_line(first.string) or (first.string, "", "")
    if not role and _is_office_line(below):
        role, organisation = office_of(below[0].string)
        below = below[1:]
    person, other = register.meet(name, role, organisation)
    points = [paragraph.text for paragraph in below]
    if other:
        points = [text(other), *points]
    return Biography(id=first.id or new_id(), person=person.id, photo=photo, points=tuple(points))


def office_of(string: str) -> tuple[str, str]:
    """Role and organisation of "President, Harbour Towns Forum"; what stands after the last comma is the organisation."""
    role, comma, organisation = string.rpartition(",")
    return (role.strip(), organisation.strip()) if comma else (string.strip(), "")


def _is_office_line(below: list[SourceParagraph]) -> bool:
    """Whether the line under a name, above the bullets, says what office the person holds."""
    return (
        len(below) > 1
        and below[0].level is None
        and all(each.level is not None for each in below[1:])
        and len(words(below[0].string)) <= _MOST_OFFICE_WORDS
        and not below[0].string.endswith(".")
    )


def _lines(item: SourceParagraph) -> list[SourceParagraph]:
    return [replace(item, text=line.strip()) for line in item.text.split("\n") if line.string.strip()]


def _is_header(string: str) -> bool:
    said = words(string.casefold())
    return len(said) <= _MOST_HEADER_WORDS and any(word in _HEADER_WORDS for word in said)
