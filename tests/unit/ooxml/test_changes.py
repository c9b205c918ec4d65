"""Tracked changes as a person would count them, from what Word and LibreOffice write."""

import datetime as dt

import pytest

from briefpack.ooxml.document import read_document
from briefpack.ooxml.grouping import changes_of
from briefpack.ooxml.package import open_package
from briefpack.ooxml.story import RevisionKind, paragraphs
from tests.helpers.raw_docx import p, r, raw_docx, root
from tests.helpers.tracked import cell, change, deleted, end, inserted, mark, moved_from, moved_to, row, table


def read(*body, **parts):
    return read_document(open_package(raw_docx("".join(body), **parts), "a.docx"))


def told(*body, **parts):
    """Each change as its kind, and the words before and after."""
    return [(c.kind.value, c.before, c.after) for c in changes_of(read(*body, **parts).stories)]


POINTS = '<w:commentRangeStart w:id="0"/><w:bookmarkStart w:id="9" w:name="x"/><w:bookmarkEnd w:id="9"/>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([p("a ", inserted("new"), " b")], [("insertion", "", "new")]),
        ([p("a ", deleted("old"), " b")], [("deletion", "old", "")]),
        ([p("a ", deleted("old"), inserted("new"), " b")], [("replacement", "old", "new")]),
        ([p("a ", inserted("new"), deleted("old"), " b")], [("replacement", "old", "new")]),
        ([p(deleted("o"), deleted("l"), inserted("n"), deleted("d"), inserted("ew"))], [("replacement", "old", "new")]),
        ([p(deleted("old"), POINTS, inserted("new"))], [("replacement", "old", "new")]),
        ([p(deleted("old"), " ", inserted("new"))], [("deletion", "old", ""), ("insertion", "", "new")]),
        ([p(deleted("old", "A"), inserted("new", "B"))], [("deletion", "old", ""), ("insertion", "", "new")]),
        ([p(inserted("one ", date="2031-01-01T09:00:00Z"), inserted("two", date="2031-01-01T09:05:00Z"))],
         [("insertion", "", "one two")]),
        ([p(inserted("a", r("b") + deleted("c", "B") + r("d")))], [("insertion", "", "abcd"), ("deletion", "c", "")]),
        ([p(inserted("a") + inserted(deleted("b")) + inserted("c"))], [("insertion", "", "abc"), ("deletion", "b", "")]),
    ],
)  # fmt: skip
def test_words_side_by_side_by_one_author_are_one_edit(body, expected):
    assert told(*body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a whole paragraph put in: before the text of the next, and as Enter at the end of the last makes it
        ([p("one"), p(inserted("new"), properties=end("ins")), p("two")], [("insertion", "", "new")]),
        ([p("one", properties=end("ins")), p(inserted("new")), p("two")], [("insertion", "", "new")]),
        ([p("one"), p(inserted("a"), properties=end("ins")), p(inserted("b"), properties=end("ins")), p("two")],
         [("insertion", "", "a\nb")]),
        ([p("one"), p(deleted("old"), properties=end("del")), p("two")], [("deletion", "old", "")]),
        ([p("one ", deleted("x"), properties=end("del")), p(deleted("y"), " two")], [("deletion", "x\ny", "")]),
        # one replaced by another
        ([p(deleted("old"), properties=end("del")), p(inserted("new"), properties=end("ins")), p("two")],
         [("replacement", "old", "new")]),
        # a whole one put in before one of which the beginning was changed
        ([p(inserted("new"), properties=end("ins")), p(inserted("However, "), "two")],
         [("insertion", "", "new"), ("insertion", "", "However, ")]),
        ([p(deleted("old"), properties=end("del")), p(deleted("However, "), "two")],
         [("deletion", "old", ""), ("deletion", "However, ", "")]),
        # split and joined
        ([p("one. ", properties=end("ins")), p("two.")], [("paragraph", "one. two.", "one. \ntwo.")]),
        ([p("one. ", properties=end("del")), p("two.")], [("paragraph", "one. \ntwo.", "one. two.")]),
        ([p("", properties=end("ins")), p("two.")], [("paragraph", "two.", "\ntwo.")]),
        # ends of two paragraphs that follow each other in no flow
        ([p(inserted("a")), table(row(cell(p("x")))), p(inserted("b"))], [("insertion", "", "a"), ("insertion", "", "b")]),
    ],
)  # fmt: skip
def test_paragraphs_put_in_taken_out_split_and_joined(body, expected):
    assert told(*body) == expected


