"""The real briefing: every part of it is where it belongs, and not a word of it is lost."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from briefpack.briefing.plaintext import import_text
from briefpack.briefing.source import Imported
from briefpack.pack.anchors import comments_without_place
from briefpack.pack.model import Biography, Heading, ListItem, MeetingDetails, Paragraph, Side
from briefpack.pack.outline import Section, lines, outline, roles
from briefpack.pack.roles import Role
from briefpack.pack.text import MarkKind
from tests.helpers.accounting import strings_of, unaccounted

pytestmark = pytest.mark.seeds


@pytest.fixture(scope="module")
def source() -> str:
    path = Path(__file__).parents[3] / "shared" / "seeds" / "003_caf280a3692acce3.txt"
    if not path.is_file():
        pytest.skip(f"there is no seed at {path}")
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def imported(source: str) -> Imported:
    return import_text(source, "seed.txt")


def _shape(section: Section) -> tuple[object, ...]:
    heading = section.heading
    return (heading.level, heading.role, heading.text.string, *map(_shape, section.children))


def test_the_header_fields(imported: Imported) -> None:
    meeting = imported.pack.meeting
    assert meeting.date == dt.date(2020, 3, 18)
    assert meeting.sender == "NR"
    assert meeting.title == (
        "MEETING WITH ASSOCIATION OF DIRECTORS OF CHILDREN'S SERVICES (ADCS) "
        "PRESIDENT RACHEL DICKINSON AND VICE PRESIDENT JENNY COLES"
    )
    assert meeting.purpose == "Introductory meeting with key stakeholder ADCS"
    assert (meeting.time, meeting.place, meeting.recipient, meeting.marking) == ("", "", "", "")
    assert isinstance(imported.pack.body[0], MeetingDetails)


def test_who_attends_and_on_which_side(imported: Imported) -> None:
    assert [(each.name, each.side, each.attends) for each in imported.pack.people] == [
        ("Rachel Dickinson", Side.OUTSIDE, True),
        ("Jenny Coles", Side.OUTSIDE, True),
        ("Graham Archer", None, True),
        ("NR", Side.INSIDE, True),
    ]


def test_the_outline(imported: Imported) -> None:
    labels = Role.LINES
    assert tuple(map(_shape, outline(imported.pack.body))) == (
        (
            1, Role.AGENDA, "Annotated agenda",
            (2, Role.ITEM, "Corona Virus", (3, labels, "Lines to take")),
            (2, Role.ITEM, "Care Review", (3, labels, "Current position – lines to take:")),
            (2, Role.ITEM, "Spending Review", (3, labels, "lines to take")),
        ),
        (
            1, Role.BACKGROUND, "Background Briefing",
            (2, None, "Unregulated and Unregistered Provision", (3, labels, "Unregulated Provision – Lines to take")),
            (2, None, "Regional Improvement"),
            (
                2, None, "Workforce",
                (3, None, "Local Authority Children's Services Leadership"),
                (
                    3, None, "National Assessment and Accreditation System (NAAS)",
                    (4, None, "Overview:"),
                    (4, Role.KEY_FACTS, "Latest data:"),
                    (4, None, "Next steps:"),
                    (4, labels, "NAAS – Lines to take"),
                ),
            ),
        ),
        (1, Role.BIOGRAPHIES, "Annex A: Biographies"),
    )  # fmt: skip


def test_the_lines_to_take_belong_to_their_items(imported: Imported) -> None:
    found = Counter(placed.item.text.string for placed in lines(imported.pack) if placed.item)
    assert found == {
        "Corona Virus": 10,
        "Care Review": 5,
        "Spending Review": 2,
        "Unregulated and Unregistered Provision": 2,
        "National Assessment and Accreditation System (NAAS)": 6,
    }
    assert all(isinstance(placed.block, ListItem) and placed.block.level == 0 for placed in lines(imported.pack))


def test_the_steers_under_care_review_are_nested_and_no_lines(imported: Imported) -> None:
    body = imported.pack.body
    at = next(i for i, block in enumerate(body) if isinstance(block, Heading) and block.text.string == "Care Review")
    lead, *steers = body[at + 1 : at + 4]
    assert isinstance(lead, ListItem)
    assert lead.text.string.startswith("Minister Donelan met with ADCS on 03/02")
    assert lead.level == 0
    assert lead.text.covered(0, len(lead.text), MarkKind.BOLD)
    assert [(each.level, each.text.string[:9]) for each in steers if isinstance(each, ListItem)] == [
        (1, "ADCS posi"),
        (1, "ADCS are "),
    ]
    assert {roles(body)[block.id] for block in (lead, *steers)} == {Role.ITEM}


def test_bold_runs_are_marks(imported: Imported) -> None:
    starts = {
        block.text.string: [(m.start, m.end) for m in block.text.marks if m.kind is MarkKind.BOLD]
        for block in imported.pack.body
        if isinstance(block, ListItem)
    }
    said = next(string for string in starts if string.startswith("To note: Barnsley"))
    assert starts[said] == [(0, len("To note:"))]
    said = next(string for string in starts if string.startswith("The voices of children"))
    assert said[slice(*starts[said][0])] == "We anticipate the review will run for 18 months."
    assert not any("**" in string for string in strings_of(imported.pack))


def test_the_line_that_a_page_turn_split_is_whole_and_said_to_be(imported: Imported) -> None:
    whole = "introduced in the past which were felt to put funding pressure on LAs."
    assert sum(1 for string in strings_of(imported.pack) if string.endswith(whole)) == 1
    assert any("were felt to put funding / pressure on LAs." in note for note in imported.notes)


def test_the_comments_have_authors_and_no_place(imported: Imported) -> None:
    pack = imported.pack
    assert [(each.initials, each.time, each.replies, each.resolved) for each in pack.comments] == [
        ("GM", None, (), False)
    ] * 3
    assert [each.text.split()[0] for each in pack.comments] == ["Current", "We", "Likely"]
    assert set(comments_without_place(pack)) == {each.id for each in pack.comments}
    assert not any("Commented" in string for string in strings_of(pack))
    assert any("does not say where they stood" in note for note in imported.notes)


def test_the_biographies(imported: Imported) -> None:
    body = imported.pack.body
    cards = [block for block in body if isinstance(block, Biography)]
    assert isinstance(body[-3], Paragraph)
    assert body[-3].text.string.startswith("Works closely with ministers")
    people = [imported.pack.person(card.person) for card in cards]
    assert [(each.name, each.role, each.organisation) for each in people if each] == [
        ("Rachel Dickinson", "2019/20 President", "ADCS"),
        ("Jenny Coles", "2019/20 Vice President", "ADCS"),
    ]
    assert [len(card.points) for card in cards] == [4, 4]
    assert cards[0].points[1].string.startswith("Due to retire in April.")


def test_no_word_is_lost(source: str, imported: Imported) -> None:
    """The words of the text against those of the pack; what differs is markup and labels, listed here one by one."""
    text = re.sub(r"</?u[l]?[^<>]*>|[*•]", " ", source)
    before = Counter(re.findall(r"\w+", text))
    after = Counter(word for string in strings_of(imported.pack) for word in re.findall(r"\w+", string))
    assert before - after == Counter({
        "Commented": 3, "GM1": 1, "GM2": 1, "GM3": 1,
        "Date": 1, "18": 1, "03": 1, "2020": 1, "From": 1, "Attendees": 1, "Purpose": 1, "of": 1, "meeting": 1,
        "Rachel": 1, "Dickinson": 1, "Jenny": 1, "Coles": 1,  # named as attendees and again over their biographies
    })  # fmt: skip
    assert not after - before


def test_no_letter_is_lost_or_invented(source: str, imported: Imported) -> None:
    assert unaccounted(source, imported) == (Counter(), Counter())


def test_a_lost_word_would_be_seen(source: str, imported: Imported) -> None:
    assert unaccounted(source + "\nlost", imported)[0] == Counter("lost")
