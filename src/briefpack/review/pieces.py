"""A returned copy's paragraphs as they were before its tracked changes, each made of pieces that say who did what."""

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefpack.ooxml.story import RevisionKind, StoryParagraph, StoryTable
from briefpack.pack.text import MarkKind, Text
from briefpack.pack.tracked import Proposal, proposal_value, read_proposal
from briefpack.review.reading import block_ids

_WORD = re.compile(r"\S+")

Known = frozenset[tuple[MarkKind, str]]
"""Kind and value of the tracked changes that a copy went out with."""


class Who(Struct, frozen=True):
    """Who changed something; ``move`` names the move that it is a side of; ``silent`` that tracking was off."""

    author: str = ""
    time: dt.datetime | None = None
    move: str = ""
    silent: bool = False

    @property
    def hand(self) -> tuple[str, str, bool]:
        """What must be the same for two pieces to be one edit."""
        return self.author, self.move, self.silent


SILENT = Who(silent=True)


class Piece(Struct, frozen=True):
    """Characters, or where ``end`` the end of a paragraph, with who put them in and who took them out.

    ``paragraph`` is the paragraph that they stand in: of a new paragraph it says the kind.
    """

    paragraph: StoryParagraph
    words: Text = Text()
    put: Who | None = None
    out: Who | None = None
    end: bool = False


class Base(Struct, frozen=True):
    """A paragraph as it stood before the tracked changes: its own pieces, and those that were put into it.

    ``ids`` and ``copies`` are the blocks that bookmarks in it name; ``close`` is its end. A paragraph whose end was put
    in too, with nothing behind it that it could have been put into, is wholly ``new``.
    """

    pieces: tuple[Piece, ...]
    close: Piece
    ids: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    @property
    def string(self) -> str:
        """Its words before the tracked changes."""
        return "".join(piece.words.string for piece in self.pieces if piece.put is None)

    @property
    def new(self) -> bool:
        """Whether nothing of it was there before."""
        return self.close.put is not None and not self.string


def bases(items: Iterable[StoryParagraph | StoryTable], known: Known) -> Iterator[Base | StoryTable]:
    """The paragraphs as they were before the tracked changes, and the tables between them."""
    held: list[Piece] = []
    ids: list[str] = []
    copies: list[str] = []
    for item in items:
        if isinstance(item, StoryTable):
            if held:
                yield _based(held, ids, copies)
                held, ids, copies = [], [], []
            yield item
            continue
        own, copied = block_ids(item.bookmarks)
        ids += own
        copies += copied
        pieces = list(_bridged(list(_pieces(item, known)), known))
        if held and _runs_on(held[-1], pieces):
            yield _based([*held[:-1], replace(held[-1], put=None)], ids, copies)
            held, ids, copies = [*pieces[:-1], replace(pieces[-1], put=held[-1].put)], [], []
            continue
        held += pieces
        if held[-1].put is None:
            yield _based(held, ids, copies)
            held, ids, copies = [], [], []
    if held:
        yield _based(held, ids, copies)


