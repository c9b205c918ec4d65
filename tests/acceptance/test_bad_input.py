"""Whatever is wrong with a file: one clear line, exit code 2, and what was there before is untouched."""

import hashlib
import os
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from briefpack.assets import resource as sample
from tests.helpers.cli import briefpack

_PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")


def _refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit 2, nothing on standard output, one line on standard error that says each of ``words``."""
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word.lower() in lines[0].lower(), lines[0]


def _docx(path: Path, body: bytes, *, extra: dict[str, bytes] | None = None) -> Path:
    """A minimal Word file with this document.xml."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
            '.wordprocessingml.document.main+xml"/></Types>',
        )
        container.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        container.writestr("word/document.xml", body)
        for name, data in (extra or {}).items():
            container.writestr(name, data)
    return path


_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_GOOD = b"<w:document " + _W + b"><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p></w:body></w:document>"


def test_the_minimal_word_file_of_these_tests_is_accepted(tmp_path):
    """The control: what follows is refused for its fault, not for being minimal."""
    good = _docx(tmp_path / "good.docx", _GOOD)
    done = briefpack("import", good, "-o", tmp_path / "good.briefpack")
    assert done.returncode == 0, done.stderr


def _missing(path: Path) -> None:
    assert not path.exists()


def _entities(path: Path) -> None:
    _docx(path, b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + _GOOD.replace(b"Words.", b"&x;"))


def _truncated(path: Path) -> None:
    whole = _docx(path, _GOOD).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _bomb(path: Path) -> None:
    """A gigabyte of zeros in a picture, about a megabyte on disk."""
    _docx(path, _GOOD)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as container,
        container.open("word/media/image1.png", "w", force_zip64=True) as part,
    ):
        for _ in range(1024):
            part.write(bytes(1 << 20))


def _encrypted(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096))


BAD_BRIEFINGS = {
    "missing": ("gone.docx", _missing, ["no such file"]),
    "folder": ("folder.docx", lambda path: path.mkdir(), ["folder"]),
    "empty": ("empty.docx", lambda path: path.touch(), ["empty"]),
    "empty text": ("empty.txt", lambda path: path.touch(), ["empty"]),
    "png": ("picture.docx", lambda path: path.write_bytes(_PNG * 40), ["png picture"]),
    "encrypted": ("secret.docx", _encrypted, ["password"]),
    "truncated": ("half.docx", _truncated, ["damaged"]),
    "bomb": ("bomb.docx", _bomb, ["more than", "unpacked"]),
    "entities": ("entities.docx", _entities, ["entit"]),
    "not utf-8": (
        "latin.txt",
        lambda path: path.write_bytes("Caf\xe9 \x81\x8d\x90 briefing".encode("latin-1")),
        ["utf-8"],
    ),
    "other kind": ("sheet.xlsx", lambda path: path.write_bytes(b"PK"), ["kind of file"]),
}


@pytest.mark.parametrize("case", BAD_BRIEFINGS)
def test_a_bad_briefing_is_refused_and_no_pack_is_made(case, tmp_path):
    name, make, words = BAD_BRIEFINGS[case]
    source, pack = tmp_path / name, tmp_path / "new.briefpack"
    make(source)
    _refused(briefpack("import", source, "-o", pack), name, *words)
    assert not pack.exists()
    assert {path.name for path in tmp_path.iterdir()} <= {name}, "strays were left behind"


@pytest.mark.parametrize("case", sorted(BAD_BRIEFINGS.keys() - {"folder"}))
def test_a_bad_document_is_not_archived(case, tmp_path):
    name, make, _ = BAD_BRIEFINGS[case]
    source, archive = tmp_path / name, tmp_path / "archive"
    make(source)
    _refused(briefpack("archive", "add", source, "--archive", archive), name)


BAD_PACKS = {
    "missing": ("gone.briefpack", _missing, ["no such file"]),
    "folder": ("folder.briefpack", lambda path: path.mkdir(), ["folder"]),
    "empty": ("empty.briefpack", lambda path: path.touch(), ["empty"]),
    "png": ("picture.briefpack", lambda path: path.write_bytes(_PNG * 40), ["png picture"]),
    "a word file": ("word.briefpack", lambda path: _docx(path, _GOOD), ["not a"]),
    "truncated": ("half.briefpack", _truncated, ["damaged"]),
}


@pytest.mark.parametrize("case", BAD_PACKS)
@pytest.mark.parametrize("command", ["show", "export"])
def test_a_bad_pack_is_refused(command, case, tmp_path):
    name, make, words = BAD_PACKS[case]
    pack, out = tmp_path / name, tmp_path / "out.docx"
    make(pack)
    _refused(briefpack(command, pack, *(["-o", out] if command == "export" else [])), name, *words)
    assert not out.exists()


