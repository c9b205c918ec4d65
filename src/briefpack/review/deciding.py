"""What the drafter decides, as functions from a pack to a pack: the words and the record of it in one step."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.decisions import Decision, Verdict
from briefpack.pack.edits import edit_comment, reply_to, resolve
from briefpack.pack.model import Pack, Reply
from briefpack.pack.outline import sections
from briefpack.pack.text import Text, text
from briefpack.review.applying import carried_out
from briefpack.review.composing import with_words
from briefpack.review.keys import id_of
from briefpack.review.model import Item, ItemKind, Join, Review
from briefpack.review.placing import OPEN, Fit, Present


class Accepted(NamedTuple):
    """A pack after many items were accepted, and the keys of those that no longer fit: they are still open."""

    pack: Pack
    unfit: tuple[str, ...]


def decision_of(pack: Pack, key: str) -> Decision | None:
    """What was decided of an item; None while it is open."""
    return next((each for each in pack.decisions if each.item == key), None)


def open_items(pack: Pack, review: Review) -> tuple[Item, ...]:
    """The items that wait for a decision."""
    decided = {each.item for each in pack.decisions}
    return tuple(item for item in review.items if item.key not in decided)


def fit(pack: Pack, review: Review, key: str) -> Fit:
    """Where an item stands in the pack as it is now, or why it no longer fits.

    One that changes new words of an open item fits where that one does: accepting it accepts that one first.
    """
    item = review.item(key)
    found = Present(pack, review).fit(item)
    if found.why == OPEN:
        return fit(pack, review, item.inside)
    return found


def decide(
    pack: Pack,
    review: Review,
    key: str,
    verdict: Verdict,
    *,
    by: str,
    now: dt.datetime,
    words: str | Text | None = None,
    reply: str = "",
) -> Pack:
    """An item decided.

    Accepting a change makes it in the pack, and so do the same changes of others, which are decided with it. Editing
    puts in ``words`` instead of those proposed; without words it records that the change was made by hand. Rejecting
    leaves the words as they are. Of a remark, accepting and rejecting resolve its thread, answering keeps it open.
    A ``reply`` may be given with any verdict: to a remark it is put into the thread, with a change it is recorded.

    Args:
        pack: the pack.
        review: the list of its returned copies.
        key: of the item.
        verdict: what is decided.
        by: the name of who decides.
        now: the time of it.
        words: the drafter's own words, with ``EDITED``.
        reply: what the reviewer is told.

    Raises:
        KeyError: there is no such item.
        UserError: it no longer fits, or its words cannot be chosen; nothing was changed.
    """
    item = review.item(key)
    if not item.is_change:
        return _decided_remark(pack, item, verdict, by, now, reply)
    if verdict is Verdict.ANSWERED:
        return _recorded(pack, item, Decision(item.key, verdict, by, now, reply=reply))
    if verdict is Verdict.REJECTED:
        pack = _recorded(pack, item, Decision(item.key, verdict, by, now, reply=reply))
        return _with_those_inside(pack, review, item, by, now)
    chosen = text(words) if isinstance(words, str) else words
    return _taken(pack, review, item, verdict, by, now, chosen, reply)


def _taken(
    pack: Pack, review: Review, item: Item, verdict: Verdict, by: str, now: dt.datetime, words: Text | None, reply: str
) -> Pack:
    if verdict is Verdict.EDITED and words is None:  # it was made by hand
        return _recorded(pack, item, Decision(item.key, verdict, by, now, reply=reply))
    if item.inside and decision_of(pack, item.inside) is None:
        pack = decide(pack, review, item.inside, Verdict.ACCEPTED, by=by, now=now)
    steps = item.steps
    if words is not None and verdict is Verdict.EDITED:
        steps = with_words(item, words, review.sent[item.issue])
        if not steps:
            raise UserError(
                "The words of this change cannot be chosen",
                do="Accept it and edit the text, or make it by hand and mark it as done",
            )
    if not _is_made(pack, item):
        found = Present(pack, review).fit(item, steps)
        if not found.fits:
            raise UserError(found.why, do="Make the change by hand, or reject it")
        pack = carried_out(pack, found.steps, own_words=words is not None)
    after = item.after if words is None else words.string
    decision = Decision(item.key, verdict, by, now, before=item.before, after=after, reply=reply)
    return _recorded(pack, item, decision)


def _is_made(pack: Pack, item: Item) -> bool:
    """Whether somebody else's same change was taken already."""
    decided = {each.item: each.verdict for each in pack.decisions}
    return any(decided.get(key) is Verdict.ACCEPTED for key in item.agrees)


