"""What each edit does, by example; that none breaks a pack is shown in test_edits_at_random."""

import datetime as dt

import pytest

from briefpack.pack.cleaning import cleaned
from briefpack.pack.clips import fingerprint
from briefpack.pack.edits import (
    ClipForm,
    Fragment,
    Place,
    add_biography,
    as_heading,
    as_list,
    as_paragraph,
    as_quote,
    cut_out,
    delete,
    delete_comment,
    edit_comment,
    end_of,
    indent,
    insert_blocks,
    insert_text,
    move_blocks,
    move_section,
    ordered,
    paste,
    place_clips,
    put_person,
    remove_blocks,
    remove_person,
    replace_block,
    set_line,
    set_meeting,
    set_role,
    split,
    start_of,
)
from briefpack.pack.model import (
    Biography,
    Clip,
    Comment,
    Heading,
    Image,
    Line,
    ListItem,
    Pack,
    PageBreak,
    Paragraph,
    Person,
    Quote,
    Status,
    Table,
)
from briefpack.pack.roles import Role
from briefpack.pack.text import Mark, MarkKind, Text, text

B = MarkKind.BOLD
CLEARED = Line(owner="Niamh Castellan", status=Status.CLEARED)


def p(words, **known):
    return Paragraph(text=text(words), **known)


def a_pack(*blocks, **known):
    return Pack(body=blocks, **known)


def strings(pack):
    return [block.text.string if hasattr(block, "text") else type(block).__name__ for block in pack.body]


# --- places


def test_places_are_put_in_order_and_in_range():
    one, two = p("abc"), PageBreak()
    pack = a_pack(one, two)
    assert ordered(pack, Place(two.id, 9), Place(one.id, -3)) == (Place(one.id, 0), Place(two.id, 1))
    assert (start_of(one), end_of(one), end_of(two)) == (Place(one.id, 0), Place(one.id, 3), Place(two.id, 1))
    with pytest.raises(KeyError):
        ordered(pack, Place("gone", 0), Place(one.id, 0))


# --- typing and deleting


def test_typing_in_a_block_leaves_the_others_the_same_objects():
    one, two = p("abc"), p("def")
    pack = a_pack(one, two)
    done = insert_text(pack, Place(one.id, 1), text("X", [Mark(0, 1, B)]))
    assert done.pack.body[0] == Paragraph(id=one.id, text=text("aXbc", [Mark(1, 2, B)]))
    assert done.pack.body[1] is two
    assert done.caret == Place(one.id, 2)


@pytest.mark.parametrize(("offset", "expected"), [(0, ["new", "PageBreak"]), (1, ["PageBreak", "new"])])
def test_typing_beside_an_object_makes_a_paragraph(offset, expected):
    done = insert_text(a_pack(at := PageBreak()), Place(at.id, offset), text("new"))
    assert strings(done.pack) == expected


def test_typing_beyond_the_end_is_at_the_end():
    pack = a_pack(one := p("abc"))
    assert insert_text(pack, Place(one.id, 99), text("d")) == insert_text(pack, Place(one.id, 3), text("d"))


def test_typing_nothing_is_nothing():
    pack = a_pack(one := p("abc"), PageBreak())
    assert insert_text(pack, Place(one.id, 1), text("")).pack is pack
    assert insert_text(pack, Place(pack.body[1].id, 1), text("")).pack is pack


def test_deleting_across_blocks_joins_them_as_the_first():
    one, two = Heading(text=text("Lines to take"), level=2), p("We agree.", line=CLEARED)
    done = delete(a_pack(one, two), Place(one.id, 5), Place(two.id, 3))
    assert done.pack.body == (Heading(id=one.id, text=text("Linesagree."), level=2),)
    assert done.caret == Place(one.id, 5)


def test_deleting_all_of_the_first_leaves_the_last_with_its_owner():
    one, two = Heading(text=text("Lines to take"), level=2), p("We agree.", line=CLEARED)
    done = delete(a_pack(one, two), Place(one.id, 0), Place(two.id, 3))
    assert done.pack.body == (Paragraph(id=two.id, text=text("agree."), line=CLEARED),)
    assert done.caret == Place(two.id, 0)


