"""What every pack that enters or leaves a file is: all that edits keep it to be, whoever wrote the file."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.board import Board, Pick, Topic
from briefpack.pack.edits import as_word
from briefpack.pack.ids import is_id, new_id
from briefpack.pack.model import (
    AnyBlock,
    Biography,
    Heading,
    Image,
    ListItem,
    Pack,
    Paragraph,
    Person,
    Table,
    TextBlock,
    TextLike,
)
from briefpack.pack.text import EMPTY, LAYERED, Mark, MarkKind, Text, canonical, clean

ItemT = TypeVar("ItemT", bound=Struct)

_PLAIN = bytes((0x0A, *range(0x20, 0x5C), *range(0x5D, 0x7F)))
_ESCAPE = re.compile(rb"\\[ubfr]")


def is_clean(data: bytes) -> bool:
    """Whether no string in a piece of JSON has anything that :func:`briefpack.pack.text.clean` would drop or change."""
    if _ESCAPE.search(data):
        return False
    rest = data.translate(None, _PLAIN).replace(b"\\", b"").decode()
    return clean(rest) == rest


def cleaned(raw: object) -> object:
    """A piece of JSON, as Python objects, with every string clean; marks stay on their words."""
    match raw:
        case str():
            return clean(raw)
        case list() | tuple():
            return [cleaned(item) for item in raw]
        case {"string": str(string), "marks": list() | tuple() as marks, **rest}:
            return {**_cleaned_values(rest), **_cleaned_text(string, marks)}
        case dict():
            return _cleaned_values(raw)
        case _:
            return raw


def _cleaned_values(raw: Mapping[Any, object]) -> dict[str, object]:
    return {clean(str(key)): cleaned(value) for key, value in raw.items()}


def _cleaned_text(string: str, marks: Iterable[object]) -> dict[str, object]:
    """A text as JSON, cleaned, its marks moved along; what is no mark is left for the decoder to refuse."""
    made = [cleaned(mark) for mark in marks]
    if clean(string) != string:
        made = [_moved(mark, string) if isinstance(mark, dict) else mark for mark in made]
    return {"string": clean(string), "marks": made}


def _moved(mark: dict[str, object], string: str) -> dict[str, object]:
    """A mark on an unclean string, as it lies on the clean one."""
    ends = {name: mark.get(name) for name in ("start", "end")}
    moved = {name: len(clean(string[: max(0, at)])) for name, at in ends.items() if isinstance(at, int)}
    return {**mark, **moved}


def clean_pack(pack: Pack) -> Pack:
    """A pack with all of its text clean; slow, so for packs of which it is known that they need it."""
    return msgspec.convert(cleaned(msgspec.to_builtins(pack)), Pack)


def sound(pack: Pack) -> Pack:
    """A pack that is all that edits keep it to be; one that is so already is returned as it is.

    It has a block. Ids are of the form of ids, and unique; what names them follows. Marks are canonical, and those of
    comments and clips name one that there is. Levels are in range, rows of one width, and a biography is of somebody. No
    word of the text is changed for that; what is in the dictionary and no word is left out. What was picked for a topic
    is a clip that there is. A copy came back once, and of an item the last decision holds.
    """
    comments, comment_ids = _with_ids(pack.comments)
    clips, clip_ids = _with_ids(pack.clips)
    people, person_ids = _with_ids(pack.people)
    change = partial(_sound_block, known={MarkKind.COMMENT: comment_ids, MarkKind.CLIP: clip_ids}, people=person_ids)
    body, _ = _with_ids(_each(pack.body, change) or (Paragraph(),))
    return _changed(
        pack,
        body=body,
        comments=_each(comments, lambda old: _changed(old, replies=_with_ids(old.replies)[0])),
        clips=clips,
        people=people + tuple(_strangers(body, {person.id for person in people})),
        id=pack.id if is_id(pack.id) else new_id(),
        returns=_once(pack.returns, "sha256"),
        decisions=_once(pack.decisions, "item"),
        dictionary=_dictionary(pack.dictionary),
        board=_sound_board(pack.board, clip_ids),
    )


def _once(items: tuple[ItemT, ...], name: str) -> tuple[ItemT, ...]:
    """The items, of those of one name the last."""
    last = {getattr(item, name): item for item in items}
    return items if len(last) == len(items) else tuple(last.values())


def _sound_board(board: Board, clips: Mapping[str, str]) -> Board:
    def picked(old: Pick) -> Pick | None:
        clip = clips.get(old.clip)
        return old if clip == old.clip else replace(old, clip=clip) if clip else None

    def named(old: Topic) -> Topic:
        made = tuple(pick for each in old.picked if (pick := picked(each)))
        return old if made == old.picked else replace(old, picked=made)

    return _changed(board, topics=_each(_with_ids(board.topics)[0], named))


def _dictionary(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a dictionary sorted, each once; what is no word is not one of them."""
    made = tuple(sorted({as_word(word) for word in words} - {""}))
    return words if made == words else made


