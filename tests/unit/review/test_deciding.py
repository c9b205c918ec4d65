"""What is decided, and what becomes of an item where the pack has changed since it was sent."""

from copy import deepcopy as copy_of

import pytest
from lxml import etree
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.ooxml.names import qn
from briefpack.pack.decisions import Verdict
from briefpack.pack.edits import Place, delete, insert_text, remove_blocks, replace_block
from briefpack.pack.model import Clip, Comment, Heading, ListItem, Pack, Paragraph, Table
from briefpack.pack.text import Mark, MarkKind, Text, text
from briefpack.review.deciding import accept_all, decide, decision_of, fit, in_section, of_author, open_items
from briefpack.review.placing import CHANGED, GONE
from briefpack.review.showing import shown
from tests.helpers.packs import marked
from tests.helpers.returns import Reviewer
from tests.helpers.reviewer import review as in_libreoffice
from tests.helpers.sending import NOW, sent, taken, texts
from tests.helpers.word import parts, with_parts

ANN, BOB, ME = "Ann Ash", "Bob Birch", "Niamh Castellan"
FIRST = "The winter programme is our first priority. It is under review."
SECOND = "Bids open in May. The fund is new money."


def brief():
    return Pack(
        body=(
            Heading(text=Text("Lines"), level=1),
            ListItem(text=Text(FIRST)),
            ListItem(text=Text(SECOND)),
            Heading(text=Text("Background"), level=1),
            Paragraph(text=Text("Crews are trained at Saltmere, by the harbour master.")),
            Paragraph(text=Text("The course takes six weeks.")),
        )
    )


def returned(*edits, pack=None):
    """A pack file with one return in it; each edit is who makes it, its name and arguments."""
    file, data = sent(pack or brief())
    copy = Reviewer(data)
    for who, name, *arguments in edits:
        copy.who = who
        getattr(copy, name)(*arguments)
    return taken(file, copy.file())


def only(taking):
    (item,) = taking.review.items
    return item


def chosen(taking, verdict=Verdict.ACCEPTED, pack=None, item=None, **more):
    item = item or only(taking)
    return decide(pack or taking.file.pack, taking.review, item.key, verdict, by=ME, now=NOW, **more)


def test_accepting_changes_the_words_and_keeps_the_record():
    taking = returned((ANN, "type_over", "first priority", "top priority"))
    pack = chosen(taking, reply="Thank you.")
    assert texts(pack)[1] == FIRST.replace("first priority", "top priority")
    decision = decision_of(pack, only(taking).key)
    assert (decision.verdict, decision.by, decision.time) == (Verdict.ACCEPTED, ME, NOW)
    assert (decision.before, decision.after, decision.reply) == ("first priority", "top priority", "Thank you.")
    assert not open_items(pack, taking.review)


def test_rejecting_leaves_the_words_as_they_are():
    taking = returned((ANN, "type_over", "first priority", "top priority"))
    pack = chosen(taking, Verdict.REJECTED)
    assert pack.body == taking.file.pack.body
    assert decision_of(pack, only(taking).key).verdict is Verdict.REJECTED


def test_the_drafter_s_own_words_stand_instead():
    taking = returned((ANN, "type_over", "first priority", "top priority"))
    pack = chosen(taking, Verdict.EDITED, words="highest priority")
    assert "our highest priority. It" in texts(pack)[1]
    assert decision_of(pack, only(taking).key).after == "highest priority"


def test_own_words_for_a_new_paragraph_and_for_one_that_was_to_go():
    taking = (
        returned((ANN, "new_behind_words", "The course", "It is free."))
        if hasattr(Reviewer, "new_behind_words")
        else None
    )
    file, data = sent(brief())
    copy = Reviewer(data)
    copy.who = ANN
    copy.new_behind(copy.find("The course")[0], "It is free.")
    copy.delete_whole(copy.find("Crews are")[0])
    taking = taken(file, copy.file())
    pack = taking.file.pack
    for item in taking.review.items:
        pack = chosen(taking, Verdict.EDITED, pack, item, words="It is cheap." if item.after else "Crews are trained.")
    assert texts(pack)[-3:] == ["Crews are trained.", "The course takes six weeks.", "It is cheap."]


def test_what_was_made_by_hand_is_recorded_and_changes_nothing():
    taking = returned((ANN, "type_over", "first priority", "top priority"))
    pack = chosen(taking, Verdict.EDITED)
    assert pack.body == taking.file.pack.body
    assert not open_items(pack, taking.review)


def test_the_words_of_a_split_cannot_be_chosen():
    file, data = sent(brief())
    copy = Reviewer(data)
    copy.who = ANN
    copy.split(*copy.find("It is under"))
    taking = taken(file, copy.file())
    with pytest.raises(UserError, match="cannot be chosen"):
        chosen(taking, Verdict.EDITED, words="x")


