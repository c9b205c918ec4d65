"""A pack file is saved whole, read as it was, and never over what somebody else has saved."""

import datetime as dt
import hashlib
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.decisions import Decision, Return, Verdict
from briefpack.pack.edits import remove_blocks
from briefpack.pack.model import Image, Issue, Pack, Paragraph, SentFile
from briefpack.pack.text import text
from briefpack.packfile import Conflict, named_version, new_file, read, save, version_pack, versions, without_versions
from briefpack.packfile.container import deflated, zipped
from briefpack.packfile.document import decode, encode
from tests.helpers import strategies
from tests.helpers.packs import rich_pack

NOW = dt.datetime(2031, 3, 12, 16, 5, tzinfo=dt.UTC)


def _said(pack, words):
    """The pack with one more paragraph."""
    return replace(pack, body=(*pack.body, Paragraph(text=text(words))))


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def file(tmp_path):
    """A saved pack of every kind of block."""
    return save(new_file(*rich_pack()), tmp_path / "a.briefpack", now=NOW)


def test_reads_as_it_was_saved(file):
    pack, media = rich_pack()
    found = read(file.path)
    assert found.pack == pack
    assert dict(found.media) == media
    assert found.digest == file.digest
    assert (found.read_only, found.damaged, found.lost) == (False, False, ())


@given(pack=strategies.packs())
@settings(max_examples=25)
def test_any_pack_reads_as_it_was_saved(pack, tmp_path_factory):
    saved = save(new_file(pack), tmp_path_factory.mktemp("packs") / "a.briefpack")
    found = read(saved.path)
    assert found.pack == saved.pack
    assert found.digest == saved.digest
    assert not found.damaged


def test_equal_content_makes_equal_bytes(tmp_path):
    one, two = (save(new_file(*rich_pack()), tmp_path / name, now=NOW).path.read_bytes() for name in ("a", "b"))
    assert one == two


def test_the_parts_are_as_the_format_says(file):
    with zipfile.ZipFile(file.path) as archive:
        names = archive.namelist()
        assert names[:3] == ["mimetype", "manifest.json", "pack.json"]
        assert {info.compress_type for info in archive.infolist() if info.filename.startswith("media/")} == {0}
        for name in names[3:]:
            assert hashlib.sha256(archive.read(name)).hexdigest() == Path(name).stem
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["format"] == 1
    assert manifest["pack"] == file.pack.id
    assert manifest["saved"] == "2031-03-12T16:05:00Z"


def test_nothing_is_written_where_nothing_has_changed(file):
    before = file.path.stat()
    again = save(read(file.path))
    assert os.path.samestat(file.path.stat(), before)
    assert again.digest == file.digest
    assert versions(again) == ()


def test_nothing_is_left_beside_a_saved_pack(file):
    save(replace(file, pack=_said(file.pack, "More")))
    assert _names(file.path.parent) == ["a.briefpack"]


def test_strays_of_a_killed_save_go_with_the_next(file):
    from briefpack.safety.files import hidden_prefix

    stray = file.path.with_name(f"{hidden_prefix(file.path)}0123abcd.tmp")
    stray.write_bytes(b"half a pack")
    save(replace(file, pack=_said(file.pack, "More")))
    assert _names(file.path.parent) == ["a.briefpack"]


def test_earlier_saves_are_kept_so_many_and_no_more(file):
    pack, packs = file.pack, []
    for number in range(13):
        packs.append(pack)
        pack = _said(pack, f"Change {number}")
        file = save(replace(file, pack=pack), now=NOW + dt.timedelta(minutes=number + 1))
    found = read(file.path)
    assert found.pack == pack
    kept = versions(found)
    assert [version_pack(found, version.name) for version in kept] == packs[:2:-1]
    assert kept[0].saved == NOW + dt.timedelta(minutes=12)
    assert versions(without_versions(found)) == ()


