"""Comments that came back: those that went out are known again, and what is new, answered, changed or resolved is told.

A comment is known again by its author, its words and its time; the numbers that files give it change with every save.
LibreOffice forgets which comment answers which. In what it saved, a comment on the very words of an earlier one is read
as an answer to that one.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefpack.ooxml.comments import FileComment
from briefpack.ooxml.story import StoryItem, paragraphs
from briefpack.pack.anchors import Span
from briefpack.pack.clips import normalised
from briefpack.pack.model import TextLike
from briefpack.pack.text import MarkKind
from briefpack.review.comparing import Part
from briefpack.review.gathering import Edit
from briefpack.review.keys import id_of, key_of
from briefpack.review.model import Item, ItemKind, Put, Reword
from briefpack.review.reading import Copy
from briefpack.word.comments import PLACE_UNKNOWN

_ZONES = 15 * 60
_FURTHEST = 14 * 60 * 60


class _Known(Struct, frozen=True):
    """A comment that went out: as it stands in the file, its id in the pack, and that of its thread."""

    said: FileComment
    id: str
    thread: str


class Standing(Struct, frozen=True):
    """Where a comment stands: in what was sent, in the new words of edits, and its words as they came back."""

    spans: tuple[Span, ...] = ()
    inside: tuple[tuple[str, str, int, int], ...] = ()
    """Item, block (the item's key in a text that is there), and the first and last place in its new words."""
    words: str = ""
    near: Span | None = None
    block: str = ""
    places: tuple[tuple[int, int, int, int], ...] = ()
    """What tells one place from any other."""


def standings(back: Copy, parts: Sequence[Part]) -> dict[str, Standing]:
    """Where each comment of a copy stands, by its id in the file."""
    words = _words(back.document.story)
    found: dict[str, Standing] = {comment: Standing(words=said) for comment, said in words.items()}
    for number, part in enumerate(parts):
        for stand in part.gathered.stands:
            held = found.get(stand.comment, Standing())
            place = (number, 0 if stand.inside is None else id(stand.inside), stand.start, stand.end)
            held = replace(held, places=(*held.places, place))
            if stand.inside is None:
                block = held.block or _block(part, stand.start)
                held = replace(held, spans=(*held.spans, *_spans(part, stand.start, stand.end)), block=block)
            else:
                inside = tuple(_inside(part, stand.inside, stand.start, stand.end))
                held = replace(held, inside=(*held.inside, *inside), near=held.near or _near(part, stand.inside))
            found[stand.comment] = held
    return {comment: replace(each, spans=_merged(each.spans)) for comment, each in found.items()}


def _words(story: Iterable[StoryItem]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for paragraph in paragraphs(story):
        here: dict[str, str] = {}
        for mark in paragraph.text.marks:
            if mark.kind == MarkKind.COMMENT:
                here[mark.value] = here.get(mark.value, "") + paragraph.text.string[mark.start : mark.end]
        for comment, said in here.items():
            found.setdefault(comment, []).append(said)
    return {comment: "\n".join(lines) for comment, lines in found.items()}


def _spans(part: Part, start: int, end: int) -> Iterator[Span]:
    number, offset = part.places.offset(start)
    slot = part.places.slot(number)
    if slot and slot.address.block and slot.address.part is not None:
        yield Span(slot.address.block, slot.address.part, offset, min(offset + end - start, len(slot.string)))


def _block(part: Part, place: int) -> str:
    slot = part.places.slot(part.places.item(place))
    return slot.address.block if slot else ""


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    done: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.block, each.part, each.start)):
        last = done[-1] if done else None
        if last and (last.block, last.part) == (span.block, span.part) and last.end >= span.start:
            done[-1] = Span(last.block, last.part, last.start, max(last.end, span.end))
        else:
            done.append(span)
    order = {(each.block, each.part): place for place, each in reversed(list(enumerate(spans)))}
    return tuple(sorted(done, key=lambda each: (order[each.block, each.part], each.start)))


