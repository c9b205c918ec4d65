"""From what a file states of tracked changes to what somebody did: see :mod:`briefpack.ooxml.changes`."""

import bisect
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

from msgspec.structs import replace

from briefpack.ooxml.changes import Change, ChangeKind, Place
from briefpack.ooxml.flows import GAINS, LOSSES, Atom, Cut, RowAt, TableAt
from briefpack.ooxml.story import Revision, RevisionKind, Story, StoryItem, paragraphs

_Part = tuple[Atom, tuple[Revision, ...]]  # a piece of text, and those of its changes that are looked at
_Key = tuple[str, int]


def changes_of(stories: Sequence[Story]) -> tuple[Change, ...]:
    """Every tracked change in the texts of a file, in reading order; a move stands where its words came to."""
    cuts = [Cut(story) for story in stories]
    _name_moves(cuts)
    moved = _moved(cuts)
    found: list[Change] = []
    for index, (story, cut) in enumerate(zip(stories, cuts, strict=True)):
        found.extend(_StoryChanges(index, story, cut, moved).read())
    found.extend(_moves(stories, cuts, moved))
    return tuple(sorted(found, key=lambda change: _order(change.places)))


def _order(places: Sequence[Place]) -> tuple[int, int, int]:
    first = next((each for each in places if each.kind is RevisionKind.MOVED_TO), places[0])
    return first.story, first.paragraph, first.start


