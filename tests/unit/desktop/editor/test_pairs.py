"""Questions, answers and *if pressed* as they are typed."""

import pytest

from briefpack.desktop.editor.autoformat import Options
from briefpack.desktop.editor.autoformat import follows as any_follows
from briefpack.desktop.editor.pairs import follows, next_line
from briefpack.pack.edits import Place
from briefpack.pack.model import Heading, Line, ListItem, Pack, Paragraph
from briefpack.pack.outline import lines
from briefpack.pack.roles import Role
from briefpack.pack.text import Mark, MarkKind, text

BOLD = MarkKind.BOLD


def under(role: Role | None, *blocks: Paragraph | ListItem) -> Pack:
    return Pack(body=(Heading(text=text("Above"), level=2, role=role), *blocks))


def end(block: Paragraph | ListItem) -> Place:
    return Place(block.id, len(block.text.string))


@pytest.mark.parametrize(("typed", "sign"), [("q: ", "Q: "), ("Q: ", "Q: "), ("a. ", "A: "), ("A: ", "A: ")])
def test_a_sign_begins_a_question_or_an_answer(typed: str, sign: str) -> None:
    block = Paragraph(text=text(typed))
    found = follows(under(Role.QA, block), end(block))
    assert found is not None
    label, (pack, caret) = found
    assert label == ("Question" if sign[0] == "Q" else "Answer")
    assert pack.body[1].text == text(sign, [Mark(0, 2, BOLD, "")])
    assert caret == Place(block.id, 3)


def test_only_under_questions_and_only_at_the_start() -> None:
    sign, later = Paragraph(text=text("Q: ")), Paragraph(text=text("Plan Q: "))
    assert follows(under(Role.BACKGROUND, sign), end(sign)) is None
    assert follows(under(None, sign), end(sign)) is None
    assert follows(under(Role.QA, later), end(later)) is None
    heading = Heading(text=text("Q: "), role=Role.QA)
    assert follows(Pack(body=(heading,)), Place(heading.id, 3)) is None


def test_it_holds_for_headings_below_that_say_nothing_of_their_own() -> None:
    block = Paragraph(text=text("q: "))
    inner = Heading(text=text("Locks"), level=3)
    assert follows(Pack(body=(*under(Role.QA).body, inner, block)), end(block)) is not None


def test_enter_behind_a_question_begins_its_answer_and_behind_that_the_next_question() -> None:
    block = Paragraph(text=text("Q: Why now?", [Mark(0, 2, BOLD, "")]))
    edited = next_line(under(Role.QA, block), end(block))
    assert edited is not None
    pack, caret = edited
    assert [each.text.string for each in pack.body[1:]] == ["Q: Why now?", "A: "]
    assert caret == Place(pack.body[2].id, 3)
    answer = ListItem(text=text("a: Because of the water."))
    again = next_line(under(Role.QA, answer), end(answer))
    assert again is not None
    assert isinstance(again.pack.body[2], ListItem), "the other has the kind of the one"
    assert again.pack.body[2].text == text("Q: ", [Mark(0, 2, BOLD, "")])


def test_enter_behind_an_empty_one_leaves() -> None:
    block = Paragraph(text=text("Q: "))
    edited = next_line(under(Role.QA, block), end(block))
    assert edited is not None
    assert edited.pack.body[1].text == text("")
    assert edited.caret == Place(block.id, 0)


def test_enter_elsewhere_is_any_enter() -> None:
    block, plain = Paragraph(text=text("Q: Why now?")), Paragraph(text=text("Said in May."))
    assert next_line(under(Role.QA, block), Place(block.id, 5)) is None
    assert next_line(under(Role.BACKGROUND, block), end(block)) is None
    assert next_line(under(Role.QA, plain), end(plain)) is None


def test_if_pressed_makes_its_heading_and_keeps_the_line() -> None:
    first, line = (
        ListItem(text=text("We listen.")),
        ListItem(text=text("If pressed: no."), level=1, line=Line(owner="Ada")),
    )
    found = follows(under(Role.LINES, first, line), Place(line.id, 12))
    assert found is not None
    label, (pack, caret) = found
    assert label == "If pressed"
    heading, item = pack.body[2:]
    assert isinstance(heading, Heading)
    assert (heading.text.string, heading.level, heading.role) == ("If pressed", 2, Role.IF_PRESSED)
    assert (item.id, item.text.string, item.level, item.line) == (line.id, "no.", 0, Line(owner="Ada"))
    assert caret == Place(line.id, 0)
    assert [placed.block.id for placed in lines(pack)] == [first.id, line.id]


def test_a_paragraph_becomes_a_line_and_keeps_what_is_known_of_it() -> None:
    block = Paragraph(text=text("if pressed: "), line=Line(owner="Ada"))
    found = follows(under(Role.LINES, block), end(block))
    assert found is not None
    item = found[1].pack.body[2]
    assert isinstance(item, ListItem)
    assert (item.id, item.line) == (block.id, Line(owner="Ada"))
    assert follows(under(Role.BACKGROUND, block), end(block)) is None
    assert follows(under(Role.IF_PRESSED, block), end(block)) is None, "it is there already"


def test_it_is_part_of_what_follows_from_typing_and_can_be_switched_off() -> None:
    block = Paragraph(text=text("q: "))
    pack = under(Role.QA, block)
    found = any_follows(pack, end(block), " ", Options())
    assert found is not None
    assert (found.label, found.caret) == ("Question", Place(block.id, 3))
    assert any_follows(pack, end(block), " ", Options(shapes=False)) is None
