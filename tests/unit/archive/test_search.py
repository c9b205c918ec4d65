"""Searching: what is found, in which order, with which passages and marks."""

import datetime as dt
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import apsw
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.archive import Archive, Filters, Kind, Reader, Results, asking
from briefpack.archive.marking import Pattern, highlights
from briefpack.archive.tokens import Tokenizer, folded
from briefpack.errors import Cancelled, UserError
from tests.unit.archive.conftest import Opener, dump
from tests.unit.archive.test_query import TYPED

pytestmark = pytest.mark.both_stores


def titles(results: Results) -> list[str]:
    return [hit.title for hit in results.hits]


def marked(results: Results) -> list[str]:
    return [
        passage.text[start:end] for hit in results.hits for passage in hit.passages for start, end in passage.highlights
    ]


def test_documents_with_all_the_words_come_first(archive: Archive) -> None:
    results = archive.search("moss wardens Leeds")
    assert titles(results)[0] == "Yorkshire & Humber Update September 2017"
    assert [hit.complete for hit in results.hits] == [True, False, False, False][: len(results.hits)]
    assert results.complete == 1
    assert results.total == len(results.hits) == 4


def test_totals_do_not_depend_on_how_many_are_shown(archive: Archive) -> None:
    found = [archive.search("moss wardens Leeds", limit=limit) for limit in (1, 2, 20)]
    assert {(results.total, results.complete) for results in found} == {(4, 1)}
    assert [len(results.hits) for results in found] == [1, 2, 4]


def test_a_hit_says_all_of_itself(archive: Archive) -> None:
    (hit,) = archive.search("lichen").hits
    assert (hit.kind, hit.region, hit.ordinal, hit.source) == (Kind.REGIONAL_UPDATE, "North West", 1, "site.txt")
    (passage,) = hit.passages
    assert (passage.text, passage.heading) == ("Moss and lichen surveys", "Peer challenge")
    assert passage.lead_in == "Two parks were visited. The programme covers:"
    assert passage.text[slice(*passage.highlights[0])] == "lichen"


def test_the_shape_of_json_is_the_contract(archive: Archive) -> None:
    results = msgspec.to_builtins(archive.search("lichen"))
    assert results.keys() >= {"query", "filters", "total", "notes", "hits"}
    (hit,) = results["hits"]
    assert hit.keys() >= {"id", "title", "ordinal", "date", "kind", "region", "source", "score", "passages"}
    assert hit["date"] == {
        "from": "2017-11-01",
        "to": "2017-11-30",
        "precision": "month",
        "origin": "title",
        "text": "November 2017",
    }
    assert hit["passages"][0].keys() >= {"id", "text", "highlights", "heading", "lead_in"}
    document = msgspec.to_builtins(archive.document(hit["id"]))
    assert document.keys() >= {"id", "title", "date", "kind", "people", "tags", "passages"}
    assert document["passages"][0].keys() >= {"id", "kind", "text"}


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("offrolling", ["Off-rolling"]),
        ("off-rolling", ["Off-rolling"]),
        ("cooperation", ["Co-operation"]),
        ('"county council"', ["county’s council"]),
        ('"mandatory for every"', ["mandatory for every"]),
        ("byelaw", ["Byelaws"]),
        ("accreditatio*", ["accreditation"]),
        ('"every mandatory"', []),
    ],
)
def test_spellings_and_phrases(archive: Archive, typed: str, marks: list[str]) -> None:
    found = marked(archive.search(typed))
    assert set(found) == set(marks)


def test_every_beginning_of_a_word_finds_it_while_it_is_typed(archive: Archive) -> None:
    for length in range(2, len("accreditation") + 1):
        results = archive.search("accreditation"[:length], typing=True)
        assert "Consultation response on park byelaws" in titles(results), "accreditation"[:length]


def test_a_hyphenated_word_is_found_while_it_is_typed(archive: Archive) -> None:
    for length in range(3, len("Off-rolling") + 1):
        typed = "Off-rolling"[:length]
        assert "Fern Strategy - Comment" in titles(archive.search(typed, typing=True)), typed


