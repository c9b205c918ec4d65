"""A decision taken back: what it did to the pack is undone, and all that was decided or written since stays.

Where the pack before and behind the decision is still known, what differs between the two is taken out of the pack as it
is now, to the letter and with every format. Later, in another sitting, the words that were sent are put back.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.anchors import Span
from briefpack.pack.decisions import Decision, Verdict
from briefpack.pack.model import AnyBlock, Comment, Pack, TextBlock
from briefpack.pack.text import Text, text
from briefpack.pack.wording import edits
from briefpack.review.applying import carried_out
from briefpack.review.chains import Aligned
from briefpack.review.deciding import decide, decision_of
from briefpack.review.model import Drop, Item, Move, Put, Review, Reword, Step
from briefpack.review.placing import Present

_BY_HAND = "Put it back by hand in the text"


class Deed(NamedTuple):
    """The packs before and behind the step in which something was decided."""

    before: Pack
    after: Pack


def decides(key: str, before: Pack, after: Pack) -> bool:
    """Whether it was between two packs that an item was decided."""
    if before.decisions is after.decisions or decision_of(after, key) is None:
        return False
    return decision_of(before, key) is None


def retract(pack: Pack, review: Review, key: str, deed: Deed | None = None) -> Pack:
    """A pack in which an item is open again; so are those that were decided in the same breath as its part.

    Raises:
        KeyError: the item is not decided.
        UserError: its words were changed since, so that they cannot be taken back by themselves; nothing was changed.
    """
    decision = decision_of(pack, key)
    if decision is None:
        raise KeyError(key)
    item = review.item(key)
    if deed is not None:
        alone = _alone(deed, review, item, decision)
        back = _merged(pack, deed.before, alone)
        return _reopened(back, {each.item for each in alone.decisions} - {each.item for each in deed.before.decisions})
    reopened = _reopened(pack, _together(pack, review, item, decision))
    if not item.is_change:
        return _remark_back(reopened, item, decision)
    if decision.verdict in (Verdict.REJECTED, Verdict.ANSWERED) or not (decision.before or decision.after):
        return reopened  # its words are as they were, or were made by hand
    steps = tuple(_inverse(item, decision, review))
    inside = key if any(isinstance(step, Reword) and step.span.block == key for step in steps) else ""
    inverse = replace(item, key=f"{key} back", inside=inside, agrees=(), steps=steps)
    found = Present(pack, replace(review, items=(*review.items, inverse))).fit(inverse)
    if not found.fits:
        raise UserError("What was decided cannot be taken back: the words were changed since", do=_BY_HAND)
    return carried_out(reopened, found.steps)


def _alone(deed: Deed, review: Review, item: Item, decision: Decision) -> Pack:
    """The pack behind a step as it would be if nothing but this item had been decided in it."""
    known = {each.item for each in deed.before.decisions}
    others = {each.item for each in deed.after.decisions} - known - {item.key, *item.agrees}
    if not others:
        return deed.after
    words = decision.after if decision.verdict is Verdict.EDITED else None
    assert decision.time is not None
    return decide(
        deed.before, review, item.key, decision.verdict, by=decision.by, now=decision.time, words=words,
        reply=decision.reply,
    )  # fmt: skip


def _reopened(pack: Pack, keys: set[str]) -> Pack:
    return replace(pack, decisions=tuple(each for each in pack.decisions if each.item not in keys))


def _together(pack: Pack, review: Review, item: Item, decision: Decision) -> set[str]:
    """The item, those who made the same change, and what was refused because it was."""
    same = {item.key, *item.agrees}
    for each in pack.decisions:
        if each.time == decision.time and each.verdict is decision.verdict is Verdict.REJECTED:
            inner = next((other for other in review.items if other.key == each.item), None)
            if inner is not None and inner.inside in same:
                same.add(each.item)
    return same


# What differs between two packs, taken out of a third


def _merged(pack: Pack, before: Pack, after: Pack) -> Pack:
    """A pack without what led from ``before`` to ``after``."""
    old, new = {each.id: each for each in before.body}, {each.id: each for each in after.body}
    body: list[AnyBlock] = []
    for block in pack.body:
        was, became = old.get(block.id), new.get(block.id)
        if became is not None and was is None:
            if block != became:
                raise UserError("What was decided cannot be taken back: the new words were changed since", do=_BY_HAND)
            continue
        body.append(block if was is became or was is None or became is None else _block_back(block, was, became))
    body = _ordered(body, before, after)
    return replace(pack, body=tuple(body), comments=_comments_back(pack, before, after))


def _block_back(block: AnyBlock, was: AnyBlock, became: AnyBlock) -> AnyBlock:
    if block == became:
        return was
    if not isinstance(block, TextBlock) or not isinstance(was, TextBlock) or not isinstance(became, TextBlock):
        raise UserError("What was decided cannot be taken back: it was changed since", do=_BY_HAND)
    aligned = Aligned(became.text.string, block.text.string)
    words: Text = block.text
    for each in reversed(edits(became.text.string, was.text.string)):
        place = aligned.gap(each.start) if each.start == each.end else None
        found = (place, place) if place is not None else aligned.kept(each.start, each.end)
        if found is None:
            raise UserError("What was decided cannot be taken back: the words were changed since", do=_BY_HAND)
        words = words.replace(found[0], found[1], was.text[each.new_start : each.new_end])
    return replace(block, text=words)


def _ordered(body: list[AnyBlock], before: Pack, after: Pack) -> list[AnyBlock]:
    """What went is there again, and what was moved is back: each before what it stood before.

    What others put in comes behind what it was put in behind, so that it stays there.
    """
    kept = {each.id for each in after.body}
    places = [each.id for each in before.body if each.id in kept]
    moved = _out_of_order(places, [each.id for each in after.body if each.id in set(places)])
    here = {each.id: each for each in body}
    body = [each for each in body if each.id not in moved]
    following: set[str] = set()
    for block in reversed(before.body):
        if block.id not in kept or (block.id in moved and block.id in here):
            at = next((number for number, each in enumerate(body) if each.id in following), len(body))
            body.insert(at, here.get(block.id, block))
        following.add(block.id)
    return body


def _out_of_order(places: list[str], order: list[str]) -> set[str]:
    """The blocks that have to be moved to make one order of the other."""
    if places == order:
        return set()
    same = SequenceMatcher(None, places, order, autojunk=False).get_matching_blocks()
    return set(places) - {place for run in same for place in places[run.a : run.a + run.size]}


def _comments_back(pack: Pack, before: Pack, after: Pack) -> tuple[Comment, ...]:
    was, became = ({each.id: each for each in each_pack.comments} for each_pack in (before, after))
    result: list[Comment] = []
    for comment in pack.comments:
        old, new = was.get(comment.id), became.get(comment.id)
        if old is None or new is None or old is new:
            result.append(comment)
        elif comment == new:
            result.append(old)
        else:
            added = {each.id for each in new.replies} - {each.id for each in old.replies}
            replies = tuple(each for each in comment.replies if each.id not in added)
            words = old.text if comment.text == new.text else comment.text
            result.append(replace(comment, text=words, resolved=old.resolved, replies=replies))
    return tuple(result)


# In another sitting


def _remark_back(pack: Pack, item: Item, decision: Decision) -> Pack:
    """The thread is open again, and what was answered then is gone from it."""
    comment = pack.comment(item.comment)
    if comment is None:
        return pack
    said = decision.time.replace(microsecond=0) if decision.time is not None else None
    replies = tuple(
        each
        for each in comment.replies
        if not (decision.reply and each.text == decision.reply and each.author == decision.by and each.time == said)
    )
    changed = item.before and item.after and item.before != item.after and comment.text == item.after
    back = replace(comment, resolved=item.resolved, replies=replies, text=item.before if changed else comment.text)
    return replace(pack, comments=tuple(back if each.id == back.id else each for each in pack.comments))


def _inverse(item: Item, decision: Decision, review: Review) -> Iterator[Step]:
    """The steps that undo those of an item."""
    sent = review.sent[item.issue]
    for step in item.steps:
        match step:
            case Reword(span, new):
                if span.block not in sent.texts:
                    raise UserError("What was decided cannot be taken back in another sitting", do=_BY_HAND)
                old = text(sent.texts[span.block][span.part][span.start : span.end])
                length = len(decision.after) if decision.verdict is Verdict.EDITED else len(new)
                yield (
                    Reword(Span(item.key, 0, 0, length), old)
                    if length
                    else Reword(Span(span.block, span.part, span.start, span.start), old)
                )
            case Put(_, blocks):
                yield Drop(tuple(each.id for each in blocks))
            case Move(blocks, _):
                at = sent.blocks.index(blocks[0])
                yield Move(blocks, sent.blocks[at - 1] if at else "")
            case _:
                raise UserError("What was decided cannot be taken back in another sitting", do=_BY_HAND)
