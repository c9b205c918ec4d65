"""LibreOffice without a window: what a Word file looks like on paper."""

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def convert(data, suffix, to):
    """The bytes of a file converted by LibreOffice, from a suffix such as ".docx" to a format such as "pdf".

    Each call has a profile of its own, so that calls do not meet, nor a window that is open.
    """
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, f"file{suffix}"), Path(folder, "out")
        source.write_bytes(data)
        command = [office, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", to, "--outdir", out, source]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        result = out / f"file.{to}"
        if not result.exists():
            raise AssertionError(f"LibreOffice wrote nothing: {done.stdout}{done.stderr}")
        return result.read_bytes()


def pages(pdf):
    """The words of each page of a PDF, laid out as on paper."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run([program, "-layout", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    return done.stdout.decode().rstrip("\f").split("\f")


@functools.cache
def rendered(docx):
    """The words of each page of a Word file, as LibreOffice prints it."""
    return pages(convert(docx, ".docx", "pdf"))