def test_without_a_word(archive: Archive) -> None:
    assert "Yorkshire & Humber Update September 2017" in titles(archive.search("moss"))
    assert "Yorkshire & Humber Update September 2017" not in titles(archive.search("moss -Leeds"))


def test_or(archive: Archive) -> None:
    assert set(titles(archive.search("Oldham OR Leeds"))) == {
        "Warden of the year",
        "Yorkshire & Humber Update September 2017",
    }


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("moss kind:consultation-response", Filters()),
        ("moss", Filters(kinds=(Kind.CONSULTATION_RESPONSE,))),
        ("moss person:Reed", Filters()),
        ("moss", Filters(people=("Bo Reed",))),
        ("moss title:byelaws", Filters()),
    ],
)
def test_filters_typed_and_set(archive: Archive, typed: str, filters: Filters) -> None:
    assert titles(archive.search(typed, filters=filters)) == ["Consultation response on park byelaws"]


def test_words_of_a_heading_find_what_stands_under_it(archive: Archive) -> None:
    (hit,) = archive.search("heading:funding").hits
    assert {(passage.text, passage.heading) for passage in hit.passages} == {
        ("Funding", ""),
        ("Co-operation with the county’s council continues.", "Funding"),
    }
    assert archive.search('heading:"peer challenges"').total == 1
    assert archive.search("heading:chall*").total == 1
    assert archive.search("heading:moss").total == 0
    assert titles(archive.search("moss -heading:challenge")) == [
        "Consultation response on park byelaws",
        "Yorkshire & Humber Update September 2017",
    ]


def test_each_filter_is_named_that_leaves_nothing(archive: Archive) -> None:
    results = archive.search("moss -Leeds kind:regional-update region:eastern after:2018")
    assert results.notes == ("3 documents have the words; the filters leave none of them",)
    (note,) = archive.search("lichen after:2018").notes
    assert note == (
        "1 document has the words; the filters leave it out; without the date (from 1 January 2018) there is 1"
    )
    (note,) = archive.search("Leeds -moss").notes
    assert note == "1 document has the words; the filters leave it out; without “-moss” there is 1"


def test_dates_keep_what_may_lie_inside(archive: Archive) -> None:
    assert titles(archive.search("in:2017-09")) == [
        "Consultation response on park byelaws",
        "Warden of the year",
        "Yorkshire & Humber Update September 2017",
    ]
    assert "Yorkshire & Humber Update September 2017" not in titles(archive.search("after:2017-10-01"))
    assert titles(archive.search("before:2017-09")) == []
    assert titles(archive.search("after:2018")) == ["Fern Strategy - Comment"]


def test_a_reserved_word_cannot_be_typed(archive: Archive) -> None:
    assert archive.search("\ue000kcommitteeupdate").total == 0


def test_no_words_list_the_newest(archive: Archive) -> None:
    results = archive.search("", limit=2)
    assert titles(results) == ["Fern Strategy - Comment", "North West Region Update - November 2017"]
    assert results.total == 5


def test_an_empty_answer_says_why(archive: Archive) -> None:
    assert archive.search("zebra moss").notes == ("No document has “zebra”",)
    assert archive.search("moss kind:speech").notes == (
        "3 documents have the words; the filters leave none of them; without the kind “speech” there are 3",
    )
    assert archive.search("Leeds Oldham").notes == ("No document has all the words",)
    assert archive.search("moss").notes == ()


