"""Whole files are read within limits, and written whole or not at all."""

import codecs
import errno
import os
import stat
from pathlib import Path

import pytest

from briefpack.errors import UserError
from briefpack.safety import files
from briefpack.safety.files import decode_text, read_input, remove_strays, write_atomically


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def _refused(call, *args, **kwargs):
    with pytest.raises(UserError) as caught:
        call(*args, **kwargs)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_reads_an_ordinary_file(tmp_path):
    (tmp_path / "a").write_bytes(b"words")
    assert read_input(tmp_path / "a") == b"words"
    assert read_input(tmp_path / "a", most=5) == b"words"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing", "no such file"),
        ("folder", "a folder"),
        ("empty", "empty"),
        ("a/b", "no such file"),
        ("x\0y", "not the name"),
    ],
)
def test_what_is_no_readable_file_is_refused(tmp_path, name, said):
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "a").write_bytes(b"x")
    assert said in _refused(read_input, tmp_path / name)


def test_a_file_over_the_limit_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert "larger than" in _refused(read_input, tmp_path / "a", most=4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_refused_without_waiting_for_its_other_end(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "ordinary" in _refused(read_input, tmp_path / "pipe")
    assert "ordinary" in _refused(write_atomically, tmp_path / "pipe", b"x")


@pytest.mark.parametrize(
    "data",
    ["£5 – “so”".encode(), codecs.BOM_UTF8 + "£5 – “so”".encode(), "£5 – “so”".encode("utf-16"),
     codecs.BOM_UTF16_BE + "£5 – “so”".encode("utf-16-be")],
)  # fmt: skip
def test_text_is_decoded(data):
    assert decode_text(data, "a.txt") == "£5 – “so”"


def test_text_of_another_encoding_is_refused_with_its_line():
    said = _refused(decode_text, "one\ntwo £5".encode("cp1252"), "a.txt")
    assert "not UTF-8" in said
    assert "line 2" in said
    assert "not UTF-16" in _refused(decode_text, codecs.BOM_UTF16_LE + b"\x00\xd8\x41\x00", "a.txt")
    assert "not a text file" in _refused(decode_text, b"\0\1\2", "a.txt")


def test_writes_a_file_in_pieces_with_nothing_left_beside_it(tmp_path):
    pieces = [b"", b"a" * 10, memoryview(b"b" * 300_000), b"c", b"d" * 300_000, b""]
    write_atomically(tmp_path / "a", pieces)
    assert (tmp_path / "a").read_bytes() == b"".join(pieces)
    assert _names(tmp_path) == ["a"]


def test_what_verification_says_stops_the_write(tmp_path):
    (tmp_path / "a").write_bytes(b"old")

    def refuse(temporary):
        assert temporary.read_bytes() == b"new"
        raise UserError("No")

    assert "No" in _refused(write_atomically, tmp_path / "a", b"new", verify=refuse)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert _names(tmp_path) == ["a"]


def test_a_disk_that_gives_back_other_bytes_is_found_out(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data).upper()))
    assert "read back" in _refused(write_atomically, tmp_path / "a", b"new")
    monkeypatch.undo()
    assert (tmp_path / "a").read_bytes() == b"old"


