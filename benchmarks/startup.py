"""Start to first paint: the window of Briefpack against a bare PySide6 window with the same imports.

    python benchmarks/startup.py [--runs 15]

All run in processes of their own, in turn, without a screen. Time is counted from the start of the process to the end
of the first paint of the window. "The same imports" are the classes of Qt and the modules, other than Briefpack's own,
that Briefpack has loaded by then (PySide makes a class when it is first imported); "bare" loads what a window needs.
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
{imports}
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

LOADED = """
import sys
from briefpack.desktop.app import Desktop
ours = [module for name, module in sys.modules.items() if name.partition(".")[0] == "briefpack"]
classes = {each for module in ours for each in vars(module).values() if isinstance(each, type)}
for each in sorted(classes, key=lambda each: each.__qualname__):
    if each.__module__.startswith("PySide6.") and "." not in each.__qualname__:
        print(f"from {each.__module__} import {each.__qualname__}")
for name in sys.modules:
    if name.partition(".")[0] not in {"briefpack", "PySide6", "shiboken6", "__main__"}:
        print(f"import {name}")
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
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    began = time.time_ns()
    done = subprocess.run(
        [sys.executable, "-c", code, folder], env=environment, capture_output=True, check=True, text=True
    )
    return (int(done.stdout.split()[-1]) - began) / 1e6


def same_imports() -> str:
    """The imports of everything, apart from Briefpack itself, that is loaded before its window can be made."""
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, check=True, text=True)
    return "\n".join(f"try:\n    {line}\nexcept ImportError:\n    pass" for line in done.stdout.splitlines())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    works = {
        "bare": BARE.format(imports="", first_paint=FIRST_PAINT),
        "same imports": BARE.format(imports=same_imports(), first_paint=FIRST_PAINT),
        "briefpack": OURS.format(first_paint=FIRST_PAINT),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs + 1):
            for name, code in works.items():
                times[name].append(once(code, folder))
    medians = {name: statistics.median(measured[1:]) for name, measured in times.items()}
    for name, measured in times.items():
        ratio = medians["briefpack"] / medians[name]
        print(
            f"{name:14} best {min(measured[1:]):5.0f} ms  median {medians[name]:5.0f} ms  briefpack takes {ratio:.2f} x"
        )
    print("goal: at most 1.5 x a bare window with the same imports")


if __name__ == "__main__":
    main()
