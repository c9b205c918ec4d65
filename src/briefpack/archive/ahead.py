"""Files read and described on several cores, while those before them are written, and handed over in their order.

Each thread has a child process of its own, which reads one file after another: to start one takes longer than to read most
files. The connection to the database is used by one thread alone, so what is asked of it is asked when a file is looked at.
"""

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from briefpack.archive import readers
from briefpack.archive.describe import documents_of
from briefpack.archive.model import Document
from briefpack.archive.readers.base import Reading, Unread
from briefpack.archive.tagging import TagRule, tagger
from briefpack.errors import Cancelled, UserError
from briefpack.safety.isolate import Child

MOST_CHILDREN = 4

_FEW = 16
"""Files of small ones that are described here: to start a child for it takes as long as to describe a hundred."""

_LARGE, _TOO_LARGE = 512 * 1024, 8 * 1024 * 1024
"""Bytes from which a file is described in a child, when there are others; and from which it might need too much memory."""

_BYTES_A_SECOND = 100_000
"""What is described in a second at the very least, on a slow and busy computer."""

_WAITING = 64
_WAITING_BYTES = 16 * 1024 * 1024
"""Files, and bytes of them, that are read ahead at most."""

_TICK = 0.05


class Seen(Struct, frozen=True):
    """A file that is to be read: its bytes, and what the archive says of it."""

    path: Path
    digest: str
    data: bytes
    source: str


class Prepared(Struct, frozen=True):
    """A file that was read: its documents in its order."""

    digest: str
    documents: list[Document]
    newest_first: bool
    many: bool
    unread: tuple[Unread, ...]


Outcome = Prepared | UserError | int
"""What came of a file: its documents; why it is refused; or how many it has, where it is as it was."""

Look = Callable[[Path], Seen | UserError | int]
"""Looks at a file before it is read; an answer that is not :class:`Seen` is what comes of it."""


class Ahead:
    """The files of one import, read ahead."""

    def __init__(self, files: Sequence[Path], look: Look, rules: Sequence[TagRule]) -> None:
        self._left = deque(files)
        self._look = look
        self._rules = tuple(rules)
        self._threads = min(len(files), os.cpu_count() or 1, MOST_CHILDREN)
        self._pool = ThreadPoolExecutor(max(1, self._threads), thread_name_prefix="reading")
        self._children: list[Child] = []
        self._stopped = threading.Event()
        self._alone = len(files) == 1
        self._sent = 0
        self._waiting: deque[tuple[Future[Prepared | UserError] | UserError | int, int]] = deque()
        self._bytes = 0

    def next(self, cancelled: Callable[[], bool]) -> Outcome:
        """What came of the next file. Raises Cancelled where the user stops it; nothing more is asked for then."""
        if self._alone:  # to start a thread takes longer than to read most files
            seen = self._look(self._left.popleft())
            return self._prepared(seen, cancelled) if isinstance(seen, Seen) else seen
        self._fill()
        outcome, size = self._waiting[0]
        if isinstance(outcome, Future):
            while not wait((outcome,), _TICK).done:
                if cancelled():
                    raise Cancelled
            done: Outcome = outcome.result()
        else:
            done = outcome
        self._waiting.popleft()
        self._bytes -= size
        return done

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._pool.shutdown(cancel_futures=True)
        for child in self._children:
            child.close()

    def _fill(self) -> None:
        """Look at the next files, and have those that are to be read be read; one at the least."""
        while self._left and (
            not self._waiting or (len(self._waiting) < _WAITING and self._bytes < _WAITING_BYTES and self._is_short())
        ):
            seen = self._look(self._left.popleft())
            if isinstance(seen, Seen):
                self._sent += 1
                large = len(seen.data) > _LARGE
                apart = (self._sent > _FEW or large) and len(seen.data) < _TOO_LARGE
                future = self._pool.submit(self._prepared, seen, self._stopped.is_set, apart=apart)
                self._waiting.append((future, len(seen.data)))
                self._bytes += len(seen.data)
            else:
                self._waiting.append((seen, 0))

    def _is_short(self) -> bool:
        """Whether the threads will soon have nothing to do."""
        pending = sum(isinstance(each, Future) and not each.done() for each, _ in self._waiting)
        return pending <= 2 * self._threads

    def _prepared(self, seen: Seen, cancelled: Callable[[], bool], *, apart: bool = False) -> Prepared | UserError:
        """What one thread does with a file: have it read and described."""
        try:
            with self._child() as child:
                if apart and (found := self._prepared_apart(seen, child)):
                    return found
                reading = readers.read(seen.data, seen.path, cancelled, child.run)
                return prepared(reading, seen, self._rules)
        except UserError as error:
            return error

    def _prepared_apart(self, seen: Seen, child: Child) -> Prepared | None:
        """A file read and described in a child process; None where others are attached to it."""
        packed = child.run(
            _packed,
            seen,
            self._rules,
            seconds=readers.reader_of(seen.data, seen.path).seconds + len(seen.data) / _BYTES_A_SECOND,
            where=seen.path,
            cancelled=self._stopped.is_set,
        )
        return None if packed is None else msgspec.msgpack.decode(packed, type=Prepared)

    @contextlib.contextmanager
    def _child(self) -> Iterator[Child]:
        """A child that is at nothing else; as many are there as are needed at once."""
        try:
            child = self._children.pop()
        except IndexError:
            child = Child()
        try:
            yield child
        finally:
            self._children.append(child)


def prepared(reading: Reading, seen: Seen, rules: tuple[TagRule, ...]) -> Prepared:
    """The documents of a file with all that is derived of them."""
    ready = tagger(rules)
    documents = [ready.tagged(each) for each in documents_of(reading, seen.source)]
    return Prepared(seen.digest, documents, reading.newest_first, reading.many, reading.unread)


def _packed(seen: Seen, rules: tuple[TagRule, ...]) -> bytes | None:
    """The same, all in this process, as it comes out of a child: many times as fast as whole objects."""
    reading = readers.reader_of(seen.data, seen.path).read(seen.data, seen.path.stem)
    if reading.attached:
        return None
    return msgspec.msgpack.encode(prepared(readers.with_text(reading, seen.path), seen, rules))
