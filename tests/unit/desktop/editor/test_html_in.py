"""Foreign HTML on its way into a pack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.desktop.editor.html_in import LARGEST, read_html
from briefpack.desktop.editor.wording import as_html
from briefpack.pack.edits import Fragment
from briefpack.pack.model import Heading, ListItem, Paragraph, Quote, Table
from briefpack.pack.text import Mark, MarkKind, text
from tests.helpers.invariants import check_text

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style>
<xml><w:WordDocument/></xml></head><body lang=EN-GB>
<!--StartFragment-->
<h2>Lines to take<o:p></o:p></h2>
<p class=MsoNormal>We <b>welcome</b> the
report <i>of the <u>Forum</u></i>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>First bullet<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span></span><![endif]>Inner bullet</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span>1.<span>&nbsp;
</span></span><!--[endif]-->Numbered</p>
<p class=MsoNormal><ins cite="mailto:A">inserted</ins><del cite="mailto:A">deleted</del> word<span
class=MsoCommentReference><a href="#_msocom_1">[AB1]</a></span></p>
<p class=MsoNormal>&nbsp;</p>
<table><tr><th>Year</th><th>Grant</th></tr><tr><td><p>2025</p></td><td><p>12</p><p>million</p></td></tr></table>
<div style='mso-element:comment-list'><p>AB wrote this comment</p></div>
<!--EndFragment--></body></html>"""


def shapes(source):
    return [
        (type(block).__name__, getattr(block, "level", None), block.text.string) for block in read_html(source).blocks
    ]


def test_word():
    blocks = read_html(WORD).blocks
    assert [(type(b), getattr(b, "level", None), getattr(b, "ordered", None)) for b in blocks] == [
        (Heading, 2, None),
        (Paragraph, None, None),
        (ListItem, 0, False),
        (ListItem, 1, False),
        (ListItem, 0, True),
        (Paragraph, None, None),
        (Table, None, None),
    ]
    strings = [block.text.string for block in blocks[:-1]]
    assert strings == [
        "Lines to take", "We welcome the report of the Forum.", "First bullet", "Inner bullet", "Numbered", "inserted word",
    ]  # fmt: skip
    marks = {(blocks[1].text.string[m.start : m.end], m.kind) for m in blocks[1].text.marks}
    assert marks == {("welcome", MarkKind.BOLD), ("of the Forum", MarkKind.ITALIC), ("Forum", MarkKind.UNDERLINE)}
    table = blocks[-1]
    assert table.header
    assert [[cell.string for cell in row] for row in table.rows] == [["Year", "Grant"], ["2025", "12\nmillion"]]


def test_nested_lists_quotations_and_breaks():
    source = "<ul><li>one<ul><li>two</li></ul></li></ul><ol><li>three</ol><blockquote><p>said</p></blockquote>a<br>b"
    assert shapes(source) == [
        ("ListItem", 0, "one"),
        ("ListItem", 1, "two"),
        ("ListItem", 0, "three"),
        ("Quote", None, "said"),
        ("Paragraph", None, "a\nb"),
    ]


def test_only_links_that_lead_out_are_links():
    blocks = read_html(
        '<a href="https://example.org">a</a> <a href="javascript:x()">b</a> <a href="file:///etc">c</a>'
    ).blocks
    assert blocks[0].text == text("a b c", [Mark(0, 1, MarkKind.LINK, "https://example.org")])


def test_a_browsers_bold_that_is_not():
    assert read_html('<b style="font-weight:normal"><p>plain</p></b>').blocks[0].text.marks == ()


def test_pictures_scripts_and_hidden_words_stay_out():
    source = '<p>seen<img src="file:///etc/passwd"><script>x</script><span style="display:none">not</span></p>'
    assert shapes(source) == [("Paragraph", None, "seen")]


@pytest.mark.parametrize("source", ["", " ", "<p>", "\0", "<!-- only -->", "<table></table>", "<img src=x>"])
def test_nothing_in_it(source):
    assert read_html(source) == Fragment()


def test_too_large():
    with pytest.raises(ValueError, match="too large"):
        read_html("a" * (LARGEST + 1))


def test_deep_nesting_is_read_or_refused_but_never_fatal():
    assert len(read_html("<div>" * 50_000 + "deep" + "</div>" * 50_000).blocks) <= 1


@given(st.text(alphabet="<>/abipulothr=\"' &;1!-[]x", max_size=80))
def test_any_text_gives_sound_blocks(source):
    for block in read_html(source).blocks:
        for row in getattr(block, "rows", ()):
            for cell in row:
                check_text(cell)
        if hasattr(block, "text"):
            check_text(block.text)


def test_what_we_write_we_read():
    fragment = Fragment(
        (
            Heading(text=text("Title"), level=3),
            Paragraph(text=text("plain <b> & bold", [Mark(12, 16, MarkKind.BOLD)])),
            ListItem(text=text("one")),
            ListItem(text=text("inner"), level=1, ordered=True),
            ListItem(text=text("two")),
            Quote(text=text("said")),
            Table(rows=((text("a"), text("b")), (text("c"), text("d")))),
        )
    )
    back = read_html(as_html(fragment)).blocks
    assert [(type(b), getattr(b, "level", 0), getattr(b, "text", getattr(b, "rows", None))) for b in back] == [
        (type(b), getattr(b, "level", 0), getattr(b, "text", getattr(b, "rows", None))) for b in fragment.blocks
    ]
