"""Reviewers answered: a Word file for each, or one for all, and a record of the decisions."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from briefpack.errors import UserError
from briefpack.pack.model import Pack
from briefpack.packfile import PackFile
from briefpack.review.answering import answers, decision_record, reviewers
from briefpack.review.deriving import derive
from briefpack.safety.files import write_atomically

Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and of what; it may raise :class:`briefpack.errors.Cancelled`."""

_UNWANTED = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST_NAME = 80


class Answered(Struct, frozen=True):
    """A file that was written: to whom, and of what they said how many remarks, changes and open items it holds."""

    path: Path
    to: str
    remarks: int
    changes: int
    open: int


class Answers(Struct, frozen=True):
    """All files that were written."""

    files: tuple[Answered, ...]
    record: Path


def answer(
    file: PackFile,
    folder: Path,
    *,
    to: Sequence[str] = (),
    by: str = "",
    together: bool = False,
    now: dt.datetime | None = None,
    progress: Progress | None = None,
) -> Answers:
    """Write "you said, we did" for reviewers into a folder, and the decision record beside it.

    Args:
        file: the pack file, with the copies that came back.
        folder: where to; it is made where it is not there.
        to: the reviewers by name, case aside; none stands for all.
        by: who answers.
        together: whether all are answered in one file.
        now: the time, with its zone; else the present.
        progress: told how much is done.

    Raises:
        UserError: nothing has come back, nobody of a name has said anything, or a file cannot be written.
    """
    when = now or dt.datetime.now().astimezone()
    review = derive(file.pack, file.issued, file.returned, progress)
    if not review.items:
        why = "; ".join(review.problems)
        raise UserError(
            f"There is nobody to answer: nothing has come back{f' ({why})' if why else ''}",
            where=file.path or "",
            do="Take the reviewers' copies back first",
        )
    names = _names(reviewers(review), to)
    if folder.exists() and not folder.is_dir():
        raise UserError("This is a file, not a folder", where=folder, do="Name a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"This folder cannot be made ({error.strerror})", where=folder, do="Choose another") from error
    told = answers(file.pack, review, names, by=by, now=when, together=together)
    written, taken = [], set[str]()
    for number, each in enumerate(told):
        if progress is not None:
            progress(number, len(told) + 1, f"Answering {each.to}")
        whom = "all reviewers" if together and len(names) > 1 else each.to
        path = folder / _file_name(f"You said, we did - {whom}", taken)
        write_atomically(path, _docx(each.pack, by, when))
        written.append(Answered(path, each.to, each.remarks, each.changes, each.open))
    record = folder / _file_name("Decision record", taken)
    write_atomically(record, _docx(decision_record(file.pack, review, by=by, now=when), by, when))
    return Answers(tuple(written), record)


def report(made: Answers) -> dict[str, Any]:
    """What was written, as ``briefpack answer --json`` prints it: keys may be added, never renamed."""
    return {
        "answers": [
            {
                "to": each.to,
                "file": str(each.path),
                "remarks": each.remarks,
                "changes": each.changes,
                "open": each.open,
            }
            for each in made.files
        ],
        "record": str(made.record),
    }


def _names(known: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    if not wanted:
        return tuple(known)
    by_fold = {name.casefold(): name for name in known}
    for name in wanted:
        if name.casefold() not in by_fold:
            raise UserError(f"“{name}” has said and changed nothing", do=f"Use one of: {', '.join(known)}")
    return tuple(dict.fromkeys(by_fold[name.casefold()] for name in wanted))


def _docx(pack: Pack, by: str, now: dt.datetime) -> bytes:
    from briefpack.word.export import ExportOptions, export_docx

    return export_docx(pack, {}, ExportOptions(now=now, sources="none", author=by))


def _file_name(stem: str, taken: set[str]) -> str:
    """A name that any system allows and that none of these files has."""
    plain = _UNWANTED.sub("_", stem).strip(" .")[:_LONGEST_NAME].rstrip(" .")
    free, number = f"{plain}.docx", 1
    while free.casefold() in taken:
        number += 1
        free = f"{plain} {number}.docx"
    taken.add(free.casefold())
    return free
