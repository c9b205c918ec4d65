"""Searches that are kept: those that the user has named, and the last ones."""

import msgspec

from briefpack.archive.database import Database
from briefpack.archive.model import Filters, SavedSearch
from briefpack.errors import UserError

MOST = 200
"""How many searches the history holds."""

_LONGEST_NAME = 120


def saved(connection: Database) -> tuple[SavedSearch, ...]:
    """The named searches, by name."""
    rows = connection.execute("SELECT query, filters, name FROM saved_search")
    found = [SavedSearch(query, _filters(packed), name) for query, packed, name in rows]
    return tuple(sorted(found, key=lambda search: search.name.casefold()))


def save(connection: Database, search: SavedSearch) -> None:
    """Keep a search under its name. UserError where it has none, or one that is too long."""
    name = " ".join(search.name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise UserError(
            "A saved search needs a name" if not name else "This name is too long", do="Give it a short name"
        )
    with connection.writing():
        connection.execute(
            "INSERT OR REPLACE INTO saved_search (name, query, filters) VALUES (?, ?, ?)",
            (name, search.query, _packed(search.filters)),
        )


def forget(connection: Database, name: str) -> None:
    """Keep the search of that name no longer."""
    with connection.writing():
        connection.execute("DELETE FROM saved_search WHERE name = ?", (" ".join(name.split()),))


def history(connection: Database, limit: int) -> tuple[SavedSearch, ...]:
    """The last searches, the latest first."""
    rows = connection.execute("SELECT query, filters FROM search_history ORDER BY id DESC LIMIT ?", (max(0, limit),))
    return tuple(SavedSearch(query, _filters(packed)) for query, packed in rows)


def remember(connection: Database, query: str, filters: Filters) -> None:
    """Put a search at the head of the history, from where it may have been before; the oldest are dropped."""
    query = " ".join(query.split())
    if not query and filters == Filters():
        return
    asked = (query, _packed(filters))
    with connection.writing():
        connection.execute("DELETE FROM search_history WHERE query = ? AND filters = ?", asked)
        latest = connection.execute("SELECT max(id) FROM search_history").get or 0
        connection.execute("INSERT INTO search_history (id, query, filters) VALUES (?, ?, ?)", (latest + 1, *asked))
        oldest = "SELECT id FROM search_history ORDER BY id DESC LIMIT -1 OFFSET ?"
        connection.execute(f"DELETE FROM search_history WHERE id IN ({oldest})", (MOST,))  # noqa: S608 - ours


def clear_history(connection: Database) -> None:
    """Forget the last searches."""
    with connection.writing():
        connection.execute("DELETE FROM search_history")


def _packed(filters: Filters) -> str:
    return msgspec.json.encode(filters).decode()


def _filters(packed: str) -> Filters:
    return msgspec.json.decode(packed, type=Filters)
