"""What was sent, with what was taken of the changes to it: the text that a pack would hold if nobody had written in it."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec.structs import replace

from briefpack.pack.anchors import Span
from briefpack.pack.decisions import Decision, Verdict
from briefpack.pack.model import AnyBlock, Pack, TextBlock, texts_of
from briefpack.pack.text import Text, text
from briefpack.review.chains import END, Chain, Made, Order
from briefpack.review.model import Drop, DropRow, Item, Join, Put, PutRow, Review, Reword, Sent, Split, Step

TAKEN = frozenset({Verdict.ACCEPTED, Verdict.EDITED})
"""The verdicts that change the pack."""


class GoneError(Exception):
    """What an item speaks of was never there, or is not there any more."""


class Composition:
    """The texts of the issues that a review is about, with the changes that were taken.

    Args:
        pack: says which those are.
        review: the list of its returned copies.
    """

    def __init__(self, pack: Pack, review: Review) -> None:
        self.decided = {each.item: each for each in pack.decisions}
        self._review = review
        self._items = {item.key: item for item in review.items}
        copies = {each.sha256: number for number, each in enumerate(pack.returns)}
        self._copy = {item.key: copies.get(item.sources[0], 0) if item.sources else 0 for item in review.items}
        self._chains: dict[tuple[str, str, int], Chain] = {}

    def order(self, item: Item) -> Order:
        """What of two items at one place comes first."""
        return self._copy[item.key], item.order

    @cached_property
    def taken(self) -> dict[tuple[str, str, int], list[tuple[Item, Step]]]:
        """By issue, block and part the steps that were taken there; the same change of two people once."""
        found: dict[tuple[str, str, int], list[tuple[Item, Step]]] = {}
        passed: set[str] = set()
        for item in self._review.items:
            decision = self.decided.get(item.key)
            if decision is None or decision.verdict not in TAKEN or not item.is_change or item.key in passed:
                continue
            passed.update(item.agrees)
            for step in chosen_steps(item, decision, self._review.sent.get(item.issue, Sent())):
                for block, part in _places(step):
                    found.setdefault((item.issue, block, part), []).append((item, step))
        return found

    @cached_property
    def put_blocks(self) -> Mapping[str, AnyBlock]:
        """The blocks that items put in, by their ids; where the drafter chose other words, with those."""
        found: dict[str, AnyBlock] = {}
        for item in self._review.items:
            decision = self.decided.get(item.key)
            steps = item.steps
            if decision is not None and decision.verdict in TAKEN:
                steps = chosen_steps(item, decision, self._review.sent.get(item.issue, Sent()))
            found |= {block.id: block for step in steps if isinstance(step, Put) for block in step.blocks}
        return found

    def base(self, issue: str, block: str, part: int) -> str:
        """A text as it was sent, or as an item puts it in."""
        if (put := self.put_blocks.get(block)) is not None:
            texts = texts_of(put)
            return texts[part].string if part < len(texts) else ""
        if (item := self._items.get(block)) is not None:
            decision = self.decided.get(item.key)
            steps = item.steps
            if decision is not None:
                steps = chosen_steps(item, decision, self._review.sent.get(issue, Sent()))
            return next((step.new.string for step in steps if isinstance(step, Reword) and step.new), "")
        texts_sent = self._review.sent.get(issue, Sent()).texts.get(block, ())
        if part >= len(texts_sent):
            raise GoneError(block)
        return texts_sent[part]

    def members(self, issue: str, block: str) -> list[str]:
        """The paragraphs that changes which were taken have joined with one, in the order they were sent."""
        after = self._joins.get(issue, {})
        before = {second: first for first, second in after.items()}
        while block in before:
            block = before[block]
        found = [block]
        while found[-1] in after:
            found.append(after[found[-1]])
        return found

    @cached_property
    def _joins(self) -> Mapping[str, dict[str, str]]:
        """By issue the paragraph that each was joined to, by the one that it goes on in."""
        found: dict[str, dict[str, str]] = {}
        for taken in self.taken.values():
            for item, step in taken:
                if isinstance(step, Join):
                    found.setdefault(item.issue, {})[step.first] = step.second
        return found

    def chain(self, issue: str, block: str, part: int) -> Chain:
        """A text as it would be, with all that was joined to it. The block may be an item's key: its new words then.

        Raises:
            GoneError: nothing of this name was sent or put in.
        """
        key = (issue, block, part)
        if key not in self._chains:
            members = self.members(issue, block) if part == 0 else [block]
            texts = [self.base(issue, each, part) for each in members]
            starts = dict(zip(members, _starts(texts), strict=True))
            ends = {each: starts[each] + len(string) for each, string in zip(members, texts, strict=True)}
            made = [one for each in members for one in self._made(issue, each, part, starts[each], ends)]
            self._chains[key] = Chain(members, texts, made)
        return self._chains[key]

    def begin(self, issue: str, span: Span) -> int:
        """Where the paragraph of a span begins in its chain."""
        members = self.members(issue, span.block) if span.part == 0 else [span.block]
        texts = [self.base(issue, each, span.part) for each in members]
        return dict(zip(members, _starts(texts), strict=True))[span.block]

    def _made(self, issue: str, block: str, part: int, begin: int, ends: Mapping[str, int]) -> Iterator[Made]:
        for item, step in self.taken.get((issue, block, part), ()):
            order = self.order(item)
            match step:
                case Reword(span, _):
                    changed = step.new and self._changed_inside(item)
                    new = self.chain(issue, item.key, 0).string if changed else step.new.string
                    yield Made(begin + span.start, begin + span.end, new, item.key, order)
                case Split(span, second, first, rest):
                    new = f"{first.string}{END}{rest.string}"
                    yield Made(begin + span.start, begin + span.end, new, item.key, order, (second,))
                case Join(first_block, _) if first_block == block:
                    yield Made(ends[block], ends[block] + 1, "", item.key, order)

    def _changed_inside(self, item: Item) -> bool:
        return (item.issue, item.key, 0) in self.taken


def _starts(texts: list[str]) -> Iterator[int]:
    at = 0
    for string in texts:
        yield at
        at += len(string) + 1


def _places(step: Step) -> Iterator[tuple[str, int]]:
    """The texts that a step changes; -1 is a table's rows."""
    match step:
        case Reword(span, _) | Split(span, _, _, _):
            yield span.block, span.part
        case Join(first, _):
            yield first, 0
        case PutRow(table, _, _) | DropRow(table, _):
            yield table, -1
        case _:
            return


def chosen_steps(item: Item, decision: Decision, sent: Sent) -> tuple[Step, ...]:
    """What taking an item did: its own steps, or the drafter's own words in their place; nothing if made by hand."""
    if decision.verdict is not Verdict.EDITED:
        return item.steps
    if not decision.before and not decision.after:
        return ()
    return with_words(item, text(decision.after), sent)


def with_words(item: Item, words: Text, sent: Sent) -> tuple[Step, ...]:
    """The steps of an item with other new words; none where its words cannot be chosen, as those of a move."""
    if len(item.steps) != 1:
        return ()
    match item.steps[0]:
        case Reword(span, _):
            return (Reword(span, words),)
        case Put(after, (block,)) if isinstance(block, TextBlock):
            return (Put(after, (replace(block, text=words),)),)
        case Drop((block,)) if len(sent.texts.get(block, ())) == 1:
            return (Reword(Span(block, 0, 0, len(sent.texts[block][0])), words),)
        case _:
            return ()