def test_an_object_is_deleted_whole_or_not():
    pack = a_pack(one := p("a"), at := PageBreak(), two := p("b"))
    assert strings(delete(pack, Place(at.id, 0), Place(at.id, 1)).pack) == ["a", "b"]
    assert delete(pack, Place(at.id, 1), Place(at.id, 1)).pack is pack
    assert strings(delete(pack, Place(one.id, 1), Place(two.id, 0)).pack) == ["ab"]
    assert delete(pack, Place(at.id, 1), Place(two.id, 1)).caret == Place(two.id, 0)


def test_a_body_is_never_empty():
    pack = a_pack(at := PageBreak())
    for emptied in (delete(pack, start_of(at), end_of(at)).pack, remove_blocks(pack, [at.id])):
        assert [type(block) for block in emptied.body] == [Paragraph]
    person = Person(name="Amara Lindqvist")
    alone = a_pack(Biography(person=person.id), people=(person,))
    assert strings(remove_person(alone, person.id)) == [""]


# --- splitting


def test_splitting_keeps_the_id_and_the_owner_with_the_first_words():
    one = p("We agree. We act.", line=CLEARED)
    done = split(a_pack(one), Place(one.id, 9))
    assert done.pack.body[0] == Paragraph(id=one.id, text=text("We agree."), line=CLEARED)
    assert done.pack.body[1] == Paragraph(id=done.pack.body[1].id, text=text(" We act."))
    assert done.caret == Place(done.pack.body[1].id, 0)


def test_splitting_before_the_words_puts_an_empty_block_before_them():
    one = p("We agree.", line=CLEARED)
    done = split(a_pack(one), Place(one.id, 0))
    assert strings(done.pack) == ["", "We agree."]
    assert done.pack.body[1] is one
    assert done.caret == Place(one.id, 0)


@pytest.mark.parametrize(
    ("block", "offset", "following"),
    [
        (Heading(text=text("Background"), level=2, role=Role.BACKGROUND), 10, Paragraph),
        (Quote(text=text("We agree."), speaker="A"), 9, Paragraph),
        (Heading(text=text("Background"), level=2), 4, Heading),
        (ListItem(text=text("one"), level=2, ordered=True), 3, ListItem),
        (p("one"), 3, Paragraph),
    ],
)
def test_what_follows_a_split_block(block, offset, following):
    done = split(a_pack(block), Place(block.id, offset))
    second = done.pack.body[1]
    assert type(second) is following
    if following is ListItem:
        assert (second.level, second.ordered) == (2, True)


def test_enter_in_an_empty_item_moves_it_out_until_it_is_a_paragraph():
    pack = a_pack(item := ListItem(level=1))
    pack = split(pack, Place(item.id, 0)).pack
    assert pack.body == (ListItem(id=item.id, level=0),)
    assert split(pack, Place(item.id, 0)).pack.body == (Paragraph(id=item.id),)


@pytest.mark.parametrize("empty", [Heading(level=3, role=Role.LINES), Quote(speaker="A")])
def test_enter_in_an_empty_heading_or_quotation_makes_it_a_paragraph(empty):
    assert split(a_pack(empty), Place(empty.id, 0)).pack.body == (Paragraph(id=empty.id),)


# --- cutting and pasting


def test_one_block_goes_into_the_words_around_it():
    one = p("We agree.", line=CLEARED)
    fragment = Fragment(blocks=(Heading(text=text("fully ", [Mark(0, 5, B)]), level=1),))
    done = paste(a_pack(one), Place(one.id, 3), Place(one.id, 3), fragment)
    assert done.pack.body == (Paragraph(id=one.id, text=text("We fully agree.", [Mark(3, 8, B)]), line=CLEARED),)
    assert done.caret == Place(one.id, 9)


