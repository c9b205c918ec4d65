"""Sending to reviewers and taking back, as a user asks for it."""

import hashlib

import pytest

from briefpack.errors import UserError
from briefpack.packfile import new_file, read, save
from briefpack.tasks.exporting import Request, export_file
from briefpack.tasks.reviewing import decided, report, take_back_files
from tests.helpers.cli import briefpack, briefpack_json
from tests.helpers.packs import NOW, rich_pack
from tests.helpers.returns import Reviewer
from tests.helpers.word import parts

ITEM = {"id", "kind", "author", "time", "block", "before", "after", "text", "clash", "decision"}


@pytest.fixture
def pack(tmp_path):
    return save(new_file(*rich_pack()), tmp_path / "meeting.briefpack")


def copies(folder, data):
    made = []
    for who, words, new in (("Ann Ash", "new money", "old money"), ("Bob Birch", "Bids open", "Offers open")):
        copy = Reviewer(data)
        copy.who = who
        copy.type_over(words, new)
        copy.comment("As published", "By whom?")
        path = folder / f"{who} returned.docx"
        path.write_bytes(copy.file())
        made.append(path)
    return made


def test_a_copy_for_each_reviewer_is_kept_with_whom_it_went_to(pack, tmp_path):
    request = Request(copy="reviewers", recipients=("Ann Ash", "Bob/Birch", "Ann  Ash"))
    done = export_file(pack, tmp_path / "out.docx", request, now=NOW)
    assert [path.name for path in done.paths] == ["out (Ann Ash).docx", "out (Bob_Birch).docx"]
    (issue,) = read(pack.path).pack.issues
    assert [(file.recipient, file.copy) for file in issue.files] == [
        ("Ann Ash", "reviewers"),
        ("Bob/Birch", "reviewers"),
    ]
    for path, file in zip(done.paths, issue.files, strict=True):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256
        assert read(pack.path).issued[file.sha256] == path.read_bytes()
        settings = parts(path.read_bytes())["word/settings.xml"]
        assert any(each.tag.endswith("}trackRevisions") for each in settings)


def test_two_names_that_make_one_file_name_are_refused_before_anything_is_written(pack, tmp_path):
    with pytest.raises(UserError, match="same file name"):
        export_file(pack, tmp_path / "out.docx", Request(copy="reviewers", recipients=("A/B", "A:B")), now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["meeting.briefpack"]


def test_a_reader_s_copy_tells_nothing_of_the_review(pack, tmp_path):
    sent = export_file(pack, tmp_path / "out.docx", Request(copy="reviewers"), now=NOW).file
    back = copies(tmp_path, (tmp_path / "out.docx").read_bytes())
    taking = take_back_files(sent, back, now=NOW)
    data = (export_file(taking.file, tmp_path / "reader.docx", Request(copy="reader"), now=NOW)).path.read_bytes()
    names = set(parts(data))
    assert not any("comments" in name or "people" in name or "customXml" in name for name in names)
    body = parts(data)["word/document.xml"]
    tags = {element.tag.rpartition("}")[2] for element in body.iter("*")}
    assert not tags & {"ins", "del", "bookmarkStart", "commentReference", "commentRangeStart", "rPrChange"}
    for name, root in parts(data).items():
        said = " ".join(root.itertext())
        for secret in ("Ann Ash", "Bob Birch", "By whom?", "_bp_"):
            assert secret not in said, name


def test_the_report_and_what_is_decided_at_once(pack, tmp_path):
    sent = export_file(pack, tmp_path / "out.docx", Request(copy="reviewers"), now=NOW).file
    back = copies(tmp_path, (tmp_path / "out.docx").read_bytes())
    taking = take_back_files(sent, [*back, tmp_path / "missing.docx"], now=NOW)
    told = report(taking)
    assert [each["file"] for each in told["returns"]] == [path.name for path in back]
    assert all(
        {"file", "pack", "issue", "matched", "by", "unmatched", "problems"} <= each.keys() for each in told["returns"]
    )
    assert all(each.keys() >= ITEM for each in told["items"])
    assert told["counts"] | {"comments": 2, "tracked": 2, "new": 4, "open": 4} == told["counts"]
    assert len(told["problems"]) == 1
    for accept, verdicts in (("ANN ASH", [None, "accepted"]), ("all", ["accepted"] * 2), ("none", ["rejected"] * 2)):
        after, unfit = decided(taking, accept, by="N", now=NOW)
        changes = [each["decision"] for each in report(after)["items"] if each["kind"] == "replacement"]
        assert sorted(changes, key=str) == sorted(verdicts, key=str)
        assert not unfit
    with pytest.raises(UserError, match="has made no change"):
        decided(taking, "Carla", by="N", now=NOW)


def test_the_command(pack, tmp_path):
    assert briefpack("export", pack.path, "-o", tmp_path / "out.docx", "--copy", "reviewers").returncode == 0
    back = copies(tmp_path, (tmp_path / "out.docx").read_bytes())
    other = tmp_path / "other.briefpack"
    before = pack.path.read_bytes()
    told = briefpack_json("review", pack.path, *back, "--accept", "all", "-o", other)
    assert told["counts"]["new"] == 4
    assert [item["decision"] for item in told["items"] if item["kind"] == "replacement"] == ["accepted"] * 2
    assert pack.path.read_bytes() == before  # -o leaves it as it is
    assert len(read(other).returned) == 2
    assert not read(other).lost
    again = briefpack_json("review", other, back[0])
    assert (again["counts"]["new"], len(again["items"])) == (0, 4)
    listed = briefpack("review", pack.path, back[0])
    assert listed.returncode == 0
    assert "new money" in listed.stdout
    refused = briefpack("review", pack.path, tmp_path / "none.docx")
    assert refused.returncode == 2
    assert "none.docx" in refused.stderr