def test_more_passages_than_are_shown_are_counted(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Ferns at length\n\n" + "\n\n".join(f"Fern number {n} grew well, they said." for n in range(40)))
    with opener("a") as archive:
        archive.add([path])
        (hit,) = archive.search("fern").hits
        assert len(hit.passages) == 3
        assert hit.more == 37


def test_ranking_among_the_newest_is_said_and_totals_are_exact(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "DEPTH", 2)
    results = archive.search("moss")
    assert (results.total, len(results.hits)) == (3, 2)
    assert results.notes == ("Ranked among the newest 2 of 3 documents",)
    assert archive.search("lichen").notes == ()
    assert archive.search("moss", typing=True).notes == ()
    monkeypatch.setattr(asking, "TYPING_DEPTH", 1)
    assert archive.search("moss", typing=True).notes == ("Ranked among the newest 1 of 3 documents",)


def test_related_documents_say_why(archive: Archive) -> None:
    moss = archive.search("byelaws").hits[0].id
    related = archive.related(moss)
    assert related.hits
    assert moss not in [hit.id for hit in related.hits]
    assert all(hit.why for hit in related.hits)


def test_unknown_ids_are_user_errors(archive: Archive) -> None:
    for call in (archive.document, archive.related, archive.passage):
        with pytest.raises(UserError, match="nowhere"):
            call("nowhere.1")
    known = archive.search("moss").hits[0].id
    with pytest.raises(UserError, match="no passage"):
        archive.passage(f"{known}.x")


@pytest.mark.sqlite_only
def test_a_reader_sees_what_is_added_and_writes_nothing(archive: Archive, tmp_path: Path) -> None:
    with archive.reader() as reader:
        (tmp_path / "new.txt").write_text("Heather on the moor\n\nHeather burns in May, said nobody.")
        archive.add([tmp_path / "new.txt"])
        assert titles(reader.search("heather")) == ["Heather on the moor"]
        with pytest.raises(apsw.ReadOnlyError):
            reader._connection.execute("DELETE FROM document")


@pytest.mark.sqlite_only
def test_a_running_query_can_be_interrupted(archive: Archive) -> None:
    with archive.reader() as reader:
        begun = threading.Event()

        def endless(*_: object) -> int:
            begun.set()
            return 1

        reader._connection.create_scalar_function("endless", endless)
        slow = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + endless() FROM n) SELECT max(x) FROM n"
        interrupter = threading.Thread(target=lambda: (begun.wait(), reader.interrupt()))
        interrupter.start()
        with pytest.raises(Cancelled):
            _run(reader, slow)
        interrupter.join()
        assert reader.search("moss").total == 3


def _run(reader: Reader, query: str) -> None:
    with reader._snapshot():
        reader._number(query)


@given(TYPED, st.booleans())
@settings(max_examples=200)
def test_no_query_fails_and_marks_are_in_order(typed: str, typing: bool) -> None:
    results = _shared_archive().search(typed, typing=typing)
    assert results.total >= len(results.hits)
    for hit in results.hits:
        for passage in hit.passages:
            assert all(0 <= start < end <= len(passage.text) for start, end in passage.highlights)
            assert all(left[1] <= right[0] for left, right in pairwise(passage.highlights))


@given(st.text(), st.lists(st.text(min_size=1)))
def test_marks_of_any_text_are_in_order(text: str, typed: list[str]) -> None:
    tokenizer = _tokenizer()
    patterns = [Pattern(tokenizer.stems(words)) for words in typed if tokenizer.stems(words)]
    patterns += [Pattern(beginning=words[:2]) for words in typed]
    marks = highlights(text, patterns, tokenizer)
    assert all(0 <= start < end <= len(text) for start, end in marks)
    assert all(left[1] <= right[0] for left, right in pairwise(marks))


@given(st.text())
def test_a_text_is_marked_by_its_own_words(text: str) -> None:
    tokenizer = _tokenizer()
    tokens = tokenizer.tokens(text)
    marks = highlights(text, [Pattern((token.stem,)) for token in tokens], tokenizer)
    covered = {place for start, end in marks for place in range(start, end)}
    assert all(set(range(token.start, token.end)) <= covered for token in tokens)


@given(st.text())
def test_folding_keeps_places(text: str) -> None:
    assert len(folded(text)) == len(text)


_OPENED: dict[str, Archive | apsw.Connection] = {}