def test_several_blocks_split_the_words_around_them():
    one = p("We agree.", line=CLEARED)
    middle = ListItem(text=text("middle"), level=1)
    fragment = Fragment(blocks=(Heading(text=text("X"), level=1), middle, ListItem(text=text("Y"))))
    done = paste(a_pack(one), Place(one.id, 3), Place(one.id, 3), fragment)
    assert strings(done.pack) == ["We X", "middle", "Yagree."]
    assert (done.pack.body[0].id, done.pack.body[0].line) == (one.id, CLEARED)
    assert done.pack.body[1] == middle
    assert done.caret == Place(done.pack.body[2].id, 1)


def test_several_blocks_before_a_line_leave_it_its_id_and_owner():
    one = p("We agree.", line=CLEARED)
    fragment = Fragment(blocks=(p("First."), p("And ")))
    done = paste(a_pack(one), start_of(one), start_of(one), fragment)
    assert strings(done.pack) == ["First.", "And We agree."]
    assert (done.pack.body[1].id, done.pack.body[1].line) == (one.id, CLEARED)
    assert done.caret == Place(one.id, 4)


def test_an_object_parts_the_words_around_it():
    one = p("We agree.")
    done = paste(a_pack(one), Place(one.id, 3), Place(one.id, 3), Fragment(blocks=(PageBreak(),)))
    assert strings(done.pack) == ["We ", "PageBreak", "agree."]
    assert done.pack.body[0].id == one.id


def test_what_is_pasted_takes_the_place_of_an_empty_block():
    pack = a_pack(p("a"), empty := p(""), p("b"))
    new = ListItem(text=text("new"), line=CLEARED)
    done = paste(pack, start_of(empty), start_of(empty), Fragment(blocks=(new,)))
    assert strings(done.pack) == ["a", "new", "b"]
    assert done.pack.body[1] == new


def test_what_was_cut_comes_back_with_its_ids():
    pack = a_pack(one := p("one"), two := ListItem(text=text("two"), line=CLEARED))
    taken = cut_out(pack, start_of(one), end_of(two))
    cut = delete(pack, start_of(one), end_of(two))
    assert paste(cut.pack, cut.caret, cut.caret, taken).pack == pack


def test_a_copy_has_ids_and_clips_of_its_own():
    clip = a_clip("said")
    pack = a_pack(one := p("x"), people=())
    pack = place_clips(pack, end_of(one), end_of(one), [clip], ClipForm.LINE).pack
    block = pack.body[1]
    again = paste(pack, end_of(block), end_of(block), Fragment((p("y"), block), clips=(clip,))).pack
    copied = again.body[2]
    assert copied.id != block.id
    assert len(again.clips) == 2
    assert {mark.value for mark in copied.text.marks} == {again.clips[1].id}
    assert again.clips[1].words == clip.words


def test_a_mark_that_names_nothing_is_not_taken_in():
    stray = text(
        "words", [Mark(0, 5, MarkKind.COMMENT, "unknown"), Mark(0, 5, MarkKind.CLIP, "unknown"), Mark(0, 5, B)]
    )
    pack = a_pack(one := p(""))
    done = paste(pack, start_of(one), start_of(one), Fragment(blocks=(Paragraph(text=stray),)))
    assert done.pack.body[0].text.marks == (Mark(0, 5, B),)


def test_a_biography_brings_its_person():
    person = Person(name="Amara Lindqvist")
    pack = a_pack(card := Biography(person=person.id), people=(person,))
    taken = cut_out(pack, start_of(card), end_of(card))
    other = a_pack(one := p("x"))
    done = paste(other, end_of(one), end_of(one), taken)
    assert done.pack.people == (person,)
    assert done.pack.body[1] == card


def test_what_comes_over_the_clipboard_is_made_sound():
    broken = Paragraph(text=Text("a\ud800b\x00c", (Mark(-4, 99, B), Mark(0, 99, B), Mark(2, 1, MarkKind.ITALIC))))
    pack = a_pack(one := p(""))
    done = paste(pack, start_of(one), start_of(one), Fragment(blocks=(broken,)))
    assert done.pack.body[0].text == text("abc", [Mark(0, 3, B)])


# --- whole blocks


