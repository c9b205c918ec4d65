"""Words found and replaced anywhere in a pack.

Expressions are those of the package ``regex``, which knows all that Python's own does and can be told when to stop: some
expressions take longer than anybody lives on a line of ordinary text. The package is loaded with the first search.
"""

import math
import re
import time
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.anchors import spans
from briefpack.pack.edits.details import put_person, set_meeting
from briefpack.pack.edits.places import splice
from briefpack.pack.edits.writing import with_texts
from briefpack.pack.model import AnyBlock, Biography, Comment, Meeting, MeetingDetails, Pack, Person, texts_of
from briefpack.pack.text import Mark, MarkKind, Text, clean, text

if TYPE_CHECKING:
    import regex

SECONDS = 2.0
"""How long one search may take before it is given up: a whole pack of 300 pages takes a fiftieth of that."""

LONGEST = 1000
"""The most characters of what is looked for."""

_REPEATS = 10_000
"""How often an expression may repeat itself by its counts, multiplied: each repetition is spelled out in memory."""

_COUNTS = re.compile(r"\{(\d+)")

_SAME = {"'": "['‘’]", '"': '["“”]', "-": "[-\u2010\u2011]", " ": "[ \xa0\u202f]"}
"""What a key of the keyboard finds besides itself: curly quotes, and hyphens and spaces at which no line breaks."""


class Query(Struct, frozen=True):
    """What is looked for. Meeting details and people are searched with the body; comments where asked for."""

    words: str
    regex: bool = False
    whole_word: bool = False
    match_case: bool = False
    in_comments: bool = False


class Part(StrEnum):
    """The part of a pack that a string belongs to."""

    BODY = "body"
    MEETING = "meeting"
    PERSON = "person"
    COMMENT = "comment"


class Seat(NamedTuple):
    """Where one string of a pack is kept.

    ``id`` is that of a block, person or comment, and empty for the meeting. ``number`` counts the texts of a block, the
    fields of meeting and person, or in a comment's thread its own words (0) and its replies.
    """

    part: Part
    id: str
    number: int


class Found(NamedTuple):
    """Characters ``start`` up to ``end`` of one string."""

    seat: Seat
    start: int
    end: int


_MEETING = ("title", "date_text", "time", "place", "sender", "recipient", "purpose", "marking", "cleared_by")
_PERSON = ("name", "role", "organisation")

_Change = tuple[int, int, str]
"""Start and end of what is replaced, and by what."""


def find(pack: Pack, query: Query, *, seconds: float = SECONDS) -> tuple[Found, ...]:
    """Every place in a pack that holds what is looked for, in reading order; comments come last.

    Hits do not overlap, and none is empty: an expression that fits between two characters finds nothing there.

    Raises:
        UserError: the expression cannot be understood, or took longer than ``seconds``.
    """
    matches = _matches(_strings(pack, query), query, seconds)
    return tuple(Found(seat, *match.span()) for seat, match in matches)


def replace_all(pack: Pack, query: Query, with_: str, *, seconds: float = SECONDS) -> Pack:
    r"""``pack`` with everything that is found replaced; where ``query.regex``, ``\1`` in ``with_`` is the first group.

    New words take on the marks of the first character that they replace. A comment on any of those characters is then
    on the new words, so that no replacement takes a comment's words away unless there are no new ones.

    Raises:
        UserError: as :func:`find`, or ``with_`` cannot be understood.
    """
    return _replaced(pack, _matches(_strings(pack, query), query, seconds), query, with_)


def replace_one(pack: Pack, query: Query, found: Found, with_: str, *, seconds: float = SECONDS) -> Pack:
    """As :func:`replace_all`, one place alone; the same pack where what is looked for does not stand there any more."""
    held = ((seat, string) for seat, string in _strings(pack, query) if seat == found.seat)
    there = (each for each in _matches(held, query, seconds) if each[1].span() == (found.start, found.end))
    return _replaced(pack, there, query, with_)


