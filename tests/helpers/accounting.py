"""Every letter and digit of a source is in the pack, or among the labels that became structure; none is invented."""

from collections import Counter

from briefpack.briefing.source import Imported
from briefpack.pack.model import Meeting, Pack, Quote, texts_of
from briefpack.pack.text import clean


def strings_of(pack: Pack) -> list[str]:
    """Every string of a pack that a source's words can be in."""
    meeting: Meeting = pack.meeting
    found = [
        meeting.title, meeting.date_text, meeting.time, meeting.place, meeting.sender, meeting.recipient,
        meeting.purpose, *meeting.objectives, meeting.marking, meeting.cleared_by,
    ]  # fmt: skip
    for person in pack.people:
        found += [person.name, person.role, person.organisation]
    for block in pack.body:
        found += [text.string for text in texts_of(block)]
        if isinstance(block, Quote):
            found += [block.speaker, block.said_on]
    for comment in pack.comments:
        found += [comment.text, *(reply.text for reply in comment.replies)]
    return found


def characters(strings: list[str]) -> Counter[str]:
    """How often each letter and digit occurs."""
    return Counter(c for string in strings for c in string if c.isalnum())


def unaccounted(source: str, imported: Imported) -> tuple[Counter[str], Counter[str]]:
    """The letters and digits of a source that are lost, and those that were invented."""
    before = characters([clean(source)])
    after = characters([*strings_of(imported.pack), *imported.labels])
    return before - after, after - before
