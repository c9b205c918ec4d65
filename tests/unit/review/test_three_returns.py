"""Three colleagues send their copies back: two from Word, one from LibreOffice with tracking off for one edit."""

import functools
import io
import re
import zipfile

import pytest
from msgspec.structs import replace

from briefpack.pack.decisions import Verdict
from briefpack.review.deciding import accept_all, decide, of_author, open_items
from briefpack.review.model import ItemKind
from tests.helpers.office import convert
from tests.helpers.packs import rich_pack
from tests.helpers.returns import Reviewer
from tests.helpers.reviewer import review as in_libreoffice
from tests.helpers.sending import NOW, sent, taken

POLICY, PRESS, LEGAL = "Gwen Marrow", "Press Office", "Lena Aske"


@functools.cache
def out():
    return sent(*rich_pack())


@functools.cache
def policy():
    """Nine edits and three comments, in Word."""
    copy = Reviewer(out()[1])
    copy.who = POLICY
    copy.type_over("first priority", "top priority")
    copy.type_over("kept under review", "reviewed monthly")
    copy.type_behind("every station is staffed", " and trained")
    copy.type_over("upland ", "")
    copy.type_over("long enough", "for ten years")
    copy.type_behind("Figures are for", " most of")
    copy.type_over("See their website.", "")
    copy.new_behind(copy.find("It is not taken")[0], "It was agreed in March.")
    copy.delete_whole(copy.find("Crews are trained at Saltmere")[0])
    copy.comment("winter programme", "Is this public?")
    copy.comment("The course takes", "Six or seven?")
    copy.comment("Bids open in May", "When exactly?")
    return copy.file()


@functools.cache
def press():
    """Twelve edits, six comments and five changes of format, in Word; one edit rewrites a whole sentence."""
    copy = Reviewer(out()[1])
    copy.who = PRESS
    copy.type_over(
        "Without making any specific commitments, we recognise that services may face additional costs.",
        "We know that costs may rise, and will say more in the settlement.",
    )
    copy.type_over("new money", "additional money")
    copy.type_over("lifeboat station", "lifeboat")
    copy.type_over("Consultation closes", "The consultation closes")
    copy.type_over("late summer", "August")
    copy.type_over("published by the", "set out by the")
    copy.type_over("membership ", "")
    copy.type_over("Their main steers", "What they want")
    copy.type_behind("all stations open", " now")
    copy.type_behind("Item 2: Lifeboat stations", " and crews")
    copy.split(*copy.find("Our crews are"))
    copy.new_behind(copy.find("The course takes")[0], "Nobody is turned away.")
    for words in ("Annotated", "Item 1", "Lines to take", "If pressed", "Background"):
        copy.bold(words)
    for words in ("Annotated agenda", "staffed", "libraries", "enough", "Coverage so far", "Next steps"):
        copy.comment(words, f"Is “{words}” right?")
    return copy.file()


@functools.cache
def legal():
    """Three edits, one of which moves a paragraph, five comments with an answer, and one edit with tracking off."""
    steps = [
        ["replace", "additional costs", "further costs"],
        ["move", "Bids open in May", "The fund is new money"],
        ["delete", "Smaller "],
        ["comment", "Islands", "Is this cleared?"],
        ["comment", "North shore", "Which one?"],
        ["comment over", "Consultation closes", "late summer", "These two are one."],
        ["comment", "still", "A better name?"],
        ["comment", "Annex A", "May we print this?"],
        ["comment", "Annex A", "Yes, both agreed."],
        ["resolve", "May we print this?"],
        ["tracking", False],
        ["replace", "six weeks", "eight weeks"],
    ]
    return in_libreoffice(out()[1], steps, author=LEGAL)


def without_custom_parts(docx):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if not entry.filename.startswith("customXml") and entry.filename != "docProps/custom.xml":
                data = old.read(entry)
                if entry.filename.endswith(".rels"):
                    data = re.sub(rb"<Relationship [^>]*(?:customXml|custom-properties)[^>]*/>", b"", data)
                new.writestr(entry, data)
    return made.getvalue()


def all_three():
    file, _ = out()
    return taken(
        file,
        ("Brief GM comments.docx", policy()),
        ("FINAL v2 (1).docx", press()),
        ("x.docx", without_custom_parts(legal())),
    )


def test_every_item_is_told_once_and_nothing_else():
    taking = all_three()
    counts = taking.review.counts
    assert not taking.problems
    assert (counts.comments, counts.replies, counts.tracked, counts.moves) == (14, 1, 24, 1)
    assert (counts.silent, counts.clashes, counts.format) == (1, 1, 5)
    assert len(taking.new) == len(taking.review.items) == 40
    assert len({item.key for item in taking.review.items}) == 40


