"""Spelling: a keystroke to paint with it on against it off, and how long a pack of 300 pages takes to be gone through.

One word in forty is misspelt, twice as many as in a hurried draft. Both editors stand in one process and are typed into in
turns. Run with ``python -m benchmarks.spelling``.
"""

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from msgspec.structs import replace
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.keystroke import KEYS, SIZE, WORDS, Editor, showing, stroke
from benchmarks.packs import make_pack
from benchmarks.timing import percentile, readable
from briefpack.desktop.jobs import Worker
from briefpack.desktop.spelling.checker import SpellChecker
from briefpack.desktop.workspace import Workspace
from briefpack.pack.measure import word_count
from briefpack.pack.model import Pack, TextBlock
from briefpack.pack.text import text
from briefpack.spelling import load
from briefpack.spelling.own import OwnDictionary

ONE_IN = 40


def misspelt(pack: Pack) -> Pack:
    """A pack in which one long word in so many has two letters swapped. Marks stay where they are."""
    chance = random.Random(7)

    def spoilt(word: str) -> str:
        at = len(word) // 2
        swapped = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
        return swapped if len(word) > 5 and chance.random() * ONE_IN < 2 else word

    def changed(block: TextBlock) -> TextBlock:
        words = " ".join(map(spoilt, block.text.string.split(" ")))
        return replace(block, text=text(words, block.text.marks))

    return replace(pack, body=tuple(changed(b) if isinstance(b, TextBlock) else b for b in pack.body))


def until(signal: QObject) -> None:
    """Run Qt until a signal is sent."""
    loop = QEventLoop()
    signal.connect(loop.quit)  # type: ignore[attr-defined]  # a bound signal
    loop.exec()


class Longest:
    """The longest time that the event loop did not come round."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.seconds = 0.0
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.seconds, self._last = max(self.seconds, now - self._last), now


def strokes(app: QApplication, editors: tuple[Editor, Editor], fraction: float) -> tuple[list[float], list[float]]:
    """Keys typed into two editors in turns, in the paragraph nearest to a fraction of the document."""
    body = editors[0].pack().body
    index = min(
        (i for i, block in enumerate(body) if isinstance(block, TextBlock) and len(block.text) > 100),
        key=lambda at: abs(at - fraction * (len(body) - 1)),
    )
    for editor in editors:
        cursor = QTextCursor(editor.document().findBlockByNumber(index))
        cursor.movePosition(QTextCursor.MoveOperation.Right, n=60)
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()
    QTest.qWait(600)  # the pauses of typing are over, and what waited for them is done
    times: tuple[list[float], list[float]] = ([], [])
    for key in range(KEYS):
        for editor, taken in zip(editors, times, strict=True):
            taken.append(stroke(app, editor, WORDS[key % len(WORDS)]))
        if key % 8 == 7:
            QTest.qWait(45)
        if key % 80 == 79:
            QTest.qWait(300)  # long enough for the pack to be gone through, which the next keys must not feel
    return times


def resident() -> float:
    """The most memory that this process has had, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def timed_load() -> tuple[float, float]:
    """Seconds and MB that loading the dictionary takes."""
    before, start = resident(), time.perf_counter()
    load()
    return time.perf_counter() - start, resident() - before


def main() -> None:
    seconds, megabytes = timed_load()
    app = QApplication([])
    app.setStyle("Fusion")
    pack = misspelt(make_pack(300, comments=200).pack)
    own = OwnDictionary(Path(tempfile.mkdtemp()) / "dictionary.txt")
    worker = Worker("spelling")
    off, on = (Editor(Workspace(pack), lambda _name: None) for _ in range(2))
    for editor in (off, on):
        editor.resize(*SIZE)
        showing(app, editor)
    checker = SpellChecker(on.workspace, own, worker, on)
    on.underline(checker.underlined)
    checker.changed.connect(on.viewport().update)
    QTest.qWait(200)
    longest, start = Longest(), time.perf_counter()
    checker.switch(True)
    until(checker.settled)
    whole = time.perf_counter() - start
    print(f"The dictionary is loaded in {readable(seconds)} and takes {megabytes:.0f} MB.\n")
    print(
        f"300 pages ({word_count(pack):,} words) are gone through in {readable(whole)}, the dictionary loaded on the way: "
        f"{checker.count:,} misspellings. The window answered within {readable(longest.seconds)} all the time.\n"
    )
    print("| place | off p50 | p95 | on p50 | p95 | ratio p50 | ratio p95 |\n|---|---:|---:|---:|---:|---:|---:|")
    places: dict[str, float] = {"start": 0.02, "middle": 0.5, "end": 0.97}
    for place, fraction in places.items():
        figures = [percentile(each, rank) for each in strokes(app, (off, on), fraction) for rank in (50, 95)]
        shown = " | ".join(map(readable, figures))
        print(f"| {place} | {shown} | {figures[2] / figures[0]:.2f} | {figures[3] / figures[1]:.2f} |")
    everything: Callable[[], object] = checker.everything
    start = time.perf_counter()
    everything()
    print(f"\nF7 knows all misspellings in {readable(time.perf_counter() - start)}.")
    start = time.perf_counter()
    tried = ("recieve", "comittee", "goverment", "acheivement", "responsability", "enviromental")
    for word in tried:
        checker.suggestions(word)
    print(f"What may have been meant is there in {readable((time.perf_counter() - start) / len(tried))} a word.")
    worker.close()


if __name__ == "__main__":
    main()
