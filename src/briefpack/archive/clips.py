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

_OPENING = ("“", '"', "‘", "'")
_SENTENCE_END = re.compile(r"[.!?…]+[’”\"')\]]*(?=\s|$)")
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
        return _found(Verdict.SAME, here, clip.start, clip.end)
    if moved := _verbatim(document, clip):
        return _found(Verdict.MOVED, moved.passage, moved.start, moved.end)
    if changed := _between(document, clip) or _like(document, clip):
        return _found(Verdict.CHANGED, changed.passage, changed.start, changed.end)
    return ClipVerdict(Verdict.GONE)


def _found(verdict: Verdict, passage: Passage, start: int, end: int) -> ClipVerdict:
    return ClipVerdict(verdict, passage.text[start:end], passage.id, start, end)


class _Place(Struct, frozen=True):
    """Words of a passage, and how alike (of 100) they are to what is looked for."""

    score: float
    passage: Passage
    start: int
    end: int


def _verbatim(document: Document, clip: Clip) -> _Place | None:
    """The clip's words as they stand somewhere in the document, by the words beside them where they stand twice."""
    pattern = loosely(clip.words)
    found = (
        _Place(fuzz.ratio(_beside(passage.text, *match.span()), clip.before + clip.after), passage, *match.span())
        for passage in document.passages
        for match in pattern.finditer(passage.text)
        if fingerprint(match[0]) == clip.fingerprint
    )
    return max(found, key=lambda place: place.score, default=None)


def _between(document: Document, clip: Clip) -> _Place | None:
    """What stands between the words that stood before and after the clip, where both are still there."""
    if not clip.before.strip() or not clip.after.strip():
        return None
    pattern = re.compile(
        rf"{loosely(clip.before.strip()).pattern}\s*(.+?)\s*{loosely(clip.after.strip()).pattern}", re.DOTALL
    )
    for passage in document.passages:
        match = pattern.search(passage.text)
        if match and (score := fuzz.ratio(normalised(match[1]), normalised(clip.words))) >= _ALIKE:
            return _Place(score, passage, *match.span(1))
    return None


def _like(document: Document, clip: Clip) -> _Place | None:
    """The words of the document that are most like the clip's, in whole words."""
    best: _Place | None = None
    for passage in document.passages:
        found = aligned(passage.text, clip.words, _ALIKE)
        if found and (best is None or found[2] > best.score):
            best = _Place(found[2], passage, found[0], found[1])
    return best


def aligned(text: str, words: str, least: float) -> tuple[int, int, float] | None:
    """The piece of a text that is most like words, and how alike (of 100); None where nothing is so much as ``least``.

    It begins and ends with a whole word; where the words are whole sentences, it is whole sentences if these are like
    enough.
    """
    span = (0, len(text))
    if len(words) < len(text):
        found = fuzz.partial_ratio_alignment(words, text, score_cutoff=least)
        if found is None:
            return None
        span = _whole_words(text, found.dest_start, found.dest_end)
    wanted = normalised(words)
    for start, end in (_whole_sentences(text, span, words), span):
        score = float(fuzz.ratio(normalised(text[start:end]), wanted))
        if score >= least:
            return start, end, score
    return None


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of ``text`` begin and end that lie at least in part between two offsets."""
    while start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1 : end].isalnum():
        end += 1
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _whole_sentences(text: str, span: tuple[int, int], words: str) -> tuple[int, int]:
    """A piece of ``text`` grown to where a sentence begins and ends, as far as ``words`` begin and end so."""
    start, end = span
    if words[:1].isupper() or words[:1] in _OPENING:
        start = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
        start += len(text[start:]) - len(text[start:].lstrip())
    if _SENTENCE_END.search(words[-3:]) and not _SENTENCE_END.search(text[max(start, end - 3) : end]):
        following = _SENTENCE_END.search(text, end)
        end = following.end() if following else len(text)
    return start, end


def _beside(text: str, start: int, end: int) -> str:
    return text[max(0, start - CONTEXT) : start] + text[end : end + CONTEXT]


def loosely(words: str) -> re.Pattern[str]:
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
