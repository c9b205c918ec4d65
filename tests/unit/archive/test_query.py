"""What can be typed, and that nothing that is typed is an error."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.archive.model import Filters, Kind, SavedSearch
from briefpack.archive.query import MOST_TERMS, Place, Query, Term, kind_named, parse, written


def test_words_are_clauses() -> None:
    assert parse("moss  park").clauses == ((Term("moss"),), (Term("park"),))


@pytest.mark.parametrize("typed", ['"park byelaws"', "“park byelaws”", "„park byelaws“", '"park byelaws'])
def test_phrases_in_any_quotation_marks_closed_or_not(typed: str) -> None:
    assert parse(typed).clauses == ((Term("park byelaws", phrase=True),),)


@pytest.mark.parametrize(
    ("typed", "near"),
    [('"park byelaws"~5', 5), ("“park byelaws”~0", 0), ('near:"park byelaws"', 10), ('near:"park byelaws"~3', 3)],
)
def test_words_near_one_another(typed: str, near: int) -> None:
    assert parse(typed).clauses == ((Term("park byelaws", phrase=True, near=near),),)
    assert parse(f"moss -{typed}").excluded == (Term("park byelaws", phrase=True, near=near),)


def test_what_only_looks_like_nearness_is_text() -> None:
    assert parse('"park byelaws"~many').clauses[0] == (Term("park byelaws", phrase=True),)
    assert parse('"park byelaws"~').clauses == ((Term("park byelaws", phrase=True),),)
    query = parse("near:Leeds")
    assert [clause[0].text for clause in query.clauses] == ["near", "Leeds"]
    assert "several words in quotation marks" in query.notes[0]


def test_or_binds_tighter_than_the_space() -> None:
    assert parse("park moss OR fern warden").clauses == (
        (Term("park"),),
        (Term("moss"), Term("fern")),
        (Term("warden"),),
    )


@pytest.mark.parametrize("typed", ["park -moss", "park NOT moss", "-moss park"])
def test_without(typed: str) -> None:
    query = parse(typed)
    assert (query.clauses, query.excluded) == (((Term("park"),),), (Term("moss"),))


def test_lower_case_or_and_not_are_words() -> None:
    assert [clause[0].text for clause in parse("not this or that").clauses] == ["not", "this", "or", "that"]


def test_beginnings() -> None:
    assert parse("accred*").clauses == ((Term("accred", prefix=True),),)


@pytest.mark.parametrize(
    ("typed", "prefix"), [("moss", True), ("moss ", False), ("moss*", True), ('"moss"', False), ("moss OR fern", True)]
)
def test_the_last_word_is_a_beginning_while_it_is_typed(typed: str, prefix: bool) -> None:
    assert parse(typed, typing=True).clauses[-1][-1].prefix is prefix


@pytest.mark.parametrize("typed", ["😀", "%%%", "£ &"])
@pytest.mark.parametrize("typing", [True, False])
def test_what_has_no_words_is_told(typed: str, typing: bool) -> None:
    assert "all documents" in " ".join(parse(typed, typing=typing).notes)


@pytest.mark.parametrize("typed", ["", " ", '"', '"*"', 'title:"', "-", "kind:speech", "-moss", "£5", "moss"])
def test_what_is_begun_and_what_has_words_is_not(typed: str) -> None:
    assert not parse(typed).notes


def test_a_single_letter_is_not_yet_a_word() -> None:
    assert parse("moss f", typing=True).clauses == ((Term("moss"),),)
    assert len(parse("moss f").clauses) == 2


def test_a_search_with_filters_can_be_typed() -> None:
    filters = Filters(
        kinds=(Kind.SPEECH, Kind.PRESS_COMMENT),
        regions=("North West",),
        sources=("Towpath Union",),
        people=("Ada Quill",),
        tags=("low water",),
        after=dt.date(2017, 11, 3),
        before=dt.date(2018, 1, 1),
    )
    query = parse(written(SavedSearch('moss "old fern"', filters)))
    assert query.filters == filters
    assert query.clauses == parse('moss "old fern"').clauses
    assert written(SavedSearch("moss")) == "moss"


def test_fields_narrow() -> None:
    query = parse('moss kind:"press comments" region:yorkshire person:"Bo Reed" source:site tag:parks after:2017-11')
    assert query.clauses == ((Term("moss"),),)
    assert query.filters == Filters(
        kinds=(Kind.PRESS_COMMENT,),
        regions=("Yorkshire and Humber",),
        sources=("site",),
        people=("Bo Reed",),
        tags=("parks",),
        after=dt.date(2017, 11, 1),
    )
    assert query.notes == ()


@pytest.mark.parametrize(
    ("typed", "after", "before"),
    [
        ("after:2017 before:2018", dt.date(2017, 1, 1), dt.date(2018, 1, 1)),
        ("date:2017-11", dt.date(2017, 11, 1), dt.date(2017, 12, 1)),
        ('in:"6 July 2017"', dt.date(2017, 7, 6), dt.date(2017, 7, 7)),
    ],
)
def test_dates_narrow(typed: str, after: dt.date, before: dt.date) -> None:
    assert (parse(typed).filters.after, parse(typed).filters.before) == (after, before)


def test_the_title_is_searched() -> None:
    assert parse("title:moss").clauses == ((Term("moss", Place.TITLE),),)
    assert parse("-kind:speech").excluded == (Term("speech", Place.KIND),)


@pytest.mark.parametrize("typed", ["after:soon", "kind:poem", "region:atlantis", "date:2017-13"])
def test_a_field_that_cannot_be_read_is_searched_as_words_and_said(typed: str) -> None:
    query = parse(typed)
    assert [clause[0].text for clause in query.clauses] == typed.split(":")
    assert query.filters == Filters()
    assert typed in query.notes[0]


@pytest.mark.parametrize("typed", ["10:30", "Note: moss", "https://example.org/a", "doi:10.1000/182", "title:"])
def test_what_only_looks_like_a_field_is_text(typed: str) -> None:
    query = parse(typed)
    assert query.filters == Filters()
    assert query.notes == ()
    assert query.clauses


def test_brackets_are_spaces_and_that_is_said() -> None:
    query = parse("(moss OR fern) park")
    assert query.clauses == ((Term("moss"), Term("fern")), (Term("park"),))
    assert "Brackets" in query.notes[0]


def test_a_very_long_query_is_cut_and_that_is_said() -> None:
    query = parse(" ".join(f"w{n}" for n in range(200)))
    assert len(query.clauses) == MOST_TERMS
    assert str(MOST_TERMS) in query.notes[0]


@pytest.mark.parametrize("kind", Kind)
def test_kinds_by_name(kind: Kind) -> None:
    assert kind_named(kind.upper()) is kind
    assert kind_named(f"{kind}s".replace(" ", "-")) is kind


PIECES = [
    '"',
    "“",
    "”",
    "-",
    "OR",
    "NOT",
    "(",
    ")",
    "*",
    ":",
    "kind:",
    "after:",
    "title:",
    "date:2017",
    "person:",
    "moss",
    "é",
    " ",
]
TYPED = st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))).map("".join))


@given(TYPED, st.booleans())
def test_nothing_that_is_typed_is_an_error(text: str, typing: bool) -> None:
    query = parse(text, typing=typing)
    assert isinstance(query, Query)
    assert all(term.text for clause in query.clauses for term in clause)
