"""The archive of a department, with the copies and the personal things that each computer keeps.

Documents, their index, corrections, acronyms and tag rules are on the server, for everybody. Saved searches, the history and
watched folders are one's own: they are in an SQLite archive beside the user's own one. So is a copy of every document
that was opened or clipped here. While the server cannot be reached, that local archive answers in its place, and
``offline`` says so; what is written waits for the server.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self, Unpack

from msgspec.structs import replace

from briefpack.archive import corrections
from briefpack.archive.address import named, shown
from briefpack.archive.archive import Archive
from briefpack.archive.database import Database
from briefpack.archive.glossary import Glossary
from briefpack.archive.model import Added, Document, Filters, Results, SavedSearch
from briefpack.archive.shared import failures
from briefpack.archive.shared.opening import prepare
from briefpack.archive.shared.pulled import keep, known_as
from briefpack.archive.shared.server import Server
from briefpack.archive.store import default_folder
from briefpack.archive.tagging import TagRule
from briefpack.errors import UserError

_ASK = "Ask whoever looks after it for an account that may add and correct"


def folder_of(address: str) -> Path:
    """Where this computer keeps what belongs to a shared archive; the password has no part in it."""
    return default_folder().parent / "shared" / hashlib.sha256(shown(address).encode()).hexdigest()[:16]


class SharedArchive(Archive):
    """A shared archive. ``offline`` is why the server cannot be reached now, empty where it can."""

    def __init__(self, address: str, *, make: bool = False) -> None:
        self._address = address
        self._make = make
        self._server = Server(address)
        self._local = Archive.open(folder_of(address))
        self._prepared = False
        self._stale = False
        self._may_write = False
        super().__init__(self._local.folder, self._server)

    @classmethod
    def open_at(cls, address: str, *, make: bool = False) -> Self:
        """The shared archive at an address; its tables are made where there are none and that is wanted.

        Raises:
            UserError: there is no such archive, or it may not be opened; or it cannot be reached, and nothing of it was
                ever read on this computer.
        """
        archive = cls(address, make=make)
        try:
            archive._choose()
            if archive.offline and not archive._local.stats().documents:
                raise archive._trouble()
        except BaseException:
            archive.close()
            raise
        return archive

    @property
    def name(self) -> str:
        """What the archive is called in a line of text."""
        return named(self._address)

    @property
    def address(self) -> str:
        """Its address without a password."""
        return shown(self._address)

    @property
    def offline(self) -> str:
        """Why the documents that were read on this computer answer in the place of all of them; empty where they do not."""
        if self._connection is self._server:
            return ""
        return f"{self.name} cannot be reached; this is what was read on this computer"

    @property
    def read_only(self) -> bool:
        """Whether this account may only read."""
        return self._prepared and not self._may_write

    def reader(self) -> "SharedArchive":
        """Another connection: for another thread, or to search while something is being added."""
        return type(self).open_at(self._address)

    def close(self) -> None:
        """Let go of the server and of the local archive. Closing twice is one closing."""
        self._server.close()
        self._local.close()

    def interrupt(self) -> None:
        """Stop the query that is running, from another thread: it raises Cancelled there."""
        self._connection.interrupt()

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        filters: Filters | None = None,
        typing: bool = False,
        exactly: frozenset[str] = frozenset(),
    ) -> Results:
        """As :meth:`~briefpack.archive.reader.Reader.search`; a note says where only what was read here was searched."""
        results = super().search(query, limit=limit, filters=filters, typing=typing, exactly=exactly)
        return replace(results, notes=(self.offline, *results.notes)) if self.offline else results

    def document(self, document: str) -> Document:
        """The document with this id and its passages, of which a copy stays on this computer.

        Raises:
            UserError: there is none, or it is not among those that are here while the server cannot be reached.
        """
        try:
            found = super().document(document)
        except UserError as error:
            if self.offline and not isinstance(error, failures.Unreachable):
                raise UserError(
                    f"{self.name} cannot be reached, and this document was not read on this computer before",
                    do="Try again when the network is back",
                ) from error
            raise
        if not self.offline:
            keep(self._local, found)
        return found

    def add(
        self,
        paths: Sequence[Path],
        progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Added:
        """As :meth:`Archive.add`; UserError where this account may only read."""
        self._to_write()
        return super().add(paths, progress, cancelled)

    def watch(self, folder: Path) -> None:
        """Have what is in a folder of this computer come in with every :meth:`refresh`."""
        self._local.watch(folder)

    def unwatch(self, folder: Path) -> None:
        """Look into a folder no longer. What came from it stays."""
        self._local.unwatch(folder)

    def watched(self) -> tuple[Path, ...]:
        """The folders of this computer that :meth:`refresh` looks into."""
        return self._local.watched()

    def save_search(self, search: SavedSearch) -> None:
        """Keep a search under its name, on this computer."""
        self._local.save_search(search)

    def forget_search(self, name: str) -> None:
        """Keep the search of that name no longer."""
        self._local.forget_search(name)

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """The searches that were named on this computer."""
        return self._local.saved_searches()

    def remember(self, query: str, filters: Filters | None = None) -> None:
        """Put a search at the head of this computer's history."""
        self._local.remember(query, filters)

    def history(self, limit: int = 20) -> tuple[SavedSearch, ...]:
        """What was searched for on this computer."""
        return self._local.history(limit)

    def clear_history(self) -> None:
        """Forget what was searched for on this computer."""
        self._local.clear_history()

    def add_acronym(self, short: str, long: str) -> None:
        """Widen everybody's searches by this acronym from now on."""
        self._to_write()
        super().add_acronym(short, long)

    def remove_acronym(self, short: str, long: str) -> None:
        """Widen nobody's search by this acronym."""
        self._to_write()
        super().remove_acronym(short, long)

    def rebuild(self, progress: Callable[[int, int, str], None] | None = None) -> int:
        """Build the index anew from the documents; others search the old one meanwhile."""
        self._to_write(stale=True)
        return self._build(progress)

    def correct(self, document: str, **fields: Unpack[corrections.Fields]) -> Document:
        """Say what the rules got wrong about a document, for everybody."""
        self._to_write()
        return super().correct(document, **fields)

    def uncorrect(self, document: str, *fields: str) -> Document:
        """Go back to what is derived."""
        self._to_write()
        return super().uncorrect(document, *fields)

    def name_source(self, file: Path, name: str) -> int:
        """Say who published what is in a file or folder of this computer."""
        self._to_write()
        return super().name_source(file, name)

    def set_tag_rules(self, rules: Sequence[TagRule] | None) -> None:
        """Tag everybody's documents by other rules from now on."""
        self._to_write()
        super().set_tag_rules(rules)

    def check(self) -> None:
        """Have the index compared with the documents."""
        self._to_read()
        super().check()

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment: of the server, or of this computer while that cannot be reached."""
        self._choose()
        self._refuse_stale()
        with super()._snapshot():
            yield

    @property
    def id(self) -> str:
        """What tells this archive from others."""
        self._choose()
        return super().id

    def _choose(self) -> None:
        """Turn to the server where it can be reached, else to what was read here."""
        reachable = self._server.is_reachable()
        if reachable and not self._prepared:
            try:
                self._prepare()
            except failures.Unreachable:
                reachable = False
        self._use(self._server if reachable else self._local._connection)  # noqa: SLF001 - the two sides of one archive

    def _prepare(self) -> None:
        """What is done once, when the server is first reached."""
        self._may_write = prepare(self._server, make=self._make)
        with self._server.told():
            current, kin = self._index.is_current(), self._kinship.is_current()
            empty = self._server.execute("SELECT 1 FROM document LIMIT 1").get is None
        self._stale = not (current and kin)
        if self._stale and self._may_write and empty:
            self._use(self._server)
            self._build(None)
        with self._server.told():
            known_as(self._local, str(self._server.execute("SELECT value FROM setting WHERE name = 'archive'").get))
        self._prepared = True

    def _use(self, connection: Database) -> None:
        if connection is not self._connection:
            self._connection = connection
            self._glossary = Glossary(connection, self._tokenizer)

    def _to_read(self) -> None:
        """The server is needed, not a copy. Raises Unreachable."""
        self._choose()
        if self._connection is not self._server:
            raise self._trouble()

    def _build(self, progress: Callable[[int, int, str], None] | None) -> int:
        total = super().rebuild(progress)
        self._stale = False
        return total

    def _refuse_stale(self) -> None:
        """An index that was made by other rules finds other things. One program builds it again, not each that opens it."""
        if self._stale and not self.offline:
            raise UserError(
                "The index of the shared archive is of another version of Briefpack",
                where=self.address,
                do="Update Briefpack, or have “briefpack archive rebuild” run once by someone who may add",
            )

    def _to_write(self, *, stale: bool = False) -> None:
        """The server is needed, and the right to write there; a ``stale`` index will do. Raises UserError."""
        self._to_read()
        if not stale:
            self._refuse_stale()
        if not self._may_write:
            raise UserError(failures.READ_ONLY, where=self.address, do=_ASK)

    def _trouble(self) -> UserError:
        return self._server.trouble or failures.Unreachable("The shared archive cannot be reached", where=self.address)