def test_a_version_with_a_name_stays_and_is_told_by_whom(file):
    file = save(file, now=NOW, by="Ada Quill", version="As sent to private office")
    first = file.pack
    for number in range(13):
        changed = replace(file, pack=_said(file.pack, f"Change {number}"))
        file = save(changed, now=NOW + dt.timedelta(minutes=number + 1), by="Edgar Munt")
    kept = versions(read(file.path))
    assert [(each.title, each.by) for each in kept] == [("", "Edgar Munt")] * 10 + [
        ("As sent to private office", "Ada Quill")
    ]
    assert kept[-1].saved == NOW
    assert version_pack(file, kept[-1].name) == first
    assert len({each.saved for each in kept}) == 11, "what was kept under a name is no version twice"


def test_a_name_can_be_given_and_taken_away_later(file):
    file = save(file, now=NOW)
    for number in range(3):
        file = save(replace(file, pack=_said(file.pack, str(number))), now=NOW + dt.timedelta(minutes=number + 1))
    oldest = versions(file)[-1]
    before = file.path.read_bytes()
    file = save(named_version(file, oldest.name, " Before the call "))
    assert file.path.read_bytes() != before, "a name alone is saved, too"
    assert versions(read(file.path))[-1].title == "Before the call"
    file = save(named_version(read(file.path), oldest.name, ""))
    assert {each.title for each in versions(read(file.path))} == {""}
    with pytest.raises(KeyError):
        named_version(file, "versions/999999-20310312T160500Z.json", "Nowhere")


@pytest.mark.parametrize("notes", [b"", b"[]", b'{"a": 3}', b"\xff", b"[" * 10000], ids=str)
def test_notes_on_versions_that_cannot_be_read_say_nothing(file, notes):
    file = save(file, now=NOW, version="Kept")
    parts = {**file.kept.parts, "versions/notes.json": deflated(notes)}
    file = replace(file, pack=_said(file.pack, "More"), kept=replace(file.kept, parts=parts))
    assert [each.title for each in versions(read(save(file).path))] == [""]


def test_pictures_are_dropped_only_when_nothing_refers_to_them(file):
    shown = [block for block in file.pack.body if isinstance(block, Image)][0]  # noqa: RUF015
    without = remove_blocks(file.pack, [block.id for block in file.pack.body if isinstance(block, Image)])
    file = save(replace(file, pack=without))
    assert shown.media in read(file.path).media  # an earlier save shows it
    kept = save(without_versions(file))
    assert shown.media not in read(kept.path).media
    assert shown.media in kept.media  # and can still be undone
    back = save(replace(kept, pack=_said(rich_pack()[0], "Undone")))
    assert back.media[shown.media] == read(back.path).media[shown.media] == rich_pack()[1][shown.media]


def test_what_was_sent_is_kept_to_the_byte(file):
    sent = os.urandom(5000)
    name = hashlib.sha256(sent).hexdigest()
    issue = Issue(number="1", time=NOW, files=(SentFile(name="brief.docx", sha256=name),))
    save(replace(file, pack=replace(file.pack, issues=(issue,)), issued={**file.issued, name: sent}))
    found = read(file.path)
    assert dict(found.issued) == {name: sent}
    save(replace(found, pack=_said(found.pack, "More")))
    assert dict(read(file.path).issued) == {name: sent}


def test_what_came_back_is_kept_to_the_byte_with_what_was_decided(file):
    back = os.urandom(5000)
    name = hashlib.sha256(back).hexdigest()
    taken = Return(sha256=name, name="brief (1).docx", taken=NOW, issue="0.1", sent="0" * 64, authors=("Amara",))
    decided = Decision("a" * 32, Verdict.EDITED, "Niamh", NOW, before="old", after="new", reply="Thank you.")
    pack = replace(file.pack, returns=(taken,), decisions=(decided,))
    save(replace(file, pack=pack, returned={name: back}))
    found = read(file.path)
    assert (found.pack.returns, found.pack.decisions, dict(found.returned)) == ((taken,), (decided,), {name: back})
    assert not found.lost
    save(replace(found, pack=_said(found.pack, "More")))
    assert dict(read(file.path).returned) == {name: back}
    missing = save(replace(read(file.path), returned={}))
    assert read(missing.path).lost == ("The copy “brief (1).docx” that came back is not in the pack",)


