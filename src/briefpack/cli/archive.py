"""The commands on the archive."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from briefpack.archive import Hit, PassageHit, PassageKind, shown
from briefpack.cli.output import USERS_ERROR, count, note, print_json, say
from briefpack.cli.place import ARCHIVE, open_archive
from briefpack.errors import UserError

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def archive() -> None:
    """Add documents to the archive, search it, prove clips against it."""


@archive.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@ARCHIVE
@_JSON
@click.pass_context
def add(ctx: click.Context, paths: tuple[Path, ...], place: Path | str | None, *, as_json: bool) -> None:
    """Read files, and folders of them, into the archive. Exit code 2 where none of them could be read."""
    if len(paths) == 1 and not paths[0].exists():
        raise UserError("There is no such file or folder", where=paths[0], do="Check the name")
    with open_archive(place, to_add=True) as store, _progress() as bar:
        task = bar.add_task("Reading")
        added = store.add(
            paths, lambda done, total, name: bar.update(task, completed=done, total=total, description=name)
        )
    read = added.added + added.updated + added.unchanged
    if as_json:
        print_json(added)
    else:
        for refused in added.refused:
            note(f"briefpack: {refused.path}: {refused.why}")
        if read or not added.refused:
            say(f"{count(added.added, 'document')} added, {added.updated:,} updated, {added.unchanged:,} unchanged")
        if added.duplicates:
            same = count(len(added.duplicates), "document says", "documents say")
            say(f"{same} the same as another, in whole or in part: see “archive duplicates”")
    if added.refused and not read:
        ctx.exit(USERS_ERROR)


def _progress() -> Progress:
    """A bar on standard error that shows on a terminal alone."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


@archive.command()
@click.argument("query")
@ARCHIVE
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many documents.")
@_JSON
def search(query: str, place: Path | str | None, limit: int, *, as_json: bool) -> None:
    """Find documents: words, "phrases", -without, word*, OR, and fields such as kind: or after:."""
    with open_archive(place) as store:
        results = store.search(query, limit=limit)
    if as_json:
        print_json(results)
        return
    for sentence in results.notes:
        note(sentence)
    say(count(results.total, "document"))
    for hit in results.hits:
        say("")
        say(f"{click.style(hit.title, bold=True)}  [{hit.id}]")
        say("  " + " · ".join(_facts(hit)))
        for passage in hit.passages:
            say(f"  {_marked(passage)}  [{passage.id}]")


def _facts(hit: Hit) -> list[str]:
    facts = [shown(hit.date) or "undated", hit.kind or "", hit.region or "", hit.source]
    return [fact for fact in facts if fact]


def _marked(passage: PassageHit) -> str:
    """A passage with its hits in bold; without colours, as they stand."""
    pieces, at = [], 0
    for start, end in passage.highlights:
        pieces += [passage.text[at:start], click.style(passage.text[start:end], bold=True)]
        at = end
    text = "".join([*pieces, passage.text[at:]])
    return f"{passage.lead_in} … {text}" if passage.lead_in else text


@archive.command("show")
@click.argument("document", metavar="ID")
@ARCHIVE
@_JSON
def show_document(document: str, place: Path | str | None, *, as_json: bool) -> None:
    """Show a document with its passages and their ids."""
    with open_archive(place) as store:
        found = store.document(document)
    if as_json:
        print_json(found)
        return
    say(click.style(found.title, bold=True))
    say(" · ".join(fact for fact in (shown(found.date) or "undated", found.kind or "", found.source) if fact))
    for flag in found.flags:
        note(flag)
    for passage in found.passages:
        sign = "• " if passage.kind == PassageKind.BULLET else ""
        say(f"\n[{passage.id}] {'  ' * passage.level}{sign}{passage.text}")


@archive.command()
@click.argument("document", metavar="ID")
@ARCHIVE
@_JSON
def related(document: str, place: Path | str | None, *, as_json: bool) -> None:
    """Show the documents on the same matters as one, and the series that it belongs to."""
    with open_archive(place) as store:
        found = store.related(document)
    if as_json:
        print_json(found)
        return
    for hit in found.hits:
        say(f"{hit.title}  [{hit.id}]  {hit.why}")
    for when, entries in (("Earlier", found.series.earlier), ("Later", found.series.later)) if found.series else ():
        for entry in entries:
            say(f"{when}: {entry.title}  [{entry.id}]  {shown(entry.date)}")


@archive.command()
@ARCHIVE
@_JSON
def duplicates(place: Path | str | None, *, as_json: bool) -> None:
    """List the documents that say the same as another, contain it, are contained in it, or share passages with it."""
    with open_archive(place) as store:
        found = store.duplicates()
    if as_json:
        print_json({"duplicates": found})
        return
    for each in found:
        say(f"{each.id} {each.how} {each.of}")
    note(count(len(found), "duplicate"))


@archive.command()
@ARCHIVE
@_JSON
def stats(place: Path | str | None, *, as_json: bool) -> None:
    """Count what the archive holds."""
    with open_archive(place) as store:
        found = store.stats()
    if as_json:
        print_json(found)
        return
    say(f"{count(found.documents, 'document')}, {count(found.passages, 'passage')}, {count(found.files, 'file')}")
    for counted in (found.kinds, found.regions, found.years):
        say(", ".join(f"{name} {number:,}" for name, number in counted.items()))


@archive.command()
@ARCHIVE
@click.option("--add", "added", nargs=2, metavar="SHORT LONG", help="Widen searches by this one, too.")
@click.option("--remove", "removed", nargs=2, metavar="SHORT LONG", help="Widen searches by this one no longer.")
@_JSON
def acronyms(
    place: Path | str | None,
    added: tuple[str, str] | None,
    removed: tuple[str, str] | None,
    *,
    as_json: bool,
) -> None:
    """List the acronyms by which searches are widened; add one, or remove one."""
    with open_archive(place) as store:
        if removed:
            store.remove_acronym(*removed)
        if added:
            store.add_acronym(*added)
        found = store.acronyms()
    if as_json:
        print_json({"acronyms": found})
        return
    for each in found:
        known = count(each.documents, "document") if each.documents else each.origin.value
        say(f"{each.short:<12} {each.long}  ({known}{'' if each.enabled else ', off'})")


@archive.command()
@ARCHIVE
@_JSON
def rebuild(place: Path | str | None, *, as_json: bool) -> None:
    """Build the search index anew from the documents."""
    with open_archive(place) as store:
        documents = store.rebuild()
    if as_json:
        print_json({"documents": documents})
    else:
        say(f"{count(documents, 'document')} indexed")


@archive.command()
@click.argument("pack", type=click.Path(path_type=Path))
@ARCHIVE
@_JSON
def verify(pack: Path, place: Path | str | None, *, as_json: bool) -> None:
    """Say for each clip of a pack whether the archive still holds its words: same, moved, changed or gone."""
    from briefpack.cli.opening import open_pack
    from briefpack.tasks.clipping import verdicts

    opened = open_pack(pack).pack
    with open_archive(place) as store:
        found = verdicts(opened, store)
    if as_json:
        print_json({"clips": found})
        return
    for each in found:
        say(f"{each.verdict:<8} “{each.words}”")
        if each.now and each.now != each.words:
            say(f"{'now':<8} “{each.now}”")
    note(count(len(found), "clip"))