def shown_at(pack: Pack, found: Found) -> str | None:
    """The id of the block in which a reader sees what was found; None where the body does not show it.

    A comment is seen at its first words, a person in their card or else among those who attend.
    """
    part, name, _ = found.seat
    match part:
        case Part.BODY:
            return name
        case Part.MEETING:
            return _details_block(pack)
        case Part.COMMENT:
            pieces = spans(pack, MarkKind.COMMENT).get(name, ())
            return pieces[0].block if pieces else None
        case Part.PERSON:
            person = pack.person(name)
            card = next((b.id for b in pack.body if isinstance(b, Biography) and b.person == name), None)
            return card or (_details_block(pack) if person is not None and person.attends else None)


def _details_block(pack: Pack) -> str | None:
    return next((block.id for block in pack.body if isinstance(block, MeetingDetails)), None)


def string_at(pack: Pack, seat: Seat) -> str:
    """The string of a seat. KeyError where the pack has no such seat."""
    held = dict(seats(pack, in_comments=seat.part == Part.COMMENT))
    return held[seat].string


def rewritten_at(pack: Pack, found: Found, with_: str) -> Pack:
    """``pack`` with the characters at one place replaced; what they are is not looked at. Marks are kept as above."""
    return _rewritten(pack, {found.seat: [(found.start, found.end, clean(with_))]})


def _strings(pack: Pack, query: Query) -> Iterator[tuple[Seat, str]]:
    """Every string that is searched, in reading order."""
    return ((seat, held.string) for seat, held in seats(pack, in_comments=query.in_comments))


def seats(pack: Pack, *, in_comments: bool) -> Iterator[tuple[Seat, Text]]:
    """Every text of a pack in reading order: the meeting's where its details stand, a person's with their card.

    Comments come last, where they are asked for.
    """
    details = _details_block(pack)
    people = {person.id: person for person in pack.people}
    cards = {block.person for block in pack.body if isinstance(block, Biography)}
    others = [person for person in pack.people if person.id not in cards]
    if details is None:
        yield from _details(pack.meeting, others)
    for block in pack.body:
        if block.id == details:
            yield from _details(pack.meeting, others)
        elif isinstance(block, Biography) and block.person in people:
            yield from _named(people.pop(block.person))
        for number, held in enumerate(texts_of(block)):
            yield Seat(Part.BODY, block.id, number), held
    if in_comments:
        for comment in pack.comments:
            for number, said in enumerate((comment.text, *(reply.text for reply in comment.replies))):
                yield Seat(Part.COMMENT, comment.id, number), Text(said)


def _details(meeting: Meeting, people: Iterable[Person]) -> Iterator[tuple[Seat, Text]]:
    fields = (*(str(getattr(meeting, name)) for name in _MEETING), *meeting.objectives)
    for number, held in enumerate(fields):
        yield Seat(Part.MEETING, "", number), Text(held)
    for person in people:
        yield from _named(person)


def _named(person: Person) -> Iterator[tuple[Seat, Text]]:
    for number, name in enumerate(_PERSON):
        yield Seat(Part.PERSON, person.id, number), Text(str(getattr(person, name)))


def _matches(
    strings: Iterable[tuple[Seat, str]], query: Query, seconds: float
) -> "Iterator[tuple[Seat, regex.Match[str]]]":
    """Each hit, and where; all together within some seconds."""
    if not query.words:
        return
    pattern = _compiled(query)
    deadline = time.monotonic() + seconds
    for seat, string in strings:
        try:
            for match in pattern.finditer(string, timeout=max(0.001, deadline - time.monotonic())):
                if match.end() > match.start():
                    yield seat, match
        except TimeoutError:
            raise UserError(
                "This expression takes too long to search for",
                do="Make it simpler: what repeats a part that itself repeats, as in (a+)+, is slow",
            ) from None


def _compiled(query: Query) -> "regex.Pattern[str]":
    import regex

    if len(query.words) > LONGEST:
        raise UserError(f"What is looked for is longer than {LONGEST:,} characters", do="Look for a part of it")
    source = query.words if query.regex else "".join(_SAME.get(each, regex.escape(each)) for each in query.words)
    if query.regex and math.prod(max(1, int(each)) for each in _COUNTS.findall(source)) > _REPEATS:
        raise UserError("This expression repeats itself too often", do="Use smaller counts")
    flags = regex.MULTILINE | (0 if query.match_case else regex.IGNORECASE)
    try:
        pattern = regex.compile(source, flags)
        return regex.compile(rf"(?<!\w)(?:{source})(?!\w)", flags) if query.whole_word else pattern
    except regex.error as error:
        raise UserError(f"This is not an expression that can be searched for: {_reason(error)}") from None
    except RecursionError:
        raise UserError("This expression is nested too deep", do="Make it simpler") from None


