"""The briefing pack, as immutable values.

A :class:`Pack` is all that a briefing is, apart from the bytes of its pictures and issued files, which lie beside it in
the pack file under their SHA-256. Every way in which a pack changes is a function in :mod:`briefpack.pack.edits`.
"""

import datetime as dt
from enum import StrEnum
from operator import attrgetter, indexOf

from msgspec import Struct, field

from briefpack.pack.board import NO_BOARD, Board
from briefpack.pack.decisions import Decision, Return
from briefpack.pack.ids import new_id
from briefpack.pack.roles import Role
from briefpack.pack.text import EMPTY, Text


class Status(StrEnum):
    """How far a line to take has come."""

    DRAFT = "draft"
    CLEARED = "cleared"


class Side(StrEnum):
    """Whose side of the table a person sits on."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Line(Struct, frozen=True, omit_defaults=True, gc=False):
    """What is known of a line to take. A line goes off at ``good_until`` or with the event ``changes_when``.

    ``as_at`` is the time for which the words are right. Times without a zone are local to the meeting.
    """

    owner: str = ""
    status: Status = Status.DRAFT
    cleared_by: str = ""
    as_at: dt.datetime | None = None
    good_until: dt.datetime | None = None
    changes_when: str = ""


class Block(Struct, frozen=True, omit_defaults=True, tag_field="kind", kw_only=True):
    """A paragraph-sized piece of the body. Its id lives as long as it does."""

    id: str = field(default_factory=new_id)


class TextBlock(Block, frozen=True, omit_defaults=True, kw_only=True):
    """A block that is typed into: one paragraph of rich text, in which a newline is a line break."""

    text: Text = EMPTY


class Heading(TextBlock, frozen=True, omit_defaults=True, kw_only=True, tag="heading"):
    """A heading of level 1 (outermost) to 6. ``role`` says what it opens; None is plain structure."""

    level: int = 1
    role: Role | None = None


class Paragraph(TextBlock, frozen=True, omit_defaults=True, kw_only=True, tag="paragraph"):
    """A paragraph of running text; under *lines to take* it is a line."""

    line: Line | None = None


class ListItem(TextBlock, frozen=True, omit_defaults=True, kw_only=True, tag="list_item"):
    """A bullet, or where ``ordered`` a numbered item, of level 0 (outermost) to 8; under *lines to take* it is a line."""

    level: int = 0
    ordered: bool = False
    line: Line | None = None


class Quote(TextBlock, frozen=True, omit_defaults=True, kw_only=True, tag="quote"):
    """Words of somebody else. ``said_on`` is as exact as its source is ("November 2017")."""

    speaker: str = ""
    said_on: str = ""


class Table(Block, frozen=True, omit_defaults=True, kw_only=True, tag="table"):
    """A table of texts: rows of equally many cells; the first row is repeated on each page where ``header`` is set."""

    rows: tuple[tuple[Text, ...], ...] = ()
    header: bool = True


class Image(Block, frozen=True, omit_defaults=True, kw_only=True, tag="image"):
    """A picture. ``media`` names its bytes (``<sha256>.<png|jpg>``); ``width_mm`` 0 is its natural width."""

    media: str
    alt: str = ""
    caption: Text = EMPTY
    width_mm: float = 0


class Biography(Block, frozen=True, omit_defaults=True, kw_only=True, tag="biography"):
    """What a reader should know of one person: the person's id, a photograph (as in :class:`Image`), and points."""

    person: str
    photo: str = ""
    points: tuple[Text, ...] = ()


class MeetingDetails(Block, frozen=True, omit_defaults=True, kw_only=True, tag="meeting_details"):
    """The place in the body where title and meeting details stand; what they say is :class:`Meeting`."""


class PageBreak(Block, frozen=True, omit_defaults=True, kw_only=True, tag="page_break"):
    """What follows starts on a new page."""


AnyBlock = Heading | Paragraph | ListItem | Quote | Table | Image | Biography | MeetingDetails | PageBreak
"""Every kind of block."""

TextLike = Heading | Paragraph | ListItem | Quote
"""The blocks that are typed into."""

LineBlock = Paragraph | ListItem
"""The blocks that can be a line to take."""

OBJECTS = (Table, Image, Biography, MeetingDetails, PageBreak)
"""The kinds of block that are single objects in the text, changed in a form and never torn by typing."""


class Meeting(Struct, frozen=True, omit_defaults=True, rename={"sender": "from", "recipient": "to"}):
    """The meeting that the pack is for. Empty is not known; nothing is guessed.

    ``date_text`` holds the date as a source wrote it, where it could not be read as a date. ``sender`` is who the
    briefing is from, ``recipient`` whom it is for. ``marking`` stands at the top and bottom of every page.
    """

    title: str = ""
    date: dt.date | None = None
    date_text: str = ""
    time: str = ""
    place: str = ""
    sender: str = ""
    recipient: str = ""
    purpose: str = ""
    objectives: tuple[str, ...] = ()
    marking: str = ""
    cleared_by: str = ""


