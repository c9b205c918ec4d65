"""Keys that this program does not know: found when a pack is read, and put back where they were when it is saved."""

from collections.abc import Iterator, Sequence

from msgspec import Struct


class Unknown(Struct, frozen=True):
    """The unknown keys of an object, and those further in.

    ``inside`` is by key in objects; in lists by what names an item: its id where it has one.
    """

    keys: dict[str, object]
    inside: dict[str, "Unknown"]


def find_unknown(raw: object, known: object) -> Unknown | None:
    """The keys in a piece of JSON that the value read from it does not hold; None where there are none."""
    keys: dict[str, object] = {}
    inside: dict[str, Unknown] = {}
    if isinstance(known, Struct) and isinstance(raw, dict):
        fields = _fields(known)
        keys = {key: value for key, value in raw.items() if key not in fields}
        pairs = [(name, raw.get(name), getattr(known, field)) for name, field in fields.items() if field]
    elif isinstance(known, tuple) and isinstance(raw, list):
        pairs = [(name, item, each) for (name, each), item in zip(_named(known), raw, strict=False)]
    else:
        return None
    for name, item, each in pairs:
        if found := find_unknown(item, each):
            inside[name] = found
    return Unknown(keys, inside) if keys or inside else None


def put_back(plain: object, value: object, unknown: Unknown) -> object:
    """``plain``, which is ``value`` as JSON, with the unknown keys of those of its objects that are still there."""
    if isinstance(value, Struct) and isinstance(plain, dict):
        made = {**unknown.keys, **plain}
        for name, field in _fields(value).items():
            if field and (within := unknown.inside.get(name)):
                item = getattr(value, field)
                if name in made or isinstance(item, Struct):  # a default is left out, but may hold unknown keys
                    made[name] = put_back(made.get(name, {}), item, within)
        return made
    if isinstance(value, tuple) and isinstance(plain, list | tuple):
        return [
            put_back(item, each, unknown.inside[name]) if name in unknown.inside else item
            for (name, each), item in zip(_named(value), plain, strict=True)
        ]
    return plain


def _fields(value: Struct) -> dict[str, str]:
    """The keys of an object, each with its field's name; that of the tag, which is no field, with none."""
    fields = dict(zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True))
    if tag := value.__struct_config__.tag_field:
        fields[tag] = ""
    return fields


def _named(items: Sequence[object]) -> Iterator[tuple[str, object]]:
    """Each item of a list with the name it keeps when others come and go."""
    seen: dict[str, int] = {}
    for item in items:
        name = _name(item)
        count = seen[name] = seen.get(name, -1) + 1
        yield (f"{name}#{count}" if count else name), item


def _name(item: object) -> str:
    for field in ("id", "number", "sha256", "item", "clip", "document"):
        if isinstance(name := getattr(item, field, None), str):
            return name
    kind = getattr(item, "kind", "")
    return f"{kind}={getattr(item, 'value', '')}"
