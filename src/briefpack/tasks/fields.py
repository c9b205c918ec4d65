"""The meeting's fields as words: ``date=18/03/2020``, as the command line and forms take them."""

from collections.abc import Iterable

from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.dates import read_date
from briefpack.pack.edits import put_person, set_meeting
from briefpack.pack.model import Pack, Person, Side

_FIELDS = {
    "title": "title",
    "time": "time",
    "place": "place",
    "from": "sender",
    "to": "recipient",
    "purpose": "purpose",
    "marking": "marking",
    "cleared_by": "cleared_by",
}


def set_fields(pack: Pack, settings: Iterable[str]) -> Pack:
    """``pack`` with fields set from words such as ``title=Harbour review``.

    Beside the fields of the meeting there are ``objective`` (each one adds one) and ``inside`` and ``outside`` (each one
    adds a person who attends, "Name, role, organisation").

    Raises:
        UserError: there is no such field, or its value cannot be understood.
    """
    for setting in settings:
        field, equals, value = setting.partition("=")
        field, value = field.strip().lower().replace("-", "_"), value.strip()
        if not equals:
            raise UserError(f"'{setting}' sets nothing", do="Write it as FIELD=VALUE, for example date=2020-03-18")
        pack = _set(pack, field, value)
    return pack


def _set(pack: Pack, field: str, value: str) -> Pack:
    if field in _FIELDS:
        return set_meeting(pack, **{_FIELDS[field]: value})
    if field == "date":
        day = read_date(value)
        if day is None:
            raise UserError(f"'{value}' is not a date", do="Write the day as 2020-03-18, 18/03/2020 or 18 March 2020")
        return set_meeting(pack, date=day, date_text="")
    if field == "objective":
        return set_meeting(pack, objectives=(*pack.meeting.objectives, value))
    if field in {Side.INSIDE, Side.OUTSIDE}:
        return put_person(pack, replace(person_of(value), side=Side(field), attends=True))
    names = ", ".join(sorted((*_FIELDS, "date", "objective", "inside", "outside")))
    raise UserError(f"There is no field '{field}'", do=f"The fields are: {names}")


def person_of(words: str) -> Person:
    """A person written as "Name, role, organisation"; the last part of three or more is the organisation."""
    name, *rest = (part.strip() for part in words.split(","))
    if len(rest) > 1:
        return Person(name=name, role=", ".join(rest[:-1]), organisation=rest[-1])
    return Person(name=name, role=rest[0] if rest else "")
