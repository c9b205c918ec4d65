"""The ``briefpack`` command as a user's shell runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def briefpack(*args: object, cwd: Path | None = None, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command to its end; output is decoded, and nothing is asserted."""
    environment = dict(os.environ, PYTHONUTF8="1", QT_QPA_PLATFORM="offscreen")
    if home is not None:
        environment |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "LOCALAPPDATA": str(home / "data")}
    command = [sys.executable, "-W", "error", "-m", "briefpack", *map(str, args)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=environment, timeout=240)


def briefpack_json(*args: object, cwd: Path | None = None, home: Path | None = None) -> dict:
    """Run the command with ``--json``; it must succeed, and standard output must hold one JSON object and no more."""
    done = briefpack(*args, "--json", cwd=cwd, home=home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