def test_making_headings_reads_their_role_and_keeps_one_that_is_set():
    one, two = p("Lines to take"), Heading(text=text("Money"), level=1, role=Role.ITEM)
    pack = as_heading(a_pack(one, two), [one.id, two.id], 9)
    assert [(block.level, block.role) for block in pack.body] == [(6, Role.LINES), (6, Role.ITEM)]
    assert as_heading(pack, [one.id], 2, Role.STEER).body[0].role == Role.STEER


def test_a_line_stays_one_as_a_list_item_and_as_a_paragraph():
    pack = a_pack(one := p("We agree.", line=CLEARED))
    pack = as_list(pack, [one.id], ordered=True, level=99)
    assert pack.body == (ListItem(id=one.id, text=one.text, level=8, ordered=True, line=CLEARED),)
    assert as_list(pack, [one.id], level=0).body[0].level == 8, "an item keeps its level"
    assert as_paragraph(pack, [one.id]).body == (one,)


def test_a_quotation_names_its_speaker():
    pack = as_quote(a_pack(one := p("We agree.")), [one.id], speaker="Amara\x00 Lindqvist", said_on="May 2030")
    assert pack.body == (Quote(id=one.id, text=one.text, speaker="Amara Lindqvist", said_on="May 2030"),)


def test_indenting_stops_at_the_ends_and_leaves_the_rest():
    blocks = (ListItem(level=7), Heading(level=2), p("x"))
    pack = a_pack(*blocks)
    ids = [block.id for block in blocks]
    assert [block.level for block in indent(pack, ids, 5).body[:2]] == [8, 6]
    assert [block.level for block in indent(pack, ids, -9).body[:2]] == [0, 1]
    assert indent(pack, ids, 5).body[2] is blocks[2]


def test_a_role_is_set_on_headings_only():
    pack = a_pack(one := Heading(level=1), two := p("x"))
    assert set_role(pack, one.id, Role.ANNEX).body[0].role == Role.ANNEX
    assert set_role(pack, two.id, Role.ANNEX) is pack


def test_inserted_blocks_get_new_ids_where_theirs_are_taken():
    pack = a_pack(one := p("x"))
    twin = p("new")
    done = insert_blocks(pack, 1, [one, twin, twin])
    assert len({block.id for block in done.body}) == 4
    assert done.body[2] is twin


def test_a_form_replaces_a_block():
    pack = a_pack(one := Table(rows=((text("a"),),)))
    new = Table(id=one.id, rows=((text("b"),),))
    assert replace_block(pack, new).body == (new,)
    assert replace_block(pack, Table(id=one.id, rows=one.rows)) is pack
    with pytest.raises(KeyError):
        replace_block(pack, Table())


def test_what_a_form_says_is_cleaned():
    pack = a_pack(one := Image(media="x.png"))
    assert replace_block(pack, Image(id=one.id, media="x.png", alt="a\ud800chart\r\n")).body[0].alt == "achart\n"


@pytest.mark.parametrize(
    ("start", "stop", "to", "expected"),
    [
        (0, 1, 3, "bcad"),
        (2, 4, 0, "cdab"),
        (1, 2, 4, "acdb"),
        (1, 3, 2, "abcd"),
        (1, 3, 1, "abcd"),
        (1, 3, 3, "abcd"),
    ],
)
def test_moving_blocks(start, stop, to, expected):
    pack = a_pack(*map(p, "abcd"))
    moved = move_blocks(pack, start, stop, to)
    assert "".join(strings(moved)) == expected
    assert (moved is pack) == (expected == "abcd")


def test_a_section_moves_with_all_that_is_under_it():
    one, two = Heading(level=1, text=text("1")), Heading(level=1, text=text("2"))
    pack = a_pack(one, p("a"), Heading(level=2, text=text("1.1")), p("b"), two, p("c"))
    assert strings(move_section(pack, two.id, 0)) == ["2", "c", "1", "a", "1.1", "b"]
    with pytest.raises(KeyError):
        move_section(pack, pack.body[1].id, 0)


# --- comments, clips, lines, people


