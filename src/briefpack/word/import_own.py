"""A copy that Briefpack wrote, read back: its bookmarks say which block is which, its styles what kind each is.

What the reader of the copy did to it in Word is taken as it stands: paragraphs without a bookmark are new blocks.
"""

import re

from msgspec.structs import replace

from briefpack.briefing.biographies import Register, office_of
from briefpack.briefing.headings import bare
from briefpack.briefing.opening import Opening, take_details
from briefpack.briefing.recognise import read_speaker
from briefpack.briefing.source import Imported, SourceParagraph
from briefpack.ooxml.document import Document
from briefpack.ooxml.story import StoryParagraph, StoryTable, paragraphs
from briefpack.pack.ids import new_id
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
)
from briefpack.pack.outline import lines
from briefpack.pack.roles import Role, role_of_title
from briefpack.pack.text import Text, joined, text
from briefpack.word.identity import BOOKMARK
from briefpack.word.import_source import Intake

_CONTENTS = re.compile(r"toc (?:\d|heading)")
_NO_PHOTOGRAPH = "No photograph"
_DEEPEST = 8


def is_own(document: Document) -> bool:
    """Whether a document still has bookmarks of Briefpack."""
    return any(name.startswith(BOOKMARK) for paragraph in paragraphs(document.story) for name in paragraph.bookmarks)


def read_own(intake: Intake) -> Imported:
    """The pack that a copy was written from, with what was done to it since."""
    reader = _OwnCopy(intake)
    return reader.read()


