import datetime as dt
import io
import zipfile

import pytest
from PIL import Image as Picture

from briefpack.errors import Cancelled, UserError
from briefpack.ooxml.names import qn
from briefpack.pack.model import (
    Biography,
    Clip,
    Comment,
    Heading,
    Image,
    Line,
    ListItem,
    Meeting,
    MeetingDetails,
    Pack,
    Paragraph,
    Person,
    Quote,
    Reply,
    Table,
    texts_of,
)
from briefpack.pack.roles import Role
from briefpack.pack.text import MarkKind, Text
from briefpack.pack.tracked import Proposal, proposal_value
from briefpack.word.comments import PLACE_UNKNOWN
from briefpack.word.export import ExportOptions, export_docx
from tests.helpers.packs import NOW, Ids, marked, portrait_jpg, rich_pack
from tests.helpers.validator import validation_errors
from tests.helpers.word import paragraphs, parts, words_of, xpath

WORKING = ExportOptions(now=NOW, author="Niamh Castellan")


def exported(*body, options=WORKING, media=None, **fields):
    return export_docx(Pack(body=body, **fields), media or {}, options)


def document(docx):
    return parts(docx)["word/document.xml"]


@pytest.fixture(scope="module")
def rich():
    pack, media = rich_pack()
    return export_docx(pack, media, WORKING)


@pytest.mark.parametrize("copy", ["working", "reviewers", "reader"])
@pytest.mark.parametrize("sources", ["footnotes", "annex", "none"])
def test_every_copy_is_valid(copy, sources):
    pack, media = rich_pack()
    options = ExportOptions(now=NOW, copy=copy, sources=sources, author="Niamh Castellan", contents=sources == "annex")
    assert validation_errors(export_docx(pack, media, options)) == []


def test_an_empty_pack_is_valid():
    docx = exported()
    assert validation_errors(docx) == []
    assert paragraphs(docx) == [""]


