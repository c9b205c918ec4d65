"""Clips: passages taken out of the archive with all that proves them, and what has become of their words since."""

import re

from msgspec import Struct
from rapidfuzz import fuzz

from briefpack.archive.dates import shown
from briefpack.archive.model import ClipVerdict, Document, Passage, Verdict
from briefpack.pack.clips import fingerprint, normalised
from briefpack.pack.model import Clip

CONTEXT = 40
"""Characters kept on either side of a clip's words."""

_ALIKE = 60
"""How alike (of 100) words must be to be taken for the changed words of a clip."""


def clip_of(document: Document, passage: Passage, start: int, end: int, archive: str) -> Clip:
    """The words from ``start`` up to ``end`` of a passage as a clip. ValueError where they are none of its words."""
    if not 0 <= start < end <= len(passage.text):
        raise ValueError(f"no words from {start} to {end} in a passage of {len(passage.text)} characters")
    words = passage.text[start:end]
    return Clip(
        document=document.id,
        passage=passage.id,
        start=start,
        end=end,
        words=words,
        fingerprint=fingerprint(words),
        title=document.title,
        date=shown(document.date),
        source=document.source,
        archive=archive,
        before=passage.text[max(0, start - CONTEXT) : start],
        after=passage.text[end : end + CONTEXT],
    )


def verdict(document: Document | None, clip: Clip) -> ClipVerdict:
    """What the archive holds now where the words of a clip stood. ``document`` is the clip's, None where it is gone.

    Words are *moved* only where they are found to the letter (spacing and typography aside), and *changed* only where
    the clip's own passage, or what stands between the words that stood either side, is still like them.
    """
    if document is None:
        return ClipVerdict(Verdict.GONE)
    here = next((passage for passage in document.passages if passage.id == clip.passage), None)
    if here and fingerprint(here.text[clip.start : clip.end]) == clip.fingerprint:
        return ClipVerdict(Verdict.SAME, here.text[clip.start : clip.end])
    if now := _verbatim(document, clip):
        return ClipVerdict(Verdict.MOVED, now)
    if now := _between(document, clip) or _like(document, clip):
        return ClipVerdict(Verdict.CHANGED, now)
    return ClipVerdict(Verdict.GONE)


class _Likeness(Struct, frozen=True, order=True):
    score: float
    words: str


def _verbatim(document: Document, clip: Clip) -> str:
    """The clip's words as they stand somewhere in the document, by the words beside them where they stand twice."""
    pattern = _loosely(clip.words)
    found = [
        _Likeness(fuzz.ratio(_beside(passage.text, *match.span()), clip.before + clip.after), match[0])
        for passage in document.passages
        for match in pattern.finditer(passage.text)
        if fingerprint(match[0]) == clip.fingerprint
    ]
    return max(found).words if found else ""


def _between(document: Document, clip: Clip) -> str:
    """What stands between the words that stood before and after the clip, where both are still there."""
    if not clip.before.strip() or not clip.after.strip():
        return ""
    pattern = re.compile(
        f"{_loosely(clip.before.strip()).pattern}(.+?){_loosely(clip.after.strip()).pattern}", re.DOTALL
    )
    for passage in document.passages:
        match = pattern.search(passage.text)
        if match and fuzz.ratio(normalised(match[1]), normalised(clip.words)) >= _ALIKE:
            return match[1].strip()
    return ""


def _like(document: Document, clip: Clip) -> str:
    """The words of the document that are most like the clip's, in whole words."""
    best = _Likeness(0, "")
    for passage in document.passages:
        found = fuzz.partial_ratio_alignment(clip.words, passage.text, score_cutoff=_ALIKE)
        if found is None:
            continue
        words = _whole(passage.text, found.dest_start, found.dest_end)
        best = max(best, _Likeness(fuzz.ratio(normalised(words), normalised(clip.words)), words))
    return best.words if best.score >= _ALIKE else ""


def _whole(text: str, start: int, end: int) -> str:
    """The words of ``text`` that lie at least in part between two offsets."""
    while start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1 : end].isalnum():
        end += 1
    return text[start:end].strip()


def _beside(text: str, start: int, end: int) -> str:
    return text[max(0, start - CONTEXT) : start] + text[end : end + CONTEXT]


def _loosely(words: str) -> re.Pattern[str]:
    """``words`` with any spacing, and with any of the forms of a quotation mark or dash."""
    parts = []
    for word in words.split():
        escaped = "".join(_CLASSES.get(character, re.escape(character)) for character in word)
        parts.append(escaped)
    return re.compile(r"\s+".join(parts))


_CLASSES = {
    **dict.fromkeys("'‘’", "['‘’]"),
    **dict.fromkeys('"“”', '["“”]'),
    **dict.fromkeys("-–—‐‑", "[-–—‐‑]"),
}
