import pytest
from hypothesis import given

from briefpack.pack.model import Heading, ListItem, MeetingDetails, Pack, Paragraph, Quote
from briefpack.pack.outline import headings_above, lines, outline, roles, section_of, sections
from briefpack.pack.roles import LABELS, Role, role_of_title
from briefpack.pack.text import text
from tests.helpers.strategies import packs


def h(level, title="", role=None):
    return Heading(level=level, text=text(title), role=role)


def p(words="words"):
    return Paragraph(text=text(words))


def tree(found):
    """A section as its title, its range, and its children."""
    return [(each.heading.text.string, each.start, each.end, tree(each.children)) for each in found]


def test_the_tree_of_a_briefing():
    body = (
        MeetingDetails(),
        h(1, "Agenda"),
        p(),
        h(2, "Item 1"),
        p(),
        h(3, "Lines"),
        p(),
        h(2, "Item 2"),
        h(1, "Bios"),
    )
    assert tree(outline(body)) == [
        ("Agenda", 1, 8, [("Item 1", 3, 7, [("Lines", 5, 7, [])]), ("Item 2", 7, 8, [])]),
        ("Bios", 8, 9, []),
    ]


def test_levels_may_be_skipped_and_a_body_may_begin_deep():
    body = (h(3, "Deep"), p(), h(1, "Top"), h(4, "Deeper"), h(2, "Second"), p())
    assert tree(outline(body)) == [
        ("Deep", 0, 2, []),
        ("Top", 2, 6, [("Deeper", 3, 4, []), ("Second", 4, 6, [])]),
    ]


def test_a_body_without_headings_has_no_sections():
    assert outline((p(), p())) == ()
    assert outline(()) == ()


@given(packs(max_blocks=15))
def test_sections_are_what_their_levels_say(pack):
    """Against the plainest definition: a section runs to the next heading that is not deeper."""
    found = {section.heading.id: section for section in sections(pack)}
    headings = [block for block in pack.body if isinstance(block, Heading)]
    assert list(found) == [block.id for block in headings]
    for section in found.values():
        after = [
            index
            for index in range(section.start + 1, len(pack.body))
            if isinstance(other := pack.body[index], Heading) and other.level <= section.heading.level
        ]
        assert pack.body[section.start] is section.heading
        assert section.end == min([*after, len(pack.body)])
        for child in section.children:
            assert section.start < child.start < child.end <= section.end
            assert child.heading.level > section.heading.level


@given(packs(max_blocks=15))
def test_a_block_stands_under_the_sections_around_it(pack):
    for index, (block, path) in enumerate(headings_above(pack.body)):
        around = [s.heading for s in sections(pack) if s.start < index < s.end]
        assert list(path) == around
        own = section_of(pack, block.id)
        inner = block if isinstance(block, Heading) else (path[-1] if path else None)
        assert (own.heading if own else None) is inner


def test_the_role_that_holds_is_that_of_the_nearest_heading_with_one():
    body = (
        p("before"),
        h(1, "Agenda", Role.AGENDA),
        h(2, "Item", Role.ITEM),
        h(3, "Lines to take", Role.LINES),
        h(4, "On money"),
        p("a line"),
        h(3, "Background", Role.BACKGROUND),
        p("a fact"),
    )
    held = roles(body)
    assert [held[block.id] for block in body] == [
        None,
        Role.AGENDA,
        Role.ITEM,
        Role.LINES,
        Role.LINES,
        Role.LINES,
        Role.BACKGROUND,
        Role.BACKGROUND,
    ]


def test_lines_belong_to_the_nearest_heading_that_holds_none():
    item, steer = h(2, "Item 1", Role.ITEM), h(4, "On money")
    first = ListItem(text=text("We agree."))
    second = Paragraph(text=text("We will see."))
    pack = Pack(
        body=(
            h(1, "Agenda", Role.AGENDA),
            item,
            p("not a line"),
            (of_item := h(3, "Lines to take", Role.LINES)),
            first,
            Quote(text=text("a quotation is no line")),
            Paragraph(text=text("  ")),
            steer,
            second,
            (pressed := h(5, "If pressed", Role.IF_PRESSED)),
            (third := p("No.")),
        )
    )
    assert [(line.block, line.item, line.heading) for line in lines(pack)] == [
        (first, item, of_item),
        (second, steer, steer),
        (third, steer, pressed),
    ]


def test_lines_without_an_item_have_none():
    only = h(1, "Lines to take", Role.LINES)
    pack = Pack(body=(only, line := p("We agree.")))
    assert [(each.block, each.item, each.heading) for each in lines(pack)] == [(line, None, only)]


def test_background_within_lines_holds_no_lines():
    pack = Pack(body=(h(1, "Lines", Role.LINES), h(2, "Background", Role.BACKGROUND), p("a fact")))
    assert lines(pack) == []


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Lines to take", Role.LINES),
        ("Background – lines to take", Role.LINES),
        ("Points to make", Role.LINES),
        ("If pressed on cost", Role.IF_PRESSED),
        ("Annotated agenda", Role.AGENDA),
        ("Annex A: Biographies", Role.BIOGRAPHIES),
        ("Annex B", Role.ANNEX),
        ("  background  ", Role.BACKGROUND),
        ("Q&A", Role.QA),
        ("Key facts and figures", Role.KEY_FACTS),
        ("Our steer", Role.STEER),
        ("Their main steers", Role.STEER),
        ("To note", Role.TO_NOTE),
        ("Item 1: Social care", None),
        ("Pipelines to takeover", None),
        ("", None),
    ],
)
def test_the_role_that_a_title_states(title, role):
    assert role_of_title(title) == role


def test_every_role_has_a_name_that_a_user_reads():
    assert set(LABELS) == set(Role)