def test_the_same_pack_gives_the_same_bytes():
    first, second = (export_docx(*rich_pack(), WORKING) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as container:
        assert {entry.date_time for entry in container.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_text_of_every_block_is_there(rich):
    written = paragraphs(rich)
    for block in rich_pack()[0].body:
        for text in texts_of(block):
            assert any(text.string == words for words in written), text.string


def test_the_time_needs_a_zone():
    with pytest.raises(ValueError, match="zone"):
        exported(options=ExportOptions(now=dt.datetime(2031, 3, 12)))


def test_progress_is_told_and_may_cancel():
    told = []
    body = tuple(Paragraph(text=Text("words")) for _ in range(120))
    export_docx(Pack(body=body), {}, WORKING, lambda *said: told.append(said))
    assert [(done, total) for done, total, _ in told] == [(50, 120), (100, 120), (120, 120)]

    def cancel(done, total, what):
        raise Cancelled

    with pytest.raises(Cancelled):
        export_docx(Pack(body=body), {}, WORKING, cancel)


# the page


def test_marking_and_page_numbers_stand_in_header_and_footer(rich):
    found = parts(rich)
    header, footer = found["word/briefing_header_default.xml"], found["word/briefing_footer_default.xml"]
    assert [words_of(p) for p in header.iter(qn("w:p"))] == ["OFFICIAL – SENSITIVE"]
    assert words_of(footer[0]).endswith("\tPage 1 of 1")
    assert words_of(footer[1]) == "OFFICIAL – SENSITIVE"
    assert [code.text.strip() for code in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_without_a_marking_no_line_is_left_for_it():
    found = parts(exported(Paragraph(text=Text("words"))))
    assert [words_of(p) for p in found["word/briefing_header_default.xml"].iter(qn("w:p"))] == [""]


def test_details_stand_where_their_block_stands_and_empty_ones_are_left_out():
    meeting = Meeting(title="Round table", date_text="mid-March", purpose="To listen.", objectives=("One.", "Two."))
    people = (Person("Amara Lindqvist", role="President", organisation="Forum", attends=True), Person("Nobody Present"))
    docx = exported(Paragraph(text=Text("before")), MeetingDetails(), meeting=meeting, people=people)
    assert paragraphs(docx) == [
        "before", "Round table", "Date", "mid-March", "Attendees", "Amara Lindqvist, President, Forum", "Purpose",
        "To listen.", "Objectives", "One.", "Two.", "",
    ]  # fmt: skip


def test_headings_have_word_s_own_styles():
    docx = exported(*(Heading(level=level, text=Text(f"level {level}")) for level in range(1, 7)))
    for level in range(1, 7):
        assert paragraphs(docx, f"Heading{level}") == [f"level {level}"]
    names = xpath(parts(docx)["word/styles.xml"], "//w:style/w:name/@w:val")
    assert {f"heading {level}" for level in range(1, 7)} <= set(names)


def test_the_language_is_british_english(rich):
    styles = parts(rich)["word/styles.xml"]
    assert xpath(styles, "string(//w:docDefaults//w:lang/@w:val)") == "en-GB"


def test_the_properties_name_the_author_and_no_program(rich):
    core = parts(rich)["docProps/core.xml"]
    said = {element.tag.rpartition("}")[2]: element.text for element in core}
    assert said == {
        "title": rich_pack()[0].meeting.title, "creator": "Niamh Castellan", "lastModifiedBy": "Niamh Castellan",
        "language": "en-GB", "created": "2031-03-12T16:05:00Z", "modified": "2031-03-12T16:05:00Z",
    }  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(rich)) as container:
        for name in container.namelist():
            assert b"python-docx" not in container.read(name)


def test_contents_are_a_field_over_the_headings():
    options = ExportOptions(now=NOW, contents=True)
    docx = exported(Heading(level=1, text=Text("One")), Heading(level=3, text=Text("Deep")), options=options)
    assert paragraphs(docx, "Toc1") == ["One"]
    assert paragraphs(docx, "Toc3") == ["Deep"]
    assert xpath(document(docx), "//w:instrText/text()") == [' TOC \\o "1-3" \\h \\z \\u ']


# lists and lines to take


def numbered(docx):
    """Each list paragraph: its list, its level, its words."""
    return [
        (xpath(p, "string(w:pPr/w:numPr/w:numId/@w:val)"), xpath(p, "string(w:pPr/w:numPr/w:ilvl/@w:val)"), words_of(p))
        for p in document(docx).iter(qn("w:p"))
        if xpath(p, "w:pPr/w:numPr")
    ]


def item(words, level=0, *, ordered=True):
    return ListItem(text=Text(words), level=level, ordered=ordered)


def test_each_numbered_list_starts_again():
    docx = exported(item("a"), item("b"), Paragraph(text=Text("between")), item("c"), item("d"))
    lists = [number for number, _, _ in numbered(docx)]
    assert lists[0] == lists[1] != lists[2] == lists[3]
    starts = xpath(parts(docx)["word/numbering.xml"], f"//w:num[@w:numId={lists[2]}]//w:startOverride/@w:val")
    assert starts == ["1"] * 9


def test_a_numbered_list_goes_on_after_what_stands_under_an_item():
    found = numbered(exported(item("1"), item("a", 1), item("bullet", 1, ordered=False), item("2")))
    assert found[0][0] == found[1][0] == found[3][0] != found[2][0]
    assert [level for _, level, _ in found] == ["0", "1", "1", "0"]


def test_a_bullet_ends_the_numbered_list_of_its_level():
    found = numbered(exported(item("1"), item("bullet", ordered=False), item("1 again")))
    assert found[0][0] != found[2][0]


def test_list_styles_are_linked_with_their_levels():
    docx = exported(*(item("b", level, ordered=False) for level in range(9)))
    links = xpath(parts(docx)["word/numbering.xml"], "//w:abstractNum[1]/w:lvl/w:pStyle/@w:val")
    assert links == ["ListBullet", *(f"ListBullet{n}" for n in range(2, 10))]
    assert xpath(document(docx), "//w:pStyle/@w:val") == links


def test_lines_to_take_have_a_style_of_their_own():
    docx = exported(
        Heading(level=2, role=Role.LINES, text=Text("Lines to take")), item("say this", ordered=False),
        item("and this", 1, ordered=False), Paragraph(text=Text("or this"), line=Line(owner="Rhodri Vane")),
        Heading(level=2, text=Text("Background")), item("not this", ordered=False),
    )  # fmt: skip
    assert paragraphs(docx, "LineToTake") == ["say this"]
    assert paragraphs(docx, "LineToTake2") == ["and this"]
    assert paragraphs(docx, "LineToTakeText") == ["or this"]
    assert paragraphs(docx, "ListBullet") == ["not this"]


# texts


def test_formats_links_and_breaks():
    words = marked(
        "bold italic under strike high link\nnext\tline",
        ("bold", MarkKind.BOLD), ("italic", MarkKind.ITALIC), ("under", MarkKind.UNDERLINE),
        ("strike", MarkKind.STRIKE), ("high", MarkKind.HIGHLIGHT, "green"), ("link", MarkKind.LINK, "https://example.org/?a=1&b"),
    )  # fmt: skip
    docx = exported(Paragraph(text=words))
    body = document(docx)
    for tag, said in (("w:b", "bold"), ("w:i", "italic"), ("w:u", "under"), ("w:strike", "strike")):
        assert xpath(body, f"//w:r[w:rPr/{tag}]/w:t/text()")[0] == said
    assert xpath(body, "//w:r[w:rPr/w:highlight/@w:val='green']/w:t/text()") == ["high"]
    assert xpath(body, "//w:hyperlink//w:t/text()") == ["link"]
    targets = xpath(parts(docx)["word/_rels/document.xml.rels"], "//rel:Relationship[@TargetMode]/@Target")
    assert targets == ["https://example.org/?a=1&b"]
    assert paragraphs(docx) == [words.string]


@pytest.mark.parametrize("address", ["file:///c:/secret.docx", r"\\server\share", "javascript:alert(1)", ""])
def test_links_to_places_that_no_reader_should_go_to_are_words_only(address):
    docx = exported(Paragraph(text=marked("see here", ("here", MarkKind.LINK, address))))
    assert paragraphs(docx) == ["see here"]
    assert xpath(document(docx), "//w:hyperlink") == []


def test_tracked_changes_are_word_s_own():
    value = proposal_value(Proposal("Rhodri Vane", dt.datetime(2031, 3, 11, 17, 0, 9, 5, tzinfo=dt.UTC)))
    docx = exported(
        Paragraph(
            text=marked("kept added gone", ("added", MarkKind.INSERTION, value), ("gone", MarkKind.DELETION, value))
        )
    )
    body = document(docx)
    assert xpath(body, "//w:ins/w:r/w:t/text()") == ["added"]
    assert xpath(body, "//w:del/w:r/w:delText/text()") == ["gone"]
    assert set(xpath(body, "//w:ins/@w:author | //w:del/@w:author")) == {"Rhodri Vane"}
    assert set(xpath(body, "//w:ins/@w:date | //w:del/@w:date")) == {"2031-03-11T17:00:09Z"}


def test_a_paragraph_that_is_wholly_inserted_has_its_own_mark_inserted():
    docx = exported(
        Paragraph(text=marked("all of it", ("all of it", MarkKind.INSERTION, "- Rhodri Vane"))),
        Paragraph(text=marked("some of it", ("some", MarkKind.INSERTION, "- Rhodri Vane"))),
    )
    assert [len(xpath(p, "w:pPr/w:rPr/w:ins")) for p in document(docx).iter(qn("w:p"))] == [1, 0]
    assert validation_errors(docx) == []


def test_reviewers_find_tracking_switched_on():
    for copy, expected in (("working", 0), ("reviewers", 1), ("reader", 0)):
        docx = exported(Paragraph(text=Text("words")), options=ExportOptions(now=NOW, copy=copy))
        assert len(xpath(parts(docx)["word/settings.xml"], "//w:trackRevisions")) == expected


# comments


def commented_words(docx, number):
    """The words between the range marks of a comment, paragraphs joined by a bar."""
    said, inside = [], False
    for element in document(docx).iter():
        if element.tag == qn("w:p") and inside:
            said.append("|")
        if element.get(qn("w:id")) == str(number) and element.tag == qn("w:commentRangeStart"):
            inside = True
        if element.get(qn("w:id")) == str(number) and element.tag == qn("w:commentRangeEnd"):
            inside = False
        if inside and element.tag in {qn("w:t"), qn("w:delText")}:
            said.append(element.text)
    return "".join(said)


def comment_number(docx, words):
    for comment in parts(docx)["word/comments.xml"]:
        if words in "".join(comment.itertext()):
            return comment.get(qn("w:id"))
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("Current as of 9am", "kept under review"),
        ("These two belong together", "every station is staffed by October.|Without making any specific commitments"),
        ("Provisional", "(prov.)"),
        ("Are these the January figures", "grown"),
        ("February now", "grown"),
    ],
)
def test_comments_stand_on_exactly_their_words(rich, said, on):
    assert commented_words(rich, comment_number(rich, said)) == on