def _inside(part: Part, edit: Edit, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    for draft in part.proposer.drafts_of(edit):
        for target in draft.targets:
            if start < target.end and target.start < end:
                begin, stop = max(start, target.start), min(end, target.end)
                yield draft.item.key, target.block, begin - target.start, stop - target.start


def _near(part: Part, edit: Edit) -> Span | None:
    """The last word before an edit's place, or the first behind it: where a comment on words to come can stand now."""
    while edit.inside is not None:
        edit = edit.inside
    number, offset = part.places.offset(edit.start)
    for each in (number, number - 1):
        slot = part.places.slot(each)
        if slot is None or slot.address.part is None or not slot.string.strip() or not slot.address.block:
            continue
        at = offset if each == number else len(slot.string)
        head = slot.string[:at].rstrip()
        if head:
            start = max(head.rfind(" "), head.rfind("\n")) + 1
            return Span(slot.address.block, slot.address.part, start, len(head))
        if each == number:
            start = len(slot.string) - len(slot.string.lstrip())
            stop = start + len(slot.string[start:].split(maxsplit=1)[0])
            return Span(slot.address.block, slot.address.part, start, stop)
    return None


def same_time(one: dt.datetime | None, other: dt.datetime | None) -> bool:
    """Whether two times may be one, as files state it: one of them may be a clock's in a zone that is not said."""
    if one is None or other is None:
        return True
    if (one.tzinfo is None) == (other.tzinfo is None):
        return one == other
    apart = abs((one.replace(tzinfo=None) - other.replace(tzinfo=None)).total_seconds())
    return apart <= _FURTHEST and apart % _ZONES == 0


def _moment(time: dt.datetime | None) -> str:
    """What of a time is the same in every zone."""
    return f"{time.minute % 15:02}:{time.second:02}" if time else ""


def remarks(sent: Copy, back: Copy, stands: dict[str, Standing], issue: str) -> list[tuple[str, Item]]:
    """What is new of a copy's comments, or came back answered, changed or resolved, each with its id in the file."""
    matched = _recognised(list(_known(sent)), back.document.comments)
    parents = _parents(back, stands, matched)
    made: list[tuple[str, Item]] = []
    threads: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for said in back.document.comments:
        stand = stands.get(said.id, Standing())
        if (sent_as := matched.get(said.id)) is not None:
            threads[said.id] = sent_as.thread
            made += [(said.id, item) for item in _changed(sent_as, said, stand, issue)]
        else:
            item = _new(said, stand, issue, seen)
            made.append((said.id, item))
            threads[said.id] = item.comment
    return [(said_id, _in_thread(item, said_id, parents, threads, matched)) for said_id, item in made]


def _in_thread(
    item: Item, said: str, parents: dict[str, str], threads: dict[str, str], matched: dict[str, _Known]
) -> Item:
    """An item as an answer, where it is one."""
    if said in matched or said not in parents:
        return item
    root, passed = parents[said], {said}
    while root in parents and root not in passed and root not in matched:
        passed.add(root)
        root = parents[root]
    return replace(item, kind=ItemKind.REPLY, comment=threads[root]) if root in threads else item


def _known(sent: Copy) -> Iterator[_Known]:
    ids = {str(each.number): each for each in sent.identity.comments} if sent.identity else {}
    for said in sent.document.comments:
        if (identity := ids.get(said.id)) is not None:
            yield _Known(said, identity.id, identity.parent or identity.id)


def _text(said: FileComment) -> str:
    return said.text.removeprefix(PLACE_UNKNOWN).lstrip("\n")


def _recognised(known: Sequence[_Known], found: Sequence[FileComment]) -> dict[str, _Known]:
    """Which of the comments in a copy went out, by their ids there."""
    left = list(known)
    matched: dict[str, _Known] = {}

    def take(fits: Callable[[FileComment, FileComment], bool]) -> None:
        for said in found:
            if said.id in matched:
                continue
            for each in left:
                if fits(each.said, said):
                    matched[said.id] = each
                    left.remove(each)
                    break

    take(lambda ours, theirs: _same_words(ours, theirs) and same_time(ours.time, theirs.time))
    take(_same_words)
    take(lambda ours, theirs: ours.time is not None and theirs.time is not None and _rewritten(ours, theirs))
    return matched


def _same_words(ours: FileComment, theirs: FileComment) -> bool:
    return ours.author == theirs.author and normalised(_text(ours)) == normalised(_text(theirs))


def _rewritten(ours: FileComment, theirs: FileComment) -> bool:
    return ours.author == theirs.author and same_time(ours.time, theirs.time)


def _parents(back: Copy, stands: dict[str, Standing], matched: dict[str, _Known]) -> dict[str, str]:
    """By the ids of the comments of a copy the one that each answers, as the file says or, where it cannot, by place."""
    found = {said.id: said.parent for said in back.document.comments if said.parent is not None}
    if found or "LibreOffice" not in back.program:
        return found
    first: dict[tuple[object, ...], str] = {}
    for said in sorted(back.document.comments, key=lambda each: (each.id not in matched, _when(each))):
        places = stands.get(said.id, Standing()).places
        if places and places in first and said.id not in matched:
            found[said.id] = first[places]
        elif places and (said.id not in matched or matched[said.id].id == matched[said.id].thread):
            first.setdefault(places, said.id)
    return found


def _when(said: FileComment) -> str:
    return "" if said.time is None else said.time.replace(tzinfo=None).isoformat()


def _changed(sent: _Known, said: FileComment, stand: Standing, issue: str) -> Iterator[Item]:
    """What was done to a comment that went out."""
    item = Item(
        key="", kind=ItemKind.COMMENT, author=said.author, initials=said.initials, time=said.time, issue=issue,
        text=_text(said), words=stand.words, stands=stand.spans, comment=sent.thread,
        block=stand.spans[0].block if stand.spans else None, span=_single(stand.spans), resolved=said.resolved,
    )  # fmt: skip
    before, after = _text(sent.said), _text(said)
    if normalised(before) != normalised(after):
        yield replace(item, key=key_of(issue, "changed", sent.id, after), before=before, after=after)
    if said.resolved and not sent.said.resolved and sent.id == sent.thread:
        yield replace(item, key=key_of(issue, "resolved", sent.id))


def _new(said: FileComment, stand: Standing, issue: str, seen: "Counter[str]") -> Item:
    block = next((each.block for each in (*stand.spans, stand.near) if each), stand.block) or None
    text = _text(said)
    key = key_of(issue, "said by", said.author, normalised(text), _moment(said.time), block)
    seen[key] += 1
    if seen[key] > 1:
        key = key_of(key, seen[key])
    return Item(
        key=key, kind=ItemKind.COMMENT, author=said.author, initials=said.initials, time=said.time, issue=issue,
        text=text, words=stand.words, stands=stand.spans or ((stand.near,) if stand.near else ()), comment=id_of(key),
        block=block, span=_single(stand.spans), resolved=said.resolved,
    )  # fmt: skip


def _single(spans: Sequence[Span]) -> Span | None:
    return spans[0] if len(spans) == 1 else None


def commented(item: Item, comment: str, block: str, start: int, end: int) -> Item:
    """An item whose new words have a comment on them, so that it stands there when they are taken in."""
    steps = []
    for step in item.steps:
        if isinstance(step, Reword) and block == item.key:
            step = replace(step, new=step.new.with_mark(start, end, MarkKind.COMMENT, comment))  # noqa: PLW2901
        elif isinstance(step, Put):
            blocks = tuple(
                replace(each, text=each.text.with_mark(start, end, MarkKind.COMMENT, comment))
                if each.id == block and isinstance(each, TextLike)
                else each
                for each in step.blocks
            )
            step = replace(step, blocks=blocks)  # noqa: PLW2901 - the same step, with the comment
        steps.append(step)
    return replace(item, steps=tuple(steps))
