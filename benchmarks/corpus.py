"""An archive's worth of documents, made from the dump of a hundred articles: any number, the same each time.

Each has the shape of a real article: as many headings, bullets and paragraphs, in the same order. Each line is put together
from real sentences, drawn at random, in which 30 of 100 words are replaced by draws from a vocabulary of 150,000 words:
those of the dump, the commonest first, then words whose letters follow one another as in those. Their frequencies fall as
Zipf and Mandelbrot say, so that rare words are as many and as rare as they are in real archives.
"""

import bisect
import itertools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

REPLACED = 0.3
WORDS = 150_000
_EXPONENT, _SHIFT = 1.05, 2.7
_FIRST_YEAR, _YEARS = 2000, 25
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_TRAILER = "\n\n\nTags assigned to this article:\nThere are no tags assigned to this article!\n\nRelated Articles\n\n"
_SENTENCE = re.compile(r"(?<=[.!?”])\s+(?=[“A-Z])")
_WORD = re.compile(r"[A-Za-z]{2,}")
_DATE = re.compile(rf"\W*\b(?:(?:{'|'.join(month[:3] for month in _MONTHS)})\w*)?\W*\b(?:19|20)\d\d\b.*")
_HEADING = 60
"""A line up to so many characters without a full stop counts as a heading here."""


class Shape(NamedTuple):
    """A real article: its title without a date, and of each line the mark before it and its sentences (0: a heading)."""

    title: str
    lines: tuple[tuple[str, int], ...]


class Corpus:
    """Documents made from a dump."""

    def __init__(self, dump: Path, seed: int = 5) -> None:
        self._random = random.Random(seed)
        self._shapes: list[Shape] = []
        self._sentences: list[str] = []
        self._headings: list[str] = []
        text = dump.read_text(encoding="utf-8")
        for article in text.split("\nTags assigned to this article:\n"):
            self._learn([line.strip() for line in article.split("\n") if line.strip()])
        self.vocabulary = _vocabulary(text, self._random)
        weights = [1 / (rank + _SHIFT) ** _EXPONENT for rank in range(len(self.vocabulary))]
        self._cumulated = list(itertools.accumulate(weights))

    def _learn(self, lines: Sequence[str]) -> None:
        lines = [line for line in lines if not line.startswith(("There are no tags", "Related Articles"))]
        if len(lines) < 2:
            return
        shape = []
        for marked in lines[1:]:
            mark = "• " if marked.startswith("•") else ""
            line = marked.removeprefix("•").strip()
            if not mark and len(line) <= _HEADING and not line.endswith((".", ":", "”")):
                self._headings.append(line)
                shape.append(("", 0))
            else:
                sentences = _SENTENCE.split(line)
                self._sentences += sentences
                shape.append((mark, len(sentences)))
        self._shapes.append(Shape(_DATE.sub("", lines[0]) or lines[0], tuple(shape)))

    def documents(self, number: int) -> Iterator[tuple[str, list[str]]]:
        """Titles, each with its month, and lines; the oldest first."""
        months = _YEARS * 12
        for place in range(number):
            year, month = divmod(place * months // number, 12)
            shape = self._random.choice(self._shapes)
            lines = [mark + self._line(sentences) for mark, sentences in shape.lines]
            yield f"{self._changed(shape.title)} – {_MONTHS[month]} {_FIRST_YEAR + year}", lines

    def write(self, number: int, folder: Path, *, each: int = 1000) -> None:
        """Write documents as dumps of ``each``, whose names sort by time; in a dump the latest is at the top."""
        documents = self.documents(number)
        for file in itertools.count():
            some = list(itertools.islice(documents, each))
            if not some:
                return
            articles = ["\n\n".join([title, *lines]) for title, lines in reversed(some)]
            text = "".join(article + _TRAILER for article in articles)
            (folder / f"{file:04}.txt").write_text(text, encoding="utf-8")

    def _line(self, sentences: int) -> str:
        if not sentences:
            return self._changed(self._random.choice(self._headings))
        return " ".join(self._changed(self._random.choice(self._sentences)) for _ in range(sentences))

    def _changed(self, text: str) -> str:
        return _WORD.sub(self._or_another, text)

    def _or_another(self, match: re.Match[str]) -> str:
        if self._random.random() >= REPLACED:
            return match[0]
        at = bisect.bisect(self._cumulated, self._random.random() * self._cumulated[-1])
        word = self.vocabulary[min(at, len(self.vocabulary) - 1)]
        return word.capitalize() if match[0][0].isupper() else word


def _vocabulary(text: str, rng: random.Random) -> list[str]:
    """Words, the commonest first: those of ``text``, then made ones."""
    counts = Counter(word.lower() for word in _WORD.findall(text))
    words = dict.fromkeys(word for word, _ in counts.most_common())
    after: dict[str, list[str]] = defaultdict(list)
    for word in words:
        padded = f"  {word}$"
        for at in range(len(padded) - 2):
            after[padded[at : at + 2]].append(padded[at + 2])
    while len(words) < WORDS:
        made = "  "
        while not made.endswith("$") and len(made) < 16:
            made += rng.choice(after[made[-2:]])
        if len(word := made.strip(" $")) > 3:
            words[word] = None
    return list(words)
