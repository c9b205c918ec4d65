"""Word files: one document each, as it reads when tracked changes are accepted. Read in a child process."""

from collections.abc import Iterable, Iterator, Sequence

from briefpack.archive.debris import Line, trimmed
from briefpack.archive.readers.base import Found, Reader, Reading
from briefpack.archive.structure import Row, Sign
from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from briefpack.ooxml.story import StoryParagraph, paragraphs
from briefpack.pack.text import MarkKind, Text

_LONGEST_TITLE = 200


def read(data: bytes, name: str) -> Reading:
    """The one document of a Word file. Its title has the style Title, or is the first heading or a short first line."""
    document = read_document(open_package(data, name))
    rows = list(_rows(_as_accepted(paragraphs(document.story))))
    titles = [place for place, (paragraph, _) in enumerate(rows) if paragraph.style.lower() == "title"]
    place = titles[0] if titles else _first_line(rows)
    title = rows[place][1].line.text if place is not None else name
    structured = any(row.sign is Sign.HEADING for _, row in rows)
    kept = [_settled(row, structured=structured) for at, (_, row) in enumerate(rows) if at != place]
    return Reading((Found(title, tuple(kept)),))


def _as_accepted(found: Iterable[StoryParagraph]) -> Iterator[StoryParagraph]:
    """The paragraphs without what is proposed to be deleted; where that is the end of one, it runs on into the next."""
    carried = Text()
    for paragraph in found:
        text = carried + _without_deletions(paragraph.text)
        if paragraph.deleted is not None:
            carried = text
            continue
        carried = Text()
        yield StoryParagraph(text=text, style=paragraph.style, heading=paragraph.heading, place=paragraph.place)
    if carried:
        yield StoryParagraph(text=carried)


def _without_deletions(text: Text) -> Text:
    return Text("".join(piece for piece, marks in text.runs() if not any(m.kind is MarkKind.DELETION for m in marks)))


def _rows(found: Iterable[StoryParagraph]) -> Iterator[tuple[StoryParagraph, Row]]:
    """Each paragraph with its rows; a line break within a paragraph begins a new one. Places count the lines above."""
    start = 0
    for paragraph in found:
        for text in paragraph.text.string.split("\n"):
            line = trimmed(Line(text, start, start + len(text)))
            start += len(text) + 1
            if line is None:
                continue
            if paragraph.heading is not None:
                yield paragraph, Row(line, Sign.HEADING)
            elif paragraph.place is not None:
                yield paragraph, Row(line, Sign.BULLET, paragraph.place.level)
            else:
                yield paragraph, Row(line)


def _first_line(rows: Sequence[tuple[StoryParagraph, Row]]) -> int | None:
    """The place of the first line, if it can be the title: it is short and something follows."""
    return 0 if len(rows) > 1 and len(rows[0][1].line.text) <= _LONGEST_TITLE else None


def _settled(row: Row, *, structured: bool) -> Row:
    """A row of a document with real headings is not taken for one because it is short."""
    return Row(row.line, Sign.TEXT) if structured and row.sign is Sign.UNKNOWN else row


READER = Reader("Word", frozenset({".docx", ".docm", ".doc"}), lambda _: True, read, isolated=True)
