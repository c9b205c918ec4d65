"""Packs to test with, about invented people and bodies; the same each time."""

import datetime as dt
import hashlib
import io

from msgspec.structs import replace
from PIL import Image as Picture
from PIL import ImageDraw

from briefpack.pack.clips import fingerprint
from briefpack.pack.ids import new_id
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
    PageBreak,
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
from briefpack.pack.tracked import Proposal, proposal_value

UTC = dt.UTC
NOW = dt.datetime(2031, 3, 12, 16, 5, tzinfo=UTC)


class Ids:
    """Identifiers that count: the first is ``01JZ0000000000000000000001``."""

    def __init__(self):
        self._last = 0

    def __call__(self):
        self._last += 1
        return f"01JZ{self._last:022d}"


def marked(string, *marks):
    """A text with marks on the first occurrence of some words each: ``marked("a b", ("b", MarkKind.BOLD))``."""
    placed = []
    for words, kind, *value in marks:
        start = string.index(words)
        placed.append(Mark(start, start + len(words), kind, value[0] if value else ""))
    return text(string, placed)


def chart_png(width=900, height=420):
    """A bar chart as a PNG of 150 dots an inch."""
    picture = Picture.new("RGB", (width, height), "#ffffff")
    pen = ImageDraw.Draw(picture)
    for number, share in enumerate((0.35, 0.5, 0.62, 0.8, 0.93)):
        left = 60 + number * 165
        pen.rectangle((left, height - 40 - share * (height - 90), left + 110, height - 40), fill="#2F6F7E")
    pen.line((40, height - 40, width - 30, height - 40), fill="#1D3557", width=4)
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


def portrait_jpg():
    """A portrait: a figure before a green ground."""
    picture = Picture.new("RGB", (400, 500), "#9fb8a0")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((130, 90, 270, 260), fill="#e8c9a8")
    pen.ellipse((60, 290, 340, 640), fill="#34495e")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def named(data, extension):
    """The name that a pack has for a picture's bytes."""
    return f"{hashlib.sha256(data).hexdigest()}.{extension}"


def rich_pack():
    """A briefing with every kind of block and mark, and the bytes of its pictures by name."""
    ids = Ids()
    chart, portrait = chart_png(), portrait_jpg()
    media = {named(chart, "png"): chart, named(portrait, "jpg"): portrait}
    people = _people(ids)
    comments = _comments(ids)
    clips = _clips(ids)
    pack = Pack(
        id=ids(),
        meeting=Meeting(
            title="Meeting with the Harbour Towns Forum: President Amara Lindqvist and Vice President Tobias Okafor-Reed",
            date=dt.date(2031, 3, 18),
            time="10:30 to 11:15",
            place="Conference room 4, Quay House",
            sender="Rural and Coastal Services Unit",
            recipient="Minister for Towns",
            purpose="Introductory meeting with a key partner, ahead of the settlement for coastal services.",
            objectives=("Hear how the winter programme went.", "Agree who speaks at the June conference."),
            marking="Official – Sensitive",
            cleared_by="Niamh Castellan",
        ),
        body=(*_agenda(ids, comments, clips), *_background(ids, media, comments, clips), *_annex(ids, people, media)),
        people=people,
        comments=tuple(comments.values()),
        clips=tuple(clips.values()),
    )
    return pack, media


def _people(ids):
    def person(name, role, organisation, side):
        return Person(id=ids(), name=name, role=role, organisation=organisation, side=side, attends=True)

    return (
        person("Amara Lindqvist", "President", "Harbour Towns Forum", Side.OUTSIDE),
        person("Tobias Okafor-Reed", "Vice President", "Harbour Towns Forum", Side.OUTSIDE),
        person("Niamh Castellan", "Director, Coastal Services", "", Side.INSIDE),
        person("Edgar Munt", "Private Secretary", "", Side.INSIDE),
    )


