"""Adds files to an archive until it is done or killed; run as ``python _importer.py whole|careless ARCHIVE PATH...``.

``careless`` is the control of the tests that kill it: it writes without transactions.
"""

import contextlib
import sys
from pathlib import Path

from briefpack.archive import Archive, importing


def be_careless() -> None:
    """Every statement is written by itself."""

    def add(session: importing._Session, path: Path, cancelled: object) -> bool:
        session.add(path, cancelled)
        return True

    importing.writing = contextlib.nullcontext
    importing._Session.add_whole = add


if __name__ == "__main__":
    importing._BATCH_SECONDS = 0.02  # many transactions, so that a kill can fall between any two
    if sys.argv[1] == "careless":
        be_careless()
    folder, *paths = map(Path, sys.argv[2:])
    with Archive.open(folder) as archive:
        sys.stdout.write("open\n")
        sys.stdout.flush()
        archive.add(paths)
