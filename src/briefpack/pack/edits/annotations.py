"""Comments, clips, and what is known of lines to take."""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from itertools import count, takewhile

from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.anchors import spans, words_at
from briefpack.pack.cleaning import cleaned
from briefpack.pack.clips import normalised
from briefpack.pack.edits.places import Edited, Place, ordered, splice
from briefpack.pack.edits.writing import Fragment, paste, set_mark, with_texts
from briefpack.pack.ids import new_id
from briefpack.pack.model import (
    AnyBlock,
    Clip,
    Comment,
    Line,
    LineBlock,
    ListItem,
    Pack,
    Paragraph,
    Quote,
    Reply,
    TextBlock,
)
from briefpack.pack.text import Mark, MarkKind, Text, clean, text


class ClipForm(StrEnum):
    """As what a clip is placed."""

    LINE = "line"
    QUOTE = "quote"
    PARAGRAPH = "paragraph"
    INLINE = "inline"


def add_comment(pack: Pack, start: Place, stop: Place, comment: Comment) -> Pack:
    """A comment put on the words between two places; on none of them where there are no words."""
    comment = cleaned(comment)
    pack = replace(pack, comments=(*pack.comments, comment))
    return set_mark(pack, start, stop, MarkKind.COMMENT, comment.id)


def _with_comment(pack: Pack, comment: str, change: Callable[[Comment], Comment]) -> Pack:
    old = pack.comment(comment)
    if old is None:
        raise KeyError(comment)
    new = change(old)
    return pack if new == old else replace(pack, comments=tuple(new if c is old else c for c in pack.comments))


def edit_comment(pack: Pack, comment: str, words: str) -> Pack:
    """A comment's text changed. KeyError where the pack has no such comment; so below."""
    return _with_comment(pack, comment, lambda old: replace(old, text=clean(words)))


def reply_to(pack: Pack, comment: str, reply: Reply) -> Pack:
    """A reply put at the end of a comment's thread."""
    reply = cleaned(reply)
    return _with_comment(pack, comment, lambda old: replace(old, replies=(*old.replies, reply)))


def delete_reply(pack: Pack, comment: str, reply: str) -> Pack:
    """A reply taken out of a comment's thread."""
    return _with_comment(
        pack, comment, lambda old: replace(old, replies=tuple(r for r in old.replies if r.id != reply))
    )


def resolve(pack: Pack, comment: str, *, resolved: bool = True) -> Pack:
    """A comment's thread closed, or opened again."""
    return _with_comment(pack, comment, lambda old: replace(old, resolved=resolved))


def delete_comment(pack: Pack, comment: str) -> Pack:
    """A comment, its thread and its marks gone."""

    def unmarked(old: Text) -> Text:
        return old.keep_marks(lambda mark: (mark.kind, mark.value) != (MarkKind.COMMENT, comment))

    if pack.comment(comment) is None:
        raise KeyError(comment)
    body = tuple(_if_changed(block, with_texts(block, unmarked)) for block in pack.body)
    return splice(replace(pack, comments=tuple(c for c in pack.comments if c.id != comment)), 0, len(body), body)


def _if_changed(old: AnyBlock, new: AnyBlock) -> AnyBlock:
    return old if new == old else new


def place_clips(
    pack: Pack, start: Place, stop: Place, clips: Iterable[Clip], form: ClipForm, *, speaker: str = ""
) -> Edited:
    """Clips put into the pack, each with its words, its mark and its source.

    ``INLINE`` puts one clip's words in place of what lies between two places. The other forms replace nothing: each clip
    is a block of its own behind the block that the second place is in, or instead of that block where it is empty.
    """
    clips = tuple(clips)
    start, stop = ordered(pack, start, stop)
    if not clips:
        return Edited(pack, stop)
    fragment = Fragment(blocks=tuple(_clip_block(clip, form, speaker) for clip in clips), clips=clips)
    if form == ClipForm.INLINE:
        return paste(pack, start, stop, fragment)
    here = pack.block(stop.block)
    if isinstance(here, TextBlock) and not here.text:
        return paste(pack, stop, stop, fragment)
    return _placed_behind(pack, stop.block, fragment)


