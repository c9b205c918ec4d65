"""Saved web pages in the archive: title, date and text, without the site round them."""

import datetime as dt
from email.message import EmailMessage

import pytest

from briefpack.archive import UNDATED, DateOrigin
from briefpack.archive.readers import web_page
from briefpack.archive.readers.base import Found
from briefpack.archive.structure import Sign
from briefpack.errors import UserError

SITE = """\
<!DOCTYPE html><html><head><meta charset="utf-8"><title>Ferns at risk - Society of Wardens</title>
<meta property="og:site_name" content="Society of Wardens"><style>p {{ }}</style>{head}</head>
<body class="no-sidebar">
<a class="skip-link" href="#c">Skip to content</a>
<header><nav><ul><li><a href="/">Home</a><li><a href="/n">News</a></ul></nav></header>
<div class="cookie-notice">We use cookies.</div>
<div class="content-area">{body}</div>
<aside>Other news</aside><footer>Contact us</footer><script>var x = "no words";</script></body></html>
"""
ARTICLE = """\
<article><header><h1>Ferns at <em>risk</em></h1></header>
<p>The Society of Wardens&nbsp;has warned<br>of dry summers. <del>gone</del></p>
<h2>What is asked</h2>
<ul><li>Shade<ul><li>in summer</li></ul></li><li><p>Water</p><p>every day</p></li></ul>
<blockquote><p>Ferns matter.</p><footer>— Ada Marsh, Chair</footer></blockquote>
<table><tr><th>Park</th><th>Ferns</th></tr><tr><td>Oldham</td><td><p>12</p></td></tr></table>
<figure><img src="file:///etc/passwd" alt=""><figcaption>Wardens at work</figcaption></figure>
<pre>as
typed</pre>
<div class="share">Tweet this</div><div hidden>unseen</div><p style="display: none">unseen</p></article>
"""


def found(page: str | bytes, name: str = "page") -> Found:
    data = page if isinstance(page, bytes) else page.encode()
    (document,) = web_page.read(data, name).documents
    return document


def page(body: str = ARTICLE, head: str = "") -> Found:
    return found(SITE.format(body=body, head=head))


def words(document: Found) -> list[str]:
    return [row.line.text for row in document.rows]


def test_an_article_without_the_site_round_it():
    document = page()
    assert document.title == "Ferns at risk"
    assert [(row.sign, row.level, row.line.text) for row in document.rows] == [
        (Sign.TEXT, 0, "The Society of Wardens has warned"),
        (Sign.TEXT, 0, "of dry summers."),
        (Sign.HEADING, 0, "What is asked"),
        (Sign.BULLET, 0, "Shade"),
        (Sign.BULLET, 1, "in summer"),
        (Sign.BULLET, 0, "Water"),
        (Sign.TEXT, 0, "every day"),
        (Sign.QUOTATION, 1, "Ferns matter."),
        (Sign.TEXT, 0, "— Ada Marsh, Chair"),
        (Sign.TEXT, 0, "Park | Ferns"),
        (Sign.TEXT, 0, "Oldham | 12"),
        (Sign.CAPTION, 0, "Wardens at work"),
        (Sign.TEXT, 0, "as"),
        (Sign.TEXT, 0, "typed"),
    ]
    assert [(row.speaker.name, row.speaker.role) for row in document.rows if row.sign is Sign.QUOTATION] == [
        ("Ada Marsh", "Chair")
    ]


def test_a_page_that_names_no_body_has_one():
    """Its text begins where the first element stands that is none of a head's."""
    document = found("<title>Low water</title><article><h1>Low water</h1><p>Boats wait.</p></article>")
    assert (document.title, words(document)) == ("Low water", ["Boats wait."])
    assert words(found("<title>Low water</title><section><p>Boats wait.</p></section><p>Locks are shut.</p>")) == [
        "Boats wait.",
        "Locks are shut.",
    ]


def test_a_page_without_an_article_loses_its_menus_alone():
    body = """<ul><li><a href=a>Ferns</a><li><a href=b>Moss</a><li><a href=c>Lichen</a></ul>
      <h1>Ferns at risk</h1><p>The society has warned of dry summers, and asks for shade in all the parks.</p>
      <ul><li>Shade in <a href=d>summer</a> is what matters<li>Water</ul>"""
    document = page(body)
    assert document.title == "Ferns at risk"
    assert words(document) == [
        "The society has warned of dry summers, and asks for shade in all the parks.",
        "Shade in summer is what matters",
        "Water",
    ]


def test_what_is_named_a_menu_but_is_most_of_the_page_is_kept():
    document = page("<div class='menu'>" + "<p>Ferns are old and need shade in every park.</p>" * 9 + "</div>")
    assert len(words(document)) == 9


def test_a_page_that_is_a_list_of_links_keeps_them():
    body = "<ul>" + "".join(f"<li><a href=a>Report {n}</a>" for n in range(5)) + "</ul>"
    assert words(page(body)) == [f"Report {n}" for n in range(5)]


def test_a_page_laid_out_in_tables_is_read_cell_by_cell():
    body = """<table><tr><td><table><tr><td><h1>Ferns</h1><p>Ferns are old.</p></td><td><p>They need shade.</p></td></tr>
      </table></td></tr></table>"""
    assert words(page(body)) == ["Ferns are old.", "They need shade."]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="A fern plan">', "A fern plan"),
        ("", "Ferns at risk"),
    ],
)
def test_a_title_without_a_headline(head, title):
    assert page("<p>Ferns are old.</p>", head).title == title


