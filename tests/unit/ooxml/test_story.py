"""A Word document's text in reading order: nothing left out, every mark and place where it is."""

import pytest

from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from briefpack.ooxml.story import StoryTable, paragraphs
from briefpack.pack.text import MarkKind
from briefpack.pack.tracked import read_proposal
from tests.helpers.packs import chart_png
from tests.helpers.raw_docx import p, r, raw_docx, root


def read(*body, **parts):
    return read_document(open_package(raw_docx("".join(body), **parts), "a.docx"))


def words(*body, **parts):
    return [each.text.string for each in paragraphs(read(*body, **parts).story)]


def marks(paragraph, *kinds):
    """What marks stand on: the kind, the words and the value."""
    string = paragraph.text.string
    return [
        (m.kind.value, string[m.start : m.end], m.value) for m in paragraph.text.marks if not kinds or m.kind in kinds
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>", "a\tb\nc\nd"),
        ("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t><w:softHyphen/></w:r>", "non\u2011stop\u00ad"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "•✓"),
        ('<w:r><w:sym w:font="Odd" w:char="0041"/><w:sym w:font="Odd" w:char="xyz"/></w:r>', "A"),
        (f"<w:smartTag>{r('smart')}</w:smartTag><w:customXml>{r(' tag')}</w:customXml>", "smart tag"),
        (f"<w:sdt><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent>{r('in it')}</w:sdtContent></w:sdt>", "in it"),
        (f"<w:hyperlink w:anchor='there'>{r('link')}</w:hyperlink>", "link"),
        (f"<w:dir w:val='rtl'>{r('abc')}</w:dir>", "abc"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ("<w:r><w:t>line\nbroken</w:t></w:r>", "line broken"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "hidden"),
        (f"<w:ins w:id='1' w:author='A'><w:ins w:id='2' w:author='B'>{r('twice')}</w:ins></w:ins>", "twice"),
    ],
)  # fmt: skip
def test_every_kind_of_character_and_wrapper_is_read(content, said):
    assert words(p(content)) == [said]


def test_of_alternate_content_one_branch_is_read():
    both = f"<mc:Choice Requires='wps'>{r('new')}</mc:Choice><mc:Fallback>{r('old')}</mc:Fallback>"
    empty = f"<mc:Choice Requires='x'/><mc:Fallback>{r('old')}</mc:Fallback>"
    both, empty = (f"<mc:AlternateContent>{branches}</mc:AlternateContent>" for branches in (both, empty))
    assert words(p(both)) == ["new"]
    assert words(p(empty)) == ["old"]


def test_block_content_controls_and_loose_text_are_read():
    assert words(f"<w:sdt><w:sdtContent>{p('one')}{p('two')}</w:sdtContent></w:sdt>", r("loose"), p("three")) == [
        "one", "two", "loose", "three",
    ]  # fmt: skip


def boxed(content):
    """A text box as VML has it."""
    return f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


def test_text_boxes_follow_the_paragraph_that_they_stand_in():
    story = read(p("before ", boxed(p("in the box")), "after")).story
    assert [(each.text.string, each.boxed) for each in paragraphs(story)] == [
        ("before after", False),
        ("in the box", True),
    ]


def test_a_table_in_a_text_box_is_read():
    table = f"<w:tbl><w:tr><w:tc>{p('cell')}</w:tc></w:tr></w:tbl>"
    assert words(p("a", boxed(p("box") + table)), p("b")) == ["a", "box", "cell", "b"]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def test_of_fields_the_result_is_read_and_links_are_links():
    [page, link, simple] = read(
        p("Page ", FIELD.format(code="PAGE", result=r("7")), " of"),
        p(FIELD.format(code=' HYPERLINK "https://example.org/a" ', result=r("site")), " and"),
        p(f"<w:fldSimple w:instr='HYPERLINK &quot;https://example.org/b&quot;'>{r('other')}</w:fldSimple>"),
    ).story
    assert page.text.string == "Page 7 of"
    assert marks(link) == [("link", "site", "https://example.org/a")]
    assert marks(simple) == [("link", "other", "https://example.org/b")]


def test_nested_fields_hide_only_codes():
    inner = FIELD.format(code="DATE", result=r("in code"))
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + inner + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("result") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip
    assert words(p(outer)) == ["result"]


def test_a_field_that_never_ends_hides_nothing():
    assert words(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "all of it"), p("is kept")) == [
        "all of it",
        "is kept",
    ]


def test_links_lead_where_their_relationship_says():
    [paragraph] = read(
        p(f'<w:hyperlink r:id="link0">{r("here")}</w:hyperlink>', " not"), links=["https://example.org"]
    ).story
    assert marks(paragraph) == [("link", "here", "https://example.org")]


def style(identifier, name, inner="", kind="paragraph"):
    return f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/>{inner}</w:style>'


