"""A 300-page pack to .docx, against pandoc from the same content in Markdown.

Ours writes more: comments, footnotes, identities, headers, and its own lint of the result. Pandoc is a program of its
own, so ours is timed both as the window does it, in a process that is running, and as a new process from the pack file.
"""

import datetime as dt
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pypandoc

from benchmarks.packs import make_pack
from benchmarks.timing import side_by_side, table
from briefpack.pack.model import Pack
from briefpack.render import to_markdown
from briefpack.word.export import ExportOptions, export_docx

PAGES = 300
OPTIONS = ExportOptions(now=dt.datetime(2031, 3, 14, 9, 0, tzinfo=dt.UTC))


def write(pack_json: str, out: str) -> None:
    """The whole way of a new process: read the pack, write the Word file."""
    pack = msgspec.json.decode(Path(pack_json).read_bytes(), type=Pack)
    Path(out).write_bytes(export_docx(pack, {}, OPTIONS))


def main() -> None:
    pandoc = pypandoc.get_pandoc_path()
    made = make_pack(PAGES, comments=PAGES)
    with tempfile.TemporaryDirectory() as folder:
        markdown, packed, out = (Path(folder, name) for name in ("pack.md", "pack.json", "out.docx"))
        markdown.write_text(to_markdown(made.pack), encoding="utf-8")
        packed.write_bytes(msgspec.json.encode(made.pack))
        own = [sys.executable, "-c", f"from benchmarks.export import write; write({str(packed)!r}, {str(out)!r})"]
        works = {
            "pandoc": lambda: subprocess.run([pandoc, markdown, "-o", out], check=True),
            "briefpack": lambda: out.write_bytes(export_docx(made.pack, made.media, OPTIONS)),
            "briefpack, as a new process": lambda: subprocess.run(own, check=True),
        }
        timings = side_by_side(works)
    print(table(f"{PAGES} pages to .docx", timings, against="pandoc", goal=0.5))


if __name__ == "__main__":
    main()
