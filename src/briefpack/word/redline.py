"""A redline: two versions of a document as one Word file with tracked changes.

To accept all of them gives the new version to the letter, to reject all of them the old one. Two packs are compared block
by block, by identity; any two Word files by their words. What the file looks like is the new version's.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from briefpack.ooxml.changes import Change
from briefpack.ooxml.document import read_document
from briefpack.ooxml.grouping import changes_of
from briefpack.ooxml.package import Package, open_package
from briefpack.ooxml.resolving import resolved
from briefpack.pack.copies import reader_copy
from briefpack.pack.model import Pack
from briefpack.safety.files import read_input
from briefpack.word.comments import wall_clock
from briefpack.word.export import BrokenDocumentError, ExportOptions, Progress, export_docx
from briefpack.word.identity import BOOKMARK
from briefpack.word.lint import lint
from briefpack.word.redlining.adopting import Adopter
from briefpack.word.redlining.containers import Containers
from briefpack.word.redlining.paragraphs import Paragraphs
from briefpack.word.redlining.parts import Parts
from briefpack.word.wml import qn

_MOST_FAULTS = 20
_TRACKED = tuple(map(qn, (
    "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:trPrChange",
    "w:tcPrChange", "w:cellIns", "w:cellDel", "w:cellMerge", "w:sectPrChange", "w:tblGridChange", "w:numberingChange",
)))  # fmt: skip


class RedlineOptions(Struct, frozen=True):
    """How to tell of changes.

    Attributes:
        author: who is said to have made them.
        now: when, with its zone; the file says it as a clock in that zone does.
        formatting: whether changes of look are tracked too.
        moves: whether a paragraph that stands elsewhere is a move; else it went and came.
    """

    author: str
    now: dt.datetime
    formatting: bool = True
    moves: bool = True


class Redline(Struct, frozen=True):
    """A redline, its changes as a person would count them, and what could not be shown as a change, as sentences."""

    docx: bytes
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


def redline(
    old: bytes | Path, new: bytes | Path, options: RedlineOptions, names: tuple[str, str] = ("", "")
) -> Redline:
    """Two Word files as one with tracked changes; changes that either tracks itself are taken as made.

    Args:
        old: the file as it was.
        new: the file as it is.
        names: what messages call them.
        options: how to tell of changes.

    Raises:
        UserError: one of them is not a Word file, or one that is protected, holds macros, is damaged or over the limits.
    """
    return _compared(_settled(old, names[0]), _settled(new, names[1]), options)


def _settled(file: bytes | Path, name: str) -> Package:
    """A Word file with the changes that it tracks taken as made."""
    data, where = (read_input(file), name or str(file)) if isinstance(file, Path) else (file, name)
    package = open_package(data, where)
    if next(package.xml(package.main).iter(*_TRACKED), None) is None:
        return package
    return open_package(resolved(data, lambda _: True, where=where), where)


def redline_packs(
    old: Pack,
    new: Pack,
    media: Mapping[str, bytes],
    export: ExportOptions,
    options: RedlineOptions,
    progress: Progress | None = None,
) -> Redline:
    """Two versions of a pack as one briefing with tracked changes, as it would be exported.

    Both are taken as a reader is given them: without comments, their own tracked text as accepted. With ``export.copy``
    other than ``reader`` the file says which block is which, so that it can be taken back.

    Args:
        old: the pack as it was.
        new: the pack as it is; blocks of the same id are the same block.
        media: the bytes of the pictures of both.
        export: as for :func:`~briefpack.word.export.export_docx`.
        options: how to tell of changes.
        progress: told how many blocks are done.

    Raises:
        UserError: as :func:`~briefpack.word.export.export_docx`.
        Cancelled: raised by ``progress``.
    """

    def written(pack: Pack) -> Package:
        seen = replace(reader_copy(pack), id="" if export.copy == "reader" else pack.id)
        return open_package(
            export_docx(seen, media, export, progress, bookmarks=True), "the Word file that was written"
        )

    return _compared(written(old), written(new), options, identities=export.copy != "reader")


def _compared(old: Package, new: Package, options: RedlineOptions, *, identities: bool = True) -> Redline:
    if options.now.tzinfo is None:
        raise ValueError("now needs a zone")
    before, after = Parts(old), Parts(new)
    adopter = Adopter(before, after)
    date = wall_clock(options.now, options.now.tzinfo)
    paragraphs = Paragraphs(before, after, adopter, options.author, date, formatting=options.formatting)
    containers = Containers(paragraphs, adopter, moves=options.moves)
    body = _body(after)
    merged = containers.merged(_body(before), body)
    section = body.find(qn("w:sectPr"))
    for each in list(body):
        body.remove(each)
    body.extend(merged)
    if section is not None:
        body.append(section)
    root = after.xml(after.main)
    if not identities:
        _drop_identities(root)
    _pair_signs(root)
    notes = dict.fromkeys((*containers.notes, *_furniture(before, after)))
    document = after.to_bytes()
    _check(document, old, new)
    return Redline(document, changes_of(read_document(open_package(document, "the redline")).stories), tuple(notes))


def _check(document: bytes, *sources: Package) -> None:
    """Look the redline over; faults that one of the documents has itself are its own."""
    faults = lint(document)
    if faults:
        known = {fault.rule for source in sources for fault in lint(Parts(source).to_bytes())}
        if new := [str(fault) for fault in faults if fault.rule not in known]:
            raise BrokenDocumentError("; ".join(new[:_MOST_FAULTS]))


def _body(parts: Parts) -> etree._Element:
    root = parts.xml(parts.main)
    found = root.find(qn("w:body"))
    return etree.SubElement(root, qn("w:body")) if found is None else found


def _drop_identities(root: etree._Element) -> None:
    for sign in list(root.iter(qn("w:bookmarkStart"))):
        if sign.get(qn("w:name"), "").startswith(BOOKMARK):
            sign.getparent().remove(sign)


def _pair_signs(root: etree._Element) -> None:
    """Drop what begins and does not end any more, or ends and does not begin: of bookmarks and of comments' ranges."""
    for tag in ("w:bookmark", "w:commentRange"):
        starts, ends = (list(root.iter(qn(f"{tag}{which}"))) for which in ("Start", "End"))
        known = {each.get(qn("w:id")) for each in starts} & {each.get(qn("w:id")) for each in ends}
        for each in (*starts, *ends):
            if each.get(qn("w:id")) not in known:
                each.getparent().remove(each)


def _furniture(before: Parts, after: Parts) -> Iterable[str]:
    """What is not compared: a note where headers and footers say different things."""
    if _outside_the_text(before) != _outside_the_text(after):
        yield "Headers and footers differ: they are as in the new version."


def _outside_the_text(parts: Parts) -> set[str]:
    """What headers and footers say."""
    found = set()
    for relationship in parts.package.relationships(parts.main).values():
        if relationship.kind in {"header", "footer"} and parts.package.has(relationship.target):
            found.add("".join(text.text or "" for text in parts.xml(relationship.target).iter(qn("w:t"))))
    return found - {""}
