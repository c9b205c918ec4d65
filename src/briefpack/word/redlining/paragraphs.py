"""Paragraphs of two versions as one with tracked changes, and paragraphs that are wholly new or wholly gone."""

import copy
import hashlib
import itertools
from collections.abc import Iterator, Sequence

from lxml import etree

from briefpack.pack.wording import edits
from briefpack.word.redlining.adopting import Adopter, list_of
from briefpack.word.redlining.parts import Parts
from briefpack.word.redlining.pieces import FIRST_OBJECT, Content, Piece, Sign, content_of
from briefpack.word.wml import characters, qn

KEPT, INSERTED, DELETED, MOVED_HERE, MOVED_AWAY = "kept", "w:ins", "w:del", "w:moveTo", "w:moveFrom"
"""What becomes of a stretch; all but the first are the names of the elements that say so."""

_NO_LOOK = frozenset(map(qn, ("w:rPrChange", "w:lang", "w:noProof", "w:ins", "w:del", "w:moveTo", "w:moveFrom")))
"""What is in the properties of a run and is not its look."""

_NOT_TRACKED = frozenset(map(qn, ("w:rPr", "w:sectPr", "w:pPrChange")))
"""What is in the properties of a paragraph and not in what is told of its earlier ones."""

_SESSIONS = ("rsid", "paraId", "textId", "anchorId", "editId")
_NOISE = frozenset(map(qn, (
    "w:proofErr", "w:lastRenderedPageBreak", "w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart",
    "w:commentRangeEnd", "w:lang", "w:noProof",
)))  # fmt: skip


