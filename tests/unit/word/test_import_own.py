"""A copy that was written by the program comes back as the blocks that it was written from."""

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from briefpack.pack.anchors import spans, words_at
from briefpack.pack.copies import reader_copy
from briefpack.pack.model import (
    Biography,
    Comment,
    Heading,
    Image,
    ListItem,
    Meeting,
    MeetingDetails,
    Pack,
    Paragraph,
    Quote,
    Table,
    texts_of,
)
from briefpack.pack.outline import outline
from briefpack.pack.roles import Role
from briefpack.pack.text import Mark, MarkKind, Text
from briefpack.word.export import ExportOptions, export_docx
from briefpack.word.import_briefing import import_docx
from briefpack.word.wml import serialised
from tests.helpers.office import convert
from tests.helpers.packs import NOW, chart_png, portrait_jpg, rich_pack
from tests.helpers.strategies import packs
from tests.helpers.word import parts, with_parts, xpath

MEDIA = {f"{'0' * 64}.png": chart_png(300, 140), f"{'f' * 64}.jpg": portrait_jpg()}


def written(pack: Pack, media: dict[str, bytes], **options: object) -> bytes:
    return export_docx(pack, media, ExportOptions(now=NOW, **options))  # type: ignore[arg-type]  # options of a test


def formats(text: Text) -> tuple[Mark, ...]:
    """The marks that Word has too; whose change it is, not to what second."""
    kept = text.keep_marks(lambda mark: mark.kind not in {MarkKind.CLIP, MarkKind.COMMENT})
    return tuple(
        Mark(m.start, m.end, m.kind, "" if m.kind in {MarkKind.INSERTION, MarkKind.DELETION} else m.value)
        for m in kept.marks
    )


def essence(block: object) -> tuple[object, ...]:
    """What of a block a Word file holds."""
    texts = texts_of(block)  # type: ignore[arg-type]  # any block
    said = tuple((text.string, formats(text)) for text in texts if text or not isinstance(block, Biography))
    match block:
        case Heading():
            return ("heading", block.id, block.role, block.level, said)
        case ListItem():
            return ("list item", block.id, block.level, block.ordered, said)
        case Table():
            return ("table", block.id, len(block.rows), said)
    return (type(block).__name__, block.id, said)  # type: ignore[attr-defined]  # any block


@pytest.fixture(scope="module")
def both() -> tuple[Pack, Pack]:
    pack, media = rich_pack()
    return pack, import_docx(written(pack, media), "copy.docx").pack


def test_every_block_comes_back_with_its_id(both: tuple[Pack, Pack]) -> None:
    before, after = both
    assert [essence(block) for block in after.body] == [essence(block) for block in before.body]


def test_outline_and_roles_come_back(both: tuple[Pack, Pack]) -> None:
    before, after = both
    assert outline(after.body) == outline(before.body)


def test_the_meeting_comes_back(both: tuple[Pack, Pack]) -> None:
    before, after = both
    assert after.meeting == replace(before.meeting, marking=before.meeting.marking.upper())
    assert [(p.name, p.side, p.attends) for p in after.people] == [(p.name, p.side, p.attends) for p in before.people]


def test_biographies_captions_and_quotations_come_back(both: tuple[Pack, Pack]) -> None:
    before, after = both
    for old, new in zip(before.body, after.body, strict=True):
        if isinstance(old, Biography) and isinstance(new, Biography):
            known, met = before.person(old.person), after.person(new.person)
            assert known
            assert met
            assert (met.name, met.role, met.organisation) == (known.name, known.role, known.organisation)
            assert bool(new.photo) == bool(old.photo)
        if isinstance(old, Quote) and isinstance(new, Quote):
            assert (new.speaker, new.said_on) == (old.speaker, old.said_on)
        if isinstance(old, Image) and isinstance(new, Image):
            assert (new.alt, new.caption) == (old.alt, old.caption)


def thread(comment: Comment) -> tuple[object, ...]:
    replies = tuple((reply.id, reply.author, reply.initials, reply.time, reply.text) for reply in comment.replies)
    return comment.id, comment.author, comment.initials, comment.time, comment.text, comment.resolved, replies


def test_comments_come_back_with_threads_and_on_their_words(both: tuple[Pack, Pack]) -> None:
    before, after = both
    assert sorted(map(thread, after.comments), key=str) == sorted(map(thread, before.comments), key=str)
    places = [
        {
            thread(pack.comment(c) or Comment("")): words_at(pack, where)
            for c, where in spans(pack, MarkKind.COMMENT).items()
        }
        for pack in both
    ]
    for said, words in places[0].items():
        # Word has one range from the first words to the last, so those between two pieces are in it too
        assert places[1][said].replace(".", "") == words.replace(".", "")
    assert places[0].keys() == places[1].keys()


def test_a_role_that_the_title_does_not_state_comes_back() -> None:
    body = (
        Heading(text=Text("In one minute"), level=1, role=Role.TO_NOTE),
        Heading(text=Text("Background"), level=1),  # a title that states a role which the heading has not
        Heading(text=Text("Topics"), level=1, role=Role.AGENDA),
        Heading(text=Text("Housekeeping"), level=2),
    )
    after = import_docx(written(Pack(body=body), {}), "copy.docx").pack
    assert [h.role for h in after.body if isinstance(h, Heading)] == [Role.TO_NOTE, None, Role.AGENDA, None]


