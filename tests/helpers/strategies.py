"""Hypothesis strategies for everything a pack is made of, nasty strings first.

Text drawn at random hardly ever holds what breaks programs, so what is known to break them is sampled.
"""

import datetime as dt
from collections.abc import Sequence

from hypothesis import strategies as st

from briefpack.pack.board import Board, Pick, Reading, Topic
from briefpack.pack.clips import fingerprint
from briefpack.pack.decisions import Decision, Return, Verdict
from briefpack.pack.model import (
    AnyBlock,
    Biography,
    Clip,
    Comment,
    Heading,
    Image,
    Issue,
    Line,
    ListItem,
    Meeting,
    MeetingDetails,
    Pack,
    PageBreak,
    Paragraph,
    Person,
    Quote,
    Reply,
    SentFile,
    Side,
    Status,
    Table,
)
from briefpack.pack.roles import Role
from briefpack.pack.text import FORMATS, Mark, MarkKind, Text, clean, text
from briefpack.pack.tracked import Proposal, proposal_value

NASTY = (
    "",
    " ",
    "\n",
    "\t",
    "a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch",  # every kind of line end
    "\ud800",  # lone surrogates
    "x\udfffy",
    "\ufffe\uffff\U0001ffff\ufdd0",  # noncharacters
    "\ufffc",  # what stands for an object in a text document
    "\ufeff",  # byte order mark
    "\x00\x01\x1f\x7f\x9f",  # controls
    "עברית עם English באמצע",  # right to left, with left to right inside
    "\u202eevil\u202c",  # direction overridden
    "e\u0301\u0323 ẹ́",  # combined and not
    "👩‍👩‍👧‍👦👍🏽🇬🇧",  # joined, coloured, a flag
    "ﬁ İ ß ŉ ǰ",  # grow or shrink when their case changes
    "𝕬𝖘𝖙𝖗𝖆𝖑",  # beyond 16 bits
    "<b>&amp;</b> ]]> <!--",  # markup
    "{{ 7 * 7 }}{% raw %}",  # templates
    "=1+1",  # formulas
    "'); DROP TABLE documents; --",
    "NULL",
    "a" * 500,
    "“Quoted” – and ‘so’ on… £5 million",
    "  two  spaces  ",
    "\xa0no\xa0break\u200b",
)
"""Strings known to break programs; many are not clean."""

nasty = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(codec=None), max_size=20),
    st.lists(st.sampled_from(NASTY), min_size=2, max_size=3).map("".join),
)
"""Any string, clean or not: what a file, a clipboard or a keyboard may bring."""

clean_strings = nasty.map(clean)
"""Strings as they stand in a pack."""

PROPOSALS = tuple(
    proposal_value(Proposal(author, time))
    for author, time in (
        ("Niamh Castellan", dt.datetime(2031, 3, 1, 9, tzinfo=dt.UTC)),
        ("", None),
        ("- R. Vane", None),
    )
)
"""Values of tracked insertions and deletions."""

short = st.sampled_from(("", "a", "Amara Lindqvist", "Harbour Towns Forum", "Ümläut", "👍🏽", "R&D <draft>"))
"""A clean string for a field that is not the subject."""

times = st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2060, 1, 1)).map(
    lambda time: time.replace(microsecond=0)
)
"""Times without a zone, to the second."""


def marks(length: int, *, comments: Sequence[str] = (), clips: Sequence[str] = ()) -> st.SearchStrategy[Mark]:
    """One mark somewhere about a string of this length: it may stick out, be empty, or lie over another."""
    offsets = st.integers(-2, length + 2)
    kinds = [
        st.tuples(st.sampled_from(sorted(FORMATS - {MarkKind.HIGHLIGHT})), st.just("")),
        st.tuples(st.just(MarkKind.HIGHLIGHT), st.sampled_from(("yellow", "green"))),
        st.tuples(st.just(MarkKind.LINK), st.sampled_from(("https://example.org/a?b=1&c", "mailto:a@example.org"))),
        st.tuples(st.sampled_from((MarkKind.INSERTION, MarkKind.DELETION)), st.sampled_from(PROPOSALS)),
    ]
    if comments:
        kinds.append(st.tuples(st.just(MarkKind.COMMENT), st.sampled_from(comments)))
    if clips:
        kinds.append(st.tuples(st.just(MarkKind.CLIP), st.sampled_from(clips)))
    return st.builds(lambda start, end, kind: Mark(start, end, *kind), offsets, offsets, st.one_of(kinds))


@st.composite
def texts(draw: st.DrawFn, *, comments: Sequence[str] = (), clips: Sequence[str] = ()) -> Text:
    """A canonical rich text, with marks that may stand for these comments and clips."""
    string = draw(nasty)
    return text(string, draw(st.lists(marks(len(string), comments=comments, clips=clips), max_size=4)))


