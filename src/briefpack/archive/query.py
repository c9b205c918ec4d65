"""What a user types, read as a query. Nothing that is typed is an error.

::

    words             all of them; after the documents that have all come those that have any
    "two words"       side by side, in this order, and always there; curly quotation marks too
    "two words"~5     no more than 5 words apart, in any order; also near:"two words"~5, and without a number no more than 10
    this OR that      either; OR binds tighter than the space
    -word  NOT word   not in the document
    word*             words that begin so; the last word is read so while it is typed
    title: heading: person: source: tag: kind: region:      a word or "several words" there
    after: before: date:      2017, 2017-11, 2017-11-03 or "3 November 2017"; after includes it, before does not

What only looks like a field is text: "Note: 10:30". A field whose value cannot be read is searched as words, and a note
says so.
"""

import datetime as dt
import re
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from briefpack.archive.dates import read_date
from briefpack.archive.model import Filters, Kind, SavedSearch
from briefpack.archive.regions import named
from briefpack.archive.tokens import folded
from briefpack.pack.text import clean


class Place(StrEnum):
    """Where a term is looked for."""

    ANYWHERE = ""
    TITLE = "title"
    HEADING = "heading"
    PERSON = "person"
    SOURCE = "source"
    TAG = "tag"
    KIND = "kind"
    REGION = "region"


class Term(Struct, frozen=True):
    """One thing that is asked for: a word, words in quotation marks (``phrase``), or the beginning of one (``prefix``).

    The words of a phrase that is ``near`` may stand in any order, with so many others between them at most. What is
    ``added`` was not typed: it widens what was.
    """

    text: str
    place: Place = Place.ANYWHERE
    phrase: bool = False
    prefix: bool = False
    added: bool = False
    near: int | None = None

    @property
    def plain(self) -> bool:
        """Whether it is a word to be found anywhere."""
        return self.place is Place.ANYWHERE and not self.phrase and not self.added


class Query(Struct, frozen=True):
    """A query as it was read. Each of ``clauses`` is a set of alternatives, one of which must be there."""

    text: str
    clauses: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: Filters = Filters()
    notes: tuple[str, ...] = ()


MOST_TERMS = 48
"""The most terms of a query that are searched for."""

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"'})
_SIGNS = ' \t\n"()|*-−~'
"""What a query may begin with before there is anything to search for."""

_NEAR = 10
"""How many words may stand between those of near:"two words"."""

