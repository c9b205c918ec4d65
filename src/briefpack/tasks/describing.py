"""A pack in plain values, as ``briefpack show --json`` prints it: keys may be added, never renamed."""

import datetime as dt
from typing import Any

from briefpack.pack.anchors import spans, words_at
from briefpack.pack.dates import date_words
from briefpack.pack.measure import is_overdue, word_count
from briefpack.pack.model import Comment, Line, Meeting, Pack, Person
from briefpack.pack.outline import PlacedLine, lines, sections
from briefpack.pack.plan import Length, lengths, missing
from briefpack.pack.text import MarkKind

Plain = dict[str, Any]


def describe(pack: Pack, now: dt.datetime) -> Plain:
    """Outline, counts, comments, lines, people, clips and issues of a pack; what is unknown is None."""
    anchors = spans(pack, MarkKind.COMMENT)
    long = lengths(pack)
    places = spans(pack, MarkKind.CLIP)
    return {
        "id": pack.id,
        "title": pack.meeting.title,
        "meeting": _meeting(pack),
        "marking": pack.meeting.marking,
        "words": word_count(pack),
        "blocks": len(pack.body),
        "outline": [
            {"id": s.heading.id, "level": s.heading.level, "role": s.heading.role, "text": s.heading.text.string}
            | _length(long[s.heading.id])
            for s in sections(pack)
        ],
        "missing": [{"id": planned.heading, "title": planned.title} for planned in missing(pack)],
        "comments": [
            _comment(c) | {"anchor": words_at(pack, anchors[c.id]) if c.id in anchors else None} for c in pack.comments
        ],
        "lines": [_line(placed, now) for placed in lines(pack)],
        "people": [_person(person) for person in pack.people],
        "clips": [
            {
                "id": clip.id,
                "block": places[clip.id][0].block if clip.id in places else None,
                "document": clip.document,
                "passage": clip.passage,
                "title": clip.title,
                "words": clip.words,
            }
            for clip in pack.clips
        ],
        "issues": [
            {"number": issue.number, "time": issue.time, "files": [file.name for file in issue.files]}
            for issue in pack.issues
        ],
    }


def _length(length: Length) -> Plain:
    """A section's words, its subsections included, and how many it may have."""
    return {"words": length.words, "budget": length.budget or None}


def _meeting(pack: Pack) -> Plain:
    meeting: Meeting = pack.meeting
    return {
        "date": meeting.date,
        "date_text": date_words(meeting) or None,
        "time": meeting.time or None,
        "place": meeting.place or None,
        "from": meeting.sender or None,
        "to": meeting.recipient or None,
        "purpose": meeting.purpose or None,
        "objectives": list(meeting.objectives),
        "cleared_by": meeting.cleared_by or None,
        "attendees": [person.name for person in pack.people if person.attends],
    }


def _comment(comment: Comment) -> Plain:
    return {
        "id": comment.id,
        "author": comment.author or None,
        "initials": comment.initials or None,
        "time": comment.time,
        "text": comment.text,
        "resolved": comment.resolved,
        "replies": [
            {
                "id": reply.id,
                "author": reply.author or None,
                "initials": reply.initials or None,
                "time": reply.time,
                "text": reply.text,
            }
            for reply in comment.replies
        ],
    }


def _line(placed: PlacedLine, now: dt.datetime) -> Plain:
    line = placed.block.line or Line()
    return {
        "id": placed.block.id,
        "item": placed.item.text.string if placed.item else placed.heading.text.string,
        "text": placed.block.text.string,
        "status": line.status,
        "owner": line.owner or None,
        "cleared_by": line.cleared_by or None,
        "as_at": line.as_at,
        "good_until": line.good_until,
        "changes_when": line.changes_when or None,
        "overdue": is_overdue(line, now),
    }


def _person(person: Person) -> Plain:
    return {
        "id": person.id,
        "name": person.name,
        "side": person.side,
        "role": person.role or None,
        "organisation": person.organisation or None,
        "attends": person.attends,
    }