def test_unknown_keys_of_returns_and_decisions_survive(file):
    taken = Return(sha256="1" * 64, name="a.docx", taken=NOW)
    pack = replace(
        file.pack, returns=(taken,), decisions=(Decision("k1", Verdict.ACCEPTED), Decision("k2", Verdict.REJECTED))
    )
    raw = json.loads(encode(pack))
    raw["returns"][0]["seen"] = "twice"
    raw["decisions"][1]["mood"] = "good"
    document = decode(json.dumps(raw).encode())
    assert document.pack == pack
    again = json.loads(encode(replace(pack, decisions=pack.decisions[1:]), document.unknown))
    assert again["returns"][0]["seen"] == "twice"
    assert again["decisions"] == [{"item": "k2", "verdict": "rejected", "mood": "good"}]


def test_of_two_decisions_on_one_item_the_last_holds(file):
    twice = (Decision("k", Verdict.REJECTED), Decision("other", Verdict.ACCEPTED), Decision("k", Verdict.ACCEPTED))
    saved = save(replace(file, pack=replace(file.pack, decisions=twice)))
    assert {each.item: each.verdict for each in read(saved.path).pack.decisions} == {
        "k": "accepted",
        "other": "accepted",
    }


def test_a_name_that_is_not_the_hash_of_its_bytes_is_a_bug(file):
    wrong = f"{'0' * 64}.png"
    for changes in (
        {"media": {wrong: b"x"}},
        {"issued": {"0" * 64: b"x"}},
        {"returned": {"0" * 64: b"x"}},
        {"media": {"../x.png": b"x"}},
    ):
        with pytest.raises(ValueError, match="SHA-256"):
            save(replace(file, pack=_said(file.pack, "More"), **changes))
    assert read(file.path).pack == file.pack


def test_unknown_parts_and_keys_survive(file):
    found = read(file.path)
    parts = {name: deflated(data) for name, data in zipfile_parts(file.path).items()}
    manifest = json.loads(parts["manifest.json"].data())
    raw = json.loads(parts["pack.json"].data())
    raw["x_plan"] = {"a": [1, None]}
    raw["body"][2]["x_note"] = "kept"
    parts["manifest.json"] = deflated(json.dumps({**manifest, "x_tool": "other"}).encode())
    parts["pack.json"] = deflated(json.dumps(raw).encode())
    parts["plans/plan.bin"] = deflated(b"\0\1\2" * 100)
    parts["media/readme.txt"] = deflated(b"not a picture")
    file.path.write_bytes(b"".join(zipped(parts.items()).pieces))
    found = read(file.path)
    assert not found.lost
    save(replace(found, pack=_said(found.pack, "More")))
    after = zipfile_parts(file.path)
    assert after["plans/plan.bin"] == b"\0\1\2" * 100
    assert after["media/readme.txt"] == b"not a picture"
    assert json.loads(after["manifest.json"])["x_tool"] == "other"
    written = json.loads(after["pack.json"])
    assert written["x_plan"] == {"a": [1, None]}
    assert written["body"][2]["x_note"] == "kept"
    assert written["body"][-1]["text"]["string"] == "More"


def zipfile_parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_somebody_elses_save_is_never_overwritten(file):
    mine, theirs = read(file.path), read(file.path)
    theirs = save(replace(theirs, pack=_said(theirs.pack, "Theirs")))
    with pytest.raises(Conflict) as caught:
        save(replace(mine, pack=_said(mine.pack, "Mine")))
    assert read(file.path).pack == theirs.pack
    copy = caught.value.file
    assert copy.path.name in str(caught.value)
    assert "conflict" in copy.path.name
    assert read(copy.path).pack.body[-1].text.string == "Mine"
    save(replace(copy, pack=_said(copy.pack, "On in the copy")))
    with pytest.raises(Conflict):
        save(replace(mine, pack=_said(mine.pack, "Mine again")))
    assert len(_names(file.path.parent)) == 3


