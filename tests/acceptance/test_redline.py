"""A redline in programs that are not ours: what LibreOffice and pandoc make of its changes is either version."""

import tempfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from briefpack.ooxml.story import paragraphs
from briefpack.pack.model import Biography, Image, Table
from briefpack.word.export import ExportOptions, export_docx
from briefpack.word.redline import RedlineOptions, redline, redline_packs
from tests.helpers.packs import NOW, much_changed, rich_pack
from tests.helpers.reviewer import review

_READER = ExportOptions(now=NOW, copy="reader", sources="none")
_OPTIONS = RedlineOptions("Edgar Munt", NOW)


def _versions():
    """The rich pack, and a version of it in which much changed."""
    pack, media = rich_pack()
    return pack, much_changed(pack), media


def _texts(docx):
    return [each.text.string for each in paragraphs(read_document(open_package(docx, "test")).story)]


@pytest.mark.parametrize("whose", ["packs", "files"])
def test_libreoffice_settles_all_changes_to_the_letter(whose):
    old, new, media = _versions()
    before, after = export_docx(old, media, _READER), export_docx(new, media, _READER)
    by_identity = whose == "packs"
    made = redline_packs(old, new, media, _READER, _OPTIONS) if by_identity else redline(before, after, _OPTIONS)
    assert len(made.changes) > 5
    assert _texts(review(made.docx, [["accept all"]], tracking=False)) == _texts(after)
    assert _texts(review(made.docx, [["reject all"]], tracking=False)) == _texts(before)


def _as_pandoc_reads(docx, changes):
    pypandoc = pytest.importorskip("pypandoc")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.docx")
        path.write_bytes(docx)
        arguments = ["--wrap=none", f"--track-changes={changes}"]
        said = pypandoc.convert_file(str(path), "plain", format="docx", extra_args=arguments)
        return [line for line in said.splitlines() if line.strip(" -")]  # it leaves the bullets of what went


def test_pandoc_settles_all_changes_to_the_letter():
    """Without tables and moves, whose rows and paragraph ends pandoc does not settle."""
    old, new, media = _versions()
    old, new = (
        replace(pack, body=tuple(each for each in pack.body if not isinstance(each, Table | Biography | Image)))
        for pack in (old, new)
    )
    made = redline_packs(old, new, media, _READER, replace(_OPTIONS, moves=False))
    assert _as_pandoc_reads(made.docx, "accept") == _as_pandoc_reads(export_docx(new, media, _READER), "all")
    assert _as_pandoc_reads(made.docx, "reject") == _as_pandoc_reads(export_docx(old, media, _READER), "all")
