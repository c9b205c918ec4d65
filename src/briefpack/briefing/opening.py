"""The opening of a briefing: its title, and the fields of the meeting."""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from briefpack.briefing.fields import Labelled, is_marking, read_day_and_time, read_labelled, side_of
from briefpack.briefing.headings import SECTIONS, Kind, bare, classify
from briefpack.briefing.people import read_attendees
from briefpack.briefing.source import SourceItem, SourceParagraph, SourcePicture, SourceTable
from briefpack.pack.dates import read_date
from briefpack.pack.model import Meeting, Person
from briefpack.pack.roles import Role, role_of_title
from briefpack.pack.text import joined, words

MEETINGS = ("meeting with", "meeting of", "call with", "visit ", "introductory meeting with", "briefing for")
"""How a title begins that says what the meeting is."""

_MOST_UNKNOWN = 4
_MOST_TITLE = 40


class Opening(Struct):
    """What the opening lines say, and what of them is no field.

    ``end`` is the number of items that were read; ``rest`` are those of them that belong in the body.
    """

    meeting: Meeting = Meeting()
    people: list[Person] = field(default_factory=list)
    end: int = 0
    rest: list[SourceItem] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    title_parts: list[SourceParagraph] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def read_opening(items: Sequence[SourceItem], repeated: frozenset[Role]) -> Opening:
    """The opening of a source, up to its first heading or list or to running text."""
    opening = Opening()
    at = unknown = 0
    waiting: list[SourceItem] = []
    while at < len(items) and unknown < _MOST_UNKNOWN:
        item = items[at]
        left_over = len(opening.rest)
        if after := _take(opening, items, at):
            opening.rest[left_over:left_over] = waiting
            waiting.clear()
            at = opening.end = after
            unknown = 0
            continue
        if _ends_opening(items, at, repeated):
            break
        waiting.append(item)
        unknown += 1
        at += 1
    _finish_title(opening)
    return opening


def _take(opening: Opening, items: Sequence[SourceItem], at: int) -> int:
    """Read a field, the title or the marking at ``at``; returns the place after it, or 0 where there is none."""
    item = items[at]
    if isinstance(item, SourceTable):
        return at + 1 if take_details(opening, item) else 0
    if not isinstance(item, SourceParagraph):
        return 0
    if item.heading is None and (labelled := read_labelled(item.text.string)) and labelled.field not in opening.seen:
        return _take_field(opening, items, at, labelled)
    if is_marking(item.string) and "marking" not in opening.seen:
        _set(opening, "marking", [item.string], "")
        return at + 1
    if "date" not in opening.seen and item.level is None and read_date(item.string):
        _set(opening, "date", [item.string], "")
        return at + 1
    if _is_title(opening, items, at):
        opening.title_parts.append(item)
        return at + 1
    if _is_better_title(opening, item):
        opening.rest.extend(opening.title_parts)
        opening.title_parts = [item]
        return at + 1
    return 0


def _take_field(opening: Opening, items: Sequence[SourceItem], at: int, labelled: Labelled) -> int:
    end = at + 1
    values = [labelled.value] if labelled.value else []
    if not values:
        values, end = _values_below(items, end)
        if not values and labelled.bare:
            return 0
    opening.labels.append(labelled.label)
    _set(opening, labelled.field, values, labelled.label)
    return end


def _values_below(items: Sequence[SourceItem], start: int) -> tuple[list[str], int]:
    """The lines under a label that stands alone: a list, or the next paragraphs up to an empty line."""
    values: list[str] = []
    end = start
    while end < len(items):
        item = items[end]
        if not isinstance(item, SourceParagraph) or item.heading is not None or read_labelled(item.string):
            break
        listed = item.level is not None
        first = end == start
        if not first and (item.gap or listed != (getattr(items[start], "level", None) is not None)):
            break
        if first and not listed and (role_of_title(bare(item.string)) in SECTIONS or item.bold):
            break
        if listed and item.bold and first:
            break
        values.append(item.text.string.strip())
        end += 1
    return values, end


