"""A pack written as a file that other programs read."""

import datetime as dt
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from briefpack.errors import UserError
from briefpack.pack.model import Issue, Pack, SentFile
from briefpack.packfile import PackFile, save
from briefpack.safety.files import write_atomically

Copy = Literal["working", "reviewers", "reader"]
Sources = Literal["auto", "footnotes", "annex", "none"]
Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and of what; it may raise :class:`briefpack.errors.Cancelled`."""

_UNNAMEABLE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
"""What cannot stand in a file's name on one system or another."""

FORMATS = {".docx": "Word", ".html": "web page", ".md": "Markdown", ".txt": "plain text", ".pdf": "PDF"}


class Request(Struct, frozen=True):
    """What to write: for whom, where the sources of clips stand, on which template, and as whose work.

    ``working`` has comments and identities, for oneself. ``reviewers`` is the same with tracking switched on; its exact
    bytes are kept in the pack as sent, one file for each of ``recipients`` where they are named. ``reader`` is clean.
    Sources are footnotes where ``auto`` says nothing against it (see :func:`places_of_sources`).
    """

    copy: Copy = "working"
    sources: Sources = "auto"
    template: Path | None = None
    author: str = ""
    recipients: tuple[str, ...] = ()


class Exported(Struct, frozen=True):
    """The file that was written, or the first of several, and the pack file as it is then: sent copies are recorded in it.

    ``size`` is that of one file in bytes, ``paths`` are all of them.
    """

    path: Path
    size: int
    file: PackFile
    paths: tuple[Path, ...] = ()


def export_file(
    file: PackFile, out: Path, request: Request, *, now: dt.datetime | None = None, progress: Progress | None = None
) -> Exported:
    """Write a pack to ``out``, in the format that its suffix names.

    Raises:
        UserError: the suffix names no format, the template cannot be used, or the file cannot be written.
    """
    suffix = out.suffix.lower()
    if suffix not in FORMATS:
        raise UserError("Briefpack does not write this kind of file", where=out, do=f"Use one of {', '.join(FORMATS)}")
    if request.copy == "reviewers" and suffix != ".docx":
        raise UserError("Copies for reviewers are Word files", where=out, do="Choose a name that ends in .docx")
    if out.is_dir():
        raise UserError("This is a folder", where=out, do="Add a file name")
    _check_template(request.template, out)
    if request.copy == "reviewers" and (file.read_only or file.damaged):
        why = "was made by a newer version of Briefpack" if file.read_only else "is damaged"
        raise UserError(
            f"What is sent to reviewers is kept in the pack, and this pack {why} and cannot be written",
            where=file.path,
            do="Bring Briefpack up to date, or export a working copy"
            if file.read_only
            else "Save it under another name first, or export a working copy",
        )
    now = now or dt.datetime.now().astimezone()
    if request.copy == "reviewers":
        return _sent(file, out, request, now, progress)
    data = rendered(file, suffix, request, now=now, progress=progress)
    write_atomically(out, data)
    return Exported(out, len(data), file, (out,))


def _sent(file: PackFile, out: Path, request: Request, now: dt.datetime, progress: Progress | None) -> Exported:
    """Copies for reviewers written, and kept in the pack as one issue: one for each who is named, else one for all."""
    number = f"0.{1 + sum(issue.number.startswith('0.') for issue in file.pack.issues)}"
    people = tuple(dict.fromkeys(name for each in request.recipients if (name := " ".join(each.split()))))
    paths = (out,) if len(people) <= 1 else _named(out, people)
    copies: list[tuple[SentFile, bytes]] = []
    for recipient, path in zip(people or ("",), paths, strict=True):
        data = rendered(file, ".docx", request, now=now, progress=progress, issue=number, recipient=recipient)
        write_atomically(path, data)
        digest = hashlib.sha256(data).hexdigest()
        copies.append((SentFile(name=path.name, sha256=digest, recipient=recipient, copy="reviewers"), data))
    issue = Issue(number=number, time=now, files=tuple(sent for sent, _ in copies))
    pack = replace(file.pack, issues=(*file.pack.issues, issue))
    issued = {**file.issued, **{sent.sha256: data for sent, data in copies}}
    return Exported(paths[0], len(copies[0][1]), save(replace(file, pack=pack, issued=issued)), paths)


