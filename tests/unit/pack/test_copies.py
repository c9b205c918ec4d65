"""The reader's copy."""

import datetime as dt

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pack.copies import as_accepted, reader_copy
from briefpack.pack.model import Biography, Comment, Heading, Line, ListItem, Pack, Paragraph, Person, Table
from briefpack.pack.text import EMPTY, Mark, MarkKind, text

MARKS = st.builds(
    Mark, st.integers(0, 12), st.integers(0, 12), st.sampled_from(MarkKind), st.sampled_from(["", "one", "two"])
)


def test_deletions_go_insertions_stay_and_other_marks_move_along():
    changed = text(
        "An old new house",
        [Mark(3, 7, MarkKind.DELETION, "GM"), Mark(7, 10, MarkKind.INSERTION, "GM"), Mark(7, 16, MarkKind.BOLD)],
    )
    assert as_accepted(changed) == text("An new house", [Mark(3, 12, MarkKind.BOLD)])


@given(st.text("abc ", max_size=12), st.lists(MARKS, max_size=6))
def test_accepted_text_is_what_was_not_deleted(string, marks):
    before = text(string, marks)
    deleted = {at for m in before.marks if m.kind == MarkKind.DELETION for at in range(m.start, m.end)}
    after = as_accepted(before)
    assert after.string == "".join(c for at, c in enumerate(string) if at not in deleted)
    assert not {m.kind for m in after.marks} & {MarkKind.DELETION, MarkKind.INSERTION, MarkKind.COMMENT}
    assert after == text(after.string, after.marks)
    assert as_accepted(after) == after


def test_a_block_that_was_deleted_whole_is_gone_and_an_empty_one_stays():
    gone = Paragraph(text=text("gone", [Mark(0, 4, MarkKind.DELETION, "GM")]))
    blank = Paragraph(text=EMPTY)
    assert reader_copy(Pack(body=(gone, blank))).body == (blank,)


def test_only_people_who_are_shown_are_named():
    there, written, neither = Person("A", attends=True), Person("B"), Person("C")
    pack = Pack(people=(there, written, neither), body=(Biography(person=written.id),))
    assert reader_copy(pack).people == (there, written)


def test_what_is_known_of_lines_and_comments_is_gone_from_every_text():
    commented = text("words", [Mark(0, 5, MarkKind.COMMENT, "c")])
    line = Line("owner", as_at=dt.datetime(2027, 5, 1))
    pack = Pack(
        comments=(Comment("x", "c"),),
        body=(
            Heading(text=commented),
            ListItem(text=commented, line=line),
            Paragraph(text=commented, line=line),
            Table(rows=((commented,),)),
            Biography(person="p", points=(commented,)),
        ),
    )
    clean = reader_copy(pack)
    assert clean.comments == ()
    assert b"owner" not in msgspec.json.encode(clean)
    assert b"comment" not in msgspec.json.encode(clean.body)
