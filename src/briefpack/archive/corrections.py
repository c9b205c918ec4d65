"""What the user knows better than the rules: kept apart from what is derived, and laid over it at every reading.

A correction belongs to a document by its id, so that it outlives the file being read again, moved or changed. What it
stands over is kept beside it, so that it can be taken back.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, TypedDict

import msgspec
from msgspec.structs import replace

from briefpack.archive.database import Database
from briefpack.archive.model import UNDATED, DateOrigin, DateSpan, Document, Kind, Precision
from briefpack.errors import UserError


class Fields(TypedDict, total=False):
    """What can be corrected. ``source`` is who published it; None or nothing says that there is none."""

    title: str
    date: DateSpan | dt.date
    kind: Kind | None
    region: str | None
    people: tuple[str, ...]
    tags: tuple[str, ...]
    source: str


_NAME = "INSERT INTO publisher VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET name = excluded.name"
_TYPES: dict[str, Any] = {
    "title": str,
    "date": DateSpan,
    "kind": Kind | None,
    "region": str | None,
    "people": tuple[str, ...],
    "tags": tuple[str, ...],
    "source": str,
}


def read(fields: Fields) -> dict[str, Any]:
    """What a user gave, as a document has it.

    Raises:
        UserError: a title or source of no letters, or a date that ends before it begins.
        TypeError: a field that no document has.
    """
    given: dict[str, Any] = dict(fields)
    if unknown := given.keys() - _TYPES.keys():
        raise TypeError(f"a document has no {', '.join(sorted(unknown))} that can be corrected")
    for name in ("title", "source", "region"):
        if isinstance(given.get(name), str):
            given[name] = " ".join(given[name].split())
    for name, called in (("title", "A title"), ("source", "The name of a publisher")):
        if name in given and not given[name]:
            raise UserError(f"{called} cannot be empty", do="Write it out, or take the correction back")
    if "region" in given:
        given["region"] = given["region"] or None
    for name in ("people", "tags"):
        if name in given:
            given[name] = tuple(dict.fromkeys(words for each in given[name] if (words := " ".join(each.split()))))
    if "date" in given:
        given["date"] = _dated(given["date"])
    return given


def _dated(date: DateSpan | dt.date) -> DateSpan:
    """A date as known from the user."""
    if isinstance(date, dt.date):
        return DateSpan(date, date, Precision.DAY, DateOrigin.USER)
    if date.start and date.end and date.end < date.start:
        raise UserError("This date ends before it begins", do="Write the earlier day first")
    return replace(date, origin=DateOrigin.USER) if date != UNDATED else DateSpan(origin=DateOrigin.USER)


def laid_over(connection: Database, document: Document) -> Document:
    """A document, as derived, with the user's corrections; what they stand over now is noted."""
    found = list(connection.execute("SELECT field, value, derived FROM correction WHERE document = ?", (document.id,)))
    for field, _, before in found:
        derived = _packed(getattr(document, field))
        if derived != before:
            connection.execute(
                "UPDATE correction SET derived = ? WHERE document = ? AND field = ?", (derived, document.id, field)
            )
    return replace(document, **{field: _unpacked(field, value) for field, value, _ in found}) if found else document


def put(connection: Database, document: Document, given: dict[str, Any]) -> Document:
    """The stored document with further corrections, which are kept."""
    connection.executemany(
        "INSERT INTO correction VALUES (?, ?, ?, ?) ON CONFLICT (document, field) DO UPDATE SET value = excluded.value",
        [(document.id, field, _packed(value), _packed(getattr(document, field))) for field, value in given.items()],
    )
    return replace(document, **given)


def take_back(connection: Database, document: Document, fields: Iterable[str]) -> Document:
    """The stored document with what is derived in these fields; all of them where none is named."""
    wanted = set(fields)
    if unknown := wanted - _TYPES.keys():
        raise TypeError(f"a document has no {', '.join(sorted(unknown))} that can be corrected")
    rows = list(connection.execute("SELECT field, derived FROM correction WHERE document = ?", (document.id,)))
    back = {field: _unpacked(field, derived) for field, derived in rows if field in wanted or not wanted}
    connection.executemany(
        "DELETE FROM correction WHERE document = ? AND field = ?", [(document.id, field) for field in back]
    )
    return replace(document, **back)


def corrected(connection: Database, document: str) -> tuple[str, ...]:
    """The names of the fields of a document that the user has corrected."""
    query = "SELECT field FROM correction WHERE document = ? ORDER BY field"
    return tuple(field for (field,) in connection.execute(query, (document,)))


def derived(connection: Database, document: Document, field: str) -> Any:  # noqa: ANN401 - the type is the field's
    """What is derived in a field of a stored document, whether it was corrected or not."""
    query = "SELECT derived FROM correction WHERE document = ? AND field = ?"
    value = connection.execute(query, (document.id, field)).get
    return getattr(document, field) if value is None else _unpacked(field, value)


def derived_titles(connection: Database) -> dict[str, str]:
    """By id, the titles that the sources give to the documents whose titles were corrected."""
    query = "SELECT document, derived FROM correction WHERE field = 'title'"
    return {document: _unpacked("title", title) for document, title in connection.execute(query)}


def note_derived(connection: Database, document: str, field: str, value: object) -> bool:
    """Note what a correction stands over now; whether there is a correction of that field."""
    connection.execute(
        "UPDATE correction SET derived = ? WHERE document = ? AND field = ?", (_packed(value), document, field)
    )
    return connection.changes() > 0


def name_publisher(connection: Database, place: PurePath, name: str) -> None:
    """Note who published what is in a file, or in a folder and all below it; no name takes it back."""
    if name:
        connection.execute(_NAME, (str(place), name))
    else:
        connection.execute("DELETE FROM publisher WHERE path = ?", (str(place),))


def publisher_of(connection: Database, place: PurePath) -> str:
    """Who published what is in a file: named for it or for the nearest folder above, else the file's own name."""
    return _nearest_name(connection, (place, *place.parents)) or place.name


def named_above(connection: Database, place: PurePath) -> str:
    """Who published what is in the nearest folder above a file for which that is named; empty where there is none."""
    return _nearest_name(connection, place.parents)


def _nearest_name(connection: Database, paths: Iterable[PurePath]) -> str:
    for each in paths:
        name = connection.execute("SELECT name FROM publisher WHERE path = ?", (str(each),)).get
        if name:
            return str(name)
    return ""


def _packed(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _unpacked(field: str, value: str) -> Any:  # noqa: ANN401 - the type is the field's
    return msgspec.json.decode(value, type=_TYPES[field])
