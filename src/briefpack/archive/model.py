"""What an archive holds and answers, as immutable values.

The JSON forms are those of the command line: ``msgspec.to_builtins`` of these values is what ``--json`` prints. What is
not known is None or empty; nothing is guessed.
"""

import datetime as dt
from enum import StrEnum

from msgspec import Struct

from briefpack.pack.periods import Period


class Kind(StrEnum):
    """What sort of document it is."""

    PRESS_COMMENT = "press comment"
    PRESS_RELEASE = "press release"
    SPEECH = "speech"
    REGIONAL_UPDATE = "regional update"
    COMMITTEE_UPDATE = "committee update"
    CONSULTATION_RESPONSE = "consultation response"
    POSITION_PAPER = "position paper"
    REPORT = "report"
    BRIEFING = "briefing"
    GUIDANCE = "guidance"
    CONFERENCE_PAPERS = "conference papers"
    FILM = "film"
    LETTER = "letter"
    MINUTES = "minutes"
    NEWS = "news"


class PassageKind(StrEnum):
    """What a passage is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    QUOTATION = "quotation"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class Precision(StrEnum):
    """How exactly a date is known. A range is known by its ends alone, of which one may be open."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class DateOrigin(StrEnum):
    """How a date is known: given as the document's date, in its title, in its text, or between its neighbours."""

    STATED = "stated"
    TITLE = "title"
    TEXT = "text"
    BOUNDED = "bounded"
    USER = "user"


class DateSpan(Struct, frozen=True, rename={"start": "from", "end": "to"}):
    """The days between which a document was published, both included; None is open. ``text`` is the source's own words."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: Precision | None = None
    origin: DateOrigin | None = None
    text: str = ""


UNDATED = DateSpan()
"""Nothing is known of the date."""


class Passage(Struct, frozen=True):
    """One paragraph, bullet or heading of a document.

    ``start`` and ``end`` are its place in the original, in characters of the text that the reader saw. ``heading`` is
    the heading that it stands under, ``lead_in`` the line that a bullet or quotation completes. ``speaker`` is whose
    words it holds, where the document says so. ``level`` is the depth of a bullet. ``page`` is where it begins, from 1, in
    a document that has pages. The id stays the same for as long as the document holds the passage, wherever in it.
    """

    id: str
    kind: PassageKind
    text: str
    heading: str = ""
    lead_in: str = ""
    speaker: str = ""
    speaker_role: str = ""
    level: int = 0
    start: int = 0
    end: int = 0
    page: int | None = None


class Document(Struct, frozen=True):
    """One archived text. ``ordinal`` is its place in the file ``source``, from 0; ``flags`` say what is odd about it."""

    id: str
    title: str
    ordinal: int
    date: DateSpan
    kind: Kind | None
    region: str | None
    source: str
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def text(self) -> str:
        """The words of the document, a passage a line."""
        return "\n".join(passage.text for passage in self.passages)


class Duplicate(Struct, frozen=True):
    """The document ``id`` repeats the document ``of``; ``how`` says in what way.

    ``share`` is how much of the words of one the other has too, from 0 to 1: of the one that is contained, where one is.
    """

    id: str
    of: str
    how: str
    share: float = 1.0


class Refused(Struct, frozen=True):
    """A file that was not read, and why."""

    path: str
    why: str


class Added(Struct, frozen=True):
    """What an import did, counted in documents. ``stopped`` is whether the user stopped it before its end."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: tuple[Duplicate, ...] = ()
    refused: tuple[Refused, ...] = ()
    stopped: bool = False


class Filters(Struct, frozen=True, omit_defaults=True):
    """What narrows a search apart from its words. Of several values of one filter any one suffices.

    ``after`` is the first day that counts, ``before`` the first that no longer does. A document whose date is not known
    exactly is kept where it may lie inside.
    """

    kinds: tuple[Kind, ...] = ()
    regions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    after: dt.date | None = None
    before: dt.date | None = None


class PassageHit(Struct, frozen=True):
    """A passage that answers a query. ``highlights`` are ranges of ``text``: sorted, in range, not overlapping."""

    id: str
    text: str
    highlights: tuple[tuple[int, int], ...] = ()
    heading: str = ""
    lead_in: str = ""
    kind: PassageKind = PassageKind.PARAGRAPH
    speaker: str = ""


class Hit(Struct, frozen=True):
    """A document that answers a query with its best passages; ``more`` others of its passages match too.

    ``complete`` is whether it holds all that was asked for, not only some of the words. A higher ``score`` is better
    among hits that are alike in this.
    """

    id: str
    title: str
    ordinal: int
    date: DateSpan
    kind: Kind | None
    region: str | None
    source: str
    score: float
    passages: tuple[PassageHit, ...] = ()
    more: int = 0
    complete: bool = True


