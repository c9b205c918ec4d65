"""The body of a briefing: each block as the Word paragraphs or table that a reader sees."""

import itertools
from collections.abc import Callable, Iterator
from typing import assert_never

from lxml import etree

from briefpack.pack.model import (
    AnyBlock,
    Biography,
    Heading,
    Image,
    ListItem,
    MeetingDetails,
    Pack,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    TextBlock,
)
from briefpack.pack.outline import lines
from briefpack.word.comments import Comments
from briefpack.word.identity import Bookmarks
from briefpack.word.pictures import Pictures
from briefpack.word.runs import Runs
from briefpack.word.stationery import Stationery
from briefpack.word.tables import Tables
from briefpack.word.wml import begin_field, child, end_field, paragraph, qn, run

_CONTENTS_LEVELS = 3


class Body:
    """Writes the blocks of one pack into a body of its own, ``element``.

    Args:
        pack: what is written; comments and clips stand where its marks say.
        contents: whether a table of contents stands after the meeting details.
    """

    def __init__(
        self,
        pack: Pack,
        stationery: Stationery,
        comments: Comments,
        runs: Runs,
        pictures: Pictures,
        bookmarks: Bookmarks,
        *,
        contents: bool,
    ) -> None:
        self.element = etree.Element(qn("w:body"))
        self._pack = pack
        self._stationery = stationery
        self._styles = stationery.styles
        self._comments = comments
        self._runs = runs
        self._pictures = pictures
        self._bookmarks = bookmarks
        self._tables = Tables(pack, stationery, runs, pictures, bookmarks)
        self._lines = {placed.block.id for placed in lines(pack)}
        self._contents = contents
        self._pending = True

    def write(self, wrote: Callable[[int], None]) -> None:
        """Write every block; ``wrote`` is told now and then how many are done."""
        done = 0
        if not any(isinstance(block, MeetingDetails) for block in self._pack.body):
            self._write_contents()
        for group in _groups(self._pack.body):
            if not isinstance(group[0], ListItem):
                self._stationery.lists.end()
            if isinstance(group[0], Biography):
                self._tables.biographies(self.element, [each for each in group if isinstance(each, Biography)])
            else:
                self._block(group[0])
            done += len(group)
            wrote(done)
        if len(self.element) == 0:
            paragraph(self.element, self._styles["normal"])
        self._place_unplaced()

    def _block(self, block: AnyBlock) -> None:
        match block:
            case Heading():
                self._text(block, f"heading {max(1, min(block.level, 6))}")
            case Paragraph():
                self._text(block, "line to take text" if block.id in self._lines else "normal")
            case ListItem():
                self._list_item(block)
            case Quote():
                self._quote(block)
            case Table():
                self._tables.table(self.element, block)
            case Image():
                self._image(block)
            case Biography():
                self._tables.biographies(self.element, [block])
            case MeetingDetails():
                self._meeting(block)
            case PageBreak():
                written = paragraph(self.element, self._styles["page break"])
                child(child(written, "w:r"), "w:br", {"w:type": "page"})
                self._bookmarks.over(written, block.id)
            case _:
                assert_never(block)

    def _text(self, block: TextBlock, style: str, number: tuple[int, int] | None = None) -> None:
        written = paragraph(self.element, self._styles[style], number)
        self._runs.whole_change(written, block.text)
        self._runs.write(written, block.text, block.id)
        self._bookmarks.over(written, block.id)

    def _list_item(self, block: ListItem) -> None:
        number, level = self._stationery.lists.place(block)
        if block.id in self._lines:
            style = "line to take 2" if level else "line to take"
        else:
            style = "list number" if block.ordered else "list bullet"
            style = f"{style} {level + 1}" if level else style
        self._text(block, style, (number, level))

    def _quote(self, block: Quote) -> None:
        self._text(block, "quote")
        if said := ", ".join(part for part in (block.speaker, block.said_on) if part):
            run(paragraph(self.element, self._styles["quote source"]), f"— {said}")

    def _image(self, block: Image) -> None:
        written = paragraph(self.element, self._styles["picture"])
        self._pictures.place(written, block.media, block.alt, block.width_mm, self._stationery.width_mm)
        self._bookmarks.over(written, block.id)
        if block.caption:
            self._runs.write(paragraph(self.element, self._styles["caption"]), block.caption, block.id)

    def _meeting(self, block: MeetingDetails) -> None:
        written = paragraph(self.element, self._styles["title"])
        if self._pack.meeting.title:
            run(written, self._pack.meeting.title)
        self._place_unplaced(written)
        self._bookmarks.over(written, block.id)
        self._tables.details(self.element)
        self._write_contents()

    def _place_unplaced(self, written: etree._Element | None = None) -> None:
        """Put the comments without a place on the title, or where no title stands, on the first paragraph."""
        if self._pending:
            if written is None:
                written = next(self.element.iter(qn("w:p")))
            self._comments.without_place(written, self._styles["annotation reference"])
            self._pending = False

    def _write_contents(self) -> None:
        """A table of contents: the headings as they are now, and a field that Word fills with their pages."""
        if not self._contents:
            return
        self._contents = False
        run(paragraph(self.element, self._styles["toc heading"]), "Contents")
        entry = None
        for block in self._pack.body:
            if isinstance(block, Heading) and block.level <= _CONTENTS_LEVELS and block.text:
                first, entry = entry is None, paragraph(self.element, self._styles[f"toc {max(1, block.level)}"])
                if first:
                    begin_field(entry, f'TOC \\o "1-{_CONTENTS_LEVELS}" \\h \\z \\u', dirty=True)
                run(entry, block.text.string.replace("\n", " "))
        if entry is not None:
            end_field(entry)


def _groups(body: tuple[AnyBlock, ...]) -> Iterator[tuple[AnyBlock, ...]]:
    """The blocks of a body one by one, but biographies that follow each other together."""
    for are_biographies, blocks in itertools.groupby(body, lambda block: isinstance(block, Biography)):
        if are_biographies:
            yield tuple(blocks)
        else:
            yield from ((block,) for block in blocks)
