"""Reviewers' copies taken back into a pack file, and what is in them as a report."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.decisions import Return, Verdict
from briefpack.packfile import PackFile
from briefpack.review.deciding import accept_all, decide, decision_of, open_items
from briefpack.review.deriving import derive
from briefpack.review.model import Item, Review, Taken
from briefpack.review.reading import proposals, read_copy
from briefpack.review.receiving import Receiver, authors
from briefpack.review.taking import with_remarks
from briefpack.safety.files import read_input
from briefpack.safety.isolate import run_isolated

Plain = dict[str, Any]
Progress = Callable[[int, int, str], None]

SECONDS = 20
"""How long reading one copy may take."""

MEMORY_MB = 1024
"""How much memory it may take."""


class Taking(Struct, frozen=True):
    """What taking copies back made of a pack file.

    Attributes:
        file: the pack file with the copies and their comments in it; not saved yet.
        review: the list that all copies of the pack make now.
        new: the keys of the items that were not on the list before.
        given: the copies that were given, by their SHA-256, in their order; those that were there already too.
        problems: a sentence for each file that was not taken, and why.
    """

    file: PackFile
    review: Review
    new: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def take_back(
    file: PackFile, copies: Sequence[tuple[str, bytes]], *, now: dt.datetime, progress: Progress | None = None
) -> Taking:
    """Copies that came back, by what the files are called, taken into a pack file.

    New comments and answers stand in the pack at once, on their words; changes wait for a decision. A copy that is
    there already adds nothing, and one that is no return of this pack is not taken, which is said.
    """
    before = derive(file.pack, file.issued, file.returned, progress)
    receiver = Receiver(file.pack, file.issued)
    returns, returned = list(file.pack.returns), dict(file.returned)
    given: list[str] = []
    problems: list[str] = []
    for name, data in copies:
        digest = hashlib.sha256(data).hexdigest()
        if digest not in returned or digest not in {each.sha256 for each in returns}:
            try:
                made = _received(file, receiver, name, data, now)
            except UserError as error:
                problems.append(str(error))
                continue
            returns = [each for each in returns if each.sha256 != digest] + [made]
            returned[digest] = data
        if digest not in given:
            given.append(digest)
    pack = replace(file.pack, returns=tuple(returns))
    if pack.returns == file.pack.returns:
        return Taking(file, before, (), tuple(given), tuple(problems))
    review = derive(pack, file.issued, returned, progress)
    known = {item.key for item in before.items}
    new = tuple(item.key for item in review.items if item.key not in known)
    pack = with_remarks(pack, review, new)
    taken = replace(file, pack=pack, returned=returned)
    return Taking(taken, review, new, tuple(given), tuple(problems))


def take_back_files(
    file: PackFile, paths: Sequence[Path], *, now: dt.datetime, progress: Progress | None = None
) -> Taking:
    """:func:`take_back` of files. One that cannot be read is not taken, which is said.

    Each is read once in a child process with limits of time and memory, before it is let in.
    """
    copies: list[tuple[str, bytes]] = []
    problems: list[str] = []
    for path in paths:
        try:
            data = read_input(path)
            run_isolated(try_reading, data, path.name, seconds=SECONDS, memory_mb=MEMORY_MB, where=path.name)
            copies.append((path.name, data))
        except UserError as error:
            problems.append(str(error))
    taken = take_back(file, copies, now=now, progress=progress)
    return replace(taken, problems=(*problems, *taken.problems))


def try_reading(data: bytes, name: str) -> None:
    """Read a copy, and let it go. UserError where it cannot be read."""
    read_copy(data, name)


def _received(file: PackFile, receiver: Receiver, name: str, data: bytes, now: dt.datetime) -> Return:
    copy = read_copy(data, name)
    sending = receiver.sending(copy, name)
    sent = read_copy(file.issued[sending.file.sha256], sending.file.name)
    return Return(
        sha256=hashlib.sha256(data).hexdigest(),
        name=name,
        taken=now.replace(microsecond=0),
        issue=sending.issue.number,
        sent=sending.file.sha256,
        authors=authors(copy, proposals(sent), sent),
    )


def decided(taking: Taking, accept: str, *, by: str, now: dt.datetime) -> tuple[Taking, tuple[str, ...]]:
    """A taking with open changes decided at once, and the keys of those that no longer fit and are left open.

    ``accept`` is ``all``, ``none`` (every change is rejected), or the name of the person whose changes are accepted.

    Raises:
        UserError: nobody of that name has made a change.
    """
    review, pack = taking.review, taking.file.pack
    changes = [item.key for item in open_items(pack, review) if item.is_change]
    unfit: tuple[str, ...] = ()
    if accept == "none":
        for key in changes:
            if decision_of(pack, key) is None:
                pack = decide(pack, review, key, Verdict.REJECTED, by=by, now=now)
    else:
        if accept != "all":
            names = {item.author.casefold(): item.author for item in review.items if item.is_change}
            if accept.casefold() not in names:
                known = ", ".join(sorted(filter(None, names.values()))) or "nobody by name"
                raise UserError(f"“{accept}” has made no change", do=f"Use all, none, or one of: {known}")
            changes = [key for key in changes if review.item(key).author == names[accept.casefold()]]
        pack, unfit = accept_all(pack, review, changes, by=by, now=now)
    return replace(taking, file=replace(taking.file, pack=pack)), unfit


def report(taking: Taking, unfit: Sequence[str] = ()) -> Plain:
    """What was taken back, as ``briefpack review --json`` prints it; what is unknown is None.

    ``items`` and ``counts`` are of the whole list, ``returns`` of the copies that were given, ``counts.new`` of what
    they added to it, and ``unfit`` are the items that were to be accepted and no longer fit.
    """
    review, pack = taking.review, taking.file.pack
    verdicts = {each.item: each.verdict.value for each in pack.decisions}
    counts = review.counts
    by_digest = {each.sha256: each for each in review.returns}
    return {
        "returns": [_return(by_digest[digest]) for digest in taking.given if digest in by_digest],
        "items": [_item(item, verdicts.get(item.key), review) for item in review.items],
        "folded": {"format": counts.format},
        "counts": {
            "comments": counts.comments,
            "replies": counts.replies,
            "tracked": counts.tracked,
            "moves": counts.moves,
            "silent": counts.silent,
            "clashes": counts.clashes,
            "format": counts.format,
            "new": len(taking.new),
            "open": sum(item.key not in verdicts for item in review.items),
        },
        "unfit": list(unfit),
        "problems": [*taking.problems, *review.problems],
    }


def _return(taken: Taken) -> Plain:
    return {
        "file": taken.name,
        "pack": taken.pack,
        "issue": taken.issue or None,
        "recipient": taken.recipient or None,
        "authors": list(taken.authors),
        "matched": taken.matched,
        "by": {"bookmark": taken.by_bookmark, "text": taken.by_text},
        "unmatched": taken.unmatched,
        "format": taken.formatting,
        "problems": list(taken.problems),
    }


def _item(item: Item, verdict: str | None, review: Review) -> Plain:
    files = {each.sha256: each.name for each in review.returns}
    return {
        "id": item.key,
        "kind": item.kind.value,
        "author": item.author or None,
        "time": item.time.isoformat() if item.time else None,
        "block": item.block,
        "where": item.where or None,
        "before": item.before,
        "after": item.after,
        "text": item.text or None,
        "words": item.words or None,
        "resolved": item.resolved,
        "clash": item.clash or None,
        "agrees": list(item.agrees),
        "inside": item.inside or None,
        "issue": item.issue or None,
        "files": [files[source] for source in item.sources if source in files],
        "decision": verdict,
    }
