"""Tracked insertions and deletions of a pack's own text, accepted or rejected."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from briefpack.pack.edits.places import splice
from briefpack.pack.model import AnyBlock, Biography, Image, Pack, Table, TextBlock, texts_of
from briefpack.pack.proposals import Piece, Proposed, proposed
from briefpack.pack.text import MarkKind, Text


def accept_changes(pack: Pack, changes: Iterable[Proposed]) -> Pack:
    """Some of the pack's proposed changes made: what comes stays as plain words, what goes is gone.

    A block all words of which go is gone with them, and so is a row of a table, or a point of a biography. Comments on
    words that go stay in the pack, without a place.
    """
    return _settled(pack, changes, accepted=True)


def reject_changes(pack: Pack, changes: Iterable[Proposed]) -> Pack:
    """Some of the pack's proposed changes not made: what would come is gone, with its block if it is all of that."""
    return _settled(pack, changes, accepted=False)


def accept_all_changes(pack: Pack) -> Pack:
    """Every proposed change made."""
    return accept_changes(pack, proposed(pack))


def reject_all_changes(pack: Pack) -> Pack:
    """No proposed change made."""
    return reject_changes(pack, proposed(pack))


def _settled(pack: Pack, changes: Iterable[Proposed], *, accepted: bool) -> Pack:
    pieces: dict[str, dict[int, list[Piece]]] = {}
    for change in changes:
        for piece in change.pieces:
            pieces.setdefault(piece.block, {}).setdefault(piece.part, []).append(piece)
    if not pieces:
        return pack
    body: list[AnyBlock] = []
    for block in pack.body:
        new = block if block.id not in pieces else _block(block, pieces[block.id], accepted=accepted)
        if new is not None:
            body.append(new)
    return splice(pack, 0, len(pack.body), body)


def _block(block: AnyBlock, pieces: Mapping[int, list[Piece]], *, accepted: bool) -> AnyBlock | None:
    """A block with some of its changes settled; None where nothing is left of it."""
    old = texts_of(block)
    new = [_text(text, pieces.get(part, []), accepted=accepted) for part, text in enumerate(old)]
    gone = [bool(before) and not after for before, after in zip(old, new, strict=True)]
    match block:
        case TextBlock():
            return None if gone[0] else replace(block, text=new[0])
        case Table():
            width = len(block.rows[0]) if block.rows else 0
            rows = [tuple(new[at : at + width]) for at in range(0, len(new), width)]
            emptied = [any(gone[at : at + width]) and not any(new[at : at + width]) for at in range(0, len(new), width)]
            kept = tuple(row for row, went in zip(rows, emptied, strict=True) if not went)
            return replace(block, rows=kept) if kept else None
        case Image():
            return replace(block, caption=new[0])
        case Biography():
            return replace(block, points=tuple(text for text, went in zip(new, gone, strict=True) if not went))
        case _:
            return block


def _text(text: Text, pieces: list[Piece], *, accepted: bool) -> Text:
    """A text with some of its changes settled."""
    for piece in pieces:
        if (piece.kind is MarkKind.INSERTION) == accepted:
            text = text.without_mark(piece.start, piece.end, piece.kind, piece.value)
    going = sorted((each.start, each.end) for each in pieces if (each.kind is MarkKind.INSERTION) != accepted)
    for start, end in _apart(going)[::-1]:
        text = text.replace(start, end, Text())
    return text


def _apart(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted ranges, those that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