def _recorded(pack: Pack, item: Item, decision: Decision) -> Pack:
    """A decision put on record, for all who made the same change and are not decided yet."""
    done = {each.item for each in pack.decisions} - {item.key}
    others = [replace(decision, item=key) for key in item.agrees if key not in done]
    kept = tuple(each for each in pack.decisions if each.item != item.key)
    return replace(pack, decisions=(*kept, decision, *others))


def _with_those_inside(pack: Pack, review: Review, item: Item, by: str, now: dt.datetime) -> Pack:
    """What others changed in words that are not taken goes with them."""
    refused = {item.key, *item.agrees}
    done = {each.item for each in pack.decisions}
    for other in review.items:
        if other.inside in refused and other.key not in done:
            pack = _recorded(pack, other, Decision(other.key, Verdict.REJECTED, by, now))
            pack = _with_those_inside(pack, review, other, by, now)
    return pack


def _decided_remark(pack: Pack, item: Item, verdict: Verdict, by: str, now: dt.datetime, reply: str) -> Pack:
    if verdict is Verdict.EDITED:
        raise UserError("A remark has no words to edit", do="Answer it, or accept or reject it")
    thread = item.comment if pack.comment(item.comment) is not None else id_of(item.key)
    if pack.comment(thread) is not None:  # else the drafter has deleted it, and the decision alone is kept
        if verdict is Verdict.ACCEPTED and item.kind is ItemKind.COMMENT and item.before != item.after:
            pack = edit_comment(pack, thread, item.after)
        if reply:
            answer = Reply(reply, author=by, initials=_initials(by), time=now.replace(microsecond=0))
            pack = reply_to(pack, thread, answer)
        if verdict is not Verdict.ANSWERED:
            pack = resolve(pack, thread)
    return _recorded(pack, item, Decision(item.key, verdict, by, now, reply=reply))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isalpha())[:4].upper()


def accept_all(pack: Pack, review: Review, keys: Iterable[str], *, by: str, now: dt.datetime) -> Accepted:
    """Items accepted one after the other, in the order of their copies; those that no longer fit stay open.

    Paragraphs are joined last: what stood between them is gone or moved by then.
    """
    copies = {each.sha256: number for number, each in enumerate(pack.returns)}
    decided = {each.item for each in pack.decisions}
    items = [review.item(key) for key in dict.fromkeys(keys)]
    joins = {item.key for item in items if any(isinstance(step, Join) for step in item.steps)}
    items.sort(key=lambda item: (item.key in joins, copies.get(item.sources[0], 0) if item.sources else 0, item.order))
    left = [item for item in items if item.key not in decided]
    for last in (False, True):
        unfit: list[Item] = []
        for item in left:
            if decision_of(pack, item.key) is not None:
                continue
            try:
                pack = decide(pack, review, item.key, Verdict.ACCEPTED, by=by, now=now)
            except UserError:
                unfit.append(item)
        left = unfit
        if not left or last:
            break
    return Accepted(pack, tuple(item.key for item in left))


def of_author(review: Review, author: str, *, changes_only: bool = True) -> tuple[str, ...]:
    """The keys of one person's items."""
    return tuple(item.key for item in review.items if item.author == author and (item.is_change or not changes_only))


def in_section(pack: Pack, review: Review, heading: str, *, changes_only: bool = True) -> tuple[str, ...]:
    """The keys of the items in the section that a heading opens, itself included."""
    section = next((each for each in sections(pack) if each.heading.id == heading), None)
    blocks: Collection[str] = () if section is None else {b.id for b in pack.body[section.start : section.end]}
    return tuple(item.key for item in review.items if item.block in blocks and (item.is_change or not changes_only))
