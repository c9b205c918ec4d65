"""Which actions hold the window up: the longest time that the event loop does not come round after each.

The whole window with a pack of 300 pages and 500 comments. Run with ``python -m benchmarks.blocking``.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.packs import make_pack
from benchmarks.spelling import Longest
from benchmarks.timing import readable
from briefpack.desktop.app import Desktop
from briefpack.packfile import new_file, save

GOAL = 0.05
ACTIONS = (
    "view.comments", "view.lines", "view.objects", "view.people", "view.document", "format.bold", "edit.undo",
    "edit.section_down", "edit.undo", "edit.move_down", "edit.undo", "review.next", "view.dark", "view.light",
    "view.zoom_in", "view.zoom_reset", "file.save",
)  # fmt: skip


def held_up(act: Callable[[], object], wait: int = 1200) -> float:
    """The longest time in seconds from asking for something until so many milliseconds after it."""
    longest = Longest()
    QTest.qWait(50)
    longest.seconds = 0.0
    act()
    QTest.qWait(wait)
    return longest.seconds


def main() -> None:
    app = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, name)
        pack = folder / "long.briefpack"
        save(new_file(make_pack(300, comments=500).pack), pack)
        desktop = Desktop(app, folder / "archive", folder / "data")
        desktop.window.show()
        desktop.settle()
        print("| action | held up for | goal 50 ms |\n|---|---:|---|")
        measured = [("open", held_up(lambda: desktop.documents.open(pack), 4000))]
        measured += [(each, held_up(desktop.window.actions_[each].trigger)) for each in ACTIONS]
        for action, seconds in measured:
            print(f"| {action} | {readable(seconds)} | {'kept' if seconds <= GOAL else 'missed'} |")
        desktop.documents.forget_changes()
        desktop.window.close()
        desktop.close()


if __name__ == "__main__":
    main()
