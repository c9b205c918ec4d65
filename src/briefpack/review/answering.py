"""What reviewers are told of their comments and changes: "you said, we did", and a record of the decisions.

Both are packs of their own, so that whatever writes a pack writes them. A reviewer's remarks stand in them as comments
on the words that they were about, with the whole thread as it is in the pack: the drafter's answers are native replies.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.decisions import Decision, Verdict
from briefpack.pack.ids import new_id
from briefpack.pack.model import AnyBlock, Comment, Heading, Meeting, MeetingDetails, Pack, Paragraph, Table
from briefpack.pack.outline import headings_above
from briefpack.pack.text import EMPTY, Mark, MarkKind, Text, clean, joined, text
from briefpack.review.model import Item, ItemKind, Review

NAMELESS = "No name"
"""What a reviewer is called whose copy does not say who they are."""

_LONGEST = 400
_SHORT = 90
_LISTED = 14
"""Decisions that a record of one page lists; the rest is counted."""

_DONE = {
    Verdict.ACCEPTED: "Done as you proposed.",
    Verdict.REJECTED: "Not done.",
    Verdict.EDITED: "Done in other words.",
    Verdict.ANSWERED: "Answered.",
}
_SETTLED = {
    Verdict.ACCEPTED: "Settled.",
    Verdict.REJECTED: "Settled without a change.",
    Verdict.EDITED: "Settled, with the words changed.",
    Verdict.ANSWERED: "Answered; still open.",
}
_OPEN = "Not decided yet."
_DOES = {
    ItemKind.COMMENT: "Comment",
    ItemKind.REPLY: "Reply",
    ItemKind.INSERTION: "Put in",
    ItemKind.DELETION: "Take out",
    ItemKind.REPLACEMENT: "Replace",
    ItemKind.MOVE: "Move",
    ItemKind.PARAGRAPH: "Paragraphs",
    ItemKind.SILENT: "Changed, with tracking off",
}


class Told(Struct, frozen=True):
    """One reviewer's answers: a pack to be written, and how much is in it."""

    to: str
    pack: Pack
    remarks: int = 0
    changes: int = 0
    open: int = 0


def reviewers(review: Review) -> tuple[str, ...]:
    """Everybody who said or changed something, in the order in which their first item stands."""
    return tuple(dict.fromkeys(item.author or NAMELESS for item in review.items))


def answers(
    pack: Pack, review: Review, to: Sequence[str], *, by: str, now: dt.datetime, together: bool = False
) -> tuple[Told, ...]:
    """What some reviewers are told, each by themselves, or all in one where ``together``.

    Args:
        pack: the pack that the copies came back to; its threads and decisions are told of.
        review: the list of what came back.
        to: the reviewers, by name as :func:`reviewers` has it.
        by: who answers; empty is nobody by name.
        now: the day that is written on it.
        together: whether all of them are told in one.
    """
    groups = [tuple(to)] if together and to else [(name,) for name in to]
    return tuple(_told(pack, review, names, by, now) for names in groups)


def decision_record(pack: Pack, review: Review, *, by: str, now: dt.datetime) -> Pack:
    """One page for the file: how many items each person had and what became of them, and what was not simply done."""
    decided = {each.item: each for each in pack.decisions}
    body: list[AnyBlock] = [MeetingDetails(), Paragraph(text=Text(_summary(review.items, decided)))]
    rows = [_texts("Reviewer", "Remarks", "Changes", "Done", "Other words", "Not done", "Answered", "Open")]
    for name in reviewers(review):
        mine = [item for item in review.items if (item.author or NAMELESS) == name]
        counts = Counter(decided[item.key].verdict for item in mine if item.key in decided)
        changes = sum(item.is_change for item in mine)
        verdicts = (Verdict.ACCEPTED, Verdict.EDITED, Verdict.REJECTED, Verdict.ANSWERED)
        left = len(mine) - counts.total()
        rows.append(_texts(name, len(mine) - changes, changes, *(counts[verdict] for verdict in verdicts), left))
    body.append(Table(rows=tuple(rows)))
    telling = [item for item in review.items if _is_telling(item, decided.get(item.key))]
    if telling:
        body.append(Heading(level=2, text=Text("Not done, done otherwise, or open")))
        rows = [_texts("Who", "What", "Decision", "By")]
        for item in telling[:_LISTED]:
            decision = decided.get(item.key)
            rows.append(
                _texts(
                    item.author or NAMELESS,
                    _short(_plain(item)),
                    _short(" ".join(filter(None, (_outcome(item, decision), decision.reply if decision else "")))),
                    _signature(decision),
                )
            )
        body.append(Table(rows=tuple(rows)))
        if len(telling) > _LISTED:
            more = f"And {len(telling) - _LISTED} more: they are in the answers to the reviewers."
            body.append(Paragraph(text=Text(more)))
    meeting = _meeting(pack, f"Decision record: {pack.meeting.title or 'briefing'}", "", by, now)
    return Pack(meeting=meeting, body=tuple(body), language=pack.language)