@pytest.fixture(scope="module", autouse=True)
def _one_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One archive for all the examples of a property."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "site.txt").write_text(dump(), encoding="utf-8")
    connection = apsw.Connection(":memory:")
    with Archive.open(folder / "archive") as archive:
        archive.add([folder / "site.txt"])
        _OPENED.update(archive=archive, connection=connection)
        yield
    connection.close()


def _shared_archive() -> Archive:
    return _OPENED["archive"]


def _tokenizer() -> Tokenizer:
    return Tokenizer(_OPENED["connection"])


@pytest.mark.sqlite_only
def test_days_are_asked_of_each_match_and_the_index_but_once(archive: Archive) -> None:
    statements: list[str] = []
    connection = archive._connection
    filters = Filters(after=dt.date(2001, 3, 5))
    connection.trace_v2(apsw.SQLITE_TRACE_STMT, lambda event: statements.append(event["sql"]))
    archive.search("moss", filters=filters)
    archive.facets("moss", filters=filters)
    connection.trace_v2(0)
    dated = {sql for sql in statements if "published_to >=" in sql and not sql.startswith("--")}
    assert len(dated) == 3
    for sql in dated:
        values = tuple(["moss", "2001-03-05", "9999", 5, 5][: sql.count("?")])
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
        (scan,) = [step for step in plan if step.startswith("SCAN fa ")]
        assert "=" not in scan, "the index is asked again for each document"


@pytest.mark.parametrize(
    ("typed", "titles_found", "marks"),
    [
        ('"Leeds wardens"~10', ["Yorkshire & Humber Update September 2017"], ["Wardens", "Leeds"]),
        ('"moss Leeds"~20', ["Yorkshire & Humber Update September 2017"], ["Leeds", "moss"]),
        ('near:"accreditation voluntary"', ["Consultation response on park byelaws"], ["accreditation", "voluntary"]),
        ('"accreditation voluntary"~2', [], []),
        ('"accreditation voluntary"~3', ["Consultation response on park byelaws"], ["accreditation", "voluntary"]),
        ('title:"response byelaws"~2', ["Consultation response on park byelaws"], None),
        ('"Off-rolling nobody"~3', ["Fern Strategy - Comment"], ["Off", "rolling", "nobody"]),
        ('"accreditation"~3', ["Consultation response on park byelaws"], ["accreditation"]),
    ],
)
def test_words_near_one_another(archive: Archive, typed: str, titles_found: list[str], marks: list[str] | None) -> None:
    results = archive.search(typed)
    assert titles(results) == titles_found
    if marks is not None:
        assert marked(results) == marks


def test_what_is_not_near_is_said_with_how_near_it_had_to_be(archive: Archive) -> None:
    assert archive.search('"accreditation voluntary"~2').notes == ("No document has “accreditation voluntary~2”",)


def test_words_near_one_another_beside_others(archive: Archive) -> None:
    results = archive.search('moss "wardens accreditation"~2 byelaws')
    assert titles(results) == ["Consultation response on park byelaws"]
    assert results.hits[0].passages[0].text.startswith("“Byelaws should protect moss.")
    assert archive.search('moss -"protect moss"~1').total == archive.search("moss").total - 1


@pytest.mark.parametrize(
    ("text", "near", "marks"),
    [
        ("moss on the fern", 2, ["moss", "fern"]),
        ("moss on the old fern", 2, []),
        ("fern, moss", 0, ["fern", "moss"]),
        ("moss moss far far far far fern moss", 1, ["fern", "moss"]),
        ("well-known moss of fern-land", 2, ["moss", "fern"]),
    ],
)
def test_marks_of_words_near_one_another(archive: Archive, text: str, near: int, marks: list[str]) -> None:
    tokenizer = archive._connection.tokenizer
    stems = tokenizer.stems("moss fern")
    found = highlights(text, (Pattern(stems, near=near),), tokenizer)
    assert [text[start:end] for start, end in found] == marks
