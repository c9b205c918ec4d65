"""What they said, and when: the board, worked out from a pack and an archive."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefpack.archive import Archive
from briefpack.pack import edits
from briefpack.pack.board import NO_BOARD, Topic
from briefpack.pack.model import Heading, Meeting, Pack, Paragraph, Quote, Table
from briefpack.pack.roles import Role
from briefpack.pack.text import MarkKind, text
from briefpack.tasks.board import SHOWN, board, search_of, table_of

MEETING = dt.date(2031, 3, 18)
ARTICLES = {
    "a.txt": (
        "Low water costs boaters dear\n\n3 March 2029\n\n"
        "Ada Quill, President of the Towpath Union, said:\n\n“Low water closed half of the canal. Fund dredging now.”\n"
    ),
    "b.txt": "Dredging update\n\nMay 2030\n\nDredging has begun at Ouseby, and nobody knows who pays for it.\n",
    "c.txt": "Dredging stalls\n\n11 February 2031\n\nDredging at Ouseby has stalled for want of money.\n",
    "d.txt": "Dredging notes\n\nNotes on dredging that bear no date at all.\n",
    "e.txt": "Lock keepers\n\n4 June 2030\n\nTwo in five posts are vacant.\n",
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    for name, words in ARTICLES.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    with Archive.open(tmp_path / "archive") as opened:
        opened.add([tmp_path / name for name in ARTICLES])
        yield opened


def clip(archive: Archive, query: str):
    """The best passage for a query."""
    return archive.clip(archive.search(query).hits[0].passages[0].id)


@pytest.fixture
def pack(archive: Archive) -> Pack:
    """A pack with an item that has a quotation of theirs and a line of ours, and a board with one topic on it."""
    item = Heading(text=text("Dredging"), level=1, role=Role.ITEM)
    holds = Heading(text=text("Lines to take"), level=2, role=Role.LINES)
    ours, other = Paragraph(text=text("We will fund dredging.")), Paragraph(text=text("Not before April."))
    back = Heading(text=text("Background"), level=2, role=Role.BACKGROUND)
    empty = Paragraph()
    made = Pack(meeting=Meeting(date=MEETING), body=(item, holds, ours, other, back, empty))
    at = edits.end_of(empty)
    said = clip(archive, "half of the canal")
    made = edits.place_clips(made, at, at, (said,), edits.ClipForm.QUOTE, speaker="A. Quill").pack
    made = edits.set_board(made, body="the Towpath Union", query="")
    return edits.put_topic(made, Topic("Dredging", query="dredging", heading=item.id))


def test_a_pack_without_a_board_has_none(archive: Archive) -> None:
    view = board(Pack(body=(Paragraph(),)), archive)
    assert (view.topics, view.periods, view.inexact) == ((), (), False)


def test_their_words_stand_where_they_were_said(pack: Pack, archive: Archive) -> None:
    topic = pack.board.topics[0].id
    pack = edits.pick_words(pack, topic, [clip(archive, "begun at Ouseby"), clip(archive, "bear no date")])
    view = board(pack, archive)
    assert [period.words for period in view.periods] == ["2029", "2030"]
    (row,) = view.topics
    assert [(each.place, each.speaker, each.date, each.age) for each in row.words] == [
        (0, "A. Quill", "3 March 2029", "2 years before the meeting"),
        (1, "", "May 2030", "about 9 months before the meeting"),
        (None, "", "", ""),
    ]
    assert [each.block is None for each in row.words] == [False, True, True]
    assert row.said(1)[0].words.startswith("Dredging has begun")
    assert view.inexact
    assert row.item == "Dredging"
    assert [each.words for each in row.ours] == ["We will fund dredging.", "Not before April."]


def test_without_an_archive_it_is_the_same_but_for_what_is_newer(pack: Pack, archive: Archive) -> None:
    with_archive, without = board(pack, archive), board(pack)
    assert without.topics[0].unread is None
    assert replace(with_archive.topics[0], unread=None) == without.topics[0]


def test_a_line_that_is_named_is_the_only_one(pack: Pack) -> None:
    line = next(block for block in pack.body if isinstance(block, Paragraph) and "April" in block.text.string)
    pack = edits.put_topic(pack, replace(pack.board.topics[0], line=line.id))
    assert [each.words for each in board(pack).topics[0].ours] == ["Not before April."]
    gone = edits.remove_blocks(pack, [line.id])
    assert [each.words for each in board(gone).topics[0].ours] == ["We will fund dredging."]


def test_a_line_that_is_their_words_is_not_ours(pack: Pack, archive: Archive) -> None:
    line = next(block for block in pack.body if isinstance(block, Paragraph) and "April" in block.text.string)
    at = edits.end_of(line)
    pack = edits.place_clips(pack, at, at, (clip(archive, "begun at Ouseby"),), edits.ClipForm.LINE).pack
    (row,) = board(pack).topics
    assert len(row.words) == 2
    assert [each.words for each in row.ours] == ["We will fund dredging.", "Not before April."]


def test_what_is_newer_and_not_read_is_told(pack: Pack, archive: Archive) -> None:
    topic = pack.board.topics[0].id
    unread = board(pack, archive).topics[0].unread
    assert [each.title for each in unread.documents] == ["Dredging stalls", "Dredging update"]
    assert [each.title for each in unread.undated] == ["Dredging notes"]
    assert (unread.count, unread.since) == (2, dt.date(2029, 3, 3))
    read = edits.mark_read(pack, topic, [unread.documents[0].id], dt.datetime(2031, 3, 1, 9))
    assert [each.title for each in board(read, archive).topics[0].unread.documents] == ["Dredging update"]
    picked = edits.pick_words(pack, topic, [clip(archive, "stalled for want")])
    assert board(picked, archive).topics[0].unread.count == 0, "what is older than their latest words is not newer"


def test_before_they_have_said_anything_everything_is_new(pack: Pack, archive: Archive) -> None:
    pack = edits.put_topic(pack, Topic("Locks", query="dredging OR posts"))
    row = board(pack, archive).topics[1]
    assert (row.item, row.words, row.ours) == (None, (), ())
    assert row.unread.since is None
    assert {each.title for each in row.unread.documents} >= {"Lock keepers", "Dredging stalls"}
    without_search = edits.put_topic(pack, Topic("Weather"))
    assert board(without_search, archive).topics[2].unread is None


def test_the_body_narrows_every_search(pack: Pack, archive: Archive) -> None:
    pack = edits.set_board(pack, body="Nobody", query="source:b.txt")
    assert search_of(pack, pack.board.topics[0]) == "dredging source:b.txt"
    assert search_of(pack, Topic("Weather")) == ""
    assert [each.title for each in board(pack, archive).topics[0].unread.documents] == ["Dredging update"]


def test_words_whose_document_is_gone_stand_as_they_were(pack: Pack, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "another") as empty:
        (row,) = board(pack, empty).topics
    assert [(each.date, each.speaker) for each in row.words] == [("3 March 2029", "A. Quill")]


def test_an_item_that_is_gone_is_told_as_none(pack: Pack) -> None:
    gone = edits.remove_blocks(pack, [pack.board.topics[0].heading])
    assert board(gone).topics[0].item is None


def test_half_a_page_for_the_document_keeps_where_words_are_from(pack: Pack, archive: Archive) -> None:
    topic = pack.board.topics[0].id
    pack = edits.pick_words(pack, topic, [clip(archive, "stalled for want"), clip(archive, "begun at Ouseby")])
    pack = edits.put_topic(pack, Topic("Weather"))
    table, clips = table_of(pack, board(pack, archive))
    assert [cell.string for cell in table.rows[0]] == ["Topic", "What the Towpath Union said", "Our line"]
    assert len(table.rows) == 2, "a topic on which nothing was said is left out"
    name, said, ours = table.rows[1]
    assert name.string == "Dredging"
    assert said.string == (
        "Dredging has begun at Ouseby, and nobody knows who pays for it. (May 2030)\n"
        "Dredging at Ouseby has stalled for want of money. (11 February 2031)"
    )
    assert said.string.count("\n") == SHOWN - 1
    assert ours.string == "We will fund dredging.\nNot before April."
    marks = {said.string[mark.start : mark.end] for mark in said.marks if mark.kind == MarkKind.CLIP}
    assert marks == {each.words for each in clips}
    after = edits.insert_table(pack, len(pack.body), table, clips)
    assert board(after, archive).topics == board(pack, archive).topics, "the table says nothing new"
    assert isinstance(after.body[-1], Table)


def test_the_board_is_left_out_of_a_pack_that_has_none() -> None:
    pack = edits.set_board(Pack(body=(Paragraph(),)), body="A body", query="")
    assert edits.set_board(pack, body="", query="").board is NO_BOARD


def test_quotations_in_the_pack_say_who_spoke(pack: Pack, archive: Archive) -> None:
    body = tuple(replace(block, speaker="") if isinstance(block, Quote) else block for block in pack.body)
    (row,) = board(replace(pack, body=body), archive).topics
    assert row.words[0].speaker == "Ada Quill", "the archive knows it too"
    assert board(replace(pack, body=body)).topics[0].words[0].speaker == ""


def test_new_words_of_a_clip_that_stands_on_the_board_alone_are_taken(pack: Pack, archive: Archive) -> None:
    pack = edits.pick_words(pack, pack.board.topics[0].id, [clip(archive, "begun at Ouseby")])
    picked = pack.board.topics[0].picked[0].clip
    now = clip(archive, "stalled for want")
    after = edits.take_words(pack, picked, now)
    assert after.clip(picked).words == now.words
    assert after.body == pack.body
