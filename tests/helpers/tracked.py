"""Tracked changes as Word writes them, piece by piece; see :mod:`tests.helpers.raw_docx`."""

import itertools

from tests.helpers.raw_docx import r

_ids = itertools.count(1000)
WHEN = "2031-01-01T09:00:00Z"


def change(tag, author="A", date=WHEN, inner=""):
    """The element of a change that stands in properties."""
    return f'<w:{tag} w:id="{next(_ids)}" w:author="{author}" w:date="{date}">{inner}</w:{tag}>'


def inserted(*content, date=WHEN, author="A"):
    """Words, or XML, that were put in; a second plain word is the author."""
    return _around("ins", content, date, author, "w:t")


def deleted(*content, date=WHEN, author="A"):
    """Words, or XML, that were taken out."""
    return _around("del", content, date, author, "w:delText")


def moved_from(*content, date=WHEN, author="A"):
    """Words where they were."""
    return _around("moveFrom", content, date, author, "w:t")


def moved_to(*content, date=WHEN, author="A"):
    """Words where they are now."""
    return _around("moveTo", content, date, author, "w:t")


def _around(tag, content, date, author, text):
    words, *rest = content
    if rest and not rest[0].startswith("<"):
        author, *rest = rest
    if rest and not rest[0].startswith("<"):
        date, *rest = rest
    inner = "".join([words if words.startswith("<") else r(words, tag=text), *rest])
    return change(tag, author, date, inner)


def end(tag, author="A", date=WHEN):
    """Paragraph properties in which the end of the paragraph was put in (``ins``), taken out (``del``) or moved."""
    return f"<w:rPr>{change(tag, author, date)}</w:rPr>"


def mark(tag, number, name=""):
    """The start or end of the range of a move."""
    named = f' w:name="{name}"' if name else ""
    return f'<w:{tag} w:id="{number}"{named}/>'


def table(*rows, properties=""):
    """A table; its properties and grid are XML."""
    return f"<w:tbl>{properties}{''.join(rows)}</w:tbl>"


def row(*cells, properties=""):
    """A row."""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def cell(content, properties=""):
    """A cell with blocks in it."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"
