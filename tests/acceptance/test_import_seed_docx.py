"""The real briefing as a Word file, from two hands: it comes in as it does from its text, and with its comments in place."""

import re
from collections import Counter
from pathlib import Path

import pytest

from briefpack.briefing.plaintext import import_text
from briefpack.pack.anchors import spans, words_at
from briefpack.pack.model import Biography, Heading, ListItem, texts_of
from briefpack.pack.outline import lines
from briefpack.pack.text import MarkKind
from briefpack.word.import_briefing import import_docx
from tests.helpers.accounting import strings_of
from tests.helpers.briefing_docx import laid_out
from tests.helpers.office import convert

pytestmark = [pytest.mark.seeds, pytest.mark.office]

LEVELS = {
    "Annotated agenda": 1,
    "Corona Virus – Lines to take": 2,
    "Care Review": 2,
    "Current position – lines to take:": 3,
    "Spending Review – lines to take": 2,
    "Background Briefing": 1,
    "Unregulated and Unregistered Provision": 2,
    "Unregulated Provision – Lines to take": 3,
    "Regional Improvement": 2,
    "Workforce": 2,
    "Local Authority Children's Services Leadership": 3,
    "National Assessment and Accreditation System (NAAS)": 3,
    "Overview:": 4,
    "Latest data:": 4,
    "Next steps:": 4,
    "NAAS – Lines to take": 4,
    "Annex A: Biographies": 1,
}
ANCHORS = (
    "This is clearly an unprecedented situation",
    ("Without making any specific commitments", "We are aware of concerns about"),
    "Understand that registration",
)


@pytest.fixture(scope="module")
def source():
    path = Path(__file__).parents[3] / "shared" / "seeds" / "003_caf280a3692acce3.txt"
    if not path.is_file():
        pytest.skip(f"there is no seed at {path}")
    return path.read_text("utf-8")


@pytest.fixture(scope="module", params=["python-docx", "LibreOffice"])
def hand(request):
    """Who wrote the file: a library, or a word processor that has read and saved it."""
    if request.param == "python-docx":
        return lambda data: data
    return lambda data: convert(data, ".docx", "docx")


@pytest.fixture(scope="module", params=["styles", "bold only"])
def imported(request, hand, source):
    data = laid_out(source, LEVELS if request.param == "styles" else None, ANCHORS)
    return import_docx(hand(data), "seed.docx")


def outline_of(pack):
    return [(b.level, b.role, b.text.string) for b in pack.body if isinstance(b, Heading)]


def test_the_outline_is_that_of_the_text(source, imported):
    assert outline_of(imported.pack) == outline_of(import_text(source, "seed.txt").pack)


def test_the_meeting_and_its_people_are_those_of_the_text(source, imported):
    pack = import_text(source, "seed.txt").pack
    assert imported.pack.meeting == pack.meeting
    assert [(p.name, p.role, p.side, p.attends) for p in imported.pack.people] == [
        (p.name, p.role, p.side, p.attends) for p in pack.people
    ]


def test_the_lines_to_take_are_those_of_the_text(source, imported):
    def found(pack):
        return Counter((placed.item.text.string, placed.block.text.string) for placed in lines(pack) if placed.item)

    torn = {"The ADCS position on NAAS is"}
    theirs, ours = found(imported.pack), found(import_text(source, "seed.txt").pack)
    difference = (theirs - ours) + (ours - theirs)
    assert all(any(words.startswith(start) for start in torn) or words == "pressure on LAs." for _, words in difference)
    assert sum(theirs.values()) == 26  # in Word the line that a page turn tore is two paragraphs, and stays so


def test_bold_runs_and_nesting_are_there(imported):
    items = {b.text.string: b for b in imported.pack.body if isinstance(b, ListItem)}
    note = next(item for words, item in items.items() if words.startswith("To note: Barnsley"))
    assert [(m.start, m.end) for m in note.text.marks if m.kind is MarkKind.BOLD] == [(0, 8)]
    assert next(item for words, item in items.items() if words.startswith("ADCS position that")).level == 1


def test_comments_stand_on_their_words(imported):
    pack = imported.pack
    assert [(c.author, c.initials) for c in pack.comments] == [("Reviewer GM", "GM")] * 3
    assert all(c.time is not None for c in pack.comments)
    places = spans(pack, MarkKind.COMMENT)
    said = [words_at(pack, places[c.id]) for c in pack.comments]
    assert said[0].startswith("This is clearly an unprecedented situation")
    assert said[1].startswith("Without making any specific commitments")
    assert said[1].split("\n")[1].startswith("We are aware of concerns about")
    assert len(said[1].split("\n")) == 2
    assert said[2].startswith("Understand that registration")


def test_the_biographies_have_photographs_and_points(imported):
    cards = [block for block in imported.pack.body if isinstance(block, Biography)]
    assert [imported.pack.person(card.person).name for card in cards] == ["Rachel Dickinson", "Jenny Coles"]
    assert [len(card.points) for card in cards] == [4, 4]
    assert all(card.photo in imported.media for card in cards)


def test_no_word_is_lost(source, imported):
    def words(strings):
        return Counter(word for string in strings for word in re.findall(r"\w+", string))

    text = import_text(source, "seed.txt").pack
    assert words(strings_of(imported.pack)) == words(strings_of(text))
    assert all(text.string == text.string.strip() for block in imported.pack.body for text in texts_of(block))