class _StoryChanges:
    """Reads the changes of one story, but for its moves."""

    def __init__(self, index: int, story: Story, cut: Cut, moved: frozenset[str]) -> None:
        self._index = index
        self._story = story
        self._cut = cut
        self._moved = moved
        self._following: dict[int, int] = {}
        for flow in cut.flows:
            numbers = dict.fromkeys(atom.paragraph for atom in flow)
            self._following.update(itertools.pairwise(numbers))

    def read(self) -> Iterator[Change]:
        """All of them, in no order."""
        for flow in self._cut.flows:
            yield from map(self._edit, _grouped(flow, self._edits_of, _Paragraphs(flow, self._edits_of).go_on))
            yield from map(self._format, _grouped(flow, _formats_of, _same_format))
        for table in self._cut.tables:
            yield from self._rows(table)
            yield from self._cells(table)
            yield from self._table_formats(table)
        last = len(self._cut.paragraphs) - 1
        for each in self._story.revisions:
            yield self._change(ChangeKind.FORMAT, [each], [self._at(max(last, 0), each.kind)], about=each.about)

    # Words

    def _edits_of(self, atom: Atom) -> dict[_Key, tuple[Revision, ...]]:
        """The insertions and deletions on a piece of text: by author, and within those of one author by depth.

        What somebody put in and then took out again is two edits of theirs.
        """
        found: dict[_Key, list[Revision]] = {}
        for each in atom.revisions:
            if each.kind is RevisionKind.FORMAT or each.move in self._moved:
                continue
            author, depth = each.proposal.author, 0
            while (author, depth) in found and (found[author, depth][0].kind in GAINS) != (each.kind in GAINS):
                depth += 1
            found.setdefault((author, depth), []).append(each)
        return {key: tuple(each) for key, each in found.items()}

    def _edit(self, group: Sequence[_Part]) -> Change:
        """What one author did to adjoining text."""
        before, after = (_words(group, kinds) for kinds in (LOSSES, GAINS))
        if "\n" in before + after and not (before + after).strip() and any(atom.is_end for atom, _ in group):
            before, after = self._around(group)
            return self._of_text(ChangeKind.PARAGRAPH, group, before, after)
        if not before and not after:  # a picture or a break: words have to say so
            things = {kind: [atom_.about for atom_ in _all(group) if atom_.kind in kind] for kind in (LOSSES, GAINS)}
            before, after = (", ".join(f"[{about}]" for about in things[kind] if about) for kind in (LOSSES, GAINS))
        before, after = _bare(before), _bare(after)
        lost = any(each.kind in LOSSES for each in _all(group))
        gained = any(each.kind in GAINS for each in _all(group))
        kind = ChangeKind.REPLACEMENT if lost and gained else ChangeKind.DELETION if lost else ChangeKind.INSERTION
        return self._of_text(kind, group, before, after)

    def _around(self, group: Sequence[_Part]) -> tuple[str, str]:
        """All the words of paragraphs that were split or joined, before and after."""
        ends = {atom.paragraph: revisions for atom, revisions in group if atom.is_end}
        last = max(ends)
        numbers = [*ends, self._following[last]] if last in self._following else list(ends)
        before, after = [], []
        for number in numbers:
            said = self._cut.paragraphs[number].text.string
            kinds = {each.kind for each in ends.get(number, ())}
            before.append(said + ("" if kinds & GAINS else "\n"))
            after.append(said + ("" if kinds & LOSSES else "\n"))
        return "".join(before).removesuffix("\n"), "".join(after).removesuffix("\n")

    def _format(self, group: Sequence[_Part]) -> Change:
        words = "".join(atom.string for atom, _ in group).strip("\n")
        if not words:
            words = self._cut.paragraphs[group[0][0].paragraph].text.string
        about = ", ".join(dict.fromkeys(each.about for each in _all(group) if each.about))
        return self._of_text(ChangeKind.FORMAT, group, words, words, about)

    def _of_text(self, kind: ChangeKind, group: Sequence[_Part], before: str, after: str, about: str = "") -> Change:
        return self._change(kind, _all(group), _places(self._index, group), before, after, about)

    # Tables

    def _rows(self, table: TableAt) -> Iterator[Change]:
        """Adjoining rows that one author put in or took out are one change."""
        for (author, kind), rows in itertools.groupby(table.rows, self._of_row):
            if kind is None:
                continue
            put = list(rows)
            words = "\n".join("\t".join(_cell_words(cell.items) for cell in each.row.cells) for each in put)
            stated = [each for row in put for each in row.row.revisions if each.kind is kind]
            swallowed = [each for row in put for each in row.swallowed]
            places = [self._at(number, kind) for row in put for number in range(row.first, row.stop)]
            places = places or [self._at(put[0].first, kind)]  # cells without paragraphs
            mine = [each for each in (*stated, *swallowed) if each.proposal.author == author]
            before, after = ("", words) if kind in GAINS else (words, "")
            yield self._change(ChangeKind.TABLE, mine, places, before, after, "row" if len(put) == 1 else "rows")

    def _of_row(self, row: RowAt) -> tuple[str, RevisionKind | None]:
        """Who put a row in or took it out, as far as that is no part of a move."""
        for each in row.row.revisions:
            if each.kind is not RevisionKind.FORMAT and not row.moves & self._moved:
                return each.proposal.author, each.kind
        return "", None

    def _cells(self, table: TableAt) -> Iterator[Change]:
        """The cells that one author put in, took out or merged are one change: they are columns."""
        found: dict[tuple[str, RevisionKind], list[tuple[RowAt, str, Revision]]] = {}
        for row in table.rows:
            for cell in row.row.cells:
                for each in cell.revisions:
                    if each.about == "cell":
                        said = _cell_words(cell.items)
                        found.setdefault((each.proposal.author, each.kind), []).append((row, said, each))
        for (_, kind), cells in found.items():
            words = "\n".join(said for _, said, _ in cells)
            swallowed = [
                each
                for row in {id(row): row for row, _, _ in cells}.values()
                for each in row.swallowed
                if (each.proposal.author, each.kind) == (cells[0][2].proposal.author, kind)
            ]
            places = [self._at(row.first, kind) for row, _, _ in cells]
            before = "" if kind in GAINS else words
            after = "" if kind in LOSSES else words
            about = "merged cells" if kind is RevisionKind.FORMAT else "cells"
            revisions = [*(each for _, _, each in cells), *swallowed]
            yield self._change(ChangeKind.TABLE, revisions, places, before, after, about)

    def _table_formats(self, table: TableAt) -> Iterator[Change]:
        """The changes of the look of a table that one author made are one change."""
        stated = [*table.table.revisions]
        for row in table.rows:
            stated += [*row.row.revisions, *(each for cell in row.row.cells for each in cell.revisions)]
        by_author: dict[str, list[Revision]] = {}
        for each in stated:
            if each.kind is RevisionKind.FORMAT and each.about != "cell":
                by_author.setdefault(each.proposal.author, []).append(each)
        if len(by_author) > 1 and "" in by_author:  # a change of the grid names nobody
            by_author[next(filter(None, by_author))] += by_author.pop("")
        words = "\n".join("\t".join(_cell_words(cell.items) for cell in row.row.cells) for row in table.rows)
        first = table.rows[0].first if table.rows else 0
        for revisions in by_author.values():
            places = [self._at(first, RevisionKind.FORMAT)]
            yield self._change(ChangeKind.FORMAT, revisions, places, words, words, "table")

    # Both

    def _at(self, number: int, kind: RevisionKind) -> Place:
        """The whole of a paragraph as a place."""
        some = self._cut.paragraphs
        length = len(some[number].text) if number < len(some) else 0
        return Place(self._index, number, 0, length, kind)

    def _change(
        self,
        kind: ChangeKind,
        revisions: Sequence[Revision],
        places: Sequence[Place],
        before: str = "",
        after: str = "",
        about: str = "",
    ) -> Change:
        return Change(
            kind=kind,
            author=revisions[0].proposal.author,
            time=next((each.proposal.time for each in revisions if each.proposal.time), None),
            before=before,
            after=after,
            about=about,
            where=self._story.where,
            places=tuple(places),
            numbers=frozenset((self._story.part, each.number) for each in revisions),
        )


