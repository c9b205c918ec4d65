"""Programs that the tests of the pack file run and kill. ``python -m tests.acceptance.packfile_programs NAME ARGS…``

Each forks the process that is killed, so that a kill costs milliseconds, and prints one JSON object of what it saw.
"""

import datetime as dt
import json
import os
import random
import resource
import signal
import sys
import time
from pathlib import Path

from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.edits import insert_blocks
from briefpack.pack.model import Image, Paragraph
from briefpack.pack.text import text
from briefpack.packfile import Conflict, Journal, PackFile, new_file, read, recoverable, save
from briefpack.packfile.saving import _packed
from tests.helpers.packs import named, rich_pack


def numbered(file: PackFile, number: int) -> PackFile:
    """The pack file with a number in its pack."""
    return replace(file, pack=replace(file.pack, meeting=replace(file.pack.meeting, place=str(number))))


def number_in(file: PackFile) -> int:
    return int(file.pack.meeting.place)


def heavy(megabytes: int) -> PackFile:
    """A pack file with so many more pictures of a megabyte each (of chance, so that nothing squeezes them)."""
    pack, media = rich_pack()
    chance = random.Random(1)
    more = {named(data, "png"): data for data in (chance.randbytes(1_000_000) for _ in range(megabytes))}
    return new_file(replace(pack, body=(*pack.body, *(Image(media=name) for name in more))), media | more)


def save_in_place(file: PackFile) -> PackFile:
    """The control: what a program does that gives no thought to it."""
    made, data = _packed(file, dt.datetime.now(dt.UTC))
    with file.path.open("wb") as out:
        for piece in data.pieces:
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return replace(made, path=file.path, digest=data.digest)


SAVERS = {"save": save, "in_place": save_in_place}


def kill(folder: str, saver: str, times: str, seed: str) -> dict[str, int]:
    """Kill a process that saves over and over; after each kill the file is opened, and must hold all that was acked."""
    chance = random.Random(int(seed))
    path = Path(folder) / "a.briefpack"
    first = save(numbered(heavy(2), 0), path).path.read_bytes()
    seen = {"kills": 0, "in_save": 0, "unreadable": 0, "lost": 0, "acked": 0, "strays": 0}
    for _ in range(int(times)):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _save_for_ever(read(path), SAVERS[saver], writer)
        os.close(writer)
        said = os.read(reader, 1)
        time.sleep(chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(reader, 65536):
            said += more
        os.close(reader)
        words = said.decode().split()
        acked = max((int(word[1:]) for word in words if word[0] == "s" and len(word) > 1), default=0)
        seen["kills"] += 1
        seen["strays"] += len(list(path.parent.iterdir())) > 1
        seen["acked"] += sum(word[0] == "s" for word in words)
        seen["in_save"] += bool(words) and words[-1][0] == "b"
        try:
            there = read(path)
            if there.lost:
                raise UserError("damaged")
            seen["lost"] += number_in(there) < acked
        except UserError:
            seen["unreadable"] += 1
            path.write_bytes(first)
    save(numbered(read(path), 10**9))
    seen["beside_after_a_save"] = len(list(path.parent.iterdir())) - 1
    return seen


def _save_for_ever(file: PackFile, saver, writer: int) -> None:
    number = number_in(file)
    while True:
        number += 1
        os.write(writer, b"b%d " % number)
        file = saver(numbered(file, number))
        os.write(writer, b"s%d " % number)


def type_and_die(folder: str, times: str, seed: str, careful: str) -> dict[str, int]:
    """Kill a process that types; what the journal has acknowledged must be recovered. Careless is the control."""
    chance = random.Random(int(seed))
    pack, _ = rich_pack()
    seen = {"kills": 0, "lost": 0, "acked": 0}
    for turn in range(int(times)):
        place = Path(folder) / str(turn)
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _type_for_ever(place, numbered(new_file(pack), 0), writer, careful=careful == "careful")
        os.close(writer)
        said = os.read(reader, 1)
        time.sleep(chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(reader, 65536):
            said += more
        os.close(reader)
        acked = int(said.split()[-1]) if said.endswith(b" ") else int(said.split()[-2])
        found = [int(each.pack.meeting.place) for each in recoverable(place)]
        seen["kills"] += 1
        seen["acked"] += acked
        seen["lost"] += not found or max(found) < acked
    return seen


def _type_for_ever(folder: Path, file: PackFile, writer: int, *, careful: bool) -> None:
    if not careful:
        write, held = os.write, bytearray()

        def late(descriptor: int, data: bytes) -> int:
            if descriptor == writer:
                return write(descriptor, data)
            held.extend(data)
            if len(held) > 30_000:
                write(descriptor, held)
                held.clear()
            return len(data)

        os.write = late
    journal, number = Journal(folder, file), 0
    while True:
        number += 1
        file = numbered(file, number)
        journal.append(file.pack)
        os.write(writer, b"%d " % number)


def edit(path: str, name: str, edits: str, saver: str) -> dict[str, int]:
    """One of two programs on a pack: so many edits, each saved; after a conflict it goes on from the common file."""
    target, file, conflicts = Path(path), read(Path(path)), 0
    for number in range(int(edits)):
        changed = replace(file, pack=insert_blocks(file.pack, 0, [Paragraph(text=text(f"Edit {name}{number}."))]))
        try:
            file = SAVERS_OF_TWO[saver](changed)
        except Conflict:
            conflicts += 1
            file = read(target)
    return {"conflicts": conflicts}


def _blind(file: PackFile) -> PackFile:
    """The control: whole, but without a look at what lies there."""
    from briefpack.safety.files import write_atomically

    made, data = _packed(file, dt.datetime.now(dt.UTC))
    write_atomically(file.path, data.pieces)
    return replace(made, path=file.path, digest=data.digest)


SAVERS_OF_TWO = {"save": save, "blind": _blind}


def full(folder: str, limit: str, saver: str) -> dict[str, object]:
    """Save larger and larger packs where files end at a limit (0: the disk itself is small)."""
    path = Path(folder) / "a.briefpack"
    file = save(new_file(*rich_pack()), path)
    if int(limit):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    told, intact, refused = [], 0, 0
    for megabytes in (1, 2, 3, 4, 5):
        larger = heavy(megabytes)
        try:
            SAVERS[saver](replace(larger, path=file.path, digest=file.digest, kept=file.kept))
        except (UserError, OSError) as error:
            refused += 1
            told.append(str(error))
            try:
                intact += read(path).pack == file.pack
            except UserError:
                continue
        else:
            file = read(path)
            assert len(file.media) == megabytes + 2
    return {"refused": refused, "intact": intact, "told": told, "beside": len(list(path.parent.iterdir())) - 1}


def as_nobody(folder: str) -> dict[str, str]:
    """Save in a folder that may not be written to, as a user who is not root."""
    path = Path(folder) / "a.briefpack"
    file = save(new_file(rich_pack()[0]), path)
    before = path.read_bytes()
    path.parent.chmod(0o555)
    path.chmod(0o644)
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        save(numbered(file, 1))
        said = ""
    except UserError as error:
        said = str(error)
    return {
        "said": said,
        "intact": str(path.read_bytes() == before),
        "beside": str(len(list(path.parent.iterdir())) - 1),
    }


if __name__ == "__main__":
    _, name, *arguments = sys.argv
    json.dump(
        {each.__name__: each for each in (kill, type_and_die, edit, full, as_nobody)}[name](*arguments), sys.stdout
    )
