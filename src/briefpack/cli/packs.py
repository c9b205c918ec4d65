"""The commands on packs: new, import, show, clip, export."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from briefpack.cli.output import count, note, print_json, say
from briefpack.cli.place import ARCHIVE, open_archive
from briefpack.errors import UserError

if TYPE_CHECKING:
    from briefpack.tasks.exporting import Copy, Sources

_PACK = click.argument("pack", type=click.Path(path_type=Path))


@click.command()
@_PACK
@click.option(
    "--template", "name", default=None, metavar="NAME", help="The kind of briefing (default: stakeholder-meeting)."
)
@click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Fill in a field; may be given often.")
def new(pack: Path, name: str | None, settings: tuple[str, ...]) -> None:
    """Make a new pack from a template."""
    from briefpack.packfile import new_file, save
    from briefpack.tasks.fields import set_fields
    from briefpack.tasks.starting import DEFAULT_TEMPLATE, new_pack

    check_new(pack)
    save(new_file(set_fields(new_pack(name or DEFAULT_TEMPLATE), settings)), pack)
    say(f"{pack}: new pack")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "pack", required=True, type=click.Path(path_type=Path), metavar="PACK", help="The new pack."
)
def import_(file: Path, pack: Path) -> None:
    """Turn a briefing in .txt or .docx into a pack."""
    from briefpack.pack.measure import word_count
    from briefpack.packfile import new_file, save
    from briefpack.tasks.importing import import_briefing

    check_new(pack)
    imported = import_briefing(file)
    save(new_file(imported.pack, imported.media), pack)
    for line in imported.notes:
        note(line)
    made = imported.pack
    counts = (count(word_count(made), "word"), count(len(made.body), "block"), count(len(made.comments), "comment"))
    say(f"{pack}: {', '.join(counts)}")


@click.command()
@_PACK
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(pack: Path, *, as_json: bool) -> None:
    """Show a pack's outline, counts, comments, lines and people."""
    from briefpack.cli.opening import open_pack
    from briefpack.tasks.describing import describe

    shown = describe(open_pack(pack).pack, dt.datetime.now().astimezone())
    if as_json:
        print_json(shown)
        return
    say(shown["title"] or "(no title)")
    for name in ("date_text", "time", "place", "from", "to", "purpose"):
        if shown["meeting"][name]:
            say(f"  {name.removesuffix('_text').capitalize()}: {shown['meeting'][name]}")
    say("")
    for section in shown["outline"]:
        role = f"  [{section['role']}]" if section["role"] else ""
        say(f"{'  ' * section['level']}{section['text']}{role}")
    say("")
    if shown["missing"]:
        say(f"Still to be written: {', '.join(section['title'] for section in shown['missing'])}")
    overdue = sum(line["overdue"] for line in shown["lines"])
    say(
        f"{count(shown['words'], 'word')}, {count(len(shown['lines']), 'line')} to take"
        f"{f' ({overdue} gone off)' if overdue else ''}, {count(len(shown['comments']), 'comment')},"
        f" {count(len(shown['people']), 'person', 'people')}, {count(len(shown['clips']), 'clip')}"
    )


@click.command()
@_PACK
@ARCHIVE
@click.option("--passage", required=True, metavar="ID", help="The passage, as archive search or show names it.")
@click.option(
    "--under",
    default=None,
    metavar="HEADING",
    help="The heading to put it under, such as “Lines to take” or “Dredging / Lines to take” (default: at the end).",
)
def clip(pack: Path, place: Path | str | None, passage: str, under: str | None) -> None:
    """Place a passage of the archive in a pack, with its source."""
    from briefpack.cli.opening import open_pack
    from briefpack.packfile import save
    from briefpack.tasks.clipping import clip_under

    file = open_pack(pack, to_change=True)
    with open_archive(place) as store:
        changed, placed = clip_under(file.pack, store, passage, under)
    save(replace(file, pack=changed))
    say(f"{pack}: placed “{placed.words[:60]}{'…' if len(placed.words) > 60 else ''}” from {placed.title}")


@click.command()
@_PACK
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="OUT",
    help=".docx, .html, .md, .txt or .pdf",
)
@click.option("--template", type=click.Path(path_type=Path), default=None, metavar="T", help="Your own .docx or .dotx.")
@click.option(
    "--copy",
    "copy_name",
    type=click.Choice(["working", "reviewers", "reader"]),
    default="working",
    show_default=True,
    help="For yourself, for colleagues to comment on (kept as sent), or clean for the reader.",
)
@click.option(
    "--sources",
    type=click.Choice(["auto", "footnotes", "annex", "none"]),
    default="auto",
    show_default=True,
    help="Where the sources of clips stand; auto is footnotes, in Word files with comments an annex.",
)
@click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="NAME",
    help="A reviewer; with --copy reviewers a file is written for each, and who sends one back is known by it.",
)
def export(
    pack: Path,
    output: Path,
    template: Path | None,
    copy_name: "Copy",
    sources: "Sources",
    recipients: tuple[str, ...],
) -> None:
    """Write a pack as a Word file, a web page, Markdown, plain text or PDF."""
    from briefpack.cli.opening import open_pack
    from briefpack.tasks.exporting import Request, export_file

    if recipients and copy_name != "reviewers":
        raise UserError("Only copies for reviewers are for somebody by name", do="Add --copy reviewers")
    file = open_pack(pack, to_change=copy_name == "reviewers")
    replaced = output.exists()
    request = Request(copy=copy_name, sources=sources, template=template, recipients=recipients)
    done = export_file(file, output, request)
    for path in done.paths:
        said = ", in place of the file that was there" if replaced and path == output else ""
        say(f"{path}: {path.stat().st_size:,} bytes{said}")


def check_new(pack: Path) -> None:
    """Raise UserError where a pack cannot be made under this name."""
    if pack.suffix.lower() != ".briefpack":
        raise UserError(
            "The name of a pack ends in .briefpack", where=pack, do=f"Name it {pack.stem or 'pack'}.briefpack"
        )
    if pack.exists():
        raise UserError("This file is already there, and is left as it is", where=pack, do="Choose another name")
