"""Undo and redo: the packs that were, with what led from one to the next."""

from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefpack.pack.model import Pack

PlaceT = TypeVar("PlaceT")


class Step(Struct, Generic[PlaceT], frozen=True):
    """One change: what it is called, the pack on either side of it, and where the user was on either side."""

    label: str
    before: Pack
    after: Pack
    place_before: PlaceT | None = None
    place_after: PlaceT | None = None
    group: str = ""
    time: float = 0.0


class History(Generic[PlaceT]):
    """The changes of one sitting. Typing that belongs together is one step.

    Args:
        pack: the pack to start from.
        pause: seconds after which typing begins a new step.
        limit: how many steps are kept; the oldest go first.
    """

    def __init__(self, pack: Pack, *, pause: float = 2.0, limit: int = 3000) -> None:
        self._done: list[Step[PlaceT]] = []
        self._undone: list[Step[PlaceT]] = []
        self._pack = pack
        self._pause = pause
        self._limit = limit

    @property
    def pack(self) -> Pack:
        """The pack as it is now."""
        return self._pack

    @property
    def undo_label(self) -> str | None:
        """What would be undone next; None where there is nothing."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What would be redone next; None where there is nothing."""
        return self._undone[-1].label if self._undone else None

    def last(self, wanted: Callable[[Step[PlaceT]], bool]) -> Step[PlaceT] | None:
        """The last change that can be undone and is wanted; None where there is none."""
        return next((step for step in reversed(self._done) if wanted(step)), None)

    def push(
        self,
        pack: Pack,
        label: str,
        *,
        group: str = "",
        time: float = 0.0,
        place_before: PlaceT | None = None,
        place_after: PlaceT | None = None,
    ) -> bool:
        """Make ``pack`` the present. Returns whether that is a change; nothing is recorded for an equal pack.

        A change joins the step before it when both have the same, not empty ``group`` and no more than the pause lies
        between their ``time`` (seconds on any steady clock) and nothing was undone in between.
        """
        if pack == self._pack:
            return False
        last = self._done[-1] if self._done else None
        if last and group and not self._undone and last.group == group and time - last.time <= self._pause:
            self._done[-1] = Step(last.label, last.before, pack, last.place_before, place_after, group, time)
        else:
            self._done.append(Step(label, self._pack, pack, place_before, place_after, group, time))
            del self._done[: -self._limit]
        self._undone.clear()
        self._pack = pack
        return True

    def undo(self) -> Step[PlaceT] | None:
        """Take the last change back and return it; None where there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self._pack = step.before
        return step

    def redo(self) -> Step[PlaceT] | None:
        """Do again what was undone last and return it; None where there is none."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(replace(step, group=""))
        self._pack = step.after
        return step
