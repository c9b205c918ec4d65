"""The copies of a pack: what a reader is given, and what stays with the people who write it."""

from briefpack.pack.model import (
    AnyBlock,
    Biography,
    Clip,
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
    Table,
    TextBlock,
    texts_of,
)
from briefpack.pack.text import EMPTY, FORMATS, MarkKind, Text, joined

_DRAFTING = frozenset({MarkKind.COMMENT, MarkKind.INSERTION})
_FOR_A_READER = FORMATS | {MarkKind.LINK, MarkKind.CLIP}


def as_accepted(text: Text) -> Text:
    """``text`` with its tracked changes taken as made, and without comments: insertions stay as plain words."""
    deletions = [mark for mark in text.marks if mark.kind == MarkKind.DELETION]
    pieces, start = [], 0
    for mark in deletions:
        pieces.append(text[start : mark.start])
        start = mark.end
    kept = joined((*pieces, text[start:])) if deletions else text
    return kept.keep_marks(lambda mark: mark.kind not in _DRAFTING) if kept else EMPTY


def reader_copy(pack: Pack) -> Pack:
    """A pack with only what its reader is to see, built from what is named here and never by deleting from the whole.

    What is not named is not there: comments, tracked text, owners and clearance of lines, the archive's names for
    things, the record of what was sent, clips whose words are gone, people who neither attend nor have a biography, the
    pack's id. A field that is added to the model stays out until it is added here. A block of which everything was
    deleted is gone with its words.
    """
    meeting = pack.meeting
    body = tuple(_for_reader(block) for block in pack.body if not _deleted(block))
    shown = {block.person for block in body if isinstance(block, Biography)}
    placed = {mark.value for b in body for text in texts_of(b) for mark in text.marks if mark.kind == MarkKind.CLIP}
    return Pack(
        id="",
        meeting=Meeting(
            title=meeting.title,
            date=meeting.date,
            date_text=meeting.date_text,
            time=meeting.time,
            place=meeting.place,
            sender=meeting.sender,
            recipient=meeting.recipient,
            purpose=meeting.purpose,
            objectives=meeting.objectives,
            marking=meeting.marking,
            cleared_by=meeting.cleared_by,
        ),
        body=body,
        people=tuple(_seen_person(person) for person in pack.people if person.attends or person.id in shown),
        clips=tuple(_cited(clip) for clip in pack.clips if clip.id in placed),
        language=pack.language,
    )


def _for_reader(block: AnyBlock) -> AnyBlock:
    match block:
        case Heading():
            return Heading(id=block.id, text=_seen(block.text), level=block.level, role=block.role)
        case Paragraph():
            return Paragraph(id=block.id, text=_seen(block.text))
        case ListItem():
            return ListItem(id=block.id, text=_seen(block.text), level=block.level, ordered=block.ordered)
        case Quote():
            return Quote(id=block.id, text=_seen(block.text), speaker=block.speaker, said_on=block.said_on)
        case Table():
            rows = tuple(tuple(_seen(cell) for cell in row) for row in block.rows)
            return Table(id=block.id, rows=rows, header=block.header)
        case Image():
            return Image(
                id=block.id, media=block.media, alt=block.alt, caption=_seen(block.caption), width_mm=block.width_mm
            )
        case Biography():
            points = tuple(left for point in block.points if (left := _seen(point)) or not point)
            return Biography(id=block.id, person=block.person, photo=block.photo, points=points)
        case MeetingDetails():
            return MeetingDetails(id=block.id)
        case PageBreak():
            return PageBreak(id=block.id)


def _seen(text: Text) -> Text:
    return as_accepted(text).keep_marks(lambda mark: mark.kind in _FOR_A_READER)


def _seen_person(person: Person) -> Person:
    return Person(
        id=person.id,
        name=person.name,
        role=person.role,
        organisation=person.organisation,
        side=person.side,
        attends=person.attends,
    )


def _cited(clip: Clip) -> Clip:
    """A clip with what a reader is told of its source, and nothing of the archive it came from."""
    return Clip(
        id=clip.id,
        title=clip.title,
        date=clip.date,
        source=clip.source,
        document="",
        passage="",
        start=0,
        end=0,
        words="",
        fingerprint="",
    )


def _deleted(block: AnyBlock) -> bool:
    """Whether a block had words and all of them were deleted."""
    return isinstance(block, TextBlock) and bool(block.text) and not as_accepted(block.text)
