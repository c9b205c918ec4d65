"""Which typing is one step of undo."""

from briefpack.desktop.editor.steps import TypingRun
from briefpack.desktop.editor.tidy import Change
from briefpack.pack.edits import Place


def groups(*keys):
    """The group of each key; a key is what it puts in and where the caret was."""
    run, found = TypingRun(), []
    for string, at in keys:
        place = Place("b", at)
        if string == "<":
            found.append(run.group(Change(Place("b", at - 1), place, ""), Place("b", at - 1)))
        else:
            found.append(run.group(Change(place, place, string), Place("b", at + len(string))))
    return found


def test_a_word_with_its_space_is_a_step():
    found = groups(*((character, at) for at, character in enumerate("two words")))
    assert len(set(found)) == 2
    assert len(set(found[:4])) == 1


def test_typing_elsewhere_and_deleting_begin_steps():
    assert len(set(groups(("a", 0), ("b", 1), ("c", 9)))) == 2
    assert len(set(groups(("a", 0), ("<", 1)))) == 2
    assert len(set(groups(("<", 5), ("<", 4), ("<", 3)))) == 1


def test_what_follows_an_end_is_a_step_of_its_own():
    run = TypingRun()
    place = Place("b", 0)
    first = run.group(Change(place, place, "a"), Place("b", 1))
    run.end()
    assert run.group(Change(Place("b", 1), Place("b", 1), "b"), Place("b", 2)) != first
