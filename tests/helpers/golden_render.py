"""A small pack with every kind of block and mark, and its renderings, kept to the letter in ``tests/golden/render``.

Where a change of the output is meant, write it anew with ``python -m tests.helpers.golden_render`` and read the difference.
"""

import datetime as dt
from pathlib import Path

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
from briefpack.pack.text import Mark, MarkKind, Text, text
from briefpack.render import to_html, to_markdown, to_text

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "render"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def marked(string: str, *marks: tuple[str, MarkKind, str]) -> Text:
    """``string`` with a mark on each of the words given."""
    return text(string, (Mark(string.index(w), string.index(w) + len(w), kind, value) for w, kind, value in marks))


def clip(words: str, **more: str) -> Clip:
    return Clip(
        document="D1", passage="P1", start=0, end=len(words), words=words, fingerprint=fingerprint(words), **more
    )


def small_pack() -> Pack:
    """Every kind of block and mark, small and fixed."""
    when = dt.datetime(2027, 5, 13, 16, 5)
    return Pack(
        id="PACK",
        meeting=Meeting(
            title="Meeting with the Towpath Trust",
            date=dt.date(2027, 5, 18),
            time="10.00am",
            place="Room 4",
            sender="RK",
            recipient="The Minister",
            purpose="Introductory meeting",
            objectives=("Agree a date", "Listen"),
            marking="OFFICIAL-SENSITIVE",
            cleared_by="A Director",
        ),
        people=(
            Person("Ada Quill", id="PERSON", role="President", organisation="Trust", side=Side.OUTSIDE, attends=True),
            Person("Ben Roe", side=Side.INSIDE, attends=True),
        ),
        comments=(
            Comment("Unplaced remark.", id="lost", initials="XY"),
            Comment(
                "Is this right?\nPlease check.",
                id="C1",
                author="Grace Mbeki",
                initials="GM",
                time=when,
                replies=(Reply("It is.", author="RK", time=when),),
            ),
            Comment("Second, on top.", id="C2", author="Press Office", initials="PO", resolved=True),
        ),
        clips=(
            clip("locks must be kept", id="K1", title="A comment", date="November 2026", source="Trust"),
            clip("open", id="K2", title="A comment", date="November 2026", source="Trust"),
        ),
        body=(
            MeetingDetails(),
            Heading(text=text("Annotated agenda"), role=Role.AGENDA),
            Heading(text=marked("Locks", ("Locks", MarkKind.ITALIC, "")), level=2, role=Role.ITEM),
            Paragraph(
                text=marked(
                    "They say that locks must be kept open at all times.",
                    ("locks must be kept", MarkKind.CLIP, "K1"),
                    ("must be kept open", MarkKind.COMMENT, "C1"),
                    ("open at all", MarkKind.COMMENT, "C2"),
                    ("open", MarkKind.CLIP, "K2"),
                    ("all", MarkKind.BOLD, ""),
                )
            ),
            Heading(text=text("Lines to take"), level=3, role=Role.LINES),
            ListItem(
                text=text("We agree."), line=Line("GM", Status.CLEARED, "A Director", when, when, "figures are out")
            ),
            ListItem(
                text=marked("Old and new", ("Old", MarkKind.DELETION, "GM"), ("new", MarkKind.INSERTION, "GM")), level=1
            ),
            ListItem(text=text("First\nof two"), level=1, ordered=True),
            ListItem(text=text("Skips a level"), level=4),
            ListItem(text=text("Last"), ordered=True),
            Quote(text=text("Water finds its level."), speaker="Ada Quill", said_on="May 2026"),
            Table(
                rows=(
                    (text("Measure"), text("2026")),
                    (text("Locks"), marked("2,318", ("2,318", MarkKind.UNDERLINE, ""))),
                )
            ),
            Image(
                media="aa.png",
                alt="A bar chart",
                caption=marked("Figure 1", ("1", MarkKind.HIGHLIGHT, "yellow")),
                width_mm=50,
            ),
            PageBreak(),
            Biography(person="PERSON", photo="bb.png", points=(text("Elected in 2026."), text("Keeps bees."))),
            Paragraph(
                text=marked(
                    "See the site, not that.",
                    ("site", MarkKind.LINK, "https://example.org/a b"),
                    ("that", MarkKind.STRIKE, ""),
                )
            ),
        ),
    )


def outputs() -> dict[str, str]:
    """What is kept, by the name of its file."""
    pack = small_pack()
    return {
        "small.html": to_html(pack, {"aa.png": PIXEL}),
        "small.md": to_markdown(pack),
        "small.txt": to_text(pack),
        "small-reader.txt": to_text(pack, copy="reader", sources="annex"),
    }


if __name__ == "__main__":
    for name, words in outputs().items():
        (FOLDER / name).write_text(words, "utf-8", newline="\n")
