"""What the list of returns shows: which items, in which order, under which heading, and how many are open. No Qt here."""

import datetime as dt
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from msgspec.structs import replace

from briefpack.pack.decisions import Decision
from briefpack.pack.model import Heading, Pack
from briefpack.pack.outline import headings_above
from briefpack.review.model import REMARKS, Item, ItemKind, Review

NAMELESS = "No name"
"""Who made a change or remark that does not say."""

UNDER_NOTHING = "Before the first heading"
GONE = "No longer in the pack"
OUTSIDE = "Headers, notes and the whole file"


class State(StrEnum):
    """Which items are listed, by how far they have come."""

    OPEN = "Open"
    TODAY = "Decided today"
    DECIDED = "Decided"
    ALL = "All"


class Sort(StrEnum):
    """Which items are listed, by what they are."""

    ANY = "Everything"
    CHANGES = "Changes"
    REMARKS = "Comments"
    CLASHES = "Clashes"
    SILENT = "Tracking off"
    MOVES = "Moves"


class Grouping(StrEnum):
    """What stands together."""

    PLACE = "By place"
    PERSON = "By person"


class Wanted(NamedTuple):
    """What the filters say. ``person`` None is everybody, empty those who do not say who they are."""

    state: State = State.OPEN
    sort: Sort = Sort.ANY
    person: str | None = None
    grouping: Grouping = Grouping.PLACE


class Row(NamedTuple):
    """One item of the list, with what the drafter did with it.

    ``authors`` are its own and those who made the very same change; ``clash`` are the others' of its clash; ``fits`` is
    whether it can still be made where it was meant.
    """

    item: Item
    decision: Decision | None
    authors: tuple[str, ...]
    clash: tuple[str, ...] = ()
    fits: bool = True
    first_of_clash: bool = False
    last_of_clash: bool = False


class Group(NamedTuple):
    """The head of a group: what it is called, and how many of the rows under it are open."""

    key: str
    title: str
    open: int
    rows: int


Listed = Group | Row


class Tally(NamedTuple):
    """How many items somebody has in the returns, and how many of them are open."""

    name: str
    open: int
    all: int


class Placing(NamedTuple):
    """Where blocks stand in the pack as it is now: of each the place in the body, and the id of the heading it is under."""

    places: Mapping[str, int]
    sections: Mapping[str, str]
    titles: Mapping[str, str]


def placing(pack: Pack) -> Placing:
    """Where the blocks of a pack stand. A heading stands under itself; its title says what it is within."""
    places: dict[str, int] = {}
    sections: dict[str, str] = {}
    titles: dict[str, str] = {}
    for at, (block, path) in enumerate(headings_above(pack.body)):
        places[block.id] = at
        if isinstance(block, Heading):
            titles[block.id] = " › ".join(each.text.string for each in (*path[-1:], block))
            sections[block.id] = block.id
        else:
            sections[block.id] = path[-1].id if path else ""
    return Placing(places, sections, titles)


def decided(pack: Pack) -> dict[str, Decision]:
    """The pack's decisions by the items' keys."""
    return {decision.item: decision for decision in pack.decisions}


def tallies(review: Review, decisions: Mapping[str, Decision]) -> tuple[Tally, ...]:
    """For each person what is open, those first whose copy was taken first."""
    everything = Counter(item.author for item in review.items)
    open_ = Counter(item.author for item in review.items if item.key not in decisions)
    order = dict.fromkeys((*people(review), *everything))
    return tuple(Tally(name, open_[name], everything[name]) for name in order if everything[name])


def people(review: Review) -> tuple[str, ...]:
    """Everybody in the returns, those first whose copy was taken first."""
    return tuple(dict.fromkeys(name for taken in review.returns for name in taken.authors or (taken.name,)))


def listed(
    review: Review, pack: Pack, wanted: Wanted, today: dt.date, unfit: Container[str] = frozenset()
) -> list[Listed]:
    """The list: groups, each followed by its rows. What was decided today stands newest first, in one group.

    ``unfit`` are the keys of the items that no longer fit.
    """
    decisions = decided(pack)
    where = placing(pack)
    rows = list(_rows(review, decisions, today, wanted, unfit))
    if wanted.state is State.TODAY:
        rows.sort(key=lambda row: _clock(row.decision), reverse=True)
        return _grouped({("today", "Today, newest first"): rows})
    if wanted.grouping is Grouping.PERSON:
        by_name: dict[tuple[str, str], list[Row]] = {}
        names = {name: at for at, name in enumerate(people(review))}
        for row in sorted(rows, key=lambda row: names.get(row.item.author, len(names))):
            name = row.item.author
            by_name.setdefault((f"person {name}", name or NAMELESS), []).append(row)
        return _grouped(by_name)
    by_section: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(_together(rows), key=lambda row: _at(row.item, where)):
        by_section.setdefault(_head(row.item, where), []).append(row)
    return _grouped({head: _bracketed(rows) for head, rows in by_section.items()})


