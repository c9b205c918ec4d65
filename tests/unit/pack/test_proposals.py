"""Tracked changes of a pack's own text: counted as a person would, accepted and rejected."""

import datetime as dt

import pytest

from briefpack.pack import edits
from briefpack.pack.model import Biography, Comment, Pack, Paragraph, Person, Table
from briefpack.pack.proposals import proposed, proposed_at
from briefpack.pack.text import Mark, MarkKind, Text, text
from briefpack.pack.tracked import Proposal, proposal_value
from tests.helpers.packs import marked

_TIME = dt.datetime(2031, 3, 1, 9)
_RHODRI = proposal_value(Proposal("Rhodri Vane", _TIME))
_PRIYA = proposal_value(Proposal("Priya Halloway"))
_IN, _OUT = MarkKind.INSERTION, MarkKind.DELETION


def _said(pack):
    return [(change.what, change.author, change.before, change.after) for change in proposed(pack)]


def _strings(pack):
    return [block.text.string for block in pack.body]


def _pack(*texts):
    return Pack(body=tuple(Paragraph(text=each) for each in texts))


def test_one_word_for_another_by_one_person_is_one_change():
    pack = _pack(marked("It opens in springsummer.", ("spring", _OUT, _RHODRI), ("summer", _IN, _RHODRI)))
    assert _said(pack) == [("Replacement", "Rhodri Vane", "spring", "summer")]
    assert proposed(pack)[0].time == _TIME
    assert _strings(edits.accept_all_changes(pack)) == ["It opens in summer."]
    assert _strings(edits.reject_all_changes(pack)) == ["It opens in spring."]


def test_side_by_side_of_two_people_is_two():
    pack = _pack(marked("It opens in springsummer.", ("spring", _OUT, _RHODRI), ("summer", _IN, _PRIYA)))
    assert [change.what for change in proposed(pack)] == ["Deletion", "Insertion"]
    first, second = proposed(pack)
    assert _strings(edits.accept_changes(pack, [first])) == ["It opens in summer."]
    assert _strings(edits.reject_changes(pack, [second])) == ["It opens in spring."]


def test_what_goes_on_over_the_end_of_a_paragraph_is_one_change():
    whole = [text(words, [Mark(0, len(words), _IN, _RHODRI)]) for words in ("One.", "Two.")]
    pack = _pack(Text("Before."), *whole, Text("After."))
    assert _said(pack) == [("Insertion", "Rhodri Vane", "", "One.\nTwo.")]
    assert _strings(edits.reject_all_changes(pack)) == ["Before.", "After."]
    assert _strings(edits.accept_all_changes(pack)) == ["Before.", "One.", "Two.", "After."]
    assert not any(mark for block in edits.accept_all_changes(pack).body for mark in block.text.marks)


def test_a_block_all_of_which_goes_is_gone_and_its_comment_stays():
    comment = Comment("Why?")
    gone = text("Gone.", [Mark(0, 5, _OUT, _PRIYA), Mark(0, 5, MarkKind.COMMENT, comment.id)])
    pack = Pack(body=(Paragraph(text=Text("Stays.")), Paragraph(text=gone)), comments=(comment,))
    after = edits.accept_all_changes(pack)
    assert _strings(after) == ["Stays."]
    assert after.comments == (comment,)


def test_the_body_is_never_left_empty():
    pack = _pack(text("Gone.", [Mark(0, 5, _OUT, _PRIYA)]))
    assert _strings(edits.accept_all_changes(pack)) == [""]


def test_what_one_put_in_and_another_takes_out():
    pack = _pack(text("ab new c", [Mark(3, 7, _IN, _RHODRI), Mark(3, 7, _OUT, _PRIYA)]))
    inserted, deleted = proposed(pack)
    if inserted.what == "Deletion":
        inserted, deleted = deleted, inserted
    assert _strings(edits.accept_changes(pack, [inserted])) == ["ab new c"]
    assert _strings(edits.reject_changes(pack, [inserted])) == ["ab c"]
    assert _strings(edits.accept_changes(pack, [deleted])) == ["ab c"]
    assert _said(edits.reject_changes(pack, [deleted])) == [("Insertion", "Rhodri Vane", "", "new ")]


def test_a_row_and_a_point_go_whole():
    row = tuple(text(words, [Mark(0, 1, _OUT, _PRIYA)]) for words in "ab")
    person = Person("Ada")
    card = Biography(person=person.id, points=(Text("Stays."), text("Goes.", [Mark(0, 5, _OUT, _PRIYA)])))
    pack = Pack(body=(Table(rows=((Text("x"), Text("y")), row)), card), people=(person,))
    table, card = edits.accept_all_changes(pack).body
    assert table.rows == ((Text("x"), Text("y")),)
    assert card.points == (Text("Stays."),)
    table, card = edits.reject_all_changes(pack).body
    assert table.rows[1] == (Text("a"), Text("b"))
    assert len(card.points) == 2


@pytest.mark.parametrize(("offset", "found"), [(0, ""), (2, ""), (3, "new"), (5, "new"), (6, "new"), (7, "")])
def test_the_change_at_a_place(offset, found):
    block = Paragraph(text=text("ab new c", [Mark(3, 6, _IN, _RHODRI)]))
    change = proposed_at(Pack(body=(block,)), block.id, offset)
    assert (change.after if change else "") == found


def test_nothing_to_settle_changes_nothing():
    pack = _pack(Text("Plain."))
    assert edits.accept_all_changes(pack) is pack
    assert edits.reject_changes(pack, ()) is pack
