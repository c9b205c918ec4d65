"""``pack.json``: a pack as JSON that is sorted and indented, so that two versions of it can be compared line by line."""

from collections.abc import Iterator
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct

from briefpack.errors import UserError
from briefpack.pack.board import Board
from briefpack.pack.decisions import Decision, Return
from briefpack.pack.model import AnyBlock, Clip, Comment, Issue, Meeting, Pack, Paragraph, Person
from briefpack.pack.text import text
from briefpack.packfile.soundness import clean_pack, cleaned, is_clean, sound
from briefpack.packfile.unknown import Unknown, find_unknown, put_back
from briefpack.packfile.upgrade import FORMAT, Raw, upgraded

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Pack)
ValueT = TypeVar("ValueT")


class Document(Struct, frozen=True):
    """What was read of a ``pack.json``: the pack, the keys that are not known, and what could not be read."""

    pack: Pack
    unknown: Unknown | None = None
    lost: tuple[str, ...] = ()


def encode(pack: Pack, unknown: Unknown | None = None) -> bytes:
    """A sound pack as the bytes of ``pack.json``, with the unknown keys put back."""
    if unknown is None:
        return _formatted(_encoder.encode(pack))
    return _formatted(_encoder.encode(put_back(msgspec.to_builtins(pack), pack, unknown)))


def _formatted(data: bytes) -> bytes:
    return msgspec.json.format(data, indent=1) + b"\n"


def made_sound(pack: Pack) -> Pack:
    """A pack that can be saved and will be read as it was: :func:`~briefpack.packfile.soundness.sound`, and clean.

    It has the types that the model says: a width given as 120 becomes 120.0, as it will be read.
    """
    try:
        dirty = not is_clean(_encoder.encode(pack))
    except UnicodeEncodeError:  # half of a character
        dirty = True
    pack = sound(clean_pack(pack) if dirty else pack)
    data = _encoder.encode(pack)
    read = _decoder.decode(data)
    return pack if _encoder.encode(read) == data else read


def reads_as(data: bytes, pack: Pack) -> bool:
    """Whether the bytes of a ``pack.json`` are those of a pack."""
    return _decoder.decode(data) == pack


def decode(data: bytes, version: int = FORMAT) -> Document:
    """The pack of a ``pack.json``, made sound.

    Where a part of it cannot be read, or is of a newer format, the rest is, and ``lost`` says what is not.

    Raises:
        UserError: it is not JSON, or holds nothing of a pack.
    """
    if version == FORMAT and (plain := _plainly(data)):
        return plain
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise UserError("The text of this pack is damaged") from error
    try:
        raw = upgraded(cast(Raw, cleaned(raw)), version)
        if not isinstance(raw["body"], list):
            raise TypeError("body")
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise UserError("The text of this pack is damaged") from error
    lost: tuple[str, ...] = ()
    try:
        pack = msgspec.convert(raw, Pack)
    except (msgspec.ValidationError, RecursionError):
        pack, lost = _piece_by_piece(raw)
    return Document(sound(pack), find_unknown(raw, pack), lost)


def _plainly(data: bytes) -> Document | None:
    """What this program itself has written, in which nothing is unknown; None for all else."""
    try:
        if not is_clean(data):
            return None
        pack = _decoder.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return Document(sound(pack)) if pack.body and _formatted(_encoder.encode(pack)) == data else None


_LISTS: dict[str, tuple[type, str]] = {
    "people": (Person, "person"),
    "comments": (Comment, "comment"),
    "clips": (Clip, "clip"),
    "issues": (Issue, "record of a version sent"),
    "returns": (Return, "record of a copy that came back"),
    "decisions": (Decision, "decision"),
}

_SINGLE: dict[str, Any] = {
    "id": str,
    "language": str,
    "meeting": Meeting,
    "dictionary": tuple[str, ...],
    "board": Board,
}


def _piece_by_piece(raw: Raw) -> tuple[Pack, tuple[str, ...]]:
    """The pack of an object of which some pieces are not what the model says; those are left out, and said.

    A block that cannot be read stays as a paragraph with its words.
    """
    body = cast(list[object], raw["body"])
    lost: list[str] = []
    found: dict[str, object] = {"body": tuple(_block(item, number, lost) for number, item in enumerate(body, 1))}
    for name, (kind, called) in _LISTS.items():
        found[name] = tuple(_items(raw.get(name, []), kind, called, lost))
    for name, one in _SINGLE.items():
        value = _converted(raw.get(name), one)
        if value is not None:
            found[name] = value
        elif name in raw:
            lost.append(f"The {name} of the pack cannot be read")
    return Pack(**found), tuple(lost)  # type: ignore[arg-type]  # each was converted to its own type above


def _block(item: object, number: int, lost: list[str]) -> AnyBlock:
    try:
        return cast(AnyBlock, msgspec.convert(item, AnyBlock))
    except (msgspec.ValidationError, RecursionError):
        pass
    lost.append(f"Block {number} is of a kind that cannot be read; its words are kept as a paragraph")
    return Paragraph(text=text(" ".join(_words(item))))


def _items(raw: object, kind: type[ValueT], called: str, lost: list[str]) -> Iterator[ValueT]:
    if not isinstance(raw, list):
        lost.append(f"Every {called} is lost")
        return
    for number, item in enumerate(raw, 1):
        value = _converted(item, kind)
        if value is not None:
            yield value
        else:
            lost.append(f"A {called} (number {number}) cannot be read; its words are: {' '.join(_words(item))[:500]}")


def _converted(raw: object, kind: type[ValueT]) -> ValueT | None:
    try:
        return msgspec.convert(raw, kind)
    except (msgspec.ValidationError, RecursionError):
        return None


def _words(raw: object) -> Iterator[str]:
    """Every string within a piece of JSON that may be words."""
    match raw:
        case {"string": str(string)}:
            yield string
        case {"text": str(string)}:
            yield string
        case dict():
            for value in raw.values():
                if not isinstance(value, str):
                    yield from _words(value)
        case list():
            for value in raw:
                yield from _words(value)
        case _:
            return
