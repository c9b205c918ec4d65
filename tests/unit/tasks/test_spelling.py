"""The list of misspelt words that the command prints."""

from briefpack.pack.model import Comment, Meeting, MeetingDetails, Pack, Paragraph, Person, Table
from briefpack.pack.text import Mark, MarkKind, Text, text
from briefpack.packfile import new_file, save
from briefpack.spelling.own import OwnDictionary
from briefpack.tasks.spelling import spelling_of
from tests.helpers.cli import briefpack, briefpack_json

SAID = Comment("Is this the goverment's?", author="Wulf Ingelby")
DETAILS = MeetingDetails()
PARAGRAPH = Paragraph(text=text("Quillby will recieve the lockside figures.", [Mark(0, 7, MarkKind.COMMENT, SAID.id)]))
TABLE = Table(rows=((Text("Teh rate"), Text("4.2%")),))
PACK = Pack(
    meeting=Meeting(title="Locks", purpose="To acheive more"),
    body=(DETAILS, PARAGRAPH, TABLE),
    people=(Person("Amara Quillby"),),
    comments=(SAID,),
)


def words(report):
    return [each["word"] for each in report["misspelt"]]


def test_lists_every_part_of_a_pack_in_order(tmp_path):
    report = spelling_of(PACK, OwnDictionary(tmp_path / "none"))
    assert [(each["word"], each["part"], each["block"]) for each in report["misspelt"]] == [
        ("acheive", "meeting", DETAILS.id),
        ("recieve", "body", PARAGRAPH.id),
        ("lockside", "body", PARAGRAPH.id),
        ("Teh", "body", TABLE.id),
        ("goverment", "comment", PARAGRAPH.id),
    ]
    assert report["counts"] == {"misspelt": 5, "words": 5}
    assert report["misspelt"][1]["context"] == "Quillby will recieve the lockside figures."


def test_own_words_are_known(tmp_path):
    own = OwnDictionary(tmp_path / "dictionary.txt")
    own.add("lockside")
    assert "lockside" not in words(spelling_of(PACK, own))


def test_another_language_is_not_checked_and_said(tmp_path):
    report = spelling_of(Pack(body=PACK.body, language="cy"), OwnDictionary(tmp_path / "none"))
    assert report["checked"] is False
    assert report["misspelt"] == []


def test_the_command(tmp_path):
    path = tmp_path / "a.briefpack"
    save(new_file(PACK), path)
    report = briefpack_json("spell", path, "--suggest", home=tmp_path)
    assert "receive" in next(each for each in report["misspelt"] if each["word"] == "recieve")["suggestions"]
    printed = briefpack("spell", path, home=tmp_path)
    assert printed.returncode == 0
    assert "5 misspellings" in printed.stdout
    assert "recieve" in printed.stdout
    welsh = tmp_path / "b.briefpack"
    save(new_file(Pack(body=PACK.body, language="cy")), welsh)
    assert "not checked" in briefpack("spell", welsh, home=tmp_path).stderr
    assert briefpack("spell", tmp_path / "none.briefpack", home=tmp_path).returncode == 2


def test_an_own_dictionary_that_cannot_be_read_is_said(tmp_path):
    path = tmp_path / "a.briefpack"
    save(new_file(PACK), path)
    own = tmp_path / "data" / "briefpack" / "dictionary.txt"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"caf\xe9")
    done = briefpack("spell", path, home=tmp_path)
    assert done.returncode == 2
    assert "dictionary.txt" in done.stderr
