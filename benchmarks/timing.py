"""Timing things side by side, and the table that says how they compare.

What is compared is measured in turns in one run, so that a busy machine slows both alike and their ratio holds.
"""

import gc
import math
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Timing(NamedTuple):
    """The times that one piece of work took, in seconds."""

    label: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """The time that 95 of 100 runs keep within: the nearest rank, so one of the times."""
        return percentile(self.seconds, 95)


def percentile(values: Sequence[float], rank: float) -> float:
    """The smallest of ``values`` that ``rank`` of 100 do not exceed (nearest rank). ValueError for no values."""
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(0, math.ceil(len(values) * rank / 100) - 1)]


def side_by_side(
    works: Mapping[str, Callable[[], object]], *, repeat: int = 7, prepare: Callable[[], object] | None = None
) -> list[Timing]:
    """Each piece of work timed ``repeat`` times, in turns, after one run that does not count.

    ``prepare`` runs, untimed, before each run. Garbage is collected before a run and not during it.
    """
    seconds: dict[str, list[float]] = {label: [] for label in works}
    for turn in range(repeat + 1):
        for label, work in works.items():
            if prepare:
                prepare()
            took = timed(work)
            if turn:
                seconds[label].append(took)
        print(f"\r{turn}/{repeat}", end="", file=sys.stderr, flush=True)
    print("\r", end="", file=sys.stderr)
    return [Timing(label, tuple(taken)) for label, taken in seconds.items()]


def timed(work: Callable[[], object]) -> float:
    """The seconds that one run of ``work`` takes."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start
    finally:
        gc.enable()


def table(title: str, timings: Sequence[Timing], *, against: str, goal: float | None = None) -> str:
    """A Markdown table of the timings, each with its ratio to the one labelled ``against``.

    ``goal`` is the largest ratio that the others should have; the table says which keep it.
    """
    base = next(each for each in timings if each.label == against)
    lines = [f"### {title}", "", "| what | median | p95 | ratio of medians | goal |", "|---|---:|---:|---:|---|"]
    for each in timings:
        ratio = each.median / base.median
        if each is base:
            verdict = "compared with"
        elif goal is None:
            verdict = ""
        else:
            verdict = f"≤ {goal:g} ×: {'kept' if ratio <= goal else 'missed'}"
        lines.append(f"| {each.label} | {readable(each.median)} | {readable(each.p95)} | {ratio:.2f} | {verdict} |")
    return "\n".join(lines)


def readable(seconds: float) -> str:
    """A time with three figures and the unit that suits it."""
    for unit, factor in (("s", 1.0), ("ms", 1e3)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"