def test_times_of_files_and_clocks_play_no_part(file):
    mine, theirs = read(file.path), read(file.path)
    before = file.path.stat()
    save(replace(theirs, pack=_said(theirs.pack, "Theirs")))
    os.utime(file.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(Conflict):
        save(replace(mine, pack=_said(mine.pack, "Mine")))
    os.utime(file.path, (0, 4_000_000_000))
    again = read(file.path)
    os.utime(file.path, (0, 0))
    save(replace(again, pack=_said(again.pack, "No conflict")))
    assert read(file.path).pack.body[-1].text.string == "No conflict"


@pytest.mark.parametrize("content", [b"", b"rubbish", b"PK\x05\x06" + bytes(18)])
def test_what_another_program_put_in_its_place_is_not_overwritten(file, content):
    file.path.write_bytes(content)
    with pytest.raises(Conflict):
        save(replace(file, pack=_said(file.pack, "Mine")))
    assert file.path.read_bytes() == content


def test_a_pack_that_was_deleted_is_saved_again(file):
    file.path.unlink()
    save(replace(file, pack=_said(file.pack, "Still here")))
    assert read(file.path).pack.body[-1].text.string == "Still here"


def test_a_folder_that_is_gone_is_told_and_nothing_is_made(tmp_path):
    (tmp_path / "drive").mkdir()
    file = save(new_file(rich_pack()[0], rich_pack()[1]), tmp_path / "drive" / "a.briefpack")
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    with pytest.raises(UserError, match="folder does not exist"):
        save(replace(file, pack=_said(file.pack, "More")))
    assert _names(tmp_path) == ["unplugged"]
    (tmp_path / "unplugged").rename(tmp_path / "drive")
    save(replace(file, pack=_said(file.pack, "More")))
    assert read(file.path).pack.body[-1].text.string == "More"


def test_saving_as_leaves_the_first_as_it_was(file, tmp_path):
    other = save(replace(file, pack=_said(file.pack, "More")), tmp_path / "b.briefpack")
    assert other.path == tmp_path / "b.briefpack"
    assert read(file.path).pack == file.pack
    save(replace(other, pack=_said(other.pack, "And more")))
    assert read(file.path).pack == file.pack


def test_a_new_file_needs_a_name():
    with pytest.raises(ValueError, match="path"):
        save(new_file(Pack()))


@pytest.mark.skipif(os.name == "nt", reason="links and modes are those of POSIX")
def test_links_are_followed_and_the_mode_is_kept(file, tmp_path):
    file.path.chmod(0o664)
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "link.briefpack"
    link.symlink_to(file.path)
    opened = read(link)
    save(replace(opened, pack=_said(opened.pack, "Through the link")))
    assert link.is_symlink()
    assert read(file.path).pack.body[-1].text.string == "Through the link"
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o664
    assert _names(tmp_path / "desk") == ["link.briefpack"]
    with pytest.raises(Conflict):  # the same file by its other name
        save(replace(file, pack=_said(file.pack, "Mine")))


def test_a_file_that_is_protected_is_left_alone(file, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(UserError, match="protected"):
        save(replace(file, pack=_said(file.pack, "More")))
    assert read(file.path).pack == file.pack


def test_a_name_that_is_as_long_as_names_may_be(tmp_path):
    name = "é" * 122 + ".briefpack"
    file = save(new_file(*rich_pack()), tmp_path / name)
    other = read(file.path)
    save(replace(file, pack=_said(file.pack, "More")))
    with pytest.raises(Conflict) as caught:
        save(replace(other, pack=_said(other.pack, "Mine")))
    assert caught.value.file.path.exists()
