"""The sample, in the window or without one."""

from pathlib import Path

import click

from briefpack.cli.main import has_screen
from briefpack.cli.output import note, say


@click.command()
@click.option(
    "--headless",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="DIR",
    help="Write pack, .docx, .html and screenshots to DIR instead of opening the window.",
)
@click.pass_context
def demo(ctx: click.Context, folder: Path | None) -> None:
    """Open the sample pack and archive; where there is no screen, write them to files."""
    from briefpack.archive import default_folder
    from briefpack.tasks.sample import prepare_sample

    if folder is None and has_screen():
        from briefpack.cli.main import run_window

        sample = prepare_sample(default_folder().with_name("sample"))
        ctx.exit(run_window(sample.pack, sample.archive))
    if folder is None:
        folder = Path("briefpack-demo")
        note("There is no screen, so the sample is written to files.")
    for path in write_demo(folder):
        say(str(path))


def write_demo(folder: Path) -> list[Path]:
    """The sample as pack, archive, .docx, .html and screenshots of the window; the paths of what was written."""
    from briefpack.cli.main import take_screenshots
    from briefpack.packfile import read
    from briefpack.tasks.exporting import Request, export_file
    from briefpack.tasks.sample import prepare_sample

    folder = folder.resolve()
    sample = prepare_sample(folder)
    file = read(sample.pack)
    exports = [export_file(file, folder / f"sample{suffix}", Request()).path for suffix in (".docx", ".html")]
    return [sample.pack, *exports, *take_screenshots(folder, sample.pack, sample.archive)]
