"""Locks and notes of who has a pack open: advisory, and gone with the process that held them."""

import errno
import os
import socket

import msgspec
import pytest
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.model import Pack
from briefpack.packfile import locks, new_file, note_open, read, save, who_has
from briefpack.packfile.locks import Holder, saving


def test_one_saves_at_a_time_and_nothing_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "_PATIENCE", 0.05)
    target = tmp_path / "a.briefpack"
    with saving(target) as held:
        assert held
        with pytest.raises(UserError, match="Another program is saving"), saving(target):
            raise AssertionError
    with saving(target) as held:
        assert held
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_a_crash_has_left_blocks_nothing(tmp_path):
    target = tmp_path / "a.briefpack"
    with saving(target):
        (left,) = tmp_path.iterdir()
    left.write_bytes(b"")
    left.chmod(0o444)
    with saving(target) as held:
        assert held
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="flock is POSIX")
def test_where_there_are_no_locks_saving_goes_on(tmp_path, monkeypatch):
    import fcntl

    def none(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    file = save(new_file(Pack()), tmp_path / "a.briefpack")
    file = save(replace(file, pack=replace(file.pack, language="cy")))
    assert read(file.path).pack == file.pack


def test_who_has_it_open_is_noted_for_as_long_as_they_have(tmp_path):
    pack = tmp_path / "a.briefpack"
    assert who_has(pack) is None
    note, other = note_open(pack)
    assert other is None
    second, other = note_open(pack)
    assert other == who_has(pack)
    assert (other.host, other.pid) == (socket.gethostname(), os.getpid())
    second.close()
    assert who_has(pack) == other
    with note:
        pass
    assert who_has(pack) is None
    assert list(tmp_path.iterdir()) == []


def test_a_note_that_a_crash_has_left_is_taken_over(tmp_path):
    pack = tmp_path / "a.briefpack"
    note, _ = note_open(pack)
    (left,) = tmp_path.iterdir()
    note.close()
    gone = Holder("anna", socket.gethostname(), 2**22 + 1, Holder.this_process().since)
    left.write_bytes(msgspec.json.encode(gone))
    assert who_has(pack) is None
    note, other = note_open(pack)
    assert other is None
    assert who_has(pack).pid == os.getpid()
    note.close()


@pytest.mark.skipif(os.name == "nt", reason="flock is POSIX")
def test_without_locks_a_note_is_judged_by_its_process(tmp_path, monkeypatch):
    import fcntl

    pack = tmp_path / "a.briefpack"
    note, _ = note_open(pack)
    (left,) = tmp_path.iterdir()

    def none(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    assert who_has(pack).pid == os.getpid()
    here, since = socket.gethostname(), Holder.this_process().since
    left.write_bytes(msgspec.json.encode(Holder("anna", here, 2**22 + 1, since)))
    assert who_has(pack) is None
    left.write_bytes(msgspec.json.encode(Holder("anna", "elsewhere", 2**22 + 1, since)))
    assert who_has(pack).user == "anna"
    note.close()


@pytest.mark.parametrize("content", [b"", b"rubbish", b"{}", b"[" * 3000])
def test_a_note_that_says_nothing_is_nothing(tmp_path, content, monkeypatch):
    pack = tmp_path / "a.briefpack"
    note, _ = note_open(pack)
    (left,) = tmp_path.iterdir()
    left.write_bytes(content)
    assert who_has(pack) is None
    note.close()


def test_there_is_no_note_where_none_can_be_written(tmp_path):
    note, other = note_open(tmp_path / "missing" / "a.briefpack")
    assert other is None
    note.close()
