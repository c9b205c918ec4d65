"""Which paragraphs of a source are headings, of what level and role.

Where the source says so itself (a heading style, Markdown), it is believed. Elsewhere the signs are those of a briefing
that was laid out by hand: a short line that is bold or in capitals, that states a part of a briefing ("Background"), or
that stands alone above a list.
"""

import re
from collections.abc import Sequence
from enum import IntEnum

from msgspec import Struct

from briefpack.briefing.fields import field_of
from briefpack.briefing.people import read_name_line
from briefpack.briefing.source import SourceItem, SourceParagraph
from briefpack.pack.model import Heading
from briefpack.pack.roles import HOLDS_LINES, Role, role_of_title
from briefpack.pack.text import MarkKind, Text, words


class Kind(IntEnum):
    """What a heading is, by its signs. The order is that of the outline."""

    STATED = 0
    SECTION = 1
    TOPIC = 2
    TITLE = 3
    LABEL = 4


SECTIONS = frozenset({Role.AGENDA, Role.BACKGROUND, Role.ANNEX, Role.BIOGRAPHIES, Role.QA})
"""The roles whose heading opens a main part of a briefing, unless it comes back under each item."""

_FIELDS_AS_SECTIONS = frozenset({"purpose", "objectives", "attendees"})
"""The fields that may also be a part of their own, under a heading."""

_QUALIFIERS = frozenset(
    {"our", "the", "current", "position", "key", "main", "suggested", "general", "top", "core", "proposed", "overall"}
)
"""Words before "lines to take" that name no topic."""

_NOT_TITLES = frozenset({"we", "they", "he", "she", "you", "i", "it", "this", "these", "their", "there", "if", "that"})
"""Words that begin a sentence which leads into a list, never a title."""

_ENUMERATOR = re.compile(r"(?:(\d+(?:\.\d+)*)[.)]?|[IVXLC]+[.)]|[A-Za-z][.)])\s+(?=\S)")
_SENTENCE_GOES_ON = re.compile(r"[.!?;]\s+\S")
_COMPOSITE = re.compile(r"(.+?)(\s+[–—-]\s+|:\s+)(.+)", re.DOTALL)
_MOST_LEVEL = 6
_LONG, _MIDDLE, _SHORT = 12, 8, 4
_CAPITALS = 5


class Found(Struct, frozen=True):
    """A paragraph that was recognised as a heading. ``depth`` is that of a number such as 2.1; 0 without one."""

    kind: Kind
    role: Role | None
    level: int = 0
    depth: int = 0


def bare(title: str) -> str:
    """A title without the number or letter that counts it."""
    return _ENUMERATOR.sub("", title, count=1)


def recurring(items: Sequence[SourceItem]) -> frozenset[Role]:
    """The main parts that come back, so that their titles are labels under each item and open no part."""
    count: dict[Role, int] = {}
    for item in items:
        if isinstance(item, SourceParagraph) and len(words(item.string)) <= _SHORT:
            role = role_of_title(bare(item.string))
            if role in SECTIONS and _could_be_title(item.string, _SHORT, role):
                count[role] = count.get(role, 0) + 1
    return frozenset(role for role, times in count.items() if times > 1 and role is Role.BACKGROUND)


def classify(items: Sequence[SourceItem], at: int, repeated: frozenset[Role]) -> Found | None:
    """What kind of heading the paragraph at ``at`` is; None where it is none."""
    item = items[at]
    if not isinstance(item, SourceParagraph) or item.quote:
        return None
    title = item.string
    role = role_of_title(bare(title))
    if item.heading is not None:
        return Found(Kind.STATED, role, level=item.heading)
    if not _could_be_title(title, _LONG, role):
        return None
    section = item.level is None and (
        (role in SECTIONS and role not in repeated) or (role is None and field_of(bare(title)) in _FIELDS_AS_SECTIONS)
    )
    following = items[at + 1] if at + 1 < len(items) else None
    alone = item.gap and following is not None and getattr(following, "gap", False)
    if item.bold or _in_capitals(item):
        if section:
            return Found(Kind.SECTION, role)
        return Found(Kind.LABEL if role or title.endswith(":") else Kind.TOPIC, role)
    kind = _by_words(item, title, role, section=section, alone=alone, following=following)
    return None if kind is None else Found(kind, role, depth=_depth(title) if kind is Kind.TOPIC else 0)


