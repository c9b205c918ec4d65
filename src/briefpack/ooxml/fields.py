"""Fields: what a document works out, such as a page number, and the links among them.

A complex field is a ``begin``, its code, a ``separate``, its result and an ``end``, spread over runs and paragraphs.
"""

import re
from collections.abc import Iterator

from lxml import etree

from briefpack.ooxml.names import qn

_LINK = re.compile(r'\s*HYPERLINK\s+(?:(\\l)\s+)?"([^"]*)"')


class Fields:
    """The complex fields that are open while a part is read."""

    def __init__(self) -> None:
        self._whole = True
        self._open: list[_Field] = []

    def begin_part(self, root: etree._Element) -> None:
        """Start anew. Where not every field that begins also ends, codes cannot be told from results: all is text."""
        self._open.clear()
        self._whole = all(len(characters) > 1 for characters in fields_of(root))

    def read_character(self, element: etree._Element) -> None:
        """Take in a ``w:fldChar``."""
        match element.get(qn("w:fldCharType")):
            case "begin":
                self._open.append(_Field())
            case "separate" if self._open:
                self._open[-1].separate()
            case "end" if self._open:
                self._open.pop()

    def read_code(self, element: etree._Element) -> None:
        """Take in a piece of a field's code."""
        if self._open:
            self._open[-1].code += element.text or ""

    @property
    def in_code(self) -> bool:
        """Whether what is read now is part of a code, which is not for the reader of the document."""
        return self._whole and any(not field.in_result for field in self._open)

    def links(self) -> Iterator[str]:
        """The addresses of the open fields, outermost first, empty for those that are no links."""
        return (field.link for field in self._open)


class _Field:
    """A complex field as far as it has been read: its code, and after ``separate`` its result."""

    def __init__(self) -> None:
        self.code = ""
        self.link = ""
        self.in_result = False

    def separate(self) -> None:
        self.in_result = True
        self.link = link_of(self.code)


def link_of(code: str) -> str:
    """The address that a field's code leads to; empty where it is no link."""
    found = _LINK.match(code)
    if not found:
        return ""
    return f"#{found[2]}" if found[1] else found[2]


def fields_of(root: etree._Element) -> Iterator[list[etree._Element]]:
    """The ``w:fldChar`` elements of each complex field, from ``begin`` to ``end``; one alone where that is missing."""
    begun: list[list[etree._Element]] = []
    for character in root.iter(qn("w:fldChar")):
        kind = character.get(qn("w:fldCharType"))
        if kind == "begin":
            begun.append([character])
        elif not begun:
            yield [character]
        elif kind == "end":
            yield [*begun.pop(), character]
        else:
            begun[-1].append(character)
    yield from ([each[0]] for each in begun)
