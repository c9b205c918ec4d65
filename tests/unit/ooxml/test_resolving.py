"""Tracked changes accepted and rejected, each case as Word leaves it."""

import io
import shutil
import subprocess
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.ooxml.document import read_document
from briefpack.ooxml.grouping import changes_of
from briefpack.ooxml.names import qn
from briefpack.ooxml.package import open_package
from briefpack.ooxml.resolving import resolved
from briefpack.ooxml.story import paragraphs
from briefpack.ooxml.tracking import TRACKED
from tests.helpers.raw_docx import p, r, raw_docx, root
from tests.helpers.reviewer import review
from tests.helpers.tracked import cell, change, deleted, end, inserted, mark, moved_from, moved_to, row, table
from tests.helpers.word import parts, xpath
from tests.unit.ooxml.test_package import strict

MAIN = "word/document.xml"


def settled(*body, accept, **more):
    return resolved(raw_docx("".join(body), **more), lambda _: accept)


def words(docx):
    """The paragraphs of the body; and there must be no tracked change left anywhere."""
    left = [each.tag for part in parts(docx).values() for each in part.iter(*TRACKED, qn("w:delText"))]
    assert left == []
    return [each.text.string for each in paragraphs(read_document(open_package(docx, "a.docx")).story)]


def both(*body, **more):
    """The paragraphs when all is accepted, and when all is rejected."""
    return words(settled(*body, accept=True, **more)), words(settled(*body, accept=False, **more))


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        ([p("a ", inserted("new"), deleted("old"), " z")], ["a new z"], ["a old z"]),
        # one changes what the other put in
        ([p(inserted("a" , r("b") + deleted("c", "B")))], ["ab"], [""]),
        ([p(deleted(inserted("x", "B") + r("y", tag="w:delText")))], [""], ["y"]),
        # paragraph ends
        ([p("one", properties=end("del")), p("two")], ["onetwo"], ["one", "two"]),
        ([p("one", properties=end("ins")), p("two")], ["one", "two"], ["onetwo"]),
        ([p("a", properties=end("del")), p("b", properties=end("del")), p("c")], ["abc"], ["a", "b", "c"]),
        ([p(deleted("gone"), properties=end("del")), p("two")], ["two"], ["gone", "two"]),
        ([p(inserted("new"), properties=end("ins")), p("two")], ["new", "two"], ["two"]),
        ([p("one", properties=end("ins")), p(inserted("new")), p("two")], ["one", "new", "two"], ["one", "two"]),
        ([p("x", properties=f"<w:rPr>{change('ins')}{change('del', 'B')}</w:rPr>"), p("y")], ["xy"], ["xy"]),
        # the last one has nothing to run on into, nor has one before a table unless nothing is left of it
        ([p("one"), p("two", properties=end("del"))], ["one", "two"], ["one", "two"]),
        ([p("one", properties=end("del")), table(row(cell(p("x")))), p("y")], ["one", "x", "y"], ["one", "x", "y"]),
        ([p(deleted("one"), properties=end("del")), table(row(cell(p("x")))), p("y")], ["x", "y"], ["one", "x", "y"]),
        ([table(row(cell(p("a", properties=end("del")) + p("b", properties=end("del"))))), p("y")],
         ["ab", "y"], ["a", "b", "y"]),
        # over the edge of a content control
        ([p("a", properties=end("del")), f"<w:sdt><w:sdtContent>{p('b')}</w:sdtContent></w:sdt>"], ["ab"], ["a", "b"]),
        ([f"<w:sdt><w:sdtContent>{p('a', properties=end('del'))}</w:sdtContent></w:sdt>", p("b")], ["ab"], ["a", "b"]),
        # text boxes are texts of their own
        ([p("a", f"<w:r><w:pict><w:txbxContent>{p('x', properties=end('del'))}</w:txbxContent></w:pict></w:r>"), p("b")],
         ["a", "x", "b"], ["a", "x", "b"]),
        # moves
        ([p(mark("moveFromRangeStart", 1, "m"), moved_from("m"), properties=end("moveFrom")), mark("moveFromRangeEnd", 1),
          p("b"), p(mark("moveToRangeStart", 2, "m"), moved_to("m"), properties=end("moveTo")),
          mark("moveToRangeEnd", 2), p("c")], ["b", "m", "c"], ["m", "b", "c"]),
        ([p("a", moved_from("x"), "b")], ["ab"], ["axb"]),
        # rows and tables
        ([table(row(cell(p("a"))), row(cell(p(inserted("b"))), properties=f"<w:trPr>{change('ins')}</w:trPr>"))],
         ["a", "b"], ["a"]),
        ([p("x"), table(row(cell(p(deleted("b"))), properties=f"<w:trPr>{change('del')}</w:trPr>")), p("y")],
         ["x", "y"], ["x", "b", "y"]),
        ([table(row(cell(table(row(cell(p("in")), properties=f"<w:trPr>{change('del')}</w:trPr>")) + p("")))), p("y")],
         ["", "y"], ["in", "", "y"]),
        ([table(row(cell(p("a")), cell(p("b"), change("cellDel"))), row(cell(p("c"), change("cellIns"))))],
         ["a", "c"], ["a", "b"]),
        # a row that was moved has no flag of its own: Word moves the ends of its cells
        ([table(row(cell(p(moved_from("a"), properties=end("moveFrom")))), row(cell(p("b")))), p("z")],
         ["b", "z"], ["a", "b", "z"]),
        ([table(row(cell(p("kept", properties=end("del")))), row(cell(p("b")))), p("z")],
         ["kept", "b", "z"], ["kept", "b", "z"]),
        # what held nothing but what is gone
        ([p("a", f"<w:hyperlink w:anchor='x'>{deleted('b')}</w:hyperlink>")], ["a"], ["ab"]),
        ([p("a", f"<w:ins w:id='1' w:author='A'><w:sdt><w:sdtContent>{r('b')}</w:sdtContent></w:sdt></w:ins>")],
         ["ab"], ["a"]),
        ([p("a", '<w:customXmlInsRangeStart w:id="5"/>', inserted("b"), '<w:customXmlInsRangeEnd w:id="5"/>')],
         ["ab"], ["a"]),
        ([p("<m:oMath>", inserted("<m:r><m:t>x</m:t></m:r>"), "</m:oMath>", "a")], ["xa"], ["a"]),
    ],
)  # fmt: skip
def test_accepted_and_rejected(body, accepted, rejected):
    assert both(*body) == (accepted, rejected)


