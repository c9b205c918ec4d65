"""What is in the archive more than once: whole documents, parts of them, and single passages.

Nothing is hidden or put together: an official wants to know that the other side said it twice.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, groupby
from operator import itemgetter
from pathlib import PurePath

from briefpack.archive.database import Database
from briefpack.archive.kinship import CONTAINED
from briefpack.archive.model import Duplicate, PassageKind

_UNCHANGED = 0.98
"""The share of the words of each of two texts in the other from which they are the same text, without changes."""

_TELLING = 40
"""Characters from which a passage says enough for its being in two documents to be worth telling."""

_STANDING = 12
"""A passage in more documents than this is a standing text, which ties no two of them."""

_SAID = f"('{PassageKind.PARAGRAPH}', '{PassageKind.BULLET}', '{PassageKind.QUOTATION}')"
_LIKE = """
SELECT newer.key, older.key, inside, holds FROM likeness
JOIN document newer ON newer.id = document_id JOIN document older ON older.id = other_id
"""
_CLOSER = "CASE WHEN inside > holds THEN inside ELSE holds END"
_SAME = """
SELECT text_key, key FROM document WHERE text_key IN
    (SELECT text_key FROM document GROUP BY text_key HAVING count(*) > 1) ORDER BY id
"""
_SHARED = f"""
SELECT passage.key, document.key FROM passage JOIN document ON document.id = document_id
WHERE passage.kind IN {_SAID} AND length(text) >= {_TELLING} AND passage.key IN
    (SELECT key FROM passage GROUP BY key HAVING count(*) BETWEEN 2 AND {_STANDING})
ORDER BY passage.key, document.id
"""  # noqa: S608 - every piece is ours


def duplicates(connection: Database) -> tuple[Duplicate, ...]:
    """What the archive holds twice, each pair once, told of the later one; the closest first.

    First the documents that say the same as another or contain it; then those that share passages; then the documents
    that were found in several places (each with itself).
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for text, key in connection.execute(_SAME):
        groups[text].append(key)
    same = [Duplicate(other, first, "same text") for first, *others in groups.values() for other in others]
    told = {(each.id, each.of) for each in same} | {
        pair for group in groups.values() for pair in combinations(reversed(group), 2)
    }
    like = [_likeness(*row) for row in connection.execute(f"{_LIKE} ORDER BY {_CLOSER} DESC, 1, 2")]
    like = [each for each in like if (each.id, each.of) not in told]
    told |= {(each.id, each.of) for each in like}
    return (*same, *like, *_sharing(connection, told), *_in_several_files(connection))


def repeated_by(connection: Database, rowid: int) -> list[Duplicate]:
    """The documents, in the archive before it, that the one in row ``rowid`` says the same as, holds, or is held by."""
    query = (
        "SELECT new.key, old.key FROM document new JOIN document old USING (text_key)"
        " WHERE new.id = ? AND old.id < new.id ORDER BY old.id LIMIT 1"
    )
    same = [Duplicate(key, other, "same text") for key, other in connection.execute(query, (rowid,))]
    rows = connection.execute(f"{_LIKE} WHERE document_id = ? ORDER BY {_CLOSER} DESC", (rowid,))
    told = {each.of for each in same}
    return [*same, *(each for each in (_likeness(*row) for row in rows) if each.of not in told)]


def of_one(connection: Database, rowid: int) -> list[Duplicate]:
    """The documents that the one in row ``rowid`` says the same as, holds, or is held by, whichever came first."""
    query = (
        "SELECT one.key, other.key FROM document one JOIN document other USING (text_key)"
        " WHERE one.id = ? AND other.id <> one.id ORDER BY other.id"
    )
    same = [Duplicate(key, other, "same text") for key, other in connection.execute(query, (rowid,))]
    order = f"ORDER BY {_CLOSER} DESC, 1, 2"
    like = [_likeness(*row) for row in connection.execute(f"{_LIKE} WHERE document_id = ? {order}", (rowid,))]
    for key, other, inside, holds in connection.execute(f"{_LIKE} WHERE other_id = ? {order}", (rowid,)):
        like.append(_likeness(other, key, holds, inside))
    told = {each.of for each in same}
    return [*same, *(each for each in like if each.of not in told)]


def _likeness(key: str, other: str, inside: float, holds: float) -> Duplicate:
    if min(inside, holds) >= _UNCHANGED:
        return Duplicate(key, other, "same text", round(min(inside, holds), 3))
    if min(inside, holds) >= CONTAINED:
        return Duplicate(key, other, "same text, with changes", round(min(inside, holds), 3))
    how = "contains" if holds > inside else "is contained in"
    return Duplicate(key, other, how, round(max(inside, holds), 3))


def _sharing(connection: Database, told: set[tuple[str, str]]) -> Iterator[Duplicate]:
    """The pairs that have passages in common and are not told already."""
    shared: Counter[tuple[str, str]] = Counter()
    for _, holders in groupby(connection.execute(_SHARED), key=itemgetter(0)):
        documents = dict.fromkeys(document for _, document in holders)
        shared.update((later, earlier) for earlier, later in combinations(documents, 2))
    for (later, earlier), number in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if (later, earlier) not in told and (earlier, later) not in told:
            how = f"shares {number} passage{'s' if number > 1 else ''}"
            yield Duplicate(later, earlier, how, round(_share(connection, later, number), 3))


def _share(connection: Database, document: str, number: int) -> float:
    """The part that ``number`` passages are of what a document says."""
    query = f"SELECT count(*) FROM passage JOIN document ON document.id = document_id WHERE document.key = ? AND passage.kind IN {_SAID}"  # noqa: S608, E501 - ours
    return number / max(number, int(connection.execute(query, (document,)).get))


def _in_several_files(connection: Database) -> Iterator[Duplicate]:
    """The documents that were found in a second file, or twice in one."""
    query = (
        "SELECT document.key, file.path FROM place JOIN document ON document.id = document_id JOIN file ON file.id = file_id"
        " WHERE document_id IN (SELECT document_id FROM place GROUP BY document_id HAVING count(*) > 1)"
        " ORDER BY document.id, file.id, place.ordinal"
    )
    for key, places in groupby(connection.execute(query), key=itemgetter(0)):
        for _, path in list(places)[1:]:
            yield Duplicate(key, key, also_in(connection.place(path)))


def also_in(path: PurePath) -> str:
    """How a document repeats itself that stands in the file at ``path`` too."""
    return f"same document, also in {path.name}"
