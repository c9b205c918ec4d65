"""Files into the archive: what they hold is compared with what is there, and only what differs is written.

A batch of files is one transaction, so that however it is interrupted each document is there exactly once. A document is
known again by its words, wherever it stands; a changed version by its title or its shared passages in the same file, and
then it keeps its id. What a file no longer holds stays in the archive: it was published.
"""

import datetime as dt
import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from briefpack.archive import corrections, rows
from briefpack.archive.ahead import Ahead, Prepared, Seen
from briefpack.archive.database import Database, Index
from briefpack.archive.debris import folded
from briefpack.archive.describe import DERIVATION, content_key
from briefpack.archive.kinship import Kinship, said
from briefpack.archive.model import Added, Document, Duplicate, Passage, Refused
from briefpack.archive.readers.base import reason
from briefpack.archive.repeats import also_in, repeated_by
from briefpack.archive.sketches import contained, shingles
from briefpack.archive.tagging import rules_of
from briefpack.errors import Cancelled, UserError
from briefpack.safety.files import read_input

MOST = 64 * 1024 * 1024
"""The largest file, in bytes, that is read into the archive."""

_BATCH_SECONDS = 3.0
"""Long enough that what sketches touch all over the file is written once for many documents."""
_MANY = 1_000
"""Documents that one import writes at the least for the index to be merged after it, a tenth of a millisecond each."""

_SAME_DOCUMENT = 0.5
"""The share of passages, or of words in a row, that two versions of a document have in common at the least."""

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the name of the one at hand."""


def add_files(
    connection: Database,
    index: Index,
    paths: Sequence[Path],
    progress: Progress = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Added:
    """Read files and folders into the archive. What is done when the user stops it stays.

    Raises:
        UserError: the archive itself cannot be written. What is wrong with one file is told in the result.
    """
    files, refused = _files_in(paths)
    done, stopped = 0, False
    with connection.told():
        session = _Session(connection, index, refused)
        with Ahead(files, session.look, rules_of(connection)) as ahead:
            while done < len(files) and not stopped:
                try:
                    with connection.writing():
                        until = time.monotonic() + _BATCH_SECONDS
                        while done < len(files) and time.monotonic() < until and not stopped:
                            progress(done, len(files), files[done].name)
                            stopped = cancelled() or not session.add_whole(files[done], ahead, cancelled)
                            done += not stopped
                except BaseException:
                    index.forget()
                    raise
        if session.written >= _MANY and not stopped:
            with connection.writing():
                index.settle()
    progress(done, len(files), "")
    return session.result(stopped=stopped)


def _files_in(paths: Iterable[Path]) -> tuple[list[Path], list[Refused]]:
    """Every file that is meant, once each, in order, and the paths under which there is none that can be read."""
    files: dict[Path, None] = {}
    refused: list[Refused] = []
    for path in paths:
        found = _entry(path.absolute(), refused)
        if found is not None and found.is_dir():
            files.update(dict.fromkeys(_below(found, refused)))
        elif found is not None:
            files[found] = None
    return list(files), refused


def _below(folder: Path, refused: list[Refused]) -> Iterator[Path]:
    """The files in a folder and the folders in it, sorted; links to folders are not followed, hidden files left out."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        refused.append(Refused(_shown(folder), f"This folder cannot be opened ({error.strerror})"))
        return
    for entry in entries:
        found = None if entry.name.startswith((".", "~$")) else _entry(entry, refused)
        if found is not None and not found.is_dir():
            yield found
        elif found is not None and not entry.is_symlink():
            yield from _below(entry, refused)


def _entry(path: Path, refused: list[Refused]) -> Path | None:
    """The file or folder that a path leads to; None where it leads to none that has a name in text."""
    try:
        found = path.resolve()
        if not found.exists():
            why = "This link leads nowhere" if path.is_symlink() else "There is no such file or folder"
        elif _shown(found) != str(found):
            why = "Its name is not in an encoding that can be read: rename it"
        else:
            return found
    except RuntimeError:  # what pathlib says of links in a circle before Python 3.13
        why = "This link leads to itself"
    except (OSError, ValueError) as error:
        why = f"This cannot be opened ({error})"
    refused.append(Refused(_shown(path), why))
    return None


