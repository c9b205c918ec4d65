"""Which style of a template each kind of paragraph takes, and the styles that a user's own template lacks.

A style is found by its name, never its id: the ids of a German Word's templates are German, the names of built-in
styles are not.
"""

import copy

from lxml import etree

from briefpack.word.wml import qn

_REFERENCES = ("w:basedOn", "w:next", "w:link")


class StyleIds:
    """The ids of a document's styles by their names; case does not count.

    Args:
        styles: the root of the styles part.
    """

    def __init__(self, styles: etree._Element) -> None:
        self._ids: dict[str, str] = {
            name: style.get(qn("w:styleId")) for style in _styles(styles) if (name := _name(style))
        }
        default = _default(styles)
        if default is not None:
            self._ids["normal"] = default

    def __getitem__(self, name: str) -> str:
        """The id of the style of this name; KeyError where there is none."""
        return self._ids[name.lower()]


def grafted(base: etree._Element, onto: etree._Element, number_shift: int) -> dict[str, str]:
    """The styles of the base template that another template lacks, added to it.

    Args:
        base: ``w:styles`` of the base template; it is not changed.
        onto: ``w:styles`` to add to.
        number_shift: what is added to the ids of the base template's lists in the other template.

    Returns:
        The ids of the added styles by their ids in the base.
    """
    there = StyleIds(onto)
    taken = {style.get(qn("w:styleId")) for style in _styles(onto)}
    ids, added = {}, {}
    for style in _styles(base):
        own = style.get(qn("w:styleId"))
        try:
            ids[own] = there[_name(style)]
        except KeyError:
            ids[own] = added[own] = _free(own, taken)
    for style in _styles(base):
        if style.get(qn("w:styleId")) in added:
            onto.append(_adapted(style, ids, number_shift))
    return added


def _adapted(style: etree._Element, ids: dict[str, str], number_shift: int) -> etree._Element:
    made = copy.deepcopy(style)
    made.set(qn("w:styleId"), ids[style.get(qn("w:styleId"))])
    made.attrib.pop(qn("w:default"), None)
    for tag in _REFERENCES:
        for reference in made.iterchildren(qn(tag)):
            reference.set(qn("w:val"), ids[reference.get(qn("w:val"))])
    for number in made.iter(qn("w:numId")):
        number.set(qn("w:val"), str(int(number.get(qn("w:val"))) + number_shift))
    return made


def _free(wanted: str, taken: set[str]) -> str:
    """``wanted``, or where another style has that id already, one like it."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}Briefing{number}"
    taken.add(found)
    return found


def _styles(styles: etree._Element) -> list[etree._Element]:
    return [style for style in styles.iterchildren(qn("w:style")) if style.get(qn("w:styleId"))]


def _name(style: etree._Element) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else name.get(qn("w:val"), "").lower()


def _default(styles: etree._Element) -> str | None:
    """The id of the paragraph style that holds where none is named."""
    for style in _styles(styles):
        if style.get(qn("w:type"), "paragraph") == "paragraph" and style.get(qn("w:default")) in {"1", "true", "on"}:
            return str(style.get(qn("w:styleId")))
    return None
