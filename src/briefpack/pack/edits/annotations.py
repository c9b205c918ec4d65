"""Comments, clips, and what is known of lines to take."""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum

from msgspec.structs import replace

from briefpack.pack.edits.places import Edited, Place
from briefpack.pack.edits.writing import Fragment, paste, set_mark, with_texts
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
    comment = replace(comment, text=clean(comment.text))
    pack = replace(pack, comments=(*pack.comments, comment))
    return set_mark(pack, start, stop, MarkKind.COMMENT, comment.id)


def _with_comment(pack: Pack, comment: str, change: Callable[[Comment], Comment]) -> Pack:
    if pack.comment(comment) is None:
        raise KeyError(comment)
    return replace(pack, comments=tuple(change(c) if c.id == comment else c for c in pack.comments))


def edit_comment(pack: Pack, comment: str, words: str) -> Pack:
    """A comment's text changed. KeyError where the pack has no such comment; so below."""
    return _with_comment(pack, comment, lambda old: replace(old, text=clean(words)))


def reply_to(pack: Pack, comment: str, reply: Reply) -> Pack:
    """A reply put at the end of a comment's thread."""
    reply = replace(reply, text=clean(reply.text))
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

    body = tuple(_if_changed(block, with_texts(block, unmarked)) for block in pack.body)
    return replace(pack, body=body, comments=tuple(c for c in pack.comments if c.id != comment))


def _if_changed(old: AnyBlock, new: AnyBlock) -> AnyBlock:
    return old if new == old else new


def place_clips(
    pack: Pack, start: Place, stop: Place, clips: Iterable[Clip], form: ClipForm, *, speaker: str = ""
) -> Edited:
    """Clips put in place of what lies between two places, each with its words, its mark and its source.

    ``INLINE`` puts one clip's words among those around it; in the other forms each clip is a block of its own behind the
    block that the caret is in, or in its place where that is empty.
    """
    clips = tuple(clips)
    blocks = tuple(_clip_block(clip, form, speaker) for clip in clips)
    fragment = Fragment(blocks=blocks, clips=clips)
    if form != ClipForm.INLINE and blocks:
        block = pack.block(stop.block)
        words = getattr(block, "text", None)
        if words is None or words:
            return _placed_behind(pack, stop.block, fragment)
    return paste(pack, start, stop, fragment)


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


def set_line(pack: Pack, blocks: Collection[str], **changes: object) -> Pack:
    """Fields of :class:`~briefpack.pack.model.Line` set on the paragraphs and list items with these ids."""
    wanted = set(blocks)
    body = tuple(
        _if_changed(block, replace(block, line=replace(block.line or Line(), **changes)))
        if block.id in wanted and isinstance(block, LineBlock)
        else block
        for block in pack.body
    )
    return replace(pack, body=body)