class _OwnCopy:
    """Reads one copy."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._styles = intake.document.styles
        self._opening = Opening()
        self._register = Register(())
        self._blocks: list[AnyBlock] = []
        self._roles: list[tuple[int, Role | None]] = []
        self._sources: list[str] = []
        self._title = ""
        sent = intake.identity.blocks if intake.identity else ()
        self._sent_roles = {block.id: block.role for block in sent if block.kind == "heading"}

    def read(self) -> Imported:
        """The whole copy."""
        for item in self._intake.document.story:
            if isinstance(item, StoryTable):
                self._table(item)
            else:
                self._paragraph(item)
        marking, _ = self._intake.furniture()  # the rest is the title and page numbers, or the template's own
        notes = [*self._intake.notes, *self._opening.notes]
        self._sources.extend(
            " ".join(joined((each.text for each in paragraphs(note)), " ").string.split())
            for note in self._intake.document.footnotes.values()
        )
        self._sources = [said for said in self._sources if said]
        if self._sources:
            said = "; ".join(dict.fromkeys(self._sources))
            notes.append(f"The sources of clips were left out, since the file does not hold the clips: {said}.")
        pack = Pack(
            meeting=replace(self._opening.meeting, title=self._title, marking=marking),
            body=tuple(self._blocks),
            people=tuple(self._register.people),
            comments=self._intake.comments,
        )
        if lines(pack):
            notes.append("A Word file does not hold who owns a line, who cleared it, and how long it is good.")
        return Imported(pack=pack, media=self._used_media(), notes=tuple(notes))

    def _paragraph(self, paragraph: StoryParagraph) -> None:
        style = self._styles.name(paragraph.style).lower()
        words = self._intake.words(paragraph, styled=False, notes=False)
        identifier = self._intake.block_id(paragraph.bookmarks)
        if _CONTENTS.fullmatch(style) or (style == "table gap" and not identifier and not words):
            return
        if paragraph.page_breaks and not words.string.strip():
            self._blocks.append(PageBreak(id=identifier or new_id()))
        elif paragraph.pictures:
            self._image(paragraph, identifier, words)
        elif style == "title":
            self._title = " ".join(words.string.split())
            self._blocks.append(MeetingDetails(id=identifier or new_id()))
        elif style == "source entry":
            self._source(words)
        elif not identifier and self._belongs_to_last(style, words):
            return
        elif identifier or words:
            self._text_block(paragraph, style, words, identifier or new_id())

    def _text_block(self, paragraph: StoryParagraph, style: str, words: Text, identifier: str) -> None:
        place = paragraph.place
        if paragraph.heading is not None:
            self._blocks.append(self._heading(identifier, words, min(paragraph.heading, 6)))
        elif place is not None:
            level = min(place.level, _DEEPEST)
            self._blocks.append(ListItem(id=identifier, text=words, level=level, ordered=place.ordered))
        elif style == "quote":
            self._blocks.append(Quote(id=identifier, text=words))
        elif style == "table gap":
            self._blocks.append(Table(id=identifier))
        else:
            self._blocks.append(Paragraph(id=identifier, text=words))

    def _heading(self, identifier: str, words: Text, level: int) -> Heading:
        while self._roles and self._roles[-1][0] >= level:
            self._roles.pop()
        role = self._role(identifier, words)
        if role is None and identifier not in self._sent_roles and self._roles and self._roles[-1][1] is Role.AGENDA:
            role = Role.ITEM
        self._roles.append((level, role))
        return Heading(id=identifier, text=words, level=level, role=role)

    def _role(self, identifier: str, words: Text) -> Role | None:
        """What a heading opens: as the pack had it, else, in headings that are new, as the title says."""
        said = self._sent_roles.get(identifier)
        if said is None:
            return role_of_title(bare(words.string))
        return Role(said) if said in set(Role) else None

    def _belongs_to_last(self, style: str, words: Text) -> bool:
        """Take in a paragraph that says more of the block before it: who said a quotation, a picture's caption."""
        last = self._blocks[-1] if self._blocks else None
        if style == "quote source" and isinstance(last, Quote) and not last.speaker and not last.said_on:
            speaker, said_on = read_speaker(words.string)
            self._blocks[-1] = replace(last, speaker=speaker, said_on=said_on)
            return True
        if style == "caption" and isinstance(last, Image) and not last.caption:
            self._blocks[-1] = replace(last, caption=words)
            return True
        return False

    def _image(self, paragraph: StoryParagraph, identifier: str, words: Text) -> None:
        for picture in self._intake.pictures(paragraph.pictures):
            self._blocks.append(
                Image(id=identifier or new_id(), media=picture.media, alt=picture.alt, width_mm=picture.width_mm)
            )
            identifier = ""
        if words.string.strip():
            self._blocks.append(Paragraph(text=words))

    def _source(self, words: Text) -> None:
        """An entry of the list of sources; the heading over the first of them is ours too."""
        last = self._blocks[-1] if self._blocks else None
        if isinstance(last, Heading) and last.text.string == "Sources" and not self._sources:
            self._blocks.pop()
        self._sources.append(" ".join(words.string.split()))

    def _table(self, table: StoryTable) -> None:
        style = self._styles.name(table.style).lower()
        cells = [cell for row in table.rows for cell in row.cells]
        named = any(
            name.startswith(BOOKMARK) for cell in cells for each in paragraphs(cell.items) for name in each.bookmarks
        )
        if style == "briefing biographies" or (named and self._is_biographies(table)):
            self._biographies(table)
        elif not named and take_details(self._opening, self._intake.table(table, styled=False)):
            self._register = Register(self._opening.people)
        else:
            self._blocks.append(self._plain_table(table))

    def _is_biographies(self, table: StoryTable) -> bool:
        return all(
            len(row.cells) == 2 and any(each.pictures and each.bookmarks for each in paragraphs(row.cells[0].items))
            for row in table.rows
        )

    def _plain_table(self, table: StoryTable) -> Table:
        made = self._intake.table(table, styled=False)
        identifier = next(
            (
                each.id
                for row in made.rows
                for cell in row
                for each in cell
                if isinstance(each, SourceParagraph) and each.id
            ),
            "",
        )
        rows = tuple(
            tuple(joined((each.text for each in cell if isinstance(each, SourceParagraph)), "\n") for cell in row)
            for row in made.rows
        )
        return Table(id=identifier or new_id(), rows=rows, header=made.header)

    def _biographies(self, table: StoryTable) -> None:
        for row in table.rows:
            if not row.cells:
                continue
            first = list(paragraphs(row.cells[0].items))
            identifier = next(filter(None, (self._intake.block_id(each.bookmarks) for each in first)), "") or new_id()
            pictures = [p for each in first for p in each.pictures if p.alt != _NO_PHOTOGRAPH]
            photo = next((p.media for p in self._intake.pictures(pictures[:1])), "")
            lines = [
                (self._styles.name(each.style).lower(), self._intake.words(each, styled=False, notes=False))
                for cell in row.cells[1:]
                for each in paragraphs(cell.items)
            ]
            name = " ".join(said.string for style, said in lines if style == "biography name")
            office = " ".join(said.string for style, said in lines if style == "biography role")
            points = tuple(said for style, said in lines if style not in {"biography name", "biography role"} and said)
            person, other = self._register.meet(name, *office_of(office))
            if other:  # somebody has corrected it in one of the two places
                points = (text(other), *points)
            self._blocks.append(Biography(id=identifier, person=person.id, photo=photo, points=points))

    def _used_media(self) -> dict[str, bytes]:
        used = {block.media for block in self._blocks if isinstance(block, Image)}
        used |= {block.photo for block in self._blocks if isinstance(block, Biography)}
        return {name: data for name, data in self._intake.media.items() if name in used}
