"""What a template asks of a pack's sections: lengths, what is missing, hints in empty places."""

from briefpack.pack.edits import replace_block
from briefpack.pack.model import Heading, Image, ListItem, MeetingDetails, Pack, Paragraph, PlannedSection
from briefpack.pack.plan import Length, hints, lengths, missing
from briefpack.pack.text import text

BACKGROUND = Heading(id="background", text=text("Background of four words"), level=1)
FACTS = Heading(id="facts", text=text("Key facts"), level=2)
EMPTY = Paragraph(id="empty")
FACT = ListItem(id="fact", text=text("Five homes closed since May"))
PLAN = (
    PlannedSection("background", "Background", required=True, words=4, hint="What the reader must know."),
    PlannedSection("facts", "Facts", required=True, hint="Figures with their date."),
    PlannedSection("gone", "Biographies", required=True, hint="Who they are."),
)


def _pack(*body: object) -> Pack:
    return Pack(body=(MeetingDetails(), *body), plan=PLAN)  # type: ignore[arg-type]  # any blocks, for brevity


def test_a_section_counts_its_subsections_but_no_headings() -> None:
    found = lengths(_pack(BACKGROUND, Paragraph(text=text("one two")), FACTS, FACT))
    assert found == {"background": Length(7, 4), "facts": Length(5, 0)}
    assert found["background"].over
    assert not found["facts"].over, "no budget is no limit"
    assert not Length(4, 4).over, "to the word is within"


def test_missing_is_what_is_required_and_gone_or_empty() -> None:
    assert [each.title for each in missing(_pack(BACKGROUND, EMPTY, FACTS, ListItem()))] == [
        "Background",
        "Facts",
        "Biographies",
    ]
    assert [each.title for each in missing(_pack(BACKGROUND, EMPTY, FACTS, FACT))] == ["Biographies"]


def test_a_picture_is_content() -> None:
    assert [each.title for each in missing(_pack(BACKGROUND, Image(media="x"), FACTS))] == ["Facts", "Biographies"]


def test_a_heading_that_was_renamed_is_still_the_planned_one() -> None:
    pack = _pack(BACKGROUND, FACTS, FACT)
    renamed = replace_block(pack, Heading(id="facts", text=text("The figures"), level=2))
    assert missing(renamed) == missing(pack)


def test_a_hint_stands_in_the_first_block_until_something_is_written() -> None:
    other = Paragraph(id="other")
    assert hints(_pack(BACKGROUND, EMPTY, other, FACTS, ListItem(id="item"))) == {
        "empty": "What the reader must know.",
        "item": "Figures with their date.",
    }
    assert hints(_pack(BACKGROUND, EMPTY, FACTS, FACT)) == {}
    assert hints(_pack(BACKGROUND, FACTS)) == {}, "there is no place to show one"
