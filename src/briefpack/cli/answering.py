"""The command that answers reviewers."""

from pathlib import Path

import click

from briefpack.cli.output import count, print_json, say


@click.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "folder", required=True, type=click.Path(path_type=Path), metavar="DIR", help="The folder."
)
@click.option("--to", multiple=True, metavar="NAME", help="Answer this reviewer; may be given often (default: all).")
@click.option("--together", is_flag=True, help="One file for all of them.")
@click.option("--by", default=None, metavar="NAME", help="Who answers (default: your name on this computer).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def answer(pack: Path, folder: Path, *, to: tuple[str, ...], together: bool, by: str | None, as_json: bool) -> None:
    """Tell reviewers what became of what they said: a Word file for each, and a decision record."""
    from briefpack.cli.opening import open_pack
    from briefpack.packfile.locks import user_name
    from briefpack.tasks.answering import answer as write_answers
    from briefpack.tasks.answering import report

    made = write_answers(open_pack(pack), folder, to=to, together=together, by=user_name() if by is None else by)
    if as_json:
        print_json(report(made))
        return
    for each in made.files:
        left = f", {each.open} not decided yet" if each.open else ""
        say(f"{each.path}: {count(each.remarks, 'remark')}, {count(each.changes, 'change')}{left}")
    say(f"{made.record}: decision record")
