"""Foreign HTML, as Word, Outlook and browsers put it on the clipboard, read as blocks. No Qt here.

Only words and plain structure are taken: headings, paragraphs, lists with their levels, tables, bold and the like.
Nothing is loaded, no style is followed, and what Word tracks as deleted does not come along.
"""

import html
import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from briefpack.pack.edits import Fragment
from briefpack.pack.links import is_safe
from briefpack.pack.model import AnyBlock, Heading, ListItem, PageBreak, Paragraph, Quote, Table, texts_of
from briefpack.pack.text import Mark, MarkKind, Text, joined, text

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
_UNSTYLES = (
    (MarkKind.BOLD, re.compile(r"font-weight:\s*(?:normal|400)")),
    (MarkKind.ITALIC, re.compile(r"font-style:\s*normal")),
)
_HIGHLIGHT = re.compile(r"mso-highlight:\s*(\w+)")
_COLOURS = {
    "yellow": "yellow", "lime": "green", "green": "green", "aqua": "blue", "blue": "blue", "fuchsia": "pink", "pink": "pink",
    "silver": "grey", "gray": "grey", "orange": "orange",
}  # fmt: skip

Marks = tuple[tuple[MarkKind, str], ...]
Maker = Callable[[Text], AnyBlock]
Run = tuple[str, Marks, float]
"""Characters, their marks, and the size of their letters in points; 0 is not said."""

_SIZE = re.compile(r"font-size:\s*([\d.]+)\s*(pt|px)")
_PAGE_BREAK = re.compile(r"(?:page-break|break)-before:\s*(?:always|page)")
_QUOTES = frozenset({"MsoQuote", "MsoIntenseQuote", "MsoQuoteCxSpFirst", "MsoQuoteCxSpMiddle", "MsoQuoteCxSpLast"})
_LARGER = 1.2
"""A paragraph is a heading when all its letters are so much larger than the most, in a text that marks no headings."""
_LONGEST_HEADING = 140


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
    return Fragment(tuple(reader.with_headings()))


def _marker(found: re.Match[str]) -> str:
    """Word's own bullet or number, kept as an attribute: it tells which kind of list it is."""
    said = html.unescape(_TAG.sub("", found[1])).strip()
    return f'<span data-marker="{html.escape(said[:20])}"></span>'


