"""Start to first paint: the window of Briefpack against a bare PySide6 window with the same imports.

    python benchmarks/startup.py [--runs 15]

Both run in processes of their own, in turn, without a screen. Time is counted from the start of the process to the end
of the first paint of the window.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

BARE = """
import sys
from PySide6.QtCore import QAbstractItemModel, QSettings, QTimer
from PySide6.QtGui import QAction, QIcon, QTextDocument
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTextEdit, QTreeView
app = QApplication(sys.argv[:1])
app.setStyle("Fusion")
window = QMainWindow()
window.setCentralWidget(QTextEdit())
window.resize(1280, 712)
{first_paint}
"""

OURS = """
import sys
from PySide6.QtWidgets import QApplication
from briefpack.desktop.app import Desktop
app = QApplication(sys.argv[:1])
from pathlib import Path
desktop = Desktop(app, Path(sys.argv[1], "archive"), Path(sys.argv[1]))
window = desktop.window
{first_paint}
"""

FIRST_PAINT = """
import os, time
window.show()
app.processEvents()
window.repaint()
print(time.time_ns(), flush=True)
os._exit(0)
"""


def once(code: str, folder: str) -> float:
    """Milliseconds from the start of a process to its first paint."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": folder, "APPDATA": folder}
    began = time.time_ns()
    done = subprocess.run(
        [sys.executable, "-c", code, folder], env=environment, capture_output=True, check=True, text=True
    )
    return (int(done.stdout.split()[-1]) - began) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    times: dict[str, list[float]] = {"bare": [], "briefpack": []}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs + 1):
            times["bare"].append(once(BARE.format(first_paint=FIRST_PAINT), folder))
            times["briefpack"].append(once(OURS.format(first_paint=FIRST_PAINT), folder))
    for name, measured in times.items():
        warm = sorted(measured[1:])
        print(f"{name:10} best {warm[0]:6.0f} ms   median {statistics.median(warm):6.0f} ms")
    ratio = statistics.median(times["briefpack"][1:]) / statistics.median(times["bare"][1:])
    print(f"ratio of medians {ratio:.2f} (goal: at most 1.5)")


if __name__ == "__main__":
    main()
