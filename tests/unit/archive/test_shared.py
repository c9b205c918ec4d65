"""What a shared archive is beyond a store: several people, accounts that may only read, a server that goes away."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from briefpack.archive import SavedSearch, Verdict
from briefpack.archive.address import named, shown, with_password
from briefpack.archive.embedded import Embedded
from briefpack.archive.opening import open_archive
from briefpack.archive.shared import schema, server
from briefpack.archive.shared.archive import SharedArchive
from briefpack.archive.shared.failures import Unreachable
from briefpack.archive.store import open_store
from briefpack.errors import Cancelled, UserError
from tests.helpers.postgres import Postgres, binaries
from tests.unit.archive.conftest import ARTICLES, dump

PERSONAL = {"saved_search", "search_history", "watched"}
INDEX = {"fa", "stem", "measure", "word", "explained"}


@pytest.fixture
def address(postgres: Postgres) -> Iterator[str]:
    with postgres.archive() as made:
        yield made


@pytest.fixture
def shared(address: str, dump_file: Path) -> Iterator[SharedArchive]:
    with SharedArchive.open_at(address, make=True) as archive:
        archive.add([dump_file])
        yield archive


@pytest.fixture
def own_server() -> Iterator[Postgres]:
    """A server that a test may stop."""
    programs = binaries()
    assert programs is not None
    with Postgres(programs) as started:
        yield started


# --- addresses


def test_a_password_is_never_shown() -> None:
    for address in (
        "postgresql://ada:hunter2@db.example/briefings",
        "postgresql://ada@db.example/briefings?password=hunter2&sslmode=require",
        with_password("postgresql://ada@db.example/briefings", "hunter2"),
        "postgresql://ada:hunter2@[broken/briefings",
    ):
        assert "hunter2" in address
        assert "hunter2" not in shown(address)
        assert "hunter2" not in named(address)
        with pytest.raises(UserError) as raised:
            open_archive(address.replace("db.example", "127.0.0.1:1"))
        assert "hunter2" not in str(raised.value)


def test_an_address_keeps_what_is_no_secret() -> None:
    assert shown("postgresql://ada:x@h/b?sslmode=require") == "postgresql://ada@h/b?sslmode=require"
    assert with_password("postgresql://ada@h/b", "a:b@c/d") == "postgresql://ada:a%3Ab%40c%2Fd@h/b"
    assert named("postgresql://ada@h:5433/briefings") == "briefings on h"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://ada@127.0.0.1:1/briefings", "cannot be reached"),
        ("postgresql://?nonsense=1", "not an address"),
        ("postgresql://ada@h/b?sslmode=no", "sslmode"),
    ],
)
def test_what_cannot_be_opened(address: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        open_archive(address)


def test_opening_makes_no_tables_unless_they_are_wanted(address: str) -> None:
    with pytest.raises(UserError, match="no archive in this database"):
        open_archive(address)
    open_archive(address, make=True).close()
    open_archive(address).close()


# --- the tables


def test_both_stores_have_the_same_tables(tmp_path: Path, shared: SharedArchive) -> None:
    """But for what is personal, and the index."""
    store: Embedded = open_store(tmp_path / "a")
    tables = [name for (name,) in store.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    columns = {table: {row[1] for row in store.execute(f"PRAGMA table_info({table})")} for table in tables}
    store.close()
    query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    there: dict[str, set[str]] = {}
    for table, column in shared._server.execute(query):
        there.setdefault(table, set()).add(column)
    assert {table: there[table] for table in there.keys() - INDEX} == {
        table: columns[table] for table in columns.keys() - PERSONAL - INDEX
    }


def test_a_newer_archive_is_left_alone(address: str, shared: SharedArchive) -> None:
    shared._server.execute("UPDATE setting SET value = ? WHERE name = 'version'", (str(schema.VERSION + 1),))
    with pytest.raises(UserError, match="newer Briefpack"):
        open_archive(address)


def test_an_index_of_another_version_is_built_by_one_not_by_all(address: str, shared: SharedArchive) -> None:
    shared._server.execute("UPDATE setting SET value = 'old' WHERE name = 'index'")
    with SharedArchive.open_at(address) as other:
        with pytest.raises(UserError, match="another version"):
            other.search("moss")
        assert other.rebuild() == len(ARTICLES)
        assert other.search("moss").total == 3
        other.check()


def test_damage_of_the_index_is_found(shared: SharedArchive) -> None:
    shared.check()
    shared._server.execute("DELETE FROM fa WHERE document = (SELECT min(document) FROM fa)")
    with pytest.raises(UserError, match="damaged"):
        shared.check()


# --- several people


def test_several_add_at_once_and_each_document_is_there_once(address: str, tmp_path: Path) -> None:
    open_archive(address, make=True).close()
    folders = []
    for person in range(4):
        folder = tmp_path / f"person{person}"
        folder.mkdir()
        for number in range(12):
            (folder / f"{number}.txt").write_text(f"Fern number {number}\n\nThe fern {number} grows in park {number}.")
        (folder / "own.txt").write_text(f"Own words of {person}\n\nNobody but {person} has these words.")
        folders.append(folder)
    failures: list[BaseException] = []

    def add(folder: Path) -> None:
        try:
            with open_archive(address) as archive:
                archive.add([folder])
        except BaseException as error:  # noqa: BLE001 - told below, on the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=add, args=(folder,)) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with open_archive(address) as archive:
        titles = [document.title for document in archive.documents()]
        assert sorted(titles) == sorted(
            [f"Fern number {n}" for n in range(12)] + [f"Own words of {n}" for n in range(4)]
        )
        assert archive.search("fern").total == 12
        assert archive.stats().files == 52
        archive.check()


def test_what_goes_wrong_in_mid_import_leaves_nothing_half_done(
    shared: SharedArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "new.txt"
    new.write_text("A new fern\n\nNobody has seen it.")
    monkeypatch.setattr(type(shared._kinship), "add", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        shared.add([new])
    monkeypatch.undo()
    assert shared.search("seen").total == 0
    shared.check()
    assert shared.add([new]).added == 1
    assert shared.search("seen").total == 1


def test_a_file_on_another_computer_is_neither_lost_nor_the_same(
    shared: SharedArchive, dump_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_computer", lambda: "another")
    again = shared.add([dump_file])
    assert (again.added, again.unchanged, len(again.duplicates)) == (0, 0, len(ARTICLES))
    dump_file.write_text(dump((("Quite another text", "Of another computer, at the same path."),)), encoding="utf-8")
    assert shared.add([dump_file]).added == 1
    assert shared.stats().documents == len(ARTICLES) + 1


# --- accounts


@pytest.fixture
def reading(postgres: Postgres, shared: SharedArchive) -> Iterator[SharedArchive]:
    """The archive as an account sees it that may only read."""
    schema_name = shared._server.execute("SELECT current_schema()").get
    user = f"reader_{schema_name}"
    postgres.execute(
        f"CREATE ROLE {user} LOGIN",
        f"GRANT USAGE ON SCHEMA {schema_name} TO {user}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema_name} TO {user}",
    )
    with SharedArchive.open_at(postgres.address(schema_name, user)) as archive:
        yield archive
    postgres.execute(f"DROP OWNED BY {user}", f"DROP ROLE {user}")


def test_an_account_that_may_only_read_does_all_but_add(reading: SharedArchive, dump_file: Path) -> None:
    assert reading.read_only
    (hit,) = reading.search("lichen").hits
    clip = reading.clip(hit.passages[0].id)
    assert reading.verdict(clip).verdict is Verdict.SAME
    assert reading.related(hit.id).hits is not None
    reading.save_search(SavedSearch("moss", name="Moss"))
    reading.remember("moss")
    assert [each.name for each in reading.saved_searches()] == ["Moss"]
    assert [each.query for each in reading.history()] == ["moss"]
    for write in (
        lambda: reading.add([dump_file]),
        lambda: reading.correct(hit.id, title="Mine"),
        lambda: reading.add_acronym("FS", "Fern Society"),
        reading.rebuild,
        lambda: reading.set_tag_rules(None),
    ):
        with pytest.raises(UserError, match="may only read"):
            write()


def test_the_server_itself_refuses_what_an_account_may_not(reading: SharedArchive, dump_file: Path) -> None:
    reading._may_write = True  # a program that is wrong about it
    dump_file.write_text("Something new\n\nThat was not there before.", encoding="utf-8")
    with pytest.raises(UserError, match="may only read"):
        reading.add([dump_file])


# --- the server goes away


def test_work_goes_on_with_what_was_read(
    own_server: Postgres, dump_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_AGAIN", 0.0)
    with own_server.archive() as address, SharedArchive.open_at(address, make=True) as archive:
        archive.add([dump_file])
        (hit,) = archive.search("lichen").hits
        clip = archive.clip(hit.passages[0].id)
        other = archive.search("Oldham").hits[0]
        identity = archive.id
        own_server.stop("fast")
        with pytest.raises(UserError) as raised:
            archive.search("lichen")
        assert isinstance(raised.value, Unreachable)
        offline = archive.search("lichen")
        assert [each.id for each in offline.hits] == [hit.id]
        assert "cannot be reached" in offline.notes[0]
        assert archive.offline
        assert archive.verdict(clip).verdict is Verdict.SAME
        assert archive.origins(clip.words)[0].document == hit.id
        assert archive.id == identity
        with pytest.raises(UserError, match="not read on this computer"):
            archive.document(other.id)
        with pytest.raises(Unreachable):
            archive.add([dump_file])
        with SharedArchive.open_at(address) as again:
            assert again.offline
            assert again.document(hit.id).title == hit.title
        own_server.start()
        assert archive.search("Oldham").hits[0].id == other.id
        assert not archive.offline
        assert archive.add([dump_file]).unchanged == len(ARTICLES)


def test_a_server_that_was_started_anew_is_not_noticed(
    own_server: Postgres, dump_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_IDLE", 0.0)
    with own_server.archive() as address, SharedArchive.open_at(address, make=True) as archive:
        archive.add([dump_file])
        own_server.stop("fast")
        own_server.start()
        assert archive.search("lichen").total == 1


def test_a_connection_that_breaks_in_mid_import_leaves_the_archive_whole(shared: SharedArchive, tmp_path: Path) -> None:
    files = []
    for number in range(3):
        files.append(tmp_path / f"new{number}.txt")
        files[-1].write_text(f"New fern {number}\n\nIt was never seen {number}.")
    added = []

    def cut(done: int, total: int, name: str) -> None:
        added.append(name)
        if name == "new2.txt":
            pid = shared._server.execute("SELECT pg_backend_pid()").get
            with SharedArchive.open_at(shared._address) as other:
                other._server.execute("SELECT pg_terminate_backend(?)", (pid,))

    with pytest.raises(UserError):
        shared.add(files, cut)
    assert shared.search("never seen").complete == 0
    shared.check()
    assert shared.add(files).added == 3
    shared.check()


# --- questions


def test_a_running_question_can_be_interrupted(shared: SharedArchive) -> None:
    began = threading.Event()

    def stop() -> None:
        began.wait(10)
        while not shared._server._running:
            pass
        shared.interrupt()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Cancelled), shared._snapshot():  # noqa: PT012 - the statement runs within
        began.set()
        shared._server.execute("SELECT pg_sleep(9)")
    thread.join()
    assert shared.search("lichen").total == 1


def test_an_interrupt_between_two_statements_stops_the_question(shared: SharedArchive) -> None:
    with pytest.raises(Cancelled), shared._snapshot():  # noqa: PT012 - between two statements
        shared.interrupt()
        shared._server.execute("SELECT 1")
    assert shared.search("lichen").total == 1


def test_a_question_that_takes_too_long_is_stopped(shared: SharedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_READING", server._READING.replace("10s", "50ms"))
    with pytest.raises(UserError, match="took too long"), shared._snapshot():
        shared._server.execute("SELECT pg_sleep(9)")
    assert shared.search("lichen").total == 1


def test_a_reader_sees_what_is_added_and_its_question_is_of_one_moment(shared: SharedArchive, tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_text("Oak\n\nAn oak beside the lichen.")
    with shared.reader() as reader:
        with reader._snapshot():
            assert reader._connection.text.count('"lichen"') == 1
            shared.add([new])
            assert reader._connection.text.count('"lichen"') == 1
        assert reader.search("lichen").total == 2


def test_words_and_phrases_of_a_very_long_document(shared: SharedArchive, tmp_path: Path) -> None:
    """One vector tells sixteen thousand places apart."""
    words = [f"w{number:05}x" for number in range(40_000)]
    lines = [" ".join(words[at : at + 50]) for at in range(0, len(words), 50)]
    long = tmp_path / "long.txt"
    long.write_text("A very long report\n\n" + "\n\n".join(lines), encoding="utf-8")
    assert shared.add([long]).added == 1
    for typed in (
        '"w35010x w35011x"',
        '"w09990x w09991x w09992x"',
        "w00003x w39999x",
        '"w00003x w00004x" w39999x',
        "title:report w39990x",
        '"w35010x w35012x"~3',
    ):
        results = shared.search(typed)
        assert (results.total, results.complete, len(results.hits)) == (1, 1, 1), typed
    assert shared.search("-w39999x report").total == 0
    assert shared.search('"w35010x w35012x"').complete == 0
    shared.check()
    long.write_text("A very long report\n\nIs short now.", encoding="utf-8")
    shared.add([long])
    assert shared.search("w39999x").complete == 0
    assert shared.search("report").total == 1
    shared.check()


def test_what_a_server_cannot_store_is_no_trouble(shared: SharedArchive, tmp_path: Path) -> None:
    odd = tmp_path / "odd.txt"
    odd.write_bytes(
        "Odd \ufffe title\n\nA \ufffd sign and \u200d, ".encode() + b"verylong" * 20_000 + b" 'quoted' \\ % ? end."
    )
    assert shared.add([odd]).added == 1
    assert shared.search("sign 'quoted' % ? \\ \x00").complete == 1
    assert shared.search("verylong" * 20_000).complete == 1


def test_a_copy_follows_the_document(shared: SharedArchive) -> None:
    (hit,) = shared.search("lichen").hits
    shared.document(hit.id)
    shared.correct(hit.id, title="Corrected")
    shared.document(hit.id)
    assert shared._local.document(hit.id).title == "Corrected"
    assert shared._local.stats().documents == 1


def test_each_computer_keeps_its_own_searches(shared: SharedArchive, address: str) -> None:
    shared.remember("moss")
    with SharedArchive.open_at(address) as again:
        assert [each.query for each in again.history()] == ["moss"]
    query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    assert not PERSONAL & {name for (name,) in shared._server.execute(query)}


def test_the_client_is_loaded_only_for_a_shared_archive(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from briefpack.archive.opening import open_archive;"
        "open_archive(Path(sys.argv[1])); sys.exit('psycopg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path / "a")]).returncode == 0


def test_the_roles_of_the_documentation(own_server: Postgres, dump_file: Path) -> None:
    """What docs/shared-archive.md has an administrator type gives an owner, editors and readers their rights."""
    page = (Path(__file__).parents[3] / "docs" / "shared-archive.md").read_text(encoding="utf-8")
    first, second = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    for block, database in ((first, "postgres"), (second, "briefings")):
        for statement in filter(str.strip, re.sub(r"--.*", "", block).split(";")):
            own_server.execute(statement, database=database)
    own_server.execute(
        "CREATE ROLE ada LOGIN IN ROLE briefings_editor", "CREATE ROLE bo LOGIN IN ROLE briefings_reader"
    )
    address = own_server.address("public", "{}").replace("/postgres?", "/briefings?")
    with SharedArchive.open_at(address.format("briefings_owner"), make=True):
        pass
    with SharedArchive.open_at(address.format("ada")) as editor:
        assert editor.add([dump_file]).added == len(ARTICLES)
        editor.correct(editor.search("lichen").hits[0].id, title="Corrected")
        assert editor.rebuild() == len(ARTICLES)
        editor._index.settle()
    with SharedArchive.open_at(address.format("bo")) as reader:
        assert reader.search("lichen").hits[0].title == "Corrected"
        assert reader.read_only
    own_server.execute("CREATE ROLE cleo LOGIN")
    with pytest.raises(UserError):
        SharedArchive.open_at(address.format("cleo"))


def test_a_database_with_tables_of_something_else_is_left_alone(postgres: Postgres) -> None:
    with postgres.archive() as address:
        with psycopg.connect(address) as connection:
            connection.execute("CREATE TABLE document (x integer)")
        with pytest.raises(UserError, match="something else"):
            SharedArchive.open_at(address, make=True)
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT to_regclass('setting')").fetchone() == (None,)