def test_joined_paragraphs_have_the_properties_of_the_last():
    docx = settled(p("a", style="Heading1", properties=end("del")), p("b", style="Normal"), accept=True)
    assert xpath(parts(docx)[MAIN], "//w:pStyle/@w:val") == ["Normal"]


OLD = {
    "run": (p(r("x", f"<w:b/>{change('rPrChange', inner='<w:rPr><w:i/></w:rPr>')}")), "//w:r/w:rPr/*", ["b"], ["i"]),
    "LibreOffice": (p(r("x", f"<w:b/>{change('rPrChange')}")), "//w:r/w:rPr/*", ["b"], []),
    "paragraph": (
        p("x", properties=f"<w:jc w:val='center'/><w:rPr><w:b/></w:rPr>"
                          f"{change('pPrChange', inner='<w:pPr><w:keepNext/></w:pPr>')}"),
        "//w:pPr/*", ["jc", "rPr"], ["keepNext", "rPr"]),
    "end": (
        p("x", properties=f"<w:rPr><w:b/>{change('rPrChange', inner='<w:rPr><w:i/></w:rPr>')}</w:rPr>"),
        "//w:pPr/w:rPr/*", ["b"], ["i"]),
    "section": (
        p("x") + f"<w:sectPr><w:headerReference/><w:cols/>{change('sectPrChange', inner='<w:sectPr><w:pgSz/></w:sectPr>')}"
        "</w:sectPr>", "//w:sectPr/*", ["headerReference", "cols"], ["headerReference", "pgSz"]),
    "table": (
        table(row(cell(p("x"))), properties=f"<w:tblPr><w:jc/>{change('tblPrChange', inner='<w:tblPr><w:tblW/></w:tblPr>')}"
                                            "</w:tblPr>"), "//w:tblPr/*", ["jc"], ["tblW"]),
    "grid": (
        table(row(cell(p("x"))), properties="<w:tblGrid><w:gridCol w:w='1'/><w:gridCol w:w='1'/>"
                                            "<w:tblGridChange w:id='1'><w:tblGrid><w:gridCol w:w='2'/></w:tblGrid>"
                                            "</w:tblGridChange></w:tblGrid>"),
        "//w:tblGrid/*", ["gridCol", "gridCol"], ["gridCol"]),
    "row": (
        table(row(cell(p("x")), properties=f"<w:trPr><w:cantSplit/>{change('trPrChange', inner='<w:trPr/>')}</w:trPr>")),
        "//w:trPr/*", ["cantSplit"], []),
    "exception": (
        table(row(cell(p("x")),
                  properties=f"<w:tblPrEx><w:jc/>{change('tblPrExChange', inner='<w:tblPrEx/>')}</w:tblPrEx>")),
        "//w:tblPrEx/*", ["jc"], []),
    "cell": (
        table(row(cell(p("x"), f"<w:gridSpan/>{change('tcPrChange', inner='<w:tcPr><w:vMerge/></w:tcPr>')}"))),
        "//w:tcPr/*", ["gridSpan"], ["vMerge"]),
    "merged": (
        table(row(cell(p("x"), '<w:tcW/><w:cellMerge w:id="1" w:author="A" w:vMerge="cont"/><w:vAlign/>'))),
        "//w:tcPr/*", ["tcW", "vMerge", "vAlign"], ["tcW", "vAlign"]),
    "list": (p("x", properties=f"<w:numPr><w:numId w:val='1'/>{change('ins')}</w:numPr>"), "//w:pPr/*", ["numPr"], []),
    "numbering": (p("x", properties=f"<w:numPr><w:numId w:val='1'/>{change('numberingChange')}</w:numPr>"),
                  "//w:numPr/*", ["numId"], ["numId"]),
}  # fmt: skip


