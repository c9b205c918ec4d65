"""Build the sample: the Word files of its archive, and its pack. The same bytes each time.

The pack's quotations are looked up in the archive while it is built; words that the archive does not hold to the letter
stop the build.
"""

import hashlib
import sys
import tempfile
from pathlib import Path

from msgspec.structs import replace
from sample_briefing import SAVED, Briefing
from sample_documents import write_documents
from sample_pictures import backlog_chart, portrait

from briefpack.archive import Archive
from briefpack.pack.model import Clip
from briefpack.packfile import new_file, save

SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"


def build(sample: Path = SAMPLE, out: Path | None = None) -> Path:
    """Write the Word files into the archive and the pack beside it (or to ``out``); the pack's path."""
    write_documents(sample / "archive")
    out = out or sample / "sample.briefpack"
    pictures = {
        "chart": backlog_chart(),
        "oyelaran": portrait("#dbe7f0", "#1d4f7c", 6),
        "hathersage": portrait("#efe3d6", "#8a4b1f", 8),
    }
    names = {label: f"{hashlib.sha256(data).hexdigest()}.png" for label, data in pictures.items()}
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder)) as archive:
        added = archive.add([sample / "archive"])
        if added.refused:
            raise SystemExit(f"refused: {added.refused}")
        pack = Briefing(lambda title, words: find(archive, title, words), names).pack()
    out.unlink(missing_ok=True)
    save(new_file(pack, {names[label]: data for label, data in pictures.items()}), out, now=SAVED)
    return out


def find(archive: Archive, title: str, words: str) -> Clip:
    """Words of the document with a title as a clip; the build stops where they do not stand in it exactly once."""
    found = [
        (passage.id, passage.text.index(words))
        for head in archive.documents()
        if head.title == title
        for passage in archive.document(head.id).passages
        if words in passage.text
    ]
    if len(found) != 1:
        raise SystemExit(f"{title!r} has {len(found)} passages with {words!r}")
    passage, start = found[0]
    # Which archive of somebody's it is does not matter: everybody's copy of the sample has the same documents.
    return replace(archive.clip(passage, start, start + len(words)), source="AHWM", archive="")


if __name__ == "__main__":
    print(build(out=Path(sys.argv[1]) if len(sys.argv) > 1 else None))
