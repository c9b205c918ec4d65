"""The command that tells the versions of a pack."""

import datetime as dt
from pathlib import Path

import click

from briefpack.cli.output import count, print_json, say


@click.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def versions(pack: Path, *, as_json: bool) -> None:
    """Tell the versions that a pack keeps: those with a name, and its last saves."""
    from briefpack.cli.opening import open_pack
    from briefpack.tasks.versions import report

    told = report(open_pack(pack))
    if as_json:
        print_json(told)
        return
    rows = [
        ("now", told["saved"], told["by"], count(told["words"], "word")),
        *(
            (each["name"], each["saved"], each["by"], "damaged" if each["damaged"] else count(each["words"], "word"))
            for each in told["versions"]
        ),
    ]
    for name, saved, by, words in rows:
        say(
            "  ".join(
                (_moment(saved), f"{words:>13}", *filter(None, (by, f"“{name}”" if name != "now" and name else name)))
            )
        )


def _moment(time: dt.datetime | None) -> str:
    return f"{time.astimezone():%d/%m/%Y %H:%M}" if time else " " * 16
