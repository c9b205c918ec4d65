"""The tracked insertions and deletions that stand in a pack's own text, as a person would count them."""

import datetime as dt

from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.model import Pack, TextBlock, texts_of
from briefpack.pack.text import Mark, MarkKind
from briefpack.pack.tracked import read_proposal

TRACKED = frozenset({MarkKind.INSERTION, MarkKind.DELETION})
"""The kinds of mark that propose a change."""


class Piece(Struct, frozen=True):
    """Characters ``start`` up to ``end`` of the ``part``-th text of a block that are proposed to come or to go."""

    block: str
    part: int
    start: int
    end: int
    kind: MarkKind
    value: str


class Proposed(Struct, frozen=True):
    """One change that somebody proposes: what goes, what comes, or the one for the other; over several blocks if need be.

    ``before`` and ``after`` are the words that it takes out and puts in, those of different blocks separated by newlines.
    """

    pieces: tuple[Piece, ...]
    before: str = ""
    after: str = ""

    @property
    def author(self) -> str:
        """Who proposes it; empty where that is not known."""
        return read_proposal(self.pieces[0].value).author

    @property
    def time(self) -> dt.datetime | None:
        """When it was proposed, as far as that is known."""
        return read_proposal(self.pieces[0].value).time

    @property
    def what(self) -> str:
        """What it is, in a word."""
        return "Replacement" if self.before and self.after else "Deletion" if self.before else "Insertion"


def proposed(pack: Pack) -> tuple[Proposed, ...]:
    """Every change that is proposed in a pack's text, in reading order.

    A deletion and an insertion of one author side by side are one, and so is what goes on over the end of a paragraph.
    """
    found: list[Proposed] = []
    last: tuple[str, bool] | None = None  # the block before, and whether a change reached its end
    for block in pack.body:
        for part, text in enumerate(texts_of(block)):
            goes_on = last is not None and last[1] and isinstance(block, TextBlock)
            for mark in (mark for mark in text.marks if mark.kind in TRACKED):
                piece = Piece(block.id, part, mark.start, mark.end, mark.kind, mark.value)
                words = text.string[mark.start : mark.end]
                if found and (_beside(found[-1], piece) or (goes_on and mark.start == 0 and _same(found[-1], mark))):
                    joint = "" if found[-1].pieces[-1].block == block.id else "\n"
                    found[-1] = _grown(found[-1], piece, joint, words)
                else:
                    found.append(_grown(Proposed((piece,)), None, "", words))
                goes_on = False
        ends = isinstance(block, TextBlock) and _reaches_end(found, block)
        last = (block.id, ends)
    return tuple(found)


def proposed_at(pack: Pack, block: str, offset: int) -> Proposed | None:
    """The change that stands at a place of a text block, or ends there; None where there is none."""
    touching = [
        change
        for change in proposed(pack)
        if any(piece.block == block and piece.start <= offset <= piece.end for piece in change.pieces)
    ]
    inside = (c for c in touching if any(p.block == block and p.start <= offset < p.end for p in c.pieces))
    return next(inside, touching[0] if touching else None)


def _grown(change: Proposed, piece: Piece | None, joint: str, words: str) -> Proposed:
    added = piece or change.pieces[0]
    pieces = change.pieces if piece is None else (*change.pieces, piece)
    if added.kind is MarkKind.DELETION:
        return replace(change, pieces=pieces, before=change.before + (joint if change.before else "") + words)
    return replace(change, pieces=pieces, after=change.after + (joint if change.after else "") + words)


def _beside(change: Proposed, piece: Piece) -> bool:
    """Whether a piece goes on where a change of the same author ended, in the same text."""
    last = change.pieces[-1]
    return (
        (last.block, last.part, last.end) == (piece.block, piece.part, piece.start)
        and last.kind is not piece.kind
        and read_proposal(last.value).author == read_proposal(piece.value).author
        and piece.kind not in {each.kind for each in change.pieces if each.block == piece.block}
    )


def _same(change: Proposed, mark: Mark) -> bool:
    return {(piece.kind, piece.value) for piece in change.pieces} == {(mark.kind, mark.value)}


def _reaches_end(found: list[Proposed], block: TextBlock) -> bool:
    if not found or not block.text:
        return False
    last = found[-1].pieces[-1]
    return (last.block, last.end) == (block.id, len(block.text))