def _comments(ids):
    nine = dt.datetime(2031, 3, 11, 9, 0, tzinfo=UTC)
    hour = dt.timedelta(hours=1)
    return {
        "going off": Comment(
            id=ids(), author="Gwen Marrow", initials="GM", time=nine,
            text="Current as of 9am on 11 March; likely to change ahead of the meeting.\nWill send through.",
        ),
        "figures": Comment(
            id=ids(), author="Niamh Castellan", initials="NC", time=nine + hour,
            text="Are these the January figures?",
            replies=(
                Reply(id=ids(), author="Gwen Marrow", initials="GM", time=nine + 2 * hour, text="February now."),
                Reply(id=ids(), author="Niamh Castellan", initials="NC", time=nine + 3 * hour, text="Thank you."),
            ),
        ),
        "settled": Comment(
            id=ids(), author="Rhodri Vane", initials="RV", time=nine + 4 * hour, resolved=True,
            text="Legal are content with this.",
            replies=(Reply(id=ids(), author="Gwen Marrow", initials="GM", time=nine + 5 * hour, text="Noted."),),
        ),
        "across": Comment(
            id=ids(), author="Priya Halloway", initials="", time=dt.datetime(2031, 3, 11, 15, 30),
            text="These two belong together.",
        ),
        "cell": Comment(id=ids(), author="Gwen Marrow", initials="GM", time=nine + 6 * hour, text="Provisional."),
        "lost": Comment(
            id=ids(), author="Gwen Marrow", initials="GM", time=None, text="Likely to be updated ahead of the meeting.",
        ),
    }  # fmt: skip


def _clips(ids):
    def clip(words, title, date, source):
        return Clip(
            id=ids(), document="d-" + ids(), passage="p-" + ids(), start=0, end=len(words), words=words,
            fingerprint=fingerprint(words), title=title, date=date, source=source, archive="forum-archive",
        )  # fmt: skip

    return {
        "pledge": clip("every harbour town should have a lifeboat station within reach", "Harbour Towns Forum responds "
                       "to the winter review", "14 January 2031", "Harbour Towns Forum press release"),
        "numbers": clip("68 of 140 harbour towns", "Autumn state of the harbours", "November 2030",
                        "Harbour Towns Forum"),
    }  # fmt: skip


def _agenda(ids, comments, clips):
    bold, comment = MarkKind.BOLD, MarkKind.COMMENT
    alone = "Without making any specific commitments, we recognise that services may face additional costs."
    first = "The winter programme is the department’s first priority, and it will be kept under review."
    second = "We are working with colleagues across government so that every station is staffed by October."
    inserted = proposal_value(Proposal("Rhodri Vane", dt.datetime(2031, 3, 11, 17, 0, tzinfo=UTC)))
    cut = proposal_value(Proposal("Priya Halloway", dt.datetime(2031, 3, 11, 17, 30, tzinfo=UTC)))
    return (
        MeetingDetails(id=ids()),
        Heading(id=ids(), level=1, role=Role.AGENDA, text=Text("Annotated agenda")),
        Heading(id=ids(), level=2, role=Role.ITEM, text=Text("Item 1: Winter programme")),
        Heading(id=ids(), level=3, role=Role.LINES, text=Text("Lines to take")),
        ListItem(
            id=ids(), line=Line(owner="Niamh Castellan", status=Status.CLEARED, cleared_by="Edgar Munt"),
            text=marked(first, ("first priority", bold), ("kept under review", comment, comments["going off"].id)),
        ),
        ListItem(
            id=ids(), line=Line(owner="Rhodri Vane", good_until=dt.datetime(2031, 3, 17, 9, 0)),
            text=marked(second, ("every station is staffed by October", comment, comments["across"].id)),
        ),
        ListItem(
            id=ids(), level=1, line=Line(changes_when="the settlement is announced"),
            text=marked(alone, ("Without making any specific commitments", comment, comments["across"].id)),
        ),
        Paragraph(
            id=ids(), line=Line(status=Status.DRAFT),
            text=marked(
                "We expect to announce the new fund later this spring or summer.",
                ("later ", MarkKind.INSERTION, inserted), (" or summer", MarkKind.DELETION, cut),
            ),
        ),
        Heading(id=ids(), level=3, role=Role.IF_PRESSED, text=Text("If pressed")),
        ListItem(id=ids(), ordered=True, text=Text("The fund is new money.")),
        ListItem(id=ids(), ordered=True, level=1, text=Text("It is not taken from the upland libraries.")),
        ListItem(id=ids(), ordered=True, text=Text("Bids open in May.")),
        Heading(id=ids(), level=2, role=Role.ITEM, text=Text("Item 2: Lifeboat stations")),
        Heading(id=ids(), level=3, role=Role.STEER, text=Text("Their main steers")),
        Paragraph(
            id=ids(),
            text=marked(
                "The Forum says that every harbour town should have a lifeboat station within reach. See their website.",
                ("every harbour town should have a lifeboat station within reach", MarkKind.CLIP, clips["pledge"].id),
                ("their website", MarkKind.LINK, "https://example.org/harbours?a=1&b=2"),
            ),
        ),
        Quote(
            id=ids(), speaker="Amara Lindqvist", said_on="November 2030",
            text=marked("We have waited long enough. Our crews are ready today.", ("long enough", MarkKind.ITALIC)),
        ),
    )  # fmt: skip


