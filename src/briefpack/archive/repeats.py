"""What is in the archive more than once."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import apsw

from briefpack.archive.model import Duplicate


def duplicates(connection: apsw.Connection) -> tuple[Duplicate, ...]:
    """What the archive holds twice.

    These are the documents whose words, apart from title and boilerplate, an earlier one has too, and the documents that
    were found in several places (each with itself).
    """
    groups: dict[str, list[str]] = defaultdict(list)
    query = (
        "SELECT text_key, key FROM document WHERE text_key IN"
        " (SELECT text_key FROM document GROUP BY text_key HAVING count(*) > 1) ORDER BY id"
    )
    for text, key in connection.execute(query):
        groups[text].append(key)
    found = [Duplicate(other, first, "same text") for first, *others in groups.values() for other in others]
    return (*found, *_in_several_files(connection))


def _in_several_files(connection: apsw.Connection) -> Iterator[Duplicate]:
    """The documents that were found in a second file, or twice in one."""
    query = (
        "SELECT document.key, file.path FROM place JOIN document ON document.id = document_id JOIN file ON file.id = file_id"
        " WHERE document_id IN (SELECT document_id FROM place GROUP BY document_id HAVING count(*) > 1)"
        " ORDER BY document.id, file.id, place.ordinal"
    )
    for key, places in groupby(connection.execute(query), key=itemgetter(0)):
        for _, path in list(places)[1:]:
            yield Duplicate(key, key, also_in(Path(path)))


def also_in(path: Path) -> str:
    """How a document repeats itself that stands in the file at ``path`` too."""
    return f"same document, also in {path.name}"
