"""The tables of an archive, and how an older archive is brought up to date.

``PRAGMA user_version`` is the number of :data:`MIGRATIONS` that have run. Tables hold what was read; the index (the two
full-text tables, the words) is derived from them and can be thrown away: see :mod:`briefpack.archive.index`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefpack.archive.embedded import Embedded

APPLICATION_ID = 0x62706131
"""Marks the file as an archive of Briefpack ("bpa1")."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE file (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL,
        derivation INTEGER NOT NULL,
        read_at TEXT NOT NULL
    );

    -- id grows with the date of publication as far as it is known when documents come in: the index reads the newest
    -- first. key is the id that users and clips see. passages have the ids from first_passage to last_passage.
    CREATE TABLE document (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        content_key TEXT NOT NULL,
        text_key TEXT NOT NULL,
        title TEXT NOT NULL,
        title_folded TEXT NOT NULL,
        kind TEXT,
        region TEXT,
        published_from TEXT,
        published_to TEXT,
        date_precision TEXT,
        date_origin TEXT,
        date_text TEXT NOT NULL,
        source TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        people TEXT NOT NULL,
        tags TEXT NOT NULL,
        flags TEXT NOT NULL,
        added_at TEXT NOT NULL,
        first_passage INTEGER NOT NULL,
        last_passage INTEGER NOT NULL
    );
    CREATE INDEX document_content ON document (content_key);
    CREATE INDEX document_text ON document (text_key);
    CREATE INDEX document_published ON document (published_to, published_from);

    -- where a document was found: a text may stand in several files, and several times in one
    CREATE TABLE place (
        file_id INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        PRIMARY KEY (file_id, ordinal)
    ) WITHOUT ROWID;
    CREATE INDEX place_document ON place (document_id);

    CREATE TABLE passage (
        id INTEGER PRIMARY KEY,
        document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        key TEXT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        heading TEXT NOT NULL,
        lead_in TEXT NOT NULL,
        speaker TEXT NOT NULL,
        speaker_role TEXT NOT NULL,
        level INTEGER NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        UNIQUE (document_id, key)
    );
    CREATE INDEX passage_key ON passage (key);
    """,
    "ALTER TABLE passage ADD COLUMN page INTEGER",
    """
    -- what the user decided on an acronym: used, or not; the keys are those of briefpack.archive.glossary
    CREATE TABLE acronym (
        short_key TEXT NOT NULL,
        long_key TEXT NOT NULL,
        short TEXT NOT NULL,
        long TEXT NOT NULL,
        enabled INTEGER NOT NULL,
        PRIMARY KEY (short_key, long_key)
    ) WITHOUT ROWID;

    CREATE TABLE saved_search (name TEXT PRIMARY KEY, query TEXT NOT NULL, filters TEXT NOT NULL) WITHOUT ROWID;

    -- what was searched for, the last with the highest id
    CREATE TABLE search_history (
        id INTEGER PRIMARY KEY,
        query TEXT NOT NULL,
        filters TEXT NOT NULL,
        UNIQUE (query, filters)
    );
    """,
    """
    -- what the user knows better, as JSON, by the id of the document, so that it outlives every new reading; derived is
    -- what it stands over
    CREATE TABLE correction (
        document TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        derived TEXT NOT NULL,
        PRIMARY KEY (document, field)
    ) WITHOUT ROWID;

    -- who published what is in a file, or in a folder and all below it
    CREATE TABLE publisher (path TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;

    -- derived, see kinship.py
    CREATE TABLE sketch (
        shingle INTEGER NOT NULL,
        document_id INTEGER NOT NULL,
        PRIMARY KEY (shingle, document_id)
    ) WITHOUT ROWID;
    CREATE INDEX sketch_document ON sketch (document_id);
    CREATE TABLE likeness (
        document_id INTEGER NOT NULL,
        other_id INTEGER NOT NULL,
        inside REAL NOT NULL,
        holds REAL NOT NULL,
        PRIMARY KEY (document_id, other_id)
    ) WITHOUT ROWID;
    CREATE INDEX likeness_other ON likeness (other_id);
    CREATE TABLE series (document_id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE INDEX series_name ON series (name);
    """,
    "CREATE TABLE watched (path TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE INDEX document_published_from ON document (published_from)",
)
"""What each version adds, oldest first. One that has been released is never changed again."""

VERSION = len(MIGRATIONS)


def migrate(connection: "Embedded") -> None:
    """Bring the tables up to date, each step and its number in one transaction."""
    for version in range(connection.pragma("user_version"), VERSION):
        with connection.writing():
            if connection.pragma("user_version") == version:
                connection.execute(MIGRATIONS[version])
                connection.pragma("user_version", version + 1)
                connection.pragma("application_id", APPLICATION_ID)
