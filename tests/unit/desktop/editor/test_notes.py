"""What stands beside the text, and where it is pushed."""

import datetime as dt

from briefpack.desktop.editor.notes import Note, flag_words, notes, source_words, stacked
from briefpack.pack.model import Clip, Comment, Line, Status
from tests.desktop.editor.samples import rich


def note(key):
    return Note(0, 0, key, Comment(text="", id=key))


def tops(boxes):
    return [box.top for box in boxes]


def test_bubbles_stand_level_with_their_words_and_are_pushed_down_where_they_meet():
    wanted = [(note("a"), 10, 50), (note("b"), 20, 30), (note("c"), 200, 30)]
    assert tops(stacked(wanted, 6)) == [10, 66, 200]


def test_the_chosen_one_keeps_its_place_and_those_above_make_room():
    wanted = [(note("a"), 100, 50), (note("b"), 110, 30), (note("c"), 112, 30)]
    assert tops(stacked(wanted, 6, "b")) == [54, 110, 146]


def test_bubbles_beside_the_last_words_are_pushed_up_so_that_they_can_be_scrolled_to():
    wanted = [(note("a"), 10, 50), (note("b"), 150, 30), (note("c"), 190, 60)]
    assert tops(stacked(wanted, 6, end=200)) == [10, 104, 140]
    assert tops(stacked(wanted, 6, "c", end=200)) == [10, 104, 140]
    assert tops(stacked(wanted, 6, end=1000)) == [10, 150, 190]


def test_bubbles_that_have_no_room_at_all_begin_at_the_top():
    assert tops(stacked([(note("a"), 10, 500)], 6, end=200)) == [0]


def test_every_anchored_comment_clip_and_flag_is_there_once_in_reading_order():
    pack = rich()
    found = list(notes(pack, dt.datetime(2025, 5, 10, 16, 0)))
    assert [one.number for one in found] == sorted(one.number for one in found)
    subjects = [one.subject for one in found]
    assert [each for each in subjects if isinstance(each, Comment)] == list(pack.comments)
    assert [each for each in subjects if isinstance(each, Clip)] == list(pack.clips)
    assert len([each for each in subjects if isinstance(each, Line)]) == 2
    assert not any(one.overdue for one in found)


def test_a_line_that_has_gone_off_says_so():
    (gone,) = [one for one in notes(rich(), dt.datetime(2025, 5, 10, 18, 0)) if one.overdue]
    assert flag_words(gone.subject, overdue=True) == "Gone off · Draft · T Lee · until 10 May 17:00"


def test_words_of_flags_and_sources():
    line = Line(
        owner="P Shah", status=Status.CLEARED, good_until=dt.datetime(2025, 5, 10, 17, 0), changes_when="the vote"
    )
    assert flag_words(line) == "Cleared · P Shah · until 10 May 17:00 · until the vote"
    clip = Clip(
        document="D", passage="P", start=0, end=1, words="x", fingerprint="0", title="Plan due", date="May 2025"
    )
    assert source_words(clip) == "Plan due, May 2025"
