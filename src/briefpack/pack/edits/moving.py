"""A selection dragged to another place: one edit, in which blocks and comments stay what they are."""

from briefpack.pack.edits.blocks import move_blocks
from briefpack.pack.edits.places import Edited, Place, end_of, length, ordered
from briefpack.pack.edits.writing import cut_out, delete, paste
from briefpack.pack.model import Pack, TextBlock


def move_range(pack: Pack, start: Place, stop: Place, to: Place) -> Edited:
    """What lies between two places moved to a third; nothing where that lies between or beside them.

    Whole blocks stay themselves when they are dropped between blocks, and an object is never dropped into a sentence:
    it goes behind the block that it is dropped on, or before one that it is dropped at the start of.
    """
    start, stop = ordered(pack, start, stop)
    first, last, target = pack.index(start.block), pack.index(stop.block), pack.index(to.block)
    if (first, start.offset) <= (target, to.offset) <= (last, stop.offset):
        return Edited(pack, to)
    one_object = first == last and not isinstance(pack.body[first], TextBlock)
    whole = start.offset == 0 and stop.offset == length(pack.body[last])
    if whole and (one_object or to.offset in (0, length(pack.body[target]))):
        where = target if to.offset == 0 else target + 1
        return Edited(move_blocks(pack, first, last + 1, where), end_of(pack.body[last]))
    fragment = cut_out(pack, start, stop)
    cut, caret = delete(pack, start, stop)
    if to.block == stop.block:
        joined = isinstance(cut.block(caret.block), TextBlock)
        to = (
            Place(caret.block, caret.offset + to.offset - stop.offset)
            if joined
            else Place(stop.block, to.offset - stop.offset)
        )
    return paste(cut, to, to, fragment)
