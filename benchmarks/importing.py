"""How long documents take to come in: as dumps of a thousand each, as a folder of small files, one by one, and not at all.

    .venv/bin/python -m benchmarks.importing [--documents 4000] [DUMP]

Seconds of the processor are those of all processes together; what is read ahead on another core shortens the wait alone.
"""

import argparse
import html
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from docx import Document

from benchmarks.corpus import Corpus
from benchmarks.search_speed import DUMP
from briefpack.archive import Archive

SINGLE = 30
"""Documents that are added one by one."""


def small_files(corpus: Corpus, number: int, folder: Path) -> None:
    """So many documents as files: three of seven are text, three saved pages, one is a Word file."""
    for place, (title, lines) in enumerate(corpus.documents(number)):
        if place % 7 < 3:
            (folder / f"{place:05}.txt").write_text("\n\n".join([title, *lines]), encoding="utf-8")
        elif place % 7 < 6:
            body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
            page = (
                f"<html><head><title>{html.escape(title)}</title></head><body><article>{body}</article></body></html>"
            )
            (folder / f"{place:05}.html").write_text(page, encoding="utf-8")
        else:
            document = Document()
            document.add_heading(title, 0)
            for line in lines:
                document.add_paragraph(line)
            document.save(str(folder / f"{place:05}.docx"))


def added(archive: Archive, what: str, calls: Sequence[Sequence[Path]], number: int) -> str:
    """The row of adding ``number`` documents by these calls."""
    start, before = time.perf_counter(), _processor()
    counts = [archive.add(paths) for paths in calls]
    wall, processor = time.perf_counter() - start, _processor() - before
    found = sum(each.added + each.unchanged + len(each.duplicates) for each in counts)
    assert found >= number, f"{found} of {number} came in"
    return (
        f"| {what} | {number:,} | {wall:.1f} s | {wall / number * 1000:.2f} ms | {processor / number * 1000:.2f} ms |"
    )


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def rows(dump: Path, number: int, folder: Path) -> Iterator[str]:
    """The rows of the table."""
    names = ("dumps", "small", "single")
    dumps, small, single = (folder / name for name in names)
    for each in (dumps, small, single):
        each.mkdir()
    Corpus(dump).write(number, dumps)
    small_files(Corpus(dump, seed=6), number // 4, small)
    small_files(Corpus(dump, seed=7), SINGLE, single)
    with Archive.open(folder / "archive") as archive:
        yield added(archive, "dumps of a thousand", [[dumps]], number)
        yield added(archive, "a folder of small files", [[small]], number // 4)
        yield added(archive, "the same again, unchanged", [[small]], number // 4)
        yield added(archive, "one by one", [[file] for file in sorted(single.iterdir())], SINGLE)


def main() -> None:
    parser = argparse.ArgumentParser(description="How long documents take to come in.")
    parser.add_argument("dump", nargs="?", type=Path, default=DUMP)
    parser.add_argument("--documents", type=int, default=4_000)
    options = parser.parse_args()
    print("| what | documents | all | each | each, of the processors |")
    print("|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(options.dump, options.documents, Path(folder)):
            print(row, flush=True)


if __name__ == "__main__":
    main()
