"""The one rich-text model: a string, and marks over ranges of it.

QTextDocument, .docx, HTML and the clipboard are adapters around :class:`Text`. Offsets count code points. A ``Text``
that was made by the functions here is *canonical*: its string is clean, and its marks are sorted, in range, not empty,
merged where they touch, and do not overlap another mark of their kind. So equal texts compare equal.
"""

import heapq
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from msgspec import Struct


class MarkKind(StrEnum):
    """The properties that a range of characters can have."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKE = "strike"
    HIGHLIGHT = "highlight"
    LINK = "link"
    COMMENT = "comment"
    CLIP = "clip"
    INSERTION = "insertion"
    DELETION = "deletion"


FORMATS = frozenset({MarkKind.BOLD, MarkKind.ITALIC, MarkKind.UNDERLINE, MarkKind.STRIKE, MarkKind.HIGHLIGHT})
"""The kinds that "clear formatting" clears: how words look, not what they are."""

LAYERED = frozenset({MarkKind.COMMENT})
"""Kinds of which several may lie on the same character: each comment is a layer of its own."""


class Mark(Struct, frozen=True, order=True, gc=False):
    """A property of the characters ``start`` up to, not including, ``end``.

    ``value`` is empty for plain formats, the colour name of a highlight, the address of a link, the id of a comment or
    clip, and the author and time of a tracked insertion or deletion.
    """

    start: int
    end: int
    kind: MarkKind
    value: str = ""


_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufff9-\ufffc\ufffe\uffff]")
_NONCHARACTERS = re.compile(
    "[\ufdd0-\ufdef" + "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(1, 17)) + "]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(string: str) -> str:
    """``string`` without what cannot be saved or exported; every kind of line end becomes a newline.

    Dropped are lone surrogates, control characters other than tab and newline, Unicode noncharacters, the byte order
    mark, and the object replacement character and its kin, none of which is text. A newline inside a block is a line
    break within its paragraph.
    """
    if string.isascii() and string.isprintable():
        return string
    return _NONCHARACTERS.sub("", _UNWANTED.sub("", _BREAKS.sub("\n", string)))


class Text(Struct, frozen=True, gc=False):
    """A string with marks. Make one with :func:`text`; the constructor alone does not make it canonical."""

    string: str = ""
    marks: tuple[Mark, ...] = ()

    def __len__(self) -> int:
        """The number of code points."""
        return len(self.string)

    def __bool__(self) -> bool:
        """Whether there are any characters."""
        return bool(self.string)

    def __str__(self) -> str:
        return self.string

    def __add__(self, other: "Text") -> "Text":
        """Both, one after the other; marks that meet at the seam are merged."""
        if not other.string:
            return self
        if not self.string:
            return other
        shift = len(self.string)
        moved = tuple(Mark(m.start + shift, m.end + shift, m.kind, m.value) for m in other.marks)
        return Text(self.string + other.string, canonical(self.marks + moved, shift + len(other.string)))

    def __getitem__(self, part: slice) -> "Text":
        """The characters of a slice (without step) with their marks."""
        start, stop, _ = part.indices(len(self.string))
        if stop <= start:
            return EMPTY
        if (start, stop) == (0, len(self.string)):
            return self
        kept = tuple(
            Mark(max(m.start, start) - start, min(m.end, stop) - start, m.kind, m.value)
            for m in self.marks
            if m.start < stop and m.end > start
        )
        return Text(self.string[start:stop], canonical(kept, stop - start))

    def replace(self, start: int, stop: int, new: "Text") -> "Text":
        """This text with the characters from ``start`` to ``stop`` replaced by ``new``."""
        return self[:start] + new + self[stop:]

    def with_mark(self, start: int, stop: int, kind: MarkKind, value: str = "") -> "Text":
        """This text with a mark set; of a kind that is not layered, it replaces what lies there."""
        start, stop = max(0, start), min(stop, len(self.string))
        if start >= stop:
            return self
        kept = self.marks if kind in LAYERED else self.without_mark(start, stop, kind).marks
        return Text(self.string, canonical((*kept, Mark(start, stop, kind, value)), len(self.string)))

    def without_mark(self, start: int, stop: int, kind: MarkKind, value: str | None = None) -> "Text":
        """This text without the marks of ``kind`` (only those of ``value``, where given) between the two offsets."""
        kept: list[Mark] = []
        for mark in self.marks:
            if (
                mark.kind != kind
                or (value is not None and mark.value != value)
                or mark.end <= start
                or mark.start >= stop
            ):
                kept.append(mark)
                continue
            if mark.start < start:
                kept.append(Mark(mark.start, start, kind, mark.value))
            if mark.end > stop:
                kept.append(Mark(stop, mark.end, kind, mark.value))
        return Text(self.string, canonical(kept, len(self.string)))

    def keep_marks(self, wanted: Callable[[Mark], bool]) -> "Text":
        """This text with only the marks for which ``wanted`` is true."""
        return Text(self.string, tuple(mark for mark in self.marks if wanted(mark)))

    def covered(self, start: int, stop: int, kind: MarkKind) -> bool:
        """Whether every character between the offsets has a mark of ``kind`` (false for an empty range)."""
        if start >= stop:
            return False
        at = start
        for mark in self.marks:
            if mark.kind == kind and mark.start <= at < mark.end:
                at = mark.end
        return at >= stop

    def marks_at(self, offset: int) -> tuple[Mark, ...]:
        """The marks on the character at ``offset``."""
        return tuple(m for m in self.marks if m.start <= offset < m.end)

    def marks_typed_at(self, offset: int) -> tuple[tuple[MarkKind, str], ...]:
        """What a character typed at ``offset`` takes on: every mark on both sides, and formats from the left alone.

        A comment, clip or link that ends here does not grow by what is typed after it.
        """
        left = {(m.kind, m.value) for m in self.marks if m.start < offset <= m.end}
        right = {(m.kind, m.value) for m in self.marks if m.start <= offset < m.end}
        return tuple(sorted(mark for mark in left if mark in right or mark[0] in FORMATS))

    def runs(self) -> Iterator[tuple[str, tuple[Mark, ...]]]:
        """The string cut wherever a mark begins or ends, each piece with the marks that lie on all of it."""
        cuts = sorted({0, len(self.string), *(m.start for m in self.marks), *(m.end for m in self.marks)})
        for start, stop in itertools.pairwise(cuts):
            yield self.string[start:stop], tuple(m for m in self.marks if m.start <= start and m.end >= stop)

    def split(self, separator: str) -> "list[Text]":
        """The pieces between occurrences of ``separator``, with their marks."""
        pieces, start = [], 0
        while (found := self.string.find(separator, start)) >= 0:
            pieces.append(self[start:found])
            start = found + len(separator)
        return [*pieces, self[start:]]

    def strip(self) -> "Text":
        """This text without white space at either end."""
        start = len(self.string) - len(self.string.lstrip())
        return self[start : max(start, len(self.string.rstrip()))]


EMPTY = Text()
"""The text without characters."""


def canonical(marks: Iterable[Mark], length: int) -> tuple[Mark, ...]:
    """``marks`` in range, sorted, minimal, and not overlapping another of their layer.

    A layer is a kind, or for :data:`LAYERED` kinds a kind and a value. Where two marks of one layer overlap with
    different values, the one that starts later wins from its start on.
    """
    layers: dict[tuple[MarkKind, str], list[Mark]] = {}
    for mark in marks:
        start, end = max(0, mark.start), min(mark.end, length)
        if start < end:
            key = (mark.kind, mark.value if mark.kind in LAYERED else "")
            layers.setdefault(key, []).append(Mark(start, end, mark.kind, mark.value))
    result: list[Mark] = []
    for layer in layers.values():
        result.extend(_merged(sorted(layer)) if len(layer) > 1 else layer)
    return tuple(sorted(result))


def _merged(layer: list[Mark]) -> list[Mark]:
    """One layer's sorted marks: cut where they overlap, so that the later start wins, and joined where equals touch."""
    if any(left.end > right.start for left, right in itertools.pairwise(layer)):
        layer = list(_cut(layer))
    done: list[Mark] = []
    for mark in layer:
        if done and done[-1].end == mark.start and done[-1].value == mark.value:
            done[-1] = Mark(done[-1].start, mark.end, mark.kind, mark.value)
        else:
            done.append(mark)
    return done


