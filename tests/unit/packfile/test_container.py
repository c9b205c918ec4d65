"""The zip that a pack file is: the same bytes for the same content, readable by any other program."""

import io
import zipfile

import pytest

from briefpack.packfile.container import Part, Stored, deflated, digest_of, stored, zipped
from briefpack.safety.container import DamagedError, open_container

PARTS = {
    "mimetype": stored(b"application/vnd.briefpack+zip"),
    "a.json": deflated(b"words " * 1000),
    "é.bin": stored(b""),
}


def _bytes(parts):
    return b"".join(zipped(parts.items()).pieces)


def test_other_programs_read_it():
    with zipfile.ZipFile(io.BytesIO(_bytes(PARTS))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(PARTS)
        assert archive.read("a.json") == b"words " * 1000
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.extra + info.comment for info in archive.infolist()} == {b""}


def test_the_first_bytes_say_what_it_is():
    assert _bytes(PARTS)[30:67] == b"mimetypeapplication/vnd.briefpack+zip"


def test_our_own_gate_passes_it():
    container = open_container(_bytes(PARTS), where="x")
    assert {name: container[name] for name in container} == {name: part.data() for name, part in PARTS.items()}


def test_the_digest_is_that_of_the_file_and_tells_states_apart():
    made = zipped(PARTS.items())
    assert made.digest == digest_of(_bytes(PARTS))
    assert made.size == len(_bytes(PARTS))
    others = [
        {**PARTS, "a.json": deflated(b"words " * 999 + b"Words ")},
        {**PARTS, "b": stored(b"")},
        {name: PARTS[name] for name in ("mimetype", "a.json")},
        dict(reversed(PARTS.items())),
    ]
    assert len({made.digest, *(zipped(other.items()).digest for other in others)}) == 5
    cut = {digest_of(_bytes(PARTS)[:end]) for end in (0, 1, 30, 200, made.size - 1)}
    assert len(cut) == 5
    assert made.digest not in cut


@pytest.mark.parametrize(
    "broken",
    [
        Part(0, 0, 5, b"words"),
        Part(8, 0, 5, b"words"),
        Part(8, 0, 5, b""),
        Part(9, 0, 5, b"words"),
        Part(0, stored(b"words").crc, 4, b"words"),
    ],
)
def test_a_part_that_does_not_fit_its_checksum_is_damaged(broken):
    with pytest.raises(DamagedError):
        broken.data()


def test_a_part_that_inflates_to_more_than_it_says_costs_no_more():
    bomb = deflated(bytes(50_000_000))
    with pytest.raises(DamagedError):
        Part(bomb.method, bomb.crc, 10, bomb.payload).data()


def test_stored_is_a_mapping():
    found = Stored({"a": stored(b"1"), "b": deflated(b"2" * 50)})
    assert dict(found) == {"a": b"1", "b": b"2" * 50}
    assert "a" in found
    assert "c" not in found
    assert len(found) == 2
