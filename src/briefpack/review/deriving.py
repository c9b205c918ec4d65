"""The whole list: every returned copy that a pack keeps, each compared with what was sent, made one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.decisions import Return
from briefpack.pack.model import Pack, SentFile
from briefpack.review.clashing import with_clashes
from briefpack.review.comparing import Compared, compare
from briefpack.review.model import Item, ItemKind, Review, Sent, Taken
from briefpack.review.reading import Copy, Flow, addressed, read_copy, sent_text
from briefpack.review.remarks import commented, remarks, standings

Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and of what; it may raise :class:`briefpack.errors.Cancelled`."""


class Issued(NamedTuple):
    """A file that was sent, as it is compared with."""

    copy: Copy
    flow: Flow


def derive(
    pack: Pack, issued: Mapping[str, bytes], returned: Mapping[str, bytes], progress: Progress | None = None
) -> Review:
    """The list that a pack's returned copies make.

    Args:
        pack: says which copies came back, and to which issue.
        issued: the bytes that were sent, by their SHA-256.
        returned: the bytes that came back, likewise.
        progress: told how many copies are done.
    """
    sent: dict[str, Issued] = {}
    taken: list[Taken] = []
    items: dict[str, Item] = {}
    problems: list[str] = []
    texts: dict[str, Sent] = {}
    for number, each in enumerate(pack.returns):
        if progress:
            progress(number, len(pack.returns), f"Reading {each.name}")
        try:
            against = _issued(each, issued, sent)
            found, told = _one(pack, each, against, returned)
        except UserError as error:
            problems.append(f"{each.name}: {error.what}.")
            continue
        texts.setdefault(each.issue, sent_text(against.flow))
        taken.append(told)
        for item in found:
            held = items.get(item.key)
            items[item.key] = _both(held, item, each.sha256) if held else replace(item, sources=(each.sha256,))
    if progress:
        progress(len(pack.returns), len(pack.returns), "Putting them in order")
    ordered = _ordered(pack, items.values(), texts)
    listed, clashes = with_clashes(ordered, texts)
    return Review(tuple(taken), listed, clashes, tuple(problems), texts)


def _issued(back: Return, issued: Mapping[str, bytes], known: dict[str, Issued]) -> Issued:
    if back.sent not in known:
        if back.sent not in issued:
            raise UserError(
                "The file that was sent is not in the pack any more, so that there is nothing to compare with"
            )
        copy = read_copy(issued[back.sent], back.name)
        known[back.sent] = Issued(copy, addressed(copy))
    return known[back.sent]


def _one(pack: Pack, back: Return, sent: Issued, returned: Mapping[str, bytes]) -> tuple[list[Item], Taken]:
    """The items of one returned copy, and how it was matched."""
    if back.sha256 not in returned:
        raise UserError("The copy is not in the pack any more; take it back again")
    copy = read_copy(returned[back.sha256], back.name)
    compared = compare(sent.copy, sent.flow, copy, back.issue)
    file = _sent_file(pack, back)
    said_for = copy.identity.recipient if copy.identity else ""
    recipient = file.recipient if file and file.recipient == said_for else ""
    sender = recipient or (back.authors[0] if len(back.authors) == 1 else "")
    items = [_signed(item, sender) for item in compared.items]
    said = _with_remarks(items, sent, copy, compared, back.issue)
    told = Taken(
        sha256=back.sha256,
        name=back.name,
        pack=copy.identity.pack if copy.identity else None,
        issue=back.issue,
        recipient=recipient,
        by_bookmark=compared.named,
        by_text=compared.by_words,
        unmatched=compared.lost,
        formatting=compared.formatting,
        authors=back.authors,
        problems=tuple(dict.fromkeys((*_damage(copy), *compared.problems))),
    )
    return said, told


def _with_remarks(items: list[Item], sent: Issued, copy: Copy, compared: Compared, issue: str) -> list[Item]:
    """The changes of a copy and its remarks; a remark on new words stands on them when they are taken in."""
    stands = standings(copy, compared.parts)
    said = remarks(sent.copy, copy, stands, issue)
    changes = {item.key: item for item in items}
    for comment, remark in said:
        for key, block, start, end in stands[comment].inside if comment in stands else ():
            if key in changes and remark.kind is ItemKind.COMMENT:
                changes[key] = commented(changes[key], remark.comment, block, start, end)
    return [*changes.values(), *(remark for _, remark in said)]


def _signed(item: Item, sender: str) -> Item:
    return replace(item, author=sender) if item.kind is ItemKind.SILENT else item


def _sent_file(pack: Pack, back: Return) -> SentFile | None:
    return next(
        (
            file
            for issue in pack.issues
            if issue.number == back.issue
            for file in issue.files
            if file.sha256 == back.sent
        ),
        None,
    )


def _damage(copy: Copy) -> Iterator[str]:
    if copy.document.recovered:
        yield "The file is damaged: what could be read of it was recovered. Check it."
    authors = {each.author for each in copy.document.comments}
    if authors & {"", "Author", "Unknown Author"}:
        yield "Names were removed from this copy, so that several people may appear as one."
    yield from copy.document.notes


def _both(held: Item, again: Item, source: str) -> Item:
    """An item that another copy holds too."""
    if source in held.sources:
        return held
    return replace(held, sources=(*held.sources, source), resolved=held.resolved or again.resolved)


def _ordered(pack: Pack, items: Iterable[Item], texts: Mapping[str, Sent]) -> list[Item]:
    """Items in the order of what was sent; what is in no block last."""
    numbers = {issue.number: place for place, issue in enumerate(pack.issues)}
    places = {issue: {block: n for n, block in enumerate(sent.blocks)} for issue, sent in texts.items()}
    copies = {each.sha256: n for n, each in enumerate(pack.returns)}

    def place(item: Item) -> tuple[int, int, int, int, int]:
        at = places.get(item.issue, {}).get(item.block or "", 1 << 30)
        start = item.span.start if item.span else (item.stands[0].start if item.stands else 1 << 29)
        part = item.span.part if item.span else 0
        return at, part, start, numbers.get(item.issue, 0), copies.get(item.sources[0], 0)

    return sorted(items, key=place)
