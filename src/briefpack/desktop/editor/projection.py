"""A pack's block as the document shows it, and a document's block as the pack would hold it."""

from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat

from briefpack.desktop.editor import utf16
from briefpack.desktop.editor.formats import BLOCK_ID, CARD, MARKS, Formats, decode, shape_of
from briefpack.desktop.editor.tidy import OBJECT, shown
from briefpack.pack.model import AnyBlock, Biography, MeetingDetails, Pack, TextBlock
from briefpack.pack.text import Mark, Text, text


class Projected(NamedTuple):
    """What one block of the document has to be: its format, the format of text typed into it, and its runs."""

    format: QTextBlockFormat
    base: QTextCharFormat
    runs: tuple[tuple[str, QTextCharFormat], ...]

    @property
    def string(self) -> str:
        """The characters of the block."""
        return self.runs[0][0] if len(self.runs) == 1 else "".join(run for run, _ in self.runs)


def project(pack: Pack, block: AnyBlock, formats: Formats) -> Projected:
    """A block of a pack as the document shows it."""
    shape = shape_of(block)
    if not isinstance(block, TextBlock):
        card = formats.card(token(pack, block))
        return Projected(formats.block(block), formats.chars(shape), ((OBJECT, card),))
    runs = tuple(
        (shown(string), formats.chars(shape, tuple((mark.kind, mark.value) for mark in marks)))
        for string, marks in block.text.runs()
    )
    return Projected(formats.block(block), formats.chars(shape), runs)


def token(pack: Pack, block: AnyBlock) -> str:
    """What changes whenever a card's content does, so that Qt asks for its size again."""
    match block:
        case MeetingDetails():
            seen: tuple[object, ...] = (pack.meeting, pack.people)
        case Biography():
            seen = (block, pack.person(block.person))
        case _:
            seen = (block,)
    return f"{hash(seen):x}"


class Read(NamedTuple):
    """What one block of the document holds. ``card`` is whether it is one object and nothing else."""

    id: str
    text: Text
    card: bool


def read(block: QTextBlock) -> Read:
    """A block of the document, read back in full: id, characters and marks."""
    string, marks, at, cards = "", [], 0, 0
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        piece = fragment.text()
        format_ = fragment.charFormat()
        cards += len(piece) * (format_.objectType() == CARD)
        for kind, value in decode(format_.stringProperty(MARKS)):
            marks.append(Mark(at, at + len(piece), kind, value))
        string += piece
        at += len(piece)
        iterator += 1
    card = cards == 1 and string == OBJECT
    block_id = block.blockFormat().stringProperty(BLOCK_ID)
    return Read(block_id, Text() if card else text(string, marks), card)


def is_whole(block: QTextBlock, string: str) -> bool:
    """Whether ``string``, as Qt's binding gave it, is all of a block: a lone surrogate vanishes on the way."""
    return block.length() - 1 == utf16.length(string)
