"""What they said, and when: the board of a pack, filled from its clips and the words that were picked for its topics.

Nothing here is made up: every word is a clip's, every date the archive's. What the archive has that is newer, and was not
read yet, is told beside it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import Struct

from briefpack.archive import UNDATED, DateSpan, Filters, Hit, Reader, read_span
from briefpack.errors import UserError
from briefpack.pack.anchors import spans
from briefpack.pack.board import Topic
from briefpack.pack.dates import age_words
from briefpack.pack.model import Clip, Heading, Pack, Quote, Table
from briefpack.pack.outline import lines, sections
from briefpack.pack.periods import Period, periods
from briefpack.pack.text import EMPTY, Mark, MarkKind, Text, joined, text

COLUMNS = 5
"""The most periods of a board."""

NEWER = 50
"""The most newer documents of a topic that are named."""

SHOWN = 2
"""How many of the latest words on a topic go into the document, and how many lines of ours beside them."""


class Words(Struct, frozen=True):
    """What they said: the words of a clip, who spoke, when (as exactly as it is known), and how long before the meeting.

    ``block`` is where it stands in the pack, or None where it was picked for the board alone. ``place`` is the period in
    which it was said, by its number; None where its date is not known so exactly.
    """

    clip: str
    document: str
    title: str
    words: str
    speaker: str
    date: str
    age: str
    block: str | None = None
    place: int | None = None


class Ours(Struct, frozen=True):
    """A line of ours on a topic."""

    block: str
    words: str


class Newer(Struct, frozen=True):
    """A document on a topic that was not read against it."""

    id: str
    title: str
    date: DateSpan


class Unread(Struct, frozen=True):
    """What a topic's search finds that is, or may be, newer than their latest words, and was not read against it.

    ``documents`` are the first of ``count``. ``undated`` are those of which no date is known. ``since`` is the day from
    which on a document counts as newer; None where they have said nothing yet, so that every document is new.
    """

    documents: tuple[Newer, ...] = ()
    count: int = 0
    undated: tuple[Newer, ...] = ()
    since: dt.date | None = None


class Row(Struct, frozen=True):
    """One topic. ``item`` is the heading that it belongs to; None where there is none, or it is gone from the pack.

    ``words`` are theirs, the earliest first, those without an exact date last. ``unread`` is None where there is no
    archive, or the topic has no search.
    """

    id: str
    name: str
    query: str
    item: str | None
    words: tuple[Words, ...] = ()
    ours: tuple[Ours, ...] = ()
    unread: Unread | None = None

    def said(self, place: int | None) -> tuple[Words, ...]:
        """What was said in one period; with None, what has no exact date."""
        return tuple(each for each in self.words if each.place == place)


class BoardView(Struct, frozen=True):
    """The board as it is on the day of the meeting: topics by periods. Periods in which nothing was said are left out."""

    body: str
    query: str
    meeting: dt.date | None
    periods: tuple[Period, ...] = ()
    topics: tuple[Row, ...] = ()

    @property
    def inexact(self) -> bool:
        """Whether any words have a date that is known less exactly than the periods."""
        return any(each.place is None for row in self.topics for each in row.words)


class _Said(Struct, frozen=True):
    """A clip on a topic."""

    clip: Clip
    speaker: str
    date: DateSpan
    block: str | None


def board(pack: Pack, archive: Reader | None = None) -> BoardView:
    """The board of a pack. Without an archive nothing is said of newer documents, and dates are those of the clips."""
    said = {topic.id: tuple(_said(pack, topic, archive)) for topic in pack.board.topics}
    columns = _columns(each.date for row in said.values() for each in row)
    return BoardView(
        body=pack.board.body,
        query=pack.board.query,
        meeting=pack.meeting.date,
        periods=columns,
        topics=tuple(_row(pack, topic, said[topic.id], columns, archive) for topic in pack.board.topics),
    )


def search_of(pack: Pack, topic: Topic) -> str:
    """What is searched for a topic: its own query, narrowed as all of the board's are. Empty where it has none."""
    return f"{topic.query} {pack.board.query}".strip() if topic.query else ""