def _by_words(
    item: SourceParagraph,
    title: str,
    role: Role | None,
    *,
    section: bool,
    alone: bool,
    following: SourceItem | None,
) -> Kind | None:
    """The kind of a heading that nothing marks but its words and where it stands."""
    count = len(words(title))
    leads = isinstance(following, SourceParagraph) and following.level is not None
    if item.level is None:
        if role and count <= _MIDDLE and title[:1].isupper():
            return Kind.SECTION if section else Kind.LABEL
        if alone and _depth(title) and count <= _MIDDLE:
            return Kind.TOPIC
        return Kind.LABEL if leads and title.endswith(":") and count <= _SHORT else None
    if not leads or not title[:1].isupper():
        return None
    if role in HOLDS_LINES and (title.endswith(":") or alone or count <= _SHORT):
        return Kind.LABEL
    if alone and count <= _MIDDLE:
        return Kind.LABEL if title.endswith(":") else Kind.TITLE
    return None


def _could_be_title(title: str, most: int, role: Role | None) -> bool:
    count = words(title)
    return (
        0 < len(count) <= most
        and not title.endswith((".", ";", ",", "!", "?"))
        and not _SENTENCE_GOES_ON.search(bare(title))
        and (role is not None or count[0].casefold().strip("‘'\"“") not in _NOT_TITLES)
    )


def _in_capitals(item: SourceParagraph) -> bool:
    letters = [c for c in item.string if c.isalpha()]
    return item.level is None and len(letters) >= _CAPITALS and all(c.isupper() for c in letters)


def _depth(title: str) -> int:
    found = _ENUMERATOR.match(title)
    return found[1].count(".") + 1 if found and found[1] else 0


def _way_of_counting(title: str) -> str:
    """How a title is counted: in Roman numerals, in letters, or by numbers of some depth; empty where it is not."""
    found = _ENUMERATOR.match(title)
    if not found:
        return ""
    if found[1]:
        return f"numbers {_depth(title)}"
    sign = found[0].strip().rstrip(".)")
    return "Roman" if re.fullmatch(r"[IVXL]+", sign) else "letters"


class _Above(Struct, frozen=True):
    """A heading that what follows stands under."""

    kind: Kind
    level: int
    title: str
    role: Role | None