def test_an_interrupt_leaves_the_old_file_and_no_stray(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")

    def interrupt(*_):
        raise KeyboardInterrupt

    for call in ("write", "fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, call, interrupt)
            with pytest.raises(KeyboardInterrupt):
                write_atomically(tmp_path / "a", b"new")
        assert (tmp_path / "a").read_bytes() == b"old"
        assert _names(tmp_path) == ["a"]


@pytest.mark.skipif(os.name == "nt", reason="modes and links are those of POSIX")
def test_links_are_followed_and_modes_kept(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "real"
    target.write_bytes(b"old")
    target.chmod(0o664)
    (tmp_path / "link").symlink_to(target)
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o664
    _beside(target).replace(target)  # the control: what this module does not do
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def _beside(target):
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=target.parent)
    os.close(descriptor)
    return Path(name)


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_a_new_file_has_the_mode_that_any_program_would_give_it(tmp_path):
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a", b"new")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_link_in_a_circle_is_refused(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    _refused(write_atomically, tmp_path / "a", b"new")
    assert (tmp_path / "a").is_symlink()


class _InUseError(PermissionError):
    """What Windows raises for a file that another program holds open."""

    winerror = 32


def _held_for(tries, monkeypatch):
    """Make the target of a replace held by another program for so many tries; time does not pass."""
    replace, made = os.replace, []

    def held(source, target):
        made.append(target)
        if len(made) <= tries and "(not yet saved)" not in str(target):
            raise _InUseError(errno.EACCES, "sharing violation")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(files.time, "sleep", lambda _: None)
    return made


def test_a_file_that_is_held_for_a_moment_is_replaced_in_the_end(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"old")
    tries = _held_for(5, monkeypatch)
    write_atomically(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert len(tries) == 6


@pytest.mark.parametrize("keep", [False, True])
def test_a_file_that_is_never_let_go_stays_and_the_work_is_kept_where_wished(tmp_path, monkeypatch, keep):
    (tmp_path / "a.txt").write_bytes(b"old")
    _held_for(10**6, monkeypatch)
    said = _refused(write_atomically, tmp_path / "a.txt", b"new", keep_unsaved=keep)
    assert "Another program" in said
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    unsaved = tmp_path / "a (not yet saved).txt"
    assert unsaved.exists() is keep
    if keep:
        assert unsaved.read_bytes() == b"new"
        assert unsaved.name in said
    assert len(_names(tmp_path)) == 1 + keep


def test_strays_of_this_file_go_and_no_others(tmp_path):
    for name in ("a", "b"):
        stray = tmp_path / f"{files.hidden_prefix(tmp_path / name)}0123abcd.tmp"
        stray.write_bytes(b"half")
    (tmp_path / "a.tmp").write_bytes(b"a user's own")
    remove_strays(tmp_path / "a", older_than=3600)
    assert len(_names(tmp_path)) == 3
    remove_strays(tmp_path / "a")
    assert _names(tmp_path) == sorted([f"{files.hidden_prefix(tmp_path / 'b')}0123abcd.tmp", "a.tmp"])


@pytest.mark.parametrize("name", ["folder", "no/such/folder", "x" * 300, "a\0b"])
def test_what_cannot_be_a_file_is_refused(tmp_path, name):
    (tmp_path / "folder").mkdir()
    _refused(write_atomically, tmp_path / name, b"new")
    assert _names(tmp_path) == ["folder"]


def _barriers_missing(write, monkeypatch):
    """What a power cut could take from a writer: content that is not synced before its name, a name that never is."""
    unsynced, renamed = set(), set()
    real = {name: getattr(os, name) for name in ("write", "fsync", "replace")}

    def wrote(descriptor, data):
        unsynced.add(os.fstat(descriptor).st_ino)
        return real["write"](descriptor, data)

    def synced(descriptor):
        unsynced.discard(os.fstat(descriptor).st_ino)
        renamed.discard(os.fstat(descriptor).st_ino)
        real["fsync"](descriptor)

    missing = []

    def replaced(source, target):
        if Path(source).stat().st_ino in unsynced:
            missing.append("content before name")
        real["replace"](source, target)
        renamed.add(Path(target).parent.stat().st_ino)

    with monkeypatch.context() as patch:
        for name, call in (("write", wrote), ("fsync", synced), ("replace", replaced)):
            patch.setattr(os, name, call)
        write()
    return missing + ["name"] * bool(renamed)


@pytest.mark.skipif(os.name == "nt", reason="folders are synced on POSIX")
def test_content_is_on_the_disk_before_the_name_and_then_the_name(tmp_path, monkeypatch):
    assert _barriers_missing(lambda: write_atomically(tmp_path / "a", b"new"), monkeypatch) == []

    def careless():
        descriptor = os.open(tmp_path / "b", os.O_WRONLY | os.O_CREAT)
        os.write(descriptor, b"new")
        os.close(descriptor)
        os.replace(tmp_path / "b", tmp_path / "a")  # noqa: PTH105 - the call that is watched

    assert _barriers_missing(careless, monkeypatch) == ["content before name", "name"]  # the control