def _runs_on(end: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a paragraph is one that somebody put in behind another, and whose end somebody else took out.

    Who types behind the end of a paragraph puts a new end before the one that was there, which is now that of the new
    paragraph. The two ends are alike, so that what is taken out there is the one that was put in.
    """
    *words, last = pieces
    if end.put is None or end.out is not None or last.put is not None or last.out is None:
        return False
    return last.out.hand != end.put.hand and all(each.put and each.put.hand == end.put.hand for each in words)


def _bridged(pieces: Sequence[Piece], known: Known) -> Iterator[Piece]:
    """Pieces where what went out as taken out already goes with all that one hand takes out around it."""
    for number, piece in enumerate(pieces):
        before = next((each for each in reversed(pieces[:number]) if not _went(each, known)), None)
        after = next((each for each in pieces[number + 1 :] if not _went(each, known)), None)
        outs = {each.out.hand if each.out else None for each in (before, after) if each is not None}
        if after is not None and after.out and len(outs) == 1 and _went(piece, known):
            yield replace(piece, out=after.out)
        else:
            yield piece


def _went(piece: Piece, known: Known) -> bool:
    """Whether a piece went out as words that are taken out."""
    if piece.end or piece.put is not None or piece.out is not None:
        return False
    return any(mark.kind == MarkKind.DELETION and (mark.kind, mark.value) in known for mark in piece.words.marks)


def _based(held: list[Piece], ids: list[str], copies: list[str]) -> Base:
    *pieces, close = held
    if close.put is None and not any(p.put is None for p in pieces) and any(p.put for p in pieces) and not ids:
        first = next(piece.put for piece in pieces if piece.put)
        close = Piece(close.paragraph, put=first, end=True)  # its words are new, and it was not there without them
    return Base(tuple(pieces), close, tuple(ids), tuple(copies))


def _pieces(paragraph: StoryParagraph, known: Known) -> Iterator[Piece]:
    words = _pointed(paragraph)
    moves = _moves(paragraph)
    cuts = {0, len(words)}
    for mark in words.marks:
        if mark.kind in {MarkKind.INSERTION, MarkKind.DELETION}:
            cuts |= {mark.start, mark.end}
    ordered = sorted(cuts)
    puts: list[Who | None] = []
    outs: list[Who | None] = []
    for start, stop in itertools.pairwise(ordered):
        put = _who(words, start, MarkKind.INSERTION, known, moves)
        out = _who(words, start, MarkKind.DELETION, known, moves)
        puts.append(put)
        outs.append(out)
        yield Piece(paragraph, words[start:stop], put, out)
    end_moves = {each.kind: each.move for each in paragraph.of_end if each.move}
    put = _end(paragraph.inserted, MarkKind.INSERTION, end_moves.get(RevisionKind.MOVED_TO, ""), known)
    out = _end(paragraph.deleted, MarkKind.DELETION, end_moves.get(RevisionKind.MOVED_FROM, ""), known)
    yield Piece(paragraph, put=_with_its_words(put, puts), out=_with_its_words(out, outs), end=True)


def _with_its_words(end: Who | None, words: list[Who | None]) -> Who | None:
    """Who changed the end of a paragraph: in the move that all its words are a side of, whatever the file says of it."""
    moved = {each for each in words if each is not None and each.move and end is not None and each.author == end.author}
    return moved.pop() if end is not None and not end.move and len(moved) == 1 and None not in words else end


_Moves = list[tuple[MarkKind, int, int, str]]


def _moves(paragraph: StoryParagraph) -> _Moves:
    kinds = {RevisionKind.MOVED_FROM: MarkKind.DELETION, RevisionKind.MOVED_TO: MarkKind.INSERTION}
    return [(kinds[each.kind], each.start, each.end, each.move) for each in paragraph.revisions if each.kind in kinds]


def _who(words: Text, at: int, kind: MarkKind, known: Known, moves: _Moves) -> Who | None:
    for mark in words.marks:
        if mark.kind == kind and mark.start <= at < mark.end and (kind, mark.value) not in known:
            said = read_proposal(mark.value)
            move = next((name for k, start, end, name in moves if k == kind and start <= at < end), "")
            return Who(said.author, said.time, move)
    return None


def _end(proposal: Proposal | None, kind: MarkKind, move: str, known: Known) -> Who | None:
    if proposal is None or (kind, proposal_value(proposal)) in known:
        return None
    return Who(proposal.author, proposal.time, move)


def unmarked(words: Text) -> Text:
    """Words without what says that they were put in or taken out."""
    return words.keep_marks(lambda mark: mark.kind not in {MarkKind.INSERTION, MarkKind.DELETION})


def _pointed(paragraph: StoryParagraph) -> Text:
    """A paragraph's words, with the comments that stand on none of them set on the word that they touch."""
    words = paragraph.text
    for point in paragraph.points:
        found = list(_WORD.finditer(words.string))
        before = [word for word in found if word.start() < point.offset]
        if word := before[-1] if before else next(iter(found), None):
            words = words.with_mark(word.start(), word.end(), MarkKind.COMMENT, point.id)
    return words