def test_a_heading_that_was_added_in_word_is_read_by_its_title() -> None:
    body = (Heading(text=Text("Background"), level=1), Heading(text=Text("Lines to take"), level=1))
    data = written(Pack(body=body), {})
    without = parts(data)
    identity = without["customXml/item1.xml"]
    identity.remove(identity[0])
    after = import_docx(with_parts(data, **{"customXml/item1.xml": serialised(identity)}), "copy.docx").pack
    assert [h.role for h in after.body if isinstance(h, Heading)] == [Role.BACKGROUND, None]


def test_a_comment_that_was_reworded_is_a_new_one_and_no_id_is_given_twice() -> None:
    first, second = Comment("Check this."), Comment("Check this.")
    marks = (Mark(0, 2, MarkKind.COMMENT, first.id), Mark(3, 6, MarkKind.COMMENT, second.id))
    pack = Pack(body=(Paragraph(text=Text("We pay.", marks)),), comments=(first, second))
    data = written(pack, {})
    assert {c.id for c in import_docx(data, "copy.docx").pack.comments} == {first.id, second.id}
    comments = parts(data)["word/comments.xml"]
    xpath(comments, "(//w:t)[last()]")[0].text = "Check that."
    after = import_docx(with_parts(data, comments=serialised(comments)), "copy.docx").pack.comments
    assert [c.id for c in after if c.text == "Check this."] == [first.id]
    assert {c.id for c in after}.isdisjoint({second.id})


def test_that_lines_lose_their_owners_in_word_is_said() -> None:
    lines = (Heading(text=Text("Lines to take"), role=Role.LINES), Paragraph(text=Text("We pay.")))
    assert any("who owns a line" in note for note in import_docx(written(Pack(body=lines), {}), "copy.docx").notes)
    assert not any("line" in n for n in import_docx(written(Pack(body=lines[1:]), {}), "copy.docx").notes)


def test_a_pack_without_a_meeting_gets_none() -> None:
    pack = Pack(body=(Paragraph(text=Text("Alone.")),))
    after = import_docx(written(pack, {}), "copy.docx").pack
    assert [essence(block) for block in after.body] == [essence(block) for block in pack.body]
    assert after.meeting == Meeting()


def test_the_sources_of_clips_are_told_not_taken_for_text() -> None:
    pack, media = rich_pack()
    for sources in ("footnotes", "annex"):
        imported = import_docx(written(pack, media, sources=sources), "copy.docx")
        assert [essence(block)[1] for block in imported.pack.body] == [
            block.id for block in pack.body
        ] or sources == "annex"
        assert len(imported.pack.body) == len(pack.body)
        assert any("Autumn state of the harbours" in note for note in imported.notes)


def test_a_table_of_contents_is_no_text() -> None:
    pack, media = rich_pack()
    imported = import_docx(written(pack, media, contents=True), "copy.docx")
    assert [essence(block) for block in imported.pack.body] == [essence(block) for block in pack.body]


def test_a_reader_copy_without_identities_is_recognised_by_its_styles() -> None:
    pack, media = rich_pack()
    after = import_docx(written(pack, media, copy="reader", sources="none", contents=True), "copy.docx").pack
    expected = reader_copy(pack)
    assert [essence(block)[2:] for block in after.body] == [essence(block)[2:] for block in expected.body]
    assert [type(block) for block in after.body] == [type(block) for block in expected.body]
    assert [(h.level, h.role) for h in after.body if isinstance(h, Heading)] == [
        (h.level, h.role) for h in pack.body if isinstance(h, Heading)
    ]
    assert [(p.name, p.role, p.side) for p in after.people][:2] == [(p.name, p.role, p.side) for p in pack.people][:2]
    assert [(q.speaker, q.said_on) for q in after.body if isinstance(q, Quote)] == [
        (q.speaker, q.said_on) for q in pack.body if isinstance(q, Quote)
    ]


def test_the_sources_of_a_reader_copy_are_no_person() -> None:
    pack, media = rich_pack()
    after = import_docx(written(pack, media, copy="reader", sources="annex"), "copy.docx").pack
    assert {person.name for person in after.people} == {person.name for person in pack.people}
    titles = [h.text.string for h in after.body if isinstance(h, Heading)]
    assert titles[-1] == "Sources"


@pytest.mark.office
def test_libreoffice_gives_the_same_blocks_and_comments_back(both: tuple[Pack, Pack]) -> None:
    before, _ = both
    _, media = rich_pack()
    after = import_docx(convert(written(before, media), ".docx", "docx"), "copy.docx").pack
    assert [essence(block) for block in after.body] == [essence(block) for block in before.body]
    assert len(after.comments) == sum(
        1 + len(comment.replies) for comment in before.comments
    )  # it forgets who answers whom
    assert {c.text for c in after.comments if c.resolved} == {"Legal are content with this.", "Noted."}


def plain(pack: Pack) -> Pack:
    """A pack without what a Word file cannot tell apart."""
    first = next((b.id for b in pack.body if isinstance(b, MeetingDetails)), "")
    return replace(pack, body=tuple(b for b in pack.body if not isinstance(b, MeetingDetails) or b.id == first))


@settings(max_examples=30)
@given(packs().map(plain))
def test_the_blocks_of_any_pack_come_back(pack: Pack) -> None:
    after = import_docx(written(pack, MEDIA, sources="none"), "copy.docx").pack
    assert [essence(block) for block in after.body] == [essence(block) for block in pack.body]
