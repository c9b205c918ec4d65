"""Comments as real files have them: threads, times, and places that begin and end anywhere."""

import datetime as dt

import pytest

from briefpack.ooxml.document import read_document
from briefpack.ooxml.package import open_package
from briefpack.ooxml.story import paragraphs
from briefpack.pack.text import MarkKind
from tests.helpers.raw_docx import p, r, raw_docx, root


def read(*body, **parts):
    return read_document(open_package(raw_docx("".join(body), **parts), "a.docx"))


def comment(number, *texts, paragraph="", **attributes):
    """A comment; ``paragraph`` is the id of its last paragraph."""
    stated = "".join(f' w:{name}="{value}"' for name, value in attributes.items())
    inner = [p(text) for text in texts[:-1]]
    inner += [
        p(text).replace("<w:p>", f'<w:p w14:paraId="{paragraph}">' if paragraph else "<w:p>") for text in texts[-1:]
    ]
    return f'<w:comment w:id="{number}"{stated}>{"".join(inner)}</w:comment>'


def comments(*each):
    return root("w:comments", "".join(each))


def threads(*each):
    return root("w15:commentsEx", "".join(each))


def start(number):
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number):
    return f'<w:commentRangeEnd w:id="{number}"/>'


def sign(number):
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def places(document):
    """For each comment the words that it stands on, paragraph by paragraph, and the points that it is attached to."""
    found = {}
    for paragraph in paragraphs(document.story):
        for mark in paragraph.text.marks:
            if mark.kind is MarkKind.COMMENT:
                found.setdefault(mark.value, []).append(paragraph.text.string[mark.start : mark.end])
        for point in paragraph.points:
            found.setdefault(point.id, []).append(point.offset)
    return found


ONE = comments(comment(0, "said"))


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ([p("a", start(0), "b", end(0), sign(0), "c")], ["b"]),
        ([p("a", start(0), "b"), p("c"), p("d", end(0), sign(0), "e")], ["b", "c", "d"]),  # over paragraphs
        ([start(0), p("a"), p("b"), end(0), p(sign(0), "c")], ["a", "b"]),  # between blocks
        ([p("a", sign(0), "b")], [1]),  # a reference alone
        ([p("a", start(0), end(0), sign(0), "b")], [1]),  # a range without words
        ([p("a", start(0), "b", sign(0), "c"), p("d")], ["b"]),  # never ended
        ([p("a", start(0), "b"), p("d")], ["b"]),  # never ended, nor referred to
        ([p("a", end(0), "b", sign(0))], [2]),  # never begun
        ([p("a", start(0), f"<w:ins w:id='1' w:author='A'>{r('b')}{end(0)}</w:ins>", "c")], ["b"]),  # ends in an insertion
        ([p(f"<w:del w:id='1' w:author='A'>{start(0)}{r('gone', tag='w:delText')}{end(0)}</w:del>", sign(0))], ["gone"]),
        ([p("a", f"<w:hyperlink w:anchor='x'>{start(0)}{r('b')}</w:hyperlink>", "c", end(0))], ["bc"]),
        ([p("a"), p("b")], None),
    ],
)  # fmt: skip
def test_ranges_begin_and_end_anywhere(body, where):
    assert places(read(*body, comments=ONE)).get("0") == where


def test_a_range_may_reach_from_cell_to_cell():
    table = (
        f"<w:tbl><w:tr><w:tc>{p('a', start(0), 'b')}</w:tc><w:tc>{p('c', end(0), sign(0), 'd')}</w:tc></w:tr></w:tbl>"
    )
    assert places(read(p("x"), table, p("y"), comments=ONE))["0"] == ["b", "c"]


def test_two_comments_may_overlap():
    body = p(start(0), "a", start(1), "b", end(0), sign(0), "c", end(1), sign(1))
    assert places(read(body, comments=comments(comment(0, "x"), comment(1, "y")))) == {"0": ["ab"], "1": ["bc"]}


