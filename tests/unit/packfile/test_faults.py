"""The n-th call of the system fails, for every n: the file is whole, and whoever saved is told."""

import contextlib
import datetime as dt
import errno
import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.model import Paragraph
from briefpack.pack.text import text
from briefpack.packfile import Conflict, Journal, new_file, read, recoverable, save
from briefpack.safety.files import write_atomically
from tests.helpers.packs import rich_pack

CALLS = ("open", "write", "fsync", "replace", "fchmod", "unlink", "ftruncate", "fstat", "lstat", "close")
"""What a save asks of the system. The journal and the lock call the same."""

FAULTS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT)


class Faults:
    """Makes the n-th of all calls fail once; each call is counted, and ``hit`` says which one failed."""

    def __init__(self, patch, number, code):
        self.count, self.hit = 0, None
        for name in CALLS:
            patch.setattr(os, name, self._wrapped(name, getattr(os, name), number, code))

    def _wrapped(self, name, real, number, code):
        def call(*args, **kwargs):
            self.count += 1
            if self.count == number:
                self.hit = name
                if name == "close":
                    real(*args)
                raise OSError(code, os.strerror(code))
            return real(*args, **kwargs)

        return call


def _outcomes(folder, writer, code, monkeypatch):
    """What comes of a save with a fault at the first, second, … call, until none fails: one word for each."""
    file = save(new_file(*rich_pack()), folder / "a.briefpack")
    before = file.path.read_bytes()
    changed = replace(file, pack=replace(file.pack, body=(*file.pack.body, Paragraph(text=text("New words.")))))
    number, found = 0, []
    while True:
        number += 1
        file.path.write_bytes(before)
        with monkeypatch.context() as patch:
            faults = Faults(patch, number, code)
            told = _told(writer, changed)
        if faults.hit is None:
            assert not told
            return found
        found.append((faults.hit, _word(file, changed, told=told), _strays(folder)))


def _told(writer, changed):
    """Whether a save says that it failed."""
    try:
        writer(changed)
    except Conflict:
        raise AssertionError("nobody else has saved it") from None
    except UserError:
        return True
    return False


def _word(file, changed, *, told):
    try:
        there = read(file.path)
    except UserError:
        return "lost"
    if there.pack == changed.pack and not there.lost:
        return "saved, said otherwise" if told else "saved"
    assert there.pack == file.pack or there.lost
    if there.lost:
        return "lost"
    return "refused" if told else "silent"


def _strays(folder):
    return [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_at_any_call_is_told_and_the_file_is_whole(tmp_path, code, monkeypatch):
    found = _outcomes(tmp_path, save, code, monkeypatch)
    assert len(found) > 10
    assert {word for _, word, _ in found} <= {"refused", "saved", "saved, said otherwise"}
    assert {call for call, word, _ in found if word == "refused"} >= {"open", "write", "fsync", "replace"}
    assert all(not strays for call, _, strays in found if call != "unlink")


def test_a_disk_that_does_not_confirm_the_folder_is_told_as_that(tmp_path, monkeypatch):
    found = _outcomes(tmp_path, save, errno.EIO, monkeypatch)
    assert "saved, said otherwise" in {word for call, word, _ in found if call in {"fsync", "open", "close"}}


def test_a_writer_in_place_loses_the_file(tmp_path, monkeypatch):
    """The control: the loop finds what it is there to find."""

    def in_place(changed):
        data = _bytes_of(changed, tmp_path)
        try:
            descriptor = os.open(changed.path, os.O_WRONLY | os.O_TRUNC)
            for start in range(0, len(data), 4096):
                os.write(descriptor, data[start : start + 4096])
            os.close(descriptor)
        except OSError as error:
            raise UserError("told", do="do") from error

    found = _outcomes(tmp_path, in_place, errno.ENOSPC, monkeypatch)
    assert "lost" in {word for _, word, _ in found}


def test_a_writer_that_swallows_is_found_silent(tmp_path, monkeypatch):
    """The second control."""

    def swallowing(changed):
        data = _bytes_of(changed, tmp_path)
        with contextlib.suppress(UserError):
            write_atomically(changed.path, data)

    found = _outcomes(tmp_path, swallowing, errno.ENOSPC, monkeypatch)
    assert "silent" in {word for _, word, _ in found}


_made: dict[Path, bytes] = {}


def _bytes_of(changed, folder):
    """The bytes of a pack file, made once and without faults (the first call of a writer comes before any)."""
    if folder not in _made:
        from briefpack.packfile.saving import _packed

        _made[folder] = b"".join(_packed(changed, dt.datetime.now(dt.UTC))[1].pieces)
    return _made[folder]


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_in_the_journal_is_told_and_what_was_told_as_written_is_there(tmp_path, code, monkeypatch):
    number = 0
    while True:
        number += 1
        folder = tmp_path / str(number)
        file = new_file(rich_pack()[0])
        journal = Journal(folder, file)
        pack, written, told = file.pack, None, False
        with monkeypatch.context() as patch:
            faults = Faults(patch, number, code)
            for step in range(4):
                pack = replace(pack, body=(*pack.body, Paragraph(text=text(f"Step {step}"))))
                try:
                    journal.append(pack)
                    written = pack
                except UserError:
                    told = True
        assert told is (faults.hit is not None)
        if number % 2:  # the journal goes on after a fault
            written = replace(pack, language="cy")
            journal.append(written)
        journal.close()
        if faults.hit is None:
            break
        found = recoverable(folder)
        assert any(recovery.pack == written for recovery in found)
    assert number > 6
