"""The sample briefing: a minister meets the association that runs the harbours and waterways of an invented country."""

# ruff: noqa: E501, D103 - prose keeps its lines; the short names are explained by what they make

import datetime as dt
from collections.abc import Callable, Iterator

from msgspec.structs import replace
from sample_pictures import BACKLOG_ALT

from briefpack.pack.model import (
    AnyBlock,
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

FindClip = Callable[[str, str], Clip]
"""Finds words in the document of a title, to the letter, and gives them as a clip."""


def at(words: str) -> dt.datetime:
    """A time on the clock of the office, as comments and lines have it."""
    return dt.datetime.fromisoformat(words)


AS_AT = at("2027-05-14 09:00")
EVE = at("2027-05-17 12:00")
SAVED = dt.datetime(2027, 5, 14, 17, 0, tzinfo=dt.UTC)

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_EPOCH = 1_810_285_200_000  # 14 May 2027, 09:00, in milliseconds: the time part of every id


def fixed_id(number: int) -> str:
    """An id of the usual form that is the same each time."""
    value = _EPOCH << 80 | number
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -5, -5))


OYELARAN, HATHERSAGE, CASTELLAN, STRAND, RAGHUNATHAN, KEANE = (fixed_id(number) for number in range(1, 7))
FORECAST, COST, PROMISE, TREASURY, PANEL, BERTHS, LOST = (fixed_id(number) for number in range(101, 108))

PEOPLE = (
    Person(
        "Marguerite Oyelaran",
        OYELARAN,
        "President",
        "Association of Harbour and Waterway Managers",
        Side.OUTSIDE,
        attends=True,
    ),
    Person(
        "Tomasz Hathersage",
        HATHERSAGE,
        "Vice President",
        "Association of Harbour and Waterway Managers",
        Side.OUTSIDE,
        attends=True,
    ),
    Person(
        "Dilys Castellan",
        CASTELLAN,
        "Chief Executive",
        "Association of Harbour and Waterway Managers",
        Side.OUTSIDE,
        attends=True,
    ),
    Person("Helena Strand", STRAND, "Minister for Waterways", "", Side.INSIDE, attends=True),
    Person("Priya Raghunathan", RAGHUNATHAN, "Director General, Waterways", "", Side.INSIDE, attends=True),
    Person("Rowan Keane", KEANE, "Navigation Policy", "", Side.INSIDE, attends=True),
)

MEETING = Meeting(
    title="Meeting with the Association of Harbour and Waterway Managers (AHWM)",
    date=dt.date(2027, 5, 18),
    time="10.00am to 10.45am",
    place="Minister’s office, 4th floor, Staithe House",
    sender="Rowan Keane, Navigation Policy",
    recipient="Helena Strand, Minister for Waterways",
    purpose="Regular meeting with a key stakeholder, and the last before their presidency changes hands on 9 June.",
    objectives=(
        "AHWM leaves knowing who pays for acting early in a dry summer, and says so in public.",
        "AHWM agrees to work with us on phasing the residential moorings standard, rather than against it.",
        "Tomasz Hathersage commits to one data return a quarter during his presidency.",
    ),
    marking="OFFICIAL-SENSITIVE",
    cleared_by="Edwin Marlowe, Deputy Director, Navigation Resilience, 14 May 2027",
)

