"""Files made to do harm, read as the archive reads them: in a child process that ends, whatever is in the file.

Of each kind the control is a tamer file of the same making, which is read.
"""

import zlib
from pathlib import Path

import pytest

from briefpack.archive import Archive
from briefpack.archive.readers import Reading, read
from briefpack.errors import UserError
from tests.helpers.pdfs import Word, drawn, file_of, pdf, stream


def tried(data: bytes, suffix: str) -> Reading | None:
    """What is read of a file; None where it is refused."""
    try:
        return read(data, Path(f"made{suffix}"))
    except UserError:
        return None


def forms(height: int, *, fan: int) -> bytes:
    """A page that draws a form that draws ``fan`` times a form, and so on; the last is a text."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</X %d 0 R>>>>"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
        4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
        5: stream(b"/X Do"),
    }
    for number in range(6, 6 + height):
        objects[number] = stream(b"/X Do " * fan, form % (number + 1))
    objects[6 + height] = stream(drawn([Word(72, 700, "Ferns are old")]), form % 3)
    return file_of(objects)


def endless() -> bytes:
    """A page whose form draws itself, and a tree of pages that holds itself."""
    data = forms(1, fan=2).replace(b"/X 7 0 R", b"/X 6 0 R")
    return data.replace(b"/Kids[4 0 R]/Count 1", b"/Kids[2 0 R 4 0 R]/Count 2")


def nested(depth: int, lines: int) -> bytes:
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    return b"Subject: x\n" + parts + b"Content-Type: text/plain\n\n" + b"Ferns are old.\n" * lines


HARM = {
    "a PDF of forms in forms": (forms(9, fan=10), forms(2, fan=1), ".pdf"),
    "a PDF that draws itself": (endless(), forms(2, fan=1), ".pdf"),
    "a page 50,000 deep": (b"<div>" * 50_000 + b"Ferns", b"<div>" * 50 + b"Ferns", ".html"),
    "a page of 100,000 tables": (b"<table><tr><td>a" * 100_000, b"<table><tr><td>a" * 20, ".html"),
    "5,000 parts in each other": (nested(5000, 1), nested(20, 1), ".eml"),
    "brackets in a header": (
        b"Content-Type: " + b"(" * 60_000 + b"\n\nFerns",
        b"To: " + b"(" * 60_000 + b"\n\nFerns",
        ".eml",
    ),
    "60,000 addresses": (
        b"To: " + b", ".join(b"a%d@x.example" % n for n in range(60_000)) + b"\n\nFerns",
        b"To: " + b", ".join(b"a%d@x.example" % n for n in range(600)) + b"\n\nFerns",
        ".eml",
    ),
    "Markdown 20,000 deep": (b"> " * 20_000 + b"Ferns", b"> " * 20 + b"Ferns", ".md"),
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", HARM)
def test_harm_is_refused_and_the_tame_is_read(name):
    harm, tame, suffix = HARM[name]
    assert tried(harm, suffix) is None
    reading = tried(tame, suffix)
    assert reading is not None
    assert any(found.rows for found in reading.documents)


def spaces(megabytes: int) -> bytes:
    """A PDF of a few hundred kilobytes whose only stream is as long as this when it is unpacked."""
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    return pdf(b"x").replace(stream(b"x"), stream(packed, b"/Filter/FlateDecode"))


def test_a_stream_of_400_megabytes_in_a_small_pdf_does_no_harm():
    data = spaces(400)
    assert len(data) < 1_000_000
    with pytest.raises(UserError, match="no text"):
        read(data, Path("made.pdf"))


BORNE = {
    "lists in lists": (b"".join(b"  " * n + b"- a\n" for n in range(40)), ".md"),
    "open brackets": (b"[" * 50_000 + b"Ferns", ".md"),
    "unclosed stars": (b"*a " * 50_000, ".md"),
    "open links": (b"<a href=x>Ferns " * 50_000, ".html"),
    "paragraphs": (b"<p>Ferns" * 100_000, ".html"),
    "a billion entities": (
        b"<!DOCTYPE html ["
        + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
        + b"]><p>&a11;",
        ".html",
    ),
    "5,000 senders": (b"From: " + b", ".join(b"a%d@x.e" % n for n in range(5000)) + b"\n\nFerns", ".eml"),
    "an unknown charset": (b"Content-Type: text/plain; charset=x-none\n\nF\xe9rns", ".eml"),
    "20,000 messages": (b"From a b\nSubject: x\n\nFerns\n\n" * 20_000, ".mbox"),
    "200,000 lines on a page": (
        pdf(b"BT /F 1 Tf 1 0 0 1 5 5 Tm " + b"0 .01 Td (a) Tj " * 20_000 + b"ET", packed=True),
        ".pdf",
    ),
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", BORNE)
def test_what_is_only_a_burden_is_read_in_time(name):
    data, suffix = BORNE[name]
    reading = tried(data, suffix)
    assert reading is not None
    assert sum(len(found.rows) for found in reading.documents) > 0


def test_one_bad_file_never_stops_an_import(tmp_path: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    good = {
        "a.pdf": pdf(drawn([Word(72, 700, "Ferns A", 20), Word(72, 600, "Ferns are old, says A.")])),
        "b.html": b"<h1>Ferns B</h1><p>Ferns are old, says B.</p>",
        "c.eml": b"Subject: Ferns C\nDate: Tue, 06 Mar 2018 10:00:00 +0000\n\nFerns are old, says C.\n",
        "d.mbox": b"From x\nSubject: Ferns D\n\nFerns are old, says D.\n",
        "e.md": b"# Ferns E\n\nFerns are old, says E.\n",
        "f.htm": b"<title>Ferns F</title><p>Ferns are old, says F.</p>",
        "g.MHT": b"Content-Type: text/html\n\n<h1>Ferns G</h1><p>Ferns are old, says G.</p>",
    }
    for name, data in good.items():
        (folder / name).write_bytes(data)
        (folder / f"bad-{name}").write_bytes(HARM["a page 50,000 deep"][0] if ".h" in name else b"\xff\x00" * 50_000)
    with Archive.open(tmp_path / "archive") as archive:
        added = archive.add([folder])
        titles = {each.title for each in archive.documents()}
    assert titles == {f"Ferns {letter}" for letter in "ABCDEFG"}
    assert {Path(each.path).name for each in added.refused} == {f"bad-{name}" for name in good}
    assert all(each.why for each in added.refused)