# Groups of adjoining text


def _grouped(
    flow: Iterable[Atom],
    pick: Callable[[Atom], dict[_Key, tuple[Revision, ...]]],
    go_on: Callable[[Sequence[_Part], Atom, tuple[Revision, ...]], bool],
) -> Iterator[list[_Part]]:
    """The stretches of a flow on which ``pick`` finds a key all along, and which ``go_on`` does not end before."""
    open_: dict[_Key, list[_Part]] = {}
    for atom in flow:
        here = pick(atom) if atom.revisions else {}
        for key in [key for key in open_ if key not in here and not atom.is_empty]:
            yield open_.pop(key)
        for key, revisions in here.items():
            if key in open_ and not go_on(open_[key], atom, revisions):
                yield open_.pop(key)
            open_.setdefault(key, []).append((atom, revisions))
    yield from open_.values()


class _Paragraphs:
    """Tells where an edit ends though the next words are changed by the same author too.

    A whole paragraph that was put in or taken out is an edit of its own: it does not go on in one changed in part.
    """

    def __init__(self, flow: Iterable[Atom], pick: Callable[[Atom], dict[_Key, tuple[Revision, ...]]]) -> None:
        self._covered: dict[tuple[int, str], int] = {}
        self._lengths: dict[int, int] = {}
        for atom in flow:
            if atom.is_end:
                self._lengths[atom.paragraph] = atom.end
            for author in {author for author, _ in pick(atom)} if atom.revisions else ():
                place = (atom.paragraph, author)
                self._covered[place] = self._covered.get(place, 0) + atom.end - atom.start

    def go_on(self, group: Sequence[_Part], atom: Atom, revisions: tuple[Revision, ...]) -> bool:
        """Whether an edit goes on with a piece of text."""
        last, _ = group[-1]
        if atom.paragraph == last.paragraph or not last.is_end:
            return True
        author = revisions[0].proposal.author
        begun_before = group[0][0].paragraph < last.paragraph
        begins_whole = group[0][0].start == 0 and group[0][0].paragraph == last.paragraph
        whole = (begins_whole or begun_before) and self._is_whole(last.paragraph, author)
        return not (whole and group[0][0].start == 0) or self._is_whole(atom.paragraph, author)

    def _is_whole(self, paragraph: int, author: str) -> bool:
        return self._covered.get((paragraph, author), 0) >= self._lengths[paragraph]


def _formats_of(atom: Atom) -> dict[_Key, tuple[Revision, ...]]:
    """The changes of format on a piece of text, by author."""
    found: dict[_Key, list[Revision]] = {}
    for each in atom.revisions:
        if each.kind is RevisionKind.FORMAT:
            found.setdefault((each.proposal.author, 0), []).append(each)
    return {key: tuple(each) for key, each in found.items()}


def _same_format(group: Sequence[_Part], atom: Atom, revisions: tuple[Revision, ...]) -> bool:
    """Whether text has the format changed as that before it: in the same way, or within a paragraph at the same time."""
    last, before = group[-1]
    if {each.about for each in before} & {each.about for each in revisions}:
        return True
    times = {each.proposal.time for each in before} & {each.proposal.time for each in revisions}
    return last.paragraph == atom.paragraph and bool(times)


def _all(group: Iterable[_Part]) -> list[Revision]:
    return list({each.number: each for _, revisions in group for each in revisions}.values())


def _words(group: Iterable[_Part], kinds: frozenset[RevisionKind]) -> str:
    return "".join(atom.string for atom, revisions in group if any(each.kind in kinds for each in revisions))


def _bare(words: str) -> str:
    """Words without the paragraph ends round them; where there is nothing else, these."""
    return words.strip("\n") or words


def _cell_words(items: Iterable[StoryItem]) -> str:
    return " ".join(filter(None, (each.text.string for each in paragraphs(items))))


def _places(story: int, group: Iterable[_Part]) -> tuple[Place, ...]:
    """Where a group stands; pieces that touch and are of a kind are one place."""
    found: list[Place] = []
    for atom, revisions in group:
        place = Place(story, atom.paragraph, atom.start, atom.end, revisions[0].kind, atom.is_end)
        last = found[-1] if found else None
        if (
            last
            and not last.is_end
            and replace(last, start=0, end=0) == replace(place, start=0, end=0)
            and last.end == place.start
        ):
            found[-1] = replace(last, end=place.end)
        else:
            found.append(place)
    return tuple(found)


# Moves


