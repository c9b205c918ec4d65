"""Which words are misspelt: the real dictionary, words of all shapes, and names that are known."""

from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from briefpack.pack.model import Clip, Comment, Meeting, Pack, Person
from briefpack.pack.text import Mark, MarkKind, Text, text
from briefpack.spelling import NOTHING, Dictionary, Known, Speller, is_british, known_in, load
from briefpack.spelling.words import parts_of, words_in
from tests.helpers import strategies as some


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return load()


@pytest.fixture(scope="module")
def speller(dictionary: Dictionary) -> Speller:
    return Speller(dictionary)


@pytest.mark.parametrize(
    ("string", "wrong"),
    [
        ("The goverment will recieve it.", ["goverment", "recieve"]),
        ("organize the color", ["organize", "color"]),  # the spelling of the house is British, with -ise
        ("organise the colour", []),
        ("Ofsted-led safeguarding at DLUHC, UASC, DfE and the Commissioner’s Office", []),
        ("Goverment-funded, re-baselined, co-ordinator, non-recieved", ["Goverment", "recieved"]),
        ("the commissioner’s, commissioners’ and 'minister's' views", []),
        ("the goverment’s view, the goverments' view", ["goverment", "goverments"]),
        ("don’t o’clock O’Brien rock ’n’ roll", []),
        ("iPhone, GOVERMENT, MHCLG’s, McDonald, MPs", []),
        ("3rd, 4.5bn, 2x, s17a, Covid-19, mid-March", []),
        (
            "www.gov.uk/recieve https://recieve.example/a_b?c=teh teh@recieve.example recieve.docx #recieve C:\\recieve",
            [],
        ),
        ("See example.org. Teh end", ["Teh"]),
        ("e.g. i.e. a.m. (s) A & B", []),
        ("café naïve façade Zoë", []),
        ("Ελλάδα привет 東京", []),
        ("end—teh…recieve/teh", ["teh", "recieve", "teh"]),
        ("goverment\nrecieve\tteh", ["goverment", "recieve", "teh"]),
        ("rec\xadieve gov\u200berment and\u2011teh", ["rec\xadieve", "gov\u200berment", "teh"]),
        ("x" * 100, []),
        ("", []),
    ],
)
def test_finds_what_is_misspelt(speller, string, wrong):
    assert [string[start:end] for start, end in speller.misspelt(Text(string), NOTHING)] == wrong


def test_words_of_whitehall_are_known(speller):
    for word in ("safeguarding", "workstream", "decarbonisation", "Ofgem", "Defra", "towpath", "rollout"):
        assert speller.misspelt(Text(word), NOTHING) == ()
    assert speller.misspelt(Text("ofgem"), NOTHING) == ((0, 5),)


def test_deleted_text_is_passed_over(speller):
    deleted = text("We recievd recieve it", [Mark(3, 11, MarkKind.DELETION, "- Ada")])
    assert speller.misspelt(deleted, NOTHING) == ((11, 18),)
    within = text("receiieve", [Mark(5, 7, MarkKind.DELETION, "- Ada")])
    assert speller.misspelt(within, NOTHING) == ()
    assert speller.misspelt(text("receiieve"), NOTHING) == ((0, 9),)


def test_known_words_are_right_as_they_are_written(speller):
    known = NOTHING.with_words(("Quillby", "lockside", "O’Dwyrr"))
    assert speller.misspelt(Text("Quillby’s lockside. Lockside O'Dwyrr"), known) == ()
    assert speller.misspelt(Text("quillby"), known) == ((0, 7),)


def test_what_was_known_is_not_remembered(speller):
    known = NOTHING.with_words(("Quillby",))
    assert speller.misspelt(Text("Quillby"), known) == ()
    assert speller.misspelt(Text("Quillby"), NOTHING) == ((0, 7),)


def test_a_pack_teaches_its_names_and_not_its_sentences():
    pack = Pack(
        meeting=Meeting(
            title="Meeting with Zzyl", place="Brackwell Hall", sender="Ouseby Unit", purpose="Discus teh Plann"
        ),
        people=(Person("Amara Quillby", organisation="Thrumsby Trust’s Forum", role="Cheif"),),
        comments=(Comment("teh", author="Wulf Ingelby"),),
        clips=(Clip("D", "P", 0, 1, "a", "f", source="Vantry Press"),),
        dictionary=("lockside",),
    )
    known = known_in(pack)
    for word in (
        "Zzyl",
        "Brackwell",
        "Ouseby",
        "Amara",
        "Quillby",
        "Thrumsby",
        "Ingelby",
        "Vantry",
        "lockside",
        "Lockside",
    ):
        assert word in known
    for word in ("teh", "Plann", "Discus", "Cheif", "zzyl", "Trust's"):
        assert word not in known


def test_suggestions_begin_with_names_that_are_alike(speller):
    known = NOTHING.with_words(("Lindqvist", "Marsh"))
    assert speller.suggestions("Lindqist", known)[0] == "Lindqvist"
    assert speller.suggestions("recieve", known)[0] == "receive"
    assert "organise" in speller.suggestions("organize", NOTHING)
    assert len(speller.suggestions("Minster", NOTHING)) == 6
    assert speller.suggestions("qqqqqqqqqq", NOTHING) == ()


def test_two_words_are_suggested_once(speller):
    found = speller.suggestions("rolloutt", NOTHING)
    assert len({each.replace("-", " ") for each in found}) == len(found)


@pytest.mark.parametrize(
    ("language", "can"), [("en-GB", True), ("en", True), ("EN_gb", True), ("cy", False), ("en-US", False)]
)
def test_only_british_english_is_checked(language, can):
    assert is_british(language) is can


@given(some.texts(), st.frozensets(some.nasty, max_size=3))
def test_spans_are_words_of_the_text(held, words):
    found = _THE_SPELLER.misspelt(held, NOTHING.with_words(words))
    for start, end in found:
        assert 0 <= start < end <= len(held)
        assert held.string[start].isalpha()
        assert not any(map(str.isspace, held.string[start:end]))
    assert list(found) == sorted(found)
    assert all(left[1] <= right[0] for left, right in pairwise(found))


@given(some.texts())
def test_a_text_in_which_all_that_was_found_is_known_is_right(held):
    found = _THE_SPELLER.misspelt(Text(held.string), NOTHING)
    looked_up = {part.string for chunk in held.string.split() for word in words_in(chunk) for part in parts_of(word)}
    assert bool(found) <= bool(looked_up)
    if found and "\xad" not in held.string and "\u200d" not in held.string:
        assert _THE_SPELLER.misspelt(Text(held.string), Known(frozenset(looked_up))) == ()


_THE_SPELLER = Speller(load())
