"""A pack as a Word file."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from briefpack.errors import UserError
from briefpack.pack.copies import reader_copy
from briefpack.pack.model import Pack
from briefpack.safety.images import adopt_image
from briefpack.word import headers, identity, properties
from briefpack.word.body import Body
from briefpack.word.comments import Comments
from briefpack.word.identity import Bookmarks
from briefpack.word.lint import lint
from briefpack.word.notes import Notes, Sources
from briefpack.word.pictures import Pictures
from briefpack.word.runs import Runs
from briefpack.word.stationery import Stationery
from briefpack.word.template import open_stationery

Copy = Literal["working", "reviewers", "reader"]
Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and of what; it may raise :class:`briefpack.errors.Cancelled`."""

_TELL_EVERY = 50
_MOST_FAULTS = 20
_FROM_TEMPLATE = re.compile(r"word/(?:styles|numbering|header\d*|footer\d*)\.xml")


class ExportOptions(Struct, frozen=True):
    """What to write, and for whom.

    Attributes:
        now: the time of writing, with its zone; times in the file are those of a clock in that zone.
        copy: ``working`` has comments, tracked changes and identities; ``reviewers`` is the same with tracking switched
            on; ``reader`` has none of them, and is made from an allow-list (:func:`briefpack.pack.copies.reader_copy`).
        sources: where the sources of clips stand.
        template: a Word template of the user's own; None is the house style.
        author: whom the file's properties name; empty is nobody.
        issue: the number under which this copy goes out, if it does.
        recipient: the one person that this copy is for, if it is: so that it is known who sends it back.
        contents: whether a table of contents stands after the meeting details.
    """

    now: dt.datetime
    copy: Copy = "working"
    sources: Sources = "footnotes"
    template: Path | None = None
    author: str = ""
    issue: str = ""
    recipient: str = ""
    contents: bool = False


class BrokenDocumentError(Exception):
    """What was written is not a sound Word file: a bug, never the user's doing. Nothing was handed over."""


def export_docx(
    pack: Pack,
    media: Mapping[str, bytes],
    options: ExportOptions,
    progress: Progress | None = None,
    *,
    bookmarks: bool = False,
) -> bytes:
    """A pack as a Word file. The same pack, pictures and options give the same bytes.

    Args:
        pack: what is written.
        media: the bytes of its pictures by their names.
        options: for whom, where sources stand, and on which template.
        progress: told how many blocks are done.
        bookmarks: whether a reader's copy too says which block is which, as a step on the way to another file.

    Raises:
        UserError: the template cannot be used, or a picture's bytes are missing.
        BrokenDocumentError: a fault was found in what was written.
        Cancelled: raised by ``progress``.
    """
    if options.now.tzinfo is None:
        raise ValueError("now needs a zone")
    stationery = open_stationery(options.template)
    if options.copy == "reader":
        _write(reader_copy(pack), _Scrubbed(media), options, stationery, progress, bookmarks=bookmarks)
    else:
        _write(pack, media, options, stationery, progress, bookmarks=True)
    document = stationery.to_bytes()
    _check(document, options.template)
    return document


def _check(document: bytes, template: Path | None) -> None:
    """Look the file over before it is handed to anybody."""
    faults = lint(document)
    if not faults:
        return
    said = "; ".join(str(fault) for fault in faults[:_MOST_FAULTS])
    if template is not None and all(_FROM_TEMPLATE.fullmatch(fault.part) for fault in faults):
        raise UserError(
            f"This template is damaged ({said})", where=template, do="Open it in Word, save it again, and try once more"
        )
    raise BrokenDocumentError(said)


def _write(
    pack: Pack,
    media: Mapping[str, bytes],
    options: ExportOptions,
    stationery: Stationery,
    progress: Progress | None,
    *,
    bookmarks: bool,
) -> None:
    """Write all parts of the file."""
    zone = options.now.tzinfo
    assert zone is not None
    for_reader = options.copy == "reader"
    comments = Comments(pack, zone)
    notes = Notes(pack, options.sources, stationery)
    runs = Runs(stationery, comments, notes, zone)
    pictures = Pictures(stationery, media)
    body = Body(pack, stationery, comments, runs, pictures, Bookmarks(wanted=bookmarks), contents=options.contents)
    body.write(_teller(progress, len(pack.body)))
    notes.write(body.element)
    stationery.put(body.element)
    comments.write(stationery)
    headers.write(stationery, pack.meeting.marking.strip(), pack.meeting.title)
    properties.write_core(
        stationery, pack.meeting.title, options.author, pack.language, None if for_reader else options.now
    )
    if not for_reader:
        identity.write(identity.identity_of(pack, options.issue, options.recipient, comments.notes), stationery)
    if options.copy == "reviewers":
        properties.track_changes(stationery)


def _teller(progress: Progress | None, total: int) -> Callable[[int], None]:
    """Tells of progress now and then, and at the end."""

    def tell(done: int) -> None:
        if progress is not None and (done % _TELL_EVERY == 0 or done == total):
            progress(done, total, "Writing the Word file")

    return tell


class _Scrubbed(Mapping[str, bytes]):
    """Pictures without anything but their pixels, whatever they came with; each is made once, when it is asked for."""

    def __init__(self, media: Mapping[str, bytes]) -> None:
        self._media = media
        self._made: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        if name not in self._made:
            self._made[name] = adopt_image(self._media[name], name)[0]
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._media)

    def __len__(self) -> int:
        return len(self._media)
