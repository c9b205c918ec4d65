"""Foreign HTML, as Word, Outlook and browsers put it on the clipboard, read as blocks. No Qt here.

Only words and plain structure are taken: headings, paragraphs, lists with their levels, tables, bold and the like.
Nothing is loaded, no style is followed, and what Word tracks as deleted does not come along.
"""

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from briefpack.pack.edits import Fragment
from briefpack.pack.links import is_safe
from briefpack.pack.model import AnyBlock, Heading, ListItem, Paragraph, Quote, Table
from briefpack.pack.text import Mark, MarkKind, Text, text

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 8_000_000
"""Characters of HTML; beyond them the plain text beside it is taken instead."""

_MARKER = re.compile(r"<!(?:--)?\[if !supportLists\](?:--)?>(.*?)<!(?:--)?\[endif\](?:--)?>", re.DOTALL | re.IGNORECASE)
_CONDITIONAL = re.compile(r"<!(?:--)?\[(?:if|endif)[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_MSO_LEVEL = re.compile(r"mso-list:\s*\S+\s+level(\d)")
_NUMBER = re.compile(r"^\W*(?:\d+|[a-zA-Z]|[ivxlIVXL]+)[.)]")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DROPPED = frozenset(
    {"head", "style", "script", "title", "meta", "link", "del", "noscript", "template", "xml", "img", "object"}
)
_HIDDEN = re.compile(r"mso-element:\s*comment|mso-hide:\s*all|display:\s*none")
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "body", "blockquote", "center", "dd", "div", "dl", "dt", "figure", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    }
)
_MARKS = {
    "b": MarkKind.BOLD,
    "strong": MarkKind.BOLD,
    "i": MarkKind.ITALIC,
    "em": MarkKind.ITALIC,
    "u": MarkKind.UNDERLINE,
    "s": MarkKind.STRIKE,
    "strike": MarkKind.STRIKE,
}
_STYLES = (
    (MarkKind.BOLD, re.compile(r"font-weight:\s*(?:bold|[6-9]00)")),
    (MarkKind.ITALIC, re.compile(r"font-style:\s*italic")),
    (MarkKind.UNDERLINE, re.compile(r"text-decoration[^;]*:\s*[^;]*underline")),
    (MarkKind.STRIKE, re.compile(r"text-decoration[^;]*:\s*[^;]*line-through")),
)
_HIGHLIGHT = re.compile(r"mso-highlight:\s*(\w+)")
_COLOURS = {
    "yellow": "yellow", "lime": "green", "green": "green", "aqua": "blue", "blue": "blue", "fuchsia": "pink", "pink": "pink",
    "silver": "grey", "gray": "grey", "orange": "orange",
}  # fmt: skip

Marks = tuple[tuple[MarkKind, str], ...]
Maker = Callable[[Text], AnyBlock]


def read_html(source: str) -> Fragment:
    """The blocks of an HTML text; none where it holds no words, or cannot be read.

    ValueError where it is larger than :data:`LARGEST`.
    """
    if len(source) > LARGEST:
        raise ValueError("too large")
    from lxml import etree
    from lxml import html as parser

    source = _MARKER.sub(_marker, source.replace("\0", ""))
    source = _CONDITIONAL.sub("", source)
    if not source.strip():
        return Fragment()
    try:
        root = parser.document_fromstring(
            source, parser=parser.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding=None)
        )
    except (etree.LxmlError, ValueError):
        return Fragment()
    reader = _Reader()
    reader.walk(root, ())
    reader.finish()
    return Fragment(tuple(reader.blocks))


def _marker(found: re.Match[str]) -> str:
    """Word's own bullet or number, kept as an attribute: it tells which kind of list it is."""
    said = html.unescape(_TAG.sub("", found[1])).strip()
    return f'<span data-marker="{html.escape(said[:20])}"></span>'


