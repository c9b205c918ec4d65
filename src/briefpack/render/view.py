"""What the templates show: a pack prepared as plain values, so that a template holds loops and no decisions."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct

from briefpack.pack.anchors import Span as Anchor
from briefpack.pack.anchors import spans as anchors
from briefpack.pack.anchors import words_at
from briefpack.pack.clips import citation
from briefpack.pack.dates import date_words
from briefpack.pack.model import (
    AnyBlock,
    Biography,
    Clip,
    Comment,
    Heading,
    Image,
    Line,
    ListItem,
    Meeting,
    MeetingDetails,
    Pack,
    PageBreak,
    Paragraph,
    Person,
    Quote,
    Reply,
    Side,
    Table,
    texts_of,
)
from briefpack.pack.text import Mark, MarkKind
from briefpack.render.inline import Span, moment_words, spans

_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
_PIXELS_PER_MM = 96 / 25.4  # what CSS means by a pixel
_SIDES = ((Side.OUTSIDE, "External attendees"), (Side.INSIDE, "Internal attendees"), (None, "Attendees"))

Spans = tuple[Span, ...]


class Detail(Struct, frozen=True):
    """One field of the meeting with its values; several values are a list."""

    label: str
    values: tuple[str, ...]


class Said(Struct, frozen=True):
    """A comment's or reply's words: who, when, and its paragraphs."""

    who: str
    when: str
    paragraphs: tuple[str, ...]


class Remark(Struct, frozen=True):
    """A comment as it is shown: its number, the words it stands on ("" without a place), and its thread."""

    number: int
    words: str
    said: Said
    state: str
    replies: tuple[Said, ...] = ()


class Note(Struct, frozen=True):
    """The source of clips: its number, where it comes from, and a number for each place that refers to it."""

    number: int
    words: str
    places: tuple[int, ...] = ()


class Part(Struct, frozen=True, kw_only=True):
    """A piece of the body. ``kind`` names the macro that shows it; each kind uses the fields that it has a use for."""

    kind: str
    spans: Spans = ()
    level: int = 0
    flag: str = ""
    by: str = ""
    remarks: tuple[Remark, ...] = ()
    ordered: bool = False
    items: "tuple[Part, ...]" = ()
    children: "tuple[Part, ...]" = ()
    head: tuple[tuple[Spans, ...], ...] = ()
    rows: tuple[tuple[Spans, ...], ...] = ()
    name: str = ""
    post: str = ""
    src: str = ""
    alt: str = ""
    pixels: int = 0


class View(Struct, frozen=True):
    """A whole pack, ready for a template."""

    title: str
    language: str
    marking: str
    details: tuple[Detail, ...]
    body: tuple[Part, ...]
    unplaced: tuple[Remark, ...]
    remarks: tuple[Remark, ...]
    notes: tuple[Note, ...]
    annex: tuple[str, ...]


def view(pack: Pack, media: Mapping[str, bytes], sources: str) -> View:
    """A pack as its templates show it: all that it holds is shown, so what a reader may not see has gone before."""
    numbers = _Numbers(pack, notes=sources == "footnotes")
    shown = _Shown(pack, media, numbers)
    body = tuple(shown.parts())
    if not any(isinstance(block, MeetingDetails) for block in pack.body):
        body = (Part(kind="details"), *body)
    return View(
        title=pack.meeting.title or "Untitled briefing",
        language=pack.language,
        marking=pack.meeting.marking,
        details=tuple(_details(pack)),
        body=body,
        unplaced=tuple(r for r in numbers.remarks.values() if not r.words),
        remarks=tuple(numbers.remarks.values()),
        notes=numbers.notes,
        annex=tuple(dict.fromkeys(citation(clip) for clip in _placed(pack))) if sources == "annex" else (),
    )


def _details(pack: Pack) -> Iterator[Detail]:
    meeting: Meeting = pack.meeting
    yield from _given(
        ("Date", date_words(meeting)), ("Time", meeting.time), ("Place", meeting.place),
        ("From", meeting.sender), ("To", meeting.recipient),
    )  # fmt: skip
    for side, label in _SIDES:
        if there := tuple(_person(p) for p in pack.people if p.attends and p.side == side):
            yield Detail(label, there)
    yield from _given(("Purpose", meeting.purpose))
    if meeting.objectives:
        yield Detail("Objectives", meeting.objectives)
    yield from _given(("Cleared by", meeting.cleared_by))


def _given(*fields: tuple[str, str]) -> Iterator[Detail]:
    return (Detail(label, (value,)) for label, value in fields if value.strip())


def _person(person: Person) -> str:
    return ", ".join(part for part in (person.name, person.role, person.organisation) if part)


def _placed(pack: Pack) -> Iterator[Clip]:
    """The clips whose words stand in the pack, in reading order."""
    return (clip for each in anchors(pack, MarkKind.CLIP) if (clip := pack.clip(each)))


class _Numbers:
    """The numbers of comments and of sources, both in reading order; one source has one number."""

    def __init__(self, pack: Pack, *, notes: bool) -> None:
        placed = anchors(pack, MarkKind.COMMENT)
        known = [comment for each in placed if (comment := pack.comment(each))]
        known += [comment for comment in pack.comments if comment.id not in placed]
        self.remarks = {
            comment.id: _remark(number, comment, words_at(pack, placed.get(comment.id, ())))
            for number, comment in enumerate(known, 1)
        }
        self.first = {each: pieces[0] for each, pieces in placed.items()}
        cited: dict[str, list[str]] = {}
        for clip in _placed(pack) if notes else ():
            cited.setdefault(citation(clip), []).append(clip.id)
        self.notes = tuple(
            Note(number, words, tuple(range(1, 1 + len(clips))))
            for number, (words, clips) in enumerate(cited.items(), 1)
        )
        self._sources = {
            clip: Span("source", str(number), place=place)
            for number, clips in enumerate(cited.values(), 1)
            for place, clip in enumerate(clips, 1)
        }
        self._last = {each: pieces[-1] for each, pieces in anchors(pack, MarkKind.CLIP).items()}

    def behind(self, block: str, part: int, mark: Mark) -> Span | None:
        """The number behind a mark: a comment's where its first words end, a source's where its last words do."""
        if mark.kind == MarkKind.COMMENT:
            remark = self.remarks.get(mark.value)
            return (
                Span("remark", str(remark.number))
                if remark and _ends(self.first[mark.value], mark, block, part)
                else None
            )
        return self._sources.get(mark.value) if _ends(self._last[mark.value], mark, block, part) else None


def _ends(piece: Anchor, mark: Mark, block: str, part: int) -> bool:
    return (piece.block, piece.part, piece.end) == (block, part, mark.end)


def _remark(number: int, comment: Comment, words: str) -> Remark:
    state = "Resolved" if comment.resolved else "Open"
    return Remark(number, words, _said(comment), state, tuple(_said(reply) for reply in comment.replies))


def _said(said: Comment | Reply) -> Said:
    initials = f" ({said.initials})" if said.author and said.initials else said.initials
    who = f"{said.author}{initials}" or "Unknown author"
    return Said(who, moment_words(said.time) if said.time else "", tuple(p for p in said.text.split("\n") if p.strip()))


def line_words(line: Line) -> str:
    """What is known of a line, in one phrase: "Cleared by A Director; as at 14 May 2027, 16:40"."""
    known = [line.status.value.capitalize() + (f" by {line.cleared_by}" if line.cleared_by else "")]
    known += [f"owner {line.owner}"] if line.owner else []
    known += [f"as at {moment_words(line.as_at)}"] if line.as_at else []
    known += [f"good until {moment_words(line.good_until)}"] if line.good_until else []
    known += [f"changes: {line.changes_when}"] if line.changes_when else []
    return "; ".join(known)


class _Shown:
    """The body of one pack as parts."""

    def __init__(self, pack: Pack, media: Mapping[str, bytes], numbers: _Numbers) -> None:
        self._pack, self._media, self._numbers = pack, media, numbers

    def parts(self) -> Iterator[Part]:
        """The parts of the body; neighbouring list items make one list."""
        for listed, group in groupby(self._pack.body, lambda block: isinstance(block, ListItem)):
            if listed:
                yield from self._lists([block for block in group if isinstance(block, ListItem)])
            else:
                yield from (self._part(block) for block in group)

    def _texts(self, block: AnyBlock) -> tuple[Spans, ...]:
        behind = self._numbers.behind
        return tuple(spans(text, partial(behind, block.id, part)) for part, text in enumerate(texts_of(block)))

    def _remarks(self, block: AnyBlock) -> tuple[Remark, ...]:
        """The comments that begin in a block."""
        numbers = self._numbers
        begun = (each for each, place in numbers.first.items() if place.block == block.id)
        return tuple(numbers.remarks[each] for each in begun if each in numbers.remarks)

    def _part(self, block: AnyBlock) -> Part:
        remarks = self._remarks(block)
        texts = self._texts(block)
        match block:
            case Heading():
                return Part(kind="heading", spans=texts[0], level=block.level, remarks=remarks)
            case Paragraph():
                return Part(kind="paragraph", spans=texts[0], flag=_flag(block.line), remarks=remarks)
            case Quote():
                by = ", ".join(part for part in (block.speaker, block.said_on) if part)
                return Part(kind="quote", spans=texts[0], by=by, remarks=remarks)
            case Table():
                return _table(block, texts, remarks)
            case Image():
                pixels = round(max(block.width_mm, 0) * _PIXELS_PER_MM)
                src = self._data(block.media)
                return Part(kind="image", src=src, alt=block.alt, spans=texts[0], pixels=pixels, remarks=remarks)
            case Biography():
                return self._biography(block, texts, remarks)
            case MeetingDetails():
                return Part(kind="details")
            case PageBreak():
                return Part(kind="page_break")
            case ListItem():
                return Part(kind="item", spans=texts[0], flag=_flag(block.line), remarks=remarks)

    def _biography(self, block: Biography, points: tuple[Spans, ...], remarks: tuple[Remark, ...]) -> Part:
        person = self._pack.person(block.person) or Person(name="Unknown person", id=block.person)
        post = ", ".join(part for part in (person.role, person.organisation) if part)
        src = self._data(block.photo)
        return Part(
            kind="biography", name=person.name, post=post, src=src, rows=tuple((p,) for p in points), remarks=remarks
        )

    def _data(self, name: str) -> str:
        """A picture as a data: address; "" where its bytes are missing or of no kind that is shown."""
        kind = _TYPES.get(name.rpartition(".")[2].lower())
        data = self._media.get(name)
        return f"data:{kind};base64,{base64.b64encode(data).decode()}" if kind and data else ""

    def _lists(self, items: Sequence[ListItem]) -> Iterator[Part]:
        """Items as nested lists. A skipped level adds no list; bullets and numbers are lists of their own."""
        start = 0
        while start < len(items):
            first, stop = items[start], start + 1
            while stop < len(items) and _joins(items[stop], first):
                stop += 1
            yield Part(kind="list", ordered=first.ordered, items=tuple(self._items(items[start:stop])))
            start = stop

    def _items(self, items: Sequence[ListItem]) -> Iterator[Part]:
        start, outer = 0, items[0].level
        while start < len(items):
            stop = start + 1
            while stop < len(items) and items[stop].level > outer:
                stop += 1
            own = self._part(items[start])
            inner = tuple(self._lists(items[start + 1 : stop]))
            yield Part(kind="item", spans=own.spans, flag=own.flag, remarks=own.remarks, children=inner)
            start = stop


def _joins(item: ListItem, first: ListItem) -> bool:
    """Whether an item belongs to the list that ``first`` began: deeper ones do, and those of its level and kind."""
    return item.level > first.level or (item.level == first.level and item.ordered == first.ordered)


def _table(block: Table, texts: tuple[Spans, ...], remarks: tuple[Remark, ...]) -> Part:
    width = len(block.rows[0]) if block.rows else 0
    rows = tuple(texts[start : start + width] for start in range(0, len(texts), width)) if width else ()
    cut = 1 if block.header else 0
    return Part(kind="table", head=rows[:cut], rows=rows[cut:], remarks=remarks)


def _flag(line: Line | None) -> str:
    return line_words(line) if line else ""
