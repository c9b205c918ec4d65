"""The command on the board of a pack."""

from contextlib import ExitStack
from pathlib import Path

import click

from briefpack.archive import Archive, default_folder, shown
from briefpack.cli.opening import open_pack
from briefpack.cli.output import count, note, print_json, say
from briefpack.cli.place import ARCHIVE, open_archive
from briefpack.tasks.board import BoardView, Row, Words, board


@click.command("board")
@click.argument("pack", type=click.Path(path_type=Path))
@ARCHIVE
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show_board(pack: Path, place: Path | str | None, *, as_json: bool) -> None:
    """Show what they said on each topic of a pack's board, when, and what is newer and was not read."""
    opened = open_pack(pack).pack
    with ExitStack() as stack:
        store = stack.enter_context(archive) if (archive := _archive(place)) else None
        view = board(opened, store)
    if as_json:
        print_json(view)
        return
    if not view.topics:
        note("This pack has no board: add topics to it in the window, under Archive")
    else:
        _print(view)


def _archive(place: Path | str | None) -> Archive | None:
    """The archive in which newer documents are looked for: the one named, else the user's own if there is one."""
    return open_archive(place) if place is not None or Archive.exists(default_folder()) else None


def _print(view: BoardView) -> None:
    say(click.style(f"What {view.body or 'they'} said", bold=True))
    for row in view.topics:
        say("")
        under = f"  (item: {row.item})" if row.item else ""
        say(click.style(row.name, bold=True) + under)
        for place, period in enumerate(view.periods):
            _print_said(period.words, row.said(place))
        _print_said("No exact date", row.said(None))
        for ours in row.ours:
            say(f"  Ours: {ours.words}")
        _print_unread(row)


def _print_said(when: str, said: tuple[Words, ...]) -> None:
    if said:
        say(f"  {when}")
    for each in said:
        told = (each.speaker, each.date, each.age)
        say(f"    “{each.words}” ({', '.join(filter(None, told)) or 'no date'})")


def _print_unread(row: Row) -> None:
    if row.unread is None:
        return
    if row.unread.count:
        say(f"  {count(row.unread.count, 'document')} newer, not read:")
    for each in (*row.unread.documents, *row.unread.undated):
        say(f"    {each.title}, {shown(each.date) or 'no date'}  [{each.id}]")