def take_details(opening: Opening, table: SourceTable) -> bool:
    """Read a table of two columns, label and value; whether it is one."""
    rows = [[_cell_lines(cell) for cell in row] for row in table.rows]
    if (
        not rows
        or any(len(row) != 2 for row in rows)
        or any(isinstance(i, SourcePicture) for r in table.rows for c in r for i in c)
    ):
        return False
    read = [
        read_labelled(f"{' '.join(label)}:" if label and not label[-1].endswith(":") else " ".join(label))
        for label, _ in rows
    ]
    known = [each for each in read if each]
    fields = [each.field for each in known if each.field != "attendees"]
    if (
        len(known) < max(1, (len(rows) + 1) // 2)
        or len(set(fields)) < len(fields)
        or not opening.seen.isdisjoint(fields)
    ):
        return False
    unread = []
    for row, cells, labelled in zip(table.rows, rows, read, strict=True):
        if labelled:
            opening.labels.append(labelled.label)
            _set(opening, labelled.field, [*filter(None, [labelled.value]), *cells[1]], labelled.label)
        else:
            unread.append(row)
    if unread:
        opening.rest.append(replace(table, rows=tuple(unread), header=False))
    return True


def _cell_lines(cell: Iterable[object]) -> list[str]:
    lines: list[str] = []
    for item in cell:
        if isinstance(item, SourceParagraph):
            lines.extend(line.strip() for line in item.text.string.split("\n") if line.strip())
    return lines


def _set(opening: Opening, name: str, values: list[str], label: str) -> None:
    """Put the value of a field where it belongs."""
    opening.seen.add(name)
    value = "\n".join(values)
    match name:
        case "attendees":
            people, labels = read_attendees(values)
            side = side_of(label)
            opening.people.extend(replace(person, side=person.side or side) for person in people)
            opening.labels.extend(labels)
        case "objectives":
            opening.meeting = replace(opening.meeting, objectives=tuple(values))
        case "date":
            _set_date(opening, value)
        case "title":
            opening.meeting = replace(opening.meeting, title=" ".join(value.split()))
        case _:
            stated = getattr(opening.meeting, name)
            opening.meeting = replace(opening.meeting, **{name: f"{stated}\n{value}".strip()})


def _set_date(opening: Opening, value: str) -> None:
    read = read_day_and_time(value)
    if read is None or (read[1] and opening.meeting.time):
        opening.meeting = replace(opening.meeting, date_text=value)
        if value:
            opening.notes.append(f"The date “{value}” could not be read as a day; it is kept as it is written.")
        return
    day, time = read
    opening.labels.append(value.replace(time, "", 1) if time else value)
    opening.meeting = replace(opening.meeting, date=day, **({"time": time} if time else {}))


def _is_title(opening: Opening, items: Sequence[SourceItem], at: int) -> bool:
    item = items[at]
    if not isinstance(item, SourceParagraph) or item.level is not None or item.quote:
        return False
    if len(words(item.string)) > _MOST_TITLE or not words(item.string) or "title" in opening.seen:
        return False
    if opening.title_parts:
        last = opening.title_parts[-1]
        return items[at - 1] is last and _one_look(last, item) and not item.gap
    if role_of_title(bare(item.string)) is not None and not item.title:
        return False
    if item.title:
        return True
    if item.heading is not None:
        return item.heading == 1 and _only_of_its_level(items, item)
    return item.bold or _capitals(item)


def _is_better_title(opening: Opening, item: SourceParagraph) -> bool:
    """Whether a line says what the meeting is, where the one above it was only a letterhead."""
    return (
        len(opening.title_parts) == 1
        and _looks_like_title(item)
        and item.string.casefold().startswith(MEETINGS)
        and not opening.title_parts[0].string.casefold().startswith(MEETINGS)
        and not opening.title_parts[0].title
    )


def _looks_like_title(item: SourceParagraph) -> bool:
    return item.level is None and item.heading is None and not item.quote and (item.bold or _capitals(item))


def _one_look(last: SourceParagraph, item: SourceParagraph) -> bool:
    if item.title or last.title:
        return item.title and last.title
    if item.heading or last.heading:
        return False
    return (last.bold and item.bold) or (_capitals(last) and _capitals(item))


def _only_of_its_level(items: Sequence[SourceItem], heading: SourceParagraph) -> bool:
    levels = [item.heading for item in items if isinstance(item, SourceParagraph) and item.heading is not None]
    return sum(1 for level in levels if level == heading.heading) == 1 and len(levels) > 1


def _capitals(item: SourceParagraph) -> bool:
    letters = [c for c in item.string if c.isalpha()]
    return len(letters) > 5 and all(c.isupper() for c in letters)


def _ends_opening(items: Sequence[SourceItem], at: int, repeated: frozenset[Role]) -> bool:
    item = items[at]
    if isinstance(item, SourceParagraph):
        found = classify(items, at, repeated)
        return item.level is not None or (found is not None and found.kind <= Kind.TOPIC)
    return isinstance(item, SourceTable)


def _finish_title(opening: Opening) -> None:
    if not opening.title_parts:
        return
    title = joined((part.text for part in opening.title_parts), " ")
    opening.meeting = replace(opening.meeting, title=" ".join(title.string.split()))
    if len(opening.title_parts) > 1:
        opening.notes.append("The lines of the title were joined.")
