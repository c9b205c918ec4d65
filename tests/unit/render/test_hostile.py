"""Words that look like markup come through as words."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from briefpack.pack.model import Comment, Heading, ListItem, Meeting, Pack, Paragraph, Quote, Table
from briefpack.pack.text import Mark, MarkKind, Text, text
from briefpack.render import to_html, to_markdown, to_text

HOSTILE = [
    "<script>alert(1)</script>",
    "& < > ]]> &amp; &#65; &lt;",
    "{{ 7 * 7 }} {% raw %} {# note #}",
    "`code` ``two`` ```",
    "| a | b |",
    "* star",
    "_ under",
    "# hash",
    "- dash",
    "+ plus",
    "1. one",
    "1) one",
    "> quote",
    "---",
    "===",
    "***",
    "~~~",
    "[link](http://x)",
    "![alt](x)",
    "<https://x.example>",
    "\\ back \\* slash\\",
    "**bold**",
    "a_b_c __d__",
    "~~gone~~",
    "$x$ ^sup^ ~sub~",
    "text\n===",
    "text\n---",
    "text\n- x",
    "#",
    "Heading #",
    "    four spaces",
    "\ttab",
    "</style><b>",
    "\"quoted\" 'single'",
    "<!-- x -->",
    "<![CDATA[ x ]]>",
    "[^1]: note",
    "[a]: http://b",
    ": def",
    "| --- |",
    "12345678901. x",
    "-",
    "+",
    "1.",
    "=",
    "Ben & Jerry's",
    "AT&T; R&D",
    "5 * 3 * 2",
    "snake_case_name",
]


def everywhere(words: Text) -> Pack:
    """A pack that has ``words`` in every place where a user can put them."""
    return Pack(
        meeting=Meeting(title=words.string, purpose=words.string, marking=words.string, objectives=(words.string, "b")),
        body=(
            Heading(text=words),
            Paragraph(text=words),
            ListItem(text=words),
            ListItem(text=words, level=1),
            ListItem(text=words, ordered=True),
            Quote(text=words, speaker=words.string),
            Table(rows=((words, words), (words, words))),
        ),
        comments=(Comment(words.string.replace("\n", " "), author=words.string),),
    )


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_html(hostile):
    page = lxml_html.document_fromstring(to_html(everywhere(text(hostile)), {}))
    assert not page.xpath("//script | //b | //*[@onerror]")
    wanted = squeezed(hostile)
    for path in (
        "//title",
        "//h1",
        "//h2[1]",
        "//main/p[1]",
        "//main/ul/li[1]",
        "//main/ol/li[1]",
        "//figure/blockquote",
        "//th[@scope='col'][1]",
        "//td[1]",
    ):
        assert wanted in squeezed(page.xpath(f"string({path})")), path


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text(hostile):
    assert squeezed(hostile) in squeezed(to_text(everywhere(text(hostile))))


pypandoc = pytest.importorskip("pypandoc", reason="pandoc reads the Markdown back; pip install pypandoc_binary")


def read_back(markdown: str) -> str:
    """What a CommonMark reader of somebody else's makes of it, as HTML."""
    return pypandoc.convert_text(markdown, "html", format="commonmark+pipe_tables+raw_html", extra_args=["--wrap=none"])


def shape_of(page: str) -> list[str]:
    return [
        element.tag for element in lxml_html.fromstring(f"<div>{page}</div>").iter() if isinstance(element.tag, str)
    ]


PLAIN_SHAPE = shape_of(read_back(to_markdown(everywhere(text("plain")))))


@pytest.mark.parametrize("batch", [HOSTILE[start : start + 8] for start in range(0, len(HOSTILE), 8)])
def test_markdown(batch):
    """Each comes back as the same words, and makes no structure that plain words do not."""
    for hostile in batch:
        page = read_back(to_markdown(everywhere(text(hostile))))
        assert [tag for tag in shape_of(page) if tag != "br"] == PLAIN_SHAPE, hostile
        said = squeezed(lxml_html.fromstring(f"<div>{page}</div>").text_content())
        assert said.count(squeezed(hostile)) >= 15, (hostile, page)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text("*_`[]<>\\|#-+=.)1a &;!~^$\n\"'é", min_size=1, max_size=14), min_size=8, max_size=8), st.data())
def test_markdown_of_any_marks(strings, data):
    """Formats of every kind, at any place in awkward words, leave the words alone."""
    kinds = st.sampled_from([MarkKind.BOLD, MarkKind.ITALIC, MarkKind.STRIKE, MarkKind.UNDERLINE, MarkKind.HIGHLIGHT])
    body = []
    for string in strings:
        places = st.integers(0, len(string))
        marks = data.draw(st.lists(st.builds(Mark, places, places, kinds), max_size=4))
        body.append(Paragraph(text=text(string, marks)))
    page = read_back(to_markdown(Pack(meeting=Meeting(title="T"), body=tuple(body))))
    tree = lxml_html.fromstring(f"<div>{page}</div>")
    wanted = [squeezed(string) for string in strings if squeezed(string)]
    assert [squeezed(p.text_content()) for p in tree.xpath("./p")] == wanted
