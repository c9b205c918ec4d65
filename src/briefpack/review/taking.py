"""New comments and answers put into the pack as soon as they come back: they are never lost, and change no words."""

from collections.abc import Collection

from msgspec.structs import replace

from briefpack.pack.edits import Place, reply_to, set_mark
from briefpack.pack.model import Comment, Pack, Reply, TextBlock
from briefpack.pack.text import MarkKind, Text
from briefpack.review.applying import with_part
from briefpack.review.keys import id_of
from briefpack.review.model import Item, ItemKind, Review
from briefpack.review.placing import Present


def with_remarks(pack: Pack, review: Review, keys: Collection[str]) -> Pack:
    """A pack with the remarks of these keys in it that it has not had yet."""
    wanted = set(keys)
    present = Present(pack, review)
    for item in review.items:
        if item.key in wanted and item.kind is ItemKind.COMMENT and not is_known(item):
            pack = _with_comment(pack, present, item)
    for item in review.items:
        if item.key in wanted and item.kind is ItemKind.REPLY:
            pack = _with_reply(pack, present, item)
    return pack


def is_known(item: Item) -> bool:
    """Whether a remark is about a comment that went out: its text was changed, or it was resolved."""
    return item.kind is ItemKind.COMMENT and item.comment != id_of(item.key)


def _with_comment(pack: Pack, present: Present, item: Item) -> Pack:
    if pack.comment(item.comment) is not None:
        return pack
    comment = Comment(
        item.text,
        id=item.comment,
        author=item.author,
        initials=item.initials,
        time=item.time,
        resolved=item.resolved,
    )
    pack = replace(pack, comments=(*pack.comments, comment))
    for span in item.stands:
        for now in present.left_of(span, item):
            pack = _marked(pack, now.block, now.part, now.start, now.end, comment.id)
    return pack


def _marked(pack: Pack, block: str, part: int, start: int, end: int, comment: str) -> Pack:
    if isinstance(pack.block(block), TextBlock):
        return set_mark(pack, Place(block, start), Place(block, end), MarkKind.COMMENT, comment)
    at = pack.index(block)

    def marked(held: Text) -> Text:
        return held.with_mark(start, end, MarkKind.COMMENT, comment)

    changed = with_part(pack.body[at], part, marked)
    return replace(pack, body=(*pack.body[:at], changed, *pack.body[at + 1 :]))


def _with_reply(pack: Pack, present: Present, item: Item) -> Pack:
    thread = pack.comment(item.comment)
    if thread is None:  # its comment was deleted since: what was answered is a comment of its own
        return _with_comment(pack, present, replace(item, comment=id_of(item.key)))
    identifier = id_of(item.key)
    if any(each.id == identifier for each in thread.replies):
        return pack
    reply = Reply(item.text, id=identifier, author=item.author, initials=item.initials, time=item.time)
    return reply_to(pack, item.comment, reply)