STYLES = root(
    "w:styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + style("berschrift1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>')
    + style("Own", "Own", '<w:basedOn w:val="berschrift1"/>')
    + style("H3", "Heading 3")
    + style("Loop", "Loop", '<w:basedOn w:val="Loop"/>')
    + style("Strap", "Strap", "<w:rPr><w:b/></w:rPr>")
    + style("LB2", "List Bullet 2")
    + style("Numbered", "Numbered", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>')
    + style("Strong", "Strong", "<w:rPr><w:b/></w:rPr>", "character")
    + style("Hyperlink", "Hyperlink", '<w:rPr><w:u w:val="single"/></w:rPr>', "character"),
)


def level(number, shape):
    return f'<w:lvl w:ilvl="{number}"><w:numFmt w:val="{shape}"/></w:lvl>'


NUMBERING = root(
    "w:numbering",
    f'<w:abstractNum w:abstractNumId="0">{level(0, "bullet")}{level(1, "lowerLetter")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman")}</w:lvlOverride></w:num>',
)


@pytest.mark.parametrize(
    ("name", "properties", "expected"),
    [("berschrift1", "", 1), ("Own", "", 1), ("H3", "", 3), ("Normal", "", None), ("Loop", "", None), ("", "", None),
     ("Normal", '<w:outlineLvl w:val="1"/>', 2), ("berschrift1", '<w:outlineLvl w:val="9"/>', None), ("gone", "", None)],
)  # fmt: skip
def test_heading_levels_come_from_styles_and_outline_levels(name, properties, expected):
    [paragraph] = read(p("x", style=name, properties=properties), styles=STYLES).story
    assert paragraph.heading == expected


def in_list(number, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


@pytest.mark.parametrize(
    ("name", "properties", "place"),
    [("", in_list(1), (0, False)), ("", in_list(1, 1), (1, True)), ("", in_list(2), (0, True)), ("", in_list(3), (0, True)),
     ("LB2", "", (1, False)), ("Numbered", "", (0, True)), ("Numbered", in_list(0), None), ("", "", None),
     ("", in_list(99), (0, False)), ("", in_list(1, 40), (8, False))],
)  # fmt: skip
def test_list_places_come_from_numbering_and_styles(name, properties, place):
    [paragraph] = read(p("x", style=name, properties=properties), styles=STYLES, numbering=NUMBERING).story
    assert (paragraph.place and (paragraph.place.level, paragraph.place.ordered)) == place


def test_formats_of_runs_and_of_character_styles_are_marks():
    [paragraph] = read(
        p(r("a", "<w:b/>"), r("b", "<w:i/><w:u w:val='single'/>"), r("c", "<w:b w:val='0'/>"), r("d", "<w:u w:val='none'/>"),
          r("e", "<w:strike/>"), r("f", "<w:highlight w:val='green'/>"), r("g", "<w:rStyle w:val='Strong'/>"),
          r("h", "<w:rStyle w:val='Strong'/><w:b w:val='false'/>")),
        styles=STYLES,
    ).story  # fmt: skip
    assert set(marks(paragraph)) == {
        ("bold", "a", ""), ("italic", "b", ""), ("underline", "b", ""), ("strike", "e", ""), ("highlight", "f", "green"),
        ("bold", "g", ""),
    }  # fmt: skip


def test_a_link_is_not_underlined_by_its_style():
    [paragraph] = read(
        p('<w:hyperlink r:id="link0">', r("here", '<w:rStyle w:val="Hyperlink"/>'), "</w:hyperlink>"),
        styles=STYLES,
        links=["https://example.org"],
    ).story
    assert [kind for kind, _, _ in marks(paragraph)] == ["link"]


def test_what_the_style_makes_bold_is_told_apart():
    [paragraph] = read(p("all ", r("but", "<w:b w:val='0'/>"), " this", style="Strap"), styles=STYLES).story
    assert paragraph.text.marks == ()
    assert [(m.start, m.end, m.kind) for m in paragraph.by_style] == [(0, 4, MarkKind.BOLD), (7, 12, MarkKind.BOLD)]


def test_tracked_changes_are_marks_with_their_authors():
    [paragraph, moved] = read(
        p("kept ", f"<w:ins w:id='1' w:author='Ada' w:date='2020-03-17T09:00:00Z'>{r('new ')}</w:ins>",
          f"<w:del w:id='2' w:author='Bo'>{r('old', tag='w:delText')}</w:del>"),
        p(f"<w:moveFrom w:id='3' w:author='Cy'>{r('here')}</w:moveFrom>",
          f"<w:moveTo w:id='4' w:author='Cy'>{r('there')}</w:moveTo>"),
    ).story  # fmt: skip
    assert paragraph.text.string == "kept new old"
    [(kind, said, value), other] = marks(paragraph)
    assert (kind, said) == ("insertion", "new ")
    assert read_proposal(value).author == "Ada"
    assert str(read_proposal(value).time) == "2020-03-17 09:00:00"
    assert (other[0], other[1], read_proposal(other[2]).author, read_proposal(other[2]).time) == (
        "deletion",
        "old",
        "Bo",
        None,
    )
    assert {(kind, said) for kind, said, _ in marks(moved)} == {("deletion", "here"), ("insertion", "there")}


def test_a_change_within_a_change_is_both():
    [paragraph] = read(
        p(
            f"<w:ins w:id='1' w:author='A'>{r('a')}<w:del w:id='2' w:author='B'>{r('b', tag='w:delText')}</w:del></w:ins>"
        )
    ).story
    assert [(kind, said) for kind, said, _ in marks(paragraph)] == [("insertion", "ab"), ("deletion", "b")]


def test_what_was_proposed_for_the_end_of_a_paragraph_and_for_rows_is_there():
    read_ = read(
        p("first", properties="<w:rPr><w:del w:id='1' w:author='A'/></w:rPr>"),
        p("second", properties="<w:rPr><w:ins w:id='2' w:author='B'/></w:rPr>"),
        f"<w:tbl><w:tr><w:trPr><w:del w:id='3' w:author='C'/></w:trPr><w:tc>{p('x')}</w:tc></w:tr></w:tbl>",
    ).story
    assert read_[0].deleted.author == "A"
    assert read_[1].inserted.author == "B"
    assert read_[2].rows[0].deleted.author == "C"


def test_old_properties_in_a_tracked_format_change_count_for_nothing():
    change = '<w:pPrChange w:id="1" w:author="A"><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr></w:pPrChange>'
    bold = r("x", "<w:rPrChange w:id='2' w:author='A'><w:rPr><w:b/></w:rPr></w:rPrChange>")
    [paragraph] = read(p(bold, properties=change), styles=STYLES).story
    assert paragraph.heading is None
    assert paragraph.text.marks == ()


def test_tables_have_spans_merged_cells_header_rows_and_nested_tables():
    nested = f"<w:tbl><w:tr><w:tc>{p('inner')}</w:tc></w:tr></w:tbl>"
    [table] = read(
        "<w:tbl><w:tblPr><w:tblStyle w:val='Grid'/></w:tblPr>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('wide')}</w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('')}</w:tc><w:tc>{nested}{p('last')}</w:tc></w:tr></w:tbl>"
    ).story
    assert isinstance(table, StoryTable)
    assert table.style == "Grid"
    assert table.rows[0].header
    assert table.rows[0].cells[0].span == 2
    assert table.rows[1].cells[0].continued
    assert isinstance(table.rows[1].cells[1].items[0], StoryTable)
    assert [each.text.string for each in paragraphs([table])] == ["wide", "", "inner", "last"]


def test_pictures_have_their_part_words_and_width():
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="3600000" cy="1"/><wp:docPr id="1" name="Picture 1" descr="A chart"/>'
        '<a:graphic><a:graphicData><a:blip r:embed="image"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    shape = '<v:shape style="width:72pt;height:9pt" alt="Old"><v:imagedata r:id="image"/></v:shape>'
    old = f"<w:r><w:pict>{shape}</w:pict></w:r>"
    [paragraph, second, outside] = read(
        p("see ", drawing), p(old), p('<w:r><w:drawing><a:blip r:link="link0"/></w:drawing></w:r>'),
        image=chart_png(300, 140), links=["https://example.org/x.png"],
    ).story  # fmt: skip
    [picture] = paragraph.pictures
    assert (picture.offset, picture.part, picture.alt, picture.width_mm) == (4, "word/media/image.png", "A chart", 100)
    assert (second.pictures[0].alt, second.pictures[0].width_mm) == ("Old", 25.4)
    assert outside.pictures[0].part == ""


def test_bookmarks_page_breaks_and_notes_have_their_places():
    read_ = read(
        '<w:bookmarkStart w:id="1" w:name="_between"/>',
        p('<w:bookmarkStart w:id="2" w:name="_in"/>', "one", '<w:r><w:br w:type="page"/></w:r>', "two",
          '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        p("three", properties="<w:pageBreakBefore/>"),
        footnotes=root("w:footnotes", f'<w:footnote w:type="separator" w:id="-1">{p("")}</w:footnote>'
                                      f'<w:footnote w:id="2">{p("The source.")}</w:footnote>'),
    )  # fmt: skip
    first, second = read_.story
    assert first.bookmarks == ("_between", "_in")
    assert first.page_breaks == (3,)
    assert (first.footnotes[0].offset, first.footnotes[0].id) == (6, "2")
    assert second.page_breaks == (0,)
    assert [each.text.string for each in paragraphs(read_.footnotes["2"])] == ["The source."]
    assert read_.footnotes.keys() == {"2"}


def test_headers_and_footers_are_furniture():
    read_ = read(p("x"), header=root("w:hdr", p("OFFICIAL") + p("") + p("OFFICIAL")), footer=root("w:ftr", p("Page 1")))
    assert {each.text.string for each in read_.furniture} == {"OFFICIAL", "Page 1"}


def test_what_cannot_be_read_is_told():
    assert any("embedded" in note for note in read('<w:altChunk r:id="x"/>', p("x")).notes)
