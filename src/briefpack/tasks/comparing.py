"""Two versions of a document compared: Word files or packs, either on either side."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from briefpack.errors import UserError
from briefpack.ooxml.changes import Change, ChangeKind
from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from briefpack.ooxml.story import StoryParagraph, StoryTable
from briefpack.pack.copies import as_accepted
from briefpack.pack.model import Pack
from briefpack.pack.text import Mark, MarkKind, Text
from briefpack.packfile.opening import referenced_media
from briefpack.safety.files import read_input, write_atomically
from briefpack.safety.isolate import run_isolated

if TYPE_CHECKING:
    from briefpack.word.export import ExportOptions
    from briefpack.word.redline import Redline

WORD_SUFFIXES = (".docx", ".dotx")
PACK_SUFFIX = ".briefpack"

_SECONDS = 120
_COMPARED = frozenset({MarkKind.INSERTION, MarkKind.DELETION, MarkKind.BOLD, MarkKind.ITALIC, MarkKind.UNDERLINE})


class Row(Struct, frozen=True):
    """A paragraph of either version or both: what came is marked as insertion, what went as deletion.

    ``heading`` is its outline level from 1, 0 of running text; ``item`` says that it is one of a list, ``cell`` that it
    stands in a table.
    """

    text: Text
    heading: int = 0
    item: bool = False
    cell: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything in it came or went."""
        return any(mark.kind in {MarkKind.INSERTION, MarkKind.DELETION} for mark in self.text.marks)

    @property
    def old(self) -> Text:
        """Its words in the old version."""
        return as_accepted(_turned(self.text))

    @property
    def new(self) -> Text:
        """Its words in the new version."""
        return as_accepted(self.text)


