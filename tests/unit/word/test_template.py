"""A user's own template gives its styles, lists, page, header and footer, and nothing else."""

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm
from lxml import etree
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.ooxml.names import qn
from briefpack.word.export import ExportOptions, export_docx
from tests.helpers.packs import NOW, chart_png, rich_pack
from tests.helpers.validator import validation_errors
from tests.helpers.word import paragraphs, parts, words_of, xpath

SECRET = "text of an old briefing"


@pytest.fixture
def own(tmp_path):
    """A template of a department as python-docx makes one: its own fonts, a picture in the header, old text."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Heading 1"].font.name = "Georgia"
    document.styles["Heading 1"].element.set(qn("w:styleId"), "berschrift1")
    document.styles.add_style("LineToTake", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph(SECRET)
    document.add_comment(document.paragraphs[0].runs, text=SECRET)
    document.core_properties.author = SECRET
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(200), Mm(30), Mm(20)
    header = section.header.paragraphs[0]
    header.text = "Department for Coasts"
    header.add_run().add_picture(io.BytesIO(chart_png(300, 140)))
    path = tmp_path / "department.docx"
    document.save(path)
    return path


def written(template, **options):
    pack, media = rich_pack()
    return export_docx(pack, media, ExportOptions(now=NOW, template=template, **options))


def changed(path, **texts):
    """The template with parts changed by functions of their bytes: ``document`` is ``word/document.xml``."""
    names = {"types": "[Content_Types].xml"} | {name: f"word/{name}.xml" for name in texts if name != "types"}
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist()}
    for name, change in texts.items():
        content[names[name]] = change(content[names[name]])
    with zipfile.ZipFile(path, "w") as new:
        for name, data in content.items():
            new.writestr(name, data)
    return path


@pytest.mark.parametrize("copy", ["working", "reader"])
def test_what_is_written_on_it_is_valid(own, copy):
    assert validation_errors(written(own, copy=copy)) == []


def test_its_styles_hold_and_those_it_lacks_are_added(own):
    found = parts(written(own))
    styles, body = found["word/styles.xml"], found["word/document.xml"]
    assert xpath(styles, "string(//w:style[w:name/@w:val='Normal']//w:rFonts/@w:ascii)") == "Georgia"
    heading = body.xpath("//w:p[w:r/w:t='Background']/w:pPr/w:pStyle/@w:val", namespaces=body.nsmap)
    assert heading == ["berschrift1"]
    lines = xpath(styles, "//w:style[w:name/@w:val='Line to Take']")
    assert [line.get(qn("w:styleId")) for line in lines] == ["LineToTakeBriefing2"]  # the id is taken by another style


def test_its_header_stays_and_the_marking_is_put_above_it(own):
    docx_file = written(own)
    headers = [root for name, root in parts(docx_file).items() if root.tag == qn("w:hdr")]
    assert [[words_of(p) for p in header.iter(qn("w:p"))] for header in headers] == [
        ["OFFICIAL – SENSITIVE", "Department for Coasts"]
    ]
    with zipfile.ZipFile(io.BytesIO(docx_file)) as container:
        assert any(name.startswith("word/media/template") for name in container.namelist())


def test_its_page_holds_and_pictures_fit_it(own):
    body = parts(written(own))["word/document.xml"]
    assert round(int(xpath(body, "string(//w:pgSz/@w:w)")) / 56.7) == 200
    assert max(int(cx) for cx in xpath(body, "//wp:extent/@cx")) <= 150 * 36_000


@pytest.mark.parametrize("copy", ["working", "reader"])
def test_nothing_else_of_it_is_taken_over(own, copy):
    docx_file = written(own, copy=copy)
    with zipfile.ZipFile(io.BytesIO(docx_file)) as container:
        assert not [name for name in container.namelist() if SECRET.encode() in container.read(name)]
        assert not [name for name in container.namelist() if "thumbnail" in name or name == "docProps/app.xml"]
        assert not [name for name in container.namelist() if b"rsid" in container.read(name)]


def test_lists_count_on_beside_its_own(own):
    found = parts(written(own))
    known = xpath(found["word/numbering.xml"], "//w:num/@w:numId")
    assert len(known) == len(set(known))
    assert set(xpath(found["word/document.xml"], "//w:numPr/w:numId/@w:val")) <= set(known)


def test_a_dotx_is_a_template_too(own):
    main = b"wordprocessingml.document.main+xml"
    path = changed(own, types=lambda data: data.replace(main, b"wordprocessingml.template.main+xml"))
    path = path.rename(path.with_suffix(".dotx"))
    assert validation_errors(written(path)) == []


def test_macros_are_refused(own):
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    changed(
        own, types=lambda data: data.replace(main, b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml")
    )
    with pytest.raises(UserError, match="macros"):
        written(own)


def test_first_and_even_pages_get_the_marking_too(own):
    document = docx.Document(own)
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "OFFICIAL – SENSITIVE"
    document.save(own)
    docx_file = written(own)
    assert validation_errors(docx_file) == []
    stories = [root for root in parts(docx_file).values() if root.tag in {qn("w:hdr"), qn("w:ftr")}]
    assert len(stories) == 6
    for story in stories:
        assert [words_of(p) for p in story.iter(qn("w:p"))].count("OFFICIAL – SENSITIVE") == 1


@pytest.mark.parametrize("old", ["OFFICIAL", "OFFICIAL-SENSITIVE: COMMERCIAL", "UK SECRET"])
def test_the_marking_takes_the_place_of_the_template_s(own, old):
    document = docx.Document(own)
    document.sections[0].header.paragraphs[0].add_run().add_break()
    added = document.sections[0].header.add_paragraph()
    added.add_run(old[:3])
    added.add_run(old[3:])
    document.save(own)
    header = next(root for root in parts(written(own)).values() if root.tag == qn("w:hdr"))
    assert [words_of(p).strip() for p in header.iter(qn("w:p"))] == ["Department for Coasts", "OFFICIAL – SENSITIVE"]


def test_a_name_that_only_begins_like_a_marking_stays(own):
    document = docx.Document(own)
    document.sections[0].header.paragraphs[0].text = "OFFICIAL STATISTICS OFFICE"
    document.save(own)
    header = next(root for root in parts(written(own)).values() if root.tag == qn("w:hdr"))
    assert [words_of(p) for p in header.iter(qn("w:p"))] == ["OFFICIAL – SENSITIVE", "OFFICIAL STATISTICS OFFICE"]


def test_an_older_briefing_serves_as_a_template_without_its_title(tmp_path):
    pack, media = rich_pack()
    path = tmp_path / "last.docx"
    path.write_bytes(written(None))
    new = replace(pack, meeting=replace(pack.meeting, title="Another meeting", marking="OFFICIAL"))
    docx_file = export_docx(new, media, ExportOptions(now=NOW, template=path))
    assert validation_errors(docx_file) == []
    stories = [root for root in parts(docx_file).values() if root.tag in {qn("w:hdr"), qn("w:ftr")}]
    said = [[words_of(p) for p in story.iter(qn("w:p"))] for story in stories]
    assert sorted(said) == [["Another meeting\tPage 1 of 1", "OFFICIAL"], ["OFFICIAL"]]


def test_page_numbers_are_not_said_twice(own):
    document = docx.Document(own)
    field = etree.SubElement(document.sections[0].footer.paragraphs[0]._p, qn("w:fldSimple"))
    field.set(qn("w:instr"), " PAGE ")
    document.save(own)
    footers = [root for root in parts(written(own)).values() if root.tag == qn("w:ftr")]
    assert xpath(footers[0], "//w:instrText") == []


def test_tracked_changes_in_its_header_are_refused(own):
    insertion = b'<w:ins w:id="1" w:author="a"><w:r><w:t>new</w:t></w:r></w:ins>'
    changed(own, header1=lambda data: data.replace(b"</w:p>", insertion + b"</w:p>", 1))
    with pytest.raises(UserError, match="tracked changes"):
        written(own)


def test_an_object_in_its_header_is_refused(own):
    with zipfile.ZipFile(own) as old:
        content = {name: old.read(name) for name in old.namelist()}
    rels = "word/_rels/header1.xml.rels"
    content[rels] = content[rels].replace(b"relationships/image", b"relationships/oleObject")
    with zipfile.ZipFile(own, "w") as new:
        for name, data in content.items():
            new.writestr(name, data)
    with pytest.raises(UserError, match="oleObject"):
        written(own)


def test_references_to_styles_that_are_not_there_are_overlooked(own):
    changed(own, styles=lambda data: data.replace(b'<w:next w:val="Normal"/>', b'<w:next w:val="Gone"/>'))
    assert xpath(parts(written(own))["word/styles.xml"], "//w:next[@w:val='Gone']") == []


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "empty"), (b"\x89PNG\r\n\x1a\n", "PNG picture"), (b"PK\x03\x04 cut off", "cut off|damaged|broken")],
)
def test_what_is_no_template_is_refused(tmp_path, data, said):
    path = tmp_path / "template.docx"
    path.write_bytes(data)
    with pytest.raises(UserError, match=said):
        written(path)


def test_a_template_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserError, match=r"gone\.docx"):
        written(tmp_path / "gone.docx")


def test_a_template_without_styles_or_lists_is_enough(tmp_path):
    path = tmp_path / "bare.docx"
    document = docx.Document()
    for relationship in ("styles", "numbering", "theme"):
        for name in [n for n, rel in document.part.rels.items() if rel.reltype.endswith(f"/{relationship}")]:
            del document.part.rels[name]
    document.element.body.remove(document.element.body.sectPr)
    document.save(path)
    assert validation_errors(written(path)) == []
    assert paragraphs(written(path), "Heading1")[0] == "Annotated agenda"
