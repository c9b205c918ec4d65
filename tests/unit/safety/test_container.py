"""A container is judged by its directory before anything in it is inflated."""

import io
import struct
import warnings
import zipfile

import pytest

from briefpack.errors import UserError
from briefpack.safety.container import DamagedError, Limits, open_container

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def _zip(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # names that occur twice are the subject here
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, data in parts:
                archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def _said(data, **kwargs):
    with pytest.raises(UserError) as caught:
        open_container(data, where="a.docx", **kwargs)
    assert caught.value.where == "a.docx"
    return str(caught.value)


def test_opens_what_is_sound():
    container = open_container(_zip([("a.xml", b"1" * 5000), ("d/", b""), ("d/b.bin", b"\0\1")]), where="a.docx")
    assert container.names() == ("a.xml", "d/b.bin")
    assert container.size("a.xml") == 5000
    assert container["a.xml"] == container.read("a.xml") == b"1" * 5000
    assert "d/b.bin" in container
    assert "missing" not in container
    assert len(container) == 2
    assert dict(container)["d/b.bin"] == b"\0\1"
    with pytest.raises(KeyError):
        container.read("missing")


def test_opens_a_file_by_its_path(tmp_path):
    (tmp_path / "a").write_bytes(_zip([("a", b"x")]))
    assert open_container(tmp_path / "a")["a"] == b"x"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (OLE, "password-protected"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"{\\rtf1 }", "rich text"),
        (b"plain words", "not a Word file"),
        (b"", "not a Word file"),
        (b"PK\x03\x04 and nothing more", "cut off"),
    ],
)
def test_what_is_no_container_is_named(data, word):
    assert word in _said(data)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_container_that_is_cut_off_is_refused(kept):
    data = _zip([(f"{n}.xml", b"abc" * 500) for n in range(20)])
    assert "cut off" in _said(data[: int(len(data) * kept)])


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "a/../../evil",
        "/etc/passwd",
        "C:\\evil",
        "C:evil",
        "..\\evil",
        "\\\\host\\share",
        "a//b",
        "./a",
        "a\\..\\b",
    ],
)
def test_names_that_lead_out_are_refused(name):
    assert "leads out" in _said(_zip([(name, b"x")]))


def test_a_name_with_a_nul_is_refused():
    data = _zip([("word.xmlXevil", b"x")]).replace(b"word.xmlX", b"word.xml\0")
    assert "leads out" in _said(data)


@pytest.mark.parametrize("twin", ["a.xml", "A.XML"])
def test_names_that_occur_twice_are_refused(twin):
    assert "two parts" in _said(_zip([("a.xml", b"1"), (twin, b"2")]))


def test_limits_are_kept():
    parts = [(f"{n}", bytes(1000)) for n in range(10)]
    assert open_container(_zip(parts), where="x", limits=Limits(parts=10, total=10_000, part=1000))
    assert "more than 9 parts" in _said(_zip(parts), limits=Limits(parts=9))
    assert "once unpacked" in _said(_zip(parts), limits=Limits(total=9_999))
    assert "its part" in _said(_zip(parts), limits=Limits(part=999))


def test_a_ratio_is_judged_on_large_parts_only():
    assert open_container(_zip([("small", bytes(1024 * 1024))]), where="x")
    container = open_container(_zip([("small", b"x"), ("large", bytes(1024 * 1024 + 1))]), where="x")
    assert container.read("small") == b"x"  # beside a part that nobody reads
    with pytest.raises(UserError, match="times its size"):
        container.read("large")


def test_a_directory_of_too_many_entries_is_refused_before_they_are_made_into_objects(monkeypatch):
    data = _zip([(f"{n:08}", b"") for n in range(3000)], zipfile.ZIP_STORED)

    def never(*_):
        raise AssertionError("the directory was read")

    monkeypatch.setattr(zipfile, "ZipFile", never)
    assert "more than 2 parts" in _said(data, limits=Limits(parts=2))


def test_a_bomb_of_a_gigabyte_is_refused_without_inflating_it():
    squeezed = io.BytesIO()
    with (
        zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("media", "w", force_zip64=True) as part,
    ):
        for _ in range(1024):
            part.write(bytes(1024 * 1024))
    assert "once unpacked" in _said(squeezed.getvalue())


def test_parts_that_share_bytes_are_refused():
    """One body of data under many names: 10 KB that inflate to gigabytes."""
    data = bytearray(_zip([("a", b"x" * 500), ("b", b"x" * 500)], zipfile.ZIP_STORED))
    entry = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<L", data, entry + 42, 0)
    assert "over one another" in _said(bytes(data))


def test_a_directory_that_understates_a_size_costs_no_more_than_it_says():
    honest = _zip([("a", bytes(50 * 1024 * 1024))])
    data = bytearray(honest)
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 1000)
    container = open_container(bytes(data), where="x")
    with pytest.raises(DamagedError, match="damaged"):
        container.read("a")


def test_an_encrypted_part_is_named():
    data = bytearray(_zip([("a", b"x")]))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(sign) + offset, 1)
    assert "password-protected" in _said(bytes(data))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_ways_of_packing_are_refused(method):
    assert "packed in a way" in _said(_zip([("a", b"x" * 100)], method))


def test_a_part_with_a_flipped_bit_is_damaged_and_the_others_are_whole():
    data = bytearray(_zip([("a", b"first" * 100), ("b", b"second" * 100)], zipfile.ZIP_STORED))
    data[data.index(b"first") + 7] ^= 1
    container = open_container(bytes(data), where="x")
    assert container["b"] == b"second" * 100
    with pytest.raises(DamagedError, match="“a”"):
        container.read("a")
    assert bytes(container.packed("b").payload) == b"second" * 100


def test_a_part_whose_own_header_bears_another_name_is_damaged():
    data = bytearray(_zip([("aaaa", b"x"), ("bbbb", b"y")]))
    data[data.index(b"aaaa")] = ord("c")
    with pytest.raises(DamagedError):
        open_container(bytes(data), where="x").packed("aaaa")