def test_a_moved_paragraph_is_one_move_and_what_was_edited_in_it_is_told_too():
    here = p(mark("moveFromRangeStart", 1, "m"), moved_from("old text"), properties=end("moveFrom"))
    there = p(
        mark("moveToRangeStart", 2, "m"), moved_to("old ", inserted("new ") + r("text")), properties=end("moveTo")
    )
    body = [p("a"), here, mark("moveFromRangeEnd", 1), p("b"), there, mark("moveToRangeEnd", 2), p("c")]
    assert told(*body) == [("move", "old text", "old new text"), ("insertion", "", "new ")]


def test_several_moved_paragraphs_are_one_move():
    body = [
        p(mark("moveFromRangeStart", 1, "m"), moved_from("one"), properties=end("moveFrom")),
        p(moved_from("two"), properties=end("moveFrom")),
        mark("moveFromRangeEnd", 1),
        p("stays"),
        p(mark("moveToRangeStart", 2, "m"), moved_to("one"), properties=end("moveTo")),
        p(moved_to("two"), properties=end("moveTo")),
        mark("moveToRangeEnd", 2),
        p("end"),
    ]
    assert told(*body) == [("move", "one\ntwo", "one\ntwo")]


def test_a_range_that_begins_inside_the_first_moved_piece_names_that_too():
    """As LibreOffice writes the moves of a file that Word wrote, where the moved words have several formats."""
    here = p(
        moved_from(mark("moveFromRangeStart", 1, "m"), r("old ")),
        moved_from("text"),
        mark("moveFromRangeEnd", 1),
        properties=end("moveFrom"),
    )
    there = p(
        moved_to(mark("moveToRangeStart", 2, "m"), r("old text")),
        mark("moveToRangeEnd", 2),
        properties=end("moveTo"),
    )
    assert told(p("a"), here, p("b"), there, p("c")) == [("move", "old text", "old text")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([p(mark("moveFromRangeStart", 1, "m"), moved_from("gone"), mark("moveFromRangeEnd", 1), "x")],
         [("deletion", "gone", "")]),
        ([p(mark("moveToRangeStart", 1, "m"), moved_to("new"), mark("moveToRangeEnd", 1), "x")],
         [("insertion", "", "new")]),
        ([p(moved_from("gone"), "x"), p(moved_to("new"))], [("deletion", "gone", ""), ("insertion", "", "new")]),
        ([p(moved_from("same"), "x"), p(moved_to("same", "B"))], [("deletion", "same", ""), ("insertion", "", "same")]),
        ([p(mark("moveFromRangeStart", 1, "m"), moved_from("a"), mark("moveFromRangeEnd", 1)),
          p(mark("moveToRangeStart", 1, "n"), moved_to("b"), mark("moveToRangeEnd", 1))],
         [("deletion", "a", ""), ("insertion", "", "b")]),
    ],
)  # fmt: skip
def test_one_side_of_a_move_is_an_insertion_or_deletion(body, expected):
    assert told(*body) == expected


def test_a_move_without_a_name_is_told_by_its_words():
    """As LibreOffice writes it, two paragraphs moved apart from each other; one of them was then edited."""
    body = [
        p(moved_to("one ", inserted("more ") + r("said")), properties=end("moveTo")),
        p("a"),
        p(moved_from("one "), moved_from("said"), properties=end("moveFrom")),
        p("b"),
        p(moved_from("two"), properties=end("moveFrom")),
        p("c"),
        p(moved_to("two"), properties=end("moveTo")),
        p("d"),
    ]
    assert told(*body) == [("move", "one said", "one more said"), ("insertion", "", "more "), ("move", "two", "two")]