def test_each_has_its_author_and_one_of_libreoffice_what_was_lost():
    review = all_three().review
    by = {person: [i.kind for i in review.items if i.author == person] for person in (POLICY, PRESS, LEGAL)}
    assert [sum(kind is ItemKind.COMMENT for kind in by[person]) for person in by] == [3, 6, 5]
    reply = next(item for item in review.items if item.kind is ItemKind.REPLY)
    asked = next(item for item in review.items if item.text == "May we print this?")
    assert (reply.text, reply.comment) == ("Yes, both agreed.", asked.comment)
    assert asked.resolved
    silent = next(item for item in review.items if item.kind is ItemKind.SILENT)
    assert (silent.before, silent.after, silent.author) == ("six", "eight", LEGAL)
    both = next(item for item in review.items if item.text == "These two are one.")
    assert len(both.stands) == 2


def test_the_clash_is_the_sentence_that_two_have_changed():
    review = all_three().review
    (clash,) = review.clashes
    assert clash.sentence.startswith("Without making any specific commitments")
    assert {review.item(key).author for key in clash.items} == {PRESS, LEGAL}


def test_the_same_copy_again_adds_nothing():
    taking = all_three()
    again = taken(taking.file, ("another name.docx", press()))
    assert not again.new
    assert again.file.pack == taking.file.pack


@pytest.mark.parametrize("copy", [policy, press, legal], ids=["policy", "press", "legal"])
def test_what_libreoffice_makes_of_a_copy_adds_nothing(copy):
    taking = all_three()
    again = taken(taking.file, ("saved again.docx", convert(copy(), ".docx", "docx")))
    assert not again.new
    assert len(again.file.pack.returns) == 4


def test_a_later_copy_of_one_person_adds_only_what_is_new():
    taking = all_three()
    later = Reviewer(out()[1])
    later.who = POLICY
    later.type_over("first priority", "top priority")
    later.type_over("Bids open in May.", "Bids open in June.")
    later.comment("winter programme", "Is this public?")
    later.comment("crews", "How many?")
    again = taken(taking.file, ("later.docx", later.file()))
    assert [(each.kind, each.after or each.text) for each in map(again.review.item, again.new)] in (
        [(ItemKind.REPLACEMENT, "Bids open in June."), (ItemKind.COMMENT, "How many?")],
        [(ItemKind.COMMENT, "How many?"), (ItemKind.REPLACEMENT, "Bids open in June.")],
    )


def test_a_copy_without_any_identity_is_found_by_its_words_and_told_the_same():
    file, _ = out()
    copy = Reviewer(out()[1])
    copy.who = PRESS
    copy.type_over("new money", "additional money")
    copy.delete_whole(copy.find("Crews are trained at Saltmere")[0])
    named = taken(file, copy.file())
    bare = taken(file, without_custom_parts(copy.file(bookmarks=False)))
    (by_words,) = bare.review.returns
    assert by_words.by_bookmark == 0
    assert by_words.matched >= 0.95 * (by_words.matched + by_words.unmatched)
    assert {item.key for item in bare.review.items} == {item.key for item in named.review.items}


def test_all_is_decided_and_nothing_is_left_open():
    taking = all_three()
    pack, review = taking.file.pack, taking.review
    changes = [item.key for item in review.items if item.is_change]
    pack, unfit = accept_all(pack, review, changes, by="Niamh Castellan", now=NOW)
    assert [review.item(key).before for key in unfit] == ["additional costs"]  # the clash: its words are gone
    pack = decide(pack, review, unfit[0], Verdict.REJECTED, by="Niamh Castellan", now=NOW)
    for item in open_items(pack, review):
        pack = decide(pack, review, item.key, Verdict.ANSWERED, by="Niamh Castellan", now=NOW, reply="Noted.")
    assert not open_items(pack, review)
    words = "\n".join(getattr(block, "text", "") and block.text.string for block in pack.body if hasattr(block, "text"))
    for said in ("top priority", "It was agreed in March.", "We know that costs may rise", "eight weeks", "August"):
        assert said in words
    for gone in ("Crews are trained at Saltmere", "upland", "Smaller"):
        assert gone not in words
    assert all(comment.replies for comment in pack.comments if comment.author in {PRESS, LEGAL})


def test_one_person_s_changes_are_taken_alone():
    taking = all_three()
    pack, unfit = accept_all(taking.file.pack, taking.review, of_author(taking.review, LEGAL), by="N", now=NOW)
    assert not unfit
    body = [block.text.string for block in pack.body if hasattr(block, "text")]
    assert body.index("Bids open in May.") < body.index("The fund is new money.")
    assert "Still" not in body
    assert "still" in body
    assert {decision.verdict for decision in pack.decisions} == {Verdict.ACCEPTED}
    assert replace(pack, decisions=()) != replace(taking.file.pack, decisions=())
