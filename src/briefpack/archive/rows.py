"""Documents and passages as rows of the archive's tables, and back."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from briefpack.archive.database import Database
from briefpack.archive.debris import folded
from briefpack.archive.describe import text_key
from briefpack.archive.model import DateOrigin, DateSpan, Document, Kind, Passage, PassageKind, Precision

_DOCUMENT = (
    "key, content_key, text_key, title, title_folded, kind, region, published_from, published_to, date_precision,"
    " date_origin, date_text, source, ordinal, people, tags, flags, first_passage, last_passage, added_at"
)
_HEAD = (
    "id, key, title, kind, region, published_from, published_to, date_precision, date_origin, date_text, source, ordinal,"
    " people, tags, flags, first_passage, last_passage"
)
_PASSAGE = "key, kind, text, heading, lead_in, speaker, speaker_role, level, start, stop, page"

_INSERT_DOCUMENT = f"INSERT INTO document (id, {_DOCUMENT}) VALUES (?{', ?' * (_DOCUMENT.count(',') + 1)})"  # noqa: S608 - the names of columns are ours
_UPDATE_DOCUMENT = f"UPDATE document SET {_DOCUMENT.removesuffix(', added_at').replace(',', ' = ?,')} = ? WHERE id = ?"  # noqa: S608 - the names of columns are ours
_INSERT_PASSAGE = f"INSERT INTO passage (id, document_id, {_PASSAGE}) VALUES (?{', ?' * 12})"  # noqa: S608 - the names of columns are ours
_PASSAGES = f"SELECT {_PASSAGE} FROM passage WHERE id BETWEEN ? AND ? ORDER BY id"  # noqa: S608 - the names of columns are ours


class Stored(msgspec.Struct, frozen=True):
    """A document without its passages, with the numbers of its rows."""

    rowid: int
    head: Document
    first_passage: int
    last_passage: int


def insert_passages(connection: Database, rowid: int, document: Document) -> tuple[int, int]:
    """Store the passages of a document as consecutive rows; the first and last of their numbers."""
    first = (connection.execute("SELECT max(id) FROM passage").get or 0) + 1
    connection.executemany(
        _INSERT_PASSAGE,
        [(first + place, rowid, *_passage_row(passage)) for place, passage in enumerate(document.passages)],
    )
    return first, first + len(document.passages) - 1


def insert_document(connection: Database, document: Document, content: str, now: str) -> int:
    """Store a document and its passages; the number of its row.

    ``content`` is the fingerprint by which it is known again: of the source's words, whatever the user has corrected.
    """
    rowid = (connection.execute("SELECT max(id) FROM document").get or 0) + 1
    connection.execute(_INSERT_DOCUMENT, (rowid, *_document_row(document, content, 0, 0), now))
    span = insert_passages(connection, rowid, document)
    connection.execute("UPDATE document SET first_passage = ?, last_passage = ? WHERE id = ?", (*span, rowid))
    return rowid


def replace_document(connection: Database, rowid: int, document: Document, content: str) -> None:
    """Put a new version of a document, known again by ``content``, in the place of the row ``rowid``."""
    connection.execute("DELETE FROM passage WHERE document_id = ?", (rowid,))
    span = insert_passages(connection, rowid, document)
    connection.execute(_UPDATE_DOCUMENT, (*_document_row(document, content, *span), rowid))


def describe_anew(connection: Database, found: Stored, document: Document) -> None:
    """Put what is said about a document in the place of what was said; its words stay as they are."""
    content = connection.execute("SELECT content_key FROM document WHERE id = ?", (found.rowid,)).get
    row = _document_row(document, content, found.first_passage, found.last_passage)
    connection.execute(_UPDATE_DOCUMENT, (*row, found.rowid))


def stored(connection: Database, condition: str = "true", bindings: tuple[Any, ...] = ()) -> Iterator[Stored]:
    """The documents, without passages, that meet a condition of SQL (which is ours, never the user's)."""
    query = f"SELECT {_HEAD} FROM document WHERE {condition}"  # noqa: S608 - the names of columns are ours
    for row in connection.execute(query, bindings):
        yield _stored(row)


def stored_in(connection: Database, numbers: Sequence[int]) -> dict[int, Stored]:
    """The documents in rows, without passages, by row."""
    marks = ", ".join("?" * len(numbers)) or "NULL"
    return {found.rowid: found for found in stored(connection, f"id IN ({marks})", tuple(numbers))}


def with_passages(connection: Database, found: Stored) -> Document:
    """The whole document."""
    return msgspec.structs.replace(found.head, passages=tuple(passages_of(connection, found)))


def passages_of(connection: Database, found: Stored) -> Iterator[Passage]:
    """The passages of a document in order."""
    return passages_between(connection, found.head.id, found.first_passage, found.last_passage)


def passages_between(connection: Database, document: str, first: int, last: int) -> Iterator[Passage]:
    """The passages of rows ``first`` to ``last``, which belong to the document with the id ``document``."""
    for fields in connection.execute(_PASSAGES, (first, last)):
        yield _passage(document, *fields)


def _passage(document: str, key: str, kind: str, *rest: Any) -> Passage:  # noqa: ANN401 - the columns of a passage
    return Passage(f"{document}.{key}", PassageKind(kind), *rest)


def _passage_row(passage: Passage) -> tuple[Any, ...]:
    return (
        passage.id.partition(".")[2],
        passage.kind,
        passage.text,
        passage.heading,
        passage.lead_in,
        passage.speaker,
        passage.speaker_role,
        passage.level,
        passage.start,
        passage.end,
        passage.page,
    )


def _document_row(document: Document, content: str, first: int, last: int) -> tuple[Any, ...]:
    """The columns of a whole document, passages included."""
    date = document.date
    return (
        document.id,
        content,
        text_key(document.passages),
        document.title,
        folded(document.title),
        document.kind,
        document.region,
        date.start and date.start.isoformat(),
        date.end and date.end.isoformat(),
        date.precision,
        date.origin,
        date.text,
        document.source,
        document.ordinal,
        _packed(document.people),
        _packed(document.tags),
        _packed(document.flags),
        first,
        last,
    )


def _stored(row: tuple[Any, ...]) -> Stored:
    rowid, key, title, kind, region, start, end, precision, origin, text, source, ordinal, *packed, first, last = row
    people, tags, flags = (msgspec.json.decode(each, type=tuple[str, ...]) for each in packed)
    date = DateSpan(
        start=dt.date.fromisoformat(start) if start else None,
        end=dt.date.fromisoformat(end) if end else None,
        precision=Precision(precision) if precision else None,
        origin=DateOrigin(origin) if origin else None,
        text=text,
    )
    head = Document(
        id=key,
        title=title,
        ordinal=ordinal,
        date=date,
        kind=Kind(kind) if kind else None,
        region=region,
        source=source,
        people=people,
        tags=tags,
        flags=flags,
    )
    return Stored(rowid, head, first, last)


def _packed(names: tuple[str, ...]) -> str:
    return msgspec.json.encode(names).decode()
