"""From source paragraphs to a pack: what each of them is in a briefing.

Nothing is invented and no word is dropped: what is not understood is a paragraph.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from briefpack.briefing.biographies import Register, read_biography, read_biography_table
from briefpack.briefing.fields import read_labelled
from briefpack.briefing.headings import Kind, Outliner, classify, is_name_line, recurring
from briefpack.briefing.opening import MEETINGS, Opening, read_opening
from briefpack.briefing.people import same_person
from briefpack.briefing.source import (
    Imported,
    Source,
    SourceBreak,
    SourceItem,
    SourceParagraph,
    SourcePicture,
    SourceTable,
)
from briefpack.pack.anchors import spans
from briefpack.pack.ids import new_id
from briefpack.pack.model import (
    AnyBlock,
    Biography,
    Heading,
    Image,
    ListItem,
    Meeting,
    MeetingDetails,
    Pack,
    PageBreak,
    Paragraph,
    Person,
    Quote,
    Side,
    Table,
)
from briefpack.pack.roles import Role
from briefpack.pack.text import MarkKind, Text, joined, text

_SPEAKER = re.compile(r"[—–]\s*\S")
_SAID_ON = re.compile(r"(.*?)(?:, |^)([^,]*\d{4}[^,]*)$")
_LONGEST_SPEAKER = 120


def read_speaker(string: str) -> tuple[str, str]:
    """Who said a quotation and when, of "— Ada Byrne, May 2031"; what holds no year is all speaker."""
    said = " ".join(string.split()).lstrip("—– ")
    found = _SAID_ON.fullmatch(said)
    return (found[1], found[2]) if found else (said, "")


def recognise(source: Source) -> Imported:
    """The pack that a source holds."""
    items = tuple(_split_fields(source.items))
    repeated = recurring(items)
    opening = read_opening(items, repeated)
    register = Register(opening.people)
    body = _Body(_from_level_one((*opening.rest, *items[opening.end :])), repeated, register)
    blocks = body.read()
    meeting = replace(opening.meeting, marking=opening.meeting.marking or source.marking)
    people = _with_sides(register.people, meeting, blocks)
    pack = Pack(
        meeting=meeting,
        body=(MeetingDetails(), *blocks),
        people=people,
        comments=source.comments,
    )
    return Imported(
        pack=pack,
        media={name: data for name, data in source.media.items() if name in _pictured(blocks)},
        notes=(*source.notes, *opening.notes, *body.notes, *_doubts(opening, blocks, source)),
        labels=(*source.labels, *opening.labels, *register.labels),
    )


def _split_fields(items: Sequence[SourceItem]) -> Iterator[SourceItem]:
    """The items, a paragraph whose lines are fields of the meeting being a paragraph a line."""
    for item in items:
        if isinstance(item, SourceParagraph) and "\n" in item.text.string and item.heading is None:
            lines = [line.strip() for line in item.text.split("\n")]
            if sum(1 for line in lines if read_labelled(line.string)) > 1:
                for number, line in enumerate(lines):
                    if line.string:
                        yield replace(item, text=line, id=item.id if number == 0 else "", gap=item.gap and number == 0)
                continue
        yield item


def _from_level_one(items: Sequence[SourceItem]) -> tuple[SourceItem, ...]:
    """The items with the outermost of the headings that the source states at level 1, the title being none of them."""
    levels = [item.heading for item in items if isinstance(item, SourceParagraph) and item.heading is not None]
    up = min(levels, default=1) - 1
    return tuple(
        replace(item, heading=item.heading - up)
        if isinstance(item, SourceParagraph) and item.heading is not None
        else item
        for item in items
    )


class _Body:
    """Reads what comes after the opening, block by block."""

    def __init__(self, items: Sequence[SourceItem], repeated: frozenset[Role], register: Register) -> None:
        self._items = items
        self._repeated = repeated
        self._register = register
        self._outliner = Outliner(stated=any(getattr(item, "heading", None) is not None for item in items))
        self._blocks: list[AnyBlock] = []
        self._notes: list[str] = []
        self._shift = 0

    @property
    def notes(self) -> list[str]:
        """What the user should know."""
        return [*self._notes, *self._outliner.notes]

    def read(self) -> tuple[AnyBlock, ...]:
        """All blocks."""
        at = 0
        while at < len(self._items):
            at = self._take(at)
        return tuple(self._blocks)

    def _take(self, at: int) -> int:
        """Read the item at ``at``; returns the place after what was read."""
        item = self._items[at]
        match item:
            case SourceBreak():
                self._blocks.append(PageBreak(id=item.id or new_id()))
            case SourcePicture():
                return self._picture(at, item)
            case SourceTable():
                self._table(item)
            case SourceParagraph():
                if self._outliner.role is Role.BIOGRAPHIES and is_name_line(item, self._register.names):
                    return self._biography(at, "")
                self._paragraph(at, item)
        return at + 1

    def _paragraph(self, at: int, item: SourceParagraph) -> None:
        found = classify(self._items, at, self._repeated)
        if found is not None:
            following = classify(self._items, at + 1, self._repeated) if at + 1 < len(self._items) else None
            self._blocks.extend(self._outliner.place(item, found, following))
            self._shift = 0 if item.level is None or found.kind is Kind.STATED else item.level + 1
            return
        if self._belongs_to_last(item):
            return
        identifier = item.id or new_id()
        if item.quote:
            self._blocks.append(Quote(id=identifier, text=item.text))
        elif item.level is None:
            self._blocks.append(Paragraph(id=identifier, text=item.text))
        else:
            self._blocks.append(
                ListItem(id=identifier, text=item.text, level=self._level(item.level), ordered=item.ordered)
            )

    def _belongs_to_last(self, item: SourceParagraph) -> bool:
        """Take in who said the quotation above ("— Ada Byrne, May 2031"), or the caption of the picture above."""
        last = self._blocks[-1] if self._blocks else None
        if isinstance(last, Image) and item.caption and not last.caption:
            self._blocks[-1] = replace(last, caption=item.text)
        elif isinstance(last, Quote) and not last.speaker and _SPEAKER.match(item.string) and not item.quote:
            speaker, said_on = read_speaker(item.string)
            if not speaker or len(item.string) > _LONGEST_SPEAKER:
                return False
            self._blocks[-1] = replace(last, speaker=speaker, said_on=said_on)
        else:
            return False
        return True

    def _level(self, level: int) -> int:
        """A list level, counted from the heading that a list item above it became."""
        if level < self._shift:
            self._shift = 0
        return level - self._shift

    def _picture(self, at: int, item: SourcePicture) -> int:
        following = self._items[at + 1] if at + 1 < len(self._items) else None
        if (
            self._outliner.role is Role.BIOGRAPHIES
            and isinstance(following, SourceParagraph)
            and is_name_line(following, self._register.names)
        ):
            return self._biography(at + 1, item.media)
        self._blocks.append(Image(id=item.id or new_id(), media=item.media, alt=item.alt, width_mm=item.width_mm))
        return at + 1

    def _biography(self, at: int, photo: str) -> int:
        biography, end = read_biography(self._items, at, self._register, photo)
        self._blocks.append(biography)
        return end

    def _table(self, item: SourceTable) -> None:
        if self._outliner.role is Role.BIOGRAPHIES:
            biographies = read_biography_table(item, self._register)
            if biographies is not None:
                self._blocks.extend(biographies)
                return
        rows = tuple(tuple(_cell_text(cell) for cell in row) for row in item.rows)
        self._blocks.append(Table(id=item.id or new_id(), rows=rows, header=item.header))
        pictures = [each for row in item.rows for cell in row for each in cell if isinstance(each, SourcePicture)]
        if pictures:
            self._notes.append("The pictures in a table were placed after it.")
        self._blocks.extend(Image(media=each.media, alt=each.alt, width_mm=each.width_mm) for each in pictures)


def _cell_text(cell: Sequence[SourceParagraph | SourcePicture]) -> Text:
    lines = [item for item in cell if isinstance(item, SourceParagraph)]
    return joined((line.text if line.level is None else text("• ") + line.text for line in lines), "\n")


def _with_sides(people: Sequence[Person], meeting: Meeting, blocks: Sequence[AnyBlock]) -> tuple[Person, ...]:
    """The people with the side that the text gives them: the sender is inside; who the meeting is with is outside."""
    described = {block.person for block in blocks if isinstance(block, Biography)}
    title = meeting.title.casefold()
    found = []
    for person in people:
        side = person.side
        if side is None and meeting.sender and same_person(person.name, meeting.sender):
            side = Side.INSIDE
        elif side is None and (
            person.id in described or (title.startswith(MEETINGS) and f" {person.name.casefold()} " in f"{title} ")
        ):
            side = Side.OUTSIDE
        found.append(replace(person, side=side))
    return tuple(found)


def _pictured(blocks: Sequence[AnyBlock]) -> frozenset[str]:
    names = {block.media for block in blocks if isinstance(block, Image)}
    return frozenset(names | {block.photo for block in blocks if isinstance(block, Biography)})


def _doubts(opening: Opening, blocks: Sequence[AnyBlock], source: Source) -> Iterator[str]:
    """What the user should check."""
    roles = any(isinstance(block, Heading) and block.role for block in blocks)
    if opening.meeting == Meeting() and not opening.people:
        yield (
            "No meeting details were found: fill them in."
            if roles
            else "No part of a briefing was recognised: the text was taken as it stands."
        )
    if source.comments and not _any_comment_placed(blocks):
        count = len(source.comments)
        yield (
            f"{count} comments were kept, but the text does not say where they stood."
            if count > 1
            else "A comment was kept, but the text does not say where it stood."
        )


def _any_comment_placed(blocks: Sequence[AnyBlock]) -> bool:
    return bool(spans(Pack(body=tuple(blocks)), MarkKind.COMMENT))
