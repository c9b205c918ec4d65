"""Adds files to an archive and kills itself in the midst of it: ``python _importer.py whole|careless N ARCHIVE PATH...``.

It is gone, as after ``kill -9``, before its N-th statement to the database; with 0 it does all, and prints how many
statements there were. ``careless`` is the control: it writes without transactions.
"""

import contextlib
import os
import signal
import sys
from pathlib import Path

from briefpack.archive import Archive, importing
from briefpack.archive.embedded import Embedded


def be_careless() -> None:
    """Every statement is written by itself."""

    def add(session: importing._Session, path: Path, cancelled: object) -> bool:
        session.add(path, cancelled)
        return True

    Embedded.writing = lambda connection: contextlib.nullcontext()
    importing._Session.add_whole = add


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
    if sys.argv[1] == "careless":
        be_careless()
    folder, *paths = map(Path, sys.argv[3:])
    with Archive.open(folder) as archive:
        fuse = Fuse(int(sys.argv[2]))
        archive._connection.exec_trace = fuse
        archive.add(paths)
        sys.stdout.write(f"{fuse.burnt}\n")
