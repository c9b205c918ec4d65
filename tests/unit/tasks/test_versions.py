"""The versions of a pack told."""

import datetime as dt

import msgspec
import pytest
from msgspec.structs import replace

from briefpack.pack.model import Pack, Paragraph
from briefpack.pack.text import text
from briefpack.packfile import new_file, read, save
from briefpack.packfile.container import stored
from briefpack.tasks.comparing import compare_packs
from briefpack.tasks.versions import kept_versions, report
from tests.helpers.cli import briefpack, briefpack_json

NOW = dt.datetime(2031, 3, 12, 17, 5, tzinfo=dt.UTC)


@pytest.fixture
def file(tmp_path):
    """A pack of three saves, the first under a name."""
    path = tmp_path / "ports.briefpack"
    made = save(new_file(Pack(body=(Paragraph(text=text("One.")),))), path, now=NOW, by="Ada Quill", version="As sent")
    for number, words in enumerate(("One two.", "One two three."), 1):
        block = replace(made.pack.body[0], text=text(words))
        changed = replace(made, pack=replace(made.pack, body=(block,)))
        made = save(changed, now=NOW + dt.timedelta(hours=number), by="Edgar Munt")
    return read(path)


def test_versions_are_told_newest_first(file):
    told = report(file)
    assert (told["words"], told["by"], told["saved"]) == (3, "Edgar Munt", NOW + dt.timedelta(hours=2))
    rows = [(each["name"], each["by"], each["words"], each["damaged"]) for each in told["versions"]]
    assert rows == [("", "Edgar Munt", 2, False), ("As sent", "Ada Quill", 1, False)]
    assert msgspec.json.encode(told)


def test_a_damaged_version_is_told_and_hides_no_other(file):
    name = file.kept.versions.keys() - {max(file.kept.versions)}
    versions = {**file.kept.versions, **dict.fromkeys(name, stored(b"nothing of a pack"))}
    broken = replace(file, kept=replace(file.kept, versions=versions))
    assert [each.pack is None for each in kept_versions(broken)] == [False, True]
    assert [(each["words"], each["damaged"]) for each in report(broken)["versions"]] == [(2, False), (None, True)]


def test_a_version_is_compared_with_the_pack(file):
    _, oldest = kept_versions(file)
    found = compare_packs(oldest.pack, file.pack, file.media)
    assert [(row.old.string, row.new.string) for row in found.rows if row.changed] == [("One.", "One two three.")]
    assert compare_packs(file.pack, file.pack, file.media).changes == ()


def test_the_command_tells_them(file):
    told = briefpack_json("versions", file.path)
    assert [each["name"] for each in told["versions"]] == ["", "As sent"]
    lines = briefpack("versions", file.path).stdout.splitlines()
    assert lines[0].endswith("3 words  Edgar Munt  now")
    assert lines[2].endswith("1 word  Ada Quill  “As sent”")
    missing = briefpack("versions", file.path.with_name("none.briefpack"))
    assert (missing.returncode, missing.stdout) == (2, "")
