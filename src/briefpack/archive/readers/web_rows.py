"""From the elements of a page to rows: what is its text, what is the site's furniture, and what each line of it is.

Furniture is what a site puts round every text: menus, banners, cookie notices, share buttons, forms' fields, scripts. It is
known by its tag, its role or its class, never by its words, and never holds more than half of the page's words. Outside the
page's main part, a list that is nothing but short links is a menu too.
"""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from briefpack.archive.readers.gathering import Gathered
from briefpack.archive.speakers import NOBODY, Speaker
from briefpack.archive.structure import Row, Sign

_UNREAD = frozenset({
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg", "math", "canvas",
    "video", "audio", "map", "select", "textarea", "button", "input", "datalist", "label", "del",
})  # fmt: skip
"""Elements that hold no text of the page, or text that was taken out of it."""

_ROUND_ABOUT = frozenset({"nav", "header", "footer", "aside"})
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "alert", "dialog"}
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|cookies?|share|sharing|social|skip|skiplink|pagination"
    r"|pager|related|comments?|advert\w*|banner|masthead|toolbar|newsletter|subscribe|promo|popup|modal)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary"})
_BLOCKS = _HEADINGS | {
    "html", "body", "main", "article", "section", "div", "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "figure",
    "figcaption", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "pre", "address", "center", "details",
    "fieldset", "legend", "form", "header", "footer", "aside", "nav", "hgroup", "hr", "dir", "menu", "noframes", "title",
}  # fmt: skip
_LISTS = frozenset({"ul", "ol", "dir", "menu"})
_NO_DATA = ("table", "ul", "ol", "dl", "blockquote", "pre", "article", "section", *sorted(_HEADINGS))
_MAIN = ("article", "main")
_MAIN_ROLES = ("main", "article")
_LINKS = 3
_LINKED = 0.8
_LONGEST_LINK = 40
_LONGEST_NAME = 60
_MAIN_SHARE = 0.25


def words_of(element: etree._Element) -> str:
    """The words in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


class _Weight(Struct):
    """Characters in an element, how many of them in links, and the number of links."""

    characters: int = 0
    linked: int = 0
    links: int = 0


def furniture(root: etree._Element) -> set[etree._Element]:
    """The elements of a page that are not its text, the outermost of each nest."""
    weights = _weights(root)
    half = weights[root].characters / 2
    found: set[etree._Element] = set()
    walk = etree.iterwalk(root, events=("start",), tag="*")
    for _, element in walk:
        is_site = _is_round_about(element) and weights[element].characters <= half and not _holds_main(element)
        if is_site or element.tag in _UNREAD or _is_hidden(element):
            found.add(element)
            walk.skip_subtree()
    return found


def main_part(root: etree._Element, left_out: set[etree._Element]) -> etree._Element:
    """The element that holds the page's text: its only ``article``, else ``main``, else the body without lists of links."""
    body = root.find("body")
    body = root if body is None else body
    texts = _weights(body, left_out)
    for tag, role in zip(_MAIN, ("article", "main"), strict=True):
        marked = [each for each in body.iter("*") if each.tag == tag or (each.get("role") or "").lower() == role]
        marked = [each for each in marked if texts[each].characters]
        if len(marked) == 1 and texts[marked[0]].characters >= _MAIN_SHARE * texts[body].characters:
            return marked[0]
    menus = {each for each, weight in texts.items() if each.tag in _LISTS and _is_menu(weight)}
    outermost = [each for each in menus if menus.isdisjoint(each.iterancestors())]
    if sum(texts[each].characters for each in outermost) <= texts[body].characters / 2:
        left_out.update(menus)
    return body


def _weights(root: etree._Element, left_out: set[etree._Element] | None = None) -> dict[etree._Element, _Weight]:
    """What every element below ``root`` weighs, without what is left out, in one pass."""
    weights: dict[etree._Element, _Weight] = {}
    open_: list[_Weight] = []
    links = skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end"), tag="*"):
        out = left_out is not None and element in left_out
        if event == "start":
            weights[element] = _Weight()
            open_.append(weights[element])
            links += element.tag == "a"
            skipped += out
            _count(weights[element], "" if skipped else element.text, linked=bool(links))
            continue
        links -= element.tag == "a"
        skipped -= out
        done = open_.pop()
        done.links += element.tag == "a" and not skipped
        if open_:
            above = open_[-1]
            above.characters += done.characters
            above.linked += done.linked
            above.links += done.links
            _count(above, "" if skipped else element.tail, linked=bool(links))
    return weights


def _count(weight: _Weight, text: str | None, *, linked: bool) -> None:
    length = len((text or "").strip())
    weight.characters += length
    weight.linked += length if linked else 0


def _is_menu(weight: _Weight) -> bool:
    return (
        weight.links >= _LINKS
        and weight.linked >= _LINKED * weight.characters
        and weight.linked <= _LONGEST_LINK * weight.links
    )


def _is_hidden(element: etree._Element) -> bool:
    return (
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "").lower() == "true"
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _is_round_about(element: etree._Element) -> bool:
    """Whether an element is of the site rather than of the text; a header or aside within an article is of the text."""
    if element.tag in ("html", "body", *_MAIN, *_HEADINGS) or (element.get("role") or "").lower() in _MAIN_ROLES:
        return False
    if element.tag == "nav" or (element.get("role") or "").lower() in _ROLES:
        return True
    if element.tag in _ROUND_ABOUT and not any(each.tag in (*_MAIN, "blockquote") for each in element.iterancestors()):
        return True
    return _NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"[:500]) is not None