def _named(out: Path, people: tuple[str, ...]) -> tuple[Path, ...]:
    """A file name for each person. UserError where two of them would have the same."""
    paths = tuple(out.with_name(f"{out.stem} ({_UNNAMEABLE.sub('_', name)}){out.suffix}") for name in people)
    if len({path.name.casefold() for path in paths}) < len(paths):
        raise UserError("Two of these names make the same file name", where=out, do="Write one of them in another way")
    return paths


def _check_template(template: Path | None, out: Path) -> None:
    if template is None:
        return
    if out.suffix.lower() not in {".docx", ".pdf"}:
        raise UserError("Only Word files and PDF have a template", where=out, do="Leave the template out")
    if out.exists() and template.exists() and out.samefile(template):
        raise UserError("This is the template itself", where=out, do="Choose another name for the file")


def rendered(
    file: PackFile,
    suffix: str,
    request: Request,
    *,
    now: dt.datetime,
    progress: Progress | None = None,
    issue: str = "",
    recipient: str = "",
) -> bytes:
    """The bytes of an export, in the format of ``suffix`` (".docx" and so on).

    A Word file says which ``issue`` it is and which one person it is for, where that is given.
    """
    pack, media = file.pack, file.media
    sources = places_of_sources(request, suffix, pack)
    if suffix in {".docx", ".pdf"}:
        from briefpack.word.export import ExportOptions, export_docx

        options = ExportOptions(
            copy=request.copy,
            sources=sources,
            template=request.template,
            now=now,
            author=request.author,
            issue=issue,
            recipient=recipient,
        )
        document = export_docx(pack, media, options, progress)
        return document if suffix == ".docx" else _pdf(document)
    from briefpack.render import to_html, to_markdown, to_text

    match suffix:
        case ".html":
            return to_html(pack, media, copy=_rendered_copy(request), sources=sources).encode()
        case ".md":
            return to_markdown(pack, copy=_rendered_copy(request), sources=sources).encode()
        case _:
            return to_text(pack, copy=_rendered_copy(request), sources=sources).encode()


def places_of_sources(request: Request, suffix: str, pack: Pack) -> Literal["footnotes", "annex", "none"]:
    """Where the sources of clips stand: where the request says, and else as footnotes, or in Word as an annex.

    Footnotes are left alone in Word files that hold comments: LibreOffice 7.4 gives every footnote that follows a
    comment the text of another, whoever wrote the file, and some reviewers use it.
    """
    if request.sources != "auto":
        return request.sources
    commented = suffix in {".docx", ".pdf"} and request.copy != "reader" and pack.comments
    return "annex" if commented else "footnotes"


def _rendered_copy(request: Request) -> Literal["working", "reader"]:
    return "reader" if request.copy == "reader" else "working"


def _pdf(document: bytes) -> bytes:
    """A .docx as PDF, made by LibreOffice with a profile of its own, so that a window already open does not matter."""
    office = _libreoffice()
    if office is None:
        raise UserError("PDF needs LibreOffice, and it was not found", do="Install LibreOffice, or export to Word")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "briefing.docx")
        source.write_bytes(document)
        command = [office, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603 - a program we found, our own file
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise UserError("LibreOffice could not make the PDF", do="Export to Word, and print from there") from error


def _libreoffice() -> str | None:
    places: tuple[str, ...] = ("soffice", "libreoffice")
    if sys.platform == "win32":
        places += (r"C:\Program Files\LibreOffice\program\soffice.exe",)
    if sys.platform == "darwin":
        places += ("/Applications/LibreOffice.app/Contents/MacOS/soffice",)
    return next((found for place in places if (found := shutil.which(place))), None)
