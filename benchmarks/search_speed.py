"""How fast the archive answers, against tantivy on the same passages in the same run.

The corpus is that of :mod:`benchmarks.corpus`. Both sides give the twenty best with their passages marked, and how many
there are in all. The archive ranks documents, fills up with those that have some of the words, repairs, widens, and shows
three passages of each, with heading and lead-in; tantivy ranks the passages themselves, stemmed as ours are, and marks
twenty. Its beginnings of words are regular expressions, which it does not rank.

    .venv/bin/python -m benchmarks.search_speed [--documents 100000] [--folder FOLDER] [--rebuild] [DUMP]

With ``--folder`` corpus and archive stay there, and a later run with as many documents uses them again.
"""

import argparse
import contextlib
import datetime as dt
import gc
import json
import random
import re
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import tantivy

from benchmarks.corpus import Corpus
from benchmarks.timing import percentile, timed
from briefpack.archive import Archive, Document, Filters, Kind, asking

DUMP = Path(__file__).parents[2] / "shared" / "seeds" / "000_503f1fb9c8f33b75.txt"
QUERIES = 25
TURNS = 3
BOUNDED = 200
"""Queries that are asked with and without the bound on what is ranked."""

_SAMPLE = 2000
_WORD = re.compile(r"[a-z]{4,}")
_BOTH = re.compile(r"[a-z]{4,} [a-z]{4,}")


class Search(NamedTuple):
    """A query as both sides are asked it: ``typed`` is ours, ``parsed`` tantivy's, ``begun`` a beginning of a word."""

    typed: str
    parsed: str = ""
    begun: bool = False
    filters: Filters | None = None


class Row(NamedTuple):
    """A line of the table, with its goals: the ratio of the medians, and milliseconds of the 95th percentile."""

    label: str
    searches: Sequence[Search]
    ratio: float
    p95: float


class Yardstick:
    """Tantivy with a document for each passage."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", stored=True, tokenizer_name="en_stem")
        for name in ("document", "title", "kind"):
            builder.add_text_field(name, stored=True, tokenizer_name="raw")
        builder.add_integer_field("month", stored=True, indexed=True, fast=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._writer = self._index.writer(heap_size=256_000_000)

    def add(self, document: Document) -> None:
        """Add the passages of a document; they are found after :meth:`commit`."""
        month = document.date.start.year * 12 + document.date.start.month if document.date.start else 0
        for passage in document.passages:
            self._writer.add_document(
                tantivy.Document(
                    body=passage.text, document=document.id, title=document.title, kind=document.kind or "", month=month
                )
            )

    def commit(self) -> None:
        """Make what was added searchable."""
        self._writer.commit()
        self._index.reload()

    def finish(self) -> None:
        """Wait until the index has its final size."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        self._writer = self._index.writer(heap_size=256_000_000)

    def search(self, search: Search, limit: int = 20) -> tuple[int, list[tuple[str, str]]]:
        """How many passages there are, and titles and marked texts of the best."""
        searcher, query = self._index.searcher(), self._query(search)
        result = searcher.search(query, limit)
        marker = tantivy.SnippetGenerator.create(searcher, query, self._schema, "body")
        found = [searcher.doc(address) for _, address in result.hits]
        return result.count, [(doc["title"][0], marker.snippet_from_doc(doc).to_html()) for doc in found]

    def _query(self, search: Search) -> tantivy.Query:
        if search.begun:
            return tantivy.Query.regex_query(self._schema, "body", f"{search.typed}.*")
        query = self._index.parse_query(search.parsed or search.typed, ["body"])
        if not search.filters:
            return query
        filters = search.filters
        assert filters.after
        assert filters.before
        months = (filters.after.year * 12 + filters.after.month, filters.before.year * 12 + filters.before.month)
        kind = tantivy.Query.term_query(self._schema, "kind", filters.kinds[0].value)
        dated = tantivy.Query.range_query(
            self._schema, "month", tantivy.FieldType.Integer, *months, include_upper=False
        )
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in (query, kind, dated)])


