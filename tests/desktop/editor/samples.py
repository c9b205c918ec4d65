"""Packs for the editor's tests: every kind of block, comments that overlap and cross blocks, clips, lines, emoji."""

import datetime as dt

from briefpack.pack.clips import fingerprint
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
from briefpack.pack.text import EMPTY, Mark, MarkKind, Text, text

BOLD, ITALIC, COMMENT, CLIP = MarkKind.BOLD, MarkKind.ITALIC, MarkKind.COMMENT, MarkKind.CLIP


def marked(string: str, *marks: tuple[str, MarkKind, str]) -> Text:
    """A text with marks on the words named."""
    return text(
        string,
        [Mark(string.index(words), string.index(words) + len(words), kind, value) for words, kind, value in marks],
    )


def rich() -> Pack:
    """A pack with one of everything."""
    said = "We will publish the delivery plan before the summer recess"
    clip = Clip(
        document="D1",
        passage="P1",
        start=0,
        end=len(said),
        words=said,
        fingerprint=fingerprint(said),
        title="Plan due",
        date="3 May 2025",
    )
    owen = Person(
        name="Owen Marsh", role="Chief Executive", organisation="Harbour Towns Forum", side=Side.OUTSIDE, attends=True
    )
    ruth = Person(
        name="Ruth Adeyemi",
        role="Director, Places",
        organisation="Department for Towns",
        side=Side.INSIDE,
        attends=True,
    )
    plan = Comment(
        text="Is this still the date? Policy say it may slip.",
        author="Priya Shah",
        initials="PS",
        time=dt.datetime(2025, 5, 6, 9, 30),
        replies=(Reply(text="Confirmed with the private office this morning.", author="Tom Lee", initials="TL"),),
    )
    grant = Comment(
        text="Figure to be cleared by finance.", author="Tom Lee", initials="TL", time=dt.datetime(2025, 5, 6, 14, 5)
    )
    done = Comment(text="Spelling of the name checked.", author="Ruth Adeyemi", initials="RA", resolved=True)
    body = (
        MeetingDetails(),
        Heading(text=text("Annotated agenda"), level=1, role=Role.AGENDA),
        Heading(text=text("Delivery of the harbour programme"), level=2, role=Role.ITEM),
        Paragraph(
            text=marked(
                "The Forum will ask when the delivery plan is published, and whether the £12m grant is safe. 😀 "
                "Handle with care.",
                ("delivery plan is published", COMMENT, plan.id),
                ("£12m grant", COMMENT, grant.id),
                ("£12m grant", BOLD, ""),
                ("Handle with care", ITALIC, ""),
            )
        ),
        Heading(text=text("Lines to take"), level=3, role=Role.LINES),
        ListItem(text=marked(said, (said, CLIP, clip.id)), line=Line(owner="P Shah", status=Status.CLEARED)),
        ListItem(
            text=marked("The grant for 2025 is agreed and will be paid in two parts.", ("agreed", BOLD, "")),
            line=Line(owner="T Lee", status=Status.DRAFT, good_until=dt.datetime(2025, 5, 10, 17, 0)),
        ),
        ListItem(text=text("in June, once the accounts are in;"), level=1),
        ListItem(text=text("in November."), level=1),
        Paragraph(text=EMPTY),
        Quote(text=text("This town has waited long enough."), speaker="Owen Marsh", said_on="May 2025"),
        Table(
            rows=(
                (text("Year"), text("Grant"), text("Paid")),
                (text("2024"), text("£9m"), text("£9m")),
                (text("2025"), marked("£12m", ("£12m", BOLD, "")), text("—")),
            )
        ),
        Heading(text=text("Background"), level=2, role=Role.BACKGROUND),
        ListItem(text=text("Work began in 2021."), ordered=True),
        ListItem(text=marked("Three towns are in the first wave.", ("Three towns", COMMENT, done.id)), ordered=True),
        ListItem(text=text("The rest follow in 2026."), ordered=True),
        Paragraph(
            text=marked(
                "The evaluation is public at the programme's page, and the register of risks is kept by the board.",
                ("the programme's page", MarkKind.LINK, "https://example.org/harbour"),
                ("register of risks", MarkKind.HIGHLIGHT, "yellow"),
            )
        ),
        PageBreak(),
        Heading(text=text("Biographies"), level=1, role=Role.BIOGRAPHIES),
        Biography(
            person=owen.id,
            points=(
                text("Led the Forum since 2019."),
                marked("Was a harbour master for 12 years.", ("harbour master", BOLD, "")),
            ),
        ),
        Image(media="a" * 64 + ".png", alt="Map of the three towns", caption=text("The first wave")),
        Paragraph(text=text("End.")),
    )
    return Pack(
        meeting=Meeting(
            title="Meeting with the Harbour Towns Forum",
            date=dt.date(2025, 5, 12),
            time="10:00–11:00",
            place="Room 4, Old Customs House",
            sender="Places Directorate",
            recipient="Minister for Towns",
            purpose="To hear the Forum's view of the harbour programme.",
            objectives=("Keep the Forum on side before the plan.", "Offer no new money."),
            marking="OFFICIAL",
        ),
        body=body,
        people=(owen, ruth),
        comments=(plan, grant, done),
        clips=(clip,),
    )


def long(pages: int) -> Pack:
    """A pack of about so many pages of 180 words, with headings, bold, objects and comments spread evenly."""
    comments: list[Comment] = []
    blocks = []
    words = [
        "the",
        "committee",
        "heard",
        "that",
        "delivery",
        "of",
        "the",
        "programme",
        "remains",
        "on",
        "course",
        "and",
        "that",
        "local",
        "partners",
        "expect",
        "an",
        "early",
        "answer",
        "on",
        "funding",
    ]
    for number in range(pages * 3):
        if number % 10 == 0:
            blocks.append(Heading(text=text(f"Topic {number // 10 + 1}"), level=1 + number // 10 % 3))
        string = " ".join(words[(number * 7 + at) % len(words)] for at in range(60)).capitalize() + "."
        marks = [Mark(20 * at, 20 * at + 9, BOLD) for at in range(1, 6)]
        if number * 200 // (pages * 3) != (number + 1) * 200 // (pages * 3):
            comments.append(Comment(text=f"Remark {number}", author="Priya Shah", initials="PS"))
            marks.append(Mark(30, 60, COMMENT, comments[-1].id))
        blocks.append(Paragraph(text=text(string, marks)))
        if number % 30 == 29:
            blocks.append(Table(rows=((text("Year"), text("Grant")), (text("2025"), text("£12m")))))
    return Pack(body=tuple(blocks), comments=tuple(comments))