class Paragraphs:
    """Writes the paragraphs of one redline.

    Args:
        old, new: the files.
        adopter: makes what stood in the old file ready for the new one.
        author, date: who is said to have changed it, and when, as ``w:date`` says it.
        formatting: whether changes of look are tracked too.
    """

    def __init__(self, old: Parts, new: Parts, adopter: Adopter, author: str, date: str, *, formatting: bool) -> None:
        self._old = old
        self._new = new
        self._adopter = adopter
        self._author = author
        self._date = date
        self._formatting = formatting
        self._numbers = itertools.count(1)
        self._objects: dict[str, str] = {}

    # What a paragraph says

    def content(self, paragraph: etree._Element, *, is_old: bool) -> Content:
        """What a paragraph holds, its objects as characters that are the same for the same objects in both files."""
        parts = self._old if is_old else self._new
        return content_of(paragraph, lambda elements: self._character(elements, parts))

    def words(self, paragraph: etree._Element, *, is_old: bool) -> str:
        """The words of a paragraph on one line, to know it again by; each object is a character."""
        return " ".join(self.content(paragraph, is_old=is_old).string.split())

    def digest(self, element: etree._Element, *, is_old: bool) -> str:
        """What two elements have in common that say and look the same, whichever file they are in."""
        parts = self._old if is_old else self._new
        return hashlib.sha256(_canonical(element, parts).encode()).hexdigest()

    def _character(self, elements: Sequence[etree._Element], parts: Parts) -> str:
        key = "".join(_canonical(each, parts) for each in elements)
        return self._objects.setdefault(key, chr(FIRST_OBJECT + len(self._objects) % 0xFFFD))

    # Paragraphs

    def merged(self, old: etree._Element, new: etree._Element, mark: str = KEPT) -> etree._Element:
        """Two versions of one paragraph as one; ``mark`` is what becomes of its end."""
        if mark == KEPT and self.digest(old, is_old=True) == self.digest(new, is_old=False):
            return new
        before, after = self.content(old, is_old=True), self.content(new, is_old=False)
        made = self._like(new, self._properties(new), self._properties(self._adopter.adopted(old)), mark)
        stretches: list[tuple[str, Piece, Piece | None]] = []
        at = 0
        for start, end, new_start, new_end in _stretches(before.string, after.string):
            stretches += self._stayed(before, after, at, start, new_start)
            stretches += ((DELETED, piece, None) for piece in before.between(start, end))
            stretches += ((INSERTED, piece, None) for piece in after.between(new_start, new_end))
            at = end
        self._write(made, stretches, after.signs)
        return made

    def whole(self, paragraph: etree._Element, state: str, mark: str) -> etree._Element:
        """A paragraph all of which came or went; ``mark`` is what becomes of its end."""
        is_old = state in {DELETED, MOVED_AWAY}
        content = self.content(paragraph, is_old=is_old)
        properties = self._properties(self._adopter.adopted(paragraph) if is_old else paragraph)
        made = self._like(paragraph, properties, properties, mark)
        if is_old:
            for name in list(made.attrib):
                del made.attrib[name]
        self._write(made, [(state, piece, None) for piece in content.pieces], () if is_old else content.signs)
        return made

    def restyled(self, paragraph: etree._Element, old: etree._Element | None, new: etree._Element | None) -> None:
        """Let the properties of a paragraph that was written be ``new``, and before the change ``old``."""
        properties = paragraph.find(qn("w:pPr"))
        of_end = None if properties is None else properties.find(qn("w:rPr"))
        section = None if properties is None else properties.find(qn("w:sectPr"))
        if properties is not None:
            paragraph.remove(properties)
        made = self._like(paragraph, new, old, KEPT, of_end=of_end, section=section)
        if len(made):
            paragraph.insert(0, made[0])

    def properties_of(self, paragraph: etree._Element, *, before: bool) -> etree._Element | None:
        """The properties of a paragraph that was written: as they are, or as they were before the change."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None
        change = properties.find(qn("w:pPrChange"))
        made = copy.deepcopy(change[0] if before and change is not None else properties)
        for each in [each for each in made if each.tag in _NOT_TRACKED]:
            made.remove(each)
        return made

    def marked(self, paragraph: etree._Element, mark: str) -> None:
        """Say of a paragraph's end that it came or went."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            properties = etree.Element(qn("w:pPr"))
            paragraph.insert(0, properties)
        of_end = properties.find(qn("w:rPr"))
        if of_end is None:
            of_end = etree.Element(qn("w:rPr"))
            later = next((each for each in properties if each.tag in {qn("w:sectPr"), qn("w:pPrChange")}), None)
            if later is None:
                properties.append(of_end)
            else:
                later.addprevious(of_end)
        of_end.insert(0, self.change(mark))

    def change(self, tag: str) -> etree._Element:
        """An element that says who changed what it holds, and when."""
        made = etree.Element(qn(tag))
        made.set(qn("w:id"), str(next(self._numbers)))
        made.set(qn("w:author"), self._author)
        made.set(qn("w:date"), self._date)
        return made

    # Properties

    def _like(
        self,
        paragraph: etree._Element,
        properties: etree._Element | None,
        earlier: etree._Element | None,
        mark: str,
        *,
        of_end: etree._Element | None = None,
        section: etree._Element | None = None,
    ) -> etree._Element:
        """An empty paragraph with properties, those that it had earlier, and what becomes of its end."""
        made = etree.Element(qn("w:p"), paragraph.attrib, nsmap=paragraph.nsmap)
        new = etree.SubElement(made, qn("w:pPr"))
        plain = [] if properties is None else [each for each in properties if each.tag not in _NOT_TRACKED]
        new.extend(copy.deepcopy(each) for each in plain)
        if of_end is None and properties is not None:
            of_end = properties.find(qn("w:rPr"))
        if section is None and properties is not None:
            section = properties.find(qn("w:sectPr"))
        if of_end is not None:
            new.append(copy.deepcopy(of_end))
        if section is not None:
            new.append(copy.deepcopy(section))
        if self._formatting and self._differ(earlier, properties):
            change = self.change("w:pPrChange")
            old = etree.SubElement(change, qn("w:pPr"))
            if earlier is not None:
                old.extend(copy.deepcopy(each) for each in earlier if each.tag not in _NOT_TRACKED)
            new.append(change)
        if mark != KEPT:
            self.marked(made, mark)
        if not len(new):
            made.remove(new)
        return made

    def _properties(self, paragraph: etree._Element) -> etree._Element | None:
        found = paragraph.find(qn("w:pPr"))
        return None if found is None else copy.deepcopy(found)

    def _differ(self, old: etree._Element | None, new: etree._Element | None) -> bool:
        """Whether properties, both in the new file's terms, make paragraphs look different."""
        return self._told(old) != self._told(new)

    def _told(self, properties: etree._Element | None) -> list[str]:
        if properties is None:
            return []
        return [_canonical(each, self._new) for each in properties if each.tag not in _NOT_TRACKED]

    # Words

    def _stayed(
        self, before: Content, after: Content, start: int, end: int, new_end: int
    ) -> Iterator[tuple[str, Piece, Piece | None]]:
        """What stayed of the old characters ``start`` to ``end``, the new ones up to ``new_end``: each with its old look."""
        new_start = new_end - (end - start)
        cuts = {start, end, *_cuts(before, start, end)} | {
            at - new_start + start for at in _cuts(after, new_start, new_end)
        }
        for left, right in itertools.pairwise(sorted(cuts)):
            old = next(before.between(left, right))
            new = next(after.between(left - start + new_start, right - start + new_start))
            yield KEPT, new, old

    def _write(
        self,
        made: etree._Element,
        stretches: list[tuple[str, Piece, Piece | None]],
        signs: Sequence[Sign],
    ) -> None:
        """Append stretches to a paragraph, and the signs of the new version at their places in it."""
        left = list(signs)
        at = 0
        holder: tuple[etree._Element | None, bool, etree._Element] | None = None
        for state, stretch, earlier in stretches:
            is_old = state in {DELETED, MOVED_AWAY}
            for piece, old in [(stretch, earlier)] if is_old else _cut_at(stretch, earlier, at, left):
                while not is_old and left and left[0].offset <= at:
                    made.append(copy.deepcopy(left.pop(0).element))
                    holder = None
                if piece.link is None:
                    holder, parent = None, made
                elif holder is not None and holder[0] is piece.link and holder[1] == is_old:
                    parent = holder[2]
                else:
                    parent = self._link(made, piece.link, is_old=is_old)
                    holder = (piece.link, is_old, parent)
                self._piece(parent, state, piece, old)
                at += 0 if is_old else len(piece.string)
        made.extend(copy.deepcopy(sign.element) for sign in left)

    def _link(self, made: etree._Element, link: etree._Element, *, is_old: bool) -> etree._Element:
        empty = etree.SubElement(made, link.tag, link.attrib)
        if is_old:
            adopted = self._adopter.adopted(empty)
            made.replace(empty, adopted)
            return adopted
        return empty

    def _piece(self, parent: etree._Element, state: str, piece: Piece, earlier: Piece | None) -> None:
        if state != KEPT:
            last = parent[-1] if len(parent) else None
            if last is not None and last.tag == qn(state) and last.get(qn("w:author")) == self._author:
                parent = last
            else:
                parent.append(self.change(state))
                parent = parent[-1]
        is_old = state in {DELETED, MOVED_AWAY}
        if piece.objects:
            for each in piece.objects:
                parent.append(self._adopter.adopted(each) if is_old else copy.deepcopy(each))
                if state == DELETED:
                    _as_deleted(parent[-1])
            return
        run = etree.SubElement(parent, qn("w:r"))
        if piece.look is not None:
            look = self._adopter.adopted(piece.look) if is_old else copy.deepcopy(piece.look)
            for change in look.findall(qn("w:rPrChange")):
                look.remove(change)
            run.append(look)
        if earlier is not None and self._formatting:
            self._look_change(run, earlier.look)
        characters(run, piece.string, deleted=state == DELETED)

    def _look_change(self, run: etree._Element, earlier: etree._Element | None) -> None:
        """Track that a run looked different, if it did."""
        look = run.find(qn("w:rPr"))
        old = None if earlier is None else self._adopter.adopted(earlier)
        if _look(old, self._new) == _look(look, self._new):
            return
        if look is None:
            look = etree.Element(qn("w:rPr"))
            run.insert(0, look)
        change = self.change("w:rPrChange")
        was = etree.SubElement(change, qn("w:rPr"))
        if old is not None:
            was.extend(each for each in list(old) if each.tag != qn("w:rPrChange"))
        look.append(change)


