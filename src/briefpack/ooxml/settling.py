"""The tracked changes of one part settled, each accepted or rejected, so that the part reads as Word would leave it.

What is taken out leaves behind what others rely on: the marks of comments, the half of a bookmark whose other half
stays, and the characters of a field of which a part stays.
"""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from briefpack.ooxml.flows import GAINS, LOSSES
from briefpack.ooxml.names import qn
from briefpack.ooxml.reverting import settle_format, settle_merged_cells
from briefpack.ooxml.tracking import AROUND, CELLS, FORMATS, MOVE_ENDS, MOVE_STARTS

_COMMENT_MARKS = frozenset(map(qn, ("w:commentRangeStart", "w:commentRangeEnd")))
_PAIRS = {qn("w:bookmarkStart"): qn("w:bookmarkEnd"), qn("w:permStart"): qn("w:permEnd")}
_HALVES = frozenset({*_PAIRS, *_PAIRS.values()})
_RANGES = frozenset({*_COMMENT_MARKS, *_HALVES, *MOVE_STARTS, *MOVE_ENDS, qn("w:proofErr")})
_CODES = frozenset(map(qn, ("w:instrText", "w:delInstrText")))
_FIELD = frozenset({qn("w:fldChar"), *_CODES})
_WRAPPERS = frozenset(map(qn, (
    "w:hyperlink", "w:smartTag", "w:customXml", "w:fldSimple", "w:sdt", "w:sdtContent", "w:dir", "w:bdo", "m:oMath",
    "m:oMathPara",
)))  # fmt: skip
_OWN = frozenset(map(qn, (
    "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:pPr", "w:rPr", "w:fldData", "m:oMathParaPr", "w:tblPr",
    "w:tblGrid", "w:trPr", "w:tcPr", "w:tblPrEx",
)))  # fmt: skip
"""What belongs to an element and is none of its content."""

_BLOCKS = frozenset(map(qn, ("w:p", "w:tbl")))
_AROUND_BLOCKS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", *("w:ins", "w:del"))))
_CONTAINERS = tuple(map(qn, (
    "w:body", "w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment", "w:txbxContent",
)))  # fmt: skip
_CUSTOM_RANGE = "customXml"


