"""Kills imports: ``python _killer.py whole|careless KILLS SEED FOLDER``; needs a system that can fork.

Each round writes new papers, changes some, copies and moves others; a child adds them and is killed (``kill -9``), every
other time by itself before a statement drawn at random, else from outside at a moment drawn at random. The next import goes
through, and then each document must be there exactly once, as its file has it now, in step with all that is derived of it.
Prints what it did as JSON; what is wrong ends it. ``careless`` is the control: it writes without transactions.
"""

import contextlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from briefpack.archive import Archive, importing
from briefpack.archive.ahead import Ahead
from briefpack.archive.embedded import Embedded
from tests.unit.archive._importer import Fuse
from tests.unit.archive.conftest import dump

_FILES = 8
_IN_A_FILE = 3
_WORDS = [f"word{number}" for number in range(400)]
_DERIVED = {
    "fa": "rowid",
    "fa_docsize": "id",
    "sketch": "document_id",
    "series": "document_id",
    "explained": "document_id",
}

Paper = list[tuple[str, str]]
"""The titles and texts of a file."""


class Papers:
    """A folder of files, and what is in each."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.files: dict[str, Paper] = {}
        self._random = random.Random(seed)
        self._written = 0
        folder.mkdir()

    def change(self) -> None:
        """A file changed, one added, and one copied or moved."""
        if len(self.files) >= _FILES:
            changed = self.files[name := self._random.choice(sorted(self.files))]
            changed = [(title, self._text(text)) for title, text in changed]
            for each, paper in self.files.items():
                if paper == self.files[name] and each != name:
                    self._write(each, changed)  # copies change with it, or there would be two documents of each title
            self._write(name, changed)
            other = self._random.choice(sorted(self.files))
            self._written += 1
            if self._random.random() < 0.5:
                (self.folder / other).rename(self.folder / f"{self._written:03}.txt")
                self.files[f"{self._written:03}.txt"] = self.files.pop(other)
            else:
                self._write(f"{self._written:03}.txt", self.files[other])
        self._written += 1
        self._write(
            f"{self._written:03}.txt", [(f"Paper {self._written} {n}", self._text()) for n in range(_IN_A_FILE)]
        )

    def documents(self) -> dict[str, str]:
        """The text of each document by title."""
        return {title: text for paper in self.files.values() for title, text in paper}

    def _text(self, before: str = "") -> str:
        words = before.split() or self._random.choices(_WORDS, k=60)
        words[self._random.randrange(len(words))] = self._random.choice(_WORDS)
        return " ".join(words)

    def _write(self, name: str, paper: Paper) -> None:
        self.files[name] = paper
        (self.folder / name).write_text(dump(tuple((title, f"{text}.") for title, text in paper)))


def be_careless() -> None:
    """Every statement is written by itself."""

    def add(session: importing._Session, path: Path, ahead: Ahead, cancelled: object) -> bool:
        session.add(path, ahead, cancelled)
        return True

    Embedded.writing = lambda connection: contextlib.nullcontext()
    importing._Session.add_whole = add


def killed(archive: Path, papers: Path, statements: int, seconds: float) -> bool:
    """Whether an import was killed before so many statements (0: never), or after so many seconds."""
    child = os.fork()
    if not child:
        with Archive.open(archive) as opened:
            opened._connection.exec_trace = Fuse(statements)
            opened.add([papers])
        os._exit(0)
    if seconds:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the import failed by itself"
    return os.WIFSIGNALED(status)


def harm(archive: Archive, papers: Papers) -> str:
    """What is wrong with an archive after an import that went through; empty where nothing is."""
    archive.check()
    found = Counter(head.title for head in archive.documents())
    expected = papers.documents()
    if missing := expected.keys() - found.keys():
        return f"missing: {sorted(missing)[:3]}"
    if twice := [title for title, count in found.items() if count > 1]:
        return f"more than once: {twice[:3]}"
    for head in archive.documents():
        said = archive.document(head.id).text.rstrip(".")
        if head.title in expected and said.split() != expected[head.title].split():
            return f"not as its file has it: {head.title}"
    rows = {row for (row,) in archive._connection.execute("SELECT id FROM document")}
    for table, column in _DERIVED.items():
        held = {row for (row,) in archive._connection.execute(f"SELECT {column} FROM {table}")}
        if held - rows or (table in ("fa", "sketch") and rows - held):
            return f"{table} is out of step"
    if archive._connection.execute(
        "SELECT count(*) FROM passage WHERE document_id NOT IN (SELECT id FROM document)"
    ).get:
        return "passages of no document"
    title = max(expected)
    return "" if [hit.title for hit in archive.search(f"title:“{title}”").hits] == [title] else f"not found: {title}"


def main(how: str, kills: int, seed: int, folder: Path) -> None:
    if how == "careless":
        be_careless()
    importing._BATCH_SECONDS, importing._MANY = 0.01, 1  # many transactions, and the index merged after them
    draw, papers, archive = random.Random(seed), Papers(folder / "papers", seed), folder / "archive"
    inside = outside = missed = 0
    while inside + outside < kills:
        papers.change()
        own = inside <= outside
        if killed(archive, papers.folder, draw.randint(1, 700) if own else 0, 0 if own else draw.uniform(0.005, 0.06)):
            inside, outside = inside + own, outside + (not own)
        else:
            missed += 1
        with Archive.open(archive) as opened:
            opened.add([papers.folder])
            if wrong := harm(opened, papers):
                sys.exit(f"after {inside + outside} kills: {wrong}")
            documents = opened.stats().documents
    sys.stdout.write(json.dumps({"inside": inside, "outside": outside, "missed": missed, "documents": documents}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