def test_a_moved_table_row_is_one_move():
    def moving(words, *marks):
        return table(row(cell(p(*marks, words, properties=end("moveFrom" if "moveFrom" in words else "moveTo")))))

    body = [
        moving(moved_from("cell"), mark("moveFromRangeStart", 1, "m")), p(mark("moveFromRangeEnd", 1)),
        moving(moved_to("cell"), mark("moveToRangeStart", 2, "m")), p(mark("moveToRangeEnd", 2)),
    ]  # fmt: skip
    assert told(*body) == [("move", "cell", "cell")]


def bold(words, author="A", date="2031-01-01T09:00:00Z", old=""):
    return r(words, f"<w:b/>{change('rPrChange', author, date, f'<w:rPr>{old}</w:rPr>')}")


CENTRED = '<w:jc w:val="center"/>'
PARAGRAPH = change("pPrChange", "A", inner="<w:pPr/>")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([p("a ", bold("one"), bold(" two"), " b")], [("one two", "bold")]),
        ([p("a ", bold("one"), " b ", bold("two"))], [("one", "bold"), ("two", "bold")]),
        ([p("a ", bold("one"), bold("two", author="B"))], [("one", "bold"), ("two", "bold")]),
        ([p("a ", bold("one"), r("two", "<w:i/>" + change("rPrChange", "A", "2031-01-02T09:00:00Z", "<w:rPr/>")))],
         [("one", "bold"), ("two", "italic")]),
        # LibreOffice writes no old properties where there were none
        ([p(r("x", f"<w:u w:val='single'/>{change('rPrChange')}"))], [("x", "underline")]),
        ([p(r("x", change("rPrChange", inner="<w:rPr><w:i/></w:rPr>")))], [("x", "no italic")]),
        ([p("one", properties=CENTRED + PARAGRAPH), p("two", properties=CENTRED + PARAGRAPH)],
         [("one\ntwo", "alignment")]),
        ([p("one", properties=CENTRED + PARAGRAPH), p("two", properties=f"<w:keepNext/>{PARAGRAPH}")],
         [("one", "alignment"), ("two", "keep with next")]),
        # all of a paragraph, its end too
        ([p(bold("one"), properties=f"<w:rPr><w:b/>{change('rPrChange', inner='<w:rPr/>')}</w:rPr>"), p("x")],
         [("one", "bold")]),
        ([p("one", properties=f"<w:numPr>{change('ins')}<w:numId w:val='1'/></w:numPr>")], [("one", "list")]),
        ([p("one", properties=f"<w:numPr><w:numId w:val='1'/>{change('numberingChange')}</w:numPr>")], [("one", "list")]),
        ([p("x"), f'<w:sectPr><w:pgMar w:top="9"/>{change("sectPrChange", inner="<w:sectPr/>")}</w:sectPr>'],
         [("", "margins")]),
    ],
)  # fmt: skip
def test_formats_are_told_with_the_words_and_what_was_changed(body, expected):
    found = changes_of(read(*body).stories)
    assert {c.kind.value for c in found} == {"format"}
    assert [(c.after, c.about) for c in found] == expected
    assert all(c.before == c.after for c in found)


def test_rows_cells_and_the_look_of_tables():
    added, gone = (f"<w:trPr>{change(tag)}</w:trPr>" for tag in ("ins", "del"))
    rows = [
        row(cell(p("a")), cell(p("b"))),
        row(cell(p(inserted("c"), properties=end("ins"))), cell(p(inserted("d", "B"))), properties=added),
        row(cell(p(inserted("e"))), cell(p("f")), properties=added),
        row(cell(p(deleted("g"))), cell(p("h")), properties=gone),
        row(cell(p("i"), change("cellIns")), cell(p("j"), change("cellMerge"))),
    ]
    look = f"<w:tblPr>{change('tblPrChange', inner='<w:tblPr/>')}</w:tblPr>"
    look += f"<w:tblGrid>{change('tblGridChange', '')}</w:tblGrid>"
    found = changes_of(read(table(*rows, properties=look)).stories)
    assert {(c.kind.value, c.before, c.after, c.about) for c in found} == {
        ("table", "", "c\td\ne\tf", "rows"),
        ("insertion", "", "d", ""),  # of somebody else
        ("table", "g\th", "", "row"),
        ("table", "", "i", "cells"),
        ("table", "j", "j", "merged cells"),
        ("format", *["a\tb\nc\td\ne\tf\ng\th\ni\tj"] * 2, "table"),
    }


