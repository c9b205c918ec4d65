"""What stood in the old version, made ready to stand in the new one's file: its styles, lists, notes, links and pictures."""

import copy
import itertools
from collections.abc import Callable, Iterator

from lxml import etree

from briefpack.ooxml.names import NAMESPACES
from briefpack.word.redlining.parts import Parts
from briefpack.word.wml import qn

_STYLED = {qn("w:pStyle"): "paragraph", qn("w:rStyle"): "character", qn("w:tblStyle"): "table"}
_LINKED = (qn("w:basedOn"), qn("w:next"), qn("w:link"))
_R = f"{{{NAMESPACES['r']}}}"
_KNOWN = tuple(f"{{{NAMESPACES[prefix]}}}" for prefix in ("w", "r", "m", "wp", "a", "v", "o", "mc"))
_DROPPED = tuple(map(qn, (
    "w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:proofErr",
    "w:permStart", "w:permEnd", "w:sectPr", "w:lastRenderedPageBreak",
)))  # fmt: skip
_NUMBERING = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_RELATIONSHIPS = NAMESPACES["r"]
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIRST_ID = 500_000
"""The first id of what may have one only once in a document, such as a drawing."""


class Adopter:
    """Makes copies of elements of the old file's main part that can stand in the new file's.

    Args:
        old, new: the files. What the new one lacks is added to it.
    """

    def __init__(self, old: Parts, new: Parts) -> None:
        self._old = old
        self._new = new
        self._styles = _StyleMap(old, new)
        self._lists = _ListMap(old, new, self._adopt)
        self._notes: dict[tuple[str, str], str] = {}
        self._ids = itertools.count(_FIRST_ID)

    def adopted(self, element: etree._Element) -> etree._Element:
        """A copy of an element, with its descendants, for the new file."""
        made = _copied(element)
        self._adopt(made, self._old.main, self._new.main)
        return made

    def _adopt(self, root: etree._Element, part: str, into: str) -> None:
        for element in list(root.iter()):
            tag = element.tag
            if element is not root and (tag in _DROPPED or _is_effect(element)):
                element.getparent().remove(element)
                continue
            if tag in _STYLED:
                element.set(qn("w:val"), self._styles.of(element.get(qn("w:val"), ""), _STYLED[tag]))
            elif tag == qn("w:numId"):
                element.set(qn("w:val"), self._lists.of(element.get(qn("w:val"), "")))
            elif tag in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
                kind = "footnote" if tag == qn("w:footnoteReference") else "endnote"
                element.set(qn("w:id"), self._note(kind, element.get(qn("w:id"), "")))
            elif tag == qn("wp:docPr"):
                element.set("id", str(next(self._ids)))
            elif tag == qn("w:id") and element.getparent() is not None and element.getparent().tag == qn("w:sdtPr"):
                element.getparent().remove(element)
            self._attributes(element, part, into)

    def _attributes(self, element: etree._Element, part: str, into: str) -> None:
        """Point to what is in the new file; drop marks of editing sessions and names that must stand only once."""
        for name, value in list(element.attrib.items()):
            if name.startswith(_R):
                made = self._new.take_over(self._old, part, value, into) if value else value
                if made is None:
                    del element.attrib[name]
                else:
                    element.set(name, made)
            elif name.startswith("{") and not name.startswith(_KNOWN) and not name.startswith("{http://www.w3.org/XML"):
                del element.attrib[name]

    def _note(self, kind: str, number: str) -> str:
        """The number that a footnote or endnote of the old file has in the new one."""
        if (kind, number) not in self._notes:
            source = self._old.related(f"{kind}s")
            said = None
            if source is not None:
                said = next((n for n in self._old.xml(source) if n.get(qn("w:id")) == number), None)
            if source is None or said is None:
                return number
            target = self._note_part(kind, source)
            taken = [int(each.get(qn("w:id"), "0")) for each in self._new.xml(target)]
            made = _copied(said)
            made.set(qn("w:id"), str(max((*taken, 0)) + 1))
            self._new.xml(target).append(made)
            self._adopt(made, source, target)
            self._notes[kind, number] = made.get(qn("w:id"), "")
        return self._notes[kind, number]

    def _note_part(self, kind: str, source: str) -> str:
        """The new file's part of notes; where there is none, one with the old file's separators."""
        found = self._new.related(f"{kind}s")
        if found is None:
            made = _copied(self._old.xml(source))
            for note in list(made):
                if note.get(qn("w:type"), "normal") == "normal":
                    made.remove(note)
            self._adopt(made, source, source)
            found = self._new.add(f"word/{kind}s.xml", f"{_TYPE}.{kind}s+xml", made)
            self._new.relate(self._new.main, f"{_RELATIONSHIPS}/{kind}s", found)
        return found


