"""A Word file whose parts can be changed, and which parts of another file can be taken over into."""

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from briefpack.ooxml.names import NAMESPACES, qn, transitional
from briefpack.ooxml.package import Package
from briefpack.word.wml import serialised

_TYPES = "[Content_Types].xml"
_STRICT_RELATIONSHIP = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CONFORMANCE = qn("w:conformance")


class Parts:
    """The parts of a Word file by name.

    Args:
        package: the opened file; its XML is taken as :class:`~briefpack.ooxml.package.Package` reads it, so that parts in
            Strict namespaces or broken ones are whole here.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main
        self._bytes: dict[str, bytes] = {}
        self._trees: dict[str, etree._Element] = {}
        self._types = package.xml(_TYPES)
        self._copied: dict[tuple[int, str], str] = {}
        self._pictures: dict[bytes, str] = {}

    def xml(self, name: str) -> etree._Element:
        """The root of a part; what is done to it is written."""
        if name not in self._trees:
            self._trees[name] = self.package.xml(name)
            self._trees[name].attrib.pop(_CONFORMANCE, None)
        return self._trees[name]

    def related(self, kind: str) -> str | None:
        """The name of the part of this kind that the main part points to; None without one."""
        for _, entry in self.relationships(self.main):
            if entry.get("Type", "").rpartition("/")[2] == kind and entry.get("TargetMode") != "External":
                return _target(self.main, str(entry.get("Target", "")))
        return None

    def relationships(self, part: str) -> Iterator[tuple[str, etree._Element]]:
        """The ids and entries of what a part points to."""
        name = _rels_of(part)
        if name in self._trees or self.package.has(name):
            for entry in self.xml(name).iterchildren(qn("rel:Relationship")):
                yield entry.get("Id", ""), entry

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """The id under which a part points to a target: a part's name, or where ``external`` an address."""
        where = target if external else posixpath.relpath(target, posixpath.dirname(part) or ".")
        taken = set()
        for identifier, entry in self.relationships(part):
            if (entry.get("Type"), entry.get("Target"), entry.get("TargetMode") == "External") == (
                kind,
                where,
                external,
            ):
                return identifier
            taken.add(identifier)
        name = _rels_of(part)
        if name not in self._trees and not self.package.has(name):
            self._trees[name] = etree.Element(qn("rel:Relationships"), nsmap={None: NAMESPACES["rel"]})
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        made = etree.SubElement(self.xml(name), qn("rel:Relationship"), Id=f"rId{number}", Type=kind, Target=where)
        if external:
            made.set("TargetMode", "External")
        return f"rId{number}"

    def add(self, name: str, content_type: str, content: bytes | etree._Element) -> str:
        """A new part, under a name like this that is free; its name."""
        stem, dot, suffix = name.rpartition(".")
        free, number = name, 1
        while self._has(free):
            number += 1
            free = f"{stem}_{number}{dot}{suffix}"
        if isinstance(content, bytes):
            self._bytes[free] = content
        else:
            self._trees[free] = content
        etree.SubElement(self._types, qn("ct:Override"), PartName=f"/{free}", ContentType=content_type)
        return free

    def drop(self, name: str) -> None:
        """Take a part away, with what points to it from the main part or the package."""
        for source in ("", self.main):
            for _, entry in list(self.relationships(source)):
                if entry.get("TargetMode") != "External" and _target(source, entry.get("Target", "")) == name:
                    entry.getparent().remove(entry)
        for entry in list(self._types.iterchildren(qn("ct:Override"))):
            if entry.get("PartName", "").lstrip("/").lower() == name.lower():
                self._types.remove(entry)
        self._bytes[name] = b""

    def take_over(self, other: "Parts", part: str, identifier: str, into: str) -> str | None:
        """What a part of another file points to under an id, pointed to by the part ``into`` of this one: the id here.

        None where it points to nothing. Parts are copied with all that they point to themselves; a picture that is here
        already is used.
        """
        entry = next((found for known, found in other.relationships(part) if known == identifier), None)
        if entry is None:
            return None
        if entry.get("TargetMode") == "External":
            return self.relate(into, entry.get("Type", ""), entry.get("Target", ""), external=True)
        target = _target(part, entry.get("Target", ""))
        if not other.package.has(target):
            return None
        return self.relate(into, entry.get("Type", ""), self._copy(other, target))

    def digest(self, part: str, identifier: str) -> str:
        """What a part points to under an id, in a few letters: the same for the same bytes or address, in any file."""
        for known, entry in self.relationships(part):
            if known == identifier:
                if entry.get("TargetMode") == "External":
                    return str(entry.get("Target", ""))
                target = _target(part, entry.get("Target", ""))
                return hashlib.sha256(self.package.read(target)).hexdigest() if self.package.has(target) else ""
        return ""

    def to_bytes(self) -> bytes:
        """The file. The same parts give the same bytes, whenever they are written."""
        self._trees[_TYPES] = self._types
        names = dict.fromkeys((_TYPES, *self.package.names(), *sorted(self._bytes), *sorted(self._trees)))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as container:
            for name in names:
                if data := self._data(name):
                    entry = zipfile.ZipInfo(name, _EPOCH)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    container.writestr(entry, data)
        return out.getvalue()

    def _data(self, name: str) -> bytes:
        if name in self._bytes:
            return self._bytes[name]
        if name in self._trees:
            data = serialised(self._trees[name])
        elif name.endswith((".xml", ".rels")):
            data = transitional(self.package.read(name))
        else:
            return self.package.read(name)
        return data.replace(_STRICT_RELATIONSHIP, NAMESPACES["r"].encode())

    def _has(self, name: str) -> bool:
        return name in self._bytes or name in self._trees or self.package.has(name)

    def _copy(self, other: "Parts", target: str) -> str:
        """A part of another file, here, with all that it points to; its name."""
        known = (id(other), target)
        if known in self._copied:
            return self._copied[known]
        data = other.package.read(target)
        if not self._pictures:
            self._pictures = {
                hashlib.sha256(self.package.read(name)).digest(): name
                for name in self.package.names()
                if "/media/" in name
            }
        if "/media/" in target and (here := self._pictures.get(hashlib.sha256(data).digest())):
            self._copied[known] = here
            return here
        self._copied[known] = name = self.add(target, other.package.content_type(target), data)
        if entries := list(other.relationships(target)):
            made = etree.Element(qn("rel:Relationships"), nsmap={None: NAMESPACES["rel"]})
            self._trees[_rels_of(name)] = made
            for identifier, entry in entries:  # under the same ids, since the part itself names them
                attributes = dict(entry.attrib)
                own = _target(target, entry.get("Target", ""))
                if entry.get("TargetMode") != "External" and other.package.has(own):
                    attributes["Target"] = "/" + self._copy(other, own)
                etree.SubElement(made, qn("rel:Relationship"), attributes | {"Id": identifier})
        return name


def _rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(part: str, target: str) -> str:
    joined = posixpath.join("/", posixpath.dirname(part), target.replace("\\", "/"))
    return posixpath.normpath(joined).lstrip("/")