def _reason(error: "regex.error") -> str:
    """What is wrong with an expression, and where."""
    place = f" (at character {error.pos + 1})" if error.pos is not None else ""
    return f"{error.msg}{place}"


def _replaced(pack: Pack, matches: "Iterable[tuple[Seat, regex.Match[str]]]", query: Query, with_: str) -> Pack:
    changes: dict[Seat, list[_Change]] = {}
    for seat, match in matches:
        new = clean(_expanded(match, with_) if query.regex else with_)
        if new != match.group():
            changes.setdefault(seat, []).append((*match.span(), new))
    return _rewritten(pack, changes) if changes else pack


def _expanded(match: "regex.Match[str]", with_: str) -> str:
    import regex

    try:
        return str(match.expand(with_))
    except regex.error as error:
        reason = _reason(error)
    except IndexError:
        reason = "it names a group that the expression has not"
    raise UserError(f"“{with_}” cannot be put in: {reason}", do="Write \\\\ for a backslash")


def _rewritten(pack: Pack, changes: dict[Seat, list[_Change]]) -> Pack:
    """``pack`` with every string changed that is named."""
    touched = {(seat.part, seat.id) for seat in changes}
    body = tuple(_block(block, changes) if (Part.BODY, block.id) in touched else block for block in pack.body)
    comments = tuple(_comment(each, changes) if (Part.COMMENT, each.id) in touched else each for each in pack.comments)
    pack = splice(pack, 0, len(body), body)
    if comments != pack.comments:
        pack = replace(pack, comments=comments)
    if (Part.MEETING, "") in touched:
        pack = set_meeting(pack, **_meeting(pack.meeting, changes))
    for person in pack.people:
        if (Part.PERSON, person.id) in touched:
            pack = put_person(pack, _person(person, changes))
    return pack


def _block(block: AnyBlock, changes: dict[Seat, list[_Change]]) -> AnyBlock:
    numbers = count()
    return with_texts(block, lambda held: _text(held, changes.get(Seat(Part.BODY, block.id, next(numbers)), ())))


def _text(held: Text, changes: Iterable[_Change]) -> Text:
    for start, end, new in reversed(tuple(changes)):
        kept = {(m.kind, m.value) for m in held.marks_at(start)}
        kept |= {(m.kind, m.value) for m in held.marks if _stands_on(m, start, end)}
        held = held.replace(start, end, text(new, (Mark(0, len(new), kind, value) for kind, value in kept)))
    return held


def _stands_on(mark: Mark, start: int, end: int) -> bool:
    return mark.kind == MarkKind.COMMENT and mark.start < end and mark.end > start


def _comment(comment: Comment, changes: dict[Seat, list[_Change]]) -> Comment:
    def said(number: int, words: str) -> str:
        return _string(words, changes.get(Seat(Part.COMMENT, comment.id, number), ()))

    replies = tuple(replace(reply, text=said(at, reply.text)) for at, reply in enumerate(comment.replies, 1))
    return replace(comment, text=said(0, comment.text), replies=replies)


def _meeting(meeting: Meeting, changes: dict[Seat, list[_Change]]) -> dict[str, object]:
    def said(number: int, words: str) -> str:
        return _string(words, changes.get(Seat(Part.MEETING, "", number), ()))

    fields: dict[str, object] = {name: said(at, str(getattr(meeting, name))) for at, name in enumerate(_MEETING)}
    fields["objectives"] = tuple(said(at, words) for at, words in enumerate(meeting.objectives, len(_MEETING)))
    return fields


def _person(person: Person, changes: dict[Seat, list[_Change]]) -> Person:
    fields = {
        name: _string(str(getattr(person, name)), changes.get(Seat(Part.PERSON, person.id, at), ()))
        for at, name in enumerate(_PERSON)
    }
    return replace(person, **fields)


def _string(words: str, changes: Iterable[_Change]) -> str:
    return _text(Text(words), changes).string
