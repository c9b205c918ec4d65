"""Typing, deleting, splitting, formatting and pasting, at places in the body."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.cleaning import cleaned
from briefpack.pack.edits.places import Edited, Place, length, ordered, splice, with_new_ids
from briefpack.pack.ids import new_id
from briefpack.pack.model import (
    AnyBlock,
    Biography,
    Clip,
    Comment,
    Heading,
    Image,
    ListItem,
    Pack,
    Paragraph,
    Person,
    Quote,
    Table,
    TextBlock,
    TextLike,
    texts_of,
)
from briefpack.pack.text import EMPTY, FORMATS, MarkKind, Text, canonical


class Fragment(Struct, frozen=True):
    """A piece of a pack on its way through the clipboard, with all that its marks and cards refer to."""

    blocks: tuple[AnyBlock, ...] = ()
    comments: tuple[Comment, ...] = ()
    clips: tuple[Clip, ...] = ()
    people: tuple[Person, ...] = ()


def insert_text(pack: Pack, at: Place, new: Text) -> Edited:
    """``new`` put in at a place; beside an object it makes a paragraph of its own."""
    at, _ = ordered(pack, at, at)
    if not new:
        return Edited(pack, at)
    index = pack.index(at.block)
    block = pack.body[index]
    if isinstance(block, TextBlock):
        changed = replace(block, text=block.text.replace(at.offset, at.offset, new))
        return Edited(splice(pack, index, index + 1, (changed,)), Place(block.id, at.offset + len(new)))
    paragraph = Paragraph(text=new)
    where = index + (at.offset > 0)
    return Edited(splice(pack, where, where, (paragraph,)), Place(paragraph.id, len(new)))


def delete(pack: Pack, start: Place, stop: Place) -> Edited:
    """Everything between two places gone; text on either side is joined.

    The joined block is the first one, unless nothing of the first is left: then it is the last, so that a comment, an
    owner or a level stays with its words.
    """
    start, stop = ordered(pack, start, stop)
    if start == stop:
        return Edited(pack, start)
    first, last = pack.index(start.block), pack.index(stop.block)
    head, tail = _before(pack.body[first], start.offset), _after(pack.body[last], stop.offset)
    kept: list[AnyBlock]
    caret = start
    if first == last and isinstance(head, TextBlock) and isinstance(tail, TextBlock):
        kept = [replace(head, text=head.text + tail.text)]
    elif isinstance(head, TextBlock) and isinstance(tail, TextBlock):
        if head.text or not tail.text:
            kept = [replace(head, text=head.text + tail.text)]
        else:
            kept, caret = [tail], Place(tail.id, 0)
    else:
        kept = [block for block in (head, tail) if block is not None]
        if tail is not None and not isinstance(head, TextBlock):
            caret = Place(tail.id, 0)
    result = splice(pack, first, last + 1, kept)
    if not kept:
        near = result.body[min(first, len(result.body) - 1)]
        caret = Place(near.id, 0 if first < len(result.body) else length(near))
    return Edited(result, caret)


def _before(block: AnyBlock, offset: int) -> AnyBlock | None:
    """What is left of a block before an offset; None where an object begins behind it."""
    if isinstance(block, TextBlock):
        return replace(block, text=block.text[:offset])
    return block if offset else None


def _after(block: AnyBlock, offset: int) -> AnyBlock | None:
    """What is left of a block behind an offset; None where an object ends before it."""
    if isinstance(block, TextBlock):
        return replace(block, text=block.text[offset:])
    return None if offset else block


def split(pack: Pack, at: Place) -> Edited:
    """What Enter does: the block cut in two.

    The words before the caret keep the block and its id, unless there are none: then an empty block is put before the
    words. Behind a heading or a quotation a paragraph follows. An empty list item moves out a level instead, and at the
    outermost becomes a paragraph, as an empty heading or quotation does.
    """
    at, _ = ordered(pack, at, at)
    index = pack.index(at.block)
    block = pack.body[index]
    if not isinstance(block, TextBlock):
        paragraph = Paragraph()
        where = index + (at.offset > 0)
        return Edited(splice(pack, where, where, (paragraph,)), Place(paragraph.id, 0))
    assert isinstance(block, TextLike)
    if not block.text and not isinstance(block, Paragraph):
        return Edited(splice(pack, index, index + 1, (_stepped_out(block),)), at)
    if at.offset == 0 and block.text:
        blank = _like(block, EMPTY)
        return Edited(splice(pack, index, index, (blank,)), at)
    first = replace(block, text=block.text[: at.offset])
    rest = block.text[at.offset :]
    second = Paragraph(text=rest) if isinstance(block, Heading | Quote) and not rest else _like(block, rest)
    return Edited(splice(pack, index, index + 1, (first, second)), Place(second.id, 0))


def _stepped_out(block: TextLike) -> TextLike:
    if isinstance(block, ListItem) and block.level > 0:
        return replace(block, level=block.level - 1)
    return Paragraph(id=block.id, text=block.text)


def _like(block: TextLike, text: Text) -> TextLike:
    """A new block of the same kind. Owner and status belong to the words that they were given to, and stay behind."""
    match block:
        case Heading():
            return Heading(text=text, level=block.level) if text else Paragraph()
        case ListItem():
            return ListItem(text=text, level=block.level, ordered=block.ordered)
        case Quote():
            return Quote(text=text, speaker=block.speaker, said_on=block.said_on)
        case Paragraph():
            return Paragraph(text=text)


def _ranges(pack: Pack, start: Place, stop: Place) -> Iterator[tuple[int, TextLike, int, int]]:
    """Each text block between two places with its index and the offsets that lie between them."""
    start, stop = ordered(pack, start, stop)
    first, last = pack.index(start.block), pack.index(stop.block)
    for index in range(first, last + 1):
        block = pack.body[index]
        if isinstance(block, TextLike):
            yield (
                index,
                block,
                start.offset if index == first else 0,
                stop.offset if index == last else len(block.text),
            )


def _changed(pack: Pack, start: Place, stop: Place, change: Callable[[Text, int, int], Text]) -> Pack:
    body = list(pack.body)
    for index, block, begin, end in _ranges(pack, start, stop):
        text = change(block.text, begin, end)
        if text != block.text:
            body[index] = replace(block, text=text)
    return splice(pack, 0, len(pack.body), body)


def set_mark(pack: Pack, start: Place, stop: Place, kind: MarkKind, value: str = "") -> Pack:
    """A mark set on every character of the text blocks between two places."""
    return _changed(pack, start, stop, lambda text, begin, end: text.with_mark(begin, end, kind, value))


def unset_mark(pack: Pack, start: Place, stop: Place, kind: MarkKind, value: str | None = None) -> Pack:
    """The marks of a kind (and value, where given) taken off every character between two places."""
    return _changed(pack, start, stop, lambda text, begin, end: text.without_mark(begin, end, kind, value))


def clear_formats(pack: Pack, start: Place, stop: Place) -> Pack:
    """Bold, italic and the like taken off; links, comments, clips and tracked changes stay."""

    def cleared(text: Text, begin: int, end: int) -> Text:
        for kind in FORMATS:
            text = text.without_mark(begin, end, kind)
        return text

    return _changed(pack, start, stop, cleared)


def covered(pack: Pack, start: Place, stop: Place, kind: MarkKind) -> bool:
    """Whether every character of the text blocks between two places has a mark of a kind; false where there are none."""
    seen = False
    for _, block, begin, end in _ranges(pack, start, stop):
        if begin < end:
            if not block.text.covered(begin, end, kind):
                return False
            seen = True
    return seen


def cut_out(pack: Pack, start: Place, stop: Place) -> Fragment:
    """A copy of what lies between two places, ids included, with the comments, clips and people that it refers to."""
    start, stop = ordered(pack, start, stop)
    first, last = pack.index(start.block), pack.index(stop.block)
    blocks: list[AnyBlock] = []
    for index in range(first, last + 1):
        block = pack.body[index]
        begin = start.offset if index == first else 0
        end = stop.offset if index == last else length(block)
        if isinstance(block, TextLike):
            blocks.append(replace(block, text=block.text[begin:end]))
        elif begin < end:
            blocks.append(block)
    named = {(m.kind, m.value) for block in blocks for text in texts_of(block) for m in text.marks}
    shown = {block.person for block in blocks if isinstance(block, Biography)}
    return Fragment(
        tuple(blocks),
        tuple(c for c in pack.comments if (MarkKind.COMMENT, c.id) in named),
        tuple(c for c in pack.clips if (MarkKind.CLIP, c.id) in named),
        tuple(p for p in pack.people if p.id in shown),
    )


def paste(pack: Pack, start: Place, stop: Place, fragment: Fragment) -> Edited:
    """A fragment in place of what lies between two places.

    One block of text goes into the words around it; several keep their kinds, and the outer ones join what is there:
    words on either side stay with their block, so that its id, owner and status stay with them. An empty block gives way.
    What was cut comes back as itself: blocks keep ids that the pack no longer holds, comments stand on their words
    again. Of what was copied the copy is new: it has new ids, clips of its own, and no comments twice.
    """
    pack, caret = delete(pack, start, stop)
    index = pack.index(caret.block)
    target = pack.body[index]
    blank = isinstance(target, TextLike) and not target.text
    pack, blocks = _adopted(pack, cleaned(fragment), free=target.id if blank else None)
    if not blocks:
        return Edited(pack, caret)
    if not isinstance(target, TextLike):
        where = index + (caret.offset > 0)
        pack = splice(pack, where, where, blocks)
        return Edited(pack, Place(blocks[-1].id, length(blocks[-1])))
    before, after = target.text[: caret.offset], target.text[caret.offset :]
    only = blocks[0]
    if len(blocks) == 1 and isinstance(only, TextLike) and target.text:
        return insert_text(pack, caret, only.text)
    placed = list(blocks)
    if before and isinstance(only, TextLike):
        placed[0] = replace(target, text=before + only.text)
    elif before:
        placed.insert(0, replace(target, text=before))
    final = placed[-1]
    behind = Place(final.id, length(final))
    if after and isinstance(final, TextLike):
        placed[-1] = replace(final if before else target, text=final.text + after)
        behind = Place(placed[-1].id, length(final))
    elif after:
        placed.append(replace(target, text=after) if not before else _like(target, after))
    return Edited(splice(pack, index, index + 1, placed), behind)


def _adopted(pack: Pack, fragment: Fragment, *, free: str | None) -> tuple[Pack, tuple[AnyBlock, ...]]:
    """The pack with what a fragment refers to taken in, and the fragment's blocks fit to stand in it.

    ``free`` is the id of a block that the fragment replaces, so that it may be used again.
    """
    standing = {(mark.kind, mark.value) for block in pack.body for text in texts_of(block) for mark in text.marks}
    comments = {comment.id for comment in pack.comments}
    brought = tuple(c for c in fragment.comments if c.id not in comments)
    comments |= {comment.id for comment in brought}
    renamed: dict[str, Clip] = {}
    known = {clip.id: clip for clip in pack.clips}
    for clip in fragment.clips:
        twice = (MarkKind.CLIP, clip.id) in standing
        renamed[clip.id] = replace(clip, id=new_id()) if twice else clip

    def fit(text: Text) -> Text:
        marks = []
        for mark in text.marks:
            if mark.kind == MarkKind.COMMENT:
                if mark.value not in comments or (mark.kind, mark.value) in standing:
                    continue
            elif mark.kind == MarkKind.CLIP:
                if mark.value not in renamed:
                    continue
                mark = replace(mark, value=renamed[mark.value].id)  # noqa: PLW2901 - the mark, renamed
            marks.append(mark)
        return Text(text.string, canonical(marks, len(text.string)))

    people = {person.id for person in pack.people}
    pack = replace(
        pack,
        comments=pack.comments + brought,
        clips=pack.clips + tuple(clip for clip in renamed.values() if clip.id not in known),
        people=pack.people + tuple(person for person in fragment.people if person.id not in people),
    )
    blocks = with_new_ids(fragment.blocks, (block.id for block in pack.body if block.id != free))
    return pack, tuple(with_texts(block, fit) for block in blocks)


def with_texts(block: AnyBlock, change: Callable[[Text], Text]) -> AnyBlock:
    """A block with ``change`` applied to each of its texts (see :func:`briefpack.pack.model.texts_of`)."""
    match block:
        case TextBlock():
            return replace(block, text=change(block.text))
        case Table():
            return replace(block, rows=tuple(tuple(change(cell) for cell in row) for row in block.rows))
        case Image():
            return replace(block, caption=change(block.caption))
        case Biography():
            return replace(block, points=tuple(change(point) for point in block.points))
        case _:
            return block
