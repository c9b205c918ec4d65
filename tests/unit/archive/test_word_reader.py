"""Word files in the archive: as they read when tracked changes are accepted."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from briefpack.archive import Archive, Document, PassageKind
from briefpack.archive.readers import word
from briefpack.archive.structure import pieces_of

HEADING, PARAGRAPH, BULLET = PassageKind.HEADING, PassageKind.PARAGRAPH, PassageKind.BULLET


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A paper with a title, headings, bullets and a table."""
    made = docx.Document()
    made.add_paragraph("Fern briefing, 3 March 2018", style="Title")
    made.add_heading("Background", 1)
    made.add_paragraph("Ferns are old. The society asks for:")
    made.add_paragraph("shade", style="List Bullet")
    made.add_paragraph("water", style="List Bullet")
    made.add_paragraph("A short line")
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "Parks"
    table.cell(0, 1).text = "Twelve parks have ferns."
    made.save(str(tmp_path / "paper.docx"))
    return tmp_path / "paper.docx"


def added(folder: Path, path: Path) -> Document:
    with Archive.open(folder / "archive") as archive:
        assert archive.add([path]).added == 1
        return archive.document(next(archive.documents()).id)


def test_a_word_file_is_one_document(tmp_path: Path, paper: Path) -> None:
    document = added(tmp_path, paper)
    assert (document.title, document.source, document.ordinal) == ("Fern briefing, 3 March 2018", "paper.docx", 0)
    assert document.date.text == "3 March 2018"
    assert [(each.kind, each.text) for each in document.passages] == [
        (HEADING, "Background"),
        (PARAGRAPH, "Ferns are old. The society asks for:"),
        (BULLET, "shade"),
        (BULLET, "water"),
        (PARAGRAPH, "A short line"),
        (PARAGRAPH, "Parks"),
        (PARAGRAPH, "Twelve parks have ferns."),
    ]
    assert {each.lead_in for each in document.passages if each.kind is BULLET} == {
        "Ferns are old. The society asks for:"
    }


def with_body(paper: Path, old: str, new: str) -> bytes:
    """The file with a piece of its document part replaced."""
    result = io.BytesIO()
    with zipfile.ZipFile(paper) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            target.writestr(name, data)
    return result.getvalue()


def test_insertions_are_read_and_deletions_are_not(paper: Path) -> None:
    tracked = (
        '<w:t xml:space="preserve">Ferns </w:t></w:r>'
        '<w:del w:id="90" w:author="A"><w:r><w:delText>were</w:delText></w:r></w:del>'
        '<w:ins w:id="91" w:author="A"><w:r><w:t>are still</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> old.</w:t></w:r><w:r><w:t xml:space="preserve"> The society asks for:</w:t>'
    )
    data = with_body(paper, "<w:t>Ferns are old. The society asks for:</w:t>", tracked)
    (found,) = word.read(data, "paper").documents
    assert [piece.text for piece in pieces_of(found.rows)][1] == "Ferns are still old. The society asks for:"


def test_a_deleted_paragraph_end_joins_two(paper: Path) -> None:
    old = '<w:p><w:pPr><w:pStyle w:val="ListBullet"/></w:pPr><w:r><w:t>shade</w:t>'
    new = (
        '<w:p><w:pPr><w:pStyle w:val="ListBullet"/><w:rPr><w:del w:id="92" w:author="A"/></w:rPr></w:pPr>'
        '<w:r><w:t xml:space="preserve">shade and </w:t>'
    )
    (found,) = word.read(with_body(paper, old, new), "paper").documents
    assert "shade and water" in [row.line.text for row in found.rows]


def test_a_word_file_without_a_title(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Minutes of the fern meeting")
    made.add_paragraph("Ferns were discussed at some length by all who came.")
    made.save(str(tmp_path / "m.docx"))
    document = added(tmp_path, tmp_path / "m.docx")
    assert (document.title, document.kind) == ("Minutes of the fern meeting", "minutes")
    assert len(document.passages) == 1


@pytest.mark.parametrize(("data", "words"), [(b"PK\x03\x04 no more", "damaged"), (b"\xd0\xcf\x11\xe0" * 200, "Word")])
def test_what_is_no_word_file_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "bad.docx").write_bytes(data)
    with Archive.open(tmp_path / "archive") as archive:
        (refused,) = archive.add([tmp_path / "bad.docx"]).refused
    assert words in refused.why