def _background(ids, media, comments, clips):
    chart = next(name for name in media if name.endswith("png"))
    cell = marked("41 (prov.)", ("(prov.)", MarkKind.COMMENT, comments["cell"].id))
    return (
        Heading(id=ids(), level=1, role=Role.BACKGROUND, text=Text("Background")),
        Heading(id=ids(), level=2, text=Text("Coverage so far")),
        Paragraph(
            id=ids(),
            text=marked(
                "Coverage has grown in 68 of 140 harbour towns since the review began.\nThe rest follow by 2033.",
                ("68 of 140 harbour towns", MarkKind.CLIP, clips["numbers"].id),
                ("grown", MarkKind.COMMENT, comments["figures"].id),
                ("since the review began", MarkKind.COMMENT, comments["settled"].id),
                ("2033", MarkKind.HIGHLIGHT, "yellow"),
            ),
        ),
        ListItem(id=ids(), text=marked("North shore: all stations open.", ("North shore", MarkKind.BOLD))),
        ListItem(id=ids(), level=1, text=Text("Crews are trained at Saltmere.")),
        ListItem(id=ids(), level=2, text=Text("The course takes six weeks.")),
        ListItem(id=ids(), text=marked("South shore: work stopped begins in May.",
                                       ("stopped ", MarkKind.STRIKE), ("begins in May", MarkKind.UNDERLINE))),
        Table(
            id=ids(),
            rows=(
                (Text("Region"), Text("Stations"), Text("Crews")),
                (Text("North shore"), Text("36"), Text("52")),
                (Text("South shore"), cell, Text("38")),
                (Text("Islands"), Text("12"), Text("9\n(all volunteers)")),
            ),
        ),
        Image(id=ids(), media=chart, alt="Bar chart: coverage grows from 35 % in 2027 to 93 % in 2031.",
              caption=Text("Coverage of harbour towns, 2027 to 2031"), width_mm=120),
        Heading(id=ids(), level=4, text=Text("Next steps")),
        ListItem(id=ids(), ordered=True, text=Text("Consultation closes on 30 April.")),
        ListItem(id=ids(), ordered=True, text=Text("The evaluation is published in late summer.")),
        Heading(id=ids(), level=5, text=Text("Detail")),
        Paragraph(id=ids(), text=Text("Figures are for the whole of the coast.")),
        Heading(id=ids(), level=6, text=Text("Smaller still")),
        Paragraph(id=ids(), text=Text("As published by the Forum.")),
    )  # fmt: skip


def _annex(ids, people, media):
    portrait = next(name for name in media if name.endswith("jpg"))
    return (
        PageBreak(id=ids()),
        Heading(id=ids(), level=1, role=Role.BIOGRAPHIES, text=Text("Annex A: Biographies")),
        Paragraph(id=ids(), text=marked("Harbour Towns Forum: the membership organisation of harbour towns.",
                                        ("Harbour Towns Forum", MarkKind.BOLD))),
        Biography(
            id=ids(), person=people[0].id, photo=portrait,
            points=(
                Text("Harbour master of Saltmere since 2019."),
                marked("Due to retire in April; Tobias Okafor-Reed follows her.", ("retire in April", MarkKind.BOLD)),
                Text("Rowed for her county, and speaks up for volunteer crews."),
            ),
        ),
        Biography(
            id=ids(), person=people[1].id,
            points=(Text("Chief executive of Port Wrensham."), Text("President elect of the Forum.")),
        ),
    )  # fmt: skip


def much_changed(pack):
    """A later version of the rich pack, in which blocks of every kind changed, came, went and moved."""
    body = list(pack.body)
    running = [at for at, block in enumerate(body) if isinstance(block, Paragraph)]
    body[running[1]] = replace(
        body[running[1]],
        text=Text("The Forum thinks that every town should have a lifeboat station within reach. See their website."),
    )
    at = next(at for at, block in enumerate(body) if isinstance(block, Table))
    rows = list(body[at].rows)
    rows[1:3] = [(Text("North shore"), Text("37"), Text("53")), (Text("West shore"), Text("3"), Text("8"))]
    body[at] = replace(body[at], rows=tuple(rows))
    body.insert(7, body.pop(4))
    body.insert(9, Paragraph(id=new_id(), text=Text("A wholly new paragraph stands here.")))
    del body[-1]
    return replace(pack, body=tuple(body), meeting=replace(pack.meeting, time="11:00 to 11:45"))
