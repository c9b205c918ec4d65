"""The copies of a pack: what a reader is given, and what stays with the people who write it."""

from msgspec.structs import replace

from briefpack.pack.edits.writing import with_texts
from briefpack.pack.model import AnyBlock, Biography, LineBlock, Pack, TextBlock, texts_of
from briefpack.pack.text import EMPTY, MarkKind, Text, joined

_DRAFTING = frozenset({MarkKind.COMMENT, MarkKind.INSERTION})


def as_accepted(text: Text) -> Text:
    """``text`` with its tracked changes taken as made, and without comments: insertions stay as plain words."""
    deletions = [mark for mark in text.marks if mark.kind == MarkKind.DELETION]
    pieces, start = [], 0
    for mark in deletions:
        pieces.append(text[start : mark.start])
        start = mark.end
    kept = joined((*pieces, text[start:])) if deletions else text
    return kept.keep_marks(lambda mark: mark.kind not in _DRAFTING) if kept else EMPTY


def reader_copy(pack: Pack) -> Pack:
    """A pack with only what its reader is to see.

    Gone are comments, tracked deletions, what is known of lines (owner, clearance, times), clips whose words are gone,
    people who neither attend nor have a biography, and the record of what was sent. A block of which everything was
    deleted is gone with its words.
    """
    body = tuple(_for_reader(block) for block in pack.body if not _deleted(block))
    shown = {block.person for block in body if isinstance(block, Biography)}
    placed = {mark.value for b in body for text in texts_of(b) for mark in text.marks if mark.kind == MarkKind.CLIP}
    return replace(
        pack,
        body=body,
        people=tuple(person for person in pack.people if person.attends or person.id in shown),
        clips=tuple(clip for clip in pack.clips if clip.id in placed),
        comments=(),
        issues=(),
    )


def _for_reader(block: AnyBlock) -> AnyBlock:
    accepted = with_texts(block, as_accepted)
    return replace(accepted, line=None) if isinstance(accepted, LineBlock) else accepted


def _deleted(block: AnyBlock) -> bool:
    """Whether a block had words and all of them were deleted."""
    return isinstance(block, TextBlock) and bool(block.text) and not as_accepted(block.text)
