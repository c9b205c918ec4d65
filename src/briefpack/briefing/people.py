"""Who is named in a line: the attendees of a meeting, and the person that a biography is about."""

import re
from collections.abc import Iterator

from briefpack.pack.model import Person, Side
from briefpack.pack.text import words

_ROLES = frozenset(
    re.findall(
        r"\w+",
        """adviser advisor ambassador analyst assistant cabinet chair chairman chairwoman chairperson chancellor chief
        commissioner convener coordinator councillor deputy director executive governor head inspector lead leader manager
        member minister officer official permanent policy president principal private professor secretary senior
        spokesperson team treasurer vice""",
    )
)
"""Words for an office: what holds one is no name."""

_SIDES = {
    "inside": Side.INSIDE,
    "internal": Side.INSIDE,
    "officials": Side.INSIDE,
    "our side": Side.INSIDE,
    "outside": Side.OUTSIDE,
    "external": Side.OUTSIDE,
    "visitors": Side.OUTSIDE,
}
_PARTS = re.compile(r"[,;](?![^(]*\))|(?<=\))\s+(?=[A-Z])|\s+and\s+(?=[A-Z])|\s+&\s+(?=[A-Z])")
_GROUP = re.compile(r"([A-Za-z][^:,;]{0,60}):\s*(.*)", re.DOTALL)
_BRACKETS = re.compile(r"(.+?)\s*\(([^()]*)\)")
_DASH = re.compile(r"(.+?)\s+[–—-]\s+(.+)", re.DOTALL)
_NAME_LINE = re.compile(r"([^,:–—()]+?)\s*(?:[,:]\s*|\s[–—-]\s+|\((?=[^()]*\)$))(.+)", re.DOTALL)
_MOST_NAME_WORDS = 6
_MOST_LINE_WORDS = 30


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same but for case and spaces."""
    return one.casefold().split() == other.casefold().split()


def looks_like_name(string: str) -> bool:
    """Whether words could be somebody's name: few, each with a capital, none a word for an office."""
    parts = [
        word for word in words(string) if word.casefold() not in {"de", "van", "von", "der", "la", "al", "bin", "of"}
    ]
    if not 1 <= len(parts) <= _MOST_NAME_WORDS or re.search(r"\d", string):
        return False
    return all(part.strip("(\"'‘“")[:1].isupper() for part in parts) and not _is_role(string)


def read_attendees(values: list[str]) -> tuple[list[Person], list[str]]:
    """The people in the value of "Attendees", a string a line of it, and the words of it that name nobody.

    Names are separated by commas or semicolons, or stand on lines of their own with role and organisation. What stands
    before a colon ("ADCS: Ada Byrne, Bo Lund") is the organisation of all who follow, or the side that they are on.
    """
    pieces = [(line, piece) for value in values for line in value.split("\n") for piece in line.split(";")]
    reading = _Attendees(alone=len(pieces) > 1)
    for line, piece in pieces:
        reading.take(piece.strip(), line)
    reading.end_group()
    return reading.people, reading.labels


class _Attendees:
    """Reads attendees piece by piece. ``alone`` says that a piece is one person unless it is nothing but names."""

    def __init__(self, *, alone: bool) -> None:
        self.people: list[Person] = []
        self.labels: list[str] = []
        self._alone = alone
        self._group = ""
        self._group_line = ""
        self._empty = False

    def take(self, piece: str, line: str) -> None:
        """Read one piece of a line. A group named before names holds for their line; alone on a line, for those below."""
        if self._group_line not in {"", line}:
            self.end_group()
        found = _GROUP.fullmatch(piece)
        if found:
            self.end_group()
            self._group, self._group_line = found[1].strip(), line if found[2].strip() else ""
            self._empty = self._group.casefold() not in _SIDES
            if not self._empty:
                self.labels.append(self._group)
        for person in self._people(found[2] if found else piece):
            if person.name:
                self.people.append(_grouped(person, self._group))
                self._empty = False

    def end_group(self) -> None:
        """End the group; one in which nobody is named attends as such."""
        if self._empty:
            self.people.append(Person(self._group, attends=True))
        self._group, self._group_line, self._empty = "", "", False

    def _people(self, said: str) -> list[Person]:
        if self._alone and not _all_names(said):
            return [_one_person(said)]
        self.labels.extend("and" for cut in _PARTS.finditer(said) if cut[0].strip() == "and")
        return list(_several_people(said))


def read_name_line(string: str) -> tuple[str, str, str] | None:
    """Name, role and organisation of a line such as "Rachel Dickinson, 2019/20 President, ADCS"; None for other lines."""
    string = " ".join(string.split())
    if len(words(string)) > _MOST_LINE_WORDS:
        return None
    if looks_like_name(string):
        return string, "", ""
    found = _NAME_LINE.fullmatch(string)
    if not found or not looks_like_name(found[1]):
        return None
    rest = found[2].removesuffix(")") if string[found.start(2) - 1] == "(" else found[2]
    role, comma, organisation = rest.rpartition(",")
    if not comma:
        return found[1], rest.strip(), ""
    return found[1], role.strip(), organisation.strip()


def _is_role(string: str) -> bool:
    return any(word.strip("().,").casefold() in _ROLES for word in string.split())


def _all_names(string: str) -> bool:
    return all(looks_like_name(part) for part in _PARTS.split(string) if part.strip())


def _several_people(string: str) -> Iterator[Person]:
    """People separated by commas; what is no name belongs to the one before it."""
    person: Person | None = None
    for part in _PARTS.split(string):
        part = part.strip()  # noqa: PLW2901
        if not words(part):
            continue
        name = _BRACKETS.fullmatch(part) or _DASH.fullmatch(part)
        if person is not None and not looks_like_name(name[1] if name else part):
            role = f"{person.role}, {part}" if person.role else part
            person = Person(person.name, person.id, role, person.organisation)
            continue
        if person is not None:
            yield person
        person = _one_person(part)
    if person is not None:
        yield person


def _one_person(string: str) -> Person:
    """A person on a line: "Name (role)", "Name – role, organisation", "Name, role, organisation"."""
    string = " ".join(string.split()).strip(" ,;")
    if not words(string):
        return Person("")
    found = _BRACKETS.fullmatch(string) or _DASH.fullmatch(string)
    if found:
        return Person(found[1].strip(), role=found[2].strip())
    name, _, rest = string.partition(",")
    role, comma, organisation = rest.strip().rpartition(",")
    if not comma:
        return Person(name.strip(), role=rest.strip())
    return Person(name.strip(), role=role.strip(), organisation=organisation.strip())


def _grouped(person: Person, group: str) -> Person:
    """An attendee who was named after "ADCS:" or "Officials:"."""
    side = _SIDES.get(group.casefold())
    organisation = person.organisation if side else ", ".join(filter(None, (person.organisation, group)))
    return Person(person.name, person.id, person.role, organisation, side, attends=True)
