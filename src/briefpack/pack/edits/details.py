"""The meeting and the people of a pack."""

from msgspec.structs import replace

from briefpack.pack.cleaning import cleaned
from briefpack.pack.edits.blocks import insert_blocks
from briefpack.pack.edits.places import splice
from briefpack.pack.model import Biography, Pack, Person


def set_meeting(pack: Pack, **changes: object) -> Pack:
    """Fields of :class:`~briefpack.pack.model.Meeting` set. Text is cleaned; TypeError for a field that it has not."""
    meeting = replace(pack.meeting, **{name: cleaned(value) for name, value in changes.items()})
    return pack if meeting == pack.meeting else replace(pack, meeting=meeting)


def put_person(pack: Pack, person: Person) -> Pack:
    """A person added, or the one of the same id replaced."""
    person = cleaned(person)
    old = pack.person(person.id)
    if old == person:
        return pack
    if old is None:
        return replace(pack, people=(*pack.people, person))
    return replace(pack, people=tuple(person if each.id == person.id else each for each in pack.people))


def remove_person(pack: Pack, person: str) -> Pack:
    """A person gone from the list, and the biography with them."""
    if pack.person(person) is None:
        return pack
    body = tuple(block for block in pack.body if not (isinstance(block, Biography) and block.person == person))
    people = tuple(each for each in pack.people if each.id != person)
    return splice(replace(pack, people=people), 0, len(pack.body), body)


def add_biography(pack: Pack, index: int, person: Person, biography: Biography | None = None) -> Pack:
    """A biography card for a person put in before ``body[index]``, and the person added where they are new."""
    card = replace(biography, person=person.id) if biography else Biography(person=person.id)
    return insert_blocks(put_person(pack, person), index, (card,))
