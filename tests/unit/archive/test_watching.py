"""Watched folders: what is new or changed comes in, and what is not there is never a deletion."""

from pathlib import Path

import pytest

from briefpack.archive import Archive, Refused
from briefpack.archive.watching import MISSING
from briefpack.errors import UserError
from tests.unit.archive.conftest import Opener

pytestmark = pytest.mark.both_stores


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two papers in a folder, one of them a folder deeper."""
    made = tmp_path / "papers"
    (made / "deeper").mkdir(parents=True)
    (made / "ferns.txt").write_text("Ferns\n\nFerns grow by the river.", encoding="utf-8")
    (made / "deeper" / "moss.txt").write_text("Moss\n\nMoss grows on the weir.", encoding="utf-8")
    return made


@pytest.fixture
def watching(opener: Opener, tmp_path: Path, folder: Path):
    with opener("watching") as archive:
        archive.watch(folder)
        assert archive.refresh().added == 2
        yield archive


def texts(archive: Archive) -> dict[str, str]:
    return {head.id: archive.document(head.id).text for head in archive.documents()}


def test_new_and_changed_files_come_in(watching: Archive, folder: Path) -> None:
    assert watching.refresh().unchanged == 2
    (folder / "lichen.txt").write_text("Lichen\n\nLichen grows on stone.", encoding="utf-8")
    (folder / "ferns.txt").write_text("Ferns\n\nFerns grow by the lock.", encoding="utf-8")
    added = watching.refresh()
    assert (added.added, added.updated, added.unchanged, added.refused) == (1, 1, 1, ())
    assert len(texts(watching)) == 3


def test_a_folder_that_is_not_there_deletes_nothing(watching: Archive, folder: Path) -> None:
    """Renamed away and back, ten times: every document stays, and it is told each time."""
    before = texts(watching)
    away = folder.with_name("unplugged")
    for _ in range(10):
        folder.rename(away)
        added = watching.refresh()
        assert added.refused == (Refused(str(folder), MISSING),)
        assert (added.added, added.updated) == (0, 0)
        assert texts(watching) == before
        away.rename(folder)
        assert watching.refresh().refused == ()
        assert texts(watching) == before


def test_a_file_that_is_not_there_deletes_nothing(watching: Archive, folder: Path) -> None:
    before = texts(watching)
    (folder / "ferns.txt").unlink()
    assert watching.refresh().unchanged == 1
    assert texts(watching) == before


def test_a_renamed_folder_that_is_watched_anew_adds_nothing_twice(watching: Archive, folder: Path) -> None:
    before = texts(watching)
    moved = folder.rename(folder.with_name("moved"))
    watching.watch(moved)
    added = watching.refresh()
    assert (added.added, added.unchanged, [each.path for each in added.refused]) == (0, 2, [str(folder)])
    assert texts(watching) == before


def test_folders_are_watched_until_they_are_not(watching: Archive, folder: Path, tmp_path: Path) -> None:
    watching.watch(folder / "." / "deeper" / "..")
    assert watching.watched() == (folder,)
    with watching.reader() as reader:
        assert reader.watched() == (folder,)
    before = texts(watching)
    watching.unwatch(folder)
    watching.unwatch(folder)
    assert watching.watched() == ()
    (folder / "lichen.txt").write_text("Lichen\n\nLichen grows on stone.", encoding="utf-8")
    assert watching.refresh().added == 0
    assert texts(watching) == before
    with pytest.raises(UserError, match="no such folder"):
        watching.watch(tmp_path / "nowhere")
    with pytest.raises(UserError, match="no such folder"):
        watching.watch(folder / "ferns.txt")


def test_a_stopped_refresh_goes_on_the_next_time(watching: Archive, folder: Path) -> None:
    (folder / "lichen.txt").write_text("Lichen\n\nLichen grows on stone.", encoding="utf-8")
    assert watching.refresh(cancelled=lambda: True).stopped
    assert len(texts(watching)) == 2
    assert watching.refresh().added == 1
