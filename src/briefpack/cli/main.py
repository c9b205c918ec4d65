"""The entry points, and what becomes of an error."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from briefpack import __version__
from briefpack.cli.output import USERS_ERROR, note
from briefpack.cli.place import ARCHIVE
from briefpack.errors import Cancelled, UserError

_COMMANDS = {
    "answer": "briefpack.cli.answering:answer",
    "archive": "briefpack.cli.archive:archive",
    "board": "briefpack.cli.board:show_board",
    "clip": "briefpack.cli.packs:clip",
    "compare": "briefpack.cli.comparing:compare",
    "demo": "briefpack.cli.demo:demo",
    "export": "briefpack.cli.packs:export",
    "import": "briefpack.cli.packs:import_",
    "new": "briefpack.cli.packs:new",
    "read": "briefpack.cli.reading:read",
    "review": "briefpack.cli.reviewing:review",
    "show": "briefpack.cli.packs:show",
    "spell": "briefpack.cli.spell:spell",
    "versions": "briefpack.cli.versions:versions",
}


class _Briefpack(click.Group):
    """Commands are loaded when they are asked for; a first word that is none of them is a pack to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] == "open":
            return "open", _open, args[1:]
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        formatter.write_usage("briefpack", "[PACK]   open the window", prefix="Usage: ")
        formatter.write_usage("briefpack", "COMMAND …   do one thing without it", prefix="       ")


@click.group(cls=_Briefpack, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefpack")
@click.pass_context
def commands(ctx: click.Context) -> None:
    """Assemble a meeting briefing from an archive, send it out as a Word file."""
    if ctx.invoked_subcommand is None:
        ctx.exit(open_window(None))


@click.command("open")
@click.argument("pack", type=click.Path(path_type=Path))
@ARCHIVE
@click.pass_context
def _open(ctx: click.Context, pack: Path, place: Path | str | None) -> None:
    """Open the window on a pack."""
    ctx.exit(open_window(pack, place))


def open_window(pack: Path | None, archive: Path | str | None = None) -> int:
    """Run the window and give its exit code."""
    if pack is not None and not pack.is_file():
        what = "This is a folder, not a pack" if pack.is_dir() else "There is no such pack, and no such command"
        raise UserError(what, where=pack, do="See briefpack --help")
    if not has_screen():
        raise UserError("There is no screen to open a window on", do="Use the commands of briefpack --help")
    return run_window(pack, archive)


def run_window(pack: Path | None, archive: Path | str | None) -> int:
    """Start Qt and stay until the window is closed; here alone the command line reaches the window."""
    from briefpack.desktop.app import run

    return run(pack, archive)


def take_screenshots(folder: Path, pack: Path, archive: Path) -> list[Path]:
    """Pictures of the window on a pack, light and dark, at 100 % and 200 %, without a screen."""
    from briefpack.desktop.screenshots import take_all

    return take_all(folder, pack, archive)


def has_screen() -> bool:
    """Whether a window can be shown: always on Windows and macOS, elsewhere where a display server is named."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _exit_code(run: Callable[[], Any]) -> int:
    """Run a command; a user's error is one line on standard error and exit code 2."""
    try:
        result = run()
    except UserError as error:
        note(f"briefpack: {error}")
        return USERS_ERROR
    except click.ClickException as error:
        error.show()
        return USERS_ERROR
    except (Cancelled, click.Abort, KeyboardInterrupt):
        note("briefpack: stopped; nothing was changed half-way")
        return 130
    except BrokenPipeError:
        sys.stdout = None  # the reader is gone: nothing is left to flush
        return 0
    return result if isinstance(result, int) else 0


def main() -> None:
    """The ``briefpack`` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_exit_code(lambda: commands.main(prog_name="briefpack", standalone_mode=False)))


def window() -> None:
    """The ``briefpack-window`` command: the same without a console, as desktops start it."""
    main()
