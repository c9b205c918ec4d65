"""A dump of a news site: many articles in one text file, the latest first, each closed by its tags and related articles.

An article is its title, its text, and a trailer::

    Tags assigned to this article:
    There are no tags assigned to this article!

    Related Articles
"""

import re
from itertools import pairwise

from briefpack.archive.debris import lines_of, without_title
from briefpack.archive.readers.base import Found, Reader, Reading
from briefpack.archive.readers.plain_text import decoded
from briefpack.archive.structure import Row

_MARK = "Tags assigned to this article:"
_TRAILER = re.compile(
    rf"^[ \t]*{_MARK}[ \t]*\n(?P<tags>(?:(?![ \t]*Related Articles[ \t]*$).*\n?){{0,40}}?)"
    r"(?:[ \t]*Related Articles[ \t]*$|\Z)",
    re.MULTILINE,
)
_NO_TAGS = "there are no tags"


def recognises(data: bytes) -> bool:
    """Whether these are the bytes of such a dump."""
    return re.search(rb"^[ \t]*" + _MARK.encode() + rb"[ \t]*\r?$", data, re.MULTILINE) is not None


def read(data: bytes, name: str) -> Reading:
    """The articles of a dump in its order, which is the latest first."""
    text = decoded(data, name)
    trailers = list(_TRAILER.finditer(text))
    starts = [0, *(trailer.end() for trailer in trailers)]
    articles = [
        article
        for (start, _), trailer in zip(pairwise([*starts, len(text)]), trailers, strict=False)
        if (article := _article(text, start, trailer.start(), trailer["tags"]))
    ]
    if rest := _article(text, starts[-1], len(text), ""):
        articles.append(rest)
    return Reading(tuple(articles), newest_first=True, many=True)


def _article(text: str, start: int, end: int, tags: str) -> Found | None:
    lines = lines_of(text, start, end)
    if not lines:
        return None
    title, body = lines[0].text, without_title(lines[1:], lines[0].text)
    named = tuple(tag.strip(" •*\t") for tag in tags.splitlines() if tag.strip() and _NO_TAGS not in tag.lower())
    return Found(title, tuple(Row(line) for line in body), named)


READER = Reader("site dump", frozenset({".txt"}), recognises, read)
