"""Redlines of Word files as other programs write them: every pair is both to the letter, without a new fault."""

import io
import zipfile

import pytest

from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from briefpack.ooxml.resolving import resolved
from briefpack.ooxml.story import paragraphs
from briefpack.word.lint import lint
from briefpack.word.redline import RedlineOptions, redline
from tests.helpers.packs import NOW
from tests.helpers.raw_docx import raw_docx, root
from tests.helpers.word import parts, xpath

_OPTIONS = RedlineOptions("Edgar Munt", NOW)
_BY = 'w:author="Gita Mistry" w:date="2031-03-01T09:00:00Z"'


def _r(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def _p(*runs, properties=""):
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(runs)}</w:p>"


def _table(*rows):
    cells = ("".join(f"<w:tc>{_p(_r(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _field(code, shown):
    def sign(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{sign('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{sign('separate')}{_r(shown)}{sign('end')}"


def _contents(*entries):
    """A table of contents: one field over several paragraphs, in a content control."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    said = [_p(begin if number == 0 else "", _r(entry)) for number, entry in enumerate(entries)]
    end = _p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    return f"<w:sdt><w:sdtContent>{''.join(said)}{end}</w:sdtContent></w:sdt>"


_SAME = _p(_r("A paragraph that stays where it is."))
_BODIES = {
    "empty": "",
    "plain": _SAME + _p(_r("The fund opens in spring.")),
    "changed": _p(_r("The fund opens in early summer.")) + _SAME,
    "ends with a table": _SAME + _table(("a", "b"), ("c", "d")),
    "other columns": _table(("a", "b", "c"), ("d", "e", "f")) + _table(("one",)) + _SAME,
    "nested": _SAME + f"<w:tbl><w:tr><w:tc>{_table(('in', 'side'))}{_p(_r('after'))}</w:tc></w:tr></w:tbl>" + _p(),
    "contents": _contents("One 1", "Two 2") + _SAME + _p(_r("Behind it.")),
    "other contents": _contents("One 1", "Three 3", "Four 4") + _SAME,
    "fields": _p(_r("On "), _field("DATE", "12 March"), _r(" it opens.")) + _SAME,
    "simple field": _p(_r("On "), f'<w:fldSimple w:instr="DATE">{_r("13 March")}</w:fldSimple>', _r(" it opens.")),
    "broken field": _p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', _r("Begun and not ended.")) + _SAME,
    "link": _SAME + _p(_r("See "), f'<w:hyperlink r:id="link0">{_r("their website")}</w:hyperlink>', _r(".")),
    "controls": f"<w:sdt><w:sdtContent>{_p(_r('Held by a control.'))}</w:sdtContent></w:sdt>" + _SAME,
    "breaks": _p("<w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>")
    + _p(_r("Before the page."), '<w:r><w:br w:type="page"/></w:r>'),
    "tracked": _p(_r("The fund "), f'<w:ins w:id="1" {_BY}>{_r("now ")}</w:ins>', _r("opens."))
    + _p(f'<w:del w:id="2" {_BY}><w:r><w:delText>Gone.</w:delText></w:r></w:del>',
         properties=f'<w:rPr><w:del w:id="3" {_BY}/></w:rPr>') + _SAME,
    "marks between": '<w:bookmarkStart w:id="1" w:name="a"/>' + _SAME + '<w:bookmarkEnd w:id="1"/>' + _p(_r("Behind.")),
    "mathematics": _SAME + _p(_r("Sum: "), "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"),
    "box": _p(_r("Text. "), f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{_p(_r('In a box.'))}</w:txbxContent>"
              "</v:textbox></v:shape></w:pict></w:r>") + _SAME,
    "without words": _p() + _p() + _p(),
}  # fmt: skip


def _file(name):
    return raw_docx(_BODIES[name], links=("https://example.org/a",))


def _texts(docx):
    found = [each.text.string for each in paragraphs(read_document(open_package(docx, "test")).story)]
    while found and not found[-1]:  # a body that ends with no paragraph is given an empty one
        found.pop()
    return found


@pytest.mark.parametrize("old", _BODIES)
def test_every_pair_is_both_to_the_letter(old):
    for new in _BODIES:
        before, after = _file(old), _file(new)
        made = redline(before, after, _OPTIONS).docx
        settled = _texts(resolved(before, lambda _: True)), _texts(resolved(after, lambda _: True))
        assert _texts(resolved(made, lambda _: True)) == settled[1], (old, new)
        assert _texts(resolved(made, lambda _: False)) == settled[0], (old, new)
        assert {f.rule for f in lint(made)} <= {f.rule for f in (*lint(before), *lint(after))}, (old, new)


def test_a_redline_of_the_same_keeps_what_it_is_made_of():
    for name in _BODIES:
        if name != "tracked":
            made = redline(_file(name), _file(name), _OPTIONS)
            assert made.changes == (), name
            assert made.notes == (), name


def test_notes_and_links_of_the_older_file_come_along():
    said = root("w:footnotes", f'<w:footnote w:id="7">{_p(_r("From the survey."))}</w:footnote>')
    reference = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    link = f'<w:hyperlink r:id="link0">{_r("their website")}</w:hyperlink>'
    old = raw_docx(
        _SAME + _p(_r("As found"), reference, _r(", see "), link), footnotes=said, links=("https://example.org/b",)
    )
    made = redline(old, raw_docx(_SAME), _OPTIONS)
    rejected = resolved(made.docx, lambda _: False)
    document = parts(rejected)
    (number,) = xpath(document["word/document.xml"], "//w:footnoteReference/@w:id")
    notes = next(tree for name, tree in document.items() if name.startswith("word/footnotes"))
    assert "".join(xpath(notes, f"//w:footnote[@w:id='{number}']//w:t/text()")) == "From the survey."
    assert b"https://example.org/b" in b"".join(_relations(rejected))


def _footnote(words):
    return root("w:footnotes", f'<w:footnote w:id="2">{_p(_r(words))}</w:footnote>')


def test_a_note_of_other_words_is_a_change():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    files = [
        raw_docx(
            _p(_r("As found"), reference),
            footnotes=_footnote(words),
        )
        for words in ("Page 1.", "Page 2.")
    ]
    said = [(change.before, change.after) for change in redline(*files, _OPTIONS).changes]
    assert said == [("[footnote]", ""), ("", "[footnote]")]
    assert redline(files[0], files[0], _OPTIONS).changes == ()


def test_looks_are_tracked_where_wanted():
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>words that stay</w:t></w:r>"
    files = raw_docx(_p(_r("words that stay"))), raw_docx(_p(bold))
    with_looks = redline(*files, _OPTIONS)
    assert [change.kind.value for change in with_looks.changes] == ["format"]
    plain = RedlineOptions("Edgar Munt", NOW, formatting=False)
    assert redline(*files, plain).changes == ()


def test_comments_of_the_newer_file_stay():
    comments = root("w:comments", f'<w:comment w:id="0" w:author="A">{_p(_r("Why?"))}</w:comment>')
    marks = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    new = raw_docx(_p(_r("The fund opens "), marks.format(_r("in summer")), _r(".")), comments=comments)
    made = redline(raw_docx(_p(_r("The fund opens in spring."))), new, _OPTIONS).docx
    found = read_document(open_package(made, "test"))
    (comment,) = found.comments
    assert comment.id in found.anchored
    assert lint(made) == []


def _relations(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as container:
        return [container.read(name) for name in container.namelist() if name.endswith(".rels")]
