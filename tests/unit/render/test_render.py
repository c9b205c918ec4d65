"""A pack as HTML, Markdown and plain text: nothing is lost, nothing is taken for markup, nothing leaks."""

import datetime as dt
import re

import pytest
from lxml import html as lxml_html
from msgspec.structs import replace

from briefpack.pack.model import (
    Clip,
    Comment,
    Image,
    Issue,
    Line,
    ListItem,
    Pack,
    Paragraph,
    Person,
    Quote,
    Reply,
    SentFile,
    Status,
    texts_of,
)
from briefpack.pack.text import MarkKind, text
from briefpack.render import to_html, to_markdown, to_text
from tests.helpers.golden_render import FOLDER, PIXEL, marked, outputs, small_pack


@pytest.fixture
def pack() -> Pack:
    return small_pack()


def words_of(pack: Pack) -> list[str]:
    """Every word that a pack's blocks and meeting show, in reading order within each."""
    meeting, found = pack.meeting, []
    for field in (meeting.title, meeting.time, meeting.place, meeting.sender, meeting.recipient, meeting.purpose):
        found += field.split()
    found += " ".join((*meeting.objectives, meeting.marking, meeting.cleared_by)).split()
    for person in pack.people:
        found += f"{person.name} {person.role} {person.organisation}".split()
    for block in pack.body:
        for each in texts_of(block):
            found += each.string.split()
        if isinstance(block, Quote):
            found += f"{block.speaker} {block.said_on}".split()
        if isinstance(block, Image):
            found += block.alt.split()
    return found


def visible(page: str) -> str:
    """All that a page says, alt texts and labels with it."""
    tree = lxml_html.document_fromstring(page)
    named = (str(each) for each in tree.xpath("//@alt | //@aria-label"))
    return " ".join((*tree.xpath("//body//text()"), *named))


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


class TestNothingIsLost:
    def test_html_holds_every_word(self, pack):
        shown = squeezed(visible(to_html(pack, {})))
        assert [word for word in words_of(pack) if word not in shown] == []

    def test_text_holds_every_word(self, pack):
        shown = squeezed(re.sub(r"\[(C?\d+|deleted: |inserted: )|\]|<https[^>]*>", "", to_text(pack)))
        assert [word for word in words_of(pack) if word not in shown] == []

    def test_markdown_holds_every_word(self, pack):
        shown = squeezed(re.sub(r"\\\[C?\d+\\\]|\]\(<[^>]*>\)|</?\w+>|[*\\\[]", "", to_markdown(pack)))
        assert [word for word in words_of(pack) if word.strip("*") not in shown] == []

    @pytest.mark.parametrize("sources", ["footnotes", "annex"])
    def test_one_source_is_named_once(self, pack, sources):
        for shown in (
            visible(to_html(pack, {}, sources=sources)),
            to_markdown(pack, sources=sources),
            to_text(pack, sources=sources),
        ):
            assert shown.count("“A comment”, Trust, November 2026") == 1

    def test_no_sources_where_none_are_wanted(self, pack):
        for shown in (
            to_html(pack, {}, sources="none"),
            to_markdown(pack, sources="none"),
            to_text(pack, sources="none"),
        ):
            assert "A comment" not in shown

    def test_a_pack_without_a_details_block_still_has_its_title(self, pack):
        bare = replace(pack, body=pack.body[1:])
        assert (
            lxml_html.document_fromstring(to_html(bare, {})).xpath("string(//h1)") == "Meeting with the Towpath Trust"
        )
        assert "# Meeting with the Towpath Trust" in to_markdown(bare)


class TestThePage:
    @pytest.fixture
    def page(self, pack):
        return lxml_html.document_fromstring(to_html(pack, {"aa.png": PIXEL, "bb.png": PIXEL}))

    def test_language_and_landmarks(self, page):
        assert page.get("lang") == "en-GB"
        assert len(page.xpath("//main")) == len(page.xpath("//h1")) == len(page.xpath("//title")) == 1

    def test_needs_nothing_beside_it(self, page):
        assert not page.xpath("//script | //link | //iframe | //object | //@onclick | //@onload | //@onerror")
        assert all(src.startswith("data:image/png;base64,") for src in page.xpath("//@src"))

    def test_pictures_have_words(self, page):
        assert page.xpath("//img/@alt") == ["A bar chart", "Photograph of Ada Quill"]

    def test_a_missing_picture_is_named(self, pack):
        page = lxml_html.document_fromstring(to_html(pack, {}))
        assert page.xpath("//*[@role='img']/@aria-label") == ["A bar chart", "No photograph of Ada Quill"]

    def test_lists_nest_inside_items(self, page):
        assert not page.xpath("//ul/ul | //ol/ol | //ul/ol | //ol/ul")
        first = page.xpath("//main/ul/li")[0]
        assert first.xpath("string(./ul/li)").strip() == "Old and new"
        assert first.xpath("string(./ol/li/ul/li)").strip() == "Skips a level"

    def test_every_reference_has_its_target_and_ids_are_unique(self, page):
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        targets = [href[1:] for href in page.xpath("//a/@href") if href.startswith("#")]
        assert len(targets) >= 8
        assert set(targets) <= set(ids)

    def test_one_source_leads_back_to_each_place(self, page):
        assert page.xpath("//li[@id='source-1']/a/@href") == ["#cited-1-1", "#cited-1-2"]

    def test_comments_stand_behind_the_block_they_begin_in(self, page):
        paragraph = page.xpath("//p[contains(., 'They say')]")[0]
        assert [aside.get("id") for aside in paragraph.xpath("./following-sibling::*[position() < 3]")] == [
            "comment-1",
            "comment-2",
        ]
        assert page.xpath("string(//aside[@id='comment-1']/blockquote)").strip() == "must be kept open"
        assert page.xpath("//section[@class='unplaced']/aside/@id") == ["comment-3"]

    def test_marking_stands_at_top_and_bottom(self, page):
        assert page.xpath("//body/*[1]/text()") == page.xpath("//body/*[last()]/text()") == ["OFFICIAL-SENSITIVE"]

    def test_only_safe_addresses_are_links(self, pack):
        bad = Paragraph(text=marked("Go here now", ("here", MarkKind.LINK, " JavaScript:alert(1)")))
        page = lxml_html.document_fromstring(to_html(replace(pack, body=(bad,), comments=(), clips=()), {}))
        assert not page.xpath("//a")
        assert "Go here now" in page.text_content()


