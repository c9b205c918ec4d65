"""Dragging: words and whole blocks moved, with all that hangs on them."""

from hypothesis import given
from hypothesis import strategies as st

from briefpack.pack.edits import Place, end_of, move_range, start_of
from briefpack.pack.edits.places import length
from briefpack.pack.model import Comment, ListItem, Pack, PageBreak, Paragraph
from briefpack.pack.text import Mark, MarkKind, text
from tests.helpers.invariants import check_pack

COMMENT = MarkKind.COMMENT
REMARK = Comment(text="Why?")


def strings(pack):
    return [getattr(getattr(block, "text", None), "string", "▢") for block in pack.body]


def test_words_within_a_paragraph():
    block = Paragraph(text=text("one two three", [Mark(4, 7, COMMENT, REMARK.id)]))
    pack = Pack(body=(block,), comments=(REMARK,))
    moved, caret = move_range(pack, Place(block.id, 4), Place(block.id, 8), Place(block.id, 13))
    assert strings(moved) == ["one threetwo "]
    assert moved.body[0].text.marks == (Mark(9, 12, COMMENT, REMARK.id),)
    assert caret == Place(block.id, 13)


def test_whole_blocks_stay_themselves():
    one, two, three = (ListItem(text=text(word)) for word in ("one", "two", "three"))
    pack = Pack(body=(one, two, three))
    moved, caret = move_range(pack, start_of(one), end_of(two), end_of(three))
    assert moved.body == (three, one, two)
    assert caret == end_of(two)
    assert move_range(pack, start_of(three), end_of(three), start_of(one)).pack.body == (three, one, two)


def test_an_object_is_not_dropped_into_a_sentence():
    words, card = Paragraph(text=text("a sentence")), PageBreak()
    other = Paragraph(text=text("end"))
    pack = Pack(body=(card, words, other))
    moved, _ = move_range(pack, start_of(card), end_of(card), Place(words.id, 4))
    assert moved.body == (words, card, other)


def test_a_drop_on_itself_is_nothing():
    block = Paragraph(text=text("one two"))
    pack = Pack(body=(block,))
    assert move_range(pack, Place(block.id, 0), Place(block.id, 3), Place(block.id, 2)).pack is pack


@given(st.lists(st.sampled_from(["", "ab", "word 😀", None]), min_size=1, max_size=5), st.data())
def test_no_word_and_no_object_is_lost(parts, data):
    body = tuple(
        PageBreak() if part is None else Paragraph(text=text(part, [Mark(0, 1, COMMENT, REMARK.id)] if at == 0 else []))
        for at, part in enumerate(parts)
    )
    pack = Pack(body=body, comments=(REMARK,))

    def place():
        block = body[data.draw(st.integers(0, len(body) - 1))]
        return Place(block.id, data.draw(st.integers(0, length(block))))

    moved, caret = move_range(pack, place(), place(), place())
    check_pack(moved)
    assert sorted("".join(strings(moved))) == sorted("".join(strings(pack)))
    assert moved.block(caret.block)
