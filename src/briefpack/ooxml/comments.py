"""The comments of a Word file with their threads, authors and times.

They are spread over up to four parts: the comments, which of them answer which (``commentsExtended``), their lasting
ids (``commentsIds``) and their true times (``commentsExtensible``). All but the first may be missing.
"""

import datetime as dt

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from briefpack.ooxml.names import qn
from briefpack.ooxml.package import Package
from briefpack.ooxml.reading import StoryReader
from briefpack.ooxml.story import paragraphs
from briefpack.ooxml.styles import Styles
from briefpack.ooxml.times import read_time, read_utc
from briefpack.pack.text import MarkKind, clean


class FileComment(Struct, frozen=True, kw_only=True):
    """A comment as the file has it. ``parent`` is the id of the comment that it answers; threads are one level deep.

    Paragraphs of ``text`` are separated by newlines. ``id`` is unique: of several comments of one id the first keeps
    it. A time without a zone is wall-clock time of an unknown zone.
    """

    id: str
    text: str
    author: str = ""
    initials: str = ""
    time: dt.datetime | None = None
    parent: str | None = None
    resolved: bool = False


class _Entry(Struct, frozen=True):
    """What ``commentsExtended`` says of a comment, by the id of its last paragraph."""

    parent: str
    done: bool


def read_comments(package: Package, styles: Styles) -> tuple[FileComment, ...]:
    """Every comment of the main part, in the order of the file."""
    name = package.related("comments")
    if name is None:
        return ()
    entries, times = _entries(package), _true_times(package)
    found: list[FileComment] = []
    by_paragraph: dict[str, str] = {}
    parents: dict[str, str] = {}
    seen: set[str] = set()
    reader = StoryReader(package, name, styles)
    for number, element in enumerate(package.xml(name).iterchildren(qn("w:comment"))):
        identifier = element.get(qn("w:id"), "")
        if identifier in seen:
            identifier = f"{identifier}#{number}"
        seen.add(identifier)
        last = _last_paragraph(element)
        by_paragraph.setdefault(last, identifier)
        entry = entries.get(last, _Entry("", done=False)) if last else _Entry("", done=False)
        parents[identifier] = entry.parent
        found.append(
            FileComment(
                id=identifier,
                text=_words(element, reader),
                author=clean(element.get(qn("w:author"), "")),
                initials=clean(element.get(qn("w:initials"), "")),
                time=times.get(last) or read_time(element.get(qn("w:date"))),
                resolved=entry.done,
            )
        )
    return _threaded(found, {each: by_paragraph.get(parent) for each, parent in parents.items() if parent})


def _threaded(found: list[FileComment], parents: dict[str, str | None]) -> tuple[FileComment, ...]:
    """The comments with their parents: always the first of a thread, which says for all whether it is resolved."""
    resolved = {each.id: each.resolved for each in found}
    threaded = []
    for comment in found:
        root, seen = comment.id, {comment.id}
        while (above := parents.get(root)) and above not in seen:
            seen.add(above)
            root = above
        if parents.get(root):  # they answer one another in a circle
            root = comment.id
        if root == comment.id:
            threaded.append(comment)
        else:
            threaded.append(replace(comment, parent=root, resolved=resolved[root]))
    return tuple(threaded)


def _words(element: etree._Element, reader: StoryReader) -> str:
    """What a comment says, without what was struck out of it."""
    lines = []
    for paragraph in paragraphs(reader.read(element)):
        kept = "".join(
            piece for piece, marks in paragraph.text.runs() if not any(mark.kind == MarkKind.DELETION for mark in marks)
        )
        lines.append(kept)
    return "\n".join(lines).strip()


def _last_paragraph(element: etree._Element) -> str:
    """The id of a comment's last paragraph, by which the other parts know it; empty where it has none."""
    last = next(reversed(list(element.iter(qn("w:p")))), None)
    return "" if last is None else last.get(qn("w14:paraId"), "").upper()


def _entries(package: Package) -> dict[str, _Entry]:
    root = package.related_xml("commentsExtended")
    if root is None:
        return {}
    return {
        entry.get(qn("w15:paraId"), "").upper(): _Entry(
            entry.get(qn("w15:paraIdParent"), "").upper(),
            entry.get(qn("w15:done"), "0") in {"1", "true", "on"},
        )
        for entry in root.iterchildren(qn("w15:commentEx"))
    }


def _true_times(package: Package) -> dict[str, dt.datetime]:
    """By the id of a comment's last paragraph when it was written, as far as the file says so in a known zone."""
    ids, extensible = package.related_xml("commentsIds"), package.related_xml("commentsExtensible")
    if ids is None or extensible is None:
        return {}
    times = {
        entry.get(qn("w16cex:durableId"), "").upper(): read_utc(entry.get(qn("w16cex:dateUtc")))
        for entry in extensible.iterchildren(qn("w16cex:commentExtensible"))
    }
    found = {}
    for entry in ids.iterchildren(qn("w16cid:commentId")):
        time = times.get(entry.get(qn("w16cid:durableId"), "").upper())
        if time is not None:
            found[entry.get(qn("w16cid:paraId"), "").upper()] = time
    return found