def test_author_initials_and_paragraphs_may_be_there_or_not():
    full = comment(0, "one", "two", author="Ada Byrne", initials="AB", date="2020-03-17T09:00:00Z")
    first, second = read(p("x"), comments=comments(full, comment(1))).comments
    assert (first.author, first.initials, first.text) == ("Ada Byrne", "AB", "one\ntwo")
    assert (second.author, second.initials, second.text, second.time) == ("", "", "", None)


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("2020-03-17T09:00:00Z", dt.datetime(2020, 3, 17, 9)),  # the Z is false: it is a clock on a wall
        ("2020-03-17T09:00:00", dt.datetime(2020, 3, 17, 9)),
        ("2020-03-17T09:00:26.309Z", dt.datetime(2020, 3, 17, 9, 0, 26)),
        ("2020-03-17T09:00:00+01:00", dt.datetime(2020, 3, 17, 9, tzinfo=dt.timezone(dt.timedelta(hours=1)))),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_are_read_as_written(date, time):
    [said] = read(p("x"), comments=comments(comment(0, "a", date=date))).comments
    assert said.time == time


def test_the_true_time_wins():
    [said] = read(
        p("x"),
        comments=comments(comment(0, "a", paragraph="0A0B0C0D", date="2020-06-17T09:00:00Z")),
        commentsIds=root("w16cid:commentsIds", '<w16cid:commentId w16cid:paraId="0a0b0c0d" w16cid:durableId="11"/>'),
        commentsExtensible=root(
            "w16cex:commentsExtensible",
            '<w16cex:commentExtensible w16cex:durableId="11" w16cex:dateUtc="2020-06-17T08:00:00Z"/>',
        ),
    ).comments
    assert said.time == dt.datetime(2020, 6, 17, 8, tzinfo=dt.UTC)


def entry(paragraph, parent="", done="0"):
    above = f' w15:paraIdParent="{parent}"' if parent else ""
    return f'<w15:commentEx w15:paraId="{paragraph}"{above} w15:done="{done}"/>'


def said(*each, extended):
    found = read(p("x"), comments=comments(*each), commentsExtended=threads(*extended)).comments
    return [(c.id, c.parent, c.resolved) for c in found]


def test_threads_are_one_level_deep_and_resolved_as_a_whole():
    each = [comment(n, "a", paragraph=f"0000000{n}") for n in range(4)]
    extended = [
        entry("00000000", done="1"), entry("00000001", "00000000"), entry("00000002", "00000001"),
        entry("00000003", "0FFFFFFF"),
    ]  # fmt: skip
    assert said(*each, extended=extended) == [("0", None, True), ("1", "0", True), ("2", "0", True), ("3", None, False)]


def test_comments_that_answer_one_another_in_a_circle_are_all_kept():
    each = [comment(n, "a", paragraph=f"0000000{n}") for n in range(3)]
    extended = [entry("00000000", "00000001"), entry("00000001", "00000000"), entry("00000002", "00000000")]
    found = said(*each, extended=extended)
    assert [identifier for identifier, _, _ in found] == ["0", "1", "2"]
    roots = {identifier for identifier, parent, _ in found if parent is None}
    assert all(parent in roots for _, parent, _ in found if parent is not None)


def test_two_comments_of_one_id_are_both_kept():
    found = read(p("x"), comments=comments(comment(5, "first"), comment(5, "second"))).comments
    assert [c.text for c in found] == ["first", "second"]
    assert len({c.id for c in found}) == 2


def test_what_was_struck_out_of_a_comment_is_not_said():
    struck = f"<w:del w:id='1' w:author='A'>{r('not ', tag='w:delText')}</w:del>"
    [found] = read(p("x"), comments=comments(f'<w:comment w:id="0">{p("I do ", struck, "agree")}</w:comment>')).comments
    assert found.text == "I do agree"


def test_a_table_in_a_comment_is_read():
    table = f"<w:tbl><w:tr><w:tc>{p('cell')}</w:tc></w:tr></w:tbl>"
    [found] = read(p("x"), comments=comments(f'<w:comment w:id="0">{table}{p("after")}</w:comment>')).comments
    assert found.text == "cell\nafter"
