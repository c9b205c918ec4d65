"""What every pack that enters or leaves a file has: clean text, canonical marks, unique ids, levels in range."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.ids import new_id
from briefpack.pack.model import AnyBlock, Biography, Heading, Image, ListItem, Pack, Table, TextBlock
from briefpack.pack.text import EMPTY, Mark, Text, canonical, clean, text

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
    """A text as JSON, cleaned. What is no mark is left for the decoder to refuse."""
    try:
        known = msgspec.convert(list(marks), tuple[Mark, ...])
    except msgspec.ValidationError:
        return {"string": clean(string), "marks": list(marks)}
    made: dict[str, object] = msgspec.to_builtins(text(string, known))
    return made


def clean_pack(pack: Pack) -> Pack:
    """A pack with all of its text clean; slow, so for packs of which it is known that they need it."""
    return msgspec.convert(cleaned(msgspec.to_builtins(pack)), Pack)


def sound(pack: Pack) -> Pack:
    """A pack whose marks are canonical, whose ids are unique and whose levels and rows are as the model says.

    A pack that is sound already is returned as it is. No word is changed: a repeated id is replaced by a new one, a level
    moved to the nearest there is, and a short row filled with empty cells.
    """
    changes = {
        "body": _unique(_each(pack.body, _sound_block)),
        "people": _unique(pack.people),
        "comments": _unique(_each(pack.comments, lambda old: _changed(old, replies=_unique(old.replies)))),
        "clips": _unique(pack.clips),
    }
    return _changed(pack, **changes)


def _changed(old: ItemT, **changes: object) -> ItemT:
    """A struct with changes; the same one where they are none."""
    return old if all(getattr(old, name) is value for name, value in changes.items()) else replace(old, **changes)


def _each(items: tuple[ItemT, ...], change: Callable[[ItemT], ItemT]) -> tuple[ItemT, ...]:
    made = tuple(change(item) for item in items)
    return items if all(new is old for new, old in zip(made, items, strict=True)) else made


def _unique(items: tuple[ItemT, ...]) -> tuple[ItemT, ...]:
    ids = [getattr(item, "id") for item in items]  # noqa: B009 - every item of these lists has one, Struct does not say
    if len(set(ids)) == len(ids) and all(ids):
        return items
    seen: set[str] = {""}
    made = []
    for item, name in zip(items, ids, strict=True):
        made.append(replace(item, id=new_id()) if name in seen else item)
        seen.add(name)
    return tuple(made)


def _sound_block(block: AnyBlock) -> AnyBlock:
    match block:
        case Heading() if not 1 <= block.level <= 6:
            block = replace(block, level=min(max(block.level, 1), 6))
        case ListItem() if not 0 <= block.level <= 8:
            block = replace(block, level=min(max(block.level, 0), 8))
        case _:
            pass
    match block:
        case TextBlock():
            made = _sound_text(block.text)
            return block if made is block.text else replace(block, text=made)
        case Image():
            return _changed(block, caption=_sound_text(block.caption))
        case Biography():
            return _changed(block, points=_each(block.points, _sound_text))
        case Table():
            return _changed(block, rows=_sound_rows(block.rows))
        case _:
            return block


def _sound_rows(rows: tuple[tuple[Text, ...], ...]) -> tuple[tuple[Text, ...], ...]:
    width = max((len(row) for row in rows), default=0)
    made = tuple(_each(row, _sound_text) + (EMPTY,) * (width - len(row)) for row in rows)
    return rows if all(new is old for new, old in zip(made, rows, strict=True)) else made


def _sound_text(old: Text) -> Text:
    if not old.marks:
        return old
    marks = canonical(old.marks, len(old.string))
    return old if marks == old.marks else Text(old.string, marks)