def _cut(layer: list[Mark]) -> Iterator[Mark]:
    """One layer's sorted marks as pieces that do not overlap: on each stands the last of the marks that cover it."""
    cuts = sorted({offset for m in layer for offset in (m.start, m.end)})
    begun: list[tuple[int, Mark]] = []  # a heap, the last mark on top; those that ended are dropped as they come up
    following = 0
    for start, end in itertools.pairwise(cuts):
        while following < len(layer) and layer[following].start <= start:
            heapq.heappush(begun, (-following, layer[following]))
            following += 1
        while begun and begun[0][1].end <= start:
            heapq.heappop(begun)
        if begun:
            yield Mark(start, end, begun[0][1].kind, begun[0][1].value)


def text(string: str, marks: Iterable[Mark] = ()) -> Text:
    """A canonical text. Marks are moved along where cleaning the string drops characters."""
    cleaned = clean(string)
    marks = tuple(marks)
    if marks and cleaned != string:
        marks = tuple(Mark(_kept(string, m.start), _kept(string, m.end), m.kind, m.value) for m in marks)
    return Text(cleaned, canonical(marks, len(cleaned)))


def _kept(string: str, offset: int) -> int:
    """How many characters before an offset are left when the string is cleaned."""
    return len(clean(string[: max(0, offset)]))


def joined(pieces: Iterable[Text], separator: str = "") -> Text:
    """All pieces as one text, with ``separator`` between them."""
    result, first = EMPTY, True
    for piece in pieces:
        result = piece if first else result + Text(separator) + piece
        first = False
    return result


def words(string: str) -> list[str]:
    """The words of a string, as a word count sees them: what stands between white space and has a letter or digit."""
    return [word for word in string.split() if any(map(str.isalnum, word))]
