"""What holds for a pack from anywhere: every string in it clean, every text canonical.

Forms, the clipboard and pack files bring values whose strings :mod:`briefpack.pack.text` has not seen. They pass here on
their way into a pack, so that it can always be saved and exported.
"""

from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import asdict, replace

from briefpack.pack.text import Mark, Text, clean, text

T = TypeVar("T")


def cleaned(value: T) -> T:
    """``value`` with every string in it clean and every text canonical; the same object where it is so already.

    It may be a string, any struct of :mod:`briefpack.pack.model`, or a tuple of such.
    """
    return cast("T", _cleaned(value))


def _cleaned(value: object) -> object:
    new: object
    match value:
        case str():
            new = clean(value)
        case Text():
            new = text(value.string, cast("tuple[Mark, ...]", _cleaned(value.marks)))
        case tuple():
            new = tuple(map(_cleaned, value))
        case Struct():
            new = replace(value, **{name: _cleaned(part) for name, part in asdict(value).items()})
        case _:
            return value
    return value if new == value else new