def _stretches(before: str, after: str) -> Iterator[tuple[int, int, int, int]]:
    """What changed, and at last the ends of both, so that all that stayed lies before a change."""
    for edit in edits(before, after):
        yield edit.start, edit.end, edit.new_start, edit.new_end
    yield len(before), len(before), len(after), len(after)


def _cuts(content: Content, start: int, end: int) -> Iterator[int]:
    """Where pieces begin within a stretch."""
    at = 0
    for piece in content.pieces:
        if start < at < end:
            yield at
        at += len(piece.string)


def _cut_at(
    piece: Piece, earlier: Piece | None, start: int, signs: Sequence[Sign]
) -> Iterator[tuple[Piece, Piece | None]]:
    """A piece that begins at ``start``, cut wherever a sign stands in it."""
    end = start + len(piece.string)
    inside = sorted({sign.offset for sign in signs if start < sign.offset < end})
    for left, right in itertools.pairwise((start, *inside, end)):
        yield piece.part(left - start, right - start), earlier


def _look(look: etree._Element | None, parts: Parts) -> list[str]:
    if look is None:
        return []
    return sorted(_canonical(each, parts) for each in look if each.tag not in _NO_LOOK)


def _as_deleted(element: etree._Element) -> None:
    """The text and field codes of a run as those of a deleted one."""
    for each in list(element):
        if each.tag == qn("w:t"):
            each.tag = qn("w:delText")
        elif each.tag == qn("w:instrText"):
            each.tag = qn("w:delInstrText")


