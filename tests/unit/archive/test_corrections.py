"""What the user knows better outlives every new reading, and can be taken back."""

import datetime as dt
from pathlib import Path

import pytest

from briefpack.archive import UNDATED, Archive, DateOrigin, DateSpan, Document, Filters, Kind, Precision, TagRule
from briefpack.errors import UserError
from tests.unit.archive.conftest import ARTICLES, dump

pytestmark = pytest.mark.both_stores

DAY = dt.date(2018, 3, 6)


def named(archive: Archive, title: str) -> Document:
    return next(head for head in archive.documents() if head.title == title)


def warden(archive: Archive) -> Document:
    return named(archive, "Warden of the year")


EVERYTHING = {
    "title": "Warden of 2018",
    "date": DAY,
    "kind": Kind.SPEECH,
    "region": "North West",
    "people": ("Cleo Ash",),
    "tags": ("prizes",),
    "source": "The Fern Society",
}


def test_everything_can_be_corrected_and_is_found_by_it(archive: Archive) -> None:
    document = warden(archive).id
    archive.correct(document, **EVERYTHING)  # type: ignore[arg-type]  # the values of one dict have one type for mypy
    found = archive.document(document)
    assert (found.title, found.kind, found.region) == ("Warden of 2018", Kind.SPEECH, "North West")
    assert found.date == DateSpan(DAY, DAY, Precision.DAY, DateOrigin.USER)
    assert (found.people, found.tags, found.source) == (("Cleo Ash",), ("prizes",), "The Fern Society")
    assert set(archive.corrected(document)) == EVERYTHING.keys()
    for filters in (
        Filters(kinds=(Kind.SPEECH,), regions=("North West",)),
        Filters(people=("Cleo Ash",), tags=("prizes",)),
        Filters(sources=("The Fern Society",)),
        Filters(after=DAY, before=dt.date(2018, 3, 7)),
    ):
        assert document in {hit.id for hit in archive.search("wet day", filters=filters).hits}
    assert archive.search("title:2018").hits[0].id == document


def test_it_outlives_re_reading_moving_and_changing(archive: Archive, dump_file: Path) -> None:
    document = warden(archive).id
    archive.correct(document, title="Warden of 2018", date=DAY, tags=("prizes",))
    longer = tuple((title, f"{body} It rained.") for title, body in ARTICLES)
    for articles in (ARTICLES, tuple(reversed(ARTICLES)), longer):
        dump_file.write_text(dump(articles) + "\n", encoding="utf-8")
        added = archive.add([dump_file])
        assert added.added == 0
        found = archive.document(document)
        assert (found.title, found.tags, found.date.start) == ("Warden of 2018", ("prizes",), DAY)
    assert "It rained." in found.text
    moved = dump_file.with_name("elsewhere.txt")
    dump_file.rename(moved)
    assert archive.add([moved]).added == 0
    assert archive.document(document).title == "Warden of 2018"
    archive.rebuild()
    assert archive.search("title:2018").hits[0].id == document


def test_it_is_taken_back_to_what_is_derived_now(archive: Archive, dump_file: Path) -> None:
    document = warden(archive).id
    archive.correct(document, title="Warden of 2018", kind=Kind.SPEECH)
    assert archive.uncorrect(document, "title").title == "Warden of the year"
    assert archive.corrected(document) == ("kind",)
    archive.correct(document, title="Another")
    renamed = tuple(("Warden of the month" if "Warden" in title else title, body) for title, body in ARTICLES)
    dump_file.write_text(dump(renamed), encoding="utf-8")
    archive.add([dump_file])
    assert archive.document(document).title == "Another"
    back = archive.uncorrect(document)
    assert (back.title, back.kind) == ("Warden of the month", None if back.kind is None else Kind.NEWS)
    assert archive.corrected(document) == ()
    assert archive.search("title:month").hits[0].id == document


def test_nothing_is_a_correction_too(archive: Archive) -> None:
    update = named(archive, "North West Region Update - November 2017")
    archive.correct(update.id, region=None, kind=None, date=UNDATED, people=())
    found = archive.document(update.id)
    assert (found.region, found.kind, found.date.start, found.date.origin) == (None, None, None, DateOrigin.USER)


@pytest.mark.parametrize(
    "fields",
    [{"title": "  "}, {"source": ""}, {"date": DateSpan(DAY, dt.date(2017, 1, 1), Precision.RANGE)}],
)
def test_what_cannot_be_is_refused(archive: Archive, fields) -> None:
    document = warden(archive)
    with pytest.raises(UserError):
        archive.correct(document.id, **fields)
    assert archive.corrected(document.id) == ()
    assert warden(archive) == document


