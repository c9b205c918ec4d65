"""Packs of any size, made the same each time: what the benchmarks work on.

A page is 180 words, as in a briefing with headings, lists and 11-point type: 300 pages are 54,000 words.
"""

import datetime as dt
import hashlib
import io
import random
from typing import NamedTuple

from PIL import Image as Picture

from briefpack.pack.model import (
    AnyBlock,
    Biography,
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
    Side,
    Status,
    Table,
)
from briefpack.pack.roles import Role
from briefpack.pack.text import Mark, MarkKind, Text, text

WORDS_A_PAGE = 180
PAGES_AN_ITEM = 10
PICTURE_SIDE = 590  # noise of 590 × 590 pixels is a PNG of 1 MiB

_VOCABULARY = (
    "about access across action adult advice after agreed agreement allocation also annual approach area arrangements "
    "assessment assurance authority available because been before budget capacity care case challenge change clear "
    "committee community concern consultation cost council current data date decision delivery demand department "
    "detail during early employment estimate evidence existing experience figure final first forum forward framework "
    "from funding further future government growth guidance have health home hospital impact implementation improve "
    "increase independent information inspection integration investment issue joint known leaders learning level local "
    "long market measure meeting member minister model national need network next number office officials open "
    "outcome over partner people performance place plan policy position practice pressure price principle priority "
    "process programme progress proposal provider public published quality question raise range rate recent record "
    "reform regional report request response responsible result review risk rural said scheme sector service settlement "
    "should since social spending staff standard statement strategy support survey system target team term their "
    "through time timetable training under until update view wages week which with work workforce year"
)
_WORDS = _VOCABULARY.split()
_NAMES = ("Amara Lindqvist", "Tobias Okafor-Reed", "Niamh Castellan", "Rhodri Vane", "Priya Halloway", "Edgar Munt")
_BODIES = ("Harbour Towns Forum", "Institute of Canal Engineers", "Association of Upland Libraries")


class Made(NamedTuple):
    """A pack with the bytes of its pictures by the name they have in it (``<sha256>.png``)."""

    pack: Pack
    media: dict[str, bytes]


def make_pack(pages: int = 30, comments: int = 0, pictures: int = 0, *, seed: int = 1) -> Made:
    """A briefing of so many pages with as many comments and pictures, each picture 1 MiB of PNG, spread evenly.

    Words, marks, comments and pictures depend on the arguments alone; ids are new each time.
    """
    chance = random.Random(seed)
    people = tuple(
        Person(name=name, role="Director", organisation=chance.choice(_BODIES), side=Side.OUTSIDE, attends=True)
        for name in _NAMES
    )
    body: list[AnyBlock] = [MeetingDetails(), Heading(text=Text("Annotated agenda"), level=1, role=Role.AGENDA)]
    for page in range(pages):
        body.extend(_page(chance, page))
    body.append(Heading(text=Text("Biographies"), level=1, role=Role.BIOGRAPHIES))
    body.extend(Biography(person=person.id, points=(_prose(chance, 25), _prose(chance, 25))) for person in people)
    media = dict(_picture(chance) for _ in range(pictures))
    body, remarks = _commented(chance, _illustrated(body, list(media)), comments)
    meeting = Meeting(
        title="Ministerial round table on rural services",
        date=dt.date(2031, 3, 14),
        time="10:30 to 11:15",
        place="Conference room 4",
        sender="Rural Services Unit",
        recipient="Minister for Towns",
        purpose="To hear how the settlement is working.",
        objectives=("Agree the timetable.", "Hear concerns about the workforce."),
        marking="OFFICIAL",
    )
    return Made(Pack(meeting=meeting, body=tuple(body), people=people, comments=tuple(remarks)), media)


