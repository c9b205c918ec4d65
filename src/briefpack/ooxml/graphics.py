"""The words of charts and diagrams, which lie in parts of their own."""

from lxml import etree

from briefpack.ooxml.names import qn
from briefpack.ooxml.package import Package

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"

CHART = f"{{{_CHART}}}chart"
DIAGRAM = f"{{{_DIAGRAM}}}relIds"

_MOST = 4000
"""Characters of one graphic's words that are taken."""


def words_of_graphic(element: etree._Element, package: Package, part: str) -> str:
    """What a chart (its title, series and labels) or a diagram says, one thing after the other; empty where nothing.

    Raises:
        UserError: its part is over the limits, or nothing of it can be read.
    """
    identifier = element.get(qn("r:id") if element.tag == CHART else qn("r:dm"))
    relationship = package.relationships(part).get(identifier or "")
    if relationship is None or relationship.external or not package.has(relationship.target):
        return ""
    root = package.xml(relationship.target)
    if element.tag == CHART:
        found = _chart_words(root)
    else:
        found = ["".join(run.text or "" for run in each.iter(qn("a:t"))) for each in root.iter(qn("a:p"))]
    said = "; ".join(dict.fromkeys(" ".join(each.split()) for each in found if each.strip()))
    return said if len(said) <= _MOST else said[: _MOST - 1] + "…"


def _chart_words(root: etree._Element) -> list[str]:
    """Titles first, then the names of series and categories; figures without a name say nothing by themselves."""
    titles = ["".join(run.text or "" for run in each.iter(qn("a:t"))) for each in root.iter(qn("a:p"))]
    named = [
        value.text or ""
        for tag in ("tx", "cat")
        for holder in root.iter(f"{{{_CHART}}}{tag}")
        for value in holder.iter(f"{{{_CHART}}}v")
    ]
    return [*titles, *named]
