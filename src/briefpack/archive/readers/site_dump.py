"""A dump of a news site: many articles in one text file, the latest first, each closed by its tags and related articles.

An article is its title, its text, and a trailer::

    Tags assigned to this article:
    There are no tags assigned to this article!

    Related Articles
"""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from briefpack.archive.debris import Line, lines_of, without_title
from briefpack.archive.readers.base import Found, Reader, Reading
from briefpack.archive.readers.plain_text import decoded
from briefpack.archive.structure import Row

_TAGS = "Tags assigned to this article:"
_RELATED = "Related Articles"
_NO_TAGS = "There are no tags assigned to this article!"
_MOST_TAGS = 40


def recognises(data: bytes) -> bool:
    """Whether these are the bytes of such a dump."""
    return re.search(rb"^[ \t]*" + _TAGS.encode() + rb"[ \t]*\r?$", data, re.MULTILINE) is not None


def read(data: bytes, name: str) -> Reading:
    """The articles of a dump in its order, which is the latest first."""
    text, flags = decoded(data, name)
    found = (_article(article, tags) for article, tags in _articles(lines_of(text)))
    articles = tuple(replace(article, flags=(*article.flags, *flags)) for article in found if article)
    return Reading(articles, newest_first=True, many=True)


def _articles(lines: Sequence[Line]) -> Iterator[tuple[Sequence[Line], Sequence[str]]]:
    """The lines of each article and its tags; what follows the last trailer is an article too."""
    start = at = 0
    while at < len(lines):
        if lines[at].text == _TAGS:
            tags, after = _trailer(lines, at + 1)
            yield lines[start:at], tags
            start = at = after
        else:
            at += 1
    yield lines[start:], ()


def _trailer(lines: Sequence[Line], start: int) -> tuple[list[str], int]:
    """The tags that follow, and the first line after the trailer; a trailer that is cut short has no tags."""
    tags: list[str] = []
    for at in range(start, min(start + _MOST_TAGS, len(lines))):
        if lines[at].text == _RELATED:
            return tags, at + 1
        if lines[at].text == _NO_TAGS:
            start = at + 1
        else:
            tags.append(lines[at].text.lstrip("•* "))
    return [], start


def _article(lines: Sequence[Line], tags: Sequence[str]) -> Found | None:
    if not lines:
        return None
    title = lines[0].text
    return Found(title, tuple(Row(line) for line in without_title(lines[1:], title)), tuple(tags))


READER = Reader("site dump", frozenset({".txt"}), recognises, read)
