"""Items of returned copies in words: what a row shows, and what a screen reader says. No Qt here."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from briefpack.desktop.review.listing import NAMELESS, Group, Row
from briefpack.pack.dates import day_words
from briefpack.pack.decisions import Decision, Verdict
from briefpack.review.model import REMARKS, Drop, Item, ItemKind, Put, Review

KINDS = {
    ItemKind.COMMENT: "Comment",
    ItemKind.REPLY: "Reply",
    ItemKind.INSERTION: "Insertion",
    ItemKind.DELETION: "Deletion",
    ItemKind.REPLACEMENT: "Replacement",
    ItemKind.MOVE: "Move",
    ItemKind.PARAGRAPH: "Paragraph",
    ItemKind.SILENT: "Changed with tracking off",
}
VERDICTS = {
    Verdict.ACCEPTED: "Accepted",
    Verdict.REJECTED: "Rejected",
    Verdict.EDITED: "Edited",
    Verdict.ANSWERED: "Answered",
}
_SETTLED = {Verdict.ACCEPTED: "Settled", Verdict.REJECTED: "Settled without change"}
"""What accepting and rejecting are called where it was a remark."""


class Style(StrEnum):
    """How a piece of an excerpt looks: as it is, struck, or underlined."""

    PLAIN = "plain"
    OLD = "old"
    NEW = "new"


class Piece(NamedTuple):
    """Some words of an excerpt."""

    words: str
    style: Style


def kind_words(item: Item) -> str:
    """What an item is called."""
    if any(isinstance(step, Put) for step in item.steps) and item.kind is ItemKind.INSERTION:
        return "New paragraph"
    if any(isinstance(step, Drop) for step in item.steps) and item.kind is ItemKind.DELETION:
        return "Paragraph taken out"
    return KINDS[item.kind]


def pieces(item: Item) -> Iterator[Piece]:
    """What an item says or does, old before new."""
    if item.kind in REMARKS and not (item.before and item.after and item.before != item.after):
        yield Piece(item.text or item.after, Style.PLAIN)
    elif item.kind is ItemKind.MOVE:
        yield Piece(item.after or item.before, Style.PLAIN)
    elif not item.before and not item.after:
        yield Piece(item.text, Style.PLAIN)
    else:
        if item.before:
            yield Piece(visible(item.before), Style.OLD)
        if item.after:
            yield Piece(visible(item.after), Style.NEW)


def context(item: Item) -> str:
    """What an item is about, where its own words do not say so."""
    own = {item.before, item.after, item.text}
    if item.where:
        return item.where
    return item.words if item.words not in own else ""


def one_line(words: str) -> str:
    """Words without line ends."""
    return " ".join(words.split())


def shortened(words: str, most: int) -> str:
    """Words in one line of at most so many characters; what is left out is out of the middle."""
    words = one_line(words)
    if len(words) <= most:
        return words
    tail = most // 3
    return f"{words[: most - tail - 3].rstrip()} … {words[-tail:].lstrip()}"


def visible(words: str) -> str:
    """Words as they are shown: without white space at the ends, and white space alone by its name."""
    return words.strip() or ("a line break" if "\n" in words else "a space" if words else "")


def fitted(said: Iterable[Piece], most: int) -> list[Piece]:
    """Pieces that together have about so many characters: a short one leaves its room to the other."""
    said = list(said)
    share = most // max(1, len(said))
    spare = sum(max(0, share - len(piece.words)) for piece in said)
    return [
        Piece(
            cut(piece.words, share + spare) if piece.style is Style.PLAIN else shortened(piece.words, share + spare),
            piece.style,
        )
        for piece in said
    ]


def cut(words: str, most: int) -> str:
    """The first words in one line of at most so many characters."""
    words = one_line(words)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def names(authors: tuple[str, ...]) -> str:
    """Several people in words."""
    called = [name or NAMELESS for name in authors]
    return called[0] if len(called) == 1 else f"{', '.join(called[:-1])} and {called[-1]}"


def verdict_words(item: Item, decision: Decision) -> str:
    """What was done with an item."""
    if item.kind in REMARKS:
        return _SETTLED.get(decision.verdict, VERDICTS[decision.verdict])
    return VERDICTS[decision.verdict]


def decision_words(item: Item, decision: Decision) -> str:
    """What was done with an item, by whom and when."""
    said = verdict_words(item, decision)
    if decision.by:
        said += f" by {decision.by}"
    if decision.time is not None:
        local = decision.time.astimezone() if decision.time.tzinfo else decision.time
        said += f", {day_words(local.date())}, {local:%H:%M}"
    return said


def spoken(row: Row | Group) -> str:
    """A row of the list in words, for a screen reader."""
    if isinstance(row, Group):
        return f"{row.title}, {row.open} open of {row.rows}"
    item = row.item
    said = {Style.PLAIN: "{}", Style.OLD: "taken out: {}", Style.NEW: "put in: {}"}
    parts = [
        names(row.authors),
        kind_words(item),
        *(said[piece.style].format(one_line(piece.words)) for piece in pieces(item)),
        f"on “{one_line(context(item))}”" if context(item) else "",
        f"clash with {names(row.clash)}" if row.clash else "",
        "" if row.fits else "no longer fits",
        verdict_words(item, row.decision) if row.decision else "",
    ]
    return ", ".join(part for part in parts if part)


def found_words(review: Review, new: tuple[str, ...]) -> str:
    """What new copies brought, in a word: "14 comments and 24 changes, one of them with tracking off"."""
    items = [item for item in review.items if item.key in set(new)]
    remarks = sum(item.kind in REMARKS for item in items)
    changes, silent = len(items) - remarks, sum(item.kind is ItemKind.SILENT for item in items)
    said = [_counted(remarks, "comment"), _counted(changes, "change")]
    words = " and ".join(filter(None, said))
    return f"{words}, {silent} with tracking off" if silent else words


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}" if count else ""