def test_threads_keep_who_when_and_whether_resolved(rich):
    found = parts(rich)
    root, reply = (found["word/comments.xml"][int(comment_number(rich, words))] for words in ("Legal are", "Noted."))
    assert (root.get(qn("w:author")), root.get(qn("w:initials"))) == ("Rhodri Vane", "RV")
    ids = [xpath(comment, "string(w:p[last()]/@w14:paraId)") for comment in (root, reply)]
    threads = {each.get(qn("w15:paraId")): each for each in found["word/commentsExtended.xml"]}
    assert threads[ids[1]].get(qn("w15:paraIdParent")) == ids[0]
    assert [threads[each].get(qn("w15:done")) for each in ids] == ["1", "1"]
    assert {p.get(qn("w15:author")) for p in found["word/people.xml"]} >= {"Rhodri Vane", "Gwen Marrow"}


def test_times_are_those_on_the_wall_and_the_true_ones_stand_beside_them():
    summer = dt.timezone(dt.timedelta(hours=1))
    comments = tuple(
        Comment(said, time=time)
        for said, time in (
            ("known", dt.datetime(2031, 6, 1, 9, 0, 0, 123, tzinfo=dt.UTC)),
            ("naive", dt.datetime(2031, 6, 1, 9, 0)),
            ("none", None),
        )
    )
    docx = exported(comments=comments, options=ExportOptions(now=NOW.astimezone(summer)))
    found = parts(docx)
    assert [each.get(qn("w:date")) for each in found["word/comments.xml"]] == [
        "2031-06-01T10:00:00Z",
        "2031-06-01T09:00:00Z",
        None,
    ]
    assert [each.get(qn("w16cex:dateUtc")) for each in found["word/commentsExtensible.xml"]] == [
        "2031-06-01T09:00:00Z",
        None,
        None,
    ]
    assert validation_errors(docx) == []


