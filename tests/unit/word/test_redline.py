"""Redlines: accepting all gives the new version to the letter, rejecting all the old one, and what is told reads well."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefpack.ooxml.changes import ChangeKind
from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from briefpack.ooxml.resolving import resolved
from briefpack.ooxml.story import paragraphs
from briefpack.pack.copies import reader_copy
from briefpack.pack.ids import new_id
from briefpack.pack.model import Biography, Image, Pack, Paragraph, Table, TextBlock
from briefpack.pack.text import Text
from briefpack.word.export import ExportOptions, export_docx
from briefpack.word.lint import lint
from briefpack.word.redline import RedlineOptions, redline, redline_packs
from tests.helpers.packs import NOW, chart_png, much_changed, rich_pack
from tests.helpers.strategies import blocks, packs, texts
from tests.helpers.validator import validation_errors
from tests.helpers.word import parts, xpath

_OPTIONS = RedlineOptions("Edgar Munt", NOW)
_READER = ExportOptions(now=NOW, copy="reader")
_MEDIA = {f"{digit * 64}.{kind}": chart_png(300, 140) for digit, kind in (("0", "png"), ("f", "jpg"))}


def _texts(docx):
    return [each.text.string for each in paragraphs(read_document(open_package(docx, "test")).story)]


def _exported(pack, media=None):
    return export_docx(pack, _MEDIA if media is None else media, _READER)


def _both_ways(docx):
    """What the file says with all its changes accepted, and with all rejected."""
    return _texts(resolved(docx, lambda _: True)), _texts(resolved(docx, lambda _: False))


@st.composite
def _edited(draw):
    """A pack, and the same after some of its blocks moved, went, came or were written anew."""
    pack = draw(packs(max_blocks=6))
    body = list(pack.body)
    names = {"people": [person.id for person in pack.people]}
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, max(0, len(body) - 1)))
        match draw(st.sampled_from(("drop", "add", "move", "write", "row"))):
            case "drop" if len(body) > 1:
                del body[at]
            case "add":
                body.insert(at, draw(blocks(**names)))
            case "move":
                body.insert(draw(st.integers(0, len(body))), body.pop(at))
            case "write" if isinstance(body[at], TextBlock):
                words = draw(texts())
                old, cut = body[at].text, draw(st.integers(0, len(body[at].text)))
                body[at] = replace(body[at], text=old[:cut] + words + old[cut + draw(st.integers(0, 5)) :])
            case "row" if isinstance(body[at], Table):
                rows = list(body[at].rows)
                rows.insert(draw(st.integers(0, len(rows))), tuple(draw(texts()) for _ in rows[0]))
                del rows[draw(st.integers(0, len(rows) - 1))]
                body[at] = replace(body[at], rows=tuple(rows))
    return pack, replace(pack, body=tuple(body) or pack.body)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_edited())
def test_a_redline_of_a_pack_is_both_versions_to_the_letter(versions):
    old, new = versions
    made = redline_packs(old, new, _MEDIA, _READER, _OPTIONS)
    accepted, rejected = _both_ways(made.docx)
    assert accepted == _texts(_exported(new))
    assert rejected == _texts(_exported(old))
    assert lint(made.docx) == []


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(packs(max_blocks=5), packs(max_blocks=5))
def test_a_redline_of_two_strange_documents_is_both_to_the_letter(old, new):
    before, after = _exported(old), _exported(new)
    accepted, rejected = _both_ways(redline(before, after, _OPTIONS).docx)
    assert accepted == _texts(after)
    assert rejected == _texts(before)


def test_equal_versions_have_no_changes():
    pack, media = rich_pack()
    made = redline_packs(pack, pack, media, _READER, _OPTIONS)
    assert made.changes == ()
    assert made.notes == ()
    assert _texts(made.docx) == _texts(_exported(pack, media))
    assert redline(_exported(pack, media), _exported(pack, media), _OPTIONS).changes == ()


@pytest.fixture(scope="module")
def rich():
    """The rich pack, and a version of it in which much changed."""
    pack, media = rich_pack()
    changed = much_changed(pack)
    end = (Paragraph(text=Text("The end.")), Table(rows=((Text("a"), Text("b")),)))
    meeting = replace(changed.meeting, title="Another title")
    return pack, replace(changed, body=(*changed.body, *end), meeting=meeting), media


@pytest.mark.parametrize("copy", ["working", "reviewers", "reader"])
def test_a_redline_of_a_rich_pack(rich, copy):
    old, new, media = rich
    made = redline_packs(old, new, media, replace(_READER, copy=copy), _OPTIONS)
    accepted, rejected = _both_ways(made.docx)
    assert accepted == _texts(_exported(new, media))
    assert rejected == _texts(_exported(old, media))
    assert lint(made.docx) == []
    assert validation_errors(made.docx) == []


def test_what_changed_is_told_as_a_person_would_say_it(rich):
    old, new, media = rich
    made = redline_packs(old, new, media, _READER, _OPTIONS)
    said = [(change.kind, change.before, change.after) for change in made.changes]
    assert (ChangeKind.REPLACEMENT, "says", "thinks") in said
    assert (ChangeKind.DELETION, "harbour ", "") in said
    assert (ChangeKind.REPLACEMENT, "10:30 to 11:15", "11:00 to 11:45") in said
    assert (ChangeKind.INSERTION, "", "A wholly new paragraph stands here.") in said
    assert (ChangeKind.TABLE, "", "West shore\t3\t8") in said
    assert [kind for kind, *_ in said].count(ChangeKind.MOVE) == 1
    assert {change.author for change in made.changes} == {"Edgar Munt"}
    assert {change.time for change in made.changes} == {NOW.replace(tzinfo=None)}


def test_only_a_copy_that_may_be_taken_back_says_which_block_is_which(rich):
    old, new, media = rich
    for copy, names in (("working", True), ("reader", False)):
        document = parts(redline_packs(old, new, media, replace(_READER, copy=copy), _OPTIONS).docx)
        assert bool(xpath(document["word/document.xml"], "//w:bookmarkStart[starts-with(@w:name, '_bp_')]")) == names
        assert ("customXml/item1.xml" in document) == names


def test_a_reader_is_not_shown_what_reviewers_say(rich):
    old, new, media = rich
    assert "word/comments.xml" not in parts(redline_packs(old, new, media, _READER, _OPTIONS).docx)
    assert [*reader_copy(new).comments] == []


def _pair(before, after):
    """Two packs of paragraphs, each paragraph of one by its words."""
    ids = {}

    def body(said):
        numbered = [(words, said[:at].count(words)) for at, words in enumerate(said)]
        return tuple(Paragraph(id=ids.setdefault(key, new_id()), text=Text(key[0])) for key in numbered)

    return Pack(body=body(before)), Pack(body=body(after))


_A, _B, _C = "The first paragraph is about ferries.", "The second one is about harbours.", "The third is about crews."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([_A], [_A, _B]),
        ([_A, _B], [_A]),
        ([_A], [_B]),
        ([_A, _B, _C], [_C, _A, _B]),
        ([_A, _B, _C], [_B, _C, _A]),
        ([_A, _B], [_A, _C]),
        ([_A, ""], ["", _A]),
        ([_A], [_A, _B, _C]),
        ([_A, _B, _C], [_A]),
        (["", "", _A], [_A, "", ""]),
    ],
)
@pytest.mark.parametrize("moves", [True, False])
def test_ends_of_paragraphs_come_and_go(before, after, moves):
    old, new = _pair(before, after)
    made = redline_packs(old, new, {}, _READER, replace(_OPTIONS, moves=moves))
    accepted, rejected = _both_ways(made.docx)
    assert accepted == _texts(_exported(new))
    assert rejected == _texts(_exported(old))
    assert moves or ChangeKind.MOVE not in {change.kind for change in made.changes}


def test_paragraphs_that_move_together_are_one_move():
    stays = "Something else stays here all the time."
    old, new = _pair([_A, _B, _C, stays, "End."], [_C, stays, _A, _B, "End."])
    made = redline_packs(old, new, {}, _READER, _OPTIONS)
    names = xpath(parts(made.docx)["word/document.xml"], "//w:moveToRangeStart/@w:name")
    assert len(names) == len(set(names)) == 1


def test_now_needs_a_zone():
    old, new = _pair([_A], [_B])
    with pytest.raises(ValueError, match="zone"):
        redline_packs(old, new, {}, _READER, RedlineOptions("E", dt.datetime(2031, 1, 1)))


def test_pictures_and_biographies_that_went_are_there_to_be_put_back():
    pack, media = rich_pack()
    gone = replace(pack, body=tuple(block for block in pack.body if not isinstance(block, Image | Biography)))
    made = redline_packs(pack, gone, media, _READER, _OPTIONS)
    pictures = parts(made.docx)["word/document.xml"]
    assert len(xpath(pictures, "//w:del//a:blip")) == 3
    assert validation_errors(made.docx) == []
    accepted, rejected = _both_ways(made.docx)
    assert accepted == _texts(_exported(gone, media))
    assert rejected == _texts(_exported(pack, media))