COMMENTS = (
    Comment(
        "Right as at 9am on Friday 14 May. The next weekly forecast is out on Monday at noon, and the figure will move.\nI will send the new one through.",
        FORECAST, "Grace Mbeki", "GM", at("2027-05-14 09:12"),
        replies=(
            Reply("Thank you. Flagged to private office: this line is to be swapped on the morning.", fixed_id(201), "Rowan Keane", "RK", at("2027-05-14 09:40")),
            Reply("Understood. Pages 2 and 6, is that right?", fixed_id(202), "Idris Fenwick", "IF", at("2027-05-14 10:05")),
        ),
    ),
    Comment(
        "We expect to announce this on Monday afternoon. If it slips, the Minister must not use it.",
        COST, "Wen Abara", "WA", at("2027-05-13 15:30"),
    ),
    Comment(
        "“Will be met” reads as a promise for every year. Could we say which year?",
        PROMISE, "Lucía Tremayne", "LT", at("2027-05-13 16:20"), resolved=True,
        replies=(Reply("Done: “this season”.", fixed_id(203), "Rowan Keane", "RK", at("2027-05-13 17:02")),),
    ),
    Comment(
        "Both sentences are agreed with the Exchequer word for word. Please do not edit one without the other.",
        TREASURY, "Edwin Marlowe", "EM", at("2027-05-12 11:45"),
    ),
    Comment("Do we have a date yet? They were told Easter.", PANEL, "Wen Abara", "WA", at("2027-05-13 15:41")),
    Comment(
        "The 1,100 is their estimate and has not been tested. Ours is nearer 900.",
        BERTHS, "Grace Mbeki", "GM", at("2027-05-12 14:08"), resolved=True,
        replies=(Reply("Kept as theirs, with its source.", fixed_id(204), "Rowan Keane", "RK", at("2027-05-12 15:00")),),
    ),
    Comment(
        "From the paper copy, page unknown: “Say something warm about the volunteers?”",
        LOST, "Priya Raghunathan", "PR",
    ),
)  # fmt: skip


def tracked(author: str, time: dt.datetime) -> str:
    """The value of a tracked change."""
    return proposal_value(Proposal(author, time))


LEGAL = tracked("Lucía Tremayne", at("2027-05-13 16:22"))


def t(string: str, *marks: tuple[str, MarkKind] | tuple[str, MarkKind, str]) -> Text:
    """``string`` with a mark on each of the words given."""
    placed = []
    for words, kind, *value in marks:
        if words not in string:
            raise ValueError(f"{words!r} is not in {string!r}")
        placed.append(Mark(string.index(words), string.index(words) + len(words), kind, *value))
    return text(string, placed)


def cited(clip: Clip, before: str = "", after: str = "") -> Text:
    """A clip's words, marked as such, with words of our own either side."""
    start = len(before)
    return text(before + clip.words + after, (Mark(start, start + len(clip.words), MarkKind.CLIP, clip.id),))


def h(level: int, words: str, role: Role | None = None) -> Heading:
    return Heading(text=text(words), level=level, role=role)


def b(words: str | Text, level: int = 0, *, ordered: bool = False, line: Line | None = None) -> ListItem:
    return ListItem(text=text(words) if isinstance(words, str) else words, level=level, ordered=ordered, line=line)


def p(words: str | Text, line: Line | None = None) -> Paragraph:
    return Paragraph(text=text(words) if isinstance(words, str) else words, line=line)


def cleared(owner: str, by: str = "Edwin Marlowe", *, until: dt.datetime | None = None, event: str = "") -> Line:
    return Line(owner, Status.CLEARED, by, AS_AT, until, event)


def draft(owner: str, *, until: dt.datetime | None = None, event: str = "") -> Line:
    return Line(owner, Status.DRAFT, "", AS_AT, until, event)