def test_a_comment_without_a_place_is_not_given_one():
    body = (Paragraph(text=Text("first")), MeetingDetails(), Paragraph(text=Text("last")))
    said = Comment("Likely to change.", replies=(Reply("Indeed."),))
    docx = exported(*body, comments=(said,), meeting=Meeting(title="Round table"))
    comment, reply = parts(docx)["word/comments.xml"]
    assert [words_of(p) for p in comment] == [PLACE_UNKNOWN, "Likely to change."]
    assert [words_of(p) for p in reply] == ["Indeed."]
    assert xpath(document(docx), "//w:commentRangeStart") == []
    holders = xpath(document(docx), "//w:p[.//w:commentReference]")
    assert [words_of(p) for p in holders] == ["Round table"]
    untitled = exported(Paragraph(text=Text("first")), comments=(said,))
    assert [words_of(p) for p in xpath(document(untitled), "//w:p[.//w:commentReference]")] == ["first"]


def test_without_comments_there_are_no_parts_for_them():
    assert [
        name for name in parts(exported(Paragraph(text=Text("words")))) if "comment" in name or "people" in name
    ] == []


# sources


def test_sources_are_real_footnotes(rich):
    notes = parts(rich)["word/footnotes.xml"]
    assert [note.get(qn("w:id")) for note in notes] == ["-1", "0", "1", "2"]
    assert "“Autumn state of the harbours”, Harbour Towns Forum, November 2030" in words_of(notes[3][0])
    before = xpath(document(rich), "//w:footnoteReference[@w:id=1]/../preceding-sibling::w:r[1]/w:t/text()")
    assert before == ["every harbour town should have a lifeboat station within reach"]


