"""A whole Word document as values."""

from msgspec import Struct

from briefpack.ooxml.comments import FileComment, read_comments
from briefpack.ooxml.names import qn
from briefpack.ooxml.package import Package
from briefpack.ooxml.reading import StoryReader
from briefpack.ooxml.story import StoryItem, StoryParagraph, paragraphs
from briefpack.ooxml.styles import Styles


class Document(Struct, frozen=True):
    """What a Word file says.

    XX    ``notes`` what could not be read, as sentences; ``recovered`` the parts that were broken.
    """

    story: tuple[StoryItem, ...]
    styles: Styles
    comments: tuple[FileComment, ...] = ()
    anchored: frozenset[str] = frozenset()
    footnotes: dict[str, tuple[StoryItem, ...]] = {}
    endnotes: dict[str, tuple[StoryItem, ...]] = {}
    furniture: tuple[StoryParagraph, ...] = ()
    notes: tuple[str, ...] = ()
    recovered: tuple[str, ...] = ()


def read_document(package: Package) -> Document:
    """Everything that an opened Word file says.

    Raises:
        UserError: a part that is needed is missing or cannot be read.
    """
    styles = Styles(package.related_xml("styles"), package.related_xml("numbering"))
    reader = StoryReader(package, package.main, styles)
    story = reader.read(package.xml(package.main))
    return Document(
        story=story,
        styles=styles,
        comments=read_comments(package, styles),
        anchored=frozenset(reader.anchored),
        footnotes=_notes(package, styles, "footnote"),
        endnotes=_notes(package, styles, "endnote"),
        furniture=_furniture(package, styles),
        notes=tuple(dict.fromkeys(reader.notes)),
        recovered=tuple(package.recovered),
    )


def _notes(package: Package, styles: Styles, kind: str) -> dict[str, tuple[StoryItem, ...]]:
    """The footnotes or endnotes by their ids, without the lines that separate them from the text."""
    name = package.related(f"{kind}s")
    if name is None:
        return {}
    return {
        note.get(qn("w:id"), ""): StoryReader(package, name, styles).read(note)
        for note in package.xml(name).iterchildren(qn(f"w:{kind}"))
        if note.get(qn("w:type"), "normal") == "normal"
    }


def _furniture(package: Package, styles: Styles) -> tuple[StoryParagraph, ...]:
    """The different paragraphs of headers and footers that have words."""
    found: dict[str, StoryParagraph] = {}
    for relationship in package.relationships(package.main).values():
        if relationship.kind in {"header", "footer"} and not relationship.external and package.has(relationship.target):
            reader = StoryReader(package, relationship.target, styles)
            for paragraph in paragraphs(reader.read(package.xml(relationship.target))):
                found.setdefault(paragraph.text.string.strip(), paragraph)
    found.pop("", None)
    return tuple(found.values())
