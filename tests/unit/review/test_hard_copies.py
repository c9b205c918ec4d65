"""What several people do in one place, with tracking on and off, as Word writes it: every edit once, and where it was."""

import pytest
from lxml import etree

from briefpack.ooxml.names import qn
from briefpack.pack.decisions import Verdict
from briefpack.pack.model import Table
from briefpack.review.deciding import accept_all, decide
from tests.helpers.packs import rich_pack
from tests.helpers.returns import Reviewer
from tests.helpers.sending import NOW, sent, taken, texts, told
from tests.helpers.word import parts, with_parts, words_of

ANN, BOB = "Ann Ash", "Bob Birch"


def out():
    return sent(*rich_pack())


def accepted(taking, keys=None):
    keys = [item.key for item in taking.review.items if item.is_change] if keys is None else keys
    return accept_all(taking.file.pack, taking.review, keys, by="Niamh Castellan", now=NOW)


def remade(docx, change):
    """The file after something was done to its body."""
    root = parts(docx)["word/document.xml"]
    change(root)
    return with_parts(docx, document=etree.tostring(root))


def paragraph(root, words):
    return next(each for each in root.iter(qn("w:p")) if words in words_of(each))


def change_by(author, kind="w:del"):
    made = etree.Element(qn(kind))
    for name, value in (("id", "7001"), ("author", author), ("date", "2031-03-12T10:00:00Z")):
        made.set(qn(f"w:{name}"), value)
    return made


def take_out(run, author):
    """Have somebody delete a run."""
    for text in run.iter(qn("w:t")):
        text.tag = qn("w:delText")
    deletion = change_by(author)
    run.getparent().replace(run, deletion)
    deletion.append(run)


@pytest.mark.parametrize(("words", "new"), [("the big", "one"), ("found", "lost"), ("sofa", "drawer")])
def test_who_types_over_another_s_new_words_makes_one_replacement(words, new):
    file, data = out()
    copy = Reviewer(data)
    copy.who = ANN
    copy.type_behind("The fund is new money", " found in the big sofa")
    copy.who = BOB
    copy.type_over(words, new)
    taking = taken(file, copy.file())
    put, over = taking.review.items
    assert told(taking.review) == [
        ("insertion", ANN, "", " found in the big sofa"),
        ("replacement", BOB, words, new),
    ]
    assert over.inside == put.key
    assert not taking.review.clashes
    pack, unfit = accepted(taking)
    assert not unfit
    assert f"The fund is new money{' found in the big sofa'.replace(words, new)}." in texts(pack)


def test_so_does_who_types_over_what_was_done_silently():
    file, data = out()
    copy = Reviewer(data)
    copy.type_over("first priority", "top priority")
    copy.who = ANN
    copy.type_over("top", "very top")
    taking = taken(file, copy.file())
    assert told(taking.review) == [("silent", ANN, "first", "top"), ("replacement", ANN, "top", "very top")]


def test_a_new_paragraph_that_another_takes_out_again_leaves_its_neighbours_alone():
    file, data = out()
    copy = Reviewer(data)
    copy.who = ANN
    copy.new_behind(copy.find("The fund is new money")[0], "Wrong line.")
    copy.who = BOB
    copy.delete_whole(copy.find("Wrong line.")[0])
    taking = taken(file, copy.file())
    assert told(taking.review) == [("insertion", ANN, "", "Wrong line."), ("deletion", BOB, "Wrong line.", "")]
    pack, unfit = accepted(taking)
    assert not unfit
    assert texts(pack) == texts(file.pack)


def test_a_paragraph_that_another_put_in_between_is_not_joined_past():
    file, data = out()
    copy = Reviewer(data)
    copy.who = ANN
    copy.new_behind(copy.find("The fund is new money")[0], "New line.")
    copy.who = BOB
    copy.join(copy.find("New line.")[0])
    taking = taken(file, copy.file())
    pack, unfit = accepted(taking)
    assert [taking.review.item(key).author for key in unfit] == [BOB]
    body = texts(pack)
    at = body.index("The fund is new money.")
    assert body[at : at + 3] == ["The fund is new money.", "New line.", "It is not taken from the upland libraries."]


def test_an_empty_new_paragraph_is_one_change_and_joins_nothing():
    file, data = out()
    copy = Reviewer(data)
    copy.who = ANN
    copy.new_behind(copy.find("The fund is new money")[0], "")
    taking = taken(file, copy.file())
    (item,) = taking.review.items
    assert (item.kind.value, item.text) == ("paragraph", "Puts in an empty paragraph")
    pack, _ = accepted(taking)
    assert texts(pack) == texts(file.pack)
    assert len(pack.body) == len(file.pack.body) + 1


def test_a_paragraph_of_which_words_were_out_already_goes_as_one():
    file, data = out()

    def delete_whole(root):
        whole = paragraph(root, "We expect to announce")
        for run in [each for each in whole.iter(qn("w:r")) if each.find(qn("w:t")) is not None]:
            take_out(run, ANN)
        mark = etree.SubElement(whole.find(qn("w:pPr")), qn("w:rPr"))
        mark.append(change_by(ANN))

    taking = taken(file, remade(data, delete_whole))
    words = "We expect to announce the new fund later this spring or summer."
    assert told(taking.review) == [("deletion", ANN, words, "")]
    pack, unfit = accepted(taking)
    assert not unfit
    assert texts(pack) == [each for each in texts(file.pack) if each != words]


