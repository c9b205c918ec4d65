"""The rows of a table: where each that was sent is now."""

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from briefpack.pack.model import Table
from briefpack.review.chains import Order
from briefpack.review.model import DropRow, PutRow, Step


class Rows:
    """A table as it is now, against its rows as they were sent with what was taken.

    Args:
        now: the table.
        sent: the words of its rows as they were sent.
        taken: the rows that were put in and taken out.
        changed: the rows in whose cells changes were taken.
    """

    def __init__(
        self,
        now: Table,
        sent: Sequence[Sequence[str]],
        taken: Sequence[tuple[Order, Step]],
        changed: Collection[int],
    ) -> None:
        self._sent = sent
        self._taken = sorted(taken, key=lambda each: each[0])
        gone = {step.row for _, step in taken if isinstance(step, DropRow)}
        expected: list[tuple[int, Order, tuple[str, ...]]] = []
        for number in range(len(sent) + 1):
            for order, step in self._taken:
                if isinstance(step, PutRow) and step.row == number:
                    expected.append((-1 - number, order, tuple(cell.string for cell in step.cells)))
            if number < len(sent) and number not in gone:
                expected.append((number, (-1, -1), tuple(sent[number])))
        self._expected = expected
        present = [tuple(cell.string for cell in row) for row in now.rows]
        self._places = _aligned([words for _, _, words in expected], present)
        self.whole = len(present) == len(expected) and all(
            words == present[at] or number in changed or number < 0 for at, (number, _, words) in enumerate(expected)
        )
        """Whether nothing but what was taken has changed in it."""

    def place(self, row: int) -> int | None:
        """Where a row that was sent is now; None where it is gone."""
        for at, (number, _, _) in enumerate(self._expected):
            if number == row:
                return self._places.get(at)
        return None

    def gap(self, row: int, order: Order) -> int:
        """The row now before which a new one goes that was put in before a row that was sent."""
        before = -1
        for at, (number, put, _) in enumerate(self._expected):
            earlier = (number >= 0 and number < row) or (
                number < 0 and (-1 - number < row or (-1 - number == row and put < order))
            )
            if earlier and at in self._places:
                before = max(before, self._places[at])
        return before + 1


def _aligned(expected: Sequence[tuple[str, ...]], present: Sequence[tuple[str, ...]]) -> dict[int, int]:
    """By the number of an expected row that of the present one that it is."""
    if len(expected) == len(present):
        return {number: number for number in range(len(expected))}
    found: dict[int, int] = {}
    for a, b, size in SequenceMatcher(None, expected, present, autojunk=False).get_matching_blocks():
        found |= {a + step: b + step for step in range(size)}
    return found
