"""Adds files to an archive and kills itself in the midst of it: ``python _importer.py N ARCHIVE PATH...``.

It is gone, as after ``kill -9``, before its N-th statement to the database; with 0 it does all, and prints how many
statements there were.
"""

import os
import signal
import sys
from pathlib import Path

from briefpack.archive import Archive, importing


class Fuse:
    """Counts statements, and ends the process at one of them."""

    def __init__(self, length: int) -> None:
        self.burnt = 0
        self._length = length

    def __call__(self, *_: object) -> bool:
        self.burnt += 1
        if self.burnt == self._length:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        return True


if __name__ == "__main__":
    importing._BATCH_SECONDS = 0.02  # many transactions, so that a kill can fall between any two
    folder, *paths = map(Path, sys.argv[2:])
    with Archive.open(folder) as archive:
        fuse = Fuse(int(sys.argv[1]))
        archive._connection.exec_trace = fuse
        archive.add(paths)
        sys.stdout.write(f"{fuse.burnt}\n")