@pytest.fixture
def pack(tmp_path):
    return Path(shutil.copy(sample("sample", "sample.briefpack"), tmp_path / "sample.briefpack"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_pack_of_a_newer_format_is_shown_but_never_written(pack, tmp_path):
    newer = tmp_path / "newer.briefpack"
    with zipfile.ZipFile(pack) as old, zipfile.ZipFile(newer, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "manifest.json":
                data = data.replace(b'"format": 1', b'"format": 2').replace(b'"format":1', b'"format":2')
                assert b"2" in data
            new.writestr(info, data)
    before = _digest(newer)
    assert briefpack("show", newer).returncode == 0
    _refused(briefpack("export", newer, "-o", tmp_path / "out.docx", "--copy", "reviewers"), "newer")
    assert _digest(newer) == before


def test_a_new_pack_never_overwrites(pack, tmp_path):
    before = _digest(pack)
    _refused(briefpack("new", pack), "already there")
    text = tmp_path / "a.txt"
    text.write_text("Words.", encoding="utf-8")
    _refused(briefpack("import", text, "-o", pack), "already there")
    assert _digest(pack) == before


def test_an_export_says_what_it_replaced(pack, tmp_path):
    out = tmp_path / "out.txt"
    assert "in place of" not in briefpack("export", pack, "-o", out).stdout
    assert "in place of the file that was there" in briefpack("export", pack, "-o", out).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "{pack}", "-o", "out.xlsx"], ["kind of file"]),
        (["export", "{pack}", "-o", "{folder}"], ["kind of file"]),
        (["export", "{pack}", "-o", "no/such/folder/out.docx"], ["folder"]),
        (["export", "{pack}", "-o", "out.docx", "--template", "gone.docx"], ["no such file"]),
        (["export", "{pack}", "-o", "out.html", "--copy", "reviewers"], ["docx"]),
        (["clip", "{pack}", "--archive", "{folder}/a", "--passage", "none"], ["no archive"]),
        (["new", "x.briefpack", "--set", "date=31/02/2026"], ["date"]),
        (["new", "x.briefpack", "--set", "colour=red"], ["field"]),
        (["new", "x.briefpack", "--template", "party"], ["template"]),
        (["new", "x.docx"], ["x.briefpack"]),
        (["new", "x"], ["x.briefpack"]),
        (["import", "{pack}", "-o", "x.docx"], ["x.briefpack"]),
        (["export", "{pack}", "-o", "out.html", "--template", "{pack}"], ["template"]),
        (["archive", "show", "none", "--archive", "{folder}/a"], ["no archive"]),
        (["archive", "add", "gone.txt", "--archive", "{folder}/a"], ["gone.txt"]),
        (["nonsense"], ["nonsense"]),
    ],
    ids=lambda value: "-".join(value[:1]) if isinstance(value, list) else None,
)
def test_a_wrong_request_is_one_clear_line(arguments, words, pack, tmp_path):
    before = _digest(pack)
    folder = tmp_path / "folder"
    folder.mkdir()
    filled = [argument.format(pack=pack, folder=folder) for argument in arguments]
    _refused(briefpack(*filled, cwd=tmp_path), *words)
    assert _digest(pack) == before


@pytest.mark.skipif(sys.platform == "win32", reason="file-size limits are a POSIX matter")
def test_a_full_disk_is_said_and_the_old_file_stays(pack, tmp_path):
    """A limit on file size stands for the full disk: every write beyond it fails, as on a full one."""
    out = tmp_path / "out.docx"
    out.write_bytes(b"what was there before")
    limited = (
        "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); sys.argv[0] = 'briefpack';"
        "runpy.run_module('briefpack', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "export", str(pack), "-o", str(out)],
        capture_output=True, encoding="utf-8", timeout=120, env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"),
    )  # fmt: skip
    _refused(done, "out.docx")
    assert out.read_bytes() == b"what was there before"
    assert {path.name for path in tmp_path.iterdir()} == {"sample.briefpack", "out.docx"}


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is a POSIX matter")
def test_a_bomb_is_refused_without_being_unpacked(tmp_path):
    """The child's peak memory tells: a gigabyte was promised, and it was not believed."""
    bomb = tmp_path / "bomb.docx"
    _bomb(bomb)
    alone = (  # a process with no other children: this one had many, and the largest of them would be measured
        "import resource, subprocess, sys; done = subprocess.run([sys.executable, '-m', 'briefpack', *sys.argv[1:]]);"
        "open('peak', 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)); sys.exit(done.returncode)"
    )
    command = [sys.executable, "-c", alone, "import", str(bomb), "-o", str(tmp_path / "new.briefpack")]
    _refused(subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, cwd=tmp_path))
    megabytes = int((tmp_path / "peak").read_text()) / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    assert megabytes < 900


def test_the_size_that_a_zip_declares_is_not_believed(tmp_path):
    """A central directory that lies about a part's size does not smuggle it past the gate."""
    path = _docx(tmp_path / "liar.docx", _GOOD)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    path.write_bytes(bytes(data))
    _refused(briefpack("import", path, "-o", tmp_path / "new.briefpack"), "liar.docx")
