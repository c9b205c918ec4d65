"""A pack on pages: laid out, seen, printed, saved as PDF."""

import pypdfium2
import pytest
from msgspec.structs import replace
from PySide6.QtGui import QFont
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from briefpack.desktop.printing.commands import pdf_of
from briefpack.desktop.printing.paper import Paper
from briefpack.pack.model import Heading, Meeting, Pack, PageBreak, Paragraph
from briefpack.pack.text import text
from briefpack.packfile import new_file, save
from briefpack.render import to_paper
from tests.helpers.packs import rich_pack

LATER = 30_000


def text_of_pages(data):
    document = pypdfium2.PdfDocument(data)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]  # spaces are guessed at
    finally:
        document.close()


def _pages(html, title="Ports", marking="OFFICIAL"):
    return text_of_pages(pdf_of(Paper(html, title, marking, QFont("Liberation Sans")), "Ports"))


def _long(*before):
    body = (*before, *(Paragraph(text=text(f"Paragraph {number} of the briefing.")) for number in range(90)))
    return Pack(body=body, meeting=Meeting(title="Ports", marking="OFFICIAL"))


def test_each_page_has_marking_title_and_number(qapp):
    pages = _pages(to_paper(_long(), {}))
    assert len(pages) > 1
    for number, words in enumerate(pages, 1):
        assert words.count("OFFICIAL") == 2
        assert f"Page{number}of{len(pages)}" in words
        assert "Ports" in words
    for number in range(90):
        shown = sum(words.count(f"Paragraph{number}ofthebriefing.") for words in pages)
        assert shown in {1, 2}, "what is moved to the next page may stand beyond the edge of the one before, unseen"


def test_a_page_without_marking_has_none(qapp):
    assert "OFFICIAL" not in _pages(to_paper(replace(_long(), meeting=Meeting(title="Ports")), {}), marking="")[0]


def test_every_kind_of_block_is_on_paper(qapp):
    pack, media = rich_pack()
    working = "\n".join(_pages(to_paper(pack, media, copy="working")))
    reader = "\n".join(_pages(to_paper(pack, media)))
    for words in (
        "Annotated agenda",
        "Conference room 4",
        "South shore",
        "Rowed for her county",
        "Harbour Towns Forum",
    ):
        assert words.replace(" ", "") in reader
        assert words.replace(" ", "") in working
    assert "Autumnstateoftheharbours" in working
    assert "Currentasof9am" in working
    assert "ClearedbyEdgarMunt" in working
    assert "Currentasof9am" not in reader
    assert "ClearedbyEdgarMunt" not in reader


def test_a_break_begins_a_page(qapp):
    pack = Pack(body=(Paragraph(text=text("First.")), PageBreak(), Paragraph(text=text("Second."))))
    first, second = _pages(to_paper(pack, {}))
    assert "First." in first
    assert "Second." in second


def test_no_heading_stands_alone_at_the_foot_of_a_page(qapp):
    """However much stands before it."""
    for count in range(30, 50):
        before = tuple(Paragraph(text=text(f"Before {number}.")) for number in range(count))
        heads = (Heading(text=text("Chapter One")), Heading(text=text("Section Two"), level=2))
        pages = _pages(to_paper(_long(*before, *heads), {}))
        page = [words for words in pages if "ChapterOne" in words][-1]
        assert "SectionTwo" in page
        assert "Paragraph0of" in page
        assert all(f"Paragraph{number}of" in "".join(pages) for number in range(90)), "nothing is lost behind a break"


def test_nothing_is_fetched(qapp, tmp_path):
    """Only pictures that stand in the page itself are shown."""
    canary = tmp_path / "red.png"
    from PySide6.QtGui import QColor, QImage

    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(canary))
    for source in (canary.as_uri(), str(canary)):
        paper = Paper(f'<p>Words <img src="{source}" width="40" height="40"></p>', "Ports", "", QFont())
        found = paper._document.loadResource(2, source)
        assert (found.width(), found.height()) == (1, 1)


@pytest.fixture
def preview(desktop, qtbot, tmp_path):
    """The preview of a pack with everything."""
    pack, media = rich_pack()
    path = tmp_path / "rich.briefpack"
    save(new_file(pack, media), path)
    with qtbot.waitSignal(desktop.documents.opened):
        desktop.documents.open(path)
    desktop.window.actions_["file.print"].trigger()
    dialog = desktop.window.shell.printing.dialog
    qtbot.waitUntil(lambda: dialog.paper is not None, timeout=LATER)
    yield desktop, dialog
    if desktop.window.shell.printing.dialog is not None:
        dialog.close()


def test_the_preview_goes_from_page_to_page(preview):
    _, dialog = preview
    count = dialog.preview.pageCount()
    assert count > 1
    assert dialog.page.text() == f"Page 1 of {count}"
    assert not dialog.previous.isEnabled()
    dialog.step(1)
    assert dialog.page.text() == f"Page 2 of {count}"
    dialog.step(99)
    assert dialog.page.text() == f"Page {count} of {count}"
    assert not dialog.next.isEnabled()


def test_comments_are_a_choice(preview, qtbot):
    _, dialog = preview
    assert "Current as of 9am" not in dialog.paper.text
    dialog.with_comments.setChecked(True)
    qtbot.waitUntil(lambda: dialog.paper is not None, timeout=LATER)
    assert "Current as of 9am" in dialog.paper.text


def test_the_pages_are_saved_as_pdf(preview, monkeypatch, tmp_path):
    desktop, dialog = preview
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    dialog.pdf.click()
    assert "Annotatedagenda" in text_of_pages((tmp_path / "out.pdf").read_bytes())[0]
    assert desktop.window.toast.words == "Saved out.pdf"


def test_the_pages_that_were_asked_for_are_printed(preview, tmp_path):
    desktop, dialog = preview
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(dialog.printer.pageLayout())
    printer.setFromTo(2, 2)
    paper = dialog.paper
    whole = text_of_pages(pdf_of(paper, "Rich"))
    desktop.window.shell.printing.print_on(printer, paper)
    (page,) = text_of_pages((tmp_path / "printed.pdf").read_bytes())
    assert page == whole[1]
    assert desktop.window.toast.words == "1 page sent to the printer"
