"""Saved web pages (.html, .mhtml): one document each, without the site's menus. Parsed by libxml2, never shown by Qt."""

import json
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from briefpack.archive.debris import folded
from briefpack.archive.model import UNDATED, DateSpan
from briefpack.archive.readers.base import Found, Reader, Reading
from briefpack.archive.readers.gathering import decoded, stated
from briefpack.archive.readers.web_rows import furniture, main_part, rows_of, words_of
from briefpack.errors import UserError
from briefpack.pack.text import clean

MOST = 16 * 1024 * 1024
"""The largest page in bytes; the longest real ones have a tenth of it."""

_HEAD = 4096
_OF_HEADS = frozenset({"title", "meta", "link", "base", "script", "style", "noscript", "template"})
_LONGEST_TITLE = 300
_TITLE_STYLES = ("title", "msotitle")
_CHARSET = re.compile(rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "publication_date", "publishdate", "pubdate",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "citation_publication_date", "parsely-pub-date",
    "sailthru.date", "date",
)  # fmt: skip
"""The names under which pages state when they were published, the surest first."""

_PUBLISHED = re.compile(r"publish|posted|pubdate|entry-date|issued", re.IGNORECASE)


def read(data: bytes, name: str) -> Reading:
    """The one document of a page. UserError where it is too large or nested too deep to be a page."""
    head = data[:_HEAD]
    named = _CHARSET.search(head) or _XML.match(head)
    text, flags = decoded(_small(data, name), named[1].decode("ascii") if named else None)
    return Reading((_document(text, name, flags),))


def read_archive(data: bytes, name: str) -> Reading:
    """The page of a web archive (.mhtml), which is an e-mail that holds a page and its pictures."""
    from briefpack.archive.readers import mime

    message = mime.parsed(data)
    page = next((part for _, part in mime.parts_of(message) if mime.content_type(part) == "text/html"), message)
    content = mime.content_of(page)
    if not content or mime.content_type(page) != "text/html":
        raise UserError("There is no page in this web archive", where=name, do="Save the page once more")
    if (charset := mime.charset(page)) is None:
        return read(content, name)
    text, flags = decoded(_small(content, name), charset)
    return Reading((_document(text, name, flags),))


def parsed(text: str, where: str) -> etree._Element | None:
    """The root of a page; None without an element. A limit of libxml2 is an error: it drops what is beyond."""
    from lxml import html  # in the child process alone: the window's start is not kept waiting

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(clean(text).encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        if "empty" in str(error).lower():
            return None
        raise UserError(f"This page cannot be read ({error})", where=where, do="Save the page once more") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UserError(
            "This page is nested deeper, or has longer pieces, than a page has",
            where=where,
            do="It may be damaged or made to do harm: save its text as .txt",
        )
    _begin_body(root)
    return root


def _begin_body(root: etree._Element) -> None:
    """Let the body begin at the first element that no head may hold, as the HTML standard (13.2.6.4.4) has it.

    libxml2 takes what it does not know, such as an article, into the head of a page that names no body.
    """
    head = root.find("head")
    stray = next((each for each in head if each.tag not in _OF_HEADS), None) if head is not None else None
    if head is None or stray is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    strays = [stray, *stray.itersiblings()]
    for place, each in enumerate(strays):
        body.insert(place, each)  # takes it out of the head, with the words behind it


def _small(data: bytes, name: str) -> bytes:
    if len(data) > MOST:
        raise UserError(
            f"This page is larger than {MOST // (1024 * 1024)} MB", where=name, do="Save its text as .txt, in parts"
        )
    return data


def _document(text: str, name: str, flags: tuple[str, ...]) -> Found:
    root = parsed(text, name)
    if root is None:
        return Found(name, ())
    left_out = furniture(root)
    part = main_part(root, left_out)
    heading = _heading(part, left_out)
    title = _title(root, heading) or name
    rows = rows_of(part, left_out, heading)
    if heading is None and rows and folded(rows[0].line.text) == folded(title):
        rows = rows[1:]
    return Found(title, tuple(rows), stated=_date(root, part), flags=flags)


def _heading(part: etree._Element, left_out: set[etree._Element]) -> etree._Element | None:
    """The page's own headline: the one paragraph that an office program styled as the title, or the one ``h1``."""
    titles = [each for each in part.iter("p") if (each.get("class") or "").strip().lower() in _TITLE_STYLES]
    for candidates in (titles, list(part.iter("h1"))):
        found = [
            each for each in candidates if words_of(each) and not left_out.intersection((each, *each.iterancestors()))
        ]
        if len(found) == 1:
            return found[0]
    return None


def _title(root: etree._Element, heading: etree._Element | None) -> str:
    if heading is not None and (words := words_of(heading)) and len(words) <= _LONGEST_TITLE:
        return words
    meta = dict(reversed(list(_meta(root))))
    if given := meta.get("og:title", "").strip():
        return given[:_LONGEST_TITLE]
    tag = root.find(".//title")
    words = words_of(tag) if tag is not None else ""
    site = meta.get("og:site_name", "").strip()
    if site and words.endswith(site) and (shorter := words.removesuffix(site).rstrip(" -–—|:·»")):
        words = shorter
    return words[:_LONGEST_TITLE]


def _meta(root: etree._Element) -> Iterator[tuple[str, str]]:
    """What a page says of itself in its ``meta`` tags: names in lower case, with values."""
    for tag in root.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and (content := clean(tag.get("content") or "")):
            yield name.strip().lower(), content


def _date(root: etree._Element, part: etree._Element) -> DateSpan:
    """The day on which the page says that it was published: in its ``meta`` tags, its JSON-LD, or the one ``time`` in it."""
    meta = dict(reversed(list(_meta(root))))
    in_head = (meta.get(name, "") for name in _DATES)
    return _first((*in_head, *_linked_data(root), *_times(part)))


def _first(words: Iterable[str]) -> DateSpan:
    return next((span for each in words if each and (span := stated(each)) != UNDATED), UNDATED)


def _linked_data(root: etree._Element) -> Iterator[str]:
    """Every ``datePublished`` of a page's JSON-LD, those at the top first."""
    for tag in root.iter("script"):
        if (tag.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            level: list[object] = [json.loads(tag.text or "")]
        except (ValueError, RecursionError):
            continue  # a page's data for search engines is often broken; nothing of its text is in it
        while level:
            for each in level:
                if isinstance(each, dict) and isinstance(found := each.get("datePublished"), str):
                    yield found
            inner = [
                each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)
            ]
            level = [value for values in inner for value in values]


def _times(part: etree._Element) -> Iterator[str]:
    """The day of a ``time`` that says it is the publication's; else the day that is the only one so marked."""
    found = list(part.iter("time"))
    for tag in found:
        said = " ".join(tag.get(name) or "" for name in ("class", "itemprop"))
        if tag.get("pubdate") is not None or _PUBLISHED.search(said):
            yield tag.get("datetime") or words_of(tag)
    spans = {stated(tag.get("datetime") or words_of(tag)).start: tag for tag in found}
    if len(spans) == 1:
        yield next(tag.get("datetime") or words_of(tag) for tag in spans.values())


READER = Reader("web page", frozenset({".html", ".htm", ".xhtml"}), lambda _: True, read, isolated=True)
ARCHIVE = Reader("web archive", frozenset({".mhtml", ".mht"}), lambda _: True, read_archive, isolated=True)
