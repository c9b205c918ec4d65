"""The command that takes reviewers' copies back."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpack.cli.output import count, note, print_json, say
from briefpack.errors import UserError

if TYPE_CHECKING:
    from briefpack.tasks.reviewing import Taking


@click.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.argument("returns", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--accept",
    default=None,
    metavar="all|none|AUTHOR",
    help="Accept every change, reject every change, or accept those of one person.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    metavar="PACK2",
    help="Save as another pack and leave PACK as it is.",
)
def review(pack: Path, returns: tuple[Path, ...], *, as_json: bool, accept: str | None, output: Path | None) -> None:
    """Take back copies that reviewers sent, and list what is in them.

    Each RETURN is compared with the very bytes that were sent. The copies and their comments are kept in the pack; its
    words stay as they are until a change is accepted.
    """
    from briefpack.cli.opening import open_pack
    from briefpack.cli.packs import check_new
    from briefpack.packfile import save
    from briefpack.packfile.locks import user_name
    from briefpack.tasks.reviewing import decided, report, take_back_files

    if output is not None:
        check_new(output)
    file = open_pack(pack, to_change=True)
    now = dt.datetime.now().astimezone()
    taking = take_back_files(file, returns, now=now)
    for problem in taking.problems:
        note(f"briefpack: {problem}")
    if not taking.given:
        raise UserError("None of these files was taken back", where=pack, do="See why above")
    unfit: tuple[str, ...] = ()
    if accept is not None:
        taking, unfit = decided(taking, accept, by=user_name(), now=now)
    save(taking.file, output)
    if as_json:
        print_json(report(taking, unfit))
    else:
        _tell(taking, unfit)


def _tell(taking: "Taking", unfit: tuple[str, ...]) -> None:
    """The list in words: what came back, and every item that is open."""
    counts, verdicts = taking.review.counts, {each.item for each in taking.file.pack.decisions}
    for returned in taking.review.returns:
        if returned.sha256 in taking.given:
            people = ", ".join(returned.authors) or "nobody by name"
            say(
                f"{returned.name}: from {people}; {returned.matched} of {returned.matched + returned.unmatched} blocks found"
            )
            for problem in returned.problems:
                say(f"  {problem}")
    said = (
        count(counts.comments, "comment"),
        count(counts.replies, "reply", "replies"),
        count(counts.tracked, "tracked change"),
        count(counts.silent, "silent edit"),
        count(counts.clashes, "clash", "clashes"),
        f"{count(counts.format, 'change')} of format folded away",
    )
    say(f"{', '.join(said)}; {len(taking.new) or 'nothing'} new")
    for item in taking.review.items:
        if item.key not in verdicts:
            who = item.author or "unknown"
            words = item.text if not item.is_change else f"{item.before!r} -> {item.after!r}"
            clash = "  [clash]" if item.clash else ""
            say(f"  {item.kind}  {who}: {words[:160]}{clash}")
    if unfit:
        note(f"briefpack: {count(len(unfit), 'change')} no longer fit, and are left open")