_FIELDS = "title|heading|person|source|tag|kind|region|after|before|date|in|near"
_PART = re.compile(
    rf"""(?P<space>[\s()]+)
    |(?P<not>NOT(?=\s)|[-−](?=[^\s-]))
    |(?P<or>OR(?=\s|$)|\|)
    |(?P<field>(?:{_FIELDS})):(?=["\w])
    |"(?P<phrase>[^"]*)(?:"(?:~(?P<near>\d{{1,2}})(?!\w))?|$)
    |(?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
_PLACES = {place.value: place for place in Place if place.value}


def parse(text: str, *, typing: bool = False) -> Query:
    """Read a query; ``typing`` says that its last word may not be finished."""
    return _Parser(text, typing=typing).query()


def written(search: SavedSearch) -> str:
    """A search with its filters as it can be typed; what is typed so is narrowed by the same."""
    filters = search.filters
    parts = [search.query]
    for field, values in (
        ("kind", filters.kinds),
        ("region", filters.regions),
        ("source", filters.sources),
        ("person", filters.people),
        ("tag", filters.tags),
    ):
        parts += [f'{field}:"{" ".join(value.replace(chr(34), " ").split())}"' for value in values]
    parts += [f"{field}:{day}" for field, day in (("after", filters.after), ("before", filters.before)) if day]
    return " ".join(filter(None, parts))


class _Parser:
    """One pass over a query. A minus, an OR and a field each wait for the term that follows."""

    def __init__(self, text: str, *, typing: bool) -> None:
        self._text = clean(text)
        self._typing = typing
        self._clauses: list[list[Term]] = []
        self._excluded: list[Term] = []
        self._filters = Filters()
        self._notes: list[str] = []
        self._field = ""
        self._negated = False
        self._joined = False

    def query(self) -> Query:
        """The query as read."""
        plain = self._text.translate(_QUOTES)
        at = 0
        while at < len(plain):
            match = _PART.match(plain, at)
            if match is None:
                at += 1
                continue
            self._take(match)
            at = match.end()
        if self._typing:
            self._open_last(plain)
        self._bound()
        if plain.strip(_SIGNS) and not any(map(str.isalnum, plain)):
            self._notes.append("There are no letters or figures in this to search for: all documents are listed")
        clauses = tuple(tuple(dict.fromkeys(clause)) for clause in self._clauses)
        return Query(self._text, clauses, tuple(self._excluded), self._filters, tuple(dict.fromkeys(self._notes)))

    def _take(self, match: re.Match[str]) -> None:
        kind = "phrase" if match["phrase"] is not None else match.lastgroup
        value = match[kind or 0]
        if kind == "space":
            if "(" in value or ")" in value:
                self._notes.append("Brackets are read as spaces; OR binds the words beside it")
            self._field = ""
        elif kind == "not":
            self._negated = True
        elif kind == "or":
            self._joined = bool(self._clauses)
        elif kind == "field":
            self._field = value
        else:
            near = int(match["near"]) if match["near"] else None
            self._term(value, phrase=kind == "phrase", near=near)
            self._field, self._negated, self._joined = "", False, False

    def _term(self, value: str, *, phrase: bool, near: int | None) -> None:
        prefix = not phrase and value.endswith("*") and len(value) > 1
        value = value.rstrip("*") if prefix else value
        if not any(map(str.isalnum, folded(value))):
            return
        field = self._field
        if field == "near" and phrase and len(value.split()) > 1:
            self._put(Term(value, phrase=True, near=_NEAR if near is None else near))
        elif field and not self._narrows(field, value):
            place = _PLACES.get(field, Place.ANYWHERE)
            if place in (Place.KIND, Place.REGION) or field not in _PLACES:
                self._notes.append(f"“{field}:{value}” is not a {_MEANING[field]}; it is searched as words")
                place, value = Place.ANYWHERE, f"{field} {value}"
                for word in value.split():
                    self._put(Term(word))
                return
            self._put(Term(value, place, phrase=phrase, prefix=prefix, near=near))
        elif not field:
            self._put(Term(value, phrase=phrase, prefix=prefix, near=near))

    def _put(self, term: Term) -> None:
        if self._negated:
            self._excluded.append(term)
        elif self._joined and self._clauses:
            self._clauses[-1].append(term)
        else:
            self._clauses.append([term])

    def _narrows(self, field: str, value: str) -> bool:
        """Whether a field narrows the whole search (and has now done so)."""
        filters = self._filters
        if field == "kind" and (kind := kind_named(value)):
            if self._negated:
                self._excluded.append(Term(kind, Place.KIND))
            else:
                self._filters = replace(filters, kinds=(*filters.kinds, kind))
            return True
        if field == "region" and (region := named(value)):
            if self._negated:
                self._excluded.append(Term(region, Place.REGION))
            else:
                self._filters = replace(filters, regions=(*filters.regions, region))
            return True
        if field in ("person", "source", "tag") and not self._negated and not self._joined:
            plural = {"person": "people", "source": "sources", "tag": "tags"}[field]
            self._filters = replace(filters, **{plural: (*getattr(filters, plural), value)})
            return True
        return field in ("after", "before", "date", "in") and not self._negated and self._dates(field, value)

    def _dates(self, field: str, value: str) -> bool:
        try:
            span = read_date(value)
        except ValueError:
            return False
        if span.start is None or span.end is None:
            return False
        if field == "before":
            self._filters = replace(self._filters, before=span.start)
        elif field == "after":
            self._filters = replace(self._filters, after=span.start)
        elif span.end < dt.date.max:
            self._filters = replace(self._filters, after=span.start, before=span.end + dt.timedelta(days=1))
        return True

    def _open_last(self, plain: str) -> None:
        """While typing, a last word without a space after it is the beginning of one; a single letter is not yet one."""
        if not self._clauses or plain[-1:].isspace() or plain.endswith(('"', "*", ")", "|")):
            return
        last = self._clauses[-1][-1]
        if last.phrase or last.place is not Place.ANYWHERE or not folded(plain).endswith(folded(last.text)):
            return
        if len(last.text) == 1 and len(self._clauses) > 1:
            self._clauses.pop()
        elif len(last.text) > 1:
            self._clauses[-1][-1] = replace(last, prefix=True)

    def _bound(self) -> None:
        terms = sum(map(len, self._clauses)) + len(self._excluded)
        if terms > MOST_TERMS:
            del self._clauses[MOST_TERMS:], self._excluded[MOST_TERMS:]
            self._clauses = [clause[:MOST_TERMS] for clause in self._clauses]
            self._notes.append(f"Only the first {MOST_TERMS} words are searched for")


def kind_named(text: str) -> Kind | None:
    """The kind that is meant by ``text``: its name, in the singular or plural, with any spacing."""
    plain = "".join(filter(str.isalnum, text.casefold()))
    for kind in Kind:
        name = kind.replace(" ", "")
        if plain in (name, name + "s", name.removesuffix("s")):
            return kind
    return None


_MEANING = {
    "kind": "kind of document",
    "region": "region",
    "after": "date",
    "before": "date",
    "date": "date",
    "in": "date",
    "near": "phrase of several words in quotation marks",
}