def _told(pack: Pack, review: Review, names: tuple[str, ...], by: str, now: dt.datetime) -> Told:
    decided = {each.item: each for each in pack.decisions}
    mine = [item for item in review.items if (item.author or NAMELESS) in names]
    sections = {block.id: above[-1].text.string for block, above in headings_above(pack.body) if above}
    threads: dict[str, Comment] = {}
    body: list[AnyBlock] = [MeetingDetails(), Paragraph(text=Text(_summary(mine, decided)))]
    for title, items in _by_section(mine, sections):
        body.append(Heading(level=2, text=Text(title)))
        rows = [_texts("You said", "We did")]
        if len(names) > 1:
            rows = [_texts("Who", "Said", "We did")]
        for item in items:
            decision = decided.get(item.key)
            said = (_said(pack, item, threads), _did(item, decision))
            rows.append((Text(item.author or NAMELESS), *said) if len(names) > 1 else said)
        body.append(Table(rows=tuple(rows)))
    title = f"You said, we did: {pack.meeting.title or 'briefing'}"
    meeting = _meeting(pack, title, ", ".join(names), by, now)
    changes = sum(item.is_change for item in mine)
    made = Pack(meeting=meeting, body=tuple(body), comments=tuple(threads.values()), language=pack.language)
    left = sum(item.key not in decided for item in mine)
    return Told(", ".join(names), made, len(mine) - changes, changes, left)


def _by_section(items: Iterable[Item], sections: dict[str, str]) -> Iterator[tuple[str, list[Item]]]:
    """Items under the heading that they are about, in the order in which they come."""
    found: dict[str, list[Item]] = {}
    for item in items:
        title = sections.get(item.block or "", item.where or "Elsewhere").strip() or "Elsewhere"
        found.setdefault(" ".join(title.split()), []).append(item)
    yield from found.items()


def _said(pack: Pack, item: Item, threads: dict[str, Comment]) -> Text:
    """What a reviewer said or did, a remark with its whole thread on the words that it is about."""
    if item.is_change:
        return _change(item)
    words = Text(_cut(item.words)) if item.words.strip() else Text("(the whole document)")
    thread = pack.comment(item.comment) if item.comment else None
    if thread is not None and thread.id not in threads:
        threads[thread.id] = replace(thread, id=new_id())
    marked = words
    if thread is not None:
        marked = words.with_mark(0, len(words), MarkKind.COMMENT, threads[thread.id].id)
    return joined((Text(f"{_DOES[item.kind]} on “"), marked, Text(f"”:\n{_cut(item.text or item.after)}")))


def _change(item: Item) -> Text:
    """A change in words: what it takes out struck, what it puts in underlined."""
    before, after = clean(_cut(item.before)), clean(_cut(item.after))
    head = f"{_DOES[item.kind]}: "
    pieces = [Text(head)]
    if item.kind is ItemKind.MOVE:
        pieces.append(Text(after or before))
    else:
        if before:
            pieces.append(_looking(before, MarkKind.STRIKE))
        if before and after:
            pieces.append(Text(" → "))
        if after:
            pieces.append(_looking(after, MarkKind.UNDERLINE))
    if item.text:
        pieces.append(Text(f"{' ' if before or after else ''}{_cut(item.text)}"))
    if item.words.strip() and item.kind in {ItemKind.INSERTION, ItemKind.DELETION, ItemKind.REPLACEMENT}:
        pieces.append(Text(f"\nin: “{_cut(item.words)}”"))
    return joined(pieces)


def _did(item: Item, decision: Decision | None) -> Text:
    """What became of it: the verdict in bold, other words where there are some, the answer, and who decided."""
    outcome = _outcome(item, decision)
    pieces = [_looking(outcome, MarkKind.BOLD)]
    if decision is not None:
        if decision.verdict is Verdict.EDITED and decision.after:
            pieces.append(Text(f"\nNow: “{_cut(decision.after)}”"))
        if decision.reply:
            pieces.append(Text(f"\n{clean(decision.reply)}"))
        if signature := _signature(decision):
            pieces.append(Text(f"\n{signature}"))
    return joined(pieces)


def _outcome(item: Item, decision: Decision | None) -> str:
    if decision is None:
        return _OPEN
    return (_DONE if item.is_change else _SETTLED)[decision.verdict]


def _signature(decision: Decision | None) -> str:
    if decision is None:
        return ""
    day = f"{decision.time.day} {decision.time:%B %Y}" if decision.time else ""
    return ", ".join(filter(None, (decision.by, day)))


def _is_telling(item: Item, decision: Decision | None) -> bool:
    """Whether a record has to say more of an item than that it was done."""
    if decision is None:
        return True
    return decision.verdict in {Verdict.REJECTED, Verdict.EDITED} and item.is_change


def _summary(items: Sequence[Item], decided: dict[str, Decision]) -> str:
    """How much there was, and what became of it, in a sentence each."""
    changes = [item for item in items if item.is_change]
    verdicts = Counter(decided[item.key].verdict for item in changes if item.key in decided)
    parts = [_count(len(items) - len(changes), "remark"), _count(len(changes), "change")]
    did = [
        f"{verdicts[verdict]} {words}"
        for verdict, words in (
            (Verdict.ACCEPTED, "done"),
            (Verdict.EDITED, "done in other words"),
            (Verdict.REJECTED, "not done"),
            (Verdict.ANSWERED, "answered"),
        )
        if verdicts[verdict]
    ]
    left = sum(item.key not in decided for item in items)
    told = f"Of the changes {', '.join(did)}." if did else ""
    return " ".join(filter(None, (f"{' and '.join(parts)}.", told, f"{left} not decided yet." if left else "")))


def _meeting(pack: Pack, title: str, to: str, by: str, now: dt.datetime) -> Meeting:
    return Meeting(title=title, date=now.date(), sender=by, recipient=to, marking=pack.meeting.marking)


def _plain(item: Item) -> str:
    if not item.is_change:
        return item.text or item.after
    return _change(replace(item, words="")).string


def _looking(words: str, kind: MarkKind) -> Text:
    return text(words, [Mark(0, len(words), kind)]) if words else EMPTY


def _texts(*cells: object) -> tuple[Text, ...]:
    return tuple(text(str(cell)) for cell in cells)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing if number == 1 else thing + 's'}"


def _cut(words: str) -> str:
    return clean(words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1].rstrip() + "…"