def test_an_annex_names_each_source_once():
    clip = {"document": "d", "passage": "p", "start": 0, "end": 1, "words": "w", "fingerprint": "f", "title": "Report"}
    clips = (Clip(**clip), Clip(**clip), Clip(**{**clip, "title": ""}))
    body = tuple(Paragraph(text=marked("said", ("said", MarkKind.CLIP, each.id))) for each in clips)
    docx = exported(*body, clips=clips, options=ExportOptions(now=NOW, sources="annex"))
    assert paragraphs(docx) == ["said[1]", "said[1]", "said[2]", "Sources", "[1]\t“Report”", "[2]\tSource not recorded"]
    assert "word/footnotes.xml" not in parts(docx)


# objects


def test_pictures_have_alt_text_size_and_caption(rich):
    inline = xpath(document(rich), "//wp:inline")[0]
    assert xpath(inline, "string(wp:docPr/@descr)").startswith("Bar chart: coverage grows")
    assert xpath(inline, "string(wp:extent/@cx)") == str(120 * 36_000)
    assert paragraphs(rich, "Caption") == ["Coverage of harbour towns, 2027 to 2031"]
    numbers = xpath(document(rich), "//wp:docPr/@id")
    assert len(numbers) == len(set(numbers)) == 3


def test_a_picture_is_never_wider_than_the_text():
    data = io.BytesIO()
    Picture.new("RGB", (4000, 100)).save(data, "PNG")
    docx = exported(Image(media="p.png"), Image(media="p.png"), media={"p.png": data.getvalue()})
    assert {round(int(cx) / 36_000) for cx in xpath(document(docx), "//wp:extent/@cx")} == {165}
    with zipfile.ZipFile(io.BytesIO(docx)) as container:
        assert sum(name.startswith("word/media/") for name in container.namelist()) == 1


def test_a_missing_picture_is_named():
    with pytest.raises(UserError, match="does not hold the bytes"):
        exported(Image(media="gone.png"))


def test_biographies_that_follow_each_other_are_one_table(rich):
    tables = xpath(document(rich), "//w:tbl[w:tblPr/w:tblStyle/@w:val='BriefingBiographies']")
    assert [len(xpath(table, "w:tr")) for table in tables] == [2]
    assert paragraphs(rich, "BiographyName") == ["Amara Lindqvist", "Tobias Okafor-Reed"]
    alts = xpath(tables[0], ".//wp:docPr/@descr")
    assert alts == ["Photograph of Amara Lindqvist", "No photograph"]


def test_a_biography_of_nobody_known_keeps_its_points():
    docx = exported(Biography(person="gone", points=(Text("Still said."),)))
    assert paragraphs(docx, "BiographyBullet") == ["Still said."]


def test_header_rows_are_repeated_and_ragged_rows_filled():
    rows = ((Text("a"), Text("b")), (Text("c"),), ())
    for header, expected in ((True, 1), (False, 0)):
        docx = exported(Table(rows=rows, header=header))
        assert len(xpath(document(docx), "//w:tr[w:trPr/w:tblHeader]")) == expected
        assert xpath(document(docx), "count(//w:tc)") == 6
        assert validation_errors(docx) == []
    assert validation_errors(exported(Table())) == []


