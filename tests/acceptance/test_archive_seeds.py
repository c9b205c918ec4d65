"""The archive on a real dump of a hundred articles. What is expected here was judged by reading them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefpack.archive import Archive, Document, Kind, Passage, PassageKind, Precision, shown

pytestmark = pytest.mark.seeds

NAME = "000_503f1fb9c8f33b75.txt"
TITLE, TEXT, BOUNDED = "title", "text", "bounded"

JUDGED = """
0   | press comment         |                      | 1 November 2017 or later                      | bounded
1   | consultation response |                      | 1 November 2017 or later                      | bounded
2   | committee update      |                      | November 2017                                 | title
3   | committee update      |                      | November 2017                                 | title
4   | committee update      |                      | December 2017                                 | title
7   | committee update      |                      | December 2017                                 | title
8   | regional update       | Eastern              | November 2017                                 | title
9   | regional update       | East Midlands        | November 2017                                 | title
10  | regional update       | Greater London       | November 2017                                 | title
11  | regional update       | North East           | November 2017                                 | title
12  | regional update       | North West           | November 2017                                 | title
13  | regional update       | South East           | November 2017                                 | title
14  | regional update       | South West           | November 2017                                 | title
15  | regional update       | Yorkshire and Humber | November 2017                                 | title
16  | regional update       | West Midlands        | November 2017                                 | title
17  | press comment         |                      | between 11 October 2017 and 30 November 2017  | bounded
18  | news                  |                      | between 11 October 2017 and 30 November 2017  | bounded
19  | speech                |                      | 2017                                          | title
20  | speech                |                      | between 11 October 2017 and 30 November 2017  | bounded
21  | speech                |                      | 2017                                          | title
22  | position paper        |                      | between 11 October 2017 and 30 November 2017  | bounded
23  | press release         |                      | between 11 October 2017 and 30 November 2017  | bounded
24  | press release         |                      | 11 October 2017                               | text
25  | regional update       | Yorkshire and Humber | September 2017                                | title
33  | regional update       | Eastern              | September 2017                                | title
34  | press comment         |                      | between 6 July 2017 and 30 September 2017     | bounded
35  | press comment         |                      | between 6 July 2017 and 30 September 2017     | bounded
36  | press comment         |                      | between 6 July 2017 and 30 September 2017     | bounded
37  | press release         |                      | 6 July 2017                                   | text
38  | speech                |                      | 2017                                          | title
39  | conference papers     |                      | 2017                                          | title
40  | press comment         |                      | between 28 April 2017 and 6 July 2017         | bounded
41  | guidance              |                      | between 28 April 2017 and 6 July 2017         | bounded
42  | briefing              |                      | between 28 April 2017 and 6 July 2017         | bounded
43  | press release         |                      | 28 April 2017                                 | text
44  | report                |                      | between 1 April 2017 and 28 April 2017        | bounded
45  | press comment         |                      | between 1 April 2017 and 28 April 2017        | bounded
46  | regional update       | Yorkshire and Humber | April 2017                                    | title
48  | regional update       | South East           | April 2017                                    | title
54  | regional update       | West Midlands        | April 2017                                    | title
55  | speech                |                      | 6 April 2017                                  | text
56  | press comment         |                      | between 1 February 2017 and 6 April 2017      | bounded
57  | press comment         |                      | between 1 February 2017 and 6 April 2017      | bounded
58  | press comment         |                      | 2017                                          | title
59  | committee update      |                      | February 2017                                 | title
64  | committee update      |                      | February 2017                                 | title
65  | press comment         |                      | between 1 December 2016 and 28 February 2017  | bounded
66  | press comment         |                      | between 1 December 2016 and 28 February 2017  | bounded
68  | committee update      |                      | December 2016                                 | title
72  | regional update       | Yorkshire and Humber | December 2016                                 | title
80  | press release         |                      | 2 November 2016                               | text
81  | speech                |                      | 2016                                          | title
82  | press comment         |                      | between 1 September 2016 and 2 November 2016  | bounded
83  | committee update      |                      | September 2016                                | title
90  | regional update       | Greater London       | September 2016                                | title
92  | regional update       | Eastern              | September 2016                                | title
93  | film                  |                      | between 7 July 2016 and 30 September 2016     | bounded
94  | press comment         |                      | between 7 July 2016 and 30 September 2016     | bounded
95  | conference papers     |                      | 2016                                          | title
96  | press comment         |                      | between 7 July 2016 and 30 September 2016     | bounded
97  | press comment         |                      | between 7 July 2016 and 30 September 2016     | bounded
98  | film                  |                      | between 7 July 2016 and 30 September 2016     | bounded
99  | press release         |                      | 7 July 2016                                   | text
"""
"""Place in the dump, kind, region, date in words, how the date is known."""


@pytest.fixture(scope="module")
def dump(seeds: Path) -> Path:
    path = seeds / NAME
    if not path.is_file():
        pytest.skip(f"{NAME} is not among the seeds")
    return path


@pytest.fixture(scope="module")
def archive(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive")) as opened:
        added = opened.add([dump])
        assert (added.added, added.updated, added.refused) == (100, 0, ())
        assert [(each.how, each.share > 0.7) for each in added.duplicates] == [("is contained in", True)]
        yield opened


@pytest.fixture(scope="module")
def articles(archive: Archive) -> dict[int, Document]:
    """The articles whole, by their place in the dump."""
    return {head.ordinal: archive.document(head.id) for head in archive.documents()}


def passage(document: Document, beginning: str) -> Passage:
    (found,) = [each for each in document.passages if each.text.startswith(beginning)]
    return found


def test_a_hundred_articles_each_with_an_id_of_its_own(articles: dict[int, Document]) -> None:
    assert sorted(articles) == list(range(100))
    assert len({document.id for document in articles.values()}) == 100
    assert all(document.title and document.passages for document in articles.values())


def test_two_articles_share_a_title(articles: dict[int, Document]) -> None:
    same = [place for place, document in articles.items() if document.title == "Future ADCS Vice President"]
    assert sorted(same) == [17, 65]
    assert [articles[place].people for place in (17, 65)] == [("Alison Michalska",), ("Dave Hill",)]


def test_titles_that_are_cut_are_flagged(articles: dict[int, Document]) -> None:
    cut = sorted(place for place, document in articles.items() if document.title.endswith("..."))
    assert cut == [12, 42, 67, 82, 93, 96]
    assert all("the title is cut off in the source" in articles[place].flags for place in cut)


@pytest.mark.parametrize("row", JUDGED.strip().splitlines(), ids=lambda row: row.partition(" ")[0])
def test_kind_region_and_date(articles: dict[int, Document], row: str) -> None:
    place, kind, region, date, origin = (cell.strip() for cell in row.split("|"))
    document = articles[int(place)]
    found = (document.kind, document.region or "", shown(document.date), document.date.origin)
    assert found == (kind, region, date, origin), document.title


def test_what_is_known_of_dates_in_numbers(articles: dict[int, Document]) -> None:
    counted = dict.fromkeys((TITLE, TEXT, BOUNDED), 0)
    for document in articles.values():
        assert document.date.origin is not None
        counted[document.date.origin] += 1
    assert counted == {TITLE: 68, TEXT: 6, BOUNDED: 26}
    exact = [document for document in articles.values() if document.date.precision is Precision.DAY]
    assert {document.date.origin for document in exact} == {TEXT}


def test_an_impossible_date_is_kept_and_flagged(articles: dict[int, Document]) -> None:
    assert "(as at 31 November 2016)" in passage(articles[72], "26 LA/LSCB").text
    assert articles[72].flags == ("“31 November 2016” is not a date of the calendar",)
    assert [place for place, document in articles.items() if document.flags and "calendar" in document.flags[-1]] == [
        72
    ]


def test_every_word_is_where_it_says(articles: dict[int, Document], dump: Path) -> None:
    original = dump.read_text(encoding="utf-8")
    for document in articles.values():
        for each in document.passages:
            assert original[each.start : each.end] == each.text


def test_nothing_but_debris_is_lost(articles: dict[int, Document], dump: Path) -> None:
    """What of the dump is in no passage: titles, list signs, trailers, dead links, a broken tag, doubled lines."""
    original = dump.read_text(encoding="utf-8")
    left, at = [], 0
    spans = sorted((each.start, each.end) for document in articles.values() for each in document.passages)
    for start, end in spans:
        left += original[at:start].splitlines()
        at = end
    left += original[at:].splitlines()
    rest = {line.strip() for line in left} - {document.title for document in articles.values()}
    assert rest == {
        "", "•", "o", "1.", "2.",
        "Tags assigned to this article:", "There are no tags assigned to this article!", "Related Articles",
        "View speech", "View report", "View guidance", "View briefing note", "View the position paper",
        "Download speech here", "View Changing the Narrative video", "View Action Plan", '< p="">', "Rachel Dickinson",
    }  # fmt: skip


def test_debris_is_cleaned(articles: dict[int, Document]) -> None:
    text = "\n".join(document.text for document in articles.values())
    for debris in ('p="">', "Tags assigned", "Related Articles", "View speech", "View report", "Download speech"):
        assert debris not in text
    for place in (17, 38, 43):
        assert articles[place].title not in [each.text for each in articles[place].passages]
    assert [each.text for each in articles[18].passages if each.kind is PassageKind.CAPTION] == ["Rachel Dickinson"]
    assert passage(articles[24], "The ADCS policy position paper").text.endswith("www.adcs.org.uk")


def test_bullets_have_lead_in_and_heading(articles: dict[int, Document]) -> None:
    first = passage(articles[8], "Youth offending service")
    assert (first.kind, first.heading) == (PassageKind.BULLET, "County Lines Summit")
    assert first.lead_in.startswith("A multi-agency ‘Eastern Region County Lines Summit’")
    inner = passage(articles[33], "Radicalisation & extremism")
    assert (inner.level, inner.heading) == (1, "Doing things differently")
    assert inner.lead_in.startswith("A regional event was held in June for about 80 colleagues")
    assert passage(articles[8], "Essex and Suffolk").lead_in == ""
    assert passage(articles[92], "Improve the attainment of children").level == 1
    bullets = [each for document in articles.values() for each in document.passages if each.kind is PassageKind.BULLET]
    assert len(bullets) == 227  # 210 of the first level, 15 of the second, 2 numbered
    assert not [each for each in bullets if each.text.startswith(("•", "o "))]


def test_quotations_have_their_speaker(articles: dict[int, Document]) -> None:
    quote = passage(articles[1], "“ADCS has engaged")
    assert (quote.kind, quote.speaker) == (PassageKind.QUOTATION, "Rachael Wardell")
    assert quote.speaker_role == "Chair of the ADCS Workforce Development Policy Committee"
    speech = passage(articles[24], "“This is a massive challenge")
    assert (speech.speaker, speech.heading) == (
        "Alison Michalska",
        "On supporting migrant and asylum seeking children and families",
    )
    said = passage(articles[80], "There were 71,000 children")
    assert (said.kind, said.speaker) == (PassageKind.BULLET, "Dave Hill")
    assert passage(articles[23], "She went on to say").speaker == "Alison Michalska"
    assert articles[56].people == ("Jenny Coles",)
    assert articles[35].people == ("A spokesperson for ADCS and Cafcass",)
    assert articles[97].people == ("Dave Hill",)


def test_boilerplate_is_told_from_what_was_said(articles: dict[int, Document]) -> None:
    last = articles[99]
    end = next(place for place, each in enumerate(last.passages) if each.text == "END")
    assert {each.kind for each in last.passages[end:]} == {PassageKind.BOILERPLATE}
    assert "Notes to Editors" in [each.text for each in last.passages[end:]]
    ends = [
        each
        for document in articles.values()
        for each in document.passages
        if each.text.upper() in ("ENDS", "END") and each.kind is not PassageKind.BOILERPLATE
    ]
    assert ends == []


def test_headings(articles: dict[int, Document]) -> None:
    def headings(place: int) -> list[str]:
        return [each.text for each in articles[place].passages if each.kind is PassageKind.HEADING]

    assert headings(11) == ["Sector-Led Improvement", "Workforce Development", "Education", "Care Leavers"]
    assert headings(63) == ["2017"]
    assert headings(12) == [
        "Background",
        "Strands of Activity:",
        "Data",
        "Practice and principles",
        "Regional case file audit",
        "Responding with partners",
    ]
    assert headings(0) == headings(40) == headings(93) == []


def test_adding_it_twice_adds_nothing(archive: Archive, dump: Path) -> None:
    before = hashlib.sha256(repr(list(archive.documents())).encode()).digest()
    again = archive.add([dump])
    assert (again.added, again.updated, again.unchanged, again.duplicates) == (0, 0, 100, ())
    assert hashlib.sha256(repr(list(archive.documents())).encode()).digest() == before
    archive.check()


def test_a_changed_dump_updates_what_changed(dump: Path, tmp_path: Path) -> None:
    copy = tmp_path / NAME
    text = dump.read_text(encoding="utf-8")
    copy.write_text(text, encoding="utf-8")
    with Archive.open(tmp_path / "archive") as archive:
        archive.add([copy])
        hit = archive.search("NAAS mandatory funded").hits[0]
        clip = archive.clip(archive.document(hit.id).passages[-1].id, 0, 60)
        copy.write_text(text.replace("“ADCS has engaged extensively", "“ADCS has long engaged"), encoding="utf-8")
        added = archive.add([copy])
        assert (added.added, added.updated, added.unchanged) == (0, 1, 99)
        assert archive.search("NAAS mandatory funded").hits[0].id == hit.id
        assert archive.verdict(clip).verdict == "changed"


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("NAAS mandatory funded", 1),
        ("is assessment and accreditation fully funded", 1),
        ("elective home education survey", 7),
        ("county lines", 8),
        ("31 November 2016", 72),
        ("You Can Foster", 75),
        ("profit independent fostering agencies immoral", 99),
        ("twin hat directors", 43),
        ("Harold Bodmer", 97),
        ("university technical colleges letter to parents", 34),
        ("£320m free schools", 58),
        ("LADO conference", 54),
        ("knife crime", 10),
        ("Wigan deal", 11),
        ("LaingBuisson", 67),
        ("“golden thread”", 24),
        ("snap election", 45),
        ("Manchester Arena", 41),
    ],
)
def test_what_is_looked_for_comes_first(archive: Archive, typed: str, place: int) -> None:
    assert [hit.ordinal for hit in archive.search(typed).hits][:1] == [place]


def test_it_comes_first_while_it_is_typed(archive: Archive) -> None:
    typed = "NAAS mandatory funded"
    for length in range(len("NAAS m"), len(typed) + 1):
        hits = archive.search(typed[:length], typing=True).hits
        assert 1 in [hit.ordinal for hit in hits][:3], typed[:length]
    assert archive.search(typed, typing=True).hits[0].ordinal == 1


def test_filters(archive: Archive) -> None:
    assert archive.search("kind:speech").total == 6
    assert archive.search("region:eastern").total == 5
    assert archive.search("peer challenge region:“South West” date:2017-11").total == 1
    assert {hit.kind for hit in archive.search("funding kind:“press release”").hits} == {Kind.PRESS_RELEASE}


def test_related_articles(archive: Archive, articles: dict[int, Document]) -> None:
    places = {document.id: place for place, document in articles.items()}
    related = {place: [places[hit.id] for hit in archive.related(articles[place].id).hits] for place in (17, 1, 23)}
    assert 18 in related[17][:3]
    assert 6 in related[1][:3]
    assert 22 in related[23][:5] or 24 in related[23][:5]