def _page(chance: random.Random, page: int) -> list[AnyBlock]:
    """About 180 words: a heading, paragraphs, bullets in two levels, a quotation; at times a table or lines to take."""
    blocks: list[AnyBlock] = []
    if page % PAGES_AN_ITEM == 0:
        number = page // PAGES_AN_ITEM + 1
        blocks.append(Heading(text=Text(f"Item {number}: {_title(chance)}"), level=2, role=Role.ITEM))
    lines = page % 5 == 1
    role = Role.LINES if lines else None
    blocks.append(Heading(text=Text("Lines to take" if lines else _title(chance)), level=3, role=role))
    blocks.append(Paragraph(text=_prose(chance, 55)))
    for level in (0, 0, 1):
        line = Line(owner=chance.choice(_NAMES), status=chance.choice(list(Status))) if lines else None
        blocks.append(ListItem(text=_prose(chance, 18), level=level, line=line))
    if page % 7 == 3:
        header = tuple(text(word, [Mark(0, len(word), MarkKind.BOLD)]) for word in ("Area", "This year", "Next year"))
        rows = [(_prose(chance, 2), Text(str(chance.randrange(999))), Text(str(chance.randrange(999)))) for _ in "abcd"]
        blocks.append(Table(rows=(header, *rows)))
    blocks.append(Quote(text=_prose(chance, 20), speaker=chance.choice(_NAMES), said_on="November 2030"))
    blocks.append(Paragraph(text=_prose(chance, 45)))
    return blocks


def _title(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=3)).capitalize()


def _prose(chance: random.Random, count: int) -> Text:
    """Sentences of ``count`` words together; the first two words are bold and one word is italic."""
    said: list[str] = []
    while len(said) < count:
        sentence = chance.choices(_WORDS, k=min(count - len(said), chance.randint(8, 18)))
        sentence[0] = sentence[0].capitalize()
        sentence[-1] += "."
        said += sentence
    string = " ".join(said)
    bold = len(" ".join(said[:2]))
    at = chance.randrange(bold, len(string)) if len(string) > bold else bold
    return text(string, [Mark(0, bold, MarkKind.BOLD), Mark(at, at + 7, MarkKind.ITALIC)])


def _picture(chance: random.Random) -> tuple[str, bytes]:
    """A picture that does not compress, with its name."""
    size = (PICTURE_SIDE, PICTURE_SIDE)
    out = io.BytesIO()
    Picture.frombytes("RGB", size, chance.randbytes(3 * size[0] * size[1])).save(out, "PNG", compress_level=1)
    data = out.getvalue()
    return f"{hashlib.sha256(data).hexdigest()}.png", data


def _illustrated(body: list[AnyBlock], names: list[str]) -> list[AnyBlock]:
    """``body`` with the pictures of these names spread evenly over it."""
    result = list(body)
    for number, name in reversed(list(enumerate(names, 1))):
        at = number * len(body) // (len(names) + 1)
        result.insert(at, Image(media=name, alt="A chart of noise", width_mm=120))
    return result


def _commented(chance: random.Random, body: list[AnyBlock], count: int) -> tuple[list[AnyBlock], list[Comment]]:
    """``body`` with comments on a few words each of evenly spread paragraphs, every third with a reply."""
    long = [index for index, block in enumerate(body) if isinstance(block, Paragraph) and len(block.text) > 40]
    remarks: list[Comment] = []
    for number in range(count):
        index = long[number * len(long) // count]
        block = body[index]
        assert isinstance(block, Paragraph)
        author = _NAMES[number % len(_NAMES)]
        time = dt.datetime(2031, 3, 1, 9, 0) + dt.timedelta(minutes=number)  # noqa: DTZ001 - as Word writes it
        initials = "".join(word[0] for word in author.split())
        reply = Reply(text="Checked, and right.", author="Edgar Munt", initials="EM", time=time)
        remark = Comment(
            text=_prose(chance, 10).string,
            author=author,
            initials=initials,
            time=time,
            resolved=number % 5 == 0,
            replies=(reply,) if number % 3 == 0 else (),
        )
        remarks.append(remark)
        start = chance.randrange(len(block.text) - 30)
        marked = block.text.with_mark(start, start + 25, MarkKind.COMMENT, remark.id)
        body[index] = Paragraph(id=block.id, text=marked, line=block.line)
    return body, remarks
