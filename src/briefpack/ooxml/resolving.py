"""Tracked changes of a Word file accepted or rejected, any of them, as Word does it."""

import io
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from briefpack.ooxml.changes import Change, ChangeKind
from briefpack.ooxml.document import read_document
from briefpack.ooxml.flows import GAINS, LOSSES
from briefpack.ooxml.grouping import changes_of
from briefpack.ooxml.names import qn
from briefpack.ooxml.package import Package, open_package
from briefpack.ooxml.settling import Settling
from briefpack.ooxml.tracking import AROUND, CELLS, numbered, proposal_of

Decide = Callable[[Change], bool | None]
"""What becomes of a change: accepted, rejected, or None where it stays as it is."""

_WITH_TEXT = ("header", "footer", "footnotes", "endnotes", "comments")
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def resolved(data: bytes, decide: Decide, *, where: str = "") -> bytes:
    """A Word file with its tracked changes settled as ``decide`` says of each; ``where`` is what messages call it.

    What is taken out leaves the marks of comments behind, so that no comment is lost. Changes in places that nobody
    reads, such as the branch of alternate content that is not shown, are put to ``decide`` one by one.

    Raises:
        UserError: it is not a Word file, or one that is protected, holds macros, is damaged or over the limits.
    """
    package = open_package(data, where)
    verdicts: dict[tuple[str, int], bool | None] = {}
    for change in changes_of(read_document(package).stories):
        verdict = decide(change)
        for number in change.numbers:
            verdicts.setdefault(number, verdict)
    noted = {kind: _references(package, kind) for kind in _NOTES}
    changed = {part for part in _parts(package) if _settle(part, package, verdicts, decide)}
    for kind, before in noted.items():
        if (part := package.related(kind)) and _drop_notes(package, part, kind, before - _references(package, kind)):
            changed.add(part)
    return _rewritten(data, {part: package.serialised(part) for part in changed})


def _parts(package: Package) -> Iterator[str]:
    """The names of the parts that hold text."""
    yield package.main
    found = (each for each in package.relationships(package.main).values() if each.kind in _WITH_TEXT)
    yield from dict.fromkeys(each.target for each in found if not each.external and package.has(each.target))


def _settle(part: str, package: Package, verdicts: dict[tuple[str, int], bool | None], decide: Decide) -> bool:
    """Settle the changes of one part; whether there were any to be settled."""
    root = package.xml(part)
    elements = numbered(root)
    twins = {_sign(each): verdicts[part, number] for each, number in elements.items() if (part, number) in verdicts}
    found: dict[etree._Element, bool] = {}
    for element, number in elements.items():
        if (part, number) in verdicts:
            verdict = verdicts[part, number]
        else:
            sign = _sign(element)
            verdict = twins[sign] if sign in twins else decide(_alone(element, part, number))
        if verdict is not None:
            found[element] = verdict
    if found:
        Settling(root, found).settle()
    return bool(found)


def _sign(element: etree._Element) -> tuple[str, ...]:
    """What a change in one branch of alternate content has in common with the same change in the other."""
    return (element.tag, *(element.get(qn(f"w:{name}"), "") for name in ("id", "author", "date")))


def _alone(element: etree._Element, part: str, number: int) -> Change:
    """A change that stands where nothing is read, as it is."""
    kind = AROUND.get(element.tag) or CELLS.get(element.tag)
    words = "".join(each.text or "" for each in element.iter(qn("w:t"), qn("w:delText")))
    proposal = proposal_of(element)
    return Change(
        kind=ChangeKind.INSERTION if kind in GAINS else ChangeKind.DELETION if kind in LOSSES else ChangeKind.FORMAT,
        author=proposal.author,
        time=proposal.time,
        before="" if kind in GAINS else words,
        after="" if kind in LOSSES else words,
        numbers=frozenset({(part, number)}),
    )


def _references(package: Package, kind: str) -> frozenset[str]:
    """The ids of the notes that the text refers to."""
    tag = qn(f"w:{_NOTES[kind]}Reference")
    return frozenset(each.get(qn("w:id"), "") for each in package.xml(package.main).iter(tag))


def _drop_notes(package: Package, part: str, kind: str, unused: frozenset[str]) -> bool:
    """Take away the notes that nothing refers to any more; whether there were any."""
    notes = [each for each in package.xml(part).iterchildren(qn(f"w:{_NOTES[kind]}")) if each.get(qn("w:id")) in unused]
    for note in notes:
        note.getparent().remove(note)
    return bool(notes)


def _rewritten(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The file with other bytes in some of its parts."""
    lowered = {name.lower(): new for name, new in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            changed = lowered.get(entry.filename.lower())
            new.writestr(entry, old.read(entry) if changed is None else changed)
    return out.getvalue()
