"""What is told of any Word file: the values, and the command that prints them."""

import datetime as dt
import json

import pytest

from briefpack.errors import UserError
from briefpack.tasks.reading import read_word_file, report
from tests.helpers.cli import briefpack, briefpack_json
from tests.helpers.raw_docx import MAIN, document, p, r, raw_docx, root
from tests.helpers.tracked import deleted, inserted

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def said(*each):
    return root("w:comments", "".join(each))


def comment(number, text, extra="", paragraph=""):
    named = f' w14:paraId="{paragraph}"' if paragraph else ""
    return f'<w:comment w:id="{number}"{extra}><w:p{named}>{r(text)}</w:p></w:comment>'


def on(number, *words):
    return f'<w:commentRangeStart w:id="{number}"/>{"".join(words)}<w:commentRangeEnd w:id="{number}"/>' + sign(number)


def sign(number):
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


KNOWN = ' w:author="Ada Byrne" w:initials="AB" w:date="2031-03-17T09:00:00Z"'


def test_comments_have_all_that_the_contract_says():
    docx = raw_docx(
        p("See ", on(0, r("these words"), deleted(" gone")), " and ", sign(1)) + p("end"),
        comments=said(comment(0, "Why?", KNOWN, "00000001"), comment(1, "Point"), comment(2, "Because", KNOWN, "00000002"),
                      comment(3, "Lost")),
        commentsExtended=root("w15:commentsEx", '<w15:commentEx w15:paraId="00000001" w15:done="1"/>'
                              '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/>'),
    )  # fmt: skip
    found = report(docx, "a.docx")
    first, second, reply, lost = found["comments"]
    assert first == {
        "id": "0", "author": "Ada Byrne", "initials": "AB", "time": dt.datetime(2031, 3, 17, 9), "text": "Why?",
        "anchor": "these words gone", "resolved": True, "parent": None,
    }  # fmt: skip
    assert (second["author"], second["initials"], second["time"], second["anchor"]) == (None, None, None, "")
    assert (reply["parent"], reply["anchor"], reply["resolved"]) == ("0", "these words gone", True)
    assert (lost["anchor"], lost["parent"]) == (None, None)
    assert found["problems"] == ["A comment is in no place of the text: “Lost”"]
    assert found["recovered"] is False


def test_a_comment_over_paragraphs_in_a_note_or_header_has_its_words():
    docx = raw_docx(
        p("a ", '<w:commentRangeStart w:id="0"/>', "one") + p("two", '<w:commentRangeEnd w:id="0"/>', sign(0), " b"),
        comments=said(*(comment(n, "x") for n in range(3))),
        footnotes=root("w:footnotes", f'<w:footnote w:id="2">{p(on(1, r("noted")))}</w:footnote>'),
        header=root("w:hdr", p(on(2, r("headed")))),
    )
    found = report(docx, "a.docx")
    assert [each["anchor"] for each in found["comments"]] == ["one\ntwo", "noted", "headed"]
    assert found["problems"] == []


def test_a_place_of_a_comment_that_is_not_there_is_told():
    assert "its number is 7" in report(raw_docx(p("a", sign(7))), "a.docx")["problems"][0]


def test_changes_have_all_that_the_contract_says():
    docx = raw_docx(p(deleted("old"), inserted("new")), header=root("w:hdr", p(inserted("top", "Bo"))))
    assert report(docx, "a.docx")["changes"] == [
        {"kind": "replacement", "author": "A", "time": dt.datetime(2031, 1, 1, 9), "before": "old", "after": "new",
         "about": None, "where": None},
        {"kind": "insertion", "author": "Bo", "time": dt.datetime(2031, 1, 1, 9), "before": "", "after": "top",
         "about": None, "where": "Header"},
    ]  # fmt: skip


def test_broken_xml_is_said_to_be_recovered():
    torn = '<w:p><w:del w:id="1" w:author="A"><w:sdt><w:sdtContent></w:del><w:r><w:t>kept</w:t></w:r></w:p>'
    found = report(raw_docx(main=document(p("before") + torn)), "a.docx")
    assert found["recovered"] is True
    assert "recovered (word/document.xml)" in found["problems"][0]


def test_a_file_that_takes_too_long_is_stopped(tmp_path):
    (tmp_path / "a.docx").write_bytes(raw_docx(p("x")))
    with pytest.raises(UserError, match="took too long"):
        read_word_file(tmp_path / "a.docx", seconds=0.01)
    assert read_word_file(tmp_path / "a.docx")["comments"] == []


def test_the_command_prints_json_or_lines(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(
        raw_docx(p(on(0, r("these words")), deleted("old"), inserted("new")), comments=said(comment(0, "Why?", KNOWN)))
    )
    found = briefpack_json("read", path)
    assert found.keys() == {"comments", "changes", "problems", "recovered"}
    assert found["comments"][0]["time"] == "2031-03-17T09:00:00"
    lines = briefpack("read", path)
    assert lines.returncode == 0
    assert lines.stdout.splitlines() == [
        f"{path}: 1 comment, 1 change", "", "Comments", "  Ada Byrne, 17/03/2031 09:00, on “these words”", "    Why?", "",
        "Changes", "  replacement: A, 01/01/2031 09:00", "    - “old”", "    + “new”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (raw_docx(p("x"), vbaProject=b"\0"), "macros"),
        (raw_docx(p("x"), main_type=MAIN.replace("openxmlformats-officedocument.wordprocessingml.document.main",
                                                 "ms-word.document.macroEnabled.main")), "macros"),
        (raw_docx(p("cut off"))[:-40], "damaged"),
        (b"PK\x03\x04 no zip", "damaged"),
        (json.dumps({}).encode(), "not a Word file"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line_and_exit_code_2(data, word, tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    done = briefpack("read", path, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert word in line
    assert str(path) in line
