"""A rich briefing as Word file on paper: LibreOffice prints it, and the pages hold what they must."""

import re

import pytest

from briefpack.pack.copies import reader_copy
from briefpack.pack.model import Biography, Heading, Image, Pack, PageBreak, Quote, Table, texts_of
from briefpack.pack.text import Text
from briefpack.word.export import ExportOptions, export_docx
from briefpack.word.lint import lint
from tests.helpers.office import convert, rendered
from tests.helpers.packs import NOW, rich_pack
from tests.helpers.validator import validation_errors
from tests.helpers.word import parts, xpath

pytestmark = pytest.mark.office

READER = ExportOptions(now=NOW, copy="reader", sources="annex")


def test_every_page_has_marking_and_page_number_and_no_word_is_lost():
    pack, media = rich_pack()
    found = rendered(export_docx(pack, media, READER))
    assert len(found) >= 3
    for number, page in enumerate(found, 1):
        lines = [line.strip() for line in page.strip().splitlines() if line.strip()]
        assert lines[0] == lines[-1] == "OFFICIAL – SENSITIVE"
        assert f"Page {number} of {len(found)}" in page
    printed = set(re.findall(r"\w+", " ".join(found)))
    seen = reader_copy(pack)
    said = [text.string for block in seen.body for text in texts_of(block)]
    said += [person.name for person in seen.people] + [person.role for person in seen.people]
    said += [seen.meeting.title, seen.meeting.purpose, *seen.meeting.objectives, "Tuesday 18 March 2031"]
    said += [block.speaker for block in seen.body if isinstance(block, Quote)]
    said += [clip.title for clip in seen.clips]
    assert set(re.findall(r"\w+", " ".join(said))) <= printed


def test_what_follows_a_page_break_starts_a_page():
    pack, media = rich_pack()
    after = next(i for i, block in enumerate(pack.body) if isinstance(block, PageBreak)) + 1
    heading = pack.body[after]
    assert isinstance(heading, Heading)
    found = rendered(export_docx(pack, media, READER))
    page = next(page for page in found if re.search(rf"^\s*{re.escape(heading.text.string)}\s*$", page, re.MULTILINE))
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    assert lines[1] == heading.text.string


def test_a_table_over_many_pages_repeats_its_header_row():
    rows = ((Text("Harbour"), Text("Crews")), *((Text(f"Town {n}"), Text(str(n))) for n in range(120)))
    found = rendered(export_docx(Pack(body=(Table(rows=rows),)), {}, READER))
    assert len(found) >= 3
    assert all(re.search(r"Harbour\s+Crews", page) for page in found)


def test_libreoffice_saves_it_again_with_comments_and_identities():
    pack, media = rich_pack()
    docx = export_docx(pack, media, ExportOptions(now=NOW, copy="reviewers"))
    assert (lint(docx), validation_errors(docx)) == ([], [])
    back = parts(convert(docx, ".docx", "docx"))
    names = set(xpath(back["word/document.xml"], "//w:bookmarkStart/@w:name"))
    assert {f"_bp_{block.id}" for block in pack.body} <= names
    assert len(back["word/comments.xml"]) == len(pack.comments) + sum(len(c.replies) for c in pack.comments)
    assert sum(isinstance(block, Biography | Image) for block in pack.body) == len(
        xpath(back["word/document.xml"], "//wp:docPr[@descr]")
    )