class Repair(Struct, frozen=True):
    """A word that no document has, and the word of the archive that was searched for in its place."""

    typed: str
    used: str

    @property
    def sentence(self) -> str:
        """What the user is told of it."""
        return f"No document has “{self.typed}”; searched for “{self.used}”"


class Widening(Struct, frozen=True):
    """An acronym or its long form as it was typed, and its other forms that were searched for with it."""

    typed: str
    used: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What the user is told of it."""
        return f"Besides “{self.typed}”, searched for " + " or ".join(f"“{form}”" for form in self.used)


class Results(Struct, frozen=True):
    """The answer to a query: ``total`` documents match, ``complete`` of them in all that was asked for.

    ``notes`` are sentences for the user: how the query was read where that is not plain, and what was left out.
    ``repairs`` and ``widened`` say what was searched for beside what was typed; each is undone by searching again with
    its ``typed`` among the words that are wanted ``exactly``.
    """

    query: str
    filters: Filters
    total: int
    complete: int
    notes: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    repairs: tuple[Repair, ...] = ()
    widened: tuple[Widening, ...] = ()


class Count(Struct, frozen=True):
    """How many of the documents found have a value."""

    value: str
    count: int


class Facets(Struct, frozen=True):
    """What the documents found can be narrowed by, each value with the number that narrowing to it leaves.

    Where a field narrows already, its values are those without it: others can be chosen beside the ones that are set.

    The most frequent come first, years in order. A document whose date is not known exactly counts in every year in which
    it may lie.
    """

    years: tuple[Count, ...] = ()
    kinds: tuple[Count, ...] = ()
    regions: tuple[Count, ...] = ()
    people: tuple[Count, ...] = ()
    sources: tuple[Count, ...] = ()
    tags: tuple[Count, ...] = ()


class Bar(Struct, frozen=True):
    """How many documents narrowing to ``period`` leaves, apart from those without a date.

    Of these ``certain`` lie inside it for certain; the others' dates are not known so exactly, and they stand in other
    bars too.
    """

    period: Period
    count: int
    certain: int


class Timeline(Struct, frozen=True):
    """Where in time the ``total`` documents found lie: bars without a gap between them.

    Of ``undated`` documents no date is known: they stand in no bar, and stay whatever days the search is narrowed to. A
    date that is open at one end counts in every bar on that side.
    """

    bars: tuple[Bar, ...] = ()
    undated: int = 0
    total: int = 0


class AcronymOrigin(StrEnum):
    """Where an acronym is known from."""

    MINED = "mined"
    DEPARTMENT = "department"
    USER = "user"


class Acronym(Struct, frozen=True):
    """A short form and what it stands for; ``documents`` say so themselves. One that is not ``enabled`` widens nothing."""

    short: str
    long: str
    origin: AcronymOrigin
    documents: int = 0
    enabled: bool = True


class SavedSearch(Struct, frozen=True):
    """A query with its filters. ``name`` is what the user called it; one of the history has none."""

    query: str
    filters: Filters = Filters()
    name: str = ""


class RelatedHit(Struct, frozen=True):
    """A document on the same matters as another; ``why`` names the words they share."""

    id: str
    title: str
    why: str
    score: float


class SeriesEntry(Struct, frozen=True):
    """A document of a series."""

    id: str
    title: str
    date: DateSpan


class Series(Struct, frozen=True):
    """The documents that come again and again under one title, before and after the one that was asked about."""

    name: str
    earlier: tuple[SeriesEntry, ...] = ()
    later: tuple[SeriesEntry, ...] = ()


class Related(Struct, frozen=True):
    """The documents related to one, best first, and the series that it belongs to."""

    hits: tuple[RelatedHit, ...] = ()
    series: Series | None = None


class Stats(Struct, frozen=True):
    """What an archive holds, in numbers. Kinds and regions are counted by name, years by the year of the date.

    ``dated_from`` and ``dated_to`` are the first and last day of the documents whose date is known to the day or month.
    """

    documents: int
    passages: int
    files: int
    kinds: dict[str, int]
    regions: dict[str, int]
    years: dict[str, int]
    dated_from: dt.date | None = None
    dated_to: dt.date | None = None


class Verdict(StrEnum):
    """What has become of the words of a clip."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


class ClipVerdict(Struct, frozen=True):
    """A verdict on a clip, and the words that the archive holds in its place now; empty where they are gone.

    ``passage``, ``start`` and ``end`` are where these words stand, for a clip of them.
    """

    verdict: Verdict
    now: str = ""
    passage: str = ""
    start: int = 0
    end: int = 0
