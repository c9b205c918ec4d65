"""How well copies are known again: articles of the dump reposted, edited and cut in half, against the articles themselves.

Each article of 60 words and more comes back as three copies: reposted (straight quotes, other spacing, notes to editors
added), edited (6 in 100 words changed), and its first half alone. A copy is found where the archive names it together with
its article as the same text, as containing it or as contained in it. False pairs are articles of the dump that are so named
though neither is a copy of the other.

    .venv/bin/python -m benchmarks.near_duplicates [DUMP]
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.timing import percentile
from briefpack.archive import Archive, Document

DUMP = Path(__file__).parents[2] / "shared" / "seeds" / "000_503f1fb9c8f33b75.txt"
SHORTEST = 60
EDITED = 0.06
_STRAIGHT = str.maketrans("‘’“”–—", "''\"\"--")
_NOTES = """

ENDS

Notes to Editors

1. Further information about this statement can be had from the press office, which is open on weekdays.
2. The full text is on our website, together with a list of all statements of this year.
"""


class Copies(NamedTuple):
    """What the archive said of one kind of copy."""

    made: int
    found: int
    how: dict[str, int]


def reposted(document: Document, _rng: random.Random) -> str:
    return "\n\n".join(passage.text.translate(_STRAIGHT).replace(". ", ".  ") for passage in document.passages) + _NOTES


def edited(document: Document, rng: random.Random) -> str:
    vocabulary = sorted(set(document.text.split()))
    return "\n\n".join(
        " ".join(rng.choice(vocabulary) if rng.random() < EDITED else word for word in passage.text.split())
        for passage in document.passages
    )


def halved(document: Document, _rng: random.Random) -> str:
    words = document.text.split()
    left, kept = len(words) // 2, []
    for passage in document.passages:
        own = passage.text.split()[:left]
        left -= len(own)
        if own:
            kept.append(" ".join(own))
    return "\n\n".join(kept)


KINDS: dict[str, Callable[[Document, random.Random], str]] = {
    "reposted": reposted,
    "edited": edited,
    "half": halved,
}


def measure(dump: Path, kind: str, folder: Path) -> tuple[Copies, int, list[float]]:
    """What is found of one kind of copy, the false pairs among the articles, and the seconds that each copy took to add."""
    rng = random.Random(11)
    with Archive.open(folder / f"archive-{kind}") as archive:
        archive.add([dump])
        false = len(named(archive))
        originals = [archive.document(head.id) for head in archive.documents()]
        originals = [document for document in originals if len(document.text.split()) >= SHORTEST]
        made: dict[str, str] = {}
        seconds = []
        for document in originals:
            path = folder / f"{kind}-{document.id}.txt"
            path.write_text(f"{document.title}\n\n{KINDS[kind](document, rng)}", encoding="utf-8")
            before = time.perf_counter()
            archive.add([path])
            seconds.append(time.perf_counter() - before)
            made[path.name] = document.id
        copies = {head.id: made[head.source] for head in archive.documents() if head.source in made}
        pairs = named(archive)
        how: dict[str, int] = {}
        found = set()
        for (one, other), label in pairs.items():
            for copy, of in ((one, other), (other, one)):
                if copies.get(copy) == of:
                    found.add(copy)
                    how[label] = how.get(label, 0) + 1
        return Copies(len(copies), len(found), how), false, seconds


def named(archive: Archive) -> dict[tuple[str, str], str]:
    """The pairs that are told to be one text or part of one another."""
    return {(each.id, each.of): each.how for each in archive.duplicates() if not each.how.startswith("shares")}


def main() -> None:
    dump = Path(sys.argv[1]) if len(sys.argv) > 1 else DUMP
    print("| copies | made | found | share | false pairs | add, p50 / p95 ms | how |\n|---|---|---|---|---|---|---|")
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            copies, false, seconds = measure(dump, kind, Path(folder))
        times = " / ".join(f"{percentile(seconds, rank) * 1000:.1f}" for rank in (50, 95))
        how = ", ".join(f"{label} {number}" for label, number in sorted(copies.how.items()))
        print(
            f"| {kind} | {copies.made} | {copies.found} | {copies.found / copies.made:.3f} | {false} | {times} | {how} |"
        )


if __name__ == "__main__":
    main()
