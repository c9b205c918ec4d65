"""A return of 300 pages with 1,000 tracked changes and 300 comments, against pandoc ``--track-changes=all``.

Pandoc is a program of its own, so ours is timed both as the window does it, in a process that is running, and as the
command does it, which reads every file in a child process with limits of time and memory.
"""

import datetime as dt
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pypandoc
from lxml import etree

from benchmarks.packs import make_pack
from benchmarks.timing import side_by_side, table
from briefpack.ooxml.names import qn
from briefpack.tasks.reading import read_word_file, report
from briefpack.word.export import ExportOptions, export_docx

PAGES = 300
CHANGES = 1_000
OPTIONS = ExportOptions(now=dt.datetime(2031, 3, 14, 9, 0, tzinfo=dt.UTC))
_MAIN = "word/document.xml"


def make_return(pages: int, changes: int, comments: int) -> bytes:
    """A Word file as a reviewer returns it: every change replaces one word."""
    made = make_pack(pages, comments=comments)
    sent = export_docx(made.pack, made.media, OPTIONS)
    with zipfile.ZipFile(io.BytesIO(sent)) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    root = etree.fromstring(parts[_MAIN])
    long = [text for text in root.iter(qn("w:t")) if len((text.text or "").split()) > 8]
    for number in range(changes):
        _replace_word(long[number * len(long) // changes], number)
    parts[_MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in parts.items():
            container.writestr(name, data)
    return out.getvalue()


def _replace_word(text: etree._Element, number: int) -> None:
    """Let a reviewer replace the fourth word of a run."""
    run = text.getparent()
    words = (text.text or "").split(" ")
    deleted, inserted = (_change(run, tag, number) for tag in ("w:del", "w:ins"))
    for change, tag, said in ((deleted, "w:delText", words[3]), (inserted, "w:t", "otherwise")):
        _run(change, run, tag, said)
    rest = run.makeelement(qn("w:r"))
    _fill(rest, run, "w:t", " " + " ".join(words[4:]))
    text.text = " ".join(words[:3]) + " "
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for after in (rest, inserted, deleted):
        run.addnext(after)


def _change(run: etree._Element, tag: str, number: int) -> etree._Element:
    stated = {"w:id": str(100_000 + number), "w:author": f"Reviewer {number % 3}", "w:date": "2031-03-15T09:00:00Z"}
    return run.makeelement(qn(tag), {qn(name): value for name, value in stated.items()})


def _run(parent: etree._Element, like: etree._Element, tag: str, said: str) -> None:
    run = etree.SubElement(parent, qn("w:r"))
    _fill(run, like, tag, said)


def _fill(run: etree._Element, like: etree._Element, tag: str, said: str) -> None:
    """Give a run the properties of another, and words."""
    properties = like.find(qn("w:rPr"))
    if properties is not None:
        run.append(etree.fromstring(etree.tostring(properties)))
    text = etree.SubElement(run, qn(tag))
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = said


def compare(pages: int, changes: int) -> str:
    """The table for one size of file, after a look that ours finds all that is in it."""
    data = make_return(pages, changes, comments=pages)
    found = report(data, "returned.docx")
    assert len(found["changes"]) == changes
    assert sum(each["parent"] is None for each in found["comments"]) == pages
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "returned.docx"), Path(folder, "out.json")
        source.write_bytes(data)
        pandoc = [pypandoc.get_pandoc_path(), "--track-changes=all", source, "-o", out]
        own = [sys.executable, "-m", "briefpack", "read", source, "--json"]
        works = {
            "pandoc": lambda: subprocess.run(pandoc, check=True),
            "briefpack": lambda: report(data, "returned.docx"),
            "briefpack, in a child process": lambda: read_word_file(source),
            "briefpack read --json": lambda: subprocess.run(own, check=True, stdout=subprocess.DEVNULL),
        }
        timings = side_by_side(works, repeat=5)
    return table(f"{pages} pages with {changes:,} changes and {pages} comments", timings, against="pandoc", goal=0.5)


def main() -> None:
    print(compare(PAGES // 10, CHANGES // 10), end="\n\n")
    print(compare(PAGES, CHANGES))


if __name__ == "__main__":
    main()
