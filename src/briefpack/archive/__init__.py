"""The store of documents that snippets are pulled from: read, dated, searched, quoted, proved."""

from briefpack.archive.archive import Archive, Reader
from briefpack.archive.dates import shown
from briefpack.archive.model import (
    UNDATED,
    Added,
    ClipVerdict,
    DateOrigin,
    DateSpan,
    Document,
    Duplicate,
    Filters,
    Hit,
    Kind,
    Passage,
    PassageHit,
    PassageKind,
    Precision,
    Refused,
    Related,
    RelatedHit,
    Results,
    Stats,
    Verdict,
)
from briefpack.archive.store import default_folder

__all__ = [
    "UNDATED",
    "Added",
    "Archive",
    "ClipVerdict",
    "DateOrigin",
    "DateSpan",
    "Document",
    "Duplicate",
    "Filters",
    "Hit",
    "Kind",
    "Passage",
    "PassageHit",
    "PassageKind",
    "Precision",
    "Reader",
    "Refused",
    "Related",
    "RelatedHit",
    "Results",
    "Stats",
    "Verdict",
    "default_folder",
    "shown",
]
