"""Which paragraph is which."""

from briefpack.review.matching import Group, Side, match
from briefpack.review.sentences import sentences, touched

FUND = "The fund is new money, and bids for it open in the month of May."
CREWS = "Crews are trained at Saltmere by the harbour master and her deputy."
COURSE = "The course takes six weeks; it is free for volunteers of any age."


def pairs(sent, back):
    return [(group.sent, group.back) for group in match(sent, back)]


def plain(*strings):
    return [Side(string) for string in strings]


def test_a_name_says_which_it_is_whatever_the_words():
    found = match([Side(FUND, ("A",)), Side(CREWS, ("B",))], [Side("Wholly new words.", ("A",)), Side(CREWS, ("B",))])
    assert found == (Group((0,), (0,), named=True), Group((1,), (1,), named=True))


def test_of_two_places_of_one_name_the_nearer_has_it():
    assert pairs([Side(FUND, ("A",))], [Side("Something else.", ("A",)), Side(FUND, ("A",))]) == [((0,), (1,))]


def test_near_words_match_in_their_order_and_strange_words_do_not():
    back = plain(FUND.replace("new", "old"), "A paragraph about the price of fish in the upland markets.", COURSE)
    assert pairs(plain(FUND, CREWS, COURSE), back) == [((0,), (0,)), ((2,), (2,))]


def test_equal_words_somewhere_else_were_moved():
    found = match(plain(FUND, CREWS, COURSE), plain(CREWS, COURSE, FUND))
    assert {(group.sent, group.back) for group in found} == {((0,), (2,)), ((1,), (0,)), ((2,), (1,))}
    assert [group.sent for group in found if group.moved] == [(0,)]


def test_what_was_split_and_what_was_joined_belongs_together():
    first, second = COURSE.split("; ")
    assert pairs([Side(COURSE, ("A",))], [Side(first, ("A",)), Side(second)]) == [((0,), (0, 1))]
    assert pairs([Side(FUND, ("A",)), Side(CREWS, ("B",))], [Side(FUND + CREWS, ("A", "B"))]) == [((0, 1), (0,))]


def test_a_table_is_never_a_paragraph():
    assert pairs([Side(FUND, table=True)], [Side(FUND)]) == []


def test_sentences():
    said = "Dr. Vane met e.g. the Forum on 3.5 occasions. “Is it so?” she asked! Yes\nA new line"
    found = [said[start:end] for start, end in sentences(said)]
    assert found == ["Dr. Vane met e.g. the Forum on 3.5 occasions.", "“Is it so?” she asked!", "Yes", "A new line"]


def test_a_new_sentence_between_two_changes_neither():
    said = "One is here. Two is there."
    assert touched(said, 13, 13, "New one. ") == ()
    assert touched(said, 12, 12, " A new one.") == ()
    assert touched(said, len(said), len(said), " Three.") == ()
    assert touched(said, 3, 3, " too") == (0,)
    assert touched(said, 13, 13, "Perhaps ") == (1,)
    assert touched(said, 4, 20, "") == (0, 1)
