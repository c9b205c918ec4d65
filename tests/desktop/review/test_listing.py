"""What the list of returns shows, without a window: order, groups, filters, counts, and how it is said."""

import datetime as dt

import pytest
from msgspec.structs import replace

from briefpack.desktop.review.listing import (
    GONE,
    OUTSIDE,
    Group,
    Grouping,
    Row,
    Sort,
    State,
    Wanted,
    decided,
    listed,
    tallies,
)
from briefpack.desktop.review.wording import fitted, pieces, shortened, spoken
from briefpack.pack.decisions import Decision, Verdict
from tests.helpers.returned import GWEN, PRESS, RHODRI, returned

TODAY = dt.date(2031, 3, 17)


def keys(lines):
    return [line.item.key for line in lines if isinstance(line, Row)]


def heads(lines):
    return [line.title for line in lines if isinstance(line, Group)]


def with_decisions(pack, *decisions):
    return replace(pack, decisions=decisions)


def at_noon(day):
    return dt.datetime.combine(day, dt.time(12)).astimezone()


def test_items_stand_under_their_headings_in_the_order_of_the_pack():
    """A heading says what it is within; what is in no block comes last; the same change of two people is one row."""
    pack, review, _ = returned()
    lines = listed(review, pack, Wanted(), TODAY)
    assert heads(lines) == ["Item 1: Winter programme › Lines to take", "Next steps › Detail", OUTSIDE]
    assert keys(lines) == ["swap", "remark", "one", "two", "silent", "more", "both", "header"]
    both = next(line for line in lines if isinstance(line, Row) and line.item.key == "both")
    assert both.authors == (GWEN, PRESS)


def test_an_item_whose_block_is_gone_is_listed_all_the_same():
    """Nothing is lost because somebody deleted the paragraph."""
    pack, review, _ = returned()
    gone = replace(pack, body=tuple(block for block in pack.body if block.id != review.item("swap").block))
    lines = listed(review, gone, Wanted(), TODAY)
    assert GONE in heads(lines)
    assert set(keys(lines)) == set(keys(listed(review, pack, Wanted(), TODAY)))


def test_clashes_stand_together():
    """The rows of a clash follow one another, and know where their bracket begins and ends."""
    pack, review, _ = returned()
    apart = replace(review, items=(review.items[2], *review.items[:2], *review.items[3:]))
    rows = [line for line in listed(apart, pack, Wanted(), TODAY) if isinstance(line, Row)]
    at = [row.item.key for row in rows].index("one")
    assert [row.item.key for row in rows[at : at + 2]] == ["one", "two"]
    assert (rows[at].first_of_clash, rows[at].last_of_clash) == (True, False)
    assert (rows[at + 1].first_of_clash, rows[at + 1].last_of_clash) == (False, True)
    assert rows[at].clash == (RHODRI,)
    assert not any(row.first_of_clash or row.last_of_clash for row in rows if not row.item.clash)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(sort=Sort.REMARKS), ["remark"]),
        (Wanted(State.ALL, Sort.SILENT), ["silent"]),
        (Wanted(sort=Sort.CLASHES), ["one", "two"]),
        (Wanted(sort=Sort.MOVES), []),
        (Wanted(person=PRESS), ["one", "more", "same"]),
        (Wanted(State.DECIDED), ["silent", "swap"]),
        (Wanted(State.TODAY), ["swap"]),
        (Wanted(grouping=Grouping.PERSON, sort=Sort.CHANGES), ["both", "one", "more", "same", "two", "header"]),
    ],
)
def test_filters(wanted, expected):
    """By what it is, whose, and how far it has come."""
    pack, review, _ = returned()
    earlier = Decision("silent", Verdict.REJECTED, time=at_noon(TODAY - dt.timedelta(days=1)))
    pack = with_decisions(pack, earlier, Decision("swap", Verdict.ACCEPTED, time=at_noon(TODAY)))
    assert sorted(keys(listed(review, pack, wanted, TODAY))) == sorted(expected)


def test_what_was_decided_today_stands_newest_first():
    pack, review, _ = returned()
    noon = at_noon(TODAY)
    hour = dt.timedelta(hours=1)
    pack = with_decisions(
        pack, *(Decision(key, Verdict.ACCEPTED, time=noon + n * hour) for n, key in enumerate(("swap", "more", "one")))
    )
    assert keys(listed(review, pack, Wanted(State.TODAY), TODAY)) == ["one", "more", "swap"]


def test_counts_of_each_person_go_to_zero():
    """Everybody's items are counted, the same change of two people twice; what is decided is not open."""
    pack, review, _ = returned()
    assert [(each.name, each.open, each.all) for each in tallies(review, {})] == [
        (GWEN, 3, 3), (PRESS, 3, 3), (RHODRI, 3, 3),
    ]  # fmt: skip
    everything = with_decisions(pack, *(Decision(each.key, Verdict.REJECTED) for each in review.items))
    assert {each.open for each in tallies(review, decided(everything))} == {0}
    assert listed(review, everything, Wanted(), TODAY) == []


def test_every_row_is_said_whole():
    """A screen reader hears who, what, old, new and the clash."""
    pack, review, _ = returned()
    said = {line.item.key: spoken(line) for line in listed(review, pack, Wanted(), TODAY) if isinstance(line, Row)}
    assert said["one"].startswith(
        "Press office, Replacement, taken out: every station is staffed, put in: all stations"
    )
    assert said["one"].endswith("clash with Rhodri Vane")
    assert "Changed with tracking off" in said["silent"]
    assert said["both"].startswith("Gwen Marrow and Press office, Deletion")
    assert said["header"].endswith("on “Header”")


def test_long_words_are_cut_so_that_old_and_new_are_seen():
    """A short old wording leaves its room to the long new one; neither is ever cut away whole."""
    _, review, _ = returned()
    long = replace(review.item("swap"), after="priority " * 60)
    old, new = fitted(pieces(long), 90)
    assert old.words == "first priority"
    assert 60 < len(new.words) <= 90
    assert " … " in new.words
    assert shortened("a  b\nc", 10) == "a b c"
