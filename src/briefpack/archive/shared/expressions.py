"""Expressions of the index, read: those that :mod:`briefpack.archive.matching` writes for FTS5, as queries of PostgreSQL.

"words in a row"   "begin" *   {title} : "words"   this AND that   this OR that   this NOT that   ( )
    NEAR("one" "other", 10)
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations

from msgspec import Struct

Cut = Callable[[str], tuple[str, ...]]
"""How the words of a phrase are cut into stems."""

LONGEST = 64
"""Bytes of a stem that the index tells apart; PostgreSQL's vectors have no room for any number of longer ones."""

RESERVED = "\ue000"
OFTEN = "\ue000w"
"""How the reserved words begin of what a document has often: :func:`briefpack.archive.index.facets_of_words`."""

_PART = re.compile(r'\s*(?:"((?:[^"]|"")*)"|(AND|OR|NOT|NEAR)\b|([()*:])|(\{title\})|, (\d+))')


class Phrase(Struct, frozen=True):
    """Stems in a row; the last may be the beginning of one. ``titled`` is whether only titles count."""

    stems: tuple[str, ...]
    begun: bool = False
    titled: bool = False

    @property
    def reserved(self) -> bool:
        """Whether these are words of facets, by which nothing is ranked."""
        return any(stem.startswith(RESERVED) for stem in self.stems)

    @property
    def single(self) -> bool:
        """Whether it is one whole word anywhere."""
        return len(self.stems) == 1 and not self.begun and not self.titled


class Near(Struct, frozen=True):
    """Stems in any order, with no more than ``between`` words between the first and the last."""

    stems: tuple[str, ...]
    between: int
    titled: bool = False


class All(Struct, frozen=True):
    """Every one of them."""

    parts: "tuple[Node, ...]"


class Any(Struct, frozen=True):
    """At least one of them."""

    parts: "tuple[Node, ...]"


class Without(Struct, frozen=True):
    """The first and not the second."""

    kept: "Node"
    left_out: "Node"


Node = Phrase | Near | All | Any | Without


@lru_cache(maxsize=512)
def read(expression: str, cut: Cut) -> Node:
    """The tree of an expression. ValueError where it is none, which would be our mistake."""
    return _Parser(expression, cut).tree()


def phrases(node: Node) -> Iterator[Phrase]:
    """The phrases by which what answers is ranked: all but those that are left out, and those of facets."""
    for phrase in leaves(node):
        if phrase.stems and not phrase.reserved:
            yield phrase


def leaves(node: Node) -> Iterator[Phrase]:
    """All the phrases that may be there, those of facets too."""
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, Near):
        yield from (Phrase((stem,)) for stem in node.stems)
    elif isinstance(node, Without):
        yield from leaves(node.kept)
    else:
        for part in node.parts:
            yield from leaves(part)


def in_a_row(node: Node) -> bool:
    """Whether an expression asks for words side by side."""
    if isinstance(node, Phrase):
        return len(node.stems) > 1
    if isinstance(node, Near):
        return True
    if isinstance(node, Without):
        return in_a_row(node.kept) or in_a_row(node.left_out)
    return any(map(in_a_row, _telling(node.parts) if isinstance(node, Any) else node.parts))


def query(node: Node, *, loosely: bool = False) -> str:
    """A tree as PostgreSQL's tsquery; empty where there is no word in it.

    ``loosely`` it asks for words anywhere that should stand in a row, which the index answers without a look at the vectors,
    and leaves nothing out.
    """
    if isinstance(node, Phrase | Near) and loosely and len(node.stems) > 1:
        begun = isinstance(node, Phrase) and node.begun
        last = Phrase(node.stems[-1:], begun=begun)
        return query(All((*(Phrase((stem,)) for stem in node.stems[:-1]), last)))
    if isinstance(node, Phrase):
        return _phrase(node)
    if isinstance(node, Near):
        return _near(node)
    if isinstance(node, Without):
        kept, left_out = query(node.kept, loosely=loosely), query(node.left_out)
        return f"({kept} & !{left_out})" if kept and left_out and not loosely else kept
    wanted = _telling(node.parts) if isinstance(node, Any) else node.parts
    parts = [made for part in wanted if (made := query(part, loosely=loosely))]
    return "" if not parts else "(" + (" & " if isinstance(node, All) else " | ").join(parts) + ")"


