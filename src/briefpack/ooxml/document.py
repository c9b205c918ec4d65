"""A whole Word document as values."""

from lxml import etree
from msgspec import Struct

from briefpack.ooxml.comments import FileComment, read_comments
from briefpack.ooxml.names import qn
from briefpack.ooxml.package import Package
from briefpack.ooxml.reading import StoryReader
from briefpack.ooxml.story import Story, StoryItem, StoryParagraph, paragraphs
from briefpack.ooxml.styles import Styles


class Document(Struct, frozen=True):
    """What a Word file says.

    ``story`` is the body; ``stories`` are all its texts: the body first, then footnotes, endnotes, headers and footers.
    ``anchored`` are the ids of the comments that have a place in any of them; ``footnotes`` and ``endnotes`` have the
    notes by their ids; ``furniture`` are the different paragraphs of headers and footers that have words; ``notes``
    what could not be read, as sentences; ``recovered`` the parts that were broken.
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
    stories: tuple[Story, ...] = ()


def read_document(package: Package) -> Document:
    """Everything that an opened Word file says.

    Raises:
        UserError: a part that is needed is missing or cannot be read.
    """
    styles = Styles(package.related_xml("styles"), package.related_xml("numbering"))
    reader = _Parts(package, styles)
    story = reader.body()
    footnotes, endnotes = reader.notes_of("footnote"), reader.notes_of("endnote")
    furniture = reader.furniture()
    return Document(
        story=story,
        styles=styles,
        comments=read_comments(package, styles),
        anchored=frozenset(reader.anchored),
        footnotes=footnotes,
        endnotes=endnotes,
        furniture=furniture,
        notes=tuple(dict.fromkeys(reader.notes)),
        recovered=tuple(package.recovered),
        stories=tuple(reader.stories),
    )


class _Parts:
    """Reads the parts of a file that hold its text."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self.stories: list[Story] = []
        self.notes: list[str] = []
        self.anchored: set[str] = set()
        self._package = package
        self._styles = styles

    def body(self) -> tuple[StoryItem, ...]:
        """The main part."""
        main = self._package.main
        return self._read(self._reader(main), self._package.xml(main), "")

    def notes_of(self, kind: str) -> dict[str, tuple[StoryItem, ...]]:
        """The footnotes or endnotes by their ids, without the lines that separate them from the text."""
        name = self._package.related(f"{kind}s")
        if name is None:
            return {}
        reader = self._reader(name)
        found: dict[str, tuple[StoryItem, ...]] = {}
        for note in self._package.xml(name).iterchildren(qn(f"w:{kind}")):
            if note.get(qn("w:type"), "normal") == "normal":
                where = f"{kind.capitalize()} {len(found) + 1}"
                found[note.get(qn("w:id"), "")] = self._read(reader, note, where)
        return found

    def furniture(self) -> tuple[StoryParagraph, ...]:
        """The different paragraphs of headers and footers that have words."""
        found: dict[str, StoryParagraph] = {}
        for kind, name in self._furniture_parts():
            for paragraph in paragraphs(self._read(self._reader(name), self._package.xml(name), kind.capitalize())):
                found.setdefault(paragraph.text.string.strip(), paragraph)
        found.pop("", None)
        return tuple(found.values())

    def _furniture_parts(self) -> dict[tuple[str, str], None]:
        relationships = self._package.relationships(self._package.main).values()
        kinds = {"header", "footer"}
        return {
            (each.kind, each.target): None
            for each in relationships
            if each.kind in kinds and not each.external and self._package.has(each.target)
        }

    def _reader(self, part: str) -> StoryReader:
        return StoryReader(self._package, part, self._styles)

    def _read(self, reader: StoryReader, root: etree._Element, where: str) -> tuple[StoryItem, ...]:
        """One text; what it holds beside its items is noted."""
        items = reader.read(root)
        self.stories.append(Story(items=items, where=where, part=reader.part, revisions=tuple(reader.revisions)))
        self.notes.extend(reader.notes)
        self.anchored |= reader.anchored
        return items
