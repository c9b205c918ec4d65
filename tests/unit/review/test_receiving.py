"""Which issue a copy answers, and what is no return at all."""

import pytest
from lxml import etree
from msgspec.structs import replace

from briefpack.pack.ids import new_id
from briefpack.pack.model import Pack, Paragraph
from briefpack.pack.text import Text
from briefpack.packfile import new_file
from briefpack.review.deriving import derive
from briefpack.tasks.exporting import Request, rendered
from tests.helpers.packs import rich_pack
from tests.helpers.returns import Reviewer
from tests.helpers.sending import NOW, sent, taken
from tests.helpers.word import parts, with_parts


def test_a_copy_of_another_pack_is_not_taken_and_the_others_are():
    file, data = sent(*rich_pack())
    pack, media = rich_pack()
    _, other = sent(replace(pack, id=new_id()), media)
    taking = taken(file, ("theirs.docx", other), ("ours.docx", data))
    assert len(taking.file.pack.returns) == 1
    (problem,) = taking.problems
    assert problem.startswith("theirs.docx: This copy was made from another pack")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a Word file"),
        (b"PK\x03\x04 torn", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 80, "protected"),
    ],
)
def test_what_is_no_word_file_is_not_taken(data, said):
    file, _ = sent(*rich_pack())
    taking = taken(file, ("a.docx", data))
    assert taking.file is file
    (problem,) = taking.problems
    assert "a.docx" in problem
    assert said in problem


def test_a_word_file_about_something_else_is_not_taken():
    file, _ = sent(*rich_pack())
    strange = Pack(body=tuple(Paragraph(text=Text(f"Quite another matter, number {n} of several.")) for n in range(9)))
    unnamed = rendered(new_file(strange), ".docx", Request(copy="reader"), now=NOW)
    taking = taken(file, unnamed)
    assert "not a copy of anything that was sent" in taking.problems[0]


def test_before_anything_was_sent_there_is_nothing_to_compare_with():
    pack, media = rich_pack()
    file = new_file(pack, media)
    working = rendered(file, ".docx", Request(), now=NOW)
    assert "No copy of this pack has been sent" in taken(file, working).problems[0]


def test_a_copy_without_identity_is_compared_with_the_issue_that_it_is_nearest_to():
    file, first = sent(*rich_pack())
    block = file.pack.body[9]
    later = replace(block, text=Text("The fund is wholly new money, as announced in the spring."))
    body = tuple(later if each is block else each for each in file.pack.body)
    file, second = sent(None, number="0.2", file=replace(file, pack=replace(file.pack, body=body)))
    for data, number in ((first, "0.1"), (second, "0.2")):
        copy = Reviewer(data)
        copy.who = "Ann Ash"
        copy.type_over("Bids open", "Offers open")
        bare = with_parts(copy.file(bookmarks=False), **{"customXml/item1.xml": b"<nothing/>"})
        taking = taken(file, bare)
        assert not taking.problems
        (told,) = taking.review.returns
        assert (told.issue, told.pack, told.by_bookmark) == (number, None, 0)
        assert [item.after for item in taking.review.items] == ["Offers open"]


def test_who_sends_back_a_copy_of_their_own_is_known_without_tracking():
    file, data = sent(*rich_pack(), recipient="Priya Halloway")
    copy = Reviewer(data)
    copy.type_over("new money", "old money")
    taking = taken(file, copy.file())
    assert [(item.kind.value, item.author) for item in taking.review.items] == [("silent", "Priya Halloway")]
    assert taking.review.returns[0].recipient == "Priya Halloway"


def test_a_copy_whose_text_is_broken_is_taken_as_far_as_it_can_be_read_and_it_is_said():
    file, data = sent(*rich_pack())
    copy = Reviewer(data)
    copy.who = "Ann Ash"
    copy.type_over("new money", "old money")
    back = copy.file()
    whole = etree.tostring(parts(back)["word/document.xml"])
    broken = whole.replace(b"</w:body>", b"</w:oops></w:body>", 1)
    assert broken != whole
    taking = taken(file, with_parts(back, document=broken))
    assert [item.after for item in taking.review.items] == ["old money"]
    assert "recovered" in taking.review.returns[0].problems[0]


def test_bytes_that_are_missing_from_the_pack_are_told_and_the_rest_is_listed():
    file, data = sent(*rich_pack())
    copies = []
    for words in ("new money", "Bids open"):
        copy = Reviewer(data)
        copy.who = "Ann Ash"
        copy.type_over(words, "something else")
        copies.append(copy.file())
    taking = taken(file, *copies)
    lost = replace(taking.file, returned=dict(list(taking.file.returned.items())[1:]))
    review = derive(lost.pack, lost.issued, lost.returned)
    assert [item.before for item in review.items] == ["Bids open"]
    assert review.problems == ("0.docx: The copy is not in the pack any more; take it back again.",)
    again = taken(lost, copies[0])
    assert sorted(item.before for item in again.review.items) == ["Bids open", "new money"]
