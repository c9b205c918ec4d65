"""Exporting, apart from what each format looks like."""

import datetime as dt

import pytest
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.packfile import new_file, read, save
from briefpack.tasks.exporting import Request, export_file, places_of_sources
from tests.helpers.packs import rich_pack

NOW = dt.datetime(2031, 3, 14, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def file(tmp_path):
    pack, media = rich_pack()
    return save(new_file(pack, media), tmp_path / "rich.briefpack")


@pytest.mark.parametrize(
    ("copy", "suffix", "place"),
    [
        ("working", ".docx", "annex"),
        ("reviewers", ".docx", "annex"),
        ("working", ".pdf", "annex"),
        ("reader", ".docx", "footnotes"),
        ("working", ".html", "footnotes"),
    ],
)
def test_sources_are_footnotes_but_not_beside_comments_in_word(file, copy, suffix, place):
    assert places_of_sources(Request(copy=copy), suffix, file.pack) == place
    assert places_of_sources(Request(copy=copy, sources="none"), suffix, file.pack) == "none"
    silent = replace(file.pack, comments=())
    assert places_of_sources(Request(copy=copy), suffix, silent) == "footnotes"


def test_a_copy_for_reviewers_is_kept_to_the_byte_and_recorded(file, tmp_path):
    out = tmp_path / "sent.docx"
    export_file(file, out, Request(copy="reviewers"), now=NOW)
    again = read(file.path)
    (issue,) = again.pack.issues
    assert (issue.number, issue.time, issue.files[0].name) == ("0.1", NOW, "sent.docx")
    assert again.issued == {issue.files[0].sha256: out.read_bytes()}


@pytest.mark.parametrize("state", ["read_only", "damaged"])
def test_nothing_goes_to_reviewers_that_the_pack_could_not_keep(file, tmp_path, state):
    out = tmp_path / "sent.docx"
    with pytest.raises(UserError, match="cannot be written"):
        export_file(replace(file, **{state: True}), out, Request(copy="reviewers"), now=NOW)
    assert not out.exists()
    export_file(replace(file, **{state: True}), out, Request(), now=NOW)
    assert out.exists()


def test_a_template_is_neither_ignored_nor_written_over(file, tmp_path):
    """A web page has none; and the department's template must outlive a slip of the hand."""
    template = tmp_path / "house.docx"
    export_file(file, template, Request(copy="reader"), now=NOW)
    before = template.read_bytes()
    with pytest.raises(UserError, match="Only Word files"):
        export_file(file, tmp_path / "out.html", Request(template=template), now=NOW)
    with pytest.raises(UserError, match="the template itself"):
        export_file(file, template, Request(template=template), now=NOW)
    assert template.read_bytes() == before
    assert export_file(file, tmp_path / "out.docx", Request(template=template), now=NOW).size > 0