@pytest.mark.parametrize("style", ["title", "MsoTitle"])
def test_a_page_saved_by_an_office_program(style):
    document = found(f"<p class={style}>Ferns at risk</p><h1>One</h1><p class=MsoNormal>Ferns are old.</p><h1>Two</h1>")
    assert (document.title, words(document)) == ("Ferns at risk", ["One", "Ferns are old.", "Two"])


def test_bold_lines_may_be_headings_where_nothing_is_marked_as_one():
    signs = {row.line.text: row.sign for row in page("<p><b>Background</b></p><p>Ferns <b>are</b> old.</p>").rows}
    assert signs == {"Background": Sign.UNKNOWN, "Ferns are old.": Sign.UNKNOWN}
    signs = {row.line.text: row.sign for row in page("<h2>One</h2><p><b>Two</b></p><p>Three</p>").rows}
    assert signs == {"One": Sign.HEADING, "Two": Sign.UNKNOWN, "Three": Sign.TEXT}


LINKED = '<script type="application/ld+json">{"@graph": [{"@type": "A"}, {"datePublished": "2018-03-06"}]}</script>'
TIME = ARTICLE.replace("</header>", "<time datetime='2018-03-06T09:00'>Tuesday</time></header>")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2018-03-06T10:00:00Z">', ARTICLE),
        ('<meta name="DC.date.issued" content="6 March 2018">', ARTICLE),
        ('<meta name="date" content="31 November 2018"><meta itemprop="datePublished" content="2018-03-06">', ARTICLE),
        (LINKED, ARTICLE),
        ('<script type="application/ld+json">{"broken</script>' + LINKED, ARTICLE),
        ("", TIME),
        (
            "",
            TIME.replace("<p>", "<p>Until <time datetime=2019-01-01>1 January</time> ", 1).replace(
                "<time d", "<time pubdate d", 1
            ),
        ),
    ],
)
def test_the_date_that_a_page_states(head, body):
    stated = page(body, head).stated
    assert (stated.start, stated.end, stated.origin) == (dt.date(2018, 3, 6), dt.date(2018, 3, 6), DateOrigin.STATED)


def test_of_several_times_none_is_the_date():
    assert page(TIME.replace("<p>", "<p>Until <time datetime=2019-01-01>1 January</time> ", 1)).stated == UNDATED


@pytest.mark.parametrize(
    ("data", "flagged"),
    [
        ("<meta charset=utf-8><p>£5 – “café”</p>".encode(), False),
        ("<p>£5 – “café”</p>".encode(), False),
        ("<p>£5 – “café”</p>".encode("utf-16"), False),
        ("<meta charset='iso-8859-1'><p>£5 – “café”</p>".encode("cp1252"), False),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>£5 – “café”</p>".encode(
                "cp1252"
            ),
            False,
        ),
        ("<p>£5 – “café”</p>".encode("cp1252"), True),
        ("<meta charset=x-none><p>£5 – “café”</p>".encode("cp1252"), True),
        ("<meta charset=zip><p>£5 – “café”</p>".encode(), False),
    ],
)
def test_encodings(data, flagged):
    document = found(data)
    assert words(document) == ["£5 – “café”"]
    assert bool(document.flags) == flagged


def test_what_is_no_text_in_its_encoding_is_told():
    document = found(b"<meta charset=utf-8><p>5 \xa3 or \xa3\xa3 6</p>")
    assert document.flags == ("2 places could not be read in its encoding",)


def test_a_web_archive():
    message = EmailMessage()
    message["Subject"] = "saved"
    message.set_content(SITE.format(head="", body=ARTICLE), subtype="html")
    message.add_related(b"\x89PNG", maintype="image", subtype="png")
    (document,) = web_page.read_archive(bytes(message), "page").documents
    assert document.title == "Ferns at risk"
    with pytest.raises(UserError, match="no page"):
        web_page.read_archive(b"Subject: x\n\nFerns are old.\n", "page")


def test_entities_are_letters_or_nothing():
    towers = b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    document = found(b"<!DOCTYPE html [<!ENTITY a0 'ferns'>" + towers + b"]><body><p>Moss &amp; &a9;</p>")
    assert "Moss & &a9;" in words(document)
    assert len("".join(words(document))) < 100


@pytest.mark.parametrize("tag", ["div", "blockquote", "table><tr><td", "ul><li", "b"])
def test_what_is_nested_too_deep_is_refused_rather_than_cut(tag):
    with pytest.raises(UserError, match="nested"):
        found(f"<{tag}>".encode() * 50_000 + b"Ferns are old.")
    assert words(found(f"<{tag}>".encode() * 60 + b"Ferns are old."))[-1] == "Ferns are old."


def test_a_piece_that_the_parser_would_cut_is_refused():
    with pytest.raises(UserError, match="longer pieces"):
        found(b"<p>" + b"x" * 11_000_000 + b"</p><p>Ferns are old.</p>")


def test_a_page_that_is_too_large_is_refused():
    with pytest.raises(UserError, match="16 MB"):
        found(b"<p>" + b"x" * web_page.MOST)


@pytest.mark.parametrize("data", [b"", b"   ", b"<!-- -->", b"\x00\x00", b"<html></html>", b"<title>x</title>"])
def test_a_page_without_text_has_no_rows(data):
    assert words(found(data)) == []
