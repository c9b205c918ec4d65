"""The ways a pack is rendered."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from briefpack.pack.copies import reader_copy
from briefpack.pack.model import Pack
from briefpack.render.environment import render
from briefpack.render.view import View, view

Copy = Literal["working", "reader"]
"""For whom: ``working`` shows comments, tracked changes and what is known of lines; ``reader`` none of them."""

Sources = Literal["footnotes", "annex", "none"]
"""Where the sources of clips stand: as numbered notes, as a list at the end, or nowhere."""

_NO_MEDIA: Mapping[str, bytes] = MappingProxyType({})
_GAPS = re.compile(r"\n(?:[ \t>]*\n){2,}")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


def to_html(pack: Pack, media: Mapping[str, bytes], *, copy: Copy = "working", sources: Sources = "footnotes") -> str:
    """A pack as one web page that needs nothing beside it: pictures inside, no scripts, marking on each printed page.

    Args:
        pack: the pack.
        media: the bytes of its pictures by name; where one is missing, its alt text or a placeholder is shown.
        copy: for whom it is.
        sources: where the sources of clips stand.
    """
    return re.sub(r"\n\s*\n+", "\n", render("page.html.jinja", _view(pack, media, copy, sources)).lstrip())


def to_paper(pack: Pack, media: Mapping[str, bytes], *, copy: Copy = "reader", sources: Sources = "footnotes") -> str:
    """A pack as the simple HTML that a rich-text engine lays out on pages; marking and numbers are the pages' own.

    Arguments are those of :func:`to_html`. Comments stand at the end, under the numbers that their words bear.
    """
    return render("paper.html.jinja", _view(pack, media, copy, sources))


def to_markdown(pack: Pack, *, copy: Copy = "working", sources: Sources = "footnotes") -> str:
    """A pack as CommonMark with pipe tables. Pictures are named by their alt text."""
    return _tidy(render("pack.md.jinja", _view(pack, _NO_MEDIA, copy, sources)))


def to_text(pack: Pack, *, copy: Copy = "working", sources: Sources = "footnotes") -> str:
    """A pack as plain text of lines of at most 78 characters, comments and sources at the end."""
    return _tidy(render("pack.txt.jinja", _view(pack, _NO_MEDIA, copy, sources)))


def _view(pack: Pack, media: Mapping[str, bytes], copy: Copy, sources: Sources) -> View:
    return view(reader_copy(pack) if copy == "reader" else pack, media, sources)


def _tidy(text: str) -> str:
    """Text with one empty line where templates left several, none at either end, and no white space at ends of lines."""
    return _GAPS.sub("\n\n", _TRAILING.sub("", text)).strip("\n") + "\n"
