"""Programs are killed, disks are full, folders closed, and two people work on one pack: no word that was saved is lost."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from briefpack.packfile import new_file, read, save
from tests.helpers.packs import rich_pack

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are forked, killed and limited as POSIX has it")


def _start(*arguments):
    command = [sys.executable, "-m", "tests.acceptance.packfile_programs", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _finished(process):
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    return json.loads(out)


def _run(*arguments):
    return _finished(_start(*arguments))


def test_no_kill_in_a_save_loses_the_pack_or_a_save(tmp_path):
    seen = _run("kill", tmp_path, "save", 200, 1)
    assert seen["kills"] == 200
    assert seen["in_save"] > 150
    assert seen["acked"] > 10
    assert (seen["unreadable"], seen["lost"]) == (0, 0)
    assert seen["strays"] > 50  # what the killed have left
    assert seen["beside_after_a_save"] == 0


def test_the_same_kills_spoil_a_pack_that_is_written_in_place(tmp_path):
    """The control."""
    seen = _run("kill", tmp_path, "in_place", 60, 1)
    assert seen["unreadable"] > 5


def test_no_kill_loses_what_the_journal_has_acknowledged(tmp_path):
    seen = _run("type_and_die", tmp_path, 100, 1, "careful")
    assert seen["kills"] == 100
    assert seen["acked"] > 50
    assert seen["lost"] == 0


def test_a_journal_that_writes_late_loses_what_it_has_acknowledged(tmp_path):
    """The control."""
    assert _run("type_and_die", tmp_path, 20, 1, "careless")["lost"] > 10


def _edits_found(folder):
    said = set()
    for path in folder.glob("*.briefpack"):
        for block in read(path).pack.body:
            said.update(re.findall(r"Edit \w\d+\.", getattr(getattr(block, "text", None), "string", "")))
    return said


@pytest.mark.parametrize("saver", ["save", "blind"])
def test_two_programs_on_one_pack_lose_nothing(tmp_path, saver):
    """Each edit is in the pack or in a conflict copy. Saving blindly is the control."""
    path = save(new_file(rich_pack()[0]), tmp_path / "a.briefpack").path
    both = [_start("edit", path, name, 100, saver) for name in "AB"]
    conflicts = sum(_finished(process)["conflicts"] for process in both)
    lost = {f"Edit {name}{number}." for name in "AB" for number in range(100)} - _edits_found(tmp_path)
    if saver == "save":
        assert conflicts > 0
        assert not lost
    else:
        assert len(lost) > 20


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_files_that_may_grow_no_more_are_told(tmp_path):
    seen = _run("full", tmp_path, 2_500_000, "save")
    assert seen["refused"] == seen["intact"] == 3
    assert all("size" in said or "full" in said for said in seen["told"])
    assert seen["beside"] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_files_that_may_grow_no_more_are_lost_in_place(tmp_path):
    """The control."""
    assert _run("full", tmp_path, 2_500_000, "in_place")["intact"] == 0


def test_a_full_disk_is_told_and_the_pack_is_as_it_was(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", disk]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root may mount a small disk; the limit on files above stands for it")
    try:
        seen = _run("full", disk, 0, "save")
    finally:
        subprocess.run(["umount", disk], check=True)
    assert seen["refused"] == seen["intact"] >= 2
    assert all("disk is full" in said for said in seen["told"])
    assert seen["beside"] == 0


def test_a_folder_that_may_not_be_written_to_is_told(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    for above in (folder, *folder.parents):
        if above.owner() == Path.home().owner() and above.is_relative_to(tmp_path.parents[1]):
            above.chmod(above.stat().st_mode | 0o055)  # so that another user reaches it
    try:
        seen = _run("as_nobody", folder)
    finally:
        folder.chmod(0o755)
    assert "not allowed to write in this folder" in seen["said"]
    assert seen["intact"] == "True"
    assert seen["beside"] == "0"
