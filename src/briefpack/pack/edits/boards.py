"""The board of a pack: its topics, the words picked for them, and what was read against them."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from briefpack.pack.anchors import spans
from briefpack.pack.board import NO_BOARD, Board, Pick, Reading, Topic
from briefpack.pack.cleaning import cleaned
from briefpack.pack.edits.blocks import insert_blocks
from briefpack.pack.ids import new_id
from briefpack.pack.model import Clip, Pack, Table
from briefpack.pack.text import Mark, MarkKind


def set_board(pack: Pack, *, body: str, query: str) -> Pack:
    """The body that the board is about, and what narrows its searches."""
    return _with_board(pack, replace(pack.board, body=_line(body), query=_line(query)))


def put_topic(pack: Pack, topic: Topic) -> Pack:
    """A topic put at the end of the board, or the one of the same id replaced. What it picks must be clips of the pack."""
    known = {clip.id for clip in pack.clips}
    topic = cleaned(topic)
    picked = tuple(pick for pick in topic.picked if pick.clip in known)
    topic = replace(topic, name=_line(topic.name), query=_line(topic.query), picked=picked)
    if pack.board.topic(topic.id) is None:
        return _with_topics(pack, (*pack.board.topics, topic))
    return _with_topic(pack, topic)


def move_topic(pack: Pack, topic: str, to: int) -> Pack:
    """A topic moved to the place ``to`` among the others. KeyError where there is no such topic; so below."""
    moved = _topic(pack, topic)
    others = [each for each in pack.board.topics if each is not moved]
    others.insert(max(0, to), moved)
    return _with_topics(pack, others)


def remove_topic(pack: Pack, topic: str) -> Pack:
    """A topic taken off the board, with the clips that were picked for it alone."""
    gone = _topic(pack, topic)
    pack = _with_topics(pack, [each for each in pack.board.topics if each is not gone])
    return _without_idle(pack, [pick.clip for pick in gone.picked])


def pick_words(pack: Pack, topic: str, clips: Iterable[Clip], *, speaker: str = "") -> Pack:
    """Words of the archive picked for a topic. Words that it has already are not picked twice."""
    into = _topic(pack, topic)
    known = {clip.id: clip for clip in pack.clips}
    held = {_place(known[pick.clip]) for pick in into.picked if pick.clip in known}
    new: list[Clip] = []
    for clip in map(cleaned, clips):
        if _place(clip) not in held:
            held.add(_place(clip))
            new.append(replace(clip, id=new_id()) if clip.id in known else clip)
    picks = tuple(Pick(clip.id, _line(speaker)) for clip in new)
    pack = replace(pack, clips=(*pack.clips, *new)) if new else pack
    return _with_topic(pack, replace(into, picked=(*into.picked, *picks)))


def unpick(pack: Pack, topic: str, clip: str) -> Pack:
    """A clip no longer picked for a topic; it is gone from the pack where it stands nowhere else."""
    held = _topic(pack, topic)
    pack = _with_topic(pack, replace(held, picked=tuple(pick for pick in held.picked if pick.clip != clip)))
    return _without_idle(pack, [clip] if any(pick.clip == clip for pick in held.picked) else [])


def mark_read(pack: Pack, topic: str, documents: Iterable[str], time: dt.datetime | None) -> Pack:
    """Documents marked as read against a topic."""
    held = _topic(pack, topic)
    known = {reading.document for reading in held.read}
    new = tuple(Reading(name, time) for name in dict.fromkeys(map(cleaned, documents)) if name not in known)
    return _with_topic(pack, replace(held, read=(*held.read, *new)))


def mark_unread(pack: Pack, topic: str, documents: Iterable[str]) -> Pack:
    """Documents no longer marked as read against a topic."""
    held, gone = _topic(pack, topic), set(documents)
    return _with_topic(pack, replace(held, read=tuple(each for each in held.read if each.document not in gone)))


def insert_table(pack: Pack, index: int, table: Table, clips: Sequence[Clip]) -> Pack:
    """A table whose words are marked with clips put in before ``body[index]``, and these clips with it.

    A clip whose id is taken is given another, and its marks follow.
    """
    taken = {clip.id for clip in pack.clips}
    ids = {clip.id: new_id() if clip.id in taken else clip.id for clip in clips}

    def named(mark: Mark) -> Mark:
        return replace(mark, value=ids.get(mark.value, mark.value)) if mark.kind == MarkKind.CLIP else mark

    rows = tuple(
        tuple(replace(cell, marks=tuple(sorted(map(named, cell.marks)))) for cell in row) for row in table.rows
    )
    new = tuple(replace(cleaned(clip), id=ids[clip.id]) for clip in clips)
    return insert_blocks(replace(pack, clips=(*pack.clips, *new)), index, (replace(table, rows=rows),))


def _line(words: str) -> str:
    """Words in one line, clean."""
    return " ".join(cleaned(words).split())


def _place(clip: Clip) -> tuple[str, str, int, int]:
    return clip.document, clip.passage, clip.start, clip.end


def _topic(pack: Pack, topic: str) -> Topic:
    found = pack.board.topic(topic)
    if found is None:
        raise KeyError(topic)
    return found


def _with_topic(pack: Pack, topic: Topic) -> Pack:
    return _with_topics(pack, [topic if each.id == topic.id else each for each in pack.board.topics])


def _with_topics(pack: Pack, topics: Iterable[Topic]) -> Pack:
    return _with_board(pack, replace(pack.board, topics=tuple(topics)))


def _with_board(pack: Pack, board: Board) -> Pack:
    if board == pack.board:
        return pack
    return replace(pack, board=NO_BOARD if board == NO_BOARD else board)


def _without_idle(pack: Pack, clips: Iterable[str]) -> Pack:
    """The pack without those of ``clips`` that neither stand in it nor are picked for a topic."""
    used = set(spans(pack, MarkKind.CLIP)) | {pick.clip for topic in pack.board.topics for pick in topic.picked}
    gone = set(clips) - used
    kept = tuple(clip for clip in pack.clips if clip.id not in gone)
    return pack if len(kept) == len(pack.clips) else replace(pack, clips=kept)
