"""Where sentences begin and end in English prose, as far as punctuation tells."""

import re

_END = re.compile(r"[.!?…][”’\"')\]]*\s+(?=[“‘\"'(\[]*[A-Z0-9£])")
_NOT_AN_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Rt|Lt|Col|Gen|Sgt|St|Sir|No|Nos|pp|p|para|vs|cf|eg|ie|e\.g|i\.e|Ltd|Co|Inc|approx)"
    r"|\b[A-Z])\.$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as ranges of it, without the space between them. A text without any has one: itself."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        stop = end.start() + len(end.group().rstrip())
        if not _NOT_AN_END.search(text[start:stop]):
            found.append((start, stop))
            start = end.end()
    found.append((start, len(text.rstrip())))
    return [(a, b) for a, b in found if a < b]


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of a text widened to whole sentences; an empty one becomes the sentence that it stands in."""
    touched = [(a, b) for a, b in sentences(text) if a < end and b > start] if start < end else []
    touched = touched or [(a, b) for a, b in sentences(text) if a <= start <= b][:1]
    return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)
