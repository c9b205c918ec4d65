"""What is pure stays pure: these modules are loaded without Qt."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["tidy", "steps", "notes", "wording", "html_in", "text_in", "utf16", "autoformat"])
def test_no_qt(module):
    code = f"import sys, briefpack.desktop.editor.{module}; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