def _shown(path: Path) -> str:
    """A path as text, with what the system's encoding cannot read of it in escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode()


class _Session:
    """One import: the counts, and the work on each file."""

    def __init__(self, connection: Database, index: Index, refused: list[Refused]) -> None:
        self._connection = connection
        self._index = index
        self._kinship = Kinship(connection)
        self._refused = refused
        self._duplicates: list[Duplicate] = []
        self._added = self._updated = self._unchanged = 0

    def add_whole(self, path: Path, ahead: Ahead, cancelled: Callable[[], bool]) -> bool:
        """Add the next file, which is at ``path``, or nothing of it: then the user has stopped it; the answer is False."""
        before = (self._added, self._updated, self._unchanged, len(self._duplicates))
        try:
            with self._connection.savepoint():
                self.add(path, ahead, cancelled)
        except Cancelled:
            self._added, self._updated, self._unchanged, duplicates = before
            del self._duplicates[duplicates:]
            self._index.forget()
            return False
        return True

    @property
    def written(self) -> int:
        """How many documents were put into the index."""
        return self._added + self._updated

    def result(self, *, stopped: bool) -> Added:
        """What was done."""
        return Added(
            self._added, self._updated, self._unchanged, tuple(self._duplicates), tuple(self._refused), stopped
        )

    def look(self, path: Path) -> Seen | UserError | int:
        """What there is to be read in a file; how many documents it has, where it is as it was when it was last read."""
        try:
            data = read_input(path, most=MOST)
        except UserError as error:
            return error
        digest = hashlib.sha256(data).hexdigest()
        if (unchanged := self._unchanged_in(path, digest)) is not None:
            return unchanged
        return Seen(path, digest, data, corrections.publisher_of(self._connection, self._connection.at(path)))

    def add(self, path: Path, ahead: Ahead, cancelled: Callable[[], bool]) -> None:
        """Add what is in the file at ``path``, which is the next, unless it is as it was when it was last read."""
        match ahead.next(cancelled):
            case UserError() as error:
                self._refused.append(Refused(str(path), reason(error)))
            case int(unchanged):
                self._unchanged += unchanged
            case Prepared() as found:
                if found.newest_first:
                    found.documents.reverse()
                else:
                    found.documents.sort(key=_by_age)
                self._store(path, found.digest, found.documents, many=found.many, cancelled=cancelled)
                self._refused.extend(Refused(f"{path} ▸ {unread.part}", unread.why) for unread in found.unread)

    def _unchanged_in(self, path: Path, digest: str) -> int | None:
        """How many documents are in a file that is as it was when it was last read."""
        found = self._connection.execute(
            "SELECT id FROM file WHERE path = ? AND sha256 = ? AND derivation = ?",
            (self._name(path), digest, DERIVATION),
        ).get
        if found is None:
            return None
        query = "SELECT count(DISTINCT document_id) FROM place WHERE file_id = ?"
        return int(self._connection.execute(query, (found,)).get)

    def _store(
        self, path: Path, digest: str, documents: Sequence[Document], *, many: bool, cancelled: Callable[[], bool]
    ) -> None:
        """Bring the archive in step with what a file holds now: ``documents``, the oldest first."""
        file, before = self._file(path, digest)
        known = self._matched(documents, before, many=many)
        places: list[tuple[int, int, int]] = []
        for document in documents:
            if cancelled():
                raise Cancelled
            rowid = self._put(document, known.get(document.ordinal), path, {row for _, _, row in places})
            places.append((file, document.ordinal, rowid))
        self._connection.executemany("INSERT INTO place VALUES (?, ?, ?)", places)

    def _file(self, path: Path, digest: str) -> tuple[int, list[rows.Stored]]:
        """The row of a file, brought up to date, and the documents that it held when it was last read."""
        self._connection.execute(
            "INSERT INTO file (path, sha256, derivation, read_at) VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET"
            " sha256 = excluded.sha256, derivation = excluded.derivation, read_at = excluded.read_at",
            (self._name(path), digest, DERIVATION, _now()),
        )
        file = self._connection.execute("SELECT id FROM file WHERE path = ?", (self._name(path),)).get
        condition = "id IN (SELECT document_id FROM place WHERE file_id = ?) ORDER BY ordinal"
        before = list(rows.stored(self._connection, condition, (file,)))
        self._connection.execute("DELETE FROM place WHERE file_id = ?", (file,))
        return file, before

    def _matched(
        self, documents: Sequence[Document], before: Sequence[rows.Stored], *, many: bool
    ) -> dict[int, rows.Stored]:
        """Which of the file's former documents each of its documents is now, by ordinal.

        By its words; else by its title; else by the passages it shares. The one document of a file is always the same.
        """
        if not before:
            return {}
        by_content: dict[str, list[rows.Stored]] = defaultdict(list)
        for each in before:
            by_content[self._content_of(each)].append(each)
        known: dict[int, rows.Stored] = {}
        rest: list[Document] = []
        for document in documents:
            if same := by_content.get(_content_of(document)):
                known[document.ordinal] = same.pop(0)
            else:
                rest.append(document)
        left = [each for same in by_content.values() for each in same]
        if not many and rest and left:
            return known | {rest[0].ordinal: left[0]}
        return known | self._successors(rest, left)

    def _successors(self, documents: Sequence[Document], former: Sequence[rows.Stored]) -> dict[int, rows.Stored]:
        """Which of ``former`` each of ``documents`` is a new version of, by ordinal; the surest pairs first."""
        holding: dict[str, list[rows.Stored]] = defaultdict(list)
        lengths: dict[int, int] = {}
        titles = {each.rowid: folded(each.head.title) for each in former}
        own = corrections.derived_titles(self._connection) if documents else {}
        titles |= {each.rowid: folded(own[each.head.id]) for each in former if each.head.id in own}
        for each in former if documents else ():
            keys = {_key(passage) for passage in rows.passages_of(self._connection, each)}
            lengths[each.rowid] = len(keys)
            for key in (*keys, titles[each.rowid]):
                holding[key].append(each)
        pairs = []
        for document in documents:
            keys, title = {_key(passage) for passage in document.passages}, folded(document.title)
            shared = Counter(each.rowid for key in keys for each in holding.get(key, ()))
            for each in {each.rowid: each for key in (*keys, title) for each in holding.get(key, ())}.values():
                share = shared[each.rowid] / max(1, len(keys), lengths[each.rowid])
                titled = titles[each.rowid] == title
                if share >= _SAME_DOCUMENT or (titled and (share or self._is_version(document, each))):
                    pairs.append((share + titled, document.ordinal, each))
        known: dict[int, rows.Stored] = {}
        taken: set[int] = set()
        for _, ordinal, each in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
            if ordinal not in known and each.rowid not in taken:
                known[ordinal] = each
                taken.add(each.rowid)
        return known

    def _is_version(self, document: Document, known: rows.Stored) -> bool:
        """Whether a document is a version of one of the same title that stands in its place, or has most of its words."""
        if known.head.ordinal == document.ordinal:
            return True
        now, then = shingles(said(document)), shingles(said(rows.with_passages(self._connection, known)))
        return max(contained(now, then), contained(then, now)) >= _SAME_DOCUMENT

    def _put(self, document: Document, known: rows.Stored | None, path: Path, placed: set[int]) -> int:
        """Store a document, or the new version of a known one; the number of its row.

        ``placed`` are the rows of the documents that the same file has held so far.
        """
        key = _content_of(document)
        elsewhere = next(rows.stored(self._connection, "content_key = ?", (key,)), None)
        if known is None and elsewhere is not None:
            if elsewhere.rowid not in placed and self._is_lost(elsewhere.rowid):
                self._found_again(elsewhere, document)
            else:
                self._duplicates.append(Duplicate(elsewhere.head.id, elsewhere.head.id, also_in(path)))
            return elsewhere.rowid
        if known is None:
            return self._insert(document, key)
        document = corrections.laid_over(self._connection, _renamed(document, known.head.id))
        if self._content_of(known) == key and _derived(document) == _derived(
            rows.with_passages(self._connection, known)
        ):
            self._unchanged += 1
            self._moved(known.rowid, document)
            return known.rowid
        self._index.remove(known.rowid)
        self._kinship.remove(known.rowid)
        rows.replace_document(self._connection, known.rowid, document, key)
        self._reindex(known.rowid, document)
        self._updated += 1
        return known.rowid

    def _is_lost(self, rowid: int) -> bool:
        """Whether none of the files in which a document was found is there any more."""
        query = "SELECT path FROM file JOIN place ON file_id = id WHERE document_id = ?"
        return not any(self._connection.is_there(path) for (path,) in list(self._connection.execute(query, (rowid,))))

    def _found_again(self, found: rows.Stored, document: Document) -> None:
        """Note that a document is now in another file: it was moved or renamed."""
        self._connection.execute("DELETE FROM place WHERE document_id = ?", (found.rowid,))
        document = corrections.laid_over(self._connection, _renamed(document, found.head.id))
        if document.source != found.head.source:
            describe_again(self._connection, self._index, self._kinship, found, document)
        self._moved(found.rowid, document)
        self._unchanged += 1

    def _moved(self, rowid: int, document: Document) -> None:
        """Note where in its file an unchanged document stands now."""
        self._connection.execute("UPDATE document SET ordinal = ? WHERE id = ?", (document.ordinal, rowid))
        self._connection.executemany(
            "UPDATE passage SET start = ?, stop = ? WHERE document_id = ? AND key = ? AND start <> ?",
            [(each.start, each.end, rowid, _key(each), each.start) for each in document.passages],
        )

    def _insert(self, document: Document, content: str) -> int:
        taken = "SELECT 1 FROM document WHERE key = ?"
        number, free = 1, document.id
        while self._connection.execute(taken, (free,)).get:
            number += 1
            free = f"{document.id}-{number}"
        document = corrections.laid_over(self._connection, _renamed(document, free))
        rowid = rows.insert_document(self._connection, document, content, _now())
        self._reindex(rowid, document)
        self._added += 1
        self._duplicates.extend(repeated_by(self._connection, rowid))
        return rowid

    def _reindex(self, rowid: int, document: Document) -> None:
        self._index.add(rowid, document)
        self._kinship.add(rowid, document)

    def _name(self, path: Path) -> str:
        """A file as the archive knows it again."""
        return str(self._connection.at(path))

    def _content_of(self, known: rows.Stored) -> str:
        return str(self._connection.execute("SELECT content_key FROM document WHERE id = ?", (known.rowid,)).get)


def describe_again(
    connection: Database, index: Index, kinship: Kinship, found: rows.Stored, document: Document
) -> None:
    """Put what is said about a stored document in the place of what was said, in the index too; its words stay."""
    document = replace(document, passages=tuple(rows.passages_of(connection, found)))
    rows.describe_anew(connection, found, document)
    index.remove(found.rowid)
    index.add(found.rowid, document)
    if document.title != found.head.title:
        kinship.rename(found.rowid, document.title)


def _derived(document: Document) -> Document:
    """A document without its place in a file, which may change without the document changing."""
    return replace(
        document,
        ordinal=0,
        source="",
        passages=tuple(replace(passage, start=0, end=0) for passage in document.passages),
    )


def _renamed(document: Document, key: str) -> Document:
    """The document under another id."""
    if document.id == key:
        return document
    return replace(
        document,
        id=key,
        passages=tuple(replace(passage, id=f"{key}.{_key(passage)}") for passage in document.passages),
    )


def _key(passage: Passage) -> str:
    return passage.id.partition(".")[2]


def _content_of(document: Document) -> str:
    return content_key(document.title, (passage.text for passage in document.passages))


def _by_age(document: Document) -> tuple[dt.date, int]:
    """The order in which documents come in: the oldest first, the undated last."""
    return (document.date.end or document.date.start or dt.date.max, -document.ordinal)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
