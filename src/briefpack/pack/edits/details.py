"""The meeting and the people of a pack."""

from msgspec.structs import replace

from briefpack.pack.edits.blocks import insert_blocks
from briefpack.pack.model import Biography, Pack, Person
from briefpack.pack.text import clean


def set_meeting(pack: Pack, **changes: object) -> Pack:
    """Fields of :class:`~briefpack.pack.model.Meeting` set. Text is cleaned; TypeError for a field that it has not."""
    meeting = replace(pack.meeting, **{name: _cleaned(value) for name, value in changes.items()})
    return pack if meeting == pack.meeting else replace(pack, meeting=meeting)


def put_person(pack: Pack, person: Person) -> Pack:
    """A person added, or the one of the same id replaced."""
    person = replace(person, name=clean(person.name), role=clean(person.role), organisation=clean(person.organisation))
    if pack.person(person.id) is None:
        return replace(pack, people=(*pack.people, person))
    return replace(pack, people=tuple(person if each.id == person.id else each for each in pack.people))


def remove_person(pack: Pack, person: str) -> Pack:
    """A person gone from the list, and the biography with them."""
    return replace(
        pack,
        people=tuple(each for each in pack.people if each.id != person),
        body=tuple(b for b in pack.body if not (isinstance(b, Biography) and b.person == person)),
    )


def add_biography(pack: Pack, index: int, person: Person, biography: Biography | None = None) -> Pack:
    """A biography card for a person put in before ``body[index]``, and the person added where they are new."""
    card = replace(biography, person=person.id) if biography else Biography(person=person.id)
    return insert_blocks(put_person(pack, person), index, (card,))


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(each) for each in value)
    return value