@pytest.mark.parametrize("case", OLD)
def test_formats_are_kept_or_put_back(case):
    body, query, accepted, rejected = OLD[case]
    for accept, expected in ((True, accepted), (False, rejected)):
        docx = settled(body, accept=accept)
        assert [each.tag.rpartition("}")[2] for each in xpath(parts(docx)[MAIN], query)] == expected


SAID = root("w:comments", f'<w:comment w:id="0" w:author="B">{p("said")}</w:comment>')


def commented(tag):
    """A word with a comment on it."""
    return (
        '<w:commentRangeStart w:id="0"/>' + r("x", tag=tag) + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:t/><w:commentReference w:id="0"/></w:r>'
    )


@pytest.mark.parametrize(
    ("body", "accept"),
    [
        (p("a", deleted(commented("w:delText")), "b"), True),
        (p("a", inserted(commented("w:t")), "b"), False),
        (p(deleted(commented("w:delText")), properties=end("del")) + p("b"), True),
        (p("a") + table(row(cell(p(commented("w:t"))), properties=f"<w:trPr>{change('del')}</w:trPr>")) + p("b"),
         True),
        (p("a") + table(row(cell(p(commented("w:t"))), properties=f"<w:trPr>{change('ins')}</w:trPr>")), False),
    ],
)  # fmt: skip
def test_a_comment_on_words_that_go_stays_at_their_place(body, accept):
    docx = settled(body, accept=accept, comments=SAID)
    assert "x" not in "".join(words(docx))
    read = read_document(open_package(docx, "a.docx"))
    assert [each.text for each in read.comments] == ["said"]
    assert read.anchored == {"0"}
    references = xpath(parts(docx)[MAIN], "//w:commentReference/ancestor::w:p")
    assert len(references) == 1  # and in a paragraph


def test_half_a_bookmark_stays_and_a_whole_one_goes_with_its_words():
    whole = '<w:bookmarkStart w:id="1" w:name="whole"/>' + r("x", tag="w:delText") + '<w:bookmarkEnd w:id="1"/>'
    half = '<w:bookmarkStart w:id="2" w:name="half"/>' + r("y", tag="w:delText")
    docx = settled(p(deleted(whole), deleted(half), "z", '<w:bookmarkEnd w:id="2"/>'), accept=True)
    assert xpath(parts(docx)[MAIN], "//w:bookmarkStart/@w:name") == ["half"]
    assert xpath(parts(docx)[MAIN], "//w:bookmarkEnd/@w:id") == ["2"]