def test_what_is_no_field_or_no_document(archive: Archive) -> None:
    with pytest.raises(TypeError):
        archive.correct(warden(archive).id, colour="green")  # type: ignore[call-arg]  # what is tested
    with pytest.raises(TypeError):
        archive.uncorrect(warden(archive).id, "colour")
    with pytest.raises(UserError):
        archive.correct("nothing", title="Something")


def test_who_published_a_file(archive: Archive, dump_file: Path) -> None:
    one = warden(archive).id
    archive.correct(one, source="The Warden")
    assert archive.name_source(dump_file, "The Fern Society") == len(ARTICLES)
    sources = {head.title: head.source for head in archive.documents()}
    assert sources.pop("Warden of the year") == "The Warden"
    assert set(sources.values()) == {"The Fern Society"}
    hit = archive.search("lichen", filters=Filters(sources=("fern society",))).hits[0]
    assert archive.clip(hit.passages[0].id).source == "The Fern Society"
    assert archive.uncorrect(one).source == "The Fern Society"
    archive.name_source(dump_file, "")
    assert {head.source for head in archive.documents()} == {"site.txt"}


def test_who_published_a_folder_holds_for_what_comes_later(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "papers" / "2018"
    folder.mkdir(parents=True)
    assert archive.name_source(tmp_path / "papers", "Moss Council") == 0
    archive.name_source(folder, "Moss Council, press office")
    (folder / "a.txt").write_text("Moss\n\nMoss is doing well in all parks.")
    (tmp_path / "papers" / "b.txt").write_text("Fern\n\nFerns are doing well in some parks.")
    archive.add([tmp_path / "papers"])
    assert (named(archive, "Moss").source, named(archive, "Fern").source) == (
        "Moss Council, press office",
        "Moss Council",
    )


RULES = (TagRule("mosses", ("moss", "lichen*")), TagRule("people", ("warden of the year",)))


def test_tags_by_rule(archive: Archive) -> None:
    archive.set_tag_rules(RULES)
    assert warden(archive).tags == ("people",)
    assert archive.tag_rules() == RULES
    assert [hit.id for hit in archive.search("tag:people").hits] == [warden(archive).id]
    archive.set_tag_rules(None)
    assert warden(archive).tags == ()


def test_the_users_tags_win(archive: Archive, dump_file: Path) -> None:
    document = warden(archive).id
    archive.correct(document, tags=("prizes",))
    archive.set_tag_rules(RULES)
    dump_file.write_text(dump() + "\n")
    archive.add([dump_file])
    assert archive.document(document).tags == ("prizes",)
    assert archive.uncorrect(document).tags == ("people",)


def test_the_sources_own_tags_stay(archive: Archive, dump_file: Path) -> None:
    dump_file.write_text(dump(tags="Parks"), encoding="utf-8")
    archive.add([dump_file])
    own = warden(archive).tags
    assert len(own) == 1
    archive.set_tag_rules(RULES)
    assert warden(archive).tags == (*own, "people")
    archive.set_tag_rules(None)
    assert warden(archive).tags == own


@pytest.mark.parametrize("rule", [TagRule(" ", ("moss",)), TagRule("moss", ()), TagRule("moss", ("*", "!"))])
def test_a_rule_without_name_or_words_is_refused(archive: Archive, rule: TagRule) -> None:
    before = archive.tag_rules()
    with pytest.raises(UserError):
        archive.set_tag_rules([rule])
    assert archive.tag_rules() == before


def test_suggestions_are_none_of_the_tags_it_has(archive: Archive, tmp_path: Path) -> None:
    said = "\n\n".join(f"Heather burning is what {word} talked about, and lichen." for word in ("they", "we"))
    (tmp_path / "h.txt").write_text(f"Heaths\n\n{said}")
    archive.add([tmp_path / "h.txt"])
    archive.set_tag_rules((TagRule("lichens", ("lichen",)),))
    document = named(archive, "Heaths")
    assert document.tags == ()
    labels = [each.label for each in archive.tag_suggestions(document.id)]
    assert labels[0] == "lichens"
    assert "heather burning" in labels
    archive.correct(document.id, tags=("Lichens",))
    assert "lichens" not in [each.label for each in archive.tag_suggestions(document.id)]


def test_details_tell_a_document_from_what_is_derived(archive: Archive, dump_file: Path) -> None:
    """What a correction stands over, the file, and who is named for it and above it."""
    document = warden(archive)
    archive.correct(document.id, title="Warden of 2018", date=DAY)
    archive.name_source(dump_file.parent, "The Fern Society")
    found = archive.details(document.id)
    assert (found.document.title, found.derived.title) == ("Warden of 2018", document.title)
    assert (found.derived.date, found.corrected) == (document.date, ("date", "title"))
    assert (found.file, found.publisher, found.otherwise) == (dump_file, "", "The Fern Society")
    assert found.suggestions == archive.tag_suggestions(document.id)
    archive.name_source(dump_file, "Fern News")
    assert archive.details(document.id).publisher == "Fern News"
