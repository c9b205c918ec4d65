"""Reviewers answered: what they said, in native threads with the drafter's replies, and what became of each change."""

import datetime as dt

import pytest
from msgspec.structs import replace

from briefpack.ooxml.comments import read_comments
from briefpack.ooxml.package import open_package
from briefpack.ooxml.styles import Styles
from briefpack.pack.decisions import Verdict
from briefpack.pack.edits import Place, add_comment
from briefpack.pack.model import Comment, Heading, Meeting, MeetingDetails, Pack, Paragraph
from briefpack.pack.text import Text
from briefpack.packfile import new_file, read, save
from briefpack.review.deciding import decide
from briefpack.review.model import ItemKind
from briefpack.tasks.exporting import Request, export_file
from briefpack.tasks.reviewing import take_back
from briefpack.word.export import ExportOptions, export_docx
from briefpack.word.lint import lint
from briefpack.word.redline import RedlineOptions, redline
from tests.helpers.cli import briefpack, briefpack_json
from tests.helpers.packs import NOW
from tests.helpers.validator import validation_errors
from tests.helpers.word import paragraphs

_A, _B, _C = (f"01JZ{number:022d}" for number in range(3))


def _pack():
    return Pack(
        meeting=Meeting(title="Harbour review", marking="OFFICIAL", date=dt.date(2031, 3, 18)),
        body=(
            MeetingDetails(),
            Heading(level=1, text=Text("Background")),
            Paragraph(id=_A, text=Text("The fund opens in spring and closes in May.")),
            Paragraph(id=_B, text=Text("Every station is staffed by October.")),
            Heading(level=1, text=Text("Next steps")),
            Paragraph(id=_C, text=Text("We publish the report.")),
        ),
    )


def _returned(sent, pack, author, words, comment):
    """A reviewer's copy: some words of a block written anew with tracking on, and a comment."""
    block, new = words
    changed = replace(
        pack, body=tuple(replace(each, text=Text(new)) if each.id == block else each for each in pack.body)
    )
    changed = add_comment(changed, Place(_C, 0), Place(_C, 10), Comment(comment, author=author, initials="X", time=NOW))
    mine = export_docx(changed, {}, ExportOptions(now=NOW, copy="reviewers", issue="0.1"))
    return redline(sent, mine, RedlineOptions(author, NOW, formatting=False)).docx


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """A pack file with two returns: one change done, one not, one comment answered, one open."""
    folder = tmp_path_factory.mktemp("answered")
    path = folder / "harbour.briefpack"
    file = save(new_file(_pack()), path)
    sent = folder / "sent.docx"
    file = export_file(file, sent, Request(copy="reviewers"), now=NOW).file
    copies = [
        ("gita.docx", "Gita Mistry", (_A, "The fund opens in summer and closes in May."), "Which report?"),
        ("owen.docx", "Owen Tarn", (_B, "Every station is staffed by November."), "Is this agreed?"),
    ]
    back = [(name, _returned(sent.read_bytes(), file.pack, who, words, said)) for name, who, words, said in copies]
    taking = take_back(file, back, now=NOW)
    assert taking.problems == ()
    pack, review = taking.file.pack, taking.review
    for item in review.items:
        if item.kind is ItemKind.COMMENT and item.author == "Gita Mistry":
            pack = decide(pack, review, item.key, Verdict.ANSWERED, by="Edgar Munt", now=NOW, reply="The annual one.")
        elif item.is_change and item.author == "Gita Mistry":
            pack = decide(pack, review, item.key, Verdict.ACCEPTED, by="Edgar Munt", now=NOW)
        elif item.is_change:
            pack = decide(
                pack, review, item.key, Verdict.REJECTED, by="Edgar Munt", now=NOW, reply="October is announced."
            )
    save(replace(taking.file, pack=pack))
    return path


def _comments(docx):
    package = open_package(docx, "answer")
    return read_comments(package, Styles(package.related_xml("styles"), package.related_xml("numbering")))


def test_each_reviewer_has_a_file_with_threads_and_outcomes(answered, tmp_path):
    made = briefpack_json("answer", answered, "-o", tmp_path / "answers", "--by", "Edgar Munt")
    assert [(each["to"], each["remarks"], each["changes"], each["open"]) for each in made["answers"]] == [
        ("Gita Mistry", 1, 1, 0),
        ("Owen Tarn", 1, 1, 1),
    ]
    gita, owen = (
        (tmp_path / "answers" / f"You said, we did - {name}.docx").read_bytes() for name in ("Gita Mistry", "Owen Tarn")
    )
    comment, reply = _comments(gita)
    assert (comment.text, comment.author, comment.resolved) == ("Which report?", "Gita Mistry", False)
    assert (reply.text, reply.author, reply.parent) == ("The annual one.", "Edgar Munt", comment.id)
    said = "\n".join(paragraphs(gita))
    assert "Replace: spring → summer\nin: “The fund opens in spring and closes in May.”" in said
    assert "Done as you proposed.\nEdgar Munt, 12 March 2031" in said
    assert "Owen Tarn" not in said
    said = "\n".join(paragraphs(owen))
    assert "Not done.\nOctober is announced." in said
    assert "Not decided yet." in said
    for each in (gita, owen, (tmp_path / "answers" / "Decision record.docx").read_bytes()):
        assert lint(each) == []
        assert validation_errors(each) == []


def test_the_record_is_one_page_and_says_what_was_not_simply_done(answered, tmp_path):
    from tests.helpers.office import rendered

    briefpack("answer", answered, "-o", tmp_path)
    record = (tmp_path / "Decision record.docx").read_bytes()
    said = paragraphs(record)
    assert "2 remarks and 2 changes. Of the changes 1 done, 1 not done. 1 not decided yet." in said
    assert "Not done. October is announced." in said
    assert "Done as you proposed." not in said
    assert len(rendered(record)) == 1


def test_all_in_one_or_one_alone(answered, tmp_path):
    made = briefpack_json("answer", answered, "-o", tmp_path, "--together")
    assert [each["to"] for each in made["answers"]] == ["Gita Mistry, Owen Tarn"]
    assert len(_comments((tmp_path / "You said, we did - all reviewers.docx").read_bytes())) == 3
    made = briefpack_json("answer", answered, "-o", tmp_path / "one", "--to", "owen tarn")
    assert [each["to"] for each in made["answers"]] == ["Owen Tarn"]


def test_the_pack_is_left_as_it_is(answered, tmp_path):
    before = answered.read_bytes()
    briefpack("answer", answered, "-o", tmp_path)
    assert answered.read_bytes() == before
    assert read(answered).pack.decisions


def test_bad_input_is_one_line(answered, tmp_path):
    save(new_file(_pack()), tmp_path / "plain.briefpack")
    (tmp_path / "file").write_text("x")
    for args, says in (
        ((tmp_path / "plain.briefpack", "-o", tmp_path / "a"), "nothing has come back"),
        ((answered, "-o", tmp_path / "a", "--to", "Nobody"), "has said and changed nothing"),
        ((answered, "-o", tmp_path / "file"), "not a folder"),
    ):
        done = briefpack("answer", *args)
        assert done.returncode == 2
        assert says in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