class _Reader:
    """Walks the elements and collects runs into the block they stand in."""

    def __init__(self) -> None:
        self.blocks: list[AnyBlock] = []
        self._runs: list[tuple[str, Marks]] = []
        self._make: Maker = _paragraph
        self._lists: list[bool] = []
        self._ordered = False

    def walk(self, element: "_Element", marks: Marks) -> None:
        """An element and all below it, with the marks that hold there."""
        tag, style = _tag(element), element.get("style", "").lower()
        if tag in _DROPPED or _HIDDEN.search(style) or "MsoCommentReference" in element.get("class", ""):
            return
        if (said := element.get("data-marker")) is not None:
            self._ordered = bool(_NUMBER.match(said))
            return
        if tag == "table":
            self._table(element)
            return
        if tag == "br":
            self._runs.append(("\n", marks))
            return
        if tag in _BLOCKS:
            self._block(element, tag, style, marks)
            return
        self._content(element, _with(marks, element, tag, style), keep=tag == "pre")

    def finish(self) -> None:
        """The end of a block: what was collected is one, unless there are no words in it."""
        said = _collapsed(self._runs)
        self._runs = []
        if said.string.strip("\xa0 \n\t"):
            made = self._make(said)
            if isinstance(made, ListItem) and self._ordered:
                made = ListItem(text=said, level=made.level, ordered=True)
            self.blocks.append(made)
        self._ordered = False

    def _content(self, element: "_Element", marks: Marks, *, keep: bool = False) -> None:
        if element.text:
            self._runs.append((element.text if keep else _SPACE.sub(" ", element.text), marks))
        for child in element:
            self.walk(child, marks)
            if child.tail:
                self._runs.append((child.tail if keep else _SPACE.sub(" ", child.tail), marks))

    def _block(self, element: "_Element", tag: str, style: str, marks: Marks) -> None:
        self.finish()
        outer, lists = self._make, list(self._lists)
        if tag in ("ul", "ol"):
            self._lists.append(tag == "ol")
        self._make = self._maker(element, tag, style)
        self._content(
            element, marks if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else _with(marks, element, tag, style)
        )
        self.finish()
        self._make, self._lists = outer, lists

    def _maker(self, element: "_Element", tag: str, style: str) -> Maker:
        """What kind of block the words directly in an element are."""
        if level := _MSO_LEVEL.search(style):
            return _item(int(level[1]) - 1, ordered=False)
        if tag[0] == "h" and tag[1:].isdigit():
            return _heading(int(tag[1:]))
        if element.get("class", "") == "MsoTitle":
            return _heading(1)
        if tag == "li":
            return _item(max(0, len(self._lists) - 1), ordered=bool(self._lists and self._lists[-1]))
        if tag == "blockquote":
            return lambda said: Quote(text=said)
        if self._make is _paragraph or tag not in ("p", "div"):
            return _paragraph
        return self._make

    def _table(self, element: "_Element") -> None:
        self.finish()
        rows: list[list[Text]] = []
        header = False
        for row in element.iter("tr"):
            cells = [cell for cell in row if _tag(cell) in ("td", "th")]
            header |= not rows and any(_tag(cell) == "th" for cell in cells)
            rows.append([_cell(cell) for cell in cells])
        width = max(map(len, rows), default=0)
        if width == 1 or (len(rows) == 1 and width == 0):
            self.blocks.extend(Paragraph(text=row[0]) for row in rows if row and row[0].string.strip())
        elif width:
            full = tuple((*row, *[Text()] * (width - len(row))) for row in rows)
            self.blocks.append(Table(rows=full, header=header))


def _cell(element: "_Element") -> Text:
    inner = _Reader()
    inner._content(element, ())  # noqa: SLF001 - a reader of its own kind
    inner.finish()
    result = Text()
    for block in inner.blocks:
        said = getattr(block, "text", Text())
        result = result + (Text("\n") if result else Text()) + said
    return result


def _tag(element: "_Element") -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _with(marks: Marks, element: "_Element", tag: str, style: str) -> Marks:
    """The marks that hold inside an element."""
    new = dict(marks)
    if kind := _MARKS.get(tag):
        new[kind] = ""
    for kind, pattern in _STYLES:
        if pattern.search(style):
            new[kind] = ""
    if re.search(r"font-weight:\s*(?:normal|400)", style):
        new.pop(MarkKind.BOLD, None)
    if (found := _HIGHLIGHT.search(style)) and found[1] in _COLOURS:
        new[MarkKind.HIGHLIGHT] = _COLOURS[found[1]]
    elif tag == "mark":
        new[MarkKind.HIGHLIGHT] = "yellow"
    if tag == "a":
        address = element.get("href", "").strip()
        if is_safe(address):
            new[MarkKind.LINK] = address
    return tuple(new.items())


def _collapsed(runs: list[tuple[str, Marks]]) -> Text:
    """Runs as one text, with white space as a browser shows it: one space, none at either end of a line."""
    string = ""
    marks: list[Mark] = []
    for piece, kinds in runs:
        if piece[:1] == " " and (not string or string[-1] in " \n"):
            piece = piece[1:]  # noqa: PLW2901 - the piece without the space that is there already
        if piece[:1] == "\n":
            while string.endswith(" "):
                string = string[:-1]
        marks.extend(Mark(len(string), len(string) + len(piece), kind, value) for kind, value in kinds)
        string += piece
    return text(string, marks).strip()


def _paragraph(said: Text) -> AnyBlock:
    return Paragraph(text=said)


def _heading(level: int) -> Maker:
    return lambda said: Heading(text=said, level=min(max(1, level), 6))


def _item(level: int, *, ordered: bool) -> Maker:
    return lambda said: ListItem(text=said, level=min(max(0, level), 8), ordered=ordered)