class Settling:
    """Settles the changes of one part.

    Args:
        root: the part, which is changed.
        verdicts: by its elements that are tracked changes whether each is accepted; those that are missing stay.
    """

    def __init__(self, root: etree._Element, verdicts: Mapping[etree._Element, bool]) -> None:
        self._root = root
        self._verdicts = verdicts
        self._kept_of_fields: set[etree._Element] = set()

    def settle(self) -> None:
        """Do it."""
        for change, accepted in self._verdicts.items():
            if change.tag in FORMATS or (change.tag == qn("w:ins") and _parent_tag(change) == qn("w:numPr")):
                settle_format(change, accepted=accepted)
            elif change.tag == qn("w:cellMerge"):
                settle_merged_cells(change, accepted=accepted)
            elif _parent_tag(change) == qn("m:ctrlPr"):
                self._settle_formula(change, accepted=accepted)
        going = self._going()
        self._keep_broken_fields(going)
        self._settle_content(going)
        self._settle_cells_and_rows(going)
        self._settle_ends()
        self._finish()

    # Runs and what stands round them

    def _around(self) -> Iterator[tuple[etree._Element, bool]]:
        """The changes that stand round what they change, with their verdicts."""
        for change, accepted in self._verdicts.items():
            if change.tag in AROUND and _parent_tag(change) not in _FLAGGED:
                yield change, accepted

    def _going(self) -> set[etree._Element]:
        """The elements that go with all that is in them: changes, rows and cells."""
        going = {change for change, accepted in self._around() if _takes_out(change, accepted)}
        for change, accepted in self._verdicts.items():
            parent = change.getparent()
            if parent is not None and parent.tag in {qn("w:trPr"), qn("w:tcPr")} and _takes_out(change, accepted):
                going.add(parent.getparent())
        going.update([row for row in self._root.iter(qn("w:tr")) if self._ends_go(row) and not _stays(row, going)])
        return going

    def _ends_go(self, row: etree._Element) -> bool:
        """Whether the ends of all paragraphs of a row go, those of its cells too: so Word says that a row was moved."""
        ends = [
            next(iter(cell.findall(f"{qn('w:p')}[last()]/{qn('w:pPr')}/{qn('w:rPr')}")), None)
            for cell in row.iterchildren(qn("w:tc"))
        ]
        return bool(ends) and all(of_end is not None and self._goes(of_end) for of_end in ends)

    def _goes(self, of_end: etree._Element) -> bool:
        """Whether the end of a paragraph goes, by the properties of its end."""
        verdicts = ((change, self._verdicts.get(change)) for change in of_end.iterchildren(*AROUND))
        return any(accepted is not None and _takes_out(change, accepted) for change, accepted in verdicts)

    def _keep_broken_fields(self, going: set[etree._Element]) -> None:
        """Keep the characters of fields that would lose some and not all of them, and a code for each of them."""
        for characters, codes in _fields(self._root):
            lost = [each for each in characters if _is_in(each, going)]
            if lost and len(lost) < len(characters):
                self._kept_of_fields.update(lost)
                if all(_is_in(code, going) for code in codes):
                    self._kept_of_fields.update(codes)

    def _settle_content(self, going: set[etree._Element]) -> None:
        for change, accepted in reversed(list(self._around())):  # what is inside before what is round it
            if not _is_attached(change, self._root):
                continue
            if change in going:
                self._drop(change)
            elif accepted or change.tag in {qn("w:del"), qn("w:moveFrom")}:
                _unwrap(change)

    def _drop(self, element: etree._Element) -> None:
        """Take an element out but for what has to stay; what held nothing else goes with it."""
        self._place(list(self._keepers(element)), element)
        parent = element.getparent()
        parent.remove(element)
        while parent.tag in _WRAPPERS and not _has_content(parent) and parent.getparent() is not None:
            for left in [child for child in parent if child.tag in _RANGES]:
                parent.addprevious(left)
            element, parent = parent, parent.getparent()
            parent.remove(element)

    def _keepers(self, element: etree._Element) -> Iterator[etree._Element]:
        """What has to stay of an element: marks of comments, halves of pairs, and what keeps a field whole."""
        halves: dict[tuple[str, str | None], list[etree._Element]] = {}
        for mark in element.iter(*_HALVES):
            halves.setdefault((_PAIRS.get(mark.tag, mark.tag), mark.get(qn("w:id"))), []).append(mark)
        lone = {each[0] for each in halves.values() if len(each) == 1}
        for inner in element.iter():
            if inner.tag in _COMMENT_MARKS or inner.tag in MOVE_STARTS or inner.tag in MOVE_ENDS or inner in lone:
                yield inner
            elif inner.tag == qn("w:r"):
                stays = [
                    child
                    for child in inner
                    if child.tag == qn("w:commentReference") or (child.tag in _FIELD and child in self._kept_of_fields)
                ]
                if stays:
                    inner[:] = [child for child in inner if child.tag == qn("w:rPr") or child in stays]
                    yield inner

    def _place(self, keepers: Iterable[etree._Element], before: etree._Element) -> None:
        """Put what stays where an element is that goes; runs need a paragraph to stand in."""
        in_paragraph = any(each.tag == qn("w:p") for each in before.iterancestors())
        for each in keepers:
            if in_paragraph or each.tag != qn("w:r"):
                before.addprevious(_bare(each))
            elif (paragraph := _paragraph_after(before)) is not None:
                _prepend(paragraph, [each])

    def _settle_formula(self, change: etree._Element, *, accepted: bool) -> None:
        """A change of a part of a formula, such as a fraction: what is left of one that goes is what stands in it."""
        part = next(change.getparent().iterancestors(), change).getparent()
        change.getparent().remove(change)
        if part is not None and _takes_out(change, accepted) and next(part.iter(qn("m:r")), None) is None:
            self._drop(part)

    # Tables

    def _settle_cells_and_rows(self, going: set[etree._Element]) -> None:
        for change, accepted in self._verdicts.items():
            properties = change.getparent()
            if properties is None or properties.tag not in {qn("w:trPr"), qn("w:tcPr")} or change.tag in FORMATS:
                continue
            element = properties.getparent()
            if not _is_attached(element, self._root):
                continue
            if not _takes_out(change, accepted):
                properties.remove(change)
        for element in going:
            if element.tag in {qn("w:tr"), qn("w:tc")} and _is_attached(element, self._root):
                self._drop_from_table(element)

    def _drop_from_table(self, element: etree._Element) -> None:
        """Take a row or cell out; a row without cells goes, and so does a table without rows."""
        around = element.getparent()
        self._drop(element)
        if around.getparent() is None or around.tag not in {qn("w:tr"), qn("w:tbl"), qn("w:sdtContent")}:
            return
        holder = qn("w:tc") if around.tag == qn("w:tr") else qn("w:tr")
        if next(around.iter(holder), None) is None:
            self._drop_from_table(around)

    # Paragraph ends

    def _settle_ends(self) -> None:
        joined = []
        for paragraph in self._root.iter(qn("w:p")):
            of_end = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
            if of_end is None:
                continue
            if self._goes(of_end):
                joined.append(paragraph)
            for change in list(of_end.iterchildren(*AROUND)):
                if change in self._verdicts:
                    of_end.remove(change)
        for paragraph in reversed(joined):
            self._join(paragraph)

    def _join(self, paragraph: etree._Element) -> None:
        """Let a paragraph run on into the next, whose properties the two then have.

        The last of its container stays, and so does one before a table, unless nothing is left in it.
        """
        between, following = _next_block(paragraph)
        content = [child for child in paragraph if child.tag != qn("w:pPr")]
        if following is None:
            return
        if following.tag == qn("w:p"):
            _prepend(following, [*content, *between])
            self._drop(paragraph)
        elif all(each.tag in _RANGES for each in content):
            self._drop(paragraph)

    # The end

    def _finish(self) -> None:
        self._end_moves()
        for element in list(self._root.iter()):
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            if name.startswith(_CUSTOM_RANGE) and name.endswith(("RangeStart", "RangeEnd")):
                element.getparent().remove(element)
        for element in list(self._root.iter(qn("w:delText"), qn("w:delInstrText"))):
            if not any(each.tag == qn("w:del") for each in element.iterancestors()):
                element.tag = qn("w:t") if element.tag == qn("w:delText") else qn("w:instrText")
        for deletion in self._root.iter(qn("w:del")):
            for element in deletion.iter(qn("w:t")):
                element.tag = qn("w:delText")
        for container in self._root.iter(*_CONTAINERS):
            _end_with_paragraph(container)

    def _end_moves(self) -> None:
        """Take away the names of moves of which nothing is left to be settled."""
        left: dict[str, int] = {}
        open_: dict[tuple[str, str | None], etree._Element] = {}
        done: list[etree._Element] = []
        for element in self._root.iter(*MOVE_STARTS, *MOVE_ENDS, qn("w:moveFrom"), qn("w:moveTo")):
            side = "From" if "From" in element.tag else "To"
            if element.tag in MOVE_STARTS:
                open_[side, element.get(qn("w:id"))] = element
                left[element.get(qn("w:name"), "")] = left.get(element.get(qn("w:name"), ""), 0)
            elif element.tag in MOVE_ENDS:
                start = open_.pop((side, element.get(qn("w:id"))), None)
                done.extend([element] if start is None else [start, element])
            else:
                for (of_side, _), start in open_.items():
                    if of_side == side:
                        left[start.get(qn("w:name"), "")] += 1
        names = {name for name, count in left.items() if count}
        unsettled = {
            each.get(qn("w:id")) for each in done if each.tag in MOVE_STARTS and each.get(qn("w:name")) in names
        }
        for element in (*done, *open_.values()):
            if element.get(qn("w:id")) not in unsettled and element.getparent() is not None:
                element.getparent().remove(element)