lines = st.builds(
    Line,
    owner=short,
    status=st.sampled_from(Status),
    cleared_by=short,
    as_at=st.none() | times,
    good_until=st.none() | times,
    changes_when=short,
)
people = st.builds(
    Person, name=short, role=short, organisation=short, side=st.none() | st.sampled_from(Side), attends=st.booleans()
)
replies = st.builds(Reply, text=clean_strings, author=short, initials=short, time=st.none() | times)
comments = st.builds(
    Comment,
    text=clean_strings,
    author=short,
    initials=short,
    time=st.none() | times,
    resolved=st.booleans(),
    replies=st.lists(replies, max_size=2).map(tuple),
)
clips = st.builds(
    lambda words, before, **known: Clip(
        words=words, before=before, fingerprint=fingerprint(words), start=len(before), end=len(before + words), **known
    ),
    words=clean_strings.filter(bool),
    before=short,
    document=st.sampled_from(("7", "503f")),
    passage=st.sampled_from(("1", "22")),
    title=short,
    date=st.sampled_from(("", "November 2017", "2031-03-14")),
    source=short,
    after=short,
)
meetings = st.builds(
    Meeting,
    title=clean_strings,
    date=st.none() | st.dates(),
    date_text=short,
    time=short,
    place=short,
    sender=short,
    recipient=short,
    purpose=clean_strings,
    objectives=st.lists(short, max_size=2).map(tuple),
    marking=st.sampled_from(("", "OFFICIAL", "OFFICIAL-SENSITIVE")),
    cleared_by=short,
)
media = st.sampled_from((f"{'0' * 64}.png", f"{'f' * 64}.jpg"))


def blocks(
    *, comments: Sequence[str] = (), clips: Sequence[str] = (), people: Sequence[str] = ()
) -> st.SearchStrategy[AnyBlock]:
    """A block of any kind, about these comments, clips and people."""
    words = texts(comments=comments, clips=clips)
    rows = st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[words] * width), min_size=1, max_size=3))
    kinds: list[st.SearchStrategy[AnyBlock]] = [
        st.builds(Heading, text=words, level=st.integers(1, 6), role=st.none() | st.sampled_from(Role)),
        st.builds(Paragraph, text=words, line=st.none() | lines),
        st.builds(Paragraph, text=words),
        st.builds(ListItem, text=words, level=st.integers(0, 8), ordered=st.booleans(), line=st.none() | lines),
        st.builds(Quote, text=words, speaker=short, said_on=short),
        st.builds(Table, rows=rows.map(tuple), header=st.booleans()),
        st.builds(Image, media=media, alt=clean_strings, caption=words, width_mm=st.sampled_from((0.0, 55.5, 160.0))),
        st.builds(MeetingDetails),
        st.builds(PageBreak),
    ]
    if people:
        points = st.lists(words, max_size=3).map(tuple)
        photo = st.just("") | media
        kinds.append(st.builds(Biography, person=st.sampled_from(people), photo=photo, points=points))
    return st.one_of(kinds)


issues = st.builds(
    Issue,
    number=st.sampled_from(("1", "2")),
    time=times.map(lambda time: time.replace(tzinfo=dt.UTC)),
    files=st.lists(
        st.builds(SentFile, name=short, sha256=st.just("0" * 64), recipient=short, copy=short), max_size=1
    ).map(tuple),
)


def topics(clips: Sequence[str] = (), headings: Sequence[str] = ()) -> st.SearchStrategy[Topic]:
    """A topic of a board, about these clips and headings."""
    pick = st.builds(Pick, clip=st.sampled_from(clips or ("",)), speaker=short)
    return st.builds(
        Topic,
        name=short,
        query=st.sampled_from(("", "dredging", '"low water" -north')),
        heading=st.just("") | st.sampled_from(headings) if headings else st.just(""),
        picked=st.lists(pick, max_size=2 if clips else 0, unique_by=lambda pick: pick.clip).map(tuple),
        read=st.lists(
            st.builds(Reading, document=st.sampled_from(("7", "503f")), time=st.none() | times), max_size=1
        ).map(tuple),
    )


def boards(clips: Sequence[str] = (), headings: Sequence[str] = ()) -> st.SearchStrategy[Board]:
    """A board about these clips and headings."""
    rows = st.lists(topics(clips, headings), max_size=2).map(tuple)
    return st.builds(Board, body=short, query=st.sampled_from(("", 'source:"Harbour Towns Forum"')), topics=rows)


digests = st.sampled_from(("0" * 64, "f" * 64))
returns = st.builds(
    Return,
    sha256=digests,
    name=short,
    taken=times.map(lambda time: time.replace(tzinfo=dt.UTC)),
    issue=st.sampled_from(("", "0.1")),
    sent=digests,
    authors=st.lists(short, max_size=2).map(tuple),
)
decisions = st.builds(
    Decision,
    item=st.sampled_from(("a" * 32, "b" * 32, "c" * 32)),
    verdict=st.sampled_from(Verdict),
    by=short,
    time=st.none() | times,
    before=clean_strings,
    after=clean_strings,
    reply=clean_strings,
)


@st.composite
def packs(draw: st.DrawFn, *, max_blocks: int = 8) -> Pack:
    """A whole pack in which every mark that names a comment or clip, and every biography, names one that it holds."""
    said = draw(st.lists(comments, max_size=3))
    clipped = draw(st.lists(clips, max_size=2))
    known = draw(st.lists(people, max_size=3))
    names = {"comments": [c.id for c in said], "clips": [c.id for c in clipped], "people": [p.id for p in known]}
    body = draw(st.lists(blocks(**names), min_size=1, max_size=max_blocks))
    return Pack(
        meeting=draw(meetings),
        body=tuple(body),
        people=tuple(known),
        comments=tuple(said),
        clips=tuple(clipped),
        issues=tuple(draw(st.lists(issues, max_size=1))),
        returns=tuple(draw(st.lists(returns, max_size=2, unique_by=lambda each: each.sha256))),
        decisions=tuple(draw(st.lists(decisions, max_size=2, unique_by=lambda each: each.item))),
        board=draw(boards([c.id for c in clipped], [b.id for b in body if isinstance(b, Heading)])),
        dictionary=draw(st.sampled_from([(), ("Ouseby",), ("Ouseby", "towpath")])),
    )
