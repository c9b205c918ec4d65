"""Markdown files: one document each, with headings, bullets at their levels, quotations and tables."""

import re
from typing import TYPE_CHECKING

from briefpack.archive.model import UNDATED
from briefpack.archive.readers.base import Found, Reader, Reading
from briefpack.archive.readers.gathering import Gathered, no_date, stated
from briefpack.archive.readers.plain_text import decoded
from briefpack.archive.structure import Sign
from briefpack.errors import UserError

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\n(?P<fields>(?:[^\n]*\n){1,60}?)---[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"(?P<name>[A-Za-z_-]+):[ \t]*(?P<value>\S[^\n]*?)[ \t]*")
_DEEPEST = 100
_TAG = re.compile(r"<[^<>]*>")


def read(data: bytes, name: str) -> Reading:
    """The one document of a file. Its title is that of its front matter, its first heading, or the file's name."""
    from markdown_it import MarkdownIt  # in the child process alone: the window's start is not kept waiting

    text, flags = decoded(data, name)
    fields: dict[str, str] = {}
    if front := _FRONT.match(text):
        fields = _fields(front["fields"])
        text = text[front.end() :]
    walk = _Walk()
    tokens = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse(text)
    if any(token.level >= _DEEPEST - 2 for token in tokens):  # what lies deeper has been dropped by the parser
        raise UserError(f"This file is nested more than {_DEEPEST} deep", where=name, do="Save it as plain text (.txt)")
    walk.read(tokens)
    rows = walk.gathered.rows
    title = fields.get("title", "")
    if not title and rows and rows[0].sign is Sign.HEADING:
        title, rows = rows[0].line.text, rows[1:]
    words = fields.get("date") or fields.get("published", "")
    day = stated(words)
    flags += no_date(words) if day == UNDATED else ()
    return Reading((Found(title or name, tuple(rows), stated=day, flags=flags),))


def _fields(lines: str) -> dict[str, str]:
    """The plain ``name: value`` lines of a front matter."""
    found = (_FIELD.fullmatch(line) for line in lines.splitlines())
    return {match["name"].lower(): match["value"].strip("'\"") for match in found if match}


class _Walk:
    """One pass over the tokens: what is open around the words at hand decides what they are."""

    def __init__(self) -> None:
        self.gathered = Gathered()
        self._lists = self._quotes = 0
        self._heading = self._fresh_item = False
        self._cells: list[str] | None = None

    def read(self, tokens: "list[Token]") -> None:
        for token in tokens:
            match token.type:
                case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                    self._lists += token.nesting
                case "blockquote_open" | "blockquote_close":
                    self._quotes += token.nesting
                case "heading_open" | "heading_close":
                    self._heading = token.nesting > 0
                case "list_item_open":
                    self._fresh_item = True
                case "tr_open":
                    self._cells = []
                case "tr_close":
                    self.gathered.add(" | ".join(cell for cell in self._cells or () if cell), Sign.TEXT)
                    self._cells = None
                case "inline":
                    self._inline(_words(token))
                case "fence" | "code_block":
                    self._lines(token.content)
                case "html_block":
                    self._lines(_TAG.sub(" ", token.content))

    def _inline(self, words: str) -> None:
        if self._cells is not None:
            self._cells.append(" ".join(words.split()))
        else:
            self._lines(words)

    def _lines(self, words: str) -> None:
        for line in words.split("\n"):
            sign = self._sign()
            self.gathered.add(line, sign, self._quotes if sign is Sign.QUOTATION else max(0, self._lists - 1))
            self._fresh_item = False

    def _sign(self) -> Sign:
        if self._heading:
            return Sign.HEADING
        if self._lists and self._fresh_item:
            return Sign.BULLET
        return Sign.QUOTATION if self._quotes else Sign.TEXT


def _words(token: "Token") -> str:
    """The words of a paragraph without its marks; a hard line break is a new line."""
    words = []
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline":
                words.append(child.content)
            case "softbreak":
                words.append(" ")
            case "hardbreak":
                words.append("\n")
    return "".join(words)


READER = Reader("Markdown", frozenset({".md", ".markdown"}), lambda _: True, read, isolated=True)
