"""What proves a clip: the fingerprint of its words."""

import hashlib
import unicodedata


def normalised(words: str) -> str:
    """``words`` as compared between versions of a source: one form of each character, one space between words."""
    folded = unicodedata.normalize("NFKC", words).translate(_TYPOGRAPHY)
    return " ".join(folded.split())


def fingerprint(words: str) -> str:
    """SHA-256, in hexadecimal, of the normalised words. Letters, digits and punctuation count; spacing does not."""
    return hashlib.sha256(normalised(words).encode()).hexdigest()


_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"})