def character(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


@pytest.mark.parametrize(
    "body",
    [
        p(deleted(character("begin") + r("PAGE", tag="w:delInstrText")), character("separate"), "7", character("end")),
        p(character("begin"), r("PAGE", tag="w:instrText"), deleted(character("separate") + r("7", tag="w:delText")),
          character("end")),
        p(deleted(character("begin") + r("PAGE", tag="w:delInstrText") + character("separate")), properties=end("del"))
        + p("7", character("end")),
    ],
)  # fmt: skip
def test_a_field_that_was_deleted_in_part_stays_whole(body):
    main = parts(settled(body, accept=True))[MAIN]
    assert xpath(main, "//w:fldChar/@w:fldCharType") == ["begin", "separate", "end"]
    assert xpath(main, "string(//w:instrText)") == "PAGE"


def test_a_field_that_was_deleted_as_a_whole_goes_and_comes_back():
    field = deleted(character("begin")) + deleted(r("PAGE", tag="w:delInstrText")) + deleted(character("separate"))
    field += deleted("7") + deleted(character("end"))
    assert xpath(parts(settled(p("a", field), accept=True))[MAIN], "//w:fldChar") == []
    back = parts(settled(p("a", field), accept=False))[MAIN]
    assert len(xpath(back, "//w:fldChar")) == 3
    assert xpath(back, "string(//w:instrText)") == "PAGE"


def test_a_footnote_goes_with_its_number():
    notes = root("w:footnotes", "".join(f'<w:footnote w:id="{n}">{p(f"note {n}")}</w:footnote>' for n in (2, 3)))
    body = p("a", deleted('<w:r><w:footnoteReference w:id="2"/></w:r>'), '<w:r><w:footnoteReference w:id="3"/></w:r>')
    assert xpath(parts(settled(body, accept=True, footnotes=notes))["word/footnotes.xml"], "//w:footnote/@w:id") == [
        "3"
    ]
    assert len(xpath(parts(settled(body, accept=False, footnotes=notes))["word/footnotes.xml"], "//w:footnote")) == 2


def test_notes_headers_and_comments_are_settled_too():
    more = {
        "footnotes": root("w:footnotes", f'<w:footnote w:id="2">{p(inserted("n"), deleted("o"))}</w:footnote>'),
        "header": root("w:hdr", p(inserted("n"), deleted("o"))),
        "comments": root("w:comments", f'<w:comment w:id="0">{p(inserted("n"), deleted("o"))}</w:comment>'),
    }
    for accept, letter in ((True, "n"), (False, "o")):
        docx = settled(p("x", '<w:r><w:footnoteReference w:id="2"/></w:r>'), accept=accept, **more)
        assert words(docx) == ["x"]
        assert [xpath(parts(docx)[f"word/{kind}.xml"], "string()") for kind in more] == [letter] * 3


def test_both_branches_of_alternate_content_are_settled_alike():
    branches = [f"<mc:{name} Requires='wps'>{inserted('x')}</mc:{name}>" for name in ("Choice", "Fallback")]
    again = branches[0].replace("Choice", "Fallback")
    docx = raw_docx(p(f"<mc:AlternateContent>{branches[0]}{again}</mc:AlternateContent>", inserted("y", "B")))
    out = resolved(docx, lambda found: found.author == "B")
    assert xpath(parts(out)[MAIN], "string()") == "y"


def test_some_are_settled_and_the_others_stay():
    docx = raw_docx(p(inserted("a", "A"), deleted("b", "B"), inserted("c", "C"), properties=end("del", "B")) + p("z"))
    out = resolved(docx, lambda found: {"A": True, "C": False}.get(found.author))
    left = changes_of(read_document(open_package(out, "a.docx")).stories)
    assert {each.author for each in left} == {"B"}
    assert xpath(parts(out)[MAIN], "string(//w:p)") == "ab"


def test_a_move_that_is_not_settled_keeps_its_name():
    body = p(
        mark("moveFromRangeStart", 1, "m"), moved_from("m"), mark("moveFromRangeEnd", 1),
        mark("moveToRangeStart", 2, "m"), moved_to("m"), mark("moveToRangeEnd", 2), inserted("x", "B"),
    )  # fmt: skip
    out = resolved(raw_docx(body), lambda found: True if found.author == "B" else None)
    assert [each.kind.value for each in changes_of(read_document(open_package(out, "a.docx")).stories)] == ["move"]


def test_where_nothing_is_decided_nothing_is_changed():
    docx = raw_docx(p(inserted("a"), deleted("b")))
    assert parts(resolved(docx, lambda _: None)).keys() == parts(docx).keys()
    before, after = (
        read_document(open_package(each, "a.docx")).story for each in (docx, resolved(docx, lambda _: None))
    )
    assert before == after


def test_a_strict_file_stays_strict():
    out = resolved(strict(raw_docx(p(inserted("a"), deleted("b")))), lambda _: True)
    with zipfile.ZipFile(io.BytesIO(out)) as container:
        main = container.read(MAIN)
    assert b"purl.oclc.org/ooxml/wordprocessingml/main" in main
    assert b"schemas.openxmlformats.org/wordprocessingml" not in main
    read = read_document(open_package(out, "a.docx"))
    assert [each.text.string for each in paragraphs(read.story)] == ["a"]
    assert changes_of(read.stories) == ()


# Any document


PIECE = st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["", "ins", "del", "ins B", "del in ins"]))
PARAGRAPH = st.tuples(st.lists(PIECE, max_size=5), st.sampled_from(["", "", "ins", "del", "ins B"]))


