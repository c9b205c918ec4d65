"""Rich text as nested spans, in the order in which templates open and close them."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from briefpack.pack.dates import day_words
from briefpack.pack.links import is_safe
from briefpack.pack.text import Mark, MarkKind, Text
from briefpack.pack.tracked import read_proposal

_OUTSIDE_IN = (
    MarkKind.INSERTION,
    MarkKind.DELETION,
    MarkKind.COMMENT,
    MarkKind.LINK,
    MarkKind.HIGHLIGHT,
    MarkKind.BOLD,
    MarkKind.ITALIC,
    MarkKind.UNDERLINE,
    MarkKind.STRIKE,
)
"""How marks are nested. Clips are not shown as spans: a clip is words like any other, and a number behind them."""


class Span(Struct, frozen=True):
    """A piece of rich text.

    ``kind`` is "text" (its words in ``value``), "break", "source" or "remark" (the number of a note or comment in
    ``value``, and which of its places this is in ``place``), or a kind of mark with what it lies on in ``children``; an
    insertion or deletion has who made it, and when, in ``value``.
    """

    kind: str
    value: str = ""
    children: "tuple[Span, ...]" = ()
    place: int = 0


Markers = Callable[[Mark], Span | None]
"""Gives the number that stands behind a mark's last character, where there is one."""


def spans(text: Text, marker: Markers = lambda _: None) -> tuple[Span, ...]:
    """The spans of a text, outermost first."""
    behind: dict[int, list[Span]] = {}
    for mark in sorted(text.marks, key=lambda mark: (mark.end, mark.kind)):
        if mark.kind in {MarkKind.COMMENT, MarkKind.CLIP} and (number := marker(mark)):
            behind.setdefault(mark.end, []).append(number)
    pieces: list[tuple[tuple[Mark, ...], Span]] = []
    at = 0
    for string, marks in text.runs():
        shown = tuple(mark for kind in _OUTSIDE_IN for mark in marks if mark.kind == kind and _shown(mark))
        pieces += ((shown, span) for span in _words(string))
        at += len(string)
        pieces += (((), span) for span in behind.get(at, ()))
    return tuple(_nested(pieces, 0))


def _shown(mark: Mark) -> bool:
    return mark.kind != MarkKind.LINK or is_safe(mark.value)


def _words(string: str) -> Iterator[Span]:
    for index, line in enumerate(string.split("\n")):
        if index:
            yield Span("break")
        if line:
            yield Span("text", line)


def _nested(pieces: Sequence[tuple[tuple[Mark, ...], Span]], depth: int) -> Iterator[Span]:
    """Neighbours that share their mark at this depth put into one span."""

    def mark_here(piece: tuple[tuple[Mark, ...], Span]) -> tuple[str, str] | None:
        marks = piece[0]
        return (marks[depth].kind.value, marks[depth].value) if len(marks) > depth else None

    for key, group in groupby(pieces, mark_here):
        inner = list(group)
        if key is None:
            yield from (span for _, span in inner)
        else:
            yield Span(key[0], _value(*key), tuple(_nested(inner, depth + 1)))


def _value(kind: str, value: str) -> str:
    if kind not in {MarkKind.INSERTION, MarkKind.DELETION}:
        return value
    proposal = read_proposal(value)
    return ", ".join(part for part in (proposal.author, proposal.time and moment_words(proposal.time)) if part)


def moment_words(time: dt.datetime) -> str:
    """A time in words: "14 May 2027, 16:40"."""
    return f"{day_words(time.date())}, {time:%H:%M}"


def plain(parts: Sequence[Span]) -> str:
    """The words of spans; a line break is a newline, numbers of notes stand in square brackets."""
    written = []
    for span in parts:
        match span.kind:
            case "text":
                written.append(span.value)
            case "break":
                written.append("\n")
            case "link":
                linked = plain(span.children)
                written.append(linked if linked == span.value else f"{linked} <{span.value}>")
            case "source":
                written.append(f"[{span.value}]")
            case "remark":
                written.append(f"[C{span.value}]")
            case "deletion":
                written.append(f"[deleted: {plain(span.children)}]")
            case "insertion":
                written.append(f"[inserted: {plain(span.children)}]")
            case _:
                written.append(plain(span.children))
    return "".join(written)
