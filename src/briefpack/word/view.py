"""The pack as an outside reader may see it: built from what is named here, never by deleting from the whole.

What is not named does not exist in the copy: comments, tracked text, owners and status of lines, who cleared it, the
archive's names for things, earlier issues, people who neither attend nor have a biography. A field that is added to the
model later stays out until it is added here.
"""

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
)
from briefpack.pack.text import FORMATS, MarkKind, Text, joined

_SEEN = FORMATS | {MarkKind.LINK, MarkKind.CLIP}


def reader_view(pack: Pack) -> Pack:
    """A pack with only what a reader may see. Tracked changes read as in Word's "No Markup": as if all were accepted."""
    meeting = pack.meeting
    written_about = {block.person for block in pack.body if isinstance(block, Biography)}
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
        ),
        body=tuple(seen for block in pack.body if (seen := _seen(block)) is not None),
        people=tuple(
            Person(id=each.id, name=each.name, role=each.role, organisation=each.organisation, side=each.side,
                   attends=each.attends)
            for each in pack.people
            if each.attends or each.id in written_about
        ),
        clips=tuple(
            Clip(id=clip.id, document="", passage="", start=0, end=0, words="", fingerprint="", title=clip.title,
                 date=clip.date, source=clip.source)
            for clip in pack.clips
        ),
        language=pack.language,
    )  # fmt: skip


def _seen(block: AnyBlock) -> AnyBlock | None:
    """One block; None where nothing of it is left once what was deleted is gone."""
    match block:
        case Heading() | Paragraph() | ListItem() | Quote():
            words = settled(block.text)
            return None if block.text and not words else _text_block(block, words)
        case Table():
            rows = tuple(tuple(settled(cell) for cell in row) for row in block.rows)
            return Table(id=block.id, rows=rows, header=block.header)
        case Image():
            return Image(
                id=block.id, media=block.media, alt=block.alt, caption=settled(block.caption), width_mm=block.width_mm
            )
        case Biography():
            points = tuple(left for point in block.points if (left := settled(point)) or not point)
            return Biography(id=block.id, person=block.person, photo=block.photo, points=points)
        case MeetingDetails():
            return MeetingDetails(id=block.id)
        case PageBreak():
            return PageBreak(id=block.id)


def _text_block(block: Heading | Paragraph | ListItem | Quote, words: Text) -> AnyBlock:
    match block:
        case Heading():
            return Heading(id=block.id, text=words, level=block.level, role=block.role)
        case ListItem():
            return ListItem(id=block.id, text=words, level=block.level, ordered=block.ordered)
        case Quote():
            return Quote(id=block.id, text=words, speaker=block.speaker, said_on=block.said_on)
        case Paragraph():
            return Paragraph(id=block.id, text=words)


def settled(text: Text) -> Text:
    """A text as if all its tracked changes were accepted, with the marks that a reader may see."""
    at, kept = 0, []
    for mark in text.marks:
        if mark.kind == MarkKind.DELETION:
            kept.append(text[at : mark.start])
            at = mark.end
    return joined([*kept, text[at:]]).keep_marks(lambda mark: mark.kind in _SEEN)