class Person(Struct, frozen=True, omit_defaults=True):
    """Somebody who attends or is written about. ``side`` is None where it is not known; ``role`` is as at the meeting."""

    name: str
    id: str = field(default_factory=new_id)
    role: str = ""
    organisation: str = ""
    side: Side | None = None
    attends: bool = False


class Reply(Struct, frozen=True, omit_defaults=True):
    """An answer in a comment's thread."""

    text: str
    id: str = field(default_factory=new_id)
    author: str = ""
    initials: str = ""
    time: dt.datetime | None = None


class Comment(Struct, frozen=True, omit_defaults=True):
    """A remark on words of the pack, with its thread. Paragraphs of ``text`` are separated by newlines.

    Where it stands is not stored here: it is derived from the marks of kind ``comment`` whose value is its id. A comment
    without such a mark has lost its words, or never had a known place, and is shown as such. A time without a zone is
    wall-clock time of an unknown zone, as Word writes it.
    """

    text: str
    id: str = field(default_factory=new_id)
    author: str = ""
    initials: str = ""
    time: dt.datetime | None = None
    resolved: bool = False
    replies: tuple[Reply, ...] = ()


class Clip(Struct, frozen=True, omit_defaults=True):
    """A passage of an archived document, or part of one, that was placed in the pack.

    Its words in the pack carry a mark of kind ``clip``. ``words`` are those of the source to the letter, from ``start``
    up to ``end`` in the text of ``passage``; ``before`` and ``after`` are what stands either side there, and
    ``fingerprint`` is :func:`briefpack.pack.clips.fingerprint` of ``words``. Together they prove the clip again after the
    archive has changed. ``date`` is as exact as the archive knows it ("November 2017"); ``archive`` tells archives apart.
    """

    document: str
    passage: str
    start: int
    end: int
    words: str
    fingerprint: str
    id: str = field(default_factory=new_id)
    title: str = ""
    date: str = ""
    source: str = ""
    archive: str = ""
    before: str = ""
    after: str = ""


class SentFile(Struct, frozen=True, omit_defaults=True):
    """One file of an issue; its exact bytes lie in the pack file under ``sha256``."""

    name: str
    sha256: str
    recipient: str = ""
    copy: str = ""


class Issue(Struct, frozen=True, omit_defaults=True):
    """A version that was sent."""

    number: str
    time: dt.datetime
    files: tuple[SentFile, ...] = ()


class PlannedSection(Struct, frozen=True, omit_defaults=True):
    """What the template of a pack asks of one section: that of the heading with this id, whatever it is called by now.

    ``title`` is what the template called it, ``words`` how many it may have with its subsections (0 is no limit), and
    ``hint`` what is shown where nothing has been written yet.
    """

    heading: str
    title: str
    required: bool = False
    words: int = 0
    hint: str = ""


_ID = attrgetter("id")


class Pack(Struct, frozen=True, omit_defaults=True):
    """One briefing. ``body`` is flat, as in Word; the outline is derived from its headings.

    ``returns`` are the copies that came back, in the order they were taken; of each item in them there is at most one of
    ``decisions``. ``dictionary`` holds words that are spelt right in this pack, sorted. ``plan`` is what the template
    that it was made from asks of its sections. ``board`` is what one body said on some topics; its clips are among
    ``clips``.
    """

    id: str = field(default_factory=new_id)
    meeting: Meeting = Meeting()
    body: tuple[AnyBlock, ...] = ()
    people: tuple[Person, ...] = ()
    comments: tuple[Comment, ...] = ()
    clips: tuple[Clip, ...] = ()
    issues: tuple[Issue, ...] = ()
    returns: tuple[Return, ...] = ()
    decisions: tuple[Decision, ...] = ()
    language: str = "en-GB"
    dictionary: tuple[str, ...] = ()
    board: Board = NO_BOARD
    plan: tuple[PlannedSection, ...] = ()

    def index(self, block: str) -> int:
        """The place of the block with this id in the body; KeyError where there is none."""
        try:
            return indexOf(map(_ID, self.body), block)
        except ValueError:
            raise KeyError(block) from None

    def block(self, block: str) -> AnyBlock:
        """The block with this id; KeyError where there is none."""
        return self.body[self.index(block)]

    def person(self, person: str) -> Person | None:
        """The person with this id."""
        return next((each for each in self.people if each.id == person), None)

    def comment(self, comment: str) -> Comment | None:
        """The comment with this id."""
        return next((each for each in self.comments if each.id == comment), None)

    def clip(self, clip: str) -> Clip | None:
        """The clip with this id."""
        return next((each for each in self.clips if each.id == clip), None)


def texts_of(block: AnyBlock) -> tuple[Text, ...]:
    """Every rich text of a block in reading order: one for text blocks, cells, caption or points for objects."""
    match block:
        case TextBlock():
            return (block.text,)
        case Table():
            return tuple(cell for row in block.rows for cell in row)
        case Image():
            return (block.caption,)
        case Biography():
            return block.points
        case _:
            return ()
