"""What other programs put on the clipboard as HTML, each as it writes it."""

import pytest
from msgspec.structs import replace

from briefpack.desktop.editor.html_in import read_html
from briefpack.desktop.editor.wording import as_html
from briefpack.pack.edits import Fragment
from briefpack.pack.model import Heading, ListItem, PageBreak, Paragraph, Quote, Table
from briefpack.pack.text import Mark, MarkKind, text

OUTLOOK = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=EN-GB style='word-wrap:break-word'>
<!--StartFragment--><p class=MsoNormal>Dear Ada,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<ol style='margin-top:0cm' start=1 type=1><li class=MsoListParagraph style='margin-left:0cm;mso-list:l0 level1 lfo1'>
Send the plan<o:p></o:p></li></ol><ul style='margin-top:0cm' type=disc><ul style='margin-top:0cm' type=circle>
<li class=MsoListParagraph style='mso-list:l0 level2 lfo1'>to <a href="mailto:a@example.org"><u>Tom</u></a></li></ul></ul>
<p class=MsoIntenseQuote>They waited.</p><!--EndFragment--></body></html>"""

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
style="font-size:16pt;font-weight:400;white-space:pre-wrap;">Background</span></h2><p dir="ltr"><span
style="font-size:11pt;font-weight:700;">Low</span><span
style="font-size:11pt;font-weight:400;font-style:italic;"> water</span>
</p><ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>one</span></p></li><ul><li dir="ltr"
aria-level="2"><p dir="ltr" role="presentation"><span>two</span></p></li></ul></ul></b>"""

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{mso-ignore:padding}</style></head><body>
<table border=0 cellpadding=0><col width=64 span=3><!--StartFragment--><tr height=19><td class=xl65 style='font-weight:700'>
Year</td><td class=xl65 style='font-weight:700'>Grant</td><td style='font-weight:700'>Paid</td></tr><tr><td align=right>2025
</td><td colspan=2>&pound;12m</td></tr><!--EndFragment--></table></body></html>"""

LIBREOFFICE = """<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><body lang="en-GB" dir="ltr">
<ol><li><p style="line-height: 100%">first</p><ol type="a"><li><p>inner</p></li></ol></li><li><p>second</p></li></ol>
<p align="left"><font face="Liberation Serif, serif"><font size="3"
style="font-size: 12pt"><b>bold</b> words</font></font></p>
</body></html>"""

SIZES = """<html><body><p><b><span style='font-size:20.0pt'>Briefing on canals</span></b></p>
<p><span style='font-size:11.0pt'>Low water closed 412 miles of canal in 2025. Repairs were late.</span></p>
<p><span style='font-size:14.0pt'>Next steps</span></p><p><span style='font-size:11.0pt'>Meet in May.</span></p>
</body></html>"""


def shapes(source):
    return [
        (type(b).__name__, getattr(b, "level", None), getattr(b, "ordered", None), b.text.string)
        for b in read_html(source).blocks
    ]


def test_outlook():
    assert shapes(OUTLOOK) == [
        ("Paragraph", None, None, "Dear Ada,"),
        ("ListItem", 0, True, "Send the plan"),
        ("ListItem", 1, False, "to Tom"),
        ("Quote", None, None, "They waited."),
    ]
    assert read_html(OUTLOOK).blocks[2].text.marks == (Mark(3, 6, MarkKind.LINK, "mailto:a@example.org"),)


def test_google_docs():
    assert shapes(DOCS) == [
        ("Heading", 2, None, "Background"),
        ("Paragraph", None, None, "Low water"),
        ("ListItem", 0, False, "one"),
        ("ListItem", 1, False, "two"),
    ]
    assert read_html(DOCS).blocks[1].text.marks == (Mark(0, 3, MarkKind.BOLD), Mark(3, 9, MarkKind.ITALIC))


def test_excel():
    (table,) = read_html(EXCEL).blocks
    assert [[cell.string for cell in row] for row in table.rows] == [["Year", "Grant", "Paid"], ["2025", "£12m", ""]]
    assert table.header  # its first row is bold throughout


def test_libreoffice():
    assert shapes(LIBREOFFICE) == [
        ("ListItem", 0, True, "first"),
        ("ListItem", 1, True, "inner"),
        ("ListItem", 0, True, "second"),
        ("Paragraph", None, None, "bold words"),
    ]


def test_headings_by_the_size_of_their_letters_where_none_is_marked():
    assert shapes(SIZES) == [
        ("Heading", 1, None, "Briefing on canals"),
        ("Paragraph", None, None, "Low water closed 412 miles of canal in 2025. Repairs were late."),
        ("Heading", 2, None, "Next steps"),
        ("Paragraph", None, None, "Meet in May."),
    ]
    assert read_html(SIZES).blocks[0].text.marks == ()
    marked = SIZES.replace("<body>", "<body><h1>Title</h1>")
    assert [type(block) for block in read_html(marked).blocks[1:]] == [Paragraph] * 4


def test_a_table_that_lays_out_a_page_is_its_words():
    source = "<table><tr><td><p>one</p><ul><li>two</li></ul></td></tr><tr><td>three</td></tr></table>"
    assert [words for *_, words in shapes(source)] == ["one", "two", "three"]
    assert isinstance(read_html(source).blocks[1], ListItem)


def test_a_table_within_a_table_and_a_caption_lose_no_word():
    inner = "<table><tr><td>b</td><td>c</td></tr></table>"
    source = f"<table><caption>Grants</caption><tr><td>a</td><td>{inner}</td></tr></table>"
    caption, table = read_html(source).blocks
    assert caption.text == text("Grants")
    assert [[cell.string for cell in row] for row in table.rows] == [["a", "b\nc"]]


def test_a_page_break_is_one():
    blocks = read_html("<p>a</p><br clear=all style='page-break-before:always'><p>b<br>c</p>").blocks
    assert [type(block) for block in blocks] == [Paragraph, PageBreak, Paragraph]


@pytest.mark.parametrize(
    "style", ["font-size:.pt", "font-size:1.2.3pt", "font-size:999999999999999999999pt", "font-size:0px"]
)
def test_sizes_that_are_none(style):
    assert shapes(f"<p style='{style}'>a</p>") == [("Paragraph", None, None, "a")]


@pytest.mark.parametrize("span", ["0", "-1", "x", "99999", "³"])
def test_spans_that_are_none(span):
    assert len(read_html(f"<table><tr><td colspan='{span}'>a</td><td>b</td></tr></table>").blocks[0].rows[0]) <= 41


def test_what_we_copy_comes_back_the_same():
    fragment = Fragment(
        (
            Heading(text=text("Lines"), level=2),
            ListItem(text=text("one")),
            ListItem(text=text("two"), level=1, ordered=True),
            ListItem(text=text("three"), level=2),
            ListItem(text=text("four"), ordered=True),
            PageBreak(),
            Quote(text=text("said")),
            Table(rows=((text("a"), text("b")), (text("c", [Mark(0, 1, MarkKind.BOLD)]), text("d")))),
        )
    )

    back = read_html(as_html(fragment)).blocks
    assert [replace(found, id=block.id) for found, block in zip(back, fragment.blocks, strict=True)] == list(
        fragment.blocks
    )