def _canonical(element: etree._Element, parts: Parts) -> str:
    """An element in words that say what it looks like, and nothing of which session, or which file, it is from."""
    tag = element.tag
    if tag in _NOISE:
        return ""
    if tag in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
        return _note(element, parts)
    if tag == qn("w:numId"):
        found = list_of(parts, element.get(qn("w:val"), ""))
        return "" if found is None else "numId:" + "".join(map(_list, found))
    if tag == qn("w:pStyle"):
        return f"<style {_style_name(element.get(qn('w:val'), ''), parts)}>"
    said = []
    for name, value in sorted(element.attrib.items()):
        local = name.rpartition("}")[2]
        if local.startswith(_SESSIONS) or (tag == qn("wp:docPr") and local in {"id", "name"}):
            continue
        if tag == qn("w:comment") or (local == "id" and str(tag).endswith("}cNvPr")):
            continue
        if "officeDocument/2006/relationships" in name:
            said.append(f"{local}={parts.digest(parts.main, value)}")
        else:
            said.append(f"{local}={value}")
    if tag == qn("w:commentReference"):
        return ""
    inside = "".join(_canonical(each, parts) for each in element)
    if tag in {qn("w:rPr"), qn("w:pPr")} and not inside:
        return ""
    if tag == qn("w:r") and not inside:
        return ""
    return f"<{tag.rpartition('}')[2]} {' '.join(said)}>{element.text or '' if tag in _TEXTS else ''}{inside}</>"


_TEXTS = frozenset(map(qn, ("w:t", "w:instrText", "w:delText", "w:delInstrText", "m:t", "a:t")))


def _note(reference: etree._Element, parts: Parts) -> str:
    """A note as its words."""
    kind = reference.tag.rpartition("}")[2].removesuffix("Reference")
    part = parts.related(f"{kind}s")
    if part is not None:
        for note in parts.xml(part):
            if note.get(qn("w:id")) == reference.get(qn("w:id")):
                return f"{kind}:{''.join(each.text or '' for each in note.iter(qn('w:t')))}"
    return f"{kind}:"


def _list(element: etree._Element) -> str:
    """A list's definition without its numbers and sessions."""
    made = copy.deepcopy(element)
    for each in list(made.iter(*map(qn, ("w:nsid", "w:tmpl", "w:abstractNumId")))):
        each.getparent().remove(each)
    for each in made.iter():
        for name in list(each.attrib):
            if not name.endswith(("}val", "}ilvl", "}left", "}hanging", "}start", "}leader", "}pos")):
                del each.attrib[name]
    return hashlib.sha256(etree.tostring(made, method="c14n")).hexdigest()


def _style_name(style: str, parts: Parts) -> str:
    part = parts.related("styles")
    if part is not None:
        for each in parts.xml(part).iterchildren(qn("w:style")):
            if each.get(qn("w:styleId")) == style and each.get(qn("w:type"), "paragraph") == "paragraph":
                name = each.find(qn("w:name"))
                return style if name is None else name.get(qn("w:val"), style).lower()
    return style
