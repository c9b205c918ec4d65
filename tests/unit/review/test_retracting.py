"""A decision taken back by itself, at once or in another sitting; what else was decided or written stays."""

import functools

import pytest
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.decisions import Verdict
from briefpack.pack.edits import Place, delete, insert_text
from briefpack.pack.model import texts_of
from briefpack.pack.text import text
from briefpack.review.deciding import accept_all, decide
from briefpack.review.model import Drop, DropRow, Join, PutRow, Split
from briefpack.review.retracting import Deed, decides, retract
from tests.helpers.packs import rich_pack
from tests.helpers.returns import Reviewer
from tests.helpers.sending import NOW, sent, taken

PERSON, OTHER = "Gwen Marrow", "Press Office"


@functools.cache
def taking():
    """A copy with changes of every kind, and another on one of its sentences."""
    file, data = sent(*rich_pack())
    copy = Reviewer(data)
    copy.who = PERSON
    copy.type_over("first priority", "top priority")
    copy.type_behind("every station is staffed", " and trained")
    copy.type_over("upland ", "")
    copy.new_behind(copy.find("It is not taken")[0], "It was agreed in March.")
    copy.delete_whole(copy.find("Crews are trained at Saltmere")[0])
    copy.split(*copy.find("Our crews are"))
    copy.move(copy.find("Bids open in May")[0], copy.find("North shore")[0])
    copy.comment("The course takes", "Six or seven?")
    copy.who = None
    copy.type_over("late summer", "August")
    second = Reviewer(data)
    second.who = OTHER
    second.type_over("kept under review", "reviewed monthly")
    second.type_over("upland ", "")
    return taken(file, ("GM.docx", copy.file()), ("PO.docx", second.file()))


def strings(pack):
    return [each.string for block in pack.body for each in texts_of(block)]


def keys():
    return [item.key for item in taking().review.items]


def decided(pack, key, verdict):
    """The pack after a decision with a reply; None where the item cannot be decided so."""
    words = "my own words" if verdict is Verdict.EDITED else None
    try:
        return decide(pack, taking().review, key, verdict, by="N", now=NOW, words=words, reply="Because")
    except UserError:
        return None


CASES = [(number, verdict) for number in range(len(keys())) for verdict in Verdict]


@pytest.mark.parametrize(("number", "verdict"), CASES)
def test_what_was_decided_last_is_taken_back_to_the_letter(number, verdict):
    """Words, formats, comments, replies and the record: the very pack of before."""
    pack, review, key = taking().file.pack, taking().review, keys()[number]
    after = decided(pack, key, verdict)
    if after is not None:
        assert retract(after, review, key, Deed(pack, after)) == pack


@pytest.mark.parametrize(("number", "verdict"), CASES)
def test_what_was_decided_or_written_since_stays(number, verdict):
    """Everything else is as if the item had never been decided."""
    pack, review, key = taking().file.pack, taking().review, keys()[number]
    after = decided(pack, key, verdict)
    if after is None:
        return
    same = {key, *review.item(key).agrees}
    others = [each for each in keys() if each not in same and key != review.item(each).inside]
    late = next(
        block for block in pack.body if "whole of the coast" in "".join(each.string for each in texts_of(block))
    )
    later = insert_text(accept_all(after, review, others, by="N", now=NOW).pack, Place(late.id, 0), text("So: ")).pack
    wanted = insert_text(accept_all(pack, review, others, by="N", now=NOW).pack, Place(late.id, 0), text("So: ")).pack
    back = retract(later, review, key, Deed(pack, after))
    assert strings(back) == strings(wanted)
    assert [each.id for each in back.body] == [each.id for each in wanted.body]
    assert {each.item for each in back.decisions} == {each.item for each in wanted.decisions}


@pytest.mark.parametrize("number", range(len(keys())))
def test_one_of_many_that_were_accepted_at_once_is_taken_back(number):
    """ "Accept all" is one step; each of its decisions can be taken back."""
    pack, review, key = taking().file.pack, taking().review, keys()[number]
    after = accept_all(pack, review, keys(), by="N", now=NOW).pack
    if not decides(key, pack, after):
        return
    same = {key, *review.item(key).agrees}
    wanted = accept_all(pack, review, [each for each in keys() if each not in same], by="N", now=NOW).pack
    back = retract(after, review, key, Deed(pack, after))
    assert strings(back) == strings(wanted)
    assert not same & {each.item for each in back.decisions}


@pytest.mark.parametrize(("number", "verdict"), CASES)
def test_in_another_sitting_the_words_that_were_sent_are_put_back(number, verdict):
    """Without the packs of before: exactly, or not at all, and then it is said."""
    pack, review, key = taking().file.pack, taking().review, keys()[number]
    after = decided(pack, key, verdict)
    if after is None:
        return
    try:
        back = retract(after, review, key)
    except UserError:
        assert verdict in (Verdict.ACCEPTED, Verdict.EDITED)
        lost = (Drop, Join, Split, DropRow, PutRow)
        hard = any(isinstance(step, lost) for step in review.item(key).steps)
        assert hard or verdict is Verdict.EDITED
    else:
        assert strings(back) == strings(pack)
        assert back.comments == pack.comments
        assert back.decisions == pack.decisions


def test_words_that_were_changed_since_are_never_overwritten():
    """The drafter's own later words win: nothing is changed, and it is said what to do."""
    pack, review = taking().file.pack, taking().review
    item = next(each for each in review.items if "top" in each.after)
    after = decided(pack, item.key, Verdict.ACCEPTED)
    block = after.block(item.block)
    at = block.text.string.index("top")
    written = delete(after, Place(block.id, at - 1), Place(block.id, at + 3)).pack
    written = insert_text(written, Place(block.id, at - 1), text(" only")).pack
    for deed in (Deed(pack, after), None):
        with pytest.raises(UserError, match="changed since"):
            retract(written, review, item.key, deed)


def test_what_is_not_decided_cannot_be_taken_back():
    pack, review = taking().file.pack, taking().review
    with pytest.raises(KeyError):
        retract(pack, review, keys()[0])
    assert not decides(keys()[0], pack, replace(pack, comments=()))