def _name_moves(cuts: Iterable[Cut]) -> None:
    """Give both sides of a move a name where the file has none, as LibreOffice writes it: the words tell them."""
    sides: dict[RevisionKind, dict[tuple[str, str], list[tuple[list[Atom], list[_Part]]]]]
    sides = {RevisionKind.MOVED_FROM: {}, RevisionKind.MOVED_TO: {}}
    for flow in itertools.chain.from_iterable(cut.flows for cut in cuts):
        for kind, side in sides.items():
            for group in _grouped(flow, functools.partial(_nameless, kind), lambda *_: True):
                said = (
                    atom.string for atom, _ in group if RevisionKind.INSERTION not in {r.kind for r in atom.revisions}
                )
                words = "".join(said).strip("\n")
                if words:
                    side.setdefault((group[0][1][0].proposal.author, words), []).append((flow, group))
    for key, origins in sides[RevisionKind.MOVED_FROM].items():
        pairs = zip(origins, sides[RevisionKind.MOVED_TO].get(key, ()), strict=False)
        for number, pair in enumerate(pairs):
            for flow, group in pair:
                _name(flow, group, f"{number} of {key}")


def _nameless(kind: RevisionKind, atom: Atom) -> dict[_Key, tuple[Revision, ...]]:
    """The changes on a piece of text that are one side of a move without a name, by author."""
    found = tuple(each for each in atom.revisions if each.kind is kind and not each.move)
    return {(found[0].proposal.author, 0): found} if found else {}


def _name(flow: list[Atom], group: Sequence[_Part], name: str) -> None:
    """Name the move that a stretch of a flow is one side of."""
    first, last = (bisect.bisect_left(flow, _place_of(atom), key=_place_of) for atom in (group[0][0], group[-1][0]))
    for index in range(first, last + 1):
        atom = flow[index]
        named = (replace(each, move=name) if _is_nameless_move(each) else each for each in atom.revisions)
        flow[index] = replace(atom, revisions=tuple(named))


def _is_nameless_move(revision: Revision) -> bool:
    return revision.kind in {RevisionKind.MOVED_FROM, RevisionKind.MOVED_TO} and not revision.move


def _place_of(atom: Atom) -> tuple[int, int, int, bool]:
    """Where a piece of text stands in its flow."""
    return atom.paragraph, atom.start, atom.end, atom.is_end


def _moved(cuts: Iterable[Cut]) -> frozenset[str]:
    """The names of the moves of which both sides are there; one side alone is an insertion or deletion."""
    sides: dict[RevisionKind, set[str]] = {RevisionKind.MOVED_FROM: set(), RevisionKind.MOVED_TO: set()}
    for cut in cuts:
        for flow in cut.flows:
            for each in itertools.chain.from_iterable(map(attrgetter("revisions"), flow)):
                if each.move:
                    sides[each.kind].add(each.move)
    return frozenset(sides[RevisionKind.MOVED_FROM] & sides[RevisionKind.MOVED_TO])


def _moves(stories: Sequence[Story], cuts: Sequence[Cut], moved: frozenset[str]) -> Iterator[Change]:
    found: dict[str, list[tuple[int, _Part]]] = {name: [] for name in moved}
    rows: dict[str, list[tuple[int, Revision]]] = {name: [] for name in moved}
    for index, cut in enumerate(cuts):
        for atom in itertools.chain.from_iterable(cut.flows):
            for name in {each.move for each in atom.revisions} & moved:
                mine = tuple(each for each in atom.revisions if each.move == name)
                found[name].append((index, (atom, mine)))
        for row in itertools.chain.from_iterable(table.rows for table in cut.tables):
            for name in sorted(row.moves & moved)[:1]:
                of_row = (each for each in row.row.revisions if each.kind is not RevisionKind.FORMAT)
                rows[name].extend((index, each) for each in of_row)
    for name, parts in found.items():
        yield _move(stories, parts, rows[name])


def _move(stories: Sequence[Story], parts: Sequence[tuple[int, _Part]], rows: Sequence[tuple[int, Revision]]) -> Change:
    sides = {
        kind: [(index, part) for index, part in parts if any(each.kind is kind for each in part[1])]
        for kind in (RevisionKind.MOVED_FROM, RevisionKind.MOVED_TO)
    }
    before, after = (_bare("".join(atom.string for _, (atom, _) in side)) for side in sides.values())
    first, (_, revisions) = sides[RevisionKind.MOVED_TO][0]
    numbers = {(index, each.number) for index, (_, some) in parts for each in some}
    numbers |= {(index, each.number) for index, each in rows}
    by_story = itertools.groupby(parts, key=lambda each: each[0])
    return Change(
        kind=ChangeKind.MOVE,
        author=revisions[0].proposal.author,
        time=revisions[0].proposal.time,
        before=before,
        after=after,
        where=stories[first].where,
        places=tuple(place for index, some in by_story for place in _places(index, [part for _, part in some])),
        numbers=frozenset((stories[index].part, number) for index, number in numbers),
    )
