"""Comments that came back."""

from msgspec.structs import replace

from briefpack.pack.anchors import spans, words_at
from briefpack.pack.decisions import Verdict
from briefpack.pack.edits import delete_comment
from briefpack.pack.text import MarkKind
from briefpack.review.deciding import decide
from briefpack.review.model import ItemKind
from tests.helpers.office import convert
from tests.helpers.packs import rich_pack
from tests.helpers.returns import Reviewer
from tests.helpers.reviewer import review as in_libreoffice
from tests.helpers.sending import NOW, sent, taken
from tests.helpers.word import parts, with_parts, xpath

ANN = "Ann Ash"


def reviewer():
    file, data = sent(*rich_pack())
    copy = Reviewer(data)
    copy.who = ANN
    return file, copy


def words_of(pack, comment):
    return words_at(pack, spans(pack, MarkKind.COMMENT).get(comment, ()))


def test_a_new_comment_stands_in_the_pack_on_its_words_at_once():
    file, copy = reviewer()
    copy.comment("new money", "Since when?")
    copy.comment("Bids open", "Over two.", to="As published")
    taking = taken(file, copy.file())
    said = {item.text: item for item in taking.review.items}
    pack = taking.file.pack
    comment = pack.comment(said["Since when?"].comment)
    assert (comment.text, comment.author, comment.initials) == ("Since when?", ANN, "AA")
    assert words_of(pack, comment.id) == "new money"
    assert words_of(pack, said["Over two."].comment).startswith("Bids open in May.\nItem 2")
    assert len(pack.comments) == len(file.pack.comments) + 2


def test_what_went_out_and_came_back_as_it_was_is_no_item():
    file, copy = reviewer()
    assert not taken(file, copy.file()).review.items
    assert not taken(file, convert(copy.file(), ".docx", "docx")).review.items


def test_an_answer_resolving_and_a_changed_text_are_items():
    file, copy = reviewer()
    pack = file.pack
    back = copy.file()
    asked = next(each for each in pack.comments if each.text == "Provisional.")
    changed = next(each for each in pack.comments if each.text.startswith("These two"))
    found = parts(back)
    comments, extended = found["word/comments.xml"], found["word/commentsExtended.xml"]
    for text in xpath(comments, "//w:t[starts-with(., 'These two')]"):
        text.text = "These three belong together."
    (place,) = xpath(comments, "//w:p[.//w:t[. = 'Provisional.']]/@w14:paraId")
    (entry,) = xpath(extended, f"//w15:commentEx[@w15:paraId = '{place}']")
    entry.set("{http://schemas.microsoft.com/office/word/2012/wordml}done", "1")
    from lxml import etree

    back = with_parts(back, comments=etree.tostring(comments), commentsExtended=etree.tostring(extended))
    items = {item.comment: item for item in taken(file, back).review.items}
    assert set(items) == {asked.id, changed.id}
    assert items[asked.id].resolved
    assert (items[changed.id].before, items[changed.id].after) == (
        "These two belong together.",
        "These three belong together.",
    )


def test_an_answer_in_word_goes_into_its_thread():
    file, copy = reviewer()
    thread = copy.comment("new money", "Since when?")
    copy.comment("new money", "Since March.", answers=thread)
    taking = taken(file, copy.file())
    asked, answer = taking.review.items
    assert (asked.kind, answer.kind, answer.comment) == (ItemKind.COMMENT, ItemKind.REPLY, asked.comment)
    (reply,) = taking.file.pack.comment(asked.comment).replies
    assert reply.text == "Since March."


def test_two_comments_in_word_on_the_same_words_are_no_answer_to_one_another():
    file, copy = reviewer()
    copy.comment("new money", "Since when?")
    copy.comment("new money", "How much?")
    assert [item.kind for item in taken(file, copy.file()).review.items] == [ItemKind.COMMENT] * 2


def test_an_answer_that_libreoffice_made_flat_is_known_by_its_place():
    file, data = sent(*rich_pack())
    steps = [["comment", "(prov.)", "Final now."], ["comment", "Islands", "Another matter."]]
    taking = taken(file, in_libreoffice(data, steps, author=ANN))
    asked = next(each for each in file.pack.comments if each.text == "Provisional.")
    kinds = {item.text: (item.kind, item.comment == asked.id) for item in taking.review.items}
    assert kinds == {"Final now.": (ItemKind.REPLY, True), "Another matter.": (ItemKind.COMMENT, False)}
    assert taking.file.pack.comment(asked.id).replies[-1].text == "Final now."


def test_an_answer_whose_comment_was_deleted_since_is_a_comment_of_its_own():
    file, data = sent(*rich_pack())
    asked = next(each for each in file.pack.comments if each.text == "Provisional.")
    file = replace(file, pack=delete_comment(file.pack, asked.id))
    taking = taken(file, in_libreoffice(data, [["comment", "(prov.)", "Final now."]], author=ANN))
    assert "Final now." in [comment.text for comment in taking.file.pack.comments]


def test_the_same_words_twice_by_one_person_are_two_comments():
    file, copy = reviewer()
    copy.comment("new money", "Agreed.")
    copy.comment("Bids open", "Agreed.")
    taking = taken(file, copy.file())
    assert len({item.key for item in taking.review.items}) == 2
    assert not taken(taking.file, convert(copy.file(), ".docx", "docx")).new


def test_a_comment_on_new_words_stands_on_them_when_they_are_accepted():
    file, copy = reviewer()
    copy.type_behind("Bids open in May", " or early June")
    copy.comment("early June", "Which day?")
    taking = taken(file, copy.file())
    change = next(item for item in taking.review.items if item.is_change)
    remark = next(item for item in taking.review.items if not item.is_change)
    assert (remark.words, remark.block) == ("early June", change.block)
    assert words_of(taking.file.pack, remark.comment) == "May"  # the word before, until then
    pack = decide(taking.file.pack, taking.review, change.key, Verdict.ACCEPTED, by="N", now=NOW)
    assert "early June" in words_of(pack, remark.comment)


def test_what_is_decided_of_a_comment():
    file, copy = reviewer()
    copy.comment("new money", "Since when?")
    taking = taken(file, copy.file())
    (item,) = taking.review.items
    for verdict, resolved in ((Verdict.ACCEPTED, True), (Verdict.REJECTED, True), (Verdict.ANSWERED, False)):
        pack = decide(
            taking.file.pack, taking.review, item.key, verdict, by="Niamh Castellan", now=NOW, reply="Since March."
        )
        thread = pack.comment(item.comment)
        assert thread.resolved is resolved
        assert [(reply.text, reply.author, reply.initials) for reply in thread.replies] == [
            ("Since March.", "Niamh Castellan", "NC")
        ]
