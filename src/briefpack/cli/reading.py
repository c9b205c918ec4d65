"""The command that tells what is in a Word file."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefpack.cli.output import count, note, print_json, say

if TYPE_CHECKING:
    from briefpack.tasks.reading import Plain

_MOST_WORDS = 200


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def read(file: Path, *, as_json: bool) -> None:
    """Tell the comments and tracked changes of any Word file."""
    from briefpack.tasks.reading import read_word_file

    found = read_word_file(file)
    if as_json:
        print_json(found)
        return
    for problem in found["problems"]:
        note(f"{file}: {problem}")
    say(f"{file}: {count(len(found['comments']), 'comment')}, {count(len(found['changes']), 'change')}")
    for line in (*_comment_lines(found["comments"]), *_change_lines(found["changes"])):
        say(line)


def _comment_lines(comments: "list[Plain]") -> Iterator[str]:
    """The comments in the order of the file, each with its answers below it."""
    if comments:
        yield "\nComments"
    for comment in comments:
        if comment["parent"] is not None:
            continue
        place = "in no place of the text" if comment["anchor"] is None else f"on {_quoted(comment['anchor'])}"
        resolved = ", resolved" if comment["resolved"] else ""
        yield f"  {_who(comment)}, {place if comment['anchor'] != '' else 'on no words'}{resolved}"
        yield from (f"    {line}" for line in comment["text"].splitlines())
        for reply in comments:
            if reply["parent"] == comment["id"]:
                yield f"    {_who(reply)} answers"
                yield from (f"      {line}" for line in reply["text"].splitlines())


def _change_lines(changes: "list[Plain]") -> Iterator[str]:
    if changes:
        yield "\nChanges"
    for change in changes:
        about = f" ({change['about']})" if change["about"] else ""
        where = f", {change['where'].lower()}" if change["where"] else ""
        yield f"  {change['kind']}{about}: {_who(change)}{where}"
        if change["kind"] in {"move", "format"}:
            yield f"      {_quoted(change['after'])}"
            continue
        for sign, words in (("-", change["before"]), ("+", change["after"])):
            if words:
                yield f"    {sign} {_quoted(words)}"


def _who(value: "Plain") -> str:
    time: dt.datetime | None = value["time"]
    name = value["author"] or "unknown"
    return f"{name}, {time:%d/%m/%Y %H:%M}" if time else name


def _quoted(words: str) -> str:
    """Words on one line; a paragraph's end is shown as the sign that Word has for it."""
    line = " ".join(words.replace("\n", " ¶ ").split(" ")) if words.strip() else words.replace("\n", "¶")
    return f"“{line if len(line) <= _MOST_WORDS else line[: _MOST_WORDS - 1] + '…'}”"
