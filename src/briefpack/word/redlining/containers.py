"""Bodies, cells and tables of two versions as one: which blocks stayed, came, went and moved."""

import copy
import itertools
from collections.abc import Iterator, Sequence

from lxml import etree
from msgspec import Struct

from briefpack.word.identity import BOOKMARK
from briefpack.word.redlining.adopting import Adopter
from briefpack.word.redlining.alignment import TABLE, Side, aligned, moved
from briefpack.word.redlining.paragraphs import DELETED, INSERTED, KEPT, MOVED_AWAY, MOVED_HERE, Paragraphs
from briefpack.word.wml import child, qn

_GROUPS = frozenset(map(qn, ("w:sdt", "w:customXml")))
_SKIPPED = frozenset(map(qn, (
    "w:sectPr", "w:tcPr", "w:proofErr", "w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd",
    "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd", "w:permStart", "w:permEnd",
)))  # fmt: skip
_SIGNS = frozenset(map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd")))
_PARAGRAPH, _GROUP, _OTHER = "paragraph", "group", "other"
_MATHEMATICS = qn("m:oMath")


class _Block(Struct):
    """A block of one version.

    ``group`` are the elements of one that is held together by a field or a content control; ``signs`` are the bookmarks
    and comments that begin or end before it.
    """

    element: etree._Element
    side: Side
    group: tuple[etree._Element, ...] = ()
    signs: tuple[etree._Element, ...] = ()


class _Entry(Struct):
    """What becomes of a block: a state, what it is in either version, and the name of the move that it is part of."""

    state: str
    old: _Block | None
    new: _Block | None
    move: str = ""

    @property
    def block(self) -> _Block:
        """The newer version that there is."""
        found = self.old if self.new is None else self.new
        assert found is not None
        return found

    @property
    def is_paragraph(self) -> bool:
        return self.block.side.kind == _PARAGRAPH


class Containers:
    """Merges what holds blocks.

    Args:
        paragraphs: writes the paragraphs.
        adopter: makes what stood in the old file ready for the new one.
        moves: whether what moved is told from what went and came.

    Attributes:
        notes: what could not be shown as a change, as sentences.
    """

    def __init__(self, paragraphs: Paragraphs, adopter: Adopter, *, moves: bool) -> None:
        self.notes: dict[str, None] = {}
        self._paragraphs = paragraphs
        self._adopter = adopter
        self._moves = moves
        self._names = itertools.count(1)
        self._ranges: dict[tuple[str, str], str] = {}

    def merged(self, old: etree._Element, new: etree._Element) -> list[etree._Element]:
        """The blocks of two versions of a body or cell as those of one; it ends with a paragraph."""
        before, after = self._blocks(old, new)
        entries = [
            _entry(None if pair.old is None else before[pair.old], None if pair.new is None else after[pair.new])
            for pair in aligned([block.side for block in before], [block.side for block in after])
        ]
        entries = [each for entry in entries for each in self._opened_entry(entry)]
        if self._moves:
            self._tell_moves(entries)
        ends = _ends(entries)
        written = list(self._written(entries, ends.marks))
        self._restyle(entries, ends, written)
        signs = [copy.deepcopy(each) for each in new if each.tag in _SIGNS and not _before_a_block(each)]
        return [*(each for elements in written for each in elements), *signs]

    # Blocks

    def _blocks(self, old: etree._Element, new: etree._Element) -> tuple[list[_Block], list[_Block]]:
        """The blocks of both; groups of which the other has the very same stay whole, others are opened."""
        groups = (_grouped(old), _grouped(new))
        digests = [
            {self._digest(group, is_old=not which) for group in found if _is_group(group)}
            for which, found in enumerate(groups)
        ]
        shared = digests[0] & digests[1]
        return self._side(groups[0], shared, is_old=True), self._side(groups[1], shared, is_old=False)

    def _side(self, groups: list[list[etree._Element]], shared: set[str], *, is_old: bool) -> list[_Block]:
        blocks: list[_Block] = []
        for group in groups:
            if not _is_group(group):
                blocks.append(self._block(group[0], is_old=is_old))
            elif (digest := self._digest(group, is_old=is_old)) in shared:
                blocks.append(_Block(group[0], Side(_GROUP, digest), tuple(group)))
            else:
                blocks += self._opened(group, is_old=is_old)
        if not blocks or blocks[-1].side.kind != _PARAGRAPH:
            blocks.append(_Block(etree.Element(qn("w:p")), Side(_PARAGRAPH, "")))
        return blocks

    def _opened(self, group: Sequence[etree._Element], *, is_old: bool) -> list[_Block]:
        if len(group) > 1:
            self.notes["A table of contents, or another field of several paragraphs, became plain text."] = None
        return [self._block(each, is_old=is_old) for each in _inner(group)]

    def _opened_entry(self, entry: _Entry) -> list[_Entry]:
        """A group that came or went as the blocks that it holds."""
        if entry.state == KEPT or not entry.block.group:
            return [entry]
        is_old = entry.new is None
        found = self._opened(entry.block.group, is_old=is_old)
        return [_entry(each if is_old else None, None if is_old else each) for each in found]

    def _digest(self, group: Sequence[etree._Element], *, is_old: bool) -> str:
        return "".join(self._paragraphs.digest(each, is_old=is_old) for each in group)

    def _block(self, element: etree._Element, *, is_old: bool) -> _Block:
        signs = () if is_old else tuple(_signs_before(element))
        if str(element.tag).startswith(_MATHEMATICS):
            holder = etree.Element(qn("w:p"))
            holder.append(copy.deepcopy(element))
            element = holder
        if element.tag == qn("w:p"):
            side = Side(_PARAGRAPH, self._paragraphs.words(element, is_old=is_old), _identity(element))
        elif element.tag == qn("w:tbl"):
            side = Side(TABLE, self._table_words(element, is_old=is_old), _identity(element))
        else:
            side = Side(_OTHER, self._paragraphs.digest(element, is_old=is_old))
        return _Block(element, side, (), signs)

    def _table_words(self, table: etree._Element, *, is_old: bool) -> str:
        return " ".join(self._paragraphs.words(each, is_old=is_old) for each in table.iter(qn("w:p")))

    # Moves

    def _tell_moves(self, entries: list[_Entry]) -> None:
        """Say of paragraphs that they moved; those that stood and stand one after the other move together."""
        went = [entry for entry in entries if entry.state == DELETED and entry.is_paragraph]
        came = [entry for entry in entries if entry.state == INSERTED and entry.is_paragraph]
        found = moved([entry.block.side for entry in went], [entry.block.side for entry in came])
        places = {id(entry): place for place, entry in enumerate(entries)}
        name, last = "", (-2, -2)
        for old, new in found.items():
            at = (places[id(went[old])], places[id(came[new])])
            if at != (last[0] + 1, last[1] + 1):
                name = f"move{next(self._names)}"
            went[old].state, went[old].move = MOVED_AWAY, name
            came[new].state, came[new].move = MOVED_HERE, name
            last = at

    # Writing

    def _written(self, entries: list[_Entry], marks: list[str]) -> Iterator[list[etree._Element]]:
        last: etree._Element | None = None
        last_state = KEPT
        for entry, mark in zip(entries, marks, strict=True):
            made = self._one(entry, mark)
            if made and last is not None and last.tag == made[0].tag == qn("w:tbl") and entry.state != last_state:
                last.extend(made[0].iterchildren(qn("w:tr")))  # tables of both versions side by side would become one
                made = []
            if made:
                last, last_state = made[-1], entry.state
            if entry.move:
                self._range(entries, entry, made)
            yield [*map(copy.deepcopy, entry.new.signs if entry.new else ()), *made]

    def _range(self, entries: list[_Entry], entry: _Entry, made: list[etree._Element]) -> None:
        """Say where a move begins and ends, if its first or last paragraph is ``made``."""
        group = [each for each in entries if each.move == entry.move and each.state == entry.state]
        tag = f"{entry.state}Range"
        if group[0] is entry:
            starts = self._paragraphs.change(f"{tag}Start")
            starts.set(qn("w:name"), entry.move)
            self._ranges[entry.move, entry.state] = starts.get(qn("w:id"), "")
            made[0].insert(1 if len(made[0]) and made[0][0].tag == qn("w:pPr") else 0, starts)
        if group[-1] is entry:
            ends = etree.Element(qn(f"{tag}End"))
            ends.set(qn("w:id"), self._ranges[entry.move, entry.state])
            made.append(ends)

    def _restyle(self, entries: list[_Entry], ends: "_Ends", written: list[list[etree._Element]]) -> None:
        """Let the last paragraph, whose end was that of an earlier one, look as that did on the side where it is gone."""
        if ends.earlier is None:
            return
        first = next(each for each in written[ends.earlier] if each.tag == qn("w:p"))
        last = next(each for each in reversed(written[-1]) if each.tag == qn("w:p"))
        if entries[-1].state == INSERTED:
            old, new = (
                self._paragraphs.properties_of(first, before=True),
                self._paragraphs.properties_of(last, before=False),
            )
        else:
            old, new = (
                self._paragraphs.properties_of(last, before=True),
                self._paragraphs.properties_of(first, before=False),
            )
        self._paragraphs.restyled(last, old, new)

    def _one(self, entry: _Entry, mark: str) -> list[etree._Element]:
        kind, element = entry.block.side.kind, entry.block.element
        if kind == _GROUP:
            return list(entry.block.group)
        if kind == _PARAGRAPH:
            if entry.old is not None and entry.new is not None:
                return [self._paragraphs.merged(entry.old.element, entry.new.element, mark)]
            return [self._paragraphs.whole(element, entry.state, mark)]
        if kind == TABLE:
            if entry.old is not None and entry.new is not None:
                return [self._table(entry.old.element, entry.new.element)]
            return [self._whole_table(element, entry.state)]
        if entry.state == DELETED:
            self.notes["A file embedded in the text of the old version was left out."] = None
            return []
        return [element]

    # Tables

    def _table(self, old: etree._Element, new: etree._Element) -> etree._Element:
        """Two versions of one table as one."""
        if self._paragraphs.digest(old, is_old=True) == self._paragraphs.digest(new, is_old=False):
            return new
        rows, new_rows = _rows(old), _rows(new)
        sides = [Side(str(len(_cells(row))), self._table_words(row, is_old=True)) for row in rows]
        new_sides = [Side(str(len(_cells(row))), self._table_words(row, is_old=False)) for row in new_rows]
        made = etree.Element(qn("w:tbl"), nsmap=new.nsmap)
        made.extend(copy.deepcopy(each) for each in new if each.tag in {qn("w:tblPr"), qn("w:tblGrid")})
        for pair in aligned(sides, new_sides):
            if pair.old is None and pair.new is not None:
                made.append(self._whole_row(new_rows[pair.new], INSERTED))
            elif pair.new is None and pair.old is not None:
                made.append(self._whole_row(rows[pair.old], DELETED))
            elif pair.new is not None and pair.old is not None:
                made.append(self._row(rows[pair.old], new_rows[pair.new]))
        return made

    def _row(self, old: etree._Element, new: etree._Element) -> etree._Element:
        made = etree.Element(qn("w:tr"), new.attrib, nsmap=new.nsmap)
        made.extend(copy.deepcopy(each) for each in new if each.tag in {qn("w:tblPrEx"), qn("w:trPr")})
        for cell, new_cell in zip(_cells(old), _cells(new), strict=True):
            into = child(made, "w:tc")
            into.extend(copy.deepcopy(each) for each in new_cell.iterchildren(qn("w:tcPr")))
            into.extend(self.merged(cell, new_cell))
        return made

    def _whole_table(self, table: etree._Element, state: str) -> etree._Element:
        made = etree.Element(qn("w:tbl"), nsmap=table.nsmap)
        for each in table.iterchildren(qn("w:tblPr"), qn("w:tblGrid")):
            made.append(self._adopter.adopted(each) if state == DELETED else copy.deepcopy(each))
        made.extend(self._whole_row(row, state) for row in _rows(table))
        return made

    def _whole_row(self, row: etree._Element, state: str) -> etree._Element:
        """A row that came or went, with all its words."""
        is_old = state == DELETED
        made = etree.Element(qn("w:tr"), nsmap=row.nsmap)
        made.extend(copy.deepcopy(each) for each in row if each.tag in {qn("w:tblPrEx"), qn("w:trPr")})
        properties = made.find(qn("w:trPr"))
        if properties is None:
            properties = etree.SubElement(made, qn("w:trPr"))
        properties.append(self._paragraphs.change(state))
        for cell in _cells(row):
            into = child(made, "w:tc")
            into.extend(copy.deepcopy(each) for each in cell.iterchildren(qn("w:tcPr")))
            for block in self._side(_grouped(cell), set(), is_old=is_old):
                entry = _Entry(state, block if is_old else None, None if is_old else block)
                into.extend(map(copy.deepcopy, block.signs))
                into.extend(self._one(entry, state))
        return made


class _Ends(Struct):
    """What becomes of the end of each paragraph, and which paragraph's end came to be the last one's; None where its own."""

    marks: list[str]
    earlier: int | None = None


def _entry(old: _Block | None, new: _Block | None) -> _Entry:
    return _Entry(INSERTED if old is None else DELETED if new is None else KEPT, old, new)


def _ends(entries: list[_Entry]) -> _Ends:
    """What becomes of the ends of paragraphs; the last stays, since a body or cell has to have one.

    Where only paragraphs came after the last that stayed, they began when that one was ended: the ends that came are its
    own and those of all but the last; likewise of paragraphs that went. Where some came and some went, the last of both
    become one paragraph, all words of which were replaced.
    """
    stayed = [at for at, entry in enumerate(entries) if entry.state == KEPT and entry.is_paragraph]
    start = stayed[-1] + 1 if stayed else 0
    for entry in entries[start:]:
        _unmove(entries, entry.move)
    states = [entry.state for entry in entries[start:]]
    if states and (not start or len(set(states)) > 1):
        old = next(entry for entry in reversed(entries) if entry.state == DELETED and entry.is_paragraph)
        new = next(entry for entry in reversed(entries) if entry.state == INSERTED and entry.is_paragraph)
        entries[:] = [entry for entry in entries if entry is not old and entry is not new]
        entries.append(_Entry(KEPT, old.old, new.new))
        states = []
    marks = [entry.state for entry in entries]
    if not states:
        return _Ends(marks)
    marks[start - 1 :] = [*states, KEPT]
    return _Ends(marks, start - 1)


def _unmove(entries: list[_Entry], name: str) -> None:
    """Tell of a move as of what went and came."""
    for entry in entries:
        if name and entry.move == name:
            entry.state = DELETED if entry.state == MOVED_AWAY else INSERTED
            entry.move = ""


def _grouped(container: etree._Element) -> list[list[etree._Element]]:
    """The blocks of a container one by one, those that a field or a content control holds together in one list."""
    found: list[list[etree._Element]] = []
    depth = 0
    for element in container:
        if element.tag in _SKIPPED:
            continue
        if depth:
            found[-1].append(element)
        else:
            found.append([element])
        for sign in element.iter(qn("w:fldChar")):
            depth += {"begin": 1, "end": -1}.get(sign.get(qn("w:fldCharType"), ""), 0)
        depth = max(depth, 0)
    if depth:  # a field that never ends holds nothing together
        last = found.pop()
        found += ([element] for element in last)
    return found


def _is_group(group: list[etree._Element]) -> bool:
    return len(group) > 1 or group[0].tag in _GROUPS


def _inner(group: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """The blocks of a group, without the content controls and fields that held them together."""
    for element in group:
        if element.tag in _GROUPS:
            holder = element.find(qn("w:sdtContent")) if element.tag == qn("w:sdt") else element
            for inner in _grouped(holder) if holder is not None else ():
                yield from _inner(inner) if _is_group(inner) else inner
        elif len(group) > 1:
            plain = copy.deepcopy(element)
            for sign in list(plain.iter(qn("w:fldChar"), qn("w:instrText"))):
                sign.getparent().remove(sign)
            yield plain
        else:
            yield element


def _signs_before(element: etree._Element) -> Iterator[etree._Element]:
    """The bookmarks and comments that begin or end between a block and the one before."""
    found = []
    for each in element.itersiblings(preceding=True):
        if each.tag not in _SIGNS:
            break
        found.append(each)
    yield from reversed(found)


def _before_a_block(sign: etree._Element) -> bool:
    return any(each.tag not in _SIGNS | _SKIPPED for each in sign.itersiblings())


def _rows(table: etree._Element) -> list[etree._Element]:
    """The rows of a table, those in content controls too."""
    return [row for row in table.iter(qn("w:tr")) if next(row.iterancestors(qn("w:tbl"))) is table]


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(qn("w:tc")) if next(cell.iterancestors(qn("w:tr"))) is row]


def _identity(element: etree._Element) -> str:
    """The id of the block of a pack that an element is, as its bookmark says; empty without one."""
    for mark in element.iter(qn("w:bookmarkStart")):
        if mark.get(qn("w:name"), "").startswith(BOOKMARK):
            return str(mark.get(qn("w:name"), "")).removeprefix(BOOKMARK)
    return ""
