"""Which items of different people meet: the same change is agreement, different changes of one sentence are a clash."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from briefpack.pack.anchors import Span
from briefpack.review.keys import key_of
from briefpack.review.model import Clash, Drop, Item, Move, Reword, Sent, Split
from briefpack.review.sentences import sentences, touched

_Sentence = tuple[str, str, int, int]  # issue, block, text of it, number


def with_clashes(items: Sequence[Item], texts: Mapping[str, Sent]) -> tuple[tuple[Item, ...], tuple[Clash, ...]]:
    """The items, each told which others make the same change and in which clash it is; and the clashes."""
    agreeing = _agreeing(items, texts)
    touches = {item.key: _touched(item, texts) for item in items if item.is_change and not item.inside}
    by_key = {item.key: item for item in items}
    owners: dict[tuple[str, int, str], list[str]] = {}
    for key, sentences_ in touches.items():
        for where, words in sentences_.items():
            owners.setdefault((where[1], where[2], words), []).append(key)
    groups = _Groups()
    for keys in owners.values():
        for number, one in enumerate(keys):
            for other in keys[number + 1 :]:
                if _person(by_key[one]) != _person(by_key[other]) and other not in agreeing.get(one, ()):
                    groups.join(one, other)
    clashes = []
    belongs: dict[str, str] = {}
    for keys in groups.all([item.key for item in items]):
        first = by_key[keys[0]]
        sentence = next(iter(touches[keys[0]].values()), "")
        clash = Clash(key_of("clash", *sorted(keys)), first.block or "", sentence, tuple(keys))
        clashes.append(clash)
        belongs |= dict.fromkeys(keys, clash.key)
    told = tuple(replace(item, clash=belongs.get(item.key, ""), agrees=agreeing.get(item.key, ())) for item in items)
    return told, tuple(clashes)


def _person(item: Item) -> str:
    """Who made a change; of a silent edit by nobody known, whoever sent the copy."""
    return item.author or f"copy {item.sources[0]}"


def _agreeing(items: Sequence[Item], texts: Mapping[str, Sent]) -> dict[str, tuple[str, ...]]:
    """By the keys of changes the keys of other people's that are the same."""
    same: dict[object, list[Item]] = {}
    for item in items:
        if item.is_change and item.steps and not item.inside:
            same.setdefault(_shape(item, texts), []).append(item)
    return {
        item.key: tuple(other.key for other in group if _person(other) != _person(item))
        for group in same.values()
        for item in group
    }


def _shape(item: Item, texts: Mapping[str, Sent]) -> object:
    """What of a change is the same whoever made it, and however much of the words around it was typed again."""
    match item.steps:
        case (Reword(span, new),) if (sent := texts.get(item.issue)) and span.part < len(
            sent.texts.get(span.block, ())
        ):
            was = sent.texts[span.block][span.part]
            return item.issue, span.block, span.part, f"{was[: span.start]}{new.string}{was[span.end :]}"
    steps = tuple(
        (step.span, step.new.string)
        if isinstance(step, Reword)
        else step
        if isinstance(step, Drop | Move)
        else (type(step).__name__, item.block, item.span)
        for step in item.steps
    )
    return item.issue, steps, item.before, item.after


def _touched(item: Item, texts: Mapping[str, Sent]) -> dict[_Sentence, str]:
    """The sentences that an item changes, each with its words."""
    sent = texts.get(item.issue)
    if sent is None:
        return {}
    found: dict[_Sentence, str] = {}

    for span, new in _rewordings(item, sent):
        strings = sent.texts.get(span.block, ())
        if span.part < len(strings):
            string = strings[span.part]
            spans = sentences(string)
            for number in touched(string, span.start, span.end, new):
                begin, stop = spans[number]
                found[item.issue, span.block, span.part, number] = string[begin:stop]
    return found


def _rewordings(item: Item, sent: Sent) -> Iterator[tuple[Span, str]]:
    """Every stretch of text that an item changes, and what would stand there."""
    for step in item.steps:
        match step:
            case Reword(span, new):
                yield span, new.string
            case Split(span, _, first, second) if (first + second).string.strip() or span.start < span.end:
                yield span, first.string + second.string
            case Drop(blocks):
                for block in blocks:
                    for part, string in enumerate(sent.texts.get(block, ())):
                        yield Span(block, part, 0, len(string)), ""
            case _:
                continue
    if not item.steps and item.span:
        yield item.span, item.after


class _Groups:
    """Sets of keys that are joined one by one."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def _top(self, key: str) -> str:
        while self._above.get(key, key) != key:
            key = self._above[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Put two keys into one set."""
        self._above.setdefault(one, one)
        self._above.setdefault(other, other)
        self._above[self._top(other)] = self._top(one)

    def all(self, order: Sequence[str]) -> list[list[str]]:
        """The sets, each in this order."""
        found: dict[str, list[str]] = {}
        for key in order:
            if key in self._above:
                found.setdefault(self._top(key), []).append(key)
        return list(found.values())
