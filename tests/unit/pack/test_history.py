import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pack.edits import Place, insert_text
from briefpack.pack.history import History
from briefpack.pack.model import Pack, Paragraph
from briefpack.pack.text import text


@pytest.fixture
def pack():
    return Pack(body=(Paragraph(),))


def typed(pack, letters):
    block = pack.body[0]
    return insert_text(pack, Place(block.id, len(block.text)), text(letters)).pack


def said(history):
    return history.pack.body[0].text.string


def test_begins_with_nothing_to_undo(pack):
    history = History(pack)
    assert history.pack is pack
    assert (history.undo_label, history.redo_label) == (None, None)
    assert history.undo() is None
    assert history.redo() is None


def test_undo_and_redo_give_the_step_with_its_label_and_places(pack):
    history = History(pack)
    after = typed(pack, "a")
    assert history.push(after, "Type", place_before="here", place_after="there")
    assert history.undo_label == "Type"
    step = history.undo()
    assert (step.before, step.after, step.place_before, step.place_after) == (pack, after, "here", "there")
    assert history.pack is pack
    assert (history.undo_label, history.redo_label) == (None, "Type")
    assert history.redo().label == "Type"
    assert history.pack is after


def test_an_equal_pack_is_no_step(pack):
    history = History(pack)
    assert not history.push(pack, "Nothing")
    assert not history.push(Pack(id=pack.id, body=tuple(pack.body)), "Nothing, made anew")
    assert history.undo_label is None


def test_typing_without_a_pause_is_one_step(pack):
    history = History(pack, pause=2.0)
    for number, letter in enumerate("word"):
        history.push(typed(history.pack, letter), "Type", group="typing", time=1.9 * number, place_before=number)
    assert said(history) == "word"
    step = history.undo()
    assert history.pack is pack
    assert step.place_before == 0


@pytest.mark.parametrize(
    "second",
    [
        {"group": "typing", "time": 2.1},  # after a pause
        {"group": "deleting", "time": 0.1},  # something else
        {"group": "", "time": 0.1},  # belongs to nothing
    ],
)
def test_what_does_not_belong_together_is_two_steps(pack, second):
    history = History(pack, pause=2.0)
    history.push(typed(history.pack, "a"), "Type", group="typing", time=0.0)
    history.push(typed(history.pack, "b"), "Type", **second)
    history.undo()
    assert said(history) == "a"


def test_steps_of_no_group_never_join(pack):
    history = History(pack)
    history.push(typed(history.pack, "a"), "Paste")
    history.push(typed(history.pack, "b"), "Paste")
    history.undo()
    assert said(history) == "a"


def test_typing_after_an_undo_and_redo_is_a_step_of_its_own(pack):
    history = History(pack)
    history.push(typed(history.pack, "a"), "Type", group="typing", time=0.0)
    history.undo()
    history.redo()
    history.push(typed(history.pack, "b"), "Type", group="typing", time=0.1)
    history.undo()
    assert said(history) == "a"


def test_a_new_change_drops_what_was_undone(pack):
    history = History(pack)
    history.push(typed(history.pack, "a"), "Type", group="typing")
    history.push(typed(history.pack, "b"), "Paste")
    history.undo()
    history.push(typed(history.pack, "c"), "Type", group="typing")
    assert history.redo_label is None
    assert said(history) == "ac"
    history.undo()
    assert said(history) == "a", "typing joined a step from before the undo"


def test_the_oldest_steps_go_first(pack):
    history = History(pack, limit=3)
    for letter in "abcde":
        history.push(typed(history.pack, letter), f"Type {letter}")
    labels = []
    while step := history.undo():
        labels.append(step.label)
    assert labels == ["Type e", "Type d", "Type c"]
    assert said(history) == "ab"


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(("", "typing", "deleting")), st.floats(0, 5)), max_size=30
    ),
    st.integers(1, 40),
)
def test_whatever_is_joined_undo_leads_back_and_redo_forth(changes, limit):
    history = History(Pack(body=(Paragraph(),)), limit=limit)
    seen, clock = [history.pack], 0.0
    for letter, group, later in changes:
        clock += later
        history.push(typed(history.pack, letter), "Type", group=group, time=clock)
        seen.append(history.pack)
    back = [history.pack]
    while history.undo():
        back.append(history.pack)
    assert len(back) <= limit + 1
    assert [pack for pack in seen if pack in back] == back[::-1]
    assert limit < len(changes) or back[-1] is seen[0]
    forth = [history.pack]
    while history.redo():
        forth.append(history.pack)
    assert forth == back[::-1]