def _telling(parts: "tuple[Node, ...]") -> "tuple[Node, ...]":
    """Alternatives without words in a row that another alternative answers: one that asks for any of them anywhere.

    Where documents are asked for that have words often, what stands in a row is only a sign of that, and is left to the
    ranking.
    """
    single = {part.stems[0] for part in parts if isinstance(part, Phrase) and part.single}
    often = any(stem.startswith(OFTEN) for stem in single)
    return tuple(
        part
        for part in parts
        if not (isinstance(part, Phrase) and len(part.stems) > 1 and not part.titled)
        or not (often or single.intersection(part.stems))
    )


def quoted(stem: str) -> str:
    """A stem as a lexeme of PostgreSQL, as much of it as the index tells apart."""
    if len(stem) > LONGEST // 4 and len(data := stem.encode()) > LONGEST:
        stem = data[:LONGEST].decode(errors="ignore")
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def _phrase(phrase: Phrase) -> str:
    label = "A" if phrase.titled else ""
    lexemes = [quoted(stem) + (f":{label}" if label else "") for stem in phrase.stems]
    if phrase.begun and lexemes:
        lexemes[-1] = f"{quoted(phrase.stems[-1])}:*{label}"
    return "(" + " <-> ".join(lexemes) + ")" if len(lexemes) > 1 else "".join(lexemes)


def _near(near: Near) -> str:
    """Every two of the stems near one another, spelt out: a vector can be asked for one distance at a time alone."""
    label = ":A" if near.titled else ""
    distances = range(1, near.between + 2)
    pairs = [
        " | ".join(
            f"{quoted(left)}{label} <{distance}> {quoted(right)}{label}"
            for distance in distances
            for left, right in ((one, other), (other, one))
        )
        for one, other in combinations(near.stems, 2)
    ]
    return "(" + " & ".join(f"({pair})" for pair in pairs) + ")"


class _Parser:
    """One pass over an expression."""

    def __init__(self, expression: str, cut: Cut) -> None:
        self._cut = cut
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(expression.rstrip()):
            match = _PART.match(expression, at)
            if match is None:
                raise ValueError(f"no expression of the index: {expression!r}")
            text, word, sign, title, number = match.groups()
            if text is not None:
                self._tokens.append(("phrase", text.replace('""', '"')))
            else:
                self._tokens.append(("number", number) if number else (word or sign or title, ""))
            at = match.end()
        self._at = 0

    def tree(self) -> Node:
        node = self._without()
        if self._at < len(self._tokens):
            raise ValueError("an expression of the index goes on after its end")
        return node

    def _next(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _take(self, kind: str) -> bool:
        self._at += (found := self._next() == kind)
        return found

    def _without(self) -> Node:
        node = self._any()
        while self._take("NOT"):
            node = Without(node, self._any())
        return node

    def _any(self) -> Node:
        parts = [self._all()]
        while self._take("OR"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _all(self) -> Node:
        parts = [self._one()]
        while self._take("AND"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Node:
        if self._take("("):
            node = self._without()
            if not self._take(")"):
                raise ValueError("a bracket of an expression is not closed")
            return node
        titled = self._take("{title}") and self._take(":")
        if self._take("NEAR"):
            return self._near(titled=titled)
        if self._next() != "phrase":
            raise ValueError("an expression of the index has no words where it needs some")
        words = self._tokens[self._at][1]
        self._at += 1
        return Phrase(self._cut(words), begun=self._take("*"), titled=titled)

    def _near(self, *, titled: bool) -> Node:
        stems: list[str] = []
        self._take("(")
        while self._next() == "phrase":
            stems += self._cut(self._tokens[self._at][1])
            self._at += 1
        between = self._tokens[self._at][1]
        self._at += 1
        if not self._take(")") or not between.isdigit():
            raise ValueError("NEAR of an expression has no number, or no end")
        stems = list(dict.fromkeys(stems))
        return Near(tuple(stems), int(between), titled) if len(stems) > 1 else Phrase(tuple(stems), titled=titled)
