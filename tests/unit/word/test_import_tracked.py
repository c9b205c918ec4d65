"""A reviewed briefing in Word keeps its tracked changes as marks; what no mark can say is told, and no word is lost."""

from briefpack.pack.model import Paragraph, Table, texts_of
from briefpack.pack.proposals import proposed
from briefpack.word.import_briefing import import_docx
from tests.helpers.raw_docx import raw_docx, root

_BY = 'w:author="Gita Mistry" w:date="2031-03-01T09:00:00Z"'
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"


def _p(content, properties=""):
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def _r(words, tag="t", properties=""):
    return f'<w:r>{properties}<w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def _changes(imported):
    return [(change.what, change.author, change.before, change.after) for change in proposed(imported.pack)]


def _all_words(imported):
    return "\n".join(text.string for block in imported.pack.body for text in texts_of(block))


def _drawing(inner):
    graphic = f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"


def test_words_paragraphs_and_rows_keep_their_marks():
    body = (
        _p(_r("The fund opens in ") + f'<w:del w:id="1" {_BY}>{_r("spring", "delText")}</w:del>'
           f'<w:ins w:id="2" {_BY}>{_r("summer")}</w:ins>' + _r("."))
        + _p(f'<w:ins w:id="3" {_BY}>{_r("A new paragraph.")}</w:ins>', f'<w:rPr><w:ins w:id="4" {_BY}/></w:rPr>')
        + "<w:tbl><w:tr><w:tc>" + _p(_r("Region")) + "</w:tc><w:tc>" + _p(_r("Stations")) + "</w:tc></w:tr>"
        f'<w:tr><w:trPr><w:del w:id="5" {_BY}/></w:trPr><w:tc>' + _p(_r("North")) + "</w:tc>"
        "<w:tc>" + _p(_r("36")) + "</w:tc></w:tr></w:tbl>"
        + _p(_r("The end of it."))
    )  # fmt: skip
    imported = import_docx(raw_docx(body), "reviewed.docx")
    assert _changes(imported) == [
        ("Replacement", "Gita Mistry", "spring", "summer"),
        ("Insertion", "Gita Mistry", "", "A new paragraph."),
        ("Deletion", "Gita Mistry", "North", ""),
        ("Deletion", "Gita Mistry", "36", ""),
    ]
    assert [type(block) for block in imported.pack.body[-4:]] == [Paragraph, Paragraph, Table, Paragraph]
    assert not any("tracked" in note.lower() for note in imported.notes)


def test_what_no_mark_can_say_is_told():
    split = f'<w:rPr><w:ins w:id="1" {_BY}/></w:rPr>'
    bold = f'<w:rPr><w:b/><w:rPrChange w:id="2" {_BY}><w:rPr/></w:rPrChange></w:rPr>'
    cell = f'<w:tcPr><w:cellIns w:id="3" {_BY}/></w:tcPr>'
    body = (
        _p(_r("First half of it, "), split)
        + _p(_r("second half of it.", properties=bold))
        + "<w:tbl><w:tr><w:tc>" + _p(_r("a")) + f"</w:tc><w:tc>{cell}" + _p(_r("b")) + "</w:tc></w:tr></w:tbl>"
        + _p(f'<w:moveFrom w:id="4" {_BY}>{_r("Moved words here.")}</w:moveFrom>')
        + _p(f'<w:moveTo w:id="5" {_BY}>{_r("Moved words here.")}</w:moveTo>')
    )  # fmt: skip
    imported = import_docx(raw_docx(body), "reviewed.docx")
    told = "\n".join(imported.notes)
    assert "the end of a paragraph be put in" in told
    assert "Tracked changes of formatting were taken as made." in told
    assert "table cells were left as they are" in told
    assert "What was moved stands as taken out in one place and put in in the other." in told
    assert [what for what, *_ in _changes(imported)] == ["Deletion", "Insertion"]


def test_charts_and_diagrams_are_kept_as_their_words():
    chart = root(
        "w:x",
        f'<c:chartSpace xmlns:c="{_CHART}"><c:title><a:p><a:r><a:t>Coverage</a:t></a:r></a:p></c:title>'
        "<c:ser><c:tx><c:v>Stations</c:v></c:tx><c:cat><c:v>2027</c:v><c:v>2031</c:v></c:cat>"
        "<c:val><c:v>36</c:v></c:val></c:ser></c:chartSpace>",
    )
    data = root("w:x", "<a:p><a:r><a:t>Plan</a:t></a:r></a:p><a:p><a:r><a:t>Build</a:t></a:r></a:p>")
    body = (
        _p(_drawing(f'<c:chart xmlns:c="{_CHART}" r:id="chart"/>'))
        + _p(_drawing(f'<dgm:relIds xmlns:dgm="{_DIAGRAM}" r:dm="diagramData"/>'))
        + _p(_drawing(f'<c:chart xmlns:c="{_CHART}" r:id="nowhere"/>') + _r("Words beside it."))
    )
    imported = import_docx(raw_docx(body, chart=chart, diagramData=data), "charts.docx")
    said = _all_words(imported)
    assert "[Chart: Coverage; Stations; 2027; 2031]" in said
    assert "[Diagram: Plan; Build]" in said
    assert "Words beside it." in said
    told = "\n".join(imported.notes)
    assert "A chart was left out; its words stand as text." in told
    assert "A diagram was left out; its words stand as text." in told
    assert "A chart was left out; it holds no words." in told


def test_boxes_fields_notes_and_objects_keep_their_words():
    notes = root("w:footnotes", f'<w:footnote w:id="2">{_p(_r("From the survey."))}</w:footnote>')
    content = f"<w:txbxContent>{_p(_r('Words in a box.'))}</w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_r("12 March")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        _p(_r("Before the box.") + box)
        + _p(_r("On ") + field + _r(" it opens."))
        + _p(_r("As found") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + _r("."))
        + _p(_r("An object: ") + "<w:r><w:object/></w:r>")
    )
    imported = import_docx(raw_docx(body, footnotes=notes), "odd.docx")
    said = _all_words(imported)
    for words in ("Words in a box.", "On 12 March it opens.", "As found [From the survey.].", "An object:"):
        assert words in said
    told = "\n".join(imported.notes)
    assert "An embedded object was left out" in told
    assert "Footnotes and endnotes were put into the text" in told
