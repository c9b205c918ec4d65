"""Sentences of invented words, to compare texts by."""

import random

_SYLLABLES = (
    "ba",
    "cor",
    "din",
    "fen",
    "gul",
    "hom",
    "jas",
    "kel",
    "lum",
    "mor",
    "nid",
    "pra",
    "quo",
    "ris",
    "tev",
    "wax",
)


def sentences(rng: random.Random, count: int) -> list[str]:
    """So many sentences of ten words each; hardly four words in a row come twice."""
    return [" ".join("".join(rng.choices(_SYLLABLES, k=2)) for _ in range(10)).capitalize() + "." for _ in range(count)]
