"""Any Word file becomes a pack: what it says is kept, where it stands is kept, and what is lost is told."""

from xml.sax.saxutils import escape

import hypothesis.strategies as st
from hypothesis import given, settings

from briefpack.pack.anchors import spans, words_at
from briefpack.pack.model import Biography, Heading, Image, ListItem, MeetingDetails, PageBreak, Paragraph, Quote, Table
from briefpack.pack.roles import Role
from briefpack.pack.text import MarkKind, clean
from briefpack.pack.tracked import read_proposal
from briefpack.word.import_briefing import import_docx
from tests.helpers.accounting import unaccounted
from tests.helpers.packs import chart_png, portrait_jpg
from tests.helpers.raw_docx import p, r, raw_docx, root

STYLES = root(
    "w:styles",
    "".join(
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/></w:style>'
        for identifier, name in [
            ("H1", "heading 1"), ("H2", "heading 2"), ("H3", "heading 3"), ("Title", "Title"), ("LB", "List Bullet"),
            ("LB2", "List Bullet 2"), ("LN", "List Number"), ("Quote", "Quote"), ("TOC1", "toc 1"),
        ]
    ),
)  # fmt: skip
PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{alt}"/><a:blip r:embed="image"/></wp:inline>'
    "</w:drawing></w:r>"
)


def read(*body, **parts):
    return import_docx(raw_docx("".join(body), styles=STYLES, **parts), "a.docx")


def table(*rows):
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def kinds(imported):
    return [type(block).__name__ for block in imported.pack.body]


def test_styles_make_title_headings_lists_and_quotes():
    imported = read(
        p("Meeting with the Harbour Board", style="Title"),
        p("Date: 3 May 2031"),
        p("Agenda", style="H1"), p("Fares – Lines to take", style="H2"), p("Say it.", style="LB"), p("Softly.", style="LB2"),
        p("Ships", style="H2"), p("First.", style="LN"), p("They said so.", style="Quote"), p("Text."),
    )  # fmt: skip
    pack = imported.pack
    assert pack.meeting.title == "Meeting with the Harbour Board"
    assert str(pack.meeting.date) == "2031-05-03"
    assert [(b.level, b.role, b.text.string) for b in pack.body if isinstance(b, Heading)] == [
        (1, Role.AGENDA, "Agenda"), (2, Role.ITEM, "Fares"), (3, Role.LINES, "Lines to take"), (2, Role.ITEM, "Ships"),
    ]  # fmt: skip
    assert [(b.level, b.ordered) for b in pack.body if isinstance(b, ListItem)] == [(0, False), (1, False), (0, True)]
    assert [b.text.string for b in pack.body if isinstance(b, Quote)] == ["They said so."]
    assert isinstance(pack.body[-1], Paragraph)


def test_details_in_a_table_and_people_on_lines_of_their_own():
    imported = read(
        table(
            (p("Date"), p("18/03/2031")),
            (p("Venue:"), p("Room 2")),
            (p("External attendees"), p("Ada Byrne, Chair, Harbour Board") + p("Bo Lund")),
            (p("Officials needed"), p("Two")),
        ),
        p("Background", style="H1"),
        p("Text."),
    )
    pack = imported.pack
    assert (str(pack.meeting.date), pack.meeting.place) == ("2031-03-18", "Room 2")
    assert [(q.name, q.role, q.organisation, q.side) for q in pack.people] == [
        ("Ada Byrne", "Chair", "Harbour Board", "outside"), ("Bo Lund", "", "", "outside"),
    ]  # fmt: skip
    kept = next(block for block in pack.body if isinstance(block, Table))
    assert [[cell.string for cell in row] for row in kept.rows] == [["Officials needed", "Two"]]


def test_tracked_changes_become_marks():
    change = f"<w:ins w:id='1' w:author='Ada' w:date='2031-03-17T09:00:00Z'>{r('new')}</w:ins>"
    body = read(p("Background", style="H1"), p("some ", change, " words")).pack.body
    [mark] = body[-1].text.marks
    assert (mark.kind, body[-1].text.string[mark.start : mark.end]) == (MarkKind.INSERTION, "new")
    assert read_proposal(mark.value).author == "Ada"