def written(text):
    """A document of pieces and paragraph ends, the last of which is as it was."""
    body = []
    for number, (pieces, of_end) in enumerate(text):
        inner = [
            {"": r, "ins": inserted, "del": deleted, "ins B": lambda said: inserted(said, "B"),
             "del in ins": lambda said: inserted(deleted(said, "B"))}[kind](letter)
            for letter, kind in pieces
        ]  # fmt: skip
        tag, _, author = of_end.partition(" ")
        flagged = end(tag, author or "A") if tag and number < len(text) - 1 else ""
        body.append(p(*inner, properties=flagged))
    return raw_docx("".join(body))


def expected(text, accepts):
    """What is left of it, worked out from the pieces; ``accepts`` says by author whether changes are accepted."""
    stays = {
        "": True, "ins": accepts["A"], "del": not accepts["A"], "ins B": accepts["B"],
        "del in ins": accepts["A"] and not accepts["B"],
    }  # fmt: skip
    said = ""
    for number, (pieces, of_end) in enumerate(text):
        said += "".join(letter for letter, kind in pieces if stays[kind])
        said += "\n" if stays[of_end] or number == len(text) - 1 else ""
    return said.removesuffix("\n").split("\n")


@settings(max_examples=150, deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=6), st.booleans(), st.booleans())
def test_any_text_is_settled_as_it_reads(text, of_a, of_b):
    accepts = {"A": of_a, "B": of_b}
    docx = written(text)
    at_once = resolved(docx, lambda found: accepts[found.author])
    assert words(at_once) == expected(text, accepts)
    one_by_one = resolved(docx, lambda found: accepts["A"] if found.author == "A" else None)
    assert words(resolved(one_by_one, lambda _: of_b)) == expected(text, accepts)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=6))
def test_every_word_of_any_text_is_in_a_change_or_untouched(text):
    found = changes_of(read_document(open_package(written(text), "a.docx")).stories)
    put_in = sum(kind in {"ins", "ins B", "del in ins"} for pieces, _ in text for _, kind in pieces)
    taken_out = sum(kind in {"del", "del in ins"} for pieces, _ in text for _, kind in pieces)
    changes = [each for each in found if each.kind.value != "paragraph"]
    assert sum(len(each.after.replace("\n", "")) for each in changes) == put_in
    assert sum(len(each.before.replace("\n", "")) for each in changes) == taken_out


# Witnesses

WITNESSED = "".join([
    p("one ", deleted("old"), inserted("new"), " end"),
    p("joined ", properties=end("del")), p("with this"),
    p("split ", properties=end("ins")), p("here"),
    p(deleted("a whole paragraph"), properties=end("del")), p("stays"),
    p(inserted("another"), properties=end("ins")), p("stays too"),
    p(inserted("by one ", r("and ") + deleted("by another", "B"))),
    p(mark("moveFromRangeStart", 1, "m"), moved_from("moved"), properties=end("moveFrom")), mark("moveFromRangeEnd", 1),
    p("between"),
    p(mark("moveToRangeStart", 2, "m"), moved_to("moved"), properties=end("moveTo")), mark("moveToRangeEnd", 2),
    p("last"),
])  # fmt: skip


@pytest.mark.parametrize("accept", [True, False])
def test_pandoc_reads_the_same_in_what_we_settled_and_in_what_it_settles_itself(accept, tmp_path):
    try:
        import pypandoc

        pandoc = pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        pandoc = shutil.which("pandoc")
    if not pandoc:
        pytest.skip("pandoc is not installed")
    docx = raw_docx(WITNESSED)
    read = []
    for data in (docx, resolved(docx, lambda _: accept)):
        (tmp_path / "a.docx").write_bytes(data)
        mode = "--track-changes=accept" if accept else "--track-changes=reject"
        done = subprocess.run(
            [pandoc, mode, "-t", "plain", tmp_path / "a.docx"], capture_output=True, check=True, text=True
        )
        read.append([" ".join(line.split()) for line in done.stdout.splitlines() if line.strip()])
    assert read[0] == read[1]
    assert len(read[0]) > 8


@pytest.mark.parametrize(("accept", "step"), [(True, "accept all"), (False, "reject all")])
def test_libreoffice_settles_to_the_same_words(accept, step):
    gone = row(cell(p(deleted("b"))), properties=f"<w:trPr>{change('del')}</w:trPr>")
    docx = raw_docx(WITNESSED + table(row(cell(p("a"))), gone) + p("end"))
    assert words(resolved(docx, lambda _: accept)) == words(review(docx, [[step]], tracking=False))