def test_a_change_is_brought_forward_over_what_was_written_since():
    taking = returned((ANN, "type_over", "new money", "additional money"))
    pack = taking.file.pack
    block = pack.body[2].id
    pack = insert_text(pack, Place(block, 0), Text("Now: ")).pack
    pack = insert_text(pack, Place(block, len("Now: Bids open")), Text(" again")).pack
    assert texts(chosen(taking, pack=pack))[2] == "Now: Bids open again in May. The fund is additional money."


def test_an_insertion_goes_where_its_neighbour_is_now():
    taking = returned((ANN, "type_behind", "open in May", " or June"))
    pack = insert_text(taking.file.pack, Place(taking.file.pack.body[2].id, 0), Text("Note. ")).pack
    assert texts(chosen(taking, pack=pack))[2] == "Note. Bids open in May or June. The fund is new money."


def test_where_its_words_are_gone_it_no_longer_fits_and_nothing_is_changed():
    taking = returned((ANN, "type_over", "new money", "additional money"))
    pack = taking.file.pack
    block, at = pack.body[2].id, SECOND.index("new money")
    changed = delete(pack, Place(block, at), Place(block, at + 3)).pack
    assert fit(changed, taking.review, only(taking).key).why == CHANGED
    with pytest.raises(UserError, match="not there any more"):
        chosen(taking, pack=changed)
    assert fit(remove_blocks(pack, [block]), taking.review, only(taking).key).why == GONE
    assert fit(pack, taking.review, only(taking).key).fits


def test_a_paragraph_that_was_written_in_since_is_not_taken_out():
    file, data = sent(brief())
    copy = Reviewer(data)
    copy.who = ANN
    copy.delete_whole(copy.find("The course")[0])
    taking = taken(file, copy.file())
    block = taking.file.pack.body[5].id
    changed = insert_text(taking.file.pack, Place(block, 0), Text("Sadly, ")).pack
    assert fit(changed, taking.review, only(taking).key).why == CHANGED
    assert len(chosen(taking).body) == len(taking.file.pack.body) - 1


def test_an_older_issue_is_compared_with_its_own_bytes_and_brought_forward():
    file, old = sent(brief())
    block = replace(file.pack.body[1], text=Text(FIRST.replace("It is under review.", "It was reviewed in March.")))
    file = replace(file, pack=replace_block(file.pack, block))
    file, _ = sent(None, number="0.2", file=file)
    copy = Reviewer(old)
    copy.who = ANN
    copy.type_over("first priority", "top priority")
    copy.type_over("under review", "being reviewed")
    taking = taken(file, copy.file())
    assert [told.issue for told in taking.review.returns] == ["0.1"]
    pack, unfit = accept_all(taking.file.pack, taking.review, [i.key for i in taking.review.items], by=ME, now=NOW)
    assert texts(pack)[1] == "The winter programme is our top priority. It was reviewed in March."
    assert [taking.review.item(key).before for key in unfit] == ["under review"]


def test_the_same_change_by_two_people_is_agreement_and_one_decision():
    file, data = sent(brief())
    copies = []
    for who in (ANN, BOB):
        copy = Reviewer(data)
        copy.who = who
        copy.type_over("first priority", "top priority")
        copies.append(copy.file())
    taking = taken(file, *copies)
    one, other = taking.review.items
    assert (one.agrees, other.agrees, taking.review.clashes) == ((other.key,), (one.key,), ())
    pack = chosen(taking, item=one)
    assert texts(pack)[1].count("top priority") == 1
    assert not open_items(pack, taking.review)


def test_two_people_s_edits_of_one_sentence_are_a_clash_and_of_two_sentences_none():
    file, data = sent(brief())
    copies = []
    for who, words, new in ((ANN, "first priority", "top priority"), (BOB, "winter", "spring")):
        copy = Reviewer(data)
        copy.who = who
        copy.type_over(words, new)
        copy.type_over("six" if who == ANN else "weeks", "eight" if who == ANN else "months")
        copy.type_over("open" if who == ANN else "new money", "close" if who == ANN else "old money")
        copies.append(copy.file())
    review = taken(file, *copies).review
    assert [clash.sentence for clash in review.clashes] == [
        "The winter programme is our first priority.",
        "The course takes six weeks.",
    ]


def test_accepting_a_change_inside_another_s_takes_that_one_first():
    taking = returned((ANN, "type_behind", "in May", " or in early June"), (BOB, "type_over", "early ", ""))
    outer, inner = taking.review.items
    assert (inner.inside, inner.author) == (outer.key, BOB)
    assert fit(taking.file.pack, taking.review, inner.key).fits
    pack = chosen(taking, item=inner)
    assert "Bids open in May or in June." in texts(pack)[2]
    assert not open_items(pack, taking.review)
    refused = chosen(taking, Verdict.REJECTED, item=outer)
    assert not open_items(refused, taking.review)
    assert texts(refused)[2] == SECOND
    assert fit(refused, taking.review, inner.key).why == CHANGED


