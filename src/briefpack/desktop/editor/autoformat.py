"""What typing one character brings with it: smart quotes and dashes, lists and headings from their signs. No Qt here.

Each is an edit of its own behind the typing, so that one undo takes it back and leaves what was typed.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from briefpack.desktop.editor import pairs
from briefpack.pack import edits
from briefpack.pack.edits import Edited, Place, insert_text
from briefpack.pack.edits.writing import delete
from briefpack.pack.model import Pack, Paragraph, TextBlock
from briefpack.pack.text import Mark, Text, text


class Options(NamedTuple):
    """What is done while the user types.

    Args:
        smart: straight quotes become curly ones, hyphens between words dashes.
        shapes: ``- ``, ``1. ``, ``# `` and ``> `` at the start of a paragraph make it a bullet, a number, a heading, a
            quotation; ``q: ``, ``a: `` and ``if pressed: `` what :mod:`.pairs` says.
    """

    smart: bool = True
    shapes: bool = True


class Automatic(NamedTuple):
    """A change that followed from typing: what undo calls it, the pack, and the caret in it."""

    label: str
    pack: Pack
    caret: Place


_OPENS = frozenset(" \t\n\xa0([{<–—/‘“\u2009\u202f")
"""Behind these, or at the start of a block, a quotation mark opens."""

_SPACED = re.compile(r"(?<=[^\s])[ \xa0](--?)[ \xa0]\Z")
_TIGHT = re.compile(r"(?<=\w)(--)\w\Z")
_YEARS = re.compile(r"(?:\A|[\s(\[–—])(‘)\d\d\Z")

_SIGN = re.compile(r"(?P<bullet>[-*•])|(?P<number>1[.)])|(?P<heading>#{1,6})|(?P<quote>>)")


def follows(pack: Pack, caret: Place, typed: str, options: Options) -> Automatic | None:
    """What follows from ``typed``, the one character before the caret, having been typed; None where nothing does."""
    block = pack.block(caret.block)
    if len(typed) != 1 or not isinstance(block, TextBlock):
        return None
    if options.shapes and typed == " ":
        if isinstance(block, Paragraph) and (shaped := _shaped(pack, block, caret)):
            return shaped
        if found := pairs.follows(pack, caret):
            return Automatic(found[0], *found[1])
    return _smart(pack, block.text, caret, typed) if options.smart else None


def _smart(pack: Pack, said: Text, caret: Place, typed: str) -> Automatic | None:
    """A quotation mark or dash put right."""
    before = said.string[: caret.offset]
    if typed in "\"'":
        opens = len(before) == 1 or before[-2] in _OPENS
        wanted = ("“" if opens else "”") if typed == '"' else ("‘" if opens else "’")
        return _replaced(pack, said, caret, (caret.offset - 1, caret.offset), wanted, "Smart quotes")
    if typed in " \xa0" and (found := _SPACED.search(before)):
        return _replaced(pack, said, caret, found.span(1), "–", "Smart dash")
    if found := _TIGHT.search(before):
        return _replaced(pack, said, caret, found.span(1), "—", "Smart dash")
    if typed.isdecimal() and (found := _YEARS.search(before)):
        return _replaced(pack, said, caret, found.span(1), "’", "Smart quotes")
    return None


def _replaced(pack: Pack, said: Text, caret: Place, span: tuple[int, int], new: str, label: str) -> Automatic:
    """The characters of a span replaced by one, which keeps their marks; the caret stays behind what was typed."""
    start, stop = span
    kept = text(new, (Mark(0, len(new), mark.kind, mark.value) for mark in said.marks_at(start)))
    put = insert_text(pack, Place(caret.block, stop), kept).pack
    changed = delete(put, Place(caret.block, start), Place(caret.block, stop)).pack
    return Automatic(label, changed, Place(caret.block, caret.offset + len(new) - (stop - start)))


def _shaped(pack: Pack, block: Paragraph, caret: Place) -> Automatic | None:
    """A paragraph made what the sign at its start says, without the sign."""
    found = _SIGN.fullmatch(block.text.string[: caret.offset - 1])
    if found is None:
        return None
    changed: Edited = delete(pack, Place(block.id, 0), caret)
    kind = str(found.lastgroup)
    return Automatic(_LABELS[kind], _SHAPES[kind](changed.pack, block.id, found[0]), Place(block.id, 0))


_LABELS = {"bullet": "Bullets", "number": "Numbered list", "heading": "Heading", "quote": "Quotation"}

_SHAPES: dict[str, Callable[[Pack, str, str], Pack]] = {
    "bullet": lambda pack, block, _sign: edits.as_list(pack, (block,)),
    "number": lambda pack, block, _sign: edits.as_list(pack, (block,), ordered=True),
    "heading": lambda pack, block, sign: edits.as_heading(pack, (block,), len(sign)),
    "quote": lambda pack, block, _sign: edits.as_quote(pack, (block,)),
}
