"""Which files are opened as Word files, and what is said of the others."""

import io
import zipfile

import pytest

from briefpack.errors import UserError
from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from tests.helpers.packs import chart_png
from tests.helpers.raw_docx import MAIN, document, p, raw_docx

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def words(data):
    return [each.text.string for each in read_document(open_package(data, "a.docx")).story]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "old Word format"),
        (OLE + bytes(600), "password-protected, or an old"),
        (raw_docx(main_type=MAIN.replace("openxmlformats-officedocument.wordprocessingml.document.main",
                                         "ms-word.document.macroEnabled.main")), "macros"),
        (raw_docx(vbaProject=b"\0"), "macros"),
        (raw_docx(main_type=MAIN.replace("wordprocessingml.document", "spreadsheetml.sheet")), "Excel"),
        (raw_docx(main_type=MAIN.replace("wordprocessingml.document", "presentationml.presentation")), "PowerPoint"),
        (raw_docx(main_type="image/png"), "not a Word file"),
        (chart_png(), "PNG"),
        (b"", "not"),
        (raw_docx(p("cut off"))[:-40], "damaged"),
        (raw_docx(main=b""), "XML"),
        (raw_docx(main=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "entities"),
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_refused_in_plain_words(data, said):
    with pytest.raises(UserError, match=said) as caught:
        read_document(open_package(data, "a.docx"))
    assert "a.docx" in str(caught.value)
    assert caught.value.do


def test_a_zip_that_is_no_package_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        container.writestr("readme.txt", "hello")
    with pytest.raises(UserError, match="not a Word file"):
        open_package(out.getvalue(), "a.docx")


def test_an_opendocument_file_is_named():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        container.writestr("content.xml", "<a/>")
    with pytest.raises(UserError, match="OpenDocument"):
        open_package(out.getvalue(), "a.docx")


def test_a_picture_that_unpacks_to_much_does_not_keep_the_words_from_being_read():
    assert words(raw_docx(p("Hello"), image=bytes(3 * 1024 * 1024))) == ["Hello"]


def test_tab_stops_are_no_text():
    assert words(raw_docx(p("a", properties='<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'))) == ["a"]


def test_a_template_is_read():
    assert words(raw_docx(p("Hello"), main_type=MAIN.replace("document.main", "template.main"))) == ["Hello"]


def test_a_path_is_read(tmp_path):
    (tmp_path / "a.docx").write_bytes(raw_docx(p("Hello")))
    assert open_package(tmp_path / "a.docx", "a.docx").main == "word/document.xml"


def test_the_main_part_is_found_by_its_relationship_and_else_by_its_name():
    assert words(raw_docx(p("Hello"), package_kind="somethingElse")) == ["Hello"]


def strict(data):
    """A file with the namespaces of Strict Office Open XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(
                entry,
                old.read(entry)
                .replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
                .replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                ),
            )
    return out.getvalue()


def test_strict_files_are_read_and_words_that_look_like_a_namespace_are_kept():
    said = "See http://purl.oclc.org/ooxml/wordprocessingml/main for more"
    data = strict(raw_docx(p(said.replace("purl.oclc.org/ooxml/wordprocessingml/main", "HERE"), "<w:r/>")))
    assert words(data) == ["See http://HERE for more"]
    assert words(strict(raw_docx(p("See xmlns=&quot;http://purl.oclc.org/ooxml/x&quot;")))) == [
        'See xmlns="http://purl.oclc.org/ooxml/x"'
    ]


def test_broken_xml_is_recovered_and_said_to_be():
    """What LibreOffice 7.4 wrote where a tracked change began at a content control."""
    torn = '<w:p><w:del w:id="1" w:author="A"><w:sdt><w:sdtContent></w:del><w:r><w:t>kept</w:t></w:r></w:p>'
    package = open_package(raw_docx(main=document(p("before") + torn + p("after"))), "a.docx")
    read = read_document(package)
    assert read.recovered == ("word/document.xml",)
    said = " ".join(each.text.string for each in read.story)
    assert all(word in said for word in ("before", "kept", "after"))


def test_sound_xml_is_not_said_to_be_recovered():
    assert read_document(open_package(raw_docx(p("fine")), "a.docx")).recovered == ()


def test_a_missing_part_is_named():
    package = open_package(raw_docx(p("x")), "a.docx")
    with pytest.raises(UserError, match=r"word/gone\.xml"):
        package.read("word/gone.xml")


def test_relationships_resolve_relative_absolute_and_escaped_targets():
    package = open_package(raw_docx(p("x"), image=chart_png(300, 140), links=["https://example.org/a"]), "a.docx")
    found = package.relationships(package.main)
    assert found["image"].target == "word/media/image.png"
    assert found["link0"].external
    assert package.related("image") == "word/media/image.png"
    assert package.related("nothing") is None
