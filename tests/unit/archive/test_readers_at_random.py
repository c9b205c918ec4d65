"""Whatever the bytes, a reader gives rows that are sound or one UserError; and what it gives can be stored."""

import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefpack.archive.describe import documents_of
from briefpack.archive.readers import READERS, mail, markdown, pdf, web_page
from briefpack.archive.readers.base import Reading
from briefpack.errors import UserError
from briefpack.pack.text import clean
from tests.helpers import pdfs

WORDS = st.text("ab •–-*>“”:.,|#\n\t\u00a0\u00ad\ud800\x00é1", max_size=30)


def mixed(*pieces: str) -> st.SearchStrategy[bytes]:
    """Pieces of a format with words between them, and any bytes."""
    return st.lists(st.sampled_from(pieces) | WORDS, max_size=30).map(
        lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
    ) | st.binary(max_size=200)


TAGS = (
    "p", "h1", "h2", "ul", "li", "ol", "blockquote", "table", "tr", "td", "th", "b", "i", "div", "article", "main", "pre",
    "br", "title", "figcaption", "script", "svg", "nav", "footer", "cite", "del",
)  # fmt: skip
HTML = mixed(
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    *("<!--", "-->", "<![CDATA[", "<?xml version='1.0' encoding='utf-16'?>", "<!DOCTYPE html [<!ENTITY a 'b'>]>", "<html"),
    *("<meta charset=", "<meta name=date content=", "<time datetime=", "2018-02-31", "&#0;", "&#xD800;", "&amp"),
    *("<p class=menu>", "<p hidden>", "<a href=x>", "</a>"),
)  # fmt: skip
MAIL = mixed(
    *("Subject: ", "From: ", "Date: ", "Content-Type: ", "Content-Transfer-Encoding: ", "Content-Disposition: "),
    *("\n", "\n\n", "\r\n", "\r", "multipart/mixed; boundary=b", "multipart/alternative; boundary=c", "\n--b\n", "\n--c\n"),
    *("text/html", "text/plain; charset=", "utf-16", "message/rfc822", "base64", "quoted-printable", "=?utf-8?q?", "--b--"),
    *("attachment; filename*0=", "(", "<", '"', "> ", ">> ", "On 5 March 2018 Bo Reed wrote:", "From: Bo\nSent: x\nTo: y\n"),
    *("-- \n", "From x\n", "\n\nFrom y\n", "MIME-Version: 1.0"),
)  # fmt: skip
MARKDOWN = mixed(
    *("# ", "- ", "  - ", "> ", "1. ", "```\n", "|a|b|\n|-|-|\n", "---\n", "title: x\n", "date: ", "**", "[", "](", "`"),
    *("<b>", "\n\n", "\\\n", "===\n"),
)  # fmt: skip
PRINTED = pdfs.pdf(
    pdfs.drawn(
        [pdfs.Word(72, 700, "Ferns are old", 20), pdfs.Word(72, 600, "• Moss matters-"), pdfs.Word(300, 600, "too")]
    ),
    b"q 1 0 0 1 0 0 cm BT /F 9 Tf (x) ' [(a) -200 (b)] TJ ET Q " + pdfs.PICTURE,
)
EDITS = st.lists(st.tuples(st.integers(0, len(PRINTED) - 1), st.binary(max_size=4)), min_size=1, max_size=8)


def edited(edits: list[tuple[int, bytes]]) -> bytes:
    data = PRINTED
    for place, new in edits:
        data = data[:place] + new + data[place + len(new) :]
    return data


def check(reading: Reading) -> None:
    for found in reading.documents:
        assert clean(found.title) == found.title
        places = [(row.line.start, row.line.end) for row in found.rows]
        assert places == sorted(places)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(places))
        for row in found.rows:
            assert row.line.text
            assert row.line.text == clean(row.line.text) == " ".join(row.line.text.split())
            assert len(row.line.text) == row.line.end - row.line.start
    for document in documents_of(reading, "name"):
        document.text.encode()
        assert document.passages


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (web_page.read, HTML),
        (web_page.read_archive, MAIL),
        (mail.read, MAIL),
        (mail.read_mailbox, MAIL),
        (markdown.read, MARKDOWN),
    ],
    ids=["page", "web archive", "mail", "mailbox", "Markdown"],
)  # fmt: skip
def test_any_bytes_are_read_or_refused(read, data):
    @given(data)
    def holds(given_bytes: bytes) -> None:
        try:
            reading = read(given_bytes, "name")
        except UserError:
            return
        check(reading)

    holds()


@settings(max_examples=50)
@given(EDITS.map(edited))
def test_any_damage_to_a_pdf_is_borne_or_refused(data):
    try:
        reading = pdf.read(data, "name")
    except UserError:
        return
    check(reading)


def test_the_pdf_that_is_damaged_is_sound():
    check(pdf.read(PRINTED, "name"))
    assert pdf.read(PRINTED, "name").documents[0].rows


@given(st.lists(st.text("abc defé£“”", min_size=1, max_size=60), min_size=1, max_size=8))
def test_no_word_of_a_page_or_a_mail_is_lost(paragraphs):
    words = " ".join(paragraphs).split()
    assume(words)
    page = "".join(f"<p>{each}</p>" for each in paragraphs)
    letter = "Subject: s\nContent-Type: text/plain; charset=utf-8\n\n" + "\n\n".join(paragraphs)
    for reading in (web_page.read(page.encode(), "name"), mail.read(letter.encode(), "name")):
        (found,) = reading.documents
        assert " ".join(row.line.text for row in found.rows).split() == words


def test_every_reader_of_more_than_plain_text_runs_apart():
    assert {reader.name for reader in READERS if not reader.isolated} == {"site dump", "plain text"}
