"""Programs that are not ours: what LibreOffice and pandoc make of a copy, all changes accepted, is what the pack is then."""

import re
import tempfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from briefpack.ooxml.story import paragraphs
from briefpack.review.deciding import accept_all
from briefpack.tasks.exporting import Request, rendered
from tests.helpers.reviewer import review as in_libreoffice
from tests.helpers.sending import NOW, taken
from tests.unit.review.test_three_returns import out, policy, press

_LABEL = re.compile(r"^(?:(?:-|\(?[0-9a-z]{1,2}[.)])(?:\s|$))*")
"""Bullets and numbers: pandoc leaves those of paragraphs that are not there any more."""


def words(docx):
    """The words of every paragraph that has any."""
    story = read_document(open_package(docx, "a.docx")).story
    return [each.text.string.strip() for each in paragraphs(story) if each.text.string.strip()]


def after(copy):
    """The pack with every change of a copy accepted, written as the copy was."""
    taking = taken(out()[0], copy)
    keys = [item.key for item in taking.review.items if item.is_change]
    pack, unfit = accept_all(taking.file.pack, taking.review, keys, by="Niamh Castellan", now=NOW)
    assert not unfit
    return rendered(replace(taking.file, pack=pack), ".docx", Request(copy="reviewers"), now=NOW, issue="0.2")


def plainly(docx, changes):
    pypandoc = pytest.importorskip("pypandoc")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.docx")
        path.write_bytes(docx)
        arguments = ["--wrap=none", f"--track-changes={changes}"]
        said = pypandoc.convert_file(str(path), "plain", format="docx", extra_args=arguments)
    said = re.sub(r"\^\((\[\d+\])\)", r"\1", said)  # a reference that is raised, which this reviewer does not keep
    lines = (_LABEL.sub("", " ".join(line.split())) for line in said.splitlines())
    return [line for line in lines if line]


@pytest.mark.parametrize("copy", [policy, press], ids=["policy", "press"])
def test_libreoffice_accepts_all_to_the_same_words_and_rejects_all_to_those_that_were_sent(copy):
    # the pack had two proposals of its own when it was sent; they are settled with the others here
    settled = in_libreoffice(after(copy()), [["accept all"]], tracking=False)
    assert words(in_libreoffice(copy(), [["accept all"]], tracking=False)) == words(settled)
    sent = in_libreoffice(out()[1], [["reject all"]], tracking=False)
    assert words(in_libreoffice(copy(), [["reject all"]], tracking=False)) == words(sent)


@pytest.mark.parametrize("copy", [policy, press], ids=["policy", "press"])
def test_pandoc_accepts_all_to_the_same_words_and_rejects_all_to_those_that_were_sent(copy):
    assert plainly(copy(), "accept") == plainly(after(copy()), "accept")
    assert plainly(copy(), "reject") == plainly(out()[1], "reject")
