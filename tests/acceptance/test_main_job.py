"""The main job, end to end, as an official does it: from the archive and an old briefing to a Word file, and back."""

import re
from collections import Counter

import pytest

from briefpack.packfile import read
from briefpack.word.lint import lint
from tests.helpers.cli import briefpack, briefpack_json
from tests.helpers.office import rendered
from tests.helpers.reviewer import review
from tests.helpers.validator import validation_errors


def words(text):
    return Counter(re.findall(r"\w+", text))


@pytest.fixture(scope="module")
def desk(tmp_path_factory, request):
    """A folder with the archive of 100 articles and the pack of the real briefing, both made by the command."""
    seeds = request.getfixturevalue("seeds")
    folder = tmp_path_factory.mktemp("desk")
    added = briefpack_json("archive", "add", seeds / "000_503f1fb9c8f33b75.txt", "--archive", folder / "archive")
    assert (added["added"], added["refused"]) == (100, [])
    done = briefpack("import", seeds / "003_caf280a3692acce3.txt", "-o", folder / "adcs.briefpack")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def clipped(desk):
    """The pack after a passage was found and placed under the right heading; the passage's words."""
    found = briefpack_json("archive", "search", "NAAS mandatory funded", "--archive", desk / "archive")
    best = found["hits"][0]
    assert best["title"] == "NAAS consultation response from ADCS"
    passage = next(p for p in best["passages"] if "must be mandatory" in p["text"])
    marked = {passage["text"][start:end].lower() for start, end in passage["highlights"]}
    assert {"mandatory", "funded"} <= marked
    under = ("--under", "NAAS – Lines to take")
    done = briefpack("clip", desk / "adcs.briefpack", "--archive", desk / "archive", "--passage", passage["id"], *under)
    assert done.returncode == 0, done.stderr
    return passage["text"]


def test_adding_the_archive_again_adds_nothing(desk, seeds):
    again = briefpack_json("archive", "add", seeds / "000_503f1fb9c8f33b75.txt", "--archive", desk / "archive")
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 100)


def test_the_clip_stands_under_its_heading_with_its_source(desk, clipped):
    shown = briefpack_json("show", desk / "adcs.briefpack")
    line = next(line for line in shown["lines"] if line["text"] == clipped)
    assert line["item"] == "National Assessment and Accreditation System (NAAS)"
    (clip,) = shown["clips"]
    assert (clip["block"], clip["words"]) == (line["id"], clipped)
    verified = briefpack_json("archive", "verify", desk / "adcs.briefpack", "--archive", desk / "archive")
    assert [each["verdict"] for each in verified["clips"]] == ["same"]


def test_the_word_file_is_valid_and_holds_every_word(desk, clipped):
    out = desk / "adcs.docx"
    done = briefpack("export", desk / "adcs.briefpack", "-o", out)
    assert done.returncode == 0, done.stderr
    data = out.read_bytes()
    assert validation_errors(data) == []
    assert lint(data) == []
    printed = words(" ".join(rendered(data)))
    body = words(" ".join(text for text in _texts(read(desk / "adcs.briefpack").pack)))
    missing = {word for word in body if printed[word] < body[word]}
    assert not {word for word in missing if len(word) > 3}, missing  # short ones may be broken at a line's end


def _texts(pack):
    from briefpack.pack.model import texts_of

    return (text.string for block in pack.body for text in texts_of(block))


def test_a_reviewers_copy_comes_back_with_what_they_did(desk, clipped):
    out = desk / "for-review.docx"
    assert briefpack("export", desk / "adcs.briefpack", "-o", out, "--copy", "reviewers").returncode == 0
    sent = out.read_bytes()
    assert validation_errors(sent) == []
    kept = read(desk / "adcs.briefpack")
    assert list(kept.issued.values()) == [sent], "the exact bytes that were sent are kept"

    returned = review(
        sent,
        [
            ["comment", "We anticipate the review will run for 18 months", "Is this public yet?"],
            ["replace", "circa 100 children", "about 100 children"],
            ["insert after", "on a stable footing", " this year"],
        ],
    )
    (desk / "returned.docx").write_bytes(returned)
    done = briefpack("import", desk / "returned.docx", "-o", desk / "returned.briefpack")
    assert done.returncode == 0, done.stderr
    before, after = (briefpack_json("show", desk / name) for name in ("adcs.briefpack", "returned.briefpack"))
    assert [(s["id"], s["role"], s["text"]) for s in after["outline"]] == [
        (s["id"], s["role"], s["text"]) for s in before["outline"]
    ]
    assert after["title"] == before["title"]
    assert after["meeting"]["date"] == "2020-03-18"
    (new,) = [c for c in after["comments"] if c["text"] == "Is this public yet?"]
    assert new["anchor"] == "We anticipate the review will run for 18 months"
    assert {c["text"] for c in before["comments"]} <= {c["text"] for c in after["comments"]}

    marks = {
        (mark.kind, block.text.string[mark.start : mark.end])
        for block in read(desk / "returned.briefpack").pack.body
        if hasattr(block, "text")
        for mark in block.text.marks
    }
    assert ("insertion", " this year") in marks
    assert any(kind == "deletion" and "circa" in text for kind, text in marks)
    assert any(kind == "insertion" and "about" in text for kind, text in marks)


def test_web_page_markdown_and_text_hold_every_word(desk, clipped):
    body = words(" ".join(_texts(read(desk / "adcs.briefpack").pack)))
    for suffix in (".html", ".md", ".txt"):
        out = desk / f"adcs{suffix}"
        assert briefpack("export", desk / "adcs.briefpack", "-o", out).returncode == 0
        written = words(_plain(out))
        assert not {word for word in body if written[word] < body[word]}, suffix


def _plain(path):
    if path.suffix != ".html":
        return path.read_text(encoding="utf-8")
    import lxml.html

    return " ".join(lxml.html.fromstring(path.read_bytes()).itertext())