class Comparison(Struct, frozen=True):
    """What became of one version in the other.

    Attributes:
        docx: both as one Word file with tracked changes.
        changes: these, as a person would count them.
        rows: all paragraphs of both, in reading order.
        notes: what could not be compared, as sentences.
    """

    docx: bytes
    changes: tuple[Change, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()


def compare_files(
    old: Path,
    new: Path,
    *,
    author: str = "",
    now: dt.datetime | None = None,
    seconds: float = _SECONDS,
    cancelled: Callable[[], bool] = lambda: False,
) -> Comparison:
    """Two files compared in a child process: .docx, .dotx or .briefpack, either on either side.

    Packs are taken as a reader is given them. Two versions of one pack are compared block by block, by identity; all else
    by its words. Changes that a Word file tracks itself are taken as made.

    Args:
        old: the file as it was.
        new: the file as it is.
        author: who is said to have made the changes; empty is the names of the two files.
        now: when, with its zone; else the present time.
        seconds: how long it may take.
        cancelled: asked now and then; when it says yes, the comparison is ended.

    Raises:
        UserError: a file is of another kind, cannot be read, or is protected, damaged or over the limits.
        Cancelled: ``cancelled`` said yes.
    """
    for path in (old, new):
        _check_kind(path)
        read_input(path)
    by = author or f"Compared: {old.stem} and {new.stem}"
    when = now or dt.datetime.now().astimezone()
    return run_isolated(_compared, old, new, by, when, seconds=seconds, where=new, cancelled=cancelled)


def compare_packs(
    old: Pack,
    new: Pack,
    media: Mapping[str, bytes],
    *,
    author: str = "",
    now: dt.datetime | None = None,
    seconds: float = _SECONDS,
    cancelled: Callable[[], bool] = lambda: False,
) -> Comparison:
    """Two versions of one pack compared block by block in a child process; both as a reader is given them.

    Args:
        old: the pack as it was.
        new: the pack as it is.
        media: the bytes of the pictures of both.
        author: who is said to have made the changes.
        now: when, with its zone; else the present time.
        seconds: how long it may take.
        cancelled: asked now and then; when it says yes, the comparison is ended.

    Raises:
        UserError: it took too long or too much memory.
        Cancelled: ``cancelled`` said yes.
    """
    used = {name: media[name] for name in referenced_media(old) | referenced_media(new) if name in media}
    options = (author or "Briefpack", now or dt.datetime.now().astimezone())
    return run_isolated(_compared_packs, old, new, used, *options, seconds=seconds, cancelled=cancelled)


def write_redline(comparison: Comparison, out: Path, *, sources: tuple[Path, ...] = ()) -> None:
    """Write the redline of a comparison to a .docx file.

    Raises:
        UserError: the name does not end in .docx, is that of one of the files compared, or cannot be written.
    """
    if out.suffix.lower() != ".docx":
        raise UserError("A redline is a Word file", where=out, do="Choose a name that ends in .docx")
    if out.is_dir():
        raise UserError("This is a folder", where=out, do="Add a file name")
    if out.exists() and any(source.exists() and out.samefile(source) for source in sources):
        raise UserError("This is one of the files that are compared", where=out, do="Choose another name")
    write_atomically(out, comparison.docx)


def report(comparison: Comparison) -> dict[str, Any]:
    """A comparison in plain values, as ``briefpack compare --json`` prints it: keys may be added, never renamed."""
    kinds = [change.kind for change in comparison.changes]
    return {
        "changes": [
            {
                "kind": change.kind.value,
                "before": change.before,
                "after": change.after,
                "about": change.about,
                "where": change.where,
            }
            for change in comparison.changes
        ],
        "counts": {kind.value: kinds.count(kind) for kind in ChangeKind},
        "problems": list(comparison.notes),
    }


def _check_kind(path: Path) -> None:
    if path.suffix.lower() in (*WORD_SUFFIXES, PACK_SUFFIX):
        return
    if not path.is_file():
        raise UserError("This is a folder, not a file" if path.is_dir() else "There is no such file", where=path)
    known = ", ".join((*WORD_SUFFIXES, PACK_SUFFIX))
    raise UserError(
        "Briefpack cannot compare this kind of file", where=path, do=f"Choose files of these kinds: {known}"
    )


def _compared(old: Path, new: Path, author: str, now: dt.datetime) -> Comparison:
    """Compare two files; runs in the child process."""
    from briefpack.packfile import read
    from briefpack.word.export import export_docx
    from briefpack.word.redline import RedlineOptions, redline

    files = {path: read(path) for path in (old, new) if path.suffix.lower() == PACK_SUFFIX}
    notes = tuple(f"{path.name}: {line}." for path, file in files.items() for line in file.lost)
    if len(files) == 2 and files[old].pack.id == files[new].pack.id:
        media = {**files[old].media, **files[new].media}
        return _compared_packs(files[old].pack, files[new].pack, media, author, now, notes)
    data = [
        export_docx(files[path].pack, files[path].media, _as_read(now)) if path in files else read_input(path)
        for path in (old, new)
    ]
    return _told(redline(data[0], data[1], RedlineOptions(author, now), (str(old), str(new))), notes)


def _compared_packs(
    old: Pack, new: Pack, media: Mapping[str, bytes], author: str, now: dt.datetime, notes: tuple[str, ...] = ()
) -> Comparison:
    """Compare two versions of a pack; runs in the child process."""
    from briefpack.word.redline import RedlineOptions, redline_packs

    return _told(redline_packs(old, new, media, _as_read(now), RedlineOptions(author, now)), notes)


def _as_read(now: dt.datetime) -> "ExportOptions":
    from briefpack.word.export import ExportOptions

    return ExportOptions(now=now, copy="reader")


def _told(made: "Redline", notes: tuple[str, ...]) -> Comparison:
    document = read_document(open_package(made.docx, "the redline"))
    rows = tuple(_rows(document.story, in_cell=False))
    return Comparison(made.docx, made.changes, rows, (*made.notes, *notes))


def _rows(story: tuple[StoryParagraph | StoryTable, ...], *, in_cell: bool) -> Iterator[Row]:
    for item in story:
        if isinstance(item, StoryParagraph):
            text = item.text.keep_marks(lambda mark: mark.kind in _COMPARED)
            yield Row(text, item.heading or 0, item.place is not None, in_cell)
            continue
        for row in item.rows:
            for cell in row.cells:
                yield from _rows(cell.items, in_cell=True)


def _turned(text: Text) -> Text:
    """A text with what came and what went exchanged."""
    other = {MarkKind.INSERTION: MarkKind.DELETION, MarkKind.DELETION: MarkKind.INSERTION}
    return Text(
        text.string, tuple(sorted(Mark(m.start, m.end, other.get(m.kind, m.kind), m.value) for m in text.marks))
    )