def test_a_deleted_row_is_marked_and_a_deleted_paragraph_end_is_told():
    row = f"<w:tr><w:trPr><w:del w:id='1' w:author='Ada'/></w:trPr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
    imported = read(
        p("Background", style="H1"),
        f"<w:tbl>{row}</w:tbl>",
        p("one", properties="<w:rPr><w:del w:id='2' w:author='Ada'/></w:rPr>"),
    )
    [kept] = [block for block in imported.pack.body if isinstance(block, Table)]
    assert {mark.kind for cell in kept.rows[0] for mark in cell.marks} == {MarkKind.DELETION}
    assert any("end of a paragraph" in note for note in imported.notes)


def note(number, words):
    return f'<w:comment w:id="{number}" w:author="Ada Byrne" w:initials="AB">{p(words)}</w:comment>'


def test_comments_without_words_stand_on_the_word_they_touch_and_others_are_told():
    field = p("Date: 3 May 2031", '<w:commentRangeStart w:id="1"/>', " ", '<w:commentRangeEnd w:id="1"/>')
    imported = read(
        field.replace("Date", '</w:t></w:r><w:commentRangeStart w:id="2"/><w:r><w:t>Date'),
        p("Background", style="H1"),
        p("one two", '<w:r><w:commentReference w:id="0"/></w:r>', " three"),
        comments=root("w:comments", note(0, "here") + note(2, "on the date") + note(7, "nowhere")),
    )
    pack = imported.pack
    places = spans(pack, MarkKind.COMMENT)
    said = {c.text: words_at(pack, places[c.id]) if c.id in places else None for c in pack.comments}
    assert said["here"] == "two"
    assert said["nowhere"] is None


def test_a_comment_on_a_field_is_kept_and_told():
    imported = read(
        p('<w:commentRangeStart w:id="0"/>', "Date: 3 May 2031", '<w:commentRangeEnd w:id="0"/>'),
        p("Background", style="H1"),
        p("Text."),
        comments=root("w:comments", note(0, "check the day")),
    )
    assert [c.text for c in imported.pack.comments] == ["check the day"]
    assert not spans(imported.pack, MarkKind.COMMENT)
    assert any("check the day" in said for said in imported.notes)


def test_footnotes_are_put_into_the_text():
    imported = read(
        p("Background", style="H1"),
        p("A fact", '<w:r><w:footnoteReference w:id="2"/></w:r>', "."),
        footnotes=root("w:footnotes", f'<w:footnote w:id="2">{p("The 2030 report.")}</w:footnote>'),
    )
    assert imported.pack.body[-1].text.string == "A fact [The 2030 report.]."
    assert any("Footnotes" in said for said in imported.notes)


def test_pictures_are_adopted_with_their_words_and_page_breaks_kept():
    imported = read(
        p("Background", style="H1"),
        p("Before", PICTURE.format(alt="A chart")),
        p('<w:r><w:br w:type="page"/></w:r>', "after"),
        image=chart_png(300, 140),
    )
    assert kinds(imported) == ["MeetingDetails", "Heading", "Paragraph", "Image", "PageBreak", "Paragraph"]
    [picture] = [block for block in imported.pack.body if isinstance(block, Image)]
    assert picture.alt == "A chart"
    assert picture.media in imported.media
    assert imported.media[picture.media].startswith(b"\x89PNG")


def test_a_picture_that_is_none_is_left_out_and_told():
    imported = read(p("Background", style="H1"), p("Text", PICTURE.format(alt="x")), image=b"not a picture")
    assert not any(isinstance(block, Image) for block in imported.pack.body)
    assert any("image.png" in said for said in imported.notes)


def test_a_table_of_biographies_gives_people_with_photographs():
    imported = read(
        p("Annex A: Biographies", style="H1"),
        table(
            (p("Photo"), p("Biography")),
            (p(PICTURE.format(alt="")), p("Ada Byrne, Chair, Harbour Board") + p("Likes boats.", style="LB")),
            (p(""), p("Bo Lund") + p("Was chair.", style="LB")),
        ),
        image=portrait_jpg(),
    )
    first, second = (block for block in imported.pack.body if isinstance(block, Biography))
    assert [imported.pack.person(each.person).name for each in (first, second)] == ["Ada Byrne", "Bo Lund"]
    assert first.photo in imported.media
    assert second.photo == ""
    assert [point.string for point in first.points] == ["Likes boats."]