class Words:
    """Words, pairs and phrases as they stand in a sample of documents, by how many documents have them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._random = random.Random(7)
        self._texts = [document.text.lower() for document in documents]
        self._words = [sorted(set(_WORD.findall(text))) for text in self._texts]
        self._passages = [
            sorted(set(_WORD.findall(each.text.lower()))) for every in documents for each in every.passages
        ]
        counts = Counter(word for words in self._words for word in words)
        self._share = {word: count / len(documents) for word, count in counts.items()}

    def rare(self, number: int) -> list[str]:
        """Words that one document in a thousand has, or fewer."""
        return self._some(0, 0.001, number)

    def mid(self, number: int) -> list[str]:
        """Words that one to four documents in a hundred have."""
        return self._some(0.01, 0.04, number)

    def common(self, number: int) -> list[str]:
        """Words that ten to sixty documents in a hundred have."""
        return self._some(0.1, 0.6, number)

    def together(self, words: int, number: int) -> list[str]:
        """As many words that stand in one passage, neither rare nor in nearly all documents."""
        found = []
        while len(found) < number:
            known = [word for word in self._random.choice(self._passages) if 0.01 < self._share[word] < 0.3]
            if len(known) >= words:
                found.append(" ".join(self._random.sample(known, words)))
        return found

    def phrases(self, number: int) -> list[str]:
        """Two neighbouring words, neither rare nor in nearly all documents."""
        found = []
        while len(found) < number:
            pairs = [
                pair
                for pair in _BOTH.findall(self._random.choice(self._texts))
                if all(0.01 < self._share[word] < 0.4 for word in pair.split())
            ]
            found += self._random.sample(pairs, min(1, len(pairs)))
        return found

    def begun(self, letters: int, number: int) -> list[str]:
        """The first letters of words neither rare nor in nearly all documents; all different where there are enough."""
        words = self._some(0.005, 0.3, 40 * number)
        return list(dict.fromkeys(word[:letters] for word in words if len(word) > letters))[:number]

    def _some(self, least: float, most: float, number: int) -> list[str]:
        words = sorted(word for word, share in self._share.items() if least < share <= most)
        return self._random.sample(words, min(number, len(words)))


def rows_of(words: Words, kind: Kind) -> list[Row]:
    """The searches, with the goals."""
    filters = Filters(kinds=(kind,), after=dt.date(2011, 1, 1), before=dt.date(2013, 1, 1))
    phrases = words.phrases(QUERIES)
    rows = [
        Row("one word, rare", [Search(word) for word in words.rare(QUERIES)], 4, 20),
        Row("one word, in 1 to 4 of 100", [Search(word) for word in words.mid(QUERIES)], 4, 20),
        Row("one word, in 10 to 60 of 100", [Search(word) for word in words.common(QUERIES)], 4, 20),
    ]
    for number in (2, 3):
        several = words.together(number, QUERIES)
        rows.append(
            Row(f"{number} words", [Search(each, " ".join(f"+{w}" for w in each.split())) for each in several], 4, 20)
        )
    rows.append(Row("phrase of 2", [Search(f'"{phrase}"') for phrase in phrases], 4, 20))
    for letters in (2, 3, 5):
        begun = words.begun(letters, QUERIES)
        rows.append(Row(f"first {letters} letters", [Search(each, begun=True) for each in begun], 6, 30))
    filtered = [Search(word, filters=filters) for word in (*words.mid(12), *words.common(13))]
    rows.append(Row("word, kind, 24 months", filtered, 4, 10))
    return rows


def raced(archive: Archive, yardstick: Yardstick, row: Row) -> str:
    """A row of the table: each search in turns, after one run of each that does not count."""
    seconds: tuple[list[float], list[float]] = ([], [])
    totals: tuple[list[int], list[int]] = ([], [])
    for search in row.searches:
        ours = _ours(archive, search)
        totals[0].append(ours())
        totals[1].append(yardstick.search(search)[0])
        for _ in range(TURNS):
            seconds[0].append(timed(ours))
            seconds[1].append(timed(lambda search=search: yardstick.search(search)))
    median = [statistics.median(each) * 1000 for each in seconds]
    p95 = [percentile(each, 95) * 1000 for each in seconds]
    ratio = median[0] / median[1]
    verdicts = [
        f"≤ {row.ratio:g} ×, {_kept(ratio, row.ratio)}",
        f"p95 ≤ {row.p95:g} ms, {_kept(p95[0], row.p95)}",
    ]
    found = " / ".join(f"{statistics.median(each):,.0f}" for each in totals)
    return (
        f"| {row.label} | {found} | {median[0]:.2f} / {p95[0]:.2f} ms | {median[1]:.2f} / {p95[1]:.2f} ms |"
        f" {ratio:.1f} | {'; '.join(verdicts)} |"
    )


def _ours(archive: Archive, search: Search) -> Callable[[], int]:
    return lambda: archive.search(search.typed, typing=search.begun, filters=search.filters).total


def adding(archive: Archive, yardstick: Yardstick, corpus: Corpus, folder: Path) -> str:
    """The row of adding one document, until it is found."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for number, (title, lines) in enumerate(corpus.documents(20)):
        path = folder / f"one-{archive.stats().documents}-{number}.txt"
        path.write_text("\n\n".join([title, *lines]), encoding="utf-8")
        seconds[0].append(timed(lambda path=path: archive.add([path])))
        (hit,) = archive.search("", filters=Filters(sources=(path.name,))).hits
        document = archive.document(hit.id)

        def add(document: Document = document) -> None:
            yardstick.add(document)
            yardstick.commit()

        seconds[1].append(timed(add))
    median = [statistics.median(each) * 1000 for each in seconds]
    p95 = [percentile(each, 95) * 1000 for each in seconds]
    ratio = median[0] / median[1]
    return (
        f"| add one document | | {median[0]:.2f} / {p95[0]:.2f} ms | {median[1]:.2f} / {p95[1]:.2f} ms | {ratio:.2f} |"
        f" ≤ 0.2 ×, {_kept(ratio, 0.2)} |"
    )


