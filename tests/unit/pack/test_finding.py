"""Find and replace over a whole pack."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefpack.errors import UserError
from briefpack.pack.anchors import spans, words_at
from briefpack.pack.finding import Found, Part, Query, Seat, find, replace_all, replace_one, shown_at
from briefpack.pack.model import (
    Biography,
    Comment,
    Heading,
    Image,
    Meeting,
    MeetingDetails,
    Pack,
    Paragraph,
    Person,
    Reply,
    Table,
    texts_of,
)
from briefpack.pack.text import Mark, MarkKind, Text, text
from tests.helpers import strategies as some
from tests.helpers.invariants import check_pack

BOLD, COMMENT, LINK = MarkKind.BOLD, MarkKind.COMMENT, MarkKind.LINK


def of(*strings: str) -> Pack:
    """A pack of paragraphs."""
    return Pack(body=tuple(Paragraph(text=text(string)) for string in strings))


def said(pack: Pack, found: tuple[Found, ...]) -> list[str]:
    """The words that were found in the body."""
    return [texts_of(pack.block(f.seat.id))[f.seat.number].string[f.start : f.end] for f in found]


def strings_of(pack: Pack) -> list[str]:
    return [held.string for block in pack.body for held in texts_of(block)]


def everywhere() -> Pack:
    """ "Lock" in every place that a pack can hold it."""
    ada, ben = Person(name="Ada Lock", attends=True), Person(name="Ben", role="Lock keeper")
    remark = Comment(text="Which lock?", replies=(Reply(text="The upper lock"),))
    return Pack(
        meeting=Meeting(title="Locks", place="Lock House", objectives=("Listen", "A date for the lock")),
        body=(
            Heading(text=text("The lock")),
            MeetingDetails(),
            Table(rows=((text("lock"), text("gate")), (text("gate"), text("lock lock")))),
            Image(media="a.png", caption=text("A lock")),
            Biography(person=ben.id, points=(text("Keeps a lock"),)),
            Paragraph(text=text("A lock, twice a LOCK", [Mark(2, 6, COMMENT, remark.id)])),
        ),
        people=(ada, ben),
        comments=(remark,),
    )


def test_every_part_of_a_pack_is_searched_in_reading_order():
    pack = everywhere()
    found = find(pack, Query("lock", in_comments=True))
    assert [(each.seat.part, each.seat.number) for each in found] == [
        (Part.BODY, 0),
        *[(Part.MEETING, number) for number in (0, 3, 10)],
        (Part.PERSON, 0),
        *[(Part.BODY, number) for number in (0, 3, 3)],  # the table
        (Part.BODY, 0),  # the caption
        (Part.PERSON, 1),
        (Part.BODY, 0),
        *[(Part.BODY, 0)] * 2,
        (Part.COMMENT, 0),
        (Part.COMMENT, 1),
    ]
    assert len(find(pack, Query("lock"))) == len(found) - 2


def test_where_a_reader_sees_it():
    pack = everywhere()
    heading, details, table, image, card, words = pack.body
    shown = [shown_at(pack, each) for each in find(pack, Query("lock", in_comments=True))]
    assert shown == [
        *(each.id for each in (heading, *[details] * 4, table, table, table, image, card, card)),
        *(words.id, words.id, words.id, words.id),
    ]
    hidden = Pack(people=(Person(name="Ada Lock"),), comments=(Comment(text="Lock"),))
    assert [shown_at(hidden, each) for each in find(hidden, Query("lock", in_comments=True))] == [None, None]


def test_everything_is_replaced_everywhere():
    pack = everywhere()
    after = replace_all(pack, Query("lock", in_comments=True), "weir")
    assert find(after, Query("lock", in_comments=True)) == ()
    assert len(find(after, Query("weir", in_comments=True))) == 15
    assert after.meeting == Meeting(title="weirs", place="weir House", objectives=("Listen", "A date for the weir"))
    assert [(person.name, person.role) for person in after.people] == [("Ada weir", ""), ("Ben", "weir keeper")]
    assert (after.comments[0].text, after.comments[0].replies[0].text) == ("Which weir?", "The upper weir")
    assert [block.id for block in after.body] == [block.id for block in pack.body]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        (Query("cat"), ["Cat", "cat", "cat"]),
        (Query("cat", match_case=True), ["cat", "cat"]),
        (Query("cat", whole_word=True), ["Cat", "cat"]),
        (Query("c.t"), []),
        (Query("c.t", regex=True), ["Cat", "cat", "cut", "cat"]),
        (Query("c.t|c", regex=True, whole_word=True), ["Cat", "cat", "cut"]),
        (Query("^C", regex=True), ["C", "c"]),
        (Query("x*", regex=True), []),
        (Query(r"\bcut$", regex=True), ["cut"]),
        (Query(""), []),
    ],
)
def test_what_is_looked_for(query, hits):
    pack = of("Cat, cat, cut\nconcatenate")
    assert said(pack, find(pack, query)) == hits


def test_a_plain_key_finds_what_is_typeset():
    pack = of("The board’s “plan” is up\u2011to\u2011date at 9\xa0am")
    for typed in ("board's", '"plan"', "up-to-date", "9 am", "board’s"):
        assert len(find(pack, Query(typed))) == 1, typed
    assert find(of("the board's"), Query("board’s")) == ()


def test_groups_are_put_in():
    pack = of("Venn, Ola; Marsh, Graham")
    swapped = replace_all(pack, Query(r"(\w+), (?P<first>\w+)", regex=True), r"\g<first> \1")
    assert strings_of(swapped) == ["Ola Venn; Graham Marsh"]
    assert strings_of(replace_all(of("a.b"), Query("."), r"\1")) == [r"a\1b"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("(", "missing )"),
        ("a)(b", "unbalanced parenthesis"),
        ("[a", "character set"),
        ("*a", "nothing to repeat"),
        ("(" * 400 + ")" * 400, "nested too deep"),
        ("(?:a{1000}){1000}", "repeats itself too often"),
        ("a" * 1001, "longer than"),
    ],
)
@pytest.mark.parametrize("whole_word", [False, True])
def test_what_is_no_expression_is_said_with_its_reason(words, reason, whole_word):
    with pytest.raises(UserError, match=re.escape(reason)):
        find(of("words"), Query(words, regex=True, whole_word=whole_word))


@pytest.mark.parametrize("with_", [r"\2", r"\g<nobody>", "\\", r"\g<"])
def test_what_cannot_be_put_in_is_said(with_):
    with pytest.raises(UserError, match="cannot be put in"):
        replace_all(of("a"), Query("(a)", regex=True), with_)


def test_an_expression_without_end_is_stopped():
    """The same words are found at once by one that is not of that kind."""
    pack = of("x" * 500)
    with pytest.raises(UserError, match="too long"):
        find(pack, Query("(x+x+)+y", regex=True), seconds=0.2)
    with pytest.raises(UserError, match="too long"):
        replace_all(pack, Query("(x+x+)+y", regex=True), "", seconds=0.2)
    assert len(find(pack, Query("x+", regex=True), seconds=0.2)) == 1


def test_one_place_is_replaced_alone():
    pack = of("one one", "one")
    query = Query("one")
    _, second, _ = find(pack, query)
    after = replace_one(pack, query, second, "two")
    assert strings_of(after) == ["one two", "one"]
    assert after.body[1] is pack.body[1]
    assert replace_one(after, query, second, "three") is after, "it does not stand there any more"
    assert replace_one(pack, query, Found(Seat(Part.BODY, "gone", 0), 0, 3), "two") is pack


def test_new_words_look_as_the_first_character_did():
    held = text("bold plain", [Mark(0, 4, BOLD), Mark(7, 10, LINK, "https://example.org")])
    after = replace_all(Pack(body=(Paragraph(text=held),)), Query("bold pl"), "new")
    assert after.body[0].text == text("newain", [Mark(0, 3, BOLD), Mark(3, 6, LINK, "https://example.org")])


def test_a_comment_within_what_is_replaced_keeps_a_place():
    remark = Comment(text="Really?")
    held = text("the lower weir", [Mark(4, 9, COMMENT, remark.id)])
    pack = Pack(body=(Paragraph(text=held),), comments=(remark,))
    after = replace_all(pack, Query("the lower"), "our")
    assert words_at(after, spans(after, COMMENT)[remark.id]) == "our"


def test_what_stays_the_same_is_no_change():
    held = text("ab", [Mark(1, 2, BOLD)])
    pack = Pack(body=(Paragraph(text=held),))
    assert replace_all(pack, Query("ab"), "ab") is pack
    assert replace_all(pack, Query("nothing"), "ab") is pack


PLAIN = st.text(st.sampled_from("abAB. \n(👍é"), min_size=1, max_size=3).filter(lambda words: " " not in words)


@given(
    strings=st.lists(st.text(st.sampled_from("abAB. \n(👍é")), max_size=4), words=PLAIN, new=st.text("xy", max_size=3)
)
@example(strings=["aaa"], words="aa", new="x")
def test_plain_words_are_found_and_replaced_as_python_does(strings, words, new):
    pack = of(*strings)
    found = find(pack, Query(words, match_case=True))
    assert said(pack, found) == [words] * sum(string.count(words) for string in strings)
    after = replace_all(pack, Query(words, match_case=True), new)
    assert strings_of(after)[: len(strings)] == [string.replace(words, new) for string in strings]


@given(pack=some.packs(), words=st.sampled_from(["a", "e", "o", "Quote", "\\w+", "(.)(.)", "[^a]{2}"]), new=some.nasty)
def test_any_pack_is_whole_after_a_replacement(pack, words, new):
    """The model's rules hold, blocks keep their ids, and no comment loses its place unless nothing is put in."""
    query = Query(words, regex=True, in_comments=True)
    new = new.replace("\\", "")
    after = replace_all(pack, query, new)
    check_pack(after)
    assert [block.id for block in after.body] == [block.id for block in pack.body]
    touched = {f.seat.id for f in find(pack, query)}
    assert all(a is b for a, b in zip(pack.body, after.body, strict=True) if b.id not in touched)
    if text(new):
        assert spans(after, COMMENT).keys() == spans(pack, COMMENT).keys()


@given(pack=some.packs(), words=st.text(max_size=5), whole=st.booleans())
def test_any_words_can_be_looked_for(pack, words, whole):
    """Either something is found that is really there, or the words are refused with a reason."""
    for regex in (False, True):
        try:
            found = find(pack, Query(words, regex=regex, whole_word=whole))
        except UserError:
            if not regex:
                raise
            continue
        assert found == tuple(dict.fromkeys(found))
        for each in found:
            assert each.start < each.end
            if each.seat.part == Part.BODY:
                assert each.end <= len(texts_of(pack.block(each.seat.id))[each.seat.number])


def test_a_text_is_found_by_code_points():
    (found,) = find(Pack(body=(Paragraph(text=Text("👍🏽 ok")),)), Query("ok"))
    assert (found.start, found.end) == (3, 5)
