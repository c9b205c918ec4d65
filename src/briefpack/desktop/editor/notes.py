"""What stands beside the text: comment threads, flags of lines, sources of clips; and where. No Qt here."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefpack.pack.measure import is_overdue
from briefpack.pack.model import Clip, Comment, Line, LineBlock, Pack, Status, texts_of
from briefpack.pack.outline import lines
from briefpack.pack.text import MarkKind

NAMELESS = "No name"
"""Who wrote a comment that does not say."""


class Note(NamedTuple):
    """One thing beside the text: what it is about, and the block (by its number) and offset that it stands beside."""

    number: int
    offset: int
    key: str
    subject: Comment | Clip | Line
    overdue: bool = False


def notes(pack: Pack, now: dt.datetime) -> Iterator[Note]:
    """Everything that stands beside the text of a pack, in reading order; each comment and clip once, at its first word.

    ``now`` tells which lines have gone off.
    """
    comments = {comment.id: comment for comment in pack.comments}
    clips = {clip.id: clip for clip in pack.clips}
    flagged = {placed.block.id for placed in lines(pack)}
    seen: set[str] = set()
    for index, block in enumerate(pack.body):
        if isinstance(block, LineBlock) and block.line is not None and block.id in flagged:
            yield Note(index, 0, f"line {block.id}", block.line, is_overdue(block.line, now))
        for said in texts_of(block):
            for mark in said.marks:
                subject = (
                    comments.get(mark.value) if mark.kind == MarkKind.COMMENT
                    else clips.get(mark.value) if mark.kind == MarkKind.CLIP else None
                )  # fmt: skip
                if subject is not None and subject.id not in seen:
                    seen.add(subject.id)
                    yield Note(index, mark.start, subject.id, subject)


class Box(NamedTuple):
    """A note with the place of its bubble: ``anchor`` is where its words are, ``top`` where the bubble begins."""

    note: Note
    anchor: float
    top: float
    height: float


def stacked(
    wanted: Sequence[tuple[Note, float, float]], gap: float, chosen: str = "", end: float = float("inf")
) -> list[Box]:
    """Bubbles (note, wanted top, height; in reading order) pushed down where they would overlap.

    The chosen one keeps its place; those above it are pushed up instead. None ends below ``end``, where the document
    can be scrolled no further, as long as there is room above.
    """
    keep = next((at for at, (note, _, _) in enumerate(wanted) if note.key == chosen), -1)
    tops = [0.0] * len(wanted)
    floor = float("-inf")
    for at, (_, anchor, height) in enumerate(wanted):
        tops[at] = anchor if at == keep else max(anchor, floor)
        floor = tops[at] + height + gap
    for at in range(keep - 1, -1, -1):
        tops[at] = min(tops[at], tops[at + 1] - gap - wanted[at][2])
    ceiling = end
    for at in range(len(wanted) - 1, -1, -1):
        if tops[at] + wanted[at][2] <= ceiling:
            break
        tops[at] = max(0.0, ceiling - wanted[at][2])
        ceiling = tops[at] - gap
    return [Box(note, anchor, top, height) for (note, anchor, height), top in zip(wanted, tops, strict=True)]


def flag_words(line: Line, *, overdue: bool = False) -> str:
    """A line's flag: status, owner, the time that it is right for, and when it goes off."""
    return " · ".join(_flag(line, overdue=overdue))


def _flag(line: Line, *, overdue: bool) -> Iterator[str]:
    if overdue:
        yield "Gone off"
    yield "Cleared" if line.status == Status.CLEARED else "Draft"
    if line.owner:
        yield line.owner
    if line.as_at:
        yield f"as at {moment(line.as_at)}"
    if line.good_until:
        yield f"until {moment(line.good_until)}"
    if line.changes_when:
        yield f"until {line.changes_when}"


def source_words(clip: Clip) -> str:
    """A clip's source: title and date."""
    return ", ".join(filter(None, (clip.title or clip.source or "Archive", clip.date)))


def moment(time: dt.datetime) -> str:
    """A time in few characters: 6 May 09:30; the year only where it is not this one's is left to the list of comments."""
    return f"{time.day} {time:%b} {time:%H:%M}"