def _row(pack: Pack, topic: Topic, said: tuple[_Said, ...], columns: tuple[Period, ...], archive: Reader | None) -> Row:
    item = next((b for b in pack.body if b.id == topic.heading and isinstance(b, Heading)), None)
    words = sorted(
        (_words(each, columns, pack.meeting.date) for each in said),
        key=lambda each: (each.place is None, each.place or 0),
    )
    query = search_of(pack, topic)
    return Row(
        id=topic.id,
        name=topic.name,
        query=query,
        item=item.text.string if item else None,
        words=tuple(words),
        ours=tuple(_ours(pack, topic)),
        unread=_unread(archive, query, topic, said) if archive and query else None,
    )


def _said(pack: Pack, topic: Topic, archive: Reader | None) -> Iterator[_Said]:
    """Their words on a topic in order of time: the clips of its section, and those that were picked."""
    clips = {clip.id: clip for clip in pack.clips}
    placed: list[tuple[str, str, str | None]] = [(clip, "", block) for clip, block in _placed(pack, topic.heading)]
    found = []
    for name, speaker, block in (*placed, *((pick.clip, pick.speaker, None) for pick in topic.picked)):
        if (clip := clips.get(name)) is not None:
            by = speaker or _speaker(pack, clip, block, archive)
            found.append(_Said(clip, by, _date(clip, archive), block))
    yield from sorted(found, key=lambda each: (each.date.start or dt.date.max, each.date.end or dt.date.max))


def _placed(pack: Pack, heading: str) -> Iterator[tuple[str, str]]:
    """The clips that stand in the section of a heading, each once with its block, in reading order.

    Those in tables are left out: they were put there from the board, or say again what stands elsewhere.
    """
    section = next((each for each in sections(pack) if each.heading.id == heading), None)
    if section is None:
        return
    inside = {block.id for block in pack.body[section.start : section.end] if not isinstance(block, Table)}
    for clip, pieces in spans(pack, MarkKind.CLIP).items():
        if block := next((piece.block for piece in pieces if piece.block in inside), None):
            yield clip, block


def _speaker(pack: Pack, clip: Clip, block: str | None, archive: Reader | None) -> str:
    """Whose words these are: as the quotation in the pack says, else as the archive knows."""
    held = pack.block(block) if block else None
    if isinstance(held, Quote) and held.speaker:
        return held.speaker
    if archive is None:
        return ""
    try:
        return archive.passage(clip.passage)[1].speaker
    except UserError:  # the archive has it no longer; the clip stands all the same
        return ""


def _date(clip: Clip, archive: Reader | None) -> DateSpan:
    """When it was said: as the archive knows by now, else as the clip does."""
    if archive is not None:
        try:
            return archive.document(clip.document).date
        except UserError:  # another archive's, or gone
            pass
    try:
        return read_span(clip.date)
    except ValueError:
        return UNDATED


def _columns(dates: Iterable[DateSpan]) -> tuple[Period, ...]:
    """The periods in which anything was said for certain."""
    known = [(each.start, each.end) for each in dates if each.start and each.end]
    if not known:
        return ()
    every = periods(min(first for first, _ in known), max(last for _, last in known), COLUMNS)
    return tuple(period for period in every if any(period.holds(*each) for each in known))


def _words(said: _Said, columns: tuple[Period, ...], meeting: dt.date | None) -> Words:
    clip, first, last = said.clip, said.date.start, said.date.end
    place = None
    if first and last:
        place = next((at for at, period in enumerate(columns) if period.holds(first, last)), None)
    return Words(
        clip=clip.id,
        document=clip.document,
        title=clip.title,
        words=clip.words,
        speaker=said.speaker,
        date=clip.date,
        age=_age(first, last, meeting) if first and last and meeting else "",
        block=said.block,
        place=place,
    )