def a_clip(words):
    return Clip(document="7", passage="2", start=0, end=len(words), words=words, fingerprint=fingerprint(words))


def test_a_comment_that_is_not_there_is_an_error():
    for edit in (lambda pack: edit_comment(pack, "x", "new"), lambda pack: delete_comment(pack, "x")):
        with pytest.raises(KeyError):
            edit(a_pack(p("x")))


@pytest.mark.parametrize(
    ("form", "kind"), [(ClipForm.LINE, ListItem), (ClipForm.QUOTE, Quote), (ClipForm.PARAGRAPH, Paragraph)]
)
def test_a_clip_is_a_block_behind_the_caret_with_its_words_marked(form, kind):
    clip = a_clip("What was said.")
    pack = a_pack(one := p("We agree."), p("after"))
    done = place_clips(pack, Place(one.id, 2), Place(one.id, 5), [clip], form, speaker="Edgar Munt")
    assert strings(done.pack) == ["We agree.", "What was said.", "after"]
    placed = done.pack.body[1]
    assert type(placed) is kind
    assert placed.text.marks == (Mark(0, 14, MarkKind.CLIP, clip.id),)
    assert done.pack.clips == (clip,)
    if form == ClipForm.QUOTE:
        assert placed.speaker == "Edgar Munt"


def test_a_clip_takes_the_place_of_an_empty_block():
    pack = a_pack(p("a"), empty := p(""))
    done = place_clips(pack, start_of(empty), start_of(empty), [a_clip("said")], ClipForm.LINE)
    assert strings(done.pack) == ["a", "said"]


def test_a_clip_inline_goes_among_the_words():
    pack = a_pack(one := p("He said: ."))
    done = place_clips(pack, Place(one.id, 9), Place(one.id, 9), [a_clip("yes")], ClipForm.INLINE)
    assert strings(done.pack) == ["He said: yes."]
    assert [(mark.start, mark.end) for mark in done.pack.body[0].text.marks] == [(9, 12)]


def test_placing_no_clips_replaces_nothing():
    pack = a_pack(one := p("We agree."))
    for form in ClipForm:
        assert place_clips(pack, start_of(one), end_of(one), [], form).pack is pack


def test_what_is_known_of_a_line_is_set_on_lines_only():
    pack = a_pack(one := p("We agree.", line=CLEARED), two := Quote(text=text("x")))
    until = dt.datetime(2031, 3, 14, 9)
    done = set_line(pack, [one.id, two.id], good_until=until, owner="Edgar\x00 Munt")
    assert done.body[0].line == Line(owner="Edgar Munt", status=Status.CLEARED, good_until=until)
    assert done.body[1] is two
    assert set_line(done, [one.id], good_until=until) is done


def test_meeting_details_are_set_and_cleaned():
    pack = set_meeting(a_pack(p("x")), title="Round\ud800 table", objectives=("a\r\nb",))
    assert (pack.meeting.title, pack.meeting.objectives) == ("Round table", ("a\nb",))
    assert set_meeting(pack, title="Round table") is pack
    with pytest.raises(TypeError):
        set_meeting(pack, colour="red")


def test_a_person_is_added_changed_and_removed_with_the_biography():
    person = Person(name="Amara Lindqvist")
    pack = add_biography(a_pack(p("x")), 1, person)
    assert (pack.people, strings(pack)) == ((person,), ["x", "Biography"])
    changed = put_person(pack, Person(id=person.id, name="Amara\x00 Okafor"))
    assert [each.name for each in changed.people] == ["Amara Okafor"]
    assert put_person(pack, person) is pack
    gone = remove_person(pack, person.id)
    assert (gone.people, strings(gone)) == ((), ["x"])
    assert remove_person(gone, person.id) is gone


def test_cleaning_gives_back_what_is_clean_already():
    pack = a_pack(p("x"), Table(rows=((text("a", [Mark(0, 1, B)]),),)), comments=(Comment(text="?"),))
    assert cleaned(pack) is pack
    assert cleaned(a_pack(Table(rows=((Text("\x00", (Mark(0, 1, B),)),),)))).body[0].rows == ((Text(),),)
