"""Sentences of a paragraph, as far as two people's edits of one are to be shown together."""

import re

_END = re.compile(r"[.!?…]+[’”\"')\]]*\s+(?=[^\sa-z])|\n+")
_SHORT = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "rev", "st", "no", "nos", "e.g", "i.e", "eg", "ie", "etc", "cf", "vs", "p", "pp",
    "para", "ref", "hon", "gov", "dept", "approx", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec",
})  # fmt: skip
_FINISHED = re.compile(r"[.!?…:][’”\"')\]]*\s*$")


def sentences(string: str) -> list[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends, the spacing behind it left out."""
    found, start = [], 0
    for end in _END.finditer(string):
        last = string[start : end.start()].rpartition(" ")[2].lower().lstrip("(“‘\"'")
        if last in _SHORT or (len(last) == 1 and last.isalpha()):
            continue
        found.append((start, start + len(string[start : end.end()].rstrip())))
        start = end.end()
    found.append((start, max(start, len(string.rstrip()))))
    return found


def touched(string: str, start: int, end: int, new: str) -> tuple[int, ...]:
    """The numbers of the sentences that an edit changes: ``start`` to ``end`` of ``string`` became ``new``.

    A whole new sentence before, between or behind others changes none of them.
    """
    spans = sentences(string)
    if start < end:
        return tuple(number for number, (begin, stop) in enumerate(spans) if begin < end and start < stop)
    for number, (begin, stop) in enumerate(spans):
        if begin < start < stop:
            return (number,)
        if start == begin and begin < stop:
            before = string[:start]
            whole = not new.strip() or _FINISHED.search(new)
            return () if whole and (not before.strip() or _FINISHED.search(before)) else (number,)
        if start >= stop and (number + 1 == len(spans) or start < spans[number + 1][0]):
            return () if begin == stop or _FINISHED.search(string[begin:stop]) else (number,)
    return ()


def around(string: str, start: int, end: int) -> str:
    """The sentences that a stretch of a paragraph lies in."""
    spans = [(begin, stop) for begin, stop in sentences(string) if begin <= end and start <= stop]
    return string[spans[0][0] : spans[-1][1]] if spans else ""
