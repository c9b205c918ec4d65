"""Copies of a shared archive's documents: what was opened or clipped here, for when the server is out of reach."""

import datetime as dt

from msgspec.structs import replace

from briefpack.archive import rows
from briefpack.archive.archive import Archive
from briefpack.archive.describe import content_key
from briefpack.archive.model import Document


def keep(local: Archive, document: Document) -> None:
    """Keep a copy of a document under its own id, in the place of an older one."""
    connection = local._connection  # noqa: SLF001 - the two sides of one archive
    with connection.told():
        found = next(rows.stored(connection, "key = ?", (document.id,)), None)
        if found is not None and rows.with_passages(connection, found) == document:
            return
        content = content_key(document.title, (passage.text for passage in document.passages))
        with local._writing():  # noqa: SLF001 - as above
            if found is None:
                now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
                rowid = rows.insert_document(connection, document, content, now)
            else:
                rowid = found.rowid
                local._index.remove(rowid)  # noqa: SLF001 - as above
                local._kinship.remove(rowid)  # noqa: SLF001 - as above
                rows.replace_document(connection, rowid, document, content)
            (stored,) = rows.stored(connection, "id = ?", (rowid,))
            whole = replace(stored.head, passages=document.passages)
            local._index.add(rowid, whole)  # noqa: SLF001 - as above
            local._kinship.add(rowid, whole)  # noqa: SLF001 - as above


def known_as(local: Archive, archive: str) -> None:
    """Give the copies the id of the archive that they are of, so that clips of both are of one archive."""
    connection = local._connection  # noqa: SLF001 - as above
    with connection.told():
        if local.id != archive:
            with connection.writing():
                connection.execute("UPDATE setting SET value = ? WHERE name = 'archive'", (archive,))
