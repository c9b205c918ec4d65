"""Files that are read ahead, in children, come in as they do one by one; only what cannot be read is refused."""

import itertools
import time
from pathlib import Path

import pytest
from docx import Document as Word

from briefpack.archive import Archive
from briefpack.archive.ahead import Ahead, Prepared, Seen
from briefpack.archive.tagging import TagRule
from briefpack.errors import Cancelled, UserError
from tests.unit.archive.conftest import dump

MAIL = """From: Ada Marsh <ada@ferns.example>
Date: Mon, 6 Nov 2017 10:00:00 +0000
Subject: Ferns {n}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

Please find the note on ferns {n}.
--x
Content-Type: text/plain; name=note.txt
Content-Disposition: attachment; filename=note.txt

Note {n}

Ferns are inspected by {n} inspectors.
--x--
"""


def _folder(tmp_path: Path) -> Path:
    """Files of several formats, some of which cannot be read."""
    folder = tmp_path / "files"
    folder.mkdir()
    for n in range(8):
        (folder / f"{n}-a.txt").write_text(
            f"Ferns in month {n}\n\nThe {n} wardens met in Oldham.\n\nMoss was seen {n} times."
        )
        (folder / f"{n}-b.html").write_text(
            f"<title>Page {n}</title><h1>Page {n}</h1><p>Said on {n + 1} May 2018 of ferns.</p>"
        )
        (folder / f"{n}-c.eml").write_text(MAIL.format(n=n))
        (folder / f"{n}-d.docx").write_bytes(b"no Word file")
    (folder / "8-dump.txt").write_text(dump())
    (folder / "8-dump-copy.txt").write_text(dump())
    document = Word()
    document.add_paragraph("Wardens write their papers themselves, at length, in the evening.")
    document.save(str(folder / "9.docx"))
    return folder


def test_a_folder_read_ahead_is_what_its_files_are_one_by_one(tmp_path):
    folder = _folder(tmp_path)
    files = sorted(folder.iterdir())
    with Archive.open(tmp_path / "ahead") as ahead, Archive.open(tmp_path / "single") as single:
        told: list[str] = []
        together = ahead.add([folder], progress=lambda _done, _all, name: told.append(name))
        apart = [single.add([file]) for file in files]
        assert list(ahead.documents()) == list(single.documents())
        assert [ahead.document(each.id) for each in ahead.documents()] == [
            single.document(each.id) for each in single.documents()
        ]
        assert together.added == sum(each.added for each in apart) == 8 * 4 + 5 + 1
        assert together.refused == tuple(refused for each in apart for refused in each.refused)
        assert [Path(refused.path).name for refused in together.refused] == [f"{n}-d.docx" for n in range(8)]
        assert together.duplicates == tuple(duplicate for each in apart for duplicate in each.duplicates)
        assert told == [*(file.name for file in files), ""]
        again = ahead.add([folder])
        assert (again.added, again.unchanged) == (0, single.stats().documents + 5)


@pytest.fixture
def seen(tmp_path):
    def look(path: Path) -> Seen | UserError | int:
        number = int(path.stem)
        if number % 10 == 3:
            return UserError("No", where=path)
        if number % 10 == 4:
            return number
        text = f"Title {number}\n\nFerns {number} were inspected."
        return Seen(path, f"digest {number}", text.encode(), "ferns")

    return look


def test_answers_come_in_the_order_of_the_files(tmp_path, seen):
    files = [tmp_path / f"{number}.txt" for number in range(60)]
    rules = (TagRule("ferns", ("ferns",)),)
    with Ahead(files, seen, rules) as ahead:
        outcomes = [ahead.next(lambda: False) for _ in files]
    for number, outcome in enumerate(outcomes):
        if number % 10 == 3:
            assert isinstance(outcome, UserError)
        elif number % 10 == 4:
            assert outcome == number
        else:
            assert isinstance(outcome, Prepared)
            (document,) = outcome.documents
            assert (outcome.digest, document.title) == (f"digest {number}", f"Title {number}")
            assert document.source == "ferns"


def test_no_more_is_looked_at_than_is_soon_needed(tmp_path, seen, monkeypatch):
    monkeypatch.setattr("briefpack.archive.ahead._WAITING", 5)
    looked = []

    def look(path):
        looked.append(path)
        return seen(path)

    files = [tmp_path / f"{number}.txt" for number in range(60)]
    with Ahead(files, look, ()) as ahead:
        for done in range(30):
            ahead.next(lambda: False)
            assert done < len(looked) <= done + 5
    assert len(looked) < 60


@pytest.mark.parametrize("files", [1, 3])
def test_stopping_does_not_wait_for_what_is_read(files, tmp_path, monkeypatch):
    asked = itertools.count()
    monkeypatch.setattr("briefpack.archive.readers.read", _until_stopped)
    endless = [tmp_path / f"{number}.md" for number in range(files)]
    with Ahead(endless, lambda path: Seen(path, "", b"x", ""), ()) as ahead, pytest.raises(Cancelled):
        ahead.next(lambda: next(asked) > 2)


def _until_stopped(_data: bytes, _path: Path, cancelled, _run) -> None:
    while not cancelled():
        time.sleep(0.001)
    raise Cancelled