class Briefing:
    """The body of the sample, section by section."""

    def __init__(self, find: FindClip, media: dict[str, str]) -> None:
        self._find, self._media = find, media
        self._clips: list[Clip] = []

    def pack(self) -> Pack:
        """The whole pack, with ids that are the same each time."""
        blocks = [
            block
            for section in (
                self._opening, self._low_water, self._certificate, self._dredging, self._freight,
                self._background, self._questions, self._facts, self._people,
            )
            for block in section()
        ]  # fmt: skip
        body = tuple(replace(block, id=fixed_id(1001 + number)) for number, block in enumerate(blocks))
        return Pack(
            id=fixed_id(0), meeting=MEETING, body=body, people=PEOPLE, comments=COMMENTS, clips=tuple(self._clips)
        )

    def _clip(self, title: str, words: str) -> Clip:
        clip = replace(self._find(title, words), id=fixed_id(301 + len(self._clips)))
        self._clips.append(clip)
        return clip

    def _quote(self, title: str, words: str, speaker: str) -> Quote:
        clip = self._clip(title, words)
        return Quote(text=cited(clip), speaker=speaker, said_on=clip.date)

    def _opening(self) -> Iterator[AnyBlock]:
        yield MeetingDetails()
        yield h(1, "In one minute", Role.TO_NOTE)
        yield p(
            t(
                "AHWM is friendly, well prepared and impatient on money. They will open with low water, since reservoirs are"
                " lower than at this time in 2025. You have something to give on that, and very little on dredging.",
                ("You have something to give", MarkKind.BOLD),
            )
        )
        yield b(
            t(
                "Give: who pays for low water this season. Expected to be announced on Monday 17 May.",
                ("Give:", MarkKind.BOLD),
            )
        )
        yield b(
            t(
                "Hold: the length of the dredging settlement, which is a matter for the Exchequer.",
                ("Hold:", MarkKind.BOLD),
            )
        )
        yield b(
            t(
                "Ask: their help with phasing the moorings standard, and one data return a quarter.",
                ("Ask:", MarkKind.BOLD),
            )
        )
        yield b(
            t(
                "Avoid: naming a lead reviewer for freight. The appointment is not final.",
                ("Avoid:", MarkKind.BOLD),
                ("lead reviewer for freight", MarkKind.COMMENT, PANEL),
            )
        )

    def _low_water(self) -> Iterator[AnyBlock]:
        yield PageBreak()
        yield h(1, "Annotated agenda", Role.AGENDA)
        yield p(
            t(
                "Four items, in the order that AHWM proposed. 5. Winter stoppages was taken off at their request on 12 May.",
                ("5. Winter stoppages", MarkKind.STRIKE),
            )
        )
        yield h(2, "1. Low water this summer", Role.ITEM)
        yield h(3, "Steer", Role.STEER)
        yield b("Their first concern. They welcomed the Low Water Plan in February, and asked at once who pays:")
        yield self._quote(
            "Low Water Plan - Comment",
            "What the plan does not do is say who pays.",
            "Marguerite Oyelaran, AHWM President",
        )
        yield b("Thank the keepers before anything else. AHWM members remember that nobody did so in public in 2025.")
        yield h(3, "Lines to take", Role.LINES)
        yield b(
            "I want to begin by thanking the keepers and volunteers who looked after people in the summer of 2025. I know that some of them are already preparing for this one.",
            line=cleared("Press Office"),
        )
        yield b(
            t(
                "Reservoirs stood at 58% of capacity at the end of April, against 71% at the same time in 2025. Two more dry weeks would bring the first restrictions by mid-June.",
                ("58%", MarkKind.HIGHLIGHT, "yellow"),
                ("stood at 58% of capacity at the end of April", MarkKind.COMMENT, FORECAST),
            ),
            line=cleared("Navigation Resilience", until=EVE, event="the weekly forecast is published on Monday 17 May"),
        )
        yield b(
            t(
                "I can tell you today that the reasonable costs of acting early will be met this season, from a fund of £3.5m.",
                ("the reasonable costs of acting early will be met", MarkKind.COMMENT, COST),
                ("will be met this season", MarkKind.COMMENT, PROMISE),
                ("reasonable ", MarkKind.INSERTION, LEGAL),
            ),
            line=draft("Press Office", event="the fund is announced, expected on the afternoon of 17 May"),
        )
        yield b(
            "Authorities can draw on it from the first forecast below 50%, without waiting for a closure.",
            1,
            line=draft("Navigation Resilience"),
        )
        yield b(
            "We will publish one order of priority for releases before the end of May.",
            line=cleared("Navigation Resilience"),
        )
        yield h(3, "If pressed", Role.IF_PRESSED)
        yield b(
            t(
                "On the costs of 2025: I cannot reopen past years. I do want the £4.6m that you recorded to shape what we do next.",
                ("On the costs of 2025:", MarkKind.BOLD),
            ),
            line=cleared("Spending Team"),
        )
        yield b(
            t(
                "On hosepipe bans: nearly all of those decisions are for water companies, not for this Department.",
                ("On hosepipe bans:", MarkKind.BOLD),
                ("nearly all of ", MarkKind.DELETION, LEGAL),
            ),
            line=draft("Press Office"),
        )

    def _certificate(self) -> Iterator[AnyBlock]:
        yield h(2, "2. National Lock Keeper Certificate (NLKC)", Role.ITEM)
        yield h(3, "Steer", Role.STEER)
        yield b("Good news, and theirs as much as ours. Let Ms Oyelaran tell the story of her own authority:")
        yield b(
            cited(
                self._clip(
                    "Towpath - the members’ newsletter - March 2027",
                    "The Tarn Valley has 112 out of 186, which is 60% and more than any other authority.",
                )
            ),
            1,
        )
        yield b(
            "Their position has not moved since last year. They want the certificate to be compulsory, and paid for:"
        )
        yield self._quote(
            "National Lock Keeper Certificate consultation response from AHWM",
            "AHWM believes that certification for every keeper of a powered lock must be mandatory, phased in over three years and funded in full as a new burden.",
            "Sunil Achterberg, Chair, AHWM Workforce Policy Committee",
        )
        yield h(3, "Lines to take", Role.LINES)
        yield b(
            "By the end of March 1,720 keepers in 41 authorities held the certificate. Our target was 1,500. That is your members’ achievement and I congratulate them.",
            line=cleared("Workforce Policy"),
        )
        yield b(
            "I have seen the early safety figures and, like the Chief Inspector, I am encouraged by them without claiming too much.",
            line=cleared("Workforce Policy"),
        )
        yield b(
            t(
                "We have not ruled out a mandatory certificate. I will decide in the autumn, when the evaluation has been published.",
                ("not ruled out", MarkKind.ITALIC),
            ),
            line=cleared("Workforce Policy", event="the evaluation is published, expected in September"),
        )
        yield h(3, "If pressed", Role.IF_PRESSED)
        yield b(
            t(
                "On the cost of releasing staff: lockside assessment, as in the Tarn Valley, takes less than a day. I should like to see it everywhere before we talk about more money.",
                ("On the cost of releasing staff:", MarkKind.BOLD),
            ),
            line=cleared("Workforce Policy"),
        )

    def _dredging(self) -> Iterator[AnyBlock]:
        yield h(2, "3. Dredging", Role.ITEM)
        yield h(3, "Steer", Role.STEER)
        yield b(
            "You cannot give them what they want before the settlement of 2028. Listen, and ask for the evidence in a form that can be used."
        )
        yield self._quote(
            "President’s speech to the Annual Conference - September 2026",
            "A grant that is announced in March and must be spent by the following March buys half the dredging that the same money would buy over five years.",
            "Marguerite Oyelaran, AHWM President",
        )
        yield h(3, "Lines to take", Role.LINES)
        yield p(
            t(
                "I understand the case for certainty, and I have made it myself. The length of the next settlement will be decided with the Exchequer.",
                ("The length of the next settlement will be decided with the Exchequer.", MarkKind.COMMENT, TREASURY),
            ),
            cleared("Spending Team", "Priya Raghunathan"),
        )
        yield p(
            t(
                "What I can do now is to let authorities carry forward up to a quarter of this year’s grant, as you asked us to in 2025.",
                ("What I can do now", MarkKind.COMMENT, TREASURY),
            ),
            cleared("Spending Team", "Priya Raghunathan"),
        )
        yield h(3, "If pressed", Role.IF_PRESSED)
        yield b(
            t(
                "On Brackwater: officials met the harbour board on 6 May and will write to it before the end of the month.",
                ("On Brackwater:", MarkKind.BOLD),
            ),
            line=draft("Regional Team", event="the letter is sent, expected on 28 May"),
        )
        yield b(
            t(
                "On emergency grant for Aldersea Quay: the board’s request is with me and it will have an answer this week.",
                ("On emergency grant for Aldersea Quay:", MarkKind.BOLD),
            ),
            line=draft("Regional Team", until=at("2027-05-21 17:00")),
        )

    def _freight(self) -> Iterator[AnyBlock]:
        yield h(2, "4. Waterborne Freight Review", Role.ITEM)
        yield h(3, "Steer", Role.STEER)
        yield b("They pressed for this review and they fear that it will be narrow:")
        yield self._quote(
            "Waterborne Freight Review - Comment",
            "Dredging, locks and wharves are not background to freight; they are freight.",
            "Noor Halvorsen, Chair, AHWM Freight & Trade Policy Committee",
        )
        yield h(3, "Lines to take", Role.LINES)
        yield b(
            "Traffic has risen three years in a row. I want the review to ask what would have to be true for it to double.",
            line=cleared("Freight Policy"),
        )
        yield b(
            "Locks, depth and wharves will be within its terms of reference. There will be a seat on the panel for each side of your membership.",
            line=cleared("Freight Policy"),
        )
        yield b(
            "I hope to name the lead reviewer before your Annual General Meeting on 9 June.",
            line=draft("Freight Policy", until=at("2027-06-09 00:00"), event="the appointment is confirmed"),
        )
        yield h(3, "If pressed", Role.IF_PRESSED)
        yield b(
            t(
                "On the delay since Easter: I would rather be late with the right person than early with the wrong one.",
                ("On the delay since Easter:", MarkKind.BOLD),
            ),
            line=cleared("Press Office"),
        )

    def _background(self) -> Iterator[AnyBlock]:
        yield h(1, "Background", Role.BACKGROUND)
        yield h(2, "Low water")
        yield p("The summer of 2025 was the worst on record for navigation. A review by AHWM found that:")
        yield b(
            cited(
                self._clip(
                    "Low water 2025: what we learned",
                    "In all 412 miles were closed or restricted and 2,140 boats were stranded, about 600 of which were somebody’s home.",
                ),
                "",
            )
        )
        yield b(
            cited(
                self._clip(
                    "Low water 2025: what we learned",
                    "Authorities spent £4.6m that they had not planned to spend, £1.9m of it on back-pumping in the Central Canals.",
                ),
                "",
            )
        )
        yield h(3, "What has been done since")
        yield b("The Low Water Plan was published on 24 February 2027. It has:")
        yield b("one weekly forecast for all eleven reservoirs, in use since 1 March", 1)
        yield b("one order of priority for releases, in draft", 1)
        yield b("one set of words for the public, tested with boaters in April", 1)
        yield b(
            "The fourth part that AHWM asked for, a fund for acting early, is the subject of Monday’s announcement."
        )
        yield h(2, "Locks and dredging")
        yield p(
            cited(
                self._clip(
                    "Update: I&S Policy Committee - November 2026",
                    "Of 2,318 locks inspected, 641 were found to be poor or very poor, or 28%.",
                ),
                "The survey was ours and theirs together. ",
                " More than half of the worst stand on nine waterways.",
            )
        )
        yield p(
            t(
                "Tables for each waterway are on the AHWM website. Round two of the Shore Power Fund opens in July.",
                ("AHWM website", MarkKind.LINK, "https://www.ahwm.example/locks"),
            )
        )
        yield Image(
            media=self._media["chart"],
            alt=BACKLOG_ALT,
            caption=t(
                "Figure 1: The dredging backlog grows while the grant stands still. Source: AHWM returns.",
                ("Figure 1:", MarkKind.BOLD),
            ),
            width_mm=120,
        )
        yield p(
            cited(
                self._clip(
                    "AHWM position paper: a dredging settlement that lasts",
                    "a cubic metre cost £21.40 under an annual contract and £14.90 under a longer one",
                ),
                "Our analysts accept the direction of AHWM’s figures, though not yet their size. In the paper of February ",
                ".",
            )
        )
        yield h(2, "Residential moorings")
        yield p(
            "Not on the agenda, but likely to be raised. Our consultation on a national standard closed on 26 March, with 4,310 responses."
        )
        yield b(
            "About 2,900 boats lie on residential moorings that no authority licenses. In the Eastern Fens two out of three are an only home."
        )
        yield b(
            _also(
                cited(
                    self._clip(
                        "Residential moorings standard: AHWM consultation response",
                        "Enforcement from April 2028 would require 1,100 new licensed berths to be found, consented and built in twelve months; our members expect fewer than 200.",
                    )
                ),
                "1,100 new licensed berths",
                BERTHS,
            )
        )
        yield b(
            "Where we could agree: new moorings from April 2028, existing ones later, and nobody moved before a berth has been offered."
        )
        yield h(3, "Residential moorings: lines to take", Role.LINES)
        yield b(
            "Nobody should have to choose between a home and a safe one. I want a standard, and I want it phased so that it makes places better and not emptier.",
            line=cleared("Moorings Policy"),
        )
        yield b(
            "I should like your members’ help in working out the steps and the dates.", line=cleared("Moorings Policy")
        )

    def _questions(self) -> Iterator[AnyBlock]:
        yield h(1, "Questions and answers", Role.QA)
        yield p(
            t(
                "Why does water for boats come before water for farms?\nIt does not. The order of priority puts drinking water first, then safety, then homes afloat, then trade.",
                ("Why does water for boats come before water for farms?", MarkKind.BOLD),
            )
        )
        yield p(
            t(
                "Is the certificate working?\nThe early figures are encouraging.",
                ("Is the certificate working?", MarkKind.BOLD),
            )
        )
        yield b(
            cited(
                self._clip(
                    "Update: Safety & Standards Policy Committee - February 2027",
                    "41 serious incidents at powered locks, against 52 in 2025",
                ),
                "For 2026 the inspectorate counted ",
                ".",
            )
        )
        yield p(
            t(
                "Will Ms Oyelaran’s successor take a different line?\nWe do not expect it. Mr Hathersage speaks more of harbours and less of canals.",
                ("Will Ms Oyelaran’s successor take a different line?", MarkKind.BOLD),
            )
        )

    def _facts(self) -> Iterator[AnyBlock]:
        yield h(1, "Key facts", Role.KEY_FACTS)
        rows = (
            ("Measure", "2024", "2025", "2026", "Latest"),
            ("Freight carried, million tonnes", "17.1", "18.4", "19.2", "–"),
            ("Dredging backlog, million cubic metres", "3.1", "3.4", "3.9", "–"),
            ("Dredging grant", "£46m", "£46m", "£46m", "£46m"),
            ("Serious incidents at powered locks", "–", "52", "41", "–"),
            ("Locks in poor or very poor condition", "26%", "–", "28%", "–"),
            ("Keepers with the certificate", "–", "58", "1,180", "1,720"),
            ("Reservoirs, share of capacity in spring", "–", "71%", "–", "58%"),
        )
        yield Table(rows=tuple(tuple(text(cell) for cell in row) for row in rows))
        yield p("Sources, in order of the agenda:")
        yield b("Weekly reservoir forecast, 7 May 2027", ordered=True)
        yield b("NLKC monthly return, March 2027", ordered=True)
        yield b("includes the apprentices who were certified without assessment", 1)
        yield b("Dredging returns, 106 of 112 members", ordered=True)

    def _people(self) -> Iterator[AnyBlock]:
        yield h(1, "Annex A: Biographies", Role.BIOGRAPHIES)
        yield p(
            "The Association of Harbour and Waterway Managers (AHWM) is the professional association for those who run harbours, rivers and canals. It has 112 members: 64 navigation authorities and 48 harbour boards."
        )
        yield Biography(
            person=OYELARAN,
            photo=self._media["oyelaran"],
            points=(
                t("President of AHWM until 9 June 2027", ("until 9 June 2027", MarkKind.UNDERLINE)),
                text("Director of Waterways, Tarn Valley Navigation Board, since 2016"),
                text("Civil engineer; began on flood defences. Chaired the group that wrote the NLKC standards"),
                text("Direct, and dryly funny. Prefers figures to adjectives"),
            ),
        )
        yield Biography(
            person=HATHERSAGE,
            photo=self._media["hathersage"],
            points=(
                text("Vice President of AHWM; President from 9 June 2027"),
                text("Harbour Master and Chief Executive, Port Ellery Harbour Board"),
                text("Twenty years at sea before he came ashore. Led the pooled bid for shore power"),
            ),
        )
        yield Biography(
            person=CASTELLAN,
            points=(
                text("Chief Executive of AHWM, and the person to ring"),
                text("Was for nine years an official of this Department"),
            ),
        )


def _also(placed: Text, words: str, comment: str) -> Text:
    """A text with a comment on some of its words too."""
    start = placed.string.index(words)
    return placed.with_mark(start, start + len(words), MarkKind.COMMENT, comment)
