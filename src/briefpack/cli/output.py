"""What the command prints: JSON or plain lines to standard output, everything else to standard error."""

from typing import Any

import click
import msgspec

USERS_ERROR = 2
"""The exit code for what the user can put right."""


def print_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """One JSON object on standard output. Times are ISO 8601; what is unknown is null."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def say(line: str) -> None:
    """A line on standard output."""
    click.echo(line)


def note(line: str) -> None:
    """A line on standard error: progress and messages that no script should read."""
    click.echo(line, err=True)


def count(number: int, thing: str, things: str = "") -> str:
    """A number with its thing: "1 document", "2 documents"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
