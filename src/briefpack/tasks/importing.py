"""A briefing that somebody else wrote, read into a pack."""

from pathlib import Path

from briefpack.briefing.plaintext import import_text
from briefpack.briefing.source import Imported
from briefpack.errors import UserError
from briefpack.safety.files import decode_text, read_input
from briefpack.safety.isolate import run_isolated

TEXT_SUFFIXES = (".txt", ".md")
WORD_SUFFIXES = (".docx", ".dotx")


def import_briefing(path: Path, *, seconds: float = 60) -> Imported:
    """The pack in a .txt, .md or .docx file, with its pictures and notes on what was not understood.

    The file is read in a child process, which is stopped after ``seconds``.

    Raises:
        UserError: the file cannot be read, or is of another kind.
    """
    suffix = path.suffix.lower()
    if suffix not in TEXT_SUFFIXES + WORD_SUFFIXES:
        known = ", ".join(TEXT_SUFFIXES + WORD_SUFFIXES)
        raise UserError(
            "Briefpack cannot import this kind of file" if path.is_file() else _missing(path),
            where=path,
            do=f"Choose a briefing in one of these forms: {known}",
        )
    read_input(path)
    return run_isolated(_import, path, seconds=seconds)


def _missing(path: Path) -> str:
    return "This is a folder, not a file" if path.is_dir() else "There is no such file"


def _import(path: Path) -> Imported:
    """Read one file; runs in the child process."""
    data = read_input(path)
    if path.suffix.lower() in TEXT_SUFFIXES:
        return import_text(decode_text(data, where=str(path)), where=str(path))
    from briefpack.word.import_briefing import import_docx

    return import_docx(data, where=str(path))
