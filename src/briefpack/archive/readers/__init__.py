"""The formats that the archive reads, one module each; ``docs/archive.md`` says how to add one."""

from collections.abc import Callable
from pathlib import Path

from briefpack.archive.readers import plain_text, site_dump, word
from briefpack.archive.readers.base import Found, Reader, Reading
from briefpack.errors import UserError
from briefpack.safety.isolate import run_isolated

READERS: tuple[Reader, ...] = (site_dump.READER, plain_text.READER, word.READER)
"""Every reader; of those that share a suffix, the first that recognises a file reads it."""

SUFFIXES = frozenset().union(*(reader.suffixes for reader in READERS))
"""The suffixes of the files that can be read."""

_SECONDS = 30

__all__ = ["READERS", "SUFFIXES", "Found", "Reader", "Reading", "read"]


def read(data: bytes, path: Path, cancelled: Callable[[], bool] = lambda: False) -> Reading:
    """The documents in the bytes of the file at ``path``. Raises UserError where there are none to be read."""
    suffix = path.suffix.lower()
    for reader in READERS:
        if suffix in reader.suffixes and reader.recognises(data):
            reading = _read(reader, data, path, cancelled)
            if not any(document.rows for document in reading.documents):
                raise UserError("There is no text in this file", where=path)
            return reading
    raise UserError(f"The archive does not read {suffix or 'such'} files", where=path, do="Save it as .docx or .txt")


def _read(reader: Reader, data: bytes, path: Path, cancelled: Callable[[], bool]) -> Reading:
    if not reader.isolated:
        return reader.read(data, path.stem)
    return run_isolated(reader.read, data, path.stem, seconds=_SECONDS, where=path, cancelled=cancelled)