class Outliner:
    """Gives each heading its level, from those that came before it.

    Args:
        stated: whether the source has headings of its own, whose levels rule.

    Attributes:
        notes: what was decided that could also be otherwise, as sentences for the user.
    """

    def __init__(self, *, stated: bool) -> None:
        self.notes: list[str] = []
        self._stated = stated
        self._path: list[_Above] = []
        self._group: _Above | None = None

    @property
    def role(self) -> Role | None:
        """The role that holds where the reading is."""
        return next((above.role for above in reversed(self._path) if above.role), None)

    def place(self, item: SourceParagraph, found: Found, following: Found | None) -> list[Heading]:
        """The headings that a recognised paragraph makes: one, or a topic and "Lines to take" under it."""
        split = self._split(item, found)
        if split is not None:
            topic, label = split
            first = self._open(item, topic, Found(_topic_kind(found), None, found.level), None)
            second = self._open(item, label, Found(Kind.LABEL, role_of_title(label.string)), None)
            return [first, Heading(text=second.text, level=second.level, role=second.role)]
        return [self._open(item, item.text, found, following)]

    def _open(self, item: SourceParagraph, title: Text, found: Found, following: Found | None) -> Heading:
        level = min(self._level(title.string, found), _MOST_LEVEL)
        while self._path and self._path[-1].level >= level:
            self._path.pop()
        role = found.role
        if role is None and found.kind <= Kind.TOPIC and self._path and self._path[-1].role is Role.AGENDA:
            role = Role.ITEM
        opened = _Above(found.kind, level, " ".join(title.string.split()), role)
        if found.kind <= Kind.SECTION:
            self._group = None
        elif self._group and found.kind is Kind.TOPIC:
            self.notes.append(f"“{opened.title}” was placed under “{self._group.title}”, which has no text of its own.")
        elif found.kind is Kind.TOPIC and following is not None and following.kind is Kind.TITLE:
            self._group = opened
        self._path.append(opened)
        if found.kind is not Kind.STATED:
            title = title.without_mark(0, len(title), MarkKind.BOLD)
        block = Heading(text=title, level=level, role=role)
        return Heading(id=item.id, text=title, level=level, role=role) if item.id else block

    def _level(self, title: str, found: Found) -> int:
        base = max((above.level for above in self._path if above.kind <= Kind.SECTION), default=0)
        if found.kind is not Kind.STATED and (fellow := self._counted_like(title)):
            return fellow.level
        match found.kind:
            case Kind.STATED:
                related = self._related(title) if found.role in HOLDS_LINES else None
                return max(found.level, related.level + 1) if related else found.level
            case Kind.SECTION:
                return base + 1 if self._stated and base else 1
            case Kind.TOPIC:
                return (self._group.level if self._group else base) + max(found.depth, 1)
            case _:
                above = self._related(title) or self._innermost()
                if above and above.kind is Kind.SECTION and above.role is None:  # "Objective", then "Points to make"
                    return above.level
                return above.level + 1 if above else 1

    def _counted_like(self, title: str) -> _Above | None:
        """The heading above that is counted in the same way as this title: "II." after "I."."""
        counted = _way_of_counting(title)
        return next((above for above in self._path if counted and _way_of_counting(above.title) == counted), None)

    def _innermost(self) -> _Above | None:
        """The nearest heading that is no label."""
        return next((above for above in reversed(self._path) if above.kind is not Kind.LABEL), None)

    def _related(self, title: str) -> _Above | None:
        """The nearest heading that a title such as "NAAS – Lines to take" speaks of."""
        found = _COMPOSITE.fullmatch(title)
        if not found:
            return None
        said = _significant(found[1])
        return (
            next(
                (
                    above
                    for above in reversed(self._path)
                    if above.kind is not Kind.LABEL and said <= _significant(above.title)
                ),
                None,
            )
            if said
            else None
        )

    def _split(self, item: SourceParagraph, found: Found) -> tuple[Text, Text] | None:
        """The topic and the label of "Corona Virus – Lines to take", where the topic is new here."""
        parts = _COMPOSITE.fullmatch(item.text.string.strip()) if found.role in HOLDS_LINES else None
        if not parts or (found.kind is not Kind.STATED and item.level is None and not item.bold and not self._path):
            return None
        label, topic = role_of_title(parts[3]), role_of_title(bare(parts[1]))
        if label not in HOLDS_LINES or topic or _significant(parts[1]) <= _QUALIFIERS or self._related(item.string):
            return None
        text = item.text.strip()
        return text[: parts.end(1)], text[parts.start(3) :]


def _topic_kind(found: Found) -> Kind:
    return Kind.STATED if found.kind is Kind.STATED else Kind.TOPIC


def _significant(title: str) -> frozenset[str]:
    """The words that say what a title is about, in lower case."""
    return frozenset(re.findall(r"\w+", title.casefold())) - {"and", "of", "the", "for", "on", "in"}


def is_name_line(item: SourceParagraph, names: Sequence[str]) -> bool:
    """Whether a paragraph opens a biography: it names somebody who attends, or it is marked out and reads as a name.

    A single word that is marked out ("Sources", "Contacts") is a title, unless somebody who attends is called so.
    """
    line = read_name_line(item.string)
    if line is None:
        return False
    known = any(line[0].casefold() == name.casefold() for name in names)
    marked = item.bold or item.all_of(MarkKind.UNDERLINE) or item.heading is not None
    return known or (marked and len(line[0].split()) > 1)