class _Reader:
    """Walks the elements and collects runs into the block they stand in."""

    def __init__(self) -> None:
        self.blocks: list[AnyBlock] = []
        self._sizes: list[tuple[float, int]] = []
        self._runs: list[Run] = []
        self._size = 0.0
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
        if tag == "br" and _PAGE_BREAK.search(style):
            self.finish()
            self._add(PageBreak())
            return
        if tag == "br":
            self._runs.append(("\n", marks, self._size))
            return
        outer, self._size = self._size, _size(style) or self._size
        if tag in _BLOCKS:
            self._block(element, tag, style, marks)
        else:
            self._content(element, _with(marks, element, tag, style), keep=tag == "pre")
        self._size = outer

    def finish(self) -> None:
        """The end of a block: what was collected is one, unless there are no words in it."""
        runs, self._runs = self._runs, []
        said = _collapsed(runs)
        if said.string.strip("\xa0 \n\t"):
            made = self._make(said)
            if isinstance(made, ListItem) and self._ordered:
                made = ListItem(text=said, level=made.level, ordered=True)
            sizes = {size for string, _, size in runs if string.strip()}
            self._add(made, min(sizes, default=0), len(said))
        self._ordered = False

    def with_headings(self) -> list[AnyBlock]:
        """The blocks; where none is marked as a heading, those set in larger letters are: the largest of level 1."""
        counts: Counter[float] = Counter()
        for size, length in self._sizes:
            counts[size] += length
        usual = counts.most_common(1)[0][0] if counts else 0
        if not usual or any(isinstance(block, Heading) for block in self.blocks):
            return self.blocks
        large = sorted({size for size, _ in self._sizes if size >= usual * _LARGER}, reverse=True)
        return [
            Heading(
                text=block.text.without_mark(0, len(block.text), MarkKind.BOLD), level=min(large.index(size) + 1, 3)
            )
            if size in large and isinstance(block, Paragraph) and len(block.text) <= _LONGEST_HEADING
            else block
            for block, (size, _) in zip(self.blocks, self._sizes, strict=True)
        ]

    def _add(self, block: AnyBlock, size: float = 0, length: int = 0) -> None:
        self.blocks.append(block)
        self._sizes.append((size, length))

    def _content(self, element: "_Element", marks: Marks, *, keep: bool = False) -> None:
        if element.text:
            self._runs.append((element.text if keep else _SPACE.sub(" ", element.text), marks, self._size))
        for child in element:
            self.walk(child, marks)
            if child.tail:
                self._runs.append((child.tail if keep else _SPACE.sub(" ", child.tail), marks, self._size))

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
            return _item(int(level[1]) - 1, ordered=tag == "li" and bool(self._lists and self._lists[-1]))
        if tag[0] == "h" and tag[1:].isdigit():
            return _heading(int(tag[1:]))
        if element.get("class", "") == "MsoTitle":
            return _heading(1)
        if tag == "li":
            return _item(max(0, len(self._lists) - 1), ordered=bool(self._lists and self._lists[-1]))
        if tag == "blockquote" or element.get("class", "") in _QUOTES:
            return lambda said: Quote(text=said)
        if self._make is _paragraph or tag not in ("p", "div"):
            return _paragraph
        return self._make

    def _table(self, element: "_Element") -> None:
        self.finish()
        found = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
        rows = [[cell for cell in row if _tag(cell) in ("td", "th")] for row in found]
        for caption in element.findall("caption"):
            self._block(caption, "p", "", ())
        if max(map(len, rows), default=0) <= 1:  # a table of one column lays out a page
            for cell in (cell for row in rows for cell in row):
                self._content(cell, ())
                self.finish()
            return
        cells = [[said for cell in row for said in _spanned(cell)] for row in rows]
        width = max(map(len, cells))
        full = tuple((*row, *[Text()] * (width - len(row))) for row in cells)
        header = any(_tag(cell) == "th" for cell in rows[0]) or element.find("thead") is not None or _all_bold(full[0])
        self._add(Table(rows=full, header=header))


def _spanned(element: "_Element") -> list[Text]:
    """The words of a cell, and an empty cell for each further column that it spans."""
    inner = _Reader()
    inner._content(element, _with((), element, "", element.get("style", "").lower()))  # noqa: SLF001 - a reader of its own kind
    inner.finish()
    said = joined((each for block in inner.blocks for each in texts_of(block) if each), "\n")
    span = element.get("colspan", "1")
    return [said, *[Text()] * (min(int(span), 40) - 1 if span.isdecimal() else 0)]


def _all_bold(cells: tuple[Text, ...]) -> bool:
    """Whether there are words in each cell, and all of them are bold."""
    return all(cell.covered(0, len(cell), MarkKind.BOLD) for cell in cells)


def _size(style: str) -> float:
    """The size of letters in points; 0 where it is not said."""
    found = _SIZE.search(style)
    if found is None or found[1].count(".") > 1 or found[1] == ".":
        return 0.0
    return float(found[1]) * (0.75 if found[2] == "px" else 1.0)


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
    for kind, pattern in _UNSTYLES:
        if pattern.search(style):
            new.pop(kind, None)
    if (found := _HIGHLIGHT.search(style)) and found[1] in _COLOURS:
        new[MarkKind.HIGHLIGHT] = _COLOURS[found[1]]
    elif tag == "mark":
        new[MarkKind.HIGHLIGHT] = "yellow"
    if tag == "a":
        address = element.get("href", "").strip()
        if is_safe(address):
            new[MarkKind.LINK] = address
    if MarkKind.LINK in new:
        new.pop(MarkKind.UNDERLINE, None)  # how a link looks
    return tuple(new.items())


def _collapsed(runs: list[Run]) -> Text:
    """Runs as one text, with white space as a browser shows it: one space, none at either end of a line."""
    string = ""
    marks: list[Mark] = []
    for piece, kinds, _ in runs:
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
