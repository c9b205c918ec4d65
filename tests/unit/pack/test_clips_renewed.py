"""Words marked as coming from a source, and a clip brought up to date with its source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.anchors import spans, words_at
from briefpack.pack.clips import fingerprint
from briefpack.pack.edits import (
    ClipForm,
    Place,
    add_comment,
    end_of,
    insert_text,
    mark_clip,
    place_clips,
    set_mark,
    split,
    take_words,
)
from briefpack.pack.model import Clip, Comment, Pack, Paragraph
from briefpack.pack.text import Mark, MarkKind, text

WORDS = "Low water closed 412 miles of canal in 2025."


def clip_of(words: str, passage: str = "doc.one") -> Clip:
    return Clip("doc", passage, 0, len(words), words, fingerprint(words), title="Low water")


def placed(words: str = WORDS) -> tuple[Pack, Clip]:
    pack = Pack(body=(Paragraph(text=text("Before.")), Paragraph(text=text("After."))))
    clip = clip_of(words)
    at = end_of(pack.body[0])
    return place_clips(pack, at, at, (clip,), ClipForm.PARAGRAPH).pack, clip


def test_words_are_marked_with_their_source() -> None:
    block = Paragraph(text=text(f"We know that {WORDS}"))
    clip = clip_of(WORDS)
    pack = mark_clip(Pack(body=(block,)), Place(block.id, 13), end_of(block), clip)
    assert pack.clips == (clip,)
    assert words_at(pack, spans(pack, MarkKind.CLIP)[clip.id]) == WORDS
    assert pack.body[0].id == block.id


def test_no_words_no_mark() -> None:
    block = Paragraph(text=text(WORDS))
    pack = Pack(body=(block,))
    assert mark_clip(pack, Place(block.id, 3), Place(block.id, 3), clip_of(WORDS)) is pack


def test_new_words_take_the_place_of_the_old() -> None:
    pack, clip = placed()
    now = clip_of(WORDS.replace("412 miles", "530 km"), "doc.two")
    renewed = take_words(pack, clip.id, now)
    assert [str(block.text) for block in renewed.body] == ["Before.", now.words, "After."]
    assert renewed.clips == (replace(now, id=clip.id),)
    assert words_at(renewed, spans(renewed, MarkKind.CLIP)[clip.id]) == now.words
    assert renewed.body[0] is pack.body[0]


def test_a_comment_and_a_format_on_the_rest_stay() -> None:
    pack, clip = placed()
    block = pack.body[1]
    comment = Comment(author="A", initials="A", text="Check")
    pack = add_comment(pack, Place(block.id, 0), Place(block.id, 9), comment)
    pack = set_mark(pack, Place(block.id, 10), Place(block.id, 26), MarkKind.BOLD)
    renewed = take_words(pack, clip.id, clip_of(WORDS.replace("412", "1,530")))
    text_now = renewed.body[1].text
    assert words_at(renewed, spans(renewed, MarkKind.COMMENT)[comment.id]) == "Low water"
    assert [m for m in text_now.marks if m.kind == MarkKind.BOLD] == [Mark(10, 28, MarkKind.BOLD)]


def test_words_within_a_sentence_leave_the_sentence_alone() -> None:
    block = Paragraph(text=text("They say that low water closed canals, as we know."))
    pack = Pack(body=(block,))
    clip = clip_of("low water closed canals")
    pack = mark_clip(pack, Place(block.id, 14), Place(block.id, 37), clip)
    renewed = take_words(pack, clip.id, clip_of("low water closed 40 canals"))
    assert str(renewed.body[0].text) == "They say that low water closed 40 canals, as we know."


def test_words_that_the_user_changed_are_not_overwritten() -> None:
    pack, clip = placed()
    pack = insert_text(pack, Place(pack.body[1].id, 3), text("est")).pack
    with pytest.raises(UserError, match="changed in the pack"):
        take_words(pack, clip.id, clip_of("Other words."))


def test_words_that_were_parted_or_deleted_are_told() -> None:
    pack, clip = placed()
    parted = split(pack, Place(pack.body[1].id, 9)).pack
    for gone in (parted, replace(pack, body=(pack.body[0],))):
        with pytest.raises(UserError):
            take_words(gone, clip.id, clip_of("Other words."))


def test_there_is_no_such_clip() -> None:
    with pytest.raises(KeyError):
        take_words(Pack(body=(Paragraph(),)), "none", clip_of(WORDS))


@given(st.text("ab c", min_size=1, max_size=12), st.text("ab c", min_size=1, max_size=12), st.data())
def test_whatever_the_words_the_mark_stands_on_them_and_nothing_else_changes(old: str, new: str, data) -> None:
    block = Paragraph(text=text(f"[{old}]"))
    clip = clip_of(old)
    pack = mark_clip(Pack(body=(block,)), Place(block.id, 1), Place(block.id, 1 + len(old)), clip)
    at = data.draw(st.integers(0, len(old)))
    pack = set_mark(pack, Place(block.id, at), Place(block.id, 1 + len(old)), MarkKind.ITALIC)
    renewed = take_words(pack, clip.id, clip_of(new))
    assert str(renewed.body[0].text) == f"[{new}]"
    assert words_at(renewed, spans(renewed, MarkKind.CLIP)[clip.id]) == new
    assert renewed.clips[0].words == new