_FLAGGED = frozenset(map(qn, ("w:rPr", "w:trPr", "w:numPr", "m:ctrlPr", "w:tcPr")))
"""Properties in which a change is a flag and stands round nothing."""

_TAKES = {**{tag: kind in GAINS for tag, kind in (AROUND | CELLS).items() if kind in GAINS | LOSSES}}


def _takes_out(change: etree._Element, accepted: bool) -> bool:
    """Whether a verdict takes out what a change is about: an insertion rejected, or a deletion accepted."""
    return change.tag in _TAKES and _TAKES[change.tag] is not accepted


def _parent_tag(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else parent.tag


def _is_in(element: etree._Element, those: set[etree._Element]) -> bool:
    return any(each in those for each in element.iterancestors())


def _stays(row: etree._Element, going: set[etree._Element]) -> bool:
    """Whether a row has text that does not go."""
    return any(not _is_in(run, going) for run in row.iter(qn("w:r")))


def _is_attached(element: etree._Element, root: etree._Element) -> bool:
    return element is root or any(each is root for each in element.iterancestors())


def _bare(element: etree._Element) -> etree._Element:
    """The element without the white space behind it, which must not move with it."""
    element.tail = None
    return element


def _unwrap(element: etree._Element) -> None:
    """Put what an element holds in its place."""
    for child in list(element):
        element.addprevious(_bare(child))
    element.getparent().remove(element)


def _has_content(element: etree._Element) -> bool:
    return any(child.tag not in _OWN and child.tag not in _RANGES for child in element)


def _prepend(paragraph: etree._Element, content: list[etree._Element]) -> None:
    """Put content at the beginning of a paragraph, behind its properties."""
    first = next(paragraph.iterchildren(), None)
    for each in reversed(content):
        if first is not None and first.tag == qn("w:pPr"):
            first.addnext(_bare(each))
        else:
            paragraph.insert(0, _bare(each))


def _paragraph_after(element: etree._Element) -> etree._Element | None:
    """The next paragraph after an element in its part; the last before it where there is none."""
    for later in element.itersiblings():
        found = next(later.iter(qn("w:p")), None)
        if found is not None:
            return found
    for earlier in element.itersiblings(preceding=True):
        found = next(reversed(list(earlier.iter(qn("w:p")))), None)
        if found is not None:
            return found
    parent = element.getparent()
    return None if parent is None else _paragraph_after(parent)


def _next_block(paragraph: etree._Element) -> tuple[list[etree._Element], etree._Element | None]:
    """The paragraph or table that follows one in its container, and the marks between the two."""
    between: list[etree._Element] = []
    at = paragraph
    while True:
        for later in at.itersiblings():
            block = later if later.tag in _BLOCKS else next(later.iter(*_BLOCKS), None)
            if later.tag in _AROUND_BLOCKS or later.tag in _BLOCKS:
                if block is not None:
                    return between, block
            elif later.tag in _RANGES:
                between.append(later)
            else:
                return between, None
        at = at.getparent()
        if at is None or at.tag not in _AROUND_BLOCKS:
            return between, None


def _end_with_paragraph(container: etree._Element) -> None:
    """Let a container end with a paragraph, as every one but the body must; and let the body not be empty."""
    last = [child for child in container if child.tag not in _OWN and child.tag not in _RANGES]
    body = container.tag == qn("w:body")
    last = [child for child in last if child.tag != qn("w:sectPr")]
    if last and (body or next(reversed(list(last[-1].iter(*_BLOCKS))), last[-1]).tag != qn("w:tbl")):
        return
    if last and not body and last[-1].tag != qn("w:tbl"):
        return
    new = container.makeelement(qn("w:p"))
    if last:
        last[-1].addnext(new)
    else:
        container.insert(sum(child.tag in _OWN for child in container), new)


def _fields(root: etree._Element) -> Iterator[tuple[list[etree._Element], list[etree._Element]]]:
    """Each complex field that begins and ends: its characters, and the pieces of its code."""
    open_: list[tuple[list[etree._Element], list[etree._Element]]] = []
    for element in root.iter(*_FIELD):
        if element.tag in _CODES:
            if open_:
                open_[-1][1].append(element)
            continue
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            open_.append(([element], []))
        elif open_:
            open_[-1][0].append(element)
            if kind == "end":
                yield open_.pop()
