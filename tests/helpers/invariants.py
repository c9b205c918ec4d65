"""What is true of every text and every pack, whatever was done to it."""

from itertools import pairwise

import msgspec

from briefpack.pack.ids import is_id
from briefpack.pack.model import Biography, Heading, ListItem, Pack, Table, texts_of
from briefpack.pack.text import LAYERED, MarkKind, Text, clean


def check_text(text: Text) -> None:
    """AssertionError where a text is not canonical: not clean, or marks unsorted, out of range, or not minimal."""
    assert clean(text.string) == text.string
    assert list(text.marks) == sorted(text.marks)
    assert all(0 <= mark.start < mark.end <= len(text.string) for mark in text.marks)
    layers: dict[tuple[str, str], list] = {}
    for mark in text.marks:
        layers.setdefault((mark.kind, mark.value if mark.kind in LAYERED else ""), []).append(mark)
    for layer in layers.values():
        for left, right in pairwise(layer):
            assert left.end <= right.start, f"{left} and {right} overlap"
            assert left.end < right.start or left.value != right.value, f"{left} and {right} are one"


def check_pack(pack: Pack) -> None:
    """AssertionError where a pack is one that no edit may make."""
    assert pack.body
    blocks = [block.id for block in pack.body]
    assert all(map(is_id, blocks))
    for ids in (blocks, *([each.id for each in group] for group in (pack.comments, pack.clips, pack.people))):
        assert len(ids) == len(set(ids)), "an id stands twice"
    known = {
        MarkKind.COMMENT: {comment.id for comment in pack.comments},
        MarkKind.CLIP: {clip.id for clip in pack.clips},
    }
    rows = [topic.id for topic in pack.board.topics]
    assert all(map(is_id, rows))
    assert len(rows) == len(set(rows)), "a topic stands twice"
    for topic in pack.board.topics:
        assert all(pick.clip in known[MarkKind.CLIP] for pick in topic.picked), "what was picked is no clip of the pack"
    assert list(pack.dictionary) == sorted(set(pack.dictionary))
    assert all(word and not any(map(str.isspace, word)) for word in pack.dictionary)
    for block in pack.body:
        for text in texts_of(block):
            check_text(text)
            for mark in text.marks:
                assert mark.kind not in known or mark.value in known[mark.kind], f"{mark} names nothing in the pack"
        match block:
            case Heading():
                assert 1 <= block.level <= 6
            case ListItem():
                assert 0 <= block.level <= 8
            case Table():
                assert len({len(row) for row in block.rows}) <= 1
            case Biography():
                assert pack.person(block.person), "a biography of nobody"
    check_strings(msgspec.to_builtins(pack))


def check_strings(value: object) -> None:
    """AssertionError where any string in a value is not clean."""
    match value:
        case str():
            assert clean(value) == value
        case dict():
            check_strings(list(value.values()))
        case list() | tuple():
            for each in value:
                check_strings(each)
