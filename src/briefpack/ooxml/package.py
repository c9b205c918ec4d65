"""A Word file as a package: parts by their name, found through relationships, read through the input gate."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from briefpack.errors import UserError
from briefpack.ooxml.names import is_strict, qn, relationship_kind, strict, transitional
from briefpack.safety.container import Container, open_container
from briefpack.safety.files import read_input
from briefpack.safety.xml import parse_xml

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = "WordDocument".encode("utf-16-le")
_WORD = "wordprocessingml"
_OTHER_OFFICE = {"spreadsheetml": "an Excel workbook", "presentationml": "a PowerPoint presentation"}
_TYPES = "[Content_Types].xml"


class Relationship(Struct, frozen=True):
    """What one part says of another: its kind ("comments"), and the other's name, or address where ``external``."""

    kind: str
    target: str
    external: bool = False


class Package:
    """An opened Word file. Made by :func:`open_package`.

    Attributes:
        where: what the file is called in messages.
        main: the name of the part that holds the document.
        recovered: the names of parts that are not well-formed XML, of which all that could be read was taken.
    """

    def __init__(self, container: Container, where: str) -> None:
        self.where = where
        self.recovered: list[str] = []
        self._container = container
        self._names = {name.lower(): name for name in container.names()}
        self._trees: dict[str, etree._Element] = {}
        self._strict: set[str] = set()
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self._types = self._content_types()
        self.main = self._main()

    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._names.values())

    def has(self, name: str) -> bool:
        """Whether there is a part of this name; case does not count."""
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            UserError: there is no such part, or it is over the limits.
        """
        try:
            return self._container.read(self._names[name.lower()])
        except KeyError:
            raise UserError(
                f"This Word file is damaged: its part '{name}' is missing",
                where=self.where,
                do="Ask for the file again, or open it in Word and save a copy",
            ) from None

    def xml(self, name: str) -> etree._Element:
        """The root of a part's XML, its namespaces transitional. Broken XML gets one recovering try.

        Raises:
            UserError: there is no such part, it is over the limits, declares entities, or nothing of it can be read.
        """
        if name not in self._trees:
            self._trees[name] = self._parse(name)
        return self._trees[name]

    def serialised(self, name: str) -> bytes:
        """A part's XML as it is now, with the namespaces that it came with."""
        data = etree.tostring(self.xml(name), xml_declaration=True, encoding="UTF-8", standalone=True)
        return strict(data) if name in self._strict else data

    def content_type(self, name: str) -> str:
        """The content type of a part; empty where none is stated."""
        lowered = name.lower()
        return self._types.get("/" + lowered) or self._types.get(lowered.rpartition(".")[2], "")

    def relationships(self, part: str = "") -> dict[str, Relationship]:
        """The relationships of a part, or of the whole package, by their ids."""
        if part not in self._relationships:
            self._relationships[part] = dict(self._read_relationships(part))
        return self._relationships[part]

    def related(self, kind: str, part: str | None = None) -> str | None:
        """The name of the existing part of this kind that a part (else the main one) points to; None without one."""
        for relationship in self.relationships(self.main if part is None else part).values():
            if relationship.kind == kind and not relationship.external and self.has(relationship.target):
                return relationship.target
        return None

    def related_xml(self, kind: str) -> etree._Element | None:
        """The root of the part of this kind that the main part points to; None without one."""
        name = self.related(kind)
        return None if name is None else self.xml(name)

    def _parse(self, name: str) -> etree._Element:
        data, where = self.read(name), f"{self.where} ({name})"
        root, recovered = _parse_or_recover(data, where)
        if is_strict(root.tag):
            self._strict.add(name)
            root, _ = _parse_or_recover(transitional(etree.tostring(root, encoding="UTF-8")), where)
        if recovered:
            self.recovered.append(name)
        return root

    def _content_types(self) -> dict[str, str]:
        if not self.has(_TYPES):
            if self.has("content.xml"):
                raise UserError(
                    "This is an OpenDocument file, whatever its name says",
                    where=self.where,
                    do="Open it in Word or LibreOffice and save it as .docx",
                )
            raise _not_word(self.where)
        types = {}
        for entry in self.xml(_TYPES).iterchildren(qn("ct:Default"), qn("ct:Override")):
            key = entry.get("PartName") or entry.get("Extension") or ""
            types[key.lower()] = entry.get("ContentType", "")
        return types

    def _main(self) -> str:
        main = self.related("officeDocument", "")
        if main is None and self.has("word/document.xml"):
            main = "word/document.xml"
        if main is None:
            raise _not_word(self.where)
        kind = self.content_type(main)
        if "macroEnabled" in kind or self.related("vbaProject", main):
            raise UserError(
                "This Word file holds macros, which Briefpack does not take in",
                where=self.where,
                do="Open it in Word and save it as a Word document (.docx)",
            )
        for family, name in _OTHER_OFFICE.items():
            if family in kind:
                raise UserError(f"This is {name}, not a Word file", where=self.where, do="Choose a .docx file")
        if kind and _WORD not in kind and "xml" not in kind:
            raise _not_word(self.where)
        return main

    def _read_relationships(self, part: str) -> Iterator[tuple[str, Relationship]]:
        folder, _, name = part.rpartition("/")
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(source):
            return
        for entry in self.xml(source).iterchildren(qn("rel:Relationship")):
            target, external = entry.get("Target", ""), entry.get("TargetMode") == "External"
            if not external:
                joined = posixpath.join("/", folder, unquote(target.replace("\\", "/")))
                target = posixpath.normpath(joined).lstrip("/")
            yield entry.get("Id", ""), Relationship(relationship_kind(entry.get("Type", "")), target, external)


def open_package(source: bytes | Path, where: str | Path) -> Package:
    """A .docx or .dotx file, opened for reading; ``where`` is what messages call it.

    Raises:
        UserError: it is not a Word file, or is one that is protected, holds macros, is damaged or over the limits.
    """
    data = read_input(source) if isinstance(source, Path) else source
    _refuse_ole(data, str(where))
    return Package(open_container(data, where=str(where)), str(where))


def _refuse_ole(data: bytes, where: str) -> None:
    """Tell a protected file from an old .doc, by the streams that they name: both are OLE containers, no packages.

    Of one that names neither stream, :func:`~briefpack.safety.container.open_container` says that it is one of the two.
    """
    if not data.startswith(_OLE):
        return
    if _ENCRYPTED in data:
        raise UserError(
            "This Word file is protected by a password",
            where=where,
            do="Open it in Word, take the password off and save it again",
        )
    if _OLD_WORD in data:
        raise UserError(
            "This is a file of an old Word format (.doc)", where=where, do="Open it in Word and save it as .docx"
        )


def _not_word(where: str) -> UserError:
    return UserError("This is not a Word file", where=where, do="Choose a file that was saved by Word as .docx")


def _parse_or_recover(data: bytes, where: str) -> tuple[etree._Element, bool]:
    """The root, and whether it took a recovering try."""
    try:
        return parse_xml(data, where=where), False
    except UserError as error:
        try:
            root = parse_xml(data, where=where, recover=True)
        except UserError:
            raise error from None
        return root, True