def test_changes_in_notes_headers_text_boxes_and_wrappers_are_found():
    box = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + p(inserted("boxed")) + "</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )
    nested = table(row(cell(table(row(cell(p(inserted("nested"))))) + p(""))))
    wrapped = (
        f"<w:sdt><w:sdtContent>{p(inserted('controlled'))}</w:sdtContent></w:sdt>",
        p(f"<w:smartTag><w:customXml>{inserted('smart')}</w:customXml></w:smartTag>"),
        p(f"<w:hyperlink w:anchor='x'>{inserted('linked')}</w:hyperlink>"),
        p(f"<w:ins w:id='7' w:author='A'><w:sdt><w:sdtContent>{r('outside')}</w:sdtContent></w:sdt></w:ins>"),
    )
    found = changes_of(
        read(
            p("x", box), nested, *wrapped,
            footnotes=root("w:footnotes", f'<w:footnote w:id="2">{p(inserted("noted"))}</w:footnote>'),
            endnotes=root("w:endnotes", f'<w:endnote w:id="2">{p(deleted("ended"))}</w:endnote>'),
            header=root("w:hdr", p(inserted("headed"))), footer=root("w:ftr", p(inserted("footed"))),
        ).stories
    )  # fmt: skip
    assert [(c.before or c.after, c.where) for c in found] == [
        ("boxed", ""), ("nested", ""), ("controlled", ""), ("smart", ""), ("linked", ""), ("outside", ""),
        ("noted", "Footnote 1"), ("ended", "Endnote 1"), ("headed", "Header"), ("footed", "Footer"),
    ]  # fmt: skip


def test_a_text_box_does_not_come_between_two_paragraphs():
    box = f"<w:r><w:pict><w:txbxContent>{p('boxed')}</w:txbxContent></w:pict></w:r>"
    assert told(p("one", box, properties=end("del")), p("two")) == [("paragraph", "one\ntwo", "onetwo")]


def test_of_alternate_content_one_branch_is_told():
    branches = f"<mc:Choice Requires='wps'>{inserted('new')}</mc:Choice><mc:Fallback>{inserted('new')}</mc:Fallback>"
    assert told(p(f"<mc:AlternateContent>{branches}</mc:AlternateContent>")) == [("insertion", "", "new")]


def test_a_row_without_paragraphs_is_told_too():
    assert told(table(f"<w:tr><w:trPr>{change('ins')}</w:trPr></w:tr>")) == [("table", "", "")]


def test_what_is_no_characters_is_named():
    assert told(p("x", "<w:ins w:id='1' w:author='A'><w:r><w:drawing><a:blip r:embed='image'/></w:drawing></w:r></w:ins>"),
                image=b"x") == [("insertion", "", "[picture]")]  # fmt: skip


def test_authors_and_times_are_told_and_may_be_missing():
    first, second = changes_of(
        read(p(inserted("a", "Ada", "2031-05-01T10:00:00Z"), "x", "<w:ins>", r("b"), "</w:ins>")).stories
    )
    assert (first.author, first.time) == ("Ada", dt.datetime(2031, 5, 1, 10))
    assert (second.author, second.time) == ("", None)


def test_places_say_where_each_piece_stands():
    document = read(p("kept"), p("one ", deleted("old"), inserted("new"), " two", properties=end("del")), p("end"))
    replaced, joined = changes_of(document.stories)
    body = list(paragraphs(document.stories[0].items))
    said = [(body[place.paragraph].text.string[place.start : place.end], place.kind) for place in replaced.places]
    assert said == [("old", RevisionKind.DELETION), ("new", RevisionKind.INSERTION)]
    assert [(place.paragraph, place.is_end) for place in joined.places] == [(1, True)]


def test_every_tracked_change_of_the_text_is_part_of_one_change():
    document = read(
        p(inserted("a"), deleted("b"), properties=end("ins")), p(bold("c")), table(row(cell(p(deleted("d")))))
    )
    numbers = [number for c in changes_of(document.stories) for number in c.numbers]
    assert sorted(number for _, number in numbers) == [0, 1, 2, 3, 4]
