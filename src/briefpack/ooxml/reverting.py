"""Tracked changes of format settled: the new format kept, or the old one put back.

A change stands last in the properties that it changes and holds the whole of the old ones, but for what those may not
hold: the change of a paragraph's end, of its section, and the headers of a section are not its business.
"""

from lxml import etree

from briefpack.ooxml.names import qn

_FIRST = {
    qn("w:rPr"): frozenset(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo"))),
    qn("w:sectPr"): frozenset(map(qn, ("w:headerReference", "w:footerReference"))),
}
"""By the properties what stays at their beginning, whatever the old ones were."""

_LAST = {
    qn("w:pPr"): frozenset(map(qn, ("w:rPr", "w:sectPr"))),
    qn("w:trPr"): frozenset(map(qn, ("w:ins", "w:del"))),
    qn("w:tcPr"): frozenset(map(qn, ("w:cellIns", "w:cellDel", "w:cellMerge"))),
}
"""What stays at their end."""

_NUMBERING = frozenset(map(qn, ("w:numberingChange", "w:ins")))


def settle_format(change: etree._Element, *, accepted: bool) -> None:
    """Keep the format that a change proposes, or put back the one before it, and take the change away."""
    properties = change.getparent()
    if properties is None:
        return
    if not accepted and change.tag in _NUMBERING:
        if change.tag == qn("w:ins") and properties.getparent() is not None:  # a list that was put in
            properties.getparent().remove(properties)
            return
    elif not accepted:
        _put_back(properties, next(change.iterchildren("*"), None))
    if change.getparent() is not None:
        properties.remove(change)


def _put_back(properties: etree._Element, old: etree._Element | None) -> None:
    """The old properties in place of the new; none where the change states none, as LibreOffice writes it."""
    first, last = (kept.get(properties.tag, frozenset()) for kept in (_FIRST, _LAST))
    now = list(properties)
    before = [] if old is None else list(old)
    properties[:] = [
        *(child for child in now if child.tag in first),
        *before,
        *(child for child in now if child.tag in last),
    ]


def settle_merged_cells(change: etree._Element, *, accepted: bool) -> None:
    """A ``w:cellMerge``: the cell goes on from the one above as proposed, or as it did before."""
    properties = change.getparent()
    stated = change.get(qn("w:vMerge") if accepted else qn("w:vMergeOrig"))
    for merged in properties.findall(qn("w:vMerge")):
        properties.remove(merged)
    if stated:
        merged = properties.makeelement(qn("w:vMerge"), {qn("w:val"): "restart" if stated == "rest" else "continue"})
        change.addprevious(merged)
        order = [child for child in properties if child.tag in _BEFORE_MERGED]
        properties.insert(len(order), merged)
    properties.remove(change)


_BEFORE_MERGED = frozenset(map(qn, ("w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge")))
