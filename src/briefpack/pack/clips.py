"""What proves a clip, the fingerprint of its words, and how its source is named."""

import hashlib
import unicodedata

from briefpack.pack.model import Clip


def normalised(words: str) -> str:
    """``words`` as compared between versions of a source: one form of each character, one space between words."""
    folded = words
    if not words.isascii():
        folded = unicodedata.normalize("NFKC", words)
        for sign, plain in _TYPOGRAPHY:  # many times as fast as str.translate
            folded = folded.replace(sign, plain)
    return " ".join(folded.split())


def fingerprint(words: str) -> str:
    """SHA-256, in hexadecimal, of the normalised words. Letters, digits and punctuation count; spacing does not."""
    return hashlib.sha256(normalised(words).encode()).hexdigest()


def citation(clip: Clip) -> str:
    """A source as a reader is told of it: its title, where it was published, and when, as far as they are known."""
    title = f"“{clip.title}”" if clip.title else ""
    return ", ".join(part for part in (title, clip.source, clip.date) if part) or "Source not recorded"


_TYPOGRAPHY = (
    *((sign, "'") for sign in "‘’"),
    *((sign, '"') for sign in "“”"),
    *((sign, "-") for sign in "–—‐‑"),
)
