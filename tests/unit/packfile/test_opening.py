"""Damaged, hostile, newer and foreign files: opened as far as possible, or refused in one line; nothing lost in silence."""

import io
import json
import random
import shutil
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.model import Image, Paragraph
from briefpack.pack.text import text
from briefpack.packfile import new_file, read, save, versions
from briefpack.packfile.container import VERSION_PART, deflated, stored, zipped
from tests.helpers.packs import rich_pack

FORMAT_1 = Path(__file__).parents[2] / "files" / "format-1.briefpack"


def _parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(path, parts):
    path.write_bytes(b"".join(zipped((name, deflated(data)) for name, data in parts.items()).pieces))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A pack file with pictures and two earlier saves."""
    file = save(new_file(*rich_pack()), tmp_path_factory.mktemp("whole") / "whole.briefpack")
    for words in ("One more.", "And another."):
        file = save(replace(file, pack=replace(file.pack, body=(*file.pack.body, Paragraph(text=text(words))))))
    return read(file.path)


@pytest.fixture
def copy(whole, tmp_path):
    """A copy of it to be damaged."""
    return Path(shutil.copy(whole.path, tmp_path / "a.briefpack"))


def _same(found, whole):
    return found.pack == whole.pack and dict(found.media) == dict(whole.media)


def test_a_part_cut_off_is_told_and_the_rest_is_there(whole, copy):
    data = copy.read_bytes()
    copy.write_bytes(data[: data.index(b"versions/")])
    found = read(copy)
    assert found.damaged
    assert found.lost
    assert _same(found, whole)


def test_a_damaged_file_is_never_saved_over(whole, copy, tmp_path):
    data = copy.read_bytes()
    copy.write_bytes(data[:-10])
    found = read(copy)
    with pytest.raises(UserError, match="another name"):
        save(found)
    assert copy.read_bytes() == data[:-10]
    other = save(found, tmp_path / "b.briefpack")
    assert not other.damaged
    assert not read(other.path).lost
    assert _same(read(other.path), whole)


def test_a_damaged_picture_is_told_and_the_words_are_whole(whole, copy):
    name = next(block.media for block in whole.pack.body if isinstance(block, Image))
    data = bytearray(copy.read_bytes())
    data[data.index(whole.media[name]) + 200] ^= 0xFF
    copy.write_bytes(data)
    found = read(copy)
    assert found.pack == whole.pack
    assert set(found.media) == set(whole.media) - {name}
    assert any("picture" in sentence.lower() for sentence in found.lost)


def test_a_damaged_text_is_read_as_it_was_saved_before(whole, copy):
    data = bytearray(copy.read_bytes())
    at = data.index(b"pack.json") + 60
    data[at : at + 20] = bytes(20)
    copy.write_bytes(data)
    found = read(copy)
    assert found.damaged
    assert "as it was saved last is damaged" in " ".join(found.lost)
    assert found.pack.body == whole.pack.body[:-1]


def test_a_picture_that_is_missing_is_told_and_the_pack_can_be_saved(whole, copy):
    parts = {name: data for name, data in _parts(copy).items() if not name.startswith("media/")}
    _write(copy, parts)
    found = read(copy)
    assert "not in the file" in " ".join(found.lost)
    assert not found.damaged
    save(replace(found, pack=replace(found.pack, language="cy")))
    assert read(copy).pack.language == "cy"


def test_a_picture_under_another_name_is_no_picture_of_the_pack(whole, copy):
    parts = _parts(copy)
    name = next(name for name in parts if name.startswith("media/"))
    parts[name] = b"other bytes"
    _write(copy, parts)
    found = read(copy)
    assert found.damaged
    assert name.removeprefix("media/") not in found.media


@pytest.mark.parametrize("manifest", [None, b"", b"{}", b"[]", b'{"format": 0}', b'{"format": "1"}', b"{" * 9000])
def test_a_damaged_manifest_is_told(whole, copy, manifest):
    parts = _parts(copy)
    if manifest is None:
        del parts["manifest.json"]
    else:
        parts["manifest.json"] = manifest
    _write(copy, parts)
    found = read(copy)
    assert found.pack == whole.pack
    assert "manifest" in found.lost[0]


def test_what_stands_in_a_version_is_looked_at_with_care(copy):
    parts = _parts(copy)
    parts["pack.json"] = b"damaged"
    for name in [name for name in parts if VERSION_PART.fullmatch(name)]:
        parts["versions/000001-99999999T999999Z.json"] = parts.pop(name)
    _write(copy, parts)
    found = read(copy)
    assert found.damaged
    assert versions(found) == ()


@pytest.mark.parametrize("seed", range(300))
def test_a_mutated_pack_opens_or_says_what_is_wrong(whole, copy, seed):
    """Bits flipped, pieces cut out, overwritten or moved; what opens without a word is whole."""
    chance = random.Random(seed)
    data = bytearray(copy.read_bytes())
    match seed % 5:
        case 0:
            for _ in range(chance.randint(1, 4)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case 1:
            del data[chance.randrange(len(data)) :]
        case 2:
            start = chance.randrange(len(data))
            del data[start : start + chance.randint(1, 3000)]
        case 3:
            start = chance.randrange(len(data))
            data[start : start + chance.randint(1, 500)] = chance.randbytes(chance.randint(1, 500))
        case _:
            parts = _parts(copy)
            del parts[chance.choice(list(parts))]
            _write(copy, parts)
            data = bytearray(copy.read_bytes())
    copy.write_bytes(data)
    try:
        found = read(copy)
    except UserError:
        return
    assert found.lost or _same(found, whole)


def test_mutations_do_harm_a_reader_that_looks_at_nothing(whole, copy):
    """The control: without hashes and checksums some of the same damage would pass for the pack."""
    name = next(block.media for block in whole.pack.body if isinstance(block, Image))
    data = bytearray(copy.read_bytes())
    at = data.index(whole.media[name]) + 200
    data[at] ^= 0xFF
    careless = bytes(data[at - 200 : at - 200 + len(whole.media[name])])
    assert careless != whole.media[name]
    copy.write_bytes(data)
    assert read(copy).lost


def test_a_newer_format_opens_for_reading_only(whole, copy):
    parts = _parts(copy)
    manifest = json.loads(parts["manifest.json"])
    raw = json.loads(parts["pack.json"])
    raw["body"].insert(3, {"kind": "timeline", "id": "x", "events": [{"string": "Words on a timeline", "marks": []}]})
    parts["manifest.json"] = json.dumps({**manifest, "format": 2}).encode()
    parts["pack.json"] = json.dumps(raw).encode()
    _write(copy, parts)
    before = copy.read_bytes()
    found = read(copy)
    assert found.read_only
    assert not found.damaged
    assert found.pack.body[3].text.string == "Words on a timeline"
    assert len(found.pack.body) == len(whole.pack.body) + 1
    for path in (None, copy.with_name("b.briefpack")):
        with pytest.raises(UserError, match="newer version"):
            save(replace(found, pack=replace(found.pack, language="cy")), path)
    assert [path.name for path in copy.parent.iterdir()] == ["a.briefpack"]
    assert copy.read_bytes() == before


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}, "a Word file"),
        ({"content.xml": b"<x/>"}, "another kind of file"),
        ({"mimetype": b"application/vnd.briefpack+zip"}, "nothing of its text"),
    ],
)
def test_other_containers_are_named(tmp_path, parts, said):
    path = tmp_path / "a.briefpack"
    path.write_bytes(b"".join(zipped((name, stored(data)) for name, data in parts.items()).pieces))
    with pytest.raises(UserError, match=said):
        read(path)


@pytest.mark.parametrize(
    "data", [b"", b"words", bytes.fromhex("d0cf11e0a1b11ae1"), b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"]
)
def test_what_is_no_container_is_refused(tmp_path, data):
    (tmp_path / "a.briefpack").write_bytes(data)
    with pytest.raises(UserError):
        read(tmp_path / "a.briefpack")


def test_a_bomb_in_a_pack_is_not_inflated(copy):
    out = io.BytesIO(copy.read_bytes())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(f"media/{'0' * 64}.png", "w") as part:
        for _ in range(300):
            part.write(bytes(1024 * 1024))
    copy.write_bytes(out.getvalue())
    found = read(copy)
    assert found.damaged
    assert f"{'0' * 64}.png" not in found.media


def test_names_that_lead_out_are_never_followed(copy):
    out = io.BytesIO(copy.read_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("../../evil.txt", b"x")
        archive.writestr("media/../../evil.png", b"x")
    copy.write_bytes(out.getvalue())
    found = read(copy)
    assert found.damaged
    assert not any(".." in name for name in (*found.media, *found.kept.parts))
    assert [path.name for path in copy.parent.iterdir()] == ["a.briefpack"]


def test_the_sample_of_format_1_opens_as_it_did_when_it_was_made(tmp_path):
    found = read(FORMAT_1)
    assert (found.lost, found.damaged, found.read_only) == ((), False, False)
    told = json.loads(FORMAT_1.with_suffix(".json").read_bytes())
    assert [block.id for block in found.pack.body] == told["blocks"]
    assert [type(block).__name__ for block in found.pack.body] == told["kinds"]
    assert found.pack.meeting.title == told["title"]
    assert [comment.text for comment in found.pack.comments] == told["comments"]
    assert [clip.words for clip in found.pack.clips] == told["clips"]
    assert [person.name for person in found.pack.people] == told["people"]
    assert sorted(found.media) == told["media"]
    assert sorted(found.issued) == told["issued"]
    assert [version.name for version in versions(found)] == told["versions"]
    changed = save(replace(found, pack=replace(found.pack, language="cy")), tmp_path / "a.briefpack")
    after = _parts(changed.path)
    assert after["plans/plan.txt"] == b"A part that format 1 does not know.\n"
    assert json.loads(after["pack.json"])["x_plan"] == {"stage": 2}
    assert json.loads(after["manifest.json"])["x_tool"] == "another program"