def test_bold_of_new_words_and_comments_and_sources_around_them_stay():
    said = Comment("Check.", author="N")
    clip = Clip(document="d", passage="p", start=0, end=4, words="Bids open in May", fingerprint="f" * 64)
    words = marked(SECOND, ("open in May", MarkKind.COMMENT, said.id), ("Bids open in May", MarkKind.CLIP, clip.id))
    pack = brief()
    pack = replace(
        pack, body=(*pack.body[:2], replace(pack.body[2], text=words), *pack.body[3:]), comments=(said,), clips=(clip,)
    )
    file, data = sent(pack)
    copy = Reviewer(data)
    copy.who = ANN
    copy.type_over("open", "close")
    copy.bold("close")
    taking = taken(file, copy.file())
    change = next(item for item in taking.review.items if item.is_change)
    held = chosen(taking, item=change).body[2].text
    assert held.string == SECOND.replace("open", "close")
    found = {(mark.kind, held.string[mark.start : mark.end]) for mark in held.marks}
    assert (MarkKind.COMMENT, "close in May") in found
    assert (MarkKind.CLIP, "Bids close in May") in found
    assert (MarkKind.BOLD, "close") in found


def test_by_person_and_by_section():
    file, data = sent(brief())
    copy = Reviewer(data)
    copy.who = ANN
    copy.type_over("first priority", "top priority")
    copy.type_over("six weeks", "a month")
    copy.who = BOB
    copy.type_over("Saltmere", "Port Wrensham")
    taking = taken(file, copy.file())
    pack, review = taking.file.pack, taking.review
    assert [review.item(key).before for key in of_author(review, ANN)] == ["first priority", "six weeks"]
    background = in_section(pack, review, pack.body[3].id)
    assert [review.item(key).before for key in background] == ["Saltmere", "six weeks"]
    done, unfit = accept_all(pack, review, background, by=ME, now=NOW)
    assert not unfit
    assert [item.before for item in open_items(done, review)] == ["first priority"]


def table_brief():
    rows = ((Text("Region"), Text("Crews")), (Text("North"), Text("52")), (Text("South"), Text("38")))
    return Pack(
        body=(Paragraph(text=Text("Coverage so far.")), Table(rows=rows), Paragraph(text=Text("As published.")))
    )


def test_a_cell_is_changed_where_its_row_is_now():
    file, data = sent(table_brief())
    taking = taken(file, in_libreoffice(data, [["replace", "38", "40"]], author=ANN))
    item = only(taking)
    assert (item.kind, item.before, item.after) == ("replacement", "38", "40")
    table = taking.file.pack.body[1]
    longer = replace(table, rows=(table.rows[0], (Text("East"), Text("7")), *table.rows[1:]))
    pack = replace_block(taking.file.pack, longer)
    assert chosen(taking, pack=pack).block(table.id).rows[3] == (Text("South"), Text("40"))


def test_marks_of_comments_that_the_pack_does_not_have_are_not_taken_in():
    words = text("New words.", (Mark(0, 3, MarkKind.COMMENT, "01JZ0000000000000000000099"),))
    taking = returned((ANN, "type_over", "first priority", "top priority"))
    pack = chosen(taking, Verdict.EDITED, words=words)
    assert "New words." in texts(pack)[1]


def changed_rows(data):
    """The file with a row put in behind the first of the table, and its last taken out, as Word writes it."""
    root = parts(data)["word/document.xml"]
    rows = list(root.iter(qn("w:tr")))
    new = copy_of(rows[1])
    for mark in [*new.iter(qn("w:bookmarkStart")), *new.iter(qn("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)
    for cell, said in zip(new.iter(qn("w:t")), ("East", "7"), strict=True):
        cell.text = said
    rows[0].addnext(new)
    for row, tag in ((new, "w:ins"), (rows[2], "w:del")):
        change = etree.SubElement(row.find(qn("w:trPr")), qn(tag))
        for name, value in (("id", "901"), ("author", ANN), ("date", "2031-03-12T10:00:00Z")):
            change.set(qn(f"w:{name}"), value)
    return with_parts(data, document=etree.tostring(root))


def test_rows_that_come_and_go_are_one_item_each():
    file, data = sent(table_brief())
    taking = taken(file, changed_rows(data))
    come, gone = sorted(taking.review.items, key=lambda item: item.kind, reverse=True)
    assert (come.kind, come.after, gone.kind, gone.before) == ("insertion", "East | 7", "deletion", "South | 38")
    pack, unfit = accept_all(taking.file.pack, taking.review, [come.key, gone.key], by=ME, now=NOW)
    assert not unfit
    assert [row[0].string for row in pack.body[1].rows] == ["Region", "East", "North"]
    other = chosen(taking, item=gone)
    assert [row[0].string for row in chosen(taking, pack=other, item=come).body[1].rows] == ["Region", "East", "North"]
    picture = shown(taking.file.pack, taking.review).pack.body[1]
    assert [row[0].string for row in picture.rows] == ["Region", "East", "North", "South"]
