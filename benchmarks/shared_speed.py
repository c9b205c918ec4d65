"""How fast a shared archive answers: PostgreSQL beside SQLite, the same documents and questions in the same run.

The documents are those of an archive that :mod:`benchmarks.search_speed` has left in its ``--folder``. They are put into a
PostgreSQL server of their own in bulk (COPY), which stays in ``--server`` for a later run; it is set as Debian sets it but
for 512 MB of shared memory.

    .venv/bin/python -m benchmarks.search_speed --documents 100000 --folder FOLDER
    .venv/bin/python -m benchmarks.shared_speed FOLDER [--server FOLDER]
"""

import argparse
import contextlib
import gc
import os
import random
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

import apsw

from benchmarks.corpus import Corpus
from benchmarks.search_speed import DUMP, TURNS, Row, Search, Words, rows_of
from benchmarks.timing import percentile, timed
from briefpack.archive import Archive, Kind, Reader
from briefpack.archive.shared.archive import SharedArchive
from tests.helpers.postgres import Postgres, binaries

GOAL = 100
"""Milliseconds of the 95th percentile of every row."""

_TABLES = ("file", "document", "place", "passage", "sketch", "likeness", "series")
_SETTINGS = "shared_buffers=512MB max_wal_size=4GB listen_addresses=''"
_SAMPLE = 2000


def fill(archive: SharedArchive, source: Path) -> None:
    """Copy the tables of an SQLite archive, and build the index from them."""
    server, store = archive._server, apsw.Connection(str(source), apsw.SQLITE_OPEN_READONLY)  # noqa: SLF001 - in bulk
    with server.writing():
        for table in _TABLES:
            names = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
            server.copy(
                f"COPY {table} ({', '.join(names)}) FROM STDIN",
                store.execute(f"SELECT {', '.join(names)} FROM {table}"),
            )
    server.execute("SELECT setval(pg_get_serial_sequence('file', 'id'), (SELECT max(id) FROM file))")
    archive.rebuild()
    archive._index.settle()  # noqa: SLF001 - as after an import


def or_of_six(words: Words) -> Row:
    """Any of six words that one to four documents in a hundred have."""
    chosen = random.Random(9)
    mid = words.mid(60)
    return Row("any of 6 words", [Search(" OR ".join(chosen.sample(mid, 6))) for _ in range(25)], 4, GOAL)


def raced(shared: SharedArchive, archive: Archive | None, row: Row) -> str:
    """A row of the table: each search in turns, after one run of each that does not count."""
    sides = (shared, archive or shared)
    seconds: tuple[list[float], list[float]] = ([], [])
    totals: tuple[list[int], list[int]] = ([], [])
    for search in row.searches:
        for side, total, took in zip(sides, totals, seconds, strict=True):

            def ask(side: Archive = side, search: Search = search) -> int:
                return side.search(search.typed, typing=search.begun, filters=search.filters).total

            total.append(ask())
            took.extend(timed(ask) for _ in range(TURNS))
    median = [statistics.median(each) * 1000 for each in seconds]
    p95 = [percentile(each, 95) * 1000 for each in seconds]
    verdict = "kept" if p95[0] <= GOAL else "**missed**"
    beside = f"{median[1]:.1f} / {p95[1]:.1f} ms | {median[0] / median[1]:.1f}" if archive else "|"
    found = f"{statistics.median(totals[0]):,.0f}" + ("" if totals[0] == totals[1] else " (differ)")
    return f"| {row.label} | {found} | {median[0]:.1f} / {p95[0]:.1f} ms | {beside} | p95 ≤ {GOAL} ms, {verdict} |"


def adding(shared: SharedArchive, folder: Path) -> str:
    """The row of adding one document."""
    seconds = []
    for number, (title, lines) in enumerate(Corpus(DUMP, seed=random.randrange(10_000)).documents(20)):
        path = folder / f"one-{number}.txt"
        path.write_text("\n\n".join([title, *lines]), encoding="utf-8")
        seconds.append(timed(lambda path=path: shared.add([path])))
    median, p95 = statistics.median(seconds) * 1000, percentile(seconds, 95) * 1000
    return f"| add one document | | {median:.1f} / {p95:.1f} ms | | | |"


@contextlib.contextmanager
def running(folder: Path | None) -> Iterator[Postgres]:
    """A server, in a folder where it stays or in one of its own."""
    programs = binaries()
    if programs is None:
        raise SystemExit("There is no PostgreSQL here.")
    with Postgres(programs, _SETTINGS, folder) as server:
        yield server


def measure(folder: Path, server: Postgres, *, alone: bool) -> None:
    """Print the table."""
    there = server.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'bench'")
    if not there:
        server.execute("CREATE SCHEMA bench")
    with contextlib.ExitStack() as stack:
        shared = stack.enter_context(SharedArchive.open_at(server.address("bench"), make=True))
        archive = None if alone else stack.enter_context(Archive.open(folder / "archive"))
        if not shared.stats().documents:
            took = timed(lambda: fill(shared, folder / "archive" / "archive.sqlite"))
            print(f"Copied and indexed in {took:.0f} s\n", flush=True)
        stats = shared.stats()
        heads = list(shared.documents())
        sample = heads[:: max(1, len(heads) // _SAMPLE)]
        words = Words([Reader.document(shared, head.id) for head in sample])  # of which no copies are kept
        del heads
        gc.freeze()
        size = server.value(
            "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class"
            " WHERE relnamespace = 'bench'::regnamespace AND relkind = 'r'"
        )
        print(f"{stats.documents:,} documents, {stats.passages:,} passages, {size / 1e6:,.0f} MB on the server\n")
        print("| what | found, median | PostgreSQL, p50 / p95 | SQLite, p50 / p95 | ratio | goal |")
        print("|---|---:|---:|---:|---:|---|")
        for row in (*rows_of(words, Kind(next(iter(stats.kinds)))), or_of_six(words)):
            print(raced(shared, archive, row), flush=True)
        with tempfile.TemporaryDirectory() as spare:
            print(adding(shared, Path(spare)))


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast a shared archive answers.")
    parser.add_argument("folder", type=Path, help="where benchmarks.search_speed has left its archive")
    parser.add_argument("--server", type=Path, help="where the server’s data stays for a later run")
    parser.add_argument("--alone", action="store_true", help="time PostgreSQL alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, running(options.server) as server:
        os.environ["XDG_DATA_HOME"] = home
        measure(options.folder, server, alone=options.alone)


if __name__ == "__main__":
    main()
