"""``briefpack compare``: Word files and packs, either on either side; and bad input."""

import json

import pytest
from msgspec.structs import replace

from briefpack.ooxml.resolving import resolved
from briefpack.pack.model import Paragraph
from briefpack.pack.text import Text
from briefpack.packfile import new_file, save
from briefpack.tasks.comparing import compare_files, report, write_redline
from briefpack.tasks.importing import import_briefing
from briefpack.word.export import ExportOptions, export_docx
from tests.helpers.cli import briefpack, briefpack_json
from tests.helpers.packs import NOW, rich_pack
from tests.helpers.word import paragraphs


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Two versions of the rich pack, each as a pack and as a Word file."""
    folder = tmp_path_factory.mktemp("versions")
    old, media = rich_pack()
    body = list(old.body)
    at = next(at for at, block in enumerate(body) if isinstance(block, Paragraph) and not block.line)
    start = body[at].text.string.index("every")
    body[at] = replace(body[at], text=body[at].text.replace(start, start + len("every"), Text("each")))
    body.insert(at + 1, Paragraph(text=Text("A paragraph that is new.")))
    for name, pack in (("old", old), ("new", replace(old, body=tuple(body)))):
        save(new_file(pack, media), folder / f"{name}.briefpack")
        (folder / f"{name}.docx").write_bytes(export_docx(pack, media, ExportOptions(now=NOW, copy="reader")))
    return folder


@pytest.mark.parametrize("old", ["old.docx", "old.briefpack"])
@pytest.mark.parametrize("new", ["new.docx", "new.briefpack"])
def test_either_kind_on_either_side(files, old, new, tmp_path):
    out = tmp_path / "redline.docx"
    found = briefpack_json("compare", files / old, files / new, "-o", out)
    said = [(change["kind"], change["before"], change["after"]) for change in found["changes"]]
    assert ("replacement", "every", "each") in said
    assert ("insertion", "", "A paragraph that is new.") in said
    assert found["counts"]["replacement"] == found["counts"]["insertion"] == 1
    assert found["counts"]["deletion"] == found["counts"]["move"] == found["counts"]["table"] == 0
    assert found["redline"] == str(out)
    for verdict, name in ((True, "new.docx"), (False, "old.docx")):
        settled = resolved(out.read_bytes(), lambda _, verdict=verdict: verdict)
        assert paragraphs(settled) == paragraphs((files / name).read_bytes())


def test_without_json_it_says_how_many(files):
    done = briefpack("compare", files / "old.docx", files / "new.docx")
    assert done.returncode == 0
    assert done.stdout.startswith("2 changes: 1 insertion, 1 replacement")
    assert briefpack("compare", files / "old.docx", files / "old.docx").stdout.strip() == "0 changes"


def test_rows_are_both_versions(files):
    found = compare_files(files / "old.docx", files / "new.docx")
    kept = [row for row in found.rows if row.changed]
    assert [(row.old.string[:25], row.new.string[:25]) for row in kept] == [
        ("The Forum says that every", "The Forum says that each "),
        ("", "A paragraph that is new."),
    ]
    assert report(found)["problems"] == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing.docx", "no such file"),
        ("text.txt", "cannot compare this kind"),
        ("broken.docx", "broken.docx"),
        ("folder", "is a folder"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(files, tmp_path, name, says):
    (tmp_path / "text.txt").write_text("words")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no zip")
    (tmp_path / "folder").mkdir()
    for order in ((tmp_path / name, files / "new.docx"), (files / "old.docx", tmp_path / name)):
        done = briefpack("compare", *order)
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1
        assert says in done.stderr


def test_a_redline_does_not_take_the_place_of_what_is_compared(files, tmp_path):
    before = (files / "old.docx").read_bytes()
    done = briefpack("compare", files / "old.docx", files / "new.docx", "-o", files / "old.docx")
    assert done.returncode == 2
    assert (files / "old.docx").read_bytes() == before
    assert briefpack("compare", files / "old.docx", files / "new.docx", "-o", tmp_path / "r.pdf").returncode == 2


def test_a_redline_is_imported_with_its_changes(files, tmp_path):
    write_redline(compare_files(files / "old.docx", files / "new.docx", author="Edgar Munt"), tmp_path / "redline.docx")
    imported = import_briefing(tmp_path / "redline.docx")
    marks = [mark for block in imported.pack.body if isinstance(block, Paragraph) for mark in block.text.marks]
    assert {mark.kind.value for mark in marks} >= {"insertion", "deletion"}
    assert json.dumps(imported.notes)
