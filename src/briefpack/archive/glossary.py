"""The list of acronyms: what the documents explain, what the department's list says, and what the user has decided.

What documents explain is part of the index and is built again with it. The user's decisions are kept apart, and win.
"""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from briefpack.archive.acronyms import ORDINARY
from briefpack.archive.database import Database
from briefpack.archive.model import Acronym, AcronymOrigin
from briefpack.archive.synonyms import Synonyms
from briefpack.archive.tokens import Tokenizer
from briefpack.assets import resource
from briefpack.errors import UserError

_MOST_FORMS = 3
"""The most forms that one short or long form is widened by."""

_LONGEST = 120

_MINED = """
SELECT short_key, long_key, min(short), coalesce(min(CASE WHEN long <> upper(long) THEN long END), min(long)), count(*)
FROM explained {where} GROUP BY short_key, long_key
"""
_DECIDED = "SELECT short_key, long_key, short, long, enabled FROM acronym {where}"


class _Entry(Struct):
    """An acronym with its keys."""

    short_key: str
    long_key: str
    acronym: Acronym


class Glossary:
    """The acronyms of one archive. Belongs to one connection."""

    def __init__(self, connection: Database, tokenizer: Tokenizer) -> None:
        self._connection = connection
        self._tokenizer = tokenizer
        self._department: list[_Entry] | None = None
        self.synonyms = Synonyms(tokenizer)

    def everything(self) -> tuple[Acronym, ...]:
        """The whole list, those that are off included, by short form."""
        entries = self._entries("", ())
        return tuple(
            entry.acronym for entry in sorted(entries, key=lambda each: (each.short_key, each.acronym.long.casefold()))
        )

    def forms(self, typed: str) -> list[str]:
        """What ``typed`` stands for, in singular or plural, after the usual spelling where it is typed in another.

        None where it is no acronym, or an ordinary word in small letters.
        """
        key = short_key(typed)
        if len(key) < 2 or (key in ORDINARY and not typed.isupper()):
            return []
        keys = [key, key[:-1]] if key.endswith("s") and len(key) > 2 else [key]
        acronyms = [entry.acronym for entry in self._in_use("short_key", keys)]
        stems = self._tokenizer.stems(typed)
        spelt = [each.short for each in acronyms if self._tokenizer.stems(each.short) != stems][:1]
        return [*spelt, *dict.fromkeys(each.long for each in acronyms)][:_MOST_FORMS]

    def short_forms(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """The short forms of those of ``keys`` (see :meth:`~briefpack.archive.tokens.Tokenizer.content`) that have any."""
        found: dict[str, list[str]] = {}
        for entry in self._in_use("long_key", list(dict.fromkeys(keys))):
            forms = found.setdefault(entry.long_key, [])
            if entry.acronym.short not in forms and len(forms) < _MOST_FORMS:
                forms.append(entry.acronym.short)
        return found

    def add(self, short: str, long: str) -> None:
        """Use this acronym from now on. UserError where it has no letters or no long form."""
        short, long = " ".join(short.split()), " ".join(long.split())
        keys = (short_key(short), self._tokenizer.content_key(long))
        if not keys[0] or not keys[1] or len(short) > _LONGEST or len(long) > _LONGEST:
            raise UserError(
                f"“{short}” for “{long}” cannot be an acronym", do="Give a short form, and the words it stands for"
            )
        self._decide(*keys, short, long, enabled=True)

    def remove(self, short: str, long: str) -> None:
        """Do not use this acronym: the user's own is forgotten, another is off until it is added again."""
        keys = (short_key(short), self._tokenizer.content_key(long))
        known = [entry for entry in self._entries("WHERE short_key = ?", keys[:1]) if entry.long_key == keys[1]]
        if any(entry.acronym.origin is not AcronymOrigin.USER for entry in known):
            self._decide(*keys, known[0].acronym.short, known[0].acronym.long, enabled=False)
            return
        with self._connection.writing():
            self._connection.execute("DELETE FROM acronym WHERE short_key = ? AND long_key = ?", keys)

    def _decide(self, short_key: str, long_key: str, short: str, long: str, *, enabled: bool) -> None:
        with self._connection.writing():
            self._connection.execute(
                "INSERT INTO acronym (short_key, long_key, short, long, enabled) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (short_key, long_key)"
                " DO UPDATE SET short = excluded.short, long = excluded.long, enabled = excluded.enabled",
                (short_key, long_key, short, long, enabled),
            )

    def _in_use(self, column: str, keys: list[str]) -> list[_Entry]:
        """The entries in use whose ``column`` is one of ``keys``: the user's first, then as often as documents say so."""
        if not keys:
            return []
        where = f"WHERE {column} IN ({', '.join('?' * len(keys))})"
        entries = [entry for entry in self._entries(where, tuple(keys)) if entry.acronym.enabled]
        return sorted(
            entries, key=lambda each: (each.acronym.origin is not AcronymOrigin.USER, -each.acronym.documents)
        )

    def _entries(self, where: str, keys: tuple[str, ...]) -> Iterable[_Entry]:
        """The entries of which a key is given; all of them where none is."""
        found: dict[tuple[str, str], _Entry] = {}
        for entry in self._departments():
            if not keys or entry.short_key in keys or entry.long_key in keys:
                found[entry.short_key, entry.long_key] = entry
        for one, other, short, long, count in self._connection.execute(_MINED.format(where=where), keys):
            found[one, other] = _Entry(one, other, Acronym(short, long, AcronymOrigin.MINED, count))
        for one, other, short, long, enabled in self._connection.execute(_DECIDED.format(where=where), keys):
            known = found.get((one, other))
            origin, count = (known.acronym.origin, known.acronym.documents) if known else (AcronymOrigin.USER, 0)
            found[one, other] = _Entry(one, other, Acronym(short, long, origin, count, bool(enabled)))
        return found.values()

    def _departments(self) -> list[_Entry]:
        if self._department is None:
            self._department = [
                _Entry(
                    short_key(short),
                    self._tokenizer.content_key(long),
                    Acronym(short, long, AcronymOrigin.DEPARTMENT),
                )
                for short, long in _lists()
            ]
        return self._department


def short_key(text: str) -> str:
    """A short form by which it is found again, however it is written: "U.A.S.C." is "uasc"."""
    return "".join(filter(str.isalnum, text.casefold()))


@cache
def _lists() -> tuple[tuple[str, str], ...]:
    """The short and long forms of all lists in ``resources/acronyms``."""
    return tuple(_read())


def _read() -> Iterator[tuple[str, str]]:
    for path in sorted(resource("acronyms").glob("*.toml")):
        for short, longs in tomllib.loads(path.read_text(encoding="utf-8"))["acronyms"].items():
            for long in [longs] if isinstance(longs, str) else longs:
                yield short, long
