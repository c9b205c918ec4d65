"""Opening and saving a pack of 300 pages with 40 MB of pictures, against reading and writing as many bytes with fsync.

python -m benchmarks.packfile
"""

import os
import shutil
import tempfile
from pathlib import Path

from msgspec.structs import replace

from benchmarks.packs import make_pack
from benchmarks.timing import side_by_side, table
from briefpack.pack.edits import insert_text, start_of
from briefpack.pack.model import Paragraph
from briefpack.pack.text import Text
from briefpack.packfile import new_file, read, save

GOAL = 2.0


def written(path: Path, data: bytes) -> None:
    """The least that a save may do: all bytes, and the wait until they are on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="briefpack-bench-", dir=Path.cwd()))
    try:
        made = make_pack(300, comments=300, pictures=40)
        target, plain = folder / "large.briefpack", folder / "plain"
        opened = [save(new_file(made.pack, made.media), target)]
        data = target.read_bytes()
        block = next(block for block in made.pack.body if isinstance(block, Paragraph))

        def save_after_a_letter() -> None:
            """A letter is typed, so that there is something to save; then as the window saves."""
            file = opened.pop()
            pack = insert_text(file.pack, start_of(block), Text("a")).pack
            opened.append(save(replace(file, pack=pack), target))

        print(f"{len(data) / 2**20:.1f} MiB on disk\n")
        opening = {"read(bytes)": target.read_bytes, "open the pack": lambda: read(target)}
        print(table("Open, 300 pages and 40 pictures", side_by_side(opening), against="read(bytes)", goal=GOAL))
        print()
        saving = {"write(bytes), fsync": lambda: written(plain, data), "save the pack": save_after_a_letter}
        print(table("Save, 300 pages and 40 pictures", side_by_side(saving), against="write(bytes), fsync", goal=GOAL))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
