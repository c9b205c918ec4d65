"""Adds files to an archive until it is done or killed; run as ``python _importer.py ARCHIVE PATH...``."""

import sys
from pathlib import Path

from briefpack.archive import Archive, importing

if __name__ == "__main__":
    importing._BATCH_SECONDS = 0.02  # many transactions, so that a kill can fall between any two
    folder, *paths = map(Path, sys.argv[1:])
    with Archive.open(folder) as archive:
        sys.stdout.write("open\n")
        sys.stdout.flush()
        archive.add(paths)
