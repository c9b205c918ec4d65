"""Smart quotes and dashes, and paragraphs made lists and headings by their signs."""

import pytest

from briefpack.desktop.editor.autoformat import Options, follows
from briefpack.pack.edits import Place
from briefpack.pack.model import Heading, ListItem, Pack, PageBreak, Paragraph, Quote
from briefpack.pack.text import Mark, MarkKind, text

ALL = Options()


def typed(string, options=ALL, block=Paragraph, **rest):
    """What a paragraph says after each character of a string was typed into it, with what followed from it."""
    pack = Pack(body=(block(**rest),))
    caret = Place(pack.body[0].id, 0)
    for character in string:
        held = pack.body[0]
        new = held.text.replace(caret.offset, caret.offset, text(character))
        pack = Pack(body=(type(held)(id=held.id, text=new, **rest),)) if type(held) is block else _retyped(pack, new)
        caret = Place(caret.block, caret.offset + 1)
        if found := follows(pack, caret, character, options):
            pack, caret = found.pack, found.caret
    assert caret.offset == len(pack.body[0].text)
    return pack.body[0]


def _retyped(pack, new):
    from msgspec.structs import replace

    return replace(pack, body=(replace(pack.body[0], text=new),))


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('He said "yes".', "He said “yes”."),
        ("It's the Minister's", "It’s the Minister’s"),
        ("'quoted' words", "‘quoted’ words"),
        ("\"she said 'no'\"", "“she said ‘no’”"),
        ('("in brackets")', "(“in brackets”)"),
        ("the '90s", "the ’90s"),
        ("one - two", "one – two"),
        ("one -- two", "one – two"),
        ("one--two", "one—two"),
        ("2019-20", "2019-20"),
        ("a well-known -5", "a well-known -5"),
        ("—'so'", "—‘so’"),
        ("e\u0301'", "e\u0301’"),
    ],
)
def test_smart_quotes_and_dashes(keys, said):
    assert typed(keys).text.string == said


def test_nothing_is_smart_where_it_is_not_wanted():
    keys = '"a" - b--c it\'s'
    assert typed(keys, Options(smart=False)).text.string == keys


@pytest.mark.parametrize(
    ("keys", "made"),
    [
        ("- a", (ListItem, "a")),
        ("* a", (ListItem, "a")),
        ("1. a", (ListItem, "a")),
        ("1) a", (ListItem, "a")),
        ("# a", (Heading, "a")),
        ("> a", (Quote, "a")),
        ("2. a", (Paragraph, "2. a")),
        ("a - b", (Paragraph, "a – b")),
        ("####### a", (Paragraph, "####### a")),
        ("-a", (Paragraph, "-a")),
    ],
)
def test_signs_at_the_start_of_a_paragraph(keys, made):
    block = typed(keys)
    assert (type(block), block.text.string) == made


def test_signs_say_how_deep_and_whether_numbered():
    assert typed("### a").level == 3
    assert typed("1. a").ordered
    assert not typed("- a").ordered


def test_signs_are_words_elsewhere():
    assert typed("- a", Options(shapes=False)) != typed("- a")
    assert isinstance(typed("- a", block=ListItem), ListItem)
    assert typed("# a", block=Heading, level=2).text.string == "# a"


def test_a_sign_before_words_that_are_there_makes_a_bullet_of_them():
    block = Paragraph(text=text("- words", [Mark(2, 7, MarkKind.COMMENT, "C")]))
    found = follows(Pack(body=(block,)), Place(block.id, 2), " ", Options())
    assert found.pack.body[0] == ListItem(id=block.id, text=text("words", [Mark(0, 5, MarkKind.COMMENT, "C")]))
    assert found.caret == Place(block.id, 0)


def test_what_is_put_in_place_has_the_marks_of_what_it_replaces():
    marks = [Mark(0, 3, MarkKind.BOLD), Mark(1, 3, MarkKind.COMMENT, "C")]
    block = Paragraph(text=text('a"b', marks))
    found = follows(Pack(body=(block,)), Place(block.id, 2), '"', Options())
    assert found.pack.body[0].text == text("a”b", marks)


def test_several_characters_at_once_and_objects_are_left_alone():
    block, card = Paragraph(text=text('a""')), PageBreak()
    pack = Pack(body=(block, card))
    assert follows(pack, Place(block.id, 3), '""', Options()) is None
    assert follows(pack, Place(block.id, 3), "", Options()) is None
    assert follows(pack, Place(card.id, 1), "x", Options()) is None
