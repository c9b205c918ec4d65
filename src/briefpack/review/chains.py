"""The text that was sent with the changes in it that were taken: where a place in what was sent lies by now.

A chain is a text of a block, or several paragraphs that a change joined, as one string with :data:`END` between them.
"""

from collections.abc import Sequence

from msgspec import Struct

from briefpack.pack.wording import edits

END = "\x1e"
"""The end of a paragraph in a chain; no text of a pack holds it."""

Order = tuple[int, int]
"""What of two insertions at one place comes first: the number of the copy, and of the item in it."""


class Made(Struct, frozen=True):
    """A change that was taken: places ``start`` to ``end`` of the chain became ``new``, by the item ``key``.

    ``blocks`` are the ids of the blocks that begin behind each end of a paragraph in ``new``.
    """

    start: int
    end: int
    new: str
    key: str
    order: Order
    blocks: tuple[str, ...] = ()


class Chain:
    """A text that was sent, with the changes that were taken.

    Args:
        blocks: the ids of the paragraphs that it was made of.
        texts: their strings.
        made: the changes.

    Attributes:
        string: the text that follows.
        blocks: the ids of its paragraphs.
    """

    def __init__(self, blocks: Sequence[str], texts: Sequence[str], made: Sequence[Made]) -> None:
        base = END.join(texts)
        self._gone: list[str] = [""] * len(base)  # by which item each character is gone
        self._put: dict[int, list[Made]] = {}
        for each in sorted(made, key=lambda one: one.order):
            for place in range(each.start, each.end):
                self._gone[place] = each.key
            if each.new:
                self._put.setdefault(each.end, []).append(each)
        self._at: list[int] = []  # where each character is, or would be
        self._before: list[int] = []  # where what was put in front of it begins
        self._puts: dict[str, int] = {}
        pieces: list[str] = []
        self.blocks = [blocks[0]]
        following = iter(blocks[1:])
        length = 0
        for place in range(len(base) + 1):
            self._before.append(length)
            for each in self._put.get(place, ()):
                self._puts[each.key] = length
                pieces.append(each.new)
                length += len(each.new)
                self.blocks += each.blocks
            self._at.append(length)
            if place == len(base):
                break
            block = next(following) if base[place] == END else ""
            if not self._gone[place]:
                pieces.append(base[place])
                length += 1
                if block:
                    self.blocks.append(block)
        self.string = "".join(pieces)

    def stretches(self, start: int, end: int) -> list[tuple[int, int]] | None:
        """Where the characters of a stretch that was sent are; None where one of them is gone."""
        found: list[tuple[int, int]] = []
        for place in range(start, end):
            if self._gone[place]:
                return None
            at = self._at[place]
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], at + 1)
            else:
                found.append((at, at + 1))
        return found

    def left(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where those characters of a stretch that are still there are."""
        found: list[tuple[int, int]] = []
        for place in range(start, end):
            if not self._gone[place]:
                at = self._at[place]
                if found and found[-1][1] == at:
                    found[-1] = (found[-1][0], at + 1)
                else:
                    found.append((at, at + 1))
        return found

    def gap(self, place: int, order: Order) -> int:
        """Where something that is put in at a place goes, among what was put in there before."""
        at = self._before[place]
        for each in self._put.get(place, ()):
            if each.order < order:
                at = self._puts[each.key] + len(each.new)
        return at

    def taken_out_by(self, place: int) -> str:
        """The item that took out what stood on both sides of a place; empty where something is left of it."""
        if 0 < place < len(self._gone) and self._gone[place - 1] and self._gone[place]:
            return self._gone[place]
        return ""

    def put_at(self, key: str) -> int | None:
        """Where the new words of an item begin; None where it put in none."""
        return self._puts.get(key)


class Aligned:
    """A text as it should be, and as it is since the drafter wrote in it."""

    def __init__(self, expected: str, now: str) -> None:
        self._length = len(expected)
        self._changes = edits(expected, now) if expected != now else ()

    def kept(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a stretch is now; None where it was changed, or something put in the middle of it."""
        shift = 0
        for each in self._changes:
            if each.end <= start:
                shift = each.new_end - each.end
            elif each.start < end:
                return None
        return start + shift, end + shift

    def gap(self, place: int) -> int | None:
        """Where something can be put in now; None where the words on both sides were changed."""
        shift, left, right = 0, place > 0, place < self._length
        for each in self._changes:
            if each.start < place < each.end:
                return None
            if each.start < place:
                shift = each.new_end - each.end
                left = left and each.end < place
            elif each.start == place:
                right = right and each.end == place
        if not left and not right and (self._length or self._changes):
            return None
        return place + shift
