"""pack.json: every pack reads as it was written, and what is not known stays where it was."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.edits import Place, insert_text, move_blocks, remove_blocks, split
from briefpack.pack.model import (
    Comment,
    Heading,
    ListItem,
    Meeting,
    Pack,
    PageBreak,
    Paragraph,
    Table,
    TextBlock,
    texts_of,
)
from briefpack.pack.text import Mark, MarkKind, Text, canonical, text
from briefpack.packfile import document, upgrade
from briefpack.packfile.document import decode, encode, made_sound
from briefpack.packfile.soundness import _is_canonical
from tests.helpers import strategies
from tests.helpers.invariants import check_pack
from tests.helpers.packs import rich_pack


@given(strategies.packs())
def test_a_pack_reads_as_it_was_written(pack):
    pack = made_sound(pack)
    data = encode(pack)
    found = decode(data)
    assert found.pack == pack
    assert found.unknown is None
    assert found.lost == ()
    assert encode(found.pack) == data


def test_the_text_is_sorted_and_one_thing_a_line():
    lines = encode(rich_pack()[0]).decode().splitlines()
    assert max(map(len, lines)) < 2000
    assert lines == json.dumps(json.loads("\n".join(lines)), indent=1, sort_keys=True, ensure_ascii=False).splitlines()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text("aé “”", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz", max_size=3), inner, max_size=3),
    max_leaves=6,
)


def _objects(raw):
    """Every object of a piece of JSON, outermost first."""
    if isinstance(raw, dict):
        yield raw
        for value in raw.values():
            yield from _objects(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _objects(value)


RICH = encode(made_sound(rich_pack()[0]))


@given(st.data())
def test_unknown_keys_survive_at_any_depth(data):
    raw = json.loads(RICH)
    objects = list(_objects(raw))
    for index in data.draw(st.sets(st.integers(0, len(objects) - 1), min_size=1, max_size=8)):
        objects[index][f"x_{data.draw(st.text('abc', min_size=1, max_size=3))}"] = data.draw(json_values)
    found = decode(msgspec.json.encode(raw))
    assert found.lost == ()
    changed = replace(found.pack, meeting=replace(found.pack.meeting, title="Another title"))
    changed = replace(
        changed, body=(Paragraph(text=text("New")), *changed.body), comments=(*changed.comments, Comment("New"))
    )
    written = json.loads(encode(changed, found.unknown))
    del written["body"][0], written["comments"][-1]
    raw["meeting"]["title"] = "Another title"
    assert written == raw


def test_unknown_keys_go_with_their_block():
    pack = Pack(body=(Paragraph(text=text("one")), Heading(text=text("two")), ListItem(text=text("three"))))
    raw = json.loads(encode(pack))
    for number, block in enumerate(raw["body"]):
        block["x"] = number
        block["text"]["y"] = number
    found = decode(msgspec.json.encode(raw))
    first, second, third = found.pack.body
    moved = move_blocks(found.pack, 2, 3, 0)
    moved = remove_blocks(moved, (second.id,))
    moved = insert_text(moved, Place(first.id, 0), text("more ")).pack
    moved = split(moved, Place(first.id, 2)).pack
    written = json.loads(encode(moved, found.unknown))["body"]
    assert {block["id"]: (block["x"], block["text"]["y"]) for block in written if "x" in block} == {
        first.id: (0, 0),
        third.id: (2, 2),
    }


def test_unknown_keys_of_an_object_that_is_left_out_as_default_come_back():
    found = decode(b'{"body": [{"kind": "page_break"}], "meeting": {"x": 1}}')
    assert found.pack.meeting == Meeting()
    assert json.loads(encode(found.pack, found.unknown))["meeting"] == {"x": 1}


def test_unclean_text_is_cleaned_with_its_marks_on_their_words():
    raw = {"body": [{"kind": "paragraph", "id": "a", "text": {"string": "a\x00b\ufffcc\rd", "marks": [
        {"start": 4, "end": 5, "kind": "bold", "value": ""}]}}], "meeting": {"title": "a\x07b"}, "id": "i"}  # fmt: skip
    found = decode(json.dumps(raw).encode()).pack
    assert found.body[0].text == Text("abc\nd", (Mark(2, 3, MarkKind.BOLD),))
    assert found.meeting.title == "ab"


def test_a_pack_with_half_a_character_can_still_be_saved():
    pack = Pack(body=(Paragraph(text=Text("a\ud800b", (Mark(2, 3, MarkKind.BOLD),))),), meeting=Meeting(title="\udfff"))
    with pytest.raises(UnicodeEncodeError):
        encode(pack)  # the control
    assert made_sound(pack).body[0].text == Text("ab", (Mark(1, 2, MarkKind.BOLD),))
    assert decode(encode(made_sound(pack))).pack == made_sound(pack)


def test_what_is_not_sound_is_made_so_without_losing_words():
    marks = (
        Mark(5, 99, MarkKind.BOLD),
        Mark(0, 2, MarkKind.BOLD),
        Mark(1, 3, MarkKind.BOLD),
        Mark(2, 2, MarkKind.ITALIC),
    )
    pack = Pack(
        body=(
            Heading(id="a", level=0, text=Text("Heading", marks)),
            ListItem(id="a", level=12, text=text("Item")),
            Table(id="", rows=((text("1"),), (text("2"), text("3")))),
        )
    )
    found = decode(msgspec.json.encode(pack)).pack
    check_pack(found)
    assert [block.text.string for block in found.body[:2]] == ["Heading", "Item"]
    assert found.body[0].level == 1
    assert found.body[1].level == 8
    assert [len(row) for row in found.body[2].rows] == [2, 2]
    assert len({block.id for block in found.body}) == 3


@given(st.lists(strategies.marks(12, comments=("c", "d"), clips=("e",)), max_size=5).map(tuple), st.booleans())
def test_what_is_taken_for_canonical_is(marks, made):
    marks = canonical(marks, 12) if made else marks
    assert _is_canonical(marks, 12) == (canonical(marks, 12) == marks)


def test_a_sound_pack_is_left_as_it_is():
    pack = decode(RICH).pack
    assert made_sound(pack) is pack


def test_what_one_piece_breaks_leaves_the_others():
    raw = json.loads(RICH)
    raw["body"][3] = {"kind": "hologram", "id": "x", "layers": [{"string": "Words in a hologram", "marks": []}]}
    raw["comments"][0] = {"text": "Said by nobody", "time": "never"}
    raw["language"] = 5
    found = decode(msgspec.json.encode(raw))
    whole = decode(RICH).pack
    assert found.pack.body[3].text.string == "Words in a hologram"
    assert [b.text.string for b in found.pack.body[4:] if isinstance(b, TextBlock)] == [
        b.text.string for b in whole.body[4:] if isinstance(b, TextBlock)
    ]
    gone = whole.comments[0].id
    assert all(mark.value != gone for b in found.pack.body for each in texts_of(b) for mark in each.marks)
    assert found.pack.comments == whole.comments[1:]
    assert len(found.lost) == 3
    assert "Said by nobody" in " ".join(found.lost)


@pytest.mark.parametrize(
    "data",
    [b"", b"words", b"[]", b"{}", b"null", b'{"body": 5}', b"\xff\xfe", b"[" * 100_000, b'{"body": [' + b"[" * 5000],
)
def test_what_is_no_pack_is_refused(data):
    with pytest.raises(UserError):
        decode(data)


@given(st.binary(max_size=80) | json_values.map(msgspec.json.encode))
def test_only_user_errors_escape(data):
    try:
        found = decode(data)
    except UserError:
        return
    check_pack(found.pack)


def test_an_older_format_is_brought_up_step_by_step(monkeypatch):
    monkeypatch.setattr(upgrade, "FORMAT", 3)
    monkeypatch.setattr(document, "FORMAT", 3)
    steps = {
        1: lambda raw: {**raw, "body": raw["blocks"]},
        2: lambda raw: {**raw, "language": f"{raw['language']}-GB"},
    }
    monkeypatch.setattr(upgrade, "UPGRADES", steps)
    old = b'{"blocks": [{"kind": "page_break", "id": "a"}], "id": "i", "language": "cy"}'
    found = decode(old, 1)
    assert found.pack.language == "cy-GB"
    assert [type(block) for block in found.pack.body] == [PageBreak]
    with pytest.raises(UserError):
        decode(b'{"no": "blocks"}', 1)