def _changed(old: ItemT, **changes: object) -> ItemT:
    """A struct with changes; the same one where they are none."""
    return old if all(getattr(old, name) is value for name, value in changes.items()) else replace(old, **changes)


def _each(items: tuple[ItemT, ...], change: Callable[[ItemT], ItemT]) -> tuple[ItemT, ...]:
    made = tuple(change(item) for item in items)
    return items if all(new is old for new, old in zip(made, items, strict=True)) else made


def _with_ids(items: tuple[ItemT, ...]) -> tuple[tuple[ItemT, ...], Mapping[str, str]]:
    """The items, each with an id of its own, and what became of each id there was; of one that stood twice, the first."""
    ids: list[str] = [getattr(item, "id") for item in items]  # noqa: B009 - each of these items has one, Struct has not
    if len(set(ids)) == len(ids) and all(map(is_id, ids)):
        return items, dict(zip(ids, ids, strict=True))
    renamed: dict[str, str] = {}
    made = []
    for item, name in zip(items, ids, strict=True):
        if name in renamed or not is_id(name):
            item = replace(item, id=new_id())  # noqa: PLW2901 - the same item, with an id
        renamed.setdefault(name, getattr(item, "id"))  # noqa: B009
        made.append(item)
    return tuple(made), renamed


def _strangers(body: tuple[AnyBlock, ...], known: set[str]) -> Iterator[Person]:
    """Somebody for each biography whose person there is not."""
    for block in body:
        if isinstance(block, Biography) and block.person not in known:
            known.add(block.person)
            yield Person("Unknown person", id=block.person)


Known = Mapping[MarkKind, Mapping[str, str]]
"""For the kinds of mark that name something in the pack, its ids as they were and as they are."""


def _sound_block(block: AnyBlock, known: Known, people: Mapping[str, str]) -> AnyBlock:
    match block:
        case TextBlock():
            return _changed(_levelled(block), text=_sound_text(block.text, known))
        case Image():
            return _changed(block, caption=_sound_text(block.caption, known))
        case Biography():
            person = people.get(block.person, block.person)
            points = _each(block.points, partial(_sound_text, known=known))
            return _changed(block, person=person if is_id(person) else new_id(), points=points)
        case Table():
            return _changed(block, rows=_sound_rows(block.rows, known))
        case _:
            return block


def _levelled(block: TextLike) -> TextLike:
    """A heading or list item with its level in range."""
    match block:
        case Heading() if not 1 <= block.level <= 6:
            return replace(block, level=min(max(block.level, 1), 6))
        case ListItem() if not 0 <= block.level <= 8:
            return replace(block, level=min(max(block.level, 0), 8))
        case _:
            return block


def _sound_rows(rows: tuple[tuple[Text, ...], ...], known: Known) -> tuple[tuple[Text, ...], ...]:
    width = max((len(row) for row in rows), default=0)
    made = tuple(_each(row, partial(_sound_text, known=known)) + (EMPTY,) * (width - len(row)) for row in rows)
    return rows if all(new is old for new, old in zip(made, rows, strict=True)) else made


def _sound_text(old: Text, known: Known) -> Text:
    marks = old.marks
    if not marks:
        return old
    if any(mark.kind in known and known[mark.kind].get(mark.value) != mark.value for mark in marks):
        marks = tuple(named for mark in marks if (named := _named(mark, known)))
    if not _is_canonical(marks, len(old.string)):
        marks = canonical(marks, len(old.string))
    return old if marks is old.marks else Text(old.string, marks)


def _is_canonical(marks: tuple[Mark, ...], length: int) -> bool:
    """Whether :func:`~briefpack.pack.text.canonical` would leave marks as they are; quick, since it nearly always would."""
    last: dict[object, Mark] = {}
    previous = None
    for mark in marks:
        if not 0 <= mark.start < mark.end <= length or (previous is not None and not previous < mark):
            return False
        layer = (mark.kind, mark.value) if mark.kind in LAYERED else mark.kind
        before = last.get(layer)
        if before and (before.end > mark.start or (before.end == mark.start and before.value == mark.value)):
            return False
        last[layer] = previous = mark
    return True


def _named(mark: Mark, known: Known) -> Mark | None:
    """A mark with the id of what it names as it is now; None where it names nothing."""
    ids = known.get(mark.kind)
    if ids is None:
        return mark
    value = ids.get(mark.value)
    return mark if value == mark.value else replace(mark, value=value) if value else None