def _placed_behind(pack: Pack, block: str, fragment: Fragment) -> Edited:
    """A fragment put behind a block, as blocks of its own."""
    at = pack.index(block) + 1
    blank = Paragraph()
    opened = replace(pack, body=(*pack.body[:at], blank, *pack.body[at:]))
    return paste(opened, Place(blank.id, 0), Place(blank.id, 0), fragment)


def _clip_block(clip: Clip, form: ClipForm, speaker: str) -> Quote | ListItem | Paragraph:
    words = text(clip.words)
    words = text(words.string, (Mark(0, len(words), MarkKind.CLIP, clip.id),))
    match form:
        case ClipForm.QUOTE:
            return Quote(text=words, speaker=speaker, said_on=clip.date)
        case ClipForm.LINE:
            return ListItem(text=words)
        case _:
            return Paragraph(text=words)


def mark_clip(pack: Pack, start: Place, stop: Place, clip: Clip) -> Pack:
    """The words between two places marked as coming from a source; the pack as it is where there are no words."""
    clip = cleaned(clip)
    if any(each.id == clip.id for each in pack.clips):
        clip = replace(clip, id=new_id())
    marked = set_mark(pack, start, stop, MarkKind.CLIP, clip.id)
    return pack if marked is pack else replace(marked, clips=(*marked.clips, clip))


def take_words(pack: Pack, clip: str, now: Clip) -> Pack:
    """A clip brought up to date: the words of its source now, in the place of those that it held, and their proof.

    Only what differs is replaced, so that a comment or a format on the rest stays.

    Raises:
        KeyError: the pack has no such clip.
        UserError: its words were changed, parted or deleted in the pack, so that there is nothing that can be replaced.
    """
    old = next((each for each in pack.clips if each.id == clip), None)
    if old is None:
        raise KeyError(clip)
    pieces = spans(pack, MarkKind.CLIP).get(clip, ())
    new = cleaned(replace(now, id=clip))
    renewed_clips = tuple(new if each is old else each for each in pack.clips)
    if not pieces and any(pick.clip == clip for topic in pack.board.topics for pick in topic.picked):
        return replace(pack, clips=renewed_clips)  # it stands on the board alone
    if len(pieces) != 1 or normalised(words_at(pack, pieces)) != normalised(old.words):
        raise UserError("These words were changed in the pack since they were taken", do="Change them by hand")
    place = pieces[0]
    texts = count()

    def renewed(held: Text) -> Text:
        return _reworded(held, place.start, place.end, now.words, clip) if next(texts) == place.part else held

    at = pack.index(place.block)
    pack = splice(pack, at, at + 1, (with_texts(pack.body[at], renewed),))
    return replace(pack, clips=renewed_clips)


def _reworded(held: Text, start: int, end: int, words: str, clip: str) -> Text:
    """A text in which the words of a clip, from ``start`` to ``end``, are other words, with what both have left alone."""
    was, words = held.string[start:end], clean(words)
    same = _common(was, words)
    kept = _common(was[same:][::-1], words[same:][::-1])
    begin, stop = start + same, end - kept
    middle = words[same : len(words) - kept]
    over = [
        Mark(0, len(middle), m.kind, m.value)
        for m in held.marks
        if m.start <= begin and m.end >= stop and (begin < stop or m.start < begin < m.end)
    ]
    held = held.replace(begin, stop, text(middle, over))
    return held.with_mark(start, start + len(words), MarkKind.CLIP, clip)


def _common(one: str, other: str) -> int:
    """How many characters two strings have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def set_line(pack: Pack, blocks: Collection[str], **changes: object) -> Pack:
    """Fields of :class:`~briefpack.pack.model.Line` set on the paragraphs and list items with these ids."""
    wanted = set(blocks)
    body = tuple(
        _if_changed(block, replace(block, line=cleaned(replace(block.line or Line(), **changes))))
        if block.id in wanted and isinstance(block, LineBlock)
        else block
        for block in pack.body
    )
    return splice(pack, 0, len(body), body)