class _StyleMap:
    """The styles of the old file in the new one: of the same name, or taken over."""

    def __init__(self, old: Parts, new: Parts) -> None:
        self._old = old
        self._new = new
        self._known: dict[tuple[str, str], str] = {}
        self._here = {(kind, name): style.get(qn("w:styleId"), "") for kind, name, style in _styles(new)}
        self._there = {(kind, style.get(qn("w:styleId"), "")): (name, style) for kind, name, style in _styles(old)}

    def of(self, style: str, kind: str) -> str:
        """The id in the new file of a style of the old."""
        if (kind, style) not in self._known:
            found = self._there.get((kind, style))
            if found is None:
                self._known[kind, style] = style
            elif (kind, found[0]) in self._here:
                self._known[kind, style] = self._here[kind, found[0]]
            else:
                self._take(kind, style, *found)
        return self._known[kind, style]

    def _take(self, kind: str, style: str, name: str, element: etree._Element) -> None:
        part = self._new.related("styles")
        if part is None:
            self._known[kind, style] = style
            return
        taken = set(self._here.values())
        free = next(
            each for each in itertools.chain((style,), (f"{style}{n}" for n in itertools.count(1))) if each not in taken
        )
        self._known[kind, style] = self._here[kind, name] = free
        made = _copied(element)
        made.set(qn("w:styleId"), free)
        made.attrib.pop(qn("w:default"), None)
        for properties in list(made.iter(qn("w:numPr"))):
            properties.getparent().remove(properties)
        self._new.xml(part).append(made)
        for each in list(made.iter(*_LINKED)):
            if each.tag == qn("w:basedOn") and (kind, each.get(qn("w:val"), "")) in self._there:
                each.set(qn("w:val"), self.of(each.get(qn("w:val"), ""), kind))
            else:
                made.remove(each)


class _ListMap:
    """The lists of the old file in the new one: the same ones where they are the same to the letter, or taken over."""

    def __init__(self, old: Parts, new: Parts, adopt: Callable[[etree._Element, str, str], None]) -> None:
        self._old = old
        self._new = new
        self._adopt = adopt
        self._known: dict[str, str] = {}

    def of(self, number: str) -> str:
        """The number in the new file of a list of the old."""
        if number not in self._known:
            self._known[number] = self._found(number)
        return self._known[number]

    def _found(self, number: str) -> str:
        there = list_of(self._old, number)
        if there is None:
            return "0"
        here = list_of(self._new, number)
        if here is not None and [etree.tostring(each, method="c14n") for each in here] == [
            etree.tostring(each, method="c14n") for each in there
        ]:
            return number
        return self._take(*there)

    def _take(self, abstract: etree._Element, concrete: etree._Element) -> str:
        part, source = self._new.related("numbering"), self._old.related("numbering")
        assert source is not None
        if part is None:
            made = etree.Element(qn("w:numbering"), nsmap={"w": NAMESPACES["w"]})
            part = self._new.add("word/numbering.xml", _NUMBERING, made)
            self._new.relate(self._new.main, f"{_RELATIONSHIPS}/numbering", part)
        root = self._new.xml(part)
        new_abstract, new_concrete = _copied(abstract), _copied(concrete)
        for tag in ("w:nsid", "w:tmpl", "w:styleLink", "w:numStyleLink"):
            for each in new_abstract.findall(qn(tag)):
                new_abstract.remove(each)
        for each in list(new_abstract.iter(qn("w:pStyle"), qn("w:lvlPicBulletId"))):
            each.getparent().remove(each)
        new_abstract.set(qn("w:abstractNumId"), _free(root, "w:abstractNum", "w:abstractNumId"))
        new_concrete.set(qn("w:numId"), _free(root, "w:num", "w:numId"))
        new_concrete.find(qn("w:abstractNumId")).set(qn("w:val"), new_abstract.get(qn("w:abstractNumId"), ""))
        self._adopt(new_abstract, source, part)
        first = root.find(qn("w:num"))
        if first is None:
            root.append(new_abstract)
        else:
            first.addprevious(new_abstract)
        last = root.findall(qn("w:num"))
        (last[-1] if last else new_abstract).addnext(new_concrete)
        return str(new_concrete.get(qn("w:numId"), ""))


def list_of(parts: Parts, number: str) -> tuple[etree._Element, etree._Element] | None:
    """The definition of a list and the list itself, by its number; None where there is none."""
    part = parts.related("numbering")
    if part is None:
        return None
    root = parts.xml(part)
    concrete = next((each for each in root.iterchildren(qn("w:num")) if each.get(qn("w:numId")) == number), None)
    link = None if concrete is None else concrete.find(qn("w:abstractNumId"))
    if concrete is None or link is None:
        return None
    wanted = link.get(qn("w:val"))
    for abstract in root.iterchildren(qn("w:abstractNum")):
        if abstract.get(qn("w:abstractNumId")) == wanted:
            return abstract, concrete
    return None


def _styles(parts: Parts) -> Iterator[tuple[str, str, etree._Element]]:
    part = parts.related("styles")
    if part is not None:
        for style in parts.xml(part).iterchildren(qn("w:style")):
            name = style.find(qn("w:name"))
            said = name.get(qn("w:val"), "") if name is not None else style.get(qn("w:styleId"), "")
            yield style.get(qn("w:type"), "paragraph"), said.lower(), style


def _is_effect(element: etree._Element) -> bool:
    """Whether an element is a look of letters that only later versions of Word know: a shadow, a glow."""
    return element.getparent().tag == qn("w:rPr") and not str(element.tag).startswith(_KNOWN)


def _free(root: etree._Element, tag: str, attribute: str) -> str:
    taken = [int(each.get(qn(attribute), "0")) for each in root.iterchildren(qn(tag))]
    return str(max(taken, default=0) + 1)


def _copied(element: etree._Element) -> etree._Element:
    """A copy with every namespace that the element was declared with: a choice between contents names them in words."""
    if next(element.iter(qn("mc:AlternateContent")), None) is None:
        return copy.deepcopy(element)
    return etree.fromstring(etree.tostring(element, with_tail=False))
