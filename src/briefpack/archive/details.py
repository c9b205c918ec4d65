"""A document beside what is derived of it: what a form that corrects it has to know, read in one go."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefpack.archive import corrections, rows
from briefpack.archive.database import Database
from briefpack.archive.model import Document
from briefpack.archive.suggesting import TagSuggestion


class Details(Struct, frozen=True):
    """A document as it is, and as it is derived.

    ``corrected`` names what the user has corrected. ``file`` is where it was found; ``publisher`` is who published what
    is in that file, as far as the user has named them for this very file, and ``otherwise`` what stands where nobody is
    named: the name given to a folder above, else the file's own.
    """

    document: Document
    derived: Document
    corrected: tuple[str, ...]
    file: Path
    publisher: str
    otherwise: str
    suggestions: tuple[TagSuggestion, ...] = ()


def details(connection: Database, found: rows.Stored, suggestions: tuple[TagSuggestion, ...]) -> Details:
    """All of it, for a stored document; the document without its passages."""
    head = found.head
    corrected = corrections.corrected(connection, head.id)
    derived = replace(head, **{field: corrections.derived(connection, head, field) for field in corrected})
    query = "SELECT path FROM place JOIN file ON file.id = file_id WHERE document_id = ? ORDER BY file.id DESC"
    file = connection.place(str(connection.execute(query, (found.rowid,)).get or head.source))
    publisher = str(connection.execute("SELECT name FROM publisher WHERE path = ?", (str(file),)).get or "")
    otherwise = corrections.named_above(connection, file) or file.name
    return Details(head, derived, corrected, connection.path(str(file)), publisher, otherwise, suggestions)