def bounding(archive: Archive, what: str, searches: Sequence[str], *, typing: bool = False) -> str:
    """What it costs not to rank all matches: how many of the best ten of all are not among the twenty shown."""
    affected = missed = first = wanted = 0
    seconds: tuple[list[float], list[float]] = ([], [])
    for search in searches:
        start = time.perf_counter()
        shown = archive.search(search, typing=typing)
        taken = time.perf_counter() - start
        if shown.complete <= asking.MANY:
            continue
        affected += 1
        seconds[0].append(taken)
        everything = dict.fromkeys(("DEPTH", "TYPING_DEPTH", "MANY"), shown.total + 1)
        with mock.patch.multiple(asking, **everything):
            start = time.perf_counter()
            best = [hit.id for hit in archive.search(search, typing=typing).hits[:10]]
            seconds[1].append(time.perf_counter() - start)
        seen = {hit.id for hit in shown.hits}
        wanted += len(best)
        missed += sum(each not in seen for each in best)
        first += best[0] not in seen
    if not affected:
        return f"Bounding, {what}: none of {len(searches)} queries has more than {asking.MANY:,} full answers."
    times = [f"{statistics.median(each) * 1000:.0f} / {percentile(each, 95) * 1000:.0f} ms" for each in seconds]
    return (
        f"Bounding, {what}: {affected} of {len(searches)} queries have more than {asking.MANY:,} full answers. Of the ten"
        f" best of all of these, {missed / wanted:.1%} are not among the twenty shown; the very best is not for"
        f" {first / affected:.1%}. They take {times[0]}; ranking all takes {times[1]}."
    )


