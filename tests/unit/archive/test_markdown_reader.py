"""Markdown files in the archive."""

import datetime as dt

import pytest

from briefpack.archive import UNDATED, DateOrigin
from briefpack.archive.readers import markdown
from briefpack.archive.readers.base import Found
from briefpack.archive.structure import Sign
from briefpack.errors import UserError

PAPER = """\
Ferns in parks
==============

An opening with *stress*, `code` and
a [link](https://ferns.example).

## Background

The society asks for:

- shade
  - in summer
- water

  every day

1. first

> Ferns matter.
> - moss

| Park | Ferns |
|------|-------|
| Oldham | 12 |

Two lines\\
of one paragraph

    as typed
"""


def found(text: str) -> Found:
    (document,) = markdown.read(text.encode(), "name").documents
    return document


def test_what_is_marked_is_known():
    document = found(PAPER)
    assert document.title == "Ferns in parks"
    assert [(row.sign, row.level, row.line.text) for row in document.rows] == [
        (Sign.TEXT, 0, "An opening with stress, code and a link."),
        (Sign.HEADING, 0, "Background"),
        (Sign.TEXT, 0, "The society asks for:"),
        (Sign.BULLET, 0, "shade"),
        (Sign.BULLET, 1, "in summer"),
        (Sign.BULLET, 0, "water"),
        (Sign.TEXT, 0, "every day"),
        (Sign.BULLET, 0, "first"),
        (Sign.QUOTATION, 1, "Ferns matter."),
        (Sign.BULLET, 0, "moss"),
        (Sign.TEXT, 0, "Park | Ferns"),
        (Sign.TEXT, 0, "Oldham | 12"),
        (Sign.TEXT, 0, "Two lines"),
        (Sign.TEXT, 0, "of one paragraph"),
        (Sign.TEXT, 0, "as typed"),
    ]


def test_rows_lie_where_they_say_in_the_text_that_they_make():
    document = found(PAPER)
    rows = document.rows
    text = "\n".join([document.title, *(row.line.text for row in rows)])
    assert all(text[row.line.start : row.line.end] == row.line.text for row in rows)


@pytest.mark.parametrize("field", ["date: 2018-03-06", "published: '2018-03-06T10:00:00Z'", "Date: 6 March 2018"])
def test_front_matter_states_title_and_date(field):
    document = found(f'---\ntitle: "A fern plan"\n{field}\n---\n\n# Background\n\nFerns are old.\n')
    assert (document.title, document.stated.start, document.stated.origin) == (
        "A fern plan",
        dt.date(2018, 3, 6),
        DateOrigin.STATED,
    )
    assert [row.line.text for row in document.rows] == ["Background", "Ferns are old."]


def test_a_date_that_the_calendar_does_not_have_is_not_stated():
    assert found("---\ndate: 2018-02-31\n---\nFerns are old.\n").stated == UNDATED


def test_without_a_heading_the_file_names_it():
    assert found("Ferns are old.\n").title == "name"


def test_tags_of_html_are_not_words():
    assert [row.line.text for row in found("<div>\nFerns <b>are</b> old.\n</div>\n").rows] == ["Ferns are old."]


def test_what_the_parser_would_drop_is_refused_and_what_it_keeps_is_not():
    with pytest.raises(UserError, match="nested"):
        markdown.read(b"> " * 150 + b"Ferns are old.", "deep")
    (document,) = markdown.read(b"> " * 30 + b"Ferns are old.", "deep").documents
    assert [row.line.text for row in document.rows] == ["Ferns are old."]
