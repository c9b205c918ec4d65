"""The board through the command line: what they said, when, and what is newer."""

from pathlib import Path

import pytest

from briefpack.archive import Archive
from briefpack.pack.model import Pack
from briefpack.packfile import new_file, save
from tests.helpers.cli import briefpack, briefpack_json
from tests.unit.tasks.test_board import archive, pack  # noqa: F401 - fixtures


@pytest.fixture
def pack_file(tmp_path: Path, pack: Pack) -> Path:  # noqa: F811 - the fixture
    path = tmp_path / "briefing.briefpack"
    save(new_file(pack), path)
    return path


def test_the_board_as_json_and_in_words(pack_file: Path, archive: Archive) -> None:  # noqa: F811 - the fixture
    found = briefpack_json("board", pack_file, "--archive", archive.folder)
    assert found.keys() == {"body", "query", "meeting", "periods", "topics"}
    (topic,) = found["topics"]
    assert found["periods"] == [{"from": "2029-03-01", "before": "2029-04-01"}]
    assert topic["words"][0]["words"].startswith("“Low water closed half of the canal.")
    assert [each["title"] for each in topic["unread"]["documents"]] == ["Dredging stalls", "Dredging update"]
    shown = briefpack("board", pack_file, "--archive", archive.folder)
    assert "(A. Quill, 3 March 2029, 2 years before the meeting)" in shown.stdout
    assert "2 documents newer, not read:" in shown.stdout
    assert "Ours: We will fund dredging." in shown.stdout


def test_without_an_archive_nothing_is_said_of_newer_documents(pack_file: Path, tmp_path: Path) -> None:
    found = briefpack_json("board", pack_file, home=tmp_path / "home")
    assert found["topics"][0]["unread"] is None
    assert found["topics"][0]["words"]


def test_a_pack_without_a_board_and_an_archive_that_is_none(tmp_path: Path) -> None:
    assert briefpack("new", tmp_path / "new.briefpack").returncode == 0
    plain = briefpack("board", tmp_path / "new.briefpack", home=tmp_path / "home")
    assert (plain.returncode, plain.stdout) == (0, "")
    assert "has no board" in plain.stderr
    wrong = briefpack("board", tmp_path / "new.briefpack", "--archive", tmp_path / "nowhere")
    assert wrong.returncode == 2
    assert "There is no archive here" in wrong.stderr


def test_acronyms_are_listed_added_and_removed(archive: Archive) -> None:  # noqa: F811 - the fixture
    place = ("--archive", archive.folder)
    found = briefpack_json("archive", "acronyms", *place, "--add", "TPU", "Towpath Union")
    assert {"short": "TPU", "long": "Towpath Union", "origin": "user", "documents": 0, "enabled": True} in found[
        "acronyms"
    ]
    assert briefpack_json("archive", "search", "TPU", *place)["total"] == 1
    listed = briefpack("archive", "acronyms", *place, "--remove", "TPU", "Towpath Union")
    assert "ADCS" in listed.stdout
    assert "TPU" not in listed.stdout
    wrong = briefpack("archive", "acronyms", *place, "--add", "-", "Nothing")
    assert wrong.returncode == 2
    assert "cannot be an acronym" in wrong.stderr