def _age(first: dt.date, last: dt.date, meeting: dt.date) -> str:
    if first > meeting:
        return "after the meeting"
    if first == last == meeting:
        return "on the day of the meeting"
    age = age_words(first, last, meeting)
    return f"{age} before the meeting" if age else ""


def _ours(pack: Pack, topic: Topic) -> Iterator[Ours]:
    """Our line on a topic: the one that was named, else those under its heading that are not their words."""
    section = next((each for each in sections(pack) if each.heading.id == topic.heading), None)
    inside = {block.id for block in pack.body[section.start : section.end]} if section else set()
    named = {topic.line} & {block.id for block in pack.body}
    for placed in lines(pack):
        block = placed.block
        theirs = any(
            mark.kind == MarkKind.CLIP and mark.end - mark.start == len(block.text) for mark in block.text.marks
        )
        if block.id in named or (not named and block.id in inside and not theirs):
            yield Ours(block.id, block.text.string)


def _unread(archive: Reader, query: str, topic: Topic, said: tuple[_Said, ...]) -> Unread:
    """The documents that a topic's search finds, and that are not known against it."""
    known = {each.clip.document for each in said} | {each.document for each in topic.read}
    since = max((each.date.start for each in said if each.date.start), default=None)
    results = archive.search(query, limit=NEWER + len(known), filters=Filters(after=since))
    full = [hit for hit in results.hits if hit.complete]
    new = [hit for hit in full if hit.id not in known and _may_be_newer(hit, since)]
    dated = [_newer(hit) for hit in new if hit.date.start or hit.date.end]
    undated = tuple(_newer(hit) for hit in new if not (hit.date.start or hit.date.end))
    dated.sort(key=lambda each: each.date.end or dt.date.max, reverse=True)
    unseen = results.complete - len(full)
    return Unread(tuple(dated[:NEWER]), len(dated) + unseen, undated, since)


def _may_be_newer(hit: Hit, since: dt.date | None) -> bool:
    return since is None or hit.date.end is None or hit.date.end > since


def _newer(hit: Hit) -> Newer:
    return Newer(hit.id, hit.title, hit.date)


def table_of(pack: Pack, view: BoardView, topics: Iterable[str] | None = None) -> tuple[Table, tuple[Clip, ...]]:
    """The board as a table for the document: topic, what they said last, our line; and the clips of its words.

    Of each topic the latest words are taken and our first lines (:data:`SHOWN` of them); each of theirs is marked as the
    clip that it is, and followed by speaker and date. ``topics`` are the ids of those that are wanted; by default all
    that have words.
    """
    wanted = set(topics) if topics is not None else {row.id for row in view.topics if row.words}
    clips = {clip.id: clip for clip in pack.clips}
    who = f"What {view.body} said" if view.body else "What they said"
    rows: list[tuple[Text, ...]] = [tuple(map(text, ("Topic", who, "Our line")))]
    used: list[Clip] = []
    for row in view.topics:
        if row.id in wanted:
            latest = _latest(row)
            used += [clips[each.clip] for each in latest if clips[each.clip] not in used]
            said = joined(map(_cell, latest), "\n") if latest else EMPTY
            rows.append((text(row.name), said, text("\n".join(each.words for each in row.ours[:SHOWN]))))
    return Table(rows=tuple(rows)), tuple(used)


def _latest(row: Row) -> tuple[Words, ...]:
    """The last of their words, the earliest of them first; those without an exact date where there are no others."""
    dated = tuple(each for each in row.words if each.place is not None)
    return (dated or row.words)[-SHOWN:]


def _cell(said: Words) -> Text:
    words = text(said.words)
    words = text(words.string, (Mark(0, len(words), MarkKind.CLIP, said.clip),))
    where = ", ".join(filter(None, (said.speaker, said.date or "no date")))
    return words + text(f" ({where})")
