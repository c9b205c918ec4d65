"""What typing did, worked out from characters and the caret alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.desktop.editor.tidy import BLOCK_BREAK, OBJECT, Change, find_change, make, string_of
from briefpack.pack.edits import Place
from briefpack.pack.model import Comment, Heading, ListItem, Pack, PageBreak, Paragraph, TextBlock
from briefpack.pack.text import Mark, MarkKind, text
from tests.helpers.invariants import check_pack

COMMENT, BOLD = MarkKind.COMMENT, MarkKind.BOLD


def paragraph(string, *marks):
    return Paragraph(text=text(string, [Mark(*mark) for mark in marks]))


def after_typing(block, typed, caret):
    """The block that a document's string makes of one block."""
    pack = Pack(body=(block,))
    change = find_change(pack.body, [typed], (0, caret))
    return make(pack, change).pack.body[0]


def test_nothing_changed():
    assert find_change((paragraph("as it was"),), ["as it was"], (0, 3)) is None


@pytest.mark.parametrize(
    ("old", "new", "caret", "start", "stop", "string"),
    [
        ("ab", "axb", 2, 1, 1, "x"),
        ("aa", "aaa", 2, 1, 1, "a"),  # the caret says which of three
        ("aaa", "aa", 1, 1, 2, ""),
        ("aab", "ab", 1, 1, 2, ""),
        ("one two", "one", 3, 3, 7, ""),
        ("quick fox", "q fox", 1, 1, 5, ""),
        ("😀b", "😀😀b", 2, 1, 1, "😀"),
    ],
)
def test_the_caret_tells_where_it_happened(old, new, caret, start, stop, string):
    block = paragraph(old)
    assert find_change((block,), [new], (0, caret)) == Change(Place(block.id, start), Place(block.id, stop), string)


def test_what_is_typed_at_the_edges_of_a_comment_is_not_part_of_it():
    block = paragraph("a word here", (2, 6, COMMENT, "c"))
    assert after_typing(block, "a xword here", 3).text.marks == (Mark(3, 7, COMMENT, "c"),)
    assert after_typing(block, "a wordx here", 7).text.marks == (Mark(2, 6, COMMENT, "c"),)
    assert after_typing(block, "a woxrd here", 5).text.marks == (Mark(2, 7, COMMENT, "c"),)


def test_bold_goes_on_where_it_ends():
    block = paragraph("a word here", (2, 6, BOLD, ""))
    assert after_typing(block, "a wordx here", 7).text.marks == (Mark(2, 7, BOLD, ""),)


def test_the_first_block_survives_a_join_unless_nothing_of_it_is_left():
    one, two, blank = ListItem(text=text("one")), Heading(text=text("two")), Paragraph()
    change = find_change((one, two), ["onetwo"], (0, 3))
    joined = make(Pack(body=(one, two)), change).pack.body
    assert [(block.id, type(block)) for block in joined] == [(one.id, ListItem)]
    change = find_change((blank, two), ["two"], (0, 0))
    assert [block.id for block in make(Pack(body=(blank, two)), change).pack.body] == [two.id]


def test_an_object_is_never_joined_with_words():
    words, card = paragraph("words"), PageBreak()
    change = find_change((words, card), [f"words{OBJECT}"], (0, 5))
    body = make(Pack(body=(words, card)), change).pack.body
    assert body == (words, card)


def test_words_in_place_of_an_object_are_a_paragraph_of_their_own():
    before, card, behind = paragraph("before"), PageBreak(), paragraph("behind")
    pack = Pack(body=(before, card, behind))
    change = find_change(pack.body, ["before", "x", "behind"], (1, 1))
    body = make(pack, change).pack.body
    assert [string_of(block) for block in body] == ["before", "x", "behind"]
    assert (body[0], body[2]) == (before, behind)


def test_chosen_formats_go_to_what_is_typed():
    block = paragraph("ab")
    change = find_change((block,), ["axb"], (0, 2))
    assert make(Pack(body=(block,)), change, ((BOLD, ""),)).pack.body[0].text.marks == (Mark(1, 2, BOLD),)


BODIES = st.lists(
    st.one_of(
        st.just(None),
        st.text(alphabet="ab 😀\n", max_size=6).map(lambda s: s),
    ),
    min_size=1,
    max_size=5,
)


@given(BODIES, st.data())
def test_whatever_is_replaced_the_words_are_those_and_the_pack_is_sound(strings, data):
    """A stretch replaced by a string, as Qt would, gives a pack with the same words in the same order."""
    body = tuple(PageBreak() if s is None else Paragraph(text=text(s, [Mark(0, 2, COMMENT, "c")])) for s in strings)
    pack = Pack(body=body, comments=(Comment(text="Why?", id="c"),))
    old = BLOCK_BREAK.join(map(string_of, body))
    start = data.draw(st.integers(0, len(old)))
    stop = data.draw(st.integers(start, len(old)))
    typed = data.draw(st.text(alphabet="abx 😀", max_size=4))
    new = (old[:start] + typed + old[stop:]).split(BLOCK_BREAK)
    at = (old[:start] + typed).split(BLOCK_BREAK)
    change = find_change(body, new, (len(at) - 1, len(at[-1])))
    if change is None:
        return
    made, caret = make(pack, change)
    assert made.block(caret.block)
    seen = "".join(map(string_of, made.body))
    assert seen.replace(OBJECT, "") == "".join(new).replace(OBJECT, "")
    assert seen.count(OBJECT) == "".join(new).count(OBJECT)
    ids = [block.id for block in made.body]
    assert len(ids) == len(set(ids))
    check_pack(made if all(isinstance(b, TextBlock | PageBreak) for b in made.body) else pack)