def test_a_box_round_text_is_no_table_and_merged_cells_stand_where_they_begin():
    wide = f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('wide')}</w:tc>"
    imported = read(
        p("Background", style="H1"),
        table((p("boxed") + p("text"),)),
        f"<w:tbl><w:tr>{wide}</w:tr><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>",
    )
    assert kinds(imported) == ["MeetingDetails", "Heading", "Paragraph", "Paragraph", "Table"]
    rows = imported.pack.body[-1].rows
    assert [[cell.string for cell in row] for row in rows] == [["wide", ""], ["a", "b"]]


def test_the_marking_comes_from_the_header_and_other_furniture_is_told():
    imported = read(
        p("Background", style="H1"), p("Text."),
        header=root("w:hdr", p("OFFICIAL-SENSITIVE") + p("Ports Division")), footer=root("w:ftr", p("Page 1 of 2")),
    )  # fmt: skip
    assert imported.pack.meeting.marking == "OFFICIAL-SENSITIVE"
    told = [said for said in imported.notes if "header or footer" in said]
    assert len(told) == 1
    assert "Ports Division" in told[0]


def test_hidden_text_is_kept_and_told_and_a_table_of_contents_is_left_out():
    imported = read(p("Background 3", style="TOC1"), p("Background", style="H1"), p(r("secret", "<w:vanish/>")))
    assert kinds(imported) == ["MeetingDetails", "Heading", "Paragraph"]
    assert any("Hidden" in said for said in imported.notes)


def test_a_recovered_file_is_said_to_be():
    torn = "<w:p><w:ins w:id='1' w:author='A'><w:r><w:t>kept</w:t></w:ins></w:r></w:p>"
    imported = import_docx(raw_docx(torn), "a.docx")
    assert any("recovered" in said for said in imported.notes)


def test_fields_on_lines_of_one_paragraph_are_fields():
    lines = "<w:r><w:t>Date: 3 May 2031</w:t><w:br/><w:t>From: NR</w:t></w:r>"
    imported = read(p(lines), p("Background", style="H1"))
    assert (str(imported.pack.meeting.date), imported.pack.meeting.sender) == ("2031-05-03", "NR")


def test_an_empty_document_is_an_empty_pack():
    imported = read()
    assert [type(block) for block in imported.pack.body] == [MeetingDetails]


_PIECES = st.sampled_from(
    ["Date: 3 May 2031", "Attendees:", "Background", "Lines to take", "MEETING", "Ada Byrne, Chair"]
)
_WORDS = st.one_of(_PIECES, st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)).map(
    clean
)
_STYLES = st.sampled_from(["", "H1", "H2", "Title", "LB", "LB2", "LN", "Quote"])
_PARAGRAPHS = st.tuples(_WORDS, _STYLES, st.sampled_from(["", "<w:b/>"]), st.booleans())


@settings(max_examples=60)
@given(st.lists(_PARAGRAPHS, max_size=12))
def test_no_letter_of_any_document_is_lost_or_invented(described):
    made = []
    for words, style, properties, in_table in described:
        paragraph = p(r(escape(words), properties), style=style)
        other = p(r("x", properties), style=style)
        made.append(table((paragraph, p("")), (p(""), other)) if in_table else paragraph)
    imported = read(*made)
    source = "".join(words + ("x" if in_table else "") for words, _, _, in_table in described)
    lost, invented = unaccounted(source, imported)
    assert not lost
    assert not invented


def test_page_breaks_alone_are_page_breaks():
    imported = read(
        p("Background", style="H1"), p('<w:r><w:br w:type="page"/></w:r>'), p("x", properties="<w:pageBreakBefore/>")
    )
    assert [type(b) for b in imported.pack.body[2:]] == [PageBreak, PageBreak, Paragraph]