def _kept(value: float, goal: float) -> str:
    return "kept" if value <= goal else "**missed**"


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _built(corpus: Corpus, number: int, folder: Path) -> float:
    """Make the archive, unless it is there already; the seconds that it took to add the documents."""
    noted = folder / "added.json"
    if not noted.exists():
        (folder / "corpus").mkdir()
        corpus.write(number, folder / "corpus")
        with Archive.open(folder / "archive") as archive:
            took = timed(lambda: archive.add([folder / "corpus"]))
        noted.write_text(json.dumps(took))
    return float(json.loads(noted.read_text()))


def _documents(archive: Archive) -> Iterator[Document]:
    for head in list(archive.documents()):
        yield archive.document(head.id)


def _fed(archive: Archive, yardstick: Yardstick) -> float:
    """The seconds that tantivy takes for the documents of the archive, reading them not counted."""
    seconds = 0.0
    for document in _documents(archive):
        start = time.perf_counter()
        yardstick.add(document)
        seconds += time.perf_counter() - start
    return seconds + timed(yardstick.finish)


def measure(number: int, dump: Path, folder: Path, *, rebuild: bool) -> None:
    """Print the table."""
    corpus = Corpus(dump)
    added = _built(corpus, number, folder)
    shutil.rmtree(folder / "tantivy", ignore_errors=True)
    with Archive.open(folder / "archive") as archive:
        stats = archive.stats()
        assert stats.documents >= number, "the folder holds an archive of another size"
        yardstick = Yardstick(folder / "tantivy")
        fed = _fed(archive, yardstick)
        sizes = [_size(folder / "archive"), _size(folder / "tantivy")]
        heads = list(archive.documents())
        words = Words([archive.document(head.id) for head in heads[:: max(1, len(heads) // _SAMPLE)]])
        del heads
        gc.freeze()  # what stands here is not looked through before every run
        print(f"{stats.documents:,} documents, {stats.passages:,} passages\n")
        print("| what | found, median | archive, p50 / p95 | tantivy, p50 / p95 | ratio | goal |")
        print("|---|---:|---:|---:|---:|---|")
        kind = Kind(next(iter(stats.kinds)))
        for row in rows_of(words, kind):
            print(raced(archive, yardstick, row), flush=True)
        with tempfile.TemporaryDirectory() as spare:
            print(adding(archive, yardstick, Corpus(dump, seed=stats.documents), Path(spare)))  # new ones each time
        print(f"| read and add all | | {added:.1f} s | {fed:.1f} s | {added / fed:.1f} | |")
        if rebuild:
            again = timed(archive.rebuild)
            print(
                f"| index all anew | | {again:.1f} s | {fed:.1f} s | {again / fed:.1f} | ≤ 4 ×, {_kept(again / fed, 4)} |"
            )
        ratio = sizes[0] / sizes[1]
        megabytes = " | ".join(f"{size / 1e6:,.0f} MB" for size in sizes)
        print(f"| on disk | | {megabytes} | {ratio:.1f} | ≤ 3.5 ×, {_kept(ratio, 3.5)} |\n")
        several = [*words.common(BOUNDED * 2 // 5), *words.together(2, BOUNDED * 2 // 5)]
        print(bounding(archive, "words and pairs", several))
        print(bounding(archive, "phrases", words.phrases(BOUNDED // 5)))
        begun = [*words.begun(2, BOUNDED // 5), *words.begun(3, BOUNDED // 5)]
        print(bounding(archive, "beginnings of 2 and 3 letters", begun, typing=True))


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast the archive answers, against tantivy.")
    parser.add_argument("dump", nargs="?", type=Path, default=DUMP)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where corpus and archive stay for a later run")
    parser.add_argument("--rebuild", action="store_true", help="time building the index anew as well")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        measure(options.documents, options.dump, folder, rebuild=options.rebuild)


if __name__ == "__main__":
    main()