def test_a_quotation_says_whose_it_is():
    docx = exported(Quote(text=Text("So be it."), speaker="Edgar Munt", said_on="May 2030"), Quote(text=Text("Quite.")))
    assert paragraphs(docx) == ["So be it.", "— Edgar Munt, May 2030", "Quite."]


# the reader's copy

CANARY = "KANARIENVOGEL"


def canary_pack():
    """A pack with a telltale word in everything that a reader must not see, and one picture that tells of its maker."""
    ids = Ids()
    exif = Picture.Exif()
    exif[0x010E] = CANARY
    data = io.BytesIO()
    Picture.open(io.BytesIO(portrait_jpg())).save(data, "JPEG", exif=exif)
    comment = Comment(
        f"{CANARY} said", id=ids(), author=CANARY, initials="KV", time=NOW, replies=(Reply(CANARY, id=ids()),)
    )
    clip = Clip(
        document=CANARY, passage=CANARY, start=0, end=4, words=CANARY, fingerprint=CANARY, id=ids(), archive=CANARY,
        before=CANARY, after=CANARY, title="Open report",
    )  # fmt: skip
    words = marked(
        f"Seen {CANARY} words here.",
        (f"{CANARY} ", MarkKind.DELETION, f"- {CANARY}"), ("words", MarkKind.INSERTION, f"- {CANARY}"),
        ("here", MarkKind.COMMENT, comment.id), ("Seen", MarkKind.CLIP, clip.id),
    )  # fmt: skip
    line = Line(owner=CANARY, cleared_by=CANARY, changes_when=CANARY)
    body = (
        Heading(id=ids(), level=1, role=Role.LINES, text=Text("Lines to take")),
        ListItem(id=ids(), text=words, line=line),
        Paragraph(id=ids(), text=marked(CANARY, (CANARY, MarkKind.DELETION, "- me"))),
        Image(id=ids(), media="canary.jpg", alt="A portrait"),
    )
    pack = Pack(
        id=ids(), body=body, comments=(comment,), clips=(clip,),
        people=(Person(CANARY, id=ids(), role=CANARY),), meeting=Meeting(title="Round table"),
    )  # fmt: skip
    return pack, {"canary.jpg": data.getvalue()}


def leaks(docx, *telltales):
    """The telltales that stand anywhere in a file's parts, in UTF-8 or UTF-16, or across the runs of its text."""
    with zipfile.ZipFile(io.BytesIO(docx)) as container:
        raw = b"\n".join([container.comment, *(name.encode() + container.read(name) for name in container.namelist())])
    text = "\n".join("".join(root.itertext()) for root in parts(docx).values()).encode()
    everything = raw + text
    return [t for t in telltales if t.encode() in everything or t.encode("utf-16-le") in everything]


def test_nothing_that_a_reader_must_not_see_is_in_the_reader_s_copy():
    pack, media = canary_pack()
    ids = (pack.id, *(block.id for block in pack.body), pack.comments[0].id, pack.clips[0].id, pack.people[0].id)
    reader = export_docx(pack, media, ExportOptions(now=NOW, copy="reader"))
    assert leaks(reader, CANARY, *ids) == []
    assert "Seen words here." in paragraphs(reader)
    assert "Open report" in leaks(reader, "Open report")
    forbidden = ("comments", "people", "customXml", "custom.xml", "app.xml")
    assert [name for name in parts(reader) if any(word in name for word in forbidden)] == []
    assert leaks(reader, "rsid") == []
    body = document(reader)
    assert xpath(body, "//w:bookmarkStart | //w:ins | //w:del | //w:commentReference | //w:sdt") == []


def test_the_search_for_leaks_finds_them_in_a_working_copy():
    pack, media = canary_pack()
    working = export_docx(pack, media, ExportOptions(now=NOW))
    assert leaks(working, CANARY, pack.id, pack.body[0].id) == [CANARY, pack.id, pack.body[0].id]
