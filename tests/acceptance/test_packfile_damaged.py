"""A damaged pack from the command line: what can be read is read, what cannot is said, and nothing is saved over it."""

from msgspec.structs import replace

from briefpack.pack.model import Image
from briefpack.packfile import new_file, save
from tests.helpers.cli import briefpack, briefpack_json
from tests.helpers.packs import rich_pack


def _damaged(folder):
    """A pack with one picture spoilt."""
    pack, media = rich_pack()
    file = save(new_file(pack, media), folder / "a.briefpack")
    name = next(block.media for block in pack.body if isinstance(block, Image))
    data = bytearray(file.path.read_bytes())
    data[data.index(media[name]) + 99] ^= 0xFF
    file.path.write_bytes(data)
    return file.path


def test_what_is_lost_is_said_and_the_rest_is_shown(tmp_path):
    path = _damaged(tmp_path)
    done = briefpack("show", path)
    assert done.returncode == 0
    assert "Harbour Towns Forum" in done.stdout
    assert "picture is damaged" in done.stderr
    assert briefpack_json("show", path)["meeting"]["place"] == "Conference room 4, Quay House"


def test_an_export_says_it_too(tmp_path):
    done = briefpack("export", _damaged(tmp_path), "-o", tmp_path / "a.txt")
    assert done.returncode == 0
    assert "picture is damaged" in done.stderr


def test_a_newer_format_is_shown_and_said_and_not_written(tmp_path, monkeypatch):
    from briefpack.packfile import saving

    monkeypatch.setattr(saving, "FORMAT", 2)
    pack, media = rich_pack()
    file = save(new_file(replace(pack, language="en-GB"), media), tmp_path / "a.briefpack")
    before = file.path.read_bytes()
    done = briefpack("show", file.path)
    assert done.returncode == 0
    assert "newer version" in done.stderr
    done = briefpack("export", file.path, "-o", tmp_path / "a.docx", "--copy", "reviewers")
    assert done.returncode == 2
    assert "newer version" in done.stderr
    assert file.path.read_bytes() == before
