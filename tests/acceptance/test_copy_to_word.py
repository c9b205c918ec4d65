"""What is copied from the document arrives in a word processor with its headings, lists, bold and tables."""

from io import BytesIO

import docx
import pytest

from briefpack.desktop.editor.wording import as_html
from briefpack.pack.edits import Fragment
from briefpack.pack.model import Heading, ListItem, Paragraph, Quote, Table
from briefpack.pack.text import Mark, MarkKind, text
from tests.helpers.office import convert

COPIED = Fragment(
    (
        Heading(text=text("Lines to take"), level=2),
        Paragraph(text=text("We welcome the report — “all of it”.", [Mark(3, 10, MarkKind.BOLD)])),
        ListItem(text=text("one")),
        ListItem(text=text("inner"), level=1),
        ListItem(text=text("two")),
        ListItem(text=text("first"), ordered=True),
        ListItem(text=text("second"), ordered=True),
        Quote(text=text("said")),
        Table(rows=((text("Year"), text("Grant")), (text("2025"), text("£12m")))),
    )
)


@pytest.fixture(scope="module")
def arrived():
    """The copy's HTML, opened in LibreOffice's writer and saved as a Word file."""
    odt = convert(as_html(COPIED).encode(), ".html", "odt")
    return docx.Document(BytesIO(convert(odt, ".odt", "docx")))


def test_headings_bold_and_lists_arrive(arrived):
    found = []
    for paragraph in arrived.paragraphs:
        numbered = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if paragraph.text:
            found.append((paragraph.text, None if numbered is None else (numbered.ilvl.val, numbered.numId.val)))
    lists = [number for _, number in found[2:7]]
    assert [words for words, _ in found] == [
        *("Lines to take", "We welcome the report — “all of it”.", "one", "inner", "two", "first", "second", "said"),
    ]
    assert arrived.paragraphs[0].style.name == "Heading 2"
    assert [number[0] for number in lists] == [0, 1, 0, 0, 0]
    assert lists[0][1] == lists[2][1] != lists[3][1] == lists[4][1]
    assert [run.text for run in arrived.paragraphs[1].runs if run.bold] == ["welcome"]


def test_tables_arrive(arrived):
    (table,) = arrived.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Year", "Grant"], ["2025", "£12m"]]