def test_a_paragraph_before_a_table_goes_whether_or_not_its_end_is_said_to():
    """LibreOffice leaves out that the end of a paragraph before a table was taken out."""
    file, data = out()
    copies = []
    for tag in (None, ANN):
        copy = Reviewer(data)
        copy.who = ANN
        par, _ = copy.find("South shore: work")
        copy.delete(par, 0, len(par.seen))
        par.out = tag
        copies.append(copy.file())
    taking = taken(file, copies[0])
    assert not taken(taking.file, copies[1]).new
    pack, unfit = accepted(taking)
    assert not unfit
    assert [each.id for each in pack.body] == [
        each.id for each in file.pack.body if "South shore: work" not in str(getattr(each, "text", ""))
    ]


def test_an_end_that_was_sent_is_no_new_one_whatever_the_file_says():
    """LibreOffice says that the end between new words and a new paragraph of one person was put in too."""
    file, data = out()
    copy = Reviewer(data)
    copy.who = ANN
    copy.type_over("If pressed", "If pushed")
    copy.new_behind(copy.find("If pushed")[0], "Before this.").put = ANN
    saved = copy.file()
    for each in saved, with_parts(saved, document=_without_bookmarks(saved)):
        taking = taken(file, each)
        assert told(taking.review) == [
            ("replacement", ANN, "If pressed", "If pushed"),
            ("insertion", ANN, "", "Before this."),
        ]
        pack, unfit = accepted(taking)
        assert not unfit
        body = texts(pack)
        at = body.index("If pushed")
        assert body[at : at + 3] == ["If pushed", "Before this.", "The fund is new money."]


def _without_bookmarks(docx):
    root = parts(docx)["word/document.xml"]
    for each in [*root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        each.getparent().remove(each)
    return etree.tostring(root)


def test_another_number_in_a_cell_is_one_silent_edit_of_the_cell():
    file, data = out()
    taking = taken(file, remade(data, lambda root: _say(paragraph(root, "41 (prov.)"), "42")))
    assert told(taking.review) == [("silent", "", "41 (prov.)", "42")]
    pack, unfit = accepted(taking)
    assert not unfit
    assert _cells(pack) == [each.replace("41 (prov.)", "42") for each in _cells(file.pack)]


def test_a_new_paragraph_in_a_cell_stays_in_the_cell():
    file, data = out()
    taking = taken(file, remade(data, lambda root: _new_behind(paragraph(root, "41 (prov.)"), "and more")))
    pack, unfit = accepted(taking)
    assert not unfit
    assert len(pack.body) == len(file.pack.body)
    assert _cells(pack) == [each.replace("41 (prov.)", "41 (prov.)\nand more") for each in _cells(file.pack)]


def test_a_new_point_of_a_card_is_made_by_hand_and_nowhere_else():
    file, data = out()
    taking = taken(file, remade(data, lambda root: _new_behind(paragraph(root, "Rowed for her county"), "Also sails.")))
    (item,) = taking.review.items
    assert (item.kind.value, item.where, item.steps) == ("silent", "Biography", ())
    pack, unfit = accepted(taking)
    assert unfit == (item.key,)
    assert pack.body == file.pack.body


def test_the_same_words_typed_with_and_without_tracking_agree():
    file, data = out()
    copy, quiet = Reviewer(data), Reviewer(data)
    copy.who = ANN
    for each in (copy, quiet):
        each.type_over("first priority", "top priority")
    taking = taken(file, copy.file(), quiet.file())
    one, other = taking.review.items
    assert (one.agrees, other.agrees) == ((other.key,), (one.key,))
    assert not taking.review.clashes
    pack = decide(taking.file.pack, taking.review, one.key, Verdict.ACCEPTED, by="Niamh Castellan", now=NOW)
    assert {each.item for each in pack.decisions} == {one.key, other.key}
    assert sum("top priority, and it" in each for each in texts(pack)) == 1


def test_a_reference_to_a_source_that_is_taken_out_is_told():
    file, data = out()

    def delete(root):
        take_out(next(run for run in root.iter(qn("w:r")) if "".join(run.itertext()).strip() == "[1]"), ANN)

    (item,) = taken(file, remade(data, delete)).review.items
    assert (item.kind.value, item.author, item.before, item.where) == ("deletion", ANN, "[1]", "Reference to a source")


def _say(holder, words):
    first, *rest = holder.iter(qn("w:t"))
    first.text = words
    for each in rest:
        each.getparent().remove(each)


def _new_behind(holder, words):
    made = etree.Element(qn("w:p"))
    if (properties := holder.find(qn("w:pPr"))) is not None:
        made.append(etree.fromstring(etree.tostring(properties)))
    etree.SubElement(etree.SubElement(made, qn("w:r")), qn("w:t")).text = words
    holder.addnext(made)


def _cells(pack):
    return [cell.string for block in pack.body if isinstance(block, Table) for row in block.rows for cell in row]
