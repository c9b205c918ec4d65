"""What formats say beyond words: pages, marked quotations and captions, stated dates, people, parts that are not read."""

import datetime as dt
import re
from pathlib import Path

import apsw
import pytest

from briefpack.archive import Archive, DateOrigin, DateSpan, Document, PassageKind, Precision, readers, schema
from briefpack.archive.debris import Line
from briefpack.archive.describe import documents_of
from briefpack.archive.readers.base import Found, Reader, Reading, Unread
from briefpack.archive.speakers import Speaker
from briefpack.archive.store import FILE
from briefpack.archive.structure import Row, Sign, pieces_of

DAY = dt.date(2018, 3, 6)
STATED = DateSpan(DAY, DAY, Precision.DAY, DateOrigin.STATED, "Tue, 6 Mar 2018")


def row(text: str, sign: Sign = Sign.TEXT, **more) -> Row:
    return Row(Line(text, 0, len(text)), sign, **more)


def described(**more) -> Document:
    found = Found("Ferns on 3 May 2017", (row("Ferns are old."),), **more)
    return documents_of(Reading((found,)), "a.eml")[0]


def test_a_marked_quotation_is_one_whoever_is_named():
    ada = Speaker("Ada Marsh", "Chair")
    pieces = pieces_of([row("Moss matters.", Sign.QUOTATION, speaker=ada), row("It grows.", Sign.QUOTATION)])
    assert [(piece.kind, piece.speaker.name) for piece in pieces] == [
        (PassageKind.QUOTATION, "Ada Marsh"),
        (PassageKind.QUOTATION, ""),
    ]


def test_a_marked_quotation_is_the_words_of_whom_the_line_before_introduces():
    quoted = pieces_of([row("Ada Marsh, Chair of the Fern Society, said:"), row("Moss matters.", Sign.QUOTATION)])[1]
    assert (quoted.speaker.name, quoted.lead_in) == ("Ada Marsh", "Ada Marsh, Chair of the Fern Society, said:")


def test_a_marked_caption_is_one():
    assert pieces_of([row("Wardens at work", Sign.CAPTION)])[0].kind is PassageKind.CAPTION


def test_a_stated_date_goes_before_one_in_the_title():
    assert described(stated=STATED).date == STATED
    assert described().date.origin is DateOrigin.TITLE


def test_what_came_with_a_dated_mail_is_no_later():
    found = Found("Ferns", (row("Ferns are old."),), not_after=DAY)
    (document,) = documents_of(Reading((found,)), "a.eml")
    assert document.date == DateSpan(None, DAY, Precision.RANGE, DateOrigin.BOUNDED)
    assert described(not_after=DAY).date.origin is DateOrigin.TITLE


def test_people_and_flags_of_the_format_are_those_of_the_document():
    document = described(people=("Ada Marsh",), flags=("odd",))
    assert (document.people, document.flags) == (("Ada Marsh",), ("odd",))


def in_parts(data: bytes, name: str) -> Reading:
    found = Found("Ferns", (row("Ferns are old.", page=3),), stated=STATED)
    return Reading((found,), unread=(Unread("photo.xyz", "The archive does not read .xyz files."),))


def test_pages_are_stored_and_unread_parts_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(readers, "READERS", (Reader("parts", frozenset({".parts"}), lambda _: True, in_parts),))
    file = tmp_path / "a.parts"
    file.write_bytes(b"x")
    with Archive.open(tmp_path / "archive") as archive:
        added = archive.add([file])
        (head,) = archive.documents()
        document = archive.document(head.id)
    assert (added.added, document.date, [passage.page for passage in document.passages]) == (1, STATED, [3])
    assert [(each.path, each.why) for each in added.refused] == [
        (f"{file.resolve()} ▸ photo.xyz", "The archive does not read .xyz files.")
    ]


def test_an_archive_without_pages_gets_them(tmp_path: Path, archive: Archive):
    archive.close()
    path = tmp_path / "archive" / FILE
    connection = apsw.Connection(str(path))
    connection.execute("ALTER TABLE passage DROP COLUMN page")
    made = {table for step in schema.MIGRATIONS[2:] for table in re.findall(r"CREATE TABLE (\w+)", step)}
    for table in made:
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP INDEX document_published_from")
    connection.pragma("user_version", 1)
    connection.close()
    with Archive.open(tmp_path / "archive") as again:
        document = again.document(next(again.documents()).id)
    assert {passage.page for passage in document.passages} == {None}
    assert schema.VERSION >= 2