CANARIES = {
    "comment": "ZZcomment",
    "comment author": "ZZauthor",
    "comment initials": "ZZinit",
    "reply": "ZZreply",
    "reply author": "ZZreplier",
    "deleted words": "ZZdeleted",
    "whole deleted block": "ZZgone",
    "author of a change": "ZZwho",
    "line owner": "ZZowner",
    "line clearance": "ZZcleared",
    "line event": "ZZevent",
    "clip document": "ZZdoc",
    "clip passage": "ZZpassage",
    "clip before": "ZZbefore",
    "clip after": "ZZafter",
    "clip archive": "ZZarchive",
    "clip fingerprint": "ZZprint",
    "title of a clip that was deleted": "ZZorphan",
    "person not there": "ZZabsent",
    "issue": "ZZissue",
    "file": "ZZfile",
    "recipient": "ZZto",
    "pack id": "ZZpack",
    "block id": "ZZblock",
    "comment id": "ZZcid",
    "media name": "ZZmedia",
}


def hostage() -> Pack:
    """A pack in which everything that is not for its reader says so."""
    words = "Kept ZZdeleted words"
    kept = Clip(
        "ZZdoc",
        "ZZpassage",
        0,
        5,
        "words",
        "ZZprint",
        id="K",
        title="Kept title",
        archive="ZZarchive",
        before="ZZbefore",
        after="ZZafter",
    )
    gone = Clip("ZZdoc", "ZZpassage", 0, 8, "ZZdeleted", "ZZprint", id="G", title="ZZorphan")
    comment = Comment("ZZcomment", "ZZcid", "ZZauthor", "ZZinit", replies=(Reply("ZZreply", author="ZZreplier"),))
    line = Line("ZZowner", Status.DRAFT, "ZZcleared", dt.datetime(2027, 5, 1), dt.datetime(2027, 5, 2), "ZZevent")
    item = ListItem(
        id="ZZblock",
        line=line,
        text=marked(
            words,
            ("ZZdeleted", MarkKind.DELETION, "ZZwho"),
            ("ZZdeleted", MarkKind.CLIP, "G"),
            ("words", MarkKind.CLIP, "K"),
            ("words", MarkKind.INSERTION, "ZZwho"),
            ("Kept", MarkKind.COMMENT, "ZZcid"),
        ),
    )
    return Pack(
        id="ZZpack",
        people=(Person("ZZabsent"),),
        comments=(comment,),
        clips=(kept, gone),
        issues=(Issue("ZZissue", dt.datetime(2027, 5, 1), (SentFile("ZZfile", "0", "ZZto"),)),),
        body=(
            item,
            Paragraph(text=marked("ZZgone", ("ZZgone", MarkKind.DELETION, "ZZwho"))),
            Image(media="ZZmedia.png", alt="Chart"),
        ),
    )


class TestReaderCopies:
    @pytest.mark.parametrize(
        "write",
        [
            lambda p: to_html(p, {"ZZmedia.png": PIXEL}, copy="reader"),
            lambda p: to_markdown(p, copy="reader"),
            lambda p: to_text(p, copy="reader"),
        ],
    )
    def test_nothing_leaks(self, write):
        shown = write(hostage())
        assert "Kept" in shown
        assert "words" in shown
        assert [what for what, canary in CANARIES.items() if canary in shown] == []

    def test_the_canaries_would_be_seen(self):
        """The control: the working copy shows what it should, so the search above can find."""
        shown = to_html(hostage(), {})
        for what in (
            "comment",
            "reply",
            "deleted words",
            "whole deleted block",
            "line owner",
            "line event",
            "author of a change",
        ):
            assert CANARIES[what] in shown

    def test_a_reader_sees_no_trace_of_review(self, pack):
        page = lxml_html.document_fromstring(to_html(pack, {}, copy="reader"))
        assert not page.xpath("//aside | //ins | //del | //*[@class='flag' or @class='commented']")


@pytest.mark.parametrize("name", outputs())
def test_golden(name):
    """The whole output, to the letter; a change here is meant, or it is a fault."""
    assert outputs()[name] == (FOLDER / name).read_text("utf-8")


def test_text_is_wrapped(pack):
    long = replace(pack, body=(*pack.body, Paragraph(text=text("word " * 200))))
    assert max(map(len, to_text(long).splitlines())) <= 78
