"""Runs: characters that share their formats."""

from lxml import etree

from briefpack.ooxml.names import qn
from briefpack.ooxml.story import Revision
from briefpack.ooxml.styles import Styles, formats_of, is_on, value
from briefpack.ooxml.tracking import Tracking
from briefpack.pack.text import MarkKind


class Run:
    """The formats of a run: those that it has, and those that it has not whatever the paragraph's style says.

    ``revisions`` are the tracked changes of its format; ``hidden`` says that it has words which are not shown.
    """

    def __init__(self) -> None:
        self.marks: dict[MarkKind, str] = {}
        self.off: set[MarkKind] = set()
        self.revisions: tuple[Revision, ...] = ()
        self.hidden = False


def read_run(element: etree._Element, styles: Styles, tracking: Tracking, *, in_link: bool) -> Run:
    """The formats that a ``w:r`` states."""
    run = Run()
    properties = element.find(qn("w:rPr"))
    if properties is None:
        return run
    character = value(properties.find(qn("w:rStyle")))
    by_style = styles.formats(character) if character else {}
    if in_link:  # the blue underline of a link is its look, not a format of the words
        by_style = {kind: on for kind, on in by_style.items() if kind != MarkKind.UNDERLINE}
    stated = {**by_style, **formats_of(properties)}
    run.marks.update((kind, "") for kind, on in stated.items() if on)
    run.off.update(kind for kind, on in stated.items() if not on)
    colour = value(properties.find(qn("w:highlight")))
    if colour and colour != "none":
        run.marks[MarkKind.HIGHLIGHT] = colour
    run.revisions = tuple(tracking.of_properties(properties))
    hidden = properties.find(qn("w:vanish"))
    run.hidden = hidden is not None and is_on(hidden) and element.find(qn("w:t")) is not None
    return run
