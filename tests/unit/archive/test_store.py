"""Opening an archive: what is made, what is refused, and what a damaged index comes to."""

import os
import sys
from pathlib import Path

import apsw
import pytest

from briefpack.archive import Archive, schema
from briefpack.archive.store import FILE, told
from briefpack.errors import Cancelled, UserError


def test_a_folder_is_made(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "some" / "where") as archive:
        assert archive.stats().documents == 0
        assert archive.search("anything").hits == ()
        assert archive.search("").hits == ()
    assert (tmp_path / "some" / "where" / FILE).is_file()


def test_it_is_durable(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a") as archive:
        pragma = archive._connection.pragma
        assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)


def test_a_file_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(UserError, match="a file"):
        Archive.open(tmp_path / "a.txt")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_closed_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0o500)
    with pytest.raises(UserError, match="cannot"):
        Archive.open(tmp_path / "a" / "b")


def test_something_else_by_that_name(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"This is not a database at all. " * 40)
    with pytest.raises(UserError, match="damaged"):
        Archive.open(tmp_path)


def test_another_programs_database(tmp_path: Path) -> None:
    other = apsw.Connection(str(tmp_path / FILE))
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(UserError, match="not an archive"):
        Archive.open(tmp_path)


def test_a_newer_archive_is_left_alone(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive._connection.pragma("user_version", schema.VERSION + 1)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(UserError, match="newer"):
        Archive.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


_NAMES = "SELECT name FROM sqlite_schema"
_DAMAGE = {
    "bytes of documents": "UPDATE fa_data SET block = zeroblob(length(block)) WHERE id > 10",
    "bytes at random": "UPDATE fa_data SET block = randomblob(length(block))",
    "structure": "DELETE FROM fa_data WHERE id = 10",
    "no words": "DROP TABLE word",
}


@pytest.mark.parametrize("damage", _DAMAGE)
def test_a_damaged_index_is_built_again_on_opening(archive: Archive, damage: str) -> None:
    before = archive.search("moss wardens")
    archive._connection.execute(_DAMAGE[damage])
    archive.close()
    with Archive.open(archive.folder) as again:
        again.check()
        assert again.search("moss wardens") == before


@pytest.mark.parametrize("damage", [damage for damage in _DAMAGE if damage.startswith("bytes")])
def test_a_damaged_index_is_told_and_built_again_at_will(archive: Archive, damage: str) -> None:
    before = archive.search("moss wardens")
    archive._connection.execute(_DAMAGE[damage])
    with pytest.raises(UserError, match="damaged"):
        archive.check()
    assert archive.rebuild() == 5
    archive.check()
    assert archive.search("moss wardens") == before


@pytest.mark.parametrize("table", ["fa_data", "fa_idx", "fa_config", "fa_docsize"])
def test_an_index_whose_parts_are_missing_is_built_again_on_opening(archive: Archive, table: str) -> None:
    before = archive.search("moss wardens")
    archive._connection.execute(f"DROP TABLE {table}")
    archive.close()
    with Archive.open(archive.folder) as again:
        again.check()
        assert again.search("moss wardens") == before


def test_an_archive_is_opened_while_another_program_writes(archive: Archive) -> None:
    with archive._connection.writing():
        archive._connection.execute("UPDATE document SET source = 'elsewhere'")
        with Archive.open(archive.folder) as other:
            assert {hit.source for hit in other.search("moss").hits} == {"site.txt"}


def test_an_archive_whose_index_had_the_passages_is_brought_up_to_date(archive: Archive) -> None:
    before, names = archive.search("moss wardens"), {name for (name,) in archive._connection.execute(_NAMES)}
    archive._connection.execute("CREATE VIRTUAL TABLE fp USING fts5(body, content='', contentless_delete=1)")
    archive._connection.execute("DROP INDEX document_published_from")
    archive._connection.execute("UPDATE setting SET value = '2' WHERE name = 'index'")
    archive._connection.pragma("user_version", 5)
    archive.close()
    with Archive.open(archive.folder) as again:
        assert again.search("moss wardens") == before
        assert {name for (name,) in again._connection.execute(_NAMES)} == names
        again.check()


def test_an_index_that_is_not_there_is_built_on_opening(archive: Archive) -> None:
    before = archive.search("moss wardens")
    for table in ("fa", "fav", "word"):
        archive._connection.execute(f"DROP TABLE {table}")
    archive.close()
    with Archive.open(archive.folder) as again:
        assert again.search("moss wardens") == before


def test_an_index_of_an_older_kind_is_built_on_opening(archive: Archive) -> None:
    archive._connection.execute("UPDATE setting SET value = '0' WHERE name = 'index'")
    archive._connection.execute("DELETE FROM word")
    archive.close()
    with Archive.open(archive.folder) as again:
        assert again.search("accreditatio*").total == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (apsw.FullError, "full"),
        (apsw.BusyError, "busy"),
        (apsw.ReadOnlyError, "writing"),
        (apsw.CorruptError, "damaged"),
        (apsw.IOError, "error"),
    ],
)
def test_what_sqlite_reports_is_told(tmp_path: Path, error: type[apsw.Error], words: str) -> None:
    with pytest.raises(UserError, match=words), told(tmp_path):
        raise error("x")


def test_an_interrupted_query_is_cancelled(tmp_path: Path) -> None:
    with pytest.raises(Cancelled), told(tmp_path):
        raise apsw.InterruptError


def test_a_bug_stays_a_bug(tmp_path: Path) -> None:
    with pytest.raises(apsw.SQLError), told(tmp_path):
        raise apsw.SQLError("no such table")
