"""The command that compares two versions of a document."""

from pathlib import Path

import click

from briefpack.cli.output import count, note, print_json, say


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="REDLINE.docx",
    help="Write both as one file with tracked changes.",
)
@click.option("--author", default="", metavar="NAME", help="Who the changes are said to be by.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def compare(old: Path, new: Path, output: Path | None, author: str, *, as_json: bool) -> None:
    """Compare two versions of a document: Word files or packs, either on either side."""
    from briefpack.tasks.comparing import compare_files, report, write_redline

    found = compare_files(old, new, author=author)
    replaced = output is not None and output.exists()
    if output is not None:
        write_redline(found, output, sources=(old, new))
    if as_json:
        print_json({"old": str(old), "new": str(new), "redline": output and str(output), **report(found)})
        return
    for line in found.notes:
        note(line)
    told = report(found)["counts"]
    kinds = ", ".join(count(number, kind) for kind, number in told.items() if number)
    say(f"{count(len(found.changes), 'change')}{f': {kinds}' if kinds else ''}")
    if output is not None:
        say(f"{output}: {len(found.docx):,} bytes{', in place of the file that was there' if replaced else ''}")
