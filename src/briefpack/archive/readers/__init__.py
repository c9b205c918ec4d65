"""The formats that the archive reads, one module each; ``docs/archive.md`` says how to add one."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from briefpack.archive.readers import mail, markdown, pdf, plain_text, site_dump, web_page, word
from briefpack.archive.readers.base import Attached, Found, Reader, Reading, Unread, reason
from briefpack.errors import UserError
from briefpack.safety.isolate import run_isolated

READERS: tuple[Reader, ...] = (
    site_dump.READER,
    plain_text.READER,
    markdown.READER,
    word.READER,
    pdf.READER,
    web_page.READER,
    web_page.ARCHIVE,
    mail.READER,
    mail.MAILBOX,
)
"""Every reader; of those that share a suffix, the first that recognises a file reads it."""

SUFFIXES = frozenset().union(*(reader.suffixes for reader in READERS))
"""The suffixes of the files that can be read."""

_INSTEAD = {
    ".msg": "Save it in Outlook as .eml, or as .mht",
    ".pst": "Save the messages that you need as .eml",
    ".zip": "Unpack it and add what is in it",
}
"""What to do with files of formats that are not read but are often at hand."""

_DEEPEST = 5
"""How many files may lie in each other."""

_Read = Callable[[bytes, Path], Reading]
"""Reads the bytes of a file, without what is attached."""


__all__ = ["READERS", "SUFFIXES", "Attached", "Found", "Reader", "Reading", "Unread", "read", "reader_of", "with_text"]


def read(
    data: bytes, path: Path, cancelled: Callable[[], bool] = lambda: False, run: Callable[..., Reading] = run_isolated
) -> Reading:
    """The documents in the bytes of the file at ``path``, and in the files attached to them.

    ``run`` calls a function in a child process. Raises UserError where there are none to be read.
    """

    def within(data: bytes, path: Path) -> Reading:
        return _read(data, path, cancelled, run)

    return with_text(_with_attached(within(data, path), within, depth=1), path)


def with_text(reading: Reading, path: Path) -> Reading:
    """``reading``, which is of the file at ``path``. UserError where there is nothing in it to be read."""
    if any(document.rows for document in reading.documents):
        return reading
    if reading.unread:
        part, why = reading.unread[0].part, reading.unread[0].why
        raise UserError(
            f"There is no text in this file but for “{part}”, which could not be read: {why.rstrip('.')}", where=path
        )
    raise UserError("There is no text in this file", where=path)


def reader_of(data: bytes, path: Path) -> Reader:
    """The reader of a file. UserError where there is none."""
    suffix = path.suffix.lower()
    for reader in READERS:
        if suffix in reader.suffixes and reader.recognises(data):
            return reader
    do = _INSTEAD.get(suffix, "Save it as .pdf, .docx or .txt")
    raise UserError(f"The archive does not read {suffix or 'such'} files", where=path, do=do)


def _read(data: bytes, path: Path, cancelled: Callable[[], bool], run: Callable[..., Reading]) -> Reading:
    reader = reader_of(data, path)
    if not reader.isolated:
        return reader.read(data, path.stem)
    return run(reader.read, data, path.stem, seconds=reader.seconds, where=path, cancelled=cancelled)


def _with_attached(reading: Reading, read: _Read, depth: int) -> Reading:
    """``reading`` with what is in the files attached to it; of one that cannot be read, why."""
    documents, unread = list(reading.documents), list(reading.unread)
    for each in reading.attached:
        try:
            within = _attached(each, read, depth)
        except UserError as error:
            unread.append(Unread(each.name, reason(error)))
            continue
        documents += [replace(found, not_after=found.not_after or each.not_after) for found in within.documents]
        unread += [Unread(f"{each.name} ▸ {one.part}", one.why) for one in within.unread]
    return replace(reading, documents=tuple(documents), attached=(), unread=tuple(unread))


def _attached(each: Attached, read: _Read, depth: int) -> Reading:
    """What is in an attached file. UserError where it has no text, or was attached to what was attached too often."""
    if depth > _DEEPEST:
        raise UserError(f"It is a file in a file, more than {_DEEPEST} deep")
    path = Path(each.name)
    reading = _with_attached(read(each.data, path), read, depth + 1)
    if not reading.unread and not any(document.rows for document in reading.documents):
        raise UserError("There is no text in it")
    return reading
