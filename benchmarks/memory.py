"""How much memory the window takes with a pack of 300 pages, and an archive that is searched in.

    .venv/bin/python -m benchmarks.memory ARCHIVE

Linux alone: the figure is the resident set of the process, what it shares with others included, and its peak.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.packs import make_pack
from briefpack.packfile import new_file, save

GOAL = 250

WINDOW = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from briefpack.desktop.app import Desktop

def told(what):
    lines = Path("/proc/self/status").read_text().splitlines()
    sizes = {key: int(words.split()[0]) / 1024 for key, _, words in (line.partition(":") for line in lines) if "kB" in words}
    print(f"| {what} | {sizes['VmRSS']:.0f} MB | {sizes['VmHWM']:.0f} MB |", flush=True)

def wait(seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()

app = QApplication(sys.argv[:1])
pack, archive, data = map(Path, sys.argv[1:])
desktop = Desktop(app, archive, data)
desktop.window.show()
desktop.settle()
wait(1)
told("the window")
desktop.documents.open(pack)
wait(4)
told("with a pack of 300 pages")
panel = desktop.window.side.archive
for query in ("children", "social funding", "tr", "regional adoption agency", '"social workers"'):
    panel.field.setText(query)
    panel.search()
    wait(2)
    assert panel.list.model().rowCount(), query
told("and five searches in the archive")
desktop.close()
"""


def main() -> None:
    made = make_pack(300, comments=300, pictures=0)
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder, "large.briefpack")
        save(new_file(made.pack, made.media), pack)
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": folder, "APPDATA": folder}
        print("| what | resident | peak |\n|---|---:|---:|", flush=True)
        subprocess.run([sys.executable, "-c", WINDOW, str(pack), sys.argv[1], folder], env=environment, check=True)
    print(f"\ngoal: at most {GOAL} MB")


if __name__ == "__main__":
    main()