def signed(review: Review) -> Review:
    """A review in which what nobody signed goes by the name of the copy that it came in."""
    copies = {taken.sha256: taken.name for taken in review.returns}

    def name(item: Item) -> str:
        return item.author or next((copies[each] for each in item.sources if each in copies), "")

    return replace(
        review, items=tuple(item if item.author else replace(item, author=name(item)) for item in review.items)
    )


def wanted_now(item: Item, decision: Decision | None, wanted: Wanted, today: dt.date) -> bool:
    """Whether the filters let an item through."""
    match wanted.state:
        case State.OPEN if decision is not None:
            return False
        case State.DECIDED if decision is None:
            return False
        case State.TODAY if decision is None or _day(decision) != today:
            return False
        case _:
            pass
    if wanted.person is not None and item.author != wanted.person:
        return False
    match wanted.sort:
        case Sort.CHANGES:
            return item.is_change
        case Sort.REMARKS:
            return item.kind in REMARKS
        case Sort.CLASHES:
            return bool(item.clash)
        case Sort.SILENT:
            return item.kind is ItemKind.SILENT
        case Sort.MOVES:
            return item.kind is ItemKind.MOVE
        case Sort.ANY:
            return True


def _rows(
    review: Review, decisions: Mapping[str, Decision], today: dt.date, wanted: Wanted, unfit: Container[str]
) -> Iterator[Row]:
    """The rows that the filters let through; of several people's same change by place only the first."""
    by_key = {item.key: item for item in review.items}
    clashes = {clash.key: clash for clash in review.clashes}
    shown: set[str] = set()
    for item in review.items:
        decision = decisions.get(item.key)
        if not wanted_now(item, decision, wanted, today):
            continue
        if wanted.grouping is Grouping.PLACE and wanted.person is None:
            if item.key in shown:
                continue
            shown.update(item.agrees)
        others = tuple(by_key[key].author for key in item.agrees if key in by_key)
        partners = _partners(item, clashes[item.clash].items, by_key) if item.clash in clashes else ()
        fits = decision is not None or item.key not in unfit
        yield Row(item, decision, (item.author, *others), partners, fits)


def _partners(item: Item, keys: Iterable[str], by_key: Mapping[str, Item]) -> tuple[str, ...]:
    names = (by_key[key].author for key in keys if key in by_key)
    return tuple(dict.fromkeys(name for name in names if name != item.author))


def _together(rows: list[Row]) -> list[Row]:
    """The rows with those of one clash behind the first of it."""
    members: dict[str, list[Row]] = {}
    for row in rows:
        if row.item.clash:
            members.setdefault(row.item.clash, []).append(row)
    result: list[Row] = []
    for row in rows:
        if not row.item.clash:
            result.append(row)
        else:
            result += members.pop(row.item.clash, ())
    return result


def _bracketed(rows: list[Row]) -> list[Row]:
    """The rows, each knowing whether it begins and ends its clash; a clash of which one row is listed is none here."""
    result = []
    for at, row in enumerate(rows):
        clash = row.item.clash
        before = bool(clash) and at > 0 and rows[at - 1].item.clash == clash
        after = bool(clash) and at + 1 < len(rows) and rows[at + 1].item.clash == clash
        alone = not before and not after
        result.append(
            row._replace(first_of_clash=bool(clash) and not before and not alone, last_of_clash=before and not after)
        )
    return result


def _grouped(groups: Mapping[tuple[str, str], list[Row]]) -> list[Listed]:
    result: list[Listed] = []
    for (key, title), rows in groups.items():
        if rows:
            result.append(Group(key, title, sum(row.decision is None for row in rows), len(rows)))
            result += rows
    return result


def _head(item: Item, where: Placing) -> tuple[str, str]:
    """The key and title of the group that an item is in by its place."""
    if item.block is None:
        return "outside", OUTSIDE
    if item.block not in where.places:
        return "gone", GONE
    section = where.sections[item.block]
    return f"section {section}", where.titles.get(section, UNDER_NOTHING)


def _at(item: Item, where: Placing) -> int:
    """The place of an item's block in the pack as it is now; behind all where it has none, and last outside the text."""
    if item.block is None:
        return len(where.places) + 1
    return where.places.get(item.block, len(where.places))


def _clock(decision: Decision | None) -> float:
    return decision.time.timestamp() if decision is not None and decision.time is not None else 0.0


def _day(decision: Decision) -> dt.date | None:
    """The day of a decision where the user is."""
    return decision.time.astimezone().date() if decision.time is not None else None
