"""From what a reader found in a file to documents as the archive holds them: everything that is derived, in one place.

The ids come from the words alone, so that the same text has the same id in every archive and however often it is read.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from briefpack.archive.dates import bounded, date_of, flags_of
from briefpack.archive.debris import links_in
from briefpack.archive.kinds import Evidence, kind_of
from briefpack.archive.model import UNDATED, DateOrigin, DateSpan, Document, Kind, Passage, PassageKind, Precision
from briefpack.archive.readers.base import Found, Reading
from briefpack.archive.regions import region_of
from briefpack.archive.structure import Piece, pieces_of
from briefpack.pack.clips import normalised

DERIVATION = 3
"""Raised when documents are derived differently from the same text: files are then read again."""

_ENDS = re.compile(r"(?:-\s*)?ends?(?:\s*-)?\.?", re.IGNORECASE)


def documents_of(reading: Reading, source: str) -> list[Document]:
    """The documents of a file, in its order. What has no text is left out."""
    described = [
        _document(found, ordinal, source, newsroom=reading.newest_first)
        for ordinal, found in enumerate(reading.documents)
    ]
    if reading.newest_first:
        dates = bounded([document.date for document in described])
        described = [replace(document, date=date) for document, date in zip(described, dates, strict=True)]
    return [document for document in described if document.passages]


def content_key(title: str, texts: Iterable[str]) -> str:
    """The fingerprint of a document: of its title and its words; spacing and typography do not count."""
    return _digest("\n".join([title, *texts]), 32)


def text_key(passages: Iterable[Passage]) -> str:
    """The fingerprint of what a document says: its words without the title, headings and boilerplate."""
    passages = list(passages)
    said = [passage.text for passage in passages if passage.kind in _SAID]
    return _digest("\n".join(said or [passage.text for passage in passages]), 32)


_SAID = (PassageKind.PARAGRAPH, PassageKind.BULLET, PassageKind.QUOTATION)


def _document(found: Found, ordinal: int, source: str, *, newsroom: bool) -> Document:
    pieces = pieces_of(found.rows)
    texts = [piece.text for piece in pieces if piece.kind is not PassageKind.CAPTION]
    evidence = Evidence(
        found.title,
        [piece.text for piece in pieces if piece.kind is not PassageKind.BOILERPLATE],
        links_in(row.line for row in found.rows),
        any(piece.kind is PassageKind.BOILERPLATE and _ENDS.fullmatch(piece.text) for piece in pieces),
    )
    identity = content_key(found.title, (piece.text for piece in pieces))[:12]
    cut = ("the title is cut off in the source",) if found.title.endswith(("...", "…")) else ()
    return Document(
        id=identity,
        title=found.title,
        ordinal=ordinal,
        date=_dated(found, texts),
        kind=kind_of(evidence) or (Kind.NEWS if newsroom else None),
        region=region_of(found.title, evidence.opening),
        source=source,
        people=tuple(dict.fromkeys(name for name in (*found.people, *(p.speaker.name for p in pieces)) if name)),
        tags=found.tags,
        flags=(*cut, *found.flags, *flags_of("\n".join([found.title, *texts]))),
        passages=passages_of(identity, pieces),
    )


def _dated(found: Found, texts: Sequence[str]) -> DateSpan:
    """The date that the format gives, else that of the words, else that the document is no later than what it came with."""
    if found.stated != UNDATED:
        return found.stated
    date = date_of(found.title, texts)
    if date == UNDATED and found.not_after is not None:
        return DateSpan(None, found.not_after, Precision.RANGE, DateOrigin.BOUNDED)
    return date


def passages_of(document: str, pieces: Iterable[Piece]) -> tuple[Passage, ...]:
    """The passages of a document, each with an id from its words; a repeated passage is numbered."""
    seen: Counter[str] = Counter()
    result = []
    for piece in pieces:
        key = _digest(piece.text, 8)
        seen[key] += 1
        key = key if seen[key] == 1 else f"{key}-{seen[key]}"
        result.append(
            Passage(
                id=f"{document}.{key}",
                kind=piece.kind,
                text=piece.text,
                heading=piece.heading,
                lead_in=piece.lead_in,
                speaker=piece.speaker.name,
                speaker_role=piece.speaker.role,
                level=piece.level,
                start=piece.start,
                end=piece.end,
                page=piece.page,
            )
        )
    return tuple(result)


def _digest(words: str, length: int) -> str:
    """The first characters (0-9, a-v) of the SHA-256 of normalised words."""
    digest = hashlib.sha256(normalised(words).encode()).digest()
    return base64.b32hexencode(digest[: -(-length // 8) * 5]).decode().lower()[:length]