def _holds_main(element: etree._Element) -> bool:
    return next(element.iter(*_MAIN), None) is not None


def rows_of(
    part: etree._Element, left_out: set[etree._Element] | None = None, heading: etree._Element | None = None
) -> list[Row]:
    """The rows of the text in an element, without the elements ``left_out`` and without ``heading``, the title."""
    walk = _Walk(structured=any(each is not heading for each in part.iter(*sorted(_HEADINGS))))
    skipped = (left_out or set()) | ({heading} if heading is not None else set())
    walker = etree.iterwalk(part, events=("start", "end"), tag="*")
    for event, element in walker:
        if event == "start":
            if element in skipped or element.tag in _UNREAD:
                walker.skip_subtree()
                continue
            walk.opened(element)
        else:
            if element not in skipped and element.tag not in _UNREAD:
                walk.closed(element)
            if element is not part:
                walk.text(element.tail)
    walk.flush()
    return walk.gathered.rows


class _Walk:
    """One pass over a page's elements: which are open decides what the words at hand are."""

    def __init__(self, *, structured: bool) -> None:
        self.gathered = Gathered()
        self._structured = structured
        self._open: Counter[str] = Counter()
        self._words: list[str] = []
        self._plain = self._bold = 0
        self._fresh_item = False
        self._speakers: list[Speaker] = []
        self._tables: list[list[str] | None] = []

    def opened(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.flush()
        if tag in _LISTS:
            tag = "list"
        self._open[_kind(tag)] += 1
        match tag:
            case "br":
                self._line_end()
            case "li":
                self._fresh_item = True
            case "blockquote":
                self._speakers.append(_cited(element))
            case "table":
                self._tables.append([] if _is_data(element) else None)
        self.text(element.text)

    def closed(self, element: etree._Element) -> None:
        tag = "list" if element.tag in _LISTS else element.tag
        if element.tag in _BLOCKS:
            self.flush()
        self._open[_kind(tag)] -= 1
        match tag:
            case "blockquote":
                self._speakers.pop()
            case "table":
                self._tables.pop()
            case "td" | "th" if self._cells is not None:
                self._cells.append("\n")
            case "tr" if self._cells is not None:
                cells = " ".join(self._cells).split("\n")
                self.gathered.add(" | ".join(cell.strip() for cell in cells if cell.strip()), Sign.TEXT)
                self._cells.clear()

    def text(self, words: str | None) -> None:
        if not words:
            return
        if self._open["pre"]:
            first, *lines = words.split("\n")
            self._add(first)
            for line in lines:
                self._line_end()
                self._add(line)
        else:
            self._add(words)

    def flush(self) -> None:
        """The words so far are a row, or a part of a table's cell."""
        words = " ".join("".join(self._words).split())
        bold = self._bold > 0 and not self._plain
        self._words.clear()
        self._plain = self._bold = 0
        if not words:
            return
        if self._cells is not None and not self._open["caption"]:
            self._cells.append(words)
            return
        speaker = self._speakers[-1] if self._speakers else NOBODY
        sign = self._sign(bold=bold)
        level = self._open["blockquote"] if sign is Sign.QUOTATION else max(0, self._open["list"] - 1)
        self.gathered.add(words, sign, level, speaker=speaker)
        self._fresh_item = False

    @property
    def _cells(self) -> list[str] | None:
        """The cells of the row of data at hand, in pieces; None outside tables of data."""
        return self._tables[-1] if self._tables else None

    def _add(self, words: str) -> None:
        self._words.append(words)
        length = len(words.strip())
        if self._open["bold"]:
            self._bold += length
        else:
            self._plain += length

    def _line_end(self) -> None:
        if self._cells is None:
            self.flush()
        else:
            self._words.append(" ")

    def _sign(self, *, bold: bool) -> Sign:
        if self._open["heading"]:
            return Sign.HEADING
        if self._open["caption"]:
            return Sign.CAPTION
        if self._open["li"] and self._fresh_item:
            return Sign.BULLET
        if self._open["blockquote"] and not self._open["footer"]:
            return Sign.QUOTATION
        return Sign.TEXT if self._structured and not bold else Sign.UNKNOWN


def _kind(tag: str) -> str:
    """What an open element is to the words in it."""
    if tag in _HEADINGS:
        return "heading"
    return {"b": "bold", "strong": "bold", "figcaption": "caption"}.get(tag, tag)


def _is_data(table: etree._Element) -> bool:
    """Whether a table holds data rather than lays out a page: it has several columns, and words alone in its cells."""
    if (table.get("role") or "").lower() in ("presentation", "none") or next(
        table.iterdescendants(*_NO_DATA), None
    ) is not None:
        return False
    return any(sum(1 for _ in _cells_of(row)) > 1 for row in table.iterdescendants("tr"))


def _cells_of(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _cited(quote: etree._Element) -> Speaker:
    """Whose words a quotation says that it is, in its ``footer`` or ``cite``: a name, and a role after a comma."""
    cited = next(quote.iter("footer", "cite"), None)
    if cited is None:
        return NOBODY
    name, _, role = words_of(cited).lstrip("-–—― ").partition(",")
    return Speaker(name.strip(), role.strip()) if name and len(name) <= _LONGEST_NAME else NOBODY
